//! A procedure: what the citizen reads before starting, and what the registry needs to know about it.

use serde::{Deserialize, Serialize};
use wording::Text;

use crate::Form;
use crate::content::Mime;

/// One procedure, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Stable id, never reused.
    pub id: String,
    /// Grows with each change of what is asked or declared; a draft belongs to one version.
    pub version: u32,
    /// Code of the category it is listed under.
    pub category: String,
    /// Codes of what the citizen wants to do.
    pub objects: Vec<String>,
    /// What it is in law.
    pub kind: Kind,
    /// For whom.
    pub audience: Audience,
    /// Place among the most asked, 1 first.
    pub rank: u32,
    /// Official name.
    pub name: Text,
    /// One plain sentence or two, at most 300 characters.
    pub summary: Text,
    /// What it is for.
    pub purpose: Text,
    /// Who may apply.
    pub who_may: Text,
    /// What one will need, before starting.
    pub you_will_need: Vec<Text>,
    /// What comes out of it, and how.
    pub result: Text,
    /// Minutes it takes at the counter.
    pub minutes: u8,
    /// What it costs.
    pub fee: Fee,
    /// Time until it must be resolved.
    pub term: ResolutionTerm,
    /// What no answer in time means.
    pub silence: Silence,
    /// Why silence means that.
    pub silence_reason: Text,
    /// Code of the unit that deals with it.
    pub unit: String,
    /// How the applicant must be identified.
    pub identification: Identification,
    /// Whether it must be signed.
    pub signature_required: bool,
    /// Rules and articles.
    pub legal_basis: Vec<Text>,
    /// Documents that are or may be asked.
    pub documents: Vec<DocumentRule>,
    /// Data that the town hall looks up by itself unless the citizen objects.
    pub consults: Vec<Consultation>,
    /// First layer of the information on personal data.
    pub data_protection: DataProtection,
    /// What is declared by signing; none ticked beforehand.
    pub declarations: Vec<Declaration>,
    /// What is asked.
    pub form: Form,
    /// Summary of an application for the registry, with `{field}` for answers. See [`Procedure::abstract_of`].
    pub abstract_template: Text,
    /// What the town clerk has not confirmed yet. For the staff, never shown to the citizen.
    pub to_confirm_by_clerk: Vec<String>,
}

impl Procedure {
    /// The rule of one of its documents.
    #[must_use]
    pub fn document(&self, code: &str) -> Option<&DocumentRule> {
        self.documents.iter().find(|d| d.code == code)
    }
}

/// What a procedure is in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Asks for something.
    Application,
    /// Declares that requirements are met.
    ResponsibleDeclaration,
    /// Tells something.
    Communication,
    /// Asks for a certificate.
    Certificate,
    /// Complains or suggests.
    Complaint,
    /// Appeals.
    Appeal,
    /// Enrols.
    Enrolment,
}

/// For whom a procedure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// People.
    Citizen,
    /// Companies and associations.
    Company,
    /// Both.
    Both,
}

/// What a procedure costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fee {
    /// Nothing.
    None,
}

impl Fee {
    /// Id of the message with its words.
    #[must_use]
    pub fn message_id(self) -> &'static str {
        match self {
            Self::None => "fee-none",
        }
    }
}

/// Time until an application must be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolutionTerm {
    /// Months from entry in the registry; 0 when it takes effect on filing.
    pub months: u8,
}

/// What no answer in time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Silence {
    /// It may be taken as granted.
    Positive,
    /// It may be taken as refused.
    Negative,
    /// It has no such meaning, or it depends on the matter.
    None,
}

impl Silence {
    /// Id of the message with its words.
    #[must_use]
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Positive => "silence-positive",
            Self::Negative => "silence-negative",
            Self::None => "silence-none",
        }
    }
}

/// How the applicant must be identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identification {
    /// By any means the town hall offers.
    Any,
    /// By a certificate only.
    Certificate,
}

impl Identification {
    /// Id of the message with its words.
    #[must_use]
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Any => "identification-any",
            Self::Certificate => "identification-certificate",
        }
    }
}

/// A document that a procedure asks, with what a file of it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRule {
    /// Code in the list of documents.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Kinds of file accepted.
    pub formats: Vec<Mime>,
    /// Largest size, megabytes of 1 000 000 bytes.
    pub max_mb: u32,
    /// Field that takes it; none when the town hall may look it up or takes it at the counter.
    pub field: Option<String>,
}

impl DocumentRule {
    /// Largest size in bytes.
    #[must_use]
    pub fn max_bytes(&self) -> u64 {
        u64::from(self.max_mb) * 1_000_000
    }

    /// Kinds accepted, written out: `PDF, JPG, PNG`.
    #[must_use]
    pub fn kinds(&self) -> String {
        self.formats.iter().map(|f| f.short()).collect::<Vec<_>>().join(", ")
    }
}

/// Data that the town hall looks up by itself (Law 39/2015, article 28).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// Unique in the procedure.
    pub id: String,
    /// What is looked up and where.
    pub text: Text,
}

/// First layer of the information on personal data (Organic Law 3/2018, article 11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataProtection {
    /// Who answers for the data.
    pub controller: Text,
    /// What they are for.
    pub purpose: Text,
    /// What makes it lawful.
    pub basis: Text,
    /// Who else gets them.
    pub recipients: Text,
    /// Rights, and where to use them.
    pub rights: Text,
}

/// A sentence declared by signing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Unique in the procedure.
    pub id: String,
    /// The sentence.
    pub text: Text,
}

/// A topic of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// Something the citizen wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Code.
    pub code: String,
    /// Its words.
    pub name: Text,
}

/// A unit of the town hall.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}
