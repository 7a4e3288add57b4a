//! Secure messaging under two-key triple DES (CWA 14890-1): commands are checked and opened, answers closed.
//!
//! `87` holds enciphered data after a padding indicator, `97` an expected length, `99` a status, `8E` a checksum.
//! The send sequence counter advances once before every checksum, of a command and of its answer alike.

use apdu::{Status, tlv};
use openssl::error::ErrorStack;
use openssl::symm::{Cipher, Crypter, Mode};

use crate::cvc::Role;
use crate::request::{Answer, Request};
use crate::session::{Protocol, SessionKeys};

const BLOCK: usize = 8;

/// An open channel: the agreed keys, the counter, and what the terminal may do in it.
pub(crate) struct Session {
    k_enc: [u8; 16],
    k_mac: [u8; 16],
    ssc: u64,
    mac_len: usize,
    role: Role,
}

impl Session {
    pub const fn new(k_enc: [u8; 16], k_mac: [u8; 16], ssc: [u8; 8], mac_len: usize, role: Role) -> Self {
        Self { k_enc, k_mac, ssc: u64::from_be_bytes(ssc), mac_len, role }
    }

    pub const fn role(&self) -> Role {
        self.role
    }

    pub const fn keys(&self) -> SessionKeys {
        SessionKeys { protocol: Protocol::Cwa, encryption: self.k_enc, checksum: self.k_mac }
    }

    pub fn slip(&mut self) {
        self.ssc = self.ssc.wrapping_add(1);
    }

    /// Checks a protected command and gives back the plain one.
    ///
    /// Errors are `6988` for objects that are not right and `6688` for a wrong checksum; either ends the session.
    pub fn open(&mut self, request: &Request) -> Result<Request, Status> {
        let objects = Objects::read(&request.data).ok_or(Status::SM_INCORRECT)?;
        if objects.checksum.len() != self.mac_len {
            return Err(Status::SM_INCORRECT);
        }
        self.ssc = self.ssc.wrapping_add(1);
        let mut message = padded(&request.header());
        message.extend_from_slice(objects.covered);
        let expected = self.checksum(&message).map_err(|_| Status::SM_INCORRECT)?;
        if !openssl::memcmp::eq(&expected, objects.checksum) {
            return Err(Status::SM_BAD_CHECKSUM);
        }
        let data = match objects.cryptogram {
            Some(cryptogram) => self.decipher(cryptogram).ok_or(Status::SM_INCORRECT)?,
            None => Vec::new(),
        };
        let [cla, ins, p1, p2] = request.header();
        Ok(Request { cla: cla & !0x0C, ins, p1, p2, data, le: objects.le })
    }

    /// Protects an answer.
    pub fn close(&mut self, answer: &Answer) -> Result<Vec<u8>, ErrorStack> {
        self.ssc = self.ssc.wrapping_add(1);
        let mut out = Vec::with_capacity(answer.data.len() + 32);
        if !answer.data.is_empty() {
            let mut value = vec![0x01];
            value.extend(triple_des(Mode::Encrypt, &self.k_enc, &padded(&answer.data))?);
            tlv::push(&mut out, 0x87, &value);
        }
        tlv::push(&mut out, 0x99, &answer.status.0.to_be_bytes());
        let checksum = self.checksum(&out)?;
        tlv::push(&mut out, 0x8E, &checksum);
        Ok(out)
    }

    /// Retail MAC (ISO/IEC 9797-1 algorithm 3) over counter and message, cut to what this card uses.
    fn checksum(&self, message: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let mut input = self.ssc.to_be_bytes().to_vec();
        input.extend(padded(message));
        let mut mac = retail_mac(&self.k_mac, &input)?;
        mac.truncate(self.mac_len);
        Ok(mac)
    }

    fn decipher(&self, cryptogram: &[u8]) -> Option<Vec<u8>> {
        let (&indicator, cryptogram) = cryptogram.split_first()?;
        if indicator != 0x01 || cryptogram.is_empty() || cryptogram.len() % BLOCK != 0 {
            return None;
        }
        let mut plain = triple_des(Mode::Decrypt, &self.k_enc, cryptogram).ok()?;
        let marker = plain.iter().rposition(|byte| *byte != 0)?;
        if plain.get(marker) != Some(&0x80) || plain.len() - marker > BLOCK {
            return None;
        }
        plain.truncate(marker);
        Some(plain)
    }
}

/// The objects of a protected command: at most one of `87` and `97`, then `8E`, and nothing else.
struct Objects<'a> {
    cryptogram: Option<&'a [u8]>,
    le: Option<u16>,
    covered: &'a [u8],
    checksum: &'a [u8],
}

impl<'a> Objects<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (mut object, mut rest) = tlv::read(bytes).ok()?;
        let (mut cryptogram, mut le, mut covered): (_, _, &[u8]) = (None, None, &[]);
        if matches!(object.tag, 0x87 | 0x97) {
            match (object.tag, object.value) {
                (0x87, value) => cryptogram = Some(value),
                (_, [0]) => le = Some(256),
                (_, [length]) => le = Some(u16::from(*length)),
                _ => return None,
            }
            covered = object.whole;
            (object, rest) = tlv::read(rest).ok()?;
        }
        (object.tag == 0x8E && rest.is_empty()).then_some(Self {
            cryptogram,
            le,
            covered,
            checksum: object.value,
        })
    }
}

/// `80`, then zeros to a whole number of blocks; always at least one byte.
fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.push(0x80);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
    out
}

/// Single DES over all blocks but the last, triple DES over the last.
fn retail_mac(key: &[u8; 16], blocks: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let (before, last) = blocks.split_at(blocks.len().saturating_sub(BLOCK));
    let (first_half, _) = key.split_at(8);
    // Triple DES with one key three times is single DES, which the library no longer offers.
    let single = [first_half, first_half, first_half].concat();
    let chained = cbc(Mode::Encrypt, &single, &[0; BLOCK], before)?;
    let iv = chained.last_chunk::<BLOCK>().copied().unwrap_or_default();
    cbc(Mode::Encrypt, &[&key[..], first_half].concat(), &iv, last)
}

fn triple_des(mode: Mode, key: &[u8; 16], data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let (first_half, _) = key.split_at(8);
    cbc(mode, &[&key[..], first_half].concat(), &[0; BLOCK], data)
}

fn cbc(mode: Mode, key: &[u8], iv: &[u8; BLOCK], data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let mut crypter = Crypter::new(Cipher::des_ede3_cbc(), mode, key, Some(iv))?;
    crypter.pad(false);
    let mut out = vec![0; data.len() + BLOCK];
    let written = crypter.update(data, &mut out)?;
    out.truncate(written);
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::Command;

    use super::*;
    use crate::iso9796::tests::vector;

    fn key(section: &str, name: &str) -> [u8; 16] {
        vector(section, name).try_into().unwrap()
    }

    fn before(ssc: &[u8]) -> [u8; 8] {
        (u64::from_be_bytes(ssc.try_into().unwrap()) - 1).to_be_bytes()
    }

    fn command(bytes: &[u8]) -> Request {
        Request::from(&Command::parse(bytes).unwrap())
    }

    #[test]
    fn published_commands_with_short_checksums_open() {
        let set = "vector_sm_mac4";
        for (ssc, name, header, data) in [
            ("ssc_verify", "verify_cryptoki", [0x00, 0x20, 0, 0], &b"CRYPTOKI"[..]),
            ("ssc_select", "select_mf", [0x00, 0xA4, 4, 0], b"Master.File"),
        ] {
            let ssc = before(&vector(set, ssc));
            let mut session = Session::new(key(set, "kenc"), key(set, "kmac"), ssc, 4, Role::User);
            let plain = session.open(&command(&vector(set, name))).unwrap();
            assert_eq!((plain.header(), &plain.data[..], plain.le), (header, data, None));
        }
    }

    #[test]
    fn a_conversation_with_long_checksums_reads_as_published() {
        let set = "vector_cwa";
        let ssc = vector(set, "ssc0").try_into().unwrap();
        let mut session = Session::new(key(set, "kenc"), key(set, "kmac"), ssc, 8, Role::User);
        let turns = [
            ("c1_verify_mac8", Answer::status(Status::OK), "r1_9000_mac8"),
            ("c2_select_mf_mac8", Answer::data(vector(set, "r2_plain")), "r2_mac8"),
            ("c3_read_le10_mac8", Answer::status(Status::WRONG_OFFSET), "r3_6b00_mac8"),
        ];
        for (sent, answer, expected) in turns {
            let plain = session.open(&command(&vector(set, sent))).unwrap();
            assert_eq!(plain.le, (sent == "c3_read_le10_mac8").then_some(0x10));
            assert_eq!(session.close(&answer).unwrap(), vector(set, expected));
        }
    }

    #[test]
    fn a_wrong_bit_is_a_wrong_checksum_and_a_wrong_object_is_told_apart() {
        let set = "vector_cwa";
        let open = |bytes: &[u8]| {
            let ssc = vector(set, "ssc0").try_into().unwrap();
            let mut session = Session::new(key(set, "kenc"), key(set, "kmac"), ssc, 8, Role::User);
            session.open(&command(bytes)).map(|plain| plain.data)
        };
        let good = vector(set, "c1_verify_mac8");
        assert_eq!(open(&good), Ok(b"CRYPTOKI".to_vec()));
        let mut bad = good.clone();
        bad[10] ^= 0x40;
        assert_eq!(open(&bad), Err(Status::SM_BAD_CHECKSUM));
        let mut header = good.clone();
        header[3] = 1;
        assert_eq!(open(&header), Err(Status::SM_BAD_CHECKSUM));
        for wrong in ["0C200000", "0C200000039901 00", "0C2000000497010A87", "0C20000006 8E0401020304"] {
            let bytes = hex::decode(wrong.replace(' ', "")).unwrap();
            assert_eq!(open(&bytes), Err(Status::SM_INCORRECT), "{wrong}");
        }
    }
}
