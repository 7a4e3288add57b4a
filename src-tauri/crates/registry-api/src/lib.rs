//! The contract of the municipal registry: what kiosk and registry say to each other, and nothing else.
//!
//! Holds the wire types ([`Submission`], [`Receipt`], [`Problem`]), the typed identifiers, the [`Manifest`] that the
//! signed document carries inside, the [`Registry`] and [`Catalogues`] traits with their errors, the states of a filing
//! ([`FilingState`]), the [`limits`], and the OpenAPI description made from these very types ([`openapi`]).
//! It does no I/O: client, server and fakes implement or speak what is written here.
//!
//! The protocol is four calls. `PUT /v1/submissions/{key}` hands in a package; the key is made once by whoever
//! files, so the same call may be repeated for ever and answers the same receipt (201 the first time, 200 after).
//! `GET /v1/submissions/{key}` asks for the receipt and answers 404 when nothing was registered under the key.
//! `GET /v1/health` tells whether the registry can register now. `GET /v1/catalogue` gives the catalogue in force under
//! the town's seal ([`SignedCatalogue`]), or 304 to whoever has it. Errors are problem details (RFC 9457) with a
//! stable dotted `code`.
//!
//! Invariants: an identifier that exists is well formed (parsing is the only way in); `Debug` of a type that holds
//! personal data prints none of it; no time here is read from a clock.

mod assisted;
mod bytes;
mod catalogue;
mod citizen;
mod content;
mod csv;
mod enrolment;
pub mod figures;
mod filing_state;
#[doc(hidden)]
pub mod fuzzing;
mod head;
mod ids;
mod incident;
pub mod limits;
mod manifest;
pub mod office;
mod openapi;
mod problem;
mod receipt;
mod registry;
mod requirement;
mod submission;

pub use assisted::{Assisted, CONSENT_DOCUMENT};
pub use bytes::{Base64Bytes, Sha256Hex};
pub use catalogue::{CATALOGUE_FORMAT, CatalogueDocument, Catalogues, NotACatalogue, SignedCatalogue};
pub use citizen::{
    Challenge, ChallengeWish, CitizenSession, MAX_CITIZEN_BODY_BYTES, MAX_INTERMEDIATES, MAX_PAGE,
    OwnEntries, OwnEntry, OwnEntryLine, Purpose, Random256, SessionWish,
};
pub use content::{Content, Reader};
pub use csv::Csv;
pub use enrolment::{
    Enrolled, Enrolment, InvitationCode, MAX_CERTIFICATE_REQUEST_BYTES, MAX_ENROLMENT_BODY_BYTES, Renewal,
    renew_from,
};
pub use filing_state::FilingState;
pub use head::{HEAD_FORMAT, Head, NotAHead, SignedHead};
pub use ids::{EntryNumber, Malformed, SubmissionKey};
pub use manifest::{Applicant, Disagreement, Manifest, ManifestAttachment};
pub use openapi::{openapi, openapi_json};
pub use problem::{Health, Problem, ProblemFault, code};
pub use procedures::{Answers, Silence};
pub use receipt::{FiledAttachment, Held, Interested, Mismatch, Receipt, Resolution, SignatureMeans};
pub use registry::{Registry, RegistryError};
pub use requirement::{
    CURE_WORKING_DAYS, MAX_EMAIL, MOST_MORE_WORKING_DAYS, Notice, Requirement, RequirementState, ToBeSigned,
    Unsigned,
};
pub use submission::{Attachment, Submission};
pub use wording::Language;

/// Path of the submission resource below the registry's address, without the key.
pub const SUBMISSIONS_PATH: &str = "/v1/submissions";
/// Path of the catalogue.
pub const CATALOGUE_PATH: &str = "/v1/catalogue";
/// Path at which a kiosk asks for its first certificate, at the address for enrolment.
pub const ENROLMENT_PATH: &str = "/v1/enrolment";
/// Path at which a kiosk asks for its next certificate.
pub const RENEWAL_PATH: &str = "/v1/kiosk/certificate";
/// Path at which a citizen's session begins.
pub const CHALLENGES_PATH: &str = "/v1/citizen/challenges";
/// Path at which a session is opened.
pub const SESSIONS_PATH: &str = "/v1/citizen/sessions";
/// Path of the session that the request belongs to.
pub const CURRENT_SESSION_PATH: &str = "/v1/citizen/sessions/current";
/// Path of one's own entries, without the number.
pub const OWN_ENTRIES_PATH: &str = "/v1/citizen/entries";
/// Beginning of the office's paths.
pub const OFFICE_PATH: &str = "/v1/office";
/// Path of the health resource.
pub const HEALTH_PATH: &str = "/v1/health";
/// Media type of a [`Problem`] (RFC 9457, clause 3).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";
/// Name of the file inside the signed document that holds the [`Manifest`].
pub const MANIFEST_NAME: &str = "manifest.json";
