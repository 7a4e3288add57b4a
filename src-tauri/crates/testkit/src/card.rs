//! People who do not exist and the identity cards they carry, issued by the test authorities.
//!
//! A [`PersonaSpec`] says what is remarkable about someone; [`persona`] makes the keys and certificates and puts
//! them on a card for `virtual-card`. Numbers are in the range that is never assigned, with a right check letter.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Integer, Asn1Time, Asn1Type};
use openssl::bn::{BigNum, MsbOption};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509Name, X509NameBuilder, X509NameRef};
use virtual_card::{Component, Credential, Generation, Holder, KeySet, MAX_TRIES, Persona};

use crate::pki::{Authorities, Purpose};

/// Everybody's PIN.
pub const PIN: &str = "Taronja2026";

/// Bits of the chips' own keys, as on the real cards.
const COMPONENT_RSA_BITS: u32 = 1024;
/// The chips' certificates begin and end this far from `now`: longer than any citizen's.
const COMPONENT_DAYS: i64 = 8 * 365;

/// Someone to be issued a card. Start from a preset and change what the test is about.
#[derive(Clone)]
pub struct PersonaSpec {
    /// Whose card.
    pub holder: Holder,
    /// Which card.
    pub generation: Generation,
    /// Under which pair of component roots.
    pub key_set: KeySet,
    /// Support number.
    pub idesp: String,
    /// PIN, 8 to 16 letters and digits.
    pub pin: String,
    /// Tries left; 0 is blocked.
    pub tries_left: u8,
    /// When the citizen's certificates hold.
    pub validity: Validity,
    /// Who issues the citizen's certificates.
    pub citizen_issuer: Origin,
    /// Who issues the chip's certificates.
    pub chip_issuer: Origin,
    /// Whether there is a signature key; minors have none.
    pub can_sign: bool,
    /// Whether the certificates are readable only after the PIN, as on some old cards.
    pub certificates_need_pin: bool,
}

/// When certificates hold, counted in days from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First day; negative is past.
    pub from: i64,
    /// Last day; negative is past.
    pub until: i64,
}

impl Validity {
    /// Issued a year ago, good for another.
    pub const CURRENT: Self = Self { from: -365, until: 365 };
    /// Ran out a month ago.
    pub const EXPIRED: Self = Self { from: -760, until: -30 };
    /// Runs out in a week.
    pub const EXPIRING: Self = Self { from: -723, until: 7 };

    fn period(self, now: Timestamp) -> Result<(Timestamp, Timestamp)> {
        Ok((days_from(now, self.from)?, days_from(now, self.until)?))
    }
}

/// Which authority stands behind a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The one the tests believe.
    Authorities,
    /// Another of the same name, that nobody believes.
    Stranger,
}

impl PersonaSpec {
    /// A current 3.0 card with nothing wrong.
    #[must_use]
    pub fn amparo() -> Self {
        Self::v3("99999002Q", "AMPARO", "MARTÍ", Some("SOLER"), "CAA100002")
    }

    /// A current 2.0 card with nothing wrong.
    #[must_use]
    pub fn vicent_2_0() -> Self {
        Self {
            generation: Generation::V2,
            key_set: KeySet::R1,
            ..Self::v3("99999003V", "VICENT", "FERRANDIS", Some("BLASCO"), "AHJ200003")
        }
    }

    /// A 2.0 card whose certificates are readable only after the PIN.
    #[must_use]
    pub fn guarded_2_0() -> Self {
        Self { certificates_need_pin: true, ..Self::vicent_2_0() }
    }

    /// Both certificates ran out a month ago.
    #[must_use]
    pub fn expired() -> Self {
        Self {
            validity: Validity::EXPIRED,
            ..Self::v3("99999004H", "JOSEP", "PERIS", Some("ALBEROLA"), "CAA100004")
        }
    }

    /// The PIN is blocked.
    #[must_use]
    pub fn blocked_pin() -> Self {
        Self { tries_left: 0, ..Self::v3("99999005L", "CARME", "ESTEVE", Some("NAVARRO"), "CAA100005") }
    }

    /// One more wrong PIN blocks it.
    #[must_use]
    pub fn one_try_left() -> Self {
        Self { tries_left: 1, ..Self::v3("99999006C", "LLUÍS", "GARRIGUES", Some("PLA"), "CAA100006") }
    }

    /// The citizen's certificates come from a root that nobody believes; the chip is genuine.
    #[must_use]
    pub fn untrusted() -> Self {
        Self {
            citizen_issuer: Origin::Stranger,
            ..Self::v3("99999007K", "EMPAR", "SORIANO", Some("GIL"), "CAA100007")
        }
    }

    /// The chip cannot prove itself: its component root is one that nobody believes.
    #[must_use]
    pub fn false_chip() -> Self {
        Self { chip_issuer: Origin::Stranger, ..Self::amparo() }
    }

    /// One surname only.
    #[must_use]
    pub fn single_surname() -> Self {
        Self::v3("99999008E", "INGRID", "OLSEN", None, "CAA100008")
    }

    /// A minor: a 3.0 card without signature key.
    #[must_use]
    pub fn minor() -> Self {
        Self { can_sign: false, ..Self::v3("99999009T", "MARIA", "ROIG", Some("FUSTER"), "CAA100009") }
    }

    /// Every preset with a name for its file.
    #[must_use]
    pub fn all() -> Vec<(&'static str, Self)> {
        vec![
            ("amparo", Self::amparo()),
            ("vicent-2-0", Self::vicent_2_0()),
            ("guarded-2-0", Self::guarded_2_0()),
            ("expired", Self::expired()),
            ("blocked-pin", Self::blocked_pin()),
            ("one-try-left", Self::one_try_left()),
            ("untrusted", Self::untrusted()),
            ("false-chip", Self::false_chip()),
            ("single-surname", Self::single_surname()),
            ("minor", Self::minor()),
        ]
    }

    fn v3(nif: &str, given_name: &str, surname1: &str, surname2: Option<&str>, idesp: &str) -> Self {
        Self {
            holder: Holder {
                nif: nif.to_owned(),
                given_name: given_name.to_owned(),
                surname1: surname1.to_owned(),
                surname2: surname2.map(str::to_owned),
            },
            generation: Generation::V3,
            key_set: KeySet::R2,
            idesp: idesp.to_owned(),
            pin: PIN.to_owned(),
            tries_left: MAX_TRIES,
            validity: Validity::CURRENT,
            citizen_issuer: Origin::Authorities,
            chip_issuer: Origin::Authorities,
            can_sign: true,
            certificates_need_pin: false,
        }
    }
}

/// Makes someone's keys and certificates: a second or so.
///
/// # Errors
/// When OpenSSL fails, or `now` is so far away that dates overflow.
pub fn persona(authorities: &Authorities, spec: &PersonaSpec, now: Timestamp) -> Result<Persona> {
    let strangers;
    let citizens = match spec.citizen_issuer {
        Origin::Authorities => authorities,
        Origin::Stranger => {
            strangers = Authorities::generate(now)?;
            &strangers
        }
    };
    let (not_before, not_after) = spec.validity.period(now)?;
    let who = trust::Holder {
        nif: spec.holder.nif.clone(),
        given_name: spec.holder.given_name.clone(),
        surname1: spec.holder.surname1.clone(),
        surname2: spec.holder.surname2.clone(),
    };
    let credential = |purpose| -> Result<Credential> {
        let (certificate, key) = citizens.citizen(&who, purpose, not_before, not_after)?;
        Ok(Credential { certificate: certificate.der().to_vec().into(), key: pem(&key)? })
    };
    let authentication = credential(Purpose::Authentication)?;
    let signature = spec.can_sign.then(|| credential(Purpose::Signature)).transpose()?;

    let mut chip_serial = [0; 7];
    openssl::rand::rand_bytes(&mut chip_serial)?;
    Ok(Persona {
        generation: spec.generation,
        key_set: spec.key_set,
        chip_serial,
        idesp: spec.idesp.clone(),
        software: Some(software(spec.generation).to_owned()),
        personalised: not_before.strftime("%Y%m%d%H%M%S").to_string(),
        pin: spec.pin.clone(),
        tries_left: spec.tries_left,
        certificates_need_pin: spec.certificates_need_pin,
        holder: spec.holder.clone(),
        component: component(authorities, spec, chip_serial, now)?,
        authentication,
        signature,
        issuer: Some(citizens.citizen_sub().certificate.der().to_vec().into()),
    })
}

const fn software(generation: Generation) -> &'static str {
    match generation {
        Generation::V2 => "DNIe 01.13 B11 H 4C34 EXP 1-((4.2-5))",
        Generation::V3 => "DNIe 04.21 A9 H 0155 EXP 2-(5.2-10)",
    }
}

/// The chip's own certificates, X.509 with RSA-1024 and SHA-1 as the real ones.
fn component(
    authorities: &Authorities,
    spec: &PersonaSpec,
    chip_serial: [u8; 7],
    now: Timestamp,
) -> Result<Component> {
    let root = match spec.chip_issuer {
        Origin::Authorities => authorities.component_root().clone(),
        Origin::Stranger => Rsa::generate(COMPONENT_RSA_BITS)?,
    };
    let root_cn = match spec.key_set {
        KeySet::R1 => "000000006573524449600006",
        KeySet::R2 => "000000006573524449620018",
    };
    let root_name = police(spec.key_set.root_unit(), root_cn)?;
    let sub_name = police(spec.key_set.root_unit(), "AC COMPONENTES 901 TEST")?;
    let chip_name = police("DNIE", &format!("00{}", hex::encode_upper(chip_serial)))?;
    let (sub_key, chip_key) = (Rsa::generate(COMPONENT_RSA_BITS)?, Rsa::generate(COMPONENT_RSA_BITS)?);
    let (root, sub_key, chip_key) =
        (PKey::from_rsa(root)?, PKey::from_rsa(sub_key)?, PKey::from_rsa(chip_key)?);
    Ok(Component {
        sub_ca: certify(&sub_name, &sub_key, &root_name, &root, now)?.into(),
        certificate: certify(&chip_name, &chip_key, &sub_name, &sub_key, now)?.into(),
        key: pem(&chip_key)?,
    })
}

fn police(unit: &str, common_name: &str) -> Result<X509Name> {
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_text_with_type("C", "ES", Asn1Type::PRINTABLESTRING)?;
    for (key, value) in
        [("O", "DIRECCION GENERAL DE LA POLICIA"), ("OU", "DNIE"), ("OU", unit), ("CN", common_name)]
    {
        name.append_entry_by_text_with_type(key, value, Asn1Type::UTF8STRING)?;
    }
    Ok(name.build())
}

fn certify(
    subject: &X509NameRef,
    key: &PKey<Private>,
    issuer: &X509NameRef,
    issuer_key: &PKey<Private>,
    now: Timestamp,
) -> Result<Vec<u8>> {
    let mut serial = BigNum::new()?;
    // Positive, never zero, at most 16 octets.
    serial.rand(127, MsbOption::ONE, false)?;
    let (from, until) = (days_from(now, -COMPONENT_DAYS)?, days_from(now, COMPONENT_DAYS)?);
    let mut certificate = X509::builder()?;
    certificate.set_version(2)?;
    certificate.set_serial_number(&*Asn1Integer::from_bn(&serial)?)?;
    certificate.set_subject_name(subject)?;
    certificate.set_issuer_name(issuer)?;
    certificate.set_pubkey(key)?;
    certificate.set_not_before(&*Asn1Time::from_unix(from.as_second())?)?;
    certificate.set_not_after(&*Asn1Time::from_unix(until.as_second())?)?;
    certificate.sign(issuer_key, MessageDigest::sha1())?;
    Ok(certificate.build().to_der()?)
}

fn days_from(now: Timestamp, days: i64) -> Result<Timestamp> {
    let hours = days.checked_mul(24).context("date")?;
    Ok(now.checked_add(SignedDuration::from_hours(hours))?)
}

fn pem(key: &PKey<Private>) -> Result<String> {
    Ok(String::from_utf8(key.private_key_to_pem_pkcs8()?)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use trust::{Certificate, Context, Policy};
    use virtual_card::VirtualCard;

    use super::*;

    fn now() -> Timestamp {
        "2026-03-12T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_preset_has_a_right_check_letter_and_its_own_number() {
        for (name, spec) in PersonaSpec::all() {
            let (number, letter) = spec.holder.nif.split_at(8);
            let number: usize = number.parse().unwrap();
            assert_eq!(&"TRWAGMYFPDXBNJZSQVHLCKE"[number % 23..=number % 23], letter, "{name}");
        }
    }

    #[test]
    fn every_preset_fits_a_card_and_its_certificates_say_what_they_should() {
        let authorities = Authorities::generate(now()).unwrap();
        let anchors = authorities.anchors_citizen();
        for (name, spec) in PersonaSpec::all() {
            let persona = persona(&authorities, &spec, now()).unwrap();
            let card = VirtualCard::new(&persona).unwrap();
            assert_eq!(card.tries_left(), spec.tries_left, "{name}");

            let leaf = Certificate::from_der(&persona.authentication.certificate.0).unwrap();
            let issuer = Certificate::from_der(&persona.issuer.as_ref().unwrap().0).unwrap();
            let context = Context { anchors: &anchors, intermediates: &[issuer] };
            let verdict = trust::verify(&leaf, &context, now(), Policy::DnieAuthentication);
            match name {
                "expired" => assert_eq!(verdict.unwrap_err().code(), "certificate.expired"),
                "untrusted" => assert_eq!(verdict.unwrap_err().code(), "certificate.untrusted"),
                _ => {
                    let verified = verdict.unwrap();
                    let holder = verified.holder().cloned().unwrap();
                    assert_eq!(
                        (holder.nif, holder.surname2),
                        (spec.holder.nif, spec.holder.surname2),
                        "{name}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_chip_is_rooted_in_the_test_root_unless_it_is_false() {
        let authorities = Authorities::generate(now()).unwrap();
        let root = PKey::from_rsa(authorities.component_root().clone()).unwrap();
        for (spec, genuine) in [(PersonaSpec::amparo(), true), (PersonaSpec::false_chip(), false)] {
            let component = persona(&authorities, &spec, now()).unwrap().component;
            let sub_ca = X509::from_der(&component.sub_ca.0).unwrap();
            let chip = X509::from_der(&component.certificate.0).unwrap();
            assert!(chip.verify(&sub_ca.public_key().unwrap()).unwrap());
            assert_eq!(sub_ca.verify(&root).unwrap(), genuine);
            let issuer = format!("{:?}", sub_ca.issuer_name());
            assert!(issuer.contains("AC RAIZ COMPONENTES 2"), "{issuer}");
        }
    }
}
