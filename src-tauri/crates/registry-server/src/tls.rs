//! Who may speak to the registry: kiosks with a certificate of their authority, each known by its name.

use jiff::Timestamp;
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslMethod, SslOptions, SslRef, SslSessionCacheMode, SslVerifyMode,
};
use openssl::x509::store::X509StoreBuilder;
use openssl::x509::{X509, X509StoreContextRef, X509VerifyResult};
use registry_api::Sha256Hex;

use crate::Error;
use crate::kiosks::Issued;

/// A client whose certificate one of the authorities issued: who it says it is, and which certificate says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Certified {
    name: String,
    certificate: X509,
    sha256: Sha256Hex,
    not_before: Timestamp,
    not_after: Timestamp,
    /// The handshake found it past.
    past: bool,
}

/// A kiosk, by the common name of its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KioskId(Certified);

/// `X509_V_ERR_CERT_HAS_EXPIRED`.
const CERT_HAS_EXPIRED: i32 = 10;
/// Longest name of a member of staff, characters.
const MAX_STAFF_NAME: usize = 80;
/// Longest name of a kiosk.
const MAX_NAME: usize = 64;

impl KioskId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0.name
    }

    /// By what the book knows the certificate.
    pub(crate) fn certificate_sha256(&self) -> &Sha256Hex {
        &self.0.sha256
    }

    /// From when on the next certificate may be asked for.
    pub(crate) fn renew_from(&self) -> Timestamp {
        registry_api::renew_from(self.0.not_before, self.0.not_after)
    }

    /// The certificate as the book keeps it.
    pub(crate) fn issued(&self) -> Result<Issued, ErrorStack> {
        let Certified { certificate, sha256, not_before, not_after, .. } = &self.0;
        Ok(Issued {
            der: certificate.to_der()?,
            sha256: sha256.clone(),
            serial: certificate.serial_number().to_bn()?.to_hex_str()?.to_lowercase(),
            key_sha256: Sha256Hex::of(&certificate.public_key()?.public_key_to_der()?),
            not_before: *not_before,
            not_after: *not_after,
        })
    }

    /// Whether the handshake found that the certificate is past.
    pub(crate) fn is_past(&self) -> bool {
        self.0.past
    }

    /// The kiosk at the other end of a connection whose handshake is done.
    pub(crate) fn of(ssl: &SslRef) -> Option<Self> {
        Certified::of(ssl).filter(|client| is_name(&client.name)).map(Self)
    }
}

impl Certified {
    fn of(ssl: &SslRef) -> Option<Self> {
        let certificate = ssl.peer_certificate()?;
        let mut names = certificate.subject_name().entries_by_nid(Nid::COMMONNAME);
        let name = names.next()?.data().to_string().ok()?;
        // Two names would make it a question of who looks.
        if names.next().is_some() {
            return None;
        }
        Some(Self {
            name,
            sha256: Sha256Hex::of(&certificate.to_der().ok()?),
            not_before: moment(certificate.not_before())?,
            not_after: moment(certificate.not_after())?,
            past: ssl.verify_result() != X509VerifyResult::OK,
            certificate,
        })
    }
}

/// A date of a certificate.
pub(crate) fn moment(time: &Asn1TimeRef) -> Option<Timestamp> {
    let span = Asn1Time::from_unix(0).ok()?.diff(time).ok()?;
    Timestamp::from_second(i64::from(span.days) * 86_400 + i64::from(span.secs)).ok()
}

/// A member of staff, by the common name of her certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StaffId(Certified);

impl StaffId {
    /// Her name.
    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    pub(crate) fn certificate_sha256(&self) -> &Sha256Hex {
        &self.0.sha256
    }

    /// As the log has her: the name, and by which certificate.
    pub(crate) fn actor(&self) -> String {
        format!("{} (certificate {})", self.0.name, self.0.sha256.fingerprint())
    }

    /// Whether the handshake found that the certificate is past.
    pub(crate) fn is_past(&self) -> bool {
        self.0.past
    }

    /// The member of staff at the other end of a connection whose handshake is done.
    pub(crate) fn of(ssl: &SslRef) -> Option<Self> {
        Certified::of(ssl).filter(|client| is_staff_name(&client.name)).map(Self)
    }
}

/// Whether a member of staff may be called so.
pub(crate) fn is_staff_name(name: &str) -> bool {
    (1..=MAX_STAFF_NAME).contains(&name.chars().count())
        && name.trim() == name
        && !name.chars().any(char::is_control)
}

/// Names go to logs and to the book of entries: nothing in them may be taken for something else.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=MAX_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// The server's side of TLS with anybody.
pub(crate) fn open_acceptor(chain: &[X509], key: &PKey<Private>) -> Result<SslAcceptor, Error> {
    Ok(with_certificate(chain, key)?.build())
}

fn with_certificate(chain: &[X509], key: &PKey<Private>) -> Result<SslAcceptorBuilder, Error> {
    let mut builder = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls_server()).map_err(Error::Tls)?;
    let (leaf, rest) =
        chain.split_first().ok_or(Error::Material { what: "the server's certificate", source: None })?;
    builder.set_certificate(leaf).map_err(Error::Tls)?;
    for certificate in rest {
        builder.add_extra_chain_cert(certificate.clone()).map_err(Error::Tls)?;
    }
    builder.set_private_key(key).map_err(Error::Tls)?;
    builder
        .check_private_key()
        .map_err(|error| Error::Material { what: "the server's key", source: Some(error.into()) })?;
    Ok(builder)
}

/// The server's side of mutual TLS.
pub(crate) fn acceptor(
    chain: &[X509],
    key: &PKey<Private>,
    authority: &[X509],
) -> Result<SslAcceptor, Error> {
    let mut builder = with_certificate(chain, key)?;
    let mut store = X509StoreBuilder::new().map_err(Error::Tls)?;
    for certificate in authority {
        store.add_cert(certificate.clone()).map_err(Error::Tls)?;
        builder.add_client_ca(certificate).map_err(Error::Tls)?;
    }
    builder.set_verify_cert_store(store.build()).map_err(Error::Tls)?;
    // A certificate that is past and nothing else comes in as far as to be told so.
    let mode = SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT;
    builder.set_verify_callback(mode, |good, context| good || is_past_only(context));
    // A resumed session would not show its certificate again, and a kiosk taken off the list could go on.
    builder.set_session_cache_mode(SslSessionCacheMode::OFF);
    builder.set_options(SslOptions::NO_TICKET);
    builder.set_num_tickets(0).map_err(Error::Tls)?;
    builder.set_session_id_context(b"finestreta registry").map_err(Error::Tls)?;
    Ok(builder.build())
}

/// Whether what is wrong is that the client's own certificate has come to its end. OpenSSL asks about each fault, and
/// remembers the last.
fn is_past_only(context: &X509StoreContextRef) -> bool {
    context.error_depth() == 0 && context.error().as_raw() == CERT_HAS_EXPIRED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_kiosks_are_plain() {
        assert!(is_name("kiosk-01") && is_name("a.b_C9"));
        for wrong in ["", "kiosk 01", "kiosk\n01", "quiosc-ó", "a/b", &"x".repeat(65)] {
            assert!(!is_name(wrong), "{wrong}");
        }
    }
}
