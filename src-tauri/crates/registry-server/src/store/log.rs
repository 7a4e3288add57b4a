//! The log: who did or read what, each line linked to the one before, none ever changed.

use jiff::Timestamp;
pub use registry_api::office::LoggedAct;
use sha2::{Digest as _, Sha256};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::bulk::{self, TableRows, Value};
use super::{Store, read_time, written};
use crate::Error;

/// Lines read at a time while walking.
const PAGE: i64 = 1000;

/// Something that somebody did or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who: an official, or a kiosk.
    pub actor: String,
    /// What was done, as `entry.show`.
    pub action: String,
    /// On what: a number, a key, a name.
    pub subject: String,
    /// More, as the action has it.
    pub detail: String,
}

impl Note {
    /// The same on another subject.
    pub(super) fn of(&self, subject: &str) -> Self {
        Self { subject: subject.to_owned(), ..self.clone() }
    }
}

/// Adds lines at the end. The book is held: nobody else adds one meanwhile.
pub(super) async fn append(
    connection: &mut AnyConnection,
    notes: Vec<Note>,
    now: Timestamp,
) -> Result<(), Error> {
    if notes.is_empty() {
        return Ok(());
    }
    let last = sqlx::query("SELECT position, hash FROM audit_log ORDER BY position DESC LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    let (mut position, mut hash) = match last {
        None => (0, String::new()),
        Some(row) => (row.try_get("position")?, row.try_get("hash")?),
    };
    let mut rows = Vec::with_capacity(notes.len());
    for note in notes {
        position += 1;
        let Note { actor, action, subject, detail } = note;
        let act = LoggedAct { position, at: now, actor, action, subject, detail };
        let next = chained(&act, &hash);
        rows.push(vec![
            Value::int(position),
            Value::text(written(act.at)),
            Value::text(act.actor),
            Value::text(act.action),
            Value::text(act.subject),
            Value::text(act.detail),
            Value::text(hash),
            Value::text(next.as_str()),
        ]);
        hash = next;
    }
    let columns = &["position", "at", "actor", "action", "subject", "detail", "prev_hash", "hash"];
    bulk::insert(connection, TableRows::new("audit_log", columns, rows)).await?;
    Ok(())
}

impl Store {
    /// The newest lines of the log, newest first; those on one subject if one is named.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn log(&self, subject: Option<&str>, most: i64) -> Result<Vec<LoggedAct>, Error> {
        let rows = sqlx::query(
            "SELECT * FROM audit_log WHERE subject = $1 OR $2 = 1 ORDER BY position DESC LIMIT $3",
        )
        .bind(subject.unwrap_or_default())
        .bind(i64::from(subject.is_none()))
        .bind(most)
        .fetch_all(&self.reader)
        .await?;
        rows.iter().map(read).collect()
    }

    /// Walks the log from its first line to the last and says how many there are.
    pub(super) async fn audit_log(&self) -> Result<u64, Error> {
        let mut previous = String::new();
        let mut position = 0;
        let mut count = 0;
        loop {
            let rows = sqlx::query("SELECT * FROM audit_log WHERE position > $1 ORDER BY position LIMIT $2")
                .bind(position)
                .bind(PAGE)
                .fetch_all(&self.reader)
                .await?;
            if rows.is_empty() {
                return Ok(count);
            }
            for row in &rows {
                let act = read(row)?;
                let (before, hash): (String, String) = (row.try_get("prev_hash")?, row.try_get("hash")?);
                if before != previous || hash != chained(&act, &previous) || act.position != position + 1 {
                    return Err(Error::Damaged { what: "the chain of the log" });
                }
                (previous, position, count) = (hash, act.position, count + 1);
            }
        }
    }
}

fn read(row: &AnyRow) -> Result<LoggedAct, Error> {
    let text = |column: &str| -> Result<String, Error> { Ok(row.try_get(column)?) };
    Ok(LoggedAct {
        position: row.try_get("position")?,
        at: read_time(&text("at")?)?,
        actor: text("actor")?,
        action: text("action")?,
        subject: text("subject")?,
        detail: text("detail")?,
    })
}

/// The hash of a line: everything it says, and the line before. Each part with its length.
fn chained(act: &LoggedAct, previous: &str) -> String {
    let mut hash = Sha256::new();
    for part in [
        "finestreta log 1",
        previous,
        &act.position.to_string(),
        &written(act.at),
        &act.actor,
        &act.action,
        &act.subject,
        &act.detail,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}
