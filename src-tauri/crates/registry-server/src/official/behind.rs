//! Numbers of another registry: the walk along a connector's steps, each written before it is taken.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use registry_api::{Sha256Hex, SubmissionKey};
use tokio::sync::Notify;
use tokio::time::timeout;

use super::{Accepted, Connector, Handed, OfficialRegistry, Outcome, Reply, Step, outcome};
use crate::drafting::Drafter;
use crate::package::Fault;
use crate::store::{Intake, IntakeState, Lease, Official, Store, Whose};
use crate::{Environment, Error};

/// Longest time of one step; a call that takes longer counts as lost.
const LONGEST_STEP: Duration = Duration::from_secs(300);
/// The right to work on an intake, renewed with each step, lasts longer than any of them.
const LEASE: SignedDuration = SignedDuration::from_secs(6 * 60);
/// Most steps taken in a row; a connector that goes round in circles is stopped and tried again later.
const MOST_STEPS: usize = 64;
/// Waits between tries that led nowhere: doubled from the first to the longest.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(600);
/// How often it is looked for work that nobody announced: another process's, or one whose wait is over.
const LOOK: Duration = Duration::from_millis(500);
/// Intakes looked for at a time.
const AT_A_TIME: i64 = 16;

/// Another registry gives the numbers.
pub(crate) struct Behind {
    pub(crate) store: Store,
    pub(crate) drafter: Arc<Drafter>,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) connector: Arc<dyn Connector>,
    /// How long a kiosk is kept waiting for a number before it is told that it will come.
    pub(crate) patience: Duration,
    pub(crate) work: Notify,
}

#[async_trait]
impl OfficialRegistry for Behind {
    async fn number(&self, accepted: Accepted) -> Result<Outcome, Error> {
        let key = accepted.submission.key;
        let checked = serde_json::to_string(&accepted.checked);
        let no_json = |_| Error::Internal { what: "an intake that is no JSON" };
        let intake = Intake {
            key,
            package_sha256: accepted.package_sha256.clone(),
            kiosk: accepted.kiosk.clone(),
            received_at: self.environment.now(),
            package: accepted.package.clone(),
            checked: checked.map_err(no_json)?,
            state: IntakeState::Pending,
            step: self.connector.first().0,
            asked: false,
            tries: 0,
            reason: None,
        };
        self.store.keep_intake(&intake).await?;
        self.work.notify_one();
        // The worker walks, this only waits: whoever hangs up stops nothing.
        let settled = async {
            loop {
                match self.state(key).await? {
                    Some((package, _)) if package != accepted.package_sha256 => return Ok(Outcome::Conflict),
                    Some((_, outcome @ (Outcome::Numbered { .. } | Outcome::Refused { .. }))) => {
                        return Ok(outcome);
                    }
                    _ => tokio::time::sleep(LOOK / 5).await,
                }
            }
        };
        match timeout(self.patience, settled).await {
            Ok(outcome) => outcome,
            Err(_) => Ok(self.state(key).await?.map_or(Outcome::Pending, |(_, outcome)| outcome)),
        }
    }

    async fn state(&self, key: SubmissionKey) -> Result<Option<(Sha256Hex, Outcome)>, Error> {
        if let Some(numbered) = super::entry(&self.store, key).await? {
            return Ok(Some(numbered));
        }
        let Some(intake) = self.store.intake(key).await? else { return Ok(None) };
        let outcome = match intake.state {
            IntakeState::Unknown => Outcome::Unknown,
            IntakeState::Refused => Outcome::Refused { code: intake.reason.unwrap_or_default() },
            // Numbered without an entry is the moment between the two.
            IntakeState::Pending | IntakeState::Numbered => Outcome::Pending,
        };
        Ok(Some((intake.package_sha256, outcome)))
    }
}

impl Behind {
    /// Works on what is due, until the task is dropped.
    pub(crate) async fn work(self: Arc<Self>) {
        loop {
            match self.store.due_intakes(self.environment.now(), AT_A_TIME).await {
                Ok(keys) => {
                    for key in keys {
                        if let Err(error) = self.walk(key).await {
                            tracing::error!(event = "official", %key, code = error.code(), "{error}");
                        }
                    }
                }
                Err(error) => tracing::error!(event = "official", code = error.code(), "{error}"),
            }
            let _ = timeout(LOOK, self.work.notified()).await;
        }
    }

    /// Takes the steps of one intake as far as they go now.
    async fn walk(&self, key: SubmissionKey) -> Result<(), Error> {
        let leased = self.store.lease_intake(key, self.environment.now(), LEASE).await?;
        let Some((lease, intake)) = leased else { return Ok(()) };
        let accepted = self.accepted(&intake).await?;
        let filing = self.drafter.filing(&accepted)?;
        let handed = Handed { submission: &accepted.submission, filing: &filing };
        let (mut step, mut doubtful) = (Step(intake.step.clone()), intake.asked);
        for _ in 0..MOST_STEPS {
            let until = self.environment.now() + LEASE;
            if !self.store.announce(lease, &step.0, until).await? {
                return Ok(());
            }
            let reply = timeout(LONGEST_STEP, self.connector.take(handed, &step, doubtful)).await;
            let now = self.environment.now();
            let later = now + wait(intake.tries);
            let settled = match reply.unwrap_or(Reply::Unknown) {
                Reply::Next(next) => {
                    (step, doubtful) = (next, false);
                    continue;
                }
                Reply::Numbered(official) => {
                    self.numbered(lease, &accepted, official, now).await?;
                    return self.store.forget_package(&intake.package).await;
                }
                Reply::Pending { after } => {
                    let after = SignedDuration::try_from(after).unwrap_or(LONGEST_WAIT);
                    let next_at = now + after.min(LONGEST_WAIT);
                    self.store.settle(lease, IntakeState::Pending, true, None, next_at).await?
                }
                Reply::NotDone => {
                    // What was doubtful before stays so: that this call came to nothing says nothing of the other.
                    self.store.settle(lease, IntakeState::Pending, doubtful, None, later).await?
                }
                Reply::Unknown => self.store.settle(lease, IntakeState::Unknown, true, None, later).await?,
                Reply::Refused { code } => {
                    tracing::warn!(event = "official", %key, code, "refused");
                    self.store.settle(lease, IntakeState::Refused, true, Some(&code), now).await?
                }
            };
            if !settled {
                tracing::warn!(event = "official", %key, "somebody else took it");
            }
            return Ok(());
        }
        tracing::error!(event = "official", %key, "the steps lead nowhere");
        self.store
            .settle(lease, IntakeState::Unknown, true, None, self.environment.now() + LONGEST_WAIT)
            .await?;
        Ok(())
    }

    /// What was accepted, as it was kept: it is not judged again, since certificates expire while things wait.
    async fn accepted(&self, intake: &Intake) -> Result<Accepted, Error> {
        let (store, package) = (self.store.clone(), intake.package.clone());
        let read = tokio::task::spawn_blocking(move || store.spool().submission(&package)).await;
        let submission = match read.map_err(|_| Error::Internal { what: "a package that is read" })? {
            Ok(submission) => submission,
            Err(Fault::Malformed(_)) => return Err(Error::Damaged { what: "an intake" }),
            Err(Fault::File(error)) => return Err(Error::Package(error)),
        };
        Ok(Accepted {
            submission: Arc::new(submission),
            package: intake.package.clone(),
            package_sha256: intake.package_sha256.clone(),
            kiosk: intake.kiosk.clone(),
            checked: serde_json::from_str(&intake.checked)
                .map_err(|_| Error::Damaged { what: "an intake" })?,
            // Number and date are the other registry's.
            presented: None,
        })
    }

    async fn numbered(
        &self,
        lease: Lease,
        accepted: &Accepted,
        official: Official,
        now: Timestamp,
    ) -> Result<(), Error> {
        let whose = Whose::Other { name: self.connector.name().to_owned(), official };
        let draft = self.drafter.draft(accepted, whose)?;
        // A process that dies here finds the number again by the same step, since that was written before.
        if let Outcome::Numbered { entry, .. } = outcome(self.store.register(draft).await?) {
            tracing::info!(
                event = "registered",
                number = entry.number.as_str(),
                key = %entry.key,
                by = self.connector.name(),
            );
        }
        self.store.settle(lease, IntakeState::Numbered, true, None, now).await?;
        Ok(())
    }
}

/// How long to leave it alone after so many tries.
fn wait(tries: i64) -> SignedDuration {
    let doublings = u32::try_from(tries).unwrap_or(0).min(10);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        assert_eq!(wait(0), SignedDuration::from_secs(2));
        assert_eq!(wait(3), SignedDuration::from_secs(16));
        assert_eq!(wait(10_000), LONGEST_WAIT);
        assert!(LEASE.as_secs() > i64::try_from(LONGEST_STEP.as_secs()).unwrap_or(i64::MAX));
    }
}
