//! Steps that take a while: each is shown with its elapsed time and its latest line, its whole output kept in
//! a file, and the end of that file printed if it fails.

use std::fs::{self, File};
use std::io::{IsTerminal as _, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::place::Place;

/// How often a waiting line is shown where it cannot be overwritten.
const REMINDER: Duration = Duration::from_secs(15);
/// Lines of a failed step that are printed.
const TAIL_LINES: usize = 120;

/// Runs steps one after another and remembers how long each took.
pub struct Steps {
    logs: PathBuf,
    done: Vec<(String, Outcome, Duration)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
}

impl Steps {
    /// No step yet; outputs go below the target directory.
    pub fn new(place: &Place) -> anyhow::Result<Self> {
        let logs = place.target().join("xtask").join("logs");
        fs::create_dir_all(&logs).with_context(|| format!("{} cannot be made", logs.display()))?;
        Ok(Self { logs, done: Vec::new() })
    }

    /// Runs a command to its end.
    pub fn run(&mut self, name: &str, command: &mut Command) -> anyhow::Result<()> {
        let log = self.logs.join(format!("{}.log", name.replace([' ', '/', ':'], "-")));
        self.timed(name, |waiting| run_logged(command, &log, waiting))
    }

    /// Runs a piece of our own, quick enough to need no waiting line.
    pub fn call(&mut self, name: &str, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
        self.timed(name, |_| work())
    }

    /// One line for each step that ran.
    pub fn summary(&self) -> String {
        let width = self.done.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
        let mut table = String::from("\n");
        let mut total = Duration::ZERO;
        for (name, outcome, took) in &self.done {
            let word = if *outcome == Outcome::Passed { "ok" } else { "FAILED" };
            table.push_str(&format!("  {name:<width$}  {:>9}  {word}\n", seconds(*took)));
            total += *took;
        }
        table.push_str(&format!("  {:<width$}  {:>9}\n", "together", seconds(total)));
        table
    }

    fn timed(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Waiting<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut waiting = Waiting::new(name);
        let result = work(&mut waiting);
        let took = waiting.since.elapsed();
        let outcome = if result.is_ok() { Outcome::Passed } else { Outcome::Failed };
        waiting.end(outcome, took);
        self.done.push((name.to_owned(), outcome, took));
        result.with_context(|| format!("step `{name}` failed"))
    }
}

fn run_logged(command: &mut Command, log: &Path, waiting: &mut Waiting<'_>) -> anyhow::Result<()> {
    let output = File::create(log).with_context(|| format!("{} cannot be made", log.display()))?;
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .spawn()
        .with_context(|| format!("`{program}` cannot be started"))?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        waiting.show(log);
        // A child's end cannot be waited for with a limit in the standard library; this wakes to look.
        thread::park_timeout(Duration::from_millis(50));
    };
    if status.success() {
        return Ok(());
    }
    waiting.clear();
    let text = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    for line in lines.iter().skip(lines.len().saturating_sub(TAIL_LINES)) {
        eprintln!("    {line}");
    }
    bail!("`{program}` ended with {status}; the whole output is in {}", log.display());
}

/// The line that shows a step going on.
struct Waiting<'a> {
    name: &'a str,
    since: Instant,
    shown: Instant,
    terminal: bool,
}

impl<'a> Waiting<'a> {
    fn new(name: &'a str) -> Self {
        let now = Instant::now();
        Self { name, since: now, shown: now, terminal: std::io::stdout().is_terminal() }
    }

    fn show(&mut self, log: &Path) {
        let every = if self.terminal { Duration::from_secs(1) } else { REMINDER };
        if self.shown.elapsed() < every {
            return;
        }
        self.shown = Instant::now();
        let line = format!(
            "  … {}  {}  {}",
            self.name,
            seconds(self.since.elapsed()),
            last_line(log).unwrap_or_default()
        );
        if self.terminal {
            print!("\r\x1b[2K{line}");
            let _ = std::io::stdout().flush();
        } else {
            println!("{line}");
        }
    }

    fn clear(&self) {
        if self.terminal {
            print!("\r\x1b[2K");
        }
    }

    fn end(&self, outcome: Outcome, took: Duration) {
        self.clear();
        let mark = if outcome == Outcome::Passed { "✓" } else { "✗" };
        println!("  {mark} {}  {}", self.name, seconds(took));
    }
}

/// The last line written to a log so far, without colours, cut to what a terminal shows.
fn last_line(log: &Path) -> Option<String> {
    let mut file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(2048))).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let tail = String::from_utf8_lossy(&tail).into_owned();
    let line = tail.rsplit(['\n', '\r']).map(str::trim).find(|line| !line.is_empty())?;
    let plain: String = line.chars().filter(|character| !character.is_control()).take(70).collect();
    Some(plain)
}

/// A duration as people read it.
fn seconds(duration: Duration) -> String {
    if duration.as_secs() >= 60 {
        format!("{} min {:02} s", duration.as_secs() / 60, duration.as_secs() % 60)
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}
