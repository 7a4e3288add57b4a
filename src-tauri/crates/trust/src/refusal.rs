//! Why a certificate is not accepted.

use jiff::Timestamp;

/// Why a certificate is not accepted.
///
/// Of several causes the most telling is given, that is the one which would remain if the others were remedied:
/// a forged certificate that is also expired is *untrusted*, a genuine one that is expired is *expired*. The order
/// of the variants is that rank.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// A part that decides cannot be read.
    #[error("the certificate cannot be read: {0}")]
    Malformed(&'static str),
    /// A signature in the path does not fit its certificate.
    #[error("a signature in the certification path is false")]
    BadSignature,
    /// No path to an anchor.
    #[error("no path to a trusted authority")]
    UntrustedIssuer,
    /// A path to an anchor exists but breaks a rule of RFC 5280.
    #[error("the certification path breaks a rule (OpenSSL {openssl} at depth {depth})")]
    BadPath {
        /// OpenSSL's verification code.
        openssl: i32,
        /// Position in the path, 0 the certificate itself.
        depth: u32,
    },
    /// A key or a digest that no longer protects.
    #[error("too weak: {0:?}")]
    WeakKey(Weakness),
    /// A genuine certificate made for something else.
    #[error("made for another use: {0:?}")]
    WrongUse(Use),
    /// The subject does not name one person with a valid NIF or NIE. The number is not repeated here.
    #[error("the subject does not name a person: {what}")]
    NotAPerson {
        /// Which part is missing or wrong.
        what: &'static str,
    },
    /// Valid only later.
    #[error("valid from {not_before}")]
    NotYetValid {
        /// First moment of validity.
        not_before: Timestamp,
    },
    /// Valid no longer.
    #[error("expired at {not_after}")]
    Expired {
        /// Last moment of validity.
        not_after: Timestamp,
    },
    /// The certificate is in its period, its authority is not.
    #[error("the issuing authority is outside its period of validity")]
    IssuerOutOfPeriod,
    /// OpenSSL could not work at all (memory, configuration): says nothing about the certificate.
    #[error("the check could not be made")]
    Unchecked,
}

/// In which way a certificate is made for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Use {
    /// It is an authority's certificate.
    Authority,
    /// The key usage is not the wanted one, or absent.
    KeyUsage,
    /// None of the accepted certificate policies is named.
    Policy,
    /// Not declared as qualified, or not for what is wanted (electronic signature, electronic seal).
    NotQualified,
    /// The key is not declared to live in a signature creation device.
    NoDevice,
    /// The issuer is not the wanted kind of authority.
    Issuer,
    /// The subject is not an organisation with an identifier.
    NotAnOrganisation,
}

/// What is too weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Weakness {
    /// The leaf's key is not RSA of at least 2048 bits.
    Key,
    /// A key further up the path has less than 112 bits of strength.
    AuthorityKey,
    /// A certificate in the path is signed over a digest weaker than SHA-256.
    Digest,
}

impl Refusal {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "certificate.malformed",
            Self::BadSignature => "certificate.forged",
            Self::UntrustedIssuer => "certificate.untrusted",
            Self::BadPath { .. } => "certificate.path",
            Self::WeakKey(_) => "certificate.weak",
            Self::WrongUse(_) => "certificate.use",
            Self::NotAPerson { .. } => "certificate.person",
            Self::NotYetValid { .. } => "certificate.early",
            Self::Expired { .. } => "certificate.expired",
            Self::IssuerOutOfPeriod => "certificate.issuer",
            Self::Unchecked => "certificate.unchecked",
        }
    }
}
