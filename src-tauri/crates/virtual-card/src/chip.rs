//! What the chip does with plain commands: which it knows, in what state they are allowed, and what they leave.

use apdu::{Status, tlv};
use openssl::pkey::Private;
use openssl::rsa::{Padding, Rsa};

use crate::card::Chance;
use crate::channel::{ChipKey, Handshake};
use crate::cvc::Role;
use crate::error::Error;
use crate::faults::Counts;
use crate::files::{Files, Read};
use crate::persona::{Generation, Persona};
use crate::pin::PinFile;
use crate::pkcs15::{self, Identity, KEY_FILE_LEN, Slot};
use crate::request::{Answer, Request, sw};
use crate::sm::Session;

/// The chip between power-up and power-down; only the PIN counter outlives that.
pub(crate) struct Chip {
    generation: Generation,
    chip_serial: [u8; 7],
    files: Files,
    handshake: Handshake,
    pin: PinFile,
    keys: Keys,
    selected_key: Option<Slot>,
}

struct Keys {
    authentication: Rsa<Private>,
    signature: Option<Rsa<Private>>,
}

/// Where commands are executed: what the terminal has proven, chance, and the counters.
pub(crate) struct Around<'a> {
    /// Role of the open channel.
    pub role: Option<Role>,
    pub chance: &'a mut Chance,
    pub counts: &'a mut Counts,
}

/// An answer and, after EXTERNAL AUTHENTICATE, the session that comes into force once it is sent.
pub(crate) struct Outcome {
    pub answer: Answer,
    pub session: Option<Session>,
}

impl Chip {
    pub fn new(persona: &Persona) -> Result<Self, Error> {
        let key = |pem: &str| {
            let what = "a private key is RSA in PEM";
            Rsa::private_key_from_pem(pem.as_bytes()).map_err(|_| Error::Persona { what })
        };
        let mac_len = match persona.generation {
            Generation::V2 => 4,
            Generation::V3 => 8,
        };
        let chip_key = ChipKey::new(key(&persona.component.key)?)?;
        Ok(Self {
            generation: persona.generation,
            chip_serial: persona.chip_serial,
            files: lay_out(persona)?,
            handshake: Handshake::new(chip_key, persona.key_set, persona.chip_serial, mac_len),
            pin: PinFile::new(&persona.pin, persona.tries_left)?,
            keys: Keys {
                authentication: key(&persona.authentication.key)?,
                signature: persona.signature.as_ref().map(|credential| key(&credential.key)).transpose()?,
            },
            selected_key: None,
        })
    }

    pub fn reset(&mut self) {
        self.files.reset();
        self.drop_rights();
    }

    /// What goes with the channel: PIN, key references, challenges.
    pub fn drop_rights(&mut self) {
        self.pin.forget();
        self.handshake.forget();
        self.selected_key = None;
    }

    pub const fn tries_left(&self) -> u8 {
        self.pin.tries()
    }

    /// Executes one plain command, whether it came in plain or out of a channel.
    pub fn execute(&mut self, request: &Request, around: &mut Around<'_>) -> Outcome {
        if (request.cla, request.ins) == (0x00, 0x82) {
            return match self.external_authenticate(request) {
                Ok(session) => Outcome { answer: Answer::status(Status::OK), session: Some(session) },
                Err(status) => Outcome { answer: status.into(), session: None },
            };
        }
        let answer = self.dispatch(request, around).unwrap_or_else(Answer::from);
        Outcome { answer, session: None }
    }

    fn dispatch(&mut self, request: &Request, around: &mut Around<'_>) -> Result<Answer, Status> {
        match (request.cla, request.ins) {
            (0x00, 0xA4) => self.select(request),
            (0x00, 0xB0) => self.files.read(request, around.role.is_some() && self.pin.is_verified()),
            (0x90, 0xB8) => self.serial_number(request),
            (0x00, 0x22) => self.manage(request, around.role),
            (0x00, 0x2A) => self.perform(request, around),
            (0x00, 0x88) => {
                parameters(request, 0x0000)?;
                self.handshake.internal(&request.data, around.chance).map(Answer::data)
            }
            (0x00, 0x84) => {
                parameters(request, 0x0000)?;
                no_data(request)?;
                let length = request.le.unwrap_or(256);
                self.handshake.challenge(length, around.chance).map(Answer::data)
            }
            (0x00, 0x20) => self.verify(request, around),
            (0x00 | 0x90, _) => Err(Status::UNKNOWN_INS),
            _ => Err(Status::UNKNOWN_CLA),
        }
    }

    fn select(&mut self, request: &Request) -> Result<Answer, Status> {
        let answer = self.files.select(request)?;
        // The card keeps no key references across files.
        self.handshake.forget();
        Ok(answer)
    }

    fn serial_number(&mut self, request: &Request) -> Result<Answer, Status> {
        parameters(request, 0x0000)?;
        no_data(request)?;
        self.handshake.forget();
        exactly(self.chip_serial.to_vec(), request.le)
    }

    fn external_authenticate(&mut self, request: &Request) -> Result<Session, Status> {
        parameters(request, 0x0000)?;
        self.handshake.external(&request.data)
    }

    /// MANAGE SECURITY ENVIRONMENT: set.
    fn manage(&mut self, request: &Request, role: Option<Role>) -> Result<Answer, Status> {
        match request.p1p2() {
            0x81B6 => self.handshake.set_issuer(&request.data)?,
            0xC1A4 => self.handshake.set_keys(&request.data)?,
            0x41B6 => self.select_key(&request.data, role)?,
            _ => return Err(Status::WRONG_P1P2),
        }
        Ok(Answer::status(Status::OK))
    }

    /// PERFORM SECURITY OPERATION: verify certificate, or compute digital signature.
    fn perform(&mut self, request: &Request, around: &mut Around<'_>) -> Result<Answer, Status> {
        match request.p1p2() {
            0x00AE => {
                self.handshake.verify_certificate(&request.data)?;
                Ok(Answer::status(Status::OK))
            }
            0x9E9A => {
                let signature = self.sign(&request.data, around.role)?;
                around.counts.signatures += 1;
                Ok(Answer::data(signature))
            }
            _ => Err(Status::WRONG_P1P2),
        }
    }

    /// VERIFY; without data it only tells the tries left.
    fn verify(&mut self, request: &Request, around: &mut Around<'_>) -> Result<Answer, Status> {
        parameters(request, 0x0000)?;
        let wanted = match self.generation {
            Generation::V2 => Role::User,
            Generation::V3 => Role::Pin,
        };
        if around.role != Some(wanted) {
            return Err(Status::SECURITY_NOT_SATISFIED);
        }
        if request.data.is_empty() {
            return Ok(self.pin.query().into());
        }
        around.counts.verifications += 1;
        Ok(self.pin.verify(&request.data).into())
    }

    fn select_key(&mut self, template: &[u8], role: Option<Role>) -> Result<(), Status> {
        self.may_use_keys(role)?;
        let reference =
            tlv::find(template, 0x84).map_err(|_| Status::WRONG_DATA)?.ok_or(Status::WRONG_DATA)?;
        self.selected_key = Some(match reference.value {
            [0x01, 0x01] => Slot::Authentication,
            [0x01, 0x02] if self.keys.signature.is_some() => Slot::Signature,
            _ => return Err(Status::REFERENCE_NOT_FOUND),
        });
        Ok(())
    }

    fn sign(&mut self, digest_info: &[u8], role: Option<Role>) -> Result<Vec<u8>, Status> {
        self.may_use_keys(role)?;
        let key = match self.selected_key.ok_or(sw::OUT_OF_SEQUENCE)? {
            Slot::Authentication => &self.keys.authentication,
            Slot::Signature => self.keys.signature.as_ref().ok_or(sw::OUT_OF_SEQUENCE)?,
            Slot::Issuer => return Err(sw::OUT_OF_SEQUENCE),
        };
        if !is_digest_info(digest_info) {
            return Err(Status::WRONG_DATA);
        }
        let mut signature = vec![0; usize::try_from(key.size()).unwrap_or(0)];
        // Private "encryption" with this padding is EMSA-PKCS1-v1_5, type 1.
        key.private_encrypt(digest_info, &mut signature, Padding::PKCS1).map_err(|_| Status::WRONG_DATA)?;
        if self.generation == Generation::V3 {
            self.pin.forget();
        }
        Ok(signature)
    }

    fn may_use_keys(&self, role: Option<Role>) -> Result<(), Status> {
        let allowed = role == Some(Role::User) && self.pin.is_verified();
        allowed.then_some(()).ok_or(Status::SECURITY_NOT_SATISFIED)
    }
}

/// The files of a persona's card.
fn lay_out(persona: &Persona) -> Result<Files, Error> {
    const MF: u16 = 0x3F00;
    let mut files = Files::new();
    files.key(MF, 0x0000, 0x0010);
    files.transparent(MF, 0x0006, persona.idesp.clone().into_bytes());
    if let Some(software) = &persona.software {
        files.transparent(MF, 0x2F03, software.clone().into_bytes());
    }
    files.transparent(MF, 0x601F, persona.component.certificate.0.clone());
    files.transparent(MF, 0x6020, persona.component.sub_ca.0.clone());

    let mut certificates = vec![(Slot::Authentication, persona.authentication.certificate.0.as_slice())];
    certificates.extend(
        persona.signature.as_ref().map(|credential| (Slot::Signature, credential.certificate.0.as_slice())),
    );
    certificates.extend(persona.issuer.as_ref().map(|issuer| (Slot::Issuer, issuer.0.as_slice())));

    const CERTIFICATES: u16 = 0x6061;
    files.directory(CERTIFICATES);
    let read = if persona.certificates_need_pin { Read::WithPin } else { Read::Always };
    let mut described = Vec::new();
    for (slot, certificate) in certificates {
        let stored = files.compressed(CERTIFICATES, slot.certificate_fid(), read, certificate)?;
        described.push((slot, certificate, stored));
    }

    const KEYS: u16 = 0x3F11;
    files.directory(KEYS);
    files.key(KEYS, 0x0101, KEY_FILE_LEN);
    if persona.signature.is_some() {
        files.key(KEYS, 0x0102, KEY_FILE_LEN);
    }

    const PKCS15: u16 = 0x5015;
    let identity = Identity { chip_serial: &persona.chip_serial, personalised: &persona.personalised };
    let slots: Vec<Slot> = described.iter().map(|(slot, _, _)| *slot).collect();
    files.directory(PKCS15);
    files.transparent(PKCS15, 0x5031, pkcs15::odf());
    files.transparent(PKCS15, 0x5032, pkcs15::token_info(&identity));
    files.transparent(PKCS15, 0x6005, pkcs15::aodf());
    files.transparent(PKCS15, 0x6001, pkcs15::prkdf(&identity, &slots)?);
    files.transparent(PKCS15, 0x6004, pkcs15::cdf(&identity, &described)?);
    Ok(files)
}

fn parameters(request: &Request, expected: u16) -> Result<(), Status> {
    if request.p1p2() == expected { Ok(()) } else { Err(Status::WRONG_P1P2) }
}

fn no_data(request: &Request) -> Result<(), Status> {
    if request.data.is_empty() { Ok(()) } else { Err(Status::WRONG_LENGTH) }
}

/// Data of a fixed length: less of it when less is expected, `6C xx` when more.
fn exactly(mut data: Vec<u8>, le: Option<u16>) -> Result<Answer, Status> {
    let expected = usize::from(le.unwrap_or(256));
    if expected > data.len() {
        return Err(Status::new(0x6C, u8::try_from(data.len()).unwrap_or(0)));
    }
    data.truncate(expected);
    Ok(Answer::data(data))
}

/// `SEQUENCE { SEQUENCE { OBJECT IDENTIFIER, .. }, OCTET STRING }` of any algorithm (PKCS#1, DigestInfo).
fn is_digest_info(bytes: &[u8]) -> bool {
    let sequence = |bytes| tlv::read(bytes).ok().filter(|(object, _)| object.tag == 0x30);
    let Some((whole, after)) = sequence(bytes) else {
        return false;
    };
    let Some((algorithm, digest)) = sequence(whole.value) else {
        return false;
    };
    let oid = tlv::read(algorithm.value).is_ok_and(|(oid, _)| oid.tag == 0x06);
    let octets = tlv::read(digest).is_ok_and(|(octets, rest)| octets.tag == 0x04 && rest.is_empty());
    after.is_empty() && oid && octets
}
