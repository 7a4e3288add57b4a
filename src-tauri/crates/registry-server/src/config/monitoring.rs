//! Where the registry is watched over: the part of the configuration that says so.

use std::net::SocketAddr;

use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    /// Where the registry tells whether it is well and what it has counted; absent, it does not.
    pub(super) address: Option<SocketAddr>,
}
