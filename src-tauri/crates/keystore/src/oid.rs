//! Object identifiers, as the content octets that stand in a file.

/// 1.2.840.113549.1.7.1
pub(crate) const DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
/// 1.2.840.113549.1.7.6
pub(crate) const ENCRYPTED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06";
/// 1.2.840.113549.1.7: what every content type begins with.
pub(crate) const CONTENT_TYPES: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07";

/// 1.2.840.113549.1.12.10.1.1
pub(crate) const KEY_BAG: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x01";
/// 1.2.840.113549.1.12.10.1.2
pub(crate) const SHROUDED_KEY_BAG: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x02";
/// 1.2.840.113549.1.12.10.1.3
pub(crate) const CERTIFICATE_BAG: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x03";
/// 1.2.840.113549.1.12.10.1.6
pub(crate) const SAFE_CONTENTS_BAG: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x0a\x01\x06";
/// 1.2.840.113549.1.9.22.1
pub(crate) const X509_CERTIFICATE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x16\x01";
/// 1.2.840.113549.1.9.20
pub(crate) const FRIENDLY_NAME: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x14";
/// 1.2.840.113549.1.9.21
pub(crate) const LOCAL_KEY_ID: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x15";

/// 1.2.840.113549.1.12.1.3
pub(crate) const PBE_SHA_3DES_3KEY: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x03";
/// 1.2.840.113549.1.12.1.4
pub(crate) const PBE_SHA_3DES_2KEY: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x04";
/// 1.2.840.113549.1.12.1.5
pub(crate) const PBE_SHA_RC2_128: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x05";
/// 1.2.840.113549.1.12.1.6
pub(crate) const PBE_SHA_RC2_40: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x06";
/// 1.2.840.113549.1.5.12
pub(crate) const PBKDF2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0c";
/// 1.2.840.113549.1.5.13
pub(crate) const PBES2: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d";
/// 1.2.840.113549.1.5.14
pub(crate) const PBMAC1: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0e";

/// 1.2.840.113549.2.7
pub(crate) const HMAC_SHA1: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x02\x07";
/// 1.2.840.113549.2.9
pub(crate) const HMAC_SHA256: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x02\x09";
/// 1.2.840.113549.2.10
pub(crate) const HMAC_SHA384: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x02\x0a";
/// 1.2.840.113549.2.11
pub(crate) const HMAC_SHA512: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x02\x0b";
/// 1.3.14.3.2.26
pub(crate) const SHA1: &[u8] = b"\x2b\x0e\x03\x02\x1a";
/// 2.16.840.1.101.3.4.2.1
pub(crate) const SHA256: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x01";
/// 2.16.840.1.101.3.4.2.2
pub(crate) const SHA384: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x02";
/// 2.16.840.1.101.3.4.2.3
pub(crate) const SHA512: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x03";
/// 1.2.840.113549.3.7
pub(crate) const DES_EDE3_CBC: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x03\x07";
/// 2.16.840.1.101.3.4.1.2
pub(crate) const AES_128_CBC: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x01\x02";
/// 2.16.840.1.101.3.4.1.22
pub(crate) const AES_192_CBC: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x01\x16";
/// 2.16.840.1.101.3.4.1.42
pub(crate) const AES_256_CBC: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x01\x2a";

/// Longest identifier spelt out, in octets.
const MAX_LEN: usize = 32;

/// An identifier as people write it; what cannot be read is told in hexadecimal.
pub(crate) fn dotted(content: &[u8]) -> String {
    let content = content.get(..MAX_LEN).unwrap_or(content);
    arcs(content).map_or_else(
        || content.iter().map(|octet| format!("{octet:02x}")).collect(),
        |arcs| arcs.iter().map(u64::to_string).collect::<Vec<_>>().join("."),
    )
}

fn arcs(content: &[u8]) -> Option<Vec<u64>> {
    let mut arcs = Vec::new();
    let mut arc = Some(0_u64);
    for octet in content {
        let value = arc?.checked_mul(128)? | u64::from(octet & 0x7F);
        if octet & 0x80 != 0 {
            arc = Some(value);
            continue;
        }
        if arcs.is_empty() {
            let first = (value / 40).min(2);
            arcs.extend([first, value - 40 * first]);
        } else {
            arcs.push(value);
        }
        arc = Some(0);
    }
    let complete = content.last().is_some_and(|last| last & 0x80 == 0);
    complete.then_some(arcs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_spelt_as_people_write_them() {
        assert_eq!(dotted(PBE_SHA_RC2_40), "1.2.840.113549.1.12.1.6");
        assert_eq!(dotted(AES_256_CBC), "2.16.840.1.101.3.4.1.42");
        assert_eq!(dotted(SHA1), "1.3.14.3.2.26");
        assert_eq!(dotted(&[0x88, 0x37]), "2.999");
        assert_eq!(dotted(&[0x2a, 0x86]), "2a86");
        assert_eq!(dotted(&[]), "");
    }
}
