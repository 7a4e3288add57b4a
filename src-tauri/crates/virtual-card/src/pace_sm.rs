//! Secure messaging under AES-128 (ICAO Doc 9303-11, clause 9.8): commands are checked and opened, answers closed.
//!
//! The send sequence counter begins at zero and advances once before every checksum, of a command and of its answer
//! alike; enciphered under KSenc it is also the initialisation vector of each cryptogram.

use apdu::{Status, tlv};
use openssl::error::ErrorStack;
use openssl::symm::Mode;

use crate::aes::{self, BLOCK};
use crate::request::{Answer, Request};
use crate::session::{Protocol, SessionKeys};

const CHECKSUM_LEN: usize = 8;

/// An open channel: both keys and the counter.
pub(crate) struct Session {
    k_enc: [u8; 16],
    k_mac: [u8; 16],
    ssc: u128,
}

impl Session {
    pub const fn new(k_enc: [u8; 16], k_mac: [u8; 16]) -> Self {
        Self { k_enc, k_mac, ssc: 0 }
    }

    pub const fn keys(&self) -> SessionKeys {
        SessionKeys { protocol: Protocol::Pace, encryption: self.k_enc, checksum: self.k_mac }
    }

    pub fn slip(&mut self) {
        self.ssc = self.ssc.wrapping_add(1);
    }

    /// Checks a protected command and gives back the plain one.
    ///
    /// The standard knows one status, `6988`, for whatever is not right; it ends the session.
    pub fn open(&mut self, request: &Request) -> Result<Request, Status> {
        let objects = Objects::read(&request.data).ok_or(Status::SM_INCORRECT)?;
        self.ssc = self.ssc.wrapping_add(1);
        // The header is padded once, whether objects follow it or not.
        let mut message = aes::padded(&request.header());
        if !objects.covered.is_empty() {
            message.extend_from_slice(objects.covered);
            message = aes::padded(&message);
        }
        let expected = self.checksum(&message).map_err(|_| Status::SM_INCORRECT)?;
        if !openssl::memcmp::eq(&expected, objects.checksum) {
            return Err(Status::SM_INCORRECT);
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
        let mut out = Vec::with_capacity(answer.data.len() + 48);
        if !answer.data.is_empty() {
            let mut value = vec![0x01];
            let plain = aes::padded(&answer.data);
            value.extend(aes::cbc(Mode::Encrypt, &self.k_enc, &self.vector()?, &plain)?);
            tlv::push(&mut out, 0x87, &value);
        }
        tlv::push(&mut out, 0x99, &answer.status.0.to_be_bytes());
        let checksum = self.checksum(&aes::padded(&out))?;
        tlv::push(&mut out, 0x8E, &checksum);
        Ok(out)
    }

    fn vector(&self) -> Result<[u8; BLOCK], ErrorStack> {
        aes::block(&self.k_enc, &self.ssc.to_be_bytes())
    }

    /// Over the counter and a message that is padded already: the counter is a block of its own.
    fn checksum(&self, padded: &[u8]) -> Result<[u8; CHECKSUM_LEN], ErrorStack> {
        let mut input = self.ssc.to_be_bytes().to_vec();
        input.extend_from_slice(padded);
        aes::cmac(&self.k_mac, &input)
    }

    fn decipher(&self, cryptogram: &[u8]) -> Option<Vec<u8>> {
        let (&indicator, cryptogram) = cryptogram.split_first()?;
        if indicator != 0x01 || cryptogram.is_empty() || cryptogram.len() % BLOCK != 0 {
            return None;
        }
        aes::unpadded(aes::cbc(Mode::Decrypt, &self.k_enc, &self.vector().ok()?, cryptogram).ok()?)
    }
}

/// The objects of a protected command: `87` and `97`, each at most once and in this order, then `8E`.
struct Objects<'a> {
    cryptogram: Option<&'a [u8]>,
    le: Option<u16>,
    covered: &'a [u8],
    checksum: &'a [u8],
}

impl<'a> Objects<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (mut object, mut rest) = tlv::read(bytes).ok()?;
        let mut covered = 0;
        let mut cryptogram = None;
        if object.tag == 0x87 {
            cryptogram = Some(object.value);
            covered += object.whole.len();
            (object, rest) = tlv::read(rest).ok()?;
        }
        let mut le = None;
        if object.tag == 0x97 {
            le = match object.value {
                [0] => Some(256),
                [length] => Some(u16::from(*length)),
                _ => return None,
            };
            covered += object.whole.len();
            (object, rest) = tlv::read(rest).ok()?;
        }
        let complete = object.tag == 0x8E && object.value.len() == CHECKSUM_LEN && rest.is_empty();
        let covered = bytes.get(..covered)?;
        complete.then_some(Self { cryptogram, le, covered, checksum: object.value })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::Command;

    use super::*;

    // Computed apart from this code, step by step from the clause, under the keys of the worked example.
    const K_ENC: &str = "F5F0E35C0D7161EE6724EE513A0D9A7F";
    const K_MAC: &str = "FE251C7858B356B24514B3BD5F4297D1";
    const SELECT: &str = "0CA400001D871101EE0E4724F4465C1BE9C2F73ABDD73A3D8E08A6558650B26E049A00";
    const SELECTED: &str = "990290008E08BEA7B381C494A079";
    const READ: &str = "0CB000000D9701048E08AA6BA54F44DF836400";
    const HAVE_READ: &str = "871101645C0B1F998A088278D07942BBE94B60990290008E0894A33C6AA2D8CCC8";
    const BARE: &str = "0CA403000A8E0802858A28364369D100";

    fn session() -> Session {
        let key = |text| hex::decode(text).unwrap().try_into().unwrap();
        Session::new(key(K_ENC), key(K_MAC))
    }

    fn request(text: &str) -> Request {
        Request::from(&Command::parse(&hex::decode(text).unwrap()).unwrap())
    }

    #[test]
    fn a_written_out_conversation_reads_as_written() {
        let mut session = session();
        let select = session.open(&request(SELECT)).unwrap();
        assert_eq!(
            (select.header(), &select.data[..], select.le),
            ([0, 0xA4, 0, 0], &[0x01, 0x1E][..], None)
        );
        assert_eq!(hex::encode_upper(session.close(&Answer::status(Status::OK)).unwrap()), SELECTED);
        let read = session.open(&request(READ)).unwrap();
        assert_eq!((read.header(), read.data.len(), read.le), ([0, 0xB0, 0, 0], 0, Some(4)));
        let answer = Answer::data(vec![0x60, 0x14, 0x5F, 0x01]);
        assert_eq!(hex::encode_upper(session.close(&answer).unwrap()), HAVE_READ);
        let bare = session.open(&request(BARE)).unwrap();
        assert_eq!((bare.header(), bare.data.len(), bare.le), ([0, 0xA4, 3, 0], 0, None));
    }

    #[test]
    fn whatever_is_not_right_has_one_status() {
        let mut flipped = hex::decode(SELECT).unwrap();
        for position in [2, 8, 20, 30] {
            flipped[position] ^= 0x10;
            let command = Command::parse(&flipped).unwrap();
            assert_eq!(session().open(&Request::from(&command)).err(), Some(Status::SM_INCORRECT));
            flipped[position] ^= 0x10;
        }
        for wrong in ["0CA4000000", "0CB000000397010400", "0CA400000A8E08000000000000000000"] {
            assert_eq!(session().open(&request(wrong)).err(), Some(Status::SM_INCORRECT), "{wrong}");
        }
        let mut slipped = session();
        slipped.slip();
        assert_eq!(slipped.open(&request(SELECT)).err(), Some(Status::SM_INCORRECT));
    }
}
