//! The encrypted database file.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use secret::StoreKey;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::Error;

/// Drafts and queue. Cheap to clone; all clones share one connection, so writes never wait for each other.
#[derive(Clone)]
pub struct Filings {
    pub(crate) pool: SqlitePool,
}

/// How long what a crash left of a draft may stay.
const DRAFT_DAYS: i64 = 1;
/// How long the receipt of a numbered filing stays on the kiosk.
const RECEIPT_DAYS: i64 = 15;

impl Filings {
    /// Opens the store, or makes it, and brings its schema up to date; whatever was being sent when the last run
    /// ended is marked *unknown*, and what has had its time is purged.
    ///
    /// # Errors
    /// [`Error::WrongKey`] when the file was made with another key; [`Error::Full`]; [`Error::Migration`].
    pub async fn open(file: &Path, key: &StoreKey, now: Timestamp) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            // A raw key: no derivation, so opening costs nothing and the key's strength is its own.
            .pragma("key", raw_key(key))
            .pragma("secure_delete", "ON")
            .journal_mode(SqliteJournalMode::Wal)
            // Once `enqueue` has returned, power may fail: FULL flushes each commit.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        sqlx::migrate!().run(&pool).await.map_err(|error| match error {
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _) => Error::from(error),
            other => Error::Migration(other),
        })?;
        let filings = Self { pool };
        sqlx::query("UPDATE queue SET state = 'unknown' WHERE state = 'submitting'")
            .execute(&filings.pool)
            .await?;
        filings.purge(now).await?;
        Ok(filings)
    }

    /// Removes what has had its time: drafts a crash left, receipts of filings numbered long ago.
    ///
    /// # Errors
    /// As any write.
    pub async fn purge(&self, now: Timestamp) -> Result<(), Error> {
        let before = |days: i64| (now - jiff::SignedDuration::from_hours(24 * days)).to_string();
        sqlx::query("DELETE FROM drafts WHERE changed_at < ?")
            .bind(before(DRAFT_DAYS))
            .execute(&self.pool)
            .await?;
        sqlx::query("DELETE FROM draft_files WHERE key NOT IN (SELECT key FROM drafts)")
            .execute(&self.pool)
            .await?;
        sqlx::query("UPDATE queue SET receipt = NULL WHERE state = 'registered' AND registered_at < ?")
            .bind(before(RECEIPT_DAYS))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Sets how many pages of 4 KiB the file may grow to: the room a town grants the store.
    ///
    /// # Errors
    /// As any write.
    pub async fn limit_pages(&self, pages: u32) -> Result<(), Error> {
        let sql = format!("PRAGMA max_page_count = {pages}");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&self.pool).await?;
        Ok(())
    }

    /// Closes the file. To be awaited before the process ends: a connection torn down by process exit can crash it.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn raw_key(key: &StoreKey) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(69);
    text.push_str("\"x'");
    for byte in key.expose() {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push_str("'\"");
    text
}
