//! The office's door: the part of the configuration that says who comes in and what for.

use std::net::SocketAddr;
use std::path::PathBuf;

use openssl::pkey::PKey;
use openssl::ssl::SslAcceptor;
use serde::Deserialize;

use super::{Config, Error, certificates, material, read};
use crate::desk::Roles;
use crate::tls;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Section {
    /// Where the office asks; absent, it does so from a terminal alone.
    address: Option<SocketAddr>,
    /// The authority of the staff's certificates, PEM.
    pub(super) authority: Option<PathBuf>,
    /// Common names of those who work with the entries.
    clerks: Vec<String>,
    /// Common names of those who look at everything and change nothing.
    auditors: Vec<String>,
    /// Common names of those who look after the kiosks.
    operators: Vec<String>,
}

/// Where the office asks, how it is received, and who may do what.
pub(crate) struct OfficeDoor {
    pub(crate) address: SocketAddr,
    pub(crate) acceptor: SslAcceptor,
    pub(crate) roles: Roles,
}

impl Config {
    pub(super) fn office_door(&self) -> Result<Option<OfficeDoor>, Error> {
        let Section { address, authority, clerks, auditors, operators } = &self.office;
        let Some(address) = *address else { return Ok(None) };
        let wrong = |message: String| Err(Error::Config { message });
        let Some(authority) = authority else {
            return wrong("office.address needs office.authority".to_owned());
        };
        let named = clerks.iter().chain(auditors).chain(operators);
        if let Some(name) = named.into_iter().find(|name| !tls::is_staff_name(name)) {
            return wrong(format!("office: {name:?} cannot be a name of a certificate"));
        }
        let chain = certificates(&self.tls.certificate, "tls.certificate")?;
        let key = PKey::private_key_from_pem(&read(&self.tls.key)?).map_err(material("tls.key"))?;
        let acceptor = tls::acceptor(&chain, &key, &certificates(authority, "office.authority")?)?;
        let roles =
            Roles { clerks: clerks.clone(), auditors: auditors.clone(), operators: operators.clone() };
        Ok(Some(OfficeDoor { address, acceptor, roles }))
    }
}
