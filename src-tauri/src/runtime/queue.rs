//! The task that sends what is queued, by itself, for as long as the kiosk runs.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use filing::{Filings, Progress};
use registry_api::{Receipt, Registry, RegistryError, Submission, SubmissionKey};
use session::{Event, FilingWait};
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedSender;
use trust::{Anchors, Context, Policy};

use super::{Message, clock};

/// How often the registry is asked whether it is well when there is nothing to send.
const HEALTH_EVERY: Duration = Duration::from_secs(15);

pub(super) struct Queue {
    pub(super) filings: Filings,
    pub(super) registry: Arc<dyn Registry>,
    pub(super) out: UnboundedSender<Message>,
    pub(super) wake: Arc<Notify>,
}

impl Queue {
    pub(super) async fn work(self) {
        let mut reachable = true;
        loop {
            let heard = self.send_what_is_due().await;
            let well = match heard {
                Some(heard) => heard,
                None => self.registry.health().await.is_ok(),
            };
            let is_back = well && !reachable;
            if well != reachable {
                reachable = well;
                tracing::info!(event = "registry.reachable", reachable);
                self.tell(Event::Registry { reachable });
            }
            if is_back {
                // Nobody waits for a timer.
                self.log(self.filings.hurry(clock::now()).await);
            } else {
                self.pause().await;
            }
        }
    }

    /// Sends what is due; whether the registry was heard from, or `None` when nothing was due.
    async fn send_what_is_due(&self) -> Option<bool> {
        match self.filings.drain(self.registry.as_ref(), clock::now()).await {
            Ok(progress) => {
                let heard = progress
                    .iter()
                    .map(|progress| !matches!(progress, Progress::Waiting { .. }))
                    .reduce(|a, b| a || b);
                progress.into_iter().for_each(|progress| self.report(progress));
                heard
            }
            Err(error) => {
                self.log(Err(error));
                None
            }
        }
    }

    /// Until something was queued, the next filing is due, or it is time to look again.
    async fn pause(&self) {
        let due = self.filings.next_due().await.ok().flatten();
        let until =
            due.map(|due| Duration::try_from(due.duration_since(clock::now())).unwrap_or(Duration::ZERO));
        // Never a busy loop, even if what is due stays due.
        let pause = until.unwrap_or(HEALTH_EVERY).clamp(Duration::from_millis(200), HEALTH_EVERY);
        let _ = tokio::time::timeout(pause, self.wake.notified()).await;
    }

    fn report(&self, progress: Progress) {
        match progress {
            Progress::Registered(receipt) => {
                tracing::info!(event = "filing.registered", key = %receipt.key, number = %receipt.number);
                self.tell(Event::Filed { receipt });
            }
            Progress::Refused { key, code } => {
                tracing::error!(event = "filing.refused", key = %key, code);
                self.tell(Event::FilingWaits { key, wait: FilingWait::Refused });
            }
            Progress::Waiting { key, code } => {
                tracing::warn!(event = "filing.waits", key = %key, code);
                self.tell(Event::FilingWaits { key, wait: FilingWait::Offline });
            }
        }
    }

    fn log(&self, result: Result<(), filing::Error>) {
        if let Err(error) = result {
            tracing::error!(event = "queue.failed", code = error.code(), "{error}");
        }
    }

    fn tell(&self, event: Event) {
        // Without an actor nobody is left to be told.
        let _ = self.out.send(Message::Event(event));
    }
}

/// A registry whose receipts count only when their seal verifies: a receipt that does not is no answer at all.
pub(super) struct Sealed<R> {
    pub(super) registry: R,
    pub(super) anchors: Anchors,
}

impl<R: Registry> Sealed<R> {
    fn check(&self, receipt: Receipt) -> Result<Receipt, RegistryError> {
        let seal = signing::inspect(receipt.document.as_slice())
            .map_err(|_| RegistryError::Nonsense { what: "the receipt's seal does not verify" })?;
        let context = Context { anchors: &self.anchors, intermediates: &seal.certificates };
        trust::verify(&seal.signer, &context, clock::now(), Policy::Seal)
            .map_err(|_| RegistryError::Nonsense { what: "the receipt's seal is not the town's" })?;
        Ok(receipt)
    }
}

#[async_trait]
impl<R: Registry> Registry for Sealed<R> {
    async fn submit(&self, submission: &Submission) -> Result<Receipt, RegistryError> {
        self.check(self.registry.submit(submission).await?)
    }

    async fn receipt(&self, key: SubmissionKey) -> Result<Option<Receipt>, RegistryError> {
        self.registry.receipt(key).await?.map(|receipt| self.check(receipt)).transpose()
    }

    async fn health(&self) -> Result<(), RegistryError> {
        self.registry.health().await
    }
}
