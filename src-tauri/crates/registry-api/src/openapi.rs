//! The OpenAPI description, made from the wire types themselves.
//!
//! The committed `openapi.json` is compared with it by a test; `FINESTRETA_BLESS=1` rewrites the file.

mod citizen;
mod enrolment;
mod office;

use citizen::Bearer;
use utoipa::OpenApi;

use crate::{
    CatalogueDocument, FilingState, Head, Health, Held, Manifest, Notice, Problem, Receipt, Requirement,
    SignedCatalogue, Submission,
};

/// The description.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// The description as the committed file holds it: pretty JSON and a line feed.
///
/// # Errors
/// Never for a description made here; the serialiser's error is passed on rather than hidden.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&openapi())?;
    text.push('\n');
    Ok(text)
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Municipal registry",
        description = "Hands in signed applications and answers with sealed receipts. \
            Each part has an address of its own: what is tagged registry needs a client certificate of the kiosks' \
            authority (mutual TLS), enrolment needs none, office one of the staff's authority.",
        contact(),
        version = "1",
    ),
    paths(
        submit, receipt, notice, health, catalogue, citizen::challenge, citizen::open_session, citizen::end_session,
        citizen::own_entries, citizen::own_entry, enrolment::renew, enrolment::enrol,
        office::entries, office::entry, office::correct, office::requirements, office::decide_requirement, office::quarantine, office::dismiss, office::incidents, office::declare, office::calendar, office::term, office::kiosks, office::invite, office::decide_kiosk, office::log, office::head, office::figures, office::figures_table, office::figures_page,
    ),
    modifiers(&Bearer),
    components(schemas(CatalogueDocument, FilingState, Head, Manifest)),
    tags(
        (name = "registry", description = "What kiosks ask"),
        (name = "enrolment", description = "How a kiosk comes to its certificate"),
        (name = "office", description = "What the office asks and does"),
    )
)]
struct Description;

// The functions below exist for their attributes: the router of the server is tested against this description.

#[utoipa::path(
    put,
    path = "/v1/submissions/{key}",
    tag = "registry",
    operation_id = "submit",
    description = "Hands in a package. Repeatable: the same key with the same package answers the same receipt for ever.",
    params(("key" = String, Path, format = Uuid, description = "Key of the package, UUID version 7")),
    request_body(content = Submission, content_type = "application/json"),
    responses(
        (status = 201, description = "Registered now", body = Receipt, content_type = "application/json"),
        (status = 200, description = "Registered before; the same receipt", body = Receipt, content_type = "application/json"),
        (status = 202, description = "Kept, and not presented before the official registry gives its number; ask again", body = Held,
            content_type = "application/json", headers(("Retry-After" = u32, description = "Seconds to wait"))),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The key was used for another package", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Refused; kept apart for the staff, not numbered", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
fn submit() {}

#[utoipa::path(
    get,
    path = "/v1/submissions/{key}",
    tag = "registry",
    operation_id = "receipt",
    description = "The receipt of what was registered under the key.",
    params(("key" = String, Path, format = Uuid, description = "Key of the package, UUID version 7")),
    responses(
        (status = 200, description = "The receipt", body = Receipt, content_type = "application/json"),
        (status = 202, description = "Kept, and not presented before the official registry gives its number; ask again", body = Held,
            content_type = "application/json", headers(("Retry-After" = u32, description = "Seconds to wait"))),
        (status = 400, description = "Not a key", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The official registry does not take it", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing was registered under this key", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
fn receipt() {}

#[utoipa::path(
    post,
    path = "/v1/submissions/{key}/notice",
    tag = "registry",
    operation_id = "notice",
    description = "Says that the person, warned of what it means, takes the receipt of what was not signed, with the \
        requirement to sign it: from now on the term runs. Repeatable: the earliest day counts.",
    params(("key" = String, Path, format = Uuid, description = "Key of the package, UUID version 7")),
    request_body(content = Notice, content_type = "application/json"),
    responses(
        (status = 200, description = "How far the requirement has come", body = Requirement, content_type = "application/json"),
        (status = 400, description = "Not a key, or not JSON of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Not warned, or not accepted: nothing was notified", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nothing waits for a signature under this key", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
fn notice() {}

#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "registry",
    operation_id = "health",
    description = "Whether the registry can register now.",
    responses(
        (status = 200, description = "It can", body = Health, content_type = "application/json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "It cannot", body = Problem, content_type = "application/problem+json"),
    )
)]
#[allow(dead_code)]
fn health() {}

#[utoipa::path(
    get,
    path = "/v1/catalogue",
    tag = "registry",
    operation_id = "catalogue",
    description = "The catalogue that the registry judges by, whole, under the town's seal. Its content is a text of the \
        schema CatalogueDocument.",
    params(("If-None-Match" = Option<String>, Header, description = "Tag of the catalogue that is known")),
    responses(
        (status = 200, description = "The catalogue", body = SignedCatalogue, content_type = "application/json",
            headers(("ETag" = String, description = "Tag of its files"))),
        (status = 304, description = "It is the one that is known"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
fn catalogue() {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_description_is_the_one_generated() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let generated = openapi_json().unwrap();
        if std::env::var_os("FINESTRETA_BLESS").is_some() {
            std::fs::write(file, &generated).unwrap();
        }
        let committed = std::fs::read_to_string(file).unwrap_or_default();
        assert!(committed == generated, "openapi.json is not current; FINESTRETA_BLESS=1 rewrites it");
    }

    #[test]
    fn paths_are_those_of_the_constants() {
        let api = openapi();
        assert!(api.paths.paths.contains_key(&format!("{}/{{key}}", crate::SUBMISSIONS_PATH)));
        assert!(api.paths.paths.contains_key(crate::HEALTH_PATH));
        assert!(api.paths.paths.contains_key(crate::CATALOGUE_PATH));
    }
}
