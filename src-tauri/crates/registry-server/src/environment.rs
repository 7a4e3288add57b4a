//! What the registry does not decide by itself: what time it is, and what is random.

use jiff::Timestamp;

use crate::Error;

/// Clock and chance.
pub trait Environment: Send + Sync + 'static {
    /// The official time.
    fn now(&self) -> Timestamp;

    /// Fills `bytes` with random ones, fit for secrets.
    ///
    /// # Errors
    /// [`Error::Random`] when the machine has none.
    fn random(&self, bytes: &mut [u8]) -> Result<(), Error> {
        openssl::rand::rand_bytes(bytes).map_err(Error::Random)
    }
}

/// The machine's own clock, which the operator keeps synchronised.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Environment for Machine {
    fn now(&self) -> Timestamp {
        // The one place where the registry looks at a clock.
        #[allow(clippy::disallowed_methods)]
        Timestamp::now()
    }
}
