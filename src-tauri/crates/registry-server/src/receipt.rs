//! The receipt: facts fixed with the entry, rendered, sealed, and stored once.
//!
//! Facts and document are apart so that a receipt that could not be made at once (the disk was full, the power went)
//! is made later from the same facts: same number, same times, same words, same verification code.

use std::sync::Mutex;

use documents::{AttachedFile, Means, Party, ReceiptDocument, Row, Section, SignBy, Town, Verification};
use jiff::Timestamp;
use procedures::Procedure;
use registry_api::{
    Attachment, Base64Bytes, CURE_WORKING_DAYS, FiledAttachment, Interested, Language, Receipt, Resolution,
    Sha256Hex, SignatureMeans, Silence, Submission, ToBeSigned,
};
use serde::{Deserialize, Serialize};
use signing::{Attributes, KeySigner, Signer as _};
use trust::Certificate;

use crate::config::TownSettings;
use crate::exchange::Exchange;
use crate::store::{Assigned, Cures};
use crate::{Calendar, Error, Term};

/// Name of the seal's field in the document.
const SEAL_FIELD: &str = "Segell";

/// The town's seal with its chain, used by one thread at a time.
pub(crate) struct Seal {
    signer: Mutex<KeySigner>,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

/// All that a receipt says, and what else is fixed with the entry.
#[derive(Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Without its document.
    receipt: Receipt,
    document: ReceiptDocument,
    /// Absent in entries from before it was kept.
    exchange: Option<Exchange>,
}

impl Seal {
    pub(crate) fn new(signer: KeySigner, chain: Vec<Certificate>) -> Self {
        Self { certificate: signer.certificate().clone(), signer: Mutex::new(signer), chain }
    }

    /// Asked before a number is given: an entry without receipt helps nobody.
    pub(crate) fn is_valid_at(&self, now: Timestamp) -> Result<(), Error> {
        let period = self.certificate.not_before()..=self.certificate.not_after();
        if period.contains(&now) { Ok(()) } else { Err(Error::SealPeriod) }
    }

    /// Whether this is its certificate.
    pub(crate) fn is(&self, certificate: &Certificate) -> bool {
        self.certificate == *certificate
    }

    /// A signature beside some bytes, by itself.
    pub(crate) fn beside(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let mut signer = self.signer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        signing::sign_detached(bytes, &mut *signer, &self.chain).map_err(Error::Seal)
    }

    fn put_on(&self, pdf: &[u8], attributes: &Attributes<'_>) -> Result<Vec<u8>, Error> {
        let unsigned =
            signing::prepare(pdf, &self.certificate, &self.chain, attributes).map_err(Error::Seal)?;
        // A thread that died with the seal in its hands left nothing half done in it.
        let mut signer = self.signer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        unsigned.seal_with(&mut *signer).map_err(Error::Seal)
    }
}

/// What the facts come from.
pub(crate) struct Source<'a> {
    pub(crate) submission: &'a Submission,
    pub(crate) procedure: &'a Procedure,
    /// Name of the unit that will deal with it.
    pub(crate) unit: &'a str,
    pub(crate) interested: &'a Interested,
    /// Of the bytes that the signature covers; of the whole application where there is none.
    pub(crate) content_sha256: [u8; 32],
    /// The entry that waited for this signature.
    pub(crate) cures: Option<&'a Cures>,
    /// Who filed it for the applicant.
    pub(crate) assisted_by: Option<&'a Interested>,
    pub(crate) town: &'a TownSettings,
    pub(crate) calendar: &'a Calendar,
}

impl Source<'_> {
    /// What the receipt will say, now that number and time are known.
    pub(crate) fn facts(&self, assigned: &Assigned) -> Result<Facts, Error> {
        let submission = self.submission;
        let term = self.procedure.term;
        let effective_on = assigned.effective.on;
        let to_be_signed = match submission.unsigned {
            None => None,
            Some(_) => Some(ToBeSigned {
                working_days: CURE_WORKING_DAYS,
                until: self.calendar.end_of_days(
                    self.calendar.date_of(assigned.registered_at),
                    Term::WorkingDays(CURE_WORKING_DAYS.into()),
                )?,
            }),
        };
        let receipt = Receipt {
            key: submission.key,
            number: assigned.number.clone(),
            registered_at: assigned.registered_at,
            presented_at: assigned.presented.at,
            effective_on,
            office: self.town.office_name.in_language(submission.language).to_owned(),
            unit: self.unit.to_owned(),
            procedure: submission.procedure.clone(),
            procedure_version: submission.procedure_version,
            language: submission.language,
            interested: self.interested.clone(),
            assisted_by: self.assisted_by.map(|official| official.name.clone()),
            signed_with: match (self.assisted_by, &submission.unsigned) {
                (Some(_), _) => SignatureMeans::Official,
                (None, Some(_)) => SignatureMeans::Email,
                (None, None) => SignatureMeans::Dnie,
            },
            application_sha256: submission.application.sha256(),
            attachments: submission
                .attachments
                .iter()
                .map(|attachment| FiledAttachment {
                    name: attachment.name.clone(),
                    size: attachment.content.len(),
                    sha256: attachment.sha256.clone(),
                })
                .collect(),
            resolution: Resolution {
                months: term.months,
                silence: self.procedure.silence,
                // While nobody has signed it the term may stand still (art. 22.1.a): no last day can be told.
                due: match to_be_signed {
                    None => self.calendar.due(effective_on, term.months)?,
                    Some(_) => None,
                },
            },
            to_be_signed,
            cures: self.cures.map(|cures| cures.number.clone()),
            csv: assigned.csv.clone(),
            document: Base64Bytes::default(),
        };
        let document = self.document(&receipt);
        let exchange = Exchange::of(self.procedure, &submission.answers, submission.language);
        Ok(Facts { receipt, document, exchange: Some(exchange) })
    }

    fn document(&self, receipt: &Receipt) -> ReceiptDocument {
        let language = receipt.language;
        let (procedure, town) = (self.procedure, self.town);
        let nature =
            |code: &str| procedure.document(code).map(|rule| rule.name.in_language(language).to_owned());
        ReceiptDocument {
            language,
            large_print: false,
            town: Town {
                name: town.name.in_language(language).to_owned(),
                place: town.place.clone(),
                e_office: town.e_office.clone(),
                counter: town.counter.in_language(language).to_owned(),
                phone: town.phone.clone(),
            },
            number: receipt.number.to_string(),
            presented_at: receipt.presented_at.to_zoned_datetime(self.calendar.zone().clone()),
            registered_at: receipt.registered_at.to_zoned_datetime(self.calendar.zone().clone()),
            effective_on: receipt.effective_on,
            office: receipt.office.clone(),
            unit: receipt.unit.clone(),
            procedure: procedure.name.in_language(language).to_owned(),
            sia: None,
            interested: Party { name: receipt.interested.name.clone(), nif: receipt.interested.nif.clone() },
            representative: None,
            assisted_by: receipt.assisted_by.clone(),
            means: match receipt.signed_with {
                SignatureMeans::Official => Means::Official,
                SignatureMeans::Email => Means::Email,
                // The only other means that the checks let through.
                _ => Means::Dnie,
            },
            sign_by: receipt
                .to_be_signed
                .map(|term| SignBy { working_days: term.working_days, until: term.until }),
            cures: receipt.cures.as_ref().map(ToString::to_string),
            fee: None,
            fingerprint: Sha256Hex::from_digest(self.content_sha256).fingerprint().to_owned(),
            application_sha256: receipt.application_sha256.to_string(),
            attachments: self
                .submission
                .attachments
                .iter()
                .map(|attachment| AttachedFile { nature: nature(&attachment.document), ..file(attachment) })
                .collect(),
            consent: self.submission.assisted.as_ref().map(|assisted| file(&assisted.consent)),
            consulted: procedure.not_to_bring(&self.submission.answers, language),
            missing: procedure.to_bring(&self.submission.answers, language),
            missing_until: None,
            resolution: documents::Resolution {
                months: receipt.resolution.months,
                silence: match receipt.resolution.silence {
                    Silence::Positive => documents::Silence::Positive,
                    Silence::Negative => documents::Silence::Negative,
                    Silence::None => documents::Silence::None,
                },
                due: receipt.resolution.due,
            },
            sections: self.sections(language),
            verification: Verification {
                csv: receipt.csv.to_string(),
                address: town.verification_address.clone(),
                link: format!("{}{}", town.verification_link, receipt.csv),
            },
        }
    }

    /// The copy of the form.
    fn sections(&self, language: Language) -> Vec<Section> {
        let attachments = &self.submission.attachments;
        self.procedure
            .form
            .review_with(&self.submission.answers, language, |file| {
                // Whoever files names a document by what identifies the file.
                attachments
                    .iter()
                    .find(|attachment| attachment.sha256.as_str() == file || attachment.name == file)
                    .map(|attachment| attachment.name.clone())
            })
            .into_iter()
            .map(|section| Section {
                heading: section.heading,
                rows: section.rows.into_iter().map(|row| Row::new(row.label, row.answer)).collect(),
            })
            .collect()
    }
}

/// A file as the paper names it.
fn file(attachment: &Attachment) -> AttachedFile {
    AttachedFile {
        name: attachment.name.clone(),
        nature: None,
        size: attachment.content.len(),
        sha256: attachment.sha256.to_string(),
    }
}

impl Facts {
    pub(crate) fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|_| Error::Internal { what: "facts that are no JSON" })
    }

    pub(crate) fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|_| Error::Damaged { what: "the facts of a receipt" })
    }

    /// Renders and seals, and gives the receipt as it is sent. `now` is when the seal claims to be put on.
    pub(crate) fn seal(mut self, seal: &Seal, calendar: &Calendar, now: Timestamp) -> Result<Vec<u8>, Error> {
        let rendered = documents::receipt(&self.document).map_err(Error::Document)?;
        let sealed = seal.put_on(
            &rendered.pdf,
            &Attributes {
                claimed_at: now.to_zoned_datetime(calendar.zone().clone()),
                field_name: SEAL_FIELD,
                signer_name: Some(&self.document.town.name),
                reason: Some(self.receipt.number.as_str()),
            },
        );
        // The typesetter remembers what it set; a citizen's words are not kept for the next receipt.
        drop(rendered);
        documents::forget();
        self.receipt.document = sealed?.into();
        serde_json::to_vec(&self.receipt).map_err(|_| Error::Internal { what: "a receipt that is no JSON" })
    }
}
