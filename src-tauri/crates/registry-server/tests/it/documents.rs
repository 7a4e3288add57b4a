//! Documents outside of the database: by their hash, missed by the audit, in a folder and in a bucket.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use registry_api::{Registry as _, RegistryError, Sha256Hex, Submission};
use tokio::process::{Child, Command};

use crate::citizen::{Draft, amparo};
use crate::program::say;
use crate::town::{Clock, THURSDAY, Town};

const WHEN: &str = "2026-03-12T17:05:00Z";
/// Set by the project's test command to the Python environment of a server that speaks S3.
const TOOL: &str = "FINESTRETA_S3";

/// The file of a document.
fn file(town: &Town, sha256: &str) -> PathBuf {
    town.path().join("documents/documents").join(&sha256[..2]).join(sha256)
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_files_by_their_hash_and_the_audit_misses_one() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission(WHEN);
    open.client().submit(&submission).await.unwrap();
    open.running.stop().await;
    let hash = submission.application.sha256();
    let kept = town.sql("SELECT sha256, kept FROM documents").await;
    assert!(
        kept.len() == 2 && kept.contains(&vec![hash.as_str().to_owned(), "store".to_owned()]),
        "{kept:?}"
    );
    assert_eq!(town.sql("SELECT count(*) FROM documents WHERE length(content) > 0").await, [["0"]]);
    let file = file(&town, hash.as_str());
    assert_eq!(std::fs::read(&file).unwrap(), submission.application.bytes().unwrap());
    let (well, _, err) = say(&["audit", "verify"], Some(&town)).await;
    assert!(well, "{err}");

    let mut bytes = submission.application.bytes().unwrap().to_vec();
    bytes[100] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let (well, _, err) = say(&["audit", "verify"], Some(&town)).await;
    assert!(!well && err.contains("a document"), "{err}");
    std::fs::remove_file(&file).unwrap();
    let (well, _, err) = say(&["audit", "verify"], Some(&town)).await;
    assert!(!well && err.contains("a document"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_documents_cannot_be_kept_nothing_is_registered_until_they_can() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let place = town.path().join("documents/documents");
    std::fs::write(&place, b"in the way").unwrap();
    let submission = amparo().submission(WHEN);
    let answer = open.client().submit(&submission).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
    std::fs::remove_file(&place).unwrap();
    assert_eq!(open.client().submit(&submission).await.unwrap().number.as_str(), "2026-E-000001");
    open.running.stop().await;
}

/// A package with an attachment of some megabytes, which is set down while it arrives.
pub(crate) fn large() -> Submission {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.resize(3_000_000, b' ');
    content.extend_from_slice(b"\n%%EOF\n");
    amparo().package(WHEN, &Draft { content: content.leak(), ..Draft::default() })
}

/// Files in a folder and those below it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_large_is_kept_as_it_came_and_nothing_is_left_of_its_way() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = large();
    open.client().submit(&submission).await.unwrap();
    let content = &submission.attachments[0].content;
    let kept = std::fs::read(file(&town, content.sha256().as_str())).unwrap();
    assert_eq!(kept, content.bytes().unwrap());
    assert_eq!(files(&town.path().join("documents")).len(), 2);

    // What is refused is kept as it came, under the hash of all of it.
    let mut refused = large();
    refused.procedure = "no-existix".to_owned();
    assert!(matches!(open.client().submit(&refused).await, Err(RegistryError::Refused(_))));
    let kept = files(&town.path().join("documents/refused"));
    let [package] = kept.as_slice() else { panic!("{kept:?}") };
    let bytes = std::fs::read(package).unwrap();
    assert!(package.ends_with(Sha256Hex::of(&bytes).as_str()));
    assert_eq!(serde_json::from_slice::<Submission>(&bytes).unwrap(), refused);
    open.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_can_be_set_down_what_is_large_waits() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let (here, away) = (town.path().join("documents"), town.path().join("away"));
    std::fs::rename(&here, &away).unwrap();
    let submission = large();
    let answer = open.client().submit(&submission).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
    std::fs::rename(&away, &here).unwrap();
    assert_eq!(open.client().submit(&submission).await.unwrap().number.as_str(), "2026-E-000001");
    open.running.stop().await;
}

/// A server that speaks S3, with one bucket.
struct S3 {
    address: String,
    _process: Child,
}

impl S3 {
    async fn start() -> Self {
        let tool = std::env::var(TOOL).expect(
            "FINESTRETA_S3 names the Python environment with moto; `cargo xtask test` makes one and sets it",
        );
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let process = Command::new(Path::new(&tool).join("bin/moto_server"))
            .args(["--host", "127.0.0.1", "--port", &free.port().to_string()])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let address = free.to_string();
        let up = async {
            while !make_bucket(&address) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), up).await.expect("the server does not come up");
        Self { address, _process: process }
    }
}

fn make_bucket(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let request = format!(
        "PUT /registre HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    let mut answer = String::new();
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_in_a_bucket_are_filed_audited_backed_up_and_restored() {
    let s3 = S3::start().await;
    let town = Town::new();
    let endpoint = format!("http://{}", s3.address);
    let bucket = [
        ("bucket", "registre"),
        ("prefix", "mislata"),
        ("endpoint", endpoint.as_str()),
        ("access_key_id", "test"),
        ("secret_access_key", "test"),
    ];
    town.keep_documents(&bucket);
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission(WHEN);
    let receipt = open.client().submit(&submission).await.unwrap();
    open.running.stop().await;
    assert!(!file(&town, submission.application.sha256().as_str()).exists());

    let (well, out, err) = say(&["audit", "verify"], Some(&town)).await;
    assert!(well && out.starts_with("1 entries"), "{out}{err}");
    let backup = town.path().join("backup").display().to_string();
    let (well, _, err) = say(&["backup", &backup, "--official", "Rosa Gil"], Some(&town)).await;
    assert!(well, "{err}");
    // From the bucket to a folder.
    let other = Town::new();
    let (well, out, err) = say(&["restore", &backup, "--official", "Rosa Gil"], Some(&other)).await;
    assert!(well && out.starts_with("1 entries"), "{out}{err}");
    let restored = std::fs::read(file(&other, submission.application.sha256().as_str())).unwrap();
    assert_eq!(restored, submission.application.bytes().unwrap());
    let open = other.open(&Clock::at(THURSDAY)).await;
    assert_eq!(open.client().receipt(submission.key).await.unwrap().unwrap(), receipt);
    open.running.stop().await;

    // A service that is gone is told of, and nothing is registered.
    drop(s3);
    let open = town.open(&Clock::at(THURSDAY)).await;
    let answer = open.client().submit(&amparo().submission(WHEN)).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
    open.running.stop().await;
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["1"]]);
}

#[test]
fn a_bucket_without_its_key_or_without_tls_is_not_taken() {
    let town = Town::new();
    let load = |overrides: &[(&str, &str)]| {
        let overrides = overrides
            .iter()
            .map(|(name, value)| (format!("FINESTRETA_REGISTRY_{name}"), (*value).to_owned()));
        registry_server::Config::load(&town.config_file(), overrides).unwrap().keeping()
    };
    let key = [("DOCUMENTS_ACCESS_KEY_ID", "a"), ("DOCUMENTS_SECRET_ACCESS_KEY", "b")];
    let bucket = ("DOCUMENTS_BUCKET", "registre");
    assert!(load(&[bucket]).unwrap_err().to_string().contains("access_key_id"));
    let open = load(&[bucket, key[0], key[1], ("DOCUMENTS_ENDPOINT", "http://s3.example.org")]);
    assert!(open.unwrap_err().to_string().contains("https://"));
    assert!(load(&[bucket, key[0], key[1], ("DOCUMENTS_ENDPOINT", "https://s3.example.org")]).is_ok());
}
