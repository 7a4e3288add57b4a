//! The thread that watches the readers.
//!
//! It has a context of its own, since a wait in one context cannot be ended from another. It wakes at every change,
//! and four times a second to see whether it should stop, and whether a reader came between its list and its wait,
//! which the service does not tell.

use std::{
    collections::BTreeMap,
    ffi::CString,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::Duration,
};

use pcsc::{Context, PNP_NOTIFICATION, ReaderState, Scope, State};

use crate::{
    Error, ReaderEvent, ReaderName,
    error::is_service_down,
    events::{Seen, Slot},
};

/// How long one wait lasts: also how long dropping a [`Watch`] usually takes.
const WAIT: Duration = Duration::from_millis(250);

/// How long dropping a [`Watch`] waits for its thread, which cannot end while the service hangs.
const ENDED_WITHIN: Duration = Duration::from_secs(2);

/// Room for all the names of the readers that the service knows: pcsc-lite has 16 readers and 128 bytes for a name.
const NAMES: usize = 4096;

/// A running watch. Dropping it ends the thread, within a quarter of a second; or leaves it to end by itself when the
/// service, which hangs, lets it.
#[derive(Debug)]
pub struct Watch {
    stop: Option<Sender<()>>,
    ended: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        // The thread takes the closed channel for the word to stop.
        drop(self.stop.take());
        let hangs = matches!(self.ended.recv_timeout(ENDED_WITHIN), Err(RecvTimeoutError::Timeout));
        if let Some(thread) = self.thread.take().filter(|_| !hangs) {
            // A panic over there has been reported there.
            let _ = thread.join();
        }
    }
}

/// Begins to send what happens at the readers, starting with what is there now.
///
/// Ends when the [`Watch`] is dropped, or with the first event after the receiver is.
///
/// # Errors
/// [`Error::Thread`]. A service that does not run is an event, not an error.
pub fn watch(events: Sender<ReaderEvent>) -> Result<Watch, Error> {
    let (stop, stopped) = channel();
    let (end, ended) = channel();
    let thread = thread::Builder::new()
        .name("readers".to_owned())
        .spawn(move || {
            run(&events, &stopped);
            // Closed by being dropped, also by a panic.
            drop(end);
        })
        .map_err(Error::Thread)?;
    Ok(Watch { stop: Some(stop), ended, thread: Some(thread) })
}

fn run(events: &Sender<ReaderEvent>, stopped: &Receiver<()>) {
    let mut seen = Seen::default();
    let mut service = None;
    loop {
        let news = match look(&mut service) {
            Ok(Some(now)) => seen.look(now),
            Ok(None) => Vec::new(),
            Err(_) => {
                // Whatever it was, a new context is the cure.
                service = None;
                seen.look_in_vain()
            }
        };
        for event in news {
            if events.send(event).is_err() {
                return;
            }
        }
        // With the service, the waiting has been done over there.
        let pause = if service.is_some() { Duration::ZERO } else { WAIT };
        match stopped.recv_timeout(pause) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// A context and the readers last known in it.
struct Service {
    context: Context,
    states: Vec<ReaderState>,
}

/// Waits for a change and tells what is there; `None` when nothing changed. Establishes the service if need be.
fn look(service: &mut Option<Service>) -> Result<Option<BTreeMap<ReaderName, Slot>>, pcsc::Error> {
    let Service { context, states } = match service {
        Some(service) => service,
        None => service.insert(Service { context: Context::establish(Scope::User)?, states: Vec::new() }),
    };
    // With room enough from the start: to ask for the length first fails if a reader comes in between.
    let mut room = [0; NAMES];
    let names: Vec<CString> = match context.list_readers(&mut room) {
        Ok(names) => names.map(ToOwned::to_owned).collect(),
        Err(pcsc::Error::NoReadersAvailable) => Vec::new(),
        Err(error) => return Err(error),
    };
    let known = states.iter().skip(1).map(ReaderState::name).eq(names.iter().map(CString::as_c_str));
    if states.is_empty() || !known {
        *states = std::iter::once(PNP_NOTIFICATION().to_owned())
            .chain(names)
            .map(|name| ReaderState::new(name, State::UNAWARE))
            .collect();
        // Without readers there is nothing whose first state could be told at once.
        if states.len() == 1 {
            return Ok(Some(BTreeMap::new()));
        }
    }
    match context.get_status_change(WAIT, states) {
        Ok(()) => {}
        Err(pcsc::Error::Timeout) => return Ok(None),
        Err(error) if is_service_down(error) => return Err(error),
        // Most likely a reader left between the list and the wait: look again from the start.
        Err(pcsc::Error::UnknownReader | pcsc::Error::ReaderUnavailable) => {
            states.clear();
            return Ok(None);
        }
        Err(error) => return Err(error),
    }
    let mut now = BTreeMap::new();
    for state in states.iter_mut() {
        state.sync_current_state();
    }
    for state in states.iter().skip(1) {
        if let Some(slot) = slot(state.event_state(), state.atr(), state.event_count()) {
            now.insert(ReaderName::from(state.name()), slot);
        }
    }
    Ok(Some(now))
}

/// What a reader's state means; `None` when the reader is not there any more.
fn slot(state: State, atr: &[u8], count: u32) -> Option<Slot> {
    if state.intersects(State::UNKNOWN | State::UNAVAILABLE | State::IGNORE) {
        return None;
    }
    if !state.contains(State::PRESENT) {
        return Some(Slot::Empty);
    }
    // ISO/IEC 7816-3, 8.1: whatever begins otherwise is noise, such as a bad contact makes.
    let speaks = matches!(atr, [0x3B | 0x3F, _, ..]);
    Some(if state.contains(State::MUTE) || !speaks {
        Slot::Mute { count }
    } else {
        Slot::Card { atr: atr.to_vec(), count }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_pcsc_means_them() {
        let atr = [0x3B, 0x00];
        assert_eq!(slot(State::EMPTY | State::CHANGED, &[], 0), Some(Slot::Empty));
        let card = Slot::Card { atr: atr.to_vec(), count: 3 };
        assert_eq!(slot(State::PRESENT | State::INUSE, &atr, 3), Some(card));
        assert_eq!(slot(State::PRESENT | State::MUTE, &[], 3), Some(Slot::Mute { count: 3 }));
        assert_eq!(slot(State::PRESENT, &[], 3), Some(Slot::Mute { count: 3 }));
        assert_eq!(slot(State::PRESENT, &[0x00], 3), Some(Slot::Mute { count: 3 }));
        assert_eq!(slot(State::UNAVAILABLE, &[], 0), None);
    }
}
