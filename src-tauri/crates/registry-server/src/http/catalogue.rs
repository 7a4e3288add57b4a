//! `GET /v1/catalogue`: the catalogue in force, made and sealed when the registry started.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use super::App;
use super::answers::json;

pub(super) async fn catalogue(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let tag = format!("\"{}\"", app.catalogue.tag.as_str());
    let mut response = if is_known(&headers, &tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        json(StatusCode::OK, app.catalogue.body.clone())
    };
    // Kept by whoever likes, and asked about each time (RFC 9111, 5.2.2.4).
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// Whether one of the tags that are known is ours, compared weakly (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}
