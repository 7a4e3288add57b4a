//! PACE and its secure messaging from the terminal's side, for the tests alone.
//!
//! It shares no code with the card: the CMAC is made of single blocks and its two subkeys, and keys of the agreement
//! are small fixed numbers.

use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcPoint, PointConversionForm};
use openssl::nid::Nid;
use openssl::sha::sha1;
use openssl::symm::{Cipher, Crypter, Mode};

use crate::terminal::{Answered, Answers, Channel, Terminal, hexed};

const PROTOCOL: &str = "04007F00070202040202";

#[derive(Clone)]
pub struct AesChannel {
    k_enc: Vec<u8>,
    k_mac: Vec<u8>,
    pub ssc: u128,
}

impl<C: Answers> Terminal<C> {
    /// All of PACE; the status of its last step. Password 1 is the machine-readable zone, 2 the number on the card.
    pub fn pace(&mut self, reference: u8, password: &[u8]) -> u16 {
        let choice = [hexed("80 0A"), hexed(PROTOCOL), vec![0x83, 1, reference, 0x84, 1, 0x0D]].concat();
        assert_eq!(self.send([0, 0x22, 0xC1, 0xA4], &choice, None).1, 0x9000);

        let group = EcGroup::from_curve_name(Nid::BRAINPOOL_P256R1).unwrap();
        let sealed = self.authenticate(0x10, &[], 0x80);
        let key = sha1(&[password, &[0, 0, 0, 3]].concat())[..16].to_vec();
        let nonce = aes(Mode::Decrypt, &key, &[0; 16], &sealed);

        let theirs = self.authenticate(0x10, &object(0x81, &times(&group, None, &[7; 32])), 0x82);
        let shared = times(&group, Some(&theirs), &[7; 32]);
        let generator = sum(&group, &times(&group, None, &nonce), &shared);

        let own = times(&group, Some(&generator), &[9; 32]);
        let theirs = self.authenticate(0x10, &object(0x83, &own), 0x84);
        let secret = times(&group, Some(&theirs), &[9; 32])[1..33].to_vec();
        let k_enc = sha1(&[&secret[..], &[0, 0, 0, 1]].concat())[..16].to_vec();
        let k_mac = sha1(&[&secret[..], &[0, 0, 0, 2]].concat())[..16].to_vec();

        let token = |public: &[u8]| {
            let inside = [&[0x06, 0x0A][..], &hexed(PROTOCOL), &[0x86, 0x41], public].concat();
            cmac(&k_mac, &[&[0x7F, 0x49, 0x4F][..], &inside].concat())
        };
        let data = [&[0x7C, 0x0A][..], &object(0x85, &token(&theirs))].concat();
        let (answer, status) = self.send([0x00, 0x86, 0, 0], &data, None);
        if status == 0x9000 {
            assert_eq!(answer, [&[0x7C, 0x0A, 0x86, 0x08][..], &token(&own)].concat());
            self.enter(Channel::Pace(AesChannel { k_enc, k_mac, ssc: 0 }));
        }
        status
    }

    fn authenticate(&mut self, cla: u8, inside: &[u8], expected: u8) -> Vec<u8> {
        let answer = self.must([cla, 0x86, 0, 0], &object(0x7C, inside), None);
        let (template, _) = apdu::tlv::read(&answer).unwrap();
        let (found, rest) = apdu::tlv::read(template.value).unwrap();
        assert_eq!((template.tag, found.tag, rest.len()), (0x7C, u32::from(expected), 0));
        found.value.to_vec()
    }
}

impl AesChannel {
    pub fn wrap(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>) -> Vec<u8> {
        self.ssc += 1;
        let header = [header[0] | 0x0C, header[1], header[2], header[3]];
        let mut objects = Vec::new();
        if !data.is_empty() {
            let sealed = aes(Mode::Encrypt, &self.k_enc, &self.vector(), &pad(data));
            let value = [&[0x01][..], &sealed].concat();
            apdu::tlv::push(&mut objects, 0x87, &value);
        }
        objects.extend(le.into_iter().flat_map(|le| [0x97, 1, le]));
        let mut message = [&self.ssc.to_be_bytes()[..], &pad(&header)].concat();
        if !objects.is_empty() {
            message = pad(&[message, objects.clone()].concat());
        }
        objects.extend([0x8E, 8]);
        objects.extend(cmac(&self.k_mac, &message));
        objects
    }

    pub fn unwrap(&mut self, answer: &[u8]) -> Answered {
        self.ssc += 1;
        let (covered, checksum) = answer.split_at(answer.len() - 10);
        let message = pad(&[&self.ssc.to_be_bytes()[..], covered].concat());
        assert_eq!(
            checksum,
            [&[0x8E, 8][..], &cmac(&self.k_mac, &message)].concat(),
            "the answer's checksum"
        );
        let (before, status) = covered.split_at(covered.len() - 4);
        assert_eq!(status[..2], [0x99, 2]);
        let status = u16::from_be_bytes([status[2], status[3]]);
        if before.is_empty() {
            return (Vec::new(), status);
        }
        let (sealed, rest) = apdu::tlv::read(before).unwrap();
        assert_eq!((sealed.tag, rest.len(), sealed.value[0]), (0x87, 0, 1));
        let mut plain = aes(Mode::Decrypt, &self.k_enc, &self.vector(), &sealed.value[1..]);
        while plain.pop().unwrap() != 0x80 {}
        (plain, status)
    }

    fn vector(&self) -> Vec<u8> {
        block(&self.k_enc, &self.ssc.to_be_bytes())
    }
}

fn object(tag: u8, value: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(value.len()).unwrap()][..], value].concat()
}

fn times(group: &EcGroup, point: Option<&[u8]>, scalar: &[u8]) -> Vec<u8> {
    let mut context = BigNumContext::new().unwrap();
    let scalar = BigNum::from_slice(scalar).unwrap();
    let mut product = EcPoint::new(group).unwrap();
    match point {
        Some(bytes) => {
            let point = EcPoint::from_bytes(group, bytes, &mut context).unwrap();
            product.mul2(group, &point, &scalar, &mut context).unwrap();
        }
        None => product.mul_generator2(group, &scalar, &mut context).unwrap(),
    }
    product.to_bytes(group, PointConversionForm::UNCOMPRESSED, &mut context).unwrap()
}

fn sum(group: &EcGroup, one: &[u8], other: &[u8]) -> Vec<u8> {
    let mut context = BigNumContext::new().unwrap();
    let one = EcPoint::from_bytes(group, one, &mut context).unwrap();
    let other = EcPoint::from_bytes(group, other, &mut context).unwrap();
    let mut sum = EcPoint::new(group).unwrap();
    sum.add(group, &one, &other, &mut context).unwrap();
    sum.to_bytes(group, PointConversionForm::UNCOMPRESSED, &mut context).unwrap()
}

fn pad(bytes: &[u8]) -> Vec<u8> {
    let mut out = [bytes, &[0x80]].concat();
    while out.len() % 16 != 0 {
        out.push(0);
    }
    out
}

fn aes(mode: Mode, key: &[u8], iv: &[u8], data: &[u8]) -> Vec<u8> {
    crypt(Cipher::aes_128_cbc(), mode, key, Some(iv), data)
}

fn block(key: &[u8], data: &[u8]) -> Vec<u8> {
    crypt(Cipher::aes_128_ecb(), Mode::Encrypt, key, None, data)
}

fn crypt(cipher: Cipher, mode: Mode, key: &[u8], iv: Option<&[u8]>, data: &[u8]) -> Vec<u8> {
    let mut crypter = Crypter::new(cipher, mode, key, iv).unwrap();
    crypter.pad(false);
    let mut out = vec![0; data.len() + 16];
    let written = crypter.update(data, &mut out).unwrap();
    out.truncate(written);
    out
}

/// NIST SP 800-38B by hand, cut to eight bytes.
fn cmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let double = |value: u128| value << 1 ^ if value >> 127 == 1 { 0x87 } else { 0 };
    let start = u128::from_be_bytes(block(key, &[0; 16]).try_into().unwrap());
    let (first, second) = (double(start), double(double(start)));
    let whole = !message.is_empty() && message.len().is_multiple_of(16);
    let blocks = if whole { message.to_vec() } else { pad(message) };
    let (before, last) = blocks.split_at(blocks.len() - 16);
    let last = u128::from_be_bytes(last.try_into().unwrap()) ^ if whole { first } else { second };
    let chained = aes(Mode::Encrypt, key, &[0; 16], &[before, &last.to_be_bytes()].concat());
    chained[chained.len() - 16..][..8].to_vec()
}
