//! From a submission that passed the checks to the draft of an entry.

use std::sync::Arc;

use procedures::{Catalogue, Procedure};

use crate::checks::Checks;
use crate::config::TownSettings;
use crate::official::Accepted;
use crate::receipt::Source;
use crate::store::{Assigned, Attached, Document, Draft, Filing, Finished, Whose};
use crate::{Calendar, Error};

/// What drafts are made with.
pub(crate) struct Drafter {
    pub(crate) checks: Arc<Checks>,
    pub(crate) town: TownSettings,
    pub(crate) calendar: Arc<Calendar>,
}

impl Drafter {
    /// What the entry says besides number and time.
    pub(crate) fn filing(&self, accepted: &Accepted) -> Result<Filing, Error> {
        let submission = &accepted.submission;
        let (_, procedure) = self.procedure(accepted)?;
        Ok(Filing {
            key: submission.key,
            package_sha256: accepted.package_sha256.clone(),
            kiosk: accepted.kiosk.clone(),
            office: self.town.office.clone(),
            office_name: self.town.office_name.in_language(submission.language).to_owned(),
            unit: procedure.unit.clone(),
            procedure: submission.procedure.clone(),
            procedure_version: submission.procedure_version,
            summary: procedure.abstract_of(&submission.answers, submission.language),
            answers: submission.answers.clone(),
            facts: Some(procedure.facts_of(&submission.answers, submission.language)),
            request: Some(procedure.request_of(&submission.answers, submission.language)),
            reference: procedure.reference_of(&submission.answers),
            application_sha256: Some(submission.application.sha256()),
            attachments: submission
                .accompanying()
                .map(|attachment| Attached {
                    name: attachment.name.clone(),
                    mime: attachment.mime.clone(),
                    size: i64::try_from(attachment.content.len()).unwrap_or(i64::MAX),
                    sha256: attachment.sha256.clone(),
                    document: attachment.document.clone(),
                })
                .collect(),
            language: submission.language,
            interested: accepted.checked.interested.clone(),
            name: accepted.checked.name.clone(),
            signer_certificate_sha256: accepted
                .checked
                .signer_certificate_sha256
                .map(hex::encode)
                .unwrap_or_default(),
            handed_in_at: submission.handed_in_at,
            presented: accepted.presented.clone(),
            corrects: None,
            unsigned: submission.unsigned.clone(),
            assisted_by: accepted.checked.assisted_by.as_ref().map(|official| official.name.clone()),
            cures: accepted.checked.cures.clone(),
        })
    }

    /// The draft of its entry.
    pub(crate) fn draft(self: &Arc<Self>, accepted: &Accepted, whose: Whose) -> Result<Draft, Error> {
        let filing = self.filing(accepted)?;
        let documents = Document::of(&accepted.submission);
        let (drafter, accepted) = (Arc::clone(self), accepted.clone());
        let finish = move |assigned: &Assigned| drafter.finish(&accepted, assigned);
        Ok(Draft {
            filing,
            documents,
            whose,
            calendar: Arc::clone(&self.calendar),
            note: None,
            finish: Box::new(finish),
        })
    }

    fn finish(&self, accepted: &Accepted, assigned: &Assigned) -> Result<Finished, Error> {
        let (catalogue, procedure) = self.procedure(accepted)?;
        let unit = catalogue.unit(&procedure.unit);
        let language = accepted.submission.language;
        let source = Source {
            submission: &accepted.submission,
            procedure,
            unit: unit.map_or(procedure.unit.as_str(), |unit| unit.name.in_language(language)),
            interested: &accepted.checked.interested,
            content_sha256: accepted.checked.content_sha256,
            cures: accepted.checked.cures.as_ref(),
            assisted_by: accepted.checked.assisted_by.as_ref(),
            town: &self.town,
            calendar: &self.calendar,
        };
        let facts = source.facts(assigned)?;
        let due_on = self.calendar.due(assigned.effective.on, procedure.term.months)?;
        Ok(Finished { due_on, facts: facts.to_json()? })
    }

    /// The version of the procedure that was filled in, with the catalogue it belongs to.
    fn procedure(&self, accepted: &Accepted) -> Result<(&Catalogue, &Procedure), Error> {
        let submission = &accepted.submission;
        self.checks
            .offer
            .procedure(&submission.procedure, submission.procedure_version)
            .map_err(|_| Error::Internal { what: "a procedure that was there" })
    }
}
