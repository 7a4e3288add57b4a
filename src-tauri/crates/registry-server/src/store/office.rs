//! What the office asks and does: the book with its search, corrections, quarantine, incidents, kiosks, the audit.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
pub use registry_api::office::Refusal;
use registry_api::{EntryNumber, Interested, Sha256Hex, SubmissionKey};
use serde::Serialize;
use sqlx::{AssertSqlSafe, Row as _};

use super::batch::hold;
use super::bulk::{self, Value};
use super::filing::Corrects;
use super::log::{self, Note};
use super::record::{Record, Relation, StoredEntry, from_json, json};
use super::{Filing, Registered, Store, read_time, written};
use crate::calendar::Incident;
use crate::{Calendar, Error};

/// Most entries of one page.
const MOST: i64 = 500;

/// Which entries, newest first.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Registered at this moment or later.
    pub from: Option<Timestamp>,
    /// Registered before this moment.
    pub before: Option<Timestamp>,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// Of the person or body with this number.
    pub nif: Option<String>,
    /// With words in number, summary, name or document that begin with each of these; accents make no difference.
    pub text: Option<String>,
    /// Only entries before this place: the last one of the page before.
    pub below: Option<i64>,
    /// How many at most.
    pub most: i64,
}

/// Whether a kiosk is heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KioskState {
    /// Its name.
    pub name: String,
    /// `allowed` or `suspended`.
    pub state: String,
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub reason: String,
}

/// What an entry is corrected to.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Rectified or annulled.
    pub relation: Relation,
    /// Why.
    pub reason: String,
    /// The summary that holds from now on.
    pub summary: Option<String>,
    /// The unit it goes to from now on.
    pub unit: Option<String>,
    /// Who corrects.
    pub official: String,
    /// Key of the correction.
    pub key: SubmissionKey,
    /// When.
    pub at: Timestamp,
}

/// What a walk along both chains found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Whole {
    /// Entries.
    pub entries: u64,
    /// Lines of the log.
    pub log: u64,
}

impl Store {
    /// A page of entries.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entries(&self, query: &Query) -> Result<Vec<StoredEntry>, Error> {
        let mut wheres = Vec::new();
        let mut values = Vec::new();
        let mut add = |text: &str, value: Value| {
            values.push(value);
            wheres.push(text.replace('?', &format!("${}", values.len())));
        };
        if let Some(from) = query.from {
            add("registered_at >= ?", Value::text(written(from)));
        }
        if let Some(before) = query.before {
            add("registered_at < ?", Value::text(written(before)));
        }
        if let Some(procedure) = &query.procedure {
            add("procedure_id = ?", Value::text(procedure.as_str()));
        }
        if let Some(nif) = &query.nif {
            add("interested_nif = ?", Value::text(nif.to_uppercase()));
        }
        if let Some(below) = query.below {
            add("position < ?", Value::int(below));
        }
        let most = query.most.clamp(1, MOST);
        if let Some(text) = &query.text {
            return self.found(text, wheres, values, most).await;
        }
        let filter =
            if wheres.is_empty() { String::new() } else { format!("WHERE {}", wheres.join(" AND ")) };
        let text = format!("SELECT * FROM entries {filter} ORDER BY position DESC LIMIT {most}");
        let asked = bulk::bind(sqlx::query(AssertSqlSafe(text)), values);
        let rows = asked.fetch_all(&self.reader).await?;
        rows.iter().map(|row| Record::read(row)?.entry()).collect()
    }

    /// The entries that correct this one, in order.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn corrections_of(&self, entry: &StoredEntry) -> Result<Vec<StoredEntry>, Error> {
        let rows = sqlx::query("SELECT * FROM entries WHERE relates_to = $1 ORDER BY position")
            .bind(entry.position)
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(|row| Record::read(row)?.entry()).collect()
    }

    /// Rectifies or annuls an entry by a new one that is linked to it. The first stays as it is (Law 39/2015, art. 16).
    ///
    /// # Errors
    /// [`Error::Correction`] where there is nothing to correct any more; otherwise as [`Store::enter`].
    pub async fn correct(
        &self,
        entry: &StoredEntry,
        correction: Correction,
        calendar: &Arc<Calendar>,
    ) -> Result<StoredEntry, Error> {
        let wrong = |what| Err(Error::Correction { what });
        if correction.reason.trim().is_empty() {
            return wrong("a correction has a reason");
        }
        if entry.relation.as_deref() == Some(Relation::Annuls.as_str()) {
            return wrong("an annulment is not corrected");
        }
        let annuls = |other: &StoredEntry| other.relation.as_deref() == Some(Relation::Annuls.as_str());
        if self.corrections_of(entry).await?.iter().any(annuls) {
            return wrong("the entry is annulled");
        }
        let Correction { relation, reason, summary, unit, official, key, at } = correction;
        let filing = Filing {
            key,
            package_sha256: Sha256Hex::of(
                format!("{} {} {reason}", relation.as_str(), entry.hash).as_bytes(),
            ),
            kiosk: "office".to_owned(),
            office: entry.office.clone(),
            office_name: entry.office.clone(),
            unit: unit.unwrap_or_else(|| entry.unit.clone()),
            procedure: entry.procedure.clone(),
            procedure_version: entry.procedure_version,
            summary: summary.unwrap_or_else(|| entry.summary.clone()),
            answers: entry.answers.clone(),
            facts: None,
            request: None,
            reference: None,
            application_sha256: None,
            attachments: Vec::new(),
            language: registry_api::Language::CaValencia,
            interested: Interested { name: entry.interested.name.clone(), nif: entry.interested.nif.clone() },
            name: None,
            signer_certificate_sha256: String::new(),
            handed_in_at: at,
            presented: None,
            unsigned: None,
            assisted_by: None,
            cures: None,
            corrects: Some(Corrects { relation, entry: entry.position, reason, official: official.clone() }),
        };
        let note = Note {
            actor: official,
            action: format!("entry.{}", relation.as_str()),
            subject: String::new(),
            detail: entry.number.to_string(),
        };
        match self.enter(filing, Vec::new(), calendar, Some(note)).await? {
            Registered::New(entry) | Registered::Same(entry) => Ok(entry),
            Registered::Conflict => wrong("the key of the correction was used"),
        }
    }

    /// The entry of a number, whichever office's, as operators name it.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry_at(&self, position: i64) -> Result<Option<StoredEntry>, Error> {
        let row = sqlx::query("SELECT * FROM entries WHERE position = $1")
            .bind(position)
            .fetch_optional(&self.reader)
            .await?;
        row.map(|row| Record::read(&row)?.entry()).transpose()
    }

    /// What was refused, the newest first.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn refusals(&self, most: i64) -> Result<Vec<Refusal>, Error> {
        let rows = sqlx::query(
            "SELECT id, client_request_id, kiosk_id, reason, first_at, last_at, times, body_size, \
             CASE WHEN body IS NULL AND kept <> 'store' THEN 0 ELSE 1 END AS is_kept FROM quarantine ORDER BY last_at DESC LIMIT $1",
        )
        .bind(most.clamp(1, MOST))
        .fetch_all(&self.reader)
        .await?;
        let refusal = |row: &sqlx::any::AnyRow| {
            let text = |column: &str| -> Result<String, Error> { Ok(row.try_get(column)?) };
            Ok(Refusal {
                id: text("id")?,
                key: text("client_request_id")?,
                kiosk: text("kiosk_id")?,
                reason: text("reason")?,
                first_at: read_time(&text("first_at")?)?,
                last_at: read_time(&text("last_at")?)?,
                times: row.try_get("times")?,
                size: row.try_get("body_size")?,
                // PostgreSQL's literals are of four bytes.
                kept: row
                    .try_get::<i64, _>("is_kept")
                    .or_else(|_| row.try_get::<i32, _>("is_kept").map(i64::from))?
                    == 1,
            })
        };
        rows.iter().map(refusal).collect()
    }

    /// Declares an incident, or says more of one that is declared.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn declare(&self, incident: &Incident, official: &str, now: Timestamp) -> Result<(), Error> {
        let text = json(incident)?;
        let note = Note {
            actor: official.to_owned(),
            action: "incident.declare".to_owned(),
            subject: incident.id.clone(),
            detail: text.clone(),
        };
        let query = sqlx::query(
            "INSERT INTO incidents (id, declared_at, incident) VALUES ($1, $2, $3) \
             ON CONFLICT (id) DO UPDATE SET incident = excluded.incident",
        )
        .bind(incident.id.clone())
        .bind(written(now))
        .bind(text);
        self.act(query, note, now).await.map(drop)
    }

    /// The incidents, in the order in which they were declared.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn incidents(&self) -> Result<Vec<Incident>, Error> {
        let rows = sqlx::query("SELECT incident FROM incidents ORDER BY declared_at, id")
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(|row| from_json(&row.try_get::<String, _>("incident")?)).collect()
    }

    /// Suspends a kiosk or allows it again.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn set_kiosk(
        &self,
        name: &str,
        allowed: bool,
        reason: &str,
        official: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let state = if allowed { "allowed" } else { "suspended" };
        let note = Note {
            actor: official.to_owned(),
            action: format!("kiosk.{state}"),
            subject: name.to_owned(),
            detail: reason.to_owned(),
        };
        let query = sqlx::query(
            "INSERT INTO kiosks (name, state, since, reason) VALUES ($1, $2, $3, $4) ON CONFLICT (name) \
             DO UPDATE SET state = excluded.state, since = excluded.since, reason = excluded.reason",
        )
        .bind(name.to_owned())
        .bind(state)
        .bind(written(now))
        .bind(reason.to_owned());
        self.act(query, note, now).await.map(drop)
    }

    /// Kiosks that were suspended at some time, by name.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn kiosks(&self) -> Result<Vec<KioskState>, Error> {
        let rows = sqlx::query("SELECT * FROM kiosks ORDER BY name").fetch_all(&self.reader).await?;
        let kiosk = |row: &sqlx::any::AnyRow| {
            Ok(KioskState {
                name: row.try_get("name")?,
                state: row.try_get("state")?,
                since: read_time(&row.try_get::<String, _>("since")?)?,
                reason: row.try_get("reason")?,
            })
        };
        rows.iter().map(kiosk).collect()
    }

    /// The last day to resolve, with the time for which a requirement to sign let the term stand still, with what published
    /// incidents add to it, and which of them did.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Calendar`].
    pub async fn due_of(
        &self,
        entry: &StoredEntry,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Option<(Date, Vec<String>)>, Error> {
        let Some(mut due) = entry.due_on else { return Ok(None) };
        let requirement = self.requirement_of(entry).await?;
        if let Some(stood_still) = requirement.and_then(|requirement| requirement.stood_still()) {
            due = calendar.suspended(entry.effective_on, due, stood_still)?;
        }
        let incidents = self.incidents().await?;
        let (day, by) = calendar.extended(due, &entry.procedure, &incidents, calendar.date_of(now))?;
        Ok(Some((day, by.into_iter().map(str::to_owned).collect())))
    }

    /// Copies a book that is a file into a new one, as it is at one moment, while others read and write.
    ///
    /// # Errors
    /// [`Error::Store`]; also when the new file is there already.
    pub async fn copy_to(&self, file: &std::path::Path) -> Result<(), Error> {
        let Some(file) = file.to_str() else {
            return Err(Error::Internal { what: "a file name that is no text" });
        };
        sqlx::query("VACUUM INTO $1").bind(file.to_owned()).execute(&self.pool).await?;
        Ok(())
    }

    /// Walks both chains and looks at every document.
    ///
    /// # Errors
    /// [`Error::Damaged`] at the first thing that is not what was written.
    pub async fn verify(&self) -> Result<Whole, Error> {
        Ok(Whole { entries: self.audit().await?, log: self.audit_log().await? })
    }

    /// Numbers of an office that stand in the book, to look for one that somebody names.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry_named(&self, office: &str, name: &str) -> Result<Option<StoredEntry>, Error> {
        if let Ok(key) = name.parse::<SubmissionKey>() {
            return self.entry_by_key(key).await;
        }
        match name.parse::<EntryNumber>() {
            Ok(number) => self.entry_by_number(office, &number).await,
            Err(_) => Ok(None),
        }
    }

    /// One act and the line that says so, both or neither. Whether the act found something to act on.
    pub(super) async fn act<'q>(
        &self,
        query: sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>,
        note: Note,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut transaction = self.pool.begin_with(self.database.begin()).await?;
        hold(&mut transaction).await?;
        let done = query.execute(&mut *transaction).await?.rows_affected() > 0;
        if done {
            log::append(&mut transaction, vec![note], now).await?;
        }
        transaction.commit().await?;
        Ok(done)
    }
}
