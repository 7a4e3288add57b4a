//! The queue of signed filings and its work.

use jiff::{SignedDuration, Timestamp};
use registry_api::{FilingState, Receipt, Registry, RegistryError, Submission, SubmissionKey};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Error, Filings};

/// First wait after an attempt in vain; doubled each time.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(5);
/// Longest wait between attempts.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// What became of one filing in one pass of [`Filings::drain`].
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// It has its number.
    Registered(Box<Receipt>),
    /// Refused for good, with the registry's code; kept for the staff.
    Refused {
        /// Which filing.
        key: SubmissionKey,
        /// The registry's code.
        code: String,
    },
    /// No number yet; tried again by itself.
    Waiting {
        /// Which filing.
        key: SubmissionKey,
        /// Why, as a stable code.
        code: &'static str,
    },
}

/// One line of the outbox, without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Which filing.
    pub key: SubmissionKey,
    /// Where it stands; never before [`FilingState::Queued`].
    pub state: FilingState,
    /// Procedure id.
    pub procedure: String,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
    /// How often it has been tried.
    pub attempts: u32,
    /// Last code, when it has not been numbered.
    pub code: Option<String>,
    /// Entry number, once numbered.
    pub number: Option<String>,
}

impl Filings {
    /// Puts a signed filing into the queue and drops its draft, in one transaction. Durable when it returns; the
    /// same key again changes nothing.
    ///
    /// # Errors
    /// [`Error::Full`]: nothing was queued, the draft is still there.
    pub async fn enqueue(&self, submission: &Submission, now: Timestamp) -> Result<(), Error> {
        let key = submission.key.to_string();
        let bytes = serde_json::to_vec(submission).map_err(|_| Error::Corrupt { what: "submission" })?;
        let mut transaction = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO queue (key, state, procedure, submission, handed_in_at, due_at) VALUES (?, 'queued', ?, ?, ?, ?)
             ON CONFLICT (key) DO NOTHING",
        )
        .bind(&key)
        .bind(&submission.procedure)
        .bind(bytes)
        .bind(submission.handed_in_at.to_string())
        .bind(now.to_string())
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM draft_files WHERE key = ?").bind(&key).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM drafts WHERE key = ?").bind(&key).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Works once through the filings that are due, oldest first.
    ///
    /// # Errors
    /// Only of the store; what the registry says is [`Progress`].
    pub async fn drain(&self, registry: &dyn Registry, now: Timestamp) -> Result<Vec<Progress>, Error> {
        let due = sqlx::query(
            "SELECT key, state, attempts FROM queue WHERE state IN ('queued', 'unknown') AND due_at <= ?
             ORDER BY handed_in_at",
        )
        .bind(now.to_string())
        .fetch_all(&self.pool)
        .await?;
        let mut progress = Vec::with_capacity(due.len());
        for row in due {
            let key = key_of(&row)?;
            let attempts: u32 = row.try_get("attempts")?;
            let unknown = state_of(&row)? == FilingState::Unknown;
            let outcome = self.attempt(registry, key, unknown).await?;
            progress.push(self.settle(key, attempts, outcome, now).await?);
        }
        Ok(progress)
    }

    /// When the next filing is due, if any waits.
    ///
    /// # Errors
    /// As any read.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, Error> {
        let row = sqlx::query("SELECT MIN(due_at) AS due FROM queue WHERE state IN ('queued', 'unknown')")
            .fetch_one(&self.pool)
            .await?;
        row.try_get::<Option<String>, _>("due")?
            .map(|due| due.parse().map_err(|_| Error::Corrupt { what: "due time" }))
            .transpose()
    }

    /// Makes everything that waits due now: the registry has come back.
    ///
    /// # Errors
    /// As any write.
    pub async fn hurry(&self, now: Timestamp) -> Result<(), Error> {
        sqlx::query("UPDATE queue SET due_at = ? WHERE state IN ('queued', 'unknown') AND due_at > ?")
            .bind(now.to_string())
            .bind(now.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Everything in the queue, oldest first.
    ///
    /// # Errors
    /// As any read.
    pub async fn outbox(&self) -> Result<Vec<OutboxEntry>, Error> {
        let rows = sqlx::query("SELECT * FROM queue ORDER BY handed_in_at").fetch_all(&self.pool).await?;
        rows.iter()
            .map(|row| {
                let handed_in_at: String = row.try_get("handed_in_at")?;
                Ok(OutboxEntry {
                    key: key_of(row)?,
                    state: state_of(row)?,
                    procedure: row.try_get("procedure")?,
                    handed_in_at: handed_in_at.parse().map_err(|_| Error::Corrupt { what: "time" })?,
                    attempts: row.try_get("attempts")?,
                    code: row.try_get("code")?,
                    number: row.try_get("number")?,
                })
            })
            .collect()
    }

    async fn attempt(
        &self,
        registry: &dyn Registry,
        key: SubmissionKey,
        unknown: bool,
    ) -> Result<Result<Receipt, RegistryError>, Error> {
        if unknown {
            match registry.receipt(key).await {
                Ok(Some(receipt)) => return Ok(Ok(receipt)),
                // It never arrived: sent again below.
                Ok(None) => {}
                Err(error) => return Ok(Err(error)),
            }
        }
        let row = sqlx::query("UPDATE queue SET state = 'submitting' WHERE key = ? RETURNING submission")
            .bind(key.to_string())
            .fetch_one(&self.pool)
            .await?;
        let submission: Submission = serde_json::from_slice(row.try_get("submission")?)
            .map_err(|_| Error::Corrupt { what: "submission" })?;
        Ok(registry.submit(&submission).await)
    }

    async fn settle(
        &self,
        key: SubmissionKey,
        attempts: u32,
        outcome: Result<Receipt, RegistryError>,
        now: Timestamp,
    ) -> Result<Progress, Error> {
        let error = match outcome {
            Ok(receipt) => return self.registered(key, receipt).await,
            Err(error) => error,
        };
        if let RegistryError::Refused(problem) = &error {
            self.mark(key, FilingState::Refused, attempts, now, &problem.code).await?;
            return Ok(Progress::Refused { key, code: problem.code.clone() });
        }
        // A request that may have arrived is asked about before it is sent again.
        let state = if error.may_be_registered() { FilingState::Unknown } else { FilingState::Queued };
        let wait = wait(key, attempts, asked_wait(&error));
        self.mark(key, state, attempts, now + wait, error.code()).await?;
        Ok(Progress::Waiting { key, code: error.code() })
    }

    async fn registered(&self, key: SubmissionKey, receipt: Receipt) -> Result<Progress, Error> {
        let bytes = serde_json::to_vec(&receipt).map_err(|_| Error::Corrupt { what: "receipt" })?;
        // The package itself is no longer needed here: the registry keeps it, the kiosk keeps nothing personal longer.
        sqlx::query(
            "UPDATE queue SET state = 'registered', number = ?, registered_at = ?, receipt = ?, submission = NULL, code = NULL WHERE key = ?",
        )
        .bind(receipt.number.to_string())
        .bind(receipt.registered_at.to_string())
        .bind(bytes)
        .bind(key.to_string())
        .execute(&self.pool)
        .await?;
        Ok(Progress::Registered(Box::new(receipt)))
    }

    async fn mark(
        &self,
        key: SubmissionKey,
        state: FilingState,
        attempts: u32,
        due: Timestamp,
        code: &str,
    ) -> Result<(), Error> {
        sqlx::query("UPDATE queue SET state = ?, attempts = ?, due_at = ?, code = ? WHERE key = ?")
            .bind(state.as_str())
            .bind(attempts.saturating_add(1))
            .bind(due.to_string())
            .bind(code)
            .bind(key.to_string())
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn asked_wait(error: &RegistryError) -> Option<SignedDuration> {
    match error {
        RegistryError::Unavailable { retry_after } | RegistryError::Pending { retry_after } => {
            retry_after.and_then(|wait| SignedDuration::try_from(wait).ok())
        }
        _ => None,
    }
}

/// Doubling waits, spread by up to a quarter by the key, so that many kiosks do not return in one wave.
fn wait(key: SubmissionKey, attempts: u32, asked: Option<SignedDuration>) -> SignedDuration {
    let doubled = FIRST_WAIT.saturating_mul(1_i32 << attempts.min(10)).min(LONGEST_WAIT);
    let spread = key.to_string().bytes().fold(0_i32, |sum, byte| (sum * 31 + i32::from(byte)) % 251);
    let own = doubled + doubled.saturating_mul(spread) / 1000;
    asked.map_or(own, |asked| own.max(asked.min(LONGEST_WAIT)))
}

fn key_of(row: &SqliteRow) -> Result<SubmissionKey, Error> {
    row.try_get::<&str, _>("key")?.parse().map_err(|_| Error::Corrupt { what: "key" })
}

fn state_of(row: &SqliteRow) -> Result<FilingState, Error> {
    row.try_get::<&str, _>("state")?.parse().map_err(|_| Error::Corrupt { what: "state" })
}
