//! What the signed document says about itself, for machines: the file `manifest.json` inside it.
//!
//! The citizen's signature covers it, where there is one, so the registry believes the manifest and compares the rest of the submission
//! to it: whatever was changed outside the document is found.

use std::fmt;

use procedures::Answers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use wording::Language;

use crate::{Attachment, Sha256Hex, Submission, SubmissionKey};

/// The manifest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Key of the package.
    pub key: SubmissionKey,
    /// Procedure of the catalogue.
    pub procedure: String,
    /// Version of its form.
    pub procedure_version: u32,
    /// Language of the document.
    pub language: Language,
    /// Who applies, and signs unless a public employee does.
    pub applicant: Applicant,
    /// Answers of the form, normalised.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub answers: Answers,
    /// What goes with it, in order.
    pub attachments: Vec<ManifestAttachment>,
    /// Key of what was handed in without a signature and is signed by this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cures: Option<SubmissionKey>,
    /// The applicant's consent, where a public employee signs for her.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ManifestAttachment>,
}

/// Who applies, as in the certificate.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    /// Number of the identity document.
    pub nif: String,
    /// Full name.
    pub name: String,
}

/// One attachment, without its content.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ManifestAttachment {
    /// Its name.
    pub name: String,
    /// Hash of its content.
    pub sha256: Sha256Hex,
    /// Its size, bytes.
    pub size: u64,
    /// Code of the document it is, in the catalogue.
    pub document: String,
}

/// Which part of a submission is not what its signed document says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Disagreement {
    /// The key.
    #[error("the signed document is of another submission")]
    Key,
    /// The procedure or its version.
    #[error("the signed document is of another procedure")]
    Procedure,
    /// The language.
    #[error("the signed document is in another language")]
    Language,
    /// The answers.
    #[error("the answers are not those signed")]
    Answers,
    /// The attachments.
    #[error("the attachments are not those signed")]
    Attachments,
    /// The filing that it signs.
    #[error("the signed document signs another submission")]
    Cures,
    /// The consent.
    #[error("the consent is not the one signed")]
    Consent,
}

impl Disagreement {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Key => "submission.manifest.key",
            Self::Procedure => "submission.manifest.procedure",
            Self::Language => "submission.manifest.language",
            Self::Answers => "submission.manifest.answers",
            Self::Attachments => "submission.manifest.attachments",
            Self::Cures => "submission.manifest.cures",
            Self::Consent => "submission.manifest.consent",
        }
    }
}

impl Manifest {
    /// The bytes to embed.
    ///
    /// # Errors
    /// Never for a manifest of this type; the serialiser's error is passed on rather than hidden.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec_pretty(self)
    }

    /// Compares a submission to what was signed.
    ///
    /// # Errors
    /// The first part that differs.
    pub fn compare(&self, submission: &Submission) -> Result<(), Disagreement> {
        let attachments = submission.attachments.iter().map(ManifestAttachment::of);
        let consent = submission.assisted.as_ref().map(|assisted| ManifestAttachment::of(&assisted.consent));
        if self.key != submission.key {
            Err(Disagreement::Key)
        } else if self.procedure != submission.procedure
            || self.procedure_version != submission.procedure_version
        {
            Err(Disagreement::Procedure)
        } else if self.language != submission.language {
            Err(Disagreement::Language)
        } else if self.answers != submission.answers {
            Err(Disagreement::Answers)
        } else if !attachments.eq(self.attachments.iter().cloned()) {
            Err(Disagreement::Attachments)
        } else if self.cures != submission.cures {
            Err(Disagreement::Cures)
        } else if self.consent != consent {
            Err(Disagreement::Consent)
        } else {
            Ok(())
        }
    }
}

impl ManifestAttachment {
    /// What a manifest says of an attachment.
    #[must_use]
    pub fn of(attachment: &Attachment) -> Self {
        Self {
            name: attachment.name.clone(),
            sha256: attachment.sha256.clone(),
            size: attachment.content.len(),
            document: attachment.document.clone(),
        }
    }
}

impl fmt::Debug for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manifest")
            .field("key", &self.key)
            .field("procedure", &self.procedure)
            .field("procedure_version", &self.procedure_version)
            .field("attachments", &self.attachments)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Applicant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Applicant(***)")
    }
}

impl fmt::Debug for ManifestAttachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ManifestAttachment")
            .field("sha256", &self.sha256)
            .field("size", &self.size)
            .field("document", &self.document)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::submission::tests::sample;

    fn manifest() -> Manifest {
        let submission = sample();
        Manifest {
            key: submission.key,
            procedure: submission.procedure.clone(),
            procedure_version: submission.procedure_version,
            language: submission.language,
            applicant: Applicant { nif: "99999002Q".to_owned(), name: "Amparo Martí Soler".to_owned() },
            answers: submission.answers.clone(),
            attachments: submission
                .attachments
                .iter()
                .map(|attachment| ManifestAttachment {
                    name: attachment.name.clone(),
                    sha256: attachment.sha256.clone(),
                    size: attachment.content.len(),
                    document: attachment.document.clone(),
                })
                .collect(),
            cures: None,
            consent: None,
        }
    }

    #[test]
    fn what_was_signed_agrees() {
        assert_eq!(manifest().compare(&sample()), Ok(()));
        let back: Manifest = serde_json::from_slice(&manifest().to_json().unwrap()).unwrap();
        assert_eq!(back, manifest());
    }

    #[test]
    fn whatever_was_changed_is_named() {
        type Case = (fn(&mut Submission), Disagreement);
        let changes: [Case; 9] = [
            (|s| s.key = SubmissionKey::new(jiff::Timestamp::UNIX_EPOCH, [0; 10]), Disagreement::Key),
            (|s| s.procedure_version = 9, Disagreement::Procedure),
            (|s| s.language = Language::En, Disagreement::Language),
            (|s| drop(s.answers.insert("solicita".into(), "Res".into())), Disagreement::Answers),
            (|s| s.attachments.clear(), Disagreement::Attachments),
            (|s| s.cures = Some(s.key), Disagreement::Cures),
            (
                |s| s.assisted = Some(crate::Assisted { consent: s.attachments[0].clone() }),
                Disagreement::Consent,
            ),
            (|s| s.attachments[0].document = "REPR".into(), Disagreement::Attachments),
            (|s| s.attachments[0].content = b"%PDF".to_vec().into(), Disagreement::Attachments),
        ];
        for (change, found) in changes {
            let mut submission = sample();
            change(&mut submission);
            assert_eq!(manifest().compare(&submission), Err(found));
        }
    }

    #[test]
    fn debug_prints_nothing_of_the_person() {
        let printed = format!("{:?} {:?}", manifest(), manifest().applicant);
        assert!(!printed.contains("Amparo") && !printed.contains("99999002Q"), "{printed}");
    }
}
