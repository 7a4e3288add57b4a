//! What both kinds of secure messaging share (ISO/IEC 7816-4, 10): the data objects of an answer, and which kind is
//! in force.
//!
//! A command goes out as `87` (encrypted data) or `97` (expected length) and `8E` (MAC); an answer comes back as
//! `87` or `81`, `99` (the real status) and `8E`.

use apdu::{Command, Response, Status, tlv};

use crate::{Error, aes_messaging::AesMessaging, link::Role, secure_messaging::SecureMessaging};

/// Data bytes that fit a protected answer of 256 bytes, whatever the MAC's length and the cipher's block.
pub(crate) const READ_CHUNK: u16 = 0xDE;

/// The protection in force. One takes the place of the other; they are never nested.
pub(crate) enum Protection {
    /// PACE: what the contactless interface itself needs.
    Pace(AesMessaging),
    /// CWA 14890, opened in a role.
    Cwa(Role, SecureMessaging),
}

impl Protection {
    /// The role of a CWA channel.
    pub(crate) const fn role(&self) -> Option<Role> {
        match self {
            Self::Pace(_) => None,
            Self::Cwa(role, _) => Some(*role),
        }
    }

    /// Wraps a command. `with_le` appends the final Le that T=1 wants and T=0 forbids.
    pub(crate) fn protect(&mut self, command: &Command, with_le: bool) -> Result<Command, Error> {
        match self {
            Self::Pace(session) => session.protect(command, with_le),
            Self::Cwa(_, session) => session.protect(command, with_le),
        }
    }

    /// Unwraps an answer. `None` when its protection is absent or wrong: then the session is over.
    pub(crate) fn unprotect(&mut self, answer: &Response) -> Result<Option<Response>, Error> {
        match self {
            Self::Pace(session) => session.unprotect(answer),
            Self::Cwa(_, session) => session.unprotect(answer),
        }
    }
}

/// The data objects of a protected answer, each at most once.
pub(crate) struct Objects<'a> {
    cryptogram: Option<&'a [u8]>,
    plain: Option<&'a [u8]>,
    status: Status,
    pub(crate) mac: &'a [u8],
    /// What the MAC covers.
    pub(crate) covered: Vec<u8>,
}

/// The data field of a protected answer.
pub(crate) enum Body<'a> {
    /// No data.
    Empty,
    /// In plain, and authenticated.
    Plain(&'a [u8]),
    /// To be deciphered: without the padding indicator.
    Cipher(&'a [u8]),
}

impl<'a> Objects<'a> {
    /// Takes an answer apart; `None` if it is anything but the objects of secure messaging, MAC last.
    pub(crate) fn read(data: &'a [u8]) -> Option<Self> {
        let (mut cryptogram, mut plain, mut status, mut mac) = (None, None, None, None);
        let mut covered = Vec::with_capacity(data.len() + 32);
        for object in tlv::iter(data) {
            let object = object.ok()?;
            let slot = match object.tag {
                0x87 => &mut cryptogram,
                0x81 => &mut plain,
                0x99 => &mut status,
                0x8E => &mut mac,
                _ => return None,
            };
            // Each at most once, and nothing after the MAC, which would escape it.
            if slot.replace(object.value).is_some() || (mac.is_some() && object.tag != 0x8E) {
                return None;
            }
            if object.tag != 0x8E {
                covered.extend_from_slice(object.whole);
            }
        }
        let (Some([sw1, sw2]), Some(mac)) = (status, mac) else { return None };
        Some(Self { cryptogram, plain, status: Status::new(*sw1, *sw2), mac, covered })
    }

    /// The status inside the protection.
    pub(crate) const fn status(&self) -> Status {
        self.status
    }

    /// The data field; `None` if there are two, or the padding indicator is not that of ISO padding.
    pub(crate) fn body(&self) -> Option<Body<'a>> {
        match (self.cryptogram, self.plain) {
            (None, None) => Some(Body::Empty),
            (None, Some(plain)) => Some(Body::Plain(plain)),
            (Some([0x01, cipher @ ..]), None) => Some(Body::Cipher(cipher)),
            _ => None,
        }
    }
}

/// `87`: the padding indicator and the encrypted data.
pub(crate) fn push_cryptogram(objects: &mut Vec<u8>, cipher: &[u8]) {
    let mut value = Vec::with_capacity(cipher.len() + 1);
    value.push(0x01);
    value.extend_from_slice(cipher);
    tlv::push(objects, 0x87, &value);
}

/// `97`: one byte, where 256 is written as 00. Never beside `87`: cards answer 6988 to that.
pub(crate) fn push_expected_length(objects: &mut Vec<u8>, le: u16) {
    tlv::push(objects, 0x97, &le.to_be_bytes()[1..]);
}

/// The protected command made of its objects.
pub(crate) fn wrapped(header: [u8; 4], objects: &[u8], with_le: bool) -> Result<Command, Error> {
    let [cla, ins, p1, p2] = header;
    let command = Command::new(cla, ins, p1, p2)
        .with_data(objects)
        .map_err(|_| Error::malformed("protected command", objects.len()))?;
    Ok(if with_le { command.with_le(256) } else { command })
}

/// The header under secure messaging: `00` becomes `0C`, `90` becomes `9C`.
pub(crate) fn protected_header(command: &Command) -> [u8; 4] {
    let [cla, ins, p1, p2] = command.header();
    [cla | 0x0C, ins, p1, p2]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_class_byte_tells_the_protection() {
        assert_eq!(protected_header(&Command::new(0x00, 0xA4, 4, 0))[0], 0x0C);
        assert_eq!(protected_header(&Command::new(0x90, 0xB8, 0, 0))[0], 0x9C);
    }

    #[test]
    fn objects_out_of_place_are_refused() {
        let status = [0x99, 2, 0x90, 0];
        let mac = [0x8E, 8, 1, 2, 3, 4, 5, 6, 7, 8];
        assert!(Objects::read(&[&status[..], &mac].concat()).is_some());
        for wrong in [
            [&mac[..], &status].concat(),
            [&status[..], &status, &mac].concat(),
            [&status[..], &mac, &mac].concat(),
            [&[0x87, 1, 1][..], &mac].concat(),
            [&[0x85, 0][..], &status, &mac].concat(),
            [&[0x99, 1, 0x90][..], &mac].concat(),
            status.to_vec(),
        ] {
            assert!(Objects::read(&wrong).is_none());
        }
        let both = [&[0x87, 1, 1, 0x81, 1, 7][..], &status, &mac].concat();
        assert!(Objects::read(&both).and_then(|objects| objects.body().map(drop)).is_none());
    }

    proptest! {
        #[test]
        fn any_answer_is_taken_apart_or_refused(data in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(objects) = Objects::read(&data) {
                prop_assert!(objects.covered.len() + objects.mac.len() < data.len());
            }
        }
    }
}
