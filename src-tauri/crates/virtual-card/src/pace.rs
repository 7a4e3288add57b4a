//! PACE with generic mapping, the chip's half (ICAO Doc 9303-11, clause 4.4): a short password becomes strong keys.
//!
//! Both sides know a password. The chip sends a nonce enciphered under it; the nonce makes a generator that only
//! they know; a key agreement over that generator gives the keys; and each side's token proves the keys. A terminal
//! with a wrong password is found out at its token and no earlier, so the nonce tells it nothing.

use apdu::{Status, tlv};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcPoint, EcPointRef, PointConversionForm};
use openssl::nid::Nid;
use openssl::sha::sha1;
use openssl::symm::Mode;

use crate::aes;
use crate::card::Chance;
use crate::error::Error;
use crate::pace_sm::Session;
use crate::request::{Request, sw};

/// id-PACE-ECDH-GM-AES-CBC-CMAC-128, content bytes.
const PROTOCOL: [u8; 10] = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02];
/// Standardised domain parameters: brainpoolP256r1.
const PARAMETERS: u8 = 0x0D;
/// EF.CardAccess: SecurityInfos with the one PACEInfo (version 2), no copy of a real one being at hand.
pub(crate) const CARD_ACCESS: [u8; 22] = [
    0x31, 0x14, 0x30, 0x12, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x02, 0x02,
    0x01, 0x02, 0x02, 0x01, PARAMETERS,
];

const POINT_LEN: usize = 65;
const FIELD_LEN: usize = 32;
type Point = [u8; POINT_LEN];

/// The passwords that open this card, and how far a terminal has come.
pub(crate) struct Pace {
    /// K of the card access number: its digits as they are.
    can: Vec<u8>,
    /// K of the machine-readable zone: SHA-1 over three of its fields.
    mrz: [u8; 20],
    group: EcGroup,
    progress: Option<Progress>,
}

enum Progress {
    Chosen { password_key: [u8; 16] },
    Asked { nonce: [u8; 16] },
    Mapped { generator: Point },
    Agreed { k_enc: [u8; 16], k_mac: [u8; 16], chip: Point, terminal: Point },
}

/// The answer to one step and, after the last, the session that begins once it is sent.
pub(crate) struct Step {
    pub data: Vec<u8>,
    pub session: Option<Session>,
}

impl Pace {
    /// `mrz_information` is document number, birth date and expiry date, each with its check digit.
    pub fn new(can: &str, mrz_information: &str) -> Result<Self, Error> {
        Ok(Self {
            can: can.as_bytes().to_vec(),
            mrz: sha1(mrz_information.as_bytes()),
            group: EcGroup::from_curve_name(Nid::BRAINPOOL_P256R1)?,
            progress: None,
        })
    }

    /// Nothing may come between the steps.
    pub fn forget(&mut self) {
        self.progress = None;
    }

    /// MSE SET AT `C1 A4` with a protocol, a password and maybe the parameters.
    pub fn choose(&mut self, template: &[u8]) -> Result<(), Status> {
        self.forget();
        let object = |tag| tlv::find(template, tag).map_err(|_| Status::WRONG_DATA);
        if object(0x80)?.is_none_or(|protocol| protocol.value != PROTOCOL) {
            return Err(Status::WRONG_DATA);
        }
        if object(0x84)?.is_some_and(|parameters| parameters.value != [PARAMETERS]) {
            return Err(Status::WRONG_DATA);
        }
        let password = match object(0x83)?.ok_or(Status::WRONG_DATA)?.value {
            [0x01] => &self.mrz[..],
            [0x02] => self.can.as_slice(),
            _ => return Err(Status::REFERENCE_NOT_FOUND),
        };
        let password_key = derive(password, 3);
        self.progress = Some(Progress::Chosen { password_key });
        Ok(())
    }

    /// GENERAL AUTHENTICATE: a chain of four commands, all but the last of class `10`.
    pub fn step(&mut self, request: &Request, chance: &mut Chance) -> Result<Step, Status> {
        let progress = self.progress.take().ok_or(sw::OUT_OF_SEQUENCE)?;
        if request.p1p2() != 0 {
            return Err(Status::WRONG_P1P2);
        }
        let is_last = request.cla & 0x10 == 0;
        if is_last != matches!(progress, Progress::Agreed { .. }) {
            return Err(sw::CHAIN_NOT_ENDED);
        }
        let (template, after) = tlv::read(&request.data).map_err(|_| Status::WRONG_DATA)?;
        if template.tag != 0x7C || !after.is_empty() {
            return Err(Status::WRONG_DATA);
        }
        let value = |tag| match tlv::find(template.value, tag) {
            Ok(Some(object)) => Ok(object.value),
            _ => Err(Status::WRONG_DATA),
        };
        let (tag, data, session) = match progress {
            Progress::Chosen { password_key } => (0x80, self.ask(&password_key, chance)?.to_vec(), None),
            Progress::Asked { nonce } => (0x82, self.map(&nonce, value(0x81)?, chance)?.to_vec(), None),
            Progress::Mapped { generator } => {
                (0x84, self.agree(&generator, value(0x83)?, chance)?.to_vec(), None)
            }
            Progress::Agreed { k_enc, k_mac, chip, terminal } => {
                let expected = token(&k_mac, &chip).ok_or(sw::INTERNAL)?;
                if !same(value(0x85)?, &expected) {
                    return Err(sw::AUTHENTICATION_FAILED);
                }
                let own = token(&k_mac, &terminal).ok_or(sw::INTERNAL)?;
                (0x86, own.to_vec(), Some(Session::new(k_enc, k_mac)))
            }
        };
        Ok(Step { data: tlv::object(0x7C, &tlv::object(tag, &data)), session })
    }

    /// First step: the nonce, enciphered.
    fn ask(&mut self, password_key: &[u8; 16], chance: &mut Chance) -> Result<[u8; 16], Status> {
        let mut nonce = [0; 16];
        chance(&mut nonce).map_err(|_| sw::INTERNAL)?;
        let sealed = aes::cbc(Mode::Encrypt, password_key, &[0; 16], &nonce).map_err(|_| sw::INTERNAL)?;
        self.progress = Some(Progress::Asked { nonce });
        sealed.try_into().map_err(|_| sw::INTERNAL)
    }

    /// Second step: the generator `nonce * G + H`, H being agreed upon with keys for this once.
    fn map(&mut self, nonce: &[u8; 16], theirs: &[u8], chance: &mut Chance) -> Result<Point, Status> {
        let theirs = self.point(theirs).ok_or(Status::WRONG_DATA)?;
        let key = self.draw(chance).ok_or(sw::INTERNAL)?;
        let mapped = || -> Option<(Point, Point)> {
            let nonce = BigNum::from_slice(nonce).ok()?;
            let shared = self.times(&theirs, &key)?;
            let mut generator = EcPoint::new(&self.group).ok()?;
            let scaled = self.times(self.group.generator_opt()?, &nonce)?;
            let mut context = BigNumContext::new().ok()?;
            generator.add(&self.group, &scaled, &shared, &mut context).ok()?;
            Some((self.bytes(&generator)?, self.bytes(&*self.times(self.group.generator_opt()?, &key)?)?))
        };
        let (generator, own) = mapped().ok_or(sw::INTERNAL)?;
        self.progress = Some(Progress::Mapped { generator });
        Ok(own)
    }

    /// Third step: the keys, from an agreement over the mapped generator.
    fn agree(&mut self, generator: &Point, theirs: &[u8], chance: &mut Chance) -> Result<Point, Status> {
        let their_point = self.point(theirs).ok_or(Status::WRONG_DATA)?;
        let key = self.draw(chance).ok_or(sw::INTERNAL)?;
        let agreed = || -> Option<(Point, Point, [u8; FIELD_LEN])> {
            let own = self.bytes(&*self.times(&*self.point(generator)?, &key)?)?;
            let shared = self.bytes(&*self.times(&their_point, &key)?)?;
            let (_, coordinates) = shared.split_first()?;
            Some((own, self.bytes(&their_point)?, *coordinates.first_chunk()?))
        };
        let (chip, terminal, shared) = agreed().ok_or(sw::INTERNAL)?;
        if chip == terminal {
            // Whoever sends the chip's own key back knows nothing.
            return Err(sw::AUTHENTICATION_FAILED);
        }
        let (k_enc, k_mac) = (derive(&shared, 1), derive(&shared, 2));
        self.progress = Some(Progress::Agreed { k_enc, k_mac, chip, terminal });
        Ok(chip)
    }

    /// A point of the curve other than infinity, uncompressed.
    fn point(&self, bytes: &[u8]) -> Option<EcPoint> {
        if bytes.len() != POINT_LEN || bytes.first() != Some(&0x04) {
            return None;
        }
        let mut context = BigNumContext::new().ok()?;
        let point = EcPoint::from_bytes(&self.group, bytes, &mut context).ok()?;
        point.is_on_curve(&self.group, &mut context).ok()?.then_some(point)
    }

    fn bytes(&self, point: &EcPointRef) -> Option<Point> {
        let mut context = BigNumContext::new().ok()?;
        let bytes = point.to_bytes(&self.group, PointConversionForm::UNCOMPRESSED, &mut context).ok()?;
        // Infinity is a single byte.
        bytes.try_into().ok()
    }

    fn times(&self, point: &EcPointRef, scalar: &BigNum) -> Option<EcPoint> {
        let mut product = EcPoint::new(&self.group).ok()?;
        let mut context = BigNumContext::new().ok()?;
        product.mul2(&self.group, point, scalar, &mut context).ok()?;
        Some(product)
    }

    /// A private key: between one and the order.
    fn draw(&self, chance: &mut Chance) -> Option<BigNum> {
        let mut random = [0; FIELD_LEN];
        chance(&mut random).ok()?;
        let (mut order, mut key) = (BigNum::new().ok()?, BigNum::new().ok()?);
        let mut context = BigNumContext::new().ok()?;
        self.group.order(&mut order, &mut context).ok()?;
        key.nnmod(&*BigNum::from_slice(&random).ok()?, &order, &mut context).ok()?;
        (key.num_bits() > 0).then_some(key)
    }
}

/// Key derivation (clause 9.7.1): SHA-1 over secret and counter, cut to 128 bits.
fn derive(secret: &[u8], counter: u8) -> [u8; 16] {
    let hash = sha1(&[secret, &[0, 0, 0, counter]].concat());
    hash.first_chunk::<16>().copied().unwrap_or_default()
}

/// Over the other side's ephemeral public key (clause 4.4.3.4).
fn token(k_mac: &[u8; 16], public: &Point) -> Option<[u8; 8]> {
    let mut key = tlv::object(0x06, &PROTOCOL);
    tlv::push(&mut key, 0x86, public);
    aes::cmac(k_mac, &tlv::object(0x7F49, &key)).ok()
}

fn same(given: &[u8], expected: &[u8; 8]) -> bool {
    given.len() == expected.len() && openssl::memcmp::eq(given, expected)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const INFORMATION: &str = "T22000129364081251010318";

    fn vector(name: &str) -> Vec<u8> {
        let all: toml::Table = toml::from_str(include_str!("../tests/fixtures/pace.toml")).unwrap();
        let section = if all["pace"].get(name).is_some() { "pace" } else { "vector_pace" };
        hex::decode(all[section][name].as_str().unwrap()).unwrap()
    }

    fn scripted() -> Chance {
        let values = ["nonce", "map_sk_icc", "eph_sk_icc"];
        let mut bytes = values.iter().flat_map(|name| vector(name)).collect::<Vec<_>>().into_iter();
        Box::new(move |out| {
            out.iter_mut().for_each(|byte| *byte = bytes.next().unwrap());
            Ok(())
        })
    }

    fn request(cla: u8, data: Vec<u8>) -> Request {
        Request { cla, ins: 0x86, p1: 0, p2: 0, data, le: Some(256) }
    }

    fn template(tag: u32, value: &[u8]) -> Vec<u8> {
        tlv::object(0x7C, &tlv::object(tag, value))
    }

    fn choice(password: u8) -> Vec<u8> {
        [&[0x80, 0x0A][..], &PROTOCOL, &[0x83, 1, password, 0x84, 1, PARAMETERS]].concat()
    }

    fn public(pace: &Pace, generator: &EcPointRef, key: &str) -> Point {
        let key = BigNum::from_slice(&vector(key)).unwrap();
        pace.bytes(&pace.times(generator, &key).unwrap()).unwrap()
    }

    /// The terminal of the worked example, up to its token.
    fn until_token(pace: &mut Pace) -> Result<(), Status> {
        let mut chance = scripted();
        pace.choose(&choice(1))?;
        let asked = pace.step(&request(0x10, vec![0x7C, 0]), &mut chance)?;
        assert_eq!(asked.data, template(0x80, &vector("enc_nonce")));
        let mapping = public(pace, pace.group.generator_opt().unwrap(), "map_sk_ifd");
        pace.step(&request(0x10, template(0x81, &mapping)), &mut chance)?;
        let generator = pace.point(&vector("mapped_g")).unwrap();
        let ephemeral = public(pace, &generator, "eph_sk_ifd");
        let agreed = pace.step(&request(0x10, template(0x83, &ephemeral)), &mut chance)?;
        assert_eq!(agreed.data, template(0x84, &public(pace, &generator, "eph_sk_icc")));
        Ok(())
    }

    #[test]
    fn the_constants_are_the_published_ones() {
        assert_eq!(vector("card_access_minimal"), CARD_ACCESS);
        assert_eq!(vector("oid"), PROTOCOL);
        assert_eq!(vector("mse_set_at_can")[5..], choice(2));
        assert_eq!(sha1(INFORMATION.as_bytes())[..], vector("password_k"));
        assert_eq!(derive(&vector("password_k"), 3)[..], vector("k_pi"));
        assert_eq!(derive(&vector("can_password"), 3)[..], vector("can_k_pi"));
        let (key, nonce) = (derive(b"123456", 3), vector("can_nonce"));
        let sealed = aes::cbc(Mode::Encrypt, &key, &[0; 16], &nonce).unwrap();
        assert_eq!(sealed, vector("can_enc_nonce"));
    }

    #[test]
    fn the_worked_example_ends_in_its_tokens_and_keys() {
        let mut pace = Pace::new("123456", INFORMATION).unwrap();
        until_token(&mut pace).unwrap();
        let last = pace.step(&request(0, template(0x85, &vector("t_ifd"))), &mut scripted()).unwrap();
        assert_eq!(last.data, template(0x86, &vector("t_icc")));
        let keys = last.session.unwrap().keys();
        assert_eq!((&keys.encryption[..], &keys.checksum[..]), (&vector("k_enc")[..], &vector("k_mac")[..]));
    }

    #[test]
    fn a_wrong_token_is_the_end_of_it() {
        let mut pace = Pace::new("123456", INFORMATION).unwrap();
        until_token(&mut pace).unwrap();
        let good = request(0, template(0x85, &vector("t_ifd")));
        let mut wrong = vector("t_ifd");
        wrong[7] ^= 1;
        let refused = pace.step(&request(0, template(0x85, &wrong)), &mut scripted());
        assert_eq!(refused.err(), Some(sw::AUTHENTICATION_FAILED));
        assert_eq!(pace.step(&good, &mut scripted()).err(), Some(sw::OUT_OF_SEQUENCE));
    }

    #[test]
    fn steps_passwords_and_points_that_are_not_lawful_are_refused() {
        let mut pace = Pace::new("123456", INFORMATION).unwrap();
        let ask = request(0x10, vec![0x7C, 0]);
        assert_eq!(pace.step(&ask, &mut scripted()).err(), Some(sw::OUT_OF_SEQUENCE));
        assert_eq!(pace.choose(&choice(3)), Err(Status::REFERENCE_NOT_FOUND));
        assert_eq!(pace.choose(&choice(2)[12..]), Err(Status::WRONG_DATA));
        assert_eq!(pace.choose(&[choice(2), vec![0x84]].concat()[..17]), Err(Status::WRONG_DATA));
        pace.choose(&choice(2)).unwrap();
        let early = request(0, template(0x85, &[0; 8]));
        assert_eq!(pace.step(&early, &mut scripted()).err(), Some(sw::CHAIN_NOT_ENDED));
        for wrong in [vec![4; 65], vec![0], vec![2; 33], vec![]] {
            pace.choose(&choice(2)).unwrap();
            let mut chance = scripted();
            pace.step(&ask, &mut chance).unwrap();
            let refused = pace.step(&request(0x10, template(0x81, &wrong)), &mut chance);
            assert_eq!(refused.err(), Some(Status::WRONG_DATA), "{} bytes", wrong.len());
        }
    }
}
