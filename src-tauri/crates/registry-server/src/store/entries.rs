//! Entries: written once, linked by hashes.

use jiff::civil::Date;
use jiff::{Timestamp, Unit};
use registry_api::{Answers, Csv, EntryNumber, Interested, Sha256Hex, Submission, SubmissionKey};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};
use uuid::Uuid;

use super::{Assigned, Store, read_time, written};
use crate::{Calendar, Environment, Error};

/// How far the clock may fall behind the last entry and still count as the same moment: a correction by the time
/// service, not a wrong clock.
const TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);

/// A checked submission, with all that the entry says besides number and time.
pub(crate) struct Filing<'a> {
    pub(crate) submission: &'a Submission,
    pub(crate) package_sha256: &'a Sha256Hex,
    pub(crate) kiosk: &'a str,
    pub(crate) office: &'a str,
    pub(crate) office_name: &'a str,
    pub(crate) unit: &'a str,
    pub(crate) summary: &'a str,
    pub(crate) interested: Interested,
    pub(crate) signer_certificate_sha256: String,
}

/// What came of a registration.
pub(crate) enum Registered {
    /// A new entry.
    New(StoredEntry),
    /// The same package had been registered under the key.
    Same(StoredEntry),
    /// Another package had been registered under the key.
    Conflict,
}

/// One entry as operators see it; attachments and documents by their hashes.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct StoredEntry {
    #[serde(skip)]
    pub(crate) position: i64,
    /// Internal identifier.
    pub entry_id: Uuid,
    /// Its number.
    pub number: EntryNumber,
    /// Code of the office.
    pub office: String,
    /// When it was registered.
    pub registered_at: Timestamp,
    /// When it counts as presented.
    pub presented_at: Timestamp,
    /// Day it takes effect.
    pub effective_on: Date,
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
    /// SHA-256 of the signed application.
    pub application_sha256: Sha256Hex,
    /// SHA-256 of the certificate that signed it.
    pub signer_certificate_sha256: String,
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
    /// What was fixed with it, of which operators see the words for other registries.
    #[serde(rename = "exchange", serialize_with = "crate::exchange::Exchange::from_facts")]
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

impl Store {
    /// Makes the filing an entry, unless its key has one already.
    ///
    /// `facts` writes what the receipt will be made from, once number and time are known.
    pub(crate) async fn register(
        &self,
        filing: &Filing<'_>,
        calendar: &Calendar,
        environment: &dyn Environment,
        facts: impl FnOnce(&Assigned, Date) -> Result<String, Error> + Send,
    ) -> Result<Registered, Error> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(known) = by_key(&mut transaction, filing.submission.key).await? {
            return Ok(match known.package_sha256 == *filing.package_sha256 {
                true => Registered::Same(known),
                false => Registered::Conflict,
            });
        }
        let last = sqlx::query("SELECT registered_at, hash FROM entries ORDER BY position DESC LIMIT 1")
            .fetch_optional(&mut *transaction)
            .await?;
        let (last_at, prev_hash) = match last {
            None => (None, String::new()),
            Some(row) => (Some(read_time(row.try_get("registered_at")?)?), row.try_get("hash")?),
        };
        let registered_at = official_time(environment.now(), last_at)?;
        let effective_on = calendar.effective_on(registered_at)?;
        let year = calendar.date_of(registered_at).year();
        let sequence = next(&mut transaction, filing.office, year).await?;
        let assigned = Assigned {
            number: EntryNumber::new(year, sequence).map_err(|_| Error::Clock)?,
            registered_at,
            csv: new_csv(environment)?,
        };
        let facts = facts(&assigned, effective_on)?;
        let row = New { filing, assigned: &assigned, effective_on, sequence, year, facts, prev_hash };
        let position = row.insert(&mut transaction, environment).await?;
        insert_attachments(&mut transaction, position, filing.submission).await?;
        let entry = by_key(&mut transaction, filing.submission.key)
            .await?
            .ok_or(Error::Internal { what: "an entry is not there after being written" })?;
        transaction.commit().await?;
        Ok(Registered::New(entry))
    }

    /// The entry of a key.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry_by_key(&self, key: SubmissionKey) -> Result<Option<StoredEntry>, Error> {
        by_key(&mut *self.reader.acquire().await?, key).await
    }

    /// The entry of a number at an office.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry_by_number(
        &self,
        office: &str,
        number: &EntryNumber,
    ) -> Result<Option<StoredEntry>, Error> {
        let row = sqlx::query("SELECT * FROM entries WHERE office = ? AND number = ?")
            .bind(office)
            .bind(number.as_str())
            .fetch_optional(&self.reader)
            .await?;
        row.as_ref().map(read).transpose()
    }

    /// The receipt of an entry, byte by byte as it is sent, if it has been made.
    pub(crate) async fn receipt_of(&self, entry: &StoredEntry) -> Result<Option<Vec<u8>>, Error> {
        let body = sqlx::query_scalar("SELECT body FROM receipts WHERE entry = ?")
            .bind(entry.position)
            .fetch_optional(&self.reader)
            .await?;
        Ok(body)
    }

    /// Keeps a receipt for ever and gives back the one that is kept: whoever made another meanwhile was first.
    pub(crate) async fn keep_receipt(
        &self,
        entry: &StoredEntry,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Vec<u8>, Error> {
        sqlx::query(
            "INSERT INTO receipts (entry, made_at, body) VALUES (?, ?, ?) ON CONFLICT (entry) DO NOTHING",
        )
        .bind(entry.position)
        .bind(written(now))
        .bind(body)
        .execute(&self.writer)
        .await?;
        let kept = sqlx::query_scalar("SELECT body FROM receipts WHERE entry = ?")
            .bind(entry.position)
            .fetch_one(&self.writer)
            .await?;
        Ok(kept)
    }

    /// Walks the chain of hashes from the first entry to the last and says how many there are.
    ///
    /// # Errors
    /// [`Error::Damaged`] at the first entry that is not what was written.
    pub async fn audit(&self) -> Result<u64, Error> {
        let mut previous = String::new();
        let mut position = 0;
        let mut count = 0;
        loop {
            let row = sqlx::query("SELECT * FROM entries WHERE position > ? ORDER BY position LIMIT 1")
                .bind(position)
                .fetch_optional(&self.reader)
                .await?;
            let Some(row) = row else { return Ok(count) };
            let entry = read(&row)?;
            let pdf: Vec<u8> = row.try_get("form_pdf")?;
            if Sha256Hex::of(&pdf) != entry.application_sha256 {
                return Err(Error::Damaged { what: "a signed application" });
            }
            if entry.prev_hash != previous || entry.hash != chained(&entry)? {
                return Err(Error::Damaged { what: "the chain of entries" });
            }
            (previous, position, count) = (entry.hash, entry.position, count + 1);
        }
    }
}

struct New<'a> {
    filing: &'a Filing<'a>,
    assigned: &'a Assigned,
    effective_on: Date,
    sequence: u32,
    year: i16,
    facts: String,
    prev_hash: String,
}

impl New<'_> {
    async fn insert(
        self,
        connection: &mut SqliteConnection,
        environment: &dyn Environment,
    ) -> Result<i64, Error> {
        let Self { filing, assigned, .. } = self;
        let submission = filing.submission;
        let mut random = [0; 10];
        environment.random(&mut random)?;
        // Milliseconds of the version 7 key are those of the entry.
        let entry_id = SubmissionKey::new(assigned.registered_at, random).as_uuid();
        let mut entry = StoredEntry {
            position: 0,
            entry_id,
            number: assigned.number.clone(),
            office: filing.office.to_owned(),
            registered_at: assigned.registered_at,
            presented_at: assigned.registered_at,
            effective_on: self.effective_on,
            handed_in_at: submission.handed_in_at,
            unit: filing.unit.to_owned(),
            procedure: submission.procedure.clone(),
            procedure_version: submission.procedure_version,
            summary: filing.summary.to_owned(),
            interested: filing.interested.clone(),
            answers: submission.answers.clone(),
            application_sha256: submission.application.sha256(),
            signer_certificate_sha256: filing.signer_certificate_sha256.clone(),
            csv: assigned.csv.clone(),
            key: submission.key,
            package_sha256: filing.package_sha256.clone(),
            kiosk: filing.kiosk.to_owned(),
            prev_hash: self.prev_hash,
            hash: String::new(),
            receipt_facts: self.facts,
        };
        entry.hash = chained(&entry)?;
        let done = sqlx::query(
            "INSERT INTO entries (entry_id, office, office_name, year, kind, seq, number, registered_at, \
             presented_at, presented_at_basis, effective_on, handed_in_at, mode, dest_unit, procedure_id, \
             procedure_version, abstract, form_json, form_pdf, form_pdf_sha256, language, interested, \
             identification_means, signature_status, signer_certificate_sha256, csv, client_request_id, \
             package_sha256, kiosk_id, receipt_facts, prev_hash, hash) \
             VALUES (?, ?, ?, ?, 'E', ?, ?, ?, ?, 'server', ?, ?, '02', ?, ?, ?, ?, ?, ?, ?, ?, ?, \
             'dnie', 'signed', ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(entry.entry_id.to_string())
        .bind(&entry.office)
        .bind(filing.office_name)
        .bind(self.year)
        .bind(self.sequence)
        .bind(entry.number.as_str())
        .bind(written(entry.registered_at))
        .bind(written(entry.presented_at))
        .bind(entry.effective_on.to_string())
        .bind(entry.handed_in_at.to_string())
        .bind(&entry.unit)
        .bind(&entry.procedure)
        .bind(entry.procedure_version)
        .bind(&entry.summary)
        .bind(json(&entry.answers)?)
        .bind(submission.application.as_slice())
        .bind(entry.application_sha256.as_str())
        .bind(submission.language.tag())
        .bind(json(&entry.interested)?)
        .bind(&entry.signer_certificate_sha256)
        .bind(entry.csv.as_str())
        .bind(entry.key.to_string())
        .bind(entry.package_sha256.as_str())
        .bind(&entry.kiosk)
        .bind(&entry.receipt_facts)
        .bind(&entry.prev_hash)
        .bind(&entry.hash)
        .execute(connection)
        .await?;
        Ok(done.last_insert_rowid())
    }
}

async fn insert_attachments(
    connection: &mut SqliteConnection,
    position: i64,
    submission: &Submission,
) -> Result<(), Error> {
    for (place, attachment) in (0_i64..).zip(&submission.attachments) {
        sqlx::query(
            "INSERT INTO attachments (entry, place, name, mime, size, sha256, document, content) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(position)
        .bind(place)
        .bind(&attachment.name)
        .bind(&attachment.mime)
        .bind(i64::try_from(attachment.content.len()).unwrap_or(i64::MAX))
        .bind(attachment.sha256.as_str())
        .bind(&attachment.document)
        .bind(attachment.content.as_slice())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The moment that is written: whole milliseconds, never before the last entry.
fn official_time(now: Timestamp, last: Option<Timestamp>) -> Result<Timestamp, Error> {
    let rounding = jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    let now = now.round(rounding).map_err(|_| Error::Clock)?;
    match last {
        Some(last) if now < last && last.duration_since(now) > TOLERANCE => Err(Error::Clock),
        Some(last) => Ok(now.max(last)),
        None => Ok(now),
    }
}

async fn next(connection: &mut SqliteConnection, office: &str, year: i16) -> Result<u32, Error> {
    let last: i64 = sqlx::query_scalar(
        "INSERT INTO sequences (office, year, last) VALUES (?, ?, 1) \
         ON CONFLICT (office, year) DO UPDATE SET last = last + 1 RETURNING last",
    )
    .bind(office)
    .bind(year)
    .fetch_one(connection)
    .await?;
    u32::try_from(last).map_err(|_| Error::Damaged { what: "a sequence" })
}

fn new_csv(environment: &dyn Environment) -> Result<Csv, Error> {
    let mut bits = [0; 16];
    environment.random(&mut bits)?;
    Ok(Csv::from_random(bits))
}

/// What the hash of an entry covers: everything it says, and the entry before. Each part with its length.
fn chained(entry: &StoredEntry) -> Result<String, Error> {
    let mut hash = Sha256::new();
    let (interested, answers) = (json(&entry.interested)?, json(&entry.answers)?);
    for part in [
        "finestreta entry 1",
        &entry.prev_hash,
        &entry.entry_id.to_string(),
        entry.number.as_str(),
        &entry.office,
        &written(entry.registered_at),
        &written(entry.presented_at),
        &entry.effective_on.to_string(),
        &entry.handed_in_at.to_string(),
        &entry.unit,
        &entry.procedure,
        &entry.procedure_version.to_string(),
        &entry.summary,
        &interested,
        &answers,
        entry.application_sha256.as_str(),
        &entry.signer_certificate_sha256,
        entry.csv.as_str(),
        &entry.key.to_string(),
        entry.package_sha256.as_str(),
        &entry.kiosk,
        &entry.receipt_facts,
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    Ok(hex::encode(hash.finalize()))
}

fn json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|_| Error::Internal { what: "a value that is no JSON" })
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|_| Error::Damaged { what: "a column of JSON" })
}

async fn by_key(connection: &mut SqliteConnection, key: SubmissionKey) -> Result<Option<StoredEntry>, Error> {
    let row = sqlx::query("SELECT * FROM entries WHERE client_request_id = ?")
        .bind(key.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &SqliteRow) -> Result<StoredEntry, Error> {
    let text = |column: &str| -> Result<String, Error> { Ok(row.try_get(column)?) };
    let broken = |what| move |_| Error::Damaged { what };
    Ok(StoredEntry {
        position: row.try_get("position")?,
        entry_id: text("entry_id")?.parse().map_err(|_| Error::Damaged { what: "an identifier" })?,
        number: text("number")?.parse().map_err(broken("a number"))?,
        office: text("office")?,
        registered_at: read_time(&text("registered_at")?)?,
        presented_at: read_time(&text("presented_at")?)?,
        effective_on: text("effective_on")?.parse().map_err(|_| Error::Damaged { what: "a date" })?,
        handed_in_at: read_time(&text("handed_in_at")?)?,
        unit: text("dest_unit")?,
        procedure: text("procedure_id")?,
        procedure_version: row.try_get("procedure_version")?,
        summary: text("abstract")?,
        interested: from_json(&text("interested")?)?,
        answers: from_json(&text("form_json")?)?,
        application_sha256: text("form_pdf_sha256")?.parse().map_err(broken("a hash"))?,
        signer_certificate_sha256: text("signer_certificate_sha256")?,
        csv: text("csv")?.parse().map_err(broken("a verification code"))?,
        key: text("client_request_id")?.parse().map_err(broken("a key"))?,
        package_sha256: text("package_sha256")?.parse().map_err(broken("a hash"))?,
        kiosk: text("kiosk_id")?,
        prev_hash: text("prev_hash")?,
        hash: text("hash")?,
        receipt_facts: text("receipt_facts")?,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_may_stumble_but_not_run_back() {
        let last = at("2026-03-12T10:00:00.500Z");
        assert_eq!(
            official_time(at("2026-03-12T10:00:01.2349Z"), Some(last)).unwrap(),
            at("2026-03-12T10:00:01.234Z")
        );
        assert_eq!(official_time(at("2026-03-12T09:59:59Z"), Some(last)).unwrap(), last);
        assert!(matches!(official_time(at("2026-03-12T09:59:58Z"), Some(last)), Err(Error::Clock)));
        assert_eq!(official_time(at("2026-03-12T10:00:00.0009Z"), None).unwrap(), at("2026-03-12T10:00:00Z"));
    }

    #[test]
    fn times_are_written_so_that_text_sorts_as_time_does() {
        assert_eq!(written(at("2026-03-12T10:00:00Z")), "2026-03-12T10:00:00.000Z");
        assert_eq!(written(at("2026-03-12T10:00:00.25Z")), "2026-03-12T10:00:00.250Z");
    }
}
