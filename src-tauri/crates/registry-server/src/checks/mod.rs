//! Whether a submission may become an entry. What is cheap and telling comes first; each failure has its own code.
//!
//! Nothing here does I/O or reads a clock. A key that was registered before never comes here: its certificate may
//! have expired and its form may have changed meanwhile, and its receipt stays.

mod files;
mod refused;
mod signature;

use jiff::Timestamp;
use procedures::{Catalogue, Procedure, Today};
use registry_api::{Interested, Submission, limits};
use trust::{Anchors, Certificate};

pub(crate) use refused::Refused;

use crate::Calendar;

/// What a submission is judged by.
pub(crate) struct Checks {
    pub(crate) catalogue: Catalogue,
    pub(crate) anchors: Anchors,
    pub(crate) intermediates: Vec<Certificate>,
}

/// A submission that may be registered, and what was learned on the way.
pub(crate) struct Checked {
    pub(crate) interested: Interested,
    pub(crate) signer_certificate_sha256: [u8; 32],
    /// Of the bytes that the signature covers.
    pub(crate) content_sha256: [u8; 32],
}

impl Checks {
    /// Judges a submission at `now`.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub(crate) fn check(
        &self,
        submission: &Submission,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Checked, Refused> {
        files::sizes(submission)?;
        let procedure = self.catalogue.get(&submission.procedure);
        let procedure = procedure.filter(|known| known.is_received()).ok_or(Refused::Procedure)?;
        if procedure.version != submission.procedure_version {
            return Err(Refused::ProcedureVersion { current: procedure.version });
        }
        answers(procedure, submission, calendar, now)?;
        files::attachments(procedure, submission)?;
        let signer = signature::signer(self, procedure, submission, now)?;
        Ok(Checked {
            interested: signer.interested,
            signer_certificate_sha256: signer.certificate_sha256,
            content_sha256: signer.content_sha256,
        })
    }
}

/// The answers are what the form would file, no more and no less, and every one is valid on the day they were given.
fn answers(
    procedure: &Procedure,
    submission: &Submission,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<(), Refused> {
    let answers = &submission.answers;
    if answers.len() > limits::MAX_ANSWERS
        || answers.values().any(|answer| answer.len() > limits::MAX_ANSWER_BYTES)
    {
        return Err(Refused::AnswersTooMany);
    }
    // What waited in a queue was valid when it was handed in; a kiosk whose clock is ahead gains nothing by it.
    let today = Today(calendar.date_of(submission.handed_in_at.min(now)));
    let faults = procedure.form.validate(answers, &today);
    if !faults.is_empty() {
        return Err(Refused::Answers(faults));
    }
    if procedure.form.filed(answers) != *answers { Err(Refused::AnswersNotFiled) } else { Ok(()) }
}
