//! Signing, queueing, and the paper at the end.

use jiff::Timestamp;
use registry_api::{Receipt, SubmissionKey};

use crate::Turn;
use crate::event::{Effect, FilingWait, ToEnqueue};
use crate::identity::{PinLength, told};
use crate::state::{AfterFault, Cover, Place};
use crate::view::{FaultAct, MeansKind, OutputKind, PinNotice, PinStage, TriesLeft};

impl Turn<'_> {
    /// From the review: to what must be paid, if anything ever is, and else on to sign.
    pub(crate) fn leave_review(&mut self) {
        // Too early: the document is still being made; the view says so with its busy mark.
        if self.state.filing.as_ref().is_none_or(|filing| filing.pages.is_empty()) || !self.still_open() {
            return;
        }
        if self.has_fee() {
            self.go(Place::Fee);
        } else {
            self.ask_consent();
        }
    }

    pub(crate) fn has_fee(&self) -> bool {
        self.procedure().is_some_and(|procedure| procedure.fee.kind != procedures::FeeKind::None)
    }

    pub(crate) fn ask_consent(&mut self) {
        if self.state.filing.as_ref().is_none_or(|filing| filing.pages.is_empty()) {
            return;
        }
        self.ask(Effect::Prepare);
        self.go(Place::Sign { missing: false });
    }

    /// Whether the procedure under way may still be handed in: its period may have ended while it was filled in.
    fn still_open(&mut self) -> bool {
        let Some(filing) = &self.state.filing else { return false };
        let procedure = filing.procedure.clone();
        self.may_go_on(&procedure)
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
        let pin_unknown = filing.pin_unknown;
        if !self.still_open() {
            return;
        }
        let notice = pin_unknown.then_some(PinNotice::MaybeSpent);
        self.ask(Effect::ErasePin);
        let (stage, length) = match self.state.identity.kind() {
            // A file counts no tries: there is nobody to ask.
            MeansKind::Stick => (PinStage::Entry, PinLength::PASSWORD),
            MeansKind::Dnie | MeansKind::Token => {
                self.ask(Effect::ReadTries);
                (PinStage::Checking, PinLength::DNIE)
            }
        };
        self.go(Place::Pin { stage, typed: 0, tries: TriesLeft::Untold, length, notice });
    }

    pub(crate) fn tries(&mut self, left: TriesLeft, told: Option<PinLength>) {
        if let Place::Pin { stage: stage @ PinStage::Checking, tries, length, .. } = &mut self.state.place {
            *tries = left;
            *stage = stage_for(left);
            // A token that names no sensible length has its PIN taken as it is typed.
            *length = told.map_or(*length, |told| PinLength { max: told.max.max(told.min).max(1), ..told });
        }
    }

    pub(crate) fn confirm_last_try(&mut self) {
        if let Place::Pin { stage: stage @ PinStage::LastTry, .. } = &mut self.state.place {
            *stage = PinStage::Entry;
        }
    }

    pub(crate) fn pin_typed(&mut self, count: u32) {
        self.stir();
        if let Place::Pin { stage: PinStage::Entry, typed, notice, .. }
        | Place::Password { typed, notice, working: false, .. } = &mut self.state.place
        {
            *typed = count;
            if count > 0 && !matches!(*notice, Some(PinNotice::Wrong | PinNotice::MaybeSpent)) {
                *notice = None;
            }
        }
    }

    pub(crate) fn pin_submitted(&mut self) {
        if self.state.cover.is_some() {
            return;
        }
        if matches!(self.state.place, Place::Password { .. }) {
            self.open_certificate();
            return;
        }
        let Place::Pin { stage, typed, notice, length, .. } = &mut self.state.place else { return };
        match stage {
            PinStage::Entry if *typed < length.min => *notice = Some(PinNotice::TooShort),
            PinStage::Entry => {
                *stage = PinStage::Working;
                *notice = None;
                if let Some(filing) = &mut self.state.filing {
                    filing.pin_unknown = false;
                }
                self.ask(Effect::Sign);
            }
            PinStage::LastTry => *stage = PinStage::Entry,
            PinStage::Blocked => self.go(Place::Review { document_shown: false }),
            PinStage::Checking | PinStage::Working => {}
        }
    }

    pub(crate) fn pin_wrong(&mut self, left: TriesLeft) {
        if let Place::Pin { stage, typed, tries, notice, .. } = &mut self.state.place {
            *stage = stage_for(left);
            *typed = 0;
            *tries = left;
            *notice = Some(PinNotice::Wrong);
        }
    }

    pub(crate) fn sign_failed(&mut self, code: &'static str) {
        if code == "card.pin-unknown" {
            self.pin_unknown();
            return;
        }
        let Place::Pin { stage, tries, typed, notice, .. } = &mut self.state.place else { return };
        if code == "pin.blocked" {
            (*stage, *tries, *typed, *notice) = (PinStage::Blocked, TriesLeft::Blocked, 0, None);
            self.ask(Effect::ErasePin);
            return;
        }
        self.erase_pin();
        self.go(Place::Sign { missing: false });
        // A card that has gone is told by its own cover.
        if code != "card.removed" && !matches!(self.state.cover, Some(Cover::CardRemoved { .. })) {
            let code = match (code, self.state.identity.kind()) {
                ("card.can-needed" | "card.can-wrong", _) => "card.other",
                (code, MeansKind::Dnie) => code,
                (code, MeansKind::Token | MeansKind::Stick) => told(code),
            };
            self.fault_with(code, FaultAct::Retry, AfterFault::Stay);
        }
    }

    /// The card left while it checked the PIN: whether a try was spent only the card knows, and it is asked before
    /// the PIN is (N5). Usually the card is already known to be gone, and this is told once it is back.
    fn pin_unknown(&mut self) {
        let Some(filing) = self.state.filing.as_mut().filter(|filing| filing.handed_in_at.is_none()) else {
            return;
        };
        match &mut self.state.place {
            Place::Pin { stage, typed, notice, .. } => {
                (*stage, *typed, *notice) = (PinStage::Checking, 0, Some(PinNotice::MaybeSpent));
                filing.pin_unknown = true;
                self.ask(Effect::ErasePin);
                self.ask(Effect::ReadTries);
            }
            Place::Sign { .. } => filing.pin_unknown = true,
            _ => {}
        }
    }

    pub(crate) fn back_from_pin(&mut self, stage: PinStage) {
        if !matches!(stage, PinStage::Working) {
            self.erase_pin();
            self.go(Place::Sign { missing: false });
        }
    }

    pub(crate) fn erase_pin(&mut self) {
        if let Place::Pin { typed, .. } | Place::Password { typed, .. } = &mut self.state.place {
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

fn stage_for(left: TriesLeft) -> PinStage {
    match left {
        TriesLeft::Count { left: 0 } | TriesLeft::Blocked => PinStage::Blocked,
        TriesLeft::Count { left: 1 } | TriesLeft::Last => PinStage::LastTry,
        TriesLeft::Count { .. } | TriesLeft::Untold | TriesLeft::Few => PinStage::Entry,
    }
}
