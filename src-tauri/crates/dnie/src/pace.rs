//! PACE with generic mapping over brainpoolP256r1 (ICAO 9303-11, 4.4; BSI TR-03110-2, 3.2; fact sheet 8.1): the
//! terminal's side, with the card access number.
//!
//! A wrong number shows itself only at the last step, where the card refuses the terminal's token. The card's own
//! token is checked as well: whoever cannot make it does not know the number, and is not the card it is printed on.

use apdu::{Card, Command, Status, tlv};
use openssl::{
    bn::{BigNum, BigNumContext},
    ec::{EcGroup, EcPoint, PointConversionForm},
    memcmp,
    nid::Nid,
};
use secret::Can;
use zeroize::Zeroizing;

use crate::{
    Error, Untrusted,
    aes::{self, BLOCK},
    aes_messaging::AesMessaging,
    card_access::{BRAINPOOL_P256, PACE},
    error::{Foreign, Step},
    keys::{self, Key},
    link::{Link, with_data},
    messaging::Protection,
};

/// Bytes of a coordinate.
const COORDINATE: usize = 32;

/// Bytes of an uncompressed point.
const POINT: usize = 1 + 2 * COORDINATE;

/// Reference of the card access number as a password.
const CAN_REFERENCE: u8 = 0x02;

/// The key that a card access number gives, in place of the number itself: all that starting over needs.
pub(crate) struct Password(Key);

impl Password {
    /// `None` while digits are missing.
    pub(crate) fn of(can: &Can) -> Option<Self> {
        can.is_complete().then(|| Self(keys::derive(can.expose(), 3)))
    }
}

/// What the terminal contributes by chance, apart so that vectors can take its place.
pub(crate) struct Chance {
    mapping: BigNum,
    ephemeral: BigNum,
}

impl Chance {
    /// From the system's generator.
    pub(crate) fn draw() -> Result<Self, Error> {
        let curve = Curve::new()?;
        Ok(Self { mapping: curve.scalar()?, ephemeral: curve.scalar()? })
    }
}

/// Opens PACE; its protection is in force afterwards.
///
/// # Errors
/// [`Error::CanWrong`]; [`Untrusted::FalseToken`]; [`Error::NotDnie`] when the card knows no such password;
/// [`Error::Channel`] with the command that failed.
pub(crate) fn open<C: Card>(link: &mut Link<C>, password: &Password, chance: &Chance) -> Result<(), Error> {
    let mut curve = Curve::new()?;
    select(link)?;
    let nonce = nonce(link, password)?;
    let generator = map(link, &mut curve, &nonce, &chance.mapping)?;
    let agreed = agree(link, &mut curve, &generator, &chance.ephemeral)?;
    let (encryption, authentication) = (keys::derive(&agreed.secret, 1), keys::derive(&agreed.secret, 2));
    confirm(link, &authentication, &agreed)?;
    link.enter(Protection::Pace(AesMessaging::new(encryption, authentication)));
    Ok(())
}

fn select<C: Card>(link: &mut Link<C>) -> Result<(), Error> {
    let mut data = tlv::object(0x80, &PACE);
    tlv::push(&mut data, 0x83, &[CAN_REFERENCE]);
    tlv::push(&mut data, 0x84, &[BRAINPOOL_P256]);
    let command = with_data(Command::new(0x00, 0x22, 0xC1, 0xA4), &data)?;
    match link.send(Step::SelectPace, &command)?.status {
        Status::OK => Ok(()),
        // A counter of tries comes as a warning, and PACE may go on.
        status if status.tries_left().is_some() => Ok(()),
        Status::WRONG_DATA | Status::REFERENCE_NOT_FOUND => Err(Error::NotDnie(Foreign::Pace)),
        status => Err(Error::Channel { step: Step::SelectPace, status }),
    }
}

/// The card's nonce, deciphered with the password. A wrong password gives another one, and nobody notices yet.
fn nonce<C: Card>(link: &mut Link<C>, password: &Password) -> Result<Zeroizing<Vec<u8>>, Error> {
    let cipher = exchange(link, Step::PaceNonce, &[], 0x80)?;
    if cipher.len() != BLOCK {
        return Err(Error::malformed("the nonce of PACE", cipher.len()));
    }
    aes::decrypt(&password.0, &[0; BLOCK], &cipher)
}

/// The generator both sides agree on: `s * G + H`, where H is the shared point of an anonymous agreement.
fn map<C: Card>(
    link: &mut Link<C>,
    curve: &mut Curve,
    nonce: &[u8],
    secret: &BigNum,
) -> Result<SecretPoint, Error> {
    let own = curve.times_generator(secret)?;
    let own = curve.encoded(&own.0)?;
    let theirs = exchange(link, Step::PaceMap, &tlv::object(0x81, &own), 0x82)?;
    let theirs = curve.foreign(&theirs, &own)?;
    let shared = curve.times(&theirs, secret)?;
    let mut number = BigNum::new_secure()?;
    number.copy_from_slice(nonce)?;
    let offset = curve.times_generator(&number)?;
    let mut generator = SecretPoint::new(curve)?;
    generator.0.add(&curve.group, &offset.0, &shared.0, &mut curve.context)?;
    if generator.0.is_infinity(&curve.group) {
        return Err(Error::malformed("a point of PACE", 0));
    }
    Ok(generator)
}

/// What the second agreement gives.
struct Agreed {
    /// The x coordinate of the shared point, with all its leading zeros.
    secret: Zeroizing<Vec<u8>>,
    own: Vec<u8>,
    theirs: Vec<u8>,
}

fn agree<C: Card>(
    link: &mut Link<C>,
    curve: &mut Curve,
    generator: &SecretPoint,
    secret: &BigNum,
) -> Result<Agreed, Error> {
    let own = curve.times(&generator.0, secret)?;
    let own = curve.encoded(&own.0)?;
    let theirs = exchange(link, Step::PaceAgree, &tlv::object(0x83, &own), 0x84)?;
    let point = curve.foreign(&theirs, &own)?;
    let shared = curve.times(&point, secret)?;
    Ok(Agreed { secret: curve.x(&shared)?, own, theirs })
}

/// Each side proves that it has the same keys, over the other one's ephemeral public key.
fn confirm<C: Card>(link: &mut Link<C>, authentication: &Key, agreed: &Agreed) -> Result<(), Error> {
    let ours = token(authentication, &agreed.theirs)?;
    let command = general_authenticate(0x00, &tlv::object(0x85, &ours))?;
    let answer = link.send(Step::PaceToken, &command)?;
    match answer.status {
        Status::OK => {}
        status if is_refusal(status) => return Err(Error::CanWrong),
        status => return Err(Error::Channel { step: Step::PaceToken, status }),
    }
    let theirs = dynamic(&answer.data, 0x86)?;
    if theirs.len() == ours.len() && memcmp::eq(&theirs, &token(authentication, &agreed.own)?) {
        Ok(())
    } else {
        Err(Untrusted::FalseToken.into())
    }
}

/// Whether a card says in this way that the terminal's token is wrong: 6300 by the standard, and what is said of
/// failed authentications elsewhere.
const fn is_refusal(status: Status) -> bool {
    status.sw1() == 0x63
        || matches!(
            status,
            Status::SECURITY_NOT_SATISFIED | Status::BLOCKED | Status::SM_INCORRECT | Status::WRONG_DATA
        )
}

/// The first eight bytes of the CMAC over `7F49 { OID, public key }`.
fn token(authentication: &Key, public: &[u8]) -> Result<[u8; 8], Error> {
    let mut content = tlv::object(0x06, &PACE);
    tlv::push(&mut content, 0x86, public);
    aes::mac(authentication, &tlv::object(0x7F49, &content))
}

/// One step but the last: sends an object and takes the expected one out of the answer.
fn exchange<C: Card>(link: &mut Link<C>, step: Step, object: &[u8], expected: u32) -> Result<Vec<u8>, Error> {
    let answer = link.send(step, &general_authenticate(0x10, object)?)?;
    if answer.status.is_ok() {
        dynamic(&answer.data, expected)
    } else {
        Err(Error::Channel { step, status: answer.status })
    }
}

/// GENERAL AUTHENTICATE with dynamic authentication data; class `10` says that more steps follow.
fn general_authenticate(class: u8, object: &[u8]) -> Result<Command, Error> {
    let command = Command::new(class, 0x86, 0x00, 0x00);
    Ok(with_data(command, &tlv::object(0x7C, object))?.with_le(256))
}

/// The value of the one object in dynamic authentication data.
pub(crate) fn dynamic(data: &[u8], expected: u32) -> Result<Vec<u8>, Error> {
    let what = "the answer to GENERAL AUTHENTICATE";
    let (outer, rest) = tlv::read(data).map_err(Error::tlv(what))?;
    let (inner, after) = tlv::read(outer.value).map_err(Error::tlv(what))?;
    if outer.tag == 0x7C && inner.tag == expected && rest.is_empty() && after.is_empty() {
        Ok(inner.value.to_vec())
    } else {
        Err(Error::malformed(what, 0))
    }
}

/// brainpoolP256r1, with a context whose temporary numbers are wiped.
struct Curve {
    group: EcGroup,
    context: BigNumContext,
}

impl Curve {
    fn new() -> Result<Self, Error> {
        Ok(Self {
            group: EcGroup::from_curve_name(Nid::BRAINPOOL_P256R1)?,
            context: BigNumContext::new_secure()?,
        })
    }

    /// A private key: one to the order less one.
    fn scalar(&self) -> Result<BigNum, Error> {
        let mut order = BigNum::new()?;
        let mut context = BigNumContext::new()?;
        self.group.order(&mut order, &mut context)?;
        let mut scalar = BigNum::new_secure()?;
        while scalar.num_bits() == 0 {
            order.rand_range(&mut scalar)?;
        }
        scalar.set_const_time();
        Ok(scalar)
    }

    fn times_generator(&mut self, scalar: &BigNum) -> Result<SecretPoint, Error> {
        let mut point = SecretPoint::new(self)?;
        point.0.mul_generator2(&self.group, scalar, &mut self.context)?;
        Ok(point)
    }

    fn times(&mut self, base: &EcPoint, scalar: &BigNum) -> Result<SecretPoint, Error> {
        let mut point = SecretPoint::new(self)?;
        point.0.mul2(&self.group, base, scalar, &mut self.context)?;
        Ok(point)
    }

    fn encoded(&mut self, point: &EcPoint) -> Result<Vec<u8>, Error> {
        Ok(point.to_bytes(&self.group, PointConversionForm::UNCOMPRESSED, &mut self.context)?)
    }

    /// The card's public key: on the curve, not the point at infinity (which has another form), and not our own
    /// key sent back. The curve has no small subgroups.
    fn foreign(&mut self, bytes: &[u8], own: &[u8]) -> Result<EcPoint, Error> {
        let malformed = || Error::malformed("a point of PACE", bytes.len());
        if bytes.len() != POINT || bytes.first() != Some(&0x04) || bytes == own {
            return Err(malformed());
        }
        EcPoint::from_bytes(&self.group, bytes, &mut self.context).map_err(|_| malformed())
    }

    /// The x coordinate in all its bytes: a leading zero that is dropped gives other keys, once in 256 times.
    fn x(&mut self, point: &SecretPoint) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (mut x, mut y) = (BigNum::new_secure()?, BigNum::new_secure()?);
        point.0.affine_coordinates(&self.group, &mut x, &mut y, &mut self.context)?;
        fixed(&x)
    }
}

/// A number as a coordinate of fixed length.
fn fixed(number: &BigNum) -> Result<Zeroizing<Vec<u8>>, Error> {
    let length = i32::try_from(COORDINATE).unwrap_or_default();
    Ok(Zeroizing::new(number.to_vec_padded(length)?))
}

/// A point whose coordinates are overwritten when it is dropped: the library frees points as they are.
struct SecretPoint(EcPoint);

impl SecretPoint {
    fn new(curve: &Curve) -> Result<Self, Error> {
        Ok(Self(EcPoint::new(&curve.group)?))
    }
}

impl Drop for SecretPoint {
    fn drop(&mut self) {
        let group = EcGroup::from_curve_name(Nid::BRAINPOOL_P256R1);
        // The generator goes into the same numbers. There is nothing to be done, nor lost, if that fails.
        if let (Ok(group), Ok(mut context), Ok(one)) = (group, BigNumContext::new(), BigNum::from_u32(1)) {
            let _ = self.0.mul_generator2(&group, &one, &mut context);
        }
    }
}

/// For fuzzing: an answer to a step, and the point in it.
pub(crate) fn look_at_step(data: &[u8]) {
    let Ok(point) = dynamic(data, 0x82) else { return };
    if let Ok(mut curve) = Curve::new() {
        let _ = curve.foreign(&point, &[]);
    }
}

/// The chip's side of PACE, for tests of flows.
#[cfg(test)]
pub(crate) struct ChipPace {
    password: Password,
    chance: Chance,
    nonce: [u8; BLOCK],
    generator: Option<SecretPoint>,
    agreed: Option<Agreed>,
    session: Option<AesMessaging>,
}

#[cfg(test)]
impl ChipPace {
    #[allow(clippy::unwrap_used)]
    pub(crate) fn new(password: Password) -> Self {
        let chance = Chance::draw().unwrap();
        Self { password, chance, nonce: [7; BLOCK], generator: None, agreed: None, session: None }
    }

    /// The keys, once both tokens are right.
    pub(crate) fn session(&mut self) -> Option<AesMessaging> {
        self.session.take()
    }

    /// The object that answers a step, or `None` for a wrong token.
    pub(crate) fn answer(&mut self, data: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        let mut curve = Curve::new()?;
        let what = tlv::read(data).map_err(Error::tlv("a step"))?.0.value.first().copied();
        match what {
            None => Ok(Some(tlv::object(0x80, &aes::encrypt(&self.password.0, &[0; BLOCK], &self.nonce)?))),
            Some(0x81) => {
                let theirs = curve.foreign(&dynamic(data, 0x81)?, &[])?;
                let shared = curve.times(&theirs, &self.chance.mapping)?;
                let offset = curve.times_generator(&BigNum::from_slice(&self.nonce)?)?;
                let mut generator = SecretPoint::new(&curve)?;
                generator.0.add(&curve.group, &offset.0, &shared.0, &mut curve.context)?;
                self.generator = Some(generator);
                let own = curve.times_generator(&self.chance.mapping)?;
                Ok(Some(tlv::object(0x82, &curve.encoded(&own.0)?)))
            }
            Some(0x83) => {
                let Some(generator) = &self.generator else { return Ok(None) };
                let theirs = dynamic(data, 0x83)?;
                let point = curve.foreign(&theirs, &[])?;
                let own = curve.times(&generator.0, &self.chance.ephemeral)?;
                let own = curve.encoded(&own.0)?;
                let shared = curve.times(&point, &self.chance.ephemeral)?;
                self.agreed = Some(Agreed { secret: curve.x(&shared)?, own: own.clone(), theirs });
                Ok(Some(tlv::object(0x84, &own)))
            }
            _ => {
                let Some(agreed) = &self.agreed else { return Ok(None) };
                let authentication = keys::derive(&agreed.secret, 2);
                if dynamic(data, 0x85)? != token(&authentication, &agreed.own)? {
                    return Ok(None);
                }
                let token = token(&authentication, &agreed.theirs)?;
                self.session = Some(AesMessaging::new(keys::derive(&agreed.secret, 1), authentication));
                Ok(Some(tlv::object(0x86, &token)))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        keys::key_of,
        script::Script,
        vectors::{aes_sm, bytes, pace},
    };

    fn number(text: &str) -> BigNum {
        BigNum::from_slice(&bytes(text)).unwrap()
    }

    fn chance() -> Chance {
        Chance { mapping: number(pace::MAP_SK_IFD), ephemeral: number(pace::EPH_SK_IFD) }
    }

    fn password() -> Password {
        Password(key_of(bytes(pace::K_PI)))
    }

    /// A public key over the generator, or over the mapped one.
    fn public(secret: &str, mapped: bool) -> String {
        let mut curve = Curve::new().unwrap();
        let point = if mapped {
            let generator = curve.foreign(&bytes(pace::MAPPED_G), &[]).unwrap();
            curve.times(&generator, &number(secret)).unwrap()
        } else {
            curve.times_generator(&number(secret)).unwrap()
        };
        hex::encode(curve.encoded(&point.0).unwrap())
    }

    /// The conversation of the worked example as far as the given answer to the token, on a contactless reader.
    fn conversation(last: &str) -> Vec<(String, String)> {
        let object = |tag: &str, key: String| format!("7C43{tag}41{key}");
        let step = |class: &str, lc: &str, data: String| format!("{class}860000{lc}{data}00");
        vec![
            ("0022C1A412800A04007F0007020204020283010284010D".to_owned(), "9000".to_owned()),
            (step("10", "02", "7C00".to_owned()), format!("7C128010{}9000", pace::ENC_NONCE)),
            (
                step("10", "45", object("81", public(pace::MAP_SK_IFD, false))),
                object("82", public(pace::MAP_SK_ICC, false)) + "9000",
            ),
            (
                step("10", "45", object("83", public(pace::EPH_SK_IFD, true))),
                object("84", public(pace::EPH_SK_ICC, true)) + "9000",
            ),
            (step("00", "0C", format!("7C0A8508{}", pace::T_IFD)), last.to_owned()),
        ]
    }

    fn play(lines: &[(String, String)]) -> Link<Script> {
        let lines: Vec<_> = lines.iter().map(|(command, answer)| (&command[..], &answer[..])).collect();
        Link::new(Script::new(&lines).contactless())
    }

    fn good() -> String {
        format!("7C0A8608{}9000", pace::T_ICC)
    }

    #[test]
    fn the_worked_example_is_spoken_and_its_keys_protect_what_follows() {
        let mut lines = conversation(&good());
        lines.push((aes_sm::C1_CHIP_SERIAL.to_owned(), aes_sm::R1_SERIAL.to_owned() + "9000"));
        let mut link = play(&lines);
        open(&mut link, &password(), &chance()).unwrap();
        assert_eq!((link.is_pace(), link.exchanges()), (true, 5));
        let serial = link.send(Step::ChipSerial, &Command::new(0x90, 0xB8, 0, 0).with_le(7)).unwrap();
        assert_eq!(serial.data.len(), 7);
    }

    #[test]
    fn a_refused_token_is_a_wrong_number_and_nothing_else_is() {
        for status in ["6300", "63C2", "6982", "6988", "6A80"] {
            let error = open(&mut play(&conversation(status)), &password(), &chance()).unwrap_err();
            assert_eq!(error.code(), "card.can-wrong");
        }
        let error = open(&mut play(&conversation("6F00")), &password(), &chance()).unwrap_err();
        assert!(matches!(error, Error::Channel { step: Step::PaceToken, .. }), "{error}");
        for step in 1..4 {
            let mut lines = conversation("");
            lines.truncate(step + 1);
            lines[step].1 = "6300".to_owned();
            let error = open(&mut play(&lines), &password(), &chance()).unwrap_err();
            assert!(matches!(error, Error::Channel { .. }), "{error}");
        }
    }

    #[test]
    fn a_card_that_cannot_make_its_token_is_not_trusted() {
        let mut mirrored = format!("7C0A8608{}9000", pace::T_IFD);
        for _ in 0..2 {
            let mut link = play(&conversation(&mirrored));
            let error = open(&mut link, &password(), &chance()).unwrap_err();
            assert!(matches!(error, Error::Untrusted(Untrusted::FalseToken)), "{error}");
            assert!(!link.is_protected());
            mirrored = format!("7C098607{}9000", &pace::T_ICC[..14]);
        }
    }

    #[test]
    fn a_card_that_knows_no_access_number_is_no_dnie() {
        for status in ["6A80", "6A88"] {
            let mut lines = conversation("");
            lines.truncate(1);
            lines[0].1 = status.to_owned();
            let error = open(&mut play(&lines), &password(), &chance()).unwrap_err();
            assert!(matches!(error, Error::NotDnie(Foreign::Pace)), "{error}");
        }
        // A counter of tries is a warning, which PACE goes on after.
        let mut lines = conversation(&good());
        lines[0].1 = "63C1".to_owned();
        open(&mut play(&lines), &password(), &chance()).unwrap();
    }

    #[test]
    fn false_points_are_refused() {
        let own = public(pace::EPH_SK_IFD, true);
        let off_curve = format!("04{}", "11".repeat(64));
        let zero = format!("04{}", "00".repeat(64));
        for point in [own, off_curve, zero] {
            let mut lines = conversation("");
            lines.truncate(4);
            lines[3].1 = format!("7C438441{point}9000");
            let error = open(&mut play(&lines), &password(), &chance()).unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }), "{error}");
        }
        for answer in ["7C0384 01009000", "9000", "7C028400 00 9000", "7C0084009000"] {
            let mut lines = conversation("");
            lines.truncate(4);
            lines[3].1 = answer.to_owned();
            assert!(matches!(open(&mut play(&lines), &password(), &chance()), Err(Error::Malformed { .. })));
        }
    }

    #[test]
    fn a_shared_secret_keeps_its_leading_zeros() {
        let mut curve = Curve::new().unwrap();
        let found = (1..).find_map(|scalar| {
            let point = curve.times_generator(&BigNum::from_u32(scalar).unwrap()).unwrap();
            let encoded = curve.encoded(&point.0).unwrap();
            (encoded[1] == 0).then_some((point, encoded))
        });
        let (point, encoded) = found.unwrap();
        assert_eq!(*curve.x(&point).unwrap(), encoded[1..=COORDINATE]);
        assert_eq!(*fixed(&BigNum::from_u32(7).unwrap()).unwrap(), [&[0; 31][..], &[7]].concat());
    }

    #[test]
    fn chance_is_never_the_same_and_a_short_number_is_no_password() {
        let (one, other) = (Chance::draw().unwrap(), Chance::draw().unwrap());
        assert!(one.mapping != other.mapping && one.mapping != one.ephemeral);
        assert!(Password::of(&Can::parse("123456").unwrap()).is_some());
        assert!(Password::of(&Can::new()).is_none());
    }

    proptest! {
        #[test]
        fn any_dynamic_data_are_looked_at_without_panic(data in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = dynamic(&data, 0x82);
        }
    }
}
