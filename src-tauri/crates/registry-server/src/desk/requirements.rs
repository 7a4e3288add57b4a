//! What was handed in without a signature: who has been told, how long there is, and what becomes of it.

use jiff::civil::Date;
use registry_api::office::{MAX_TEXT, RequirementListed, RequirementWish};
use registry_api::{CURE_WORKING_DAYS, MOST_MORE_WORKING_DAYS, Requirement};

use super::{Desk, text};
use crate::store::{StoredEntry, StoredRequirement};
use crate::{Calendar, Error, Store, Term};

impl Desk {
    /// What waits for a signature, the oldest first: each line is a reading.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn requirements(
        &self,
        who: &str,
        overdue: bool,
        after: i64,
        most: i64,
    ) -> Result<Vec<RequirementListed>, Error> {
        let today = self.calendar.date_of(self.now());
        let listed = self.store.requirements(overdue, after, most, today).await?;
        let notes = listed.iter().map(|line| self.line(who, "entry.list", line.number.as_str(), ""));
        self.store.note_all(notes.collect(), self.now()).await?;
        Ok(listed)
    }

    /// Says what becomes of a requirement. Nothing where the entry is not there or was signed from the beginning.
    ///
    /// # Errors
    /// [`Error::Wish`]; [`Error::Requirement`] where it has not come so far or is over; [`Error::Store`].
    pub async fn decide_requirement(
        &self,
        who: &str,
        which: &str,
        wish: &RequirementWish,
    ) -> Result<Option<Requirement>, Error> {
        let Some(entry) = self.store.entry_named(&self.office, which).await? else { return Ok(None) };
        let Some(known) = self.store.requirement_of(&entry).await? else { return Ok(None) };
        let now = self.now();
        let today = self.calendar.date_of(now);
        match wish {
            RequirementWish::Notified { on } => {
                if *on > today || *on < self.calendar.date_of(entry.registered_at) {
                    return Err(Error::Wish { what: "nobody was told before the entry or after today" });
                }
                notified(&self.store, &self.calendar, &entry, &known, (*on, who), now).await?;
            }
            RequirementWish::Extended { days, reason } => {
                let reason = text(reason, MAX_TEXT, "a reason")?;
                let most = CURE_WORKING_DAYS + MOST_MORE_WORKING_DAYS;
                let working_days = known.working_days.saturating_add(*days);
                if *days == 0 || working_days > most {
                    return Err(Error::Wish { what: "a term becomes longer by five working days at most" });
                }
                // Decided before it is over (art. 32.3).
                let Some(on) = known.notified_on.filter(|_| known.due_on.is_some_and(|due| today <= due))
                else {
                    return Err(Error::Requirement { what: "no term runs" });
                };
                let due = self.calendar.end_of_days(on, Term::WorkingDays(working_days.into()))?;
                let done =
                    self.store.requirement_extended(&entry, &known, (working_days, due), (who, reason), now);
                if !done.await? {
                    return Err(Error::Requirement { what: "no term runs" });
                }
            }
            RequirementWish::Withdrawn { resolution } => {
                let resolution = text(resolution, MAX_TEXT, "a resolution")?;
                if !self.store.requirement_withdrawn(&entry, today, (who, resolution), now).await? {
                    return Err(Error::Requirement { what: "the term is not over, or it was signed" });
                }
            }
        }
        let now = self.store.requirement_of(&entry).await?;
        Ok(now.map(|requirement| requirement.on(today)))
    }
}

/// Writes down that the person was told on a day, with what follows from it. An earlier day stays (art. 41.7).
pub(crate) async fn notified(
    store: &Store,
    calendar: &Calendar,
    entry: &StoredEntry,
    known: &StoredRequirement,
    (on, who): (Date, &str),
    now: jiff::Timestamp,
) -> Result<(), Error> {
    let due = calendar.end_of_days(on, Term::WorkingDays(known.working_days.into()))?;
    store.requirement_notified(entry, on, due, who, now).await.map(drop)
}
