//! The PostgreSQL cluster of this run of the tests.

use std::sync::OnceLock;

use testkit::postgres::Cluster;

/// Address of a new, empty database.
pub(crate) fn fresh_database() -> String {
    static STARTED: OnceLock<Cluster> = OnceLock::new();
    STARTED.get_or_init(|| Cluster::start().unwrap()).fresh_database().unwrap()
}
