//! HTTP at the registry: routes, limits, and what is said when nothing is registered.

mod answers;
mod body;
mod catalogue;
mod citizens;
mod enrolment;
mod gate;
mod health;
mod inbound;
mod monitoring;
mod notice;
mod office;
mod places;
mod submissions;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{delete, get, post, put};
use registry_api::{
    CATALOGUE_PATH, CHALLENGES_PATH, CURRENT_SESSION_PATH, HEALTH_PATH, OWN_ENTRIES_PATH, Problem,
    RENEWAL_PATH, SESSIONS_PATH, SUBMISSIONS_PATH, code,
};

use crate::checks::Checks;
use crate::config::Limits;
use crate::kiosks::Unlisted;
use crate::metrics::Metrics;
use crate::offer::Served;
use crate::official::OfficialRegistry;
use crate::receipt::Seal;
use crate::tls::KioskId;
use crate::{Calendar, Environment, Store};

pub(crate) use enrolment::{Enroller, enrolment_router};
use inbound::decline;
pub(crate) use monitoring::{Monitored, monitoring_router};
pub(crate) use office::{Office, office_router};
pub(crate) use places::Places;

/// What a registry consists of while it runs.
pub(crate) struct App {
    pub(crate) store: Store,
    /// Code of the office that registers.
    pub(crate) office: String,
    pub(crate) official: Arc<dyn OfficialRegistry>,
    pub(crate) checks: Arc<Checks>,
    /// The catalogue as it goes out.
    pub(crate) catalogue: Served,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) hand_in_counts: bool,
    /// Which kiosks are heard whose certificates are not of the book.
    pub(crate) unlisted: Unlisted,
    /// Who issues certificates to kiosks, if the registry does.
    pub(crate) enroller: Option<Arc<Enroller>>,
    pub(crate) seal: Arc<Seal>,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) limits: Limits,
    /// Submissions read and judged at the same time: what each holds of its package in memory is set aside.
    pub(crate) places: Places,
}

/// What kiosks are told to wait when the registry cannot register now.
const RETRY_AFTER: Duration = Duration::from_secs(30);

/// The routes of the contract, each request logged without anything personal.
pub(crate) fn router(app: Arc<App>) -> Router {
    let known = middleware::from_fn_with_state(Arc::clone(&app), gate::known_kiosks);
    let routes = Router::new()
        .route(&format!("{SUBMISSIONS_PATH}/{{key}}"), put(submissions::submit).get(submissions::receipt))
        .route(&format!("{SUBMISSIONS_PATH}/{{key}}/notice"), post(notice::notice))
        .route(HEALTH_PATH, get(health::health))
        .route(CATALOGUE_PATH, get(catalogue::catalogue))
        .route(CHALLENGES_PATH, post(citizens::challenge))
        .route(SESSIONS_PATH, post(citizens::open))
        .route(CURRENT_SESSION_PATH, delete(citizens::end))
        .route(OWN_ENTRIES_PATH, get(citizens::entries))
        .route(&format!("{OWN_ENTRIES_PATH}/{{number}}"), get(citizens::entry))
        .route(RENEWAL_PATH, post(enrolment::renew));
    let counted = ("kiosks", Arc::clone(app.store.metrics()));
    with_fallbacks(routes, app.limits)
        .layer(known)
        .layer(middleware::from_fn_with_state(counted, log))
        .with_state(app)
}

/// What is said where there is nothing to be found.
fn with_fallbacks<S: Clone + Send + Sync + 'static>(routes: Router<S>, limits: Limits) -> Router<S> {
    let say = move |status: StatusCode, code, title| {
        move |request: Request| async move {
            decline(request.into_body(), &limits, &Problem::new(status.as_u16(), code, title)).await
        }
    };
    routes
        .method_not_allowed_fallback(say(
            StatusCode::METHOD_NOT_ALLOWED,
            code::METHOD,
            "The resource does not know this method",
        ))
        .fallback(say(StatusCode::NOT_FOUND, code::NO_SUCH_RESOURCE, "There is no such resource"))
}

/// The route and never the address: whatever a client writes into one is not ours to keep.
async fn log(
    State((door, metrics)): State<(&'static str, Arc<Metrics>)>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let kiosk = request.extensions().get::<KioskId>().cloned();
    let response = next.run(request).await;
    let (known, status) = (route.as_deref().unwrap_or("-"), response.status().as_u16());
    metrics.answered(door, method.as_str(), known, status, begun);
    tracing::info!(
        event = "request",
        %method,
        route = known,
        kiosk = kiosk.as_ref().map_or("-", KioskId::as_str),
        status,
    );
    response
}
