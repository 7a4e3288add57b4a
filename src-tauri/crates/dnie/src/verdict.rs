//! What a card says of a PIN, and what must never be read into its silence.

use std::fmt;

use apdu::Status;

use crate::{Dnie, Error};

/// The PIN tries a card has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tries(u8);

impl Tries {
    /// None, as a card that says so in another way than by a number.
    pub(crate) const NONE: Self = Self(0);

    /// How many; a fresh or just verified card has three.
    #[must_use]
    pub const fn left(self) -> u8 {
        self.0
    }

    /// Whether one more wrong PIN blocks the card.
    #[must_use]
    pub const fn is_last(self) -> bool {
        self.0 == 1
    }

    /// Whether the PIN is blocked: only a police kiosk unblocks it, by fingerprint.
    #[must_use]
    pub const fn is_blocked(self) -> bool {
        self.0 == 0
    }
}

/// The PIN did not unlock the card, which is given back.
pub struct Refused<C> {
    /// The card, for another attempt.
    pub card: Dnie<C>,
    /// Why.
    pub reason: Reason,
}

impl<C> fmt::Debug for Refused<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("reason", &self.reason).finish_non_exhaustive()
    }
}

/// Why a PIN did not unlock a card.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// It was the wrong one.
    WrongPin {
        /// What is left.
        tries: Tries,
    },
    /// No tries are left, perhaps since this very attempt.
    Blocked,
    /// The PIN was sent and no verdict came that can be believed. It may have been right or wrong, and a try may have
    /// been spent: ask for [`Dnie::tries_left`] before anything else.
    Unknown {
        /// What came in place of the verdict.
        cause: Error,
    },
    /// The card never came to judge it, or failed after it had found it right. No try was spent.
    Failed(Error),
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongPin { .. } => "card.pin-wrong",
            Self::Blocked => "card.pin-blocked",
            Self::Unknown { .. } => "card.pin-unknown",
            Self::Failed(error) => error.code(),
        }
    }

    /// What a status means as a verdict, if it is one that says no.
    pub(crate) fn of(status: Status) -> Option<Self> {
        match (status, status.tries_left()) {
            // The attempt that blocks answers 63 C0, later ones 69 83.
            (Status::BLOCKED, _) | (_, Some(0)) => Some(Self::Blocked),
            (_, Some(tries)) => Some(Self::WrongPin { tries: Tries(tries) }),
            _ => None,
        }
    }

    /// What any end of VERIFY but a protected `9000` means, once the command has left.
    ///
    /// A refusal may be believed even when it comes bare, as some cards may send it: pretending one gains nothing
    /// that removing the card does not. A bare yes, garbled protection and silence say nothing.
    pub(crate) fn after_sending(error: Error) -> Self {
        match error {
            Error::Status { status, .. } | Error::ChannelLost { status } => match Self::of(status) {
                Some(verdict) => verdict,
                None if is_before_judging(status) => Self::Failed(error),
                None => Self::Unknown { cause: error },
            },
            error => Self::Unknown { cause: error },
        }
    }
}

/// The statuses by which a card turns a command away before it looks at the PIN in it.
const fn is_before_judging(status: Status) -> bool {
    matches!(
        status,
        Status::WRONG_LENGTH
            | Status::SM_BAD_CHECKSUM
            | Status::SECURITY_NOT_SATISFIED
            | Status::SM_MISSING
            | Status::SM_INCORRECT
            | Status::WRONG_DATA
            | Status::WRONG_P1P2
            | Status::REFERENCE_NOT_FOUND
            | Status::UNKNOWN_INS
            | Status::UNKNOWN_CLA
    )
}

#[cfg(test)]
mod tests {
    use apdu::CardError;

    use super::*;
    use crate::error::Step;

    #[test]
    fn verdicts_on_a_pin_are_read_from_the_status() {
        assert!(matches!(Reason::of(Status(0x63C2)), Some(Reason::WrongPin { tries: Tries(2) })));
        assert!(matches!(Reason::of(Status(0x63C0)), Some(Reason::Blocked)));
        assert!(matches!(Reason::of(Status(0x6983)), Some(Reason::Blocked)));
        assert!(Reason::of(Status(0x6982)).is_none() && Reason::of(Status::OK).is_none());
        assert!(Tries(1).is_last() && Tries(0).is_blocked() && !Tries(3).is_last());
    }

    #[test]
    fn nothing_but_a_verdict_is_taken_for_one() {
        let lost = |status| Error::ChannelLost { status: Status(status) };
        let inside = |status| Error::Status { step: Step::Verify, status: Status(status) };
        for (error, code) in [
            (lost(0x63C2), "card.pin-wrong"),
            (inside(0x63C1), "card.pin-wrong"),
            (lost(0x6983), "card.pin-blocked"),
            (inside(0x63C0), "card.pin-blocked"),
            // Turned away before the PIN was looked at.
            (lost(0x6987), "card.channel"),
            (lost(0x6988), "card.channel"),
            (inside(0x6982), "card.protocol"),
            // Anything may have happened.
            (lost(0x9000), "card.pin-unknown"),
            (lost(0x6F00), "card.pin-unknown"),
            (inside(0x6300), "card.pin-unknown"),
            (inside(0x6581), "card.pin-unknown"),
            (Error::Card(CardError::Removed), "card.pin-unknown"),
            (Error::Card(CardError::Transport(String::new())), "card.pin-unknown"),
            (Error::TooLarge { what: "an answer", limit: 1 }, "card.pin-unknown"),
            (Error::Status { step: Step::GetResponse, status: Status(0x6101) }, "card.pin-unknown"),
        ] {
            assert_eq!(Reason::after_sending(error).code(), code);
        }
    }
}
