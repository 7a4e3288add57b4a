//! What waits for another registry's number, and how far each has come.

use jiff::{SignedDuration, Timestamp};
use registry_api::{Content, Sha256Hex, SubmissionKey};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{Kind, Store, read_time, written};
use crate::Error;

/// Where an intake stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntakeState {
    /// Under way; nothing is lost.
    Pending,
    /// A call was made and its answer lost.
    Unknown,
    /// The other registry will not have it.
    Refused,
    /// It has its number; the entry is there.
    Numbered,
}

impl IntakeState {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Numbered => "numbered",
        }
    }

    fn read(text: &str) -> Result<Self, Error> {
        [Self::Pending, Self::Unknown, Self::Refused, Self::Numbered]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(Error::Damaged { what: "the state of an intake" })
    }
}

/// One intake.
pub(crate) struct Intake {
    pub(crate) key: SubmissionKey,
    pub(crate) package_sha256: Sha256Hex,
    pub(crate) kiosk: String,
    pub(crate) received_at: Timestamp,
    /// The submission as JSON; empty where it was not asked for.
    pub(crate) package: Content,
    /// What the checks found, as JSON.
    pub(crate) checked: String,
    pub(crate) state: IntakeState,
    /// The step that comes next, in the words of whoever makes it.
    pub(crate) step: String,
    /// Whether the call of that step may have been made.
    pub(crate) asked: bool,
    /// Tries of this step that led nowhere.
    pub(crate) tries: i64,
    /// Why it was refused.
    pub(crate) reason: Option<String>,
}

/// The right to work on one intake until it ends or somebody else takes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lease {
    pub(crate) key: SubmissionKey,
    fence: i64,
}

impl Store {
    /// Keeps an intake, unless its key has one.
    pub(crate) async fn keep_intake(&self, intake: &Intake) -> Result<(), Error> {
        let json_sha256 = intake.package.sha256();
        self.documents.keep(Kind::Waiting, &json_sha256, &intake.package).await?;
        let at = written(intake.received_at);
        let kept = sqlx::query(
            "INSERT INTO intakes (client_request_id, package_sha256, kiosk_id, received_at, package, package_json_sha256, checked, \
             state, step, asked, tries, next_at, fence, leased_until) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, 0, 0, $9, 0, $10) \
             ON CONFLICT (client_request_id) DO NOTHING",
        )
        .bind(intake.key.to_string())
        .bind(intake.package_sha256.as_str())
        .bind(intake.kiosk.as_str())
        .bind(at.as_str())
        // It is where documents are kept, by its hash.
        .bind(Vec::<u8>::new())
        .bind(json_sha256.as_str().to_owned())
        .bind(intake.checked.as_str())
        .bind(intake.step.as_str())
        .bind(at.as_str())
        .bind(at.as_str())
        .execute(&self.pool)
        .await?;
        if kept.rows_affected() == 0 {
            // Somebody was quicker with this key. What is not the same to the byte, or has its number, waits for nothing.
            let other = sqlx::query(
                "SELECT 1 FROM intakes WHERE client_request_id = $1 AND (package_json_sha256 <> $2 OR state = 'numbered')",
            )
            .bind(intake.key.to_string())
            .bind(json_sha256.as_str().to_owned())
            .fetch_optional(&self.pool)
            .await?;
            if other.is_some() {
                self.documents.remove(Kind::Waiting, &json_sha256).await?;
            }
        }
        Ok(())
    }

    /// The intake of a key, without its package.
    pub(crate) async fn intake(&self, key: SubmissionKey) -> Result<Option<Intake>, Error> {
        let row = sqlx::query("SELECT * FROM intakes WHERE client_request_id = $1")
            .bind(key.to_string())
            .fetch_optional(&self.reader)
            .await?;
        Ok(row.as_ref().map(read).transpose()?.map(|(intake, _)| intake))
    }

    /// Keys of intakes whose time has come and that nobody works on, the longest waiting first.
    pub(crate) async fn due_intakes(&self, now: Timestamp, most: i64) -> Result<Vec<SubmissionKey>, Error> {
        let rows = sqlx::query(
            "SELECT client_request_id FROM intakes WHERE state IN ('pending', 'unknown') AND next_at <= $1 \
             AND leased_until <= $1 ORDER BY next_at LIMIT $2",
        )
        .bind(written(now))
        .bind(most)
        .fetch_all(&self.reader)
        .await?;
        let key = |row: &AnyRow| row.try_get::<String, _>(0)?.parse().map_err(|_| damaged());
        rows.iter().map(key).collect()
    }

    /// Takes an intake, if it is open and nobody works on it.
    pub(crate) async fn lease_intake(
        &self,
        key: SubmissionKey,
        now: Timestamp,
        length: SignedDuration,
    ) -> Result<Option<(Lease, Intake)>, Error> {
        let row = sqlx::query(
            "UPDATE intakes SET fence = fence + 1, leased_until = $1 WHERE client_request_id = $2 \
             AND state IN ('pending', 'unknown') AND leased_until <= $3 RETURNING *",
        )
        .bind(written(now + length))
        .bind(key.to_string())
        .bind(written(now))
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let lease = Lease { key, fence: row.try_get("fence")? };
        let (mut intake, kept) = read(&row)?;
        if let Some(kept) = kept {
            intake.package = self.documents.fetch(Kind::Waiting, &kept).await?;
        }
        Ok(Some((lease, intake)))
    }

    /// Takes the package of an intake away whose entry is there: its documents are the entry's now.
    pub(crate) async fn forget_package(&self, package: &Content) -> Result<(), Error> {
        self.documents.remove(Kind::Waiting, &package.sha256()).await
    }

    /// Writes a step before the call that it announces, and keeps the intake until then. `false` when somebody else has taken the intake.
    pub(crate) async fn announce(&self, lease: Lease, step: &str, until: Timestamp) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE intakes SET asked = 1, tries = CASE WHEN step = $1 THEN tries + 1 ELSE 1 END, step = $1, \
             leased_until = $2 WHERE client_request_id = $3 AND fence = $4",
        )
        .bind(step)
        .bind(written(until))
        .bind(lease.key.to_string())
        .bind(lease.fence)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Writes what came of the step and gives the intake back. `false` when somebody else has taken it.
    pub(crate) async fn settle(
        &self,
        lease: Lease,
        state: IntakeState,
        asked: bool,
        reason: Option<&str>,
        next_at: Timestamp,
    ) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE intakes SET state = $1, asked = $2, reason = $3, next_at = $4, leased_until = $5 \
             WHERE client_request_id = $6 AND fence = $7",
        )
        .bind(state.as_str())
        .bind(i64::from(asked))
        .bind(reason)
        .bind(written(next_at))
        .bind(written(Timestamp::UNIX_EPOCH))
        .bind(lease.key.to_string())
        .bind(lease.fence)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

fn damaged() -> Error {
    Error::Damaged { what: "an intake" }
}

/// The intake, and the hash by which its package is kept where it does not stand here.
fn read(row: &AnyRow) -> Result<(Intake, Option<Sha256Hex>), Error> {
    let text = |column: &str| -> Result<String, Error> { Ok(row.try_get(column)?) };
    let kept: Option<String> = row.try_get("package_json_sha256")?;
    let kept = kept.map(|hash| hash.parse().map_err(|_| damaged())).transpose()?;
    let intake = Intake {
        key: text("client_request_id")?.parse().map_err(|_| damaged())?,
        package_sha256: text("package_sha256")?.parse().map_err(|_| damaged())?,
        kiosk: text("kiosk_id")?,
        received_at: read_time(&text("received_at")?)?,
        package: row.try_get::<Vec<u8>, _>("package")?.into(),
        checked: text("checked")?,
        state: IntakeState::read(&text("state")?)?,
        step: text("step")?,
        asked: row.try_get::<i64, _>("asked")? == 1,
        tries: row.try_get("tries")?,
        reason: row.try_get("reason")?,
    };
    Ok((intake, kept))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use crate::Machine;
    use crate::store::{Database, Keeping};

    use super::*;

    #[tokio::test]
    async fn a_package_waits_once_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("book.sqlite"));
        let keeping = Keeping::Folder(folder.path().join("documents"));
        let store = Store::open(&database, &keeping, Arc::new(Machine)).await.unwrap();
        let now: Timestamp = "2026-03-12T17:05:00Z".parse().unwrap();
        let key = SubmissionKey::new(now, [7; 10]);
        let intake = |package: &[u8]| Intake {
            key,
            package_sha256: Sha256Hex::of(b"the package"),
            kiosk: "mislata-1".to_owned(),
            received_at: now,
            package: package.to_vec().into(),
            checked: "{}".to_owned(),
            state: IntakeState::Pending,
            step: "hand-in".to_owned(),
            asked: false,
            tries: 0,
            reason: None,
        };
        for package in [b"{}".as_slice(), b"{}", b"{ }"] {
            store.keep_intake(&intake(package)).await.unwrap();
        }
        let other = store.documents.fetch(Kind::Waiting, &Sha256Hex::of(b"{ }")).await;
        assert!(matches!(other, Err(Error::Documents(_))));
        let (lease, leased) =
            store.lease_intake(key, now, SignedDuration::from_secs(9)).await.unwrap().unwrap();
        assert_eq!(leased.package.bytes().unwrap().as_ref(), b"{}");
        // Once it has its number it waits no longer, however late it comes again.
        store.settle(lease, IntakeState::Numbered, true, None, now).await.unwrap();
        store.forget_package(&leased.package).await.unwrap();
        store.keep_intake(&intake(b"{}")).await.unwrap();
        let again = store.documents.fetch(Kind::Waiting, &Sha256Hex::of(b"{}")).await;
        assert!(matches!(again, Err(Error::Documents(_))));
        store.close().await;
    }
}
