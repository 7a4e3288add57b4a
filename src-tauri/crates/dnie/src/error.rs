//! What can go wrong with a card, each with a stable code that someone acts on.

use std::fmt;

use apdu::{CardError, Status};

use crate::lds::LdsFault;

/// Why the card could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The card or the reader gave no answer.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The card is not a DNIe in use.
    #[error("the card is not a DNIe: {0}")]
    NotDnie(Foreign),
    /// A DNIe at the end of its life: withdrawn or dead.
    #[error("the DNIe has been withdrawn from use")]
    Terminated,
    /// The card lies on a contactless reader, where it says nothing without its access number (CAN).
    #[error("the card needs its access number")]
    CanNeeded,
    /// The access number is not this card's. Nothing is spent by that: it may be tried again.
    #[error("the access number is not this card's")]
    CanWrong,
    /// The card could not show that it is a genuine DNIe.
    #[error("the card is not to be trusted: {0}")]
    Untrusted(#[from] Untrusted),
    /// The travel document application (LDS) is absent, malformed, or not authentic.
    #[error(transparent)]
    Lds(#[from] LdsFault),
    /// The secure channel could not be opened.
    #[error("no secure channel: {step} answered {status}")]
    Channel {
        /// Which command failed.
        step: Step,
        /// What the card answered.
        status: Status,
    },
    /// The secure channel broke: an answer came without protection, or with a wrong one. Start over.
    #[error("the secure channel was lost at status {status}")]
    ChannelLost {
        /// The status outside the protection, `9000` when it was the protection itself that was wrong.
        status: Status,
    },
    /// The PIN has too few characters for a DNIe; it was not shown to the card and no try was spent.
    #[error("the PIN is too short")]
    PinTooShort,
    /// Each signature needs the PIN anew (3.0 and later).
    #[error("the card wants the PIN again before it signs once more")]
    VerifyAgain,
    /// The card holds no authentication certificate.
    #[error("the card has no authentication certificate")]
    NoAuthenticationCertificate,
    /// The card holds no signature certificate or key: a minor's card, or one never renewed.
    #[error("the card has no signature certificate")]
    NoSignatureCertificate,
    /// An old card that shows its certificates only after the PIN.
    #[error("the card shows its certificates only after the PIN")]
    CertificatesNeedPin,
    /// A file is larger, or says it is, than any DNIe's.
    #[error("{what} is larger than {limit} bytes")]
    TooLarge {
        /// Which object.
        what: &'static str,
        /// The limit in bytes.
        limit: usize,
    },
    /// An answer or a file does not have the form it should.
    #[error("{what} is malformed at offset {offset}")]
    Malformed {
        /// Which object.
        what: &'static str,
        /// Where reading stopped.
        offset: usize,
    },
    /// A command ended with a status that has no better name.
    #[error("{step} answered {status}")]
    Status {
        /// Which command.
        step: Step,
        /// What the card answered.
        status: Status,
    },
    /// The cryptographic library failed.
    #[error("cryptographic library: {0}")]
    Crypto(#[from] openssl::error::ErrorStack),
}

impl Error {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Card(CardError::Removed) => "card.removed",
            Self::Card(CardError::Reset) => "card.reset",
            Self::Card(CardError::ReaderGone) => "card.reader-gone",
            Self::Card(CardError::Mute) => "card.mute",
            Self::Card(CardError::Busy) => "card.busy",
            Self::Card(CardError::Transport(_)) => "card.transport",
            Self::Card(_) | Self::Malformed { .. } | Self::TooLarge { .. } | Self::Status { .. } => {
                "card.protocol"
            }
            Self::NotDnie(_) => "card.not-dnie",
            Self::Terminated => "card.terminated",
            Self::CanNeeded => "card.can-needed",
            Self::CanWrong => "card.can-wrong",
            Self::Untrusted(_) => "card.untrusted",
            Self::Lds(fault) => fault.code(),
            Self::Channel { .. } | Self::ChannelLost { .. } => "card.channel",
            Self::PinTooShort => "card.pin-too-short",
            Self::VerifyAgain => "card.verify-again",
            Self::NoAuthenticationCertificate => "card.no-authentication-certificate",
            Self::NoSignatureCertificate => "card.no-signature-certificate",
            Self::CertificatesNeedPin => "card.certificates-need-pin",
            Self::Crypto(_) => "card.crypto",
        }
    }

    /// Whether the card or its reader has gone away or been reset, so that only starting over helps.
    #[must_use]
    pub const fn is_gone(&self) -> bool {
        matches!(
            self,
            Self::Card(CardError::Removed | CardError::Reset | CardError::ReaderGone | CardError::Mute)
        )
    }

    pub(crate) const fn malformed(what: &'static str, offset: usize) -> Self {
        Self::Malformed { what, offset }
    }

    /// A fault of BER-TLV inside `what`.
    pub(crate) fn tlv(what: &'static str) -> impl Fn(apdu::tlv::TlvError) -> Self {
        move |error| match error {
            apdu::tlv::TlvError::Truncated { offset } | apdu::tlv::TlvError::Unsupported { offset } => {
                Self::Malformed { what, offset }
            }
            _ => Self::Malformed { what, offset: 0 },
        }
    }
}

/// By what a card showed that it is no DNIe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Foreign {
    /// Its answer to reset.
    #[error("another answer to reset")]
    AnswerToReset,
    /// It knows no master file by the DNIe's name.
    #[error("no master file of that name")]
    MasterFile,
    /// On a contactless reader, it offers no PACE with the access number and the DNIe's parameters, as residence
    /// permits and passports do not.
    #[error("no PACE of that kind")]
    Pace,
    /// It has no directory of certificates, or not the Dirección General de la Policía's.
    #[error("no certificate directory of the police's")]
    Directory,
    /// It tells no chip serial number.
    #[error("no chip serial number")]
    ChipSerial,
}

/// In which way a card failed to show that it is genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Untrusted {
    /// A component certificate is absent or cannot be read.
    #[error("component certificate {file:04X} cannot be read")]
    Absent {
        /// The file identifier.
        file: u16,
    },
    /// A component certificate is not X.509 with an RSA key of the expected size.
    #[error("component certificate {file:04X} is malformed")]
    Malformed {
        /// The file identifier.
        file: u16,
    },
    /// A component certificate is not signed by the one above it.
    #[error("component certificate {file:04X} has a false signature")]
    FalseSignature {
        /// The file identifier.
        file: u16,
    },
    /// The card did not prove that it holds the key of its component certificate.
    #[error("the card does not hold its component key")]
    NoKey,
    /// On a contactless reader, the card took our proof of the access number and gave none of its own.
    #[error("the card does not know its own access number")]
    FalseToken,
}

/// A command by its name, for errors that may be logged: never its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// GET CHIP SERIAL (`B8`).
    ChipSerial,
    /// SELECT.
    Select,
    /// READ BINARY.
    ReadBinary,
    /// GET RESPONSE.
    GetResponse,
    /// MSE before PACE.
    SelectPace,
    /// GENERAL AUTHENTICATE for the nonce of PACE.
    PaceNonce,
    /// GENERAL AUTHENTICATE for the generator of PACE.
    PaceMap,
    /// GENERAL AUTHENTICATE for the agreement of PACE.
    PaceAgree,
    /// GENERAL AUTHENTICATE for the tokens of PACE.
    PaceToken,
    /// MSE before a certificate is shown.
    SelectIssuer,
    /// PSO: VERIFY CERTIFICATE.
    VerifyCertificate,
    /// MSE before authentication.
    SelectKeys,
    /// INTERNAL AUTHENTICATE.
    InternalAuthenticate,
    /// GET CHALLENGE.
    Challenge,
    /// EXTERNAL AUTHENTICATE.
    ExternalAuthenticate,
    /// VERIFY.
    Verify,
    /// MSE before signing.
    SelectSignatureKey,
    /// PSO: COMPUTE DIGITAL SIGNATURE.
    Sign,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ChipSerial => "GET CHIP SERIAL",
            Self::Select => "SELECT",
            Self::ReadBinary => "READ BINARY",
            Self::GetResponse => "GET RESPONSE",
            Self::SelectPace => "MSE (PACE)",
            Self::PaceNonce => "GENERAL AUTHENTICATE (nonce)",
            Self::PaceMap => "GENERAL AUTHENTICATE (map)",
            Self::PaceAgree => "GENERAL AUTHENTICATE (agree)",
            Self::PaceToken => "GENERAL AUTHENTICATE (token)",
            Self::SelectIssuer => "MSE (issuer)",
            Self::VerifyCertificate => "VERIFY CERTIFICATE",
            Self::SelectKeys => "MSE (keys)",
            Self::InternalAuthenticate => "INTERNAL AUTHENTICATE",
            Self::Challenge => "GET CHALLENGE",
            Self::ExternalAuthenticate => "EXTERNAL AUTHENTICATE",
            Self::Verify => "VERIFY",
            Self::SelectSignatureKey => "MSE (signature)",
            Self::Sign => "COMPUTE DIGITAL SIGNATURE",
        })
    }
}
