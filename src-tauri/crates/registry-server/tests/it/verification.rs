//! The public page: what anybody learns by a code, and what nobody does.

use registry_api::{Csv, Registry as _};

use crate::citizen::amparo;
use crate::town::{Clock, Open, THURSDAY, Town};
use crate::wire::{Reply, connect, read};
use tokio::io::AsyncWriteExt as _;

async fn ask(open: &Open, method: &str, path: &str, body: &str) -> Reply {
    let address = open.running.verification_address().unwrap();
    let mut stream = connect(address, None).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept-language: en;q=0.9\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    read(&mut stream).await.unwrap()
}

pub(crate) async fn look(open: &Open, code: &str, proof: &str) -> Reply {
    ask(open, "POST", "/csv", &format!("code={}&proof={proof}", code.replace(' ', "+"))).await
}

pub(crate) const PAGE: [(&str, &str); 1] = [("VERIFICATION_ADDRESS", "127.0.0.1:0")];

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_code_and_knows_the_person_or_the_day_sees_the_sealed_document() {
    let town = Town::new();
    let open = town.open_with(&Clock::at(THURSDAY), &PAGE).await;
    let receipt = open.client().submit(&amparo().submission("2026-03-12T17:05:00Z")).await.unwrap();
    let code = receipt.csv.as_str();
    // What the QR code leads to shows the code and says nothing of it.
    let blank = ask(&open, "GET", &format!("/csv/{code}"), "").await;
    let page = String::from_utf8(blank.body).unwrap();
    assert!(blank.status == 200 && page.contains(code) && page.contains("Verify a document"));
    assert!(!page.contains("2026-E-000001"));

    let sloppy = code.to_lowercase().replace('-', " ");
    for (code, proof) in [(code, "99999002Q"), (code, "12/03/2026"), (&sloppy, "99999002-q")] {
        let found = look(&open, code, proof).await;
        let page = String::from_utf8(found.body).unwrap();
        assert!(found.status == 200 && page.contains("2026-E-000001"), "{code} {proof}: {page}");
        // The name is for who holds the document.
        assert!(!page.contains("Amparo"), "{page}");
    }
    let document = ask(&open, "POST", "/csv", &format!("code={code}&proof=99999002Q&document=1")).await;
    assert_eq!((document.status, document.body), (200, receipt.document.into_vec()));
    open.running.stop().await;
    assert_eq!(
        town.sql("SELECT DISTINCT actor, action, subject FROM audit_log").await,
        [["public", "csv.read", "2026-E-000001"]]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_malformed_and_half_known_codes_get_the_same_answer() {
    let town = Town::new();
    let open = town.open_with(&Clock::at(THURSDAY), &PAGE).await;
    let receipt = open.client().submit(&amparo().submission("2026-03-12T17:05:00Z")).await.unwrap();
    let unknown = Csv::from_random([7; 16]);
    let (most, check) = receipt.csv.as_str().split_at(32);
    let wrong_check = format!("{most}{}", if check == "X" { "Y" } else { "X" });
    let mut answers = Vec::new();
    for (code, proof) in [
        (receipt.csv.as_str(), "00000000T"),
        (receipt.csv.as_str(), ""),
        (unknown.as_str(), "99999002Q"),
        (&wrong_check, "99999002Q"),
        ("", "99999002Q"),
        ("<script>", "'; DROP TABLE entries"),
        (&"A".repeat(900), "99999002Q"),
    ] {
        let answer = look(&open, code, proof).await;
        assert_eq!(answer.status, 404, "{code} {proof}");
        answers.push(answer.body);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(town.sql("SELECT count(*) FROM audit_log").await, [["0"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open_with(&clock, &PAGE).await;
    let mut asked = tokio::task::JoinSet::new();
    let open = std::sync::Arc::new(open);
    for _ in 0..30 {
        let open = std::sync::Arc::clone(&open);
        asked.spawn(async move { look(&open, "0", "0").await.status });
    }
    let statuses = asked.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 20);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 10);
    clock.set("2026-03-12T17:07:00Z");
    assert_eq!(look(&open, "0", "0").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_speaks_no_kiosks_language_and_kiosks_not_its() {
    let town = Town::new();
    let open = town.open_with(&Clock::at(THURSDAY), &PAGE).await;
    assert_eq!(ask(&open, "GET", "/v1/health", "").await.status, 404);
    let reply = crate::wire::say(&open, b"GET /csv HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert_eq!(reply.unwrap().status, 404);
}
