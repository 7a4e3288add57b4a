//! The catalogue that the registry serves: asked for at quiet times, believed by the town's seal, kept for the next start,
//! and taken into use between two sessions.
//!
//! A kiosk begins with the catalogue that is part of it, so that nobody waits for another one to be read; the last good one
//! follows in the background. What is not whole, not sealed, or earlier than what is held changes nothing. Of a good one,
//! a file that breaks a rule is left out and told with its line and column, and the rest is used.

mod shelf;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use procedures::Catalogue;
use procedures::search::LazyIndex;
use registry_api::{CatalogueDocument, Catalogues, NotACatalogue, Sha256Hex, SignedCatalogue};
use session::view::Screen;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use trust::{Anchors, Context, Policy};

use self::shelf::Shelf;
use super::{Message, Shown, clock};

/// A catalogue to be taken into use, with its index made.
pub(super) struct Fresh {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) index: Arc<LazyIndex>,
}

/// Where catalogues come from and what they are held against.
pub(crate) struct Supply {
    source: Arc<dyn Catalogues>,
    anchors: Anchors,
    shelf: Shelf,
    pace: Pace,
}

/// When the work is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// How long nothing is read at the start: the first screen comes first, and needs every core.
    pub(crate) settle: Duration,
    /// How often another catalogue is asked for.
    pub(crate) every: Duration,
}

impl Supply {
    /// `anchors` are those of the town's seal; `store` is the encrypted store, beside which the last good one is kept.
    pub(crate) fn new(source: Arc<dyn Catalogues>, anchors: Anchors, store: &Path, pace: Pace) -> Self {
        Self { source, anchors, shelf: Shelf::beside(store), pace }
    }
}

/// The task that keeps the catalogue up to date for as long as the kiosk runs.
pub(super) struct Refresh {
    pub(super) supply: Supply,
    /// What the kiosk began with.
    pub(super) first: Fresh,
    pub(super) shown: watch::Receiver<Shown>,
    pub(super) out: UnboundedSender<Message>,
}

/// What is held, to ask for another and to tell an earlier one.
struct Held {
    tag: Sha256Hex,
    issued_at: Timestamp,
}

/// Why a catalogue is not taken.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("its seal does not fit: {0}")]
    Seal(#[source] signing::Error),
    #[error("its seal is not the town's: {0}")]
    Untrusted(#[source] trust::Refusal),
    #[error(transparent)]
    Format(#[from] NotACatalogue),
    #[error("it is earlier than the one that is held")]
    Earlier,
    #[error("{0}")]
    Rules(#[source] procedures::Error),
    #[error("nothing of it can be used")]
    Empty,
    #[error("the work was broken off")]
    BrokenOff,
}

impl Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Seal(_) => "catalogue.seal",
            Self::Untrusted(_) => "catalogue.untrusted",
            Self::Format(_) => "catalogue.format",
            Self::Earlier => "catalogue.earlier",
            Self::Rules(error) => error.code(),
            Self::Empty => "catalogue.empty",
            Self::BrokenOff => "catalogue.failed",
        }
    }
}

impl Refresh {
    pub(super) async fn work(mut self) {
        tokio::time::sleep(self.supply.pace.settle).await;
        let mut held = self.begin().await;
        // A view that no longer changes is that of a program that ends.
        while self.shown.wait_for(|shown| matches!(shown.view.screen, Screen::Welcome)).await.is_ok() {
            match self.supply.source.catalogue(held.as_ref().map(|held| &held.tag)).await {
                Ok(None) => {}
                Ok(Some(signed)) => {
                    let after = held.as_ref().map(|held| held.issued_at);
                    match self.take(signed, after).await {
                        Ok(taken) => held = Some(taken),
                        Err(error) => {
                            tracing::error!(event = "catalogue.not-taken", code = error.code(), "{error}");
                        }
                    }
                }
                Err(error) => tracing::warn!(event = "catalogue.not-had", code = error.code()),
            }
            tokio::time::sleep(self.supply.pace.every).await;
        }
    }

    /// The last good catalogue takes the place of the one in the program, unless a newer program brought a later one.
    async fn begin(&self) -> Option<Held> {
        let (shelf, anchors) = (self.supply.shelf.clone(), self.supply.anchors.clone());
        let (first, index) = (Arc::clone(&self.first.catalogue), Arc::clone(&self.first.index));
        let found = blocking(move || {
            let found = from_shelf(&shelf, &anchors).filter(|(fresh, _)| !fresh.catalogue.is_behind(&first));
            if found.is_none() {
                // Nobody has searched yet, and whoever does need not wait.
                index.of(&first);
            }
            found
        });
        let (fresh, held) = found.await.flatten()?;
        self.hand_over(fresh);
        Some(held)
    }

    async fn take(&self, signed: SignedCatalogue, after: Option<Timestamp>) -> Result<Held, Refused> {
        let (shelf, anchors) = (self.supply.shelf.clone(), self.supply.anchors.clone());
        let taken = blocking(move || {
            let document = opened(&signed, &anchors, |_| clock::now())?;
            if after.is_some_and(|after| document.issued_at < after) {
                return Err(Refused::Earlier);
            }
            let taken = read(&document)?;
            if let Err(error) = shelf.put(&signed) {
                // It is used all the same; the next start begins with the one before.
                tracing::error!(event = "catalogue.not-kept", "{error}");
            }
            Ok(taken)
        });
        let (fresh, held) = taken.await.unwrap_or(Err(Refused::BrokenOff))?;
        self.hand_over(fresh);
        Ok(held)
    }

    fn hand_over(&self, fresh: Fresh) {
        // Without an actor nobody is left to use it.
        let _ = self.out.send(Message::Catalogue(fresh));
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

/// The last good catalogue. Its seal was valid when it was taken, and need not be any more.
fn from_shelf(shelf: &Shelf, anchors: &Anchors) -> Option<(Fresh, Held)> {
    let signed = shelf.get().unwrap_or_else(|error| {
        tracing::error!(event = "catalogue.not-kept", "{error}");
        None
    })?;
    let taken = opened(&signed, anchors, |document| document.issued_at).and_then(|document| read(&document));
    taken
        .inspect_err(|error| tracing::error!(event = "catalogue.not-taken", code = error.code(), "{error}"))
        .ok()
}

/// The document, once its seal is known to be the town's at a moment.
fn opened(
    signed: &SignedCatalogue,
    anchors: &Anchors,
    at: impl FnOnce(&CatalogueDocument) -> Timestamp,
) -> Result<CatalogueDocument, Refused> {
    let seal = signing::inspect_detached(signed.content.as_bytes(), signed.seal.as_slice())
        .map_err(Refused::Seal)?;
    let document = CatalogueDocument::of_text(&signed.content)?;
    let context = Context { anchors, intermediates: &seal.certificates };
    trust::verify(&seal.signer, &context, at(&document), Policy::Seal).map_err(Refused::Untrusted)?;
    Ok(document)
}

/// The catalogue of a document, ready to be used.
fn read(document: &CatalogueDocument) -> Result<(Fresh, Held), Refused> {
    let loaded = document.files.load().map_err(Refused::Rules)?;
    for error in &loaded.refused {
        tracing::error!(event = "catalogue.refused", code = error.code(), "{error}");
    }
    if loaded.catalogue.shown().next().is_none() {
        return Err(Refused::Empty);
    }
    let index = LazyIndex::default();
    index.of(&loaded.catalogue);
    let fresh = Fresh { catalogue: Arc::new(loaded.catalogue), index: Arc::new(index) };
    Ok((fresh, Held { tag: document.tag(), issued_at: document.issued_at }))
}
