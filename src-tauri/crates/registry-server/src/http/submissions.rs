//! `PUT` and `GET /v1/submissions/{key}`.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use registry_api::{Problem, Sha256Hex, Submission, SubmissionKey, code};
use tokio::time::timeout;

use super::answers::{failure, json, problem};
use super::{App, body};
use crate::Error;
use crate::checks::{Checked, Refused};
use crate::receipt::{Facts, Source};
use crate::store::{Assigned, Filing, Quarantined, Registered, StoredEntry};
use crate::tls::KioskId;

/// What came of a submission.
enum Outcome {
    New(Vec<u8>),
    Same(Vec<u8>),
    Conflict,
    Refused(Refused),
    /// Not a submission at all.
    Malformed(Box<Problem>),
}

pub(super) async fn submit(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    key: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let admitted = match read_key(key) {
        Ok(_) if !is_json(request.headers()) => {
            Err(Box::new(Problem::new(415, code::MEDIA_TYPE, "The body is not application/json")))
        }
        Ok(key) => Ok(key),
        Err(wrong) => Err(wrong),
    };
    let key = match admitted {
        Ok(key) => key,
        Err(wrong) => return decline(request.into_body(), &app, &wrong).await,
    };
    // Before the body is read: those that wait take no memory.
    let Ok(Ok(_place)) = timeout(app.limits.wait, app.places.acquire()).await else {
        let busy = Problem::new(503, code::BUSY, "The registry has too much to do");
        return decline(request.into_body(), &app, &busy).await;
    };
    let body = match timeout(app.limits.body, body::read(request.into_body())).await {
        Ok(Ok(body)) => body,
        Ok(Err(body::Fault::TooLarge(rest))) => {
            let wrong = Problem::new(413, code::TOO_LARGE, "The body is larger than allowed");
            return decline(rest, &app, &wrong).await;
        }
        Ok(Err(body::Fault::Broken)) => {
            return problem(&Problem::new(400, code::MALFORMED, "The body broke off"));
        }
        Err(_) => return problem(&Problem::new(408, code::SLOW, "The body took too long")),
    };
    // A task of its own: a kiosk that hangs up does not stop half way what it began.
    let task = {
        let app = Arc::clone(&app);
        tokio::spawn(async move { register(&app, &kiosk, key, body).await })
    };
    let outcome = match task.await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::Internal { what: "a registration that broke off" }),
    };
    match outcome {
        Ok(Outcome::New(receipt)) => json(StatusCode::CREATED, receipt),
        Ok(Outcome::Same(receipt)) => json(StatusCode::OK, receipt),
        Ok(Outcome::Conflict) => {
            problem(&Problem::new(409, code::CONFLICT, "The key was used for another package"))
        }
        Ok(Outcome::Refused(refused)) => problem(&refused.problem()),
        Ok(Outcome::Malformed(wrong)) => problem(&wrong),
        Err(error) => failure(&error),
    }
}

pub(super) async fn receipt(
    State(app): State<Arc<App>>,
    key: Result<Path<String>, PathRejection>,
) -> Response {
    let key = match read_key(key) {
        Ok(key) => key,
        Err(wrong) => return problem(&wrong),
    };
    let found = async {
        match app.store.entry_by_key(key).await? {
            Some(entry) => receipt_of(&app, &entry).await.map(Some),
            None => Ok(None),
        }
    };
    match found.await {
        Ok(Some(body)) => json(StatusCode::OK, body),
        Ok(None) => problem(&Problem::new(404, code::NOT_FOUND, "Nothing was registered under this key")),
        Err(error) => failure(&error),
    }
}

async fn register(
    app: &Arc<App>,
    kiosk: &KioskId,
    key: SubmissionKey,
    body: Bytes,
) -> Result<Outcome, Error> {
    let parsed = {
        let body = body.clone();
        blocking(move || parse(key, &body)).await?
    };
    let (submission, package_sha256) = match parsed {
        Ok(parsed) => parsed,
        Err(wrong) => return Ok(Outcome::Malformed(wrong)),
    };
    // Before any check: what was registered once stays so, whatever has changed since.
    if let Some(entry) = app.store.entry_by_key(key).await? {
        return again(app, &entry, &package_sha256).await;
    }
    let now = app.environment.now();
    let submission = Arc::new(submission);
    let judged = {
        let (app, submission) = (Arc::clone(app), Arc::clone(&submission));
        blocking(move || app.checks.check(&submission, &app.calendar, now)).await?
    };
    let checked = match judged {
        Ok(checked) => checked,
        // That OpenSSL failed says nothing about the certificate.
        Err(Refused::Certificate(trust::Refusal::Unchecked)) => {
            return Err(Error::Internal { what: "a certificate that could not be checked" });
        }
        Err(refused) => {
            set_aside(app, kiosk, key, &refused, &body).await?;
            return Ok(Outcome::Refused(refused));
        }
    };
    drop(body);
    app.seal.is_valid_at(now)?;
    number(app, kiosk, &submission, &package_sha256, checked).await
}

async fn number(
    app: &Arc<App>,
    kiosk: &KioskId,
    submission: &Submission,
    package_sha256: &Sha256Hex,
    checked: Checked,
) -> Result<Outcome, Error> {
    let (catalogue, procedure) = app
        .checks
        .offer
        .procedure(&submission.procedure, submission.procedure_version)
        .map_err(|_| Error::Internal { what: "a procedure that was there" })?;
    let unit = catalogue.unit(&procedure.unit);
    let source = Source {
        submission,
        procedure,
        unit: unit.map_or(procedure.unit.as_str(), |unit| unit.name.in_language(submission.language)),
        interested: &checked.interested,
        content_sha256: checked.content_sha256,
        town: &app.town,
        calendar: &app.calendar,
    };
    let summary = procedure.abstract_of(&submission.answers, submission.language);
    let filing = Filing {
        submission,
        package_sha256,
        kiosk: kiosk.as_str(),
        office: &app.town.office,
        office_name: app.town.office_name.in_language(submission.language),
        unit: &procedure.unit,
        summary: &summary,
        interested: checked.interested.clone(),
        signer_certificate_sha256: hex::encode(checked.signer_certificate_sha256),
    };
    let facts = |assigned: &Assigned, effective_on| source.facts(assigned, effective_on)?.to_json();
    match app.store.register(&filing, &app.calendar, app.environment.as_ref(), facts).await? {
        Registered::New(entry) => {
            tracing::info!(
                event = "registered",
                number = entry.number.as_str(),
                key = %submission.key,
                kiosk = kiosk.as_str(),
                procedure = submission.procedure,
            );
            receipt_of(app, &entry).await.map(Outcome::New)
        }
        Registered::Same(entry) => receipt_of(app, &entry).await.map(Outcome::Same),
        Registered::Conflict => Ok(Outcome::Conflict),
    }
}

async fn again(app: &Arc<App>, entry: &StoredEntry, package: &Sha256Hex) -> Result<Outcome, Error> {
    if entry.package_sha256 == *package {
        receipt_of(app, entry).await.map(Outcome::Same)
    } else {
        tracing::warn!(event = "conflict", key = %entry.key, number = entry.number.as_str());
        Ok(Outcome::Conflict)
    }
}

/// The receipt as it was first made; made now if that failed when the entry was written.
async fn receipt_of(app: &Arc<App>, entry: &StoredEntry) -> Result<Vec<u8>, Error> {
    if let Some(body) = app.store.receipt_of(entry).await? {
        return Ok(body);
    }
    let now = app.environment.now();
    app.seal.is_valid_at(now)?;
    let facts = Facts::from_json(&entry.receipt_facts)?;
    let made = {
        let app = Arc::clone(app);
        blocking(move || facts.seal(&app.seal, &app.calendar, now)).await??
    };
    app.store.keep_receipt(entry, &made, now).await
}

async fn set_aside(
    app: &App,
    kiosk: &KioskId,
    key: SubmissionKey,
    refused: &Refused,
    body: &[u8],
) -> Result<(), Error> {
    let reason = refused.code();
    tracing::warn!(event = "refused", %key, kiosk = kiosk.as_str(), code = reason);
    let quarantined = Quarantined {
        key,
        kiosk: kiosk.as_str(),
        reason: &reason,
        at: app.environment.now(),
        body,
        room: app.limits.quarantine_bytes,
    };
    app.store.quarantine(&quarantined).await
}

/// The package and its hash; or why it is none.
fn parse(key: SubmissionKey, body: &[u8]) -> Result<(Submission, Sha256Hex), Box<Problem>> {
    // The parser's error may repeat what it read: only the place is told.
    let submission: Submission = serde_json::from_slice(body).map_err(|error| {
        let mut wrong = Problem::new(400, code::MALFORMED, "The body is not a submission");
        wrong.detail = Some(format!("line {} column {}", error.line(), error.column()));
        Box::new(wrong)
    })?;
    if submission.key != key {
        let wrong = Problem::new(400, code::KEY_MISMATCH, "The address is of another submission");
        return Err(Box::new(wrong));
    }
    let package_sha256 = submission.package_sha256();
    Ok((submission, package_sha256))
}

fn read_key(key: Result<Path<String>, PathRejection>) -> Result<SubmissionKey, Box<Problem>> {
    let wrong = || Box::new(Problem::new(400, code::BAD_KEY, "The address holds no submission key"));
    let Path(text) = key.map_err(|_| wrong())?;
    text.parse().map_err(|_| wrong())
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

/// Says no once the body has passed by: a client that is still writing when the connection closes would hear nothing.
async fn decline(body: Body, app: &App, wrong: &Problem) -> Response {
    // Too slow or too long: then it hears nothing.
    let _ = timeout(app.limits.body, body::pass_by(body)).await;
    problem(wrong)
}

/// What keeps a processor busy does not keep the other connections waiting.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal { what: "a step that broke off" })
}
