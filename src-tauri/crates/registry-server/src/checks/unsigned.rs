//! An application that nobody signed: taken where the procedure says so, as what it is.

use procedures::Procedure;
use registry_api::{Submission, Unsigned};

use super::Refused;
use super::signature::{Signer, declared, is_applicant, manifest};

/// Who applies, by what the form says: nobody vouches for it, which is why it has to be signed.
pub(super) fn applicant(
    procedure: &Procedure,
    submission: &Submission,
    unsigned: &Unsigned,
) -> Result<Signer, Refused> {
    if !procedure.unsigned_path {
        return Err(Refused::Unsigned);
    }
    if submission.cures.is_some()
        || submission.assisted.is_some()
        || !unsigned.is_address()
        || unsigned.confirmed_at > submission.handed_in_at
    {
        return Err(Refused::UnsignedWho);
    }
    let pdf = &submission.application.bytes().map_err(Refused::Unread)?;
    match signing::inspect(pdf) {
        Err(signing::Error::NotSigned) => {}
        // Whoever signs is heard as who signed.
        Ok(_) => return Err(Refused::UnsignedWho),
        Err(error) => return Err(Refused::Signature(error)),
    }
    let manifest = manifest(pdf)?;
    manifest.compare(submission).map_err(Refused::Disagreement)?;
    let interested = declared(&manifest).ok_or(Refused::UnsignedWho)?;
    if !is_applicant(procedure, submission, &interested.nif) {
        return Err(Refused::Signer);
    }
    Ok(Signer {
        interested,
        name: None,
        assisted_by: None,
        certificate_sha256: None,
        content_sha256: openssl::sha::sha256(pdf),
    })
}
