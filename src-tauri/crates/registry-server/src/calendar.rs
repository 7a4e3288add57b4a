//! Working days of the electronic office and the terms that follow from them (Law 39/2015, art. 30 and 31).
//!
//! There is one calendar, that of the office (art. 31.3): national, regional and local holidays are listed alike.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::Error;

/// The calendar.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    holidays: BTreeSet<Date>,
}

/// More days off in a row than any calendar has: whoever lists them all made a mistake.
const LONGEST_REST: usize = 60;

impl Calendar {
    /// Zone of the official time.
    pub const ZONE: &'static str = "Europe/Madrid";

    /// The calendar of the office with these holidays besides Saturdays and Sundays.
    ///
    /// # Errors
    /// [`Error::Calendar`] when the zone is not known to the program.
    pub fn new(holidays: impl IntoIterator<Item = Date>) -> Result<Self, Error> {
        let zone = TimeZone::get(Self::ZONE).map_err(|_| Error::Calendar { what: "the zone is unknown" })?;
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

    /// The day on which something presented at this moment takes effect: the same if it is a working day, else the
    /// first hour of the next (art. 31.2.b).
    ///
    /// # Errors
    /// [`Error::Calendar`] when no working day is near.
    pub fn effective_on(&self, presented_at: Timestamp) -> Result<Date, Error> {
        self.working_from(self.date_of(presented_at))
    }

    /// The last day of a term of months (art. 30.4 and 30.5): the same day of the month, or the last one it has; if
    /// that is not a working day, the next one. No term when `months` is 0.
    ///
    /// # Errors
    /// [`Error::Calendar`] when no working day is near, or the date is beyond what can be written.
    pub fn due(&self, effective_on: Date, months: u8) -> Result<Option<Date>, Error> {
        if months == 0 {
            return Ok(None);
        }
        let last = effective_on
            .checked_add(Span::new().months(i64::from(months)))
            .map_err(|_| Error::Calendar { what: "the term ends too far away" })?;
        self.working_from(last).map(Some)
    }

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
        assert_eq!(calendar().effective_on(at).unwrap(), date("2026-03-09"));
    }

    #[test]
    fn a_working_day_takes_effect_at_once_until_its_last_second() {
        for at in ["2026-03-12T08:00:00Z", "2026-03-12T22:59:59Z"] {
            assert_eq!(calendar().effective_on(at.parse().unwrap()).unwrap(), date("2026-03-12"));
        }
        // 23:00 in UTC is already the 13th at the office.
        let at = "2026-03-12T23:00:00Z".parse().unwrap();
        assert_eq!(calendar().effective_on(at).unwrap(), date("2026-03-13"));
    }

    #[test]
    fn a_holiday_takes_effect_on_the_next_working_day() {
        // Saint Joseph, a Thursday.
        let at = "2026-03-19T10:00:00Z".parse().unwrap();
        assert_eq!(calendar().effective_on(at).unwrap(), date("2026-03-20"));
        // Christmas on a Friday: the weekend follows.
        let at = "2026-12-25T10:00:00Z".parse().unwrap();
        assert_eq!(calendar().effective_on(at).unwrap(), date("2026-12-28"));
    }

    #[test]
    fn three_months_from_the_fifteenth_of_january() {
        assert_eq!(calendar().due(date("2026-01-15"), 3).unwrap(), Some(date("2026-04-15")));
    }

    #[test]
    fn a_month_from_the_last_of_january_ends_on_the_second_of_march() {
        // 28 February 2026 is a Saturday.
        assert_eq!(calendar().due(date("2026-01-31"), 1).unwrap(), Some(date("2026-03-02")));
    }

    #[test]
    fn a_term_that_ends_on_a_holiday_ends_the_day_after() {
        assert_eq!(calendar().due(date("2026-02-19"), 1).unwrap(), Some(date("2026-03-20")));
    }

    #[test]
    fn without_a_term_nothing_is_due() {
        assert_eq!(calendar().due(date("2026-01-15"), 0).unwrap(), None);
    }

    #[test]
    fn a_calendar_without_working_days_is_an_error_and_no_endless_search() {
        let days = std::iter::successors(Some(date("2026-01-01")), |day| day.tomorrow().ok()).take(400);
        let calendar = Calendar::new(days).unwrap();
        assert!(calendar.effective_on("2026-01-01T10:00:00Z".parse().unwrap()).is_err());
    }
}
