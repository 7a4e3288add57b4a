//! What becomes an entry: the filing as it was handed in and checked, and what number and time add to it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use registry_api::{
    Answers, Content, Csv, EntryNumber, Interested, Language, Sha256Hex, Submission, SubmissionKey, Unsigned,
};
use serde::{Deserialize, Serialize};

use super::bulk::Value;
use super::log::Note;
use super::record::{Record, Relation, json};
use super::requirements::UNSIGNED;
use crate::calendar::Effective;
use crate::{Calendar, Error};

/// A checked filing, with all that its entry says besides number and time.
#[derive(Clone)]
pub struct Filing {
    /// Key it was handed in with.
    pub key: SubmissionKey,
    /// Hash of the whole package.
    pub package_sha256: Sha256Hex,
    /// Kiosk it came from.
    pub kiosk: String,
    /// Code of the office that registers.
    pub office: String,
    /// Its name, in the language of the filing.
    pub office_name: String,
    /// Unit it goes to.
    pub unit: String,
    /// Procedure.
    pub procedure: String,
    /// Version of its form.
    pub procedure_version: u32,
    /// Summary for the registry's book.
    pub summary: String,
    /// Answers of the form.
    pub answers: Answers,
    /// What is told, for other registries.
    pub facts: Option<String>,
    /// What is asked for, for other registries.
    pub request: Option<String>,
    /// The mark by which others know the matter.
    pub reference: Option<String>,
    /// SHA-256 of the signed application.
    pub application_sha256: Option<Sha256Hex>,
    /// What came with it.
    pub attachments: Vec<Attached>,
    /// Language of the filing.
    pub language: Language,
    /// Who applies.
    pub interested: Interested,
    /// The parts of that name, where a certificate tells them apart.
    pub name: Option<NameParts>,
    /// SHA-256 of the certificate that signed, in hexadecimal digits; empty where none did.
    pub signer_certificate_sha256: String,
    /// When the person handed it in, by the kiosk's clock.
    pub handed_in_at: Timestamp,
    /// When it counts as presented, where that is not when it is registered.
    pub presented: Option<Presented>,
    /// The entry it corrects.
    pub corrects: Option<Corrects>,
    /// Said of what nobody signed: with the entry the requirement to sign it is opened.
    pub unsigned: Option<Unsigned>,
    /// Name of the public employee who files it for who applies.
    pub assisted_by: Option<String>,
    /// The entry that was not signed and is signed by this one, which closes its requirement.
    pub cures: Option<Cures>,
}

/// A natural person's name as other registries want it (SICRES 4, `Datos_Persona`). Nobody can take a name apart by looking
/// at it, so it is kept as it was told, and whole: an exchange cuts each part at 30 characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameParts {
    /// `Nombre`.
    #[serde(rename = "nombre")]
    pub given: String,
    /// `Primer_Apellido`; both surnames where the certificate does not tell them apart.
    #[serde(rename = "primer_apellido")]
    pub first_surname: String,
    /// `Segundo_Apellido`.
    #[serde(rename = "segundo_apellido", skip_serializing_if = "Option::is_none")]
    pub second_surname: Option<String>,
}

impl std::fmt::Debug for NameParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NameParts(***)")
    }
}

/// One attachment, by its hash.
#[derive(Clone)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its size, bytes.
    pub size: i64,
    /// Hash of its content.
    pub sha256: Sha256Hex,
    /// Code of the document it is, in the catalogue.
    pub document: String,
}

/// The entry that another one corrects, why, and who says so.
#[derive(Clone)]
pub struct Corrects {
    /// Whether it rectifies or annuls.
    pub relation: Relation,
    /// Its place in the book.
    pub entry: i64,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub official: String,
}

/// The entry that was not signed and is signed by another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cures {
    /// Its place in the book.
    pub entry: i64,
    /// Its number.
    pub number: EntryNumber,
}

/// When something counts as presented, and why then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    /// The moment.
    pub at: Timestamp,
    /// Why.
    pub basis: Basis,
    /// The declared incident that it rests on.
    pub incident: Option<String>,
}

/// Why a filing counts as presented at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The registry's own clock (Law 39/2015, art. 31.2).
    Server,
    /// Handed in during a declared incident whose resolution says that this counts (art. 32.4).
    Incident,
    /// Handed in to a member of staff.
    Staff,
}

/// A number given by another registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// The number, as that registry writes it.
    pub number: EntryNumber,
    /// Its date and time.
    pub registered_at: Timestamp,
    /// Its receipt, if it gave one.
    pub receipt: Option<TheirReceipt>,
}

/// The receipt of another registry, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct TheirReceipt {
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for TheirReceipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TheirReceipt({}, {} bytes)", self.media_type, self.content.len())
    }
}

/// What the store gives to a filing at the moment it becomes an entry.
#[derive(Debug, Clone)]
pub(crate) struct Assigned {
    pub(crate) number: EntryNumber,
    pub(crate) registered_at: Timestamp,
    pub(crate) presented: Presented,
    pub(crate) effective: Effective,
    pub(crate) csv: Csv,
}

/// What follows from number and time.
pub(crate) struct Finished {
    /// What the receipt will be made from.
    pub(crate) facts: String,
    /// The last day to resolve.
    pub(crate) due_on: Option<Date>,
}

/// Whose number an entry gets.
pub(crate) enum Whose {
    /// The next of ours.
    Own,
    /// Another registry's, which has given it already.
    Other { name: String, official: Official },
}

/// Ready to become an entry.
pub(crate) struct Draft {
    pub(crate) filing: Filing,
    pub(crate) documents: Vec<Document>,
    pub(crate) whose: Whose,
    pub(crate) calendar: Arc<Calendar>,
    /// What the log says of it, beside the number it gets.
    pub(crate) note: Option<Note>,
    pub(crate) finish: Box<Finish>,
}

/// What makes the rest of an entry once number and time are known. Called with the book in hand, perhaps more than
/// once: it only computes.
pub(crate) type Finish = dyn Fn(&Assigned) -> Result<Finished, Error> + Send + Sync;

/// A document of a submission, which is not copied for it.
pub(crate) struct Document {
    pub(crate) sha256: Sha256Hex,
    pub(crate) content: Content,
}

impl Document {
    /// The application and each attachment.
    pub(crate) fn of(submission: &Submission) -> Vec<Self> {
        let application =
            Self { sha256: submission.application.sha256(), content: submission.application.clone() };
        let attachments = submission.accompanying().map(|attachment| Self {
            sha256: attachment.sha256.clone(),
            content: attachment.content.clone(),
        });
        std::iter::once(application).chain(attachments).collect()
    }
}

impl Presented {
    pub(crate) const fn by_server(at: Timestamp) -> Self {
        Self { at, basis: Basis::Server, incident: None }
    }
}

impl Basis {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Incident => "incident",
            Self::Staff => "staff",
        }
    }
}

impl Whose {
    /// As kept with the entry.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Own => "own",
            Self::Other { name, .. } => name,
        }
    }
}

/// What SICRES 4 knows and the columns do not: kept whole, so that an export needs nothing else.
#[derive(Serialize)]
struct Sicres<'a> {
    tipo_registro: &'static str,
    /// 08: other electronic means.
    tipo_transporte_entrada: &'static str,
    /// 3: no papers.
    documentacion_fisica: &'static str,
    expone: Option<&'a str>,
    solicita: Option<&'a str>,
    referencia_externa: Option<&'a str>,
    /// Who applies, by the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    datos_persona: Option<&'a NameParts>,
    /// Where somebody was reached who did not sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    sin_firma: Option<&'a Unsigned>,
    /// Number of the entry that this one signs (Law 39/2015, art. 68.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    subsana: Option<&'a EntryNumber>,
}

impl Filing {
    /// The columns that do not depend on number and time.
    pub(super) fn record(&self) -> Result<Record, Error> {
        let mut record = Record::new();
        let sicres = Sicres {
            tipo_registro: "0",
            tipo_transporte_entrada: "08",
            documentacion_fisica: "3",
            expone: self.facts.as_deref(),
            solicita: self.request.as_deref(),
            referencia_externa: self.reference.as_deref(),
            datos_persona: self.name.as_ref(),
            sin_firma: self.unsigned.as_ref(),
            subsana: self.cures.as_ref().map(|cures| &cures.number),
        };
        let (means, status) = if self.corrects.is_some() {
            ("certificate", "official")
        } else if self.assisted_by.is_some() {
            ("in-person", "official")
        } else if self.unsigned.is_some() {
            ("email", UNSIGNED)
        } else {
            ("dnie", "signed")
        };
        let text = [
            ("office", self.office.as_str()),
            ("office_name", &self.office_name),
            ("kind", "E"),
            ("handed_in_at", &self.handed_in_at.to_string()),
            ("mode", "02"),
            ("dest_unit", &self.unit),
            ("procedure_id", &self.procedure),
            ("abstract", &self.summary),
            ("form_json", &json(&self.answers)?),
            ("language", self.language.tag()),
            ("interested", &json(&self.interested)?),
            ("interested_nif", &self.interested.nif),
            ("sicres", &json(&sicres)?),
            ("identification_means", means),
            ("signature_status", status),
            ("signer_certificate_sha256", &self.signer_certificate_sha256),
            ("client_request_id", &self.key.to_string()),
            ("package_sha256", self.package_sha256.as_str()),
            ("kiosk_id", &self.kiosk),
        ];
        for (name, value) in text {
            record.set(name, Value::text(value));
        }
        record.set("procedure_version", Value::int(self.procedure_version));
        let application = self.application_sha256.as_ref().map(|hash| hash.as_str().into());
        record.set("form_pdf_sha256", Value::Text(application));
        record.set("acting_official", Value::Text(self.assisted_by.as_deref().map(Arc::from)));
        if let Some(corrects) = &self.corrects {
            record.set("relation", Value::text(corrects.relation.as_str()));
            record.set("relates_to", Value::int(corrects.entry));
            record.set("reason", Value::text(corrects.reason.as_str()));
            record.set("acting_official", Value::text(corrects.official.as_str()));
        }
        Ok(record)
    }
}
