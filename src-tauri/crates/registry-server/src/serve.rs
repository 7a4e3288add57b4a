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
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;
use tokio_openssl::SslStream;
use tower::ServiceExt as _;

use crate::config::{Limits, OfficeDoor, Settings};
use crate::desk::Desk;
use crate::drafting::Drafter;
use crate::figures::Names;
use crate::http::{
    App, Enroller, Monitored, Office, Places, enrolment_router, monitoring_router, office_router, router,
};
use crate::metrics::Metrics;
use crate::official::{Behind, Connector, OfficialRegistry, Own};
use crate::tls::{KioskId, StaffId};
use crate::verification::{self, Peer, Verification};
use crate::{Environment, Error, Store};

/// A connection is not kept longer than this, whatever it does.
const LONGEST_CONNECTION: Duration = Duration::from_secs(10 * 60);
/// After a failed `accept` (no more file descriptors, for example) nothing changes at once.
const AFTER_A_FAULT: Duration = Duration::from_millis(100);
/// Connections of kiosks that enrol, at the same time: few do.
const ENROLLING: usize = 8;
/// Connections of those who watch over it, at the same time.
const MONITORING: usize = 8;
/// Longest head of a request.
const MAX_HEAD: usize = 16 * 1024;

/// A registry that listens. Dropped, it stops at once, as if the power went; see [`Running::stop`].
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    verification_address: Option<SocketAddr>,
    enrolment_address: Option<SocketAddr>,
    office_address: Option<SocketAddr>,
    monitoring_address: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    accepting: JoinHandle<()>,
    /// The doors besides the kiosks'.
    others: Vec<JoinHandle<()>>,
    /// What goes on between requests.
    working: Option<JoinHandle<()>>,
    store: Store,
}

/// Opens the store and listens.
///
/// # Errors
/// [`Error::Store`], [`Error::Migration`], [`Error::Seal`], [`Error::Listen`].
pub async fn start(settings: Settings, environment: Arc<dyn Environment>) -> Result<Running, Error> {
    run(settings, environment, None).await
}

/// As [`start`], with the numbers of another registry, which `connector` knows how to ask. A kiosk is kept waiting for
/// a number as long as `patience`; then it is told that the filing is kept and not presented yet.
///
/// # Errors
/// As [`start`].
pub async fn start_behind(
    settings: Settings,
    environment: Arc<dyn Environment>,
    connector: Arc<dyn Connector>,
    patience: Duration,
) -> Result<Running, Error> {
    run(settings, environment, Some((connector, patience))).await
}

async fn run(
    settings: Settings,
    environment: Arc<dyn Environment>,
    other: Option<(Arc<dyn Connector>, Duration)>,
) -> Result<Running, Error> {
    let store = Store::open(&settings.database, &settings.keeping, Arc::clone(&environment)).await?;
    let running = open_doors(store.clone(), settings, environment, other).await;
    if running.is_err() {
        store.close().await;
    }
    running
}

async fn open_doors(
    store: Store,
    settings: Settings,
    environment: Arc<dyn Environment>,
    other: Option<(Arc<dyn Connector>, Duration)>,
) -> Result<Running, Error> {
    let Settings {
        listen,
        acceptor,
        verification,
        unlisted,
        authority,
        enrolment,
        office: office_door,
        monitoring,
        database: _,
        keeping: _,
        town,
        calendar,
        hand_in_counts,
        seal,
        checks,
        limits,
    } = settings;
    let (checks, calendar, seal) = (Arc::new(checks), Arc::new(calendar), Arc::new(seal));
    let now = environment.now();
    store.sweep(now);
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
    if !checks.offer.takes_anything() {
        tracing::error!(event = "catalogue.general", "the general application is not offered");
    }
    let catalogue = checks.offer.serve(&seal, now)?;
    let listener = TcpListener::bind(listen).await.map_err(Error::Listen)?;
    let address = listener.local_addr().map_err(Error::Listen)?;
    let verification = match verification {
        None => None,
        Some((address, acceptor)) => {
            let listener = TcpListener::bind(address).await.map_err(Error::Listen)?;
            let (calendar, environment) = (Arc::clone(&calendar), Arc::clone(&environment));
            let page = Verification::new(store.clone(), calendar, environment, town.name.clone())?;
            Some((listener, acceptor, verification::router(Arc::new(page))))
        }
    };
    let office = town.office.clone();
    let drafter = Arc::new(Drafter { checks: Arc::clone(&checks), town, calendar: Arc::clone(&calendar) });
    let names: Arc<dyn Names> = Arc::clone(&checks) as _;
    let mut working = None;
    let official: Arc<dyn OfficialRegistry> = match other {
        None => Arc::new(Own { store: store.clone(), drafter }),
        Some((connector, patience)) => {
            let behind = Arc::new(Behind {
                store: store.clone(),
                drafter,
                environment: Arc::clone(&environment),
                connector,
                patience,
                work: Notify::new(),
            });
            working = Some(tokio::spawn(Arc::clone(&behind).work()));
            behind
        }
    };
    let enroller = authority
        .map(|authority| Arc::new(Enroller::new(authority, store.clone(), Arc::clone(&environment), limits)));
    let desk = Desk {
        store: store.clone(),
        calendar: Arc::clone(&calendar),
        office: office.clone(),
        environment: Arc::clone(&environment),
    };
    let app = App {
        unlisted,
        enroller: enroller.clone(),
        office,
        store: store.clone(),
        official,
        checks,
        catalogue,
        calendar,
        hand_in_counts,
        seal: Arc::clone(&seal),
        environment,
        limits,
        places: Places::new(limits),
    };
    let (stop, stopped) = watch::channel(false);
    let app = Arc::new(app);
    let metrics = Arc::clone(app.store.metrics());
    metrics.started(now);
    let monitored = Arc::new(Monitored { app: Arc::clone(&app), stopped: stopped.clone() });
    let door = Door {
        name: "kiosks",
        acceptor: Some(acceptor),
        who: Who::Kiosks,
        limits,
        router: router(app),
        stopped,
        metrics,
    };
    let mut others = Vec::new();
    let mut verification_address = None;
    if let Some((listener, acceptor, router)) = verification {
        verification_address = Some(listener.local_addr().map_err(Error::Listen)?);
        let door = Door {
            name: "verification",
            acceptor: Some(acceptor),
            who: Who::Anybody,
            router,
            ..door.clone()
        };
        others.push(tokio::spawn(door.accept(listener)));
    }
    let mut enrolment_address = None;
    if let (Some((address, acceptor)), Some(enroller)) = (enrolment, enroller) {
        let listener = TcpListener::bind(address).await.map_err(Error::Listen)?;
        enrolment_address = Some(listener.local_addr().map_err(Error::Listen)?);
        let limits = Limits { connections: limits.connections.min(ENROLLING), ..limits };
        let router = enrolment_router(enroller);
        let (name, acceptor) = ("enrolment", Some(acceptor));
        let door = Door { name, acceptor, who: Who::Anybody, router, limits, ..door.clone() };
        others.push(tokio::spawn(door.accept(listener)));
    }
    let mut office_address = None;
    if let Some(OfficeDoor { address, acceptor, roles }) = office_door {
        let listener = TcpListener::bind(address).await.map_err(Error::Listen)?;
        office_address = Some(listener.local_addr().map_err(Error::Listen)?);
        let router = office_router(Arc::new(Office { desk, roles, limits, names, seal }));
        let door = Door { name: "office", acceptor: Some(acceptor), who: Who::Staff, router, ..door.clone() };
        others.push(tokio::spawn(door.accept(listener)));
    }
    let mut monitoring_address = None;
    if let Some(address) = monitoring {
        let listener = TcpListener::bind(address).await.map_err(Error::Listen)?;
        monitoring_address = Some(listener.local_addr().map_err(Error::Listen)?);
        let limits = Limits { connections: limits.connections.min(MONITORING), ..limits };
        let router = monitoring_router(monitored);
        let door =
            Door { name: "monitoring", acceptor: None, who: Who::Anybody, router, limits, ..door.clone() };
        others.push(tokio::spawn(door.accept(listener)));
    }
    let accepting = tokio::spawn(door.accept(listener));
    tracing::info!(event = "listening", %address);
    if let Some(address) = verification_address {
        tracing::info!(event = "listening", %address, "for the verification of documents");
    }
    if let Some(address) = enrolment_address {
        tracing::info!(event = "listening", %address, "for kiosks that enrol");
    }
    if let Some(address) = office_address {
        tracing::info!(event = "listening", %address, "for the office");
    }
    if let Some(address) = monitoring_address {
        tracing::info!(event = "listening", %address, "for whoever watches over it");
    }
    Ok(Running {
        address,
        verification_address,
        enrolment_address,
        office_address,
        monitoring_address,
        stop,
        accepting,
        others,
        working,
        store,
    })
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where documents are verified, if anywhere.
    #[must_use]
    pub fn verification_address(&self) -> Option<SocketAddr> {
        self.verification_address
    }

    /// Where kiosks enrol, if anywhere.
    #[must_use]
    pub fn enrolment_address(&self) -> Option<SocketAddr> {
        self.enrolment_address
    }

    /// Where the office asks, if anywhere.
    #[must_use]
    pub fn office_address(&self) -> Option<SocketAddr> {
        self.office_address
    }

    /// Where it is watched over, if anywhere.
    #[must_use]
    pub fn monitoring_address(&self) -> Option<SocketAddr> {
        self.monitoring_address
    }

    /// Takes no more connections, lets requests under way finish, and closes the store.
    pub async fn stop(mut self) {
        // Nobody listening any more means that it has stopped already.
        let _ = self.stop.send(true);
        let _ = (&mut self.accepting).await;
        for door in std::mem::take(&mut self.others) {
            let _ = door.await;
        }
        // Between two steps or in the middle of one: what is written says which.
        if let Some(working) = self.working.take() {
            working.abort();
        }
        self.store.close().await;
        tracing::info!(event = "stopped");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepting.abort();
        for door in &self.others {
            door.abort();
        }
        if let Some(working) = &self.working {
            working.abort();
        }
    }
}

/// Who is heard.
#[derive(Clone, Copy)]
enum Who {
    /// Kiosks with a certificate of their authority. Which of them, is asked for each request.
    Kiosks,
    /// Members of staff with a certificate of theirs. What each may do, is asked for each request.
    Staff,
    /// Whoever comes.
    Anybody,
}

/// Who somebody turned out to be.
enum Known {
    Nobody,
    Kiosk(KioskId),
    Staff(StaffId),
}

/// What each connection needs.
#[derive(Clone)]
struct Door {
    name: &'static str,
    /// Absent where nothing is said that anybody may not hear.
    acceptor: Option<SslAcceptor>,
    who: Who,
    limits: Limits,
    router: Router,
    stopped: watch::Receiver<bool>,
    metrics: Arc<Metrics>,
}

/// A connection, with or without TLS.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

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
        let Ok(peer) = stream.peer_addr() else { return };
        let _connected = self.metrics.connected(self.name);
        let Some((stream, known)) = self.greet(stream).await else {
            self.metrics.refused(self.name);
            return;
        };
        let router = self.router.clone();
        let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
            let mut request: Request = request.map(axum::body::Body::new);
            request.extensions_mut().insert(Peer(peer.ip()));
            match &known {
                Known::Nobody => {}
                Known::Kiosk(kiosk) => drop(request.extensions_mut().insert(kiosk.clone())),
                Known::Staff(staff) => drop(request.extensions_mut().insert(staff.clone())),
            }
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

    /// The handshake, and who it was with. Whoever has none of the certificates that are asked for is not heard.
    async fn greet(&self, stream: TcpStream) -> Option<(Box<dyn Duplex>, Known)> {
        let _ = stream.set_nodelay(true);
        let Some(acceptor) = &self.acceptor else { return Some((Box::new(stream), Known::Nobody)) };
        let ssl = Ssl::new(acceptor.context()).ok()?;
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
        let known = match self.who {
            Who::Anybody => Known::Nobody,
            Who::Kiosks => Known::Kiosk(KioskId::of(stream.ssl())?),
            Who::Staff => Known::Staff(StaffId::of(stream.ssl())?),
        };
        Some((Box::new(stream), known))
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
