//! What must never be printed, copied by accident, or left behind.
//!
//! Holds the citizen's PIN and the card's access number while they are being typed and used, the key of the
//! encrypted store, and a wrapper that keeps personal data out of `Debug` and `Display`. Nothing here does I/O or encrypts anything.
//!
//! Invariants: no type of this crate implements `Clone` over secret bytes or `Serialize`; each is zeroized
//! on drop; `Debug` and `Display` print `***`.

mod can;
mod password;

use std::fmt;

use zeroize::Zeroizing;

pub use can::{Can, CanError};
pub use password::{Password, PasswordError};

/// A DNIe PIN while it is typed and while one command uses it: 8 to 16 letters and digits, case counts.
///
/// The buffer is allocated once at its largest size, so that growing never leaves an old copy behind.
pub struct Pin {
    bytes: Zeroizing<Vec<u8>>,
}

/// Why a character was not taken into a [`Pin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PinError {
    /// The PIN already has [`Pin::MAX_LEN`] characters.
    #[error("the PIN is full")]
    Full,
    /// Not a printable ASCII character: no DNIe PIN holds it.
    #[error("the character cannot be part of a PIN")]
    NotAllowed,
}

impl Pin {
    /// Fewest characters of a DNIe PIN.
    pub const MIN_LEN: usize = 8;
    /// Most characters of a DNIe PIN.
    pub const MAX_LEN: usize = 16;

    /// An empty PIN.
    #[must_use]
    pub fn new() -> Self {
        Self { bytes: Zeroizing::new(Vec::with_capacity(Self::MAX_LEN)) }
    }

    /// Takes one more character.
    ///
    /// # Errors
    /// [`PinError::Full`] at the seventeenth character, [`PinError::NotAllowed`] for anything but printable ASCII.
    pub fn push(&mut self, character: char) -> Result<(), PinError> {
        if !character.is_ascii_graphic() {
            return Err(PinError::NotAllowed);
        }
        if self.bytes.len() >= Self::MAX_LEN {
            return Err(PinError::Full);
        }
        // Proven to fit in one byte by the check above.
        self.bytes.push(character as u8);
        Ok(())
    }

    /// Drops the last character, if any.
    pub fn erase(&mut self) {
        let keep = self.bytes.len().saturating_sub(1);
        if let Some(last) = self.bytes.get_mut(keep) {
            *last = 0;
        }
        self.bytes.truncate(keep);
    }

    /// Drops every character and overwrites the buffer.
    pub fn clear(&mut self) {
        use zeroize::Zeroize as _;
        let bytes: &mut Vec<u8> = &mut self.bytes;
        bytes.as_mut_slice().zeroize();
        bytes.clear();
    }

    /// How many characters have been taken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether there are enough characters for a card to look at it without wasting a try.
    #[must_use]
    pub fn is_long_enough(&self) -> bool {
        self.bytes.len() >= Self::MIN_LEN
    }

    /// The bytes, for the one command that carries them. Never log, copy or keep them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }
}

impl Default for Pin {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(***)")
    }
}

/// The 256-bit key of the encrypted store.
pub struct StoreKey(Zeroizing<[u8; 32]>);

impl StoreKey {
    /// Takes over the key bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads 64 hexadecimal digits, with or without surrounding white space.
    ///
    /// Returns `None` for anything else; the text itself is never part of an error.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let text = text.trim().as_bytes();
        if text.len() != 64 {
            return None;
        }
        let mut key = Zeroizing::new([0_u8; 32]);
        for (byte, pair) in key.iter_mut().zip(text.chunks_exact(2)) {
            let high = char::from(*pair.first()?).to_digit(16)?;
            let low = char::from(*pair.get(1)?).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Self(key))
    }

    /// The key bytes, for the store that opens with them.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreKey(***)")
    }
}

/// A value that may be used but not printed: names, identity numbers, answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Gives the value back.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl<T> fmt::Display for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_takes_sixteen_printable_characters_and_no_more() {
        let mut pin = Pin::new();
        assert_eq!(pin.push('ñ'), Err(PinError::NotAllowed));
        assert_eq!(pin.push(' '), Err(PinError::NotAllowed));
        for _ in 0..Pin::MAX_LEN {
            pin.push('a').unwrap();
        }
        assert_eq!(pin.push('a'), Err(PinError::Full));
        pin.erase();
        assert_eq!(pin.len(), 15);
        pin.clear();
        assert!(pin.is_empty() && !pin.is_long_enough());
    }

    #[test]
    fn typing_never_moves_the_buffer() {
        let mut pin = Pin::new();
        let before = pin.expose().as_ptr();
        for character in "CRYPTOKI12345678".chars() {
            pin.push(character).unwrap();
        }
        assert_eq!(pin.expose().as_ptr(), before);
        assert_eq!(pin.expose(), b"CRYPTOKI12345678");
    }

    #[test]
    fn nothing_secret_is_printed() {
        let mut pin = Pin::new();
        pin.push('Z').unwrap();
        assert_eq!(format!("{pin:?}"), "Pin(***)");
        assert_eq!(format!("{:?} {}", Redacted::new("99999002Q"), Redacted::new(7)), "*** ***");
        assert_eq!(format!("{:?}", StoreKey::new([7; 32])), "StoreKey(***)");
    }

    #[test]
    fn a_store_key_is_exactly_sixty_four_hex_digits() {
        let text = "00ff".repeat(16);
        assert_eq!(StoreKey::from_hex(&format!(" {text}\n")).unwrap().expose()[1], 0xFF);
        assert!(StoreKey::from_hex(&text[1..]).is_none());
        assert!(StoreKey::from_hex(&text.replace('f', "g")).is_none());
    }
}
