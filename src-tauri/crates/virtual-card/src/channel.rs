//! Mutual authentication with key agreement (CWA 14890-1, clause 8.4), the card's half.
//!
//! The terminal names the root, has its authority's and its own certificate verified, selects its key and the
//! chip's, and both sides prove themselves while each sends half of the keys. Selecting files, or asking for the
//! chip's serial number, drops everything gathered so far.

use apdu::{Status, tlv};
use openssl::pkey::Private;
use openssl::rsa::Rsa;
use openssl::sha::sha1;

use crate::card::Chance;
use crate::cvc::{Cvc, Profile, Role};
use crate::error::Error;
use crate::iso9796::{self, Frame, PUBLIC_EXPONENT, RSA_LEN};
use crate::persona::KeySet;
use crate::request::sw;
use crate::sm::Session;

/// Length of each side's half of the key material.
const HALF_LEN: usize = 32;
const FILLER_LEN: usize = 74;
/// Reference of the root's public key in the chip.
const ROOT_REFERENCE: [u8; 2] = [0x02, 0x0F];
/// Reference of the chip's private key.
const CHIP_KEY_REFERENCE: [u8; 2] = [0x02, 0x1F];
/// Far more draws than a short value ever takes: one in a hundred will do.
const MAX_DRAWS: u32 = 20_000;
/// More certificates than any terminal presents.
const MAX_IMPORTED: usize = 4;

/// The chip's own key: RSA-1024.
pub(crate) struct ChipKey {
    key: Rsa<Private>,
    modulus: [u8; RSA_LEN],
}

impl ChipKey {
    pub fn new(key: Rsa<Private>) -> Result<Self, Error> {
        let what = "the component key is RSA-1024 with exponent 65537";
        let modulus = key.n().to_vec().try_into().map_err(|_| Error::Persona { what })?;
        let exponent = openssl::bn::BigNum::from_u32(PUBLIC_EXPONENT)?;
        if *key.e() != *exponent {
            return Err(Error::Persona { what });
        }
        Ok(Self { key, modulus })
    }

    fn apply(&self, value: &[u8]) -> Option<[u8; RSA_LEN]> {
        iso9796::private_power(value, self.key.d(), &self.modulus)
    }
}

/// Which key the next certificate is verified with.
enum Issuer {
    Root,
    Imported(Cvc),
}

/// What INTERNAL AUTHENTICATE leaves for EXTERNAL AUTHENTICATE.
struct Proven {
    k_icc: [u8; HALF_LEN],
    rnd_ifd: [u8; 8],
}

/// How far the terminal has come.
pub(crate) struct Handshake {
    chip_key: ChipKey,
    root: &'static [u8; RSA_LEN],
    /// `00` and the chip's serial number.
    sn_icc: [u8; 8],
    mac_len: usize,
    progress: Progress,
}

#[derive(Default)]
struct Progress {
    issuer: Option<Issuer>,
    imported: Vec<Cvc>,
    terminal: Option<Cvc>,
    proven: Option<Proven>,
    rnd_icc: Option<[u8; 8]>,
}

impl Handshake {
    pub fn new(chip_key: ChipKey, key_set: KeySet, chip_serial: [u8; 7], mac_len: usize) -> Self {
        let [a, b, c, d, e, f, g] = chip_serial;
        Self {
            chip_key,
            root: key_set.root_modulus(),
            sn_icc: [0, a, b, c, d, e, f, g],
            mac_len,
            progress: Progress::default(),
        }
    }

    /// Drops key references, imported keys and challenges.
    pub fn forget(&mut self) {
        self.progress = Progress::default();
    }

    /// MSE SET `81 B6`: the key that verifies the next certificate.
    pub fn set_issuer(&mut self, template: &[u8]) -> Result<(), Status> {
        let reference = object(template, 0x83)?;
        self.progress.issuer = Some(if reference == ROOT_REFERENCE {
            Issuer::Root
        } else {
            let mut authorities =
                self.progress.imported.iter().filter(|key| key.profile == Profile::Authority);
            let known = authorities.find(|key| key.short_chr() == reference);
            Issuer::Imported(known.ok_or(Status::REFERENCE_NOT_FOUND)?.clone())
        });
        Ok(())
    }

    /// PSO VERIFY CERTIFICATE `00 AE`.
    pub fn verify_certificate(&mut self, bytes: &[u8]) -> Result<(), Status> {
        let opened = match &self.progress.issuer {
            None => return Err(Status::REFERENCE_NOT_FOUND),
            Some(Issuer::Root) => Cvc::open(bytes, self.root).filter(|cvc| cvc.profile == Profile::Authority),
            Some(Issuer::Imported(issuer)) => Cvc::open(bytes, &issuer.modulus)
                .filter(|cvc| cvc.profile == Profile::Terminal && cvc.car == issuer.short_chr()),
        };
        let opened = opened.ok_or(Status::WRONG_DATA)?;
        self.progress.imported.retain(|key| key.chr != opened.chr);
        if self.progress.imported.len() >= MAX_IMPORTED {
            self.progress.imported.remove(0);
        }
        self.progress.imported.push(opened);
        Ok(())
    }

    /// MSE SET `C1 A4`: the terminal's public key and the chip's private key.
    pub fn set_keys(&mut self, template: &[u8]) -> Result<(), Status> {
        let (terminal, chip) = (object(template, 0x83)?, object(template, 0x84)?);
        let mut terminals = self.progress.imported.iter().filter(|key| key.profile == Profile::Terminal);
        let known = terminals.find(|key| key.chr == terminal).ok_or(Status::REFERENCE_NOT_FOUND)?.clone();
        if chip != CHIP_KEY_REFERENCE {
            return Err(Status::REFERENCE_NOT_FOUND);
        }
        self.progress.terminal = Some(known);
        self.progress.proven = None;
        Ok(())
    }

    /// INTERNAL AUTHENTICATE: the chip proves itself to this terminal alone and sends its half.
    ///
    /// With `short`, it draws until its signature or its answer begins with a zero byte, as one in a hundred does.
    pub fn internal(&mut self, data: &[u8], short: bool, chance: &mut Chance) -> Result<Vec<u8>, Status> {
        let terminal = self.progress.terminal.as_ref().ok_or(sw::OUT_OF_SEQUENCE)?;
        let data: &[u8; 16] = data.try_into().map_err(|_| Status::WRONG_LENGTH)?;
        let (rnd_ifd, sn_ifd) = data.split_first_chunk::<8>().ok_or(Status::WRONG_LENGTH)?;
        if sn_ifd != terminal.short_chr() {
            return Err(Status::WRONG_DATA);
        }
        for _ in 0..MAX_DRAWS {
            let mut message = [0; FILLER_LEN + HALF_LEN];
            chance(&mut message).map_err(|_| sw::INTERNAL)?;
            let k_icc = *message.last_chunk::<HALF_LEN>().ok_or(sw::INTERNAL)?;
            let hash = sha1(&[&message[..], data].concat());
            let smaller = self.smaller(&Frame { message, hash }.write()).ok_or(sw::INTERNAL)?;
            let answer = iso9796::power(&smaller, PUBLIC_EXPONENT, &terminal.modulus).ok_or(sw::INTERNAL)?;
            if short && smaller.first() != Some(&0) && answer.first() != Some(&0) {
                continue;
            }
            self.progress.proven = Some(Proven { k_icc, rnd_ifd: *rnd_ifd });
            return Ok(answer.to_vec());
        }
        Err(sw::INTERNAL)
    }

    /// Of a signature and its complement the smaller one, which fits under any modulus of this length.
    fn smaller(&self, value: &[u8; RSA_LEN]) -> Option<[u8; RSA_LEN]> {
        let signature = self.chip_key.apply(value)?;
        Some(signature.min(iso9796::complement(&signature, &self.chip_key.modulus)?))
    }

    /// GET CHALLENGE; only one of 8 bytes can be answered by EXTERNAL AUTHENTICATE.
    pub fn challenge(&mut self, length: u16, chance: &mut Chance) -> Result<Vec<u8>, Status> {
        if !matches!(length, 0x08 | 0x14) {
            return Err(Status::WRONG_LENGTH);
        }
        let mut random = vec![0; usize::from(length)];
        chance(&mut random).map_err(|_| sw::INTERNAL)?;
        self.progress.rnd_icc = random.as_slice().try_into().ok();
        Ok(random)
    }

    /// EXTERNAL AUTHENTICATE: the terminal proves itself and sends its half; the answer is the new session.
    pub fn external(&mut self, data: &[u8]) -> Result<Session, Status> {
        let rnd_icc = self.progress.rnd_icc.take().ok_or(sw::OUT_OF_SEQUENCE)?;
        let proven = self.progress.proven.take().ok_or(sw::OUT_OF_SEQUENCE)?;
        let terminal = self.progress.terminal.as_ref().ok_or(sw::OUT_OF_SEQUENCE)?;
        if data.len() != RSA_LEN {
            return Err(Status::WRONG_LENGTH);
        }
        let frame = self.open_from(terminal, data).ok_or(Status::SECURITY_NOT_SATISFIED)?;
        let proof = [&frame.message[..], &rnd_icc, &self.sn_icc].concat();
        if sha1(&proof) != frame.hash {
            return Err(Status::SECURITY_NOT_SATISFIED);
        }
        let k_ifd = frame.message.last_chunk::<HALF_LEN>().ok_or(sw::INTERNAL)?;
        let session = agree(&proven, k_ifd, rnd_icc, self.mac_len, terminal.role);
        self.forget();
        Ok(session)
    }

    fn open_from(&self, terminal: &Cvc, data: &[u8]) -> Option<Frame> {
        let smaller = self.chip_key.apply(data)?;
        let opened = iso9796::power(&smaller, PUBLIC_EXPONENT, &terminal.modulus)?;
        Frame::read(&opened).or_else(|| Frame::read(&iso9796::complement(&opened, &terminal.modulus)?))
    }
}

/// Both keys and the first counter, from both halves and both random numbers.
fn agree(proven: &Proven, k_ifd: &[u8; HALF_LEN], rnd_icc: [u8; 8], mac_len: usize, role: Role) -> Session {
    let mut material = [0; HALF_LEN + 4];
    for (byte, (icc, ifd)) in material.iter_mut().zip(proven.k_icc.iter().zip(k_ifd)) {
        *byte = icc ^ ifd;
    }
    let mut derive = |counter: u8| {
        if let Some(last) = material.last_mut() {
            *last = counter;
        }
        sha1(&material).first_chunk::<16>().copied().unwrap_or_default()
    };
    let (k_enc, k_mac) = (derive(1), derive(2));
    let [_, _, _, _, a, b, c, d] = rnd_icc;
    let [_, _, _, _, e, f, g, h] = proven.rnd_ifd;
    Session::new(k_enc, k_mac, [a, b, c, d, e, f, g, h], mac_len, role)
}

fn object(template: &[u8], tag: u32) -> Result<&[u8], Status> {
    let found = tlv::find(template, tag).map_err(|_| Status::WRONG_DATA)?;
    Ok(found.ok_or(Status::WRONG_DATA)?.value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openssl::bn::BigNum;
    use openssl::rsa::RsaPrivateKeyBuilder;

    use super::*;
    use crate::iso9796::tests::vector;
    use crate::request::{Answer, Request};

    const SET: &str = "vector_cwa";

    fn handshake(key_set: KeySet) -> Handshake {
        let number = |bytes: &[u8]| BigNum::from_slice(bytes).unwrap();
        let (n, d) = (number(&vector(SET, "icc_n")), number(&vector(SET, "icc_d")));
        let key = RsaPrivateKeyBuilder::new(n, BigNum::from_u32(65537).unwrap(), d).unwrap().build();
        let serial = vector(SET, "sn_icc")[1..].try_into().unwrap();
        Handshake::new(ChipKey::new(key).unwrap(), key_set, serial, 8)
    }

    fn scripted(values: &[&str]) -> Chance {
        let mut bytes = values.iter().flat_map(|name| vector(SET, name)).collect::<Vec<_>>().into_iter();
        Box::new(move |out| {
            out.iter_mut().for_each(|byte| *byte = bytes.next().unwrap());
            Ok(())
        })
    }

    fn template(tag: u8, value: &[u8]) -> Vec<u8> {
        tlv::object(u32::from(tag), value)
    }

    fn present(handshake: &mut Handshake, set: &str, who: &str) {
        handshake.set_issuer(&template(0x83, &ROOT_REFERENCE)).unwrap();
        handshake.verify_certificate(&vector(set, "c_cv_ca")).unwrap();
        handshake.set_issuer(&template(0x83, &vector(set, "c_cv_ca_chr"))).unwrap();
        handshake.verify_certificate(&vector(set, &format!("{who}_c_cv_ifd"))).unwrap();
        let reference = vector(set, &format!("{who}_ifd_keyref"));
        let keys = [template(0x83, &reference), template(0x84, &CHIP_KEY_REFERENCE)].concat();
        handshake.set_keys(&keys).unwrap();
    }

    fn prove(handshake: &mut Handshake) -> Result<Session, Status> {
        let mut chance = scripted(&["prnd1", "kicc", "rnd_icc"]);
        let sent = [vector(SET, "rnd_ifd"), vector(SET, "sn_ifd")].concat();
        assert_eq!(handshake.internal(&sent, false, &mut chance).unwrap(), vector(SET, "int_auth_resp"));
        assert_eq!(handshake.challenge(8, &mut chance).unwrap(), vector(SET, "rnd_icc"));
        handshake.external(&vector(SET, "ext_auth_data"))
    }

    #[test]
    fn the_whole_published_handshake_ends_in_its_keys() {
        let mut handshake = handshake(KeySet::R1);
        present(&mut handshake, "cwa_r1", "user");
        let mut session = prove(&mut handshake).unwrap();
        assert_eq!(session.role(), Role::User);

        let first = apdu::Command::parse(&vector(SET, "c1_verify_mac8")).unwrap();
        assert_eq!(session.open(&Request::from(&first)).unwrap().data, b"CRYPTOKI");
        let answer = session.close(&Answer::status(Status::OK)).unwrap();
        assert_eq!(answer, vector(SET, "r1_9000_mac8"));
    }

    #[test]
    fn the_pin_terminal_is_known_by_its_certificate() {
        for set in [KeySet::R1, KeySet::R2] {
            let name = if set == KeySet::R1 { "cwa_r1" } else { "cwa_r2" };
            let mut handshake = handshake(set);
            present(&mut handshake, name, "pin");
            assert_eq!(handshake.progress.terminal.unwrap().role, Role::Pin);
        }
    }

    #[test]
    fn the_other_generation_s_certificates_do_not_open() {
        let mut handshake = handshake(KeySet::R2);
        handshake.set_issuer(&template(0x83, &ROOT_REFERENCE)).unwrap();
        assert_eq!(handshake.verify_certificate(&vector("cwa_r1", "c_cv_ca")), Err(Status::WRONG_DATA));
    }

    #[test]
    fn steps_out_of_order_are_refused() {
        let mut handshake = handshake(KeySet::R1);
        let authority = vector("cwa_r1", "c_cv_ca");
        let unknown = template(0x83, &vector("cwa_r1", "c_cv_ca_chr"));
        assert_eq!(handshake.verify_certificate(&authority), Err(Status::REFERENCE_NOT_FOUND));
        assert_eq!(handshake.set_issuer(&unknown), Err(Status::REFERENCE_NOT_FOUND));
        assert_eq!(handshake.set_issuer(&[0x83, 9]), Err(Status::WRONG_DATA));
        assert_eq!(handshake.external(&[0; 128]).err(), Some(sw::OUT_OF_SEQUENCE));
        assert_eq!(handshake.internal(&[0; 16], false, &mut scripted(&[])).err(), Some(sw::OUT_OF_SEQUENCE));

        present(&mut handshake, "cwa_r1", "user");
        assert_eq!(handshake.internal(&[0; 15], false, &mut scripted(&[])).err(), Some(Status::WRONG_LENGTH));
        assert_eq!(handshake.internal(&[0; 16], false, &mut scripted(&[])).err(), Some(Status::WRONG_DATA));
        handshake.forget();
        assert_eq!(handshake.internal(&[0; 16], false, &mut scripted(&[])).err(), Some(sw::OUT_OF_SEQUENCE));
    }

    #[test]
    fn a_wrong_proof_costs_the_challenge() {
        let mut handshake = handshake(KeySet::R1);
        present(&mut handshake, "cwa_r1", "user");
        let mut chance = scripted(&["prnd1", "kicc", "rnd_icc"]);
        let sent = [vector(SET, "rnd_ifd"), vector(SET, "sn_ifd")].concat();
        handshake.internal(&sent, false, &mut chance).unwrap();
        handshake.challenge(8, &mut chance).unwrap();
        let mut wrong = vector(SET, "ext_auth_data");
        wrong[100] ^= 1;
        assert_eq!(handshake.external(&wrong).err(), Some(Status::SECURITY_NOT_SATISFIED));
        assert_eq!(handshake.external(&vector(SET, "ext_auth_data")).err(), Some(sw::OUT_OF_SEQUENCE));
    }
}
