//! What the chip does with plain commands: which it knows, in what state they are allowed, and what they leave.

use apdu::{Status, tlv};
use openssl::pkey::Private;
use openssl::rsa::{Padding, Rsa};

use crate::card::Chance;
use crate::channel::{ChipKey, Handshake};
use crate::cvc::Role;
use crate::error::Error;
use crate::faults::Counts;
use crate::files::Files;
use crate::layout;
use crate::lds;
use crate::pace::Pace;
use crate::persona::{Generation, Kind, Persona};
use crate::pin::PinFile;
use crate::pkcs15::Slot;
use crate::request::{Answer, Request, sw};
use crate::session::{Access, Session};

/// The chip between power-up and power-down; only the PIN counter outlives that.
pub(crate) struct Chip {
    generation: Generation,
    chip_serial: [u8; 7],
    files: Files,
    handshake: Handshake,
    /// Contactless cards alone have it.
    pace: Option<Pace>,
    pin: PinFile,
    keys: Keys,
    selected_key: Option<Slot>,
}

/// Through what the chip is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interface {
    Contact,
    Contactless,
}

struct Keys {
    authentication: Rsa<Private>,
    signature: Option<Rsa<Private>>,
}

/// Where commands are executed: what the terminal has proven, chance, and the counters.
pub(crate) struct Around<'a> {
    pub access: Access,
    pub chance: &'a mut Chance,
    pub counts: &'a mut Counts,
    /// Draw until a value of the handshake is short, see [`crate::Faults::short_sigmin`].
    pub short_sigmin: bool,
}

/// An answer and, after the last step of a handshake, the session that comes into force once it is sent.
pub(crate) struct Outcome {
    pub answer: Answer,
    pub session: Option<Session>,
}

impl Chip {
    pub fn new(persona: &Persona, interface: Interface) -> Result<Self, Error> {
        if interface == Interface::Contact && persona.kind == Kind::ResidencePermit {
            return Err(Error::Persona { what: "a residence permit has no contacts" });
        }
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
            files: layout::files(persona, interface)?,
            handshake: Handshake::new(chip_key, persona.key_set, persona.chip_serial, mac_len),
            pace: match interface {
                Interface::Contact => None,
                Interface::Contactless => Some(pace(persona)?),
            },
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
        self.break_chain();
        self.selected_key = None;
    }

    fn break_chain(&mut self) {
        if let Some(pace) = &mut self.pace {
            pace.forget();
        }
    }

    pub const fn tries_left(&self) -> u8 {
        self.pin.tries()
    }

    /// Executes one plain command, whether it came in plain or out of a channel.
    pub fn execute(&mut self, request: &Request, around: &mut Around<'_>) -> Outcome {
        let outcome = match (request.cla, request.ins) {
            (0x00, 0x82) => self.external_authenticate(request, around.access),
            (0x00 | 0x10, 0x86) => self.general_authenticate(request, around),
            _ => {
                self.break_chain();
                self.dispatch(request, around).map(|answer| Outcome { answer, session: None })
            }
        };
        outcome.unwrap_or_else(|status| Outcome { answer: status.into(), session: None })
    }

    fn dispatch(&mut self, request: &Request, around: &mut Around<'_>) -> Result<Answer, Status> {
        match (request.cla, request.ins) {
            (0x00, 0xA4) => self.select(request, around.access),
            (0x00, 0xB0) => self.files.read(request, around.access, self.pin.is_verified()),
            (0x00, 0x22) => self.manage(request, around.access),
            (0x90, 0xB8) | (0x00, 0x20 | 0x2A | 0x84 | 0x88) => {
                past_pace(around.access)?;
                self.dispatch_further(request, around)
            }
            (0x00 | 0x90, _) => Err(Status::UNKNOWN_INS),
            _ => Err(Status::UNKNOWN_CLA),
        }
    }

    /// What a contactless card does not even consider before PACE.
    fn dispatch_further(&mut self, request: &Request, around: &mut Around<'_>) -> Result<Answer, Status> {
        match (request.cla, request.ins) {
            (0x90, 0xB8) => self.serial_number(request),
            (0x00, 0x2A) => self.perform(request, around),
            (0x00, 0x88) => {
                parameters(request, 0x0000)?;
                let proof = self.handshake.internal(&request.data, around.short_sigmin, around.chance)?;
                Ok(Answer::data(proof))
            }
            (0x00, 0x84) => {
                parameters(request, 0x0000)?;
                no_data(request)?;
                let length = request.le.unwrap_or(256);
                self.handshake.challenge(length, around.chance).map(Answer::data)
            }
            (0x00, 0x20) => self.verify(request, around),
            _ => Err(Status::UNKNOWN_INS),
        }
    }

    fn select(&mut self, request: &Request, access: Access) -> Result<Answer, Status> {
        let answer = self.files.select(request, access)?;
        // The card keeps no key references across files.
        self.handshake.forget();
        Ok(answer)
    }

    fn serial_number(&mut self, request: &Request) -> Result<Answer, Status> {
        parameters(request, 0x0000)?;
        no_data(request)?;
        self.handshake.forget();
        let le = match self.pace {
            None => request.le,
            // Over T=1 no answer is too short.
            Some(_) => Some(request.le.unwrap_or(256).min(7)),
        };
        exactly(self.chip_serial.to_vec(), le)
    }

    fn external_authenticate(&mut self, request: &Request, access: Access) -> Result<Outcome, Status> {
        self.break_chain();
        past_pace(access)?;
        parameters(request, 0x0000)?;
        let session = self.handshake.external(&request.data)?;
        Ok(Outcome { answer: Answer::status(Status::OK), session: Some(Session::Cwa(session)) })
    }

    fn general_authenticate(
        &mut self,
        request: &Request,
        around: &mut Around<'_>,
    ) -> Result<Outcome, Status> {
        let pace = self.pace.as_mut().ok_or(Status::UNKNOWN_INS)?;
        let step = pace.step(request, around.chance)?;
        Ok(Outcome { answer: Answer::data(step.data), session: step.session.map(Session::Pace) })
    }

    /// MANAGE SECURITY ENVIRONMENT: set.
    fn manage(&mut self, request: &Request, access: Access) -> Result<Answer, Status> {
        let names_protocol = || matches!(tlv::find(&request.data, 0x80), Ok(Some(_)));
        match request.p1p2() {
            0xC1A4 if names_protocol() => self.choose_protocol(&request.data, access)?,
            0x81B6 | 0xC1A4 | 0x41B6 => {
                past_pace(access)?;
                match request.p1p2() {
                    0x81B6 => self.handshake.set_issuer(&request.data)?,
                    0xC1A4 => self.handshake.set_keys(&request.data)?,
                    _ => self.select_key(&request.data, access.role())?,
                }
            }
            _ => return Err(Status::WRONG_P1P2),
        }
        Ok(Answer::status(Status::OK))
    }

    /// PACE, which by contact and inside a channel is not offered.
    fn choose_protocol(&mut self, template: &[u8], access: Access) -> Result<(), Status> {
        let pace = self.pace.as_mut().ok_or(Status::REFERENCE_NOT_FOUND)?;
        if access != Access::Shut {
            return Err(sw::OUT_OF_SEQUENCE);
        }
        pace.choose(template)
    }

    /// PERFORM SECURITY OPERATION: verify certificate, or compute digital signature.
    fn perform(&mut self, request: &Request, around: &mut Around<'_>) -> Result<Answer, Status> {
        match request.p1p2() {
            0x00AE => {
                self.handshake.verify_certificate(&request.data)?;
                Ok(Answer::status(Status::OK))
            }
            0x9E9A => {
                let signature = self.sign(&request.data, around.access.role())?;
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
        if around.access.role() != Some(wanted) {
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

fn pace(persona: &Persona) -> Result<Pace, Error> {
    let information = lds::mrz_information(persona)?;
    let can = persona.document.as_ref().map(|document| document.can.as_str());
    Pace::new(can.unwrap_or_default(), &information)
}

/// Contactless, everything else waits for PACE.
fn past_pace(access: Access) -> Result<(), Status> {
    if access == Access::Shut { Err(Status::SECURITY_NOT_SATISFIED) } else { Ok(()) }
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
