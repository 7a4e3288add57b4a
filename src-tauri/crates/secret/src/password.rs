//! A password of any characters: of a certificate file, or the PIN of a card that is not a DNIe.

use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

/// A password while it is typed and while one command uses it: any printable characters, none up to 128 of them.
///
/// The buffer is allocated once at its largest size, so that growing never leaves an old copy behind.
pub struct Password {
    /// UTF-8, always whole characters.
    bytes: Zeroizing<Vec<u8>>,
    chars: usize,
}

/// Why a character was not taken into a [`Password`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordError {
    /// The password already has [`Password::MAX_CHARS`] characters.
    #[error("the password is full")]
    Full,
    /// A control character: no keyboard types it into a password.
    #[error("the character cannot be part of a password")]
    NotAllowed,
}

impl Password {
    /// Most characters of a password.
    pub const MAX_CHARS: usize = 128;
    /// Most bytes of one character in UTF-8.
    const MAX_CHAR_LEN: usize = 4;

    /// An empty password, which some files have.
    #[must_use]
    pub fn new() -> Self {
        Self { bytes: Zeroizing::new(Vec::with_capacity(Self::MAX_CHARS * Self::MAX_CHAR_LEN)), chars: 0 }
    }

    /// Takes one more character.
    ///
    /// # Errors
    /// [`PasswordError::Full`] at the hundred and twenty-ninth character, [`PasswordError::NotAllowed`] for a control
    /// character.
    pub fn push(&mut self, character: char) -> Result<(), PasswordError> {
        if character.is_control() {
            return Err(PasswordError::NotAllowed);
        }
        if self.chars >= Self::MAX_CHARS {
            return Err(PasswordError::Full);
        }
        let mut encoded = Zeroizing::new([0_u8; Self::MAX_CHAR_LEN]);
        let encoded = character.encode_utf8(encoded.as_mut_slice());
        self.bytes.extend_from_slice(encoded.as_bytes());
        self.chars += 1;
        Ok(())
    }

    /// Drops the last character, if any.
    pub fn erase(&mut self) {
        let Some((keep, _)) = self.expose().char_indices().next_back() else { return };
        if let Some(last) = self.bytes.get_mut(keep..) {
            last.zeroize();
        }
        self.bytes.truncate(keep);
        self.chars -= 1;
    }

    /// Drops every character and overwrites the buffer.
    pub fn clear(&mut self) {
        let bytes: &mut Vec<u8> = &mut self.bytes;
        bytes.as_mut_slice().zeroize();
        bytes.clear();
        self.chars = 0;
    }

    /// How many characters have been taken.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chars
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars == 0
    }

    /// The text, for the one command that uses it. Never log, copy or keep it.
    #[must_use]
    pub fn expose(&self) -> &str {
        // Only whole characters go in and out, so this never falls back.
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }
}

impl Default for Password {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Password {
        let mut password = Password::new();
        for character in text.chars() {
            password.push(character).unwrap();
        }
        password
    }

    #[test]
    fn a_password_takes_a_hundred_and_twenty_eight_characters_and_no_more() {
        let mut password = typed(&"€".repeat(Password::MAX_CHARS));
        assert_eq!(password.push('a'), Err(PasswordError::Full));
        assert_eq!(password.len(), 128);
        password.clear();
        assert!(password.is_empty());
        assert_eq!(password.expose(), "");
        assert_eq!(password.push('\n'), Err(PasswordError::NotAllowed));
        assert_eq!(password.push('\u{0}'), Err(PasswordError::NotAllowed));
    }

    #[test]
    fn erasing_takes_whole_characters() {
        let mut password = typed("añ€😀");
        for left in ["añ€", "añ", "a", "", ""] {
            password.erase();
            assert_eq!(password.expose(), left);
            assert_eq!(password.len(), left.chars().count());
        }
    }

    #[test]
    fn typing_never_moves_the_buffer() {
        let mut password = Password::new();
        let before = password.expose().as_ptr();
        for _ in 0..Password::MAX_CHARS {
            password.push('😀').unwrap();
        }
        assert_eq!(password.expose().as_ptr(), before);
        password.erase();
        assert_eq!(password.expose().as_ptr(), before);
    }

    #[test]
    fn a_password_is_not_printed() {
        assert_eq!(format!("{:?}", typed("contrasenya")), "Password(***)");
    }
}
