//! What each kind of certificate must say of itself, once its path is known to be good.

use der::asn1::{Any, ObjectIdentifier};
use der::oid::AssociatedOid;
use der::{Decode, Sequence};
use openssl::pkey::Id;
use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, KeyUsage, KeyUsages};

use crate::certificate::Certificate;
use crate::holder::Holder;
use crate::refusal::{Refusal, Use, Weakness};

const DNIE_AUTHENTICATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.724.1.2.2.2.4");
const DNIE_SIGNATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.724.1.2.2.2.3");

const QC_COMPLIANCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.1");
const QC_SSCD: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.4");
const QC_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.6");
const QC_TYPE_SIGNATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.6.1");
const QC_TYPE_SEAL: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.1862.1.6.2");

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const ORGANIZATIONAL_UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
const ORGANIZATION_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.97");

/// sha256, sha384 and sha512WithRSAEncryption, RSASSA-PSS (whose digest OpenSSL's security level looks at), and
/// ECDSA with the same digests.
const SIGNED_WITH: [ObjectIdentifier; 7] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10"),
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2"),
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3"),
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4"),
];
const MIN_RSA_BITS: u32 = 2048;

/// What a certificate is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Policy {
    /// The DNIe's authentication certificate: digitalSignature alone, policy 2.16.724.1.2.2.2.4.
    DnieAuthentication,
    /// The DNIe's signature certificate: nonRepudiation alone, policy 2.16.724.1.2.2.2.3, qualified, in a device.
    DnieSignature,
    /// Any qualified certificate for electronic signature of a person who acts for herself.
    CitizenSignature,
    /// A qualified certificate for the electronic seal of an organisation.
    Seal,
}

impl Policy {
    /// What a citizen's signature certificate is held to: the DNIe's own profile where its issuer calls itself an
    /// authority of the DNIe, else that of any qualified certificate. Naming an issuer gains nothing: the path is
    /// verified under either.
    #[must_use]
    pub fn for_signature_of(leaf: &Certificate) -> Self {
        let is_dnie = x509_cert::Certificate::from_der(leaf.der())
            .is_ok_and(|parsed| is_dnie_issuer(&parsed.tbs_certificate));
        if is_dnie { Self::DnieSignature } else { Self::CitizenSignature }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct QcStatement {
    id: ObjectIdentifier,
    info: Option<Any>,
}

/// Checks the leaf alone. Gives the person back where the policy is about one.
pub(crate) fn check(leaf: &Certificate, policy: Policy) -> Result<Option<Holder>, Refusal> {
    let parsed = x509_cert::Certificate::from_der(leaf.der()).map_err(|_| Refusal::Malformed("structure"))?;
    let tbs = &parsed.tbs_certificate;
    strong(leaf, &parsed)?;
    if extension::<BasicConstraints>(tbs, "basicConstraints")?.is_some_and(|constraints| constraints.ca) {
        return Err(Refusal::WrongUse(Use::Authority));
    }
    let usage = extension::<KeyUsage>(tbs, "keyUsage")?.ok_or(Refusal::WrongUse(Use::KeyUsage))?;
    let usage_is = |wanted: KeyUsages| usage == KeyUsage(wanted.into());
    let declared = Declared::read(tbs)?;
    match policy {
        Policy::DnieAuthentication => {
            demand(usage_is(KeyUsages::DigitalSignature), Use::KeyUsage)?;
            demand(has_policy(tbs, DNIE_AUTHENTICATION)?, Use::Policy)?;
            demand(is_dnie_issuer(tbs), Use::Issuer)?;
            Holder::from_subject(&tbs.subject).map(Some)
        }
        Policy::DnieSignature => {
            demand(usage_is(KeyUsages::NonRepudiation), Use::KeyUsage)?;
            demand(has_policy(tbs, DNIE_SIGNATURE)?, Use::Policy)?;
            demand(declared.qualified_for(QC_TYPE_SIGNATURE), Use::NotQualified)?;
            demand(declared.device, Use::NoDevice)?;
            demand(is_dnie_issuer(tbs), Use::Issuer)?;
            Holder::from_subject(&tbs.subject).map(Some)
        }
        Policy::CitizenSignature => {
            demand(usage.non_repudiation(), Use::KeyUsage)?;
            demand(declared.qualified_for(QC_TYPE_SIGNATURE), Use::NotQualified)?;
            // Who signs for an organisation does not sign for herself: that needs the powers looked at, elsewhere.
            if has_attribute(tbs, ORGANIZATION_IDENTIFIER) {
                return Err(Refusal::NotAPerson { what: "organizationIdentifier" });
            }
            Holder::from_subject(&tbs.subject).map(Some)
        }
        Policy::Seal => {
            demand(usage.non_repudiation() || usage.digital_signature(), Use::KeyUsage)?;
            demand(declared.qualified_for(QC_TYPE_SEAL), Use::NotQualified)?;
            let organisation =
                has_attribute(tbs, ORGANIZATION) && has_attribute(tbs, ORGANIZATION_IDENTIFIER);
            demand(organisation, Use::NotAnOrganisation)?;
            Ok(None)
        }
    }
}

fn demand(met: bool, otherwise: Use) -> Result<(), Refusal> {
    if met { Ok(()) } else { Err(Refusal::WrongUse(otherwise)) }
}

/// The card signs with RSA only; the rest of the path is weighed by OpenSSL's security level.
fn strong(leaf: &Certificate, parsed: &x509_cert::Certificate) -> Result<(), Refusal> {
    let key = leaf.public_key().map_err(|_| Refusal::Malformed("public key"))?;
    if key.id() != Id::RSA || key.bits() < MIN_RSA_BITS {
        return Err(Refusal::WeakKey(Weakness::Key));
    }
    if !SIGNED_WITH.contains(&parsed.signature_algorithm.oid) {
        return Err(Refusal::WeakKey(Weakness::Digest));
    }
    Ok(())
}

/// What the qcStatements declare (ETSI EN 319 412-5).
struct Declared {
    compliance: bool,
    device: bool,
    kinds: Option<Vec<ObjectIdentifier>>,
}

impl Declared {
    fn read(tbs: &TbsCertificate) -> Result<Self, Refusal> {
        const QC_STATEMENTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.1.3");
        const WHAT: &str = "qcStatements";
        let mut declared = Self { compliance: false, device: false, kinds: None };
        let Some(der) = extension_value(tbs, QC_STATEMENTS, WHAT)? else { return Ok(declared) };
        let statements = Vec::<QcStatement>::from_der(der).map_err(|_| Refusal::Malformed(WHAT))?;
        for statement in statements {
            match statement.id {
                QC_COMPLIANCE => declared.compliance = true,
                QC_SSCD => declared.device = true,
                QC_TYPE => {
                    let kinds = statement.info.and_then(|info| info.decode_as().ok());
                    declared.kinds = Some(kinds.ok_or(Refusal::Malformed(WHAT))?);
                }
                _ => {}
            }
        }
        Ok(declared)
    }

    /// Certificates from before Regulation 910/2014 carry no type and are for signatures; a seal has to say so.
    fn qualified_for(&self, kind: ObjectIdentifier) -> bool {
        let right_kind = self.kinds.as_ref().map_or(kind == QC_TYPE_SIGNATURE, |kinds| kinds.contains(&kind));
        self.compliance && right_kind
    }
}

/// Whether a policy is named, bare or with version arcs behind it (newer cards append two).
fn has_policy(tbs: &TbsCertificate, wanted: ObjectIdentifier) -> Result<bool, Refusal> {
    let Some(policies) = extension::<CertificatePolicies>(tbs, "certificatePolicies")? else {
        return Ok(false);
    };
    Ok(policies.0.iter().any(|policy| {
        let mut arcs = policy.policy_identifier.arcs();
        wanted.arcs().all(|arc| arcs.next() == Some(arc))
    }))
}

/// Any of the DNIe's numbered authorities: the number changes with each renewal, so it is not looked at.
fn is_dnie_issuer(tbs: &TbsCertificate) -> bool {
    let says = |oid, test: &dyn Fn(&[u8]) -> bool| {
        tbs.issuer.0.iter().flat_map(|set| set.0.iter()).any(|e| e.oid == oid && test(e.value.value()))
    };
    says(ORGANIZATION, &|v| v == b"DIRECCION GENERAL DE LA POLICIA")
        && says(ORGANIZATIONAL_UNIT, &|v| v == b"DNIE")
        && says(COMMON_NAME, &|v| v.starts_with(b"AC DNIE "))
}

fn has_attribute(tbs: &TbsCertificate, oid: ObjectIdentifier) -> bool {
    tbs.subject.0.iter().flat_map(|set| set.0.iter()).any(|entry| entry.oid == oid)
}

fn extension<'a, T: Decode<'a> + AssociatedOid>(
    tbs: &'a TbsCertificate,
    what: &'static str,
) -> Result<Option<T>, Refusal> {
    let Some(der) = extension_value(tbs, T::OID, what)? else { return Ok(None) };
    T::from_der(der).map(Some).map_err(|_| Refusal::Malformed(what))
}

/// The only extension of its kind. RFC 5280 allows no second one, and which would count is anyone's guess.
fn extension_value<'a>(
    tbs: &'a TbsCertificate,
    oid: ObjectIdentifier,
    what: &'static str,
) -> Result<Option<&'a [u8]>, Refusal> {
    let mut found = tbs.extensions.iter().flatten().filter(|extension| extension.extn_id == oid);
    match (found.next(), found.next()) {
        (None, _) => Ok(None),
        (Some(extension), None) => Ok(Some(extension.extn_value.as_bytes())),
        (Some(_), Some(_)) => Err(Refusal::Malformed(what)),
    }
}
