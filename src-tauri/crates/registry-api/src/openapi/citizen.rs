//! What a citizen whom the registry knows may ask.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

use crate::{Challenge, ChallengeWish, CitizenSession, OwnEntries, OwnEntry, Problem, SessionWish};

/// Says how the token of a session goes with a request.
pub(super) struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_with(Default::default);
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token of a citizen's session"))
            .build();
        components.add_security_scheme("citizen", SecurityScheme::Http(scheme));
    }
}

#[utoipa::path(
    post,
    path = "/v1/citizen/challenges",
    tag = "registry",
    operation_id = "challenge",
    description = "What the citizen's card has to sign. It is of this kiosk and purpose, for two minutes and once; the one \
        before is of no use any more.",
    request_body(content = ChallengeWish, content_type = "application/json"),
    responses(
        (status = 201, description = "The challenge", body = Challenge, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn challenge() {}

#[utoipa::path(
    post,
    path = "/v1/citizen/sessions",
    tag = "registry",
    operation_id = "openSession",
    description = "Opens a session with a signed challenge, which is spent by it whatever comes of it. The session before, of \
        the same kiosk, ends.",
    request_body(content = SessionWish, content_type = "application/json"),
    responses(
        (status = 201, description = "The session", body = CitizenSession, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard, the challenge is not its own or past, or signature or certificate \
            are not to be believed", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn open_session() {}

#[utoipa::path(
    delete,
    path = "/v1/citizen/sessions/current",
    tag = "registry",
    operation_id = "endSession",
    description = "Ends the session.",
    security(("citizen" = [])),
    responses(
        (status = 204, description = "It is over"),
        (status = 401, description = "No session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn end_session() {}

#[utoipa::path(
    get,
    path = "/v1/citizen/entries",
    tag = "registry",
    operation_id = "ownEntries",
    description = "The citizen's own entries, the newest first. Each that is shown is noted in the log.",
    security(("citizen" = [])),
    params(
        ("below" = Option<i64>, Query, description = "Where the page begins: `next` of the one before", minimum = 1),
        ("most" = Option<u32>, Query, description = "How many at most; 20 unless said otherwise", minimum = 1, maximum = 100),
    ),
    responses(
        (status = 200, description = "The page", body = OwnEntries, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "No session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn own_entries() {}

#[utoipa::path(
    get,
    path = "/v1/citizen/entries/{number}",
    tag = "registry",
    operation_id = "ownEntry",
    description = "One of the citizen's own entries with its receipt. Somebody else's is as unknown as one that is not there.",
    security(("citizen" = [])),
    params(("number" = String, Path, description = "Number of the entry")),
    responses(
        (status = 200, description = "The entry", body = OwnEntry, content_type = "application/json"),
        (status = 401, description = "No session", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry of this person", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn own_entry() {}
