//! Who is heard: asked of the book for each request, so that what staff decides counts at once.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::App;
use super::answers::failure;
use super::inbound::decline;
use crate::tls::KioskId;

/// Lets kiosks by that are known and not shut out; tells the others why.
pub(super) async fn known_kiosks(
    State(app): State<Arc<App>>,
    Extension(kiosk): Extension<KioskId>,
    request: Request,
    next: Next,
) -> Response {
    let standing = match app.store.standing(&kiosk, app.environment.now()).await {
        Ok(standing) => standing,
        Err(error) => return failure(&error),
    };
    match standing.refusal(kiosk.as_str(), &app.unlisted) {
        None => next.run(request).await,
        Some(wrong) => {
            tracing::warn!(event = "kiosk.refused", kiosk = kiosk.as_str(), code = wrong.code);
            decline(request.into_body(), &app.limits, &wrong).await
        }
    }
}
