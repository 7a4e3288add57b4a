//! Device authentication with key agreement (CWA 14890-1, 8.4; fact sheet 3.3): the terminal's side.
//!
//! Each side signs a random half of the session's secret and encrypts it for the other. The same eight commands make
//! the first channel in plain and, on 3.0, the second one inside the first: then even the answer to the last command
//! still comes under the old keys.

use apdu::{Card, Command, Response};
use openssl::{memcmp, rand::rand_bytes, sha::sha1};
use zeroize::Zeroizing;

use crate::{
    Error, Generation, Untrusted,
    components::Components,
    constants::{CARD_KEY_REFERENCE, ROOT_KEY_REFERENCE, RSA_BYTES, Terminal},
    error::Step,
    keys,
    link::{Link, Role, with_data},
    messaging::Protection,
    rsa,
    secure_messaging::SecureMessaging,
};

/// Random filling of a signed block: 128 bytes less header, secret, hash and trailer.
const FILLING: usize = 74;

/// Bytes of each half of the secret.
const SECRET: usize = 32;

/// Header and trailer of a block signed with partial message recovery (ISO/IEC 9796-2).
const HEADER: u8 = 0x6A;
const TRAILER: u8 = 0xBC;

/// One half of the secret, in the heap so that moving it leaves no copy behind.
type Half = Box<Zeroizing<[u8; SECRET]>>;

/// What the terminal contributes by chance, apart so that vectors can take its place.
pub(crate) struct Chance {
    challenge: [u8; 8],
    filling: Box<Zeroizing<[u8; FILLING]>>,
    secret: Half,
}

impl Chance {
    /// From the system's generator.
    pub(crate) fn draw() -> Result<Self, Error> {
        let mut drawn = Self {
            challenge: [0; 8],
            filling: Box::new(Zeroizing::new([0; FILLING])),
            secret: Box::new(Zeroizing::new([0; SECRET])),
        };
        rand_bytes(&mut drawn.challenge)?;
        rand_bytes(drawn.filling.as_mut_slice())?;
        rand_bytes(drawn.secret.as_mut_slice())?;
        Ok(drawn)
    }
}

/// The card as the handshake needs to know it.
pub(crate) struct Peer<'a> {
    pub(crate) components: &'a Components,
    pub(crate) serial: [u8; 7],
    pub(crate) generation: Generation,
}

/// Opens a channel in a role; inside another one, takes its place.
///
/// # Errors
/// [`Error::Channel`] with the command that failed; [`Untrusted::NoKey`] when the card cannot prove its key.
pub(crate) fn open<C: Card>(
    link: &mut Link<C>,
    peer: &Peer<'_>,
    role: Role,
    chance: &Chance,
) -> Result<(), Error> {
    let keys = peer.components.keys;
    let terminal = match role {
        Role::User => &keys.user,
        Role::Pin => &keys.pin,
    };
    let serial = card_serial(&peer.serial);
    introduce(link, peer.components, terminal)?;

    let question = [chance.challenge, terminal.serial].concat();
    let internal = with_data(Command::new(0x00, 0x88, 0x00, 0x00), &question)?.with_le(256);
    let answer = expect(link, Step::InternalAuthenticate, &internal)?;
    let card_secret = open_internal(&answer.data, peer.components, terminal, &question)?;

    let challenge = expect(link, Step::Challenge, &Command::new(0x00, 0x84, 0x00, 0x00).with_le(8))?;
    let challenge: [u8; 8] = challenge
        .data
        .as_slice()
        .try_into()
        .map_err(|_| Error::malformed("the card's challenge", challenge.data.len()))?;

    let proof = make_external(chance, peer.components, terminal, &challenge, &serial)?;
    let external = with_data(Command::new(0x00, 0x82, 0x00, 0x00), &proof)?;
    expect(link, Step::ExternalAuthenticate, &external)?;

    let session = derive(&card_secret, &chance.secret, &challenge, &chance.challenge, peer.generation);
    link.enter(Protection::Cwa(role, session));
    Ok(())
}

/// Shows the terminal's certificates and selects the keys of both sides.
fn introduce<C: Card>(link: &mut Link<C>, components: &Components, terminal: &Terminal) -> Result<(), Error> {
    let keys = components.keys;
    let issuer = |reference: &[u8]| {
        let data = [&[0x83, u8::try_from(reference.len()).unwrap_or(0)], reference].concat();
        with_data(Command::new(0x00, 0x22, 0x81, 0xB6), &data)
    };
    let certificate = |bytes: &[u8]| with_data(Command::new(0x00, 0x2A, 0x00, 0xAE), bytes);
    expect(link, Step::SelectIssuer, &issuer(&ROOT_KEY_REFERENCE)?)?;
    expect(link, Step::VerifyCertificate, &certificate(&keys.sub_ca)?)?;
    expect(link, Step::SelectIssuer, &issuer(&keys.sub_ca_reference)?)?;
    expect(link, Step::VerifyCertificate, &certificate(&terminal.certificate)?)?;
    let references = [&[0x83, 0x0C], &terminal.reference[..], &[0x84, 0x02], &CARD_KEY_REFERENCE].concat();
    expect(link, Step::SelectKeys, &with_data(Command::new(0x00, 0x22, 0xC1, 0xA4), &references)?)?;
    Ok(())
}

fn expect<C: Card>(link: &mut Link<C>, step: Step, command: &Command) -> Result<Response, Error> {
    let answer = link.send(step, command)?;
    if answer.status.is_ok() { Ok(answer) } else { Err(Error::Channel { step, status: answer.status }) }
}

/// SN.ICC: eight bytes, of which the chip has seven.
fn card_serial(serial: &[u8; 7]) -> [u8; 8] {
    let mut eight = [0; 8];
    eight.iter_mut().skip(1).zip(serial).for_each(|(target, byte)| *target = *byte);
    eight
}

/// Opens the answer to INTERNAL AUTHENTICATE and takes the card's half of the secret out of it.
///
/// `question` is RND.IFD and SN.IFD: a block made for another question fails the hash.
fn open_internal(
    answer: &[u8],
    components: &Components,
    terminal: &Terminal,
    question: &[u8],
) -> Result<Half, Error> {
    let no_key = |error| match error {
        Error::Malformed { .. } => Error::from(Untrusted::NoKey),
        other => other,
    };
    if answer.len() != RSA_BYTES {
        return Err(Untrusted::NoKey.into());
    }
    let smaller = rsa::private(answer, &terminal.private_exponent, &terminal.modulus).map_err(no_key)?;
    let opened = rsa::public(&smaller, &components.exponent, &components.modulus).map_err(no_key)?;
    // The card sent the smaller of SIG and N - SIG, and did not say which.
    let other = rsa::complement(&opened, &components.modulus).map_err(no_key)?;
    for block in [&opened, &other] {
        if let [HEADER, signed @ .., TRAILER] = block.as_slice()
            && let Some((recovered, hash)) = signed.split_last_chunk::<20>()
        {
            let mut hashed = Zeroizing::new(Vec::with_capacity(recovered.len() + question.len()));
            hashed.extend_from_slice(recovered);
            hashed.extend_from_slice(question);
            if memcmp::eq(&sha1(&hashed), hash)
                && let Some(secret) = recovered.last_chunk::<SECRET>()
            {
                let mut half: Half = Box::new(Zeroizing::new([0; SECRET]));
                half.copy_from_slice(secret);
                return Ok(half);
            }
        }
    }
    Err(Untrusted::NoKey.into())
}

/// The data of EXTERNAL AUTHENTICATE: the terminal's half, signed for the card's challenge, encrypted for the card.
fn make_external(
    chance: &Chance,
    components: &Components,
    terminal: &Terminal,
    challenge: &[u8; 8],
    card_serial: &[u8; 8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut hashed = Zeroizing::new(Vec::with_capacity(FILLING + SECRET + 16));
    for part in [chance.filling.as_slice(), chance.secret.as_slice(), challenge, card_serial] {
        hashed.extend_from_slice(part);
    }
    let mut block = Zeroizing::new(Vec::with_capacity(RSA_BYTES));
    block.push(HEADER);
    block.extend_from_slice(hashed.get(..FILLING + SECRET).unwrap_or_default());
    block.extend_from_slice(&sha1(&hashed));
    block.push(TRAILER);
    let signature = rsa::private(&block, &terminal.private_exponent, &terminal.modulus)?;
    let other = rsa::complement(&signature, &terminal.modulus)?;
    // Big-endian of equal length: the smaller number is the smaller array. It keeps its leading zeros throughout.
    let smaller = if *signature < *other { signature } else { other };
    rsa::public(&smaller, &components.exponent, &components.modulus)
}

/// The session keys and the first value of the counter.
fn derive(
    card_secret: &[u8; SECRET],
    own_secret: &[u8; SECRET],
    card_challenge: &[u8; 8],
    own_challenge: &[u8; 8],
    generation: Generation,
) -> SecureMessaging {
    let mut seed: Half = Box::new(Zeroizing::new([0; SECRET]));
    for (target, (theirs, ours)) in seed.iter_mut().zip(card_secret.iter().zip(own_secret)) {
        *target = theirs ^ ours;
    }
    let (encryption, authentication) = (keys::derive(&**seed, 1), keys::derive(&**seed, 2));
    let mut counter = [0; 8];
    let halves = card_challenge.iter().skip(4).chain(own_challenge.iter().skip(4));
    counter.iter_mut().zip(halves).for_each(|(target, byte)| *target = *byte);
    SecureMessaging::new(encryption, authentication, counter, generation)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        constants::{KeySet, PUBLIC_EXPONENT, R1},
        script::Script,
        vectors::{array, bytes, cwa},
    };

    fn chance() -> Chance {
        Chance {
            challenge: array(cwa::RND_IFD),
            filling: Box::new(Zeroizing::new(array(cwa::PRND2))),
            secret: Box::new(Zeroizing::new(array(cwa::KIFD))),
        }
    }

    fn components() -> Components {
        Components { keys: &R1, modulus: bytes(cwa::ICC_N), exponent: PUBLIC_EXPONENT.to_vec() }
    }

    fn peer(components: &Components) -> Peer<'_> {
        Peer { components, serial: array(&cwa::SN_ICC[2..]), generation: Generation::V3 }
    }

    fn conversation(keys: &KeySet, internal: &str) -> Vec<(String, String)> {
        let line = |command: String, answer: &str| (command, answer.to_owned());
        vec![
            line("002281B6048302020F".to_owned(), "9000"),
            line("002A00AED2".to_owned() + &hex::encode(keys.sub_ca), "9000"),
            line("002281B60A8308".to_owned() + &hex::encode(keys.sub_ca_reference), "9000"),
            line("002A00AED1".to_owned() + &hex::encode(keys.user.certificate), "9000"),
            line("0022C1A412830C".to_owned() + &hex::encode(keys.user.reference) + "8402021F", "9000"),
            line("0088000010".to_owned() + cwa::RND_IFD + cwa::SN_IFD, "6180"),
            line("00C0000080".to_owned(), &(internal.to_owned() + "9000")),
        ]
    }

    fn play(lines: &[(String, String)]) -> Link<Script> {
        let lines: Vec<_> = lines.iter().map(|(command, answer)| (&command[..], &answer[..])).collect();
        Link::new(Script::new(&lines))
    }

    #[test]
    fn the_whole_vector_is_spoken_and_the_channel_works() {
        let mut lines = conversation(&R1, cwa::INT_AUTH_RESP);
        lines.push(("0084000008".to_owned(), cwa::RND_ICC.to_owned() + "9000"));
        lines.push(("0082000080".to_owned() + cwa::EXT_AUTH_DATA, "9000".to_owned()));
        lines.push((cwa::C1_VERIFY_MAC8.to_owned(), "610E".to_owned()));
        lines.push(("00C000000E".to_owned(), cwa::R1_9000_MAC8.to_owned() + "9000"));
        let mut link = play(&lines);
        let components = components();
        open(&mut link, &peer(&components), Role::User, &chance()).unwrap();
        assert_eq!((link.role(), link.exchanges()), (Some(Role::User), 9));
        let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
        assert!(link.send(Step::Verify, &verify).unwrap().status.is_ok());
    }

    #[test]
    fn a_card_without_its_key_is_not_trusted_and_gets_no_proof() {
        let mut changed = bytes(cwa::INT_AUTH_RESP);
        changed[127] ^= 1;
        for internal in [hex::encode(changed), "00".repeat(128), "FF".repeat(128), "00".repeat(127)] {
            let mut link = play(&conversation(&R1, &internal));
            let components = components();
            let error = open(&mut link, &peer(&components), Role::User, &chance()).unwrap_err();
            assert_eq!(error.code(), "card.untrusted");
        }
    }

    #[test]
    fn an_answer_to_another_question_is_not_taken() {
        let mut chance = chance();
        chance.challenge[0] ^= 1;
        let question = [chance.challenge, R1.user.serial].concat();
        let result = open_internal(&bytes(cwa::INT_AUTH_RESP), &components(), &R1.user, &question);
        assert!(matches!(result, Err(Error::Untrusted(Untrusted::NoKey))));
    }

    /// The block that either side signs, and the smaller of its two signatures.
    fn signed(filling: &[u8], secret: &[u8], rest: &[u8], exponent: &[u8], modulus: &[u8]) -> Vec<u8> {
        let hash = sha1(&[filling, secret, rest].concat());
        let block = [&[HEADER][..], filling, secret, &hash, &[TRAILER]].concat();
        let signature = rsa::private(&block, exponent, modulus).unwrap();
        let other = rsa::complement(&signature, modulus).unwrap();
        signature.to_vec().min(other.to_vec())
    }

    /// Fillings whose signatures begin with a zero byte are one in a hundred.
    fn fillings() -> impl Iterator<Item = [u8; FILLING]> {
        (0_u16..).map(|number| {
            let mut filling = [0x5A; FILLING];
            filling[..2].copy_from_slice(&number.to_be_bytes());
            filling
        })
    }

    #[test]
    fn a_short_signature_of_the_card_is_opened() {
        let (components, question) = (components(), [&bytes(cwa::RND_IFD)[..], &R1.user.serial].concat());
        let secret: [u8; SECRET] = array(cwa::KICC);
        let smaller = fillings()
            .map(|filling| signed(&filling, &secret, &question, &bytes(cwa::ICC_D), &components.modulus))
            .find(|smaller| smaller[0] == 0)
            .unwrap();
        let answer = rsa::public(&smaller, &PUBLIC_EXPONENT, &R1.user.modulus).unwrap();
        assert_eq!(**open_internal(&answer, &components, &R1.user, &question).unwrap(), secret);
    }

    #[test]
    fn a_short_signature_of_the_terminal_is_sent_whole() {
        let (components, challenge, serial) =
            (components(), array::<8>(cwa::RND_ICC), array::<8>(cwa::SN_ICC));
        let rest = [&challenge[..], &serial].concat();
        let secret: [u8; SECRET] = array(cwa::KIFD);
        let (filling, smaller) = fillings()
            .map(|filling| {
                let (exponent, modulus) = (&R1.user.private_exponent, &R1.user.modulus);
                (filling, signed(&filling, &secret, &rest, exponent, modulus))
            })
            .find(|(_, smaller)| smaller[0] == 0)
            .unwrap();
        let chance = Chance { filling: Box::new(Zeroizing::new(filling)), ..chance() };
        let data = make_external(&chance, &components, &R1.user, &challenge, &serial).unwrap();
        assert_eq!(data.len(), RSA_BYTES);
        let opened = rsa::private(&data, &bytes(cwa::ICC_D), &components.modulus).unwrap();
        assert_eq!(*opened, smaller);
    }

    #[test]
    fn a_refused_certificate_names_the_command() {
        let lines = [
            ("002281B6048302020F".to_owned(), "9000".to_owned()),
            ("002A00AED2".to_owned() + &hex::encode(R1.sub_ca), "6A80".to_owned()),
        ];
        let components = components();
        let error = open(&mut play(&lines), &peer(&components), Role::Pin, &chance()).unwrap_err();
        assert!(matches!(error, Error::Channel { step: Step::VerifyCertificate, .. }), "{error}");
    }
}
