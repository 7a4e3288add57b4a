//! What can go wrong with the store.

/// Why the store did not do what was asked. The data it already holds is untouched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk, or the room granted to the store, is full.
    #[error("no room left for the store")]
    Full,
    /// The file cannot be opened with this key, or is not a store.
    #[error("the store cannot be opened with this key")]
    WrongKey,
    /// A row does not read as what it should be.
    #[error("a stored {what} cannot be read")]
    Corrupt {
        /// What kind of row.
        what: &'static str,
    },
    /// The schema could not be brought up to date.
    #[error("the store could not be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Anything else the database said.
    #[error("the store failed")]
    Database(#[source] sqlx::Error),
}

impl Error {
    /// Stable code for support.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Full => "store.full",
            Self::WrongKey | Self::Corrupt { .. } | Self::Migration(_) | Self::Database(_) => "store.failed",
        }
    }
}

/// SQLite result codes (sqlite.org/rescode.html).
const SQLITE_FULL: &str = "13";
const SQLITE_NOTADB: &str = "26";
/// `SQLITE_IOERR_WRITE`: what a full disk looks like when the file system says it first.
const SQLITE_IOERR_WRITE: &str = "778";

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code =
            error.as_database_error().and_then(|database| database.code()).map(std::borrow::Cow::into_owned);
        match code.as_deref() {
            Some(SQLITE_FULL | SQLITE_IOERR_WRITE) => Self::Full,
            Some(SQLITE_NOTADB) => Self::WrongKey,
            _ => Self::Database(error),
        }
    }
}
