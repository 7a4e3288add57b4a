//! The one writer of entries in this process: whatever waits is written together, with one flush to the disk.
//!
//! # Numbers
//!
//! A batch is one transaction. It begins by raising the counter of the only row of `book`, which holds that row until
//! the end: other processes on the same PostgreSQL wait there, and a process that dies lets go of it, because the
//! database says so and no clock. Numbers go on from the last entry that is there, so there is nothing beside the
//! entries that could disagree with them, and what is rolled back leaves no trace. The lock is taken for a batch and
//! not for an entry: at one entry a batch this is the counter row that registries commonly have, and under load, when
//! it matters, hundreds of entries share it. The official time is read while the book is held: the order of numbers is
//! the order of times, whatever process gave them.
//!
//! An entry that the database refuses does not take the others of its batch with it: they are written again one by
//! one. A full disk or a lock that is not given concerns them all. A connection that breaks is tried once more; whatever the first attempt did is found by its keys.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{Timestamp, Unit};
use registry_api::{Csv, EntryNumber, SubmissionKey};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Row as _};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::bulk::{self, Value};
use super::log::{self, Note};
use super::record::{Record, StoredEntry};
use super::rows::Rows;
use super::{Assigned, Database, Draft, Registered, Whose, read_time, search, written};
use crate::metrics::Metrics;
use crate::{Environment, Error};

/// How far the clock may fall behind the last entry and still count as the same moment: a correction by the time
/// service, or another server's clock, not a wrong clock.
const TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);
/// Most writes of one batch.
const MOST: usize = 512;

/// How often the others are let go first, without anything coming of it, before a batch is written.
const PATIENCE: usize = 4;

/// Entries of a book that is worth being looked at.
const FIRST_MARK: i64 = 256;

/// How long nothing is wished before words are taken down.
const REST: Duration = Duration::from_millis(200);
/// Entries after which they are taken down in any case: so many are looked at one by one in each search.
const MOST_WORDLESS: usize = 2 * search::CHUNK;

/// A wish to write.
pub(super) enum Job {
    Entry(Box<Draft>, Answer<Registered>),
    Receipt { entry: i64, body: Vec<u8>, made_at: Timestamp, answer: Answer<Vec<u8>> },
    Note(Note, Answer<()>),
}

type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// What came of one job of a batch that was committed; told only afterwards.
enum Done {
    Entry(Box<Result<Registered, Error>>),
    Receipt(Vec<u8>),
    Note,
}

/// Where the entries of a batch stand in the book.
struct Grown {
    first: i64,
    last: i64,
}

impl Grown {
    fn by(done: &[Done]) -> Option<Self> {
        let positions = || {
            done.iter().filter_map(|done| match done {
                Done::Entry(outcome) => match &**outcome {
                    Ok(Registered::New(entry)) => Some(entry.position),
                    _ => None,
                },
                Done::Receipt(_) | Done::Note => None,
            })
        };
        Some(Self { first: positions().min()?, last: positions().max()? })
    }

    /// Whether the book has become twice as long as it was at the mark before.
    fn past_a_mark(&self) -> bool {
        let half_way = |position: i64| position.checked_ilog2().unwrap_or(0);
        self.last >= FIRST_MARK && half_way(self.first - 1) < half_way(self.last)
    }
}

/// Entries that came since words were last taken down, and how long nobody may wish anything until that is done.
struct Wordless {
    entries: usize,
    rest: Option<Duration>,
}

impl Wordless {
    fn add(&mut self, entries: usize) {
        self.entries += entries;
        if entries > 0 {
            self.rest = Some(REST);
        }
    }
}

pub(super) struct Writer {
    pub(super) database: Database,
    pub(super) pool: AnyPool,
    pub(super) environment: Arc<dyn Environment>,
    pub(super) metrics: Arc<Metrics>,
    /// The end of the book as this process left it.
    pub(super) left: Option<Left>,
    /// Takes words down beside what is written, while much is.
    pub(super) words: Option<JoinHandle<()>>,
}

/// The end of the book as a batch left it: it still is, where nobody has held the book since.
pub(super) struct Left {
    /// How often the book had been held, that time included.
    batches: i64,
    last: Last,
}

impl Writer {
    /// Writes until nobody is left who could wish anything. Words are taken down when nobody wishes anything else, or once
    /// many entries wait for it.
    pub(super) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        // What a former process left, if anything.
        let mut wordless = Wordless { entries: 0, rest: Some(Duration::ZERO) };
        let mut former = 0;
        loop {
            let next = match wordless.rest {
                None => Ok(jobs.recv().await),
                Some(rest) => timeout(rest, jobs.recv()).await,
            };
            let first = match next {
                Ok(Some(first)) => first,
                Ok(None) => break,
                Err(_) => {
                    self.take_words_down(&mut wordless).await;
                    continue;
                }
            };
            let batch = gather(first, &mut jobs, former).await;
            former = batch.len();
            wordless.add(batch.iter().filter_map(Job::draft).count());
            self.write(batch).await;
            if wordless.entries >= MOST_WORDLESS && self.words.as_ref().is_none_or(JoinHandle::is_finished) {
                wordless.entries -= search::CHUNK;
                let (database, pool) = (self.database.clone(), self.pool.clone());
                self.words = Some(tokio::spawn(async move {
                    take_words_down(&database, &pool).await;
                }));
            }
        }
    }

    async fn take_words_down(&self, wordless: &mut Wordless) {
        let more = take_words_down(&self.database, &self.pool).await;
        wordless.entries = wordless.entries.saturating_sub(search::CHUNK);
        wordless.rest = more.then_some(Duration::ZERO);
    }

    async fn write(&mut self, batch: Vec<Job>) {
        let mut result = self.attempt(&batch).await;
        if matches!(&result, Err(Error::Store(error)) if is_connection(error)) {
            result = self.attempt(&batch).await;
        }
        match result {
            Ok(done) => {
                let grown = Grown::by(&done);
                batch.into_iter().zip(done).for_each(|(job, done)| job.tell(done));
                if grown.is_some_and(|grown| grown.past_a_mark()) {
                    self.database.look_at(&self.pool).await;
                    if let Err(error) = search::learn(&self.database, &self.pool).await {
                        tracing::warn!(event = "words", "{error}");
                    }
                }
            }
            // Each for itself, so that only the one at fault fails.
            Err(Error::Store(error)) if batch.len() > 1 && is_of_one(&error) => {
                tracing::warn!(event = "batch", entries = batch.len(), "refused; each for itself: {error}");
                for job in batch {
                    let done = self.attempt(std::slice::from_ref(&job)).await;
                    match done.map(|done| done.into_iter().next()) {
                        Ok(Some(done)) => job.tell(done),
                        Ok(None) => job.fail(Error::Internal { what: "a batch without an outcome" }),
                        Err(error) => job.fail(error),
                    }
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                batch.into_iter().for_each(|job| job.fail(Error::Batch(Arc::clone(&error))));
            }
        }
    }

    async fn attempt(&mut self, batch: &[Job]) -> Result<Vec<Done>, Error> {
        let begun = Instant::now();
        // Whatever breaks off leaves nothing to rely on.
        let left = self.left.take();
        let done = self.transact(batch, left).await;
        self.metrics.wrote(batch.len(), begun.elapsed(), done.is_ok());
        done
    }

    async fn transact(&mut self, batch: &[Job], left: Option<Left>) -> Result<Vec<Done>, Error> {
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        let mut done = Vec::with_capacity(batch.len());
        let drafts: Vec<&Draft> = batch.iter().filter_map(Job::draft).collect();
        let held = match batch.iter().any(Job::needs_the_book) {
            true => Some(hold(&mut transaction).await?),
            false => None,
        };
        let mut last = match (left, held) {
            (left, None) => left.map(|left| left.last),
            (Some(left), Some(held)) if left.batches == held - 1 => Some(left.last),
            (_, Some(_)) => None,
        };
        let entries = match drafts.is_empty() {
            true => Vec::new(),
            false => {
                let last = match last.as_mut() {
                    Some(last) => last,
                    None => last.insert(Last::read(&mut transaction).await?),
                };
                self.entries(&mut transaction, &drafts, last).await?
            }
        };
        let mut notes: Vec<Note> = batch.iter().filter_map(Job::note).collect();
        notes.extend(drafts.iter().zip(entries.as_slice()).filter_map(|(draft, outcome)| match outcome {
            Ok(Registered::New(entry)) => draft.note.as_ref().map(|note| note.of(entry.number.as_str())),
            _ => None,
        }));
        log::append(&mut transaction, notes, self.environment.now()).await?;
        receipts(&mut transaction, batch).await?;
        let mut entries = entries.into_iter();
        for job in batch {
            done.push(match job {
                Job::Entry(..) => {
                    let outcome = entries.next();
                    Done::Entry(Box::new(
                        outcome.ok_or(Error::Internal { what: "an entry without an outcome" })?,
                    ))
                }
                Job::Receipt { entry, .. } => Done::Receipt(kept(&mut transaction, *entry).await?),
                Job::Note(..) => Done::Note,
            });
        }
        transaction.commit().await?;
        self.left = held.zip(last).map(|(batches, last)| Left { batches, last });
        Ok(done)
    }

    /// Numbers and inserts. An error inside the outcomes is of one draft alone; it took no number.
    async fn entries(
        &self,
        connection: &mut AnyConnection,
        drafts: &[&Draft],
        last: &mut Last,
    ) -> Result<Vec<Result<Registered, Error>>, Error> {
        let mut known = by_keys(connection, drafts).await?;
        let mut now = self.environment.now();
        // Another registry's numbers have its time.
        if drafts.iter().any(|draft| matches!(draft.whose, Whose::Own)) {
            now = official_time(now, last.at)?;
        }
        let mut rows = Rows::default();
        let mut outcomes = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if let Some(entry) = known.get(&draft.filing.key) {
                outcomes.push(Ok(match entry.package_sha256 == draft.filing.package_sha256 {
                    true => Registered::Same(entry.clone()),
                    false => Registered::Conflict,
                }));
                continue;
            }
            match self.entry(connection, draft, now, last).await {
                Ok((record, entry)) => {
                    rows.add(record, draft, &entry);
                    known.insert(entry.key, entry.clone());
                    outcomes.push(Ok(Registered::New(entry)));
                }
                // The transaction is of no use any more.
                Err(error @ Error::Store(_)) => return Err(error),
                Err(error) => outcomes.push(Err(error)),
            }
        }
        rows.insert(connection).await?;
        Ok(outcomes)
    }

    async fn entry(
        &self,
        connection: &mut AnyConnection,
        draft: &Draft,
        now: Timestamp,
        last: &mut Last,
    ) -> Result<(Record, StoredEntry), Error> {
        let filing = &draft.filing;
        let (number, registered_at, own) = match &draft.whose {
            Whose::Own => {
                let year = draft.calendar.date_of(now).year();
                let seq = last.of_year(connection, &filing.office, year).await? + 1;
                let number = u32::try_from(seq).ok().and_then(|seq| EntryNumber::new(year, seq).ok());
                (number.ok_or(Error::Clock)?, now, Some((year, seq)))
            }
            Whose::Other { official, .. } => (official.number.clone(), official.registered_at, None),
        };
        let presented = filing.presented.clone().unwrap_or(super::Presented::by_server(registered_at));
        let effective = draft.calendar.effective(presented.at)?;
        let assigned =
            Assigned { number, registered_at, presented, effective, csv: new_csv(&*self.environment)? };
        let finished = (draft.finish)(&assigned)?;

        let mut random = [0; 10];
        self.environment.random(&mut random)?;
        let position = last.position + 1;
        let mut record = draft.filing.record()?;
        // Milliseconds of the version 7 key are those of the entry.
        record.set("entry_id", Value::text(SubmissionKey::new(registered_at, random).as_uuid().to_string()));
        record.set("position", Value::int(position));
        record.set("numbered_by", Value::text(draft.whose.name()));
        record.set("number", Value::text(assigned.number.as_str()));
        record.set("year", Value::Int(own.map(|(year, _)| i64::from(year))));
        record.set("seq", Value::Int(own.map(|(_, seq)| seq)));
        record.set("registered_at", Value::text(written(registered_at)));
        record.set("presented_at", Value::text(written(assigned.presented.at)));
        record.set("presented_at_basis", Value::text(assigned.presented.basis.as_str()));
        record.set("incident_id", Value::Text(assigned.presented.incident.clone()));
        record.set("effective_at", Value::text(written(assigned.effective.at)));
        record.set("effective_on", Value::text(assigned.effective.on.to_string()));
        record.set("due_on", Value::Text(finished.due_on.map(|day: Date| day.to_string())));
        record.set("csv", Value::text(assigned.csv.as_str()));
        record.set("receipt_facts", Value::text(finished.facts));
        record.set("prev_hash", Value::text(last.hash.as_str()));
        record.chain();
        let entry = record.entry()?;
        last.take(&entry, &filing.office, own);
        Ok((record, entry))
    }
}

/// What is written together: what is there. After a batch of many, whoever was answered by it is given the time to come
/// again, which is less than a statement takes: else every other batch would be of the first few alone.
async fn gather(first: Job, jobs: &mut mpsc::Receiver<Job>, former: usize) -> Vec<Job> {
    let mut batch = vec![first];
    let mut idle = 0;
    while batch.len() < MOST {
        if let Ok(next) = jobs.try_recv() {
            batch.push(next);
            idle = 0;
        } else if batch.len() < former && idle < PATIENCE {
            idle += 1;
            tokio::task::yield_now().await;
        } else {
            break;
        }
    }
    batch
}

/// Takes down the words of the next entries, and says whether there may be more.
async fn take_words_down(database: &Database, pool: &AnyPool) -> bool {
    match search::take_down(database, pool, false).await {
        Ok(more) => more,
        Err(Error::Store(sqlx::Error::PoolClosed)) => false,
        // They are found without; the next ones try again.
        Err(error) => {
            tracing::warn!(event = "words", "{error}");
            false
        }
    }
}

impl Job {
    fn draft(&self) -> Option<&Draft> {
        match self {
            Self::Entry(draft, _) => Some(draft),
            Self::Receipt { .. } | Self::Note(..) => None,
        }
    }

    fn note(&self) -> Option<Note> {
        match self {
            Self::Note(note, _) => Some(note.clone()),
            Self::Entry(..) | Self::Receipt { .. } => None,
        }
    }

    fn needs_the_book(&self) -> bool {
        !matches!(self, Self::Receipt { .. })
    }

    // Nobody waiting any more is no fault: the key leads to what was written.
    fn tell(self, done: Done) {
        match (self, done) {
            (Self::Entry(_, answer), Done::Entry(outcome)) => drop(answer.send(*outcome)),
            (Self::Receipt { answer, .. }, Done::Receipt(body)) => drop(answer.send(Ok(body))),
            (Self::Note(_, answer), Done::Note) => drop(answer.send(Ok(()))),
            (job, _) => job.fail(Error::Internal { what: "an outcome of another job" }),
        }
    }

    fn fail(self, error: Error) {
        match self {
            Self::Entry(_, answer) => drop(answer.send(Err(error))),
            Self::Receipt { answer, .. } => drop(answer.send(Err(error))),
            Self::Note(_, answer) => drop(answer.send(Err(error))),
        }
    }
}

/// Takes the book until the end of the transaction, and says how often it has been taken. Whoever else writes waits here.
pub(super) async fn hold(connection: &mut AnyConnection) -> Result<i64, Error> {
    sqlx::query_scalar("UPDATE book SET batches = batches + 1 WHERE id = 1 RETURNING batches")
        .fetch_optional(connection)
        .await?
        .ok_or(Error::Damaged { what: "the book" })
}

/// The end of the book as this batch goes on from it.
struct Last {
    position: i64,
    at: Option<Timestamp>,
    hash: String,
    /// Last number by office and year, as far as this batch asked.
    numbers: HashMap<(String, i16), i64>,
}

impl Last {
    async fn read(connection: &mut AnyConnection) -> Result<Self, Error> {
        let row =
            sqlx::query("SELECT position, registered_at, hash FROM entries ORDER BY position DESC LIMIT 1")
                .fetch_optional(connection)
                .await?;
        let numbers = HashMap::new();
        Ok(match row {
            None => Self { position: 0, at: None, hash: String::new(), numbers },
            Some(row) => Self {
                position: row.try_get("position")?,
                at: Some(read_time(row.try_get("registered_at")?)?),
                hash: row.try_get("hash")?,
                numbers,
            },
        })
    }

    async fn of_year(
        &mut self,
        connection: &mut AnyConnection,
        office: &str,
        year: i16,
    ) -> Result<i64, Error> {
        let key = (office.to_owned(), year);
        if let Some(seq) = self.numbers.get(&key) {
            return Ok(*seq);
        }
        let seq: i64 =
            sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM entries WHERE office = $1 AND year = $2")
                .bind(office)
                .bind(i64::from(year))
                .fetch_one(connection)
                .await?;
        self.numbers.insert(key, seq);
        Ok(seq)
    }

    fn take(&mut self, entry: &StoredEntry, office: &str, own: Option<(i16, i64)>) {
        self.position = entry.position;
        self.at = Some(entry.registered_at);
        self.hash.clone_from(&entry.hash);
        if let Some((year, seq)) = own {
            self.numbers.insert((office.to_owned(), year), seq);
        }
    }
}

async fn receipts(connection: &mut AnyConnection, batch: &[Job]) -> Result<(), Error> {
    let rows = batch.iter().filter_map(|job| match job {
        Job::Receipt { entry, body, made_at, .. } => {
            Some(vec![Value::int(*entry), Value::text(written(*made_at)), Value::Bytes(body.clone())])
        }
        Job::Entry(..) | Job::Note(..) => None,
    });
    // The same order everywhere, so that two processes that make the same receipts do not wait for each other.
    let mut rows: Vec<_> = rows.collect();
    rows.sort_by_key(|row| match row.first() {
        Some(Value::Int(entry)) => *entry,
        _ => None,
    });
    let first = "ON CONFLICT (entry) DO NOTHING";
    bulk::insert(connection, "receipts", &["entry", "made_at", "body"], rows, first).await
}

async fn kept(connection: &mut AnyConnection, entry: i64) -> Result<Vec<u8>, Error> {
    let body = sqlx::query_scalar("SELECT body FROM receipts WHERE entry = $1").bind(entry);
    Ok(body.fetch_one(connection).await?)
}

async fn by_keys(
    connection: &mut AnyConnection,
    drafts: &[&Draft],
) -> Result<HashMap<SubmissionKey, StoredEntry>, Error> {
    // A list of a fixed length, so that the statement is prepared once; the last key fills it up.
    let count = drafts.len().next_power_of_two();
    let text = format!("SELECT * FROM entries WHERE client_request_id IN ({})", bulk::places(count));
    let mut query = sqlx::query(AssertSqlSafe(text));
    for draft in drafts.iter().chain(drafts.last().into_iter().cycle()).take(count) {
        query = query.bind(draft.filing.key.to_string());
    }
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| Record::read(row)?.entry().map(|entry| (entry.key, entry))).collect()
}

/// Whether the connection is gone, rather than the statement refused.
fn is_connection(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed
    ) || error.as_database_error().and_then(|error| error.code()).is_some_and(|code| {
        // Connection exceptions, and a server that shuts down or comes up (PostgreSQL, appendix A).
        code.starts_with("08") || code.starts_with("57P")
    })
}

/// Whether one row is at fault, rather than the database: then the others can be written.
fn is_of_one(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| match code.len() {
        // Data exceptions and integrity violations (PostgreSQL, appendix A).
        5 => code.starts_with("22") || code.starts_with("23"),
        // SQLITE_CONSTRAINT, with or without what it says besides.
        _ => code.parse::<u32>().is_ok_and(|code| code & 0xFF == 19),
    })
}

fn new_csv(environment: &dyn Environment) -> Result<Csv, Error> {
    let mut bits = [0; 16];
    environment.random(&mut bits)?;
    Ok(Csv::from_random(bits))
}

/// The official time of the next entry: never before the last one. Rounded down to milliseconds, as it is stored.
fn official_time(now: Timestamp, last: Option<Timestamp>) -> Result<Timestamp, Error> {
    let options = jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    let now = now.round(options).map_err(|_| Error::Clock)?;
    match last {
        Some(last) if now < last && last.duration_since(now) > TOLERANCE => Err(Error::Clock),
        Some(last) => Ok(now.max(last)),
        None => Ok(now),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_book_is_looked_at_each_time_it_has_doubled() {
        let past = |first, last| Grown { first, last }.past_a_mark();
        assert!(!past(1, 200) && !past(200, 255) && past(250, 256) && past(256, 256));
        assert!(!past(257, 511) && past(1, 512) && past(1_000_000, 1_048_576) && !past(1_048_577, 1_049_000));
    }

    #[test]
    fn the_clock_may_stumble_but_not_run_back() {
        let last = at("2026-03-12T10:00:00.500Z");
        assert_eq!(
            official_time(at("2026-03-12T10:00:01.2349Z"), Some(last)).unwrap(),
            at("2026-03-12T10:00:01.234Z")
        );
        assert_eq!(official_time(at("2026-03-12T09:59:59Z"), Some(last)).unwrap(), last);
        assert!(matches!(official_time(at("2026-03-12T09:59:58Z"), Some(last)), Err(Error::Clock)));
        assert_eq!(official_time(at("2026-03-12T10:00:00.0009Z"), None).unwrap(), at("2026-03-12T10:00:00Z"));
    }
}
