//! What a public employee files for somebody who has no means to (Law 39/2015, art. 12.2; Royal Decree 203/2021, art. 30).
//!
//! The citizen identifies herself before the employee and consents to this one act; the employee's certificate signs. It
//! is no representation: who applies is the citizen alone.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Attachment;

/// Code of the consent among the documents of an entry.
pub const CONSENT_DOCUMENT: &str = "CONSENT-ASSISTENCIA";

/// Says that whoever signed did so for the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assisted {
    /// The applicant's consent to this act, signed by both: a PDF.
    pub consent: Attachment,
}
