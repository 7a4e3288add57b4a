//! The card access number.

use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

/// The card access number (CAN): six digits printed on the card, without which it says nothing over the air.
///
/// The buffer is allocated once at its only size, so that growing never leaves an old copy behind.
pub struct Can {
    digits: Zeroizing<Vec<u8>>,
}

/// Why something was not taken into a [`Can`]. What it was is never part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CanError {
    /// There are six digits already.
    #[error("the access number is full")]
    Full,
    /// Not a decimal digit.
    #[error("the character cannot be part of an access number")]
    NotAllowed,
    /// Fewer than six digits.
    #[error("the access number is not complete")]
    Short,
}

impl Can {
    /// How many digits an access number has.
    pub const LEN: usize = 6;

    /// Without a digit yet.
    #[must_use]
    pub fn new() -> Self {
        Self { digits: Zeroizing::new(Vec::with_capacity(Self::LEN)) }
    }

    /// Reads exactly six digits, with or without surrounding white space.
    ///
    /// # Errors
    /// [`CanError`].
    pub fn parse(text: &str) -> Result<Self, CanError> {
        let mut can = Self::new();
        text.trim().chars().try_for_each(|character| can.push(character))?;
        if can.is_complete() { Ok(can) } else { Err(CanError::Short) }
    }

    /// Takes one more digit.
    ///
    /// # Errors
    /// [`CanError::Full`] at the seventh, [`CanError::NotAllowed`] for anything but `0` to `9`.
    pub fn push(&mut self, character: char) -> Result<(), CanError> {
        if !character.is_ascii_digit() {
            return Err(CanError::NotAllowed);
        }
        if self.is_complete() {
            return Err(CanError::Full);
        }
        // Proven to fit in one byte by the check above.
        self.digits.push(character as u8);
        Ok(())
    }

    /// Drops the last digit, if any.
    pub fn erase(&mut self) {
        let keep = self.digits.len().saturating_sub(1);
        if let Some(last) = self.digits.get_mut(keep) {
            *last = 0;
        }
        self.digits.truncate(keep);
    }

    /// Drops every digit and overwrites the buffer.
    pub fn clear(&mut self) {
        self.digits.as_mut_slice().zeroize();
        self.digits.clear();
    }

    /// How many digits have been taken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.digits.len()
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether all six digits are there.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.digits.len() == Self::LEN
    }

    /// The digits as ASCII, for the key that is derived from them. Never log, copy or keep them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.digits
    }
}

impl Default for Can {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Can {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Can(***)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_access_number_is_exactly_six_digits() {
        assert_eq!(Can::parse(" 123456\n").unwrap().expose(), b"123456");
        for (text, error) in [
            ("12345", CanError::Short),
            ("", CanError::Short),
            ("1234567", CanError::Full),
            ("12345a", CanError::NotAllowed),
            ("12 456", CanError::NotAllowed),
            ("12345\u{0666}", CanError::NotAllowed),
        ] {
            assert_eq!(Can::parse(text).unwrap_err(), error);
        }
    }

    #[test]
    fn digits_are_typed_and_erased_without_moving_the_buffer() {
        let mut can = Can::new();
        let before = can.expose().as_ptr();
        "999999".chars().for_each(|digit| can.push(digit).unwrap());
        assert_eq!(can.push('1'), Err(CanError::Full));
        can.erase();
        assert!(!can.is_complete() && can.len() == 5);
        can.push('0').unwrap();
        assert_eq!((can.expose(), can.expose().as_ptr()), (&b"999990"[..], before));
        can.clear();
        can.erase();
        assert!(can.is_empty());
    }

    #[test]
    fn it_is_never_printed() {
        assert_eq!(format!("{:?}", Can::parse("123456").unwrap()), "Can(***)");
    }
}
