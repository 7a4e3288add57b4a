//! Who is heard at all, and for how long.

use registry_api::{Registry as _, RegistryError, code};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::citizen::{amparo, at, new_key};
use crate::town::{Clock, THURSDAY, Town, authorities, new_authorities, staff};
use crate::wire::{connect, identity, put, read, say};

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_of_another_authority_is_not_heard() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let stranger = new_authorities();
    let answer = open.client_of(&stranger).submit(&amparo().submission("2026-03-12T17:05:00Z")).await;
    assert!(
        matches!(answer, Err(RegistryError::Unreachable { .. } | RegistryError::Unknown { .. })),
        "{answer:?}"
    );
    assert_eq!(
        town.sql("SELECT (SELECT count(*) FROM entries) + (SELECT count(*) FROM quarantine)").await,
        [["0"]]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_certificate_nobody_is_heard() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    // A server's certificate of the very authority is no client's certificate either.
    for client in [None, Some(authorities().registry())] {
        let heard = async {
            let mut stream = connect(open.running.address(), client).await?;
            stream.write_all(b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await?;
            read(&mut stream).await
        };
        assert!(heard.await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_taken_off_the_list_is_not_heard() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open_with(&clock, &[("TLS_KIOSKS", "[\"kiosk-02\"]")]).await;
    assert!(open.client().health().await.is_err());
    let open = town.open_with(&clock, &[("TLS_KIOSKS", "[\"kiosk-01\", \"kiosk-02\"]")]).await;
    open.client().health().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_head_and_a_slow_body_are_not_waited_for() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let quick = [("LIMITS_HEAD_SECONDS", "3"), ("LIMITS_BODY_SECONDS", "3"), ("LIMITS_SUBMISSIONS", "1")];
    let open = town.open_with(&clock, &quick).await;

    let mut stream = connect(open.running.address(), identity(authorities())).await.unwrap();
    stream.write_all(b"GET /v1/health HTTP/1.1\r\nhost:").await.unwrap();
    let mut rest = Vec::new();
    // It ends by itself: what is read before that does not matter.
    let _ = stream.read_to_end(&mut rest).await;
    assert!(!String::from_utf8_lossy(&rest).contains(" 200 "));

    let key = new_key(at(THURSDAY));
    let mut stream = connect(open.running.address(), identity(authorities())).await.unwrap();
    let whole = put(&key.to_string(), "application/json", &[b' '; 1000]);
    stream.write_all(&whole[..whole.len() - 500]).await.unwrap();
    let reply = read(&mut stream).await.unwrap();
    assert_eq!((reply.status, reply.problem().code.as_str()), (408, code::SLOW));
    // The only place is free again.
    open.client().submit(&amparo().submission("2026-03-12T17:05:00Z")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_too_long_for_a_place_is_told_to_come_back() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let narrow = [("LIMITS_SUBMISSIONS", "1"), ("LIMITS_WAIT_SECONDS", "1"), ("LIMITS_BODY_SECONDS", "600")];
    let open = town.open_with(&clock, &narrow).await;
    let mut first = connect(open.running.address(), identity(authorities())).await.unwrap();
    let mut whole = put(&new_key(at(THURSDAY)).to_string(), "application/json", &[b' '; 1000]);
    let place = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    whole.splice(place..place, *b"\r\nexpect: 100-continue");
    first.write_all(&whole[..whole.len() - 1000]).await.unwrap();
    // It is asked to go on once its body is wanted: by then it holds the only place.
    let mut go_on = [0; 25];
    first.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    let answer = open.client().submit(&amparo().submission("2026-03-12T17:05:00Z")).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { retry_after: Some(_) })), "{answer:?}");
    // Asking for a receipt needs no place.
    open.client().health().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_a_body_to_where_it_is_not_wanted_hears_so_and_is_heard_again() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    // More than what is read beside a head.
    let body = vec![b' '; 300_000];
    for (request, status) in [
        ("POST /v1/submissions/nobody/notice", 400),
        ("PUT /v1/submissions/nobody", 400),
        ("POST /v1/catalogue", 405),
        ("POST /v1/nowhere", 404),
    ] {
        // Where a body is left unread, the connection is closed, and the next request is one too many.
        let json = "content-type: application/json\r\ncontent-length: 300000\r\n";
        let mut both = format!("{request} HTTP/1.1\r\nhost: x\r\n{json}\r\n").into_bytes();
        both.extend_from_slice(&body);
        both.extend_from_slice(b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let reply = say(&open, &both).await.unwrap();
        assert_eq!(reply.status, status, "{request}");
        assert!(String::from_utf8_lossy(&reply.body).contains("HTTP/1.1 200 "), "{request}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_stops_finishes_what_it_began() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    let body = serde_json::to_vec(&submission).unwrap();
    let mut stream = connect(open.running.address(), identity(authorities())).await.unwrap();
    let mut whole = put(&submission.key.to_string(), "application/json", &body);
    let place = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    whole.splice(place..place, *b"\r\nexpect: 100-continue");
    let (head, rest) = whole.split_at(whole.len() - body.len());
    stream.write_all(head).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();

    let address = open.running.address();
    let stopping = tokio::spawn(open.running.stop());
    stream.write_all(rest).await.unwrap();
    let reply = read(&mut stream).await.unwrap();
    assert_eq!(reply.status, 201);
    stopping.await.unwrap();
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    assert_eq!(town.sql("SELECT number FROM entries").await, [["2026-E-000001"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_that_is_described_exists_and_no_other_of_its_path() {
    let town = Town::new();
    let everywhere = [
        ("ENROLMENT_ADDRESS", "127.0.0.1:0"),
        ("ENROLMENT_AUTHORITY_KEY", "kiosk-authority.key"),
        ("OFFICE_ADDRESS", "127.0.0.1:0"),
        ("OFFICE_AUTHORITY", "staff-authority.pem"),
        ("OFFICE_CLERKS", "[\"Rosa Gil\"]"),
        ("OFFICE_AUDITORS", "[\"Rosa Gil\"]"),
        ("OFFICE_OPERATORS", "[\"Rosa Gil\"]"),
    ];
    let rosa = staff("Rosa Gil", false);
    let open = town.open_with(&Clock::at(THURSDAY), &everywhere).await;
    let key = new_key(at(THURSDAY)).to_string();
    for (path, item) in registry_api::openapi().paths.paths {
        for (method, described) in [
            ("GET", item.get.is_some()),
            ("PUT", item.put.is_some()),
            ("POST", item.post.is_some()),
            ("PATCH", item.patch.is_some()),
            ("DELETE", item.delete.is_some()),
        ] {
            let path = path.replace("{key}", &key);
            let request = format!(
                "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            );
            // Each part of the description has a door of its own.
            let (door, who) = match path.as_str() {
                registry_api::ENROLMENT_PATH => (open.running.enrolment_address().unwrap(), None),
                path if path.starts_with(registry_api::OFFICE_PATH) => {
                    (open.running.office_address().unwrap(), Some(&rosa))
                }
                _ => (open.running.address(), identity(authorities())),
            };
            let mut stream = connect(door, who).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let reply = read(&mut stream).await.unwrap();
            let known = reply.status == 200
                || ![code::METHOD, code::NO_SUCH_RESOURCE].contains(&reply.problem().code.as_str());
            assert_eq!(known, described, "{method} {path}: {}", reply.status);
        }
    }
}
