//! The store: one SQLite file, written by one connection and read by a few.
//!
//! Number, time and entry are one immediate transaction, so that two submissions never see the same last number; it
//! is synced to the disk before it counts. The official time is asked for inside that transaction: the order of
//! numbers is the order of times. The receipt is stored afterwards, from facts fixed with the entry; whoever comes
//! first wins and everybody else gets that one.

mod entries;
mod quarantine;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use registry_api::{Csv, EntryNumber};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

pub use entries::StoredEntry;
pub(crate) use entries::{Filing, Registered};
pub(crate) use quarantine::Quarantined;

use crate::Error;

/// Longest wait for another process (an operator's command, a backup) that holds the file.
const BUSY: Duration = Duration::from_secs(10);
/// Longest wait for a connection of our own.
const ACQUIRE: Duration = Duration::from_secs(20);
const READERS: u32 = 4;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The entries of one registry.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    reader: SqlitePool,
}

/// What the store gives to a filing at the moment it becomes an entry.
#[derive(Debug, Clone)]
pub(crate) struct Assigned {
    pub(crate) number: EntryNumber,
    pub(crate) registered_at: Timestamp,
    pub(crate) csv: Csv,
}

impl Store {
    /// Opens the file, makes it if it is not there, and brings it to this version.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Migration`].
    pub async fn open(path: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE)
            .connect_with(options.clone())
            .await?;
        MIGRATIONS.run(&writer).await.map_err(Error::Migration)?;
        let reader = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(ACQUIRE)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        Ok(Self { writer, reader })
    }

    /// Opens the file of a registry that may be running, to look at it and nothing else.
    ///
    /// # Errors
    /// [`Error::Store`]; also when the file is not there.
    pub async fn open_for_reading(path: &Path) -> Result<Self, Error> {
        let options =
            SqliteConnectOptions::new().filename(path).busy_timeout(BUSY).pragma("query_only", "ON");
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE)
            .connect_with(options)
            .await?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// Waits for what is being written and closes the file.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// Whether the file answers.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn is_well(&self) -> Result<(), Error> {
        sqlx::query("SELECT count(*) FROM sequences").execute(&self.reader).await?;
        Ok(())
    }
}

/// Times in the store: UTC, three decimals, so that text sorts as time does.
pub(crate) fn written(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(crate) fn read_time(text: &str) -> Result<Timestamp, Error> {
    text.parse().map_err(|_| Error::Damaged { what: "a time" })
}
