//! The key of a kiosk and the request for its certificate.

use std::fmt;
use std::time::Duration;

use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::{X509, X509ReqBuilder};
use registry_api::Enrolled;

/// Where a kiosk enrols.
#[derive(Debug, Clone, Copy)]
pub struct Door<'a> {
    /// Its address, `https://host[:port]`.
    pub address: &'a str,
    /// Certificates, PEM, one of which must have issued the registry's.
    pub authority_pem: &'a [u8],
    /// Longest time for the whole call.
    pub timeout: Duration,
}

/// A key made here and the request for its certificate.
pub struct CertificateRequest {
    key: PKey<Private>,
    der: Vec<u8>,
}

/// A certificate that was issued is not the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the certificate is not the one asked for: {what}")]
pub struct Mismatch {
    pub(crate) what: &'static str,
}

impl CertificateRequest {
    /// A new key on P-256, and the request for its certificate. The registry says the name.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn generate() -> Result<Self, ErrorStack> {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
        Self::of(PKey::from_ec_key(EcKey::generate(&group)?)?)
    }

    /// The request for a key that was made before, PEM, so that it can be repeated.
    ///
    /// # Errors
    /// When it is no key.
    pub fn from_key_pem(pem: &[u8]) -> Result<Self, ErrorStack> {
        Self::of(PKey::private_key_from_pem(pem)?)
    }

    fn of(key: PKey<Private>) -> Result<Self, ErrorStack> {
        let mut builder = X509ReqBuilder::new()?;
        builder.set_pubkey(&key)?;
        builder.sign(&key, MessageDigest::sha256())?;
        let der = builder.build().to_der()?;
        Ok(Self { key, der })
    }

    /// The request, DER of PKCS #10.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The key, PEM of PKCS #8: to be kept where only the kiosk reads it.
    ///
    /// # Errors
    /// Only when OpenSSL fails.
    pub fn key_pem(&self) -> Result<Vec<u8>, ErrorStack> {
        self.key.private_key_to_pem_pkcs8()
    }

    /// The certificate that was issued for it, PEM, once it is known to be of this key and to name this kiosk.
    ///
    /// # Errors
    /// [`Mismatch`] otherwise.
    pub fn certificate_pem(&self, enrolled: &Enrolled, kiosk: &str) -> Result<Vec<u8>, Mismatch> {
        let no = |what| move |_: ErrorStack| Mismatch { what };
        let certificate =
            X509::from_der(enrolled.certificate.as_slice()).map_err(no("it is no certificate"))?;
        let key = certificate.public_key().map_err(no("it has no key"))?;
        if !key.public_eq(&self.key) {
            return Err(Mismatch { what: "it is of another key" });
        }
        let names: Vec<_> = certificate.subject_name().entries_by_nid(Nid::COMMONNAME).collect();
        let named = |entry: &&openssl::x509::X509NameEntryRef| entry.data().as_slice() == kiosk.as_bytes();
        if enrolled.kiosk != kiosk || names.len() != 1 || !names.iter().all(named) {
            return Err(Mismatch { what: "it is of another kiosk" });
        }
        certificate.to_pem().map_err(no("it cannot be written"))
    }
}

/// The key is nobody's to see.
impl fmt::Debug for CertificateRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertificateRequest").finish_non_exhaustive()
    }
}
