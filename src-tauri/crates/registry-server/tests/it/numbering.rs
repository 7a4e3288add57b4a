//! Numbers: gapless, unique, in the order of time, whatever happens.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use registry_api::{Registry as _, RegistryError, Sha256Hex};
use registry_server::{Calendar, Machine, Registered, Store};
use tokio::task::JoinSet;

use crate::citizen::amparo;
use crate::figures::filing;
use crate::town::{Clock, THURSDAY, Town};

const WHEN: &str = "2026-03-12T17:05:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn r1_fifty_at_once_get_fifty_numbers_without_gap() {
    let town = Town::new();
    let open = town.open_with(&Clock::at(THURSDAY), &[("LIMITS_WAIT_SECONDS", "600")]).await;
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let client = open.client();
        let submission = amparo().submission(WHEN);
        // Each is handed in twice at the same time.
        for _ in 0..2 {
            let (client, submission) = (client.clone(), submission.clone());
            tasks.spawn(async move { (submission.key, client.submit(&submission).await.unwrap()) });
        }
    }
    let receipts = tasks.join_all().await;
    let numbers: BTreeSet<u32> =
        receipts.iter().map(|(_, receipt)| receipt.number.year_and_sequence().unwrap().1).collect();
    assert_eq!(numbers, (1..=50).collect());
    let pairs: BTreeSet<_> = receipts.iter().map(|(key, receipt)| (key, receipt.number.as_str())).collect();
    assert_eq!(pairs.len(), 50, "a key has one number");
    let codes: BTreeSet<_> = receipts.iter().map(|(_, receipt)| receipt.csv.as_str()).collect();
    assert_eq!(codes.len(), 50, "a receipt has one code");
    open.running.stop().await;
    assert_eq!(
        town.sql("SELECT count(*), max(seq), count(DISTINCT csv) FROM entries").await,
        [["50", "50", "50"]]
    );
    let store = registry_server::Store::open_for_reading(&town.database(), &town.keeping()).await.unwrap();
    assert_eq!(store.audit().await.unwrap(), 50);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_a_key_that_is_there_already_keeps_nobody_beside_it_from_a_number() {
    let town = Town::new();
    let store = Store::open(&town.database(), &town.keeping(), Arc::new(Machine)).await.unwrap();
    let calendar = Arc::new(Calendar::new(std::iter::empty::<Date>()).unwrap());
    let fresh = || filing("queixa", "OAC", WHEN);
    let known = fresh();
    let Registered::New(first) = store.enter(known.clone(), Vec::new(), &calendar, None).await.unwrap()
    else {
        panic!("a new key is new")
    };
    let mut other = known.clone();
    other.package_sha256 = Sha256Hex::of(b"something else");
    let mut tasks = JoinSet::new();
    for turn in 0..60 {
        let (store, calendar) = (store.clone(), Arc::clone(&calendar));
        let filing = match turn % 6 {
            4 => known.clone(),
            5 => other.clone(),
            _ => fresh(),
        };
        tasks.spawn(async move { store.enter(filing, Vec::new(), &calendar, None).await.unwrap() });
    }
    let (mut numbers, mut same, mut conflicts) = (BTreeSet::new(), 0, 0);
    for registered in tasks.join_all().await {
        match registered {
            Registered::New(entry) => {
                numbers.insert(entry.number.year_and_sequence().unwrap().1);
            }
            Registered::Same(entry) => {
                assert_eq!(entry, first);
                same += 1;
            }
            Registered::Conflict => conflicts += 1,
        }
    }
    let begin = first.number.year_and_sequence().unwrap().1;
    assert_eq!((numbers, same, conflicts), ((begin + 1..=begin + 40).collect(), 10, 10));
    assert_eq!(store.audit().await.unwrap(), 41);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_numbers_go_on_after_a_restart_and_after_a_fall() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let mut expected = 0;
    for gracefully in [true, false, false, true] {
        let open = town.open(&clock).await;
        let submission = amparo().submission(WHEN);
        let receipt = open.client().submit(&submission).await.unwrap();
        expected += 1;
        assert_eq!(receipt.number.year_and_sequence().unwrap().1, expected);
        if gracefully {
            open.running.stop().await;
        } else {
            drop(open);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_each_year_begins_at_one_by_the_official_time() {
    let town = Town::new();
    // One second before midnight at the office; in UTC it is 22:59:59.
    let clock = Clock::at("2026-12-31T22:59:59Z");
    let open = town.open(&clock).await;
    let client = open.client();
    let mut numbers = Vec::new();
    for now in
        ["2026-12-31T22:59:59Z", "2026-12-31T22:59:59.999Z", "2026-12-31T23:00:00Z", "2027-01-04T08:00:00Z"]
    {
        clock.set(now);
        let receipt = client.submit(&amparo().submission(WHEN)).await.unwrap();
        numbers.push((receipt.number.to_string(), receipt.effective_on.to_string()));
    }
    let expected = [
        ("2026-E-000001", "2026-12-31"),
        ("2026-E-000002", "2026-12-31"),
        // The example's calendar lists no holiday of 2027; 1 January is a Friday there.
        ("2027-E-000001", "2027-01-01"),
        ("2027-E-000002", "2027-01-04"),
    ];
    let expected: Vec<_> = expected.iter().map(|(n, d)| ((*n).to_owned(), (*d).to_owned())).collect();
    assert_eq!(numbers, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn r18_a_clock_that_runs_back_registers_nothing() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    clock.set("2026-03-12T17:00:00Z");
    let late = amparo().submission(WHEN);
    let answer = open.client().submit(&late).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
    clock.set("2026-03-12T17:10:00Z");
    assert_eq!(open.client().submit(&late).await.unwrap().number.year_and_sequence().unwrap().1, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_is_not_valid_numbers_nothing() {
    let town = Town::new();
    let clock = Clock::at("2028-02-01T10:00:00Z");
    let open = town.open(&clock).await;
    let answer = open.client().submit(&amparo().submission(WHEN)).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
    assert!(matches!(open.client().health().await, Err(RegistryError::Unavailable { .. })));
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn r3_the_database_itself_refuses_to_change_what_is_firm() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    open.running.stop().await;
    for query in [
        "UPDATE entries SET number = '2026-E-000009'",
        "DELETE FROM entries",
        "UPDATE attachments SET name = 'x'",
        "DELETE FROM attachments",
        "UPDATE receipts SET made_at = 'x'",
        "DELETE FROM receipts",
        "UPDATE documents SET sha256 = 'x'",
        "DELETE FROM documents",
    ] {
        assert!(town.tamper(query).await.is_err(), "{query}");
    }
    // Whoever gets round that is found by the audit.
    town.disarm("entries_are_final", "entries").await;
    town.tamper("UPDATE entries SET abstract = 'una altra cosa'").await.unwrap();
    let store = registry_server::Store::open_for_reading(&town.database(), &town.keeping()).await.unwrap();
    let audited = store.audit().await;
    assert!(matches!(audited, Err(registry_server::Error::Damaged { .. })), "{audited:?}");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_the_database_itself_refuses_a_number_that_leaves_a_gap() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    open.running.stop().await;
    town.tamper("CREATE TABLE other AS SELECT * FROM entries").await.unwrap();
    let renumber = |seq: u32| {
        format!(
            "UPDATE other SET position = 2, seq = {seq}, number = '2026-E-00000{seq}', entry_id = 'x', csv = 'x', \
             client_request_id = 'x', hash = 'x'"
        )
    };
    for (seq, taken) in [(3, false), (2, true)] {
        town.tamper(&renumber(seq)).await.unwrap();
        let inserted = town.tamper("INSERT INTO entries SELECT * FROM other").await;
        assert_eq!(inserted.is_ok(), taken, "{seq}: {inserted:?}");
    }
}
