//! The machine's card service with vsmartcard's readers: used as it runs, else started, one user at a time.
//!
//! Whoever stops, suspends or restarts the service needs one that this program started ([`CardService::own`]): where
//! another runs, that fails and says what to do, for it may serve somebody.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use virtual_card::DEFAULT_ADDRESS;

use crate::process::{Process, command};
use crate::wait::{PATIENCE, wait_until};

/// Where pcscd listens for programs.
const SOCKET: &str = "/run/pcscd/pcscd.comm";
/// Where it says which process it is.
const PID: &str = "/run/pcscd/pcscd.pid";
/// How long a service that was there before may take to load the virtual reader.
const LOADING: Duration = Duration::from_secs(5);

/// What this program holds of the service until it ends.
struct Held {
    /// There is one virtual reader on a machine: whoever uses it holds this lock.
    _turn: File,
    /// The service, where none ran.
    service: Option<Process>,
    /// It was started without readers.
    bare: bool,
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
            None => *held = Some(Held { _turn: turn()?, service: start()?, bare: false }),
            Some(held) => {
                if held.bare {
                    held.service = None;
                    held.bare = false;
                }
                if !answers() {
                    held.service = start()?;
                }
            }
        }
        Ok(())
    }

    /// The same, with a service that this program started and may stop, suspend and start again.
    ///
    /// # Errors
    /// As [`CardService::ready`]; when somebody else's service runs.
    pub fn own() -> anyhow::Result<()> {
        Self::ready()?;
        if HELD
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .is_some_and(|held| held.service.is_none())
        {
            bail!(
                "a card service runs that is not ours to stop: end it first \
                 (systemctl stop pcscd.socket pcscd.service), the tests start their own"
            );
        }
        Ok(())
    }

    /// Stops the service, if this program started it; tells whether it did.
    #[must_use]
    pub fn stop() -> bool {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        let service = held.as_mut().and_then(|held| held.service.take());
        service.is_some()
    }

    /// Starts an own service, stopped before, that knows no reader. [`CardService::ready`] replaces it by one that does.
    ///
    /// # Errors
    /// When one runs, or this one does not start.
    pub fn start_without_readers() -> anyhow::Result<()> {
        ensure!(!answers(), "a card service runs already");
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        let held = held.as_mut().context("whoever starts it holds the turn")?;
        let nothing = tempfile::tempdir().context("a directory without readers")?;
        held.service = Some(launch(Some(nothing.path()), &answers)?);
        held.bare = true;
        Ok(())
    }

    /// Stops an own service where it stands, as the machine's going to sleep does; it goes on when what comes back is dropped.
    ///
    /// # Errors
    /// When it is not ours.
    pub fn suspend() -> anyhow::Result<Suspended> {
        Self::own()?;
        signal("STOP")?;
        Ok(Suspended(()))
    }
}

/// A service that stands still.
#[derive(Debug)]
pub struct Suspended(());

impl Drop for Suspended {
    fn drop(&mut self) {
        // Only a service that has ended cannot go on.
        let _ = signal("CONT");
    }
}

/// Sends the running service a signal.
fn signal(name: &str) -> anyhow::Result<()> {
    let id = fs::read_to_string(PID).context("which process the card service is")?;
    // A line, and a zero byte after it.
    let id = id.trim_matches(|character: char| !character.is_ascii_digit());
    // `kill` is built into every shell, and not a program of its own everywhere.
    let status = privileged("sh")?.arg("-c").arg(format!("kill -{name} {id}")).status()?;
    ensure!(status.success(), "the card service could not be sent {name}");
    Ok(())
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
    launch(None, &|| answers() && virtual_reader_listens()).map(Some)
}

/// Starts the service and waits until it is ready, with the system's readers or those configured in a directory.
fn launch(readers: Option<&Path>, is_ready: &dyn Fn() -> bool) -> anyhow::Result<Process> {
    let mut service = privileged("pcscd")?;
    service.arg("--foreground");
    if let Some(directory) = readers {
        service.arg("--config").arg(directory);
    }
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
        Ok(is_ready())
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

/// A command with the rights of the service: as it is for root, else through sudo.
fn privileged(program: &str) -> anyhow::Result<Command> {
    if is_root()? {
        return Ok(command(program));
    }
    let mut sudo = command("sudo");
    sudo.args(["--non-interactive", program]);
    Ok(sudo)
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
