//! What the registry answers: the entry, in data and as a sealed document.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use procedures::Silence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wording::Language;

use crate::{Base64Bytes, Csv, EntryNumber, FilingState, Sha256Hex, Submission, SubmissionKey, ToBeSigned};

/// The receipt of one entry (Law 39/2015, art. 16.3; Royal Decree 203/2021). Once made it never changes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// Key of the package it answers.
    pub key: SubmissionKey,
    /// Number of the entry.
    pub number: EntryNumber,
    /// When the registry noted it, by its own clock.
    #[schema(value_type = String, format = DateTime)]
    pub registered_at: Timestamp,
    /// When it counts as handed in: the registry's clock, unless an incident says otherwise (art. 31.2).
    #[schema(value_type = String, format = DateTime)]
    pub presented_at: Timestamp,
    /// The day it takes effect by the town's calendar; terms run from it.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// Office that registers.
    pub office: String,
    /// Unit it goes to.
    pub unit: String,
    /// Procedure of the catalogue.
    pub procedure: String,
    /// Version of its form.
    pub procedure_version: u32,
    /// Language of the receipt.
    pub language: Language,
    /// Who applies.
    pub interested: Interested,
    /// Name of the public employee who filed it for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted_by: Option<String>,
    /// How the person identified and signed.
    pub signed_with: SignatureMeans,
    /// Hash of the signed application as it arrived.
    pub application_sha256: Sha256Hex,
    /// What came with it.
    pub attachments: Vec<FiledAttachment>,
    /// Until when it is to be resolved, and what silence means.
    pub resolution: Resolution,
    /// Said of what is not signed: it has no effect before it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_be_signed: Option<ToBeSigned>,
    /// Number of the entry that was not signed and is signed by this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cures: Option<EntryNumber>,
    /// Code to verify the sealed receipt.
    pub csv: Csv,
    /// The sealed receipt, a PDF.
    pub document: Base64Bytes,
}

/// The answer while the official number is not there: the filing is kept, it is **not presented**, and the same call
/// will answer the receipt once there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Held {
    /// Key of the package.
    pub key: SubmissionKey,
    /// `submitting`, or `unknown` while an answer of the official registry is lost.
    pub state: FilingState,
}

/// Who applies: as in the certificate that signed, or, without one, as the form says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Interested {
    /// Full name.
    pub name: String,
    /// Number of the identity document.
    pub nif: String,
}

/// How the person identified and signed (Law 39/2015, art. 9 and 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SignatureMeans {
    /// The signature certificate of a DNIe.
    Dnie,
    /// An e-mail address that was answered, and no signature.
    Email,
    /// In person before a public employee, whose certificate signed (art. 12.2).
    Official,
}

/// One attachment as it was filed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FiledAttachment {
    /// Its name.
    pub name: String,
    /// Its size, bytes.
    pub size: u64,
    /// Hash of its content.
    pub sha256: Sha256Hex,
}

/// Term of resolution (Law 39/2015, art. 21 and 24).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Resolution {
    /// Months to resolve; 0 when there is no term, since it takes effect by being filed.
    pub months: u8,
    /// What silence means.
    pub silence: Silence,
    /// The last day to resolve, by the calendar; absent without a term.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
}

/// Why a receipt is not the one of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// Another key.
    #[error("the receipt is of another submission")]
    Key,
    /// Another procedure.
    #[error("the receipt is of another procedure")]
    Procedure,
    /// Another signed document.
    #[error("the receipt is of another document")]
    Application,
    /// Other attachments.
    #[error("the receipt is of other attachments")]
    Attachments,
    /// No sealed document.
    #[error("the receipt holds no document")]
    Document,
}

impl Receipt {
    /// Whether this is the receipt of `submission`: a registry that mixes two people up is found here.
    ///
    /// # Errors
    /// The first part that is of something else.
    pub fn compare(&self, submission: &Submission) -> Result<(), Mismatch> {
        self.check_key(submission.key)?;
        let attachments = submission.attachments.iter().map(|attachment| FiledAttachment {
            name: attachment.name.clone(),
            size: attachment.content.len(),
            sha256: attachment.sha256.clone(),
        });
        if self.procedure != submission.procedure {
            Err(Mismatch::Procedure)
        } else if self.application_sha256 != submission.application.sha256() {
            Err(Mismatch::Application)
        } else if !attachments.eq(self.attachments.iter().cloned()) {
            Err(Mismatch::Attachments)
        } else {
            Ok(())
        }
    }

    /// Whether this receipt answers `key` and holds a document at all: what can be said without the package.
    ///
    /// # Errors
    /// [`Mismatch::Key`] or [`Mismatch::Document`].
    pub fn check_key(&self, key: SubmissionKey) -> Result<(), Mismatch> {
        if self.key != key {
            Err(Mismatch::Key)
        } else if !self.document.as_slice().starts_with(b"%PDF-") {
            Err(Mismatch::Document)
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receipt")
            .field("key", &self.key)
            .field("number", &self.number)
            .field("registered_at", &self.registered_at)
            .field("effective_on", &self.effective_on)
            .field("procedure", &self.procedure)
            .field("attachments", &self.attachments)
            .field("resolution", &self.resolution)
            .field("csv", &self.csv)
            .field("document", &self.document)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Interested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Interested(***)")
    }
}

impl fmt::Debug for FiledAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FiledAttachment")
            .field("size", &self.size)
            .field("sha256", &self.sha256)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::submission::tests::sample;

    fn receipt() -> Receipt {
        let submission = sample();
        Receipt {
            key: submission.key,
            number: EntryNumber::new(2026, 1).unwrap(),
            registered_at: "2026-03-12T17:05:32Z".parse().unwrap(),
            presented_at: "2026-03-12T17:05:32Z".parse().unwrap(),
            effective_on: "2026-03-12".parse().unwrap(),
            office: "Oficina".to_owned(),
            unit: "Secretaria".to_owned(),
            procedure: submission.procedure.clone(),
            procedure_version: 1,
            language: submission.language,
            interested: Interested { name: "Amparo Martí Soler".to_owned(), nif: "99999002Q".to_owned() },
            signed_with: SignatureMeans::Dnie,
            application_sha256: submission.application.sha256(),
            attachments: vec![FiledAttachment {
                name: submission.attachments[0].name.clone(),
                size: submission.attachments[0].content.len(),
                sha256: submission.attachments[0].sha256.clone(),
            }],
            resolution: Resolution {
                months: 3,
                silence: Silence::Positive,
                due: Some("2026-06-12".parse().unwrap()),
            },
            assisted_by: None,
            to_be_signed: None,
            cures: None,
            csv: Csv::from_random([7; 16]),
            document: b"%PDF-1.7".to_vec().into(),
        }
    }

    #[test]
    fn the_receipt_of_a_submission_is_told_from_any_other() {
        assert_eq!(receipt().compare(&sample()), Ok(()));
        type Case = (fn(&mut Receipt), Mismatch);
        let changes: [Case; 5] = [
            (|r| r.key = SubmissionKey::new(Timestamp::UNIX_EPOCH, [9; 10]), Mismatch::Key),
            (|r| r.document = Base64Bytes::default(), Mismatch::Document),
            (|r| r.procedure.push('x'), Mismatch::Procedure),
            (|r| r.application_sha256 = Sha256Hex::of(b"x"), Mismatch::Application),
            (|r| r.attachments.clear(), Mismatch::Attachments),
        ];
        for (change, found) in changes {
            let mut other = receipt();
            change(&mut other);
            assert_eq!(other.compare(&sample()), Err(found));
        }
    }

    #[test]
    fn a_receipt_with_something_new_in_it_is_still_read() {
        let mut value = serde_json::to_value(receipt()).unwrap();
        value["sia"] = serde_json::json!("123456");
        assert_eq!(serde_json::from_value::<Receipt>(value).unwrap(), receipt());
    }

    #[test]
    fn debug_prints_nothing_of_the_person() {
        let printed = format!("{:?} {:?}", receipt(), receipt().interested);
        assert!(!printed.contains("Amparo") && !printed.contains("99999002Q"), "{printed}");
    }
}
