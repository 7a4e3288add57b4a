//! The public page where anybody verifies a document by its code (Law 40/2015, art. 42; Royal Decree 203/2021, art. 21).
//!
//! It listens at an address of its own, without certificates of kiosks. The code has 128 random bits, so nobody finds
//! one by trying; what remains is that nothing may be learned from an answer. A code that is unknown, one that is
//! malformed, and one with the wrong second detail get the same page, after the same look into the database and not
//! before the same time has passed. Receipts hold personal data: whoever reads one also knows the NIF or the day.

mod limit;
mod page;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use registry_api::{Csv, Language, Receipt, Requirement};
use tokio::time::{Instant, sleep_until};
use wording::Wording;

pub(crate) use page::escaped;

use crate::store::{Note, StoredEntry};
use crate::{Calendar, Environment, Error, Store};
pub(crate) use limit::Limit;

/// No answer to a code comes earlier: longer than any look into the database takes.
const FLOOR: Duration = Duration::from_millis(400);
/// Largest form.
const MAX_FORM: usize = 1024;

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// What the page is made with.
pub(crate) struct Verification {
    pub(crate) store: Store,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) wording: &'static Wording,
    pub(crate) town: wording::Text,
    limit: Limit,
}

/// What somebody wants to know.
#[derive(Default)]
struct Form {
    code: String,
    proof: String,
    document: bool,
}

/// What there is.
struct Found {
    entry: StoredEntry,
    receipt: Receipt,
    /// Where it was not signed when it was handed in.
    requirement: Option<Requirement>,
}

impl Verification {
    pub(crate) fn new(
        store: Store,
        calendar: Arc<Calendar>,
        environment: Arc<dyn Environment>,
        town: wording::Text,
    ) -> Result<Self, Error> {
        Ok(Self {
            store,
            calendar,
            environment,
            wording: Wording::bundled(),
            town,
            limit: Limit::new("verification"),
        })
    }
}

/// Its routes.
pub(crate) fn router(verification: Arc<Verification>) -> Router {
    Router::new()
        .route("/csv", get(blank).post(look))
        .route("/csv/", get(blank).post(look))
        .route("/csv/{code}", get(with_code))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .with_state(verification)
}

async fn blank(State(verification): State<Arc<Verification>>, headers: HeaderMap) -> Response {
    let language = language(&headers);
    html(StatusCode::OK, page::form(&verification, language, ""))
}

/// What the QR code leads to: the code is filled in, and nothing has been looked up yet.
async fn with_code(
    State(verification): State<Arc<Verification>>,
    headers: HeaderMap,
    code: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Response {
    let language = language(&headers);
    let code = code.map(|Path(code)| code).unwrap_or_default();
    let code = if code.len() <= MAX_FORM { code } else { String::new() };
    html(StatusCode::OK, page::form(&verification, language, &code))
}

async fn look(State(verification): State<Arc<Verification>>, request: Request) -> Response {
    let begun = Instant::now();
    let language = language(request.headers());
    let from = request.extensions().get::<Peer>().map(|peer| peer.0);
    let now = verification.environment.now();
    match verification.limit.admits(&verification.store, from, now).await {
        Ok(true) => {}
        Ok(false) => return html(StatusCode::TOO_MANY_REQUESTS, page::later(&verification, language)),
        Err(error) => {
            tracing::error!(event = "verification", code = error.code(), "{error}");
            return html(StatusCode::SERVICE_UNAVAILABLE, page::later(&verification, language));
        }
    }
    let form = match axum::body::to_bytes(request.into_body(), MAX_FORM).await {
        Ok(body) => Form::read(&body),
        Err(_) => Form::default(),
    };
    let found = find(&verification, &form).await;
    sleep_until(begun + FLOOR).await;
    match found {
        Ok(Some(found)) if form.document => document(found),
        Ok(Some(found)) => html(StatusCode::OK, page::found(&verification, language, &found, &form)),
        Ok(None) => html(StatusCode::NOT_FOUND, page::absent(&verification, language)),
        Err(error) => {
            tracing::error!(event = "verification", code = error.code(), "{error}");
            html(StatusCode::SERVICE_UNAVAILABLE, page::later(&verification, language))
        }
    }
}

/// The document of a code, for somebody who knows more of it.
async fn find(verification: &Verification, form: &Form) -> Result<Option<Found>, Error> {
    let code: Option<Csv> = form.code.parse().ok();
    // A code that is none is looked up like any other; nothing has it.
    let asked = code.as_ref().map_or("", Csv::as_str);
    let Some((entry, body)) = verification.store.document_of(asked).await? else { return Ok(None) };
    let presented_on = verification.calendar.date_of(entry.presented_at);
    if !knows(&form.proof, &entry.interested.nif, presented_on) {
        return Ok(None);
    }
    let receipt =
        serde_json::from_slice(&body).map_err(|_| Error::Damaged { what: "a receipt that was kept" })?;
    let note = Note {
        actor: "public".to_owned(),
        action: "csv.read".to_owned(),
        subject: entry.number.to_string(),
        detail: String::new(),
    };
    verification.store.note(note).await?;
    let today = verification.calendar.date_of(verification.environment.now());
    let requirement = verification.store.requirement_of(&entry).await?;
    let requirement = requirement.map(|requirement| requirement.on(today));
    Ok(Some(Found { entry, receipt, requirement }))
}

/// Whether the second detail is the NIF or the official day of presentation.
fn knows(proof: &str, nif: &str, presented_on: Date) -> bool {
    let plain: String = proof.chars().filter(|character| !matches!(character, ' ' | '-' | '.')).collect();
    let day = format!("{:02}/{:02}/{:04}", presented_on.day(), presented_on.month(), presented_on.year());
    plain.eq_ignore_ascii_case(nif) || proof.trim() == day || proof.trim() == presented_on.to_string()
}

impl Form {
    /// `application/x-www-form-urlencoded`.
    fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for pair in body.split(|byte| *byte == b'&') {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let value = unescaped(parts.nth(1).unwrap_or_default());
            let name = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
            match name {
                b"code" => form.code = value,
                b"proof" => form.proof = value,
                b"document" => form.document = true,
                _ => {}
            }
        }
        form
    }
}

fn unescaped(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        let digits = (*first == b'%').then(|| after.get(..2)).flatten();
        let escaped = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The first language of the reader's that there is; Valencian otherwise.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    wanted
        .split(',')
        .find_map(|part| match part.trim().get(..2)? {
            "ca" | "va" => Some(Language::CaValencia),
            "es" => Some(Language::Es),
            "en" => Some(Language::En),
            _ => None,
        })
        .unwrap_or(Language::CaValencia)
}

fn document(found: Found) -> Response {
    let mut response = answer(StatusCode::OK, "application/pdf", found.receipt.document.into_vec());
    response
        .headers_mut()
        .insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"document.pdf\""));
    response
}

fn html(status: StatusCode, text: String) -> Response {
    answer(status, "text/html; charset=utf-8", text.into_bytes())
}

fn answer(status: StatusCode, media_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers: [(HeaderName, &'static str); 5] = [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The address of the page holds the code.
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, page::POLICY),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_whatever_is_in_it() {
        let form = Form::read(b"code=0000-0000+%C3%B1&proof=12%2F03%2F2026&other=1&&=&document=");
        assert_eq!((form.code.as_str(), form.proof.as_str()), ("0000-0000 ñ", "12/03/2026"));
        assert!(form.document);
        let broken = Form::read(b"code=%zz%4&proof=%ff");
        assert_eq!(broken.code, "%zz%4");
    }

    #[test]
    fn the_second_detail_is_the_number_or_the_day() {
        let day = Date::constant(2026, 3, 12);
        for right in ["99999002Q", "99999002-q", " 99.999.002 Q ", "12/03/2026", "2026-03-12"] {
            assert!(knows(right, "99999002Q", day), "{right}");
        }
        for wrong in ["", "-", "99999002", "13/03/2026", "12/3", "03/12/2026"] {
            assert!(!knows(wrong, "99999002Q", day), "{wrong}");
        }
    }
}
