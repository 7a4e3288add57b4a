//! From a session's answers to papers: the application as it will be filed, the slip, the receipt's file.

use std::path::Path;
use std::sync::Arc;

use attachments::{Request, ToTake};
use base64::Engine as _;
use documents::{
    ApplicationDocument, AttachedFile, Party, ProvisionalDocument, Reason, Rendered, Row, Section, Town,
};
use filing::DraftFile;
use jiff::{Timestamp, ZonedDateTime};
use procedures::DocumentRule;
use procedures::content::Mime;
use registry_api::{Applicant, Manifest, ManifestAttachment, Receipt, Sha256Hex, SubmissionKey};
use session::{Environment, Holder, ToEnqueue, ToRender};
use signing::Unsigned;
use wording::Language;

use super::card::Signatory;
use crate::config::TownConfig;
use crate::kiosk::intake::Intake;

/// An application as it will be filed, before its signature.
pub(crate) struct Made {
    pub(super) key: SubmissionKey,
    pdf: Vec<u8>,
    pub(super) pages: u32,
    pub(super) page_images: Vec<String>,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub(super) enum DocumentError {
    #[error("the procedure is not in the catalogue")]
    Procedure,
    #[error("the manifest cannot be written")]
    Manifest(#[from] serde_json::Error),
    #[error(transparent)]
    Render(#[from] documents::Error),
}

impl DocumentError {
    pub(super) const fn code(&self) -> &'static str {
        "document.failed"
    }
}

/// Makes the application document, with pictures of its pages for the review.
pub(super) fn application(
    environment: &Environment,
    town: &TownConfig,
    what: ToRender,
    now: Timestamp,
) -> Result<Made, DocumentError> {
    let procedure = environment.catalogue.get(&what.procedure).ok_or(DocumentError::Procedure)?;
    let language = what.language;
    let text = |text: &wording::Text| text.in_language(language).to_owned();
    let attachments: Vec<AttachedFile> = what
        .documents
        .iter()
        .map(|(_, code, file)| AttachedFile {
            name: file.name.clone(),
            nature: procedure.document(code).map(|rule| text(&rule.name)),
            size: file.bytes,
            sha256: file.sha256.clone(),
        })
        .collect();
    let unit = environment.catalogue.unit(&procedure.unit).map_or_else(String::new, |unit| text(&unit.name));
    let manifest = manifest(&what, procedure.version)?;
    let document = ApplicationDocument {
        ident: what.key.to_string(),
        language,
        large_print: false,
        town: paper_town(town, language),
        title: text(&procedure.name),
        unit,
        applicant: party(&what.holder),
        representative: None,
        sections: sections(procedure, &what),
        declarations: procedure.declarations.iter().map(|declaration| text(&declaration.text)).collect(),
        attachments,
        consulted: procedure.not_to_bring(&what.answers, language),
        data_protection: data_protection(environment, procedure, language),
        made_at: now.to_zoned_datetime(environment.zone.clone()),
        manifest,
    };
    let rendered = documents::application(&document)?;
    Ok(made(what.key, &rendered))
}

fn made(key: SubmissionKey, rendered: &Rendered) -> Made {
    let page_images = (0..rendered.pages()).map(|page| data_address(&rendered.page_svg(page))).collect();
    Made {
        key,
        pdf: rendered.pdf.clone(),
        pages: u32::try_from(rendered.pages()).unwrap_or(u32::MAX),
        page_images,
    }
}

fn data_address(svg: &str) -> String {
    format!("data:image/svg+xml;base64,{}", base64::engine::general_purpose::STANDARD.encode(svg))
}

fn manifest(what: &ToRender, version: u32) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::to_value(Manifest {
        key: what.key,
        procedure: what.procedure.clone(),
        procedure_version: version,
        language: what.language,
        applicant: Applicant { nif: what.holder.nif.clone(), name: what.holder.full_name() },
        answers: what.answers.clone(),
        attachments: what
            .documents
            .iter()
            .filter_map(|(_, code, file)| {
                Some(ManifestAttachment {
                    name: file.name.clone(),
                    sha256: file.sha256.parse().ok()?,
                    size: file.bytes,
                    document: code.clone(),
                })
            })
            .collect(),
        cures: None,
        consent: None,
    })
}

fn sections(procedure: &procedures::Procedure, what: &ToRender) -> Vec<Section> {
    let named = |sha256: &str| {
        let (_, _, file) = what.documents.iter().find(|(_, _, file)| file.sha256 == sha256)?;
        Some(file.name.clone())
    };
    procedure
        .form
        .review_with(&what.answers, what.language, named)
        .into_iter()
        .map(|section| Section {
            heading: section.heading,
            rows: section.rows.into_iter().map(|row| Row::new(row.label, row.answer)).collect(),
        })
        .collect()
}

fn data_protection(
    environment: &Environment,
    procedure: &procedures::Procedure,
    language: Language,
) -> Vec<Row> {
    let notice = &procedure.data_protection;
    [
        ("before-controller", &notice.controller),
        ("before-purpose", &notice.purpose),
        ("before-basis", &notice.basis),
        ("before-rights", &notice.rights),
    ]
    .into_iter()
    .map(|(label, text)| Row::new(environment.wording.say(language, label, &[]), text.in_language(language)))
    .collect()
}

fn paper_town(town: &TownConfig, language: Language) -> Town {
    Town {
        name: town.council().in_language(language).to_owned(),
        place: town.place.clone(),
        e_office: town.e_office.clone(),
        counter: town.counter.clone().unwrap_or_default(),
        phone: town.phone.clone().unwrap_or_default(),
    }
}

fn party(holder: &Holder) -> Party {
    Party { name: holder.full_name(), nif: holder.nif.clone() }
}

/// Lays down the bytes to be signed with this person's certificate.
pub(super) fn prepare(
    made: &Made,
    person: &Signatory,
    environment: &Environment,
    now: Timestamp,
) -> Result<Unsigned, signing::Error> {
    let name = person.holder.full_name();
    let attributes = signing::Attributes {
        claimed_at: now.to_zoned_datetime(environment.zone.clone()),
        field_name: "Signature1",
        signer_name: Some(&name),
        reason: None,
    };
    signing::prepare(&made.pdf, &person.certificate, &person.intermediates, &attributes)
}

/// The eight characters that are shown before signing and stand on the receipt: of what the signature covers.
pub(super) fn fingerprint(unsigned: &Unsigned) -> String {
    Sha256Hex::from_digest(*unsigned.content().as_bytes()).fingerprint().to_owned()
}

/// Largest photograph that is read, bytes: what phones make is over the limit of most documents, and is made smaller.
const PHOTOGRAPH: u64 = 30_000_000;

/// Reads a file from the stick, has it looked into, and gives it as it will be filed with pictures of its pages; the
/// field fault and its arguments when it cannot be used.
pub(super) fn take_file(
    intake: &Intake,
    path: &Path,
    rule: Box<DocumentRule>,
    language: Language,
    taken_at: &ZonedDateTime,
) -> Result<(DraftFile, Vec<String>), crate::kiosk::stick::Refusal> {
    let photographs = rule.formats.iter().any(|kind| matches!(kind, Mime::Jpeg | Mime::Png));
    let limit = if photographs { PHOTOGRAPH.max(rule.max_bytes()) } else { rule.max_bytes() };
    let content = crate::kiosk::stick::read(path, limit, rule.max_mb)?;
    let file = ToTake { rule: (*rule).clone(), language, taken_at: taken_at.to_string(), content };
    let taken = intake.ask(Request::Take(Box::new(file))).map_err(|failure| {
        tracing::warn!(event = "file.failed", "{failure}");
        // Whatever it was, it is nothing that others could open.
        ("file.damaged", Vec::new())
    })?;
    let taken = taken.map_err(|refusal| (refusal.code(), refusal.args(&rule)))?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let file = DraftFile {
        name: tame_name(&name, taken.mime.extension()),
        mime: taken.mime.as_str().to_owned(),
        sha256: Sha256Hex::of(&taken.content).as_str().to_owned(),
        pages: taken.pages,
        content: taken.content,
    };
    Ok((file, addresses(&taken.images)))
}

/// Pictures of a file that was taken before; nothing if they cannot be made.
pub(super) fn show_file(intake: &Intake, file: DraftFile) -> Option<Vec<String>> {
    let mime = Mime::of(&file.mime)?;
    match intake.ask(Request::Show { mime, content: file.content }) {
        Ok(Ok(shown)) => Some(addresses(&shown.images)),
        Ok(Err(_)) => None,
        Err(failure) => {
            tracing::warn!(event = "file.failed", "{failure}");
            None
        }
    }
}

fn addresses(images: &[Vec<u8>]) -> Vec<String> {
    let encode = |image| base64::engine::general_purpose::STANDARD.encode(image);
    images.iter().map(|image| format!("data:image/jpeg;base64,{}", encode(image))).collect()
}

/// A name the exchange between registries accepts (SICRES): no forbidden characters, the extension of the content,
/// at most 80 characters.
fn tame_name(name: &str, extension: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let room = 80 - extension.len() - 1;
    let stem: String = stem
        .chars()
        .map(|character| if registry_api::limits::is_forbidden_in_name(character) { '_' } else { character })
        .take(room)
        .collect();
    let stem = stem.trim().trim_matches('.');
    format!("{}.{extension}", if stem.is_empty() { "document" } else { stem })
}

/// The signed application.
pub(super) struct Signed {
    pub(super) pdf: Arc<Vec<u8>>,
    fingerprint: String,
}

/// Puts the card's signature into the prepared bytes; the value is verified before anything is written.
pub(super) fn seal(unsigned: Unsigned, signature: &[u8]) -> Result<Signed, signing::Error> {
    let fingerprint = fingerprint(&unsigned);
    Ok(Signed { pdf: Arc::new(unsigned.seal(signature)?), fingerprint })
}

/// What a provisional slip says.
#[derive(Clone)]
pub(super) struct Slip {
    key: SubmissionKey,
    procedure: String,
    interested: Party,
    handed_in_at: Timestamp,
    fingerprint: String,
    sha256: Sha256Hex,
}

impl Slip {
    pub(super) fn new(package: &ToEnqueue, signed: &Signed, person: &Signatory) -> Self {
        Self {
            key: package.key,
            procedure: package.procedure.clone(),
            interested: party(&person.holder),
            handed_in_at: package.handed_in_at,
            fingerprint: signed.fingerprint.clone(),
            sha256: Sha256Hex::of(&signed.pdf),
        }
    }

    fn pdf(
        &self,
        environment: &Environment,
        town: &TownConfig,
        language: Language,
        reason: Reason,
    ) -> Result<Vec<u8>, documents::Error> {
        let procedure = environment.catalogue.get(&self.procedure);
        let document = ProvisionalDocument {
            language,
            large_print: false,
            town: paper_town(town, language),
            procedure: procedure.map(|known| known.name.in_language(language).to_owned()).unwrap_or_default(),
            interested: self.interested.clone(),
            reason,
            evidence_number: self.key.to_string(),
            handed_in_at: self.handed_in_at.to_zoned_datetime(environment.zone.clone()),
            fingerprint: self.fingerprint.clone(),
            application_sha256: self.sha256.as_str().to_owned(),
            attachments: Vec::new(),
            contact: None,
            term_ends_on: None,
        };
        Ok(documents::provisional(&document)?.pdf)
    }
}

/// A paper to print or save.
pub(super) enum Paper {
    Receipt(Arc<Receipt>),
    Slip(Box<Slip>, Language, Option<session::FilingWait>),
}

impl Paper {
    /// File name without personal data, and the bytes.
    pub(super) fn pdf(
        &self,
        environment: &Environment,
        town: &TownConfig,
    ) -> Result<(String, Vec<u8>), &'static str> {
        match self {
            Self::Receipt(receipt) => {
                Ok((format!("{}.pdf", receipt.number), receipt.document.as_slice().to_vec()))
            }
            Self::Slip(slip, language, wait) => {
                let reason = match wait {
                    Some(session::FilingWait::Offline) => Reason::Offline,
                    Some(session::FilingWait::Refused) => Reason::Refused,
                    None => Reason::Slow,
                };
                let pdf = slip.pdf(environment, town, *language, reason).map_err(|error| {
                    tracing::error!(event = "document.failed", "{error}");
                    "document.failed"
                })?;
                Ok((format!("provisional-{}.pdf", slip.key), pdf))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_a_stick_are_tamed() {
        assert_eq!(tame_name("contracte: pis?.PDF", "pdf"), "contracte_ pis_.pdf");
        assert_eq!(tame_name("...", "png"), "document.png");
        assert_eq!(tame_name(&"à".repeat(200), "jpg").chars().count(), 80);
    }
}
