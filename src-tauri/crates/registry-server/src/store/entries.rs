//! Entries as they are looked up, and the walk along their chain.

use registry_api::{EntryNumber, Sha256Hex, SubmissionKey};
use sqlx::Row as _;

use super::Store;
use super::record::{Record, StoredEntry};
use crate::Error;

/// Entries read at a time while walking.
const PAGE: i64 = 500;

impl Store {
    /// The entry of a key.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry_by_key(&self, key: SubmissionKey) -> Result<Option<StoredEntry>, Error> {
        let row = sqlx::query("SELECT * FROM entries WHERE client_request_id = $1")
            .bind(key.to_string())
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| Record::read(&row)?.entry()).transpose()
    }

    /// The entry of a number at an office.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry_by_number(
        &self,
        office: &str,
        number: &EntryNumber,
    ) -> Result<Option<StoredEntry>, Error> {
        let row = sqlx::query("SELECT * FROM entries WHERE office = $1 AND number = $2")
            .bind(office)
            .bind(number.as_str())
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| Record::read(&row)?.entry()).transpose()
    }

    /// The receipt of an entry, byte by byte as it is sent, if it has been made.
    pub(crate) async fn receipt_of(&self, entry: &StoredEntry) -> Result<Option<Vec<u8>>, Error> {
        let body = sqlx::query_scalar("SELECT body FROM receipts WHERE entry = $1")
            .bind(entry.position)
            .fetch_optional(&self.reader)
            .await?;
        Ok(body)
    }

    /// The entry of a verification code with its receipt as it was sent, if both are there.
    pub(crate) async fn document_of(&self, csv: &str) -> Result<Option<(StoredEntry, Vec<u8>)>, Error> {
        let row = sqlx::query(
            "SELECT entries.*, body FROM entries JOIN receipts ON entry = position WHERE csv = $1",
        )
        .bind(csv)
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| Ok((Record::read(&row)?.entry()?, row.try_get("body")?))).transpose()
    }

    /// Walks the chain of hashes from the first entry to the last and says how many there are.
    ///
    /// # Errors
    /// [`Error::Damaged`] at the first entry that is not what was written.
    pub async fn audit(&self) -> Result<u64, Error> {
        let mut previous = String::new();
        let mut position = 0;
        let mut count = 0;
        loop {
            let rows = sqlx::query("SELECT * FROM entries WHERE position > $1 ORDER BY position LIMIT $2")
                .bind(position)
                .bind(PAGE)
                .fetch_all(&self.reader)
                .await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let record = Record::read(row)?;
                if !record.follows(&previous) {
                    return Err(Error::Damaged { what: "the chain of entries" });
                }
                let entry = record.entry()?;
                if entry.position != position + 1 {
                    return Err(Error::Damaged { what: "the order of entries" });
                }
                (previous, position, count) = (entry.hash, entry.position, count + 1);
            }
        }
        self.audit_documents().await?;
        Ok(count)
    }

    /// Every document is what its hash says. One at a time: they may be large.
    async fn audit_documents(&self) -> Result<(), Error> {
        let mut last = String::new();
        loop {
            let row = sqlx::query(
                "SELECT sha256, content FROM documents WHERE sha256 > $1 ORDER BY sha256 LIMIT 1",
            )
            .bind(&last)
            .fetch_optional(&self.reader)
            .await?;
            let Some(row) = row else { return Ok(()) };
            let content: Vec<u8> = row.try_get("content")?;
            last = row.try_get("sha256")?;
            if Sha256Hex::of(&content).as_str() != last {
                return Err(Error::Damaged { what: "a document" });
            }
        }
    }
}
