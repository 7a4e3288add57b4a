//! By which means one says who one is (S04).

use crate::Turn;
use crate::event::Effect;
use crate::state::{AfterCard, Place, Slot, Wanted};
use crate::view::MeansWay;

impl Turn<'_> {
    /// To S04 from any screen that asks who one is, as long as nobody is known.
    pub(crate) fn other_means(&mut self) {
        let Some(then) = self.state.place.after().cloned() else { return };
        if self.state.holder.is_some() {
            return;
        }
        self.forget_certificates();
        if self.state.slot == Slot::Reading {
            // Whoever looks for another way is not to be surprised by the card.
            self.state.ticket = self.state.ticket.wrapping_add(1);
            self.state.slot = Slot::Unread;
        }
        self.go(Place::Means { then });
    }

    pub(crate) fn choose_means(&mut self, way: MeansWay) {
        let Place::Means { then } = &self.state.place else { return };
        let then = then.clone();
        match way {
            MeansWay::Dnie => self.go_to_card(then, Wanted::Dnie),
            MeansWay::Token if self.environment.means.token => self.go_to_card(then, Wanted::Token),
            MeansWay::Stick if self.environment.means.stick => self.look_for_certificates(then),
            MeansWay::Token | MeansWay::Stick => {}
            MeansWay::Nothing => self.go(Place::NoMeans { then }),
        }
    }

    /// The card screen; a card that is already in is read.
    pub(crate) fn go_to_card(&mut self, then: AfterCard, wanted: Wanted) {
        self.open_card(then);
        if let Place::Card { wanted: told, .. } = &mut self.state.place {
            *told = wanted;
        }
        self.read_card_if_waiting();
    }

    /// Back from S04. A card that could not be read is not read again: what was said of it still holds.
    pub(crate) fn back_from_means(&mut self, then: AfterCard) {
        if matches!(self.state.slot, Slot::Fault { .. }) {
            self.open_card(then);
        } else {
            self.go_to_card(then, Wanted::Dnie);
        }
    }

    pub(crate) fn look_for_certificates(&mut self, then: AfterCard) {
        self.ask(Effect::ListCertificates);
        self.go(Place::CertificateFiles { then, files: None, fault: None });
    }

    /// Once it is known who one is: back to where one was, or on to the procedure.
    pub(crate) fn go_after(&mut self, then: AfterCard) {
        match then {
            AfterCard::Return(place) => self.go(*place),
            AfterCard::Start { procedure, from } => self.before_start(procedure, *from),
        }
    }

    pub(crate) fn stick_present(&mut self, present: bool) {
        self.state.stick = Some(present);
        match self.state.place.clone() {
            Place::CertificateFiles { then, fault: None, .. } => {
                if present {
                    self.look_for_certificates(then);
                } else {
                    self.go(Place::CertificateFiles { then, files: Some(Vec::new()), fault: None });
                }
            }
            Place::Form { page, .. } if self.takes_files(&page) => self.ask(Effect::ListFiles),
            Place::Leaving { .. } => self.leaving_changed(),
            _ => {}
        }
    }
}
