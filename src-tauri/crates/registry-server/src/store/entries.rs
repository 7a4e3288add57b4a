//! Entries as they are looked up, and the walk along their chain.

use registry_api::{EntryNumber, Sha256Hex, SubmissionKey};
use sqlx::Row as _;

use super::record::{Record, StoredEntry};
use super::{Documents, Keeping, Kind, Store};
use crate::Error;
use crate::sir::Annex;

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

    /// The files of an entry: the application, by the name it would travel under, and what came with it.
    pub(crate) async fn annexes_of(&self, entry: &StoredEntry) -> Result<Vec<Annex>, Error> {
        let mut annexes = Vec::new();
        if let Some(application) = &entry.application_sha256 {
            let size = sqlx::query_scalar("SELECT size FROM documents WHERE sha256 = $1")
                .bind(application.as_str())
                .fetch_one(&self.reader)
                .await?;
            annexes.push(Annex { name: "application.pdf".to_owned(), size });
        }
        let rows = sqlx::query("SELECT name, size FROM attachments WHERE entry = $1 ORDER BY place")
            .bind(entry.position)
            .fetch_all(&self.reader)
            .await?;
        for row in rows {
            annexes.push(Annex { name: row.try_get("name")?, size: row.try_get("size")? });
        }
        Ok(annexes)
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

    /// Every document is there and what its hash says. One at a time: they may be large.
    async fn audit_documents(&self) -> Result<(), Error> {
        let mut last = String::new();
        while let Some((sha256, size, content)) = self.next_document(&last).await? {
            let whole = match content {
                Some(content) => Sha256Hex::of(&content) == sha256,
                None => self.documents.is_whole(Kind::Document, &sha256, size).await?,
            };
            if !whole {
                return Err(Error::Damaged { what: "a document" });
            }
            last = sha256.as_str().to_owned();
        }
        Ok(())
    }

    /// The document after this one in the order of hashes, its size, and its content where that still stands in the
    /// database.
    async fn next_document(&self, last: &str) -> Result<Option<(Sha256Hex, i64, Option<Vec<u8>>)>, Error> {
        let row = sqlx::query("SELECT * FROM documents WHERE sha256 > $1 ORDER BY sha256 LIMIT 1")
            .bind(last.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let sha256: String = row.try_get("sha256")?;
        let sha256 = sha256.parse().map_err(|_| Error::Damaged { what: "the hash of a document" })?;
        let content = match row.try_get::<String, _>("kept")?.as_str() {
            "row" => Some(row.try_get("content")?),
            _ => None,
        };
        Ok(Some((sha256, row.try_get("size")?, content)))
    }

    /// Copies the documents of all entries to another place, one at a time, and says how many there are.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Documents`] or [`Error::Damaged`].
    pub async fn copy_documents_to(&self, keeping: &Keeping) -> Result<u64, Error> {
        let there = Documents::open(keeping)?;
        self.each_document(async |sha256| there.bring(&self.documents, sha256).await).await
    }

    /// Brings the documents of all entries here from another place, one at a time, and says how many there are.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Documents`] or [`Error::Damaged`].
    pub async fn bring_documents_from(&self, keeping: &Keeping) -> Result<u64, Error> {
        let there = Documents::open(keeping)?;
        self.each_document(async |sha256| self.documents.bring(&there, sha256).await).await
    }

    async fn each_document(&self, act: impl AsyncFn(&Sha256Hex) -> Result<(), Error>) -> Result<u64, Error> {
        let (mut last, mut count) = (String::new(), 0);
        while let Some((sha256, _, content)) = self.next_document(&last).await? {
            // One that stands in the database comes and goes with it.
            if content.is_none() {
                act(&sha256).await?;
            }
            last = sha256.as_str().to_owned();
            count += 1;
        }
        Ok(count)
    }
}
