//! What the office asks of the registry and does with it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use crate::incident::{Extension, Incident, Scope};
use crate::{Answers, Csv, EntryNumber, Interested, InvitationCode, Requirement, Sha256Hex, SubmissionKey};

/// Largest body of the office's requests.
pub const MAX_OFFICE_BODY_BYTES: usize = 64 * 1024;
/// Most lines of one page.
pub const MAX_LINES: u32 = 500;
/// Longest text that the office writes: a reason, a summary, a place; characters.
pub const MAX_TEXT: usize = 2000;

/// A kiosk, as the office sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KioskListed {
    /// Its name.
    pub name: String,
    /// Where it stands, if the book knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// `invited`, `enrolled`, `allowed`, `suspended` or `revoked`.
    pub state: String,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub since: Option<Timestamp>,
    /// Why, where staff has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when a code that nobody has used is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub invited_until: Option<Timestamp>,
    /// Its last certificates, the newest first.
    pub certificates: Vec<KioskCertificate>,
}

/// A certificate of a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KioskCertificate {
    /// SHA-256 of the certificate.
    pub sha256: Sha256Hex,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// Until when it is heard.
    #[schema(value_type = String, format = DateTime)]
    pub heard_until: Timestamp,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Timestamp>,
}

/// Where a kiosk is to stand, and how long its code is good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationWish {
    /// Where it stands.
    #[schema(min_length = 1, max_length = 120)]
    pub place: String,
    /// How long the code is good, hours; a day unless said otherwise.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 720)]
    pub hours: Option<u16>,
}

/// What is handed over to whoever sets the kiosk up. The code is shown this once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invited {
    /// Name of the kiosk.
    pub kiosk: String,
    /// The code.
    pub code: InvitationCode,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// What becomes of a kiosk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum KioskDecision {
    /// Heard again after it was suspended.
    Allowed,
    /// Shut out for now.
    Suspended,
    /// Shut out with every certificate that it has.
    Revoked,
}

/// A decision on a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KioskWish {
    /// What becomes of it.
    pub state: KioskDecision,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Why something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// In words.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A line of the book.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryLine {
    /// Its place in the order of reception.
    pub position: i64,
    /// Its number.
    pub number: EntryNumber,
    /// When it was registered.
    #[schema(value_type = String, format = DateTime)]
    pub registered_at: Timestamp,
    /// The day it takes effect.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// Procedure.
    pub procedure: String,
    /// Unit it went to.
    pub unit: String,
    /// Summary.
    pub summary: String,
    /// Name of who applies.
    pub interested: String,
    /// Number of who applies.
    pub nif: String,
    /// `rectifies` or `annuls`, where it corrects another.
    pub relation: Option<String>,
    /// `signed`, `official`, or `unsigned_pending` where it was handed in without a signature.
    pub signature_status: String,
}

/// A page of the book, the newest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryPage {
    /// Its lines.
    pub entries: Vec<EntryLine>,
    /// Where the next page begins (`below`); absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub next: Option<i64>,
}

/// An entry as the office sees it; attachments and documents by their hashes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfficeEntry {
    /// Its place in the order of reception, over all offices.
    pub position: i64,
    /// Internal identifier.
    #[schema(value_type = String, format = Uuid)]
    pub entry_id: Uuid,
    /// Its number.
    pub number: EntryNumber,
    /// Whose number it is: `own`, or the name of the registry that gave it.
    pub numbered_by: String,
    /// Code of the office.
    pub office: String,
    /// When it was registered.
    #[schema(value_type = String, format = DateTime)]
    pub registered_at: Timestamp,
    /// When it counts as presented.
    #[schema(value_type = String, format = DateTime)]
    pub presented_at: Timestamp,
    /// Why at that moment: `server`, `incident` or `staff`.
    pub presented_at_basis: String,
    /// The moment from which it takes effect, by the calendar.
    #[schema(value_type = String, format = DateTime)]
    pub effective_at: Timestamp,
    /// The day of it.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// The last day to resolve by the calendar alone, if there is a term.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// When the person handed it in, by the kiosk's clock.
    #[schema(value_type = String, format = DateTime)]
    pub handed_in_at: Timestamp,
    /// Unit it went to.
    pub unit: String,
    /// Procedure.
    pub procedure: String,
    /// Version of its form.
    pub procedure_version: u32,
    /// Summary for the registry's book.
    pub summary: String,
    /// Who applies.
    pub interested: Interested,
    /// Answers of the form.
    pub answers: Answers,
    /// SHA-256 of the signed application; absent where the office itself made the entry.
    pub application_sha256: Option<Sha256Hex>,
    /// `signed`, `official` or `unsigned_pending`.
    pub signature_status: String,
    /// SHA-256 of the certificate that signed it.
    pub signer_certificate_sha256: String,
    /// How it relates to another entry, and to which.
    pub relation: Option<String>,
    /// Place of that entry.
    pub relates_to: Option<i64>,
    /// Why it rectifies or annuls.
    pub reason: Option<String>,
    /// Who made it for the office.
    pub acting_official: Option<String>,
    /// Code of the receipt.
    pub csv: Csv,
    /// Key it was handed in with.
    pub key: SubmissionKey,
    /// Hash of the whole package.
    pub package_sha256: Sha256Hex,
    /// Kiosk it came from.
    pub kiosk: String,
    /// Hash of the entry before.
    pub prev_hash: String,
    /// Hash of this entry.
    pub hash: String,
    /// The words of the entry for other registries.
    pub exchange: Option<ExchangeWords>,
}

/// What an exchange with other registries would carry of an entry as text of its own (SICRES 4).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExchangeWords {
    /// What is told: `Expone`, at most 4000 characters.
    pub facts: String,
    /// What is asked for: `Solicita`, at most 4000 characters.
    pub request: String,
    /// The mark by which others know the matter: `Referencia_Externa`, at most 16 characters.
    pub reference: Option<String>,
}

/// An entry with what became of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryShown {
    /// The entry.
    #[serde(flatten)]
    pub entry: OfficeEntry,
    /// The last day to resolve, with what incidents and a requirement to sign add.
    pub due: Option<Due>,
    /// The requirement to sign it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<Requirement>,
    /// What keeps it from travelling to another administration through SIR: `sir.annexes`, `sir.size`, `sir.total`,
    /// `sir.kind`, `sir.name`. Nothing where it could.
    #[serde(default)]
    pub sir_obstacles: Vec<String>,
    /// The entries that correct it.
    pub corrections: Vec<CorrectedBy>,
}

/// A last day to resolve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Due {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Names of the incidents that moved it.
    pub extended_by: Vec<String>,
}

/// An entry that corrects another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CorrectedBy {
    /// Its number.
    pub number: EntryNumber,
    /// `rectifies` or `annuls`.
    pub relation: Option<String>,
}

/// How an entry relates to one that it corrects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CorrectionKind {
    /// What it says holds instead of what the other says.
    Rectifies,
    /// The other is of no effect.
    Annuls,
}

/// A correction, which is a new entry linked to the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionWish {
    /// Made once by whoever corrects: the same again is the same correction.
    pub key: SubmissionKey,
    /// Rectified or annulled.
    pub relation: CorrectionKind,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
    /// The summary that holds from now on.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 2000)]
    pub summary: Option<String>,
    /// Code of the unit it goes to from now on.
    #[serde(default)]
    #[schema(pattern = "^[0-9A-Za-z]{1,21}$")]
    pub unit: Option<String>,
}

/// A requirement to sign, in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RequirementListed {
    /// Place of the entry in the order of reception.
    pub position: i64,
    /// Number of the entry that is to be signed.
    pub number: EntryNumber,
    /// Procedure.
    pub procedure: String,
    /// Unit it went to.
    pub unit: String,
    /// How far it has come.
    #[serde(flatten)]
    pub requirement: Requirement,
}

/// What becomes of a requirement to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "lowercase", deny_unknown_fields)]
pub enum RequirementWish {
    /// The person was told, by whatever means. The earliest day counts (Law 39/2015, art. 41.7).
    Notified {
        /// On this day.
        #[schema(value_type = String, format = Date)]
        on: Date,
    },
    /// The term becomes longer, while it runs (art. 32 and 68.2).
    Extended {
        /// By so many working days.
        #[schema(minimum = 1, maximum = 5)]
        days: u8,
        /// Why.
        #[schema(min_length = 1, max_length = 2000)]
        reason: String,
    },
    /// The term is over: the person is taken to withdraw, by this resolution (art. 68.1 and 21).
    Withdrawn {
        /// Which resolution.
        #[schema(min_length = 1, max_length = 2000)]
        resolution: String,
    },
}

/// The days off of a year besides Saturdays and Sundays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DaysOff {
    /// The year.
    pub year: i16,
    /// The days.
    #[schema(value_type = Vec<String>)]
    pub days: Vec<Date>,
}

/// The last day of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LastDay {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub last: Date,
}

/// A refused package, as the staff sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Refusal {
    /// Its name in the list.
    pub id: String,
    /// Key it was handed in with.
    pub key: String,
    /// Kiosk it came from.
    pub kiosk: String,
    /// Stable code of what was wrong.
    pub reason: String,
    /// When it was first refused.
    #[schema(value_type = String, format = DateTime)]
    pub first_at: Timestamp,
    /// When it was last refused.
    #[schema(value_type = String, format = DateTime)]
    pub last_at: Timestamp,
    /// How often.
    pub times: i64,
    /// Its size, bytes.
    pub size: i64,
    /// Whether its bytes were kept.
    pub kept: bool,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoggedAct {
    /// Its place.
    pub position: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// On what.
    pub subject: String,
    /// More.
    pub detail: String,
}

macro_rules! shows_only_its_number {
    ($($type:ident: $($part:ident).+),+) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($type)).field("number", &self.$($part).+).finish_non_exhaustive()
            }
        }
    )+};
}

shows_only_its_number!(EntryLine: number, OfficeEntry: number, EntryShown: entry.number);

impl fmt::Debug for EntryPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EntryPage").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for ExchangeWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangeWords").finish_non_exhaustive()
    }
}
