//! The thread that holds one card.
//!
//! A PC/SC transaction borrows its card, and the card its context. They live on the stack of this thread, in the order
//! in which they must end, and it talks to whoever uses the card by channels.

use std::{
    sync::mpsc::{Receiver, Sender},
    time::Duration,
};

use apdu::CardError;
use pcsc::{
    Context, Disposition, MAX_BUFFER_SIZE, Protocol, Protocols, ReaderState, Scope, ShareMode, State,
    Transaction,
};
use zeroize::Zeroizing;

use crate::{
    Error, ReaderName,
    error::{card_error, is_service_down},
};

/// How often another program may reset the card between connecting and the transaction before it counts as held.
const ATTEMPTS: usize = 3;

/// How long the service takes at most to notice that a card which stopped answering has left (it looks every 0.4 s).
const FATE_KNOWN_WITHIN: Duration = Duration::from_secs(2);

/// What contact cards speak.
const CONTACT: Protocols = Protocols::T0.union(Protocols::T1);

/// What the thread tells.
pub(crate) enum Told {
    /// The service runs; now to get the card alone, for which pcsc-lite already waits when it connects.
    ServiceAnswers,
    /// The transaction has begun.
    Held { atr: Vec<u8>, is_t0: bool },
    /// It has not, and will not.
    Failed(Error),
    /// What came of a command.
    Answer(Result<Zeroizing<Vec<u8>>, CardError>),
}

/// Takes the card and sends it what comes in, until that channel is closed.
pub(crate) fn hold(reader: &ReaderName, commands: &Receiver<Zeroizing<Vec<u8>>>, tell: &Sender<Told>) {
    if let Err(error) = take(reader, commands, tell) {
        // Nobody listens who has given up.
        let _ = tell.send(Told::Failed(error));
    }
}

fn take(
    reader: &ReaderName,
    commands: &Receiver<Zeroizing<Vec<u8>>>,
    tell: &Sender<Told>,
) -> Result<(), Error> {
    let context = Context::establish(Scope::User)?;
    let _ = tell.send(Told::ServiceAnswers);
    let mut card = context.connect(reader.as_c_str(), ShareMode::Shared, CONTACT)?;
    'served: {
        for _ in 0..ATTEMPTS {
            match card.transaction2() {
                Ok(transaction) => {
                    serve(transaction, &context, reader, commands, tell)?;
                    break 'served;
                }
                Err((card, pcsc::Error::ResetCard)) => {
                    card.reconnect(ShareMode::Shared, CONTACT, Disposition::LeaveCard)?;
                }
                Err((_, error)) => return Err(error.into()),
            }
        }
        return Err(CardError::Busy.into());
    }
    // The transaction's end has reset the card. Failing here changes nothing: it has left, or will be reset when its
    // handle is dropped.
    let _ = card.disconnect(Disposition::LeaveCard);
    Ok(())
}

fn serve(
    transaction: Transaction<'_>,
    context: &Context,
    reader: &ReaderName,
    commands: &Receiver<Zeroizing<Vec<u8>>>,
    tell: &Sender<Told>,
) -> Result<(), Error> {
    let status = transaction.status2_owned()?;
    let is_t0 = status.protocol2() != Some(Protocol::T1);
    let _ = tell.send(Told::Held { atr: status.atr().to_vec(), is_t0 });
    // Who waited for another program and gave up has sent nothing: then there is nothing to wipe off the card either.
    let mut end = Disposition::LeaveCard;
    while let Ok(command) = commands.recv() {
        end = Disposition::ResetCard;
        let _ = tell.send(Told::Answer(transmit(&transaction, context, reader, &command)));
    }
    // On failure the transaction comes back and is ended by its drop.
    let _ = transaction.end(end);
    Ok(())
}

fn transmit(
    transaction: &Transaction<'_>,
    context: &Context,
    reader: &ReaderName,
    command: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CardError> {
    // A certificate or a name may come in: nothing of it stays on the stack.
    let mut buffer = Zeroizing::new([0; MAX_BUFFER_SIZE]);
    match transaction.transmit(command, buffer.as_mut_slice()) {
        // Some drivers report the exchange that a removal cut short as done, with nothing in it: no card answers so.
        Ok([]) => Err(fate(context, reader, CardError::Removed)),
        Ok(answer) => Ok(Zeroizing::new(answer.to_vec())),
        // Drivers say only that the transmission failed.
        Err(
            pcsc::Error::CommError
            | pcsc::Error::NotTransacted
            | pcsc::Error::UnknownError
            | pcsc::Error::NotReady,
        ) => Err(fate(context, reader, CardError::Mute)),
        Err(error) => Err(card_error(error)),
    }
}

/// What became of a card that gave no answer: the service notices a removal a moment later than we do. `otherwise` is
/// what it means when the card still seems to be there.
fn fate(context: &Context, reader: &ReaderName, otherwise: CardError) -> CardError {
    let mut states = [ReaderState::new(reader.as_c_str(), State::UNAWARE)];
    // First what it is now, at once; then, if the card still seems to be there, what it is after a change.
    for timeout in [Duration::ZERO, FATE_KNOWN_WITHIN] {
        match context.get_status_change(timeout, &mut states) {
            Ok(()) | Err(pcsc::Error::Timeout) => {}
            // Without the card in between, a failed communication is one with the service.
            Err(pcsc::Error::CommError) => return CardError::ReaderGone,
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
    otherwise
}
