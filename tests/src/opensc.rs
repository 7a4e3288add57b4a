//! OpenSC, which works with the real cards: its tools, run upon the card in the first virtual reader.
//!
//! It has the roots of the real chips compiled in, and nobody else can issue under them. [`OpenSc::believing`] adds a
//! root by a few lines preloaded into its programs alone (`fixtures/component_root.c`); everything else is as Debian
//! ships it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use anyhow::{Context as _, bail, ensure};
use openssl::bn::BigNum;
use openssl::rsa::Rsa;
use tempfile::TempDir;

use crate::place;
use crate::process::command;

/// Seconds after which a tool counts as stuck and is ended.
const STUCK: &str = "120";
/// Public exponent of the component roots.
const EXPONENT: u32 = 65537;

/// No question to a person before a signature, and no file kept from one program to the next.
const CONFIGURATION: &str = "\
app default {
    card_driver dnie {
        user_consent_enabled = no;
    }
    framework pkcs15 {
        use_file_caching = no;
    }
}
";

/// OpenSC with a configuration and a home of its own.
pub struct OpenSc {
    directory: TempDir,
    shim: Option<PathBuf>,
}

impl OpenSc {
    /// As Debian ships it.
    ///
    /// # Errors
    /// When its configuration cannot be written.
    pub fn new() -> anyhow::Result<Self> {
        let directory = tempfile::Builder::new().prefix("finestreta-opensc-").tempdir()?;
        fs::write(directory.path().join("opensc.conf"), CONFIGURATION)?;
        Ok(Self { directory, shim: None })
    }

    /// Believes one more component root, given by its modulus.
    ///
    /// # Errors
    /// When the shim cannot be compiled.
    pub fn believing(component_root: &[u8]) -> anyhow::Result<Self> {
        let mut opensc = Self::new()?;
        let shim =
            opensc.compile("component_root", &["-shared", "-fPIC", "-lcrypto"], "component_root.so")?;
        opensc.shim = Some(shim);
        let key =
            Rsa::from_public_components(BigNum::from_slice(component_root)?, BigNum::from_u32(EXPONENT)?)?;
        fs::write(opensc.root(), key.public_key_to_pem()?)?;
        Ok(opensc)
    }

    /// Its version, such as `OpenSC 0.23.0`.
    ///
    /// # Errors
    /// When it is not installed.
    pub fn version(&self) -> anyhow::Result<String> {
        // Its first line is such as `opensc 0.23.0 [gcc  12.2.0]`.
        let info = self.says("opensc-tool", &["--info"])?;
        let info = String::from_utf8_lossy(&info);
        let version = info.split_whitespace().nth(1).context("no version")?;
        ensure!(version.starts_with(|first: char| first.is_ascii_digit()), "no version: {version}");
        Ok(format!("OpenSC {version}"))
    }

    /// Runs one of its tools to the end, whatever the end is.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, tool: &str, arguments: &[&str]) -> anyhow::Result<Output> {
        self.command(tool, arguments).output().with_context(|| format!("{tool} cannot be run"))
    }

    /// What a tool says that should end well.
    ///
    /// # Errors
    /// When it does not, with all that it said.
    pub fn says(&self, tool: &str, arguments: &[&str]) -> anyhow::Result<Vec<u8>> {
        let output = self.run(tool, arguments)?;
        ensure!(output.status.success(), "{tool} ended with {}: {}", output.status, said(&output));
        Ok(output.stdout)
    }

    /// Runs a program of ours that loads the PKCS#11 module, whose path is its argument, to the end; what it reads is
    /// given.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run_with_module(&self, program: &Path, input: &str) -> anyhow::Result<Output> {
        let name = program.to_str().context("a path that is no text")?;
        let mut child = self
            .command(name, &[module()?])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("{name} cannot be run"))?;
        child.stdin.take().context("its input")?.write_all(input.as_bytes())?;
        Ok(child.wait_with_output()?)
    }

    /// Its PKCS#11 module in a program that keeps one session open, as a browser does.
    ///
    /// # Errors
    /// When the program cannot be compiled or started.
    pub fn session(&self) -> anyhow::Result<Session> {
        let program = self.compile("pkcs11_session", &[], "pkcs11_session")?;
        let program = program.to_str().context("a path that is no text")?;
        let mut child = self
            .command(program, &[module()?])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .context("the PKCS#11 session")?;
        let words = child.stdin.take().context("its input")?;
        let lines = BufReader::new(child.stdout.take().context("its output")?);
        Ok(Session { child, words, lines })
    }

    /// Its own directory, for files that go in and out.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    fn root(&self) -> PathBuf {
        self.directory.path().join("component_root.pem")
    }

    fn command(&self, tool: &str, arguments: &[&str]) -> Command {
        let mut command = command("timeout");
        command.args(["--kill-after=5", STUCK, tool]).args(arguments);
        command.env("OPENSC_CONF", self.directory.path().join("opensc.conf"));
        command.env("HOME", self.directory.path());
        if let Some(shim) = &self.shim {
            command.env("LD_PRELOAD", shim).env("COMPONENT_ROOT", self.root());
        }
        command
    }

    fn compile(&self, source: &str, options: &[&str], output: &str) -> anyhow::Result<PathBuf> {
        let source = place::root().join("tests/fixtures").join(format!("{source}.c"));
        let program = self.directory.path().join(output);
        // Libraries come after what needs them.
        let compiled = Command::new("cc")
            .args(["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
            .arg(&program)
            .arg(&source)
            .args(options)
            .arg("-ldl")
            .output()
            .context("cc cannot be run")?;
        ensure!(compiled.status.success(), "{}: {}", source.display(), said(&compiled));
        Ok(program)
    }
}

/// A PKCS#11 session with the card.
pub struct Session {
    child: Child,
    words: ChildStdin,
    lines: BufReader<ChildStdout>,
}

impl Session {
    /// Initialises the module and opens a session with the card's token.
    ///
    /// # Errors
    /// When the module fails.
    pub fn open(&mut self) -> anyhow::Result<()> {
        self.ask("open").map(drop)
    }

    /// The DER of the certificate with an identifier.
    ///
    /// # Errors
    /// When the module fails.
    pub fn certificate(&mut self, id: &[u8]) -> anyhow::Result<Vec<u8>> {
        self.ask(&format!("certificate {}", hex::encode(id)))
    }

    /// Logs in.
    ///
    /// # Errors
    /// When the module fails.
    pub fn login(&mut self, pin: &str) -> anyhow::Result<()> {
        self.ask(&format!("login {pin}")).map(drop)
    }

    /// Signs a SHA-256 digest with the key with an identifier, RSA PKCS#1 v1.5.
    ///
    /// # Errors
    /// When the module fails.
    pub fn sign(&mut self, id: &[u8], digest: &[u8; 32]) -> anyhow::Result<Vec<u8>> {
        self.ask(&format!("sign {} {}", hex::encode(id), hex::encode(digest)))
    }

    fn ask(&mut self, question: &str) -> anyhow::Result<Vec<u8>> {
        // The PIN is a test's, and yet no error shows it.
        let name = question.split(' ').next().unwrap_or_default();
        writeln!(self.words, "{question}").with_context(|| format!("asking {name}"))?;
        let mut line = String::new();
        self.lines.read_line(&mut line)?;
        match line.trim_end().split_once(' ') {
            Some(("ok", answer)) => hex::decode(answer).context("not hexadecimal"),
            _ if line.trim_end() == "ok" => Ok(Vec::new()),
            _ => bail!("{name}: {}", line.trim_end()),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It ends with its input, and with it whatever it holds; the limit is upon it in any case.
        let _ = writeln!(self.words, "quit");
        let _ = self.child.wait();
    }
}

/// Everything a tool said.
#[must_use]
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The PKCS#11 module, where Debian puts it.
fn module() -> anyhow::Result<&'static str> {
    const PLACES: &[&str] = &[
        "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
        "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so",
        "/usr/lib/opensc-pkcs11.so",
    ];
    PLACES.iter().copied().find(|place| Path::new(place).exists()).context("opensc-pkcs11 is not installed")
}
