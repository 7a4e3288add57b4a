//! A session bus of the stage's own.

use std::path::Path;

use crate::process::{Process, command};

/// The bus; it ends when dropped.
#[derive(Debug)]
pub struct Bus {
    address: String,
    _daemon: Process,
}

impl Bus {
    /// Starts it.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(logs: &Path) -> anyhow::Result<Self> {
        let mut daemon = command("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--nosyslog", "--print-address=1"]);
        let mut daemon = Process::start("bus", daemon, logs)?;
        let address = daemon.says(|line| line.starts_with("unix:").then(|| line.to_owned()))?;
        Ok(Self { address, _daemon: daemon })
    }

    /// What goes into `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> &str {
        &self.address
    }
}
