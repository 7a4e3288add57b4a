//! Somebody who watches the readers, puts cards in and waits for what should happen then.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

use anyhow::{Context as _, bail};
use reader::{ReaderEvent, ReaderName};
use virtual_card::{Counts, LineRate, Served, VirtualCard, serve_at};

use crate::wait::PATIENCE;

/// A running watch, and what it has told that nobody has waited for yet.
pub struct Watcher {
    events: Receiver<ReaderEvent>,
    _watch: reader::Watch,
}

impl Watcher {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start() -> anyhow::Result<Self> {
        let (sender, events) = channel();
        let watch = reader::watch(sender).context("watching the readers")?;
        Ok(Self { events, _watch: watch })
    }

    /// The next event, whatever it is.
    ///
    /// # Errors
    /// When none comes.
    pub fn next(&self) -> anyhow::Result<ReaderEvent> {
        match self.events.recv_timeout(PATIENCE) {
            Ok(event) => Ok(event),
            Err(RecvTimeoutError::Timeout) => bail!("nothing happened at the readers for {PATIENCE:?}"),
            Err(RecvTimeoutError::Disconnected) => bail!("the watch has ended"),
        }
    }

    /// Waits for an event that a function makes something of, and passes over the others.
    ///
    /// # Errors
    /// When it does not come.
    pub fn wait_for<T>(&self, mut of: impl FnMut(ReaderEvent) -> Option<T>) -> anyhow::Result<T> {
        loop {
            if let Some(found) = of(self.next()?) {
                return Ok(found);
            }
        }
    }

    /// Waits for a card, in whatever reader.
    ///
    /// # Errors
    /// When none comes.
    pub fn inserted(&self) -> anyhow::Result<ReaderName> {
        self.wait_for(|event| match event {
            ReaderEvent::CardInserted { reader, .. } => Some(reader),
            _ => None,
        })
        .context("waiting for a card")
    }

    /// Waits for a card to leave.
    ///
    /// # Errors
    /// When none does.
    pub fn removed(&self) -> anyhow::Result<ReaderName> {
        self.wait_for(|event| match event {
            ReaderEvent::CardRemoved { reader } => Some(reader),
            _ => None,
        })
        .context("waiting for a card to leave")
    }

    /// Puts a card into a slot of vsmartcard's, on a line of some speed, and waits until it is seen.
    ///
    /// # Errors
    /// When it is not.
    pub fn insert(
        &self,
        card: VirtualCard,
        slot: SocketAddr,
        rate: LineRate,
    ) -> anyhow::Result<(Served, ReaderName)> {
        let served = serve_at(card, slot, rate)?;
        Ok((served, self.inserted()?))
    }

    /// Takes a card out and waits until it is seen to be gone: the next one is not taken for it.
    ///
    /// # Errors
    /// When it is not.
    pub fn remove(&self, served: Served) -> anyhow::Result<VirtualCard> {
        let card = served.remove();
        self.removed()?;
        Ok(card)
    }
}

/// What a card has counted since then.
#[must_use]
pub fn since(before: Counts, after: Counts) -> Counts {
    Counts {
        exchanges: after.exchanges - before.exchanges,
        received: after.received - before.received,
        sent: after.sent - before.sent,
        resets: after.resets - before.resets,
        signatures: after.signatures - before.signatures,
        verifications: after.verifications - before.verifications,
    }
}
