//! The encrypted file.

use std::collections::BTreeMap;

use filing::{Draft, DraftFile, Error, Filings};
use secret::StoreKey;

use crate::fake::{key, now, open, submission};

fn draft(answer: &str) -> Draft {
    Draft {
        key: key(1),
        owner: "12345678Z".to_owned(),
        procedure: "instancia-general".to_owned(),
        version: 1,
        page: "facts".to_owned(),
        answers: BTreeMap::from([("facts".to_owned(), answer.to_owned())]),
        changed_at: now(),
    }
}

fn file() -> DraftFile {
    DraftFile {
        name: "dni.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        sha256: "00".to_owned(),
        pages: 2,
        content: vec![1, 2, 3],
    }
}

#[tokio::test]
async fn a_draft_is_there_at_its_last_keystroke_without_a_proper_end() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    for typed in ["u", "un", "una"] {
        filings.save_draft(&draft(typed)).await.unwrap();
    }
    filings.put_file(key(1), "document", &file()).await.unwrap();
    // Copied as it lies on disk, without closing: what a power cut leaves.
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let survivor = open(copy.path()).await;
    let found = survivor.find_draft("12345678Z", "instancia-general").await.unwrap().unwrap();
    assert_eq!(found, draft("una"));
    assert_eq!(survivor.files(key(1)).await.unwrap()["document"], file());
    assert!(survivor.find_draft("00000000T", "instancia-general").await.unwrap().is_none());
    survivor.close().await;
    filings.close().await;
}

#[tokio::test]
async fn nothing_typed_can_be_read_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    filings.save_draft(&draft("paraula-inconfusible")).await.unwrap();
    filings.enqueue(&submission(2), now()).await.unwrap();
    let content = b"contingut-inconfusible".repeat(3000);
    let attached = DraftFile { content, name: "nom-inconfusible.pdf".to_owned(), ..file() };
    filings.put_file(key(1), "document", &attached).await.unwrap();
    let secrets = [
        "paraula-inconfusible",
        "contingut-inconfusible",
        "nom-inconfusible",
        "12345678Z",
        "SQLite format 3",
        "instancia-general",
    ];
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in secrets {
            assert!(
                !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{secret} is readable"
            );
        }
    }
    filings.close().await;
    let wrong = Filings::open(&folder.path().join("store.sqlite"), &StoreKey::new([8; 32]), now()).await;
    assert!(matches!(wrong, Err(Error::WrongKey)));
}

#[tokio::test]
async fn a_file_that_was_taken_away_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    filings.save_draft(&draft("una")).await.unwrap();
    filings.put_file(key(1), "document", &file()).await.unwrap();
    filings.put_file(key(1), "other", &file()).await.unwrap();
    filings.drop_file(key(1), "document").await.unwrap();
    filings.drop_file(key(1), "document").await.unwrap();
    let left = filings.files(key(1)).await.unwrap();
    assert_eq!(left.keys().collect::<Vec<_>>(), ["other"]);
    filings.close().await;
}

#[tokio::test]
async fn queueing_and_dropping_the_draft_are_one_act() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    filings.save_draft(&draft("una")).await.unwrap();
    filings.put_file(key(1), "document", &file()).await.unwrap();
    filings.enqueue(&submission(1), now()).await.unwrap();
    assert!(filings.find_draft("12345678Z", "instancia-general").await.unwrap().is_none());
    assert!(filings.files(key(1)).await.unwrap().is_empty());
    filings.close().await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    filings.save_draft(&draft("una")).await.unwrap();
    filings.limit_pages(40).await.unwrap();
    let mut big = submission(1);
    big.application = registry_api::Content::from(vec![7; 1_000_000]);
    let full = filings.enqueue(&big, now()).await;
    assert!(matches!(full, Err(Error::Full)), "{full:?}");
    assert_eq!(full.unwrap_err().code(), "store.full");
    assert!(filings.find_draft("12345678Z", "instancia-general").await.unwrap().is_some());
    assert!(filings.outbox().await.unwrap().is_empty());
    filings.limit_pages(100_000).await.unwrap();
    filings.enqueue(&big, now()).await.unwrap();
    filings.close().await;
}

#[tokio::test]
async fn what_a_crash_left_is_purged_after_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    filings.save_draft(&draft("una")).await.unwrap();
    filings.purge(now() + jiff::SignedDuration::from_hours(23)).await.unwrap();
    assert!(filings.find_draft("12345678Z", "instancia-general").await.unwrap().is_some());
    filings.purge(now() + jiff::SignedDuration::from_hours(25)).await.unwrap();
    assert!(filings.find_draft("12345678Z", "instancia-general").await.unwrap().is_none());
    filings.close().await;
}

#[tokio::test]
async fn a_dropped_draft_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let filings = open(folder.path()).await;
    filings.save_draft(&draft("una")).await.unwrap();
    filings.put_file(key(1), "document", &file()).await.unwrap();
    filings.drop_draft(key(1)).await.unwrap();
    assert!(filings.find_draft("12345678Z", "instancia-general").await.unwrap().is_none());
    assert!(filings.files(key(1)).await.unwrap().is_empty());
    filings.close().await;
}
