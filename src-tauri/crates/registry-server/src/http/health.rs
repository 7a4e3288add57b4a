//! `GET /v1/health`: everything that registering needs, short of doing it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use registry_api::Health;

use super::App;
use super::answers::{failure, json};
use crate::Error;

pub(super) async fn health(State(app): State<Arc<App>>) -> Response {
    match look(&app).await {
        Ok(body) => json(StatusCode::OK, body),
        Err(error) => failure(&error),
    }
}

async fn look(app: &App) -> Result<Vec<u8>, Error> {
    let now = app.environment.now();
    app.store.is_well().await?;
    app.seal.is_valid_at(now)?;
    serde_json::to_vec(&Health { status: "ok".to_owned(), time: now })
        .map_err(|_| Error::Internal { what: "health that is no JSON" })
}
