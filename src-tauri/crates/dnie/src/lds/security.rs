//! EF.SOD as data (ICAO 9303-10, 4.6.2): a CMS container (RFC 5652) around the list of hashes, read by strict rules.

use cms::{
    cert::CertificateChoices,
    content_info::ContentInfo,
    signed_data::{SignedData, SignerIdentifier, SignerInfo},
};
use der::{
    Decode, Encode, Sequence,
    asn1::{ObjectIdentifier, OctetString},
};
use openssl::hash::MessageDigest;
use x509_cert::{Certificate, ext::pkix::SubjectKeyIdentifier, spki::AlgorithmIdentifierOwned};

use super::{LARGEST_SECURITY, bytes, fault::LdsFault};

/// The file, for messages.
const WHAT: &str = "EF.SOD";

/// Most certificates looked at; real files have one.
const MOST_CERTIFICATES: usize = 8;

/// Data groups there can be.
const MOST_GROUPS: usize = 16;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

/// id-signedData, id-contentType, id-messageDigest (RFC 5652) and id-icao-ldsSecurityObject.
const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
const SECURITY_OBJECT: ObjectIdentifier = oid("2.23.136.1.1.1");

/// `LDSSecurityObject` (ICAO 9303-10, 4.6.2.2).
#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct HashList {
    version: u8,
    hash_algorithm: AlgorithmIdentifierOwned,
    hashes: Vec<GroupHash>,
    #[asn1(optional = "true")]
    versions: Option<der::Any>,
}

#[derive(Debug, Clone, PartialEq, Eq, Sequence)]
struct GroupHash {
    group: u8,
    hash: OctetString,
}

/// The list of hashes with its signature, taken apart and not yet believed.
pub(crate) struct SecurityObject {
    /// What the signed attributes' digest is over.
    pub(super) content: Vec<u8>,
    /// The digest that the signed attributes name.
    pub(super) digest: Vec<u8>,
    /// The signed attributes as a SET OF: what the signature is over.
    pub(super) attributes: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) digest_algorithm: AlgorithmIdentifierOwned,
    pub(super) signature_algorithm: AlgorithmIdentifierOwned,
    /// The certificate that the signer's identifier names.
    pub(super) signer: Certificate,
    /// The hash algorithm of the list, which may be older than the signature's.
    pub(super) hash: MessageDigest,
    hashes: Vec<GroupHash>,
}

impl SecurityObject {
    /// Takes the file apart.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`], [`LdsFault::Unsupported`].
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LdsFault> {
        let malformed = || LdsFault::Malformed { what: WHAT, offset: 0 };
        let container = bytes::outer(file, 0x77, LARGEST_SECURITY, WHAT)?;
        let signed = signed_data(container).map_err(at_offset)?.ok_or_else(malformed)?;
        let content = signed.encap_content_info.econtent.as_ref().ok_or_else(malformed)?;
        let content = content.decode_as::<OctetString>().map_err(at_offset)?.into_bytes();
        let [signer_info] = signed.signer_infos.0.as_slice() else { return Err(malformed()) };
        let list = HashList::from_der(&content).map_err(at_offset)?;
        if list.hashes.len() > MOST_GROUPS || list.version > 1 {
            return Err(malformed());
        }
        let unsupported = LdsFault::Unsupported { what: "the list of hashes" };
        let attributes = signer_info.signed_attrs.as_ref().ok_or_else(malformed)?;
        let content_type = attribute::<ObjectIdentifier>(signer_info, CONTENT_TYPE);
        let digest = attribute::<OctetString>(signer_info, MESSAGE_DIGEST).ok_or_else(malformed)?;
        if signed.encap_content_info.econtent_type != SECURITY_OBJECT || content_type != Some(SECURITY_OBJECT)
        {
            return Err(malformed());
        }
        Ok(Self {
            digest: digest.into_bytes(),
            attributes: attributes.to_der().map_err(at_offset)?,
            signature: signer_info.signature.as_bytes().to_vec(),
            digest_algorithm: signer_info.digest_alg.clone(),
            signature_algorithm: signer_info.signature_algorithm.clone(),
            signer: signer(&signed, &signer_info.sid).ok_or_else(malformed)?,
            hash: hash(list.hash_algorithm.oid).ok_or(unsupported)?,
            hashes: list.hashes,
            content,
        })
    }

    /// The listed hash of a group.
    pub(super) fn hash_of(&self, group: u8) -> Option<&[u8]> {
        self.hashes.iter().find(|hash| hash.group == group).map(|hash| hash.hash.as_bytes())
    }
}

/// A fault of DER.
fn at_offset(error: der::Error) -> LdsFault {
    let offset = error.position().and_then(|position| usize::try_from(position).ok()).unwrap_or(0);
    LdsFault::Malformed { what: WHAT, offset }
}

fn signed_data(container: &[u8]) -> der::Result<Option<SignedData>> {
    let info = ContentInfo::from_der(container)?;
    if info.content_type != SIGNED_DATA {
        return Ok(None);
    }
    info.content.decode_as::<SignedData>().map(Some)
}

/// The one value of a signed attribute that is there once.
fn attribute<T: for<'a> Decode<'a>>(signer: &SignerInfo, wanted: ObjectIdentifier) -> Option<T> {
    let mut found = signer.signed_attrs.iter().flat_map(|set| set.iter()).filter(|one| one.oid == wanted);
    let (Some(one), None) = (found.next(), found.next()) else { return None };
    match one.values.as_slice() {
        [value] => T::from_der(&value.to_der().ok()?).ok(),
        _ => None,
    }
}

fn signer(signed: &SignedData, identifier: &SignerIdentifier) -> Option<Certificate> {
    let certificates = signed.certificates.as_ref()?.0.iter().take(MOST_CERTIFICATES);
    certificates
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        })
        .find(|certificate| {
            let body = &certificate.tbs_certificate;
            match identifier {
                SignerIdentifier::IssuerAndSerialNumber(wanted) => {
                    body.issuer == wanted.issuer && body.serial_number == wanted.serial_number
                }
                SignerIdentifier::SubjectKeyIdentifier(wanted) => {
                    matches!(body.get::<SubjectKeyIdentifier>(), Ok(Some((_, held))) if held == *wanted)
                }
            }
        })
        .cloned()
}

/// A hash of data groups; SHA-1 among them, since documents that are still valid have it.
fn hash(algorithm: ObjectIdentifier) -> Option<MessageDigest> {
    if algorithm == oid("1.3.14.3.2.26") { Some(MessageDigest::sha1()) } else { strong_hash(algorithm) }
}

/// A hash that a signature may use.
pub(super) fn strong_hash(algorithm: ObjectIdentifier) -> Option<MessageDigest> {
    const SHA_224: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.4");
    const SHA_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
    const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
    const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
    match algorithm {
        SHA_224 => Some(MessageDigest::sha224()),
        SHA_256 => Some(MessageDigest::sha256()),
        SHA_384 => Some(MessageDigest::sha384()),
        SHA_512 => Some(MessageDigest::sha512()),
        _ => None,
    }
}
