//! One X.509 certificate, parsed once.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use openssl::asn1::{Asn1Object, Asn1Time, Asn1TimeRef};
use openssl::hash::{MessageDigest, hash};
use openssl::pkey::{PKey, Public};
use openssl::x509::{X509, X509NameRef};

/// Largest certificate taken, in bytes. Real ones stay under 4 KiB.
const MAX_DER: usize = 32 * 1024;
/// Largest bundle taken, in bytes.
const MAX_PEM: usize = 4 * 1024 * 1024;

/// An X.509 certificate. Cheap to clone; equal when the bytes are equal.
///
/// Holding one says nothing about trust: that is what [`verify`](crate::verify) is for.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    x509: X509,
    der: Vec<u8>,
    sha256: [u8; 32],
    serial: String,
    subject: String,
    issuer: String,
    not_before: Timestamp,
    not_after: Timestamp,
}

/// Why bytes are not a usable certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More bytes than any certificate has.
    #[error("{len} bytes are too many, at most {max}")]
    TooLarge {
        /// Bytes given.
        len: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// Not one DER certificate with nothing behind it, or a field in it cannot be read.
    #[error("not a readable certificate: {what}")]
    Malformed {
        /// Which part.
        what: &'static str,
    },
    /// A PEM text without any certificate.
    #[error("no certificate in the PEM text")]
    Empty,
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "certificate.large",
            Self::Malformed { .. } => "certificate.malformed",
            Self::Empty => "certificate.none",
        }
    }
}

impl Certificate {
    /// Reads exactly one DER certificate.
    ///
    /// # Errors
    /// [`Error::TooLarge`]; [`Error::Malformed`] also when bytes follow the certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, Error> {
        if der.len() > MAX_DER {
            return Err(Error::TooLarge { len: der.len(), max: MAX_DER });
        }
        let x509 = X509::from_der(der).map_err(|_| Error::Malformed { what: "structure" })?;
        Self::from_x509(x509, Some(der))
    }

    /// Reads the first certificate of a PEM text.
    ///
    /// # Errors
    /// As [`Certificate::from_der`], and [`Error::Empty`].
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        Self::pem_bundle(pem)?.into_iter().next().ok_or(Error::Empty)
    }

    /// Reads every certificate of a PEM text, in its order.
    ///
    /// # Errors
    /// As [`Certificate::from_der`], and [`Error::Empty`].
    pub fn pem_bundle(pem: &[u8]) -> Result<Vec<Self>, Error> {
        if pem.len() > MAX_PEM {
            return Err(Error::TooLarge { len: pem.len(), max: MAX_PEM });
        }
        let stack = X509::stack_from_pem(pem).map_err(|_| Error::Malformed { what: "PEM" })?;
        if stack.is_empty() {
            return Err(Error::Empty);
        }
        stack.into_iter().map(|x509| Self::from_x509(x509, None)).collect()
    }

    /// The DER bytes, exactly as read.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// SHA-256 over the DER bytes.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        self.0.sha256
    }

    /// The subject as one line, in the certificate's order. Of a citizen it is personal data: never log it.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The issuer as one line, in the certificate's order.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The issuer as people know it: its organisation, or its common name where it names none.
    #[must_use]
    pub fn issuer_in_words(&self) -> String {
        let name = self.0.x509.issuer_name();
        let said = attribute(name, ORGANIZATION).or_else(|| attribute(name, COMMON_NAME));
        said.unwrap_or_else(|| self.0.issuer.clone())
    }

    /// The organisation that the subject acts for: named together with its identifier (ETSI EN 319 412-1, 5.1.4).
    #[must_use]
    pub fn organisation(&self) -> Option<String> {
        let name = self.0.x509.subject_name();
        attribute(name, ORGANIZATION_IDENTIFIER)?;
        attribute(name, ORGANIZATION)
    }

    /// First second of validity.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before
    }

    /// Last second of validity.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after
    }

    /// Serial number in upper-case hexadecimal.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.0.serial
    }

    /// The subject's public key.
    ///
    /// # Errors
    /// [`Error::Malformed`] when the key is of a kind that cannot be read.
    pub fn public_key(&self) -> Result<PKey<Public>, Error> {
        self.0.x509.public_key().map_err(|_| Error::Malformed { what: "public key" })
    }

    /// The same certificate for OpenSSL's own interfaces (a TLS connection, for example).
    #[must_use]
    pub fn x509(&self) -> &X509 {
        &self.0.x509
    }

    fn from_x509(x509: X509, given: Option<&[u8]>) -> Result<Self, Error> {
        let malformed = |what| move |_| Error::Malformed { what };
        let der = x509.to_der().map_err(malformed("structure"))?;
        // OpenSSL ignores what follows the certificate and re-encodes BER: only the bytes it gives back are kept,
        // and they have to be the ones that came.
        if given.is_some_and(|given| given != der) {
            return Err(Error::Malformed { what: "encoding" });
        }
        let mut sha256 = [0_u8; 32];
        sha256.copy_from_slice(&hash(MessageDigest::sha256(), &der).map_err(malformed("digest"))?);
        let serial = x509
            .serial_number()
            .to_bn()
            .and_then(|n| n.to_hex_str().map(|s| s.to_string()))
            .map_err(malformed("serial number"))?;
        let subject = one_line(x509.subject_name())?;
        let issuer = one_line(x509.issuer_name())?;
        let not_before = timestamp(x509.not_before())?;
        let not_after = timestamp(x509.not_after())?;
        Ok(Self(Arc::new(Inner { x509, der, sha256, serial, subject, issuer, not_before, not_after })))
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.der == other.0.der
    }
}

impl Eq for Certificate {}

/// Shows the serial number and the issuer, never the subject.
impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("serial", &self.0.serial).field("issuer", &self.0.issuer).finish()
    }
}

const COMMON_NAME: &str = "2.5.4.3";
const ORGANIZATION: &str = "2.5.4.10";
const ORGANIZATION_IDENTIFIER: &str = "2.5.4.97";

/// The first value of an attribute of a name, by the numbers of its object identifier.
fn attribute(name: &X509NameRef, oid: &str) -> Option<String> {
    // OpenSSL writes the object identifiers it knows by their names: both texts go through it.
    let wanted = Asn1Object::from_str(oid).ok()?.to_string();
    let mut entries = name.entries().filter(|entry| entry.object().to_string() == wanted);
    Some(entries.next()?.data().to_string().ok()?.trim().to_owned())
}

fn one_line(name: &X509NameRef) -> Result<String, Error> {
    let mut line = String::new();
    for entry in name.entries() {
        let object = entry.object();
        let key = object.nid().short_name().map_or_else(|_| object.to_string(), str::to_owned);
        let value = entry.data().to_string().map_err(|_| Error::Malformed { what: "name" })?;
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&key);
        line.push('=');
        line.push_str(&value);
    }
    Ok(line)
}

fn timestamp(time: &Asn1TimeRef) -> Result<Timestamp, Error> {
    let malformed = || Error::Malformed { what: "validity" };
    let epoch = Asn1Time::from_unix(0).map_err(|_| malformed())?;
    let since = epoch.diff(time).map_err(|_| malformed())?;
    let seconds = i64::from(since.days) * 86_400 + i64::from(since.secs);
    Timestamp::from_second(seconds).map_err(|_| malformed())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_certificate_are_refused() {
        assert_eq!(Certificate::from_der(b"").unwrap_err().code(), "certificate.malformed");
        assert_eq!(Certificate::from_der(&[0x30; 40]).unwrap_err().code(), "certificate.malformed");
        assert_eq!(Certificate::from_der(&vec![0; MAX_DER + 1]).unwrap_err().code(), "certificate.large");
        assert_eq!(Certificate::from_pem(b"no PEM here").unwrap_err(), Error::Empty);
    }
}
