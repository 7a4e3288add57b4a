//! How often anybody may ask, and everybody together.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::{Error, Store};

/// Looks of one address in a minute.
const EACH: u32 = 20;
/// Looks of all together in a minute.
const ALL: u32 = 600;
/// Addresses remembered in a minute; more than that is an attack, and `ALL` holds it back.
const REMEMBERED: usize = 4096;

/// Counts by the minute: in the memory of this server, and in the database over all that share it.
pub(crate) struct Limit {
    /// What is asked: each door counts for itself.
    door: &'static str,
    here: Mutex<Minute>,
}

#[derive(Default)]
struct Minute {
    number: i64,
    all: u32,
    each: HashMap<IpAddr, u32>,
}

impl Limit {
    pub(crate) fn new(door: &'static str) -> Self {
        Self { door, here: Mutex::default() }
    }

    /// Whether one more look is admitted. Whoever has had enough here is not counted in the database, so that asking
    /// without end costs others nothing.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn admits(
        &self,
        store: &Store,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        if !self.admits_here(from, now) {
            return Ok(false);
        }
        let looks = store.look(self.door, from, minute_of(now)).await?;
        Ok(looks.is_none_or(|looks| looks.each <= EACH.into() && looks.all <= ALL.into()))
    }

    fn admits_here(&self, from: Option<IpAddr>, now: Timestamp) -> bool {
        // A thread that died while counting left a count.
        let mut minute = self.here.lock().unwrap_or_else(PoisonError::into_inner);
        let number = minute_of(now);
        if minute.number != number {
            *minute = Minute { number, ..Minute::default() };
        }
        minute.all += 1;
        if minute.all > ALL {
            return false;
        }
        let Some(from) = from else { return true };
        if !minute.each.contains_key(&from) && minute.each.len() >= REMEMBERED {
            return false;
        }
        let count = minute.each.entry(from).or_default();
        *count += 1;
        *count <= EACH
    }
}

fn minute_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_ask_so_often_and_again_in_the_next_minute() {
        let limit = Limit::new("test");
        let now: Timestamp = "2026-03-12T17:05:00Z".parse().unwrap();
        let one: IpAddr = "192.0.2.1".parse().unwrap();
        let admitted = (0..100).filter(|_| limit.admits_here(Some(one), now)).count();
        assert_eq!(admitted, EACH as usize);
        assert!(limit.admits_here(Some("192.0.2.2".parse().unwrap()), now));
        assert!(limit.admits_here(Some(one), now + jiff::SignedDuration::from_secs(60)));
    }

    #[test]
    fn all_together_are_bounded_whatever_their_addresses() {
        let limit = Limit::new("test");
        let now: Timestamp = "2026-03-12T17:05:00Z".parse().unwrap();
        let admitted = (0..10_000_u32)
            .filter(|number| limit.admits_here(Some(IpAddr::from(number.to_be_bytes())), now))
            .count();
        assert_eq!(admitted, ALL as usize);
    }
}
