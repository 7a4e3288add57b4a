//! Secure messaging of CWA 14890 with two-key triple DES: one session's keys and its send sequence counter.
//!
//! The counter advances by one before each MAC in either direction. The objects are those of [`crate::messaging`].

use apdu::{Command, Response, tlv};
use openssl::memcmp;
use zeroize::Zeroizing;

use crate::{
    Error, Generation,
    des::{self, BLOCK},
    keys::Key,
    messaging::{self, Body, Objects},
    padding::{pad, unpadded_len},
};

/// One channel's keys and counter.
pub(crate) struct SecureMessaging {
    encryption: Key,
    authentication: Key,
    /// Made of halves of two challenges that went over the wire: no secret.
    counter: u64,
    mac_length: usize,
}

impl SecureMessaging {
    /// A session that begins after the counter's given value.
    pub(crate) const fn new(
        encryption: Key,
        authentication: Key,
        counter: [u8; BLOCK],
        generation: Generation,
    ) -> Self {
        let mac_length = match generation {
            Generation::V2 => 4,
            Generation::V3 => 8,
        };
        Self { encryption, authentication, counter: u64::from_be_bytes(counter), mac_length }
    }

    /// Wraps a command. `with_le` appends the final Le that T=1 wants and T=0 forbids.
    pub(crate) fn protect(&mut self, command: &Command, with_le: bool) -> Result<Command, Error> {
        let header = messaging::protected_header(command);
        let mut objects = Vec::with_capacity(command.data().len() + 32);
        if !command.data().is_empty() {
            let mut plain = Zeroizing::new(Vec::with_capacity(command.data().len() + BLOCK));
            plain.extend_from_slice(command.data());
            pad(&mut plain, BLOCK);
            messaging::push_cryptogram(&mut objects, &des::encrypt(&self.encryption, &plain)?);
        } else if let Some(le) = command.le() {
            messaging::push_expected_length(&mut objects, le);
        }
        self.counter = self.counter.wrapping_add(1);
        let mac = self.mac(self.counter, Some(header), &objects)?;
        tlv::push(&mut objects, 0x8E, self.cut(&mac));
        messaging::wrapped(header, &objects, with_le)
    }

    /// Unwraps an answer. `None` when its protection is absent or wrong: then the session is over.
    pub(crate) fn unprotect(&mut self, answer: &Response) -> Result<Option<Response>, Error> {
        self.counter = self.counter.wrapping_add(1);
        let Some(objects) = Objects::read(&answer.data) else { return Ok(None) };
        let expected = self.mac(self.counter, None, &objects.covered)?;
        let expected = self.cut(&expected);
        if objects.mac.len() != expected.len() || !memcmp::eq(objects.mac, expected) {
            return Ok(None);
        }
        let data = match objects.body() {
            Some(Body::Empty) => Vec::new(),
            Some(Body::Plain(plain)) => plain.to_vec(),
            Some(Body::Cipher(cipher)) if cipher.len().is_multiple_of(BLOCK) => {
                let mut data = des::decrypt(&self.encryption, cipher)?;
                let Some(length) = unpadded_len(&data) else { return Ok(None) };
                data.truncate(length);
                std::mem::take(&mut *data)
            }
            _ => return Ok(None),
        };
        Ok(Some(Response::new(data, objects.status())))
    }

    /// The MAC over counter, header if any, and data objects.
    fn mac(&self, counter: u64, header: Option<[u8; 4]>, objects: &[u8]) -> Result<[u8; BLOCK], Error> {
        let mut input = Vec::with_capacity(objects.len() + 4 * BLOCK);
        input.extend_from_slice(&counter.to_be_bytes());
        if let Some(header) = header {
            input.extend_from_slice(&header);
            pad(&mut input, BLOCK);
        }
        input.extend_from_slice(objects);
        pad(&mut input, BLOCK);
        des::retail_mac(&self.authentication, &input)
    }

    fn cut<'a>(&self, mac: &'a [u8; BLOCK]) -> &'a [u8] {
        mac.get(..self.mac_length).unwrap_or(mac)
    }

    /// The MAC that an answer with these objects must carry next: for those who play the card.
    pub(crate) fn next_mac(&self, objects: &[u8]) -> Result<Vec<u8>, Error> {
        let mac = self.mac(self.counter.wrapping_add(1), None, objects)?;
        Ok(self.cut(&mac).to_vec())
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
        vectors::{array, bytes, cwa, mac4},
    };

    fn session(generation: Generation, counter: [u8; 8]) -> SecureMessaging {
        let (enc, mac) = match generation {
            Generation::V2 => (mac4::KENC, mac4::KMAC),
            Generation::V3 => (cwa::KENC, cwa::KMAC),
        };
        SecureMessaging::new(key_of(bytes(enc)), key_of(bytes(mac)), counter, generation)
    }

    fn before(counter: &str) -> [u8; 8] {
        (u64::from_be_bytes(array(counter)) - 1).to_be_bytes()
    }

    fn verify() -> Command {
        Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap()
    }

    fn select() -> Command {
        Command::new(0, 0xA4, 4, 0).with_data(b"Master.File").unwrap()
    }

    fn answer(text: &str) -> Response {
        Response::new(bytes(text), Status::OK)
    }

    #[test]
    fn the_published_four_byte_macs_are_recomputed() {
        for (counter, command, expected) in [
            (mac4::SSC_VERIFY, verify(), mac4::VERIFY_CRYPTOKI),
            (mac4::SSC_SELECT, select(), mac4::SELECT_MF),
        ] {
            let wrapped = session(Generation::V2, before(counter)).protect(&command, false).unwrap();
            assert_eq!(*wrapped.to_bytes(), bytes(expected));
        }
    }

    #[test]
    fn the_eight_byte_conversation_is_spoken_and_understood() {
        let mut session = session(Generation::V3, array(cwa::SSC0));
        assert_eq!(*session.protect(&verify(), false).unwrap().to_bytes(), bytes(cwa::C1_VERIFY_MAC8));
        let first = session.unprotect(&answer(cwa::R1_9000_MAC8)).unwrap().unwrap();
        assert_eq!((first.data.len(), first.status), (0, Status::OK));
        assert_eq!(*session.protect(&select(), false).unwrap().to_bytes(), bytes(cwa::C2_SELECT_MF_MAC8));
        let second = session.unprotect(&answer(cwa::R2_MAC8)).unwrap().unwrap();
        assert_eq!(second.data, bytes(cwa::R2_PLAIN));
        let read = Command::new(0, 0xB0, 0, 0).with_le(0x10);
        assert_eq!(*session.protect(&read, false).unwrap().to_bytes(), bytes(cwa::C3_READ_LE10_MAC8));
        let third = session.unprotect(&answer(cwa::R3_6B00_MAC8)).unwrap().unwrap();
        assert_eq!(third.status, Status::WRONG_OFFSET);
    }

    #[test]
    fn a_final_le_is_added_where_the_transport_wants_it() {
        let wrapped = session(Generation::V3, array(cwa::SSC0)).protect(&verify(), true).unwrap();
        assert_eq!(wrapped.le(), Some(256));
    }

    #[test]
    fn an_answer_is_refused_without_its_whole_mac_or_its_status() {
        let whole = bytes(cwa::R1_9000_MAC8);
        let half_mac = [&whole[..4], &[0x8E, 4], &whole[6..10]].concat();
        let no_status = whole[4..].to_vec();
        let after_mac = [&whole[..], &[0x99, 2, 0x90, 0]].concat();
        let status_first_twice = [&whole[..4], &whole[..]].concat();
        for data in [half_mac, no_status, after_mac, status_first_twice, Vec::new(), vec![0x99, 2, 0x90, 0]] {
            let mut session = session(Generation::V3, array(cwa::SSC0));
            session.protect(&verify(), false).unwrap();
            assert!(session.unprotect(&Response::new(data, Status::OK)).unwrap().is_none());
        }
    }

    #[test]
    fn an_answer_of_another_turn_is_refused() {
        let mut session = session(Generation::V3, array(cwa::SSC0));
        for _ in 0..2 {
            session.protect(&verify(), false).unwrap();
        }
        assert!(session.unprotect(&answer(cwa::R1_9000_MAC8)).unwrap().is_none());
    }

    proptest! {
        #[test]
        fn no_changed_answer_is_taken(position in 0_usize..49, bit in 0_u8..8) {
            let mut data = bytes(cwa::R2_MAC8);
            data[position] ^= 1 << bit;
            let mut session = session(Generation::V3, (u64::from_be_bytes(array(cwa::SSC0)) + 3).to_be_bytes());
            prop_assert!(session.unprotect(&Response::new(data, Status::OK)).unwrap().is_none());
        }

        #[test]
        fn any_answer_is_looked_at_without_panic(data in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut session = session(Generation::V2, [0xFF; 8]);
            let _ = session.unprotect(&Response::new(data, Status::OK)).unwrap();
        }
    }
}
