//! How kiosks come to certificates: the part of the configuration that says so.

use std::net::SocketAddr;
use std::path::PathBuf;

use openssl::pkey::PKey;
use serde::Deserialize;

use super::{Authority, Config, Error, Unlisted, certificates, material, read};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Section {
    /// Where kiosks enrol; absent, none does.
    pub(super) address: Option<SocketAddr>,
    /// Private key of the authority of the kiosks, PEM; absent, the registry issues no certificates.
    pub(super) authority_key: Option<PathBuf>,
    /// How long a certificate lasts, days.
    days: u16,
}

impl Default for Section {
    fn default() -> Self {
        Self { address: None, authority_key: None, days: 365 }
    }
}

/// Longest life of a kiosk's certificate, days.
const MOST_DAYS: u16 = 3 * 365;

impl Config {
    pub(super) fn authority(&self) -> Result<Option<Authority>, Error> {
        let Section { address, authority_key, days } = &self.enrolment;
        let wrong = |message: &str| Err(Error::Config { message: message.to_owned() });
        if !(1..=MOST_DAYS).contains(days) {
            return wrong("enrolment.days is 1 to 1095");
        }
        let Some(path) = authority_key else {
            return match address {
                Some(_) => wrong("enrolment.address needs enrolment.authority_key"),
                None => Ok(None),
            };
        };
        let what = "enrolment.authority_key";
        let key = PKey::private_key_from_pem(&read(path)?).map_err(material(what))?;
        // One of several: an authority that goes is followed by another whose certificates are issued already.
        let owner = certificates(&self.tls.kiosk_authority, "tls.kiosk_authority")?
            .into_iter()
            .find(|certificate| certificate.public_key().is_ok_and(|public| public.public_eq(&key)));
        let certificate = owner.ok_or(Error::Material { what, source: None })?;
        Authority::new(certificate, key, *days).map(Some)
    }

    /// Which kiosks are heard whose certificates are not of the book.
    pub(super) fn unlisted(&self) -> Unlisted {
        match (&self.tls.kiosks, &self.enrolment.authority_key) {
            (Some(names), _) => Unlisted::Named(names.clone()),
            (None, Some(_)) => Unlisted::Named(Vec::new()),
            (None, None) => Unlisted::All,
        }
    }
}
