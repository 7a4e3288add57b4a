//! Who has a key.

use std::fmt;

use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::pkey::{HasPrivate, HasPublic, Id, PKey, PKeyRef, Private};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;
use sha2::{Digest as _, Sha256};
use trust::Certificate;

use crate::error::{Error, SignError};

/// A SHA-256 value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several parts as if they were one.
    pub(crate) fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", hex::encode(self.0))
    }
}

/// Whoever can sign a digest: a card, or a key in memory.
pub trait Signer {
    /// The certificate of the key that signs.
    fn certificate(&self) -> &Certificate;

    /// Signs a SHA-256 digest with RSA, PKCS #1 v1.5: the value is as long as the key.
    ///
    /// # Errors
    /// The signer's own reason, by its own code.
    fn sign(&mut self, digest: &Digest) -> Result<Vec<u8>, SignError>;
}

/// A private key in memory: the town's seal, and tests.
pub struct KeySigner {
    certificate: Certificate,
    key: PKey<Private>,
}

impl KeySigner {
    /// Joins a certificate and its key.
    ///
    /// # Errors
    /// [`Error::Certificate`] when they do not belong together or the key is not RSA.
    pub fn new(certificate: Certificate, key: PKey<Private>) -> Result<Self, Error> {
        let public = certificate.public_key().map_err(|error| Error::Certificate(Some(error)))?;
        if key.id() != Id::RSA || !public.public_eq(&key) {
            return Err(Error::Certificate(None));
        }
        Ok(Self { certificate, key })
    }

    /// Reads both from PEM.
    ///
    /// # Errors
    /// [`Error::Certificate`] when either cannot be read or they do not belong together.
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, Error> {
        let certificate =
            Certificate::from_pem(certificate).map_err(|error| Error::Certificate(Some(error)))?;
        let key = PKey::private_key_from_pem(key).map_err(|_| Error::Certificate(None))?;
        Self::new(certificate, key)
    }
}

impl fmt::Debug for KeySigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySigner").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Signer for KeySigner {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn sign(&mut self, digest: &Digest) -> Result<Vec<u8>, SignError> {
        sign(&self.key, digest).map_err(|error| SignError::because("signature.key", error))
    }
}

fn sign<K: HasPrivate>(key: &PKeyRef<K>, digest: &Digest) -> Result<Vec<u8>, ErrorStack> {
    let mut ctx = PkeyCtx::new(key)?;
    ctx.sign_init()?;
    ctx.set_rsa_padding(Padding::PKCS1)?;
    ctx.set_signature_md(Md::sha256())?;
    let mut value = Vec::new();
    ctx.sign_to_vec(digest.as_bytes(), &mut value)?;
    Ok(value)
}

/// Whether a value is the key's signature over the digest. `Err` when the key is of another kind.
pub(crate) fn fits<K: HasPublic>(key: &PKeyRef<K>, digest: &Digest, value: &[u8]) -> Result<bool, Error> {
    if key.id() != Id::RSA {
        return Err(Error::Certificate(None));
    }
    // A false value leaves errors on OpenSSL's queue and may come back as one: that too means "does not fit".
    let verdict = || -> Result<bool, ErrorStack> {
        let mut ctx = PkeyCtx::new(key)?;
        ctx.verify_init()?;
        ctx.set_rsa_padding(Padding::PKCS1)?;
        ctx.set_signature_md(Md::sha256())?;
        ctx.verify(digest.as_bytes(), value)
    };
    Ok(verdict().unwrap_or(false))
}
