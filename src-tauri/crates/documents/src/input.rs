//! What a document is made from. Plain data; `Debug` shows the type alone, since nearly every field is personal.

use std::fmt;

use jiff::ZonedDateTime;
use jiff::civil::Date;
use procedures::Silence;
use serde::{Deserialize, Serialize};
use wording::Language;

/// The application that a citizen signs.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ApplicationDocument {
    /// Identifies the document; two documents never share one (the submission key).
    pub ident: String,
    /// Language of the screen, hence of the paper.
    pub language: Language,
    /// Letters of 18 instead of 12 points.
    #[serde(default)]
    pub large_print: bool,
    /// Who the application is made to.
    pub town: Town,
    /// Name of the procedure: the title.
    pub title: String,
    /// Unit the application is addressed to.
    pub unit: String,
    /// Who applies and signs.
    pub applicant: Party,
    /// Who acts for the applicant and signs instead.
    #[serde(default)]
    pub representative: Option<Party>,
    /// The form, page by page, as answered.
    pub sections: Vec<Section>,
    /// What the person declares, sentence by sentence.
    #[serde(default)]
    pub declarations: Vec<String>,
    /// Files that go with it; the signature covers their hashes.
    #[serde(default)]
    pub attachments: Vec<AttachedFile>,
    /// Documents the person need not bring, since the town looks them up or has them.
    #[serde(default)]
    pub consulted: Vec<String>,
    /// Privacy notice: controller, purpose, basis, rights.
    #[serde(default)]
    pub data_protection: Vec<Row>,
    /// When the document is made, in the town's zone: its place-and-date line and its creation time.
    pub made_at: ZonedDateTime,
    /// Embedded as `manifest.json`: the true text of everything, for the registry to compare.
    pub manifest: serde_json::Value,
}

/// The receipt that the registry seals.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ReceiptDocument {
    /// Language of the application.
    pub language: Language,
    /// Letters of 18 instead of 12 points.
    #[serde(default)]
    pub large_print: bool,
    /// Whose registry.
    pub town: Town,
    /// Number of the entry, without spaces.
    pub number: String,
    /// When it was presented, in the town's zone.
    pub presented_at: ZonedDateTime,
    /// When the entry was made, in the town's zone; also the creation time of the file.
    pub registered_at: ZonedDateTime,
    /// Day from which it takes effect and the term counts.
    pub effective_on: Date,
    /// Office that registers.
    pub office: String,
    /// Unit that will deal with it.
    pub unit: String,
    /// Name of the procedure.
    pub procedure: String,
    /// Code of the procedure in the state's list.
    #[serde(default)]
    pub sia: Option<String>,
    /// Person concerned.
    pub interested: Party,
    /// Who acted for that person.
    #[serde(default)]
    pub representative: Option<Party>,
    /// Civil servant who assisted.
    #[serde(default)]
    pub assisted_by: Option<String>,
    /// How the person identified and signed.
    pub means: Means,
    /// Said of what is not signed: until when it is to be.
    #[serde(default)]
    pub sign_by: Option<SignBy>,
    /// Number of the entry that was not signed and is signed by this one.
    #[serde(default)]
    pub cures: Option<String>,
    /// Fee paid, as written (`24,50 €`).
    #[serde(default)]
    pub fee: Option<String>,
    /// First eight characters of the digest that the person's signature covers, as shown before signing.
    pub fingerprint: String,
    /// SHA-256 of the application as it was received, hexadecimal.
    pub application_sha256: String,
    /// Files that came with it.
    #[serde(default)]
    pub attachments: Vec<AttachedFile>,
    /// The consent of whoever was assisted.
    #[serde(default)]
    pub consent: Option<AttachedFile>,
    /// Documents not supplied, since the town looks them up or has them.
    #[serde(default)]
    pub consulted: Vec<String>,
    /// Documents still to be brought.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Last day to bring them.
    #[serde(default)]
    pub missing_until: Option<Date>,
    /// Term and silence.
    pub resolution: Resolution,
    /// Copy of the form.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Code and address under which anyone can check the document.
    pub verification: Verification,
}

/// The slip given while an application waits.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ProvisionalDocument {
    /// Language of the screen.
    pub language: Language,
    /// Letters of 18 instead of 12 points.
    #[serde(default)]
    pub large_print: bool,
    /// Whose kiosk.
    pub town: Town,
    /// Name of the procedure.
    pub procedure: String,
    /// Who applies.
    pub interested: Party,
    /// Why it is not registered.
    pub reason: Reason,
    /// Number of the slip; never of the shape of an entry number.
    pub evidence_number: String,
    /// When the person handed it in, in the town's zone.
    pub handed_in_at: ZonedDateTime,
    /// First eight characters of the digest that the person's signature covers, as shown before signing.
    pub fingerprint: String,
    /// SHA-256 of the signed application, hexadecimal.
    pub application_sha256: String,
    /// Files that go with it.
    #[serde(default)]
    pub attachments: Vec<AttachedFile>,
    /// E-mail or telephone where the person wants to be told, masked or not as the caller sees fit.
    #[serde(default)]
    pub contact: Option<String>,
    /// Last day of a term that may be lost by waiting, when known.
    #[serde(default)]
    pub term_ends_on: Option<Date>,
}

/// The town hall, as it names itself on paper.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Town {
    /// Name of the administration: *Ajuntament de …*.
    pub name: String,
    /// Name of the place, for place and date.
    pub place: String,
    /// Address of the electronic office, as people type it.
    pub e_office: String,
    /// Help desk: address and hours. Empty when there is none.
    #[serde(default)]
    pub counter: String,
    /// Telephone. Empty when there is none.
    #[serde(default)]
    pub phone: String,
}

/// A person or entity.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Full name.
    pub name: String,
    /// Identity number.
    pub nif: String,
}

/// One heading with its answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Heading.
    pub heading: String,
    /// Questions and answers, in order.
    pub rows: Vec<Row>,
}

/// A label and its value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What is asked.
    pub label: String,
    /// What was answered; may hold line breaks, may be empty.
    pub value: String,
}

impl Row {
    /// A label with its value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A file that goes with an application.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedFile {
    /// Its name.
    pub name: String,
    /// What it is, in words of the catalogue.
    #[serde(default)]
    pub nature: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// How a person identified and signed (Law 39/2015, art. 9 and 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Means {
    /// Both certificates of a DNIe.
    Dnie,
    /// An e-mail address that was answered, and no signature.
    Email,
    /// In person before a public employee, whose certificate signed (art. 12.2).
    Official,
}

/// The term to sign what was handed in without a signature (Law 39/2015, art. 68.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignBy {
    /// Working days, from the day after the person has the receipt.
    pub working_days: u8,
    /// The last day for whoever has it on the day of the entry.
    pub until: Date,
}

/// Term to resolve and what its end means (Law 39/2015, art. 21 and 24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// Months; 0 when there is no term.
    pub months: u8,
    /// Effect of silence.
    pub silence: Silence,
    /// Last day of the term.
    #[serde(default)]
    pub due: Option<Date>,
}

/// A photograph that becomes a document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Photograph {
    /// Identifies the document: the same photograph gives the same file.
    pub ident: String,
    /// Language of its title.
    pub language: Language,
    /// What it is a photograph of, in words of the catalogue.
    pub title: String,
    /// The picture, upright: JPEG or PNG.
    pub content: Vec<u8>,
    /// Whether it is PNG.
    pub is_png: bool,
    /// Whether it is wider than tall.
    pub lying: bool,
    /// When it was taken here, in the town's zone: the creation time of the file.
    pub taken_at: ZonedDateTime,
}

/// Why an application is not registered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No connection.
    Offline,
    /// No answer in time.
    Slow,
    /// The registry did not accept it; staff must act.
    Refused,
}

/// Under what code, and where, a document can be checked.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The code, in its groups.
    pub csv: String,
    /// Address where it is typed, as people type it.
    pub address: String,
    /// Full link with the code in it, for the QR code.
    pub link: String,
}

macro_rules! unprintable {
    ($($name:ident),+ $(,)?) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

unprintable!(
    ApplicationDocument,
    AttachedFile,
    Party,
    Photograph,
    ProvisionalDocument,
    ReceiptDocument,
    Row,
    Section,
    Town,
    Verification,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_personal_data() {
        let party = Party { name: "Amparo Martí Soler".into(), nif: "12345678Z".into() };
        let section = Section { heading: "h".into(), rows: vec![Row::new("Carrer", "Carrer de la Lluna")] };
        let shown = format!("{party:?} {section:?} {:?}", section.rows);
        for secret in ["Amparo", "12345678Z", "Lluna"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}
