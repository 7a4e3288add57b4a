//! What a batch adds to the book, written out before the book is held.
//!
//! A number, a time and a hash follow from the entry before. Whoever knows which one that will be can have all of it ready
//! while the database is still busy with the batch before; whoever was wrong throws it away and begins anew.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use registry_api::{Csv, EntryNumber, SubmissionKey};
use sqlx::AnyConnection;

use super::bulk::Value;
use super::last::{Last, official_time};
use super::record::{Record, StoredEntry};
use super::rows::Rows;
use super::{Assigned, Draft, Filing, Presented, Whose, written};
use crate::{Environment, Error};

/// What becomes an entry, with the columns that do not depend on its number and time.
pub(super) struct Ready {
    pub(super) draft: Draft,
    pub(super) record: Record,
}

/// What came of it. A new entry is told as the row that was written; whoever waits for it makes of it what it says.
pub(super) enum Outcome {
    New(Record),
    Same(Box<StoredEntry>),
    Conflict,
}

/// The next entries of the book.
pub(super) struct Page {
    /// The entry before the first: its place and its hash.
    after: (i64, String),
    /// The end of the book once they are in it.
    last: Last,
    rows: Rows,
    outcomes: Vec<Result<Outcome, Error>>,
    /// A key that comes twice has its entry by the first.
    places: HashMap<SubmissionKey, usize>,
}

impl Page {
    /// An empty one, for a book that ends so.
    pub(super) fn after(last: Last) -> Self {
        Self {
            after: (last.position, last.hash.clone()),
            last,
            rows: Rows::default(),
            outcomes: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// Whether the book does end so.
    pub(super) fn follows(&self, last: &Last) -> bool {
        self.after.0 == last.position && self.after.1 == last.hash
    }

    /// Where the book will end.
    pub(super) const fn last(&self) -> &Last {
        &self.last
    }

    /// The office and year of the number that a draft would get now, where its last number has not been asked for yet.
    pub(super) fn lacks<'a>(&self, ready: &'a Ready, now: Timestamp) -> Option<(&'a str, i16)> {
        let draft = &ready.draft;
        // A clock that is wrong is told when the draft is added; another registry's numbers are not ours.
        let at = official_time(now, self.last.at).ok().filter(|_| matches!(draft.whose, Whose::Own))?;
        let (office, year) = (draft.filing.office.as_str(), draft.calendar.date_of(at).year());
        self.last.of_year(office, year).is_none().then_some((office, year))
    }

    /// Asks for the last number of an office in a year.
    pub(super) async fn ask(
        &mut self,
        connection: &mut AnyConnection,
        (office, year): (&str, i16),
    ) -> Result<(), Error> {
        self.last.ask_for_year(connection, office, year).await
    }

    /// Adds what becomes of a draft, where its key has no entry yet, or else says what there is. An error is of this draft
    /// alone; it takes no number.
    pub(super) fn add(
        &mut self,
        ready: &Ready,
        known: Option<&StoredEntry>,
        now: Timestamp,
        environment: &dyn Environment,
    ) {
        let Filing { key, package_sha256, .. } = &ready.draft.filing;
        let told = |entry: StoredEntry| match entry.package_sha256 == *package_sha256 {
            true => Outcome::Same(Box::new(entry)),
            false => Outcome::Conflict,
        };
        let written = self.places.get(key).and_then(|place| self.outcomes.get(*place));
        let outcome = match (known, written) {
            (Some(entry), _) => Ok(told(entry.clone())),
            (None, Some(Ok(Outcome::New(record)))) => record.entry().map(told),
            (None, _) => {
                self.places.insert(*key, self.outcomes.len());
                self.compose(ready, now, environment).map(Outcome::New)
            }
        };
        self.outcomes.push(outcome);
    }

    /// Inserts all of it, and says what came of each draft and where the book ends then.
    pub(super) async fn insert(
        self,
        connection: &mut AnyConnection,
    ) -> Result<(Vec<Result<Outcome, Error>>, Last), Error> {
        self.rows.insert(connection).await?;
        Ok((self.outcomes, self.last))
    }

    /// Whether [`Self::insert_with_the_book`] can have it, where the book has been left so.
    pub(super) fn fits_one_statement(&self, left: &Last) -> bool {
        self.follows(left) && self.rows.fit_one_statement()
    }

    /// The same as [`Self::insert`], taking the book with it, by one statement of PostgreSQL; nothing if somebody has held the
    /// book since it was held so often.
    pub(super) async fn insert_with_the_book(
        self,
        connection: &mut AnyConnection,
        batches: i64,
    ) -> Result<Option<(Vec<Result<Outcome, Error>>, Last)>, Error> {
        let inserted = self.rows.insert_with_the_book(connection, batches).await?;
        Ok(inserted.then_some((self.outcomes, self.last)))
    }

    fn compose(
        &mut self,
        ready: &Ready,
        now: Timestamp,
        environment: &dyn Environment,
    ) -> Result<Record, Error> {
        let Ready { draft, record } = ready;
        let filing = &draft.filing;
        let (number, registered_at, own) = match &draft.whose {
            Whose::Own => {
                let now = official_time(now, self.last.at)?;
                let year = draft.calendar.date_of(now).year();
                let unknown = Error::Internal { what: "a year of which no number is known" };
                let seq = self.last.of_year(&filing.office, year).ok_or(unknown)? + 1;
                let number = u32::try_from(seq).ok().and_then(|seq| EntryNumber::new(year, seq).ok());
                (number.ok_or(Error::Clock)?, now, Some((year, seq)))
            }
            // Another registry's numbers have its time.
            Whose::Other { official, .. } => (official.number.clone(), official.registered_at, None),
        };
        let presented = filing.presented.clone().unwrap_or(Presented::by_server(registered_at));
        let effective = draft.calendar.effective(presented.at)?;
        let csv = new_csv(environment)?;
        let assigned = Assigned { number, registered_at, presented, effective, csv };
        let finished = (draft.finish)(&assigned)?;

        let mut random = [0; 10];
        environment.random(&mut random)?;
        let position = self.last.position + 1;
        let mut record = record.clone();
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
        record.set("incident_id", Value::Text(assigned.presented.incident.as_deref().map(Arc::from)));
        record.set("effective_at", Value::text(written(assigned.effective.at)));
        record.set("effective_on", Value::text(assigned.effective.on.to_string()));
        record.set("due_on", Value::Text(finished.due_on.map(|day: Date| day.to_string().into())));
        record.set("csv", Value::text(assigned.csv.as_str()));
        record.set("receipt_facts", Value::text(finished.facts));
        record.set("prev_hash", Value::text(self.last.hash.as_str()));
        let hash = record.chain();
        let own = own.map(|(year, seq)| (filing.office.as_str(), year, seq));
        self.last.take(position, registered_at, hash, own);
        self.rows.add(record.clone(), draft, position, registered_at);
        Ok(record)
    }
}

fn new_csv(environment: &dyn Environment) -> Result<Csv, Error> {
    let mut bits = [0; 16];
    environment.random(&mut bits)?;
    Ok(Csv::from_random(bits))
}
