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
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let taken: i64 =
            sqlx::query_scalar("SELECT coalesce(sum(body_size), 0) FROM quarantine WHERE body IS NOT NULL")
                .fetch_one(&mut *transaction)
                .await?;
        let body = (taken.saturating_add(size) <= refused.room).then_some(refused.body);
        sqlx::query(
            "INSERT INTO quarantine (client_request_id, kiosk_id, reason, first_at, last_at, body_sha256, \
             body_size, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) \
             ON CONFLICT (client_request_id, body_sha256, reason) \
             DO UPDATE SET times = times + 1, last_at = excluded.last_at",
        )
        .bind(refused.key.to_string())
        .bind(refused.kiosk)
        .bind(refused.reason)
        .bind(written(refused.at))
        .bind(written(refused.at))
        .bind(Sha256Hex::of(refused.body).as_str())
        .bind(size)
        .bind(body)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}
