//! The certificates on a token.

use std::fmt;

use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass};
use cryptoki::session::Session;
use openssl::x509::X509VerifyResult;
use trust::Certificate;

use crate::error::Error;

/// Most certificates read from one token.
const MAX_CERTIFICATES: usize = 64;
/// Most certificates between a person's and its root.
const MAX_CHAIN: usize = 8;

/// A person's certificate on a token, and those above it. Whether its key is there is known only after the PIN.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    certificate: Certificate,
    chain: Vec<Certificate>,
    label: String,
    /// CKA_ID, which its key has too.
    id: Vec<u8>,
}

impl Identity {
    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The certificates above it that are on the token, each issued by the next, a root included.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// Its label on the token. Of a citizen it is personal data.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    pub(crate) fn id(&self) -> &[u8] {
        &self.id
    }
}

/// Shows the certificate as `trust` does, never the label.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// Every certificate that the session may see and that issued no other.
pub(crate) fn read(session: &Session) -> Result<Vec<Identity>, Error> {
    let template =
        [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::CertificateType(CertificateType::X_509)];
    let mut found: Vec<Identity> = Vec::new();
    for object in session.find_objects(&template)?.into_iter().take(MAX_CERTIFICATES) {
        let wanted = [AttributeType::Value, AttributeType::Id, AttributeType::Label];
        let (mut der, mut id, mut label) = (Vec::new(), Vec::new(), Vec::new());
        for attribute in session.get_attributes(object, &wanted)? {
            match attribute {
                Attribute::Value(value) => der = value,
                Attribute::Id(value) => id = value,
                Attribute::Label(value) => label = value,
                _ => {}
            }
        }
        // One that cannot be read does not spoil the others.
        let Ok(certificate) = Certificate::from_der(exactly(&der)) else { continue };
        if found.iter().all(|known| known.certificate != certificate) {
            let label = String::from_utf8_lossy(&label).trim().to_owned();
            found.push(Identity { certificate, chain: Vec::new(), label, id });
        }
    }
    let all: Vec<Certificate> = found.iter().map(|identity| identity.certificate.clone()).collect();
    found.retain(|identity| all.iter().all(|below| !issued(&identity.certificate, below)));
    for identity in &mut found {
        identity.chain = chain(&identity.certificate, &all);
    }
    if found.is_empty() { Err(Error::NoCertificate) } else { Ok(found) }
}

fn issued(issuer: &Certificate, below: &Certificate) -> bool {
    issuer.x509().issued(below.x509()) == X509VerifyResult::OK
}

fn chain(leaf: &Certificate, all: &[Certificate]) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::new();
    let mut below = leaf;
    while chain.len() < MAX_CHAIN {
        let Some(issuer) = all.iter().find(|issuer| issued(issuer, below)) else { break };
        if issuer == below || chain.contains(issuer) {
            break;
        }
        chain.push(issuer.clone());
        below = issuer;
    }
    chain
}

/// Without what follows the certificate: cards give whole files, which are often longer.
fn exactly(file: &[u8]) -> &[u8] {
    let len = match file {
        [0x30, 0x82, high, low, ..] => usize::from(u16::from_be_bytes([*high, *low])) + 4,
        _ => file.len(),
    };
    file.get(..len).unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_certificate_is_left_out() {
        let mut file = vec![0x30, 0x82, 0, 3, 1, 2, 3];
        let certificate = file.clone();
        file.extend([0xFF; 9]);
        assert_eq!(exactly(&file), certificate);
        assert_eq!(exactly(&certificate[..5]), &certificate[..5]);
        assert_eq!(exactly(&[]), [0_u8; 0]);
    }
}
