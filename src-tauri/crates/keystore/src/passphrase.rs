//! The forms of a password in which files have been written.

use secret::Password;
use zeroize::Zeroizing;

/// One reading of the password.
pub(crate) struct Passphrase {
    /// For the derivation of RFC 7292 appendix B.
    wide: Zeroizing<Vec<u8>>,
    /// For PBKDF2.
    narrow: Zeroizing<Vec<u8>>,
}

impl Passphrase {
    /// Every reading of a password, the standard's own first:
    ///
    /// * a BMPString that ends with a zero character (RFC 7292 B.1); beyond the basic plane, surrogates as OpenSSL;
    /// * for no password at all, no octets, as some write it;
    /// * for letters outside of ASCII, each UTF-8 octet as a character of its own, as OpenSSL before 1.1 wrote it.
    pub(crate) fn readings(password: &Password) -> Vec<Self> {
        let text = password.expose();
        let utf8 = text.as_bytes();
        let mut readings = vec![Self::new(text.encode_utf16(), text.encode_utf16().count(), utf8)];
        if text.is_empty() {
            readings.push(Self { wide: Zeroizing::default(), narrow: Zeroizing::default() });
        }
        if !text.is_ascii() {
            readings.push(Self::new(utf8.iter().copied().map(u16::from), utf8.len(), utf8));
        }
        readings
    }

    fn new(units: impl Iterator<Item = u16>, len: usize, utf8: &[u8]) -> Self {
        let mut wide = Zeroizing::new(Vec::with_capacity((len + 1) * 2));
        for unit in units.chain([0]) {
            wide.extend_from_slice(&unit.to_be_bytes());
        }
        Self { wide, narrow: Zeroizing::new(utf8.to_vec()) }
    }

    /// The octets that RFC 7292 appendix B derives from.
    pub(crate) fn wide(&self) -> &[u8] {
        &self.wide
    }

    /// The octets that PBKDF2 derives from: UTF-8, as RFC 8018 says.
    pub(crate) fn narrow(&self) -> &[u8] {
        &self.narrow
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn readings(text: &str) -> Vec<Vec<u8>> {
        let mut password = Password::new();
        text.chars().for_each(|character| password.push(character).unwrap());
        Passphrase::readings(&password).iter().map(|reading| reading.wide().to_vec()).collect()
    }

    #[test]
    fn the_standards_reading_comes_first() {
        assert_eq!(readings("Be"), [[0, 0x42, 0, 0x65, 0, 0]]);
        assert_eq!(readings("ñ"), [vec![0, 0xF1, 0, 0], vec![0, 0xC3, 0, 0xB1, 0, 0]]);
        assert_eq!(readings("")[..], [vec![0, 0], vec![]]);
        assert_eq!(readings("😀")[0], [0xD8, 0x3D, 0xDE, 0x00, 0, 0]);
    }
}
