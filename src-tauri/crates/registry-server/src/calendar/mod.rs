//! Working days of the electronic office and the terms that follow from them (Law 39/2015, art. 30 and 31).
//!
//! There is one calendar, that of the office (art. 31.3): national, regional and local holidays are listed alike.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::Error;

mod incidents;
mod terms;

pub use incidents::{Extension, Incident, Scope};
pub use terms::{End, Term};

/// The calendar.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    holidays: BTreeSet<Date>,
}

/// From when a filing takes effect. Those of a day off rank before those of the working day that follows, and among
/// themselves by when they were presented: sort by `at`, then by the moment of presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effective {
    /// The moment.
    pub at: Timestamp,
    /// Its official day; terms run from it.
    pub on: Date,
}

/// More days off in a row than any calendar has: whoever lists them all made a mistake.
const LONGEST_REST: usize = 60;

impl Calendar {
    /// Zone of the official time, unless the town says otherwise.
    pub const ZONE: &'static str = "Europe/Madrid";

    /// The calendar of the office with these holidays besides Saturdays and Sundays.
    ///
    /// # Errors
    /// [`Error::Calendar`] when the zone is not known to the program.
    pub fn new(holidays: impl IntoIterator<Item = Date>) -> Result<Self, Error> {
        Self::in_zone(Self::ZONE, holidays)
    }

    /// The same where the official time is another (`Atlantic/Canary`).
    ///
    /// # Errors
    /// As [`Calendar::new`].
    pub fn in_zone(zone: &str, holidays: impl IntoIterator<Item = Date>) -> Result<Self, Error> {
        let zone = TimeZone::get(zone).map_err(|_| Error::Calendar { what: "the zone is unknown" })?;
        Ok(Self { zone, holidays: holidays.into_iter().collect() })
    }

    /// The official zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The official day of a moment.
    #[must_use]
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.zone.clone()).date()
    }

    /// Whether any holiday of this year is listed. A calendar without one is not kept up.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.holidays.iter().any(|holiday| holiday.year() == year)
    }

    /// Whether the office works on this day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&day)
    }

    /// The moment from which something presented at this one takes effect: the same on a working day, else the first
    /// hour of the next (art. 31.2.b).
    ///
    /// # Errors
    /// [`Error::Calendar`] when no working day is near.
    pub fn effective(&self, presented_at: Timestamp) -> Result<Effective, Error> {
        let day = self.date_of(presented_at);
        let on = self.working_from(day)?;
        let at = if on == day { presented_at } else { self.first_hour(on)? };
        Ok(Effective { at, on })
    }

    /// The days off of a year besides Saturdays and Sundays.
    #[must_use]
    pub fn days_off(&self, year: i16) -> Vec<Date> {
        self.holidays.iter().copied().filter(|day| day.year() == year).collect()
    }

    /// The first moment of an official day. Where the clocks skip it, the first that there is.
    ///
    /// # Errors
    /// [`Error::Calendar`] for days beyond what can be written.
    pub fn first_hour(&self, day: Date) -> Result<Timestamp, Error> {
        let first = day.to_zoned_datetime(self.zone.clone()).and_then(|day| day.start_of_day());
        first
            .map(|first| first.timestamp())
            .map_err(|_| Error::Calendar { what: "a day beyond all calendars" })
    }

    /// This day, or the first working day after it.
    fn working_from(&self, day: Date) -> Result<Date, Error> {
        std::iter::successors(Some(day), |day| day.tomorrow().ok())
            .take(LONGEST_REST)
            .find(|day| self.is_working(*day))
            .ok_or(Error::Calendar { what: "no working day is near" })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(["2026-01-01", "2026-01-06", "2026-03-19", "2026-12-25"].map(date)).unwrap()
    }

    #[test]
    fn a_sunday_filing_takes_effect_on_monday() {
        // Sunday 2026-03-08, 11:20 at the office.
        let at = "2026-03-08T10:20:00Z".parse().unwrap();
        assert_eq!(calendar().effective(at).unwrap().on, date("2026-03-09"));
    }

    #[test]
    fn a_working_day_takes_effect_at_once_until_its_last_second() {
        for at in ["2026-03-12T08:00:00Z", "2026-03-12T22:59:59Z"] {
            assert_eq!(calendar().effective(at.parse().unwrap()).unwrap().on, date("2026-03-12"));
        }
        // 23:00 in UTC is already the 13th at the office.
        let at = "2026-03-12T23:00:00Z".parse().unwrap();
        assert_eq!(calendar().effective(at).unwrap().on, date("2026-03-13"));
    }

    #[test]
    fn a_holiday_takes_effect_on_the_next_working_day() {
        // Saint Joseph, a Thursday.
        let at = "2026-03-19T10:00:00Z".parse().unwrap();
        assert_eq!(calendar().effective(at).unwrap().on, date("2026-03-20"));
        // Christmas on a Friday: the weekend follows.
        let at = "2026-12-25T10:00:00Z".parse().unwrap();
        assert_eq!(calendar().effective(at).unwrap().on, date("2026-12-28"));
    }

    #[test]
    fn a_filing_of_a_day_off_ranks_before_those_of_the_next_working_day() {
        let effective = |text: &str| {
            let at: Timestamp = text.parse().unwrap();
            (calendar().effective(at).unwrap().at, at)
        };
        // Sunday morning, Sunday evening, and Monday at half past midnight, at the office.
        let (morning, evening) = (effective("2026-03-08T10:20:00Z"), effective("2026-03-08T20:00:00Z"));
        let monday = effective("2026-03-08T23:30:00Z");
        assert_eq!(morning.0, "2026-03-08T23:00:00Z".parse().unwrap());
        assert!(morning < evening && evening < monday);
    }

    #[test]
    fn the_first_hour_is_of_the_official_time_in_winter_and_in_summer() {
        // The clocks go forward on Sunday 2026-03-29, and back on Sunday 2026-10-25.
        for (sunday, first) in [
            ("2026-03-29T00:30:00Z", "2026-03-29T22:00:00Z"),
            ("2026-03-29T01:30:00Z", "2026-03-29T22:00:00Z"),
            ("2026-10-25T00:30:00Z", "2026-10-25T23:00:00Z"),
            ("2026-10-25T01:30:00Z", "2026-10-25T23:00:00Z"),
        ] {
            assert_eq!(calendar().effective(sunday.parse().unwrap()).unwrap().at, first.parse().unwrap());
        }
    }

    #[test]
    fn a_calendar_without_working_days_is_an_error_and_no_endless_search() {
        let days = std::iter::successors(Some(date("2026-01-01")), |day| day.tomorrow().ok()).take(400);
        let calendar = Calendar::new(days).unwrap();
        assert!(calendar.effective("2026-01-01T10:00:00Z".parse().unwrap()).is_err());
    }
}
