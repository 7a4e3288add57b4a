//! The running server: listening, connections, and how it stops.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use openssl::ssl::{Ssl, SslAcceptor};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;
use tokio_openssl::SslStream;
use tower::ServiceExt as _;

use crate::config::{Limits, Settings};
use crate::http::{App, router};
use crate::tls::KioskId;
use crate::{Environment, Error, Store};

/// A connection is not kept longer than this, whatever it does.
const LONGEST_CONNECTION: Duration = Duration::from_secs(10 * 60);
/// After a failed `accept` (no more file descriptors, for example) nothing changes at once.
const AFTER_A_FAULT: Duration = Duration::from_millis(100);
/// Longest head of a request.
const MAX_HEAD: usize = 16 * 1024;

/// A registry that listens. Dropped, it stops at once, as if the power went; see [`Running::stop`].
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
    store: Store,
}

/// Opens the store and listens.
///
/// # Errors
/// [`Error::Store`], [`Error::Migration`], [`Error::Seal`], [`Error::Listen`].
pub async fn start(settings: Settings, environment: Arc<dyn Environment>) -> Result<Running, Error> {
    let Settings { listen, acceptor, kiosks, store, town, calendar, seal, checks, limits } = settings;
    let store = Store::open(&store).await?;
    let now = environment.now();
    let year = calendar.date_of(now).year();
    if !calendar.knows(year) {
        tracing::warn!(event = "calendar", year, "no holiday of this year is listed");
    }
    if seal.is_valid_at(now).is_err() {
        tracing::error!(event = "seal", "the seal is not valid now: nothing will be registered");
    }
    for error in &checks.offer.refused {
        tracing::error!(event = "catalogue.refused", code = error.code(), "{error}");
    }
    let catalogue = checks.offer.serve(&seal, now)?;
    let listener = TcpListener::bind(listen).await.map_err(Error::Listen)?;
    let address = listener.local_addr().map_err(Error::Listen)?;
    let app = App {
        store: store.clone(),
        checks,
        catalogue,
        calendar,
        town,
        seal,
        environment,
        limits,
        places: Semaphore::new(limits.submissions),
    };
    let (stop, stopped) = watch::channel(false);
    let door =
        Door { acceptor, kiosks: kiosks.map(Arc::from), limits, router: router(Arc::new(app)), stopped };
    let accepting = tokio::spawn(door.accept(listener));
    tracing::info!(event = "listening", %address);
    Ok(Running { address, stop, accepting, store })
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, lets requests under way finish, and closes the store.
    pub async fn stop(mut self) {
        // Nobody listening any more means that it has stopped already.
        let _ = self.stop.send(true);
        let _ = (&mut self.accepting).await;
        self.store.close().await;
        tracing::info!(event = "stopped");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// What each connection needs.
#[derive(Clone)]
struct Door {
    acceptor: SslAcceptor,
    kiosks: Option<Arc<[String]>>,
    limits: Limits,
    router: Router,
    stopped: watch::Receiver<bool>,
}

impl Door {
    async fn accept(self, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(self.limits.connections));
        let mut connections = JoinSet::new();
        let mut stopped = self.stopped.clone();
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (listener.accept().await, place)
            };
            tokio::select! {
                () = told(&mut stopped) => break,
                (accepted, place) = next => match accepted {
                    Ok((stream, _)) => {
                        let door = self.clone();
                        connections.spawn(async move {
                            let _place = place;
                            let _ = timeout(LONGEST_CONNECTION, door.serve(stream)).await;
                        });
                    }
                    Err(error) => {
                        tracing::warn!(event = "accept", "{error}");
                        tokio::time::sleep(AFTER_A_FAULT).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(listener);
        let finished = async { while connections.join_next().await.is_some() {} };
        if timeout(self.limits.stop, finished).await.is_err() {
            tracing::warn!(event = "stopping", "requests under way were cut off");
        }
    }

    async fn serve(mut self, stream: TcpStream) {
        let Some((stream, kiosk)) = self.greet(stream).await else { return };
        let router = self.router.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(kiosk.clone());
            let router = router.clone();
            async move { Ok::<_, Infallible>(answer(router, request).await) }
        });
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.limits.head).max_buf_size(MAX_HEAD);
        let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
        tokio::select! {
            done = connection.as_mut() => {
                if let Err(error) = done {
                    tracing::debug!(event = "connection", "{error}");
                }
                return;
            }
            () = told(&mut self.stopped) => connection.as_mut().graceful_shutdown(),
        }
        if let Err(error) = connection.await {
            tracing::debug!(event = "connection", "{error}");
        }
    }

    /// The handshake, and who it was with. Whoever is not a kiosk of ours is not heard.
    async fn greet(&self, stream: TcpStream) -> Option<(SslStream<TcpStream>, KioskId)> {
        let _ = stream.set_nodelay(true);
        let ssl = Ssl::new(self.acceptor.context()).ok()?;
        let mut stream = SslStream::new(ssl, stream).ok()?;
        match timeout(self.limits.handshake, std::pin::Pin::new(&mut stream).accept()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => {
                tracing::warn!(event = "handshake", "refused");
                return None;
            }
            Err(_) => {
                tracing::warn!(event = "handshake", "too slow");
                return None;
            }
        }
        let kiosk = KioskId::of(stream.ssl())?;
        if let Some(kiosks) = &self.kiosks
            && !kiosks.iter().any(|name| name == kiosk.as_str())
        {
            tracing::warn!(event = "handshake", kiosk = kiosk.as_str(), "not on the list");
            return None;
        }
        Some((stream, kiosk))
    }
}

/// Waits until the server is to stop. That nobody is left who could say so means the same.
async fn told(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn answer(router: Router, request: Request) -> axum::response::Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
