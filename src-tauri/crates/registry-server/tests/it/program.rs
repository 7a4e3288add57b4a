//! The program itself: what it prints, how it ends, and what a power cut leaves.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::Stdio;

use registry_api::Registry as _;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::citizen::{Citizen, holder};
use crate::town::{Town, authorities, client, issuers};

const PROGRAM: &str = env!("CARGO_BIN_EXE_finestreta-registry");

fn program() -> Command {
    command(&[PROGRAM])
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// The machine's clock rules here, so seal and citizen are of now.
pub(crate) fn town_of_now() -> Town {
    let town = Town::new();
    let who = authorities();
    for (name, bytes) in [
        ("seal.pem", who.seal().certificate_pem().unwrap()),
        ("seal.key", who.seal().key_pem().unwrap()),
        ("citizens.pem", issuers().citizen_root().x509().to_pem().unwrap()),
    ] {
        std::fs::write(town.path().join(name), bytes).unwrap();
    }
    town
}

/// A registry that runs as a process, and where its doors are.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) kiosks: SocketAddr,
    pub(crate) enrolment: Option<SocketAddr>,
    pub(crate) office: Option<SocketAddr>,
}

impl Process {
    /// Starts it with these keys of the configuration replaced.
    pub(crate) async fn start(town: &Town, overrides: &[(&str, &str)]) -> Self {
        Self::start_by(&[], town, overrides).await
    }

    /// Starts it by another program, which becomes it.
    pub(crate) async fn start_by(by: &[&str], town: &Town, overrides: &[(&str, &str)]) -> Self {
        let overrides = overrides.iter().map(|(name, value)| (format!("FINESTRETA_REGISTRY_{name}"), *value));
        // Into a file: a pipe that nobody reads would stop it.
        let log =
            std::fs::OpenOptions::new().create(true).append(true).open(town.path().join("log")).unwrap();
        let words: Vec<&str> = by.iter().copied().chain([PROGRAM]).collect();
        let mut child = command(&words)
            .stderr(log)
            .arg("serve")
            .arg("--config")
            .arg(town.config_file())
            .envs(town.variables())
            .envs(overrides)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut doors = BTreeMap::new();
        // Told one after the other; the last line is that it is ready.
        while let Some(line) = lines.next_line().await.unwrap() {
            let (door, address) = line.rsplit_once(' ').unwrap_or_default();
            doors.insert(door.to_owned(), address.parse().unwrap_or_else(|_| panic!("{line:?}")));
            if door == "listening on" {
                break;
            }
        }
        let mut door = |name: &str| doors.remove(name);
        Self {
            kiosks: door("listening on").expect("the registry did not start"),
            enrolment: door("kiosks enrol on"),
            office: door("the office asks on"),
            child,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("https://{}", self.kiosks)
    }
}

async fn serve(town: &Town) -> (Child, String) {
    let process = Process::start(town, &[]).await;
    let address = process.address();
    (process.child, address)
}

pub(crate) async fn say(arguments: &[&str], town: Option<&Town>) -> (bool, String, String) {
    let mut command = program();
    command.args(arguments);
    if let Some(town) = town {
        command.arg("--config").arg(town.config_file()).envs(town.variables());
    }
    let output = command.output().await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_registry_goes_on_where_it_was_and_a_stopped_one_ends_well() {
    let town = town_of_now();
    let person = holder("99999002Q", "AMPARO", "MARTÍ", Some("SOLER"));
    let amparo = Citizen::of(issuers(), person, "2024-01-01T00:00:00Z", "2100-01-01T00:00:00Z");
    let first = amparo.submission("2026-03-12T17:05:00Z");

    let (mut child, address) = serve(&town).await;
    let receipt = client(&address, authorities()).submit(&first).await.unwrap();
    assert_eq!(receipt.number.year_and_sequence().unwrap().1, 1);
    // SIGKILL: no chance to close anything.
    child.kill().await.unwrap();

    let (child, address) = serve(&town).await;
    let registry = client(&address, authorities());
    assert_eq!(registry.receipt(first.key).await.unwrap().unwrap(), receipt);
    let second = registry.submit(&amparo.submission("2026-03-12T17:06:00Z")).await.unwrap();
    assert_eq!(second.number.year_and_sequence().unwrap().1, 2);

    // While it runs, an operator looks.
    for which in [receipt.number.as_str(), &first.key.to_string()] {
        let (well, out, err) = say(&["entries", "show", which, "--official", "Rosa Gil"], Some(&town)).await;
        assert!(well, "{err}");
        let entry: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(entry["number"], receipt.number.as_str());
        assert_eq!(entry["interested"]["nif"], "99999002Q");
        assert_eq!(entry["exchange"]["facts"], "El fanal del carrer no fa llum des de fa un mes.");
        assert_eq!(entry["exchange"]["request"], "Que arregleu el fanal.");
        assert_eq!(entry["exchange"]["reference"], serde_json::Value::Null);
    }
    let (well, out, _) = say(&["audit", "verify"], Some(&town)).await;
    assert!(well && out.starts_with("2 entries"), "{out}");

    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().await.unwrap().success());
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    let log = std::fs::read_to_string(town.path().join("log")).unwrap();
    assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
    assert!(
        log.contains("\"stopped\"")
            && log.contains("2026-E-000002").eq(&(second.number.year_and_sequence().unwrap().0 == 2026))
    );
    for personal in ["99999002Q", "AMPARO", "Amparo", "MARTÍ", "fanal", "exemple.es", "factura"] {
        assert!(!log.contains(personal), "{personal} is in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_says_without_a_server() {
    let town = Town::new();
    let (well, out, _) = say(&["check-config"], Some(&town)).await;
    assert!(well && out.contains("can be used"), "{out}");
    std::fs::write(town.path().join("seal.key"), "").unwrap();
    let (well, out, err) = say(&["check-config"], Some(&town)).await;
    assert!(!well && out.is_empty() && err.contains("seal.key"), "{err}");

    let (well, out, _) = say(&["openapi"], None).await;
    assert!(well && out == registry_api::openapi_json().unwrap());
    let (well, out, _) = say(&["example"], None).await;
    assert!(well && out == registry_server::example());
    for wrong in [&["serve"][..], &["entries", "list"], &["frobnicate"], &[]] {
        let (well, _, err) = say(wrong, None).await;
        assert!(!well && err.contains("check-config"), "{err}");
    }
    let (well, _, err) =
        say(&["entries", "show", "2026-E-000001", "--official", "Rosa Gil"], Some(&town)).await;
    assert!(!well, "{err}");
}
