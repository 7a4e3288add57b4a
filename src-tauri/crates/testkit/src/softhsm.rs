//! A token in software: SoftHSM with a directory of its own.
//!
//! SoftHSM finds its tokens by an environment variable, so whoever uses one runs in a process that was started with
//! [`SoftToken::environment`].

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use trust::Certificate;

use crate::p12::{run, write};
use crate::pki::Identity;

/// Where distributions keep the module.
const MODULES: &[&str] = &["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so"];
/// PIN of the officer who sets tokens up.
const OFFICER_PIN: &str = "officer-1234";

/// A token that nobody else sees.
pub struct SoftToken {
    config: PathBuf,
    dir: PathBuf,
    label: String,
    pin: String,
}

/// How a private key is put on a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Free after the login.
    AfterLogin,
    /// The PIN again for each signature (CKA_ALWAYS_AUTHENTICATE).
    PinEachTime,
}

impl SoftToken {
    /// Makes a token in a directory.
    ///
    /// # Errors
    /// When SoftHSM is not installed, or refuses.
    pub fn make(dir: &Path, label: &str, pin: &str) -> Result<Self> {
        let tokens = dir.join("tokens");
        fs::create_dir_all(&tokens)?;
        let config = dir.join("softhsm2.conf");
        let text = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
        write(&config, text.as_bytes())?;
        let token = Self { config, dir: dir.to_owned(), label: label.to_owned(), pin: pin.to_owned() };
        token.add(label)?;
        Ok(token)
    }

    /// Puts another token, with the same PIN, into the next slot.
    ///
    /// # Errors
    /// When SoftHSM refuses.
    pub fn add(&self, label: &str) -> Result<()> {
        let mut tool = self.tool("softhsm2-util");
        tool.args(["--init-token", "--free", "--label", label, "--so-pin", OFFICER_PIN, "--pin", &self.pin]);
        run(&mut tool)
    }

    /// The module's path.
    ///
    /// # Errors
    /// When SoftHSM is not installed.
    pub fn module() -> Result<PathBuf> {
        let found = MODULES.iter().map(PathBuf::from).find(|path| path.exists());
        found.context("SoftHSM's module (Debian package libsofthsm2)")
    }

    /// What a process that uses the token has to be started with.
    #[must_use]
    pub fn environment(&self) -> (&'static str, &Path) {
        ("SOFTHSM2_CONF", &self.config)
    }

    /// Puts a key and its certificate on it; `id` is what joins them.
    ///
    /// # Errors
    /// When OpenSC's tool refuses.
    pub fn put(&self, identity: &Identity, id: &str, label: &str, key: KeyUse) -> Result<()> {
        let path = self.dir.join("key.der");
        write(&path, &identity.key.private_key_to_der()?)?;
        let mut tool = self.pkcs11_tool()?;
        tool.args(["--type", "privkey", "--usage-sign", "--id", id, "--label", label]);
        if key == KeyUse::PinEachTime {
            tool.arg("--always-auth");
        }
        tool.arg("--write-object").arg(&path);
        run(&mut tool)?;
        fs::remove_file(&path)?;
        self.put_certificate(&identity.certificate, id, label)
    }

    /// Puts a certificate alone on it.
    ///
    /// # Errors
    /// When OpenSC's tool refuses.
    pub fn put_certificate(&self, certificate: &Certificate, id: &str, label: &str) -> Result<()> {
        let path = self.dir.join("certificate.der");
        write(&path, certificate.der())?;
        let mut tool = self.pkcs11_tool()?;
        tool.args(["--type", "cert", "--id", id, "--label", label]);
        tool.arg("--write-object").arg(&path);
        run(&mut tool)?;
        fs::remove_file(&path)?;
        Ok(())
    }

    fn pkcs11_tool(&self) -> Result<Command> {
        let mut tool = self.tool("pkcs11-tool");
        tool.arg("--module").arg(Self::module()?);
        tool.args(["--token-label", &self.label, "--login", "--pin", &self.pin]);
        Ok(tool)
    }

    fn tool(&self, program: &str) -> Command {
        let (key, value) = self.environment();
        let mut tool = Command::new(program);
        tool.env(key, value);
        tool
    }
}
