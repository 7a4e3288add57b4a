//! The registry as the rest of the program sees it.

use std::time::Duration;

use async_trait::async_trait;

use crate::{Problem, Receipt, Submission, SubmissionKey};

/// A registry of entries. Whoever calls decides when to try again; nothing here retries by itself.
#[async_trait]
pub trait Registry: Send + Sync {
    /// Hands a package in. Repeating it with the same package answers the same receipt.
    ///
    /// # Errors
    /// See [`RegistryError`]; after [`RegistryError::Unknown`] ask [`Registry::receipt`] before trying again.
    async fn submit(&self, submission: &Submission) -> Result<Receipt, RegistryError>;

    /// The receipt of what was registered under `key`; `None` when nothing was.
    ///
    /// # Errors
    /// See [`RegistryError`].
    async fn receipt(&self, key: SubmissionKey) -> Result<Option<Receipt>, RegistryError>;

    /// Whether the registry can register now.
    ///
    /// # Errors
    /// See [`RegistryError`].
    async fn health(&self) -> Result<(), RegistryError>;
}

/// Why there is no receipt. The variants differ in what may have happened at the other side.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegistryError {
    /// Nothing was sent: no route, no name, no connection, no trust in the other side. Nothing is registered.
    #[error("the registry cannot be reached")]
    Unreachable {
        /// The cause, for the log.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// It was sent and the answer was lost: it may be registered or not.
    #[error("the registry's answer was lost")]
    Unknown {
        /// The cause, for the log.
        #[source]
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    },
    /// The registry refused it for good: sending the same again will be refused again.
    #[error("the registry refused: {}", .0.code)]
    Refused(Box<Problem>),
    /// The registry keeps it and waits for the number of the official registry: it is not presented yet.
    #[error("the official number is not there yet")]
    Pending {
        /// How long it asks to wait, if it does.
        retry_after: Option<Duration>,
    },
    /// The registry cannot do it now.
    #[error("the registry is not available now")]
    Unavailable {
        /// How long it asks to wait, if it does.
        retry_after: Option<Duration>,
    },
    /// The answer is not one this contract allows: a wrong address, a proxy in between, or a broken registry.
    #[error("the registry's answer makes no sense: {what}")]
    Nonsense {
        /// What is wrong with it.
        what: &'static str,
    },
}

impl RegistryError {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "registry.unreachable",
            Self::Unknown { .. } => "registry.unknown",
            Self::Refused(_) => "registry.refused",
            Self::Pending { .. } => "registry.pending",
            Self::Unavailable { .. } => "registry.unavailable",
            Self::Nonsense { .. } => "registry.nonsense",
        }
    }

    /// Whether time may cure it. The others need a person.
    #[must_use]
    pub const fn is_recoverable(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Unknown { .. }
            | Self::Pending { .. }
            | Self::Unavailable { .. } => true,
            Self::Refused(_) | Self::Nonsense { .. } => false,
        }
    }

    /// Whether the package may have been registered all the same, so that its receipt is to be asked for first.
    #[must_use]
    pub const fn may_be_registered(&self) -> bool {
        match self {
            Self::Unknown { .. }
            | Self::Pending { .. }
            | Self::Unavailable { .. }
            | Self::Nonsense { .. } => true,
            Self::Unreachable { .. } | Self::Refused(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_a_person_is_told_from_what_needs_time() {
        let refused = RegistryError::Refused(Box::new(Problem::new(422, "submission.answers", "x")));
        assert!(!refused.is_recoverable() && !refused.may_be_registered());
        assert_eq!(refused.to_string(), "the registry refused: submission.answers");
        let unknown = RegistryError::Unknown { source: None };
        assert!(unknown.is_recoverable() && unknown.may_be_registered());
        let unreachable = RegistryError::Unreachable { source: None };
        assert!(unreachable.is_recoverable() && !unreachable.may_be_registered());
        assert!(RegistryError::Nonsense { what: "x" }.may_be_registered());
    }
}
