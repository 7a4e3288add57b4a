//! Which database, and how it is opened.
//!
//! One set of queries serves both, through sqlx's `Any` driver: columns are text, whole numbers and bytes, parameters
//! are `$1`, `$2`, …, which both read. The alternative, a trait with one implementation for each database, would say
//! every query twice and let the two drift apart in the one place where they must not. What differs is here and in
//! the two folders of migrations: pragmas and session settings, and how a transaction begins.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, Executor as _};

use crate::Error;

/// Longest wait for another process that holds the file (SQLite) or the book (PostgreSQL).
const BUSY: Duration = Duration::from_secs(10);
/// Longest wait for a connection of our own.
const ACQUIRE: Duration = Duration::from_secs(20);

static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// Where entries are kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Database {
    /// One file, used by one server.
    Sqlite(PathBuf),
    /// A PostgreSQL database by its address (`postgres://user:password@host/name`), shared by any number of servers.
    Postgres(String),
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Make the database if it is not there, and write.
    Write,
    /// The same, by the one writer of entries, who tries again where the connection is gone.
    Batches,
    /// Look, and nothing else.
    Read,
}

impl Database {
    /// Connections that may be open at the same time.
    pub(super) async fn connect(&self, access: Access, most: u32) -> Result<AnyPool, Error> {
        install_default_drivers();
        let options: AnyConnectOptions = self.url(access).parse()?;
        let settings = self.settings(access);
        AnyPoolOptions::new()
            .max_connections(most)
            .acquire_timeout(ACQUIRE)
            // Whoever tries again does not ask first whether it is still there.
            .test_before_acquire(access != Access::Batches)
            .after_connect(move |connection, _| {
                let settings = settings.clone();
                Box::pin(async move {
                    for setting in settings {
                        connection.execute(sqlx::AssertSqlSafe(setting)).await?;
                    }
                    Ok(())
                })
            })
            .connect_with(options)
            .await
            .map_err(Error::Store)
    }

    /// Brings the database to this version. A newer one, or one whose history is another, is refused.
    pub(super) async fn migrate(&self, pool: &AnyPool) -> Result<(), Error> {
        let migrations = match self {
            Self::Sqlite(_) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        };
        migrations.run(pool).await.map_err(Error::Migration)
    }

    /// How a transaction that will write begins. SQLite takes the file at once, so that it never has to give up half
    /// way; in PostgreSQL the first statement takes the row it needs.
    pub(super) const fn begin(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "BEGIN IMMEDIATE",
            Self::Postgres(_) => "BEGIN",
        }
    }

    /// Lets PostgreSQL see how the book has grown. A server with much to do in its first minute would else go on with plans
    /// that were made for an empty one, each reading all of it, until the database looks by itself. SQLite's plans do not
    /// depend on it.
    pub(super) async fn look_at(&self, pool: &AnyPool) {
        // Columns that somebody looks for: the others are many and wide, and most of the time would go to them.
        const LOOK: &str = "ANALYZE entries (position, office, year, seq, number, registered_at, interested_nif, procedure_id, \
             relates_to, csv, client_request_id), entry_words (entry, lexemes)";
        if !matches!(self, Self::Postgres(_)) {
            return;
        }
        match sqlx::query(LOOK).execute(pool).await {
            Ok(_) | Err(sqlx::Error::PoolClosed) => {}
            Err(error) => tracing::warn!(event = "analyze", "{error}"),
        }
    }

    /// Connections that may write: SQLite has one writer at a time by its nature.
    pub(super) const fn writers(&self) -> u32 {
        match self {
            Self::Sqlite(_) => 1,
            Self::Postgres(_) => 4,
        }
    }

    fn url(&self, access: Access) -> String {
        match self {
            Self::Sqlite(path) => {
                let mode = if access == Access::Read { "rw" } else { "rwc" };
                format!("sqlite://{}?mode={mode}", escaped(path))
            }
            Self::Postgres(url) => url.clone(),
        }
    }

    fn settings(&self, access: Access) -> Vec<String> {
        match self {
            Self::Sqlite(_) => {
                let mut settings = vec![format!("PRAGMA busy_timeout = {}", BUSY.as_millis())];
                match access {
                    // FULL: what is committed has reached the disk.
                    Access::Write | Access::Batches => settings.extend(
                        ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"].map(str::to_owned),
                    ),
                    Access::Read => settings.push("PRAGMA query_only = ON".to_owned()),
                }
                settings
            }
            Self::Postgres(_) => {
                let millis = BUSY.as_millis();
                let mut settings = vec![
                    // Whatever the server's default: what is committed has reached the disk, and the standby if
                    // there is a synchronous one.
                    "SET synchronous_commit = on".to_owned(),
                    // An entry anywhere is read as quickly as the next one: without it a page of what is seldom is looked for
                    // from the end of the book.
                    "SET random_page_cost = 1.1".to_owned(),
                    "SET default_transaction_isolation = 'read committed'".to_owned(),
                    format!("SET lock_timeout = {millis}"),
                    // A server that stands still with the book in its hands loses it.
                    format!("SET idle_in_transaction_session_timeout = {millis}"),
                ];
                if access != Access::Read {
                    // A batch has thousands of values and one way to be written: it is not thought over each time.
                    settings.push("SET plan_cache_mode = force_generic_plan".to_owned());
                }
                settings.push(match access {
                    // Whatever is written is looked up by its key. A plan made while the book is empty would read all of it,
                    // and be kept while it grows.
                    Access::Write | Access::Batches => "SET enable_seqscan = off".to_owned(),
                    Access::Read => "SET default_transaction_read_only = on".to_owned(),
                });
                settings
            }
        }
    }
}

/// The address of a PostgreSQL database may hold a password.
impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => f.write_str("Postgres(***)"),
        }
    }
}

/// A path as part of an address: only what can mean nothing else stays as it is.
fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                text.push(char::from(*byte))
            }
            // Writing to a string cannot fail.
            other => drop(write!(text, "%{other:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_parameters() {
        assert_eq!(escaped(Path::new("/var/lib/a b?c=ñ.db")), "/var/lib/a%20b%3Fc%3D%C3%B1.db");
    }

    #[test]
    fn a_password_is_not_printed() {
        let database = Database::Postgres("postgres://registry:secret@db/registry".to_owned());
        assert!(!format!("{database:?}").contains("secret"));
    }
}
