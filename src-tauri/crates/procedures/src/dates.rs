//! Days: how answers write them, how far apart they are, and limits such as *today + 10 working days*.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan as _, Unit};
use serde::{Deserialize, Serialize};

/// Furthest a limit may lie from today.
const MOST_APART: u16 = 36_600;
/// Likewise, in years.
const MOST_YEARS: u16 = 200;

/// The day that a valid answer to a date says.
pub(crate) fn parse(answer: &str) -> Option<Date> {
    let mut parts = answer.split('/').map(str::parse::<i16>);
    let (day, month, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A day as answers write it.
pub(crate) fn write(day: Date) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// From one to another, both counted: the same day twice is one day.
pub(crate) fn days_counting_both(from: Date, to: Date) -> Option<i64> {
    let apart = i64::from(from.until((Unit::Day, to)).ok()?.get_days());
    Some(if apart < 0 { apart } else { apart + 1 })
}

/// Months from one day to another, both counted, a month begun as a whole one.
pub(crate) fn months_begun(from: Date, to: Date) -> Option<i64> {
    if to < from {
        return Some(0);
    }
    let span = from.until((Unit::Month, to.tomorrow().ok()?)).ok()?;
    Some(i64::from(span.get_months()) + i64::from(span.get_days() > 0))
}

/// Whole years: an age.
pub(crate) fn whole_years(from: Date, to: Date) -> Option<i64> {
    Some(i64::from(from.until((Unit::Year, to)).ok()?.get_years()))
}

/// The days on which the town hall does not work, besides Saturdays and Sundays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calendar {
    holidays: BTreeSet<Date>,
}

impl Calendar {
    /// A calendar with these holidays.
    #[must_use]
    pub fn new(holidays: impl IntoIterator<Item = Date>) -> Self {
        Self { holidays: holidays.into_iter().collect() }
    }

    /// Whether a term runs on this day (Law 39/2015, article 30.2).
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&day)
    }

    /// So many working days after a day, or before it; the day itself does not count.
    fn working(&self, from: Date, days: u16, forward: bool) -> Date {
        let (mut day, mut left) = (from, days);
        while left > 0 {
            let Ok(next) = (if forward { day.tomorrow() } else { day.yesterday() }) else { break };
            day = next;
            if self.is_working(day) {
                left -= 1;
            }
        }
        day
    }
}

/// A limit for a date: `today`, `today + 10 working days`, `today - 18 years`, `2026-06-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Always the same day.
    Day(Date),
    /// A distance from today.
    Today {
        /// How far, forwards if positive.
        apart: i32,
        /// What is counted.
        unit: Apart,
    },
}

/// What a distance is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Apart {
    /// Every day.
    Days,
    /// Days on which the town hall works.
    WorkingDays,
    /// From a day to the same day of another month, or its last.
    Months,
    /// Likewise, years.
    Years,
}

impl Limit {
    /// The day itself.
    #[must_use]
    pub fn on(self, today: Date, calendar: &Calendar) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Today { apart, unit } => match unit {
                Apart::Days => today.saturating_add(apart.days()),
                Apart::Months => today.saturating_add(apart.months()),
                Apart::Years => today.saturating_add(apart.years()),
                Apart::WorkingDays => {
                    let days = u16::try_from(apart.unsigned_abs()).unwrap_or(MOST_APART);
                    calendar.working(today, days, apart > 0)
                }
            },
        }
    }

    /// Today itself.
    pub(crate) const TODAY: Self = Self::Today { apart: 0, unit: Apart::Days };

    /// Reads a limit.
    ///
    /// # Errors
    /// The reason.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        const HOW: &str = "a limit is written today, today + 10 working days, today - 18 years or 2026-12-31";
        if let Ok(day) = text.parse::<Date>() {
            return Ok(Self::Day(day));
        }
        let rest = text.strip_prefix("today").ok_or(HOW)?.trim();
        if rest.is_empty() {
            return Ok(Self::TODAY);
        }
        let (sign, rest) = match rest.split_at_checked(1) {
            Some(("+", rest)) => (1, rest.trim()),
            Some(("-", rest)) => (-1, rest.trim()),
            _ => return Err(HOW.to_owned()),
        };
        let (count, unit) = rest.split_once(' ').ok_or(HOW)?;
        let count: u16 = count.parse().ok().filter(|count| *count <= MOST_APART).ok_or(HOW)?;
        if unit.trim().starts_with("year") && count > MOST_YEARS {
            return Err(HOW.to_owned());
        }
        let unit = match unit.trim() {
            "day" | "days" => Apart::Days,
            "working day" | "working days" => Apart::WorkingDays,
            "month" | "months" => Apart::Months,
            "year" | "years" => Apart::Years,
            _ => return Err(HOW.to_owned()),
        };
        Ok(Self::Today { apart: sign * i32::from(count), unit })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn limits_are_read_and_reached() {
        let calendar = Calendar::new([date(2026, 12, 8)]);
        let friday = date(2026, 12, 4);
        for (text, day) in [
            ("today", friday),
            ("today + 1 day", date(2026, 12, 5)),
            ("today + 1 working day", date(2026, 12, 7)),
            ("today + 2 working days", date(2026, 12, 9)),
            ("today - 1 working day", date(2026, 12, 3)),
            ("today - 18 years", date(2008, 12, 4)),
            ("today + 2 months", date(2027, 2, 4)),
            ("2026-12-31", date(2026, 12, 31)),
        ] {
            assert_eq!(Limit::parse(text).unwrap().on(friday, &calendar), day, "{text}");
        }
        for bad in
            ["", "tomorrow", "today +", "today + x days", "today + 1 week", "today * 2 days", "2026-02-30"]
        {
            assert!(Limit::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_months_and_years_are_counted_as_people_do() {
        assert_eq!(days_counting_both(date(2026, 3, 1), date(2026, 3, 1)), Some(1));
        assert_eq!(days_counting_both(date(2026, 2, 27), date(2026, 3, 1)), Some(3));
        assert_eq!(days_counting_both(date(2026, 3, 2), date(2026, 3, 1)), Some(-1));
        assert_eq!(months_begun(date(2026, 1, 1), date(2026, 1, 31)), Some(1));
        assert_eq!(months_begun(date(2026, 1, 1), date(2026, 2, 1)), Some(2));
        assert_eq!(months_begun(date(2026, 3, 15), date(2026, 6, 14)), Some(3));
        assert_eq!(whole_years(date(2008, 2, 29), date(2026, 2, 28)), Some(17));
        assert_eq!(whole_years(date(2008, 2, 29), date(2026, 3, 1)), Some(18));
    }
}
