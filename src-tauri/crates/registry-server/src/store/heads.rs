//! How far the book and its log have come, and whether they still hold what a head says of them.

use jiff::Timestamp;
use registry_api::{HEAD_FORMAT, Head};
use sqlx::Row as _;

use super::Store;
use crate::Error;

impl Store {
    /// How far book and log have come.
    pub(crate) async fn head(&self, office: &str, now: Timestamp) -> Result<Head, Error> {
        let (entries, last_entry) =
            self.last("SELECT position, hash FROM entries ORDER BY position DESC LIMIT 1").await?;
        let (acts, last_act) =
            self.last("SELECT position, hash FROM audit_log ORDER BY position DESC LIMIT 1").await?;
        let (format, office) = (HEAD_FORMAT.to_owned(), office.to_owned());
        Ok(Head { format, office, at: now, entries, last_entry, acts, last_act })
    }

    /// Whether both chains still hold what they held when the head was made. Whether they are whole is another question.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn still_holds(&self, head: &Head) -> Result<bool, Error> {
        let entry = self.hash_at("SELECT hash FROM entries WHERE position = $1", head.entries).await?;
        let act = self.hash_at("SELECT hash FROM audit_log WHERE position = $1", head.acts).await?;
        Ok(entry == head.last_entry && act == head.last_act)
    }

    async fn last(&self, query: &'static str) -> Result<(u64, String), Error> {
        let Some(row) = sqlx::query(query).fetch_optional(&self.reader).await? else {
            return Ok((0, String::new()));
        };
        let position: i64 = row.try_get("position")?;
        Ok((
            u64::try_from(position).map_err(|_| Error::Damaged { what: "a position" })?,
            row.try_get("hash")?,
        ))
    }

    /// Empty where nothing is, which is what a head says of the place before the first.
    async fn hash_at(&self, query: &'static str, position: u64) -> Result<String, Error> {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        let hash = sqlx::query_scalar(query).bind(position).fetch_optional(&self.reader).await?;
        Ok(hash.unwrap_or_default())
    }
}
