//! Judges what came out of a journey by the product's own rules: seal, integrity, hashes.

use anyhow::{Context as _, ensure};
use registry_api::{MANIFEST_NAME, Manifest, Submission};
use signing::Inspected;
use trust::{Anchors, Context, Policy};

use crate::people::{Town, now};

/// Checks that a document is whole and bears the town's seal.
///
/// # Errors
/// When it does not.
pub fn sealed(document: &[u8], town: &Town) -> anyhow::Result<Inspected> {
    let inspected = signing::inspect(document).context("the seal of the receipt")?;
    let anchors = town.authorities().anchors_seal();
    let context = Context { anchors: &anchors, intermediates: &inspected.certificates };
    trust::verify(&inspected.signer, &context, now(), Policy::Seal).context("whose seal it is")?;
    Ok(inspected)
}

/// Checks that a document is whole and signed by a citizen with the given number.
///
/// # Errors
/// When it is not.
pub fn signed_by(document: &[u8], nif: &str, town: &Town) -> anyhow::Result<Inspected> {
    let inspected = signing::inspect(document).context("the citizen's signature")?;
    let authorities = town.authorities();
    let roots = [authorities.citizen_root(), authorities.provider_root()];
    let anchors = Anchors::new(roots.into_iter().cloned().collect());
    let context = Context { anchors: &anchors, intermediates: &inspected.certificates };
    let verified = trust::verify(&inspected.signer, &context, now(), Policy::CitizenSignature)
        .context("whose signature it is")?;
    let holder = verified.holder().context("a signature of nobody")?;
    ensure!(holder.nif == nif, "signed by somebody else");
    Ok(inspected)
}

/// The package that a filed application without attachments came in: its manifest says what was in it.
///
/// # Errors
/// When it has no manifest.
pub fn submission_of(application: &[u8]) -> anyhow::Result<Submission> {
    let manifest =
        signing::embedded_file(application, MANIFEST_NAME)?.context("an application without manifest")?;
    let manifest: Manifest = serde_json::from_slice(&manifest).context("the manifest")?;
    ensure!(manifest.attachments.is_empty(), "its attachments are not in it");
    Ok(Submission {
        key: manifest.key,
        procedure: manifest.procedure,
        procedure_version: manifest.procedure_version,
        language: manifest.language,
        handed_in_at: now(),
        application: application.to_vec().into(),
        attachments: Vec::new(),
        answers: manifest.answers,
        unsigned: None,
        cures: manifest.cures,
        assisted: None,
    })
}
