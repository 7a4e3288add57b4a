//! The authorities that certify document signers: CSCA certificates, all of them configured.

use std::fmt;

use openssl::x509::X509;

use super::fault::LdsFault;

/// Country signing authorities (CSCA) under which a document must have been signed. None is built in.
///
/// They come from a master list (ICAO, or the German BSI's), checked by whoever configures them.
#[derive(Clone, Default)]
pub struct CscaAnchors {
    certificates: Vec<X509>,
}

impl CscaAnchors {
    /// None: nothing is authentic.
    #[must_use]
    pub const fn new() -> Self {
        Self { certificates: Vec::new() }
    }

    /// From certificates in DER.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`] for one that is no certificate; the offset is its place among them.
    pub fn from_der<D: AsRef<[u8]>>(certificates: impl IntoIterator<Item = D>) -> Result<Self, LdsFault> {
        let malformed = |offset| LdsFault::Malformed { what: "a CSCA certificate", offset };
        let certificates = certificates
            .into_iter()
            .enumerate()
            .map(|(place, der)| X509::from_der(der.as_ref()).map_err(|_| malformed(place)))
            .collect::<Result<_, _>>()?;
        Ok(Self { certificates })
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }

    pub(super) fn certificates(&self) -> &[X509] {
        &self.certificates
    }
}

impl fmt::Debug for CscaAnchors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CscaAnchors({})", self.certificates.len())
    }
}
