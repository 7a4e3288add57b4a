//! Figures of the service: counts of the book, laid beside those of a year before.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use registry_api::figures::{Compared, Counted, MAX_FIGURES_YEARS, ServiceFigures, Waited};

use super::Desk;
use crate::Error;
use crate::store::By;

/// Whoever waits longer than this from hand to number did not get it at the kiosk, seconds.
const AT_ONCE: u64 = 60;

type Counts = BTreeMap<String, u64>;

/// Days that follow each other, both counted.
#[derive(Clone, Copy)]
struct Period {
    from: Date,
    until: Date,
}

impl Desk {
    /// The figures of a period; of this year until today, unless said otherwise.
    ///
    /// # Errors
    /// [`Error::Wish`] for a period that ends before it begins, or is too long; [`Error::Store`].
    pub async fn figures(&self, from: Option<Date>, until: Option<Date>) -> Result<ServiceFigures, Error> {
        let until = until.unwrap_or_else(|| self.calendar.date_of(self.now()));
        let from = from.unwrap_or_else(|| until.first_of_year());
        if until < from || until.year() - from.year() >= MAX_FIGURES_YEARS || from.year() < 1971 {
            return Err(Error::Wish { what: "a period begins before it ends and is of 20 years at most" });
        }
        let now = Period { from, until };
        let before = Period { from: year_before(from), until: year_before(until) };
        let (days, days_before) = (self.days(now).await?, self.days(before).await?);
        let in_next_year = |day: &Date| (i32::from(day.year()) + 1, day.month());
        let of_month = |(year, month): (i32, i8)| format!("{year:04}-{month:02}");
        let months = grouped(&days, |day| of_month((day.year().into(), day.month())));
        let months_before = grouped(&days_before, |day| of_month(in_next_year(day)));
        let years = grouped(&days, |day| format!("{:04}", day.year()));
        let years_before = grouped(&days_before, |day| format!("{:04}", in_next_year(day).0));
        let same_day = days_before
            .iter()
            .filter_map(|(day, count)| Some((day.checked_add(1.year()).ok()?.to_string(), *count)));
        let (first, end) = self.bounds(now)?;
        Ok(ServiceFigures {
            from,
            until,
            total: Compared::new(days.values().sum(), days_before.values().sum()),
            corrections: self.store.corrections(first, end).await?,
            years: beside(years, years_before),
            months: beside(months, months_before),
            days: {
                let before: Counts = same_day.collect();
                let mut days = beside(grouped(&days, Date::to_string), before);
                days.retain(|day| day.count.entries > 0);
                days
            },
            procedures: self.compared(By::Procedure, now, before).await?,
            channels: self.compared(By::Channel, now, before).await?,
            kiosks: self.compared(By::Kiosk, now, before).await?,
            units: self.compared(By::Unit, now, before).await?,
            waited: Waited::of(self.store.waits(first, end, AT_ONCE).await?),
        })
    }

    /// Entries by official day.
    async fn days(&self, period: Period) -> Result<BTreeMap<Date, u64>, Error> {
        let (first, end) = self.bounds(period)?;
        let mut days = BTreeMap::new();
        for (hour, count) in self.store.counts(By::Hour, first, end).await? {
            let hour: Timestamp =
                format!("{hour}:00:00Z").parse().map_err(|_| Error::Damaged { what: "a time" })?;
            *days.entry(self.calendar.date_of(hour)).or_default() += count;
        }
        Ok(days)
    }

    async fn compared(&self, by: By, now: Period, before: Period) -> Result<Vec<Counted>, Error> {
        let mut counts = Vec::with_capacity(2);
        for period in [now, before] {
            let (first, end) = self.bounds(period)?;
            counts.push(self.store.counts(by, first, end).await?.into_iter().collect::<Counts>());
        }
        let before = counts.pop().unwrap_or_default();
        let mut compared = beside(counts.pop().unwrap_or_default(), before);
        // What is asked most comes first.
        compared.sort_by(|a, b| b.count.entries.cmp(&a.count.entries).then_with(|| a.name.cmp(&b.name)));
        Ok(compared)
    }

    /// The first moment of a period, and the first after it.
    fn bounds(&self, period: Period) -> Result<(Timestamp, Timestamp), Error> {
        let after = period.until.tomorrow().map_err(|_| Error::Calendar { what: "no day after" })?;
        Ok((self.calendar.first_hour(period.from)?, self.calendar.first_hour(after)?))
    }
}

/// The same day of the year before; of 29 February, the 28th.
fn year_before(day: Date) -> Date {
    day.saturating_sub(1.year())
}

fn grouped(days: &BTreeMap<Date, u64>, name: impl Fn(&Date) -> String) -> Counts {
    let mut counts = Counts::new();
    for (day, count) in days {
        *counts.entry(name(day)).or_default() += count;
    }
    counts
}

/// Both side by side, in the order of their names.
fn beside(now: Counts, before: Counts) -> Vec<Counted> {
    let mut both: BTreeMap<String, (u64, u64)> =
        now.into_iter().map(|(name, count)| (name, (count, 0))).collect();
    for (name, count) in before {
        both.entry(name).or_default().1 = count;
    }
    both.into_iter()
        .map(|(name, (entries, before))| Counted { name, count: Compared::new(entries, before) })
        .collect()
}
