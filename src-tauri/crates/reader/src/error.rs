//! What PC/SC says went wrong, in terms that someone acts on.

use apdu::CardError;

/// Why a reader could not be watched or a card not be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The PC/SC service does not run.
    #[error("the smart card service does not run")]
    ServiceDown(#[source] pcsc::Error),
    /// The card, or its reader, could not be had.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The system gave no thread to watch with.
    #[error("no thread to watch the readers with")]
    Thread(#[source] std::io::Error),
}

impl Error {
    /// The stable code; those of a card are the same as the driver's.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ServiceDown(_) => "reader.service-down",
            Self::Card(CardError::Removed) => "card.removed",
            Self::Card(CardError::Reset) => "card.reset",
            Self::Card(CardError::ReaderGone) => "card.reader-gone",
            Self::Card(CardError::Mute) => "card.mute",
            Self::Card(CardError::Busy) => "card.busy",
            Self::Card(CardError::Malformed(_)) => "card.protocol",
            Self::Card(_) => "card.transport",
            Self::Thread(_) => "reader.thread",
        }
    }
}

impl From<pcsc::Error> for Error {
    fn from(error: pcsc::Error) -> Self {
        if is_service_down(error) { Self::ServiceDown(error) } else { Self::Card(card_error(error)) }
    }
}

/// Whether the service itself is away, or went away and took the context with it.
pub(crate) const fn is_service_down(error: pcsc::Error) -> bool {
    matches!(
        error,
        pcsc::Error::NoService
            | pcsc::Error::ServiceStopped
            | pcsc::Error::Shutdown
            | pcsc::Error::ServerTooBusy
            | pcsc::Error::InternalError
    )
}

/// What an error means for whoever talks to a card.
pub(crate) fn card_error(error: pcsc::Error) -> CardError {
    match error {
        pcsc::Error::RemovedCard | pcsc::Error::NoSmartcard => CardError::Removed,
        pcsc::Error::ResetCard => CardError::Reset,
        pcsc::Error::UnknownReader
        | pcsc::Error::ReaderUnavailable
        | pcsc::Error::NoReadersAvailable
        // The handle dies with the reader, and with the service.
        | pcsc::Error::InvalidHandle
        | pcsc::Error::NoService
        | pcsc::Error::ServiceStopped => CardError::ReaderGone,
        pcsc::Error::UnresponsiveCard
        | pcsc::Error::UnpoweredCard
        | pcsc::Error::UnsupportedCard
        | pcsc::Error::InvalidAtr
        | pcsc::Error::ProtoMismatch => CardError::Mute,
        pcsc::Error::SharingViolation => CardError::Busy,
        other => CardError::Transport(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_lose_a_card_has_its_code() {
        for (error, code) in [
            (pcsc::Error::NoService, "reader.service-down"),
            (pcsc::Error::RemovedCard, "card.removed"),
            (pcsc::Error::NoSmartcard, "card.removed"),
            (pcsc::Error::ResetCard, "card.reset"),
            (pcsc::Error::UnknownReader, "card.reader-gone"),
            (pcsc::Error::UnresponsiveCard, "card.mute"),
            (pcsc::Error::SharingViolation, "card.busy"),
            (pcsc::Error::CommError, "card.transport"),
        ] {
            assert_eq!(Error::from(error).code(), code);
        }
    }
}
