//! Why a virtual card could not be made or served.

use std::io;
use std::net::SocketAddr;

/// What went wrong outside the card itself; inside, everything is a status word.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file of a persona or of a plan of failures could not be read or written.
    #[error("the file cannot be read or written")]
    File(#[source] io::Error),
    /// The file of a persona or of a plan of failures is not well formed.
    #[error("the file is not well formed")]
    Format(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The persona cannot be put on a card.
    #[error("the persona cannot be put on a card: {what}")]
    Persona {
        /// Which part of it, and what it should be.
        what: &'static str,
    },
    /// OpenSSL refused.
    #[error("the cryptographic library refused")]
    Crypto(#[from] openssl::error::ErrorStack),
    /// Nothing listens where the virtual reader should be.
    #[error("no virtual reader listens on {address}")]
    NoReader {
        /// Where it was looked for.
        address: SocketAddr,
        /// What the last attempt said.
        #[source]
        source: io::Error,
    },
    /// The thread that serves the card could not be started.
    #[error("the card cannot be served")]
    Thread(#[source] io::Error),
}

impl Error {
    /// Stable name of the failure.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(_) => "persona.file",
            Self::Format(_) => "persona.format",
            Self::Persona { .. } => "persona.unusable",
            Self::Crypto(_) => "virtual-card.crypto",
            Self::NoReader { .. } => "vpcd.unreachable",
            Self::Thread(_) => "vpcd.thread",
        }
    }
}
