//! Secure messaging of CWA 14890 with two-key triple DES: one session's keys and its send sequence counter.
//!
//! A command goes out as `87` (encrypted data) or `97` (expected length) and `8E` (MAC); an answer comes back as
//! `87` or `81`, `99` (the real status) and `8E`. The counter advances by one before each MAC in either direction.

use apdu::{Command, Response, Status, tlv};
use openssl::memcmp;
use zeroize::Zeroizing;

use crate::{
    Error, Generation,
    des::{self, BLOCK, Key},
};

/// Data bytes that fit a protected answer of 256 bytes whatever the MAC's length.
pub(crate) const READ_CHUNK: u16 = 0xDE;

/// One channel's keys and counter.
pub(crate) struct SecureMessaging {
    encryption: Key,
    authentication: Key,
    counter: Zeroizing<[u8; BLOCK]>,
    mac_length: usize,
}

impl SecureMessaging {
    /// A session that begins after the counter's given value.
    pub(crate) fn new(
        encryption: Key,
        authentication: Key,
        counter: [u8; BLOCK],
        generation: Generation,
    ) -> Self {
        let mac_length = match generation {
            Generation::V2 => 4,
            Generation::V3 => 8,
        };
        Self { encryption, authentication, counter: Zeroizing::new(counter), mac_length }
    }

    /// Wraps a command. `with_le` appends the final Le that T=1 wants and T=0 forbids.
    pub(crate) fn protect(&mut self, command: &Command, with_le: bool) -> Result<Command, Error> {
        let [cla, ins, p1, p2] = command.header();
        let cla = cla | 0x0C;
        let mut objects = Vec::with_capacity(command.data().len() + 32);
        if !command.data().is_empty() {
            let mut plain = Zeroizing::new(Vec::with_capacity(command.data().len() + BLOCK));
            plain.extend_from_slice(command.data());
            des::pad(&mut plain);
            let mut value = vec![0x01];
            value.extend_from_slice(&des::encrypt(&self.encryption, &plain)?);
            tlv::push(&mut objects, 0x87, &value);
        } else if let Some(le) = command.le() {
            // One byte, where 256 is written as 00. Never beside 87: cards answer 6988 to that.
            tlv::push(&mut objects, 0x97, &le.to_be_bytes()[1..]);
        }
        let mac = self.mac(Some([cla, ins, p1, p2]), &objects)?;
        tlv::push(&mut objects, 0x8E, mac.get(..self.mac_length).unwrap_or(&mac));
        let wrapped = Command::new(cla, ins, p1, p2)
            .with_data(&objects)
            .map_err(|_| Error::malformed("protected command", objects.len()))?;
        Ok(if with_le { wrapped.with_le(256) } else { wrapped })
    }

    /// Unwraps an answer. `None` when its protection is absent or wrong: then the session is over.
    pub(crate) fn unprotect(&mut self, answer: &Response) -> Result<Option<Response>, Error> {
        let mut cryptogram = None;
        let mut plain = None;
        let mut status = None;
        let mut mac = None;
        let mut protected = Vec::with_capacity(answer.data.len());
        for object in tlv::iter(&answer.data) {
            let Ok(object) = object else { return Ok(None) };
            let slot = match object.tag {
                0x87 => &mut cryptogram,
                0x81 => &mut plain,
                0x99 => &mut status,
                0x8E => &mut mac,
                _ => return Ok(None),
            };
            // Each at most once, and nothing after the MAC, which would escape it.
            if slot.replace(object.value).is_some() || (mac.is_some() && object.tag != 0x8E) {
                return Ok(None);
            }
            if object.tag != 0x8E {
                protected.extend_from_slice(object.whole);
            }
        }
        let (Some([sw1, sw2]), Some(mac)) = (status, mac) else { return Ok(None) };
        let expected = self.mac(None, &protected)?;
        let expected = expected.get(..self.mac_length).unwrap_or(&expected);
        if mac.len() != expected.len() || !memcmp::eq(mac, expected) {
            return Ok(None);
        }
        let data = match (cryptogram, plain) {
            (None, None) => Vec::new(),
            (None, Some(plain)) => plain.to_vec(),
            (Some([0x01, cipher @ ..]), None) if cipher.len().is_multiple_of(BLOCK) => {
                let mut data = des::decrypt(&self.encryption, cipher)?;
                let Some(length) = des::unpadded_len(&data) else { return Ok(None) };
                data.truncate(length);
                std::mem::take(&mut *data)
            }
            _ => return Ok(None),
        };
        Ok(Some(Response::new(data, Status::new(*sw1, *sw2))))
    }

    /// Advances the counter and computes the MAC over it, the header if any, and the data objects.
    fn mac(&mut self, header: Option<[u8; 4]>, objects: &[u8]) -> Result<[u8; BLOCK], Error> {
        let next = u64::from_be_bytes(*self.counter).wrapping_add(1);
        *self.counter = next.to_be_bytes();
        let mut input = Vec::with_capacity(objects.len() + 3 * BLOCK);
        input.extend_from_slice(&*self.counter);
        if let Some(header) = header {
            input.extend_from_slice(&header);
            des::pad(&mut input);
        }
        input.extend_from_slice(objects);
        des::pad(&mut input);
        des::retail_mac(&self.authentication, &input)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vectors::{array, bytes, cwa, mac4};

    fn session(generation: Generation, counter: [u8; 8]) -> SecureMessaging {
        let (enc, mac) = match generation {
            Generation::V2 => (mac4::KENC, mac4::KMAC),
            Generation::V3 => (cwa::KENC, cwa::KMAC),
        };
        SecureMessaging::new(Zeroizing::new(array(enc)), Zeroizing::new(array(mac)), counter, generation)
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
