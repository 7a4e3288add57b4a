//! An entry as a row: its columns, its hash, and how it is read back.

use jiff::Timestamp;
use jiff::civil::Date;
use registry_api::{Answers, Csv, EntryNumber, Interested, Sha256Hex, SubmissionKey};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::bulk::Value;
use super::read_time;
use crate::Error;

/// What a column holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Int,
}

/// The columns of an entry in the order in which they are hashed. A column that is added later is hashed only where
/// it is set, so that what was written before keeps its hash.
const COLUMNS: [(&str, Kind); 42] = [
    ("position", Kind::Int),
    ("entry_id", Kind::Text),
    ("office", Kind::Text),
    ("office_name", Kind::Text),
    ("kind", Kind::Text),
    ("numbered_by", Kind::Text),
    ("number", Kind::Text),
    ("year", Kind::Int),
    ("seq", Kind::Int),
    ("registered_at", Kind::Text),
    ("presented_at", Kind::Text),
    ("presented_at_basis", Kind::Text),
    ("incident_id", Kind::Text),
    ("effective_at", Kind::Text),
    ("effective_on", Kind::Text),
    ("due_on", Kind::Text),
    ("handed_in_at", Kind::Text),
    ("mode", Kind::Text),
    ("dest_unit", Kind::Text),
    ("procedure_id", Kind::Text),
    ("procedure_version", Kind::Int),
    ("abstract", Kind::Text),
    ("form_json", Kind::Text),
    ("form_pdf_sha256", Kind::Text),
    ("language", Kind::Text),
    ("interested", Kind::Text),
    ("interested_nif", Kind::Text),
    ("sicres", Kind::Text),
    ("identification_means", Kind::Text),
    ("signature_status", Kind::Text),
    ("signer_certificate_sha256", Kind::Text),
    ("relation", Kind::Text),
    ("relates_to", Kind::Int),
    ("reason", Kind::Text),
    ("acting_official", Kind::Text),
    ("csv", Kind::Text),
    ("client_request_id", Kind::Text),
    ("package_sha256", Kind::Text),
    ("kiosk_id", Kind::Text),
    ("receipt_facts", Kind::Text),
    ("prev_hash", Kind::Text),
    ("hash", Kind::Text),
];

/// Names of the columns, as they are inserted.
pub(super) const NAMES: [&str; COLUMNS.len()] = {
    let mut names = [""; COLUMNS.len()];
    let mut place = 0;
    while place < COLUMNS.len() {
        names[place] = COLUMNS[place].0;
        place += 1;
    }
    names
};

/// The link of two entries of which one corrects the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// What it says holds instead of what the other says.
    Rectifies,
    /// The other is of no effect.
    Annuls,
}

impl Relation {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Rectifies => "rectifies",
            Self::Annuls => "annuls",
        }
    }
}

/// One entry as it is read back; attachments and documents by their hashes.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place in the order of reception, over all offices.
    pub position: i64,
    /// Internal identifier.
    pub entry_id: Uuid,
    /// Its number.
    pub number: EntryNumber,
    /// Whose number it is: `own`, or the name of the registry that gave it.
    pub numbered_by: String,
    /// Code of the office.
    pub office: String,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When it counts as presented.
    pub presented_at: Timestamp,
    /// Why at that moment: `server`, `incident` or `staff`.
    pub presented_at_basis: String,
    /// The moment from which it takes effect, by the calendar.
    pub effective_at: Timestamp,
    /// The day of it.
    pub effective_on: Date,
    /// The last day to resolve, if there is a term.
    pub due_on: Option<Date>,
    /// When the person handed it in, by the kiosk's clock.
    pub handed_in_at: Timestamp,
    /// Unit it went to.
    pub unit: String,
    /// Procedure.
    pub procedure: String,
    /// Version of its form.
    pub procedure_version: u32,
    /// Summary for the registry's book.
    pub summary: String,
    /// Who applies.
    pub interested: Interested,
    /// Answers of the form.
    pub answers: Answers,
    /// SHA-256 of the signed application; absent where the office itself made the entry.
    pub application_sha256: Option<Sha256Hex>,
    /// `signed`, `official` or `unsigned_pending`.
    pub signature_status: String,
    /// SHA-256 of the certificate that signed it.
    pub signer_certificate_sha256: String,
    /// How it relates to another entry, and to which.
    pub relation: Option<String>,
    /// Place of that entry.
    pub relates_to: Option<i64>,
    /// Why it rectifies or annuls.
    pub reason: Option<String>,
    /// Who made it for the office.
    pub acting_official: Option<String>,
    /// Code of the receipt.
    pub csv: Csv,
    /// Key it was handed in with.
    pub key: SubmissionKey,
    /// Hash of the whole package.
    pub package_sha256: Sha256Hex,
    /// Kiosk it came from.
    pub kiosk: String,
    /// Hash of the entry before.
    pub prev_hash: String,
    /// Hash of this entry.
    pub hash: String,
    /// What was fixed with it.
    pub(crate) receipt_facts: String,
}

impl std::fmt::Debug for StoredEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredEntry")
            .field("number", &self.number)
            .field("registered_at", &self.registered_at)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// The values of an entry by the names of their columns.
#[derive(Clone)]
pub(super) struct Record(Vec<Value>);

impl Record {
    /// An entry with nothing in it.
    pub(super) fn new() -> Self {
        let empty = |(_, kind): &(&str, Kind)| match kind {
            Kind::Text => Value::Text(None),
            Kind::Int => Value::Int(None),
        };
        Self(COLUMNS.iter().map(empty).collect())
    }

    pub(super) fn read(row: &AnyRow) -> Result<Self, Error> {
        let value = |(name, kind): &(&str, Kind)| {
            Ok(match kind {
                Kind::Text => Value::Text(row.try_get::<Option<String>, _>(*name)?.map(Into::into)),
                Kind::Int => Value::Int(row.try_get(*name)?),
            })
        };
        COLUMNS.iter().map(value).collect::<Result<_, sqlx::Error>>().map(Self).map_err(Error::Store)
    }

    /// Puts a value in its column.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        if let Some(place) = NAMES.iter().position(|known| *known == name)
            && let Some(column) = self.0.get_mut(place)
        {
            *column = value;
        }
    }

    /// Hashes everything but the hash and puts it in its place. What the entry says and what was said before it are
    /// in there, so no entry can be changed, put in or taken out without all later ones telling.
    pub(super) fn chain(&mut self) -> String {
        let hash = self.hash();
        self.set("hash", Value::text(hash.as_str()));
        hash
    }

    pub(super) fn values(self) -> Vec<Value> {
        self.0
    }

    /// Whether the hash is the one of what the entry says, and it follows the entry with this one.
    pub(super) fn follows(&self, previous: &str) -> bool {
        self.text("prev_hash").is_ok_and(|hash| hash == previous)
            && self.text("hash").is_ok_and(|hash| hash == self.hash())
    }

    fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        part(b"finestreta entry 1");
        for (name, value) in NAMES.iter().zip(&self.0).filter(|(name, _)| **name != "hash") {
            match value {
                Value::Text(Some(text)) => {
                    part(name.as_bytes());
                    part(text.as_bytes());
                }
                Value::Int(Some(number)) => {
                    part(name.as_bytes());
                    part(number.to_string().as_bytes());
                }
                // What is absent says nothing; with the names, nothing else can be read into that.
                Value::Text(None) | Value::Int(None) | Value::Bytes(_) => {}
            }
        }
        hex::encode(hash.finalize())
    }

    fn value(&self, name: &str) -> Option<&Value> {
        NAMES.iter().position(|known| *known == name).and_then(|place| self.0.get(place))
    }

    pub(super) fn optional(&self, name: &str) -> Option<&str> {
        match self.value(name) {
            Some(Value::Text(Some(text))) => Some(text),
            _ => None,
        }
    }

    fn text(&self, name: &str) -> Result<&str, Error> {
        self.optional(name).ok_or(Error::Damaged { what: "a column without a value" })
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match self.value(name) {
            Some(Value::Int(number)) => *number,
            _ => None,
        }
    }

    pub(super) fn entry(&self) -> Result<StoredEntry, Error> {
        let damaged = |what| Error::Damaged { what };
        let owned = |name: &str| self.text(name).map(str::to_owned);
        let optional = |name: &str| self.optional(name).map(str::to_owned);
        Ok(StoredEntry {
            position: self.number("position").ok_or(damaged("a position"))?,
            entry_id: self.text("entry_id")?.parse().map_err(|_| damaged("an identifier"))?,
            number: self.text("number")?.parse().map_err(|_| damaged("a number"))?,
            numbered_by: owned("numbered_by")?,
            office: owned("office")?,
            registered_at: read_time(self.text("registered_at")?)?,
            presented_at: read_time(self.text("presented_at")?)?,
            presented_at_basis: owned("presented_at_basis")?,
            effective_at: read_time(self.text("effective_at")?)?,
            effective_on: date(self.text("effective_on")?)?,
            due_on: self.optional("due_on").map(date).transpose()?,
            handed_in_at: read_time(self.text("handed_in_at")?)?,
            unit: owned("dest_unit")?,
            procedure: owned("procedure_id")?,
            procedure_version: self
                .number("procedure_version")
                .and_then(|version| u32::try_from(version).ok())
                .ok_or(damaged("a version"))?,
            summary: owned("abstract")?,
            interested: from_json(self.text("interested")?)?,
            answers: from_json(self.text("form_json")?)?,
            application_sha256: self
                .optional("form_pdf_sha256")
                .map(|hash| hash.parse().map_err(|_| damaged("a hash")))
                .transpose()?,
            signature_status: owned("signature_status")?,
            signer_certificate_sha256: owned("signer_certificate_sha256")?,
            relation: optional("relation"),
            relates_to: self.number("relates_to"),
            reason: optional("reason"),
            acting_official: optional("acting_official"),
            csv: self.text("csv")?.parse().map_err(|_| damaged("a verification code"))?,
            key: self.text("client_request_id")?.parse().map_err(|_| damaged("a key"))?,
            package_sha256: self.text("package_sha256")?.parse().map_err(|_| damaged("a hash"))?,
            kiosk: owned("kiosk_id")?,
            prev_hash: owned("prev_hash")?,
            hash: owned("hash")?,
            receipt_facts: owned("receipt_facts")?,
        })
    }
}

fn date(text: &str) -> Result<Date, Error> {
    text.parse().map_err(|_| Error::Damaged { what: "a date" })
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Internal { what: "a value that is no JSON" })
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::Damaged { what: "a column of JSON" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_covers_every_column_and_tells_them_apart() {
        let mut record = Record::new();
        record.set("prev_hash", Value::text("a"));
        record.chain();
        assert!(record.follows("a") && !record.follows("b"));
        let mut seen = std::collections::BTreeSet::new();
        for (name, kind) in COLUMNS.iter().filter(|(name, _)| *name != "hash" && *name != "prev_hash") {
            let mut other = record.clone();
            other.set(
                name,
                match kind {
                    Kind::Text => Value::text("x"),
                    Kind::Int => Value::int(7),
                },
            );
            assert!(!other.follows("a"), "{name}");
            assert!(seen.insert(other.hash()), "{name}");
        }
    }
}
