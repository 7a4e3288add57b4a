//! The one writer of entries in this process: whatever waits is written together, with one flush to the disk.
//!
//! # Numbers
//!
//! A batch is one transaction. It begins by raising the counter of the only row of `book`, which holds that row until
//! the end: other processes on the same PostgreSQL wait there, and a process that dies lets go of it, because the
//! database says so and no clock. Numbers go on from the last entry that is there, so there is nothing beside the
//! entries that could disagree with them, and what is rolled back leaves no trace. The lock is taken for a batch and
//! not for an entry: at one entry a batch this is the counter row that registries commonly have, and under load, when
//! it matters, hundreds of entries share it. An official time is only kept if nobody else has
//! held the book since it was read: the order of numbers is the order of times, whatever process gave them.
//!
//! While a batch is written, the next one gathers and is written out as if the book will end where this one ends ([`Page`]). Once
//! the book is held that is looked at again: where somebody else has written meanwhile, or a key is known already, all of it
//! is done anew with the book in hand. In PostgreSQL a batch of entries alone that was written out ahead is one statement, which
//! looks at the book, takes it, inserts and commits: between turns nobody could do anything with the book in hand.
//!
//! An entry that the database refuses does not take the others of its batch with it: they are written again one by
//! one. A full disk or a lock that is not given concerns them all. A connection that breaks is tried once more; whatever the first attempt did is found by its keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::batch::{by_keys, hold, is_connection, is_of_one, kept, receipts};
use super::last::Last;
use super::log::{self, Note};
use super::page::{Outcome, Page, Ready};
use super::writer_threads::WriterThreads;
use super::{Database, search};
use crate::metrics::Metrics;
use crate::{Environment, Error};

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
    Entry(Box<Ready>, Answer<Outcome>),
    Receipt { entry: i64, body: Vec<u8>, made_at: Timestamp, answer: Answer<Vec<u8>> },
    Note(Note, Answer<()>),
}

type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// What came of one job of a batch that was committed; told only afterwards.
enum Done {
    Entry(Box<Result<Outcome, Error>>),
    Receipt(Vec<u8>),
    Note,
}

/// A job, and what came of it.
type Written = (Job, Result<Done, Error>);

/// Where the entries of a batch stand in the book.
struct Grown {
    first: i64,
    last: i64,
}

impl Grown {
    fn by(written: &[Written]) -> Option<Self> {
        let positions = || {
            written.iter().filter_map(|(_, done)| match done {
                Ok(Done::Entry(outcome)) => match &**outcome {
                    Ok(Outcome::New(record)) => record.number("position"),
                    _ => None,
                },
                _ => None,
            })
        };
        Some(Self { first: positions().min()?, last: positions().max()? })
    }

    /// Whether the book has become four times as long as it was at the mark before.
    fn past_a_mark(&self) -> bool {
        let marks = |position: i64| position.checked_ilog2().unwrap_or(0) / 2;
        self.last >= FIRST_MARK && marks(self.first - 1) < marks(self.last)
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
    /// For batches.
    pub(super) batch_pool: AnyPool,
    /// The connection of the batch before, while one follows the other: giving it back and taking it again would be two more
    /// questions. Where there is only one for all, the others come between.
    pub(super) kept: Option<PoolConnection<Any>>,
    pub(super) pool: AnyPool,
    pub(super) environment: Arc<dyn Environment>,
    pub(super) metrics: Arc<Metrics>,
    /// The end of the book as this process left it.
    pub(super) left: Option<Left>,
    /// Takes words down beside what is written, while much is.
    pub(super) words: Option<JoinHandle<()>>,
    /// Where the server does everything else.
    pub(super) server: Handle,
}

/// The end of the book as a batch left it: it still is, where nobody has held the book since.
pub(super) struct Left {
    /// How often the book had been held, that time included.
    batches: i64,
    last: Last,
}

/// What is written next.
struct Next {
    jobs: Vec<Job>,
    /// Its entries, as far as it is known where the book will end.
    page: Option<Page>,
}

impl Next {
    fn after(last: Option<&Last>) -> Self {
        Self { jobs: Vec::new(), page: last.map(|last| Page::after(last.clone())) }
    }

    fn add(&mut self, job: Job, environment: &dyn Environment) {
        if let (Some(page), Some(ready)) = (self.page.as_mut(), job.ready()) {
            let now = environment.now();
            match page.lacks(ready, now) {
                None => page.add(ready, None, now, environment),
                // Only the database knows the first number of a year.
                Some(_) => self.page = None,
            }
        }
        self.jobs.push(job);
    }

    /// The same, where the book ends so: whatever was thought of it before.
    fn now_after(self, last: Option<&Last>, environment: &dyn Environment) -> Self {
        match (&self.page, last) {
            (_, None) => self,
            (Some(page), Some(last)) if page.follows(last) => self,
            (_, Some(last)) => {
                let mut next = Self::after(Some(last));
                self.jobs.into_iter().for_each(|job| next.add(job, environment));
                next
            }
        }
    }
}

impl Writer {
    /// Writes until nobody is left who could wish anything. Words are taken down when nobody wishes anything else, or once
    /// many entries wait for it.
    pub(super) async fn run(mut self, threads: WriterThreads, mut jobs: mpsc::Receiver<Job>) {
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
            let mut next = Next::after(self.left.as_ref().map(|left| &left.last));
            for job in gather(first, &mut jobs, former).await {
                next.add(job, &*self.environment);
            }
            // As long as something comes while the batch before is written. Whoever was in that is told while the next one is.
            let mut written = Vec::new();
            while !next.jobs.is_empty() {
                former = next.jobs.len();
                wordless.add(next.jobs.iter().filter_map(Job::ready).count());
                let environment = Arc::clone(&self.environment);
                let mut coming = Next::after(next.page.as_ref().map(Page::last));
                let server = self.server.clone();
                let mut writing = threads.handle().spawn(self.write(next));
                // There, where they wait: this thread goes on with the batch.
                if !written.is_empty() {
                    server.spawn(async move { tell(written) });
                }
                let mut open = true;
                (self, written) = loop {
                    tokio::select! {
                        biased;
                        done = &mut writing => match done {
                            Ok(done) => break done,
                            // It panicked, which has been told, and took with it what it takes to write.
                            Err(_) => return,
                        },
                        job = jobs.recv(), if open && coming.jobs.len() < MOST => match job {
                            Some(job) => coming.add(job, &*environment),
                            None => open = false,
                        },
                    }
                };
                if Grown::by(&written).is_some_and(|grown| grown.past_a_mark()) {
                    let (database, pool) = (self.database.clone(), self.pool.clone());
                    self.server.spawn(async move { look_at(&database, &pool).await });
                }
                self.take_words_down_beside(&mut wordless);
                next = coming.now_after(self.left.as_ref().map(|left| &left.last), &*environment);
            }
            self.kept = None;
            tell(written);
        }
    }

    /// Takes words down while much is written, once many entries wait for it.
    fn take_words_down_beside(&mut self, wordless: &mut Wordless) {
        if wordless.entries < MOST_WORDLESS || self.words.as_ref().is_some_and(|words| !words.is_finished()) {
            return;
        }
        wordless.entries -= search::CHUNK;
        let (database, pool) = (self.database.clone(), self.pool.clone());
        self.words = Some(self.server.spawn(async move {
            take_words_down(&database, &pool).await;
        }));
    }

    // `&mut`, since a connection that is kept may not be seen from two threads.
    async fn take_words_down(&mut self, wordless: &mut Wordless) {
        let more = take_words_down(&self.database, &self.pool).await;
        wordless.entries = wordless.entries.saturating_sub(search::CHUNK);
        wordless.rest = more.then_some(Duration::ZERO);
    }

    /// Writes a batch, and says what came of each job.
    async fn write(mut self, next: Next) -> (Self, Vec<Written>) {
        let Next { jobs: batch, page } = next;
        let mut result = self.attempt(&batch, page).await;
        if matches!(&result, Err(Error::Store(error)) if is_connection(error)) {
            result = self.attempt(&batch, None).await;
        }
        let written = match result {
            Ok(done) => batch.into_iter().zip(done.into_iter().map(Ok)).collect(),
            // Each for itself, so that only the one at fault fails.
            Err(Error::Store(error)) if batch.len() > 1 && is_of_one(&error) => {
                tracing::warn!(event = "batch", entries = batch.len(), "refused; each for itself: {error}");
                let mut written = Vec::with_capacity(batch.len());
                for job in batch {
                    let done = self.attempt(std::slice::from_ref(&job), None).await.and_then(|done| {
                        done.into_iter().next().ok_or(Error::Internal { what: "a batch without an outcome" })
                    });
                    written.push((job, done));
                }
                written
            }
            Err(error) => {
                let error = Arc::new(error);
                batch.into_iter().map(|job| (job, Err(Error::Batch(Arc::clone(&error))))).collect()
            }
        };
        (self, written)
    }

    async fn attempt(&mut self, batch: &[Job], page: Option<Page>) -> Result<Vec<Done>, Error> {
        let begun = Instant::now();
        // Whatever breaks off leaves nothing to rely on.
        let left = self.left.take();
        let ahead = page.is_some();
        let mut done = match (page, left) {
            (Some(page), Some(left)) if self.fits_one_statement(batch, &page, &left) => {
                match self.write_at_once(page, &left).await {
                    Ok(None) => self.transact(batch, None, None).await,
                    Ok(Some(done)) => Ok(done),
                    Err(error) => Err(error),
                }
            }
            (page, left) => self.transact(batch, page, left).await,
        };
        // What was written out ahead did not ask whether its keys are there already. No fault: it is asked now.
        if ahead && matches!(&done, Err(Error::Store(error)) if is_of_one(error)) {
            done = self.transact(batch, None, None).await;
        }
        self.metrics.wrote(batch.len(), begun.elapsed(), done.is_ok());
        done
    }

    /// Whether a batch is of entries alone and can be written as it was written out ahead, by one statement.
    fn fits_one_statement(&self, batch: &[Job], page: &Page, left: &Left) -> bool {
        matches!(self.database, Database::Postgres(_))
            && batch.iter().all(|job| job.ready().is_some_and(|ready| ready.draft.note.is_none()))
            && page.fits_one_statement(&left.last)
    }

    /// Writes such a batch; nothing of it if somebody else has held the book since.
    async fn write_at_once(&mut self, page: Page, left: &Left) -> Result<Option<Vec<Done>>, Error> {
        let mut connection = self.connection().await?;
        let Some((outcomes, last)) = page.insert_with_the_book(&mut connection, left.batches).await? else {
            return Ok(None);
        };
        self.keep(connection);
        self.left = Some(Left { batches: left.batches + 1, last });
        Ok(Some(outcomes.into_iter().map(|outcome| Done::Entry(Box::new(outcome))).collect()))
    }

    async fn connection(&mut self) -> Result<PoolConnection<Any>, Error> {
        match self.kept.take() {
            Some(kept) => Ok(kept),
            None => Ok(self.batch_pool.acquire().await?),
        }
    }

    fn keep(&mut self, connection: PoolConnection<Any>) {
        self.kept = Some(connection).filter(|_| matches!(self.database, Database::Postgres(_)));
    }

    async fn transact(
        &mut self,
        batch: &[Job],
        page: Option<Page>,
        left: Option<Left>,
    ) -> Result<Vec<Done>, Error> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin_with(self.database.begin()).await?;
        let mut done = Vec::with_capacity(batch.len());
        let drafts: Vec<&Ready> = batch.iter().filter_map(Job::ready).collect();
        // Whoever does not need the book leaves its end as it is.
        let (held, left, untouched) = match batch.iter().any(Job::needs_the_book) {
            true => {
                let held = hold(&mut transaction).await?;
                let left = left.filter(|left| left.batches == held - 1).map(|left| left.last);
                (Some(held), left, None)
            }
            false => (None, None, left),
        };
        let (entries, last) = match drafts.is_empty() {
            true => (Vec::new(), left),
            false => {
                let last = match left {
                    Some(last) => last,
                    None => Last::read(&mut transaction).await?,
                };
                let (entries, last) =
                    Self::entries(&*self.environment, &mut transaction, &drafts, page, last).await?;
                (entries, Some(last))
            }
        };
        let mut notes: Vec<Note> = batch.iter().filter_map(Job::note).collect();
        notes.extend(
            drafts
                .iter()
                .zip(entries.as_slice())
                .filter_map(|(ready, outcome)| match outcome {
                    Ok(Outcome::New(record)) => ready.draft.note.as_ref().zip(record.optional("number")),
                    _ => None,
                })
                .map(|(note, number)| note.of(number)),
        );
        log::append(&mut transaction, notes, self.environment.now()).await?;
        let all_new = receipts(&mut transaction, batch.iter().filter_map(Job::receipt)).await?;
        let mut entries = entries.into_iter();
        for job in batch {
            done.push(match job {
                Job::Entry(..) => {
                    let outcome = entries.next();
                    Done::Entry(Box::new(
                        outcome.ok_or(Error::Internal { what: "an entry without an outcome" })?,
                    ))
                }
                Job::Receipt { body, .. } if all_new => Done::Receipt(body.clone()),
                Job::Receipt { entry, .. } => Done::Receipt(kept(&mut transaction, *entry).await?),
                Job::Note(..) => Done::Note,
            });
        }
        transaction.commit().await?;
        self.keep(connection);
        self.left = held.zip(last).map(|(batches, last)| Left { batches, last }).or(untouched);
        Ok(done)
    }

    /// Numbers and inserts. What was written out before is taken as it is, if the book ends as was thought; if it knows one of
    /// the keys the database refuses all of it.
    async fn entries(
        environment: &dyn Environment,
        connection: &mut AnyConnection,
        drafts: &[&Ready],
        page: Option<Page>,
        last: Last,
    ) -> Result<(Vec<Result<Outcome, Error>>, Last), Error> {
        if let Some(page) = page.filter(|page| page.follows(&last)) {
            return page.insert(connection).await;
        }
        let known = by_keys(connection, drafts).await?;
        let mut page = Page::after(last);
        for ready in drafts {
            let now = environment.now();
            if let Some(lacking) = page.lacks(ready, now) {
                page.ask(connection, lacking).await?;
            }
            page.add(ready, known.get(&ready.draft.filing.key), now, environment);
        }
        page.insert(connection).await
    }
}

/// Tells everybody what came of it.
fn tell(written: Vec<Written>) {
    for (job, done) in written {
        match done {
            Ok(done) => job.tell(done),
            Err(error) => job.fail(error),
        }
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

/// Lets the database see how the book has grown, and learns which words have become common.
async fn look_at(database: &Database, pool: &AnyPool) {
    database.look_at(pool).await;
    match search::learn(database, pool).await {
        Ok(()) | Err(Error::Store(sqlx::Error::PoolClosed)) => {}
        Err(error) => tracing::warn!(event = "words", "{error}"),
    }
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
    fn ready(&self) -> Option<&Ready> {
        match self {
            Self::Entry(ready, _) => Some(ready),
            Self::Receipt { .. } | Self::Note(..) => None,
        }
    }

    fn note(&self) -> Option<Note> {
        match self {
            Self::Note(note, _) => Some(note.clone()),
            Self::Entry(..) | Self::Receipt { .. } => None,
        }
    }

    /// Of which entry, made when, as it is sent.
    fn receipt(&self) -> Option<(i64, Timestamp, &[u8])> {
        match self {
            Self::Receipt { entry, body, made_at, .. } => Some((*entry, *made_at, body)),
            Self::Entry(..) | Self::Note(..) => None,
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Machine;

    #[test]
    fn what_gathered_without_knowing_the_end_of_the_book_is_written_out_once_it_is_known() {
        let end = Last::default();
        let mut other = Last::default();
        other.position = 7;
        for thought in [None, Some(&other), Some(&end)] {
            let next = Next::after(thought).now_after(Some(&end), &Machine);
            assert!(next.page.is_some_and(|page| page.follows(&end)));
        }
        assert!(Next::after(None).now_after(None, &Machine).page.is_none());
    }

    #[test]
    fn the_book_is_looked_at_each_time_it_is_four_times_as_long() {
        let past = |first, last| Grown { first, last }.past_a_mark();
        assert!(!past(1, 200) && !past(200, 255) && past(250, 256) && past(256, 256));
        assert!(
            !past(257, 1023) && past(1, 512) && past(1_000_000, 1_048_576) && !past(1_048_577, 4_194_303)
        );
    }
}
