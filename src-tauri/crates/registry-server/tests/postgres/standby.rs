//! The database falls in the midst of the work, and the copy that follows it takes its place.

use std::os::unix::fs::symlink;
use std::path::Path;

use testkit::postgres::Cluster;

use super::killing::{Acknowledged, PROCESSES, judge, progress, worker};

/// Entries acknowledged before the fall, and again after it.
const ENTRIES: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn r1_a_standby_that_takes_over_has_every_entry_that_was_acknowledged() {
    let mut primary = Cluster::start().unwrap();
    let database = primary.fresh_database().unwrap();
    let mut standby = primary.standby().unwrap();
    // The address stays and leads elsewhere afterwards, as that of a town's cluster does.
    let place = tempfile::tempdir().unwrap();
    let address = place.path().join("database");
    lead(&address, primary.dir());
    let url = database.replace(&primary.dir().display().to_string(), &address.display().to_string());

    let documents = tempfile::tempdir().unwrap();
    let acknowledged = Acknowledged::default();
    let mut workers: Vec<_> = (0..PROCESSES).map(|_| worker(&url, documents.path(), &acknowledged)).collect();
    progress(&acknowledged, ENTRIES).await;
    assert_eq!(primary.psql("SELECT sync_state FROM pg_stat_replication").unwrap(), "sync");
    primary.fall().unwrap();
    let kept = acknowledged.lock().unwrap().len();
    standby.promote().unwrap();
    lead(&address, standby.dir());
    progress(&acknowledged, kept + ENTRIES).await;
    for worker in &mut workers {
        worker.kill().await.unwrap();
    }

    let (told, entries) = judge(&url, documents.path(), &acknowledged).await;
    assert!(told >= kept + ENTRIES);
    println!("{told} acknowledged of {entries} entries, {kept} of them before the standby took over");
}

/// Lets a path lead to a folder, from one moment to the next.
fn lead(path: &Path, to: &Path) {
    let next = path.with_extension("next");
    symlink(to, &next).unwrap();
    std::fs::rename(&next, path).unwrap();
}
