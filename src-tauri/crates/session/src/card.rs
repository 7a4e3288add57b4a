//! The card in the slot: reading it, losing it, getting it back.

use crate::Turn;
use crate::event::{Effect, ReaderState};
use crate::state::{AfterCard, Cover, Holder, Place, Slot};

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
        match &self.state.place {
            // Leaving: the session before is over and gone; whoever comes now is greeted.
            Place::Welcome => self.go(Place::Card { then: AfterCard::Return(Box::new(Place::Home)) }),
            Place::Leaving { .. } => {
                self.fresh_session();
                self.go(Place::Card { then: AfterCard::Return(Box::new(Place::Home)) });
            }
            place if self.state.holder.is_none() && !matches!(place, Place::Card { .. }) => {
                let back = AfterCard::Return(Box::new(place.clone()));
                self.go(Place::Card { then: back });
            }
            _ => {}
        }
        self.begin_reading();
    }

    fn begin_reading(&mut self) {
        self.state.ticket = self.state.ticket.wrapping_add(1);
        self.state.slot = Slot::Reading;
        self.ask(Effect::ReadCard { ticket: self.state.ticket });
    }

    /// A card that was put in before the person got to the card screen is read when they arrive there.
    pub(crate) fn read_card_if_waiting(&mut self) {
        if matches!(self.state.slot, Slot::Fault { .. }) {
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
                self.state.holder = Some(holder);
                if matches!(self.state.place, Place::Welcome) {
                    // Whoever went back while the card was being read is greeted all the same: the card is theirs.
                    self.go(Place::Card { then: AfterCard::Return(Box::new(Place::Home)) });
                }
            }
            Some(known) if known.nif == holder.nif => self.card_is_back(),
            Some(_) => self.another_card(),
        }
    }

    fn card_is_back(&mut self) {
        if matches!(self.state.cover, Some(Cover::CardRemoved { .. })) {
            self.state.cover = None;
        }
    }

    fn another_card(&mut self) {
        if self.needs_card() {
            let until = self.moment.now + self.environment.timers.card_back;
            self.state.cover = Some(Cover::CardRemoved { until, other: true });
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
        if ticket == self.state.ticket && self.state.slot == Slot::Reading {
            self.state.slot = Slot::Fault { code };
        }
    }

    pub(crate) fn card_removed(&mut self) {
        let was_reading = self.state.slot == Slot::Reading;
        self.state.slot = Slot::Empty;
        self.state.ticket = self.state.ticket.wrapping_add(1);
        self.erase_pin();
        if matches!(self.state.place, Place::Card { .. }) && self.state.filing.is_none() {
            // Nothing has been begun: whoever puts a card in next is whose session it is.
            self.state.holder = None;
            if was_reading {
                // Taken out too soon: said on the screen, which goes on waiting for the card.
                self.state.slot = Slot::Fault { code: "card.removed" };
            }
        } else if self.needs_card() {
            self.interrupt_card_work();
            let until = self.moment.now + self.environment.timers.card_back;
            self.state.cover = Some(Cover::CardRemoved { until, other: false });
        } else if let Place::Leaving { gone_since: gone @ None } = &mut self.state.place {
            *gone = Some(self.moment.now);
        }
    }

    /// Whether the session cannot go on without its card: from the moment its holder is known until the
    /// application is signed and kept.
    pub(crate) fn needs_card(&self) -> bool {
        self.state.holder.is_some()
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
            Slot::Read { .. } if self.state.holder.is_some() => match then {
                AfterCard::Return(place) => self.go(*place),
                AfterCard::Start { procedure, from } => self.before_start(procedure, *from),
            },
            Slot::Fault { .. } => self.begin_reading(),
            Slot::Read { .. } | Slot::Empty | Slot::Reading => {}
        }
    }

    pub(crate) fn back_from_card(&mut self, then: AfterCard) {
        match then {
            AfterCard::Return(place) | AfterCard::Start { from: place, .. } => self.go(*place),
        }
    }
}
