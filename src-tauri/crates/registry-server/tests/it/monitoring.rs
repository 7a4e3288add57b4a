//! What whoever watches over the registry is told.

use std::net::SocketAddr;

use registry_api::Registry as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::citizen::amparo;
use crate::town::{Clock, Open, THURSDAY, Town};

const WHEN: &str = "2026-03-12T17:05:00Z";

async fn watched(town: &Town, clock: &str) -> (Open, SocketAddr) {
    let open = town.open_with(&Clock::at(clock), &[("MONITORING_ADDRESS", "127.0.0.1:0")]).await;
    let address = open.running.monitoring_address().unwrap();
    (open, address)
}

/// Status and body, asked for without TLS.
async fn get(address: SocketAddr, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_counted_is_told_without_a_word_about_anybody() {
    let town = Town::new();
    let (open, address) = watched(&town, THURSDAY).await;
    let submission = amparo().submission(WHEN);
    for _ in 0..2 {
        open.client().submit(&submission).await.unwrap();
    }
    let mut wrong = amparo().submission(WHEN);
    wrong.procedure = "no-existix".to_owned();
    open.client().submit(&wrong).await.unwrap_err();
    let (status, text) = get(address, "/metrics").await;
    assert_eq!(status, 200);
    for line in [
        "finestreta_registry_filings_total{outcome=\"new\"} 1",
        "finestreta_registry_filings_total{outcome=\"same\"} 1",
        "finestreta_registry_filings_total{outcome=\"refused\"} 1",
        "finestreta_registry_requests_total{door=\"kiosks\",method=\"PUT\",route=\"/v1/submissions/{key}\",status=\"201\"} 1",
        "finestreta_registry_connections{door=\"monitoring\"} 1",
        "finestreta_registry_batches_total{outcome=\"written\"}",
        "# EOF",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    for never in ["99999002Q", "kiosk-01", &submission.key.to_string(), "no-existix"] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    assert_eq!(get(address, "/v1/office/entries").await.0, 404);
    open.running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_ready_while_nothing_that_registering_needs_is_amiss() {
    let town = Town::new();
    let (open, address) = watched(&town, THURSDAY).await;
    assert_eq!(get(address, "/ready").await, (200, "ready\n".to_owned()));
    town.tamper("ALTER TABLE book RENAME TO lent").await.unwrap();
    assert_eq!(get(address, "/ready").await, (503, "registry.store\n".to_owned()));
    // It lives all the same: starting it again would mend nothing.
    assert_eq!(get(address, "/live").await.0, 200);
    town.tamper("ALTER TABLE lent RENAME TO book").await.unwrap();
    assert_eq!(get(address, "/ready").await.0, 200);
    open.running.stop().await;

    let town = Town::new();
    let (open, address) = watched(&town, "2028-02-01T10:00:00Z").await;
    let (status, reason) = get(address, "/ready").await;
    assert_eq!((status, reason.as_str()), (503, "registry.seal-period\n"));
    open.running.stop().await;
}
