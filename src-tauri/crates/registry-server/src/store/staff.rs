//! Members of staff who are not heard, and several readings noted at once.

use jiff::Timestamp;
use sqlx::Row as _;

use super::batch::hold;
use super::log::{self, Note};
use super::{Store, written};
use crate::Error;
use crate::desk::Bar;
use crate::tls::StaffId;

impl Store {
    /// What stands against a member of staff, if anything.
    pub(crate) async fn bar_of(&self, staff: &StaffId) -> Result<Option<Bar>, Error> {
        let rows = sqlx::query(
            "SELECT kind FROM staff_bars WHERE (subject = $1 AND kind = 'suspended') \
             OR (subject = $2 AND kind = 'revoked')",
        )
        .bind(staff.name().to_owned())
        .bind(staff.certificate_sha256().to_string())
        .fetch_all(&self.reader)
        .await?;
        let mut bar = None;
        for row in &rows {
            bar = match row.try_get::<String, _>("kind")?.as_str() {
                "revoked" => return Ok(Some(Bar::Revoked)),
                _ => Some(Bar::Suspended),
            };
        }
        Ok(bar)
    }

    /// Suspends a member of staff by name or allows her again, or revokes a certificate by its SHA-256.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn set_staff(
        &self,
        subject: &str,
        bar: Option<Bar>,
        reason: &str,
        official: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let kind = bar.map(Bar::as_str);
        let note = Note {
            actor: official.to_owned(),
            action: format!("staff.{}", kind.unwrap_or("allowed")),
            subject: subject.to_owned(),
            detail: reason.to_owned(),
        };
        let query = match kind {
            None => sqlx::query("DELETE FROM staff_bars WHERE subject = $1 AND kind = 'suspended'")
                .bind(subject.to_owned()),
            Some(kind) => sqlx::query(
                "INSERT INTO staff_bars (subject, kind, since, reason) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (subject) DO UPDATE SET kind = excluded.kind, since = excluded.since, \
                 reason = excluded.reason",
            )
            .bind(subject.to_owned())
            .bind(kind)
            .bind(written(now))
            .bind(reason.to_owned()),
        };
        self.act(query, note, now).await.map(drop)
    }

    /// Writes several readings into the log, and comes back when they are there.
    pub(crate) async fn note_all(&self, notes: Vec<Note>, now: Timestamp) -> Result<(), Error> {
        if notes.is_empty() {
            return Ok(());
        }
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        log::append(&mut transaction, notes, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}
