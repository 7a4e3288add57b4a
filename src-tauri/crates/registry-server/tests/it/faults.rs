//! What a registry meets that is nobody's filing: a crowd that says nothing, and a disk that is full.

use std::io::{ErrorKind, Write as _};

use registry_api::{Registry as _, RegistryError};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::process::Command;

use crate::citizen::{Citizen, holder};
use crate::program::{Process, town_of_now};
use crate::town::{authorities, client, issuers};

const WHEN: &str = "2026-03-12T17:05:00Z";
/// Connections that say nothing.
const IDLE: usize = 1000;

/// Of now, as the process's clock is.
fn amparo() -> Citizen {
    let person = holder("99999002Q", "AMPARO", "MARTÍ", Some("SOLER"));
    Citizen::of(issuers(), person, "2024-01-01T00:00:00Z", "2100-01-01T00:00:00Z")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_idle_connections_keep_nobody_out() {
    // Both ends are this machine's; many a shell lets a process have a thousand files.
    let this = std::process::id().to_string();
    let raised = Command::new("prlimit").args(["--pid", &this, "--nofile=4096:"]).status().await.unwrap();
    assert!(raised.success());
    let town = town_of_now();
    let process = Process::start(&town, &[]).await;
    let mut idle = Vec::new();
    for place in 0..IDLE {
        let mut stream = TcpStream::connect(process.kiosks).await.unwrap();
        if place % 2 == 0 {
            // The beginning of a handshake that never goes on.
            stream.write_all(&[0x16, 0x03, 0x01, 0x02, 0x00, 0x01]).await.unwrap();
        }
        idle.push(stream);
    }
    let receipt = client(&process.address(), authorities()).submit(&amparo().submission(WHEN)).await.unwrap();
    assert_eq!(receipt.number.year_and_sequence().unwrap().1, 1);
    drop(idle);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_nothing_is_registered_or_lost_and_it_recovers_by_itself() {
    let town = town_of_now();
    // A small disk of its own, which is seen by this process alone.
    let place = town.path().join("disk");
    std::fs::create_dir(&place).unwrap();
    let mount = format!("mount -t tmpfs -o size=16m tmpfs {} && exec \"$@\"", place.display());
    let by = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount.as_str(), "sh"];
    let book = place.join("registry.db").display().to_string();
    let process = Process::start_by(&by, &town, &[("STORE_PATH", &book)]).await;
    let client = client(&process.address(), authorities());
    let amparo = amparo();
    // Reached through the process's own view of the file system.
    let root = std::path::PathBuf::from(format!("/proc/{}/root", process.child.id().unwrap()));
    let filling = root.join(place.strip_prefix("/").unwrap()).join("filling");
    let first = amparo.submission(WHEN);
    let receipt = client.submit(&first).await.unwrap();

    let mut file = std::fs::File::create(&filling).unwrap();
    let full = loop {
        match file.write_all(&[0x5A; 4096]) {
            Ok(()) => {}
            Err(error) => break error,
        }
    };
    assert_eq!(full.kind(), ErrorKind::StorageFull);
    let second = amparo.submission(WHEN);
    let answer = client.submit(&second).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
    assert_eq!(client.receipt(second.key).await.unwrap(), None);

    std::fs::remove_file(&filling).unwrap();
    drop(file);
    let later = client.submit(&second).await.unwrap();
    assert_eq!(later.number.year_and_sequence().unwrap().1, 2);
    assert_eq!(client.receipt(first.key).await.unwrap(), Some(receipt));
}
