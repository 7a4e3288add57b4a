//! What can go wrong, each with a stable code.

use std::error::Error as StdError;

/// Why a file cannot be signed or is not accepted as signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is larger than [`MAX_PDF`](crate::MAX_PDF), or an attachment than its limit.
    #[error("more than {max} bytes")]
    TooLarge {
        /// Bytes allowed.
        max: usize,
    },
    /// Not a PDF file, or damaged.
    #[error("not a readable PDF file: {what}")]
    Unreadable {
        /// Which part.
        what: &'static str,
    },
    /// A PDF file that uses something not supported here.
    #[error("not supported: {what}")]
    Unsupported {
        /// What it uses.
        what: &'static str,
    },
    /// The file to be signed carries a signature already.
    #[error("the file is signed already")]
    AlreadySigned,
    /// The file to be checked carries no signature.
    #[error("the file is not signed")]
    NotSigned,
    /// The form of the signature breaks a rule.
    #[error("the signature breaks a rule: {0:?}")]
    Structure(Rule),
    /// The signed content was changed.
    #[error("the content is not what was signed")]
    Hash,
    /// The signature value does not fit the certificate's key.
    #[error("the signature value is false")]
    Value,
    /// A certificate that cannot be used for signing or cannot be read.
    #[error("unusable certificate")]
    Certificate(#[source] Option<trust::Error>),
    /// The certificates leave too little room for a later timestamp.
    #[error("the signature container would have {len} bytes, at most {max}")]
    NoRoom {
        /// Bytes of the container.
        len: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// An argument cannot be written into a PDF file.
    #[error("unusable argument: {what}")]
    Argument {
        /// Which one.
        what: &'static str,
    },
    /// The signer failed or was interrupted.
    #[error("the signer failed")]
    Signer(#[source] SignError),
    /// Something inside that no input should reach.
    #[error("the signature could not be made: {what}")]
    Internal {
        /// At which step.
        what: &'static str,
    },
}

/// Which rule a signature breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// More than one signature, or one that is shared between fields.
    OneSignature,
    /// SubFilter is not ETSI.CAdES.detached.
    SubFilter,
    /// ByteRange is not `[0 a b c]` within the file.
    ByteRange,
    /// Something follows the signed revision, or the file does not end with its end mark.
    LastRevision,
    /// The gap holds something else than the hexadecimal string of the container.
    Gap,
    /// The container is followed by something else than zeros.
    Padding,
    /// The container is not the expected CMS structure in DER.
    Container,
    /// Another algorithm than SHA-256 with RSA (PKCS #1 v1.5).
    Algorithm,
    /// The signed attributes are not exactly content-type, message-digest and signing-certificate-v2.
    SignedAttributes,
    /// There are unsigned attributes.
    UnsignedAttributes,
    /// The signer's certificate is not in the container, or not the one that was signed for.
    SigningCertificate,
    /// The other certificates are not those the signed revision names.
    Certificates,
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "pdf.large",
            Self::Unreadable { .. } => "pdf.unreadable",
            Self::Unsupported { .. } => "pdf.unsupported",
            Self::AlreadySigned => "signature.present",
            Self::NotSigned => "signature.none",
            Self::Structure(_) => "signature.structure",
            Self::Hash => "signature.hash",
            Self::Value => "signature.value",
            Self::Certificate(_) => "signature.certificate",
            Self::NoRoom { .. } => "signature.room",
            Self::Argument { .. } => "signature.argument",
            Self::Signer(error) => error.code(),
            Self::Internal { .. } => "signature.internal",
        }
    }
}

/// Why a signer gave no value. The code is the signer's own (`card.removed`, for example).
#[derive(Debug, thiserror::Error)]
#[error("the signer failed ({code})")]
pub struct SignError {
    code: &'static str,
    #[source]
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl SignError {
    /// A failure known by its code alone.
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Self { code, source: None }
    }

    /// A failure with the error behind it, which can be had back by [`std::error::Error::source`].
    #[must_use]
    pub fn because(code: &'static str, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { code, source: Some(source.into()) }
    }

    /// The signer's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }
}
