//! Building and signing one certificate.

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use openssl::asn1::{Asn1Integer, Asn1Object, Asn1OctetString, Asn1Time, Asn1Type};
use openssl::bn::{BigNum, MsbOption};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAlternativeName,
    SubjectKeyIdentifier,
};
use openssl::x509::{X509, X509Builder, X509Extension, X509Name, X509NameBuilder};
use trust::{Certificate, Holder};

use super::der::{integer, oid, sequence, set, tlv};
use super::{Identity, Purpose, RSA_BITS};

type Period = (Timestamp, Timestamp);

const POLICY_AUTHENTICATION: &str = "2.16.724.1.2.2.2.4";
const POLICY_SIGNATURE: &str = "2.16.724.1.2.2.2.3";
const QC_COMPLIANCE: &str = "0.4.0.1862.1.1";
const QC_SSCD: &str = "0.4.0.1862.1.4";
const QC_TYPE: &str = "0.4.0.1862.1.6";
const QC_TYPE_SEAL: &str = "0.4.0.1862.1.6.2";
const DOCUMENT_TYPES: &str = "2.23.136.1.1.6.2";

/// The key usage of a citizen's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// digitalSignature alone.
    DigitalSignature,
    /// nonRepudiation alone.
    NonRepudiation,
    /// Both bits.
    Both,
    /// No key usage extension at all.
    Absent,
}

/// What the issuer signs with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// sha256WithRSAEncryption, as the real cards.
    Sha256,
    /// sha1WithRSAEncryption, to be refused.
    Sha1,
}

/// How a citizen's certificate looks. Start from [`CitizenProfile::of`] and change what the test is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenProfile {
    /// Key usage, critical.
    pub usage: Usage,
    /// Certificate policy, dotted; none leaves the extension out.
    pub policy: Option<String>,
    /// Statement of qualification.
    pub qualified: bool,
    /// Statement that the key lives in a device.
    pub device: bool,
    /// Bits of the key.
    pub rsa_bits: u32,
    /// What the issuer signs with.
    pub algorithm: Algorithm,
    /// What stands before the NIF in serialNumber: empty on the card, `IDCES-` elsewhere.
    pub number_prefix: String,
    /// What stands behind the name in the common name.
    pub mark: String,
}

impl CitizenProfile {
    /// The real card's profile.
    #[must_use]
    pub fn of(purpose: Purpose) -> Self {
        let signs = purpose == Purpose::Signature;
        Self {
            usage: if signs { Usage::NonRepudiation } else { Usage::DigitalSignature },
            policy: Some(if signs { POLICY_SIGNATURE } else { POLICY_AUTHENTICATION }.to_owned()),
            qualified: signs,
            device: signs,
            rsa_bits: RSA_BITS,
            algorithm: Algorithm::Sha256,
            number_prefix: String::new(),
            mark: if signs { "(FIRMA)" } else { "(AUTENTICACIÓN)" }.to_owned(),
        }
    }
}

/// A distinguished name in the making.
#[derive(Clone, Default)]
pub(super) struct Name(Vec<(&'static str, Asn1Type, String)>);

impl Name {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn country(self, code: &str) -> Self {
        self.printable("C", code)
    }

    pub(super) fn printable(mut self, key: &'static str, value: &str) -> Self {
        self.0.push((key, Asn1Type::PRINTABLESTRING, value.to_owned()));
        self
    }

    pub(super) fn utf8(mut self, key: &'static str, value: &str) -> Self {
        self.0.push((key, Asn1Type::UTF8STRING, value.to_owned()));
        self
    }

    fn build(&self) -> Result<X509Name> {
        let mut builder = X509NameBuilder::new()?;
        for (key, kind, value) in &self.0 {
            builder.append_entry_by_text_with_type(key, value, *kind).with_context(|| (*key).to_owned())?;
        }
        Ok(builder.build())
    }
}

/// What is to be issued.
pub(super) struct Leaf {
    subject: Name,
    period: Period,
    algorithm: Algorithm,
    extensions: Extensions,
}

enum Extensions {
    Server,
    Client,
    Seal,
    DocumentSigner,
    Citizen(CitizenProfile),
}

impl Leaf {
    pub(super) fn server(subject: &Name, period: Period) -> Self {
        Self {
            subject: subject.clone(),
            period,
            algorithm: Algorithm::Sha256,
            extensions: Extensions::Server,
        }
    }

    pub(super) fn client(subject: &Name, period: Period) -> Self {
        Self {
            subject: subject.clone(),
            period,
            algorithm: Algorithm::Sha256,
            extensions: Extensions::Client,
        }
    }

    pub(super) fn seal(subject: &Name, period: Period) -> Self {
        Self { subject: subject.clone(), period, algorithm: Algorithm::Sha256, extensions: Extensions::Seal }
    }

    pub(super) fn document_signer(subject: &Name, period: Period) -> Self {
        Self {
            subject: subject.clone(),
            period,
            algorithm: Algorithm::Sha256,
            extensions: Extensions::DocumentSigner,
        }
    }

    /// A provider's customer, in the style of the FNMT.
    pub(super) fn customer(who: &Holder, period: Period) -> Self {
        let mut surnames = who.surname1.clone();
        if let Some(second) = &who.surname2 {
            surnames.push(' ');
            surnames.push_str(second);
        }
        let common = format!("{surnames} {} - {}", who.given_name, who.nif);
        let subject = Name::new()
            .country("ES")
            .printable("serialNumber", &format!("IDCES-{}", who.nif))
            .utf8("SN", &surnames)
            .utf8("GN", &who.given_name)
            .utf8("CN", &common);
        let profile = CitizenProfile {
            usage: Usage::Both,
            policy: None,
            device: false,
            ..CitizenProfile::of(Purpose::Signature)
        };
        Self { subject, period, algorithm: profile.algorithm, extensions: Extensions::Citizen(profile) }
    }

    pub(super) fn citizen(who: &Holder, profile: &CitizenProfile, period: Period) -> Self {
        let mut surnames = who.surname1.clone();
        if let Some(second) = &who.surname2 {
            surnames.push(' ');
            surnames.push_str(second);
        }
        let common = format!("{surnames}, {} {}", who.given_name, profile.mark);
        let subject = Name::new()
            .country("ES")
            .printable("serialNumber", &format!("{}{}", profile.number_prefix, who.nif))
            .utf8("SN", &who.surname1)
            .utf8("GN", &who.given_name)
            .utf8("CN", common.trim_end());
        Self {
            subject,
            period,
            algorithm: profile.algorithm,
            extensions: Extensions::Citizen(profile.clone()),
        }
    }
}

/// An authority that can sign.
pub(super) struct Issuer {
    x509: X509,
    key: PKey<Private>,
}

impl Issuer {
    pub(super) fn existing(identity: &Identity) -> Self {
        Self { x509: identity.certificate.x509().clone(), key: identity.key.clone() }
    }

    pub(super) fn root(name: &Name, key: PKey<Private>, period: Period) -> Result<Self> {
        Self::self_signed(name, key, period, None)
    }

    /// A country signing authority: what it issues issues nothing.
    pub(super) fn country(name: &Name, key: PKey<Private>, period: Period) -> Result<Self> {
        Self::self_signed(name, key, period, Some(0))
    }

    fn self_signed(name: &Name, key: PKey<Private>, period: Period, below: Option<u32>) -> Result<Self> {
        let subject = name.build()?;
        let mut builder = start(&subject, &subject, &key, period)?;
        authority_extensions(&mut builder, below)?;
        builder.append_extension(SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?)?;
        builder.sign(&key, MessageDigest::sha256())?;
        Ok(Self { x509: builder.build(), key })
    }

    pub(super) fn subordinate(&self, name: &Name, key: PKey<Private>, period: Period) -> Result<Self> {
        let mut builder = start(&*name.build()?, self.x509.subject_name(), &key, period)?;
        authority_extensions(&mut builder, Some(0))?;
        self.identify_keys(&mut builder)?;
        builder.append_extension(policies("2.5.29.32.0")?)?;
        builder.sign(&self.key, MessageDigest::sha256())?;
        Ok(Self { x509: builder.build(), key })
    }

    pub(super) fn issue(&self, leaf: &Leaf, key: PKey<Private>) -> Result<Identity> {
        let mut builder = start(&*leaf.subject.build()?, self.x509.subject_name(), &key, leaf.period)?;
        // Document signers have none (ICAO Doc 9303-12, table 6).
        if !matches!(leaf.extensions, Extensions::DocumentSigner) {
            builder.append_extension(BasicConstraints::new().critical().build()?)?;
        }
        self.identify_keys(&mut builder)?;
        match &leaf.extensions {
            Extensions::Server => {
                builder.append_extension(
                    KeyUsage::new().critical().digital_signature().key_encipherment().build()?,
                )?;
                builder.append_extension(ExtendedKeyUsage::new().server_auth().build()?)?;
                let names = SubjectAlternativeName::new()
                    .dns("localhost")
                    .ip("127.0.0.1")
                    .build(&builder.x509v3_context(Some(&self.x509), None))?;
                builder.append_extension(names)?;
            }
            Extensions::Client => {
                builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
                builder.append_extension(ExtendedKeyUsage::new().client_auth().build()?)?;
            }
            Extensions::Seal => {
                let usage = KeyUsage::new().critical().digital_signature().non_repudiation().build()?;
                builder.append_extension(usage)?;
                let kinds = sequence(&[oid(QC_TYPE_SEAL)?]);
                builder.append_extension(qc_statements(&[(QC_COMPLIANCE, None), (QC_TYPE, Some(kinds))])?)?;
            }
            Extensions::DocumentSigner => {
                builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
                let kinds = ["ID", "IX"].map(|kind| tlv(0x13, kind.as_bytes())).to_vec();
                builder.append_extension(raw(DOCUMENT_TYPES, &sequence(&[integer(&[0]), set(kinds)]))?)?;
            }
            Extensions::Citizen(profile) => citizen_extensions(&mut builder, profile)?,
        }
        let digest = match leaf.algorithm {
            Algorithm::Sha256 => MessageDigest::sha256(),
            Algorithm::Sha1 => MessageDigest::sha1(),
        };
        builder.sign(&self.key, digest)?;
        Ok(Identity { certificate: Certificate::from_der(&builder.build().to_der()?)?, key })
    }

    pub(super) fn certificate(&self) -> Result<Certificate> {
        Ok(Certificate::from_der(&self.x509.to_der()?)?)
    }

    pub(super) fn into_identity(self) -> Result<Identity> {
        Ok(Identity { certificate: self.certificate()?, key: self.key })
    }

    fn identify_keys(&self, builder: &mut X509Builder) -> Result<()> {
        let subject = SubjectKeyIdentifier::new().build(&builder.x509v3_context(Some(&self.x509), None))?;
        builder.append_extension(subject)?;
        let authority = AuthorityKeyIdentifier::new()
            .keyid(true)
            .build(&builder.x509v3_context(Some(&self.x509), None))?;
        builder.append_extension(authority)?;
        Ok(())
    }
}

fn start(
    subject: &openssl::x509::X509NameRef,
    issuer: &openssl::x509::X509NameRef,
    key: &PKey<Private>,
    (not_before, not_after): Period,
) -> Result<X509Builder> {
    let mut serial = BigNum::new()?;
    // 127 bits: positive, never zero, at most 16 octets.
    serial.rand(127, MsbOption::ONE, false)?;
    let mut builder = X509Builder::new()?;
    builder.set_version(2)?;
    let serial = Asn1Integer::from_bn(&serial)?;
    builder.set_serial_number(&serial)?;
    builder.set_subject_name(subject)?;
    builder.set_issuer_name(issuer)?;
    builder.set_pubkey(key)?;
    let not_before = Asn1Time::from_unix(not_before.as_second())?;
    builder.set_not_before(&not_before)?;
    let not_after = Asn1Time::from_unix(not_after.as_second())?;
    builder.set_not_after(&not_after)?;
    Ok(builder)
}

fn authority_extensions(builder: &mut X509Builder, below: Option<u32>) -> Result<()> {
    let mut constraints = BasicConstraints::new();
    constraints.critical().ca();
    if let Some(below) = below {
        constraints.pathlen(below);
    }
    builder.append_extension(constraints.build()?)?;
    builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build()?)?;
    Ok(())
}

fn citizen_extensions(builder: &mut X509Builder, profile: &CitizenProfile) -> Result<()> {
    let mut usage = KeyUsage::new();
    usage.critical();
    match profile.usage {
        Usage::DigitalSignature => builder.append_extension(usage.digital_signature().build()?)?,
        Usage::NonRepudiation => builder.append_extension(usage.non_repudiation().build()?)?,
        Usage::Both => builder.append_extension(usage.digital_signature().non_repudiation().build()?)?,
        Usage::Absent => {}
    }
    if let Some(policy) = &profile.policy {
        builder.append_extension(policies(policy)?)?;
    }
    let mut statements = Vec::new();
    if profile.qualified {
        statements.push((QC_COMPLIANCE, None));
    }
    if profile.device {
        statements.push((QC_SSCD, None));
    }
    if !statements.is_empty() {
        builder.append_extension(qc_statements(&statements)?)?;
    }
    Ok(())
}

fn policies(policy: &str) -> Result<X509Extension> {
    let der = sequence(&[sequence(&[oid(policy)?])]);
    raw("2.5.29.32", &der)
}

fn qc_statements(statements: &[(&str, Option<Vec<u8>>)]) -> Result<X509Extension> {
    let items = statements
        .iter()
        .map(|(id, info)| Ok(sequence(&[oid(id)?, info.clone().unwrap_or_default()])))
        .collect::<Result<Vec<_>>>()?;
    raw("1.3.6.1.5.5.7.1.3", &sequence(&items))
}

fn raw(id: &str, der: &[u8]) -> Result<X509Extension> {
    let id = Asn1Object::from_str(id)?;
    let der = Asn1OctetString::new_from_bytes(der)?;
    Ok(X509Extension::new_from_der(&id, false, &der)?)
}
