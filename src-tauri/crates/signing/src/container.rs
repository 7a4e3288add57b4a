//! The CMS container (RFC 5652) of a PAdES B-B signature: building it, and reading it by strict rules.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5911::{
    ID_AA_SIGNING_CERTIFICATE_V_2, ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA,
};
use const_oid::db::rfc5912::{ID_SHA_256, SHA_256_WITH_RSA_ENCRYPTION};
use der::asn1::{Any, OctetString, SetOfVec};
use der::{Decode, Encode, Sequence};
use trust::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::error::{Error, Rule};
use crate::signer::Digest;

/// Most certificates in one container.
const MAX_CERTIFICATES: usize = 8;
/// rsaEncryption, which some write in place of the combined algorithm: the digest then stands apart.
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// RFC 5035, with the two fields that the baseline leaves at their default or out.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
    policies: Option<Any>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct EssCertIdV2 {
    #[asn1(optional = "true")]
    hash_algorithm: Option<AlgorithmIdentifierOwned>,
    cert_hash: OctetString,
    issuer_serial: Option<Any>,
}

/// A container to which only the signature value is missing.
pub(crate) struct Draft {
    signed_data: SignedData,
    signer_info: SignerInfo,
    attributes: Vec<u8>,
}

impl Draft {
    /// Builds everything around the value. `certificates` are the leaf and those that help to judge it.
    pub(crate) fn new(
        content: &Digest,
        leaf: &Certificate,
        certificates: &[Certificate],
    ) -> Result<Self, Error> {
        build(content, leaf, certificates).map_err(|_| Error::Certificate(None))
    }

    /// What has to be signed: the attributes as a SET, not as they are stored.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(&self.attributes)
    }

    /// The container in DER.
    pub(crate) fn seal(mut self, value: &[u8]) -> Result<Vec<u8>, Error> {
        let finish = |value: &[u8]| -> der::Result<Vec<u8>> {
            self.signer_info.signature = OctetString::new(value)?;
            self.signed_data.signer_infos = SignerInfos(SetOfVec::try_from(vec![self.signer_info])?);
            let content = Any::encode_from(&self.signed_data)?;
            ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der()
        };
        finish(value).map_err(|_| Error::Internal { what: "container" })
    }

    /// How long the container will be with a value of `len` bytes.
    pub(crate) fn sealed_len(&self, len: usize) -> Result<usize, Error> {
        let copy = Self {
            signed_data: self.signed_data.clone(),
            signer_info: self.signer_info.clone(),
            attributes: Vec::new(),
        };
        copy.seal(&vec![0; len]).map(|der| der.len())
    }
}

fn build(content: &Digest, leaf: &Certificate, certificates: &[Certificate]) -> der::Result<Draft> {
    let parsed = x509_cert::Certificate::from_der(leaf.der())?;
    let sha256 = AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None };
    let binding = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            hash_algorithm: None,
            cert_hash: OctetString::new(leaf.sha256())?,
            issuer_serial: None,
        }],
        policies: None,
    };
    let attributes = [
        (ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?),
        (ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(*content.as_bytes())?)?),
        (ID_AA_SIGNING_CERTIFICATE_V_2, Any::encode_from(&binding)?),
    ];
    let attributes = attributes
        .into_iter()
        .map(|(oid, value)| Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? }))
        .collect::<der::Result<Vec<_>>>()?;
    let attributes = SetOfVec::try_from(attributes)?;
    let choices = certificates
        .iter()
        .map(|certificate| {
            Ok(CertificateChoices::Certificate(x509_cert::Certificate::from_der(certificate.der())?))
        })
        .collect::<der::Result<Vec<_>>>()?;
    let signer_info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: parsed.tbs_certificate.issuer,
            serial_number: parsed.tbs_certificate.serial_number,
        }),
        digest_alg: sha256.clone(),
        signed_attrs: Some(attributes.clone()),
        signature_algorithm: AlgorithmIdentifierOwned {
            oid: SHA_256_WITH_RSA_ENCRYPTION,
            parameters: Some(Any::null()),
        },
        signature: OctetString::new([])?,
        unsigned_attrs: None,
    };
    let signed_data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None },
        certificates: Some(CertificateSet(SetOfVec::try_from(choices)?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::new()),
    };
    Ok(Draft { signed_data, signer_info, attributes: attributes.to_der()? })
}

/// A container that keeps every rule but has not been compared with any content.
pub(crate) struct Container {
    pub(crate) signer: Certificate,
    /// All certificates in it, the signer's among them, in the container's order.
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) message_digest: Vec<u8>,
    /// The digest that the value signs.
    pub(crate) signed: Digest,
    pub(crate) value: Vec<u8>,
}

impl Container {
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, Error> {
        let broken = |_| Error::Structure(Rule::Container);
        let info = ContentInfo::from_der(der).map_err(broken)?;
        let data: SignedData = info.content.decode_as().map_err(broken)?;
        // Only the one encoding: whatever could be written differently would be a byte to change unseen.
        let again = Any::encode_from(&data)
            .and_then(|content| ContentInfo { content_type: info.content_type, content }.to_der())
            .map_err(broken)?;
        let shape = info.content_type == ID_SIGNED_DATA
            && again == der
            && data.version == CmsVersion::V1
            && data.encap_content_info.econtent_type == ID_DATA
            && data.encap_content_info.econtent.is_none()
            && data.crls.is_none();
        let [info] = data.signer_infos.0.as_slice() else { return Err(Error::Structure(Rule::Container)) };
        if !shape || info.version != CmsVersion::V1 {
            return Err(Error::Structure(Rule::Container));
        }
        let [digest] = data.digest_algorithms.as_slice() else {
            return Err(Error::Structure(Rule::Algorithm));
        };
        if !is_sha256(digest) || !is_sha256(&info.digest_alg) || !is_rsa(&info.signature_algorithm) {
            return Err(Error::Structure(Rule::Algorithm));
        }
        if info.unsigned_attrs.is_some() {
            return Err(Error::Structure(Rule::UnsignedAttributes));
        }
        let attributes = SignedAttributes::read(info)?;
        let (signer, certificates) = certificates(&data, &info.sid)?;
        if attributes.certificate_sha256 != signer.sha256() {
            return Err(Error::Structure(Rule::SigningCertificate));
        }
        Ok(Self {
            signer,
            certificates,
            message_digest: attributes.message_digest,
            signed: attributes.digest,
            value: info.signature.as_bytes().to_vec(),
        })
    }
}

struct SignedAttributes {
    message_digest: Vec<u8>,
    certificate_sha256: Vec<u8>,
    digest: Digest,
}

impl SignedAttributes {
    /// Exactly the three that the baseline wants, each with one value. A signing-time among them is one too many.
    fn read(info: &SignerInfo) -> Result<Self, Error> {
        let broken = || Error::Structure(Rule::SignedAttributes);
        let attributes = info.signed_attrs.as_ref().ok_or_else(broken)?;
        if attributes.len() != 3 {
            return Err(broken());
        }
        let value = |oid: ObjectIdentifier| {
            let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
            match (found.next().map(|attribute| attribute.values.as_slice()), found.next()) {
                (Some([value]), None) => Ok(value),
                _ => Err(broken()),
            }
        };
        let content_type: ObjectIdentifier = value(ID_CONTENT_TYPE)?.decode_as().map_err(|_| broken())?;
        let message_digest: OctetString = value(ID_MESSAGE_DIGEST)?.decode_as().map_err(|_| broken())?;
        let binding: SigningCertificateV2 =
            value(ID_AA_SIGNING_CERTIFICATE_V_2)?.decode_as().map_err(|_| broken())?;
        let [certificate] = binding.certs.as_slice() else { return Err(broken()) };
        if content_type != ID_DATA || !certificate.hash_algorithm.as_ref().is_none_or(is_sha256) {
            return Err(broken());
        }
        Ok(Self {
            message_digest: message_digest.into_bytes(),
            certificate_sha256: certificate.cert_hash.as_bytes().to_vec(),
            digest: Digest::of(&attributes.to_der().map_err(|_| broken())?),
        })
    }
}

/// The signer's certificate is the one the identifier names, wherever it stands in the set.
fn certificates(data: &SignedData, sid: &SignerIdentifier) -> Result<(Certificate, Vec<Certificate>), Error> {
    let wrong = || Error::Structure(Rule::SigningCertificate);
    let SignerIdentifier::IssuerAndSerialNumber(wanted) = sid else { return Err(wrong()) };
    let set = data.certificates.as_ref().map(|set| set.0.as_slice()).unwrap_or_default();
    if set.len() > MAX_CERTIFICATES {
        return Err(Error::Structure(Rule::Certificates));
    }
    let mut signer = None;
    let mut all = Vec::with_capacity(set.len());
    for choice in set {
        let CertificateChoices::Certificate(parsed) = choice else {
            return Err(Error::Structure(Rule::Certificates));
        };
        let der = parsed.to_der().map_err(|_| Error::Structure(Rule::Certificates))?;
        let certificate = Certificate::from_der(&der).map_err(|error| Error::Certificate(Some(error)))?;
        let tbs = &parsed.tbs_certificate;
        if tbs.issuer == wanted.issuer && tbs.serial_number == wanted.serial_number {
            if signer.is_some() {
                return Err(wrong());
            }
            signer = Some(certificate.clone());
        }
        all.push(certificate);
    }
    Ok((signer.ok_or_else(wrong)?, all))
}

fn is_sha256(algorithm: &AlgorithmIdentifierOwned) -> bool {
    algorithm.oid == ID_SHA_256 && algorithm.parameters.as_ref().is_none_or(Any::is_null)
}

fn is_rsa(algorithm: &AlgorithmIdentifierOwned) -> bool {
    let known = algorithm.oid == SHA_256_WITH_RSA_ENCRYPTION || algorithm.oid == RSA_ENCRYPTION;
    known && algorithm.parameters.as_ref().is_some_and(Any::is_null)
}
