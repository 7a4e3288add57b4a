//! When a procedure may be filed.

use serde::{Deserialize, Serialize};
use wording::Text;

/// When a procedure may be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadline {
    /// Always.
    Always,
    /// Within a time that its words tell: twenty days from a notification, a month before an occupation.
    Told(Text),
    /// Every year, between two days, both counted.
    Yearly {
        /// Its words.
        text: Text,
        /// First day: month and day.
        opens: (i8, i8),
        /// Last day: month and day.
        closes: (i8, i8),
    },
}

impl Deadline {
    /// Whether it may be filed on this day, as far as the calendar tells.
    #[must_use]
    pub fn is_open(&self, today: jiff::civil::Date) -> bool {
        let Self::Yearly { opens, closes, .. } = self else { return true };
        let day = (today.month(), today.day());
        if opens <= closes { (*opens..=*closes).contains(&day) } else { day >= *opens || day <= *closes }
    }

    /// Its words, if it has any.
    #[must_use]
    pub fn words(&self) -> Option<&Text> {
        match self {
            Self::Always => None,
            Self::Told(text) | Self::Yearly { text, .. } => Some(text),
        }
    }

    /// The next time that it may be filed, from this day on: first and last day. `None` where the calendar does not tell.
    #[must_use]
    pub fn next_window(&self, today: jiff::civil::Date) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        let Self::Yearly { opens, closes, .. } = self else { return None };
        // One that spans the new year may have begun in the year before.
        (-1..=1).find_map(|years| {
            let year = today.year().checked_add(years)?;
            let until = if opens <= closes { year } else { year.checked_add(1)? };
            let (first, last) = (day_in(year, *opens)?, day_in(until, *closes)?);
            (last >= today).then_some((first, last))
        })
    }
}

/// A day of a year; the last of February where a year has no 29th.
fn day_in(year: i16, (month, day): (i8, i8)) -> Option<jiff::civil::Date> {
    let first = jiff::civil::Date::new(year, month, 1).ok()?;
    first.with().day(day.min(first.days_in_month())).build().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn yearly(opens: (i8, i8), closes: (i8, i8)) -> Deadline {
        let text = Text { va: "x".to_owned(), es: "x".to_owned(), en: "x".to_owned() };
        Deadline::Yearly { text, opens, closes }
    }

    #[test]
    fn the_next_window_is_the_one_under_way_or_the_first_to_come() {
        let march = yearly((3, 1), (3, 31));
        let this_year = Some((date(2026, 3, 1), date(2026, 3, 31)));
        for (today, window) in [
            (date(2026, 1, 15), this_year),
            (date(2026, 3, 1), this_year),
            (date(2026, 3, 31), this_year),
            (date(2026, 4, 1), Some((date(2027, 3, 1), date(2027, 3, 31)))),
        ] {
            assert_eq!(march.next_window(today), window, "{today}");
        }
        assert_eq!(Deadline::Always.next_window(date(2026, 1, 1)), None);
    }

    #[test]
    fn a_window_may_span_the_new_year_and_end_on_a_leap_day() {
        let winter = yearly((11, 15), (2, 29));
        let window = Some((date(2025, 11, 15), date(2026, 2, 28)));
        assert_eq!(winter.next_window(date(2026, 1, 7)), window);
        assert_eq!(winter.next_window(date(2026, 3, 1)), Some((date(2026, 11, 15), date(2027, 2, 28))));
        assert_eq!(winter.next_window(date(2027, 12, 1)), Some((date(2027, 11, 15), date(2028, 2, 29))));
    }

    #[test]
    fn it_is_open_when_its_next_window_has_begun() {
        for deadline in [yearly((3, 1), (3, 31)), yearly((11, 15), (2, 10)), yearly((2, 28), (2, 29))] {
            let days = date(2026, 1, 1).series(jiff::Span::new().days(1)).take(800);
            for today in days {
                let begun = deadline.next_window(today).is_some_and(|(first, _)| first <= today);
                assert_eq!(deadline.is_open(today), begun, "{deadline:?} {today}");
            }
        }
    }
}
