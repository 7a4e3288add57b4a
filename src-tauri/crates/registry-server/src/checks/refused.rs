//! Why a submission is refused.

use procedures::{Fault, content};
use registry_api::{Disagreement, Problem, ProblemFault, code};

/// What is wrong with a submission. Places are positions in the list of attachments: names may be people's.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum Refused {
    #[error("the application is empty or too large")]
    ApplicationSize,
    #[error("application and attachments together are too large")]
    PackageSize,
    #[error("too many attachments")]
    AttachmentCount,
    #[error("attachment {place} is empty or too large")]
    AttachmentSize { place: usize },
    #[error("the name of attachment {place} is not admitted")]
    AttachmentName { place: usize },
    #[error("attachment {place} is not of an admitted kind, or not of the kind it says")]
    AttachmentType { place: usize },
    #[error("attachment {place} cannot be read")]
    AttachmentUnreadable { place: usize },
    #[error("attachment {place} is not what its hash says")]
    AttachmentHash { place: usize },
    #[error("attachment {place} is of a document that is not asked for")]
    AttachmentDocument { place: usize },
    #[error("a document is answered for but not attached, or attached twice")]
    AttachmentMissing,
    #[error("the catalogue does not know the procedure")]
    Procedure,
    #[error("the form is of a version that is not taken; now it is {current}")]
    ProcedureVersion { current: u32 },
    #[error("the period of the procedure was not open on the day it was handed in")]
    ProcedureClosed,
    #[error("too many or too long answers")]
    AnswersTooMany,
    #[error("answers that do not satisfy the form")]
    Answers(Vec<Fault>),
    #[error("answers that the form does not ask for, or not as it files them")]
    AnswersNotFiled,
    #[error("the application is not whole or not signed")]
    Signature(#[source] signing::Error),
    #[error("the certificate that signed is not accepted")]
    Certificate(#[source] trust::Refusal),
    #[error("the application holds no manifest, or one that cannot be read")]
    Manifest,
    #[error("the signed manifest says something else")]
    Disagreement(#[source] Disagreement),
    #[error("the person who signed is not the applicant")]
    Signer,
    #[error("the procedure is not to be handed in without a signature")]
    Unsigned,
    #[error("what is said to be unsigned is signed, or who hands it in is not told as it should be")]
    UnsignedWho,
    #[error("who signed is not a public employee who may file this for others on that day")]
    AssistedBy,
    #[error("the applicant's consent is missing, or is no document that could be one")]
    Consent,
    #[error("it signs nothing that waits for a signature of this person")]
    Cures,
    /// No fault of the submission.
    #[error("what has been set down cannot be read")]
    Unread(#[source] std::io::Error),
}

impl Refused {
    pub(crate) fn attachment(place: usize, refusal: content::Refusal) -> Self {
        match refusal {
            content::Refusal::TooBig { .. } => Self::AttachmentSize { place },
            content::Refusal::Empty
            | content::Refusal::Damaged
            | content::Refusal::Locked
            | content::Refusal::Active => Self::AttachmentUnreadable { place },
            // Kinds of refusal that come later are about kinds of file too, as far as one can tell here.
            _ => Self::AttachmentType { place },
        }
    }

    /// Stable code.
    pub(crate) fn code(&self) -> String {
        match self {
            Self::ApplicationSize => code::APPLICATION_SIZE,
            Self::PackageSize | Self::AttachmentSize { .. } => code::ATTACHMENT_SIZE,
            Self::AttachmentCount => code::ATTACHMENT_COUNT,
            Self::AttachmentName { .. } => code::ATTACHMENT_NAME,
            Self::AttachmentType { .. } => code::ATTACHMENT_TYPE,
            Self::AttachmentUnreadable { .. } => code::ATTACHMENT_UNREADABLE,
            Self::AttachmentHash { .. } => code::ATTACHMENT_HASH,
            Self::AttachmentDocument { .. } | Self::AttachmentMissing => code::ATTACHMENT_DOCUMENT,
            Self::Procedure => code::PROCEDURE,
            Self::ProcedureVersion { .. } => code::PROCEDURE_VERSION,
            Self::ProcedureClosed => code::PROCEDURE_CLOSED,
            Self::AnswersTooMany | Self::Answers(_) | Self::AnswersNotFiled => code::ANSWERS,
            // `submission.signature.hash`, `submission.pdf.unreadable`
            Self::Signature(error) => return format!("submission.{}", error.code()),
            Self::Certificate(refusal) => refusal.code(),
            Self::Manifest => code::MANIFEST,
            Self::Disagreement(disagreement) => disagreement.code(),
            Self::Signer => code::SIGNER,
            Self::Unsigned => code::UNSIGNED,
            Self::UnsignedWho => code::UNSIGNED_WHO,
            Self::Cures => code::CURES,
            Self::AssistedBy => code::ASSISTED_BY,
            Self::Consent => code::CONSENT,
            Self::Unread(_) => code::UNAVAILABLE,
        }
        .to_owned()
    }

    /// As the kiosk is told.
    pub(crate) fn problem(&self) -> Problem {
        let mut problem = Problem::new(422, self.code(), self.to_string());
        match self {
            Self::Answers(faults) => {
                problem.faults = faults
                    .iter()
                    .map(|fault| ProblemFault { field: fault.field.clone(), code: fault.code.to_owned() })
                    .collect();
            }
            Self::Signature(error) => problem.detail = Some(error.to_string()),
            Self::Certificate(refusal) => problem.detail = Some(refusal.to_string()),
            Self::Disagreement(disagreement) => problem.detail = Some(disagreement.to_string()),
            _ => {}
        }
        problem
    }
}
