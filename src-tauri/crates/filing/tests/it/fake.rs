//! A registry in memory that can be told to fail, and what is filed with it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use async_trait::async_trait;
use filing::Filings;
use jiff::Timestamp;
use registry_api::{
    Base64Bytes, Content, Csv, EntryNumber, Interested, Problem, Receipt, Registry, RegistryError,
    Resolution, SignatureMeans, Silence, Submission, SubmissionKey,
};
use secret::StoreKey;
use wording::Language;

/// What the registry does with the next call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Well,
    Unreachable,
    /// Takes the filing and loses its answer.
    Swallows,
    Busy,
    Refuses,
    TalksNonsense,
}

pub struct FakeRegistry {
    pub mood: Mutex<Mood>,
    pub entries: Mutex<BTreeMap<SubmissionKey, Receipt>>,
    pub submits: Mutex<u32>,
}

impl FakeRegistry {
    pub fn new(mood: Mood) -> Self {
        Self { mood: Mutex::new(mood), entries: Mutex::default(), submits: Mutex::new(0) }
    }

    pub fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn count(&self) -> usize {
        self.entries.lock().unwrap().len()
    }

    fn enter(&self, submission: &Submission) -> Receipt {
        let mut entries = self.entries.lock().unwrap();
        let next = u32::try_from(entries.len()).unwrap() + 1;
        entries.entry(submission.key).or_insert_with(|| receipt(submission, next)).clone()
    }
}

#[async_trait]
impl Registry for FakeRegistry {
    async fn submit(&self, submission: &Submission) -> Result<Receipt, RegistryError> {
        *self.submits.lock().unwrap() += 1;
        let mood = *self.mood.lock().unwrap();
        match mood {
            Mood::Well => Ok(self.enter(submission)),
            Mood::Unreachable => Err(RegistryError::Unreachable { source: None }),
            Mood::Swallows => {
                self.enter(submission);
                Err(RegistryError::Unknown { source: None })
            }
            Mood::Busy => {
                Err(RegistryError::Unavailable { retry_after: Some(std::time::Duration::from_secs(90)) })
            }
            Mood::Refuses => Err(RegistryError::Refused(Box::new(Problem::new(
                422,
                "submission.signature.hash",
                "refused",
            )))),
            Mood::TalksNonsense => Err(RegistryError::Nonsense { what: "not JSON" }),
        }
    }

    async fn receipt(&self, key: SubmissionKey) -> Result<Option<Receipt>, RegistryError> {
        match *self.mood.lock().unwrap() {
            Mood::Unreachable => Err(RegistryError::Unreachable { source: None }),
            _ => Ok(self.entries.lock().unwrap().get(&key).cloned()),
        }
    }

    async fn health(&self) -> Result<(), RegistryError> {
        Ok(())
    }
}

fn receipt(submission: &Submission, sequence: u32) -> Receipt {
    Receipt {
        key: submission.key,
        number: EntryNumber::new(2026, sequence).unwrap(),
        registered_at: now(),
        presented_at: now(),
        effective_on: "2026-03-12".parse().unwrap(),
        office: "OAC".to_owned(),
        unit: "oac".to_owned(),
        procedure: submission.procedure.clone(),
        procedure_version: submission.procedure_version,
        language: submission.language,
        interested: Interested { name: "AMPARO MARTÍ".to_owned(), nif: "12345678Z".to_owned() },
        signed_with: SignatureMeans::Dnie,
        application_sha256: submission.application.sha256(),
        attachments: Vec::new(),
        assisted_by: None,
        to_be_signed: None,
        cures: None,
        resolution: Resolution { months: 3, silence: Silence::None, due: None },
        csv: Csv::from_random([7; 16]),
        document: Base64Bytes::from(b"%PDF-1.7".to_vec()),
    }
}

pub fn now() -> Timestamp {
    "2026-03-12T17:05:31Z".parse().unwrap()
}

pub fn key(number: u8) -> SubmissionKey {
    SubmissionKey::new(now(), [number; 10])
}

pub fn submission(number: u8) -> Submission {
    Submission {
        key: key(number),
        procedure: "instancia-general".to_owned(),
        procedure_version: 1,
        language: Language::CaValencia,
        handed_in_at: now() + jiff::SignedDuration::from_secs(i64::from(number)),
        application: Content::from(b"%PDF-signed".to_vec()),
        attachments: Vec::new(),
        answers: BTreeMap::from([("request".to_owned(), "una col·locació".to_owned())]),
        unsigned: None,
        cures: None,
        assisted: None,
    }
}

pub async fn open(folder: &std::path::Path) -> Filings {
    Filings::open(&folder.join("store.sqlite"), &StoreKey::new([7; 32]), now()).await.unwrap()
}
