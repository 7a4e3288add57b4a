//! The PIN and its retry counter.

use apdu::Status;
use secret::Pin;

use crate::error::Error;
use crate::persona::MAX_TRIES;

/// The reference PIN, what is left of its tries, and whether it has been presented since power-up.
pub(crate) struct PinFile {
    reference: Pin,
    tries: u8,
    verified: bool,
}

impl PinFile {
    pub fn new(pin: &str, tries: u8) -> Result<Self, Error> {
        let what = "the PIN has 8 to 16 letters and digits";
        let mut reference = Pin::new();
        for character in pin.chars() {
            reference.push(character).map_err(|_| Error::Persona { what })?;
        }
        if !reference.is_long_enough() {
            return Err(Error::Persona { what });
        }
        if tries > MAX_TRIES {
            return Err(Error::Persona { what: "there are at most three tries" });
        }
        Ok(Self { reference, tries, verified: false })
    }

    pub const fn tries(&self) -> u8 {
        self.tries
    }

    pub const fn is_verified(&self) -> bool {
        self.verified
    }

    /// The right lasts until the channel closes, the power goes, or a signature uses it up.
    pub fn forget(&mut self) {
        self.verified = false;
    }

    /// An empty VERIFY: tells the counter and spends nothing.
    pub fn query(&self) -> Status {
        if self.tries == 0 { Status::BLOCKED } else { self.counter() }
    }

    /// Spends the try before looking, so that pulling the card in between wins nothing.
    pub fn verify(&mut self, presented: &[u8]) -> Status {
        if presented.len() > Pin::MAX_LEN {
            return Status::WRONG_LENGTH;
        }
        self.verified = false;
        if self.tries == 0 {
            return Status::BLOCKED;
        }
        self.tries -= 1;
        let reference = self.reference.expose();
        if presented.len() == reference.len() && openssl::memcmp::eq(presented, reference) {
            self.tries = MAX_TRIES;
            self.verified = true;
            Status::OK
        } else {
            self.counter()
        }
    }

    fn counter(&self) -> Status {
        Status::new(0x63, 0xC0 | self.tries)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_third_wrong_pin_blocks_and_the_right_one_no_longer_helps() {
        let mut file = PinFile::new("CRYPTOKI", 3).unwrap();
        assert_eq!(file.verify(b"CRYPTOKJ"), Status(0x63C2));
        assert_eq!(file.verify(b"CRYPTOK"), Status(0x63C1));
        assert_eq!((file.query(), file.query()), (Status(0x63C1), Status(0x63C1)));
        assert_eq!(file.verify(b"00000000"), Status(0x63C0));
        assert_eq!(file.verify(b"CRYPTOKI"), Status::BLOCKED);
        assert_eq!(file.query(), Status::BLOCKED);
    }

    #[test]
    fn the_right_pin_gives_the_tries_back() {
        let mut file = PinFile::new("CRYPTOKI", 1).unwrap();
        assert_eq!(file.verify(b"CRYPTOKI"), Status::OK);
        assert_eq!((file.tries(), file.is_verified()), (3, true));
        assert_eq!(file.verify(b"CRYPTOKj"), Status(0x63C2));
        assert!(!file.is_verified());
    }

    #[test]
    fn a_pin_that_no_card_takes_is_refused_at_issuing() {
        for pin in ["", "1234567", "12345678901234567", "contraseña"] {
            assert!(PinFile::new(pin, 3).is_err());
        }
        assert!(PinFile::new("12345678", 4).is_err());
    }
}
