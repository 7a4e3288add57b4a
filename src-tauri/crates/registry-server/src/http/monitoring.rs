//! What whoever watches over the registry asks: whether it lives, whether it is ready, and what it has counted. Nothing here
//! is about anybody.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;
use tokio::sync::watch;

use super::App;
use crate::Error;

/// What is asked about.
pub(crate) struct Monitored {
    pub(crate) app: Arc<App>,
    /// Whether the server is to stop.
    pub(crate) stopped: watch::Receiver<bool>,
}

/// The routes.
pub(crate) fn monitoring_router(monitored: Arc<Monitored>) -> Router {
    Router::new()
        .route("/live", get(|| async { text(StatusCode::OK, "alive\n".to_owned()) }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .with_state(monitored)
}

/// Whether filings should be sent here: nothing that registering needs is amiss, and it is not about to stop.
async fn ready(State(monitored): State<Arc<Monitored>>) -> Response {
    let well = async {
        let app = &monitored.app;
        app.store.is_well().await?;
        app.seal.is_valid_at(app.environment.now())
    };
    if *monitored.stopped.borrow() {
        return text(StatusCode::SERVICE_UNAVAILABLE, "stopping\n".to_owned());
    }
    match well.await {
        Ok(()) => text(StatusCode::OK, "ready\n".to_owned()),
        Err(error) => {
            tracing::warn!(event = "not-ready", code = error.code(), "{error}");
            text(StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", Error::code(&error)))
        }
    }
}

async fn metrics(State(monitored): State<Arc<Monitored>>) -> Response {
    let mut response = text(StatusCode::OK, monitored.app.store.metrics().text());
    let kind = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn text(status: StatusCode, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
