//! How kiosks come to their certificates.

use crate::{Enrolled, Enrolment, Problem, Renewal};

#[utoipa::path(
    post,
    path = "/v1/enrolment",
    tag = "enrolment",
    operation_id = "enrol",
    description = "A kiosk asks for its first certificate with the code that it was given. The code is spent by it; the \
        same code with the same key answers the same certificate while the code lasts.",
    request_body(content = Enrolment, content_type = "application/json"),
    responses(
        (status = 201, description = "The certificate", body = Enrolled, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The code is unknown, spent or past", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "For this key there is no certificate", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many requests from this address", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn enrol() {}

#[utoipa::path(
    post,
    path = "/v1/kiosk/certificate",
    tag = "registry",
    operation_id = "renew",
    description = "The kiosk asks for the certificate after the one that it shows, in the last third of its life. Repeatable \
        with the same key.",
    request_body(content = Renewal, content_type = "application/json"),
    responses(
        (status = 201, description = "The certificate", body = Enrolled, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The kiosk is not heard", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "This registry issues no certificates", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The certificate is good for long enough", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "For this key there is no certificate", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn renew() {}
