//! A database that goes away while kiosks file over TLS.

use std::time::Duration;

use registry_api::{Registry as _, RegistryError};
use testkit::postgres::Cluster;

use super::citizen::amparo;
use super::killing::{backend, kill};
use super::town::{Clock, THURSDAY, Town};

/// Filings, and after how many of them the database falls.
const FILINGS: usize = 12;
const FALLS: [usize; 2] = [3, 7];

#[tokio::test(flavor = "multi_thread")]
async fn r1_a_database_that_falls_in_mid_transaction_loses_nothing_that_was_acknowledged() {
    let cluster = Cluster::start().unwrap();
    let town = Town::with(Some(cluster.fresh_database().unwrap()));
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submissions: Vec<_> = (0..FILINGS).map(|_| amparo().submission("2026-03-12T17:05:00Z")).collect();
    let (told, mut acknowledged) = tokio::sync::mpsc::channel(FILINGS);
    let mut kiosks = tokio::task::JoinSet::new();
    for submission in submissions.clone() {
        let (client, told) = (open.client(), told.clone());
        kiosks.spawn(async move {
            // As a kiosk does: the same again until there is an answer.
            let receipt = loop {
                match client.submit(&submission).await {
                    Ok(receipt) => break receipt,
                    Err(RegistryError::Unavailable { .. } | RegistryError::Unknown { .. }) => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    Err(error) => panic!("{error:?}"),
                }
            };
            told.send((submission.key, receipt)).await.unwrap();
        });
    }
    drop(told);
    let mut receipts = Vec::new();
    while let Some(one) = acknowledged.recv().await {
        receipts.push(one);
        if FALLS.contains(&receipts.len()) {
            kill(backend(cluster.postmaster().unwrap())).await;
        }
    }
    kiosks.join_all().await;

    assert_eq!(receipts.len(), FILINGS);
    for (key, receipt) in &receipts {
        assert_eq!(open.client().receipt(*key).await.unwrap().as_ref(), Some(receipt));
    }
    let mut numbers: Vec<i64> = receipts
        .iter()
        .map(|(_, receipt)| i64::from(receipt.number.year_and_sequence().unwrap().1))
        .collect();
    numbers.sort_unstable();
    assert!(numbers.into_iter().eq(1..=i64::try_from(FILINGS).unwrap()));
    open.running.stop().await;
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [[FILINGS.to_string()]]);
}
