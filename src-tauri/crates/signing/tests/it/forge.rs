//! What a forger with the signer's own key can do: files that are arithmetically right and break one rule.

use std::ops::Range;

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier};
use const_oid::db::rfc5911::ID_MESSAGE_DIGEST;
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode};
use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use x509_cert::attr::Attribute;

use super::CAST;

/// Where the hexadecimal string of the container stands, angle brackets included.
pub fn gap(file: &[u8]) -> Range<usize> {
    let start = find(file, b"/Contents <000").or_else(|| find(file, b"/Contents <30")).unwrap() + 10;
    let end = start + file[start..].iter().position(|byte| *byte == b'>').unwrap() + 1;
    start..end
}

pub fn find(file: &[u8], what: &[u8]) -> Option<usize> {
    file.windows(what.len()).rposition(|window| window == what)
}

/// Replaces one text of the file by another of the same length.
pub fn replace(file: &mut [u8], old: &[u8], new: &[u8]) {
    assert_eq!(old.len(), new.len());
    let at = find(file, old).unwrap();
    file[at..at + new.len()].copy_from_slice(new);
}

pub fn container(file: &[u8]) -> SignedData {
    let gap = gap(file);
    let bytes = hex::decode(&file[gap.start + 1..gap.end - 1]).unwrap();
    let len = 4 + usize::from(u16::from_be_bytes([bytes[2], bytes[3]]));
    ContentInfo::from_der(&bytes[..len]).unwrap().content.decode_as().unwrap()
}

pub fn write_container(file: &mut [u8], data: &SignedData) {
    let content = Any::encode_from(data).unwrap();
    let der = ContentInfo { content_type: const_oid::db::rfc5911::ID_SIGNED_DATA, content }.to_der().unwrap();
    let gap = gap(file);
    let hole = &mut file[gap.start + 1..gap.end - 1];
    hole.fill(b'0');
    let digits = hex::encode(der);
    hole[..digits.len()].copy_from_slice(digits.as_bytes());
}

/// Signs the file's present content again, with attributes as `edit` leaves them.
pub fn resign(file: &mut [u8], signed_gap: Range<usize>, edit: impl FnOnce(&mut Vec<Attribute>)) {
    let mut data = container(file);
    let content = openssl::sha::sha256(&[&file[..signed_gap.start], &file[signed_gap.end..]].concat());
    let mut info = data.signer_infos.0.as_slice()[0].clone();
    let mut attributes = info.signed_attrs.take().unwrap().into_vec();
    for attribute in &mut attributes {
        if attribute.oid == ID_MESSAGE_DIGEST {
            let value = Any::encode_from(&OctetString::new(content).unwrap()).unwrap();
            attribute.values = SetOfVec::try_from(vec![value]).unwrap();
        }
    }
    edit(&mut attributes);
    let attributes = SetOfVec::try_from(attributes).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &CAST.key).unwrap();
    let value = signer.sign_oneshot_to_vec(&attributes.to_der().unwrap()).unwrap();
    info.signed_attrs = Some(attributes);
    info.signature = OctetString::new(value).unwrap();
    data.signer_infos.0 = SetOfVec::try_from(vec![info]).unwrap();
    write_container(file, &data);
}

/// Changes what the signature does not cover.
pub fn recontain(file: &mut [u8], edit: impl FnOnce(&mut SignedData)) {
    let mut data = container(file);
    edit(&mut data);
    write_container(file, &data);
}

pub fn certificate(der: &[u8]) -> CertificateChoices {
    CertificateChoices::Certificate(x509_cert::Certificate::from_der(der).unwrap())
}

pub fn identifier(der: &[u8]) -> SignerIdentifier {
    let parsed = x509_cert::Certificate::from_der(der).unwrap().tbs_certificate;
    SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
        issuer: parsed.issuer,
        serial_number: parsed.serial_number,
    })
}
