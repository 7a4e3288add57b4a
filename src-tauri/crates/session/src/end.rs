//! Ending: asked, timed out, or walked away.

use jiff::Timestamp;

use crate::Turn;
use crate::event::Effect;
use crate::state::{AfterFault, Cover, Place, Slot, State};
use crate::view::FaultAct;

/// The store's word for a full disk.
const NO_ROOM: &str = "store.full";

impl Turn<'_> {
    pub(crate) fn end_asked(&mut self) {
        let unsaved = match &self.state.place {
            // What could not be kept is not being sent: leaving is a way out of it.
            Place::Sending { .. } if self.could_not_keep() => return self.give_up(),
            Place::Sending { .. } | Place::Leaving { .. } => return,
            Place::Form { .. } | Place::Review { .. } | Place::Sign { .. } | Place::Pin { .. } => true,
            _ => false,
        };
        if unsaved && !matches!(self.state.cover, Some(Cover::CardRemoved { .. })) {
            self.erase_pin();
            self.state.cover = Some(Cover::ConfirmEnd);
        } else {
            self.end_session();
        }
    }

    /// The session is over, whatever it was doing: its draft, its PIN, its names and answers go.
    pub(crate) fn end_session(&mut self) {
        let began = self.state.holder.is_some() || self.state.filing.is_some();
        let printed = self.state.printed;
        let card = self.state.slot != Slot::Empty;
        let language = self.state.language;
        self.fresh_session();
        if card || printed {
            let gone_since = (!card).then_some(self.moment.now);
            self.state.printed = printed;
            self.go(Place::Leaving { gone_since });
        } else if began {
            self.go(Place::Leaving { gone_since: Some(self.moment.now) });
        }
        if matches!(self.state.place, Place::Leaving { .. }) {
            // What is said while leaving is said to the person who leaves.
            self.state.language = language;
        }
    }

    /// A clean welcome screen: nothing of the person before is in the state, and the application wipes its part.
    pub(crate) fn fresh_session(&mut self) {
        let draft = self
            .state
            .filing
            .as_ref()
            .filter(|filing| filing.handed_in_at.is_none())
            .map(|filing| filing.key);
        if let Some(key) = draft {
            self.ask(Effect::DropDraft { key });
        }
        self.ask(Effect::ErasePin);
        self.ask(Effect::Wipe);
        let slot = match &self.state.slot {
            Slot::Empty => Slot::Empty,
            // Still in the reader, but whose it is has been forgotten.
            Slot::Reading | Slot::Read { .. } | Slot::Fault { .. } => Slot::Fault { code: "card.removed" },
        };
        *self.state = State {
            revision: self.state.revision,
            ticket: self.state.ticket.wrapping_add(1),
            slot,
            reader: self.state.reader,
            registry_reachable: self.state.registry_reachable,
            ..State::new(self.moment.now)
        };
    }

    /// Ends a session whose application never got into the queue: what was drafted goes with it, signed or not.
    fn give_up(&mut self) {
        if let Some(filing) = &mut self.state.filing {
            filing.handed_in_at = None;
        }
        self.end_session();
    }

    pub(crate) fn leaving_tick(&mut self, gone_since: Option<Timestamp>) {
        if gone_since.is_some_and(|since| self.moment.now >= since + self.environment.timers.thanks) {
            self.state.printed = false;
            self.state.language = State::new(self.moment.now).language;
            self.go(Place::Welcome);
        }
    }

    pub(crate) fn another(&mut self) {
        if !matches!(self.state.place, Place::Receipt | Place::Provisional) {
            return;
        }
        self.state.filing = None;
        if self.state.slot == Slot::Empty {
            // The card went home with its owner or was put away: known people have a card in the slot.
            self.state.holder = None;
        }
        self.go(Place::Home);
    }

    /// A fault that covers the screen; what was typed stays.
    pub(crate) fn fault(&mut self, code: &'static str) {
        self.fault_with(code, FaultAct::Continue, AfterFault::Stay);
    }

    pub(crate) fn fault_with(&mut self, code: &'static str, act: FaultAct, then: AfterFault) {
        // Without room nothing can be kept, so nothing that the person could try here would help.
        let (act, then) = if code == NO_ROOM { (FaultAct::End, AfterFault::End) } else { (act, then) };
        self.state.cover = Some(Cover::Fault { code, args: Vec::new(), act, then });
    }

    pub(crate) fn after_fault(&mut self, then: AfterFault) {
        self.state.cover = None;
        match then {
            AfterFault::Stay => {}
            AfterFault::Enqueue => self.enqueue(),
            AfterFault::Render => self.make_document(),
            AfterFault::End => self.give_up(),
        }
    }
}
