//! Waiting for a condition, never for the clock.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::bail;

/// How often a condition is looked at.
const PERIOD: Duration = Duration::from_millis(20);

/// A limit that a healthy machine stays far below; passing it is a fault of the program, not of the machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Looks until there is something, and gives it.
///
/// A look that fails is looked at again: a page being replaced cannot answer for a moment. Its last error is
/// told when the limit has passed.
///
/// # Errors
/// When the limit has passed, naming what was waited for.
pub fn wait_for<T>(
    what: &str,
    limit: Duration,
    mut look: impl FnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let since = Instant::now();
    loop {
        let last = match look() {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if since.elapsed() >= limit {
            match last {
                Some(error) => return Err(error.context(format!("waited {limit:?} in vain for {what}"))),
                None => bail!("waited {limit:?} in vain for {what}"),
            }
        }
        thread::park_timeout(PERIOD);
    }
}

/// [`wait_for`] a plain condition.
///
/// # Errors
/// As [`wait_for`].
pub fn wait_until(
    what: &str,
    limit: Duration,
    mut holds: impl FnMut() -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    wait_for(what, limit, || Ok(holds()?.then_some(())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn gives_what_was_found() {
        let mut looks = 0;
        let found = wait_for("the third look", PATIENCE, || {
            looks += 1;
            Ok((looks == 3).then_some(looks))
        });
        assert_eq!(found.unwrap(), 3);
    }

    #[test]
    fn names_what_never_came() {
        let error = wait_until("rain", Duration::ZERO, || Ok(false)).unwrap_err();
        assert!(error.to_string().contains("rain"));
    }
}
