//! The store: the book of entries, in SQLite or PostgreSQL by the same queries.
//!
//! Number, time and entry are one transaction, synced to the disk before it counts; see [`writer`] for how many share
//! one. The receipt is stored afterwards, from facts fixed with the entry; whoever comes first wins and everybody else
//! gets that one.

mod batch;
mod bulk;
mod citizens;
mod database;
mod documents;
mod entries;
mod figures;
mod filing;
mod heads;
mod intakes;
mod kiosks;
mod last;
mod log;
mod looks;
mod office;
mod officials;
mod page;
mod quarantine;
mod record;
mod requirements;
mod rows;
mod search;
mod staff;
mod writer;
mod writer_threads;

use std::sync::Arc;

use jiff::Timestamp;
use registry_api::Sha256Hex;
use sqlx::AnyPool;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

pub(crate) use citizens::Citizen;
pub use database::Database;
pub use documents::{Bucket, Keeping};
pub(crate) use documents::{Documents, Kind};
pub(crate) use figures::By;
pub(crate) use filing::{Assigned, Document, Draft, Finished, Whose};
pub use filing::{Attached, Basis, Corrects, Cures, Filing, NameParts, Official, Presented, TheirReceipt};
pub(crate) use intakes::{Intake, IntakeState, Lease};
pub use kiosks::Invitation;
pub(crate) use kiosks::Kept;
pub use log::{LoggedAct, Note};
pub use office::{Correction, KioskState, Query, Refusal, Whole};
pub use officials::AuthorisedOfficial;
pub(crate) use quarantine::Quarantined;
pub use record::{Relation, StoredEntry};
pub(crate) use requirements::StoredRequirement;

use crate::metrics::Metrics;
use crate::package::Spool;
use crate::{Calendar, Environment, Error};
use database::Access;
use page::{Outcome, Ready};
use writer::{Job, Writer};
use writer_threads::WriterThreads;

const READERS: u32 = 8;
/// Jobs that may wait for the writer. Whoever comes then waits for a place.
const WAITING: usize = 1024;

/// What came of a registration.
#[derive(Debug)]
pub enum Registered {
    /// A new entry.
    New(StoredEntry),
    /// The same package had been registered under the key.
    Same(StoredEntry),
    /// Another package had been registered under the key.
    Conflict,
}

/// The entries of one registry. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    database: Database,
    /// For batches: the writer's.
    batch_pool: AnyPool,
    /// For what is written besides entries and receipts.
    pool: AnyPool,
    reader: AnyPool,
    writer: Option<mpsc::Sender<Job>>,
    documents: Documents,
    metrics: Arc<Metrics>,
}

impl Store {
    /// Opens the database and the place for documents, makes them if they are not there, and brings the database to this
    /// version.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Migration`], [`Error::Documents`] or [`Error::File`].
    pub async fn open(
        database: &Database,
        keeping: &Keeping,
        environment: Arc<dyn Environment>,
    ) -> Result<Self, Error> {
        let documents = Documents::open(keeping)?;
        let pool = database.connect(Access::Write, database.writers()).await?;
        let reader = match database.migrate(&pool).await {
            Ok(()) => database.connect(Access::Read, READERS).await,
            Err(error) => Err(error),
        };
        let reader = match reader {
            Ok(reader) => reader,
            Err(error) => {
                pool.close().await;
                return Err(error);
            }
        };
        let (threads, batch_pool) = match Self::ready_to_write(database, &pool).await {
            Ok(ready) => ready,
            Err(error) => {
                reader.close().await;
                pool.close().await;
                return Err(error);
            }
        };
        let (writer, jobs) = mpsc::channel(WAITING);
        let metrics = Arc::new(Metrics::default());
        let (database, counters) = (database.clone(), Arc::clone(&metrics));
        let task = Writer {
            database: database.clone(),
            batch_pool: batch_pool.clone(),
            kept: None,
            pool: pool.clone(),
            environment,
            metrics: counters,
            left: None,
            words: None,
            server: Handle::current(),
        };
        threads.handle().clone().spawn(task.run(threads, jobs));
        Ok(Self { database, batch_pool, pool, reader, writer: Some(writer), documents, metrics })
    }

    /// What batches are written on and through: a connection that nobody else has, where there may be several.
    async fn ready_to_write(database: &Database, pool: &AnyPool) -> Result<(WriterThreads, AnyPool), Error> {
        let threads = WriterThreads::start()?;
        let batch_pool = match database {
            Database::Sqlite(_) => pool.clone(),
            Database::Postgres(_) => {
                let database = database.clone();
                let connected =
                    threads.handle().spawn(async move { database.connect(Access::Batches, 1).await });
                connected.await.map_err(|_| Error::Internal { what: "the writer's connection" })??
            }
        };
        Ok((threads, batch_pool))
    }

    /// Opens the database of a registry that may be running, to look at it and nothing else.
    ///
    /// # Errors
    /// [`Error::Store`]; also when it is not there.
    pub async fn open_for_reading(database: &Database, keeping: &Keeping) -> Result<Self, Error> {
        let documents = Documents::open(keeping)?;
        let pool = database.connect(Access::Read, 1).await?;
        let metrics = Arc::default();
        let database = database.clone();
        let (batch_pool, reader) = (pool.clone(), pool.clone());
        Ok(Self { database, batch_pool, pool, reader, writer: None, documents, metrics })
    }

    /// What is counted while it is open.
    pub(crate) fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// Waits for what is being written and closes the database. A program that ends without it takes the ground from
    /// under SQLite's threads, which may still be at work in what OpenSSL has put away by then.
    pub async fn close(&self) {
        self.reader.close().await;
        self.batch_pool.close().await;
        self.pool.close().await;
    }

    /// Where packages are set down that are on their way.
    pub(crate) const fn spool(&self) -> &Spool {
        self.documents.spool()
    }

    /// Takes away, beside all else, what a process that fell has left half-written.
    pub(crate) fn sweep(&self, now: Timestamp) {
        let documents = self.documents.clone();
        // Nobody waits for it.
        let _detached = tokio::task::spawn_blocking(move || match documents.sweep(now) {
            Ok(0) => {}
            Ok(swept) => tracing::info!(event = "swept", swept),
            Err(error) => tracing::warn!(event = "swept", "{error}"),
        });
    }

    /// Whether the database answers, and the place for documents.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Documents`].
    pub(crate) async fn is_well(&self) -> Result<(), Error> {
        sqlx::query("SELECT batches FROM book").execute(&self.reader).await?;
        self.documents.is_well().await
    }

    /// Makes the draft an entry, unless its key has one already. Its documents are kept first.
    pub(crate) async fn register(&self, draft: Draft) -> Result<Registered, Error> {
        for document in &draft.documents {
            self.documents.keep(Kind::Document, &document.sha256, &document.content).await?;
        }
        // Before it is the writer's turn, which is for one at a time.
        let record = draft.filing.record()?;
        match self.wish(|answer| Job::Entry(Box::new(Ready { draft, record }), answer)).await? {
            Outcome::New(record) => record.entry().map(Registered::New),
            Outcome::Same(entry) => Ok(Registered::Same(*entry)),
            Outcome::Conflict => Ok(Registered::Conflict),
        }
    }

    /// Makes an entry of what the office has at hand, without a form: the same numbering as any other's.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Clock`], [`Error::Calendar`].
    pub async fn enter(
        &self,
        filing: Filing,
        contents: Vec<Vec<u8>>,
        calendar: &Arc<Calendar>,
        note: Option<Note>,
    ) -> Result<Registered, Error> {
        let document = |bytes: Vec<u8>| Document { sha256: Sha256Hex::of(&bytes), content: bytes.into() };
        self.register(Draft {
            filing,
            documents: contents.into_iter().map(document).collect(),
            whose: Whose::Own,
            calendar: Arc::clone(calendar),
            note,
            finish: Box::new(|_| Ok(Finished { facts: String::new(), due_on: None })),
        })
        .await
    }

    /// Writes what somebody did or read into the log, and comes back when it is there.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn note(&self, note: Note) -> Result<(), Error> {
        self.wish(|answer| Job::Note(note, answer)).await
    }

    /// Keeps a receipt for ever and gives back the one that is kept: whoever made another meanwhile was first.
    pub(crate) async fn keep_receipt(
        &self,
        entry: &StoredEntry,
        body: Vec<u8>,
        made_at: Timestamp,
    ) -> Result<Vec<u8>, Error> {
        let entry = entry.position;
        self.wish(|answer| Job::Receipt { entry, body, made_at, answer }).await
    }

    async fn wish<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Job + Send,
    ) -> Result<T, Error> {
        let gone = Error::Internal { what: "the writer is gone" };
        let writer = self.writer.as_ref().ok_or(Error::Internal { what: "a store opened for reading" })?;
        let (answer, told) = oneshot::channel();
        if writer.send(job(answer)).await.is_err() {
            return Err(gone);
        }
        told.await.map_err(|_| gone)?
    }
}

/// Times in the store: UTC, three decimals, so that text sorts as time does.
pub(crate) fn written(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(crate) fn read_time(text: &str) -> Result<Timestamp, Error> {
    text.parse().map_err(|_| Error::Damaged { what: "a time" })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_so_that_text_sorts_as_time_does() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(written(at("2026-03-12T10:00:00Z")), "2026-03-12T10:00:00.000Z");
        assert_eq!(written(at("2026-03-12T10:00:00.25Z")), "2026-03-12T10:00:00.250Z");
    }
}
