//! A citizen with a signature key, and the packages she hands in.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use documents::{ApplicationDocument, Party, Town};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use procedures::{Catalogue, Today};
use registry_api::{
    Answers, Applicant, Attachment, Content, Language, Manifest, ManifestAttachment, Sha256Hex, Submission,
    SubmissionKey,
};
use signing::{Attributes, KeySigner};
use testkit::pki::Purpose;
use trust::{Certificate, Holder};

use crate::town::issuers;

pub(crate) const PROCEDURE: &str = "instancia-general";

pub(crate) struct Citizen {
    pub(crate) holder: Holder,
    certificate: Certificate,
    key: openssl::pkey::PKey<openssl::pkey::Private>,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn amparo() -> &'static Citizen {
    static MADE: OnceLock<Citizen> = OnceLock::new();
    MADE.get_or_init(|| {
        let holder = holder("99999002Q", "AMPARO", "MARTÍ", Some("SOLER"));
        Citizen::of(issuers(), holder, "2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
    })
}

pub(crate) fn holder(nif: &str, given: &str, first: &str, second: Option<&str>) -> Holder {
    Holder {
        nif: nif.to_owned(),
        given_name: given.to_owned(),
        surname1: first.to_owned(),
        surname2: second.map(str::to_owned),
    }
}

impl Citizen {
    pub(crate) fn of(
        authorities: &testkit::pki::Authorities,
        holder: Holder,
        from: &str,
        until: &str,
    ) -> Self {
        let (certificate, key) =
            authorities.citizen(&holder, Purpose::Signature, at(from), at(until)).unwrap();
        Self { holder, certificate, key }
    }

    /// Signs a file as the kiosk would.
    pub(crate) fn sign(&self, pdf: &[u8], when: Timestamp) -> Vec<u8> {
        let attributes = Attributes {
            claimed_at: when.to_zoned_datetime(TimeZone::get("Europe/Madrid").unwrap()),
            field_name: "Signatura",
            signer_name: None,
            reason: None,
        };
        let chain = [issuers().citizen_sub().certificate.clone()];
        let mut signer = KeySigner::new(self.certificate.clone(), self.key.clone()).unwrap();
        signing::prepare(pdf, &self.certificate, &chain, &attributes).unwrap().seal_with(&mut signer).unwrap()
    }

    pub(crate) fn answers(&self) -> Answers {
        let surnames = match &self.holder.surname2 {
            Some(second) => format!("{} {second}", self.holder.surname1),
            None => self.holder.surname1.clone(),
        };
        let form = &catalogue().get(PROCEDURE).unwrap().form;
        let mut answers = form.prefill(&procedures::Known {
            name: &self.holder.given_name,
            surnames: &surnames,
            nif: &self.holder.nif,
        });
        for (field, answer) in [
            ("facts", "El fanal del carrer no fa llum des de fa un mes."),
            ("request", "Que arregleu el fanal."),
            ("notify-by", "electronic"),
            ("email", "amparo@exemple.es"),
        ] {
            answers.insert(field.to_owned(), answer.to_owned());
        }
        let filed = form.filed(&answers);
        let today = Today("2026-03-12".parse().unwrap());
        assert_eq!(form.validate(&filed, &today), [], "the test's answers do not satisfy the form");
        filed
    }

    /// A package with one attachment, as the kiosk would make it.
    pub(crate) fn submission(&self, when: &str) -> Submission {
        self.package(when, &Draft::default())
    }

    pub(crate) fn package(&self, when: &str, draft: &Draft) -> Submission {
        let when = at(when);
        let key = new_key(when);
        let content = Content::from(draft.content.to_vec());
        let attachment = Attachment {
            name: "factura.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            sha256: content.sha256(),
            content,
            document: "DOC-LLIURE".to_owned(),
        };
        let mut answers = self.answers();
        answers.insert("attachment".to_owned(), attachment.sha256.to_string());
        answers.extend(draft.answers.clone());
        let manifest = Manifest {
            key,
            procedure: PROCEDURE.to_owned(),
            procedure_version: draft.version,
            language: draft.language,
            applicant: Applicant {
                nif: draft.applicant.clone().unwrap_or_else(|| self.holder.nif.clone()),
                name: self.holder.full_name(),
            },
            answers: answers.clone(),
            attachments: vec![ManifestAttachment {
                name: attachment.name.clone(),
                sha256: attachment.sha256.clone(),
                size: attachment.content.len(),
                document: attachment.document.clone(),
            }],
            cures: None,
            consent: None,
        };
        let pdf = application(&manifest, when);
        Submission {
            key,
            procedure: PROCEDURE.to_owned(),
            procedure_version: draft.version,
            language: draft.language,
            handed_in_at: when,
            application: self.sign(&pdf, when).into(),
            attachments: vec![attachment],
            answers,
            unsigned: None,
            cures: None,
            assisted: None,
        }
    }
}

/// What a package differs in from the usual one; the signed document says the same.
pub(crate) struct Draft {
    pub(crate) answers: Answers,
    pub(crate) language: Language,
    pub(crate) applicant: Option<String>,
    pub(crate) content: &'static [u8],
    /// Of the form.
    pub(crate) version: u32,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            answers: Answers::new(),
            language: Language::CaValencia,
            applicant: None,
            content: b"%PDF-1.7\nuna factura\n%%EOF\n",
            version: 1,
        }
    }
}

pub(crate) fn application(manifest: &Manifest, when: Timestamp) -> Vec<u8> {
    let document = ApplicationDocument {
        ident: manifest.key.to_string(),
        language: manifest.language,
        large_print: false,
        town: Town {
            name: "Ajuntament de proves".to_owned(),
            place: "Proves".to_owned(),
            e_office: "seu.exemple.es".to_owned(),
            counter: String::new(),
            phone: String::new(),
        },
        title: "Instància general".to_owned(),
        unit: "Oficina".to_owned(),
        applicant: Party { name: manifest.applicant.name.clone(), nif: manifest.applicant.nif.clone() },
        representative: None,
        sections: Vec::new(),
        declarations: Vec::new(),
        attachments: Vec::new(),
        consulted: Vec::new(),
        data_protection: Vec::new(),
        made_at: when.to_zoned_datetime(TimeZone::get("Europe/Madrid").unwrap()),
        manifest: serde_json::to_value(manifest).unwrap(),
    };
    documents::application(&document).unwrap().pdf
}

/// Puts the same application under another key without making a document: for what is refused before it is opened.
pub(crate) fn new_key(when: Timestamp) -> SubmissionKey {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let mut random = [0; 10];
    random[..4].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    SubmissionKey::new(when, random)
}

pub(crate) fn catalogue() -> &'static Catalogue {
    static MADE: OnceLock<Catalogue> = OnceLock::new();
    MADE.get_or_init(|| Catalogue::bundled().unwrap())
}

pub(crate) fn sha256(bytes: &[u8]) -> Sha256Hex {
    Sha256Hex::of(bytes)
}
