//! Issues cards with test keys, as little as the tests need.

use std::sync::OnceLock;

use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509Name, X509NameRef};
use virtual_card::{
    Address, Component, Credential, Document, Generation, Holder, KeySet, Kind, Persona, Sex,
};

pub const PIN: &str = "CRYPTOKI";
pub const CAN: &str = "041276";
const FROM_UNIX: i64 = 1_700_000_000;
const UNTIL_UNIX: i64 = 1_900_000_000;

/// The component root that the tests trust, and the cards below it.
pub struct Issued {
    pub root_modulus: Vec<u8>,
    pub v2: Persona,
    pub v3: Persona,
}

pub fn issued() -> &'static Issued {
    static ISSUED: OnceLock<Issued> = OnceLock::new();
    ISSUED.get_or_init(|| {
        let root = Rsa::generate(1024).unwrap();
        let persona = |generation, key_set: KeySet, idesp: &str| persona(&root, generation, key_set, idesp);
        Issued {
            v2: persona(Generation::V2, KeySet::R1, "AAB000002"),
            v3: persona(Generation::V3, KeySet::R2, "BMP900003"),
            root_modulus: root.n().to_vec(),
        }
    })
}

fn persona(root: &Rsa<Private>, generation: Generation, key_set: KeySet, idesp: &str) -> Persona {
    let unit = key_set.root_unit();
    let root_name = name(&[(Nid::COUNTRYNAME, "ES"), (Nid::ORGANIZATIONALUNITNAME, unit)]);
    let sub_name = name(&[(Nid::COUNTRYNAME, "ES"), (Nid::COMMONNAME, "AC COMPONENTES 001")]);
    let sub_key = Rsa::generate(1024).unwrap();
    let sub_ca = certificate(&sub_name, &sub_key, &root_name, root, MessageDigest::sha1());
    let chip_key = Rsa::generate(1024).unwrap();
    let chip_name = name(&[(Nid::COUNTRYNAME, "ES"), (Nid::COMMONNAME, "00A1B2C3D4E5F607")]);
    let chip = certificate(&chip_name, &chip_key, &sub_name, &sub_key, MessageDigest::sha1());

    let issuer_key = Rsa::generate(2048).unwrap();
    let issuer_name = name(&[(Nid::COUNTRYNAME, "ES"), (Nid::COMMONNAME, "AC DNIE 001")]);
    let issuer = certificate(&issuer_name, &issuer_key, &issuer_name, &issuer_key, MessageDigest::sha256());
    let citizen = |purpose: &str| {
        let key = Rsa::generate(2048).unwrap();
        let subject = name(&[
            (Nid::COUNTRYNAME, "ES"),
            (Nid::SERIALNUMBER, "99999002Q"),
            (Nid::SURNAME, "MARTÍ"),
            (Nid::GIVENNAME, "AMPARO"),
            (Nid::COMMONNAME, &format!("MARTÍ SOLER, AMPARO ({purpose})")),
        ]);
        let digest = MessageDigest::sha256();
        let certificate = certificate(&subject, &key, &issuer_name, &issuer_key, digest).into();
        Credential { certificate, key: pem(&key) }
    };
    Persona {
        generation,
        kind: Kind::Dnie,
        key_set,
        chip_serial: [0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x07],
        idesp: idesp.to_owned(),
        software: Some("DNIe 04.21 A9 H 0155 EXP 2-(5.2-10)".to_owned()),
        personalised: "20240115103000".to_owned(),
        pin: PIN.to_owned(),
        tries_left: 3,
        certificates_need_pin: generation == Generation::V2,
        holder: Holder {
            nif: "99999002Q".to_owned(),
            given_name: "AMPARO".to_owned(),
            surname1: "MARTÍ".to_owned(),
            surname2: Some("SOLER".to_owned()),
        },
        component: Component { sub_ca: sub_ca.into(), certificate: chip.into(), key: pem(&chip_key) },
        authentication: citizen("AUTENTICACIÓN"),
        signature: Some(citizen("FIRMA")),
        issuer: Some(issuer.into()),
        document: (generation == Generation::V3).then(document),
    }
}

fn document() -> Document {
    Document {
        can: CAN.to_owned(),
        birth_date: "1984-05-17".parse().unwrap(),
        birth_city: "XÀTIVA".to_owned(),
        birth_province: "VALÈNCIA".to_owned(),
        sex: Sex::F,
        nationality: "ESP".to_owned(),
        expiry: "2031-01-09".parse().unwrap(),
        parents: "VICENT / CARME".to_owned(),
        address: Address {
            street: "C. MAJOR 12, 3a".to_owned(),
            city: "MISLATA".to_owned(),
            province: "VALÈNCIA".to_owned(),
        },
        portrait: None,
        handwriting: None,
        // What it says is for whoever issues cards; here it is a file among others.
        sod: Some(vec![0x77, 0x02, 0x30, 0x00].into()),
    }
}

fn name(entries: &[(Nid, &str)]) -> X509Name {
    let mut builder = X509Name::builder().unwrap();
    for (nid, value) in entries {
        builder.append_entry_by_nid(*nid, value).unwrap();
    }
    builder.build()
}

fn certificate(
    subject: &X509NameRef,
    key: &Rsa<Private>,
    issuer: &X509NameRef,
    issuer_key: &Rsa<Private>,
    digest: MessageDigest,
) -> Vec<u8> {
    let key = PKey::from_rsa(key.clone()).unwrap();
    let issuer_key = PKey::from_rsa(issuer_key.clone()).unwrap();
    let serial = BigNum::from_u32(0x8765_4321).unwrap();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&Asn1Integer::from_bn(&serial).unwrap()).unwrap();
    builder.set_subject_name(subject).unwrap();
    builder.set_issuer_name(issuer).unwrap();
    builder.set_not_before(&Asn1Time::from_unix(FROM_UNIX).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(UNTIL_UNIX).unwrap()).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder.sign(&issuer_key, digest).unwrap();
    builder.build().to_der().unwrap()
}

fn pem(key: &Rsa<Private>) -> String {
    String::from_utf8(key.private_key_to_pem().unwrap()).unwrap()
}
