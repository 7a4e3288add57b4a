//! `POST /v1/submissions/{key}/notice`: the person has the requirement to sign in her hands.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use registry_api::{Problem, code};

use super::App;
use super::answers::{failure, problem, written};
use super::submissions::read_key;
use crate::Error;
use crate::desk::notified;
use crate::tls::KioskId;

pub(super) async fn notice(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    key: Result<Path<String>, PathRejection>,
) -> Response {
    let key = match read_key(key) {
        Ok(key) => key,
        Err(wrong) => return problem(&wrong),
    };
    let told = async {
        let absent =
            || problem(&Problem::new(404, code::NOT_FOUND, "Nothing waits for a signature under this key"));
        let Some(entry) = app.store.entry_by_key(key).await? else { return Ok(absent()) };
        let Some(known) = app.store.requirement_of(&entry).await? else { return Ok(absent()) };
        let now = app.environment.now();
        let today = app.calendar.date_of(now);
        notified(&app.store, &app.calendar, &entry, &known, (today, kiosk.as_str()), now).await?;
        let requirement = app.store.requirement_of(&entry).await?;
        let requirement = requirement.ok_or(Error::Damaged { what: "a requirement" })?;
        Ok::<_, Error>(written(StatusCode::OK, &requirement.on(today)))
    };
    told.await.unwrap_or_else(|error| failure(&error))
}
