//! The number printed on a contactless card: asked for once in a session, and kept until it ends.

use crate::Turn;
use crate::identity::TypedCan;
use crate::state::{Place, Slot};
use crate::view::CanNotice;

/// After so many numbers that do not match, more is said than that they do not.
const COMPARE_AFTER: u32 = 3;

impl Turn<'_> {
    /// A contactless card, and no number: it is asked for.
    pub(crate) fn can_needed(&mut self) {
        if self.state.holder.is_some() {
            // The session's card was read by its contacts: it goes back where it was.
            self.state.slot = Slot::Fault { code: "card.wrong-reader" };
            return;
        }
        self.ask_can(None);
    }

    /// The number handed out is not this card's.
    pub(crate) fn can_wrong(&mut self) {
        if self.state.holder.is_some() {
            // The number is that of the session's card: this is another one.
            self.card_changed();
            return;
        }
        let can = &mut self.state.can;
        can.given = None;
        if std::mem::take(&mut can.proven) {
            // It fits the card of before; nobody has typed anything wrong.
            can.wrong = 0;
            self.ask_can(None);
            return;
        }
        can.wrong = can.wrong.saturating_add(1);
        let notice = if can.wrong < COMPARE_AFTER { CanNotice::Wrong } else { CanNotice::Compare };
        self.ask_can(Some(notice));
    }

    fn ask_can(&mut self, said: Option<CanNotice>) {
        self.state.slot = Slot::Unread;
        if matches!(self.state.place, Place::Welcome) {
            self.greet();
        }
        self.state.can.asked = true;
        // A card taken up to be looked at and put back asks again: what has been typed meanwhile stays.
        if let Place::Card { typed, notice, .. } = &mut self.state.place
            && said.is_some()
        {
            *typed = TypedCan::default();
            *notice = said;
        }
    }

    pub(crate) fn type_can(&mut self, change: impl FnOnce(&mut TypedCan)) {
        if let Place::Card { typed, notice, .. } = &mut self.state.place
            && self.state.can.asked
        {
            change(typed);
            if *notice == Some(CanNotice::TooShort) {
                *notice = None;
            }
        }
    }

    /// The number is taken: from here on it is in no view.
    pub(crate) fn submit_can(&mut self) {
        let Place::Card { typed, notice, .. } = &mut self.state.place else { return };
        let Some(can) = typed.whole() else {
            *notice = Some(CanNotice::TooShort);
            return;
        };
        (*typed, *notice) = (TypedCan::default(), None);
        self.state.can.given = Some(can);
        self.state.can.proven = false;
        self.state.can.asked = false;
        // Without a card the screen asks for it to be put back.
        if self.state.slot != Slot::Empty {
            self.begin_reading();
        }
    }
}
