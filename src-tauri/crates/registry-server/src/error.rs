//! What can go wrong at the registry's own side. What is wrong with a submission is a refusal, see `checks`.

use std::path::PathBuf;
use std::sync::Arc;

use openssl::error::ErrorStack;

/// Why the registry cannot start, or cannot do its work now.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file that the configuration names cannot be read.
    #[error("cannot read {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The configuration is not TOML of the documented shape.
    #[error("the configuration is wrong: {message}")]
    Config {
        /// Where and why, by the parser. It may repeat the configuration, which holds nothing personal.
        message: String,
    },
    /// A certificate, key or anchor that the configuration names is of no use.
    #[error("{what} cannot be used")]
    Material {
        /// Which one.
        what: &'static str,
        /// Why.
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The calendar cannot give a date.
    #[error("the calendar is wrong: {what}")]
    Calendar {
        /// What is wrong.
        what: &'static str,
    },
    /// The catalogue that is part of the program cannot be used.
    #[error("the catalogue of the program cannot be used")]
    Catalogue(#[source] procedures::PackError),
    /// What all procedures of a catalogue that the configuration names share cannot be used.
    #[error("the catalogue cannot be used")]
    CatalogueFiles(#[source] procedures::Error),
    /// The database failed.
    #[error("the store failed")]
    Store(#[source] sqlx::Error),
    /// The place where documents are kept failed.
    #[error("the documents cannot be reached")]
    Documents(#[source] object_store::Error),
    /// The database has another shape than this program knows.
    #[error("the store cannot be brought to this version")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Something in the database is not what this program writes.
    #[error("the store is damaged: {what}")]
    Damaged {
        /// What is wrong.
        what: &'static str,
    },
    /// TLS cannot be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] ErrorStack),
    /// The address cannot be listened at.
    #[error("cannot listen")]
    Listen(#[source] std::io::Error),
    /// A package cannot be set down while it arrives, or not be read again.
    #[error("a package cannot be set down")]
    Package(#[source] std::io::Error),
    /// The system has no thread to give.
    #[error("no thread can be started")]
    Thread(#[source] std::io::Error),
    /// The clock runs behind the last entry, or is outside the years that have numbers.
    #[error("the clock is wrong")]
    Clock,
    /// The seal's certificate is not valid now.
    #[error("the seal's certificate is not valid now")]
    SealPeriod,
    /// The machine has no random numbers.
    #[error("no random numbers")]
    Random(#[source] ErrorStack),
    /// The receipt could not be rendered.
    #[error("the receipt cannot be made")]
    Document(#[source] documents::Error),
    /// The receipt could not be sealed.
    #[error("the receipt cannot be sealed")]
    Seal(#[source] signing::Error),
    /// An entry cannot be corrected so.
    #[error("it cannot be corrected: {what}")]
    Correction {
        /// Why.
        what: &'static str,
    },
    /// A requirement to sign has not come so far, or is over.
    #[error("the requirement is not there: {what}")]
    Requirement {
        /// Why.
        what: &'static str,
    },
    /// What the office wishes cannot be.
    #[error("it cannot be done so: {what}")]
    Wish {
        /// What is wrong with it, or what is missing.
        what: &'static str,
    },
    /// A batch of entries was not written; each of them is told why.
    #[error("the batch was not written")]
    Batch(#[source] Arc<Error>),
    /// Something inside that no input should reach.
    #[error("internal fault: {what}")]
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
            Self::File { .. } => "registry.file",
            Self::Config { .. } => "registry.config",
            Self::Material { .. } => "registry.material",
            Self::Calendar { .. } => "registry.calendar",
            Self::Catalogue(_) | Self::CatalogueFiles(_) => "registry.catalogue",
            Self::Store(_) => "registry.store",
            Self::Documents(_) => "registry.documents",
            Self::Package(_) => "registry.package",
            Self::Migration(_) => "registry.migration",
            Self::Damaged { .. } => "registry.damaged",
            Self::Tls(_) => "registry.tls",
            Self::Listen(_) => "registry.listen",
            Self::Clock => "registry.clock",
            Self::SealPeriod => "registry.seal-period",
            Self::Random(_) => "registry.random",
            Self::Document(error) => error.code(),
            Self::Seal(error) => error.code(),
            Self::Correction { .. } => "registry.correction",
            Self::Requirement { .. } => "registry.requirement",
            Self::Wish { .. } => "registry.wish",
            Self::Batch(error) => error.code(),
            Self::Internal { .. } | Self::Thread(_) => "registry.internal",
        }
    }
}

impl Error {
    /// The error itself, where it was told to many.
    pub(crate) fn root(&self) -> &Self {
        match self {
            Self::Batch(error) => error.root(),
            error => error,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error)
    }
}
