//! A terminal, only as good as the tests need: both protocols, the channel from the terminal's side, secure messaging.
//!
//! It shares no code with the card: the checksum is computed the other way round (single DES throughout, then
//! one decryption and one encryption), and every RSA value is a big number of its own.

use apdu::Card as _;
use openssl::bn::{BigNum, BigNumContext};
use openssl::sha::sha1;
use openssl::symm::{Cipher, Crypter, Mode};
use openssl::x509::X509;
use virtual_card::VirtualCard;

use crate::bridge::Reader;
use crate::inspection::AesChannel;

/// Data and status word.
pub type Answered = (Vec<u8>, u16);

/// A value of the published constants.
pub fn constant(set: &str, name: &str) -> Vec<u8> {
    let all: toml::Table = toml::from_str(include_str!("../fixtures/cwa.toml")).unwrap();
    hex::decode(all[set][name].as_str().unwrap()).unwrap()
}

pub fn hexed(text: &str) -> Vec<u8> {
    hex::decode(text.replace(' ', "")).unwrap()
}

/// What takes bytes and gives bytes back: the card itself, or a reader with one in it.
pub trait Answers {
    fn answer(&mut self, command: &[u8]) -> Vec<u8>;
}

impl Answers for VirtualCard {
    fn answer(&mut self, command: &[u8]) -> Vec<u8> {
        Self::answer(self, command)
    }
}

impl Answers for Reader {
    fn answer(&mut self, command: &[u8]) -> Vec<u8> {
        self.say(command);
        self.hear().unwrap()
    }
}

pub struct Terminal<C = VirtualCard> {
    pub card: C,
    is_t0: bool,
    channel: Option<Channel>,
    serial: Vec<u8>,
    mac_len: usize,
}

#[derive(Clone)]
pub enum Channel {
    Cwa(DesChannel),
    Pace(AesChannel),
}

#[derive(Clone)]
pub struct DesChannel {
    k_enc: Vec<u8>,
    k_mac: Vec<u8>,
    ssc: u64,
}

impl Terminal {
    pub fn new(mut card: VirtualCard) -> Self {
        card.reset();
        let is_t0 = card.is_t0();
        let mac_len = if is_t0 && card.atr()[15] < 4 { 4 } else { 8 };
        Self { card, is_t0, channel: None, serial: Vec::new(), mac_len }
    }
}

impl Terminal<Reader> {
    /// A contactless card in a reader.
    pub fn over(card: Reader) -> Self {
        Self { card, is_t0: false, channel: None, serial: Vec::new(), mac_len: 8 }
    }
}

impl<C: Answers> Terminal<C> {
    /// One exchange of bytes, nothing added.
    pub fn raw(&mut self, command: &str) -> String {
        hex::encode_upper(self.card.answer(&hexed(command)))
    }

    /// A command in whatever protection is in force, with everything that T=0 asks for in between.
    pub fn send(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>) -> Answered {
        let Some(mut channel) = self.channel.take() else {
            return self.plain(header, data, le);
        };
        let wrapped = channel.wrap(header, data, le, self.mac_len);
        let (answer, status) =
            self.plain([header[0] | 0x0C, header[1], header[2], header[3]], &wrapped, None);
        if answer.is_empty() {
            // An answer without protection is the end of the channel.
            return (answer, status);
        }
        assert_eq!(status, 0x9000, "a protected answer comes with a good outer status");
        let answered = channel.unwrap(&answer, self.mac_len);
        self.channel = Some(channel);
        match answered.1 {
            right if right >> 8 == 0x6C && le.is_some() => {
                self.send(header, data, Some(right.to_be_bytes()[1]))
            }
            _ => answered,
        }
    }

    fn plain(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>) -> Answered {
        let mut bytes = header.to_vec();
        if !data.is_empty() {
            bytes.push(u8::try_from(data.len()).unwrap());
            bytes.extend_from_slice(data);
        }
        // Over T=1 whatever may be answered is asked for.
        bytes.extend(le.or((!self.is_t0 && !data.is_empty()).then_some(0)));
        let (mut collected, mut status) = split(self.card.answer(&bytes));
        if status >> 8 == 0x6C {
            *bytes.last_mut().unwrap() = status.to_be_bytes()[1];
            (collected, status) = split(self.card.answer(&bytes));
        }
        while status >> 8 == 0x61 {
            let (more, next) = split(self.card.answer(&[0x00, 0xC0, 0x00, 0x00, status.to_be_bytes()[1]]));
            collected.extend(more);
            status = next;
        }
        (collected, status)
    }

    /// Like [`Terminal::send`], asserting success.
    pub fn must(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>) -> Vec<u8> {
        let (data, status) = self.send(header, data, le);
        assert_eq!(status, 0x9000, "{header:02X?}");
        data
    }

    pub fn select(&mut self, path: &[u16]) -> Answered {
        let mut answered = (self.must([0, 0xA4, 4, 0], b"Master.File", None), 0x9000);
        for fid in path {
            answered = self.send([0, 0xA4, 0, 0], &fid.to_be_bytes(), None);
        }
        answered
    }

    pub fn read_file(&mut self, path: &[u16]) -> Vec<u8> {
        let (fci, status) = self.select(path);
        assert_eq!(status, 0x9000);
        let size = usize::from(u16::from_be_bytes([fci[7], fci[8]]));
        let mut content = Vec::new();
        while content.len() < size {
            let [p1, p2] = u16::try_from(content.len()).unwrap().to_be_bytes();
            let (more, status) = self.send([0, 0xB0, p1, p2], &[], Some(0xDE));
            assert!(matches!(status, 0x9000 | 0x6282), "{status:04X} at {}", content.len());
            content.extend(more);
        }
        assert_eq!(content.len(), size);
        content
    }

    pub fn certificate(&mut self, fid: u16) -> Vec<u8> {
        let stored = self.read_file(&[0x6061, fid]);
        let length = u32::from_le_bytes(stored[..4].try_into().unwrap());
        assert_eq!(
            u32::from_le_bytes(stored[4..8].try_into().unwrap()),
            u32::try_from(stored.len() - 8).unwrap()
        );
        let mut inflated = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&stored[8..]), &mut inflated).unwrap();
        assert_eq!(inflated.len(), usize::try_from(length).unwrap());
        inflated
    }

    /// The whole handshake, in plain or inside the channel that is open. Checks the chip under `root`, and says
    /// whether the chip's proof was short, and whether what is inside it was.
    pub fn open_channel(&mut self, set: &str, who: &str, root: &[u8]) -> (bool, bool) {
        let (ready, rnd_icc, k_icc, rnd_ifd) = self.until_challenge(set, who, root);
        let k_ifd = [0x3C; 32];
        let frame = framed(&[0x77; 74], &k_ifd, &[&rnd_icc[..], &ready.sn_icc].concat());
        let n = ready.n_ifd;
        let signature = power(&frame, &constant(set, &format!("{who}_ifd_private_exponent")), &n);
        let smaller = minus(&n, &signature).min(signature);
        let data = power(&smaller, &[1, 0, 1], &ready.n_icc);
        self.must([0, 0x82, 0, 0], &data, None);

        let mut material: Vec<u8> = k_icc.iter().zip(k_ifd).map(|(icc, ifd)| icc ^ ifd).collect();
        material.extend([0, 0, 0, 1]);
        let k_enc = sha1(&material)[..16].to_vec();
        *material.last_mut().unwrap() = 2;
        let k_mac = sha1(&material)[..16].to_vec();
        let ssc = [&rnd_icc[4..], &rnd_ifd[4..]].concat();
        let ssc = u64::from_be_bytes(ssc.try_into().unwrap());
        self.channel = Some(Channel::Cwa(DesChannel { k_enc, k_mac, ssc }));
        ready.short
    }

    /// Up to GET CHALLENGE: what the proof needs, RND.ICC, Kicc, RND.IFD.
    pub fn until_challenge(
        &mut self,
        set: &str,
        who: &str,
        root: &[u8],
    ) -> (Ready, Vec<u8>, Vec<u8>, Vec<u8>) {
        let n_icc = self.chip_modulus(root);
        self.present_certificates(set, who);
        let rnd_ifd = vec![1, 2, 3, 4, 5, 6, 7, 8];
        let sent = [&rnd_ifd[..], &constant(set, &format!("{who}_sn_ifd"))].concat();
        let proof = self.must([0, 0x88, 0, 0], &sent, None);
        assert_eq!(proof.len(), 128);
        let n_ifd = constant(set, &format!("{who}_ifd_modulus"));
        let smaller = power(&proof, &constant(set, &format!("{who}_ifd_private_exponent")), &n_ifd);
        let short = (proof[0] == 0, smaller[0] == 0);
        let opened = power(&smaller, &[1, 0, 1], &n_icc);
        let opened = if opened[0] == 0x6A && opened[127] == 0xBC { opened } else { minus(&n_icc, &opened) };
        let k_icc = opened[75..107].to_vec();
        assert_eq!(opened[107..127], sha1(&[&opened[1..107], &sent[..]].concat()));
        let rnd_icc = self.must([0, 0x84, 0, 0], &[], Some(8));
        let serial = self.serial.clone();
        (Ready { n_icc, n_ifd, sn_icc: [&[0][..], &serial].concat(), short }, rnd_icc, k_icc, rnd_ifd)
    }

    pub fn present_certificates(&mut self, set: &str, who: &str) {
        self.must([0, 0x22, 0x81, 0xB6], &hexed("83 02 02 0F"), None);
        self.must([0, 0x2A, 0, 0xAE], &constant(set, "c_cv_ca"), None);
        let authority = [hexed("83 08"), constant(set, "c_cv_ca_chr")].concat();
        self.must([0, 0x22, 0x81, 0xB6], &authority, None);
        self.must([0, 0x2A, 0, 0xAE], &constant(set, &format!("{who}_c_cv_ifd")), None);
        let keys =
            [hexed("83 0C"), constant(set, &format!("{who}_ifd_keyref")), hexed("84 02 02 1F")].concat();
        self.must([0, 0x22, 0xC1, 0xA4], &keys, None);
    }

    /// The chip's modulus, believed only if its certificates lead to the root.
    fn chip_modulus(&mut self, root: &[u8]) -> Vec<u8> {
        self.serial = self.must([0x90, 0xB8, 0, 0], &[], Some(7));
        let sub_ca = X509::from_der(&self.read_file(&[0x6020])).unwrap();
        let chip = X509::from_der(&self.read_file(&[0x601F])).unwrap();
        let modulus = |bytes: &[u8]| {
            let n = BigNum::from_slice(bytes).unwrap();
            let e = BigNum::from_u32(65537).unwrap();
            let rsa = openssl::rsa::Rsa::from_public_components(n, e).unwrap();
            openssl::pkey::PKey::from_rsa(rsa).unwrap()
        };
        assert!(sub_ca.verify(&modulus(root)).unwrap());
        assert!(chip.verify(&sub_ca.public_key().unwrap()).unwrap());
        chip.public_key().unwrap().rsa().unwrap().n().to_vec_padded(128).unwrap()
    }

    pub fn verify(&mut self, pin: &str) -> u16 {
        self.send([0, 0x20, 0, 0], pin.as_bytes(), None).1
    }

    pub fn tries(&mut self) -> u16 {
        self.send([0, 0x20, 0, 0], &[], Some(0)).1
    }

    pub fn choose_key(&mut self, reference: u8) -> u16 {
        self.send([0, 0x22, 0x41, 0xB6], &[0x84, 0x02, 0x01, reference], None).1
    }

    /// From now on in this channel, whatever was before.
    pub fn enter(&mut self, channel: Channel) {
        self.channel = Some(channel);
    }

    /// The channel, to be entered again later.
    pub fn channel(&self) -> Channel {
        self.channel.clone().unwrap()
    }

    /// Counts one message that was not looked at.
    pub fn skip(&mut self) {
        match self.channel.as_mut().unwrap() {
            Channel::Cwa(channel) => channel.ssc = channel.ssc.wrapping_add(1),
            Channel::Pace(channel) => channel.ssc += 1,
        }
    }

    /// Forgets the channel without telling the card.
    pub fn lose_channel(&mut self) {
        self.channel = None;
    }

    /// A protected command with one bit wrong, as bytes, and its raw answer.
    pub fn send_corrupted(&mut self, position_from_end: usize) -> String {
        let mut channel = self.channel.clone().unwrap();
        let mut data = channel.wrap([0, 0xA4, 4, 0], b"Master.File", None, self.mac_len);
        let position = data.len() - 1 - position_from_end;
        data[position] ^= 1;
        let header = [0x0C, 0xA4, 4, 0, u8::try_from(data.len()).unwrap()];
        hex::encode_upper(self.card.answer(&[&header[..], &data].concat()))
    }

    /// A protected command as bytes, for whoever wants to send it in another way.
    pub fn wrapped(&mut self, header: [u8; 4], data: &[u8]) -> Vec<u8> {
        self.wrapped_with(header, data, None)
    }

    /// Like [`Terminal::wrapped`], for a command that expects data; Le follows over T=1.
    pub fn wrapped_le(&mut self, header: [u8; 4], le: u8) -> Vec<u8> {
        let mut bytes = self.wrapped_with(header, &[], Some(le));
        bytes.extend((!self.is_t0).then_some(0));
        bytes
    }

    fn wrapped_with(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>) -> Vec<u8> {
        let data = self.channel.as_mut().unwrap().wrap(header, data, le, self.mac_len);
        let mut bytes = vec![header[0] | 0x0C, header[1], header[2], header[3]];
        bytes.push(u8::try_from(data.len()).unwrap());
        bytes.extend(data);
        bytes
    }

    pub fn unwrapped(&mut self, answer: &[u8]) -> Answered {
        self.channel.as_mut().unwrap().unwrap(answer, self.mac_len)
    }
}

/// What EXTERNAL AUTHENTICATE is made with.
pub struct Ready {
    pub n_icc: Vec<u8>,
    pub n_ifd: Vec<u8>,
    pub sn_icc: Vec<u8>,
    /// Whether the chip's proof began with a zero, and what is inside it.
    pub short: (bool, bool),
}

impl Channel {
    fn wrap(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>, mac_len: usize) -> Vec<u8> {
        match self {
            Self::Cwa(channel) => channel.wrap(header, data, le, mac_len),
            Self::Pace(channel) => channel.wrap(header, data, le),
        }
    }

    fn unwrap(&mut self, answer: &[u8], mac_len: usize) -> Answered {
        match self {
            Self::Cwa(channel) => channel.unwrap(answer, mac_len),
            Self::Pace(channel) => channel.unwrap(answer),
        }
    }
}

impl DesChannel {
    fn wrap(&mut self, header: [u8; 4], data: &[u8], le: Option<u8>, mac_len: usize) -> Vec<u8> {
        let mut objects = Vec::new();
        if !data.is_empty() {
            let sealed = cipher(Mode::Encrypt, &self.k_enc, &pad(data));
            objects.push(0x87);
            let length = sealed.len() + 1;
            if length >= 0x80 {
                objects.push(0x81);
            }
            objects.push(u8::try_from(length).unwrap());
            objects.push(0x01);
            objects.extend(sealed);
        } else if let Some(le) = le {
            objects.extend([0x97, 1, le]);
        }
        self.ssc = self.ssc.wrapping_add(1);
        let mut message = self.ssc.to_be_bytes().to_vec();
        message.extend(pad(&[header[0] | 0x0C, header[1], header[2], header[3]]));
        message.extend(pad(&objects));
        objects.extend([0x8E, u8::try_from(mac_len).unwrap()]);
        objects.extend(&mac(&self.k_mac, &message)[..mac_len]);
        objects
    }

    fn unwrap(&mut self, answer: &[u8], mac_len: usize) -> Answered {
        let (covered, end) = answer.split_at(answer.len() - mac_len - 2);
        assert_eq!(end[..2], [0x8E, u8::try_from(mac_len).unwrap()]);
        self.ssc = self.ssc.wrapping_add(1);
        let mut message = self.ssc.to_be_bytes().to_vec();
        message.extend(pad(covered));
        assert_eq!(end[2..], mac(&self.k_mac, &message)[..mac_len], "the answer's checksum");
        let (before, status) = covered.split_at(covered.len() - 4);
        assert_eq!(status[..2], [0x99, 2]);
        let status = u16::from_be_bytes([status[2], status[3]]);
        if before.is_empty() {
            return (Vec::new(), status);
        }
        let (object, rest) = apdu::tlv::read(before).unwrap();
        assert_eq!((object.tag, rest.len(), object.value[0]), (0x87, 0, 1));
        let mut plain = cipher(Mode::Decrypt, &self.k_enc, &object.value[1..]);
        while plain.pop().unwrap() != 0x80 {}
        (plain, status)
    }
}

fn split(mut answer: Vec<u8>) -> Answered {
    let status = answer.split_off(answer.len() - 2);
    (answer, u16::from_be_bytes([status[0], status[1]]))
}

fn pad(bytes: &[u8]) -> Vec<u8> {
    let mut out = [bytes, &[0x80]].concat();
    while out.len() % 8 != 0 {
        out.push(0);
    }
    out
}

fn cipher(mode: Mode, key: &[u8], data: &[u8]) -> Vec<u8> {
    des(mode, &[key, &key[..8]].concat(), Some(&[0; 8]), data)
}

fn des(mode: Mode, key: &[u8], iv: Option<&[u8]>, data: &[u8]) -> Vec<u8> {
    let cipher = if iv.is_some() { Cipher::des_ede3_cbc() } else { Cipher::des_ede3() };
    let mut crypter = Crypter::new(cipher, mode, key, iv).unwrap();
    crypter.pad(false);
    let mut out = vec![0; data.len() + 8];
    let written = crypter.update(data, &mut out).unwrap();
    out.truncate(written);
    out
}

/// All blocks under the first key, then once back under the second and once more under the first.
fn mac(key: &[u8], blocks: &[u8]) -> Vec<u8> {
    let (one, two) = (key[..8].repeat(3), key[8..].repeat(3));
    let chained = des(Mode::Encrypt, &one, Some(&[0; 8]), blocks);
    let last = &chained[chained.len() - 8..];
    des(Mode::Encrypt, &one, None, &des(Mode::Decrypt, &two, None, last))
}

pub fn framed(filler: &[u8; 74], k_ifd: &[u8; 32], bound_to: &[u8]) -> Vec<u8> {
    let message = [&filler[..], k_ifd].concat();
    let hash = sha1(&[&message[..], bound_to].concat());
    [&[0x6A][..], &message, &hash, &[0xBC]].concat()
}

pub fn power(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Vec<u8> {
    let number = |bytes| BigNum::from_slice(bytes).unwrap();
    let mut result = BigNum::new().unwrap();
    let mut context = BigNumContext::new().unwrap();
    result.mod_exp(&number(base), &number(exponent), &number(modulus), &mut context).unwrap();
    result.to_vec_padded(128).unwrap()
}

pub fn minus(modulus: &[u8], value: &[u8]) -> Vec<u8> {
    let (n, value) = (BigNum::from_slice(modulus).unwrap(), BigNum::from_slice(value).unwrap());
    (&n - &value).to_vec_padded(128).unwrap()
}
