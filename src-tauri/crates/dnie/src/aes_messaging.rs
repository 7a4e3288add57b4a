//! Secure messaging with AES, as PACE leaves it in force (ICAO 9303-11, 9.8; fact sheet 8.1).
//!
//! The counter begins at zero and advances by one before each command and each answer; encrypted under the
//! encryption key it is the initialisation vector, so that no two messages share one.

use apdu::{Command, Response, tlv};
use openssl::memcmp;
use zeroize::Zeroizing;

use crate::{
    Error,
    aes::{self, BLOCK},
    keys::Key,
    messaging::{self, Body, Objects},
    padding::{pad, unpadded_len},
};

/// One session's keys and counter.
pub(crate) struct AesMessaging {
    encryption: Key,
    authentication: Key,
    counter: u128,
}

impl AesMessaging {
    /// A session in which nothing has been said yet.
    pub(crate) const fn new(encryption: Key, authentication: Key) -> Self {
        Self { encryption, authentication, counter: 0 }
    }

    /// Wraps a command. `with_le` appends the final Le that T=1 wants and T=0 forbids.
    pub(crate) fn protect(&mut self, command: &Command, with_le: bool) -> Result<Command, Error> {
        self.counter = self.counter.wrapping_add(1);
        let header = messaging::protected_header(command);
        let mut objects = Vec::with_capacity(command.data().len() + 64);
        if !command.data().is_empty() {
            let mut plain = Zeroizing::new(Vec::with_capacity(command.data().len() + BLOCK));
            plain.extend_from_slice(command.data());
            pad(&mut plain, BLOCK);
            let cipher = aes::encrypt(&self.encryption, &self.vector()?, &plain)?;
            messaging::push_cryptogram(&mut objects, &cipher);
        } else if let Some(le) = command.le() {
            messaging::push_expected_length(&mut objects, le);
        }
        let mac = self.mac(self.counter, Some(header), &objects)?;
        tlv::push(&mut objects, 0x8E, &mac);
        messaging::wrapped(header, &objects, with_le)
    }

    /// Unwraps an answer. `None` when its protection is absent or wrong: then the session is over.
    pub(crate) fn unprotect(&mut self, answer: &Response) -> Result<Option<Response>, Error> {
        self.counter = self.counter.wrapping_add(1);
        let Some(objects) = Objects::read(&answer.data) else { return Ok(None) };
        let expected = self.mac(self.counter, None, &objects.covered)?;
        if objects.mac.len() != expected.len() || !memcmp::eq(objects.mac, &expected) {
            return Ok(None);
        }
        let data = match objects.body() {
            Some(Body::Empty) => Vec::new(),
            Some(Body::Plain(plain)) => plain.to_vec(),
            Some(Body::Cipher(cipher)) if cipher.len().is_multiple_of(BLOCK) => {
                let mut data = aes::decrypt(&self.encryption, &self.vector()?, cipher)?;
                let Some(length) = unpadded_len(&data) else { return Ok(None) };
                data.truncate(length);
                std::mem::take(&mut *data)
            }
            _ => return Ok(None),
        };
        Ok(Some(Response::new(data, objects.status())))
    }

    /// The initialisation vector of the current message.
    fn vector(&self) -> Result<[u8; BLOCK], Error> {
        aes::encrypt_block(&self.encryption, &self.counter.to_be_bytes())
    }

    /// The MAC over counter, header if any, and data objects.
    fn mac(&self, counter: u128, header: Option<[u8; 4]>, objects: &[u8]) -> Result<[u8; 8], Error> {
        let mut input = Vec::with_capacity(objects.len() + 3 * BLOCK);
        input.extend_from_slice(&counter.to_be_bytes());
        if let Some(header) = header {
            input.extend_from_slice(&header);
            pad(&mut input, BLOCK);
        }
        // A header alone is padded once; everything else gets its own padding.
        if !objects.is_empty() || header.is_none() {
            input.extend_from_slice(objects);
            pad(&mut input, BLOCK);
        }
        aes::mac(&self.authentication, &input)
    }

    /// The MAC that an answer with these objects must carry next: for those who play the card.
    pub(crate) fn next_mac(&self, objects: &[u8]) -> Result<[u8; 8], Error> {
        self.mac(self.counter.wrapping_add(1), None, objects)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::Status;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        keys::key_of,
        vectors::{aes_sm, bytes, cwa, pace},
    };

    fn session() -> AesMessaging {
        AesMessaging::new(key_of(bytes(pace::K_ENC)), key_of(bytes(pace::K_MAC)))
    }

    fn answer(text: &str) -> Response {
        Response::new(bytes(text), Status::OK)
    }

    fn said(session: &mut AesMessaging, command: &Command) -> Vec<u8> {
        session.protect(command, true).unwrap().to_bytes().to_vec()
    }

    fn heard(session: &mut AesMessaging, text: &str) -> Response {
        session.unprotect(&answer(text)).unwrap().unwrap()
    }

    #[test]
    fn the_conversation_computed_elsewhere_is_spoken_and_understood() {
        let mut session = session();
        let serial = Command::new(0x90, 0xB8, 0, 0).with_le(7);
        assert_eq!(said(&mut session, &serial), bytes(aes_sm::C1_CHIP_SERIAL));
        assert_eq!(heard(&mut session, aes_sm::R1_SERIAL).data, bytes("06A1B2C3D4E5F6"));
        let select = Command::new(0, 0xA4, 4, 0).with_data(b"Master.File").unwrap().with_le(256);
        assert_eq!(said(&mut session, &select), bytes(aes_sm::C2_SELECT_MF));
        assert_eq!(heard(&mut session, aes_sm::R2_FCI).data, bytes(cwa::R2_PLAIN));
        assert_eq!(said(&mut session, &Command::new(0, 0xB0, 0, 0).with_le(16)), bytes(aes_sm::C3_READ_LE10));
        assert_eq!(heard(&mut session, aes_sm::R3_6B00), Response::new(Vec::new(), Status::WRONG_OFFSET));
        assert_eq!(said(&mut session, &Command::new(0, 0x20, 0, 0)), bytes(aes_sm::C4_HEADER_ALONE));
    }

    #[test]
    fn an_answer_of_another_turn_is_refused() {
        let mut session = session();
        for _ in 0..2 {
            said(&mut session, &Command::new(0x90, 0xB8, 0, 0).with_le(7));
        }
        assert!(session.unprotect(&answer(aes_sm::R1_SERIAL)).unwrap().is_none());
    }

    #[test]
    fn a_right_mac_over_a_wrong_cryptogram_is_refused() {
        for objects in [
            "8701019902 9000",
            "87110200000000000000000000000000000000 99029000",
            "870901 0000000000000000 99029000",
        ] {
            let mut session = session();
            let objects = bytes(&objects.replace(' ', ""));
            let mac = session.next_mac(&objects).unwrap();
            let whole = [&objects[..], &tlv::object(0x8E, &mac)].concat();
            assert!(session.unprotect(&Response::new(whole, Status::OK)).unwrap().is_none());
        }
    }

    proptest! {
        #[test]
        fn no_changed_answer_is_taken(position in 0_usize..33, bit in 0_u8..8) {
            let mut data = bytes(aes_sm::R1_SERIAL);
            data[position] ^= 1 << bit;
            let mut session = session();
            said(&mut session, &Command::new(0x90, 0xB8, 0, 0).with_le(7));
            prop_assert!(session.unprotect(&Response::new(data, Status::OK)).unwrap().is_none());
        }

        #[test]
        fn any_answer_is_looked_at_without_panic(data in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = session().unprotect(&Response::new(data, Status::OK)).unwrap();
        }
    }
}
