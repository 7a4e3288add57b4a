//! Sizes, and the attachments one by one.

use std::collections::BTreeMap;

use procedures::{FieldKind, Procedure, content};
use registry_api::{Attachment, Submission, limits};

use super::Refused;

/// What can be said without opening anything.
pub(super) fn sizes(submission: &Submission) -> Result<(), Refused> {
    let application = submission.application.len();
    if application == 0 || application > limits::MAX_APPLICATION_BYTES {
        return Err(Refused::ApplicationSize);
    }
    if submission.attachments.len() > limits::MAX_ATTACHMENTS {
        return Err(Refused::AttachmentCount);
    }
    for (place, attachment) in submission.attachments.iter().enumerate() {
        if attachment.content.is_empty() || attachment.content.len() > limits::MAX_ATTACHMENT_BYTES {
            return Err(Refused::AttachmentSize { place });
        }
    }
    if submission.package_bytes() > limits::MAX_PACKAGE_BYTES { Err(Refused::PackageSize) } else { Ok(()) }
}

/// Each attachment is what it says and is asked for; each document answered for is there, once.
pub(super) fn attachments(procedure: &Procedure, submission: &Submission) -> Result<(), Refused> {
    let mut wanted = answered_documents(procedure, submission);
    for (place, attachment) in submission.attachments.iter().enumerate() {
        if !is_name(&attachment.name) {
            return Err(Refused::AttachmentName { place });
        }
        if attachment.sha256 != attachment.content.sha256() {
            return Err(Refused::AttachmentHash { place });
        }
        let rule = procedure.document(&attachment.document).ok_or(Refused::AttachmentDocument { place })?;
        let mime = content::check(attachment.content.as_slice(), rule)
            .map_err(|refusal| Refused::attachment(place, refusal))?;
        if mime.as_str() != attachment.mime || !has_extension(attachment, mime) {
            return Err(Refused::AttachmentType { place });
        }
        match wanted.get_mut(attachment.document.as_str()) {
            Some(left) if *left > 0 => *left -= 1,
            _ => return Err(Refused::AttachmentDocument { place }),
        }
    }
    if wanted.values().any(|left| *left > 0) { Err(Refused::AttachmentMissing) } else { Ok(()) }
}

/// Codes of the documents that the answers say are attached, and how often.
fn answered_documents<'a>(procedure: &'a Procedure, submission: &Submission) -> BTreeMap<&'a str, usize> {
    let mut documents = BTreeMap::new();
    let fields = procedure.form.all_pages().iter().flat_map(|page| &page.fields);
    for field in fields.filter(|field| field.kind == FieldKind::Document) {
        if let Some(code) = field.document.as_deref().filter(|_| submission.answers.contains_key(&field.id)) {
            *documents.entry(code).or_insert(0) += 1;
        }
    }
    documents
}

fn is_name(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
    name.chars().count() <= limits::MAX_NAME_CHARS
        && !stem.trim().is_empty()
        && !name.starts_with('.')
        && name.trim() == name
        && !name.chars().any(limits::is_forbidden_in_name)
}

fn has_extension(attachment: &Attachment, mime: content::Mime) -> bool {
    let extension = attachment.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("jpeg") => mime == content::Mime::Jpeg,
        // Many programs call a signed invoice by the plain name.
        Some("xml") => matches!(mime, content::Mime::Xml | content::Mime::Xsig),
        Some(extension) => extension == mime.extension(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_files_and_not_of_paths() {
        for good in ["dni.pdf", "Còpia de la nòmina (2).PDF", "a.b.png"] {
            assert!(is_name(good), "{good}");
        }
        let long = format!("{}.pdf", "x".repeat(limits::MAX_NAME_CHARS));
        for bad in
            ["", "pdf", ".pdf", " .pdf", "../dni.pdf", "a/b.pdf", "a\\b.pdf", "a\n.pdf", " a.pdf", &long]
        {
            assert!(!is_name(bad), "{bad:?}");
        }
    }
}
