//! What the registry answers when it does not register: problem details (RFC 9457).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Codes of problems that the registry makes itself. Others come from whoever checks: `certificate.…` from the trust
/// in a certificate, `submission.signature.…` from the integrity of a signature.
pub mod code {
    /// Not HTTP or JSON of the shape described here.
    pub const MALFORMED: &str = "request.malformed";
    /// The key in the address is not a submission key.
    pub const BAD_KEY: &str = "request.key";
    /// The key in the address is not the one in the package.
    pub const KEY_MISMATCH: &str = "request.key-mismatch";
    /// The body is larger than allowed.
    pub const TOO_LARGE: &str = "request.too-large";
    /// The body is not `application/json`.
    pub const MEDIA_TYPE: &str = "request.media-type";
    /// The request took too long to arrive.
    pub const SLOW: &str = "request.slow";
    /// No such resource.
    pub const NO_SUCH_RESOURCE: &str = "request.no-such-resource";
    /// The resource does not know this method.
    pub const METHOD: &str = "request.method";
    /// Nothing was registered under this key.
    pub const NOT_FOUND: &str = "submission.not-found";
    /// The key was used for another package.
    pub const CONFLICT: &str = "submission.conflict";
    /// The catalogue does not know the procedure.
    pub const PROCEDURE: &str = "submission.procedure";
    /// The form has another version now, and the one that was filled in is not taken any more.
    pub const PROCEDURE_VERSION: &str = "submission.procedure-version";
    /// The procedure's period was not open on the day it was handed in.
    pub const PROCEDURE_CLOSED: &str = "submission.procedure-closed";
    /// The answers do not satisfy the form.
    pub const ANSWERS: &str = "submission.answers";
    /// Too many attachments.
    pub const ATTACHMENT_COUNT: &str = "submission.attachment.count";
    /// An attachment, or all together, is too large, or empty.
    pub const ATTACHMENT_SIZE: &str = "submission.attachment.size";
    /// An attachment is not of a kind that is admitted, or not of the kind it says.
    pub const ATTACHMENT_TYPE: &str = "submission.attachment.type";
    /// An attachment is cut short or locked, so that nobody could read it, or would do something by itself.
    pub const ATTACHMENT_UNREADABLE: &str = "submission.attachment.unreadable";
    /// The name of an attachment is not admitted.
    pub const ATTACHMENT_NAME: &str = "submission.attachment.name";
    /// An attachment is not what its hash says.
    pub const ATTACHMENT_HASH: &str = "submission.attachment.hash";
    /// An attachment is missing, or is of a document that the procedure does not ask for.
    pub const ATTACHMENT_DOCUMENT: &str = "submission.attachment.document";
    /// The application is too large, or empty.
    pub const APPLICATION_SIZE: &str = "submission.application.size";
    /// The signed document holds no manifest that can be read.
    pub const MANIFEST: &str = "submission.manifest";
    /// The person who signed is not the applicant.
    pub const SIGNER: &str = "submission.signer";
    /// The procedure is not to be handed in without a signature.
    pub const UNSIGNED: &str = "submission.unsigned";
    /// What is said to be unsigned is signed, or who hands it in is not told as it should be.
    pub const UNSIGNED_WHO: &str = "submission.unsigned.who";
    /// It signs nothing that waits for a signature of this person.
    pub const CURES: &str = "submission.cures";
    /// The person was not warned, or did not choose to take what would notify her.
    pub const NOTICE: &str = "submission.notice";
    /// Who signed is not a public employee who may file this for others on that day.
    pub const ASSISTED_BY: &str = "submission.assisted.by";
    /// The applicant's consent is missing, or is no document that could be one.
    pub const CONSENT: &str = "submission.assisted.consent";
    /// The registry whose number it would have does not take it.
    pub const OFFICIAL: &str = "submission.official";
    /// Too many requests from one address.
    pub const TOO_MANY: &str = "request.too-many";
    /// The kiosk is suspended: staff has shut it out for now.
    pub const KIOSK_SUSPENDED: &str = "kiosk.suspended";
    /// The kiosk's certificate was revoked.
    pub const KIOSK_REVOKED: &str = "kiosk.revoked";
    /// The kiosk's certificate has expired, or another has taken its place.
    pub const KIOSK_EXPIRED: &str = "kiosk.expired";
    /// The registry's book does not know the kiosk's certificate.
    pub const KIOSK_UNKNOWN: &str = "kiosk.unknown";
    /// The code for enrolling is unknown, spent or past.
    pub const ENROLMENT_CODE: &str = "enrolment.code";
    /// For this request there is no certificate.
    pub const ENROLMENT_REQUEST: &str = "enrolment.request";
    /// It is too early for the next certificate.
    pub const ENROLMENT_EARLY: &str = "enrolment.early";
    /// This registry issues no certificates.
    pub const ENROLMENT_OFF: &str = "enrolment.off";
    /// The challenge is unknown, spent, past, or another kiosk's.
    pub const SESSION_CHALLENGE: &str = "session.challenge";
    /// The signature is not one of the challenge by the certificate's key.
    pub const SESSION_SIGNATURE: &str = "session.signature";
    /// There is no session: no token, or one that is unknown, past, or another kiosk's.
    pub const SESSION_TOKEN: &str = "session.token";
    /// There is no such entry, or none that this person may see.
    pub const ENTRY_NOT_FOUND: &str = "entry.not-found";
    /// The member of staff is not one of those that the registry knows.
    pub const STAFF_UNKNOWN: &str = "staff.unknown";
    /// The certificate of the member of staff is past.
    pub const STAFF_EXPIRED: &str = "staff.expired";
    /// The member of staff is suspended.
    pub const STAFF_SUSPENDED: &str = "staff.suspended";
    /// The certificate of the member of staff was revoked.
    pub const STAFF_REVOKED: &str = "staff.revoked";
    /// None of the roles of the member of staff may do this.
    pub const STAFF_ROLE: &str = "staff.role";
    /// What the office wishes is not of its shape.
    pub const OFFICE_WISH: &str = "office.wish";
    /// The entry cannot be corrected so.
    pub const OFFICE_CORRECTION: &str = "office.correction";
    /// The requirement to sign has not come so far, or is over.
    pub const OFFICE_REQUIREMENT: &str = "office.requirement";
    /// There is nothing of this name.
    pub const OFFICE_NOT_FOUND: &str = "office.not-found";
    /// A parameter of the address is not of its shape.
    pub const PARAMETER: &str = "request.parameter";
    /// The registry has too much to do.
    pub const BUSY: &str = "registry.busy";
    /// The registry cannot register now.
    pub const UNAVAILABLE: &str = "registry.unavailable";
    /// The registry's clock runs behind its own entries: nothing is registered until it is right.
    pub const CLOCK: &str = "registry.clock";
    /// The registry failed.
    pub const INTERNAL: &str = "registry.internal";
}

/// Problem details. Nothing in them is personal: fields are named, answers are not repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Identifies the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "urn:finestreta:problem:submission.conflict")]
    pub type_: String,
    /// One English line for those who read logs; what citizens read is looked up by `code`.
    pub title: String,
    /// HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// More about this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable dotted code.
    #[schema(example = "submission.conflict")]
    pub code: String,
    /// Which fields of the form are wrong, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<ProblemFault>,
}

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProblemFault {
    /// Field of the form.
    pub field: String,
    /// Stable code, such as `field.required`.
    pub code: String,
}

impl Problem {
    /// A problem of this code.
    #[must_use]
    pub fn new(status: u16, code: impl Into<String>, title: impl Into<String>) -> Self {
        let code = code.into();
        Self {
            type_: format!("urn:finestreta:problem:{code}"),
            title: title.into(),
            status,
            detail: None,
            code,
            faults: Vec::new(),
        }
    }
}

/// Answer of the health resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// Always `ok`: a registry that cannot register answers 503 with a problem instead.
    #[schema(example = "ok")]
    pub status: String,
    /// The registry's official time, so that a kiosk may show how far its own clock is.
    #[schema(value_type = String, format = DateTime)]
    pub time: jiff::Timestamp,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn absent_members_are_left_out_and_unknown_ones_forgiven() {
        let problem = Problem::new(409, code::CONFLICT, "The key was used for another package");
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(json["type"], "urn:finestreta:problem:submission.conflict");
        assert!(json.get("detail").is_none() && json.get("faults").is_none());
        let text = r#"{"type":"about:blank","title":"x","status":422,"code":"a.b","instance":"/x"}"#;
        assert_eq!(serde_json::from_str::<Problem>(text).unwrap().code, "a.b");
    }
}
