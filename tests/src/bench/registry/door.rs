//! The numbering over mutual TLS: a door that does nothing but hand what it reads to the store, and clients that keep their
//! connections, as a registry in front of many kiosks has them. No signature is verified and no receipt is made here.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use openssl::ssl::{Ssl, SslAcceptor, SslConnector, SslMethod, SslVerifyMode};
use openssl::x509::store::X509StoreBuilder;
use registry_server::{Calendar, Registered, Store};
use testkit::pki::Authorities;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_openssl::SslStream;

use super::filing;

/// What a client sends: about as much as an entry says of itself.
const BODY: usize = 600;

/// The door; closed when it is dropped.
pub(super) struct Door {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Door {
    pub(super) async fn open(
        store: Store,
        calendar: Arc<Calendar>,
        authorities: &Authorities,
    ) -> anyhow::Result<Self> {
        let mut acceptor = SslAcceptor::mozilla_modern_v5(SslMethod::tls_server())?;
        acceptor.set_private_key(&authorities.registry().key)?;
        acceptor.set_certificate(authorities.registry().certificate.x509())?;
        let mut trusted = X509StoreBuilder::new()?;
        trusted.add_cert(authorities.tls_ca().x509().clone())?;
        acceptor.set_cert_store(trusted.build());
        acceptor.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
        let acceptor = acceptor.build();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, store, calendar) = (acceptor.clone(), store.clone(), Arc::clone(&calendar));
                tokio::spawn(async move {
                    // A client that fails to come in tells of it itself.
                    let Ok(stream) = received(&acceptor, stream).await else { return };
                    let service =
                        service_fn(move |request| answer(store.clone(), Arc::clone(&calendar), request));
                    let served = hyper::server::conn::http1::Builder::new();
                    let _ = served.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Ok(Self { address, accepting })
    }

    pub(super) async fn client(&self, authorities: &Authorities) -> anyhow::Result<Client> {
        let mut connector = SslConnector::builder(SslMethod::tls_client())?;
        connector.set_private_key(&authorities.kiosk().key)?;
        connector.set_certificate(authorities.kiosk().certificate.x509())?;
        let mut trusted = X509StoreBuilder::new()?;
        trusted.add_cert(authorities.tls_ca().x509().clone())?;
        connector.set_cert_store(trusted.build());
        let ssl = connector.build().configure()?.into_ssl("localhost")?;
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let mut stream = SslStream::new(ssl, stream)?;
        Pin::new(&mut stream).connect().await?;
        Ok(Client { stream, read: Vec::new() })
    }
}

async fn received(acceptor: &SslAcceptor, stream: TcpStream) -> anyhow::Result<SslStream<TcpStream>> {
    stream.set_nodelay(true)?;
    let mut stream = SslStream::new(Ssl::new(acceptor.context())?, stream)?;
    Pin::new(&mut stream).accept().await?;
    Ok(stream)
}

async fn answer(
    store: Store,
    calendar: Arc<Calendar>,
    request: Request<Incoming>,
) -> Result<Response<String>, Infallible> {
    let entered = async {
        let body = read(request.into_body()).await?;
        ensure!(body == BODY, "{body} bytes came");
        match store.enter(filing()?, Vec::new(), &calendar, None).await? {
            Registered::New(entry) => Ok(entry.number.to_string()),
            other => anyhow::bail!("a new key was answered {other:?}"),
        }
    };
    let (status, text) = match entered.await {
        Ok(number) => (201, number),
        Err(error) => (500, error.to_string()),
    };
    let mut response = Response::new(text);
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}

async fn read(mut body: Incoming) -> anyhow::Result<usize> {
    use hyper::body::Body as _;
    let mut length = 0;
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        length += frame?.into_data().as_ref().map_or(0, Bytes::len);
    }
    Ok(length)
}

/// One client with its connection.
pub(super) struct Client {
    stream: SslStream<TcpStream>,
    read: Vec<u8>,
}

impl Client {
    /// Hands one entry in and waits for its number.
    pub(super) async fn enter(&mut self) -> anyhow::Result<()> {
        let head = format!("PUT /entry HTTP/1.1\r\nHost: localhost\r\nContent-Length: {BODY}\r\n\r\n");
        let mut request = head.into_bytes();
        request.resize(request.len() + BODY, b'x');
        self.stream.write_all(&request).await?;
        self.read.clear();
        let length = loop {
            ensure!(self.stream.read_buf(&mut self.read).await? > 0, "the answer broke off");
            if let Some(end) = memchr::memmem::find(&self.read, b"\r\n\r\n") {
                let head = std::str::from_utf8(self.read.get(..end).unwrap_or_default())?;
                ensure!(head.starts_with("HTTP/1.1 201"), "{head}");
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                break end + 4 + length.context("an answer without length")?.parse::<usize>()?;
            }
        };
        while self.read.len() < length {
            ensure!(self.stream.read_buf(&mut self.read).await? > 0, "the answer broke off");
        }
        Ok(())
    }
}
