//! A stranger's file is read in a process of its own, which has nothing to lose and is killed if it takes too long.
//!
//! The renderer of PDF and the reader of pictures are memory-safe, so what a hostile file can still do is exhaust: nest
//! until the stack ends, which no Rust program survives, unfold to gigabytes, or never end. In a thread of the kiosk
//! any of these would take the session of the person at the counter with it. The process is this very program, started
//! with one word, before anything of the kiosk has been opened in it: no window, no store, no card, no key, and from
//! its first moment no more files than the two pipes it talks through.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use attachments::{Answer, Request};
use rustix::process::{Resource, Rlimit, setrlimit};

/// The word that makes this program read one file instead of opening a window.
pub(crate) const WORD: &str = "--read-a-file";

/// Address space it may have, bytes: a photograph of the most dots that are read, twice over.
const MEMORY: u64 = 3 * 1024 * 1024 * 1024;
/// Processor time it may use, seconds.
const PROCESSOR: u64 = 20;
/// How long it is waited for: longer than its processor time, since other processes run too.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why there is no answer. What the file itself is refused for is an answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the process could not be started: {0}")]
    Start(#[source] std::io::Error),
    #[error("the process took too long")]
    Slow,
    #[error("the process ended without an answer: {0}")]
    NoAnswer(#[source] attachments::Error),
}

/// Reads one file as this process's only act.
pub(crate) fn serve() -> ExitCode {
    // Without its limits it reads nothing.
    let served =
        limit().is_ok() && attachments::serve(std::io::stdin().lock(), std::io::stdout().lock()).is_ok();
    if served { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What a file could make this process do ends here: no other file, no growth, no trace of it on the disk.
fn limit() -> rustix::io::Result<()> {
    let at_most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, at_most(MEMORY))?;
    setrlimit(Resource::Cpu, at_most(PROCESSOR))?;
    setrlimit(Resource::Core, at_most(0))?;
    setrlimit(Resource::Fsize, at_most(0))?;
    // Those that are open stay open; no further one can be.
    setrlimit(Resource::Nofile, at_most(0))
}

/// The program that reads files.
#[derive(Debug, Clone)]
pub(crate) struct Intake {
    program: PathBuf,
}

impl Intake {
    /// This very program, also when its file has been replaced by a newer one meanwhile.
    pub(crate) fn of_this_program() -> Self {
        Self { program: PathBuf::from("/proc/self/exe") }
    }

    /// Another program that knows the word, where this one is not the kiosk's own.
    pub(crate) fn of(program: PathBuf) -> Self {
        Self { program }
    }

    /// Has one request answered. Blocks.
    ///
    /// # Errors
    /// [`Failure`]; a file on which the process ends without an answer is one that nobody should open.
    pub(crate) fn ask(&self, request: Request) -> Result<Answer, Failure> {
        let child = Command::new(&self.program)
            .arg(WORD)
            .env_clear()
            .current_dir(Path::new("/"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Failure::Start)?;
        wait_for(child, request)
    }
}

fn wait_for(mut child: Child, request: Request) -> Result<Answer, Failure> {
    let (input, output) = (child.stdin.take(), child.stdout.take());
    // Each pipe has a thread of its own, so that neither process ever waits for the other to read.
    let writing = std::thread::spawn(move || {
        // One that has ended already says so by giving no answer.
        input.map(|input| attachments::ask(&request, input))
    });
    let (answered, answer) = mpsc::channel();
    let reading = std::thread::spawn(move || {
        let read = match output {
            Some(output) => attachments::read_answer(output),
            None => attachments::read_answer(std::io::empty()),
        };
        // Whoever waited has given up, and ends the process.
        let _ = answered.send(read);
    });
    let outcome = match answer.recv_timeout(PATIENCE) {
        Ok(read) => read.map_err(Failure::NoAnswer),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(Failure::Slow),
    };
    // It has said all it has to say: dead or not, nothing of the file stays with it.
    let _ = child.kill();
    let _ = child.wait();
    let _ = writing.join();
    let _ = reading.join();
    outcome
}
