//! What the office asks and does. Every call needs a certificate of the staff's authority and a role.

use crate::figures::ServiceFigures;
use crate::office::{
    CorrectionWish, DaysOff, EntryPage, EntryShown, Incident, InvitationWish, Invited, KioskListed,
    KioskWish, LastDay, LoggedAct, OfficeEntry, Reason, Refusal, RequirementListed, RequirementWish,
};
use crate::{Problem, Requirement, SignedHead};

#[utoipa::path(
    get,
    path = "/v1/office/entries",
    tag = "office",
    operation_id = "officeEntries",
    description = "A page of the book, the newest first. Each line that is shown is noted in the log.",
    params(
        ("from" = Option<String>, Query, format = Date, description = "Registered on this day or later"),
        ("until" = Option<String>, Query, format = Date, description = "Registered on this day or before"),
        ("procedure" = Option<String>, Query, description = "Of this procedure"),
        ("nif" = Option<String>, Query, description = "Of the person or body with this number"),
        ("text" = Option<String>, Query, description = "With these letters in number, summary or name"),
        ("below" = Option<i64>, Query, description = "Where the page begins: `next` of the one before", minimum = 1),
        ("most" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 500),
    ),
    responses(
        (status = 200, description = "The page", body = EntryPage, content_type = "application/json"),
        (status = 400, description = "A parameter is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn entries() {}

#[utoipa::path(
    get,
    path = "/v1/office/entries/{which}",
    tag = "office",
    operation_id = "officeEntry",
    description = "One entry with its corrections and its last day to resolve.",
    params(
        ("which" = String, Path, description = "Its number or its key"),
    ),
    responses(
        (status = 200, description = "The entry", body = EntryShown, content_type = "application/json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn entry() {}

#[utoipa::path(
    post,
    path = "/v1/office/entries/{which}/corrections",
    tag = "office",
    operation_id = "correctEntry",
    description = "Rectifies or annuls an entry by a new one; the first stays as it is.",
    params(
        ("which" = String, Path, description = "Number or key of the entry"),
    ),
    request_body(content = CorrectionWish, content_type = "application/json"),
    responses(
        (status = 201, description = "The new entry", body = OfficeEntry, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It cannot be corrected so", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A text is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn correct() {}

#[utoipa::path(
    get,
    path = "/v1/office/requirements",
    tag = "office",
    operation_id = "requirements",
    description = "What was handed in without a signature and has neither been signed nor taken as withdrawn, the oldest first.",
    params(
        ("overdue" = Option<bool>, Query, description = "Only those whose term is over"),
        ("after" = Option<i64>, Query, description = "Only entries after this place", minimum = 0),
        ("most" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 500),
    ),
    responses(
        (status = 200, description = "The list", body = [RequirementListed], content_type = "application/json"),
        (status = 400, description = "A parameter is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn requirements() {}

#[utoipa::path(
    post,
    path = "/v1/office/entries/{which}/requirement",
    tag = "office",
    operation_id = "decideRequirement",
    description = "Says that the person was told of the requirement to sign, makes its term longer, or says by which resolution \
        the person is taken to withdraw.",
    params(
        ("which" = String, Path, description = "Number or key of the entry"),
    ),
    request_body(content = RequirementWish, content_type = "application/json"),
    responses(
        (status = 200, description = "How far it has come now", body = Requirement, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such entry that waits for a signature", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "It has not come so far, or is over", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A text or number is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn decide_requirement() {}

#[utoipa::path(
    get,
    path = "/v1/office/quarantine",
    tag = "office",
    operation_id = "quarantine",
    description = "What was refused, the newest first.",
    params(
        ("most" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 500),
    ),
    responses(
        (status = 200, description = "The list", body = [Refusal], content_type = "application/json"),
        (status = 400, description = "A parameter is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn quarantine() {}

#[utoipa::path(
    post,
    path = "/v1/office/quarantine/{id}/dismissal",
    tag = "office",
    operation_id = "dismissRefusal",
    description = "Takes what has been dealt with off the list.",
    params(
        ("id" = String, Path, description = "Name in the list"),
    ),
    request_body(content = Reason, content_type = "application/json"),
    responses(
        (status = 204, description = "It is off the list"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "It is not on the list", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A text is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn dismiss() {}

#[utoipa::path(
    get,
    path = "/v1/office/incidents",
    tag = "office",
    operation_id = "incidents",
    description = "The declared incidents.",
    responses(
        (status = 200, description = "The list", body = [Incident], content_type = "application/json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn incidents() {}

#[utoipa::path(
    put,
    path = "/v1/office/incidents/{id}",
    tag = "office",
    operation_id = "declareIncident",
    description = "Declares an incident, or says more of a declared one.",
    params(
        ("id" = String, Path, description = "Its name, which the body says too"),
    ),
    request_body(content = Incident, content_type = "application/json"),
    responses(
        (status = 200, description = "As it is declared now", body = Incident, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A text is not of its shape, or the address names another", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn declare() {}

#[utoipa::path(
    get,
    path = "/v1/office/calendar/{year}",
    tag = "office",
    operation_id = "daysOff",
    description = "The days off of a year besides Saturdays and Sundays.",
    params(
        ("year" = i16, Path, description = "The year", minimum = 1970, maximum = 9999),
    ),
    responses(
        (status = 200, description = "The days", body = DaysOff, content_type = "application/json"),
        (status = 400, description = "Not a year", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn calendar() {}

#[utoipa::path(
    get,
    path = "/v1/office/term",
    tag = "office",
    operation_id = "lastDay",
    description = "The last day of a term.",
    params(
        ("from" = String, Query, format = Date, description = "The day from which it runs"),
        ("term" = String, Query, description = "`10wd` working days, `10d` days, `3m` months, `1y` years", pattern = "^[0-9]{1,4}(wd|d|m|y)$"),
    ),
    responses(
        (status = 200, description = "The day", body = LastDay, content_type = "application/json"),
        (status = 400, description = "A parameter is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn term() {}

#[utoipa::path(
    get,
    path = "/v1/office/kiosks",
    tag = "office",
    operation_id = "kiosks",
    description = "The kiosks of the book.",
    responses(
        (status = 200, description = "The list", body = [KioskListed], content_type = "application/json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn kiosks() {}

#[utoipa::path(
    post,
    path = "/v1/office/kiosks/{name}/invitation",
    tag = "office",
    operation_id = "inviteKiosk",
    description = "Makes a code with which a kiosk enrols once; a former one is of no use any more.",
    params(
        ("name" = String, Path, description = "Name of the kiosk", pattern = "^[0-9A-Za-z._-]{1,64}$"),
    ),
    request_body(content = InvitationWish, content_type = "application/json"),
    responses(
        (status = 201, description = "The code, shown once", body = Invited, content_type = "application/json"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A text is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn invite() {}

#[utoipa::path(
    put,
    path = "/v1/office/kiosks/{name}/state",
    tag = "office",
    operation_id = "decideKiosk",
    description = "Suspends a kiosk, allows it again, or revokes it.",
    params(
        ("name" = String, Path, description = "Name of the kiosk", pattern = "^[0-9A-Za-z._-]{1,64}$"),
    ),
    request_body(content = KioskWish, content_type = "application/json"),
    responses(
        (status = 204, description = "It is so"),
        (status = 400, description = "Not a request of this shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The request took too long to arrive", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A text is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn decide_kiosk() {}

#[utoipa::path(
    get,
    path = "/v1/office/log",
    tag = "office",
    operation_id = "log",
    description = "The newest lines of the log.",
    params(
        ("subject" = Option<String>, Query, description = "Those on this number, key or name"),
        ("most" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 500),
    ),
    responses(
        (status = 200, description = "The lines", body = [LoggedAct], content_type = "application/json"),
        (status = 400, description = "A parameter is not of its shape", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn log() {}

#[utoipa::path(
    get,
    path = "/v1/office/log/head",
    tag = "office",
    operation_id = "logHead",
    description = "How far book and log have come, under the town's seal: to be published. Its content is a text of the \
        schema Head.",
    responses(
        (status = 200, description = "The head", body = SignedHead, content_type = "application/json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn head() {}

#[utoipa::path(
    get,
    path = "/v1/office/figures",
    tag = "office",
    operation_id = "figures",
    description = "Figures of the service in a period, beside those of a year before. Nobody is named in them.",
    params(
        ("from" = Option<String>, Query, format = Date, description = "First day; 1 January of the year of the last unless said otherwise"),
        ("until" = Option<String>, Query, format = Date, description = "Last day; today unless said otherwise"),
    ),
    responses(
        (status = 200, description = "The figures", body = ServiceFigures, content_type = "application/json"),
        (status = 400, description = "A parameter is not of its shape, or the period ends before it begins or is longer than 20 years", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn figures() {}

#[utoipa::path(
    get,
    path = "/v1/office/figures.csv",
    tag = "office",
    operation_id = "figuresTable",
    description = "The same as a table: what is counted by, which, entries, entries a year before, growth.",
    params(
        ("from" = Option<String>, Query, format = Date, description = "First day; 1 January of the year of the last unless said otherwise"),
        ("until" = Option<String>, Query, format = Date, description = "Last day; today unless said otherwise"),
    ),
    responses(
        (status = 200, description = "The table, with a line of headings", body = String, content_type = "text/csv; charset=utf-8"),
        (status = 400, description = "A parameter is not of its shape, or the period ends before it begins or is longer than 20 years", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn figures_table() {}

#[utoipa::path(
    get,
    path = "/v1/office/figures.html",
    tag = "office",
    operation_id = "figuresPage",
    description = "The same as a page with charts, in the language that the browser asks for.",
    params(
        ("from" = Option<String>, Query, format = Date, description = "First day; 1 January of the year of the last unless said otherwise"),
        ("until" = Option<String>, Query, format = Date, description = "Last day; today unless said otherwise"),
    ),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html; charset=utf-8"),
        (status = 400, description = "A parameter is not of its shape, or the period ends before it begins or is longer than 20 years", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The member of staff is not heard, or has no role for this", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not now", body = Problem, content_type = "application/problem+json",
            headers(("Retry-After" = u32, description = "Seconds to wait"))),
    )
)]
#[allow(dead_code)]
pub(super) fn figures_page() {}
