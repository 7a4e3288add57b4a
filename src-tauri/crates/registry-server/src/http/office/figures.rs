//! The figures of the service: as JSON, as a table, as a page.

use axum::body::Body;
use axum::extract::{Query as InAddress, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use registry_api::figures::ServiceFigures;
use serde::Deserialize;

use super::{Asked, Office, Shared, parameter, refused, told};
use crate::Error;
use crate::figures::{self as shown, POLICY};
use crate::verification::language;

/// Which days.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Period {
    from: Option<Date>,
    until: Option<Date>,
}

pub(super) async fn figures(State(office): Shared, asked: Asked<Period>) -> Response {
    match counted(&office, asked).await {
        Ok(figures) => told(StatusCode::OK, Ok(figures)),
        Err(answer) => answer,
    }
}

pub(super) async fn table(State(office): Shared, asked: Asked<Period>) -> Response {
    let figures = match counted(&office, asked).await {
        Ok(figures) => figures,
        Err(answer) => return answer,
    };
    match shown::table(&figures) {
        Ok(table) => {
            let mut response = text("text/csv; charset=utf-8", table);
            let name = HeaderValue::from_static("attachment; filename=\"figures.csv\"");
            response.headers_mut().insert(CONTENT_DISPOSITION, name);
            response
        }
        Err(error) => refused(&error),
    }
}

pub(super) async fn page(State(office): Shared, headers: HeaderMap, asked: Asked<Period>) -> Response {
    match counted(&office, asked).await {
        Ok(figures) => {
            text("text/html; charset=utf-8", shown::page(&figures, &*office.names, language(&headers)))
        }
        Err(answer) => answer,
    }
}

async fn counted(office: &Office, asked: Asked<Period>) -> Result<ServiceFigures, Response> {
    let Ok(InAddress(Period { from, until })) = asked else { return Err(parameter()) };
    match office.desk.figures(from, until).await {
        Ok(figures) => Ok(figures),
        // A period that is none, or beyond what can be written.
        Err(Error::Wish { .. } | Error::Calendar { .. }) => Err(parameter()),
        Err(error) => Err(refused(&error)),
    }
}

fn text(media_type: &'static str, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CONTENT_SECURITY_POLICY, POLICY),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
