//! The little DER that the test authorities write by hand.

use anyhow::Result;
use openssl::asn1::Asn1Object;

/// An object identifier.
pub(super) fn oid(dotted: &str) -> Result<Vec<u8>> {
    Ok(tlv(0x06, Asn1Object::from_str(dotted)?.as_slice()))
}

/// SEQUENCE of what is DER already.
pub(super) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// SET OF what is DER already, in the order that DER wants.
pub(super) fn set(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    tlv(0x31, &parts.concat())
}

/// INTEGER that is not negative.
pub(super) fn integer(magnitude: &[u8]) -> Vec<u8> {
    let mut value: Vec<u8> = magnitude.iter().copied().skip_while(|byte| *byte == 0).collect();
    if value.first().is_none_or(|first| first & 0x80 != 0) {
        value.insert(0, 0);
    }
    tlv(0x02, &value)
}

/// AlgorithmIdentifier with NULL parameters.
pub(super) fn algorithm(dotted: &str) -> Result<Vec<u8>> {
    Ok(sequence(&[oid(dotted)?, tlv(0x05, &[])]))
}

/// A tag of one byte and a length of at most three octets, which is all that is needed here.
pub(super) fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let [.., top, high, low] = value.len().to_be_bytes();
    let mut der = match (top, high, low) {
        (0, 0, 0..=0x7f) => vec![tag, low],
        (0, 0, _) => vec![tag, 0x81, low],
        (0, _, _) => vec![tag, 0x82, high, low],
        (_, _, _) => vec![tag, 0x83, top, high, low],
    };
    der.extend_from_slice(value);
    der
}
