//! How fast the line between card and reader is: no time at all by default, or as slow as real contacts.

use std::thread;
use std::time::{Duration, Instant};

/// What crossing the line costs, beside the time that the card itself computes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineRate {
    /// For every byte of command and answer, headers and status words included.
    pub per_byte: Duration,
    /// Once for every exchange, GET RESPONSE included: turning the line round, and the chip's own beginning.
    pub per_exchange: Duration,
}

impl LineRate {
    /// No time at all.
    pub const INSTANT: Self = Self { per_byte: Duration::ZERO, per_exchange: Duration::ZERO };
    /// Least time of a 2.0 card: 12 elementary time units per byte, F = 744, D = 12, at 4.8 MHz.
    pub const CONTACT_2_0: Self = Self { per_byte: Duration::from_micros(155), per_exchange: Duration::ZERO };
    /// Least time of a 3.0 card: 12 elementary time units per byte, F = 512, D = 32, at 4.8 MHz.
    pub const CONTACT_3_0: Self = Self { per_byte: Duration::from_micros(40), per_exchange: Duration::ZERO };

    /// Time of one exchange that carries this many bytes, both directions together.
    #[must_use]
    pub fn time_of(&self, bytes: usize) -> Duration {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.per_byte.saturating_mul(bytes).saturating_add(self.per_exchange)
    }
}

/// Waits on this thread; whoever wants it back earlier makes `stop` true and unparks it.
pub(crate) fn wait(time: Duration, stop: impl Fn() -> bool) {
    let begun = Instant::now();
    while !stop() {
        let left = time.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return;
        }
        thread::park_timeout(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_turns_add_up() {
        let rate = LineRate { per_byte: Duration::from_micros(40), per_exchange: Duration::from_millis(5) };
        assert_eq!(rate.time_of(0), Duration::from_millis(5));
        assert_eq!(rate.time_of(5 + 258), Duration::from_micros(5_000 + 263 * 40));
        assert_eq!(LineRate::default().time_of(usize::MAX), Duration::ZERO);
        assert_eq!(LineRate::CONTACT_2_0.time_of(2), Duration::from_micros(310));
    }

    #[test]
    fn a_wait_ends_when_it_is_called_off() {
        wait(Duration::from_secs(u64::from(u32::MAX)), || true);
        wait(Duration::ZERO, || false);
    }
}
