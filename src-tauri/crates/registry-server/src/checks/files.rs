//! Sizes, and the attachments one by one.

use std::collections::BTreeMap;

use procedures::{FieldKind, Procedure, content};
use registry_api::{Assisted, Attachment, CONSENT_DOCUMENT, Content, Submission, limits};

use super::Refused;

/// What can be said without opening anything.
pub(super) fn sizes(submission: &Submission) -> Result<(), Refused> {
    if submission.application.is_empty()
        || !within(submission.application.len(), limits::MAX_APPLICATION_BYTES)
    {
        return Err(Refused::ApplicationSize);
    }
    if submission.attachments.len() > limits::MAX_ATTACHMENTS {
        return Err(Refused::AttachmentCount);
    }
    for (place, attachment) in submission.attachments.iter().enumerate() {
        if attachment.content.is_empty() || !within(attachment.content.len(), limits::MAX_ATTACHMENT_BYTES) {
            return Err(Refused::AttachmentSize { place });
        }
    }
    if within(submission.package_bytes(), limits::MAX_PACKAGE_BYTES) {
        Ok(())
    } else {
        Err(Refused::PackageSize)
    }
}

fn within(bytes: u64, most: usize) -> bool {
    usize::try_from(bytes).is_ok_and(|bytes| bytes <= most)
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
        let mime = content::check_size(attachment.content.len(), rule)
            .and(look(&attachment.content)?.judge(rule))
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

/// The consent of whoever is assisted is a PDF, whole, under its own hash and code.
pub(super) fn consent(submission: &Submission) -> Result<(), Refused> {
    let Some(Assisted { consent }) = &submission.assisted else { return Ok(()) };
    let is_one = consent.document == CONSENT_DOCUMENT
        && is_name(&consent.name)
        && consent.sha256 == consent.content.sha256()
        && within(consent.content.len(), limits::MAX_APPLICATION_BYTES)
        && consent.mime == content::Mime::Pdf.as_str()
        && has_extension(consent, content::Mime::Pdf)
        && look(&consent.content)?.kind() == Some(content::Mime::Pdf);
    if is_one { Ok(()) } else { Err(Refused::Consent) }
}

/// Looks at all of it, piece by piece.
fn look(content: &Content) -> Result<content::Look, Refused> {
    let mut look = content::Look::default();
    content.each_piece(|piece| look.go_on(piece)).map_err(Refused::Unread)?;
    Ok(look)
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
#[allow(clippy::unwrap_used)]
mod tests {
    use procedures::{Answers, Catalogue};
    use registry_api::{Language, SubmissionKey};

    use super::*;

    /// A package of the exemption from the vehicle tax with these answers and, if wanted, its document.
    fn submission(procedure: &Procedure, answers: &[(&str, &str)], attached: bool) -> Submission {
        let when: jiff::Timestamp = "2026-03-12T17:05:00Z".parse().unwrap();
        let content = Content::from(b"%PDF-1.7\nun permis\n%%EOF\n".to_vec());
        let attachment = Attachment {
            name: "permis.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            sha256: content.sha256(),
            content,
            document: "PERM-CIRC".to_owned(),
        };
        let answers: Answers =
            answers.iter().map(|(field, answer)| ((*field).to_owned(), (*answer).to_owned())).collect();
        Submission {
            key: SubmissionKey::new(when, [1; 10]),
            procedure: procedure.id.clone(),
            procedure_version: procedure.version,
            language: Language::Es,
            handed_in_at: when,
            application: Content::default(),
            attachments: if attached { vec![attachment] } else { Vec::new() },
            answers,
            unsigned: None,
            cures: None,
            assisted: None,
        }
    }

    #[test]
    fn what_is_attached_is_what_the_answers_say() {
        let catalogue = Catalogue::bundled().unwrap();
        let procedure = catalogue.get("ivtm-exempcio-discapacitat").unwrap();
        let judged = |answers: &[(&str, &str)], attached| {
            attachments(procedure, &submission(procedure, answers, attached))
                .map_err(|refused| refused.code())
        };
        let document = Err(registry_api::code::ATTACHMENT_DOCUMENT.to_owned());
        let attach = [("doc-perm-circ-how", "attach"), ("doc-perm-circ", "00")];
        assert_eq!(judged(&attach, true), Ok(()));
        assert_eq!(judged(&attach, false), document);
        for way in ["later", "held"] {
            let other = [("doc-perm-circ-how", way)];
            assert_eq!(judged(&other, false), Ok(()), "{way}");
            assert_eq!(judged(&other, true), document, "what is {way} is not there as well");
        }
    }

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
