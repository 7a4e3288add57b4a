//! What was handed in without a signature, and how far the requirement to sign it has come.

use jiff::Timestamp;
use jiff::civil::Date;
use registry_api::office::RequirementListed;
use registry_api::{EntryNumber, Requirement, RequirementState, SubmissionKey};
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::Store;
use super::log::Note;
use super::record::{Relation, StoredEntry};
use crate::Error;

/// Most lines of a list.
const MOST: i64 = 500;

/// What an entry says of its signature while it waits for one, for ever: that it was cured is said elsewhere.
pub(super) const UNSIGNED: &str = "unsigned_pending";

/// A requirement as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRequirement {
    pub(crate) working_days: u8,
    pub(crate) notified_on: Option<Date>,
    pub(crate) due_on: Option<Date>,
    cured_by: Option<EntryNumber>,
    cured_on: Option<Date>,
    withdrawn_on: Option<Date>,
}

impl StoredRequirement {
    fn read(row: &AnyRow) -> Result<Self, Error> {
        let damaged = || Error::Damaged { what: "a requirement" };
        let date = |column: &str| -> Result<Option<Date>, Error> {
            let text: Option<String> = row.try_get(column)?;
            text.map(|text| text.parse().map_err(|_| damaged())).transpose()
        };
        let number: Option<String> = row.try_get("cured_number")?;
        let days: i64 = row.try_get("working_days")?;
        Ok(Self {
            working_days: u8::try_from(days).map_err(|_| damaged())?,
            notified_on: date("notified_on")?,
            due_on: date("due_on")?,
            cured_by: number.map(|number| number.parse().map_err(|_| damaged())).transpose()?,
            cured_on: date("cured_on")?,
            withdrawn_on: date("withdrawn_on")?,
        })
    }

    /// As it stands on a day.
    pub(crate) fn on(&self, today: Date) -> Requirement {
        let state = if self.cured_by.is_some() {
            RequirementState::Cured
        } else if self.withdrawn_on.is_some() {
            RequirementState::Withdrawn
        } else {
            match self.due_on {
                None => RequirementState::Open,
                Some(due) if today > due => RequirementState::Overdue,
                Some(_) => RequirementState::Running,
            }
        };
        Requirement {
            state,
            working_days: self.working_days,
            notified_on: self.notified_on,
            until: self.due_on,
            cured_by: self.cured_by.clone(),
        }
    }

    /// From when to when the term to resolve stood still: from the notification until it was signed, or else for the
    /// term that was given (Law 39/2015, art. 22.1.a).
    pub(super) fn stood_still(&self) -> Option<(Date, Date)> {
        let (from, due) = (self.notified_on?, self.due_on?);
        Some((from, self.cured_on.map_or(due, |on| on.min(due)).max(from)))
    }
}

impl StoredEntry {
    /// Whether it was handed in without a signature.
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.signature_status == UNSIGNED
    }
}

impl Store {
    /// The requirement to sign an entry, where there is one.
    pub(crate) async fn requirement_of(
        &self,
        entry: &StoredEntry,
    ) -> Result<Option<StoredRequirement>, Error> {
        if !entry.is_unsigned() {
            return Ok(None);
        }
        let row = sqlx::query(
            "SELECT requirements.*, cure.number AS cured_number FROM requirements \
             LEFT JOIN entries AS cure ON cure.position = cured_by WHERE entry = $1",
        )
        .bind(entry.position)
        .fetch_optional(&self.reader)
        .await?;
        row.as_ref().map(StoredRequirement::read).transpose()
    }

    /// The entry that was handed in under a key and still waits for a signature.
    pub(crate) async fn to_be_signed(&self, key: SubmissionKey) -> Result<Option<StoredEntry>, Error> {
        let Some(entry) = self.entry_by_key(key).await? else { return Ok(None) };
        let Some(requirement) = self.requirement_of(&entry).await? else { return Ok(None) };
        let annuls = |other: &StoredEntry| other.relation.as_deref() == Some(Relation::Annuls.as_str());
        let over = requirement.cured_by.is_some()
            || requirement.withdrawn_on.is_some()
            || self.corrections_of(&entry).await?.iter().any(annuls);
        Ok((!over).then_some(entry))
    }

    /// What nobody has signed nor taken as withdrawn, the oldest first; on request only what is overdue `today`.
    pub(crate) async fn requirements(
        &self,
        overdue: bool,
        after: i64,
        most: i64,
        today: Date,
    ) -> Result<Vec<RequirementListed>, Error> {
        let rows = sqlx::query(
            "SELECT requirements.*, cure.number AS cured_number, entries.position, entries.number, \
             entries.procedure_id, entries.dest_unit FROM requirements \
             JOIN entries ON entries.position = entry LEFT JOIN entries AS cure ON cure.position = cured_by \
             WHERE cured_by IS NULL AND withdrawn_on IS NULL AND entry > $1 AND ($2 = 0 OR requirements.due_on < $3) \
             ORDER BY entry LIMIT $4",
        )
        .bind(after)
        .bind(i64::from(overdue))
        .bind(today.to_string())
        .bind(most.clamp(1, MOST))
        .fetch_all(&self.reader)
        .await?;
        let listed = |row: &AnyRow| {
            let number: String = row.try_get("number")?;
            Ok(RequirementListed {
                position: row.try_get("position")?,
                number: number.parse().map_err(|_| Error::Damaged { what: "a number" })?,
                procedure: row.try_get("procedure_id")?,
                unit: row.try_get("dest_unit")?,
                requirement: StoredRequirement::read(row)?.on(today),
            })
        };
        rows.iter().map(listed).collect()
    }

    /// The person was told on a day: from then on the term runs, until `due`. `false` where an earlier day is known, or
    /// it is over.
    pub(crate) async fn requirement_notified(
        &self,
        entry: &StoredEntry,
        on: Date,
        due: Date,
        actor: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let query = sqlx::query(
            "UPDATE requirements SET notified_on = $1, due_on = $2 WHERE entry = $3 AND cured_by IS NULL \
             AND withdrawn_on IS NULL AND (notified_on IS NULL OR notified_on > $4)",
        )
        .bind(on.to_string())
        .bind(due.to_string())
        .bind(entry.position)
        .bind(on.to_string());
        self.act(query, note(entry, actor, "requirement.notified", on.to_string()), now).await
    }

    /// The term is so many working days from now on, unless something else became of it meanwhile.
    pub(crate) async fn requirement_extended(
        &self,
        entry: &StoredEntry,
        known: &StoredRequirement,
        (working_days, due): (u8, Date),
        (actor, reason): (&str, &str),
        now: Timestamp,
    ) -> Result<bool, Error> {
        let query = sqlx::query(
            "UPDATE requirements SET working_days = $1, due_on = $2 WHERE entry = $3 AND due_on = $4 \
             AND cured_by IS NULL AND withdrawn_on IS NULL",
        )
        .bind(i64::from(working_days))
        .bind(due.to_string())
        .bind(entry.position)
        .bind(known.due_on.map(|day| day.to_string()));
        self.act(query, note(entry, actor, "requirement.extended", reason.to_owned()), now).await
    }

    /// The person is taken to withdraw, once the term is over. `false` where it is not, or it was signed.
    pub(crate) async fn requirement_withdrawn(
        &self,
        entry: &StoredEntry,
        today: Date,
        (actor, resolution): (&str, &str),
        now: Timestamp,
    ) -> Result<bool, Error> {
        let query = sqlx::query(
            "UPDATE requirements SET withdrawn_on = $1, resolution = $2 WHERE entry = $3 AND due_on < $4 \
             AND cured_by IS NULL AND withdrawn_on IS NULL",
        )
        .bind(today.to_string())
        .bind(resolution.to_owned())
        .bind(entry.position)
        .bind(today.to_string());
        self.act(query, note(entry, actor, "requirement.withdrawn", resolution.to_owned()), now).await
    }
}

fn note(entry: &StoredEntry, actor: &str, action: &str, detail: String) -> Note {
    Note { actor: actor.to_owned(), action: action.to_owned(), subject: entry.number.to_string(), detail }
}
