//! What the entries of a batch bring into the tables.

use jiff::Timestamp;
use registry_api::{CURE_WORKING_DAYS, Sha256Hex};
use sqlx::AnyConnection;

use super::bulk::{self, TableRows, Value};
use super::record::{NAMES, Record};
use super::{Draft, Whose};
use crate::Error;

/// What a batch inserts, by table.
#[derive(Default)]
pub(super) struct Rows {
    documents: Vec<Vec<Value>>,
    entries: Vec<Vec<Value>>,
    attachments: Vec<Vec<Value>>,
    official: Vec<Vec<Value>>,
    requirements: Vec<Vec<Value>>,
    /// What was signed by which entry, and on which day.
    cures: Vec<(i64, i64, String)>,
}

impl Rows {
    /// What an entry brings with it.
    pub(super) fn add(&mut self, record: Record, draft: &Draft, position: i64, registered_at: Timestamp) {
        for document in &draft.documents {
            self.documents.push(vec![
                Value::text(document.sha256.as_str()),
                Value::int(i64::try_from(document.content.len()).unwrap_or(i64::MAX)),
                // It is where documents are kept.
                Value::Bytes(Vec::new()),
                Value::text("store"),
            ]);
        }
        self.entries.push(record.values());
        for (place, attachment) in (0_i64..).zip(&draft.filing.attachments) {
            self.attachments.push(vec![
                Value::int(position),
                Value::int(place),
                Value::text(attachment.name.as_str()),
                Value::text(attachment.mime.as_str()),
                Value::int(attachment.size),
                Value::text(attachment.sha256.as_str()),
                Value::text(attachment.document.as_str()),
            ]);
        }
        if draft.filing.unsigned.is_some() {
            self.requirements.push(vec![Value::int(position), Value::int(CURE_WORKING_DAYS)]);
        }
        if let Some(cures) = &draft.filing.cures {
            let day = draft.calendar.date_of(registered_at).to_string();
            self.cures.push((cures.entry, position, day));
        }
        if let Whose::Other { official, .. } = &draft.whose
            && let Some(theirs) = &official.receipt
        {
            self.official.push(vec![
                Value::int(position),
                Value::text(theirs.media_type.as_str()),
                Value::text(Sha256Hex::of(&theirs.content).as_str()),
                Value::Bytes(theirs.content.clone()),
            ]);
        }
    }

    /// Inserts all of it.
    pub(super) async fn insert(self, connection: &mut AnyConnection) -> Result<(), Error> {
        let (tables, cures) = self.tables();
        for rows in tables {
            bulk::insert(connection, rows).await?;
        }
        for (cured, by, on) in cures {
            // Whoever signs first has signed; what was resolved meanwhile stays resolved.
            sqlx::query(
                "UPDATE requirements SET cured_by = $1, cured_on = $2 \
                 WHERE entry = $3 AND cured_by IS NULL AND withdrawn_on IS NULL",
            )
            .bind(by)
            .bind(on)
            .bind(cured)
            .execute(&mut *connection)
            .await?;
        }
        Ok(())
    }

    /// Whether [`Self::insert_with_the_book`] can have it.
    pub(super) fn fit_one_statement(&self) -> bool {
        let tables = [&self.documents, &self.entries, &self.attachments, &self.official, &self.requirements];
        self.cures.is_empty() && bulk::fit_one_statement(tables.into_iter().flatten())
    }

    /// Takes the book and inserts all of it, by one statement; nothing if somebody has held the book since it was held so often.
    pub(super) async fn insert_with_the_book(
        self,
        connection: &mut AnyConnection,
        batches: i64,
    ) -> Result<bool, Error> {
        bulk::insert_with_the_book(connection, batches, self.tables().0).await
    }

    /// What is inserted, each after what it refers to, and what has been signed.
    fn tables(mut self) -> ([TableRows; 5], Vec<(i64, i64, String)>) {
        // Two processes that write the same documents meet in the book before they meet here.
        self.documents.sort_by(|one, two| match (one.first(), two.first()) {
            (Some(Value::Text(one)), Some(Value::Text(two))) => one.cmp(two),
            _ => std::cmp::Ordering::Equal,
        });
        let tables = [
            TableRows::new("documents", &["sha256", "size", "content", "kept"], self.documents)
                .unless_known_by("sha256"),
            TableRows::new("entries", &NAMES, self.entries),
            TableRows::new(
                "attachments",
                &["entry", "place", "name", "mime", "size", "sha256", "document"],
                self.attachments,
            ),
            TableRows::new("official_receipts", &["entry", "media_type", "sha256", "content"], self.official),
            TableRows::new("requirements", &["entry", "working_days"], self.requirements),
        ];
        (tables, self.cures)
    }
}
