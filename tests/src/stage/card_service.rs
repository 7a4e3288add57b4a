//! The machine's card service with vsmartcard's reader: used as it runs, else started, one user at a time.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail};
use virtual_card::DEFAULT_ADDRESS;

use crate::process::{Process, command};
use crate::wait::{PATIENCE, wait_until};

/// Where pcscd listens for programs.
const SOCKET: &str = "/run/pcscd/pcscd.comm";
/// How long a service that was there before may take to load the virtual reader.
const LOADING: Duration = Duration::from_secs(5);

/// What this program holds of the service until it ends.
struct Held {
    /// There is one virtual reader on a machine: whoever uses it holds this lock.
    _turn: File,
    /// The service, where none ran.
    service: Option<Process>,
}

static HELD: Mutex<Option<Held>> = Mutex::new(None);

/// The machine's card service.
#[derive(Debug, Clone, Copy)]
pub struct CardService;

impl CardService {
    /// Waits for the turn at the virtual reader and sees to it that the service runs. What it starts ends with
    /// this program.
    ///
    /// # Errors
    /// When the service does not start, or runs without the virtual reader.
    pub fn ready() -> anyhow::Result<()> {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_mut() {
            None => *held = Some(Held { _turn: turn()?, service: start()? }),
            Some(held) if !answers() => held.service = start()?,
            Some(_) => {}
        }
        Ok(())
    }

    /// Starts the service anew without any reader, if this program started it; tells whether it did.
    ///
    /// # Errors
    /// When the service does not start.
    pub fn without_reader() -> anyhow::Result<bool> {
        if !Self::stop() {
            return Ok(false);
        }
        let none = tempfile::tempdir().context("a folder without reader files")?;
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held.as_mut() {
            let folder = none.path().to_str().context("the path of the folder")?;
            held.service = Some(run(&["--config", folder], answers)?);
        }
        Ok(true)
    }

    /// Stops the service, if this program started it; tells whether it did.
    #[must_use]
    pub fn stop() -> bool {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        let service = held.as_mut().and_then(|held| held.service.take());
        service.is_some()
    }
}

/// Whether a service answers; where one is started on demand, this demands it.
fn answers() -> bool {
    UnixStream::connect(SOCKET).is_ok()
}

fn start() -> anyhow::Result<Option<Process>> {
    if answers() {
        wait_until("vsmartcard's reader", LOADING, || Ok(virtual_reader_listens())).context(
            "the card service runs without vsmartcard's reader: restart it (systemctl restart pcscd)",
        )?;
        return Ok(None);
    }
    run(&[], || answers() && virtual_reader_listens()).map(Some)
}

/// Runs a service until it is ready.
fn run(arguments: &[&str], ready: impl Fn() -> bool) -> anyhow::Result<Process> {
    let mut service = if is_root()? {
        command("pcscd")
    } else {
        let mut sudo = command("sudo");
        sudo.args(["--non-interactive", "pcscd"]);
        sudo
    };
    service.arg("--foreground").args(arguments);
    // Newer ones ask a policy daemon that a bare machine does not have.
    let help = Command::new("pcscd").arg("--help").output().context("pcscd is not installed")?;
    if String::from_utf8_lossy(&help.stdout).contains("--disable-polkit") {
        service.arg("--disable-polkit");
    }
    let logs = std::env::temp_dir().join(format!("finestreta-pcscd-{}", std::process::id()));
    let mut process = Process::start("pcscd", service, &logs)?;
    let started = wait_until("the card service", PATIENCE, || {
        if let Some(status) = process.ended()? {
            bail!("pcscd ended with {status}");
        }
        Ok(ready())
    });
    if started.is_err() {
        process.stop();
    }
    let said = fs::read_to_string(logs.join("pcscd.log")).unwrap_or_default();
    // The service has the file open; its name is not needed any more.
    let _ = fs::remove_dir_all(&logs);
    started.with_context(|| format!("pcscd said: {said}"))?;
    Ok(process)
}

/// Looks whether somebody listens without connecting: a connection is a card put in.
fn virtual_reader_listens() -> bool {
    let port = format!(":{:04X}", DEFAULT_ADDRESS.port());
    ["/proc/net/tcp", "/proc/net/tcp6"].iter().any(|table| {
        fs::read_to_string(table).unwrap_or_default().lines().any(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let local = fields.next().is_some_and(|local| local.ends_with(&port));
            // State 0A is "listening".
            local && fields.nth(1) == Some("0A")
        })
    })
}

/// One program at a time uses the virtual reader of a machine.
fn turn() -> anyhow::Result<File> {
    let path = std::env::temp_dir().join("finestreta-virtual-reader.lock");
    if !path.exists() {
        let _ = File::create(&path);
    }
    let file = File::open(&path).with_context(|| format!("{} cannot be opened", path.display()))?;
    file.lock().context("the turn at the virtual reader")?;
    Ok(file)
}

fn is_root() -> anyhow::Result<bool> {
    // The owner of this process's own directory is its user.
    use std::os::unix::fs::MetadataExt as _;
    Ok(fs::metadata(Path::new("/proc/self"))?.uid() == 0)
}
