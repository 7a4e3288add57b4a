//! The travel document's authorities: a country signing authority, its document signer, and what that signs
//! (ICAO Doc 9303-12, and 9303-10 for the document security object).

use anyhow::{Context as _, Result};
use openssl::hash::{MessageDigest, hash};
use openssl::sign::Signer;
use virtual_card::lds::DataGroup;

use super::der::{algorithm, integer, oid, sequence, set, tlv};
use super::issue::{Issuer, Leaf, Name};
use super::{Identity, new_key};

type Period = (jiff::Timestamp, jiff::Timestamp);

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const LDS_SECURITY_OBJECT: &str = "2.23.136.1.1.1";
const SHA1: &str = "1.3.14.3.2.26";
const SHA256: &str = "2.16.840.1.101.3.4.2.1";
const SHA256_WITH_RSA: &str = "1.2.840.113549.1.1.11";

/// What a security object hashes data groups with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GroupDigest {
    /// As the cards seen so far.
    #[default]
    Sha1,
    /// As newer ones may.
    Sha256,
}

impl GroupDigest {
    const fn oid(self) -> &'static str {
        match self {
            Self::Sha1 => SHA1,
            Self::Sha256 => SHA256,
        }
    }

    fn of(self, content: &[u8]) -> Result<Vec<u8>> {
        let kind = match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
        };
        Ok(hash(kind, content)?.to_vec())
    }
}

/// A country signing authority and one document signer below it. The real authority's key has 4096 bits; this one's
/// has 2048, so that tests need not wait for it.
pub(super) fn authorities(country: Period, signer: Period) -> Result<(Issuer, Identity)> {
    let name = |unit, cn| {
        Name::new().country("ES").utf8("O", "DIRECCION GENERAL DE LA POLICIA").utf8("OU", unit).utf8("CN", cn)
    };
    let csca_name = name("PASSPORT", "CSCA SPAIN TEST").printable("serialNumber", "901");
    let csca = Issuer::country(&csca_name, new_key()?, country)?;
    let signer =
        csca.issue(&Leaf::document_signer(&name("PASSPORT", "DS n-eID SPAIN TEST"), signer), new_key()?)?;
    Ok((csca, signer))
}

/// EF.SOD: the hashes of the data groups, signed as CMS SignedData with the signer's certificate inside.
pub(super) fn security_object(
    signer: &Identity,
    groups: &[DataGroup],
    digest: GroupDigest,
) -> Result<Vec<u8>> {
    let content = lds_security_object(groups, digest)?;
    let attributes = vec![
        sequence(&[oid(CONTENT_TYPE)?, set(vec![oid(LDS_SECURITY_OBJECT)?])]),
        sequence(&[oid(MESSAGE_DIGEST)?, set(vec![tlv(0x04, &hash(MessageDigest::sha256(), &content)?)])]),
    ];
    let signed_attributes = set(attributes);
    let mut signing = Signer::new(MessageDigest::sha256(), &signer.key)?;
    let signature = signing.sign_oneshot_to_vec(&signed_attributes)?;
    // Inside, the same set has another tag; its content begins behind tag and length.
    let implicit = retagged(0xA0, &signed_attributes)?;

    let x509 = signer.certificate.x509();
    let issuer = x509.issuer_name().to_der()?;
    let serial = integer(&x509.serial_number().to_bn()?.to_vec());
    let info = sequence(&[
        integer(&[1]),
        sequence(&[issuer, serial]),
        algorithm(SHA256)?,
        implicit,
        algorithm(SHA256_WITH_RSA)?,
        tlv(0x04, &signature),
    ]);
    let signed = sequence(&[
        integer(&[3]),
        set(vec![algorithm(SHA256)?]),
        sequence(&[oid(LDS_SECURITY_OBJECT)?, tlv(0xA0, &tlv(0x04, &content))]),
        tlv(0xA0, &x509.to_der()?),
        set(vec![info]),
    ]);
    Ok(tlv(0x77, &sequence(&[oid(SIGNED_DATA)?, tlv(0xA0, &signed)])))
}

/// LDSSecurityObject, version 0.
fn lds_security_object(groups: &[DataGroup], digest: GroupDigest) -> Result<Vec<u8>> {
    let hashes = groups
        .iter()
        .map(|group| Ok(sequence(&[integer(&[group.number]), tlv(0x04, &digest.of(&group.content)?)])))
        .collect::<Result<Vec<_>>>()?;
    Ok(sequence(&[integer(&[0]), algorithm(digest.oid())?, sequence(&hashes)]))
}

fn retagged(tag: u8, der: &[u8]) -> Result<Vec<u8>> {
    let (_, rest) = der.split_first().context("empty DER")?;
    Ok([&[tag], rest].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use openssl::cms::{CMSOptions, CmsContentInfo};
    use openssl::x509::X509PurposeId;
    use openssl::x509::store::X509StoreBuilder;

    use super::*;
    use crate::pki::Authorities;

    fn groups() -> Vec<DataGroup> {
        vec![
            DataGroup { number: 1, content: vec![0x61, 1, 7] },
            DataGroup { number: 14, content: vec![0x6E; 900] },
        ]
    }

    /// What OpenSSL makes of the object, believing one authority.
    fn opened(sod: &[u8], believed: &Authorities) -> Option<Vec<u8>> {
        let cms = &sod[if sod[1] == 0x82 { 4 } else { 3 }..];
        let mut store = X509StoreBuilder::new().unwrap();
        store.add_cert(believed.csca().x509().clone()).unwrap();
        store.set_purpose(X509PurposeId::ANY).unwrap();
        // Made on the spot, hence current: no other time need be set.
        let mut content = Vec::new();
        let mut info = CmsContentInfo::from_der(cms).unwrap();
        info.verify(None, Some(&store.build()), None, Some(&mut content), CMSOptions::empty()).ok()?;
        Some(content)
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the foreign verifier takes its own time")]
    fn a_foreign_tool_believes_the_object_under_its_authority_alone() {
        let now = jiff::Timestamp::now();
        let (ours, stranger) = (Authorities::generate(now).unwrap(), Authorities::generate(now).unwrap());
        for (digest, length) in [(GroupDigest::Sha1, 20), (GroupDigest::Sha256, 32)] {
            let sod = security_object(ours.document_signer(), &groups(), digest).unwrap();
            assert_eq!(sod[0], 0x77);
            let content = opened(&sod, &ours).unwrap();
            let expected = digest.of(&groups()[1].content).unwrap();
            assert_eq!(expected.len(), length);
            assert!(content.windows(length).any(|window| window == expected));
            assert!(opened(&sod, &stranger).is_none());
            let mut forged = sod.clone();
            let last = forged.len() - 1;
            forged[last] ^= 1;
            assert!(opened(&forged, &ours).is_none());
        }
    }
}
