//! Speaking to the registry byte by byte, as no honest client would.

use std::net::SocketAddr;
use std::pin::Pin;

use openssl::ssl::{SslConnector, SslMethod};
use registry_api::{Problem, SubmissionKey};
use testkit::pki::{Authorities, Identity};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_openssl::SslStream;

use crate::town::{Open, authorities};

/// What came back, if anything.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn problem(&self) -> Problem {
        assert!(
            self.head.to_ascii_lowercase().contains("content-type: application/problem+json"),
            "{}",
            self.head
        );
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status);
        problem
    }
}

pub(crate) fn identity(who: &Authorities) -> Option<&Identity> {
    Some(who.kiosk())
}

/// A connection as this client; the handshake may fail.
pub(crate) async fn connect(
    address: SocketAddr,
    client: Option<&Identity>,
) -> std::io::Result<SslStream<TcpStream>> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.cert_store_mut().add_cert(authorities().tls_ca().x509().clone())?;
    if let Some(client) = client {
        builder.set_certificate(client.certificate.x509())?;
        builder.set_private_key(&client.key)?;
    }
    let ssl = builder.build().configure()?.into_ssl("localhost")?;
    let mut stream = SslStream::new(ssl, TcpStream::connect(address).await?)?;
    Pin::new(&mut stream).connect().await.map_err(std::io::Error::other)?;
    Ok(stream)
}

/// Sends bytes as the kiosk and reads until the server closes.
pub(crate) async fn say(open: &Open, bytes: &[u8]) -> std::io::Result<Reply> {
    let mut stream = connect(open.running.address(), identity(authorities())).await?;
    // A server that refuses early may close before everything is written.
    let written = stream.write_all(bytes).await;
    let reply = read(&mut stream).await;
    if reply.is_err() {
        written?;
    }
    reply
}

pub(crate) async fn read(stream: &mut SslStream<TcpStream>) -> std::io::Result<Reply> {
    let mut bytes = Vec::new();
    let end = stream.read_to_end(&mut bytes).await;
    let place = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let Some(place) = place else {
        end?;
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    };
    let head = String::from_utf8(bytes[..place].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Ok(Reply { status, head, body: bytes[place + 4..].to_vec() })
}

/// One request as this client, with the token of a citizen's session and a body of JSON where there are some. Nothing came
/// back where the connection ended before.
pub(crate) async fn call(
    address: SocketAddr,
    client: Option<&Identity>,
    method: &str,
    path: &str,
    token: Option<&str>,
    body: Option<&str>,
) -> std::io::Result<Reply> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    if let Some(token) = token {
        request.push_str(&format!("authorization: Bearer {token}\r\n"));
    }
    if let Some(body) = body {
        request.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len()));
    }
    request.push_str("\r\n");
    request.push_str(body.unwrap_or_default());
    let mut stream = connect(address, client).await?;
    stream.write_all(request.as_bytes()).await?;
    read(&mut stream).await
}

/// A `GET` as the kiosk, with the token of a citizen's session.
pub(crate) async fn get(open: &Open, path: &str, token: Option<&str>) -> Reply {
    let token = token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{token}\r\n");
    say(open, request.as_bytes()).await.unwrap()
}

/// A `PUT` of these bytes.
pub(crate) fn put(key: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "PUT /v1/submissions/{key} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: {media_type}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

pub(crate) async fn put_json(open: &Open, key: SubmissionKey, body: &[u8]) -> Reply {
    say(open, &put(&key.to_string(), "application/json", body)).await.unwrap()
}
