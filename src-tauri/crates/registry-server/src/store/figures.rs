//! Entries counted, in the database: however many there are, only the counts leave it.

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Row as _};

use super::{Store, read_time, written};
use crate::Error;

/// What entries are counted by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By {
    /// Hour of UTC, `2026-03-12T17`: official days begin on a full hour in every zone of the state, so they are made of these.
    Hour,
    Procedure,
    Channel,
    Kiosk,
    Unit,
}

impl By {
    const fn expression(self) -> &'static str {
        match self {
            Self::Hour => "substr(registered_at, 1, 13)",
            Self::Procedure => "procedure_id",
            Self::Channel => "mode",
            Self::Kiosk => "kiosk_id",
            Self::Unit => "dest_unit",
        }
    }
}

impl Store {
    /// How many entries were registered from a moment on and before another, by what.
    pub(crate) async fn counts(
        &self,
        by: By,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<(String, u64)>, Error> {
        let query = format!(
            "SELECT {} AS name, count(*) AS entries FROM entries WHERE registered_at >= $1 AND registered_at < $2 \
             GROUP BY 1 ORDER BY 1",
            by.expression()
        );
        let rows = sqlx::query(AssertSqlSafe(query))
            .bind(written(from))
            .bind(written(before))
            .fetch_all(&self.reader)
            .await?;
        rows.iter().map(|row| Ok((row.try_get("name")?, count(row.try_get("entries")?)?))).collect()
    }

    /// How many of them rectify or annul another.
    pub(crate) async fn corrections(&self, from: Timestamp, before: Timestamp) -> Result<u64, Error> {
        let row = sqlx::query(
            "SELECT count(*) AS entries FROM entries WHERE registered_at >= $1 AND registered_at < $2 \
             AND relation IS NOT NULL",
        )
        .bind(written(from))
        .bind(written(before))
        .fetch_one(&self.reader)
        .await?;
        count(row.try_get("entries")?)
    }

    /// How long each took from hand to number that took longer than `least`, seconds.
    pub(crate) async fn waits(
        &self,
        from: Timestamp,
        before: Timestamp,
        least: u64,
    ) -> Result<Vec<u64>, Error> {
        let mut rows = sqlx::query(
            "SELECT handed_in_at, registered_at FROM entries WHERE registered_at >= $1 AND registered_at < $2 \
             AND handed_in_at < registered_at",
        )
        .bind(written(from))
        .bind(written(before))
        .fetch(&self.reader);
        let mut waits = Vec::new();
        while let Some(row) = rows.try_next().await? {
            let handed_in = read_time(&row.try_get::<String, _>(0)?)?;
            let registered = read_time(&row.try_get::<String, _>(1)?)?;
            // A kiosk's clock may be ahead of the registry's.
            let wait = u64::try_from(registered.duration_since(handed_in).as_secs()).unwrap_or(0);
            if wait > least {
                waits.push(wait);
            }
        }
        Ok(waits)
    }
}

fn count(number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Damaged { what: "a count" })
}
