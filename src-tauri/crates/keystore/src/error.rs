//! What can go wrong, each with a stable code.

/// Why a file cannot be used to sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something else than a PKCS#12 file: a certificate alone, for example.
    #[error("not a PKCS#12 file")]
    NotPkcs12,
    /// The password does not open it.
    #[error("the password does not open the file")]
    WrongPassword,
    /// A PKCS#12 file that is cut off or was changed.
    #[error("the file is damaged at byte {offset}: {what}")]
    Damaged {
        /// Which part.
        what: &'static str,
        /// Where, in bytes from the start of the file, or of what was deciphered.
        offset: usize,
    },
    /// Opening it would take more rounds of hashing than allowed.
    #[error("the file asks for {rounds} rounds, at most {max}")]
    Costly {
        /// Rounds asked for by the derivation that exceeded the limit.
        rounds: u64,
        /// Rounds allowed for the whole file.
        max: u64,
    },
    /// Larger than [`MAX_FILE`](crate::MAX_FILE).
    #[error("{len} bytes are too many, at most {max}")]
    TooLarge {
        /// Bytes given.
        len: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// No private key together with its certificate.
    #[error("no key with its certificate in the file")]
    NoKey,
    /// Only keys that cannot sign here: not RSA, or of an absurd size.
    #[error("only keys of another kind in the file")]
    KeyKind,
    /// Protected by a way that is not supported.
    #[error("not supported: {oid}")]
    Unsupported {
        /// The object identifier of the algorithm or structure, dotted.
        oid: String,
    },
    /// OpenSSL failed where no input should make it fail.
    #[error("the file could not be opened: {what}")]
    Internal {
        /// At which step.
        what: &'static str,
    },
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPkcs12 => "keystore.not-pkcs12",
            Self::WrongPassword => "keystore.wrong-password",
            Self::Damaged { .. } => "keystore.damaged",
            Self::Costly { .. } => "keystore.costly",
            Self::TooLarge { .. } => "keystore.too-large",
            Self::NoKey => "keystore.no-key",
            Self::KeyKind => "keystore.key-kind",
            Self::Unsupported { .. } => "keystore.unsupported",
            Self::Internal { .. } => "keystore.failed",
        }
    }
}
