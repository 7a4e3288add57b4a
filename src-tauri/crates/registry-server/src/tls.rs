//! Who may speak to the registry: kiosks with a certificate of their authority, each known by its name.

use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{
    SslAcceptor, SslAcceptorBuilder, SslMethod, SslOptions, SslRef, SslSessionCacheMode, SslVerifyMode,
};
use openssl::x509::X509;
use openssl::x509::store::X509StoreBuilder;

use crate::Error;

/// A kiosk, by the common name of its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KioskId(String);

/// Longest name of a kiosk.
const MAX_NAME: usize = 64;

impl KioskId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The kiosk at the other end of a connection whose handshake is done.
    pub(crate) fn of(ssl: &SslRef) -> Option<Self> {
        let certificate = ssl.peer_certificate()?;
        let mut names = certificate.subject_name().entries_by_nid(Nid::COMMONNAME);
        let name = names.next()?.data().to_string().ok()?;
        // Two names would make it a question of who looks.
        if names.next().is_some() || !is_name(&name) { None } else { Some(Self(name)) }
    }
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
    kiosk_authority: &[X509],
) -> Result<SslAcceptor, Error> {
    let mut builder = with_certificate(chain, key)?;
    let mut store = X509StoreBuilder::new().map_err(Error::Tls)?;
    for certificate in kiosk_authority {
        store.add_cert(certificate.clone()).map_err(Error::Tls)?;
        builder.add_client_ca(certificate).map_err(Error::Tls)?;
    }
    builder.set_verify_cert_store(store.build()).map_err(Error::Tls)?;
    builder.set_verify(SslVerifyMode::PEER | SslVerifyMode::FAIL_IF_NO_PEER_CERT);
    // A resumed session would not show its certificate again, and a kiosk taken off the list could go on.
    builder.set_session_cache_mode(SslSessionCacheMode::OFF);
    builder.set_options(SslOptions::NO_TICKET);
    builder.set_num_tickets(0).map_err(Error::Tls)?;
    builder.set_session_id_context(b"finestreta registry").map_err(Error::Tls)?;
    Ok(builder.build())
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
