//! How often somebody has asked in a minute, over all servers that share a database.

use std::net::IpAddr;

use registry_api::Sha256Hex;
use sqlx::AnyConnection;

use super::{Database, Store};
use crate::Error;

/// Whoever asks; not the name of any hash.
const EVERYBODY: &str = "all";

/// How often it was asked in this minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Looks {
    /// From one address, this time included.
    pub(crate) each: i64,
    /// By all together.
    pub(crate) all: i64,
}

impl Store {
    /// Counts one more look at a door. `None` where no other server shares the database: then each counts for itself.
    pub(crate) async fn look(
        &self,
        door: &'static str,
        from: Option<IpAddr>,
        minute: i64,
    ) -> Result<Option<Looks>, Error> {
        if !matches!(self.database, Database::Postgres(_)) {
            return Ok(None);
        }
        let mut connection = self.pool.acquire().await?;
        // One after the other and each by itself: who waits for a row holds none.
        let each = match from {
            Some(from) => {
                let who = Sha256Hex::of(from.to_string().as_bytes());
                count(&mut connection, door, who.as_str(), minute).await?
            }
            None => 0,
        };
        let all = count(&mut connection, door, EVERYBODY, minute).await?;
        if all == 1 {
            sqlx::query("DELETE FROM looks WHERE minute < $1").bind(minute).execute(&mut *connection).await?;
        }
        Ok(Some(Looks { each, all }))
    }
}

async fn count(connection: &mut AnyConnection, door: &str, who: &str, minute: i64) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "INSERT INTO looks (minute, door, who, times) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (minute, door, who) DO UPDATE SET times = looks.times + 1 RETURNING times",
    )
    .bind(minute)
    .bind(door.to_owned())
    .bind(who.to_owned())
    .fetch_one(connection)
    .await?)
}
