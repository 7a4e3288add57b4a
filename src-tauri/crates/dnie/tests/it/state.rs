//! A state that signs documents, made here for every run: a country's authority, a document signer, and EF.SOD put
//! together byte by byte, so that the driver's reading does not check itself.
#![allow(clippy::unwrap_used)]

use apdu::tlv;
use openssl::{
    asn1::Asn1Time,
    bn::BigNum,
    ec::{EcGroup, EcKey},
    hash::{MessageDigest, hash},
    nid::Nid,
    pkey::{PKey, Private},
    rsa::{Padding, Rsa},
    sign::{RsaPssSaltlen, Signer},
    x509::{
        X509, X509Builder, X509NameBuilder,
        extension::{BasicConstraints, ExtendedKeyUsage, KeyUsage},
    },
};

/// SHA-1, SHA-256 (content bytes of their identifiers).
pub const SHA1: &[u8] = &[0x2B, 0x0E, 0x03, 0x02, 0x1A];
pub const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];

/// sha256WithRSAEncryption, rsaEncryption, RSASSA-PSS, ecdsa-with-SHA256.
pub const RSA_SHA256: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
pub const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
pub const PSS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];
pub const ECDSA_SHA256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
const CONTENT_TYPE: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04];
pub const SECURITY_OBJECT: &[u8] = &[0x67, 0x81, 0x08, 0x01, 0x01, 0x01];

pub struct Holder {
    pub certificate: X509,
    pub key: PKey<Private>,
}

/// What a certificate is for.
#[derive(Clone, Copy, PartialEq)]
pub enum Use {
    Authority,
    Signer,
    /// One that may encipher, but not sign.
    Cipher,
    /// One with an extended use of another kind.
    Server,
}

pub fn rsa() -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()
}

pub fn ec() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

/// Issues a certificate, valid from second 1000 to second 2000 of the epoch.
pub fn issue(name: &str, key: PKey<Private>, kind: Use, issuer: Option<&Holder>) -> Holder {
    let named = |name: &str| {
        let mut builder = X509NameBuilder::new().unwrap();
        builder.append_entry_by_nid(Nid::COUNTRYNAME, "ES").unwrap();
        builder.append_entry_by_nid(Nid::COMMONNAME, name).unwrap();
        builder.build()
    };
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(77).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&named(name)).unwrap();
    match issuer {
        Some(issuer) => builder.set_issuer_name(issuer.certificate.subject_name()).unwrap(),
        None => builder.set_issuer_name(&named(name)).unwrap(),
    }
    builder.set_not_before(&Asn1Time::from_unix(1000).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(2000).unwrap()).unwrap();
    builder.set_pubkey(&key).unwrap();
    let mut usage = KeyUsage::new();
    usage.critical();
    let usage = match kind {
        Use::Authority => usage.key_cert_sign().crl_sign(),
        Use::Signer | Use::Server => usage.digital_signature(),
        Use::Cipher => usage.key_encipherment(),
    };
    builder.append_extension(usage.build().unwrap()).unwrap();
    if kind == Use::Authority {
        builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
    }
    if kind == Use::Server {
        builder.append_extension(ExtendedKeyUsage::new().server_auth().build().unwrap()).unwrap();
    }
    builder.sign(issuer.map_or(&key, |issuer| &issuer.key), MessageDigest::sha256()).unwrap();
    Holder { certificate: builder.build(), key }
}

/// How an EF.SOD is made; tests change one thing at a time.
#[derive(Clone)]
pub struct Recipe {
    pub hash: &'static [u8],
    pub digest: &'static [u8],
    pub algorithm: &'static [u8],
    pub content_type: &'static [u8],
    /// One more byte in the list after its digest was taken.
    pub changed_content: bool,
    /// Without the signer's certificate.
    pub without_certificate: bool,
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            hash: SHA1,
            digest: SHA256,
            algorithm: RSA_SHA256,
            content_type: SECURITY_OBJECT,
            changed_content: false,
            without_certificate: false,
        }
    }
}

fn algorithm(oid: &[u8]) -> Vec<u8> {
    tlv::object(0x30, &[tlv::object(0x06, oid), vec![0x05, 0x00]].concat())
}

fn attribute(oid: &[u8], value: &[u8]) -> Vec<u8> {
    tlv::object(0x30, &[tlv::object(0x06, oid), tlv::object(0x31, value)].concat())
}

/// EF.SOD over groups (number and file), signed by a document signer.
pub fn security_object(signer: &Holder, groups: &[(u8, &[u8])], recipe: &Recipe) -> Vec<u8> {
    let hashed = if recipe.hash == SHA1 { MessageDigest::sha1() } else { MessageDigest::sha256() };
    let hashes: Vec<u8> = groups
        .iter()
        .flat_map(|(number, file)| {
            let value = tlv::object(0x04, &hash(hashed, file).unwrap());
            tlv::object(0x30, &[vec![0x02, 1, *number], value].concat())
        })
        .collect();
    let list =
        tlv::object(0x30, &[vec![0x02, 1, 0], algorithm(recipe.hash), tlv::object(0x30, &hashes)].concat());
    let digest = hash(MessageDigest::sha256(), &list).unwrap();
    // In the order that DER wants: the shorter attribute first.
    let attributes = [
        attribute(CONTENT_TYPE, &tlv::object(0x06, recipe.content_type)),
        attribute(MESSAGE_DIGEST, &tlv::object(0x04, &digest)),
    ]
    .concat();
    let signature = sign(&signer.key, recipe, &tlv::object(0x31, &attributes));
    let certificate = signer.certificate.to_der().unwrap();
    let issuer = signer.certificate.issuer_name().to_der().unwrap();
    let signer_info = tlv::object(
        0x30,
        &[
            vec![0x02, 1, 1],
            tlv::object(0x30, &[issuer, vec![0x02, 1, 77]].concat()),
            algorithm(recipe.digest),
            tlv::object(0xA0, &attributes),
            algorithm(recipe.algorithm),
            tlv::object(0x04, &signature),
        ]
        .concat(),
    );
    let mut content = list;
    if recipe.changed_content {
        let last = content.len() - 1;
        content[last] ^= 1;
    }
    let content = tlv::object(0xA0, &tlv::object(0x04, &content));
    let certificates = if recipe.without_certificate { Vec::new() } else { tlv::object(0xA0, &certificate) };
    let signed = tlv::object(
        0x30,
        &[
            vec![0x02, 1, 3],
            tlv::object(0x31, &algorithm(recipe.digest)),
            tlv::object(0x30, &[tlv::object(0x06, recipe.content_type), content].concat()),
            certificates,
            tlv::object(0x31, &signer_info),
        ]
        .concat(),
    );
    let info = tlv::object(0x30, &[tlv::object(0x06, SIGNED_DATA), tlv::object(0xA0, &signed)].concat());
    tlv::object(0x77, &info)
}

fn sign(key: &PKey<Private>, recipe: &Recipe, message: &[u8]) -> Vec<u8> {
    let mut signer = Signer::new(MessageDigest::sha256(), key).unwrap();
    if recipe.algorithm == PSS {
        signer.set_rsa_padding(Padding::PKCS1_PSS).unwrap();
        signer.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH).unwrap();
    }
    signer.sign_oneshot_to_vec(message).unwrap()
}
