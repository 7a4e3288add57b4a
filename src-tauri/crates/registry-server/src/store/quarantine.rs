//! What was refused, kept for the staff until they have dealt with it.

use jiff::Timestamp;
use registry_api::{Sha256Hex, SubmissionKey};

use super::{Store, written};
use crate::Error;

/// One refusal.
pub(crate) struct Quarantined<'a> {
    pub(crate) key: SubmissionKey,
    pub(crate) kiosk: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) at: Timestamp,
    pub(crate) body: &'a [u8],
    /// Bytes set aside for all refused packages.
    pub(crate) room: i64,
}

impl Store {
    /// Keeps a refused package. The same one refused again for the same reason is counted, not kept twice.
    pub(crate) async fn quarantine(&self, refused: &Quarantined<'_>) -> Result<(), Error> {
        let size = i64::try_from(refused.body.len()).unwrap_or(i64::MAX);
        let body_sha256 = Sha256Hex::of(refused.body);
        let key = refused.key.to_string();
        // By what makes it the same, so that it needs no number from anybody.
        let id = Sha256Hex::of(format!("{key} {body_sha256} {}", refused.reason).as_bytes());
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        let taken: i64 = sqlx::query_scalar(
            "SELECT CAST(coalesce(sum(body_size), 0) AS BIGINT) FROM quarantine WHERE body IS NOT NULL",
        )
        .fetch_one(&mut *transaction)
        .await?;
        let body = (taken.saturating_add(size) <= refused.room).then(|| refused.body.to_vec());
        sqlx::query(
            "INSERT INTO quarantine (id, client_request_id, kiosk_id, reason, first_at, last_at, body_sha256, \
             body_size, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
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
        .bind(body)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}
