//! One card to oneself, for the length of one function.
//!
//! A PC/SC call cannot be given a time: to begin a transaction waits for ever while another program is in the midst of
//! its own, and a transmission waits for ever for a mute card behind some drivers, or for a service that hangs. So a
//! thread of its own holds the card (`holder`), and whoever uses it waits for that thread no longer than stated here.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use apdu::{CardError, Command, Response};
use zeroize::Zeroizing;

use crate::{
    Error, ReaderName,
    holder::{Told, hold},
};

/// How long another program may keep the card before it counts as held. OpenSC, which other programs of a desk may
/// use, reads a card at its insertion for up to 3.2 s (fact sheet 11).
const FREE_WITHIN: Duration = Duration::from_secs(5);

/// How long the service may take to answer at all.
const SERVICE_WITHIN: Duration = Duration::from_secs(5);

/// How long one answer may take: the longest, a signature of 2048 bits, takes a card less than two seconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// How long to wait for the reset that ends the transaction.
const ENDED_WITHIN: Duration = Duration::from_secs(2);

/// Connects to the card in a reader, keeps every other program out while `use_card` runs, then resets the card.
///
/// Waits up to five seconds for another program that is in the midst of a transaction of its own, and ten for each
/// answer. The reset has been done when this returns, also when `use_card` panics: no verified PIN stays behind.
///
/// # Errors
/// [`Error::ServiceDown`], or [`Error::Card`] when there is no card, it is mute, or another program holds it. What
/// happens later comes out of the card's own calls.
pub fn exclusive<R>(
    reader: &ReaderName,
    use_card: impl FnOnce(&mut dyn apdu::Card) -> R,
) -> Result<R, Error> {
    let mut held = Held::take(reader)?;
    Ok(use_card(&mut held))
}

/// A card inside a transaction. Dropping it ends the transaction, and every channel with it.
struct Held {
    /// Closed at the end, and when an answer did not come in time: a late one would pass for that of the next command.
    commands: Option<Sender<Zeroizing<Vec<u8>>>>,
    told: Receiver<Told>,
    atr: Vec<u8>,
    is_t0: bool,
}

impl Held {
    fn take(reader: &ReaderName) -> Result<Self, Error> {
        let (commands, asked) = channel();
        let (tell, told) = channel();
        let reader = reader.clone();
        thread::Builder::new()
            .name("card".to_owned())
            .spawn(move || hold(&reader, &asked, &tell))
            .map_err(Error::Thread)?;
        let mut limit = SERVICE_WITHIN;
        let mut late = Error::ServiceDown(pcsc::Error::Timeout);
        loop {
            // Who gives up closes the channel of commands, by which the thread knows that nobody wants the card any more.
            match told.recv_timeout(limit) {
                Ok(Told::ServiceAnswers) => (limit, late) = (FREE_WITHIN, CardError::Busy.into()),
                Ok(Told::Held { atr, is_t0 }) => {
                    return Ok(Self { commands: Some(commands), told, atr, is_t0 });
                }
                Ok(Told::Failed(error)) => return Err(error),
                Ok(Told::Answer(_)) => {}
                Err(RecvTimeoutError::Timeout) => return Err(late),
                Err(RecvTimeoutError::Disconnected) => return Err(CardError::ReaderGone.into()),
            }
        }
    }

    fn exchange(&mut self, command: &Command) -> Result<Zeroizing<Vec<u8>>, CardError> {
        let commands = self.commands.as_ref().ok_or(CardError::Mute)?;
        commands.send(command.to_bytes()).map_err(|_| CardError::ReaderGone)?;
        match self.told.recv_timeout(ANSWER_WITHIN) {
            Ok(Told::Answer(answer)) => answer,
            Err(RecvTimeoutError::Timeout) => {
                self.commands = None;
                Err(CardError::Mute)
            }
            Ok(_) | Err(RecvTimeoutError::Disconnected) => Err(CardError::ReaderGone),
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Still there unless it gave no answer, in which case there is nothing to wait for: the thread resets the card
        // as soon as it is let.
        if self.commands.take().is_some() {
            // The thread says nothing at its end, but closes the channel.
            let _ = self.told.recv_timeout(ENDED_WITHIN);
        }
    }
}

impl apdu::Card for Held {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn is_t0(&self) -> bool {
        self.is_t0
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        Ok(Response::parse(&self.exchange(command)?)?)
    }
}
