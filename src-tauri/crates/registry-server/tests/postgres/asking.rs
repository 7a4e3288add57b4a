//! Who asks too often waits, whichever server is asked.

use crate::cluster;
use crate::town::{Clock, THURSDAY, Town};
use crate::verification::{PAGE, look};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_may_ask_so_often_of_all_servers_together() {
    let town = Town::with(Some(cluster::fresh_database()));
    let clock = Clock::at(THURSDAY);
    let servers = [town.open_with(&clock, &PAGE).await, town.open_with(&clock, &PAGE).await];
    let mut answers = Vec::new();
    for round in 0..30 {
        answers.push(look(&servers[round % 2], "0", "0").await.status);
    }
    assert_eq!(answers[..20], [404; 20]);
    assert_eq!(answers[20..], [429; 10]);
    clock.set("2026-03-12T17:07:00Z");
    assert_eq!(look(&servers[1], "0", "0").await.status, 404);
    // Nothing is kept of who asked before.
    assert_eq!(town.sql("SELECT count(*), min(minute) = max(minute) FROM looks").await, [["2", "1"]]);
}
