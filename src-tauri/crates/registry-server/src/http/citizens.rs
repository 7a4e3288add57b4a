//! A citizen's session: opened by what her card has signed, and what may be read in it.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query as InAddress, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use jiff::SignedDuration;
use openssl::hash::MessageDigest;
use openssl::pkey::Id;
use openssl::sign::Verifier;
use registry_api::{
    Challenge, ChallengeWish, CitizenSession, EntryNumber, MAX_CITIZEN_BODY_BYTES, MAX_INTERMEDIATES,
    MAX_PAGE, OwnEntries, OwnEntry, OwnEntryLine, Problem, Purpose, Random256, Receipt, SessionWish,
    Sha256Hex, code,
};
use serde::{Deserialize, Serialize};
use trust::{Certificate, Context, Policy};

use super::App;
use super::answers::{failure, nothing, problem, written};
use super::inbound::read_json;
use super::submissions::{blocking, receipt_of};
use crate::Error;
use crate::store::{Citizen, Note, Query, StoredEntry};
use crate::tls::KioskId;

/// How long a card has for signing: the person types a PIN meanwhile.
const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(2);
/// How long a session lasts at most.
const SESSION_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Entries of a page, unless said otherwise.
const PAGE: u32 = 20;

pub(super) async fn challenge(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    request: Request,
) -> Response {
    let wish = match read_json::<ChallengeWish>(request, &app.limits, MAX_CITIZEN_BODY_BYTES).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    let made = async {
        let now = app.environment.now();
        let challenge = Challenge {
            nonce: random(&app)?,
            office: app.office.clone(),
            purpose: wish.purpose,
            expires_at: now.checked_add(CHALLENGE_LIFE).map_err(|_| Error::Clock)?,
        };
        app.store.keep_challenge(&kiosk, &challenge, now).await?;
        Ok(challenge)
    };
    answer(StatusCode::CREATED, made.await)
}

pub(super) async fn open(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    request: Request,
) -> Response {
    let wish = match read_json::<SessionWish>(request, &app.limits, MAX_CITIZEN_BODY_BYTES).await {
        Ok(wish) => wish,
        Err(answer) => return answer,
    };
    match session(&app, &kiosk, wish).await {
        Ok(Ok(session)) => answer(StatusCode::CREATED, Ok(session)),
        Ok(Err(wrong)) => {
            tracing::warn!(event = "session.refused", kiosk = kiosk.as_str(), code = wrong.code);
            problem(&wrong)
        }
        Err(error) => failure(&error),
    }
}

/// The session of a signed challenge, or why there is none.
async fn session(
    app: &Arc<App>,
    kiosk: &KioskId,
    wish: SessionWish,
) -> Result<Result<CitizenSession, Problem>, Error> {
    let now = app.environment.now();
    // First of all, so that each is tried once.
    let Some((purpose, expires_at)) = app.store.spend_challenge(kiosk, &wish.nonce, now).await? else {
        let title = "The challenge is unknown, spent or past";
        return Ok(Err(Problem::new(403, code::SESSION_CHALLENGE, title)));
    };
    let nonce = wish.nonce.clone();
    let challenge = Challenge { nonce, office: app.office.clone(), purpose, expires_at };
    let text = challenge.text(kiosk.as_str());
    let verified = {
        let app = Arc::clone(app);
        blocking(move || verify(&app, &wish, &text, now)).await??
    };
    let (nif, certificate_sha256) = match verified {
        Ok(verified) => verified,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let session = CitizenSession {
        token: random(app)?,
        purpose,
        expires_at: now.checked_add(SESSION_LIFE).map_err(|_| Error::Clock)?,
    };
    app.store.open_session(kiosk, &session, &nif, &certificate_sha256, now).await?;
    Ok(Ok(session))
}

/// Number of the person and hash of the certificate, once it is known that its key has signed the text.
fn verify(
    app: &App,
    wish: &SessionWish,
    text: &str,
    now: jiff::Timestamp,
) -> Result<Result<(String, Sha256Hex), Problem>, Error> {
    let no = |code: &str, title: &str| Ok(Err(Problem::new(403, code, title)));
    if wish.intermediates.len() > MAX_INTERMEDIATES {
        return no(code::SESSION_SIGNATURE, "Too many certificates");
    }
    let Ok(leaf) = Certificate::from_der(wish.certificate.as_slice()) else {
        return no(code::SESSION_SIGNATURE, "The certificate is none");
    };
    let brought: Result<Vec<_>, _> =
        wish.intermediates.iter().map(|der| Certificate::from_der(der.as_slice())).collect();
    let Ok(mut intermediates) = brought else {
        return no(code::SESSION_SIGNATURE, "A certificate between is none");
    };
    intermediates.extend(app.checks.intermediates.iter().cloned());
    let context = Context { anchors: &app.checks.anchors, intermediates: &intermediates };
    let verified = match trust::verify(&leaf, &context, now, Policy::DnieAuthentication) {
        Ok(verified) => verified,
        // That OpenSSL failed says nothing about the certificate.
        Err(trust::Refusal::Unchecked) => {
            return Err(Error::Internal { what: "a certificate that could not be checked" });
        }
        Err(refusal) => return no(refusal.code(), "The certificate is not accepted"),
    };
    let Some(holder) = verified.holder() else {
        return no(code::SESSION_SIGNATURE, "The certificate is of nobody");
    };
    if !signed(&leaf, text, wish.signature.as_slice()) {
        return no(code::SESSION_SIGNATURE, "The signature is not the one of the challenge");
    }
    Ok(Ok((holder.nif.clone(), Sha256Hex::from_digest(leaf.sha256()))))
}

/// RSASSA-PKCS1-v1_5 with SHA-256, which is OpenSSL's padding unless another is asked for.
fn signed(leaf: &Certificate, text: &str, signature: &[u8]) -> bool {
    let verified = || -> Result<bool, openssl::error::ErrorStack> {
        let key = leaf.x509().public_key()?;
        if key.id() != Id::RSA {
            return Ok(false);
        }
        Verifier::new(MessageDigest::sha256(), &key)?.verify_oneshot(signature, text.as_bytes())
    };
    verified().unwrap_or(false)
}

pub(super) async fn end(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    headers: HeaderMap,
) -> Response {
    let ended = async {
        let Some((_, token)) = citizen(&app, &kiosk, &headers).await? else { return Ok(no_session()) };
        app.store.end_session(&token).await?;
        Ok::<_, Error>(nothing())
    };
    ended.await.unwrap_or_else(|error| failure(&error))
}

/// Which page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    below: Option<i64>,
    most: Option<u32>,
}

pub(super) async fn entries(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    headers: HeaderMap,
    page: Result<InAddress<Page>, QueryRejection>,
) -> Response {
    let found = async {
        let Some((citizen, _)) = citizen(&app, &kiosk, &headers).await? else { return Ok(no_session()) };
        let Some(InAddress(page)) = page.ok().filter(|page| {
            page.below.is_none_or(|below| below >= 1)
                && page.most.is_none_or(|most| (1..=MAX_PAGE).contains(&most))
        }) else {
            return Ok(problem(&Problem::new(400, code::PARAMETER, "below or most is not of its shape")));
        };
        let most = i64::from(page.most.unwrap_or(PAGE));
        let query = Query { nif: Some(citizen.nif), below: page.below, most: most + 1, ..Query::default() };
        let mut entries = app.store.entries(&query).await?;
        let more = entries.len() as u64 > most.unsigned_abs();
        entries.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let next = entries.last().filter(|_| more).map(|entry| entry.position);
        let notes = entries.iter().map(|entry| reading(&kiosk, "entry.list", entry)).collect();
        app.store.note_all(notes, app.environment.now()).await?;
        let mut lines = Vec::with_capacity(entries.len());
        for entry in entries {
            lines.push(line(&app, entry).await?);
        }
        let entries = lines;
        Ok::<_, Error>(answer(StatusCode::OK, Ok(OwnEntries { entries, next })))
    };
    found.await.unwrap_or_else(|error| failure(&error))
}

pub(super) async fn entry(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    headers: HeaderMap,
    number: Result<Path<String>, PathRejection>,
) -> Response {
    let found = async {
        let Some((citizen, _)) = citizen(&app, &kiosk, &headers).await? else { return Ok(no_session()) };
        let number: Option<EntryNumber> = number.ok().and_then(|Path(text)| text.parse().ok());
        let entry = match number {
            Some(number) => app.store.entry_by_number(&app.office, &number).await?,
            None => None,
        };
        // Somebody else's is like one that is not there, and nothing of it is written down.
        let Some(entry) = entry.filter(|entry| entry.interested.nif == citizen.nif) else {
            let title = "There is no such entry of this person";
            return Ok(problem(&Problem::new(404, code::ENTRY_NOT_FOUND, title)));
        };
        app.store.note(reading(&kiosk, "entry.show", &entry)).await?;
        Ok::<_, Error>(answer(StatusCode::OK, own(&app, entry).await))
    };
    found.await.unwrap_or_else(|error| failure(&error))
}

async fn own(app: &Arc<App>, entry: StoredEntry) -> Result<OwnEntry, Error> {
    let due = app.store.due_of(&entry, &app.calendar, app.environment.now()).await?;
    let corrections = app.store.corrections_of(&entry).await?;
    // What the office enters itself has no receipt.
    let receipt = if entry.receipt_facts.is_empty() {
        None
    } else {
        let body = receipt_of(app, &entry).await?;
        let receipt: Receipt =
            serde_json::from_slice(&body).map_err(|_| Error::Damaged { what: "a receipt that was kept" })?;
        Some(receipt)
    };
    Ok(OwnEntry {
        due_on: due.map(|(day, _)| day),
        corrected_by: corrections.into_iter().map(|other| other.number).collect(),
        receipt,
        entry: line(app, entry).await?,
    })
}

async fn line(app: &App, entry: StoredEntry) -> Result<OwnEntryLine, Error> {
    let requirement = app.store.requirement_of(&entry).await?;
    let today = app.calendar.date_of(app.environment.now());
    Ok(OwnEntryLine {
        requirement: requirement.map(|requirement| requirement.on(today)),
        number: entry.number,
        registered_at: entry.registered_at,
        presented_at: entry.presented_at,
        effective_on: entry.effective_on,
        procedure: entry.procedure,
        unit: entry.unit,
        summary: entry.summary,
        relation: entry.relation,
    })
}

/// Whose session the request is of, with its token.
async fn citizen(
    app: &App,
    kiosk: &KioskId,
    headers: &HeaderMap,
) -> Result<Option<(Citizen, Random256)>, Error> {
    let Some(token) = bearer(headers) else { return Ok(None) };
    let citizen = app.store.citizen_of(kiosk, &token, app.environment.now()).await?;
    // The only purpose there is; another would not do for this.
    let citizen = citizen.filter(|citizen| citizen.purpose == Purpose::ReadEntries);
    Ok(citizen.map(|citizen| (citizen, token)))
}

fn bearer(headers: &HeaderMap) -> Option<Random256> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    // Two would make it a question of who looks.
    if values.next().is_some() {
        return None;
    }
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().parse().ok()).flatten()
}

fn no_session() -> Response {
    let mut response = problem(&Problem::new(401, code::SESSION_TOKEN, "There is no session"));
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// Each reading of an entry leaves a trace; whose it is, the entry says.
fn reading(kiosk: &KioskId, action: &str, entry: &StoredEntry) -> Note {
    Note {
        actor: format!("citizen at {}", kiosk.as_str()),
        action: action.to_owned(),
        subject: entry.number.to_string(),
        detail: String::new(),
    }
}

fn random(app: &App) -> Result<Random256, Error> {
    let mut bits = [0; 32];
    app.environment.random(&mut bits)?;
    Ok(Random256::from_random(bits))
}

fn answer(status: StatusCode, made: Result<impl Serialize, Error>) -> Response {
    match made {
        Ok(made) => written(status, &made),
        Err(error) => failure(&error),
    }
}
