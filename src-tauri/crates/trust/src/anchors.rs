//! What is believed without proof, and what may help to reach it.

use crate::certificate::{Certificate, Error};

/// The certificates believed without proof: roots or intermediates, as configured.
#[derive(Clone, Debug, Default)]
pub struct Anchors(Vec<Certificate>);

impl Anchors {
    /// Takes the certificates as they are; none means that nothing is trusted.
    #[must_use]
    pub fn new(certificates: Vec<Certificate>) -> Self {
        Self(certificates)
    }

    /// Reads a PEM bundle.
    ///
    /// # Errors
    /// As [`Certificate::pem_bundle`]; an empty bundle is an error, since a file without anchors is a mistake.
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        Certificate::pem_bundle(pem).map(Self)
    }

    /// The certificates.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.0
    }
}

/// What a decision rests on, apart from the certificate itself and the time.
///
/// Evidence of revocation (OCSP answers, CRLs) will be a third field: it is given in, never fetched here.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What is believed.
    pub anchors: &'a Anchors,
    /// Untrusted certificates that may link the leaf to an anchor: from the card, the CMS or configuration.
    pub intermediates: &'a [Certificate],
}
