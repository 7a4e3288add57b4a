//! Keys and certificates of a file, joined.

use std::fmt;

use openssl::pkey::{Id, PKey, Private};
use openssl::x509::X509VerifyResult;
use trust::Certificate;

use crate::contents::{Contents, Held, Key};
use crate::error::Error;

/// Largest RSA key taken, in bits: one signature with a larger one would take seconds.
const MAX_RSA_BITS: u32 = 8192;
/// Most certificates between a person's and its root.
const MAX_CHAIN: usize = 8;

/// A certificate whose private key is in the file, and what came with it. Nothing here is believed yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    certificate: Certificate,
    chain: Vec<Certificate>,
    name: Option<String>,
}

impl Identity {
    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The certificates above it that are in the file, each issued by the next, a root included.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// The name that the program which made the file gave it (friendlyName). Of a citizen it is personal data.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// Shows the certificate as `trust` does, never the name.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("certificate", &self.certificate)
            .field("chain", &self.chain)
            .finish_non_exhaustive()
    }
}

/// An identity with its key.
pub(crate) struct Keyed {
    pub(crate) identity: Identity,
    pub(crate) key: PKey<Private>,
}

/// Joins each key with every certificate of its public key. localKeyId is a hint only: it says which of several
/// certificates of one key comes first, and the public key decides.
///
/// # Errors
/// [`Error::NoKey`], [`Error::KeyKind`]; [`Error::Damaged`] when the certificate may be one of those that could not
/// be read.
pub(crate) fn join(contents: Contents) -> Result<Vec<Keyed>, Error> {
    let Contents { keys, mut certificates, unreadable, .. } = contents;
    let mut joined: Vec<Keyed> = Vec::new();
    let mut other_kinds = false;
    for Key { key, attributes } in keys {
        let fits = key.id() == Id::RSA && key.bits() <= MAX_RSA_BITS;
        other_kinds |= !fits;
        if !fits {
            continue;
        }
        certificates.sort_by_key(|held| {
            let named = attributes.local_key_id.is_some();
            !(named && held.attributes.local_key_id == attributes.local_key_id)
        });
        let of_key = |held: &&Held| held.certificate.public_key().is_ok_and(|public| public.public_eq(&key));
        for held in certificates.iter().filter(of_key) {
            if joined.iter().any(|known| known.identity.certificate == held.certificate) {
                continue;
            }
            let name = held.attributes.name.clone().or_else(|| attributes.name.clone());
            let chain = chain(&held.certificate, &certificates);
            let identity = Identity { certificate: held.certificate.clone(), chain, name };
            joined.push(Keyed { identity, key: key.clone() });
        }
    }
    match (joined.is_empty(), other_kinds, unreadable) {
        (false, ..) => Ok(joined),
        (true, true, _) => Err(Error::KeyKind),
        (true, false, 0) => Err(Error::NoKey),
        (true, false, _) => Err(Error::Damaged { what: "certificate", offset: 0 }),
    }
}

/// Whoever issued it, and so on upwards, as far as the file goes.
fn chain(leaf: &Certificate, held: &[Held]) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::new();
    let mut below = leaf.clone();
    while chain.len() < MAX_CHAIN {
        let issued = |issuer: &&Held| issuer.certificate.x509().issued(below.x509()) == X509VerifyResult::OK;
        let Some(issuer) = held.iter().find(issued).map(|issuer| issuer.certificate.clone()) else { break };
        // A root issued itself.
        if issuer == below || chain.contains(&issuer) {
            break;
        }
        chain.push(issuer.clone());
        below = issuer;
    }
    chain
}
