//! `PUT` and `GET /v1/submissions/{key}`.

use std::sync::Arc;

use axum::Extension;
use axum::body::HttpBody as _;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use registry_api::limits::MAX_SUBMISSION_BODY_BYTES;
use registry_api::{Content, FilingState, Held, Problem, Sha256Hex, Submission, SubmissionKey, code};
use tokio::time::timeout;

use super::answers::{failure, json, problem};
use super::body::NotSetDown;
use super::inbound::{decline, is_json, too_large, waits};
use super::{App, body};
use crate::Error;
use crate::checks::{Checked, Refused};
use crate::official::{self, Accepted};
use crate::package::{Fault, Spool};
use crate::receipt::Facts;
use crate::store::{Basis, Cures, Note, Presented, Quarantined, StoredEntry};
use crate::tls::KioskId;

/// What came of a submission.
enum Outcome {
    New(Vec<u8>),
    Same(Vec<u8>),
    Conflict,
    Refused(Refused),
    /// Kept, and waiting for another registry's number.
    Held(FilingState),
    /// Refused by the registry whose number it would have.
    RefusedThere(String),
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
        Err(wrong) => return decline(request.into_body(), &app.limits, &wrong).await,
    };
    if request.body().size_hint().lower() > MAX_SUBMISSION_BODY_BYTES as u64 {
        let wrong = too_large();
        // Whoever asked first has sent nothing, and need not.
        return match waits(request.headers()) {
            true => problem(&wrong),
            false => decline(request.into_body(), &app.limits, &wrong).await,
        };
    }
    // Before the body is read: those that wait take no memory.
    let Ok(Ok(place)) = timeout(app.limits.wait, app.places.take(request.body().size_hint().upper())).await
    else {
        let busy = Problem::new(503, code::BUSY, "The registry has too much to do");
        return decline(request.into_body(), &app.limits, &busy).await;
    };
    let arriving = body::set_down(request.into_body(), MAX_SUBMISSION_BODY_BYTES, app.store.spool());
    let body = match timeout(app.limits.body, arriving).await {
        Ok(Ok(body)) => body,
        Ok(Err(NotSetDown::There(body::Fault::TooLarge(rest)))) => {
            return decline(rest, &app.limits, &too_large()).await;
        }
        Ok(Err(NotSetDown::There(body::Fault::Broken))) => {
            return problem(&Problem::new(400, code::MALFORMED, "The body broke off"));
        }
        Ok(Err(NotSetDown::Here(rest, error))) => {
            let answer = failure(&Error::Package(error));
            // A kiosk that is still sending would not hear it.
            let _ = timeout(app.limits.body, body::pass_by(rest)).await;
            return answer;
        }
        Err(_) => return problem(&Problem::new(408, code::SLOW, "The body took too long")),
    };
    // A task of its own, with its place: a kiosk that hangs up does not stop half way what it began.
    let task = {
        let app = Arc::clone(&app);
        tokio::spawn(async move {
            let outcome = register(&app, &kiosk, key, body).await;
            drop(place);
            outcome
        })
    };
    let outcome = match task.await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::Internal { what: "a registration that broke off" }),
    };
    app.store.metrics().filed(match &outcome {
        Ok(Outcome::New(_)) => "new",
        Ok(Outcome::Same(_)) => "same",
        Ok(Outcome::Conflict) => "conflict",
        Ok(Outcome::Refused(_)) => "refused",
        Ok(Outcome::Malformed(_)) => "malformed",
        Ok(Outcome::Held(_)) => "held",
        Ok(Outcome::RefusedThere(_)) => "refused_there",
        Err(_) => "failed",
    });
    match outcome {
        Ok(Outcome::New(receipt)) => json(StatusCode::CREATED, receipt),
        Ok(Outcome::Same(receipt)) => json(StatusCode::OK, receipt),
        Ok(Outcome::Conflict) => {
            problem(&Problem::new(409, code::CONFLICT, "The key was used for another package"))
        }
        Ok(Outcome::Refused(refused)) => problem(&refused.problem()),
        Ok(Outcome::Malformed(wrong)) => problem(&wrong),
        Ok(Outcome::Held(state)) => held(key, state),
        Ok(Outcome::RefusedThere(code)) => problem(&refused_there(&code)),
        Err(error) => failure(&error),
    }
}

pub(super) async fn receipt(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    key: Result<Path<String>, PathRejection>,
) -> Response {
    let key = match read_key(key) {
        Ok(key) => key,
        Err(wrong) => return problem(&wrong),
    };
    let found = async {
        Ok::<_, Error>(match app.official.state(key).await? {
            Some((_, official::Outcome::Numbered { entry, .. })) => {
                note_reading(&app, &kiosk, &entry).await?;
                json(StatusCode::OK, receipt_of(&app, &entry).await?)
            }
            Some((_, official::Outcome::Refused { code })) => problem(&refused_there(&code)),
            Some((_, official::Outcome::Unknown)) => held(key, FilingState::Unknown),
            Some((_, official::Outcome::Pending | official::Outcome::Conflict)) => {
                held(key, FilingState::Submitting)
            }
            None => problem(&Problem::new(404, code::NOT_FOUND, "Nothing was registered under this key")),
        })
    };
    found.await.unwrap_or_else(|error| failure(&error))
}

async fn register(
    app: &Arc<App>,
    kiosk: &KioskId,
    key: SubmissionKey,
    body: Content,
) -> Result<Outcome, Error> {
    let parsed = {
        let (app, body) = (Arc::clone(app), body.clone());
        blocking(move || parse(key, &body, app.store.spool())).await??
    };
    let (submission, package_sha256) = match parsed {
        Ok(parsed) => parsed,
        Err(wrong) => return Ok(Outcome::Malformed(wrong)),
    };
    // Before any check: what was registered once stays so, whatever has changed since.
    if let Some((known, outcome)) = app.official.state(key).await? {
        if known != package_sha256 {
            tracing::warn!(event = "conflict", %key);
            return Ok(Outcome::Conflict);
        }
        return told(app, kiosk, outcome).await;
    }
    let now = app.environment.now();
    let submission = Arc::new(submission);
    let judged = {
        let (app, submission) = (Arc::clone(app), Arc::clone(&submission));
        blocking(move || app.checks.check(&submission, &app.calendar, now)).await?
    };
    let judged = match judged {
        Ok(checked) => looked_up(app, &submission, checked, now).await?,
        refused => refused,
    };
    let checked = match judged {
        Ok(checked) => checked,
        // That OpenSSL failed says nothing about the certificate.
        Err(Refused::Certificate(trust::Refusal::Unchecked)) => {
            return Err(Error::Internal { what: "a certificate that could not be checked" });
        }
        Err(Refused::Unread(error)) => return Err(Error::Package(error)),
        Err(refused) => {
            set_aside(app, kiosk, key, &refused, body).await?;
            return Ok(Outcome::Refused(refused));
        }
    };
    app.seal.is_valid_at(now)?;
    let presented = presented(app, &submission, now).await?;
    let accepted = Accepted {
        submission,
        package: body,
        package_sha256,
        kiosk: kiosk.as_str().to_owned(),
        checked,
        presented,
    };
    let outcome = app.official.number(accepted).await?;
    if let official::Outcome::Numbered { entry, new: true } = &outcome {
        tracing::info!(
            event = "registered",
            number = entry.number.as_str(),
            key = %entry.key,
            kiosk = kiosk.as_str(),
            procedure = entry.procedure,
        );
    }
    told(app, kiosk, outcome).await
}

/// What only the book can say of a submission: whether an entry waits for its signature, and whether whoever signed may file
/// for others.
async fn looked_up(
    app: &App,
    submission: &Submission,
    mut checked: Checked,
    now: jiff::Timestamp,
) -> Result<Result<Checked, Refused>, Error> {
    if let Some(first) = submission.cures {
        checked.cures = cured(app, first, submission, &checked).await?;
        if checked.cures.is_none() {
            return Ok(Err(Refused::Cures));
        }
    }
    if let Some(official) = &checked.assisted_by {
        // In force on the day on which it was done, which is not always the day on which it arrives.
        let on = app.calendar.date_of(submission.handed_in_at.min(now));
        let known = app.store.official(&official.nif).await?;
        if !known.is_some_and(|known| known.may(&submission.procedure, on)) {
            return Ok(Err(Refused::AssistedBy));
        }
    }
    Ok(Ok(checked))
}

/// The entry that waits for this signature: of the same person and the same words, and of nobody's before.
async fn cured(
    app: &App,
    first: SubmissionKey,
    submission: &Submission,
    checked: &Checked,
) -> Result<Option<Cures>, Error> {
    let entry = app.store.to_be_signed(first).await?.filter(|entry| {
        entry.procedure == submission.procedure
            && entry.interested.nif == checked.interested.nif
            && entry.answers == submission.answers
    });
    Ok(entry.map(|entry| Cures { entry: entry.position, number: entry.number }))
}

/// When it counts as presented, where the resolution on an incident lets the moment of handing in count.
async fn presented(
    app: &App,
    submission: &Submission,
    now: jiff::Timestamp,
) -> Result<Option<Presented>, Error> {
    if !app.hand_in_counts {
        return Ok(None);
    }
    // A kiosk whose clock is ahead gains nothing by it.
    let at = submission.handed_in_at.min(now);
    let incidents = app.store.incidents().await?;
    let incident = incidents.iter().find(|incident| incident.recognises(&submission.procedure, at));
    Ok(incident.map(|incident| Presented { at, basis: Basis::Incident, incident: Some(incident.id.clone()) }))
}

/// Each reading of an entry leaves a trace.
async fn note_reading(app: &App, kiosk: &KioskId, entry: &StoredEntry) -> Result<(), Error> {
    app.store
        .note(Note {
            actor: kiosk.as_str().to_owned(),
            action: "receipt.read".to_owned(),
            subject: entry.number.to_string(),
            detail: String::new(),
        })
        .await
}

/// What the kiosk is told of it.
async fn told(app: &Arc<App>, kiosk: &KioskId, outcome: official::Outcome) -> Result<Outcome, Error> {
    Ok(match outcome {
        official::Outcome::Numbered { entry, new } => {
            if !new {
                note_reading(app, kiosk, &entry).await?;
            }
            let receipt = receipt_of(app, &entry).await?;
            if new { Outcome::New(receipt) } else { Outcome::Same(receipt) }
        }
        official::Outcome::Conflict => Outcome::Conflict,
        official::Outcome::Pending => Outcome::Held(FilingState::Submitting),
        official::Outcome::Unknown => Outcome::Held(FilingState::Unknown),
        official::Outcome::Refused { code } => Outcome::RefusedThere(code),
    })
}

/// Kept and not presented yet.
fn held(key: SubmissionKey, state: FilingState) -> Response {
    match serde_json::to_vec(&Held { key, state }) {
        Ok(body) => super::answers::held(body),
        Err(_) => failure(&Error::Internal { what: "an answer that is no JSON" }),
    }
}

fn refused_there(code: &str) -> Problem {
    let mut wrong = Problem::new(422, code::OFFICIAL, "The official registry does not take it");
    wrong.detail = Some(code.to_owned());
    wrong
}

/// The receipt as it was first made; made now if that failed when the entry was written.
pub(super) async fn receipt_of(app: &Arc<App>, entry: &StoredEntry) -> Result<Vec<u8>, Error> {
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
    app.store.keep_receipt(entry, made, now).await
}

async fn set_aside(
    app: &App,
    kiosk: &KioskId,
    key: SubmissionKey,
    refused: &Refused,
    body: Content,
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
fn parse(
    key: SubmissionKey,
    body: &Content,
    spool: &Spool,
) -> Result<Result<(Submission, Sha256Hex), Box<Problem>>, Error> {
    let submission = match spool.submission(body) {
        Ok(submission) => submission,
        Err(Fault::Malformed(place)) => {
            let mut wrong = Problem::new(400, code::MALFORMED, "The body is not a submission");
            wrong.detail = place.map(|(line, column)| format!("line {line} column {column}"));
            return Ok(Err(Box::new(wrong)));
        }
        Err(Fault::File(error)) => return Err(Error::Package(error)),
    };
    if submission.key != key {
        let wrong = Problem::new(400, code::KEY_MISMATCH, "The address is of another submission");
        return Ok(Err(Box::new(wrong)));
    }
    let package_sha256 = submission.package_sha256().map_err(Error::Package)?;
    Ok(Ok((submission, package_sha256)))
}

pub(super) fn read_key(key: Result<Path<String>, PathRejection>) -> Result<SubmissionKey, Box<Problem>> {
    let wrong = || Box::new(Problem::new(400, code::BAD_KEY, "The address holds no submission key"));
    let Path(text) = key.map_err(|_| wrong())?;
    text.parse().map_err(|_| wrong())
}

/// What keeps a processor busy does not keep the other connections waiting.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Internal { what: "a step that broke off" })
}
