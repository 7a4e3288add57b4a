//! Ending: asked, timed out, or walked away.

use std::time::Duration;

use jiff::Timestamp;

use crate::Turn;
use crate::event::Effect;
use crate::state::{AfterFault, Cover, Place, Slot, State};
use crate::view::{FaultAct, MeansKind};

/// How long a stick left behind keeps the screen that reminds of it.
const STICK_REMINDER: Duration = Duration::from_secs(60);

/// The store's word for a full disk.
const NO_ROOM: &str = "store.full";

impl Turn<'_> {
    pub(crate) fn end_asked(&mut self) {
        let unsaved = match &self.state.place {
            // What could not be kept is not being sent: leaving is a way out of it.
            Place::Sending { .. } if self.could_not_keep() => return self.give_up(),
            Place::Sending { .. } | Place::Leaving { .. } => return,
            Place::Form { .. }
            | Place::Items { .. }
            | Place::Documents { .. }
            | Place::CheckFile { .. }
            | Place::Review { .. }
            | Place::Fee
            | Place::Sign { .. }
            | Place::Pin { .. } => true,
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
        let began = !self.state.is_clean();
        let printed = self.state.printed;
        let language = self.state.language;
        self.fresh_session();
        let left = self.something_is_left();
        if left || printed || began {
            let since = self.moment.now;
            self.state.printed = printed;
            self.go(Place::Leaving { gone_since: (!left).then_some(since), since });
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
            _ => Slot::Unread,
        };
        *self.state = State {
            revision: self.state.revision,
            ticket: self.state.ticket.wrapping_add(1),
            opening: self.state.opening.wrapping_add(1),
            slot,
            reader: self.state.reader,
            elsewhere: self.state.elsewhere,
            stick: self.state.stick,
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

    fn something_is_left(&self) -> bool {
        self.state.slot != Slot::Empty || self.state.stick == Some(true)
    }

    /// Something was taken out, or put in, while leaving.
    pub(crate) fn leaving_changed(&mut self) {
        let left = self.something_is_left();
        if let Place::Leaving { gone_since, .. } = &mut self.state.place {
            *gone_since = if left { None } else { Some(self.moment.now) };
        }
    }

    pub(crate) fn leaving_tick(&mut self, gone_since: Option<Timestamp>, since: Timestamp) {
        let now = self.moment.now;
        let thanked = gone_since.is_some_and(|gone| now >= gone + self.environment.timers.thanks);
        // A stick left behind is no reason to keep the next person out: they can only start once this is over.
        let waited = self.state.slot == Slot::Empty && now >= since + STICK_REMINDER;
        if thanked || waited {
            self.state.printed = false;
            self.state.language = State::new(now).language;
            self.go(Place::Welcome);
        }
    }

    pub(crate) fn another(&mut self) {
        if !matches!(self.state.place, Place::Receipt | Place::Provisional) {
            return;
        }
        self.remember();
        self.state.filing = None;
        let here = match (&self.state.slot, &self.state.holder) {
            (Slot::Read { nif }, Some(holder)) => *nif == holder.nif,
            (Slot::Reading, _) => false,
            _ => self.state.identity.kind() == MeansKind::Stick,
        };
        if !here {
            // The card went home with its owner or was put away: known people have their card in the slot.
            self.state.holder = None;
            self.state.remembered.clear();
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
