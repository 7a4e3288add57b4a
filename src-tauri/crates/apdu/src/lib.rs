//! ISO/IEC 7816-4 commands, responses, status words and BER-TLV, and the [`Card`] trait.
//!
//! The floor that the driver and the virtual card both stand on, and the only thing they share. No I/O, no
//! cryptography, no knowledge of any particular card. Parsers here read outside bytes: they never index,
//! never panic, and report the offset at which reading stopped.

mod command;
mod status;
pub mod tlv;

pub use command::{Command, CommandError, Response, ResponseError};
pub use status::Status;

/// A card that answers commands. Blocking, because PC/SC is: one thread owns a card.
pub trait Card {
    /// The answer to reset (ISO/IEC 7816-3 clause 8), 2 to 33 bytes.
    fn atr(&self) -> &[u8];

    /// Whether the card speaks T=0, where `61 xx`, `6C xx` and GET RESPONSE are the caller's business and a
    /// case-4 command carries no Le.
    fn is_t0(&self) -> bool {
        true
    }

    /// Sends one command and waits for its answer, exactly one exchange.
    ///
    /// # Errors
    /// [`CardError`] when no answer came; any status word is an answer, not an error.
    fn transmit(&mut self, command: &Command) -> Result<Response, CardError>;
}

/// Why a card gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CardError {
    /// The card left the reader.
    #[error("the card was removed")]
    Removed,
    /// Another program or the system reset the card: every channel and right is gone.
    #[error("the card was reset")]
    Reset,
    /// The reader itself is gone.
    #[error("the reader is gone")]
    ReaderGone,
    /// The card did not answer at all: upside down, damaged, or not a chip card.
    #[error("the card does not answer")]
    Mute,
    /// Another program holds the card.
    #[error("another program holds the card")]
    Busy,
    /// The answer was not a lawful response.
    #[error("malformed answer: {0}")]
    Malformed(#[from] ResponseError),
    /// Anything else the reader said, in its own words.
    #[error("the reader failed: {0}")]
    Transport(String),
}

impl<C: Card + ?Sized> Card for &mut C {
    fn atr(&self) -> &[u8] {
        (**self).atr()
    }

    fn is_t0(&self) -> bool {
        (**self).is_t0()
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        (**self).transmit(command)
    }
}

impl<C: Card + ?Sized> Card for Box<C> {
    fn atr(&self) -> &[u8] {
        (**self).atr()
    }

    fn is_t0(&self) -> bool {
        (**self).is_t0()
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        (**self).transmit(command)
    }
}
