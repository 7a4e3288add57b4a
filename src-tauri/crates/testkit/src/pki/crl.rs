//! Certificate revocation lists (RFC 5280, section 5), version 2, as the citizens' authority would publish them.

use anyhow::Result;
use jiff::Timestamp;
use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use openssl::x509::X509Crl;
use trust::Certificate;

use super::Identity;
use super::der::{algorithm, integer, oid, sequence, tlv};

const SHA256_WITH_RSA: &str = "1.2.840.113549.1.1.11";
const CRL_NUMBER: &str = "2.5.29.20";

/// A list of these certificates, DER, as it stands from one moment to another.
pub(super) fn list(
    issuer: &Identity,
    revoked: &[&Certificate],
    number: u32,
    (this_update, next_update): (Timestamp, Timestamp),
) -> Result<Vec<u8>> {
    let entries = revoked
        .iter()
        .map(|certificate| {
            let serial = integer(&certificate.x509().serial_number().to_bn()?.to_vec());
            Ok(sequence(&[serial, time(this_update)]))
        })
        .collect::<Result<Vec<_>>>()?;
    let mut parts = vec![
        integer(&[1]),
        algorithm(SHA256_WITH_RSA)?,
        issuer.certificate.x509().subject_name().to_der()?,
        time(this_update),
        time(next_update),
    ];
    if !entries.is_empty() {
        parts.push(sequence(&entries));
    }
    let number = sequence(&[oid(CRL_NUMBER)?, tlv(0x04, &integer(&number.to_be_bytes()))]);
    parts.push(tlv(0xA0, &sequence(&[number])));
    let to_be_signed = sequence(&parts);

    let signature = Signer::new(MessageDigest::sha256(), &issuer.key)?.sign_oneshot_to_vec(&to_be_signed)?;
    let bits = tlv(0x03, &[&[0], &signature[..]].concat());
    let der = sequence(&[to_be_signed, algorithm(SHA256_WITH_RSA)?, bits]);
    // What OpenSSL does not read is no list.
    X509Crl::from_der(&der)?;
    Ok(der)
}

/// UTCTime up to 2049, GeneralizedTime after (section 5.1.2.4).
fn time(at: Timestamp) -> Vec<u8> {
    // Years have four digits, hence sort as text.
    if at.strftime("%Y").to_string().as_str() < "2050" {
        tlv(0x17, at.strftime("%y%m%d%H%M%SZ").to_string().as_bytes())
    } else {
        tlv(0x18, at.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use openssl::x509::{CrlStatus, X509Crl};
    use trust::Holder;

    use crate::pki::{Authorities, Purpose};

    #[test]
    fn the_list_names_the_revoked_and_nobody_else() {
        let now = "2026-03-12T09:00:00Z".parse().unwrap();
        let authorities = Authorities::generate(now).unwrap();
        let who = Holder {
            nif: "99999002Q".to_owned(),
            given_name: "AMPARO".to_owned(),
            surname1: "MARTÍ".to_owned(),
            surname2: None,
        };
        let until = "2027-03-12T09:00:00Z".parse().unwrap();
        let issue = || authorities.citizen(&who, Purpose::Signature, now, until).unwrap().0;
        let (bad, good) = (issue(), issue());

        let list = authorities.citizen_crl(&[&bad], now).unwrap();
        let list = X509Crl::from_der(&list).unwrap();
        let issuer = authorities.citizen_sub().certificate.x509().public_key().unwrap();
        assert!(list.verify(&issuer).unwrap());
        assert!(matches!(list.get_by_cert(bad.x509()), CrlStatus::Revoked(_)));
        assert!(matches!(list.get_by_cert(good.x509()), CrlStatus::NotRevoked));

        let empty = X509Crl::from_der(&authorities.citizen_crl(&[], now).unwrap()).unwrap();
        assert!(matches!(empty.get_by_cert(bad.x509()), CrlStatus::NotRevoked));
        assert!(empty.verify(&issuer).unwrap());
    }
}
