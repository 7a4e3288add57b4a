//! Each answer a server can give, and what the client makes of it.

use std::time::Duration;

use registry_api::{
    FilingState, Held, Problem, Receipt, Registry as _, RegistryError, Sha256Hex, SubmissionKey, code, limits,
};

use crate::server::{Behaviour, Server, hasty, http, receipt, submission};

const PROBLEM: &str = "application/problem+json";

fn json(status: &str, receipt: &Receipt) -> Vec<u8> {
    http(status, "application/json", &serde_json::to_vec(receipt).unwrap())
}

fn problem(status: &str, number: u16, code: &str) -> Vec<u8> {
    http(status, PROBLEM, &serde_json::to_vec(&Problem::new(number, code, "x")).unwrap())
}

async fn submitted_to(answer: Vec<u8>) -> Result<Receipt, RegistryError> {
    Server::start(Behaviour::Say(answer)).await.client().submit(&submission()).await
}

async fn asked_of(answer: Vec<u8>) -> Result<Option<Receipt>, RegistryError> {
    Server::start(Behaviour::Say(answer)).await.client().receipt(submission().key).await
}

#[tokio::test]
async fn a_receipt_is_taken_whether_new_or_again() {
    for status in ["201 Created", "200 OK"] {
        assert_eq!(submitted_to(json(status, &receipt())).await.unwrap(), receipt());
    }
    assert_eq!(asked_of(json("200 OK", &receipt())).await.unwrap(), Some(receipt()));
}

#[tokio::test]
async fn the_request_is_the_one_of_the_contract() {
    let server = Server::start(Behaviour::Say(json("201 Created", &receipt()))).await;
    server.client().submit(&submission()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    let expected = format!("PUT /v1/submissions/{} HTTP/1.1", submission().key);
    assert!(requests[0].starts_with(&expected), "{}", requests[0]);
    assert!(requests[0].to_ascii_lowercase().contains("content-type: application/json"));
}

#[tokio::test]
async fn a_path_before_the_contract_is_kept() {
    let server = Server::start(Behaviour::Say(json("200 OK", &receipt()))).await;
    let address = format!("https://127.0.0.1:{}/registre/", server.address.port());
    crate::server::client(&address).receipt(submission().key).await.unwrap();
    assert!(server.requests()[0].starts_with("GET /registre/v1/submissions/0"));
}

#[tokio::test]
async fn nothing_registered_is_said_by_the_registry_alone() {
    assert!(asked_of(problem("404 Not Found", 404, code::NOT_FOUND)).await.unwrap().is_none());
    for other in [
        http("404 Not Found", "text/html", b"<h1>Not here</h1>"),
        problem("404 Not Found", 404, code::NO_SUCH_RESOURCE),
        problem("404 Not Found", 410, code::NOT_FOUND),
        http("204 No Content", "application/json", b""),
    ] {
        assert!(matches!(asked_of(other).await, Err(RegistryError::Nonsense { .. })));
    }
}

#[tokio::test]
async fn what_waits_for_its_official_number_is_pending_in_the_registrys_own_words_alone() {
    let held = Held { key: submission().key, state: FilingState::Submitting };
    let body = serde_json::to_vec(&held).unwrap();
    let accepted = http("202 Accepted", "application/json", &body);
    for answer in [submitted_to(accepted.clone()).await.map(drop), asked_of(accepted).await.map(drop)] {
        assert!(matches!(answer, Err(RegistryError::Pending { .. })), "{answer:?}");
    }
    for other in
        [http("202 Accepted", "text/html", &body), http("202 Accepted", "application/json", b"{\"ok\":true}")]
    {
        assert!(matches!(asked_of(other).await, Err(RegistryError::Nonsense { .. })));
    }
}

#[tokio::test]
async fn a_lying_receipt_is_found_out() {
    let lies: [fn(&mut Receipt); 4] = [
        |r| r.key = SubmissionKey::new(jiff::Timestamp::UNIX_EPOCH, [9; 10]),
        |r| r.application_sha256 = Sha256Hex::of(b"another"),
        |r| r.attachments.clear(),
        |r| r.document = b"<html>".to_vec().into(),
    ];
    for lie in lies {
        let mut lying = receipt();
        lie(&mut lying);
        let answer = submitted_to(json("201 Created", &lying)).await;
        assert!(matches!(answer, Err(RegistryError::Nonsense { .. })), "{answer:?}");
    }
}

#[tokio::test]
async fn nonsense_is_told_apart_from_refusal() {
    for nonsense in [
        http("200 OK", "text/html", b"<form>accept the terms of this network</form>"),
        http("200 OK", "application/json", b"{\"number\":\"2026-E-000001\"}"),
        http("200 OK", "application/json", b"{"),
        http("200 OK", "application/json", &[0xFF; 100]),
        http("302 Found", "text/html\r\nlocation: https://elsewhere.invalid/", b""),
        http("403 Forbidden", "text/html", b"blocked"),
        http("422 Unprocessable Content", "application/json", b"{}"),
        http("422 Unprocessable Content", PROBLEM, b"{}"),
        problem("404 Not Found", 404, code::NO_SUCH_RESOURCE),
    ] {
        let answer = submitted_to(nonsense).await;
        assert!(matches!(answer, Err(RegistryError::Nonsense { .. })), "{answer:?}");
    }
}

#[tokio::test]
async fn a_refusal_keeps_its_code() {
    let Err(RegistryError::Refused(refused)) =
        submitted_to(problem("409 Conflict", 409, code::CONFLICT)).await
    else {
        panic!("not a refusal")
    };
    assert_eq!((refused.status, refused.code.as_str()), (409, code::CONFLICT));
}

#[tokio::test]
async fn an_overloaded_registry_says_when_to_come_back() {
    for (status, head, expected) in [
        ("503 Service Unavailable", "text/html\r\nretry-after: 30", Some(Duration::from_secs(30))),
        ("500 Internal Server Error", "text/plain", None),
        ("429 Too Many Requests", "text/plain\r\nretry-after: 5", Some(Duration::from_secs(5))),
        ("408 Request Timeout", PROBLEM, None),
    ] {
        let answer = submitted_to(http(status, head, b"busy")).await;
        let Err(RegistryError::Unavailable { retry_after }) = answer else { panic!("{status}: {answer:?}") };
        assert_eq!(retry_after, expected, "{status}");
    }
}

#[tokio::test]
async fn silence_after_sending_leaves_doubt() {
    let server = Server::start(Behaviour::Silence).await;
    let answer = hasty(&server).submit(&submission()).await;
    assert!(matches!(answer, Err(RegistryError::Unknown { .. })), "{answer:?}");
    assert_eq!(server.requests().len(), 1, "never sent twice by itself");
}

#[tokio::test]
async fn an_answer_that_stops_half_way_leaves_doubt() {
    let whole = json("201 Created", &receipt());
    let stalled = Server::start(Behaviour::SayThenSilence(whole[..whole.len() / 2].to_vec())).await;
    let answer = hasty(&stalled).submit(&submission()).await;
    assert!(matches!(answer, Err(RegistryError::Unknown { .. })), "{answer:?}");
    for length in [0, 1, 20, 80, whole.len() / 2, whole.len() - 1] {
        let answer = submitted_to(whole[..length].to_vec()).await;
        assert!(matches!(answer, Err(RegistryError::Unknown { .. })), "cut at {length}: {answer:?}");
    }
}

#[tokio::test]
async fn bytes_that_are_not_http_leave_doubt() {
    let answer = submitted_to(b"220 mail.example ESMTP\r\n".to_vec()).await;
    assert!(matches!(answer, Err(RegistryError::Unknown { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_connection_cut_before_the_answer_leaves_doubt() {
    let server = Server::start(Behaviour::HangUp).await;
    let answer = server.client().submit(&submission()).await;
    assert!(matches!(answer, Err(RegistryError::Unknown { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n".to_vec();
    let server = Server::start(Behaviour::Flood(head, vec![b' '; 64 * 1024])).await;
    let answer = server.client().submit(&submission()).await;
    assert!(matches!(answer, Err(RegistryError::Nonsense { .. })), "{answer:?}");
    // A length that promises too much is not waited for either.
    let promise = format!(
        "HTTP/1.1 422 x\r\ncontent-type: {PROBLEM}\r\ncontent-length: {}\r\n\r\n",
        limits::MAX_PROBLEM_BODY_BYTES + 1
    );
    let server = Server::start(Behaviour::Flood(promise.into_bytes(), vec![b' '; 64 * 1024])).await;
    let answer = server.client().submit(&submission()).await;
    assert!(matches!(answer, Err(RegistryError::Nonsense { .. })), "{answer:?}");
}

#[tokio::test]
async fn health_is_a_word_of_the_registry() {
    let health = |answer| async { Server::start(Behaviour::Say(answer)).await.client().health().await };
    let well = br#"{"status":"ok","time":"2026-03-12T17:05:31Z"}"#;
    assert!(health(http("200 OK", "application/json", well)).await.is_ok());
    assert!(matches!(
        health(http("200 OK", "text/html", b"It works!")).await,
        Err(RegistryError::Nonsense { .. })
    ));
    assert!(matches!(
        health(problem("503 Service Unavailable", 503, code::UNAVAILABLE)).await,
        Err(RegistryError::Unavailable { .. })
    ));
}
