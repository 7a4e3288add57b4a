//! What is handed in: one frozen package.

use std::{fmt, io};

use jiff::Timestamp;
use procedures::Answers;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use wording::Language;

use crate::{Assisted, Content, Sha256Hex, SubmissionKey, Unsigned};

/// One application with its attachments, signed unless it says otherwise. Frozen once signed: the same key always goes with
/// the same package.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Key of this package; the same as in the address.
    pub key: SubmissionKey,
    /// Procedure of the catalogue.
    #[schema(example = "instancia-general")]
    pub procedure: String,
    /// Version of its form.
    #[schema(example = 1)]
    pub procedure_version: u32,
    /// Language the person used, and of the receipt.
    pub language: Language,
    /// When the person handed it in at the kiosk, by the kiosk's clock. It is evidence, not the date of presentation.
    #[schema(value_type = String, format = DateTime)]
    pub handed_in_at: Timestamp,
    /// The application, signed where it is to be: a PDF with the manifest inside.
    pub application: Content,
    /// What goes with it, in the order of the manifest.
    pub attachments: Vec<Attachment>,
    /// Answers of the form, normalised.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    pub answers: Answers,
    /// Who hands it in without signing it, which leaves it to be signed later. Only for procedures that say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsigned: Option<Unsigned>,
    /// Key of what was handed in without a signature and is signed by this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cures: Option<SubmissionKey>,
    /// Who signed is a public employee and not the applicant, who consented to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted: Option<Assisted>,
}

/// One file handed in with an application.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its name, without any path.
    #[schema(example = "dni.pdf")]
    pub name: String,
    /// Its media type.
    #[schema(example = "application/pdf")]
    pub mime: String,
    /// Hash of its content.
    pub sha256: Sha256Hex,
    /// Its content.
    pub content: Content,
    /// Code of the document it is, in the catalogue.
    #[schema(example = "DNI")]
    pub document: String,
}

impl Submission {
    /// Hash of the whole package, whatever its JSON looked like.
    ///
    /// It is what "the same package" means for a key that comes twice, so its recipe never changes: each part is
    /// preceded by its length as eight bytes, big end first; lists by their count.
    ///
    /// # Errors
    /// When what has been set down in a file cannot be read.
    pub fn package_sha256(&self) -> io::Result<Sha256Hex> {
        let mut hash = Recipe(Sha256::new());
        hash.part(b"finestreta submission 1");
        hash.part(self.key.as_uuid().as_bytes());
        hash.part(self.procedure.as_bytes());
        hash.count(u64::from(self.procedure_version));
        hash.part(self.language.tag().as_bytes());
        hash.part(&self.handed_in_at.as_nanosecond().to_be_bytes());
        hash.content(&self.application)?;
        hash.count(self.attachments.len() as u64);
        for attachment in &self.attachments {
            hash.attachment(attachment)?;
        }
        hash.count(self.answers.len() as u64);
        for (field, answer) in &self.answers {
            hash.part(field.as_bytes());
            hash.part(answer.as_bytes());
        }
        // What is absent adds nothing, so that packages from before these parts hash as ever.
        if let Some(unsigned) = &self.unsigned {
            hash.part(b"unsigned");
            hash.part(unsigned.email.as_bytes());
            hash.part(&unsigned.confirmed_at.as_nanosecond().to_be_bytes());
        }
        if let Some(cured) = &self.cures {
            hash.part(b"cures");
            hash.part(cured.as_uuid().as_bytes());
        }
        if let Some(assisted) = &self.assisted {
            hash.part(b"assisted");
            hash.attachment(&assisted.consent)?;
        }
        Ok(Sha256Hex::from_digest(hash.0.finalize().into()))
    }

    /// What came with the application: the attachments, and the consent where somebody was assisted.
    pub fn accompanying(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().chain(self.assisted.iter().map(|assisted| &assisted.consent))
    }

    /// The application and the contents of all that came with it.
    pub fn contents_mut(&mut self) -> impl Iterator<Item = &mut Content> {
        let accompanying =
            self.attachments.iter_mut().chain(self.assisted.iter_mut().map(|assisted| &mut assisted.consent));
        std::iter::once(&mut self.application).chain(accompanying.map(|attachment| &mut attachment.content))
    }

    /// Bytes of application and all that came with it together.
    #[must_use]
    pub fn package_bytes(&self) -> u64 {
        self.accompanying()
            .fold(self.application.len(), |sum, attachment| sum.saturating_add(attachment.content.len()))
    }
}

struct Recipe(Sha256);

impl Recipe {
    fn part(&mut self, bytes: &[u8]) {
        self.count(bytes.len() as u64);
        self.0.update(bytes);
    }

    fn attachment(&mut self, attachment: &Attachment) -> io::Result<()> {
        self.part(attachment.name.as_bytes());
        self.part(attachment.mime.as_bytes());
        self.part(attachment.document.as_bytes());
        self.part(attachment.sha256.as_str().as_bytes());
        self.content(&attachment.content)
    }

    fn content(&mut self, content: &Content) -> io::Result<()> {
        self.count(content.len());
        content.each_piece(|piece| self.0.update(piece))
    }

    fn count(&mut self, count: u64) {
        self.0.update(count.to_be_bytes());
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission")
            .field("key", &self.key)
            .field("procedure", &self.procedure)
            .field("procedure_version", &self.procedure_version)
            .field("language", &self.language)
            .field("handed_in_at", &self.handed_in_at)
            .field("application", &self.application)
            .field("attachments", &self.attachments)
            .field("answers", &format_args!("{} answers", self.answers.len()))
            .field("unsigned", &self.unsigned)
            .field("cures", &self.cures)
            .field("assisted", &self.assisted)
            .finish()
    }
}

/// File names are often people's names.
impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("mime", &self.mime)
            .field("document", &self.document)
            .field("sha256", &self.sha256)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn sample() -> Submission {
        let content = Content::from(b"%PDF-1.7 rebut".to_vec());
        Submission {
            key: SubmissionKey::new("2026-03-12T17:05:31Z".parse().unwrap(), [1; 10]),
            procedure: "instancia-general".to_owned(),
            procedure_version: 1,
            language: Language::CaValencia,
            handed_in_at: "2026-03-12T17:05:30Z".parse().unwrap(),
            application: Content::from(b"%PDF-1.7 sol".to_vec()),
            attachments: vec![Attachment {
                name: "Amparo Soler.pdf".to_owned(),
                mime: "application/pdf".to_owned(),
                sha256: content.sha256(),
                content,
                document: "DNI".to_owned(),
            }],
            answers: Answers::from([("solicita".to_owned(), "Que arregleu el fanal".to_owned())]),
            unsigned: None,
            cures: None,
            assisted: None,
        }
    }

    #[test]
    fn the_package_hash_is_the_one_it_has_always_been() {
        assert_eq!(
            sample().package_sha256().unwrap().as_str(),
            "00238f2ee1b1d3b52cfd037e7e12c7229ab496dd8a5271ffde823d5a66bff583"
        );
    }

    #[test]
    fn every_part_counts_in_the_package_hash() {
        let changes: [fn(&mut Submission); 16] = [
            |s| s.key = SubmissionKey::new(Timestamp::UNIX_EPOCH, [2; 10]),
            |s| s.procedure.push('x'),
            |s| s.procedure_version += 1,
            |s| s.language = Language::Es,
            |s| s.handed_in_at = Timestamp::UNIX_EPOCH,
            |s| s.application = Content::default(),
            |s| s.attachments.clear(),
            |s| s.attachments[0].name.push('x'),
            |s| s.attachments[0].mime.push('x'),
            |s| s.attachments[0].document.push('x'),
            |s| s.attachments[0].content = Content::default(),
            |s| drop(s.answers.insert("expone".to_owned(), String::new())),
            |s| s.cures = Some(SubmissionKey::new(Timestamp::UNIX_EPOCH, [3; 10])),
            |s| s.assisted = Some(Assisted { consent: s.attachments[0].clone() }),
            |s| s.unsigned = Some(unsigned("a@exemple.es")),
            |s| s.unsigned = Some(unsigned("b@exemple.es")),
        ];
        let mut hashes = std::collections::BTreeSet::from([sample().package_sha256().unwrap()]);
        for change in changes {
            let mut changed = sample();
            change(&mut changed);
            assert!(hashes.insert(changed.package_sha256().unwrap()));
        }
    }

    fn unsigned(email: &str) -> Unsigned {
        Unsigned { email: email.to_owned(), confirmed_at: Timestamp::UNIX_EPOCH }
    }

    #[test]
    fn the_package_hash_survives_the_wire() {
        let there = serde_json::to_string(&sample()).unwrap();
        let back: Submission = serde_json::from_str(&there).unwrap();
        assert_eq!(back, sample());
        assert_eq!(back.package_sha256().unwrap(), sample().package_sha256().unwrap());
    }

    #[test]
    fn unknown_fields_are_refused() {
        let mut value = serde_json::to_value(sample()).unwrap();
        value["priority"] = serde_json::json!(1);
        assert!(serde_json::from_value::<Submission>(value).is_err());
    }

    #[test]
    fn debug_prints_nothing_of_the_person() {
        let printed = format!("{:?}", sample());
        assert!(!printed.contains("Amparo") && !printed.contains("fanal"), "{printed}");
    }
}
