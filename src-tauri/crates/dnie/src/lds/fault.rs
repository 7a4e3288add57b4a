//! What can be wrong with the travel document application, each with a code of its own.

use std::fmt;

/// Why files of the application were not read, or not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LdsFault {
    /// The card has no such application, or no EF.SOD.
    #[error("the card has no travel document application")]
    Absent,
    /// The card wants a right first.
    #[error("the card does not show {what}")]
    Denied {
        /// Which file.
        what: &'static str,
    },
    /// A file does not have the form it should.
    #[error("{what} is malformed at offset {offset}")]
    Malformed {
        /// Which file.
        what: &'static str,
        /// Where reading stopped.
        offset: usize,
    },
    /// A check digit of the machine readable zone is wrong.
    #[error("the check digit of {field} is wrong")]
    CheckDigit {
        /// Of which field.
        field: &'static str,
    },
    /// An algorithm that is unknown, or too weak for a signature.
    #[error("the algorithm of {what} is not supported")]
    Unsupported {
        /// Of which part.
        what: &'static str,
    },
    /// No configured anchor issued the document signer's certificate.
    #[error("no anchor for the document signer")]
    NoAnchor,
    /// A signature, or the digest it covers, is false.
    #[error("the signature of {of} is false")]
    BadSignature {
        /// Of what.
        of: Signed,
    },
    /// The document signer's certificate, or the anchor's, was not valid at the given time.
    #[error("the document signer was not valid at that time")]
    OutOfPeriod,
    /// The document signer's certificate may not sign documents, or its path fails in another way.
    #[error("the document signer's path fails, code {openssl}")]
    Path {
        /// OpenSSL's verification code; 26, invalid purpose, for a certificate of another use.
        openssl: i32,
    },
    /// A group was read whose hash EF.SOD does not list.
    #[error("EF.SOD does not list DG{group}")]
    NotListed {
        /// The group's number.
        group: u8,
    },
    /// A group is not the one that was signed.
    #[error("DG{group} is not the one that was signed")]
    HashMismatch {
        /// The group's number.
        group: u8,
    },
    /// The cryptographic library failed at something that is no verdict.
    #[error("the cryptographic library failed at {what}")]
    Unchecked {
        /// At what.
        what: &'static str,
    },
}

impl LdsFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent => "lds.absent",
            Self::Denied { .. } => "lds.denied",
            Self::Malformed { .. } => "lds.malformed",
            Self::CheckDigit { .. } => "lds.check-digit",
            Self::Unsupported { .. } => "lds.unsupported",
            Self::NoAnchor => "lds.no-anchor",
            Self::BadSignature { .. } => "lds.bad-signature",
            Self::OutOfPeriod => "lds.out-of-period",
            Self::Path { .. } => "lds.path",
            Self::NotListed { .. } => "lds.not-listed",
            Self::HashMismatch { .. } => "lds.hash-mismatch",
            Self::Unchecked { .. } => "lds.unchecked",
        }
    }
}

/// What a signature is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signed {
    /// The list of hashes: EF.SOD.
    SecurityObject,
    /// The document signer's certificate.
    Signer,
}

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SecurityObject => "EF.SOD",
            Self::Signer => "the document signer",
        })
    }
}
