//! What was refused, kept for the staff until they have dealt with it.

use jiff::Timestamp;
use registry_api::{Content, Sha256Hex, SubmissionKey};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{Kind, Note, Store, written};
use crate::Error;

/// One refusal.
pub(crate) struct Quarantined<'a> {
    pub(crate) key: SubmissionKey,
    pub(crate) kiosk: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) body: Content,
    /// Bytes set aside for all refused packages.
    pub(crate) room: i64,
}

impl Store {
    /// Keeps a refused package. The same one refused again for the same reason is counted, not kept twice.
    pub(crate) async fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), Error> {
        let size = i64::try_from(refused.body.len()).unwrap_or(i64::MAX);
        let body_sha256 = refused.body.sha256();
        let key = refused.key.to_string();
        // By what makes it the same, so that it needs no number from anybody.
        let id = Sha256Hex::of(format!("{key} {body_sha256} {}", refused.reason).as_bytes());
        let taken: i64 = sqlx::query_scalar(
            "SELECT CAST(coalesce(sum(body_size), 0) AS BIGINT) FROM quarantine \
             WHERE body IS NOT NULL OR kept = 'store'",
        )
        .fetch_one(&self.reader)
        .await?;
        // Two that come at once may both find the last room: it is a measure, not a wall.
        let has_room = taken.saturating_add(size) <= refused.room;
        if has_room {
            self.documents.keep(Kind::Refused, &body_sha256, &refused.body).await?;
        }
        sqlx::query(
            "INSERT INTO quarantine (id, client_request_id, kiosk_id, reason, first_at, last_at, body_sha256, \
             body_size, kept) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (id) DO UPDATE SET times = quarantine.times + 1, last_at = excluded.last_at",
        )
        .bind(id.as_str().get(..16).unwrap_or_default())
        .bind(key)
        .bind(refused.kiosk)
        .bind(refused.reason)
        .bind(written(refused.at))
        .bind(written(refused.at))
        .bind(body_sha256.as_str())
        .bind(size)
        .bind(if has_room { "store" } else { "none" })
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// A refused package as it came, if it was kept. That it is read stands in the log.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Documents`] or [`Error::Damaged`].
    pub async fn refused_package(&self, id: &str, note: Note) -> Result<Option<Content>, Error> {
        let row = sqlx::query("SELECT body_sha256, body, kept FROM quarantine WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let body = match row.try_get::<String, _>("kept")?.as_str() {
            "store" => Some(self.documents.fetch(Kind::Refused, &hash(&row)?).await?),
            "row" => row.try_get::<Option<Vec<u8>>, _>("body")?.map(Content::from),
            _ => None,
        };
        if body.is_some() {
            self.note(note).await?;
        }
        Ok(body)
    }

    /// Takes a refused package off the list once it has been dealt with. `false` when it is not there.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Documents`].
    pub async fn dismiss(&self, id: &str, note: Note, now: Timestamp) -> Result<bool, Error> {
        let row = sqlx::query("SELECT body_sha256 FROM quarantine WHERE id = $1")
            .bind(id.to_owned())
            .fetch_optional(&self.reader)
            .await?;
        let Some(row) = row else { return Ok(false) };
        let query = sqlx::query("DELETE FROM quarantine WHERE id = $1").bind(id.to_owned());
        let done = self.act(query, note, now).await?;
        // The same package may have been refused for something else too.
        let body_sha256 = hash(&row)?;
        let others: i64 = sqlx::query_scalar("SELECT count(*) FROM quarantine WHERE body_sha256 = $1")
            .bind(body_sha256.as_str().to_owned())
            .fetch_one(&self.pool)
            .await?;
        if others == 0 {
            self.documents.remove(Kind::Refused, &body_sha256).await?;
        }
        Ok(done)
    }
}

fn hash(row: &AnyRow) -> Result<Sha256Hex, Error> {
    let text: String = row.try_get("body_sha256")?;
    text.parse().map_err(|_| Error::Damaged { what: "the hash of a refused package" })
}
