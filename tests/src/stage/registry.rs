//! The registry's process, its book, and what staff would ask it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use registry_api::{Answers, SubmissionKey};
use registry_client::HttpRegistry;
use registry_server::Database;
use serde::Deserialize;
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::process::{Process, command};
use crate::wait::{PATIENCE, wait_until};
use crate::webdriver::free_port;

/// The registry of a stage.
#[derive(Debug)]
pub struct Registry {
    directory: PathBuf,
    configuration: PathBuf,
    port: u16,
    process: Option<Process>,
}

/// What the registry's own command says of an entry, as far as the stage needs it.
#[derive(Debug, Clone, Deserialize)]
pub struct Told {
    number: String,
    key: SubmissionKey,
    application_sha256: String,
    /// Procedure.
    pub procedure: String,
    /// Unit it went to.
    pub unit: String,
    /// Summary for the registry's book.
    pub summary: String,
    /// Answers of the form.
    pub answers: Answers,
    /// Its words for other registries.
    pub exchange: Exchange,
}

/// The words of an entry for other registries.
#[derive(Debug, Clone, Deserialize)]
pub struct Exchange {
    /// What is told.
    pub facts: String,
    /// What is asked for.
    pub request: String,
    /// The mark by which others know the matter.
    pub reference: Option<String>,
}

/// One entry of the book.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number, `2026-E-000123`.
    pub number: String,
    /// The key it was handed in with.
    pub key: SubmissionKey,
    /// SHA-256 of the application, hexadecimal, as the book has it.
    pub application_sha256: String,
    /// The application as it was filed.
    pub application: Vec<u8>,
    /// The sealed receipt.
    pub receipt: Vec<u8>,
    /// What the registry says of it.
    pub told: Told,
}

impl Registry {
    /// Writes its configuration and starts it on a port of its own.
    pub(super) fn start(directory: &Path, real_cards: Option<&[PathBuf]>) -> anyhow::Result<Self> {
        let port = free_port()?;
        let configuration = directory.join("registry.toml");
        fs::create_dir_all(directory.join("registry"))?;
        fs::write(&configuration, self::configuration(directory, port, real_cards)?)?;
        let mut registry = Self { directory: directory.to_owned(), configuration, port, process: None };
        registry.restart()?;
        Ok(registry)
    }

    /// Where its files are, those of the authorities among them.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// Starts it again, at the same address with the same book.
    ///
    /// # Errors
    /// When it does not start.
    pub fn restart(&mut self) -> anyhow::Result<()> {
        let mut serve = command(crate::place::program("finestreta-registry")?);
        serve.arg("serve").arg("--config").arg(&self.configuration);
        let mut process = Process::start("registry", serve, &self.directory.join("logs"))?;
        let client = self.client()?;
        let runtime = runtime()?;
        wait_until("the registry", PATIENCE, || {
            if let Some(status) = process.ended()? {
                bail!("the registry ended with {status}");
            }
            Ok(runtime.block_on(registry_api::Registry::health(&client)).is_ok())
        })?;
        self.process = Some(process);
        Ok(())
    }

    /// The folder of its files.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.directory.join("registry")
    }

    /// Starts it again with the catalogue of a folder.
    ///
    /// # Errors
    /// When it does not start.
    pub fn serve_catalogue(&mut self, folder: &Path) -> anyhow::Result<()> {
        self.set("catalogue", "directory", folder.to_str().context("a path that is no text")?)
    }

    /// Starts it again with its book elsewhere.
    ///
    /// # Errors
    /// When it does not start.
    pub fn keep_in(&mut self, database: &Database) -> anyhow::Result<()> {
        let (key, value) = match database {
            Database::Postgres(url) => ("url", url.clone()),
            Database::Sqlite(path) => ("path", path.display().to_string()),
        };
        self.set("store", key, &value)
    }

    /// Starts it again with a door at which kiosks enrol, and says where. Besides those that enrol there it hears those of
    /// that name whose certificate others have issued.
    ///
    /// # Errors
    /// When it does not start.
    pub fn open_for_enrolling(&mut self, others: &[&str]) -> anyhow::Result<String> {
        let port = free_port()?;
        // The stage asks with one itself.
        self.write("tls", "kiosks", [others, &["kiosk-01"]].concat().into())?;
        self.write("enrolment", "address", format!("127.0.0.1:{port}").into())?;
        self.set("enrolment", "authority_key", "pki/tls-ca.key")?;
        Ok(format!("https://localhost:{port}"))
    }

    /// Invites a kiosk, and says its code.
    ///
    /// # Errors
    /// When the registry refuses.
    pub fn invite(&self, kiosk: &str) -> anyhow::Result<String> {
        let words = ["kiosks", "invite", kiosk, "--place", "Vestíbul", "--official", "stage"];
        let invited: serde_json::Value = serde_json::from_slice(&self.ask(&words)?)?;
        Ok(invited.get("code").and_then(|code| code.as_str()).context("no code")?.to_owned())
    }

    /// Hears a kiosk no more.
    ///
    /// # Errors
    /// When the registry refuses.
    pub fn revoke(&self, kiosk: &str) -> anyhow::Result<()> {
        self.ask(&["kiosks", "revoke", kiosk, "--reason", "robat", "--official", "stage"]).map(drop)
    }

    /// Starts it again with another value in its configuration.
    fn set(&mut self, section: &str, key: &str, value: &str) -> anyhow::Result<()> {
        self.stop();
        self.write(section, key, value.into())?;
        self.restart()
    }

    fn write(&self, section: &str, key: &str, value: toml::Value) -> anyhow::Result<()> {
        let mut table: toml::Table = fs::read_to_string(&self.configuration)?.parse()?;
        let section = table.entry(section).or_insert_with(|| toml::Table::new().into());
        section.as_table_mut().context("a section that is none")?.insert(key.to_owned(), value);
        Ok(fs::write(&self.configuration, table.to_string())?)
    }

    /// Stops it and puts something else at its address.
    ///
    /// # Errors
    /// When the address is taken.
    pub fn replace(&mut self) -> anyhow::Result<super::Impostor> {
        self.stop();
        super::Impostor::start(&self.directory.join("pki"), self.port)
    }

    /// Stops it.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Its process.
    ///
    /// # Errors
    /// When it does not run.
    pub fn process(&self) -> anyhow::Result<u32> {
        Ok(self.process.as_ref().context("the registry does not run")?.id())
    }

    /// An entry: what the registry's own command says of it, the application from the book, the receipt over HTTPS.
    ///
    /// # Errors
    /// When there is no such entry.
    pub fn entry(&self, number: &str) -> anyhow::Result<Entry> {
        let told: Told =
            serde_json::from_slice(&self.ask(&["entries", "show", number, "--official", "stage"])?)
                .context("the entry as told")?;
        let client = self.client()?;
        let runtime = runtime()?;
        let receipt = runtime.block_on(registry_api::Registry::receipt(&client, told.key))?;
        let receipt = receipt.context("an entry without receipt")?;
        ensure!(receipt.number.to_string() == told.number, "the receipt of another entry");
        let application = self.document(&told.application_sha256)?;
        Ok(Entry {
            number: told.number.clone(),
            key: told.key,
            application_sha256: told.application_sha256.clone(),
            application,
            receipt: receipt.document.into_vec(),
            told,
        })
    }

    /// The numbers in the book, in the order of reception; the chain of entries is whole.
    ///
    /// # Errors
    /// When the book cannot be read, or its chain is broken.
    pub fn entries(&self) -> anyhow::Result<Vec<String>> {
        self.ask(&["audit", "verify"])?;
        self.numbers("SELECT number FROM entries ORDER BY position")
    }

    /// The reasons of what was refused and kept for the staff.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn quarantined(&self) -> anyhow::Result<Vec<String>> {
        self.numbers("SELECT reason FROM quarantine ORDER BY first_at, id")
    }

    /// Names and contents of what was attached to an entry, in order.
    ///
    /// # Errors
    /// When the book cannot be read.
    pub fn attachments(&self, number: &str) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let query = "SELECT name, sha256 FROM attachments JOIN entries ON entry = position \
                     WHERE number = ?1 ORDER BY place";
        let rows = runtime()?.block_on(async {
            let mut book = self.book().await?;
            sqlx::query_as::<_, (String, String)>(query).bind(number).fetch_all(&mut book).await
        });
        let rows = rows.context("the registry's book")?;
        rows.into_iter().map(|(name, sha256)| Ok((name, self.document(&sha256)?))).collect()
    }

    /// A document as the registry keeps it.
    fn document(&self, sha256: &str) -> anyhow::Result<Vec<u8>> {
        let folder = sha256.get(..2).context("a hash")?;
        let file = self.folder().join("documents/documents").join(folder).join(sha256);
        fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
    }

    fn numbers(&self, query: &'static str) -> anyhow::Result<Vec<String>> {
        let rows = runtime()?.block_on(async {
            let mut book = self.book().await?;
            sqlx::query_scalar::<_, String>(query).fetch_all(&mut book).await
        });
        rows.context("the registry's book")
    }

    async fn book(&self) -> Result<SqliteConnection, sqlx::Error> {
        let options = SqliteConnectOptions::new().filename(self.directory.join("registry/book.db"));
        SqliteConnection::connect_with(&options.pragma("query_only", "ON")).await
    }

    /// Runs one of the registry's commands for operators.
    fn ask(&self, words: &[&str]) -> anyhow::Result<Vec<u8>> {
        let told = Command::new(crate::place::program("finestreta-registry")?)
            .args(words)
            .arg("--config")
            .arg(&self.configuration)
            .output()?;
        if !told.status.success() {
            bail!("finestreta-registry {words:?}: {}", String::from_utf8_lossy(&told.stderr));
        }
        Ok(told.stdout)
    }

    /// A client with the kiosk's certificate.
    ///
    /// # Errors
    /// When the stage's files are gone.
    pub fn client(&self) -> anyhow::Result<HttpRegistry> {
        self.client_that_waits(Duration::from_secs(20))
    }

    /// A client with the kiosk's certificate that waits so long for an answer.
    ///
    /// # Errors
    /// When the stage's files are gone.
    pub fn client_that_waits(&self, timeout: Duration) -> anyhow::Result<HttpRegistry> {
        let pki = |name: &str| fs::read(self.directory.join("pki").join(name)).context("a file of the stage");
        Ok(HttpRegistry::new(&registry_client::Connection {
            address: &self.address(),
            authority_pem: &pki("tls-ca.pem")?,
            certificate_pem: &pki("kiosk.pem")?,
            key_pem: &pki("kiosk.key")?,
            connect_timeout: Duration::from_secs(5),
            timeout,
        })?)
    }
}

/// The registry's configuration: its own documented example with the stage's port and files, so that the example is
/// tested too.
fn configuration(directory: &Path, port: u16, real_cards: Option<&[PathBuf]>) -> anyhow::Result<String> {
    let told = Command::new(crate::place::program("finestreta-registry")?).arg("example").output()?;
    let mut table: toml::Table =
        String::from_utf8(told.stdout)?.parse().context("the example configuration")?;
    let mut set = |section: &str, key: &str, value: String| -> anyhow::Result<()> {
        let section =
            table.get_mut(section).and_then(toml::Value::as_table_mut).context("a section is missing")?;
        section.insert(key.to_owned(), toml::Value::String(value));
        Ok(())
    };
    let pki = |name: &str| format!("pki/{name}");
    set("listen", "address", format!("127.0.0.1:{port}"))?;
    set("tls", "certificate", pki("registry.pem"))?;
    set("tls", "key", pki("registry.key"))?;
    set("tls", "kiosk_authority", pki("tls-ca.pem"))?;
    set("store", "path", "registry/book.db".to_owned())?;
    set("seal", "certificate", pki("seal.pem"))?;
    set("seal", "key", pki("seal.key"))?;
    // The roots in one file: the stage's, and those of real cards where real cards are used.
    let mut anchors = fs::read(directory.join(pki("citizen-root.pem")))?;
    anchors.extend(fs::read(directory.join(pki("provider-root.pem")))?);
    for real in real_cards.into_iter().flatten() {
        anchors.extend(fs::read(real).with_context(|| real.display().to_string())?);
    }
    fs::write(directory.join("registry/citizens.pem"), anchors)?;
    set("citizens", "anchors", "registry/citizens.pem".to_owned())?;
    Ok(table.to_string())
}

/// For the few calls that wait on the network.
///
/// # Errors
/// When the system has no threads left.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
