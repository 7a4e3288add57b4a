//! A signature beside the bytes that it covers: for what is no PDF.

use openssl::pkey::Id;
use trust::Certificate;

use crate::container::{Container, Draft};
use crate::error::Error;
use crate::prepare::helping;
use crate::signer::{Digest, Signer, fits};

/// Largest container taken, in bytes: a handful of certificates and one signature.
const MAX_CONTAINER: usize = 64 * 1024;

/// What a detached signature that fits its content says. That it fits says nothing of who signed: give both to
/// `trust::verify`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Detached {
    /// The certificate whose key signed.
    pub signer: Certificate,
    /// Every certificate in the container, the signer's among them.
    pub certificates: Vec<Certificate>,
}

/// Signs bytes: the container of RFC 5652 in DER, without the bytes. The signed attributes are those of the baseline
/// (ETSI EN 319 122-1, B-B, without signing time).
///
/// `chain` are the intermediates that link the signer to an anchor; roots among them are left out.
///
/// # Errors
/// [`Error::Certificate`] for a signer without an RSA key; [`Error::Signer`] with the signer's own reason;
/// [`Error::Value`] when the value is not the signer's: nothing is given away then.
pub fn sign_detached(
    content: &[u8],
    signer: &mut dyn Signer,
    chain: &[Certificate],
) -> Result<Vec<u8>, Error> {
    let leaf = signer.certificate().clone();
    let key = leaf.public_key().map_err(|error| Error::Certificate(Some(error)))?;
    if key.id() != Id::RSA {
        return Err(Error::Certificate(None));
    }
    let draft = Draft::new(&Digest::of(content), &leaf, &helping(&leaf, chain))?;
    let digest = draft.digest();
    let value = signer.sign(&digest).map_err(Error::Signer)?;
    if !fits(&key, &digest, &value)? {
        return Err(Error::Value);
    }
    draft.seal(&value)
}

/// Checks that a container signs exactly these bytes.
///
/// # Errors
/// [`Error::TooLarge`]; [`Error::Structure`]; [`Error::Hash`]; [`Error::Value`]; [`Error::Certificate`].
pub fn inspect_detached(content: &[u8], container: &[u8]) -> Result<Detached, Error> {
    if container.len() > MAX_CONTAINER {
        return Err(Error::TooLarge { max: MAX_CONTAINER });
    }
    let container = Container::from_der(container)?;
    if container.message_digest != Digest::of(content).as_bytes() {
        return Err(Error::Hash);
    }
    let key = container.signer.public_key().map_err(|error| Error::Certificate(Some(error)))?;
    if !fits(&key, &container.signed, &container.value)? {
        return Err(Error::Value);
    }
    Ok(Detached { signer: container.signer, certificates: container.certificates })
}
