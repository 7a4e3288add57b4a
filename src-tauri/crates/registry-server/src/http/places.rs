//! Whose turn it is to have a body read: so many at the same time, and so much of the memory together.

use std::sync::Arc;

use registry_api::limits::MAX_APPLICATION_BYTES;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use crate::config::Limits;

/// Bytes that one permit stands for.
const UNIT: u64 = 64 * 1024;

/// Places for submissions, in the order of their coming.
pub(crate) struct Places {
    submissions: Arc<Semaphore>,
    memory: Arc<Semaphore>,
    units: u32,
}

/// A place, until it is dropped.
pub(super) struct Place {
    _submission: OwnedSemaphorePermit,
    _memory: OwnedSemaphorePermit,
}

impl Places {
    pub(crate) fn new(limits: Limits) -> Self {
        let units = u64::from(limits.memory_mb) * 1_000_000 / UNIT;
        let units = u32::try_from(units).unwrap_or(u32::MAX).max(1);
        Self {
            submissions: Arc::new(Semaphore::new(limits.submissions)),
            memory: Arc::new(Semaphore::new(usize::try_from(units).unwrap_or(Semaphore::MAX_PERMITS))),
            units,
        }
    }

    /// Waits for a place for a body of so many bytes; of one that does not say, of the largest there may be. Of a package there
    /// is the application in memory, or what all answers take, or some parts of a document on its way to where it is kept: of
    /// each about as much as the largest application. One that would take more than all that is set aside waits until it is
    /// alone.
    pub(super) async fn take(&self, size: Option<u64>) -> Result<Place, AcquireError> {
        let most = u64::try_from(MAX_APPLICATION_BYTES).unwrap_or(u64::MAX);
        let units = size.unwrap_or(most).min(most) / UNIT + 1;
        let units = u32::try_from(units).unwrap_or(u32::MAX).min(self.units);
        Ok(Place {
            _submission: Arc::clone(&self.submissions).acquire_owned().await?,
            _memory: Arc::clone(&self.memory).acquire_many_owned(units).await?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn places(submissions: usize, memory_mb: u32) -> Places {
        let long = Duration::from_secs(60);
        let connections = 1;
        let (wait, handshake, head, body, stop) = (long, long, long, long, long);
        Places::new(Limits {
            connections,
            submissions,
            memory_mb,
            wait,
            handshake,
            head,
            body,
            stop,
            quarantine_bytes: 0,
        })
    }

    async fn waits(places: &Places, size: Option<u64>) -> bool {
        timeout(Duration::from_millis(20), places.take(size)).await.is_err()
    }

    #[tokio::test]
    async fn large_bodies_go_in_by_one_and_small_ones_together() {
        let places = places(16, 20);
        let large = places.take(Some(27_000_000)).await.unwrap();
        assert!(waits(&places, Some(27_000_000)).await);
        // What does not say how large it is may be as large.
        assert!(waits(&places, None).await);
        let small = places.take(Some(200_000)).await.unwrap();
        drop(large);
        drop(places.take(None).await.unwrap());
        drop(small);
    }

    #[tokio::test]
    async fn what_takes_more_than_all_the_memory_has_it_to_itself() {
        let places = places(16, 5);
        let small = places.take(Some(200_000)).await.unwrap();
        assert!(waits(&places, Some(27_000_000)).await);
        drop(small);
        let alone = places.take(Some(27_000_000)).await.unwrap();
        assert!(waits(&places, Some(1)).await);
        drop(alone);
    }

    #[tokio::test]
    async fn there_are_no_more_than_so_many() {
        let places = places(1, 40);
        let first = places.take(Some(1)).await.unwrap();
        assert!(waits(&places, Some(1)).await);
        drop(first);
        assert!(!waits(&places, Some(1)).await);
    }
}
