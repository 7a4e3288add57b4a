//! A key on a token that signs.

use std::fmt;

use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use openssl::pkey::Id;
use signing::{Digest, SignError, Signer};
use trust::Certificate;

use crate::error::Error;
use crate::identity::Identity;
use crate::slot::Token;

/// The DER of DigestInfo before a SHA-256 value (RFC 8017 clause 9.2, note 1).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// How the PIN is given once more.
pub(crate) enum Again {
    /// It is not asked for.
    Never,
    /// As it was typed.
    With(AuthPin),
    /// On the PIN pad.
    OnPad,
}

/// A logged-in session with a key. Dropping it logs out.
pub struct TokenSigner {
    // Closed before the module can go.
    session: Session,
    key: ObjectHandle,
    again: Again,
    certificate: Certificate,
    token: Token,
}

impl TokenSigner {
    /// Finds the key of a certificate in a session that is logged in.
    pub(crate) fn find(
        token: Token,
        session: Session,
        identity: &Identity,
        again: Again,
    ) -> Result<Self, Error> {
        let certificate = identity.certificate().clone();
        // From here on, whatever fails also logs out.
        let mut signer =
            Self { key: private_key(&session, identity)?, session, again: Again::Never, certificate, token };
        let (mut signs, mut rsa, mut always) = (true, true, false);
        let wanted = [AttributeType::KeyType, AttributeType::Sign, AttributeType::AlwaysAuthenticate];
        for attribute in signer.session.get_attributes(signer.key, &wanted)? {
            match attribute {
                Attribute::KeyType(kind) => rsa = kind == KeyType::RSA,
                Attribute::Sign(allowed) => signs = allowed,
                Attribute::AlwaysAuthenticate(wanted) => always = wanted,
                _ => {}
            }
        }
        if !signs {
            return Err(Error::NoKey);
        }
        let mechanisms = signer.token.context().get_mechanism_list(signer.token.in_slot())?;
        if !rsa || !mechanisms.contains(&MechanismType::RSA_PKCS) {
            return Err(Error::KeyKind);
        }
        if always {
            signer.again = again;
        }
        Ok(signer)
    }

    fn value(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        let info = [DIGEST_INFO.as_slice(), digest.as_bytes()].concat();
        let pin = match &self.again {
            Again::Never => return Ok(self.session.sign(&Mechanism::RsaPkcs, self.key, &info)?),
            Again::With(pin) => Some(pin),
            Again::OnPad => None,
        };
        self.session.sign_init(&Mechanism::RsaPkcs, self.key)?;
        self.session.login(UserType::ContextSpecific, pin).map_err(|error| self.token.pin_error(error))?;
        self.session.sign_update(&info)?;
        Ok(self.session.sign_final()?)
    }
}

impl Signer for TokenSigner {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Blocks for as long as the token computes. The source of an error is an [`Error`].
    fn sign(&mut self, digest: &Digest) -> Result<Vec<u8>, SignError> {
        self.value(digest).map_err(|error| SignError::because(error.code(), error))
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSigner").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

impl Drop for TokenSigner {
    fn drop(&mut self) {
        // A token that has gone has logged out by itself.
        let _ = self.session.logout();
    }
}

/// The private key that shares the certificate's CKA_ID; without one, or with several, that has its modulus.
fn private_key(session: &Session, identity: &Identity) -> Result<ObjectHandle, Error> {
    let class = Attribute::Class(ObjectClass::PRIVATE_KEY);
    if !identity.id().is_empty() {
        let by_id = session.find_objects(&[class.clone(), Attribute::Id(identity.id().to_vec())])?;
        if let [key] = by_id.as_slice() {
            return Ok(*key);
        }
    }
    let public = identity.certificate().public_key().map_err(|_| Error::KeyKind)?;
    if public.id() != Id::RSA {
        return Err(Error::KeyKind);
    }
    let modulus = public.rsa().map_err(|_| Error::KeyKind)?.n().to_vec();
    let by_modulus = session.find_objects(&[class, Attribute::Modulus(modulus)])?;
    by_modulus.first().copied().ok_or(Error::NoKey)
}
