//! The book of entries: looked through, and corrected by new entries.

use registry_api::office::{
    CorrectedBy, CorrectionKind, CorrectionWish, Due, EntryLine, EntryPage, EntryShown, MAX_TEXT, OfficeEntry,
};

use super::{Desk, text};
use crate::Error;
use crate::exchange::Exchange;
use crate::sir;
use crate::store::{Correction, Query, Relation, StoredEntry};

/// Longest code of a unit (DIR3), characters.
const MAX_UNIT: usize = 21;

impl Desk {
    /// A page of the book. Each line of it is a reading.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entries(&self, who: &str, query: &Query) -> Result<EntryPage, Error> {
        let wanted = query.most.max(1);
        let mut entries = self.store.entries(&Query { most: wanted + 1, ..query.clone() }).await?;
        let more = entries.len() as u64 > wanted.unsigned_abs();
        entries.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
        let notes = entries.iter().map(|entry| self.line(who, "entry.list", entry.number.as_str(), ""));
        self.store.note_all(notes.collect(), self.now()).await?;
        let next = entries.last().filter(|_| more).map(|entry| entry.position);
        Ok(EntryPage { entries: entries.into_iter().map(line).collect(), next })
    }

    /// One entry, by its number or its key.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn entry(&self, who: &str, which: &str) -> Result<Option<EntryShown>, Error> {
        let Some(entry) = self.store.entry_named(&self.office, which).await? else { return Ok(None) };
        self.note(who, "entry.show", entry.number.as_str()).await?;
        let corrections = self.store.corrections_of(&entry).await?;
        let due = self.store.due_of(&entry, &self.calendar, self.now()).await?;
        let requirement = self.store.requirement_of(&entry).await?;
        let sir_obstacles = sir::obstacles(&self.store.annexes_of(&entry).await?);
        Ok(Some(EntryShown {
            due: due.map(|(on, extended_by)| Due { on, extended_by }),
            requirement: requirement.map(|requirement| requirement.on(self.calendar.date_of(self.now()))),
            sir_obstacles,
            corrections: corrections
                .into_iter()
                .map(|other| CorrectedBy { number: other.number, relation: other.relation })
                .collect(),
            entry: shown(entry),
        }))
    }

    /// Rectifies or annuls an entry by a new one. Nothing when there is no such entry.
    ///
    /// # Errors
    /// [`Error::Wish`], [`Error::Correction`], and as [`crate::Store::enter`].
    pub async fn correct(
        &self,
        who: &str,
        which: &str,
        wish: CorrectionWish,
    ) -> Result<Option<OfficeEntry>, Error> {
        let reason = text(&wish.reason, MAX_TEXT, "a reason")?.to_owned();
        let summary = wish.summary.as_deref().map(|summary| text(summary, MAX_TEXT, "a summary"));
        let summary = summary.transpose()?.map(str::to_owned);
        let code = |unit: &String| {
            (1..=MAX_UNIT).contains(&unit.len()) && unit.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !wish.unit.as_ref().is_none_or(code) {
            return Err(Error::Wish { what: "the code of a unit is 1 to 21 letters and digits" });
        }
        let Some(entry) = self.store.entry_named(&self.office, which).await? else { return Ok(None) };
        let correction = Correction {
            relation: match wish.relation {
                CorrectionKind::Rectifies => Relation::Rectifies,
                CorrectionKind::Annuls => Relation::Annuls,
            },
            reason,
            summary,
            unit: wish.unit,
            official: who.to_owned(),
            key: wish.key,
            at: self.now(),
        };
        // The same correction again is not one of an entry that is annulled by it.
        if let Some(made) = self.store.entry_by_key(wish.key).await?
            && made.relates_to == Some(entry.position)
            && made.reason.as_ref() == Some(&correction.reason)
            && made.relation.as_deref() == Some(correction.relation.as_str())
        {
            return Ok(Some(shown(made)));
        }
        self.store.correct(&entry, correction, &self.calendar).await.map(shown).map(Some)
    }
}

fn line(entry: StoredEntry) -> EntryLine {
    EntryLine {
        position: entry.position,
        number: entry.number,
        registered_at: entry.registered_at,
        effective_on: entry.effective_on,
        procedure: entry.procedure,
        unit: entry.unit,
        summary: entry.summary,
        interested: entry.interested.name,
        nif: entry.interested.nif,
        relation: entry.relation,
        signature_status: entry.signature_status,
    }
}

fn shown(entry: StoredEntry) -> OfficeEntry {
    OfficeEntry {
        exchange: Exchange::in_facts(&entry.receipt_facts),
        position: entry.position,
        entry_id: entry.entry_id,
        number: entry.number,
        numbered_by: entry.numbered_by,
        office: entry.office,
        registered_at: entry.registered_at,
        presented_at: entry.presented_at,
        presented_at_basis: entry.presented_at_basis,
        effective_at: entry.effective_at,
        effective_on: entry.effective_on,
        due_on: entry.due_on,
        handed_in_at: entry.handed_in_at,
        unit: entry.unit,
        procedure: entry.procedure,
        procedure_version: entry.procedure_version,
        summary: entry.summary,
        interested: entry.interested,
        answers: entry.answers,
        application_sha256: entry.application_sha256,
        signature_status: entry.signature_status,
        signer_certificate_sha256: entry.signer_certificate_sha256,
        relation: entry.relation,
        relates_to: entry.relates_to,
        reason: entry.reason,
        acting_official: entry.acting_official,
        csv: entry.csv,
        key: entry.key,
        package_sha256: entry.package_sha256,
        kiosk: entry.kiosk,
        prev_hash: entry.prev_hash,
        hash: entry.hash,
    }
}
