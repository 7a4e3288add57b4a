//! The signed application: whole, signed by somebody to be believed, and saying what was handed in.

use jiff::Timestamp;
use procedures::{Known, Prefill, Procedure};
use registry_api::{Interested, MANIFEST_NAME, Manifest, Submission, limits};
use trust::{Context, Holder, Policy};

use super::{Checks, Refused};
use crate::store::NameParts;

/// Longest name of an applicant, characters.
const MAX_NAME: usize = 160;

/// Who signed.
pub(super) struct Signer {
    pub(super) interested: Interested,
    /// The parts of that name, where who applies signed.
    pub(super) name: Option<NameParts>,
    /// Who signed, where that is a public employee who files for the applicant.
    pub(super) assisted_by: Option<Interested>,
    /// Absent where nobody signed.
    pub(super) certificate_sha256: Option<[u8; 32]>,
    /// What the signature covers; the whole application where there is none.
    pub(super) content_sha256: [u8; 32],
}

/// The signer of the application, once everything about it has been checked at `now`.
pub(super) fn signer(
    checks: &Checks,
    procedure: &Procedure,
    submission: &Submission,
    now: Timestamp,
) -> Result<Signer, Refused> {
    // At any place of it there may be something that says where something else is.
    let pdf = &submission.application.bytes().map_err(Refused::Unread)?;
    let inspected = signing::inspect(pdf).map_err(Refused::Signature)?;
    let intermediates: Vec<_> = inspected.certificates.iter().chain(&checks.intermediates).cloned().collect();
    let context = Context { anchors: &checks.anchors, intermediates: &intermediates };
    let policy = Policy::for_signature_of(&inspected.signer);
    let verified = trust::verify(&inspected.signer, &context, now, policy).map_err(Refused::Certificate)?;
    let holder = verified.holder().ok_or(Refused::Signer)?;

    // Only now is the manifest worth reading: the signature covers it.
    let manifest = manifest(pdf)?;
    manifest.compare(submission).map_err(Refused::Disagreement)?;
    // The name is the certificate's: the manifest's was typeset by the kiosk.
    let signer = Interested { name: holder.full_name(), nif: holder.nif.clone() };
    let (interested, assisted_by) = match &submission.assisted {
        None => (signer, None),
        // Whoever applies was identified in person by who signed; nobody assists herself.
        Some(_) => (declared(&manifest).ok_or(Refused::Signer)?, Some(signer)),
    };
    let signs_for_herself = manifest.applicant.nif == holder.nif;
    if signs_for_herself == assisted_by.is_some() || !is_applicant(procedure, submission, &interested.nif) {
        return Err(Refused::Signer);
    }
    Ok(Signer {
        interested,
        name: signs_for_herself.then(|| parts(holder)),
        assisted_by,
        certificate_sha256: Some(inspected.signer.sha256()),
        content_sha256: inspected.content_sha256,
    })
}

fn parts(holder: &Holder) -> NameParts {
    NameParts {
        given: holder.given_name.clone(),
        first_surname: holder.surname1.clone(),
        second_surname: holder.surname2.clone(),
    }
}

/// Where the form takes the number from the card and lets nobody change it, it is the signer's.
pub(super) fn is_applicant(procedure: &Procedure, submission: &Submission, nif: &str) -> bool {
    let from_card = procedure.form.prefill(&Known { name: "", surnames: "", nif });
    let fields = procedure.form.all_pages().iter().flat_map(|page| &page.fields);
    fields
        .filter(|field| field.prefill == Some(Prefill::CardNif) && !field.editable)
        .filter_map(|field| Some((submission.answers.get(&field.id)?, from_card.get(&field.id)?)))
        .all(|(answer, number)| answer == number)
}

/// A natural person as the manifest names her; nothing where that cannot be one.
pub(super) fn declared(manifest: &Manifest) -> Option<Interested> {
    let name = manifest.applicant.name.trim();
    let is_name = !name.is_empty() && name.chars().count() <= MAX_NAME && !name.chars().any(char::is_control);
    let is_person = procedures::check_nif(&manifest.applicant.nif).is_ok();
    (is_name && is_person).then(|| Interested { name: name.to_owned(), nif: manifest.applicant.nif.clone() })
}

pub(super) fn manifest(pdf: &[u8]) -> Result<Manifest, Refused> {
    let bytes =
        signing::embedded_file(pdf, MANIFEST_NAME).map_err(Refused::Signature)?.ok_or(Refused::Manifest)?;
    if bytes.len() > limits::MAX_MANIFEST_BYTES {
        return Err(Refused::Manifest);
    }
    // The parser's error may repeat what it read: it is dropped.
    serde_json::from_slice(&bytes).map_err(|_| Refused::Manifest)
}
