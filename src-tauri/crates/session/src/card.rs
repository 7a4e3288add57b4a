//! The card in the slot: reading it, losing it, getting it back.

use crate::Turn;
use crate::event::{Effect, ReaderState};
use crate::identity::{Identity, Source};
use crate::state::{AfterCard, Cover, Holder, Place, Slot, Wanted};
use crate::view::MeansKind;

impl Turn<'_> {
    pub(crate) fn reader(&mut self, reader: ReaderState) {
        let lost = reader != ReaderState::Attached && self.state.reader == ReaderState::Attached;
        self.state.reader = reader;
        if lost && self.state.slot != Slot::Empty {
            self.card_removed();
        }
    }

    pub(crate) fn card_inserted(&mut self) {
        self.stir();
        self.state.elsewhere = false;
        let known = self.state.holder.is_some();
        match (&self.state.place, self.state.place.after()) {
            // Leaving: the session before is over and gone; whoever comes now is greeted.
            (Place::Leaving { .. }, _) => {
                self.fresh_session();
                self.greet();
            }
            (Place::Welcome, _) => self.greet(),
            // What has been typed of the card's number stays: the card was taken up to be looked at.
            (Place::Card { .. }, _) => {}
            (_, Some(then)) if !known => {
                let then = then.clone();
                self.forget_certificates();
                self.open_card(then);
            }
            (place, _) if !known => {
                let back = AfterCard::Return(Box::new(place.clone()));
                self.open_card(back);
            }
            _ => {}
        }
        if known && self.state.identity.kind() == MeansKind::Stick {
            // Nothing is asked of a card: it only has to be remembered on leaving.
            self.state.slot = Slot::Unread;
        } else {
            self.begin_reading();
        }
    }

    pub(crate) fn greet(&mut self) {
        self.open_card(AfterCard::Return(Box::new(Place::Home)));
    }

    /// The card screen as it is found: nothing is asked for yet.
    pub(crate) fn open_card(&mut self, then: AfterCard) {
        self.state.can.asked = false;
        self.go(Place::card(then));
    }

    pub(crate) fn begin_reading(&mut self) {
        self.state.ticket = self.state.ticket.wrapping_add(1);
        self.next_opening();
        self.state.slot = Slot::Reading;
        let can = self.state.can.given.clone();
        self.ask(Effect::ReadCard { ticket: self.state.ticket, can });
    }

    /// A card that was put in before the person got to the card screen is read when they arrive there.
    pub(crate) fn read_card_if_waiting(&mut self) {
        if matches!(self.state.slot, Slot::Fault { .. } | Slot::Unread | Slot::Token) {
            self.begin_reading();
        }
    }

    pub(crate) fn card_read(&mut self, ticket: u32, holder: Holder) {
        if ticket != self.state.ticket || self.state.slot != Slot::Reading {
            return;
        }
        self.state.slot = Slot::Read { nif: holder.nif.clone() };
        match &self.state.holder {
            None => {
                let can = &mut self.state.can;
                (can.proven, can.asked, can.wrong) = (can.given.is_some(), false, 0);
                self.state.holder = Some(holder);
                self.state.identity = Identity::Dnie;
                if matches!(self.state.place, Place::Welcome) {
                    // Whoever went back while the card was being read is greeted all the same: the card is theirs.
                    self.greet();
                }
            }
            // Whose card it is does not matter then: the document is made for the certificate on the first one.
            Some(_) if self.state.identity.kind() != MeansKind::Dnie => self.card_changed(),
            Some(known) if known.nif == holder.nif => self.card_is_back(),
            Some(_) => self.another_card(),
        }
    }

    pub(crate) fn card_is_back(&mut self) {
        if matches!(self.state.cover, Some(Cover::CardRemoved { .. })) {
            self.state.cover = None;
        }
    }

    pub(crate) fn another_card(&mut self) {
        if self.needs_card() {
            let until = self.moment.now + self.environment.timers.card_back;
            self.state.cover = Some(Cover::CardRemoved { until, other: true });
        }
    }

    /// Not the card the session began with, whoever it belongs to.
    pub(crate) fn card_changed(&mut self) {
        self.state.slot = Slot::Fault { code: "card.changed" };
        if self.needs_card() {
            let until = self.moment.now + self.environment.timers.card_back;
            self.state.cover = Some(Cover::CardRemoved { until, other: false });
        }
    }

    pub(crate) fn card_failed_now(&mut self, code: &'static str) {
        self.card_inserted();
        // The reading just asked for would only say the same later.
        self.state.ticket = self.state.ticket.wrapping_add(1);
        self.effects.retain(|effect| !matches!(effect, Effect::ReadCard { .. }));
        self.state.slot = Slot::Fault { code };
    }

    pub(crate) fn card_failed(&mut self, ticket: u32, code: &'static str) {
        if ticket != self.state.ticket || self.state.slot != Slot::Reading {
            return;
        }
        match code {
            "card.can-needed" => self.can_needed(),
            "card.can-wrong" => self.can_wrong(),
            "card.not-dnie" if self.takes_token() => self.read_token(),
            code => self.state.slot = Slot::Fault { code },
        }
    }

    /// Whether a card that is not a DNIe may be of use: to say who one is, or because it is how that was said.
    fn takes_token(&self) -> bool {
        let known = self.state.holder.is_some();
        self.environment.means.token && (!known || self.state.identity.kind() == MeansKind::Token)
    }

    pub(crate) fn card_removed(&mut self) {
        // While its number is asked for, a card is taken up and put back as often as needed.
        let was_reading = self.state.slot == Slot::Reading && !self.state.can.asked;
        self.state.slot = Slot::Empty;
        self.state.ticket = self.state.ticket.wrapping_add(1);
        if self.needs_card() {
            self.erase_pin();
        }
        match &self.state.place {
            Place::Card { .. } if self.state.filing.is_none() => {
                // Nothing has been begun: whoever puts a card in next is whose session it is.
                self.state.holder = None;
                self.state.remembered.clear();
                if was_reading {
                    // Taken out too soon: said on the screen, which goes on waiting for the card.
                    self.state.slot = Slot::Fault { code: "card.removed" };
                }
            }
            Place::Certificates { then, source: Source::Token, .. } => {
                let then = then.clone();
                self.forget_certificates();
                self.open_card(then);
            }
            Place::Leaving { .. } => self.leaving_changed(),
            _ if self.needs_card() => {
                self.interrupt_card_work();
                let until = self.moment.now + self.environment.timers.card_back;
                self.state.cover = Some(Cover::CardRemoved { until, other: false });
            }
            _ => {}
        }
    }

    /// Whether the session cannot go on without its card: from the moment its holder is known until the
    /// application is signed and kept. A certificate from a file needs none.
    pub(crate) fn needs_card(&self) -> bool {
        self.state.holder.is_some()
            && self.state.identity.kind() != MeansKind::Stick
            && !matches!(
                self.state.place,
                Place::Sending { .. }
                    | Place::Receipt
                    | Place::Provisional
                    | Place::Output { .. }
                    | Place::Leaving { .. }
                    | Place::Welcome
            )
    }

    /// Whatever the card was doing is lost with it: the person signs again once it is back.
    fn interrupt_card_work(&mut self) {
        if matches!(self.state.place, Place::Pin { .. }) {
            self.go(Place::Sign { missing: false });
        }
    }

    pub(crate) fn leave_card_screen(&mut self, then: AfterCard) {
        match &self.state.slot {
            Slot::Read { .. } if self.state.holder.is_some() => self.go_after(then),
            Slot::Fault { .. } => self.begin_reading(),
            _ if self.state.can.asked => self.submit_can(),
            Slot::Read { .. } | Slot::Empty | Slot::Reading | Slot::Unread | Slot::Token => {}
        }
    }

    pub(crate) fn back_from_card(&mut self, then: AfterCard, wanted: Wanted) {
        match (wanted, then) {
            (Wanted::Token, _) if self.state.holder.is_none() => self.other_means(),
            (_, AfterCard::Return(place) | AfterCard::Start { from: place, .. }) => self.go(*place),
        }
    }
}
