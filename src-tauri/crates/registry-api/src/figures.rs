//! Figures of the service: how many entries, of what, and how that compares with a year before. Nobody is named in them;
//! a figure of one may still be about one person, so they are for the office.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest period that is counted, years.
pub const MAX_FIGURES_YEARS: i16 = 20;

/// What was registered in a period, by the official time of the office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ServiceFigures {
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, which is counted too.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// All of it.
    pub total: Compared,
    /// Of these, entries that rectify or annul another.
    pub corrections: u64,
    /// By year, `2026`.
    pub years: Vec<Counted>,
    /// By month, `2026-03`.
    pub months: Vec<Counted>,
    /// By day, `2026-03-12`; days without entries are left out.
    pub days: Vec<Counted>,
    /// By procedure, its id.
    pub procedures: Vec<Counted>,
    /// By the way of presentation, as SICRES has it: `01` in person, `02` electronic.
    pub channels: Vec<Counted>,
    /// By where they came from: the name of the kiosk, or what the office is called there.
    pub kiosks: Vec<Counted>,
    /// By the unit they go to, its code.
    pub units: Vec<Counted>,
    /// How long those took to be registered that had to wait.
    pub waited: Waited,
}

/// Entries of a period, and of the same period a year before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    /// In the period.
    pub entries: u64,
    /// In the same period of the year before. 29 February is compared with 28 February.
    pub before: u64,
    /// By how much it grew, percent with two decimals; absent where there was nothing before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub growth: Option<f64>,
}

/// Entries of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Counted {
    /// Which.
    pub name: String,
    /// How many.
    #[serde(flatten)]
    pub count: Compared,
}

/// How long filings waited between the kiosk and the registry, those that waited more than a minute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Waited {
    /// How many waited.
    pub entries: u64,
    /// Half of them no longer than this, seconds.
    pub median_seconds: u64,
    /// 95 of 100 no longer than this, seconds.
    pub p95_seconds: u64,
    /// None longer than this, seconds.
    pub longest_seconds: u64,
}

impl Compared {
    /// With the growth, which follows.
    #[must_use]
    pub fn new(entries: u64, before: u64) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "entries are far fewer than 2 to the 52nd")]
        let growth = (before > 0).then(|| {
            let percent = (entries as f64 - before as f64) / before as f64 * 100.0;
            (percent * 100.0).round() / 100.0
        });
        Self { entries, before, growth }
    }
}

impl Waited {
    /// From the waits, seconds, in any order.
    #[must_use]
    pub fn of(mut waits: Vec<u64>) -> Self {
        waits.sort_unstable();
        // The smallest that so many of a hundred do not exceed.
        let part = |hundredths: usize| {
            let place = (waits.len() * hundredths).div_ceil(100).saturating_sub(1);
            waits.get(place).copied().unwrap_or_default()
        };
        Self {
            entries: waits.len() as u64,
            median_seconds: part(50),
            p95_seconds: part(95),
            longest_seconds: part(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_told_where_there_was_something_before() {
        // The town's own yardstick: nine months of 2024 beside those of 2023.
        assert_eq!(Compared::new(16_047, 13_550).growth, Some(18.43));
        assert_eq!(Compared::new(5, 10).growth, Some(-50.0));
        assert_eq!(Compared::new(0, 10).growth, Some(-100.0));
        assert_eq!(Compared::new(7, 0).growth, None);
    }

    #[test]
    fn waits_are_told_by_what_most_of_them_do_not_exceed() {
        assert_eq!(Waited::of(Vec::new()), Waited::default());
        let one = Waited::of(vec![90]);
        assert_eq!((one.entries, one.median_seconds, one.p95_seconds, one.longest_seconds), (1, 90, 90, 90));
        let many = Waited::of((1..=100).rev().collect());
        assert_eq!((many.median_seconds, many.p95_seconds, many.longest_seconds), (50, 95, 100));
    }
}
