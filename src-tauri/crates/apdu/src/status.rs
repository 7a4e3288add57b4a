//! Status words (ISO/IEC 7816-4:2013, clause 5.6).

use std::fmt;

/// The two status bytes of an answer, as one number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status(pub u16);

impl Status {
    /// Normal ending.
    pub const OK: Self = Self(0x9000);
    /// End of file reached before Le bytes.
    pub const END_OF_FILE: Self = Self(0x6282);
    /// Wrong length.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// Bad cryptographic checksum in secure messaging (card specific).
    pub const SM_BAD_CHECKSUM: Self = Self(0x6688);
    /// Security status not satisfied.
    pub const SECURITY_NOT_SATISFIED: Self = Self(0x6982);
    /// Authentication method blocked.
    pub const BLOCKED: Self = Self(0x6983);
    /// No current file.
    pub const NO_CURRENT_FILE: Self = Self(0x6986);
    /// Expected secure messaging objects missing.
    pub const SM_MISSING: Self = Self(0x6987);
    /// Secure messaging objects incorrect.
    pub const SM_INCORRECT: Self = Self(0x6988);
    /// Incorrect parameters in the data field.
    pub const WRONG_DATA: Self = Self(0x6A80);
    /// File or application not found.
    pub const NOT_FOUND: Self = Self(0x6A82);
    /// Incorrect P1 P2.
    pub const WRONG_P1P2: Self = Self(0x6A86);
    /// Referenced data not found.
    pub const REFERENCE_NOT_FOUND: Self = Self(0x6A88);
    /// Offset outside the file.
    pub const WRONG_OFFSET: Self = Self(0x6B00);
    /// Instruction unknown.
    pub const UNKNOWN_INS: Self = Self(0x6D00);
    /// Class unknown.
    pub const UNKNOWN_CLA: Self = Self(0x6E00);

    /// From its two bytes.
    #[must_use]
    pub const fn new(sw1: u8, sw2: u8) -> Self {
        Self(u16::from_be_bytes([sw1, sw2]))
    }

    /// First byte.
    #[must_use]
    pub const fn sw1(self) -> u8 {
        self.0.to_be_bytes()[0]
    }

    /// Second byte.
    #[must_use]
    pub const fn sw2(self) -> u8 {
        self.0.to_be_bytes()[1]
    }

    /// Whether this is `9000`.
    #[must_use]
    pub const fn is_ok(self) -> bool {
        self.0 == Self::OK.0
    }

    /// `61 xx`: how many bytes wait for GET RESPONSE, 1 to 256 (`00` means 256).
    #[must_use]
    pub fn waiting(self) -> Option<u16> {
        (self.sw1() == 0x61).then(|| length(self.sw2()))
    }

    /// `6C xx`: the Le that would have been right, 1 to 256.
    #[must_use]
    pub fn exact_length(self) -> Option<u16> {
        (self.sw1() == 0x6C).then(|| length(self.sw2()))
    }

    /// `63 Cx`: tries left, 0 to 15.
    #[must_use]
    pub const fn tries_left(self) -> Option<u8> {
        if self.0 & 0xFFF0 == 0x63C0 { Some(self.sw2() & 0x0F) } else { None }
    }
}

fn length(byte: u8) -> u16 {
    if byte == 0 { 256 } else { u16::from(byte) }
}

impl From<u16> for Status {
    fn from(value: u16) -> Self {
        Self(value)
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_status_words_give_their_number() {
        assert_eq!(Status(0x6100).waiting(), Some(256));
        assert_eq!(Status(0x611B).waiting(), Some(27));
        assert_eq!(Status(0x6C08).exact_length(), Some(8));
        assert_eq!(Status(0x63C2).tries_left(), Some(2));
        assert_eq!(Status(0x6300).tries_left(), None);
        assert_eq!(Status::OK.waiting(), None);
    }
}
