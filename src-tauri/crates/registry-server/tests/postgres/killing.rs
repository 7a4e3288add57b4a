//! Three processes number on one PostgreSQL, for sixty-four clients, and processes and database are killed at random.
//!
//! The processes are this very program, started with [`WORKER`] in its environment. Each tells what the registry has
//! acknowledged to it, line by line; at the end everything that was ever acknowledged must be in the book with its
//! bytes, without a gap and without a twin. `FINESTRETA_KILLING_SECONDS` makes it longer than the twenty seconds that
//! an ordinary run takes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use registry_api::{Answers, Interested, Language, Sha256Hex, SubmissionKey};
use registry_server::{
    Attached, Calendar, Database, Environment as _, Filing, Keeping, Machine, Registered, Store,
};
use testkit::postgres::Cluster;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// Address of the database, where this program is a worker.
const WORKER: &str = "FINESTRETA_KILLING_WORKER";
/// Folder of its documents.
const DOCUMENTS: &str = "FINESTRETA_KILLING_DOCUMENTS";
const SECONDS: &str = "FINESTRETA_KILLING_SECONDS";
pub(super) const PROCESSES: usize = 3;
const CLIENTS: usize = 64;
/// Beginning of a line that tells of an acknowledged entry.
const ACKNOWLEDGED: &str = "acknowledged";

/// What a worker acknowledged: key, number, hash of the attachment.
pub(super) type Acknowledged = Arc<Mutex<BTreeMap<String, (String, String)>>>;

#[tokio::test(flavor = "multi_thread")]
async fn r1_three_processes_and_a_database_that_are_killed_leave_no_gap_and_no_twin() {
    let seconds = std::env::var(SECONDS).ok().and_then(|text| text.parse().ok()).unwrap_or(20);
    let cluster = Cluster::start().unwrap();
    let url = cluster.fresh_database().unwrap();
    let documents = tempfile::tempdir().unwrap();
    let documents = documents.path();
    let acknowledged = Acknowledged::default();
    let mut workers = Vec::new();
    for _ in 0..PROCESSES {
        workers.push(worker(&url, documents, &acknowledged));
    }
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut deaths = (0, 0);
    let mut kept = 0;
    while Instant::now() < end {
        // They get on again before the next blow.
        progress(&acknowledged, kept + 50).await;
        kept = acknowledged.lock().unwrap().len();
        if random(3) == 0 {
            kill(backend(cluster.postmaster().unwrap())).await;
            deaths.1 += 1;
        } else {
            let place = random(PROCESSES);
            workers[place].kill().await.unwrap();
            workers[place] = worker(&url, documents, &acknowledged);
            deaths.0 += 1;
        }
    }
    progress(&acknowledged, kept + 1).await;
    for mut worker in workers {
        worker.kill().await.unwrap();
    }
    assert!(deaths.0 > 0 && deaths.1 > 0, "nothing was killed: {deaths:?}");
    let (told, entries) = judge(&url, documents, &acknowledged).await;
    println!(
        "{told} acknowledged of {entries} entries; {} processes and {} times the database were killed",
        deaths.0, deaths.1
    );
}

/// Holds the book against what was acknowledged: how many were, and how many entries there are.
pub(super) async fn judge(url: &str, documents: &Path, acknowledged: &Acknowledged) -> (usize, usize) {
    let keeping = Keeping::Folder(documents.to_owned());
    let store = Store::open_for_reading(&Database::Postgres(url.to_owned()), &keeping).await.unwrap();
    let whole = store.verify().await.unwrap();
    store.close().await;
    let rows = rows(url, documents).await;
    assert_eq!(rows.len() as u64, whole.entries);
    let numbers: BTreeSet<i64> = rows.iter().map(|(_, seq, _)| *seq).collect();
    let last = i64::try_from(rows.len()).unwrap();
    assert!(numbers.iter().copied().eq(1..=last), "a gap or a twin among {last}");
    let book: BTreeMap<&str, (i64, &str)> =
        rows.iter().map(|(key, seq, sha256)| (key.as_str(), (*seq, sha256.as_str()))).collect();
    let acknowledged = acknowledged.lock().unwrap();
    for (key, (number, sha256)) in acknowledged.iter() {
        let (seq, bytes) = book.get(key.as_str()).unwrap_or_else(|| panic!("{key} is lost"));
        assert!(number.ends_with(&format!("-E-{seq:06}")), "{key} was told {number} and is {seq}");
        assert_eq!(bytes, sha256, "{key} has other bytes");
    }
    (acknowledged.len(), rows.len())
}

/// Not a test of its own: what the processes of the test above do.
#[tokio::test(flavor = "multi_thread")]
async fn worker_of_the_killing() {
    let Ok(url) = std::env::var(WORKER) else { return };
    let keeping = Keeping::Folder(std::env::var_os(DOCUMENTS).unwrap().into());
    let calendar = Arc::new(Calendar::new(std::iter::empty::<Date>()).unwrap());
    // The database may have just fallen.
    let store = loop {
        match Store::open(&Database::Postgres(url.clone()), &keeping, Arc::new(Machine)).await {
            Ok(store) => break store,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    };
    let mut clients = tokio::task::JoinSet::<()>::new();
    for _ in 0..CLIENTS.div_ceil(PROCESSES) {
        let (store, calendar) = (store.clone(), Arc::clone(&calendar));
        clients.spawn(async move {
            loop {
                let (filing, content) = filing();
                // As a kiosk does: the same again until there is an answer.
                loop {
                    let done = store.enter(filing.clone(), vec![content.clone()], &calendar, None).await;
                    match done {
                        Ok(Registered::New(entry) | Registered::Same(entry)) => {
                            let sha256 = &filing.attachments[0].sha256;
                            let line = format!("{ACKNOWLEDGED} {} {} {sha256}\n", entry.key, entry.number);
                            // One write, so that a line is whole or not there.
                            std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                            break;
                        }
                        Ok(Registered::Conflict) => panic!("a key of another package"),
                        Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                    }
                }
            }
        });
    }
    clients.join_all().await;
}

pub(super) fn worker(url: &str, documents: &Path, acknowledged: &Acknowledged) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["killing::worker_of_the_killing", "--exact", "--nocapture"])
        .env(WORKER, url)
        .env(DOCUMENTS, documents)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let acknowledged = Arc::clone(acknowledged);
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            // The first line shares its place with the name of the test.
            let words: Vec<&str> = match line.find(ACKNOWLEDGED) {
                Some(place) => line[place..].split(' ').collect(),
                None => continue,
            };
            if let [_, key, number, sha256] = words.as_slice()
                && sha256.len() == 64
            {
                let told = ((*number).to_owned(), (*sha256).to_owned());
                let before = acknowledged.lock().unwrap().insert((*key).to_owned(), told.clone());
                assert!(before.is_none_or(|before| before == told), "{key} was told two numbers");
            }
        }
    });
    child
}

fn filing() -> (Filing, Vec<u8>) {
    let mut bits = [0; 10];
    Machine.random(&mut bits).unwrap();
    let now = Machine.now();
    let mut content = b"a document: ".to_vec();
    content.extend(bits);
    let sha256 = Sha256Hex::of(&content);
    let filing = Filing {
        key: SubmissionKey::new(now, bits),
        package_sha256: sha256.clone(),
        kiosk: "kiosk-01".to_owned(),
        office: "L01461691".to_owned(),
        office_name: "Registre".to_owned(),
        unit: "OAC".to_owned(),
        procedure: "instancia-general".to_owned(),
        procedure_version: 1,
        summary: "Instància general".to_owned(),
        answers: Answers::new(),
        facts: None,
        request: None,
        reference: None,
        application_sha256: None,
        attachments: vec![Attached {
            name: "document.bin".to_owned(),
            mime: "application/octet-stream".to_owned(),
            size: i64::try_from(content.len()).unwrap(),
            sha256,
            document: "DOC-LLIURE".to_owned(),
        }],
        language: Language::CaValencia,
        interested: Interested { name: "Amparo Martí".to_owned(), nif: "99999002Q".to_owned() },
        name: None,
        signer_certificate_sha256: String::new(),
        handed_in_at: now,
        presented: None,
        corrects: None,
        unsigned: None,
        assisted_by: None,
        cures: None,
    };
    (filing, content)
}

/// Key, number and hash of the stored bytes of each entry.
async fn rows(url: &str, documents: &Path) -> Vec<(String, i64, String)> {
    use sqlx::{Connection as _, Row as _};
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let rows = sqlx::query(
        "SELECT client_request_id, seq, sha256 FROM entries JOIN attachments ON entry = position",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let stored = |sha256: String| {
        let file = documents.join("documents").join(&sha256[..2]).join(&sha256);
        Sha256Hex::of(&std::fs::read(file).unwrap()).as_str().to_owned()
    };
    rows.iter().map(|row| (row.get(0), row.get(1), stored(row.get(2)))).collect()
}

/// Waits until so many are acknowledged.
pub(super) async fn progress(acknowledged: &Acknowledged, wanted: usize) {
    let enough = async {
        while acknowledged.lock().unwrap().len() < wanted {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), enough).await.expect("nothing gets on any more");
}

/// A process that serves one connection: the postmaster restarts them all when it dies.
pub(super) fn backend(postmaster: u32) -> u32 {
    let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children")).unwrap();
    let serving = |pid: &u32| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains("registry town")
    };
    let pids: Vec<u32> = children.split_whitespace().filter_map(|pid| pid.parse().ok()).collect();
    let serving: Vec<u32> = pids.iter().copied().filter(serving).collect();
    // Between two falls nobody may be connected: then any other of its processes falls.
    let pids = if serving.is_empty() { pids } else { serving };
    pids.get(random(pids.len().max(1))).copied().unwrap_or(0)
}

pub(super) async fn kill(pid: u32) {
    if pid > 1 {
        let killed = Command::new("kill").args(["-KILL", &pid.to_string()]).status().await;
        killed.unwrap();
    }
}

fn random(below: usize) -> usize {
    let mut bits = [0; 8];
    Machine.random(&mut bits).unwrap();
    usize::try_from(u64::from_be_bytes(bits) % below as u64).unwrap()
}
