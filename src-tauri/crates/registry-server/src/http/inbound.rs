//! What comes in: read as JSON within limits of size and time, or declined so that the other side hears why.

use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, EXPECT};
use axum::response::Response;
use registry_api::{Problem, code};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::answers::problem;
use super::body;
use crate::config::Limits;

/// The body of a request as what it should be, or the answer that says what is wrong with it.
pub(super) async fn read_json<T: DeserializeOwned>(
    request: Request,
    limits: &Limits,
    most: usize,
) -> Result<T, Response> {
    if !is_json(request.headers()) {
        let wrong = Problem::new(415, code::MEDIA_TYPE, "The body is not application/json");
        return Err(decline(request.into_body(), limits, &wrong).await);
    }
    let body = match timeout(limits.body, body::read(request.into_body(), most)).await {
        Ok(Ok(body)) => body,
        Ok(Err(body::Fault::TooLarge(rest))) => {
            return Err(decline(rest, limits, &too_large()).await);
        }
        Ok(Err(body::Fault::Broken)) => {
            return Err(problem(&Problem::new(400, code::MALFORMED, "The body broke off")));
        }
        Err(_) => return Err(problem(&Problem::new(408, code::SLOW, "The body took too long"))),
    };
    // The parser's error may repeat what it read: only the place is told.
    serde_json::from_slice(&body).map_err(|error| {
        let mut wrong = Problem::new(400, code::MALFORMED, "The body is not what this resource takes");
        wrong.detail = Some(format!("line {} column {}", error.line(), error.column()));
        problem(&wrong)
    })
}

pub(super) fn too_large() -> Problem {
    Problem::new(413, code::TOO_LARGE, "The body is larger than allowed")
}

pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// Whether the client waits for leave before it sends the body (RFC 9110, clause 10.1.1).
pub(super) fn waits(headers: &HeaderMap) -> bool {
    headers.get(EXPECT).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// Says no once the body has passed by: a client that is still writing when the connection closes would hear nothing.
pub(super) async fn decline(body: Body, limits: &Limits, wrong: &Problem) -> Response {
    // Too slow or too long: then it hears nothing.
    let _ = timeout(limits.body, body::pass_by(body)).await;
    problem(wrong)
}
