//! Answers: problem details, and bytes that are JSON already.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER as RETRY_AFTER_HEADER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use registry_api::{PROBLEM_MEDIA_TYPE, Problem, code};

use serde::Serialize;

use super::RETRY_AFTER;
use crate::Error;

/// The problem as an answer.
pub(super) fn problem(problem: &Problem) -> Response {
    // A problem is made of strings and numbers only; if it could not be written, its status alone says enough.
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = answer(status, PROBLEM_MEDIA_TYPE, body);
    if matches!(status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS) {
        response.headers_mut().insert(RETRY_AFTER_HEADER, HeaderValue::from(RETRY_AFTER.as_secs()));
    }
    response
}

/// Bytes that are JSON already.
pub(super) fn json(status: StatusCode, body: impl Into<Bytes>) -> Response {
    answer(status, "application/json", body)
}

/// What was made, as JSON.
pub(super) fn written(status: StatusCode, made: &impl Serialize) -> Response {
    match serde_json::to_vec(made) {
        Ok(body) => json(status, body),
        Err(_) => failure(&Error::Internal { what: "an answer that is no JSON" }),
    }
}

/// It is done, and there is nothing to tell.
pub(super) fn nothing() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// Kept, not presented yet; to be asked for again.
pub(super) fn held(body: Vec<u8>) -> Response {
    let mut response = json(StatusCode::ACCEPTED, body);
    response.headers_mut().insert(RETRY_AFTER_HEADER, HeaderValue::from(RETRY_AFTER.as_secs()));
    response
}

/// A fault at our side. It is logged with its causes; the kiosk is told to come back.
pub(super) fn failure(error: &Error) -> Response {
    let mut causes = String::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        causes.push_str(": ");
        causes.push_str(&cause.to_string());
        next = cause.source();
    }
    tracing::error!(event = "failure", code = error.code(), "{error}{causes}");
    problem(&match error.root() {
        Error::Clock => Problem::new(503, code::CLOCK, "The registry's clock is wrong"),
        Error::Internal { .. } | Error::Damaged { .. } => {
            Problem::new(500, code::INTERNAL, "The registry failed")
        }
        _ => Problem::new(503, code::UNAVAILABLE, "The registry cannot do it now"),
    })
}

fn answer(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(Body::from(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
