//! Certificates from a file or from another card: found, opened, chosen, never picked unseen (S06).

use crate::Turn;
use crate::event::{Effect, OfferedFile};
use crate::identity::{Chosen, ForWhom, Identity, OfferedCertificate, Source, told};
use crate::state::{AfterCard, Holder, Place, Slot};
use crate::view::PinNotice;

impl Turn<'_> {
    pub(crate) fn certificate_files(&mut self, found: Vec<OfferedFile>) {
        if let Place::CertificateFiles { files, .. } = &mut self.state.place {
            *files = Some(found);
        }
    }

    pub(crate) fn choose_certificate_file(&mut self, id: &str) {
        let Place::CertificateFiles { then, files: Some(files), fault: None } = &self.state.place else {
            return;
        };
        let Some(file) = files.iter().find(|file| file.id == id).cloned() else { return };
        let then = then.clone();
        self.ask(Effect::ErasePin);
        self.go(Place::Password { then, file, typed: 0, notice: None, working: false });
    }

    /// The password is handed over; an empty one is a password too.
    pub(crate) fn open_certificate(&mut self) {
        let Place::Password { file, notice, working: working @ false, .. } = &mut self.state.place else {
            return;
        };
        (*notice, *working) = (None, true);
        let file = file.id.clone();
        let ticket = self.next_opening();
        self.ask(Effect::OpenCertificate { ticket, file });
    }

    /// A card in the reader that is not a DNIe: it may hold a certificate all the same.
    pub(crate) fn read_token(&mut self) {
        let ticket = self.next_opening();
        self.ask(Effect::ReadToken { ticket });
    }

    /// A ticket for what is asked next; answers to what was asked before are late from now on.
    pub(crate) fn next_opening(&mut self) -> u32 {
        self.state.opening = self.state.opening.wrapping_add(1);
        self.state.opening
    }

    pub(crate) fn certificates_opened(&mut self, ticket: u32, list: Vec<OfferedCertificate>) {
        if ticket != self.state.opening {
            return;
        }
        if let Place::Password { then, working: true, .. } = &self.state.place {
            let then = then.clone();
            self.offer(then, Source::Stick, list);
        } else if self.state.slot == Slot::Reading {
            self.token_opened(list);
        }
    }

    fn token_opened(&mut self, list: Vec<OfferedCertificate>) {
        match (&self.state.holder, &self.state.identity) {
            (None, _) => {
                self.state.slot = Slot::Token;
                let then = match (self.state.place.after(), &self.state.place) {
                    (Some(then), _) => then.clone(),
                    (None, Place::Welcome) => AfterCard::Return(Box::new(Place::Home)),
                    (None, place) => AfterCard::Return(Box::new(place.clone())),
                };
                self.offer(then, Source::Token, list);
            }
            (Some(_), Identity::Token(chosen)) if list.iter().any(|found| found.id == chosen.id) => {
                let id = chosen.id.clone();
                let ticket = self.next_opening();
                self.ask(Effect::UseCertificate { ticket, id });
            }
            (Some(_), _) => {
                self.ask(Effect::ForgetCertificates);
                self.card_changed();
            }
        }
    }

    /// Shows what was found: one to be confirmed, several to choose from, or why none serves.
    fn offer(&mut self, then: AfterCard, source: Source, list: Vec<OfferedCertificate>) {
        let mut usable = list.iter().filter(|found| found.usable.is_ok());
        let chosen = match (usable.next(), usable.next()) {
            (None, _) => {
                let why = list.iter().find_map(|found| found.usable.err()).map(told);
                let none = match source {
                    Source::Stick => "keystore.no-key",
                    Source::Token => "token.no-certificate",
                };
                self.unusable(then, source, why.unwrap_or(none));
                return;
            }
            (Some(only), None) => Some(only.id.clone()),
            (Some(_), Some(_)) => None,
        };
        self.go(Place::Certificates { then, source, list, chosen, missing: false, working: false });
    }

    /// Nothing to use: told where one came from, with another way.
    fn unusable(&mut self, then: AfterCard, source: Source, code: &'static str) {
        self.ask(Effect::ForgetCertificates);
        match source {
            Source::Stick => {
                self.ask(Effect::ErasePin);
                self.go(Place::CertificateFiles { then, files: Some(Vec::new()), fault: Some(code) });
            }
            Source::Token => {
                self.state.slot = Slot::Fault { code };
                self.open_card(then);
            }
        }
    }

    pub(crate) fn certificate_failed(&mut self, ticket: u32, code: &'static str) {
        if ticket != self.state.opening {
            return;
        }
        match &mut self.state.place {
            Place::Password { typed, notice, working: working @ true, .. }
                if code == "keystore.wrong-password" =>
            {
                (*typed, *notice, *working) = (0, Some(PinNotice::Wrong), false);
                self.ask(Effect::ErasePin);
            }
            Place::Password { then, working: true, .. } => {
                let then = then.clone();
                self.unusable(then, Source::Stick, told(code));
            }
            Place::Certificates { then, source, working: true, .. } => {
                let (then, source) = (then.clone(), *source);
                self.unusable(then, source, told(code));
            }
            _ if self.state.slot == Slot::Reading => self.state.slot = Slot::Fault { code: told(code) },
            _ => {}
        }
    }

    pub(crate) fn choose_certificate(&mut self, id: String) {
        if let Place::Certificates { list, chosen, missing, working: false, .. } = &mut self.state.place
            && list.iter().any(|found| found.id == id && found.usable.is_ok())
        {
            (*chosen, *missing) = (Some(id), false);
        }
    }

    pub(crate) fn use_certificate(&mut self) {
        let Place::Certificates { chosen, missing, working: working @ false, .. } = &mut self.state.place
        else {
            return;
        };
        let Some(id) = chosen.clone() else {
            *missing = true;
            return;
        };
        *working = true;
        let ticket = self.next_opening();
        self.ask(Effect::UseCertificate { ticket, id });
    }

    pub(crate) fn certificate_chosen(&mut self, ticket: u32, holder: Holder) {
        if ticket != self.state.opening {
            return;
        }
        match (&self.state.holder, self.state.place.clone()) {
            (None, Place::Certificates { then, source, list, chosen: Some(id), working: true, .. }) => {
                let company =
                    list.into_iter().find(|found| found.id == id).and_then(|found| match found.for_whom {
                        ForWhom::Oneself => None,
                        ForWhom::Company { name } => Some(name),
                    });
                let chosen = Chosen { id, company };
                self.state.identity = match source {
                    Source::Stick => Identity::Stick(chosen),
                    Source::Token => {
                        self.state.slot = Slot::Read { nif: holder.nif.clone() };
                        Identity::Token(chosen)
                    }
                };
                self.state.holder = Some(holder);
                self.go_after(then);
            }
            (Some(known), _) if self.state.slot == Slot::Reading => {
                let same = known.nif == holder.nif;
                self.state.slot = Slot::Read { nif: holder.nif };
                if same {
                    self.card_is_back();
                } else {
                    self.another_card();
                }
            }
            _ => {}
        }
    }

    /// Leaves the certificates found so far, if any.
    pub(crate) fn forget_certificates(&mut self) {
        if matches!(
            self.state.place,
            Place::CertificateFiles { .. } | Place::Password { .. } | Place::Certificates { .. }
        ) {
            self.next_opening();
            self.ask(Effect::ErasePin);
            self.ask(Effect::ForgetCertificates);
        }
    }

    /// One screen back among those of certificates.
    pub(crate) fn back_from_certificates(&mut self) {
        let (then, to_files) = match &self.state.place {
            Place::Password { then, .. } => (then.clone(), true),
            Place::Certificates { then, source, .. } => (then.clone(), *source == Source::Stick),
            Place::CertificateFiles { then, fault, .. } => (then.clone(), fault.is_some()),
            _ => return,
        };
        self.forget_certificates();
        if to_files {
            self.look_for_certificates(then);
        } else {
            self.go(Place::Means { then });
        }
    }
}
