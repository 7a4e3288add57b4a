//! What one opening may still cost.

use crate::MAX_ROUNDS;
use crate::error::Error;

/// Rounds of hashing left.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { left: MAX_ROUNDS }
    }

    /// Takes what a derivation is about to use.
    pub(crate) fn spend(&mut self, rounds: u64) -> Result<(), Error> {
        self.left = self.left.checked_sub(rounds).ok_or(Error::Costly { rounds, max: MAX_ROUNDS })?;
        Ok(())
    }

    pub(crate) fn spent(&self) -> u64 {
        MAX_ROUNDS - self.left
    }
}
