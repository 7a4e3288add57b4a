//! One card to oneself, for the length of one function.
//!
//! A PC/SC transaction borrows its card, and the card its context. Lending the card to a function keeps all three on
//! one stack frame, in the order in which they must end.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::Duration,
};

use apdu::{CardError, Command, Response};
use pcsc::{
    Context, Disposition, MAX_BUFFER_SIZE, Protocol, Protocols, ReaderState, Scope, ShareMode, State,
    Transaction,
};

use crate::{
    Error, ReaderName,
    error::{card_error, is_service_down},
};

/// How often another program may reset the card between connecting and the transaction before it counts as held.
const ATTEMPTS: usize = 3;

/// How long the service takes at most to notice that a card which stopped answering has left (it looks every 0.4 s).
const FATE_KNOWN_WITHIN: Duration = Duration::from_secs(2);

/// Connects to the card in a reader, keeps every other program out while `use_card` runs, then resets the card.
///
/// Blocks while another program is in the midst of a transaction of its own.
///
/// # Errors
/// [`Error::ServiceDown`], or [`Error::Card`] when there is no card, it is mute, or another program holds it. What
/// happens later comes out of the card's own calls.
pub fn exclusive<R>(
    reader: &ReaderName,
    use_card: impl FnOnce(&mut dyn apdu::Card) -> R,
) -> Result<R, Error> {
    let context = Context::establish(Scope::User)?;
    let mut card = context.connect(reader.as_c_str(), ShareMode::Shared, Protocols::T0 | Protocols::T1)?;
    let result = 'held: {
        for _ in 0..ATTEMPTS {
            match card.transaction2() {
                Ok(transaction) => {
                    let mut held = Held::new(transaction, &context, reader)?;
                    // Even if it panics, no verified PIN may stay behind: a dropped transaction leaves the card as it is.
                    let result = catch_unwind(AssertUnwindSafe(|| use_card(&mut held)));
                    held.end();
                    break 'held result.unwrap_or_else(|panic| resume_unwind(panic));
                }
                Err((card, pcsc::Error::ResetCard)) => {
                    card.reconnect(ShareMode::Shared, Protocols::T0 | Protocols::T1, Disposition::LeaveCard)?;
                }
                Err((_, error)) => return Err(error.into()),
            };
        }
        return Err(CardError::Busy.into());
    };
    // The transaction's end has reset the card. Failing here changes nothing: it has left, or will be reset when its
    // handle is dropped.
    let _ = card.disconnect(Disposition::LeaveCard);
    Ok(result)
}

/// A card inside a transaction.
struct Held<'a> {
    transaction: Transaction<'a>,
    context: &'a Context,
    reader: &'a ReaderName,
    atr: Vec<u8>,
    is_t0: bool,
}

impl<'a> Held<'a> {
    fn new(
        transaction: Transaction<'a>,
        context: &'a Context,
        reader: &'a ReaderName,
    ) -> Result<Self, Error> {
        let status = transaction.status2_owned()?;
        let is_t0 = status.protocol2() != Some(Protocol::T1);
        let atr = status.atr().to_vec();
        Ok(Self { transaction, context, reader, atr, is_t0 })
    }

    /// Ends the transaction and every channel with it.
    fn end(self) {
        // On failure the transaction comes back and is ended by its drop.
        let _ = self.transaction.end(Disposition::ResetCard);
    }

    /// What became of a card that gave no answer. Drivers say only that the transmission failed, and the service
    /// notices a removal a moment later than we do.
    fn fate(&self, error: pcsc::Error) -> CardError {
        let ambiguous = matches!(
            error,
            pcsc::Error::CommError
                | pcsc::Error::NotTransacted
                | pcsc::Error::UnknownError
                | pcsc::Error::NotReady
        );
        if !ambiguous {
            return card_error(error);
        }
        let mut states = [ReaderState::new(self.reader.as_c_str(), State::UNAWARE)];
        // First what it is now, at once; then, if the card still seems to be there, what it is after a change.
        for timeout in [Duration::ZERO, FATE_KNOWN_WITHIN] {
            match self.context.get_status_change(timeout, &mut states) {
                Ok(()) | Err(pcsc::Error::Timeout) => {}
                Err(error) if is_service_down(error) => return CardError::ReaderGone,
                Err(other) => return card_error(other),
            }
            for state in &mut states {
                let seen = state.event_state();
                if seen.intersects(State::UNKNOWN | State::UNAVAILABLE) {
                    return CardError::ReaderGone;
                }
                if seen.contains(State::EMPTY) {
                    return CardError::Removed;
                }
                state.sync_current_state();
            }
        }
        CardError::Mute
    }
}

impl apdu::Card for Held<'_> {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn is_t0(&self) -> bool {
        self.is_t0
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let mut buffer = [0; MAX_BUFFER_SIZE];
        match self.transaction.transmit(&command.to_bytes(), &mut buffer) {
            // Some drivers report the exchange that a removal cut short as done, with nothing in it: no card answers so.
            Ok([]) => Err(CardError::Removed),
            Ok(answer) => Ok(Response::parse(answer)?),
            Err(error) => Err(self.fate(error)),
        }
    }
}
