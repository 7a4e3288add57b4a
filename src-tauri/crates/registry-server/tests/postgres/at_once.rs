//! What is written while nobody else writes takes one statement.

use std::sync::Arc;

use jiff::civil::Date;
use registry_api::{Sha256Hex, Unsigned};
use registry_server::{Attached, Calendar, Filing, Machine, Registered, Store};

use crate::citizen::at;
use crate::figures::filing;
use crate::town::Town;

const WHEN: &str = "2026-03-12T17:05:00Z";

/// Connections whose last statement was that one.
const BY_ONE: &str =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH held%'";

#[tokio::test(flavor = "multi_thread")]
async fn r1_entries_that_follow_each_other_take_one_statement_each_until_somebody_else_has_the_book() {
    let town = Town::new();
    let open = async || Store::open(&town.database(), &town.keeping(), Arc::new(Machine)).await.unwrap();
    let (ours, other) = (open().await, open().await);

    // Nothing is known of the book yet.
    assert_eq!(enter(&ours, 1).await, 1);
    assert_eq!(town.sql(BY_ONE).await, [["0"]]);
    // Now it is; all that an entry brings comes with it.
    assert_eq!(enter(&ours, 2).await, 2);
    assert_eq!(town.sql(BY_ONE).await, [["1"]]);
    // Nobody knows what the other does.
    assert_eq!(enter(&other, 3).await, 3);
    assert_eq!(town.sql(BY_ONE).await, [["1"]]);
    assert_eq!(enter(&ours, 4).await, 4);
    assert_eq!(town.sql(BY_ONE).await, [["0"]]);
    assert_eq!(enter(&ours, 5).await, 5);
    assert_eq!(town.sql(BY_ONE).await, [["1"]]);

    assert_eq!(ours.audit().await.unwrap(), 5);
    let brought = "SELECT (SELECT count(*) FROM attachments), (SELECT count(*) FROM documents), \
         (SELECT count(*) FROM requirements)";
    assert_eq!(town.sql(brought).await, [["10", "11", "5"]]);
    other.close().await;
    ours.close().await;
}

/// Hands in a filing with two attachments, one of them always the same, and says which number it got.
async fn enter(store: &Store, turn: u8) -> u32 {
    let calendar = Arc::new(Calendar::new(std::iter::empty::<Date>()).unwrap());
    let contents = vec![vec![turn], vec![turn, 1], b"the same".to_vec()];
    let attached = |content: &Vec<u8>| Attached {
        name: "plànol.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        size: i64::try_from(content.len()).unwrap(),
        sha256: Sha256Hex::of(content),
        document: "planol".to_owned(),
    };
    let filing = Filing {
        application_sha256: Some(Sha256Hex::of(&contents[0])),
        attachments: contents[1..].iter().map(attached).collect(),
        unsigned: Some(Unsigned { email: "amparo@exemple.es".to_owned(), confirmed_at: at(WHEN) }),
        ..filing("queixa", "OAC", WHEN)
    };
    match store.enter(filing, contents, &calendar, None).await.unwrap() {
        Registered::New(entry) => entry.number.year_and_sequence().unwrap().1,
        other => panic!("a new key was answered {other:?}"),
    }
}
