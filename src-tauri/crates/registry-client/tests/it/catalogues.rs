//! Asking for the catalogue.

use registry_api::{Catalogues as _, RegistryError, Sha256Hex, SignedCatalogue, limits};

use crate::server::{Behaviour, Server, http};

type Answer = Result<Option<SignedCatalogue>, RegistryError>;

async fn answered(answer: Vec<u8>, known: Option<&Sha256Hex>) -> (Answer, String) {
    let server = Server::start(Behaviour::Say(answer)).await;
    let answer = server.client().catalogue(known).await;
    (answer, server.requests().remove(0).to_ascii_lowercase())
}

fn signed() -> SignedCatalogue {
    SignedCatalogue { content: "{\"a\":\"à\"}".to_owned(), seal: b"seal".to_vec().into() }
}

#[tokio::test]
async fn the_catalogue_is_asked_for_by_what_is_known() {
    let body = serde_json::to_vec(&signed()).unwrap();
    let (answer, request) = answered(http("200 OK", "application/json", &body), None).await;
    assert_eq!(answer.unwrap(), Some(signed()));
    assert!(request.starts_with("get /v1/catalogue http/1.1"), "{request}");
    assert!(!request.contains("if-none-match"), "{request}");

    let tag = Sha256Hex::of(b"x");
    let (answer, request) = answered(http("304 Not Modified", "text/plain", b""), Some(&tag)).await;
    assert_eq!(answer.unwrap(), None);
    assert!(request.contains(&format!("if-none-match: \"{}\"", tag.as_str())), "{request}");
}

#[tokio::test]
async fn what_is_no_catalogue_is_told() {
    let more = serde_json::json!({ "content": "", "seal": "", "more": 1 }).to_string();
    for nonsense in [
        // Nothing is known that could be unchanged.
        http("304 Not Modified", "text/plain", b""),
        http("200 OK", "text/html", b"<form>accept the terms of this network</form>"),
        http("200 OK", "application/json", b"{\"content\":\"\"}"),
        http("200 OK", "application/json", more.as_bytes()),
        http("404 Not Found", "text/html", b"<h1>Not here</h1>"),
    ] {
        let (answer, _) = answered(nonsense, None).await;
        assert!(matches!(answer, Err(RegistryError::Nonsense { .. })), "{answer:?}");
    }
    let (answer, _) = answered(http("503 Service Unavailable", "text/html", b"later"), None).await;
    assert!(matches!(answer, Err(RegistryError::Unavailable { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_catalogue_of_fifty_megabytes_is_not_read_to_its_end() {
    const MEGABYTES: usize = 50 * 1_000_000;
    const { assert!(MEGABYTES > limits::MAX_CATALOGUE_BODY_BYTES) };
    let content = "x".repeat(MEGABYTES);
    let body = serde_json::to_vec(&SignedCatalogue { content, ..signed() }).unwrap();
    let (answer, _) = answered(http("200 OK", "application/json", &body), None).await;
    let Err(RegistryError::Nonsense { what }) = answer else { panic!("it was taken") };
    assert_eq!(what, "the answer is too large");
}
