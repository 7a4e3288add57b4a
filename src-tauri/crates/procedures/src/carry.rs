//! From one version of a form to the next: what becomes of a draft.

use crate::Today;
use crate::form::{Answers, FieldKind, Form};
use crate::procedure::{Drafts, Procedure};

/// What becomes of a draft under the version of its procedure that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carry {
    /// It goes on with every answer.
    Whole,
    /// It goes on with those that [`Form::carried`] keeps; the person must be told.
    Part,
    /// It ends; the person must be told.
    Ended,
}

impl Procedure {
    /// What becomes of a draft begun with `version`. The rule of a version speaks of the one before it and of no older
    /// one; nor does a form that is older than a draft know what the draft's questions were.
    #[must_use]
    pub fn carry(&self, version: u32) -> Carry {
        if version == self.version {
            return Carry::Whole;
        }
        if version.checked_add(1) != Some(self.version) {
            return Carry::Ended;
        }
        match self.drafts {
            Drafts::End => Carry::Ended,
            Drafts::GoOn => Carry::Whole,
            Drafts::Migrate => Carry::Part,
        }
    }
}

impl Form {
    /// Of the answers to the version before, those that still have a field. What is chosen and not written stays only
    /// if it can still be chosen, and what was agreed to must be agreed to anew: its words may be others now. What was
    /// written stays as it is, so that whatever is wrong with it is told at its field.
    #[must_use]
    pub fn carried(&self, answers: &Answers, today: &Today) -> Answers {
        let mut kept: Answers = answers
            .iter()
            .filter(|(id, _)| self.field(id).is_some_and(|field| !is_agreement(field.kind)))
            .map(|(id, answer)| (id.clone(), answer.clone()))
            .collect();
        let faults = self.validate(&self.normalise(&kept), today);
        for fault in faults {
            if self.field(&fault.field).is_some_and(|field| is_chosen(field.kind)) {
                kept.remove(&fault.field);
            }
        }
        kept
    }
}

fn is_agreement(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Statement | FieldKind::Consent)
}

fn is_chosen(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::Choice | FieldKind::Multiple | FieldKind::YesNo)
}
