//! The screens from what is known before starting to the paper at the end, other than the form.

use procedures::Procedure;
use wording::format;

use super::Presenter;
use crate::event::{FilingWait, SavedDraft};
use crate::view::{
    Declaration, DraftChange, Line, OutputKind, OutputState, ProvisionalView, ReceiptView, Screen, Step,
    StepKind, StepState,
};

impl Presenter<'_> {
    pub(super) fn before_start(
        &self,
        id: &str,
        draft: Option<&SavedDraft>,
        draft_change: Option<DraftChange>,
    ) -> Screen {
        let Some(procedure) = self.environment.catalogue.get(id) else { return self.home() };
        let notice = &procedure.data_protection;
        let line = |label: &str, text: String| Line { label: label.to_owned(), text };
        let quiet = self.environment.timers.form.0.as_secs();
        Screen::BeforeStart {
            notices: vec![
                line("before-controller", self.text(&notice.controller)),
                line("before-purpose", self.text(&notice.purpose)),
                line("before-basis", self.text(&notice.basis)),
                line("before-rights", self.text(&notice.rights)),
                line("before-drafts", self.say("drafts-not-kept", &[])),
            ],
            lookups: self.lookups(procedure),
            quiet_seconds: u32::try_from(quiet).unwrap_or(u32::MAX),
            draft: draft
                .map(|draft| format::date_time(self.state.language, &self.official(draft.changed_at))),
            draft_change,
        }
    }

    pub(super) fn sign(&self, missing: bool) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let declarations = procedure
            .declarations
            .iter()
            .map(|declaration| Declaration {
                id: declaration.id.clone(),
                text: self.text(&declaration.text),
                ticked: filing.declared.contains(&declaration.id),
            })
            .collect();
        Screen::Sign {
            document: self.text(&procedure.name),
            pages: filing.page_count.max(u32::try_from(filing.pages.len()).unwrap_or(0)),
            fingerprint: filing.fingerprint.clone().unwrap_or_default(),
            unit: self.unit(&procedure.unit),
            holder: self
                .state
                .holder
                .as_ref()
                .map(|holder| format::person_name(&holder.full_name()))
                .unwrap_or_default(),
            company: self.state.identity.company().map(str::to_owned),
            means: self.state.identity.kind(),
            declarations,
            declarations_missing: missing,
        }
    }

    pub(super) fn sending(&self, stored: bool) -> Screen {
        let step = |what, state| Step { what, state };
        let (kept, number) =
            if stored { (StepState::Done, StepState::Now) } else { (StepState::Now, StepState::Waiting) };
        Screen::Sending {
            steps: vec![
                step(StepKind::Signed, StepState::Done),
                step(StepKind::Stored, kept),
                step(StepKind::Registered, number),
            ],
            card_may_leave: true,
        }
    }

    pub(super) fn receipt(&self) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return Screen::Welcome };
        let Some(receipt) = &filing.receipt else { return self.provisional() };
        let presented = self.official(receipt.presented_at);
        let language = self.state.language;
        Screen::Receipt(ReceiptView {
            number: format::entry_number(&receipt.number.to_string()),
            date: format::date(language, presented.date()),
            time: format!("{:02}:{:02}:{:02}", presented.hour(), presented.minute(), presented.second()),
            effective: (receipt.effective_on != presented.date())
                .then(|| format::date(language, receipt.effective_on)),
            unit: self.unit(&procedure.unit),
            due: receipt.resolution.due.map(|due| format::date(language, due)),
            silence: procedure.silence.message_id().to_owned(),
            csv: receipt.csv.to_string(),
            fingerprint: filing.fingerprint.clone().unwrap_or_default(),
            saved: filing.saved,
            printed: filing.printed,
        })
    }

    pub(super) fn provisional(&self) -> Screen {
        let Some((filing, _)) = self.filing() else { return Screen::Welcome };
        let at = self.official(filing.handed_in_at.unwrap_or(self.now));
        let reason = match filing.wait {
            Some(FilingWait::Refused) => "provisional-refused",
            Some(FilingWait::Offline) => "provisional-offline",
            None => "provisional-slow",
        };
        Screen::Provisional(ProvisionalView {
            evidence: filing.key.to_string(),
            date: format::date(self.state.language, at.date()),
            time: format!("{:02}:{:02}", at.hour(), at.minute()),
            fingerprint: filing.fingerprint.clone().unwrap_or_default(),
            reason: reason.to_owned(),
            saved: filing.saved,
            printed: filing.printed,
        })
    }

    pub(super) fn output(
        &self,
        how: OutputKind,
        provisional: bool,
        done: bool,
        fault: Option<&'static str>,
    ) -> Screen {
        let state = match fault {
            Some(code) => OutputState::Failed { fault: Self::card_fault(code) },
            None if done => OutputState::Done,
            None => OutputState::Working,
        };
        Screen::Output { how, state, provisional }
    }

    pub(super) fn filing(&self) -> Option<(&crate::state::Filing, &Procedure)> {
        let filing = self.state.filing.as_ref()?;
        Some((filing, self.environment.catalogue.get(&filing.procedure)?))
    }
}
