//! Who is talked to at all.

use std::time::Duration;

use registry_api::{Registry as _, RegistryError};
use registry_client::{Connection, Error, HttpRegistry};
use testkit::pki::Authorities;
use tokio::net::TcpListener;

use crate::server::{Behaviour, Server, authorities, client, client_as, submission};

fn others() -> Authorities {
    #[allow(clippy::disallowed_methods)]
    Authorities::generate(jiff::Timestamp::now()).unwrap()
}

fn is_unreachable<T: std::fmt::Debug>(answer: &Result<T, RegistryError>) -> bool {
    matches!(answer, Err(RegistryError::Unreachable { .. }))
}

#[tokio::test]
async fn nobody_listening_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let answer = client(&format!("https://127.0.0.1:{port}")).submit(&submission()).await;
    assert!(is_unreachable(&answer), "{answer:?}");
}

#[tokio::test]
async fn a_name_that_does_not_exist_means_nothing_was_sent() {
    let answer = client("https://registre.invalid").submit(&submission()).await;
    assert!(is_unreachable(&answer), "{answer:?}");
}

#[tokio::test]
async fn a_registry_of_another_authority_is_not_talked_to() {
    let server = Server::start_as(Behaviour::Silence, &others()).await;
    let answer = server.client().submit(&submission()).await;
    assert!(is_unreachable(&answer), "{answer:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_registry_under_another_name_is_not_talked_to() {
    let server = Server::start(Behaviour::Silence).await;
    // 127.0.0.2 reaches nobody, so another name of this machine would be needed; the certificate names
    // `localhost` and 127.0.0.1, not this spelling of the loopback.
    let answer = client(&format!("https://[::ffff:127.0.0.1]:{}", server.address.port())).health().await;
    assert!(is_unreachable(&answer), "{answer:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_is_not_talked_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = tokio::spawn(async move {
        use tokio::io::AsyncWriteExt as _;
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    let answer = client(&format!("https://127.0.0.1:{port}")).submit(&submission()).await;
    assert!(is_unreachable(&answer), "{answer:?}");
    plain.await.unwrap();
}

#[tokio::test]
async fn a_server_that_never_finishes_the_handshake_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let who = authorities();
    let registry = HttpRegistry::new(&Connection {
        address: &format!("https://127.0.0.1:{}", listener.local_addr().unwrap().port()),
        authority_pem: &who.tls_ca().x509().to_pem().unwrap(),
        certificate_pem: &who.kiosk().certificate_pem().unwrap(),
        key_pem: &who.kiosk().key_pem().unwrap(),
        connect_timeout: Duration::from_millis(200),
        timeout: Duration::from_secs(20),
    })
    .unwrap();
    let answer = registry.submit(&submission()).await;
    assert!(is_unreachable(&answer), "{answer:?}");
}

#[tokio::test]
async fn a_kiosk_that_the_registry_does_not_know_gets_nothing_through() {
    let server = Server::start(Behaviour::Silence).await;
    let address = format!("https://127.0.0.1:{}", server.address.port());
    let answer = client_as(&address, authorities(), &others()).submit(&submission()).await;
    assert!(
        matches!(answer, Err(RegistryError::Unreachable { .. } | RegistryError::Unknown { .. })),
        "{answer:?}"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn settings_that_cannot_work_are_told_at_once() {
    let who = authorities();
    let authority = who.tls_ca().x509().to_pem().unwrap();
    let certificate = who.kiosk().certificate_pem().unwrap();
    let key = who.kiosk().key_pem().unwrap();
    let good = Connection {
        address: "https://127.0.0.1:1",
        authority_pem: &authority,
        certificate_pem: &certificate,
        key_pem: &key,
        connect_timeout: Duration::from_secs(1),
        timeout: Duration::from_secs(1),
    };
    assert!(HttpRegistry::new(&good).is_ok());
    let error = |connection: Connection<'_>| HttpRegistry::new(&connection).unwrap_err();
    assert!(matches!(error(Connection { address: "http://127.0.0.1", ..good }), Error::Address));
    assert!(matches!(error(Connection { authority_pem: b"", ..good }), Error::Authority(_)));
    assert!(matches!(error(Connection { certificate_pem: b"", ..good }), Error::Identity(_)));
    assert!(matches!(error(Connection { key_pem: b"no key", ..good }), Error::Identity(_)));
    let other = others().kiosk().key_pem().unwrap();
    let mixed = error(Connection { key_pem: &other, ..good });
    assert!(matches!(mixed, Error::Identity(_) | Error::Setup(_)), "{mixed:?}");
    assert!(!format!("{good:?}").contains("PRIVATE"));
}
