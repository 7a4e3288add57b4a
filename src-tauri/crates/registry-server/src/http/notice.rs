//! `POST /v1/submissions/{key}/notice`: the person, warned of what it means, takes the requirement to sign.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use registry_api::{MAX_CITIZEN_BODY_BYTES, Notice, Problem, code};

use super::App;
use super::answers::{failure, problem, written};
use super::inbound::{decline, read_json};
use super::submissions::read_key;
use crate::Error;
use crate::desk::notified;
use crate::tls::KioskId;

pub(super) async fn notice(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    key: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let key = match read_key(key) {
        Ok(key) => key,
        Err(wrong) => return decline(request.into_body(), &app.limits, &wrong).await,
    };
    let notice = match read_json::<Notice>(request, &app.limits, MAX_CITIZEN_BODY_BYTES).await {
        Ok(notice) => notice,
        Err(answer) => return answer,
    };
    // Access to the content is the notification, of which a person is to be warned first (Royal Decree 203/2021, art. 45.1).
    if !notice.accepted_after_warning {
        return problem(&Problem::new(422, code::NOTICE, "Nothing is notified to whoever was not warned"));
    }
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
