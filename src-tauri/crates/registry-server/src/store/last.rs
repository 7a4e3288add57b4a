//! The end of the book, from which the next entry goes on.

use std::collections::HashMap;

use jiff::{Timestamp, Unit};
use sqlx::{AnyConnection, Row as _};

use super::read_time;
use crate::Error;

/// How far the clock may fall behind the last entry and still count as the same moment: a correction by the time
/// service, or another server's clock, not a wrong clock.
const TOLERANCE: jiff::SignedDuration = jiff::SignedDuration::from_secs(2);

/// The end of the book as a batch goes on from it; by default that of an empty one.
#[derive(Clone, Default)]
pub(super) struct Last {
    /// Place of the last entry; 0 where there is none.
    pub(super) position: i64,
    /// When it was registered.
    pub(super) at: Option<Timestamp>,
    /// Its hash; empty where there is none.
    pub(super) hash: String,
    /// Last number by office and year, as far as it has been asked for.
    numbers: HashMap<(String, i16), i64>,
}

impl Last {
    pub(super) async fn read(connection: &mut AnyConnection) -> Result<Self, Error> {
        let row =
            sqlx::query("SELECT position, registered_at, hash FROM entries ORDER BY position DESC LIMIT 1")
                .fetch_optional(connection)
                .await?;
        Ok(match row {
            None => Self::default(),
            Some(row) => Self {
                position: row.try_get("position")?,
                at: Some(read_time(row.try_get("registered_at")?)?),
                hash: row.try_get("hash")?,
                numbers: HashMap::new(),
            },
        })
    }

    /// The last number of an office in a year, if it has been asked for.
    pub(super) fn of_year(&self, office: &str, year: i16) -> Option<i64> {
        self.numbers.get(&(office.to_owned(), year)).copied()
    }

    /// Asks for the last number of an office in a year.
    pub(super) async fn ask_for_year(
        &mut self,
        connection: &mut AnyConnection,
        office: &str,
        year: i16,
    ) -> Result<(), Error> {
        let seq: i64 =
            sqlx::query_scalar("SELECT coalesce(max(seq), 0) FROM entries WHERE office = $1 AND year = $2")
                .bind(office)
                .bind(i64::from(year))
                .fetch_one(connection)
                .await?;
        self.numbers.insert((office.to_owned(), year), seq);
        Ok(())
    }

    /// Goes on by one entry: its place, its moment, its hash and, where the number is ours, office, year and number.
    pub(super) fn take(&mut self, position: i64, at: Timestamp, hash: String, own: Option<(&str, i16, i64)>) {
        self.position = position;
        self.at = Some(at);
        self.hash = hash;
        if let Some((office, year, seq)) = own {
            self.numbers.insert((office.to_owned(), year), seq);
        }
    }
}

/// The official time of the next entry: never before the last one. Rounded down to milliseconds, as it is stored.
pub(super) fn official_time(now: Timestamp, last: Option<Timestamp>) -> Result<Timestamp, Error> {
    let options = jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Floor);
    let now = now.round(options).map_err(|_| Error::Clock)?;
    match last {
        Some(last) if now < last && last.duration_since(now) > TOLERANCE => Err(Error::Clock),
        Some(last) => Ok(now.max(last)),
        None => Ok(now),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_may_stumble_but_not_run_back() {
        let last = at("2026-03-12T10:00:00.500Z");
        assert_eq!(
            official_time(at("2026-03-12T10:00:01.2349Z"), Some(last)).unwrap(),
            at("2026-03-12T10:00:01.234Z")
        );
        assert_eq!(official_time(at("2026-03-12T09:59:59Z"), Some(last)).unwrap(), last);
        assert!(matches!(official_time(at("2026-03-12T09:59:58Z"), Some(last)), Err(Error::Clock)));
        assert_eq!(official_time(at("2026-03-12T10:00:00.0009Z"), None).unwrap(), at("2026-03-12T10:00:00Z"));
    }
}
