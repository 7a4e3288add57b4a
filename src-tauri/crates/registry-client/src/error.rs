//! What can be wrong with the settings of the client.

use openssl::error::ErrorStack;
use registry_api::RegistryError;

/// Why there is no client. None of these is cured by waiting.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The registry's address is not `https://host[:port][/path]`.
    #[error("the registry's address is not an https address without query")]
    Address,
    /// The authority's certificates cannot be read.
    #[error("the authority of the registry's certificate cannot be read")]
    Authority(#[source] Option<reqwest::Error>),
    /// Certificate and key of the kiosk cannot be read or do not belong together.
    #[error("the kiosk's certificate and key cannot be read (PEM, the key as PKCS #8)")]
    Identity(#[source] reqwest::Error),
    /// The TLS library does not accept these settings.
    #[error("the connection cannot be set up")]
    Setup(#[source] reqwest::Error),
}

impl Error {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address => "registry-client.address",
            Self::Authority(_) => "registry-client.authority",
            Self::Identity(_) => "registry-client.identity",
            Self::Setup(_) => "registry-client.setup",
        }
    }
}

/// Why a kiosk has no certificate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnrolError {
    /// The settings are wrong.
    #[error(transparent)]
    Settings(#[from] Error),
    /// The registry issued none.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// It issued one that is of no use.
    #[error(transparent)]
    Mismatch(#[from] crate::Mismatch),
    /// OpenSSL failed.
    #[error("key or certificate cannot be used")]
    Key(#[from] ErrorStack),
    /// A file of the kiosk cannot be read or written.
    #[error("a file of the kiosk cannot be read or written")]
    File(#[from] std::io::Error),
}

impl EnrolError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Settings(error) => error.code(),
            Self::Registry(RegistryError::Refused(problem)) => &problem.code,
            Self::Registry(error) => error.code(),
            Self::Mismatch(_) => "enrolment.mismatch",
            Self::Key(_) => "enrolment.key",
            Self::File(_) => "enrolment.file",
        }
    }
}
