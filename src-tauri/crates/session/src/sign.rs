//! Signing, queueing, and the paper at the end.

use jiff::Timestamp;
use registry_api::{Receipt, SubmissionKey};

use crate::Turn;
use crate::event::{Effect, FilingWait, ToEnqueue};
use crate::state::{AfterFault, Cover, Place};
use crate::view::{FaultAct, OutputKind, PinNotice, PinStage};

impl Turn<'_> {
    pub(crate) fn ask_consent(&mut self) {
        // Too early: the document is still being made; the view says so with its busy mark.
        if self.state.filing.as_ref().is_none_or(|filing| filing.pages.is_empty()) {
            return;
        }
        self.ask(Effect::Prepare);
        self.go(Place::Sign { missing: false });
    }

    pub(crate) fn prepared(&mut self, fingerprint: String, pages: u32) {
        if let (Place::Sign { .. }, Some(filing)) = (&self.state.place, &mut self.state.filing) {
            filing.fingerprint = Some(fingerprint);
            filing.page_count = pages;
        }
    }

    pub(crate) fn declare(&mut self, id: &str, ticked: bool) {
        let known = self
            .procedure()
            .is_some_and(|procedure| procedure.declarations.iter().any(|known| known.id == id));
        if !matches!(self.state.place, Place::Sign { .. }) || !known {
            return;
        }
        let Some(filing) = &mut self.state.filing else { return };
        filing.declared.retain(|declared| declared != id);
        if ticked {
            filing.declared.push(id.to_owned());
        }
        let missing = self.declaration_is_missing();
        if let Place::Sign { missing: shown } = &mut self.state.place {
            *shown = *shown && missing;
        }
    }

    fn declaration_is_missing(&self) -> bool {
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return true };
        procedure.declarations.iter().any(|declaration| !filing.declared.contains(&declaration.id))
    }

    pub(crate) fn ask_pin(&mut self) {
        let Some(filing) = &self.state.filing else { return };
        if filing.fingerprint.is_none() {
            return;
        }
        if self.declaration_is_missing() {
            self.go(Place::Sign { missing: true });
            return;
        }
        self.ask(Effect::ErasePin);
        self.ask(Effect::ReadTries);
        self.go(Place::Pin { stage: PinStage::Checking, typed: 0, tries: None, notice: None });
    }

    pub(crate) fn tries(&mut self, left: u8) {
        if let Place::Pin { stage: stage @ PinStage::Checking, tries, .. } = &mut self.state.place {
            *tries = Some(left);
            *stage = stage_for(left);
        }
    }

    pub(crate) fn confirm_last_try(&mut self) {
        if let Place::Pin { stage: stage @ PinStage::LastTry, .. } = &mut self.state.place {
            *stage = PinStage::Entry;
        }
    }

    pub(crate) fn pin_typed(&mut self, count: u32) {
        self.stir();
        if let Place::Pin { stage: PinStage::Entry, typed, notice, .. } = &mut self.state.place {
            *typed = count;
            if count > 0 && *notice != Some(PinNotice::Wrong) {
                *notice = None;
            }
        }
    }

    pub(crate) fn pin_submitted(&mut self) {
        if self.state.cover.is_some() {
            return;
        }
        let Place::Pin { stage, typed, notice, .. } = &mut self.state.place else { return };
        match stage {
            PinStage::Entry if *typed < crate::present::PIN_MIN => *notice = Some(PinNotice::TooShort),
            PinStage::Entry => {
                *stage = PinStage::Working;
                *notice = None;
                self.ask(Effect::Sign);
            }
            PinStage::LastTry => *stage = PinStage::Entry,
            PinStage::Blocked => self.go(Place::Review { document_shown: false }),
            PinStage::Checking | PinStage::Working => {}
        }
    }

    pub(crate) fn pin_wrong(&mut self, left: u8) {
        if let Place::Pin { stage, typed, tries, notice } = &mut self.state.place {
            *stage = stage_for(left);
            *typed = 0;
            *tries = Some(left);
            *notice = Some(PinNotice::Wrong);
        }
    }

    pub(crate) fn sign_failed(&mut self, code: &'static str) {
        if !matches!(self.state.place, Place::Pin { .. }) {
            return;
        }
        self.erase_pin();
        if code == "pin.blocked" {
            self.go(Place::Pin { stage: PinStage::Blocked, typed: 0, tries: Some(0), notice: None });
            return;
        }
        self.go(Place::Sign { missing: false });
        // A card that has gone is told by its own cover.
        if code != "card.removed" && !matches!(self.state.cover, Some(Cover::CardRemoved { .. })) {
            self.fault_with(code, FaultAct::Retry, AfterFault::Stay);
        }
    }

    pub(crate) fn back_from_pin(&mut self, stage: PinStage) {
        if !matches!(stage, PinStage::Working) {
            self.erase_pin();
            self.go(Place::Sign { missing: false });
        }
    }

    pub(crate) fn erase_pin(&mut self) {
        if let Place::Pin { typed, .. } = &mut self.state.place {
            *typed = 0;
            self.ask(Effect::ErasePin);
        }
    }

    pub(crate) fn signed(&mut self) {
        // The signature stands even if the card has just left: it was checked, and the package is whole.
        if !matches!(self.state.place, Place::Pin { .. } | Place::Sign { .. }) || self.state.filing.is_none()
        {
            return;
        }
        if matches!(self.state.cover, Some(Cover::CardRemoved { .. })) {
            self.state.cover = None;
        }
        if let Some(filing) = &mut self.state.filing {
            filing.handed_in_at = Some(self.moment.now);
        }
        self.go(Place::Sending { stored: false, since: self.moment.now });
        self.enqueue();
    }

    pub(crate) fn enqueue(&mut self) {
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let package = ToEnqueue {
            key: filing.key,
            procedure: filing.procedure.clone(),
            version: filing.version,
            language: self.state.language,
            answers: procedure.form.filed(&filing.answers),
            handed_in_at: filing.handed_in_at.unwrap_or(self.moment.now),
        };
        self.ask(Effect::Enqueue(Box::new(package)));
    }

    pub(crate) fn enqueued(&mut self) {
        if let Place::Sending { stored, since } = &mut self.state.place {
            *stored = true;
            *since = self.moment.now;
        }
    }

    pub(crate) fn enqueue_failed(&mut self, code: &'static str) {
        if matches!(self.state.place, Place::Sending { stored: false, .. }) {
            self.fault_with(code, FaultAct::Retry, AfterFault::Enqueue);
        }
    }

    pub(crate) fn sending_tick(&mut self, stored: bool, since: Timestamp) {
        if stored && self.moment.now >= since + self.environment.timers.number {
            if let Some(filing) = &mut self.state.filing {
                filing.slow = true;
            }
            self.stir();
            self.go(Place::Provisional);
        }
    }

    pub(crate) fn filing_waits(&mut self, key: SubmissionKey, wait: FilingWait) {
        let Some(filing) = self.state.filing.as_mut().filter(|filing| filing.key == key) else { return };
        filing.wait = Some(wait);
        if matches!(self.state.place, Place::Sending { .. }) {
            self.stir();
            self.go(Place::Provisional);
        }
    }

    pub(crate) fn filed(&mut self, receipt: Receipt) {
        let Some(filing) = self.state.filing.as_mut().filter(|filing| filing.key == receipt.key) else {
            return;
        };
        filing.receipt = Some(Box::new(receipt));
        // A provisional slip is never kept on screen once the number is there.
        if matches!(self.state.place, Place::Sending { .. } | Place::Provisional) {
            filing.saved = false;
            filing.printed = false;
            self.stir();
            self.go(Place::Receipt);
        }
    }

    pub(crate) fn output(&mut self, how: OutputKind) {
        let provisional = match &self.state.place {
            Place::Receipt => false,
            Place::Provisional => true,
            Place::Output { provisional, done: false, fault: Some(_), .. } => *provisional,
            _ => return,
        };
        self.ask(Effect::Output { how, provisional });
        self.go(Place::Output { how, provisional, done: false, fault: None });
    }

    pub(crate) fn output_ended(&mut self, failed: Option<&'static str>) {
        let Place::Output { how, done, fault, .. } = &mut self.state.place else { return };
        *done = failed.is_none();
        *fault = failed;
        if failed.is_none() {
            let how = *how;
            if let Some(filing) = &mut self.state.filing {
                match how {
                    OutputKind::Print => filing.printed = true,
                    OutputKind::Save => filing.saved = true,
                }
            }
            self.state.printed |= how == OutputKind::Print;
        }
        self.stir();
    }

    pub(crate) fn leave_output(&mut self, provisional: bool) {
        let numbered = self.state.filing.as_ref().is_some_and(|filing| filing.receipt.is_some());
        self.go(if provisional && !numbered { Place::Provisional } else { Place::Receipt });
    }
}

fn stage_for(left: u8) -> PinStage {
    match left {
        0 => PinStage::Blocked,
        1 => PinStage::LastTry,
        _ => PinStage::Entry,
    }
}
