//! Whether a submission may become an entry. What is cheap and telling comes first; each failure has its own code.
//!
//! Nothing here reads a clock, nor any file but the submission's own. A key that was registered before never comes here:
//! its certificate may have expired and its form may have changed meanwhile, and its receipt stays.

mod files;
mod refused;
mod signature;
mod unsigned;

use jiff::Timestamp;
use procedures::{Procedure, Today};
use registry_api::{Interested, Language, Submission, limits};
use serde::{Deserialize, Serialize};
use trust::{Anchors, Certificate};

pub(crate) use refused::Refused;

use crate::Calendar;
use crate::figures::Names;
use crate::offer::Offer;
use crate::store::{Cures, NameParts};

/// What a submission is judged by.
pub(crate) struct Checks {
    pub(crate) offer: Offer,
    pub(crate) anchors: Anchors,
    pub(crate) intermediates: Vec<Certificate>,
}

/// What was learned about a submission that may be registered.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Checked {
    pub(crate) interested: Interested,
    /// The parts of that name, where who applies signed.
    #[serde(default)]
    pub(crate) name: Option<NameParts>,
    /// Absent where nobody signed.
    pub(crate) signer_certificate_sha256: Option<[u8; 32]>,
    /// Of the bytes that the signature covers; of the whole application where there is none.
    pub(crate) content_sha256: [u8; 32],
    /// The entry that waited for this signature. Looked up once the rest is known.
    #[serde(default)]
    pub(crate) cures: Option<Cures>,
    /// Who signed for the applicant. Whether she may is looked up once the rest is known.
    #[serde(default)]
    pub(crate) assisted_by: Option<Interested>,
}

impl Names for Checks {
    fn procedure(&self, id: &str, language: Language) -> Option<String> {
        self.offer.procedure_name(id, language).map(str::to_owned)
    }

    fn unit(&self, code: &str, language: Language) -> Option<String> {
        self.offer.unit_name(code, language).map(str::to_owned)
    }
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
        let (_, procedure) = self.offer.procedure(&submission.procedure, submission.procedure_version)?;
        open(procedure, submission, calendar, now)?;
        answers(procedure, submission, calendar, now)?;
        files::attachments(procedure, submission)?;
        files::consent(submission)?;
        let signer = match &submission.unsigned {
            None => signature::signer(self, procedure, submission, now)?,
            Some(unsigned) => unsigned::applicant(procedure, submission, unsigned)?,
        };
        Ok(Checked {
            interested: signer.interested,
            name: signer.name,
            signer_certificate_sha256: signer.certificate_sha256,
            content_sha256: signer.content_sha256,
            cures: None,
            assisted_by: signer.assisted_by,
        })
    }
}

/// Its period was open when it was handed in, or is when it arrives: what waited in a queue was in time, and a kiosk's
/// clock may be a little behind ours.
fn open(
    procedure: &Procedure,
    submission: &Submission,
    calendar: &Calendar,
    now: Timestamp,
) -> Result<(), Refused> {
    let is_open = |at: Timestamp| procedure.deadline.is_open(calendar.date_of(at));
    if is_open(submission.handed_in_at.min(now)) || is_open(now) {
        Ok(())
    } else {
        Err(Refused::ProcedureClosed)
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
