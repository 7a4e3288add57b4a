//! Terms in hours, days, months and years (Law 39/2015, art. 30).

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};

use super::Calendar;
use crate::Error;

/// A term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Hours of working days, all of whose hours count, from the hour and minute on; 24 at most (art. 30.1).
    Hours(u8),
    /// Working days, counted from the day after (art. 30.2 and 30.3).
    WorkingDays(u16),
    /// Every day, where a law says so, counted from the day after (art. 30.2); ends on a working day (art. 30.5).
    NaturalDays(u16),
    /// Months from date to date (art. 30.4).
    Months(u16),
    /// Years from date to date (art. 30.4).
    Years(u16),
}

/// When a term ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// At a moment.
    At(Timestamp),
    /// With the last moment of a day.
    On(Date),
}

/// Longest terms of each kind, beyond which somebody has mistyped.
const MOST_HOURS: u8 = 24;
const MOST_DAYS: u16 = 3660;
const MOST_MONTHS: u16 = 1200;
const MOST_YEARS: u16 = 100;

impl Calendar {
    /// When a term that begins with what happened at `from` (a notification, a filing that takes effect) ends.
    ///
    /// # Errors
    /// [`Error::Calendar`] for terms of nothing or too long, and when no working day is near.
    pub fn end(&self, from: Timestamp, term: Term) -> Result<End, Error> {
        if let Term::Hours(hours) = term {
            return self.end_of_hours(from, hours).map(End::At);
        }
        self.end_of_days(self.date_of(from), term).map(End::On)
    }

    /// The last day of a term that is not in hours.
    ///
    /// # Errors
    /// As [`Calendar::end`].
    pub fn end_of_days(&self, from: Date, term: Term) -> Result<Date, Error> {
        let wrong = Err(Error::Calendar { what: "a term of nothing, or too long" });
        let last = match term {
            Term::WorkingDays(days) if (1..=MOST_DAYS).contains(&days) => {
                let mut day = from;
                for _ in 0..days {
                    day = self.working_from(next(day)?)?;
                }
                return Ok(day);
            }
            Term::NaturalDays(days) if (1..=MOST_DAYS).contains(&days) => later(from, Span::new().days(days)),
            // Where the month is too short jiff takes its last day, as the law does.
            Term::Months(months) if (1..=MOST_MONTHS).contains(&months) => {
                later(from, Span::new().months(months))
            }
            Term::Years(years) if (1..=MOST_YEARS).contains(&years) => later(from, Span::new().years(years)),
            _ => return wrong,
        };
        self.working_from(last?)
    }

    /// The last day to resolve what took effect on a day; none without a term.
    ///
    /// # Errors
    /// As [`Calendar::end`].
    pub fn due(&self, effective_on: Date, months: u8) -> Result<Option<Date>, Error> {
        match months {
            0 => Ok(None),
            months => self.end_of_days(effective_on, Term::Months(months.into())).map(Some),
        }
    }

    /// The last day of a term in months that began on `began`, would end on `last` and stood still from one day to
    /// another: as much later as that took (art. 22.1). A term that had ended before is not revived by it.
    ///
    /// # Errors
    /// As [`Calendar::end`].
    pub fn suspended(&self, began: Date, last: Date, (from, until): (Date, Date)) -> Result<Date, Error> {
        if from > last || until <= from {
            return Ok(last);
        }
        // The day to which the months come, before it was moved to a working day: that is less than a month away.
        let far = |_| Error::Calendar { what: "the term ends too far away" };
        let months = began.until((jiff::Unit::Month, last)).map_err(far)?.get_months();
        let ends = later(began, Span::new().months(months))?;
        let days = from.duration_until(until).as_hours() / 24;
        self.working_from(later(ends, Span::new().days(days))?)
    }

    /// The last day on which a notification put at somebody's disposal on `from` may be opened: the tenth of all days
    /// after it, whatever day that is (art. 43.2; as the state's single address does). It counts as rejected from the
    /// first moment of the next.
    ///
    /// # Errors
    /// As [`Calendar::end`].
    pub fn lapses_after(&self, from: Date) -> Result<Date, Error> {
        later(from, Span::new().days(10))
    }

    /// Hour by hour, leaving out days that are not working days. A day has as many hours as it has: 23 and 25 where the
    /// clocks change.
    fn end_of_hours(&self, from: Timestamp, hours: u8) -> Result<Timestamp, Error> {
        if !(1..=MOST_HOURS).contains(&hours) {
            return Err(Error::Calendar { what: "a term of nothing, or too long" });
        }
        let mut left = SignedDuration::from_hours(hours.into());
        let mut at = self.effective(from)?.at;
        loop {
            let tomorrow = next(self.date_of(at))?;
            let midnight = self.first_hour(tomorrow)?;
            let today = midnight.duration_since(at);
            if left <= today {
                return Ok(at + left);
            }
            left -= today;
            at = self.first_hour(self.working_from(tomorrow)?)?;
        }
    }
}

fn next(day: Date) -> Result<Date, Error> {
    day.tomorrow().map_err(|_| Error::Calendar { what: "the term ends too far away" })
}

fn later(day: Date, span: Span) -> Result<Date, Error> {
    day.checked_add(span).map_err(|_| Error::Calendar { what: "the term ends too far away" })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::Weekday;
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        Calendar::new(["2026-01-01", "2026-01-06", "2026-03-19", "2026-12-25"].map(date)).unwrap()
    }

    #[test]
    fn ten_working_days_to_cure() {
        // Notified on Friday 6 March; the 19th is Saint Joseph.
        let end = calendar().end_of_days(date("2026-03-06"), Term::WorkingDays(10)).unwrap();
        assert_eq!(end, date("2026-03-23"));
    }

    #[test]
    fn a_month_from_the_last_of_january_ends_on_the_second_of_march() {
        // 28 February 2026 is a Saturday.
        let end = calendar().end_of_days(date("2026-01-31"), Term::Months(1)).unwrap();
        assert_eq!(end, date("2026-03-02"));
    }

    #[test]
    fn three_months_from_the_fifteenth_of_january() {
        assert_eq!(calendar().due(date("2026-01-15"), 3).unwrap(), Some(date("2026-04-15")));
        assert_eq!(calendar().due(date("2026-01-15"), 0).unwrap(), None);
    }

    #[test]
    fn ten_natural_days_to_open_a_notification() {
        assert_eq!(calendar().lapses_after(date("2026-03-02")).unwrap(), date("2026-03-12"));
        // Also where the tenth is a Sunday.
        assert_eq!(calendar().lapses_after(date("2026-03-05")).unwrap(), date("2026-03-15"));
    }

    #[test]
    fn a_term_that_stood_still_ends_as_much_later() {
        let calendar = calendar();
        let ends = |began: &str, months, from: &str, until: &str| {
            let last = calendar.due(date(began), months).unwrap().unwrap();
            calendar.suspended(date(began), last, (date(from), date(until))).unwrap().to_string()
        };
        // A month from 12 March is Sunday 12 April, moved to Monday; the five days count from the Sunday.
        assert_eq!(ends("2026-03-12", 1, "2026-03-12", "2026-03-17"), "2026-04-17");
        assert_eq!(ends("2026-01-31", 1, "2026-02-02", "2026-02-04"), "2026-03-02");
        assert_eq!(ends("2026-01-15", 3, "2026-02-02", "2026-02-02"), "2026-04-15");
        // What begins when the term is over does not revive it.
        assert_eq!(ends("2026-01-15", 3, "2026-04-16", "2026-04-20"), "2026-04-15");
    }

    #[test]
    fn a_term_that_ends_on_a_holiday_ends_the_day_after() {
        for term in [Term::Months(1), Term::NaturalDays(28)] {
            assert_eq!(calendar().end_of_days(date("2026-02-19"), term).unwrap(), date("2026-03-20"));
        }
    }

    #[test]
    fn a_year_from_a_leap_day_ends_on_the_last_of_february() {
        let end = calendar().end_of_days(date("2028-02-29"), Term::Years(1)).unwrap();
        assert_eq!(end, date("2029-02-28"));
    }

    #[test]
    fn hours_run_minute_by_minute_through_working_days_only() {
        let end = |from: &str, hours| match calendar().end(at(from), Term::Hours(hours)).unwrap() {
            End::At(at) => at.to_string(),
            End::On(day) => day.to_string(),
        };
        assert_eq!(end("2026-03-10T08:07:00Z", 24), "2026-03-11T08:07:00Z");
        // Friday 22:07 at the office: not quite two hours are left of it, the rest is Monday's.
        assert_eq!(end("2026-03-13T21:07:00Z", 24), "2026-03-16T21:07:00Z");
        // From a Sunday it begins with Monday.
        assert_eq!(end("2026-03-15T11:00:00Z", 1), "2026-03-16T00:00:00Z");
        // Over the weekend in which the clocks go forward the hours are still sixty minutes long.
        assert_eq!(end("2026-03-27T21:00:00Z", 24), "2026-03-30T20:00:00Z");
    }

    #[test]
    fn terms_of_nothing_and_endless_ones_are_errors() {
        let calendar = calendar();
        for term in [Term::WorkingDays(0), Term::Months(0), Term::NaturalDays(u16::MAX), Term::Years(101)] {
            assert!(calendar.end_of_days(date("2026-03-06"), term).is_err(), "{term:?}");
        }
        for hours in [0, 25] {
            assert!(calendar.end(at("2026-03-06T10:00:00Z"), Term::Hours(hours)).is_err());
        }
    }

    /// The same law as a clerk counts it on paper: one day after the other.
    struct Paper<'a>(&'a BTreeSet<Date>);

    impl Paper<'_> {
        fn works(&self, day: Date) -> bool {
            let weekend = [Weekday::Saturday, Weekday::Sunday].contains(&day.weekday());
            !weekend && !self.0.contains(&day)
        }

        fn last(&self, mut day: Date) -> Date {
            while !self.works(day) {
                day = day.tomorrow().unwrap();
            }
            day
        }

        fn working_days(&self, mut day: Date, count: u16) -> Date {
            let mut counted = 0;
            while counted < count {
                day = day.tomorrow().unwrap();
                if self.works(day) {
                    counted += 1;
                }
            }
            day
        }

        fn natural_days(&self, mut day: Date, count: u16) -> Date {
            for _ in 0..count {
                day = day.tomorrow().unwrap();
            }
            self.last(day)
        }

        /// Month by month on the wall calendar: the same ordinal, or the last that there is.
        fn months(&self, from: Date, count: u16) -> Date {
            let (mut year, mut month) = (from.year(), from.month());
            for _ in 0..count {
                month += 1;
                if month == 13 {
                    (year, month) = (year + 1, 1);
                }
            }
            let ordinal = (1..=from.day()).rev();
            let day = ordinal.filter_map(|day| Date::new(year, month, day).ok()).next().unwrap();
            self.last(day)
        }

        /// Minute by minute.
        fn hours(&self, calendar: &Calendar, from: Timestamp, hours: u8) -> Timestamp {
            let minute = SignedDuration::from_mins(1);
            let mut at = from;
            let mut left = i32::from(hours) * 60;
            while left > 0 {
                if self.works(calendar.date_of(at)) {
                    left -= 1;
                }
                at += minute;
            }
            at
        }
    }

    fn days_off() -> impl Strategy<Value = BTreeSet<Date>> {
        let day = (2026_i16..2030, 1_i16..=365).prop_map(|(year, day)| {
            Date::new(year, 1, 1).unwrap().checked_add(Span::new().days(day - 1)).unwrap()
        });
        proptest::collection::btree_set(day, 0..60)
    }

    fn some_day() -> impl Strategy<Value = Date> {
        (0_i32..1400).prop_map(|days| date("2026-01-01").checked_add(Span::new().days(days)).unwrap())
    }

    proptest! {
        #[test]
        fn days_months_and_years_end_as_on_paper(
            holidays in days_off(), from in some_day(), count in 1_u16..40,
        ) {
            let calendar = Calendar::new(holidays.iter().copied()).unwrap();
            let paper = Paper(&holidays);
            let end = |term| calendar.end_of_days(from, term).unwrap();
            prop_assert_eq!(end(Term::WorkingDays(count)), paper.working_days(from, count));
            prop_assert_eq!(end(Term::NaturalDays(count)), paper.natural_days(from, count));
            prop_assert_eq!(end(Term::Months(count)), paper.months(from, count));
            let years = count % 4 + 1;
            prop_assert_eq!(end(Term::Years(years)), paper.months(from, years * 12));
        }

        #[test]
        fn hours_end_as_on_paper(holidays in days_off(), from in some_day(), minute in 0_i64..1440, hours in 1_u8..=24) {
            let calendar = Calendar::new(holidays.iter().copied()).unwrap();
            let start = from.to_zoned_datetime(calendar.zone().clone()).unwrap().timestamp();
            let start = start + SignedDuration::from_mins(minute);
            let End::At(end) = calendar.end(start, Term::Hours(hours)).unwrap() else { panic!() };
            // Up to a minute that no term can use: the last of one working day and the first of the next.
            let paper = Paper(&holidays).hours(&calendar, start, hours);
            prop_assert_eq!(end, paper);
        }

        #[test]
        fn what_takes_effect_does_so_on_a_working_day_and_never_earlier(
            holidays in days_off(), from in some_day(), minute in 0_i64..1440,
        ) {
            let calendar = Calendar::new(holidays.iter().copied()).unwrap();
            let at = from.to_zoned_datetime(calendar.zone().clone()).unwrap().timestamp() + SignedDuration::from_mins(minute);
            let effective = calendar.effective(at).unwrap();
            prop_assert!(Paper(&holidays).works(effective.on) && effective.at >= at);
            prop_assert_eq!(calendar.date_of(effective.at), effective.on);
            prop_assert_eq!(effective.on, Paper(&holidays).last(calendar.date_of(at)));
        }
    }
}
