//! What a batch asks the database, besides what its entries bring ([`super::rows`]).

use std::collections::HashMap;

use jiff::Timestamp;
use registry_api::SubmissionKey;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::bulk::{self, TableRows, Value};
use super::page::Ready;
use super::record::{Record, StoredEntry};
use super::written;
use crate::Error;

/// Takes the book until the end of the transaction, and says how often it has been taken. Whoever else writes waits here.
pub(super) async fn hold(connection: &mut AnyConnection) -> Result<i64, Error> {
    sqlx::query_scalar("UPDATE book SET batches = batches + 1 WHERE id = 1 RETURNING batches")
        .fetch_optional(connection)
        .await?
        .ok_or(Error::Damaged { what: "the book" })
}

/// Inserts receipts (of which entry, made when, as they are sent), and says whether there was none before of any of these
/// entries.
pub(super) async fn receipts<'a>(
    connection: &mut AnyConnection,
    receipts: impl Iterator<Item = (i64, Timestamp, &'a [u8])>,
) -> Result<bool, Error> {
    let mut receipts: Vec<_> = receipts.collect();
    // The same order everywhere, so that two processes that make the same receipts do not wait for each other.
    receipts.sort_by_key(|(entry, ..)| *entry);
    let row = |(entry, made_at, body): (i64, _, &[u8])| {
        vec![Value::int(entry), Value::text(written(made_at)), Value::Bytes(body.to_vec())]
    };
    let rows: Vec<_> = receipts.into_iter().map(row).collect();
    let wished = rows.len();
    let rows = TableRows::new("receipts", &["entry", "made_at", "body"], rows).unless_known_by("entry");
    Ok(usize::try_from(bulk::insert(connection, rows).await?) == Ok(wished))
}

/// The receipt that is kept of an entry.
pub(super) async fn kept(connection: &mut AnyConnection, entry: i64) -> Result<Vec<u8>, Error> {
    let body = sqlx::query_scalar("SELECT body FROM receipts WHERE entry = $1").bind(entry);
    Ok(body.fetch_one(connection).await?)
}

/// The entries that the keys of drafts have already.
pub(super) async fn by_keys(
    connection: &mut AnyConnection,
    drafts: &[&Ready],
) -> Result<HashMap<SubmissionKey, StoredEntry>, Error> {
    // A list of a fixed length, so that the statement is prepared once; the last key fills it up.
    let count = drafts.len().next_power_of_two();
    let text = format!("SELECT * FROM entries WHERE client_request_id IN ({})", bulk::places(count));
    let mut query = sqlx::query(AssertSqlSafe(text));
    for ready in drafts.iter().chain(drafts.last().into_iter().cycle()).take(count) {
        query = query.bind(ready.draft.filing.key.to_string());
    }
    let rows = query.fetch_all(connection).await?;
    rows.iter().map(|row| Record::read(row)?.entry().map(|entry| (entry.key, entry))).collect()
}

/// Whether the connection is gone, rather than the statement refused.
pub(super) fn is_connection(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed
    ) || error.as_database_error().and_then(|error| error.code()).is_some_and(|code| {
        // Connection exceptions, and a server that shuts down or comes up (PostgreSQL, appendix A).
        code.starts_with("08") || code.starts_with("57P")
    })
}

/// Whether one row is at fault, rather than the database: then the others can be written.
pub(super) fn is_of_one(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| match code.len() {
        // Data exceptions and integrity violations (PostgreSQL, appendix A).
        5 => code.starts_with("22") || code.starts_with("23"),
        // SQLITE_CONSTRAINT, with or without what it says besides.
        _ => code.parse::<u32>().is_ok_and(|code| code & 0xFF == 19),
    })
}
