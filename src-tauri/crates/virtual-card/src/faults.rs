//! What may be asked to go wrong, and what was counted.

/// A plan of failures; the default is a card in good health.
///
/// Exchanges are counted from 1, over the whole life of the card and not since the last reset.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// The card leaves the reader instead of answering this exchange, and stays out until it is put back: served again, or reset.
    pub remove_at: Option<u64>,
    /// From this exchange on the card takes commands and never answers.
    pub mute_from: Option<u64>,
    /// Another answer to reset than the persona's: not a DNIe, a terminated one; see [`crate::atr`].
    pub atr: Option<Vec<u8>>,
    /// Inside a channel, statuses other than `9000` go out unprotected. Real cards were not observed on this.
    pub bare_errors: bool,
    /// One bit of this answer's first byte is flipped on its way out, as a bad contact would.
    pub corrupt_at: Option<u64>,
}

/// What crossed the contacts, GET RESPONSE included; resets and ATR polls are not exchanges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Commands received.
    pub exchanges: u64,
    /// Bytes of those commands, headers included.
    pub received: u64,
    /// Bytes of the answers, status words included.
    pub sent: u64,
    /// Power-ups and resets.
    pub resets: u64,
    /// Signatures made with the citizen's keys.
    pub signatures: u64,
    /// VERIFY commands that carried a PIN, right or wrong.
    pub verifications: u64,
}
