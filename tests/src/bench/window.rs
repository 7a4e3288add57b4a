//! Start and memory of a window, looked at from outside: the same for any program.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::place;
use crate::process::{Process, command, family};
use crate::stage::{Frame, Stage};
use crate::wait::PATIENCE;

/// A picture that has not changed for so long is the first screen, whole.
const SETTLED: Duration = Duration::from_millis(1500);
/// Dark pixels of a sample that only text and drawings make.
const INK: usize = 40;
/// How often the display is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// One start.
#[derive(Debug)]
pub struct Start {
    /// From the start of the process until text could be read.
    pub readable: Duration,
    /// From the start of the process until the first screen stood as it then stayed.
    pub shown: Duration,
    /// Memory of the process and its children, shared parts divided among those who share them.
    pub memory_mb: f64,
}

/// Starts a program on the stage's display, waits for its screen to stand, and ends it.
///
/// # Errors
/// When no screen is ever shown.
pub fn start(stage: &Stage, program: Command) -> anyhow::Result<Start> {
    let since = Instant::now();
    let mut process = Process::start("started", program, &stage.kiosk().logs())?;
    let mut last = Frame::default();
    let mut changed = since;
    let mut readable = None;
    loop {
        let frame = stage.display().frame()?;
        let now = Instant::now();
        if frame != last {
            (last, changed) = (frame, now);
            if readable.is_none() && last.ink() > INK {
                readable = Some(now - since);
            }
        }
        if readable.is_some() && now - changed >= SETTLED {
            break;
        }
        if now - since > PATIENCE {
            bail!("no screen was shown");
        }
        if let Some(status) = process.ended()? {
            bail!("the program ended with {status}");
        }
        thread::park_timeout(LOOK);
    }
    let memory_mb = memory(process.id())?;
    process.stop();
    let readable = readable.context("no text was shown")?;
    Ok(Start { readable, shown: changed - since, memory_mb })
}

/// The bare window, in the stage's surroundings and format.
///
/// # Errors
/// When it has not been built.
pub fn bare_window(stage: &Stage) -> anyhow::Result<Command> {
    let (width, height) = stage.display().format().size();
    let mut bare = command(place::program("bare-window")?);
    bare.arg(width.to_string()).arg(height.to_string());
    stage.kiosk().dress(&mut bare);
    Ok(bare)
}

/// Proportional set size of a process and all its children, megabytes.
fn memory(process: u32) -> anyhow::Result<f64> {
    let mut kilobytes = 0.0;
    for id in family(process)? {
        // One that has just ended has no memory.
        let Ok(rollup) = fs::read_to_string(format!("/proc/{id}/smaps_rollup")) else { continue };
        let line =
            rollup.lines().find(|line| line.starts_with("Pss:")).context("no proportional set size")?;
        let figure = line.split_whitespace().nth(1).context("no figure")?;
        kilobytes += figure.parse::<f64>()?;
    }
    Ok(kilobytes / 1024.0)
}
