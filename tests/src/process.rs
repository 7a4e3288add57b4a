//! Programs that the stage starts, and stops by their id.
//!
//! Each is started by one thread that lives as long as this program and is told to die with it, so that an
//! interrupted test leaves nothing behind. Its output goes to a file, where a line can be waited for.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};

use crate::wait::{PATIENCE, wait_for, wait_until};

/// How long a program may take to end when asked.
const GRACE: Duration = Duration::from_secs(5);

/// A program that was started here.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    log: PathBuf,
    /// Started through sudo, so ending it needs sudo too.
    privileged: bool,
}

/// A command that dies with this program. Of the environment it keeps only what finds programs and libraries,
/// so that a journey does not depend on the settings of whoever runs it.
#[must_use]
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command.env_clear();
    for name in ["PATH", "LD_LIBRARY_PATH", "RUST_BACKTRACE", "RUST_LOG", "TMPDIR"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("LANG", "C.UTF-8");
    command
}

impl Process {
    /// Starts a program whose output goes to a file named after it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(name: &str, mut command: Command, logs: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(logs)?;
        let log = logs.join(format!("{name}.log"));
        let output = File::options().create(true).append(true).open(&log)?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        let privileged = command.get_args().any(|argument| argument == "sudo");
        let child = spawn(command).with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { name: name.to_owned(), child, log, privileged })
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn ended(&mut self) -> anyhow::Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits for a line of its output that a function makes something of.
    ///
    /// # Errors
    /// When it ends before, or says no such thing.
    pub fn says<T>(&mut self, mut understand: impl FnMut(&str) -> Option<T>) -> anyhow::Result<T> {
        let (name, log) = (self.name.clone(), self.log.clone());
        wait_for(&format!("a line of {name}"), PATIENCE, || {
            let ended = self.child.try_wait()?;
            let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
            // The last piece may be half a line still.
            let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
            let found = whole.lines().find_map(&mut understand).map(Ok);
            Ok(found.or_else(|| ended.map(|status| Err(anyhow!("{name} ended with {status}: {text}")))))
        })?
    }

    /// Asks it to end, waits, and ends it.
    pub fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        self.signal("TERM");
        // One that was suspended hears it only when it goes on.
        self.signal("CONT");
        let asked =
            wait_until(&format!("the end of {}", self.name), GRACE, || Ok(self.child.try_wait()?.is_some()));
        if asked.is_err() {
            self.signal("KILL");
        }
        let _ = self.child.wait();
    }

    fn signal(&self, signal: &str) {
        let _ = signal_process(self.child.id(), signal, self.privileged);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Ends a process at once, as a power cut would.
///
/// # Errors
/// When the system does not let us.
pub fn kill(id: u32) -> anyhow::Result<()> {
    signal_process(id, "KILL", false)
}

/// Stops a process where it stands, as if the machine were overloaded.
///
/// # Errors
/// When the system does not let us.
pub fn suspend(id: u32) -> anyhow::Result<()> {
    signal_process(id, "STOP", false)
}

/// Lets a suspended process go on.
///
/// # Errors
/// When the system does not let us.
pub fn resume(id: u32) -> anyhow::Result<()> {
    signal_process(id, "CONT", false)
}

/// Whether a process is there and not merely waiting to be buried.
#[must_use]
pub fn lives(id: u32) -> bool {
    stat(id).is_some_and(|stat| stat.state != 'Z')
}

/// Ids of all processes that descend from one, itself first.
///
/// # Errors
/// When the system does not tell.
pub fn family(id: u32) -> anyhow::Result<Vec<u32>> {
    let mut all = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        if let Some(stat) = stat(id) {
            all.push((id, stat.parent));
        }
    }
    let mut family = vec![id];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        family.extend(all.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        next += 1;
    }
    Ok(family)
}

struct Stat {
    state: char,
    parent: u32,
}

fn stat(id: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name stands in parentheses and may hold anything.
    let (_, rest) = text.rsplit_once(')')?;
    let mut fields = rest.split_whitespace();
    Some(Stat { state: fields.next()?.chars().next()?, parent: fields.next()?.parse().ok()? })
}

fn signal_process(id: u32, signal: &str, privileged: bool) -> anyhow::Result<()> {
    // Sending a signal is not in the standard library, and `kill` is built into every shell.
    let script = format!("kill -{signal} {id}");
    let mut command = if privileged { Command::new("sudo") } else { Command::new("sh") };
    if privileged {
        command.args(["--non-interactive", "sh"]);
    }
    let status = command.args(["-c", &script]).stderr(Stdio::null()).status()?;
    if !status.success() {
        bail!("process {id} could not be sent {signal}");
    }
    Ok(())
}

/// A request to start a program.
type Request = (Command, Sender<io::Result<Child>>);

/// Starts a program from the thread that outlives every test: "dies with its parent" means that thread.
fn spawn(command: Command) -> anyhow::Result<Child> {
    static KEEPER: OnceLock<Mutex<Sender<Request>>> = OnceLock::new();
    let keeper = KEEPER.get_or_init(|| {
        let (sender, requests) = channel::<Request>();
        thread::spawn(move || {
            while let Ok((mut command, answer)) = requests.recv() {
                let _ = answer.send(command.spawn());
            }
        });
        Mutex::new(sender)
    });
    let (answer, started) = channel();
    keeper
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .send((command, answer))
        .context("the keeper is gone")?;
    Ok(started.recv().context("the keeper is gone")??)
}
