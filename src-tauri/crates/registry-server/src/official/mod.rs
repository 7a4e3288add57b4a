//! Whose number it is.
//!
//! A town has one general registry (Law 39/2015, art. 16.1). Where it has none, numbers are ours: [`Own`]. Where it
//! has another, this server is the front that receives, verifies and keeps the evidence, and number and date come from
//! there: [`Behind`], which walks a [`Connector`] step by step. Whoever serves HTTP sees [`OfficialRegistry`] and no
//! more. Nothing here is an entry, and nothing is called presented, before the official number is there.

mod behind;
mod connector;

use std::sync::Arc;

use async_trait::async_trait;
use registry_api::{Content, Sha256Hex, Submission, SubmissionKey};

pub(crate) use behind::Behind;
pub use connector::{Connector, Handed, Reply, Step};

use crate::Error;
use crate::checks::Checked;
use crate::drafting::Drafter;
use crate::store::{Presented, Registered, Store, StoredEntry, Whose};

/// A submission that passed every check.
#[derive(Clone)]
pub(crate) struct Accepted {
    pub(crate) submission: Arc<Submission>,
    /// As it came.
    pub(crate) package: Content,
    pub(crate) package_sha256: Sha256Hex,
    pub(crate) kiosk: String,
    pub(crate) checked: Checked,
    /// When it counts as presented, where that is not when it is registered.
    pub(crate) presented: Option<Presented>,
}

/// What became of a submission.
pub(crate) enum Outcome {
    /// It has its official number; the entry is there. `new` when it was made by this very call.
    Numbered { entry: Box<StoredEntry>, new: bool },
    /// Its key was used for another package.
    Conflict,
    /// Kept and under way, not presented yet.
    Pending,
    /// The official registry was asked and its answer lost; it will be asked what it did.
    Unknown,
    /// The official registry will not have it.
    Refused {
        /// Its stable code, as far as the connector knows one.
        code: String,
    },
}

/// The registry whose numbers count.
#[async_trait]
pub(crate) trait OfficialRegistry: Send + Sync {
    /// Has a submission numbered, or goes on with one that was handed in before. Repeatable for ever: a key leads to
    /// one number.
    ///
    /// # Errors
    /// When our own side fails; then the same call may be made again.
    async fn number(&self, accepted: Accepted) -> Result<Outcome, Error>;

    /// What became of a key and the package that was handed in with it; `None` when nothing was.
    ///
    /// # Errors
    /// When our own side fails.
    async fn state(&self, key: SubmissionKey) -> Result<Option<(Sha256Hex, Outcome)>, Error>;
}

/// Our own numbers. Number and entry are one transaction, so there is no step between them to be stored: either both
/// are there or neither, and asking again tells which.
pub(crate) struct Own {
    pub(crate) store: Store,
    pub(crate) drafter: Arc<Drafter>,
}

#[async_trait]
impl OfficialRegistry for Own {
    async fn number(&self, accepted: Accepted) -> Result<Outcome, Error> {
        let draft = self.drafter.draft(&accepted, Whose::Own)?;
        self.store.register(draft).await.map(outcome)
    }

    async fn state(&self, key: SubmissionKey) -> Result<Option<(Sha256Hex, Outcome)>, Error> {
        entry(&self.store, key).await
    }
}

fn outcome(registered: Registered) -> Outcome {
    match registered {
        Registered::New(entry) => Outcome::Numbered { entry: Box::new(entry), new: true },
        Registered::Same(entry) => Outcome::Numbered { entry: Box::new(entry), new: false },
        Registered::Conflict => Outcome::Conflict,
    }
}

async fn entry(store: &Store, key: SubmissionKey) -> Result<Option<(Sha256Hex, Outcome)>, Error> {
    let entry = store.entry_by_key(key).await?;
    Ok(entry.map(|entry| {
        let package = entry.package_sha256.clone();
        (package, Outcome::Numbered { entry: Box::new(entry), new: false })
    }))
}
