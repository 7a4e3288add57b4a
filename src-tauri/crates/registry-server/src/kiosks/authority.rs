//! The authority of the kiosks: what it signs, and what it does not.

use jiff::{SignedDuration, Timestamp};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Private, Public};
use openssl::x509::extension::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier,
};
use openssl::x509::{X509, X509NameBuilder, X509Req};
use registry_api::{MAX_CERTIFICATE_REQUEST_BYTES, Sha256Hex};

use crate::{Environment, Error};

/// Clocks of kiosks may be a little behind.
const BACK: SignedDuration = SignedDuration::from_mins(5);
/// Fewest bits of an RSA key.
const MIN_RSA_BITS: u32 = 2048;
/// Most bits of an RSA key: a larger one only costs time at every handshake.
const MAX_RSA_BITS: u32 = 4096;

/// Certificate and key that issue to kiosks.
pub(crate) struct Authority {
    certificate: X509,
    key: PKey<Private>,
    life: SignedDuration,
}

/// A certificate that was issued and is in no book yet.
#[derive(Debug, Clone)]
pub(crate) struct Issued {
    pub(crate) der: Vec<u8>,
    pub(crate) sha256: Sha256Hex,
    pub(crate) serial: String,
    pub(crate) key_sha256: Sha256Hex,
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
}

/// Why there is no certificate for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoCertificate {
    #[error("it is no request for a certificate (PKCS #10)")]
    Shape,
    #[error("the request is not signed with the key it is for")]
    Proof,
    #[error("the key is neither on P-256 nor of RSA with 2048 to 4096 bits")]
    Key,
    #[error("the key has been used before")]
    Used,
}

/// A request whose key is to be believed.
pub(crate) struct Request {
    key: PKey<Public>,
    key_sha256: Sha256Hex,
}

impl Authority {
    /// An authority that issues for so many days.
    pub(crate) fn new(certificate: X509, key: PKey<Private>, days: u16) -> Result<Self, Error> {
        let what = "enrolment.authority_key";
        let public = certificate.public_key().map_err(Error::Tls)?;
        if !public.public_eq(&key) {
            return Err(Error::Material { what, source: None });
        }
        Ok(Self { certificate, key, life: SignedDuration::from_hours(24 * i64::from(days)) })
    }

    /// Its certificate, DER.
    pub(crate) fn der(&self) -> Result<Vec<u8>, Error> {
        self.certificate.to_der().map_err(Error::Tls)
    }

    /// Reads a request. What it calls itself and what it asks for are not looked at.
    pub(crate) fn read(der: &[u8]) -> Result<Request, NoCertificate> {
        if der.len() > MAX_CERTIFICATE_REQUEST_BYTES {
            return Err(NoCertificate::Shape);
        }
        let request = X509Req::from_der(der).map_err(|_| NoCertificate::Shape)?;
        let key = request.public_key().map_err(|_| NoCertificate::Key)?;
        if !is_strong(&key) {
            return Err(NoCertificate::Key);
        }
        // Whoever does not have the key could not use the certificate; another could.
        if !request.verify(&key).unwrap_or(false) {
            return Err(NoCertificate::Proof);
        }
        let spki = key.public_key_to_der().map_err(|_| NoCertificate::Key)?;
        Ok(Request { key, key_sha256: Sha256Hex::of(&spki) })
    }

    /// Issues a certificate to a kiosk.
    pub(crate) fn issue(
        &self,
        request: &Request,
        kiosk: &str,
        environment: &dyn Environment,
    ) -> Result<Issued, Error> {
        let now = environment.now();
        let overflow = |_| Error::Internal { what: "the life of a certificate" };
        let (not_before, not_after) =
            (now.checked_sub(BACK).map_err(overflow)?, now.checked_add(self.life).map_err(overflow)?);
        let mut serial = [0; 16];
        environment.random(&mut serial)?;
        // Positive, and as long as every other.
        serial[0] = serial[0] & 0x7f | 0x40;
        let der = self.sign(request, kiosk, &serial, not_before, not_after).map_err(Error::Tls)?;
        let whole = |at: Timestamp| Timestamp::from_second(at.as_second()).map_err(overflow);
        Ok(Issued {
            sha256: Sha256Hex::of(&der),
            der,
            serial: hex::encode(serial),
            key_sha256: request.key_sha256.clone(),
            not_before: whole(not_before)?,
            not_after: whole(not_after)?,
        })
    }

    fn sign(
        &self,
        request: &Request,
        kiosk: &str,
        serial: &[u8],
        not_before: Timestamp,
        not_after: Timestamp,
    ) -> Result<Vec<u8>, ErrorStack> {
        let mut name = X509NameBuilder::new()?;
        name.append_entry_by_nid(Nid::COMMONNAME, kiosk)?;
        let mut builder = X509::builder()?;
        builder.set_version(2)?;
        builder.set_serial_number(&*Asn1Integer::from_bn(&*BigNum::from_slice(serial)?)?)?;
        builder.set_subject_name(&name.build())?;
        builder.set_issuer_name(self.certificate.subject_name())?;
        builder.set_not_before(&*Asn1Time::from_unix(not_before.as_second())?)?;
        builder.set_not_after(&*Asn1Time::from_unix(not_after.as_second())?)?;
        builder.set_pubkey(&request.key)?;
        builder.append_extension(BasicConstraints::new().critical().build()?)?;
        builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
        builder.append_extension(ExtendedKeyUsage::new().client_auth().build()?)?;
        let subject =
            SubjectKeyIdentifier::new().build(&builder.x509v3_context(Some(&self.certificate), None))?;
        builder.append_extension(subject)?;
        let issuer = AuthorityKeyIdentifier::new()
            .keyid(false)
            .build(&builder.x509v3_context(Some(&self.certificate), None))?;
        builder.append_extension(issuer)?;
        // Edwards curves hash by themselves.
        let digest = match self.key.id() {
            Id::ED25519 | Id::ED448 => MessageDigest::null(),
            _ => MessageDigest::sha256(),
        };
        builder.sign(&self.key, digest)?;
        builder.build().to_der()
    }
}

impl Request {
    pub(crate) fn key_sha256(&self) -> &Sha256Hex {
        &self.key_sha256
    }
}

fn is_strong(key: &PKey<Public>) -> bool {
    match key.id() {
        Id::RSA => (MIN_RSA_BITS..=MAX_RSA_BITS).contains(&key.bits()),
        Id::EC => key.ec_key().is_ok_and(|key| key.group().curve_name() == Some(Nid::X9_62_PRIME256V1)),
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openssl::ec::{EcGroup, EcKey};
    use openssl::rsa::Rsa;
    use openssl::x509::X509ReqBuilder;

    use super::*;

    fn curve(nid: Nid) -> PKey<Private> {
        PKey::from_ec_key(EcKey::generate(&EcGroup::from_curve_name(nid).unwrap()).unwrap()).unwrap()
    }

    fn request(key: &PKey<Private>, signs: &PKey<Private>) -> Vec<u8> {
        let mut builder = X509ReqBuilder::new().unwrap();
        builder.set_pubkey(key).unwrap();
        builder.sign(signs, MessageDigest::sha256()).unwrap();
        builder.build().to_der().unwrap()
    }

    #[test]
    fn only_proven_keys_of_a_decent_strength_are_read() {
        let good = curve(Nid::X9_62_PRIME256V1);
        assert!(Authority::read(&request(&good, &good)).is_ok());
        let rsa = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
        assert!(Authority::read(&request(&rsa, &rsa)).is_ok());
        let refused = |der: &[u8]| Authority::read(der).err();
        assert_eq!(refused(&request(&good, &curve(Nid::X9_62_PRIME256V1))), Some(NoCertificate::Proof));
        let other = curve(Nid::SECP384R1);
        assert_eq!(refused(&request(&other, &other)), Some(NoCertificate::Key));
        let short = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap();
        assert_eq!(refused(&request(&short, &short)), Some(NoCertificate::Key));
        assert_eq!(refused(b"no request"), Some(NoCertificate::Shape));
        assert_eq!(refused(&vec![0x30; MAX_CERTIFICATE_REQUEST_BYTES + 1]), Some(NoCertificate::Shape));
    }
}
