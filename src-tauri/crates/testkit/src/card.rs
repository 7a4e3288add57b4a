//! People who do not exist and the identity cards they carry, issued by the test authorities.
//!
//! A [`PersonaSpec`] says what is remarkable about someone and is a file of data; [`persona`] makes the keys and
//! certificates and puts them on a card for `virtual-card`. Numbers are in the range that is never assigned, with a
//! right check letter.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Integer, Asn1Time, Asn1Type};
use openssl::bn::{BigNum, MsbOption};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509Name, X509NameBuilder, X509NameRef};
use trust::Certificate;
use virtual_card::{Component, Credential, Date, Document, Generation, KeySet, Persona};

use crate::pki::{Authorities, Purpose};

mod spec;

pub use spec::{DocumentSpec, Origin, PersonaSpec, Validity};

/// Everybody's PIN.
pub const PIN: &str = "Taronja2026";

/// Bits of the chips' own keys, as on the real cards.
const COMPONENT_RSA_BITS: u32 = 1024;
/// The chips' certificates begin and end this far from `now`: longer than any citizen's.
const COMPONENT_DAYS: i64 = 8 * 365;

/// Makes someone's keys and certificates: a second or so. The chip is a new one, for a renewed card too.
///
/// # Errors
/// When OpenSSL fails, or `now` is so far away that dates overflow.
pub fn persona(authorities: &Authorities, spec: &PersonaSpec, now: Timestamp) -> Result<Persona> {
    let mut chip_serial = [0; 7];
    openssl::rand::rand_bytes(&mut chip_serial)?;
    let chip_serial = spec.chip_serial.unwrap_or(chip_serial);
    let component = component(authorities, spec, chip_serial, now)?;
    issue(authorities, spec, (chip_serial, component), now)
}

/// Renews someone's certificates: the chip and its own certificates stay, the citizen's keys and certificates are new.
///
/// # Errors
/// As [`persona`].
pub fn renewed(
    authorities: &Authorities,
    before: &Persona,
    spec: &PersonaSpec,
    now: Timestamp,
) -> Result<Persona> {
    issue(authorities, spec, (before.chip_serial, before.component.clone()), now)
}

/// Issues a card to everybody, renewed ones to the chip they had before; with the names of their files.
///
/// # Errors
/// As [`persona`].
pub fn everybody(authorities: &Authorities, now: Timestamp) -> Result<Vec<(&'static str, Persona)>> {
    let mut issued: Vec<(&'static str, Persona)> = Vec::new();
    for (name, spec) in PersonaSpec::all() {
        let before = issued.iter().find(|(before, _)| spec.renews.as_deref() == Some(before));
        let persona = match before {
            Some((_, before)) => renewed(authorities, before, &spec, now)?,
            None => persona(authorities, &spec, now)?,
        };
        issued.push((name, persona));
    }
    Ok(issued)
}

/// The list of the test authority that revokes all certificates of these cards, DER, good for a week.
///
/// # Errors
/// Only when OpenSSL fails, or `now` is so far away that dates overflow.
pub fn revocation_list(authorities: &Authorities, revoked: &[&Persona], now: Timestamp) -> Result<Vec<u8>> {
    let certificates = revoked
        .iter()
        .flat_map(|persona| [Some(&persona.authentication), persona.signature.as_ref()].into_iter().flatten())
        .map(|credential| Ok(Certificate::from_der(&credential.certificate.0)?))
        .collect::<Result<Vec<_>>>()?;
    authorities.citizen_crl(&certificates.iter().collect::<Vec<_>>(), now)
}

fn issue(
    authorities: &Authorities,
    spec: &PersonaSpec,
    (chip_serial, component): ([u8; 7], Component),
    now: Timestamp,
) -> Result<Persona> {
    let signer = spec.document.as_ref().map(|document| document.signer);
    let strangers = match (spec.citizen_issuer, signer) {
        (Origin::Authorities, None | Some(Origin::Authorities)) => None,
        _ => Some(Authorities::generate(now)?),
    };
    let of = |origin| match origin {
        Origin::Authorities => authorities,
        Origin::Stranger => strangers.as_ref().unwrap_or(authorities),
    };
    let citizens = of(spec.citizen_issuer);
    let (not_before, not_after) = (days_from(now, spec.validity.from)?, days_from(now, spec.validity.until)?);
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

    let mut persona = Persona {
        generation: spec.generation,
        kind: spec.kind,
        key_set: spec.key_set,
        chip_serial,
        idesp: spec.idesp.clone(),
        software: Some(software(spec.generation).to_owned()),
        personalised: not_before.strftime("%Y%m%d%H%M%S").to_string(),
        pin: spec.pin.clone(),
        tries_left: spec.tries_left,
        certificates_need_pin: spec.certificates_need_pin,
        holder: spec.holder.clone(),
        component,
        authentication,
        signature,
        issuer: Some(citizens.citizen_sub().certificate.der().to_vec().into()),
        document: spec.document.as_ref().map(|document| travel_document(document, now)).transpose()?,
    };
    if let Some(document) = &spec.document {
        let sod = of(document.signer).security_object(&persona, document.digest)?;
        persona.document.iter_mut().for_each(|document| document.sod = Some(sod.clone().into()));
    }
    Ok(persona)
}

/// The data of the travel document, not yet signed.
fn travel_document(spec: &DocumentSpec, now: Timestamp) -> Result<Document> {
    let expiry = days_from(now, spec.expires_in_days)?.strftime("%Y-%m-%d").to_string();
    Ok(Document {
        can: spec.can.clone(),
        birth_date: spec.birth_date,
        birth_city: spec.birth_city.clone(),
        birth_province: spec.birth_province.clone(),
        sex: spec.sex,
        nationality: spec.nationality.clone(),
        expiry: expiry.parse::<Date>()?,
        parents: spec.parents.clone(),
        address: spec.address.clone(),
        portrait: None,
        handwriting: None,
        sod: None,
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
    use openssl::x509::{CrlStatus, X509Crl};
    use trust::{Context, Policy};
    use virtual_card::{Kind, VirtualCard, lds};

    use super::*;

    fn now() -> Timestamp {
        "2026-03-12T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_preset_fits_a_card_and_its_certificates_say_what_they_should() {
        let authorities = Authorities::generate(now()).unwrap();
        let anchors = authorities.anchors_citizen();
        let everybody = everybody(&authorities, now()).unwrap();
        for ((name, spec), (_, persona)) in PersonaSpec::all().into_iter().zip(everybody) {
            let contactless = VirtualCard::contactless(&persona);
            assert_eq!(contactless.is_ok(), spec.generation == Generation::V3, "{name}");
            match VirtualCard::new(&persona) {
                Ok(card) => assert_eq!(card.tries_left(), spec.tries_left, "{name}"),
                Err(_) => assert!(spec.kind == Kind::ResidencePermit, "{name}"),
            }

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

    #[test]
    fn a_renewed_card_keeps_its_chip_and_changes_its_certificates() {
        let authorities = Authorities::generate(now()).unwrap();
        let spec = PersonaSpec::load("renewed-after").unwrap();
        let before = PersonaSpec::load(spec.renews.as_ref().unwrap()).unwrap();
        let before = persona(&authorities, &before, now()).unwrap();
        let after = renewed(&authorities, &before, &spec, now()).unwrap();
        assert!(before.chip_serial == after.chip_serial && before.component == after.component);
        assert!(before.holder == after.holder && before.idesp == after.idesp);
        assert!(before.authentication != after.authentication && before.signature != after.signature);
        assert_eq!(before.chip_serial, [0x06, 0xCF, 0xC2, 0x22, 0x7A, 0x39, 0x8A]);
    }

    #[test]
    fn both_certificates_of_a_revoked_card_are_on_the_list() {
        let authorities = Authorities::generate(now()).unwrap();
        let issue = |spec| persona(&authorities, &spec, now()).unwrap();
        let (revoked, good) = (issue(PersonaSpec::load("revoked").unwrap()), issue(PersonaSpec::amparo()));
        let list = X509Crl::from_der(&revocation_list(&authorities, &[&revoked], now()).unwrap()).unwrap();
        let is_on = |credential: &Credential| {
            let certificate = X509::from_der(&credential.certificate.0).unwrap();
            matches!(list.get_by_cert(&certificate), CrlStatus::Revoked(_))
        };
        assert!(is_on(&revoked.authentication) && is_on(revoked.signature.as_ref().unwrap()));
        assert!(!is_on(&good.authentication));
    }

    #[test]
    fn the_document_is_signed_over_what_the_card_shows() {
        let authorities = Authorities::generate(now()).unwrap();
        for (name, hashed) in [("contactless", 20), ("stranger-document", 32)] {
            let mut persona = persona(&authorities, &PersonaSpec::load(name).unwrap(), now()).unwrap();
            let sod = persona.document.as_ref().unwrap().sod.clone().unwrap().0;
            let stands_in_it = |persona: &Persona, number: u8| {
                let groups = lds::data_groups(persona).unwrap();
                let content = &groups.iter().find(|group| group.number == number).unwrap().content;
                let digest = if hashed == 20 { MessageDigest::sha1() } else { MessageDigest::sha256() };
                let hash = openssl::hash::hash(digest, content).unwrap();
                sod.windows(hashed).any(|window| window == &*hash)
            };
            assert!(
                (1..=14)
                    .all(|number| matches!(number, 4..=6 | 8..=10 | 12) || stands_in_it(&persona, number))
            );
            persona.document.as_mut().unwrap().address.city = "PATERNA".to_owned();
            assert!(!stands_in_it(&persona, 11) && !stands_in_it(&persona, 13));
            assert!(stands_in_it(&persona, 1));
        }
    }
}
