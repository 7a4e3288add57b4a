//! What a bridge to another registry implements.

use std::time::Duration;

use async_trait::async_trait;
use registry_api::Submission;

use crate::store::{Filing, Official};

/// The next call to the other registry, in the connector's own words: its name and whatever it needs to know from
/// the steps before, such as the identifier of a draft. It is written to the database before the call is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step(pub String);

/// What is to be numbered.
#[derive(Clone, Copy)]
pub struct Handed<'a> {
    /// The submission with its documents.
    pub submission: &'a Submission,
    /// What the entry says besides number and time.
    pub filing: &'a Filing,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It is done; this one comes next, at once.
    Next(Step),
    /// The number is there.
    Numbered(Official),
    /// The other registry has it and is not ready. It is asked again, as after a lost answer.
    Pending {
        /// How long it wants to be left alone.
        after: Duration,
    },
    /// Certainly nothing happened: it could not be reached, or said that it cannot now.
    NotDone,
    /// The call may or may not have had its effect.
    Unknown,
    /// It will not have it, for good.
    Refused {
        /// Stable code, for staff and statistics; nothing personal.
        code: String,
    },
}

/// Another registry.
///
/// The walk is: the first step is written, then taken; each reply is written before the next step. Where it stopped
/// (a lost answer, a killed process), the last written step is taken again with `doubtful` set, and the connector looks
/// whether its effect is there before it repeats it. One worker at a time walks one filing; a connector must still not
/// believe that it is alone, and act only on what it can identify as its own.
#[async_trait]
pub trait Connector: Send + Sync + 'static {
    /// Its name, as kept with each entry: small letters and digits.
    fn name(&self) -> &'static str;

    /// The first step of any filing.
    fn first(&self) -> Step;

    /// Takes a step. When `doubtful`, the very step may have been taken before, with or without effect.
    async fn take(&self, handed: Handed<'_>, step: &Step, doubtful: bool) -> Reply;
}
