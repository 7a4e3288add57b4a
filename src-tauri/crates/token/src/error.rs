//! What can go wrong, each with a stable code.

use cryptoki::error::{Error as Cryptoki, RvError};

/// How many times a wrong PIN may still be tried, as far as PKCS#11 tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriesLeft {
    /// No wrong one since the last right one.
    Plenty,
    /// At least one was wrong (CKF_USER_PIN_COUNT_LOW).
    Few,
    /// One more wrong one locks it (CKF_USER_PIN_FINAL_TRY).
    Last,
    /// Locked (CKF_USER_PIN_LOCKED).
    None,
}

/// Why a token cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The module cannot be loaded or initialised.
    #[error("the PKCS#11 module cannot be used: {reason}")]
    Module {
        /// Why, for the administrator.
        reason: String,
    },
    /// No token in any slot.
    #[error("no token is in")]
    Absent,
    /// The token was taken out, or another one is in its place.
    #[error("the token was removed")]
    Removed,
    /// The PIN is wrong; it cost a try.
    #[error("the PIN is wrong")]
    PinWrong {
        /// How many tries are left.
        left: TriesLeft,
    },
    /// Too many wrong PINs.
    #[error("the PIN is locked")]
    PinLocked,
    /// No PIN of this token is so long or so short; no try was spent.
    #[error("a PIN has {min} to {max} bytes")]
    PinLength {
        /// Fewest bytes.
        min: usize,
        /// Most bytes.
        max: usize,
    },
    /// No certificate that can be read without a PIN, or none at all.
    #[error("no certificate on the token")]
    NoCertificate,
    /// The certificate's private key is not on the token, or may not sign.
    #[error("no key for the certificate on the token")]
    NoKey,
    /// A key that cannot sign here: not RSA, or the token cannot sign a digest with it.
    #[error("the key is of another kind")]
    KeyKind,
    /// Somebody else uses the token.
    #[error("the token is busy")]
    Busy,
    /// Anything else.
    #[error("the token failed: {reason} in {function}")]
    Failed {
        /// The return value as PKCS#11 names it (`CKR_DEVICE_ERROR`), or the binding's own reason.
        reason: String,
        /// The function that returned it.
        function: String,
    },
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Module { .. } => "token.module",
            Self::Absent => "token.absent",
            Self::Removed => "token.removed",
            Self::PinWrong { .. } => "token.pin-wrong",
            Self::PinLocked => "token.pin-locked",
            Self::PinLength { .. } => "token.pin-length",
            Self::NoCertificate => "token.no-certificate",
            Self::NoKey => "token.no-key",
            Self::KeyKind => "token.key-kind",
            Self::Busy => "token.busy",
            Self::Failed { .. } => "token.failed",
        }
    }
}

/// What any function may return at any time. PINs are told apart where one is given.
impl From<Cryptoki> for Error {
    fn from(error: Cryptoki) -> Self {
        let Cryptoki::Pkcs11(value, function) = error else {
            return Self::Failed { reason: error.to_string(), function: "cryptoki".to_owned() };
        };
        match value {
            RvError::DeviceRemoved
            | RvError::TokenNotPresent
            | RvError::TokenNotRecognized
            | RvError::SlotIdInvalid
            | RvError::SessionClosed
            | RvError::SessionHandleInvalid => Self::Removed,
            RvError::PinLocked => Self::PinLocked,
            RvError::SessionCount
            | RvError::UserAnotherAlreadyLoggedIn
            | RvError::UserTooManyTypes
            | RvError::OperationActive => Self::Busy,
            RvError::KeyTypeInconsistent
            | RvError::KeySizeRange
            | RvError::MechanismInvalid
            | RvError::MechanismParamInvalid => Self::KeyKind,
            RvError::KeyHandleInvalid | RvError::KeyFunctionNotPermitted => Self::NoKey,
            other => Self::Failed { reason: ckr(other), function: format!("C_{function:?}") },
        }
    }
}

/// The name that PKCS#11 gives a return value, from the binding's name of it.
fn ckr(value: RvError) -> String {
    let mut name = String::from("CKR");
    for character in format!("{value:?}").chars() {
        if character.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use cryptoki::context::Function;

    use super::*;

    #[test]
    fn return_values_are_told_by_the_standards_names() {
        let error = Error::from(Cryptoki::Pkcs11(RvError::FunctionFailed, Function::Sign));
        assert_eq!(error.to_string(), "the token failed: CKR_FUNCTION_FAILED in C_Sign");
        assert_eq!(error.code(), "token.failed");
        assert_eq!(Error::from(Cryptoki::Pkcs11(RvError::DeviceRemoved, Function::Sign)), Error::Removed);
    }
}
