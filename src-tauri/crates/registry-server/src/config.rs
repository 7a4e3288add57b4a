//! The configuration: one TOML file, each key documented here, each key to be overridden by the environment.
//!
//! `FINESTRETA_REGISTRY_<SECTION>_<KEY>` replaces a key: `FINESTRETA_REGISTRY_LISTEN_ADDRESS=0.0.0.0:8443`. The value
//! is read as TOML and, if it is none, as plain text. Keys that do not exist are errors, in the file and in the
//! environment. Paths are relative to the directory of the file.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use openssl::pkey::PKey;
use openssl::ssl::SslAcceptor;
use openssl::x509::X509;
use serde::Deserialize;
use signing::KeySigner;
use trust::{Anchors, Certificate};
use wording::Text;

mod documents;
mod enrolment;
mod limits;
mod monitoring;
mod office;

pub(crate) use limits::Limits;
pub(crate) use office::OfficeDoor;

use crate::checks::Checks;
use crate::kiosks::{Authority, Unlisted};
use crate::offer::Offer;
use crate::receipt::Seal;
use crate::{Calendar, Database, Error, Keeping, tls};

/// Beginning of the names of variables that override the file.
const PREFIX: &str = "FINESTRETA_REGISTRY_";
/// Largest file the configuration names: certificates and keys.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// A documented configuration with every key, to begin from.
#[must_use]
pub const fn example() -> &'static str {
    include_str!("../registry.example.toml")
}

/// The configuration as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    listen: Listen,
    tls: Tls,
    store: StoreFile,
    #[serde(default)]
    documents: documents::Section,
    town: TownSettings,
    #[serde(default)]
    calendar: Holidays,
    seal: SealFiles,
    citizens: Citizens,
    #[serde(default)]
    catalogue: CatalogueFiles,
    #[serde(default)]
    verification: VerificationPage,
    #[serde(default)]
    enrolment: enrolment::Section,
    #[serde(default)]
    office: office::Section,
    #[serde(default)]
    monitoring: monitoring::Section,
    #[serde(default)]
    limits: limits::Section,
    #[serde(default)]
    log: Log,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listen {
    /// Address and port; port 0 takes a free one.
    address: SocketAddr,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tls {
    /// The server's certificate with its chain, PEM.
    certificate: PathBuf,
    /// Its private key, PEM.
    key: PathBuf,
    /// The authority that issues to kiosks, PEM.
    kiosk_authority: PathBuf,
    /// Names (common names) of kiosks that may file with certificates that are not of the book.
    kiosks: Option<Vec<String>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreFile {
    /// The database file; made if it is not there.
    #[serde(default = "default_path")]
    path: PathBuf,
    /// Address of a PostgreSQL database, which is used instead of the file.
    url: Option<String>,
}

/// The address may hold a password.
impl std::fmt::Debug for StoreFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreFile").field("path", &self.path).finish_non_exhaustive()
    }
}

fn default_path() -> PathBuf {
    PathBuf::from("registry.db")
}

/// How the town names itself on receipts, and the office whose numbers these are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TownSettings {
    /// Code of the office that registers (DIR3); each office counts for itself.
    pub(crate) office: String,
    /// Its name.
    pub(crate) office_name: Text,
    /// Name of the administration.
    pub(crate) name: Text,
    /// Name of the place, for place and date.
    pub(crate) place: String,
    /// Address of the electronic office, as people type it.
    pub(crate) e_office: String,
    /// Help desk: address and hours.
    pub(crate) counter: Text,
    /// Its telephone.
    pub(crate) phone: String,
    /// Where the code of a receipt is typed to verify it, as people type it.
    pub(crate) verification_address: String,
    /// Link to which the code is appended, for the QR code.
    pub(crate) verification_link: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holidays {
    /// Days off besides Saturdays and Sundays: national, regional and local.
    #[serde(default)]
    holidays: Vec<Date>,
    /// Zone of the official time; that of the peninsula if absent.
    zone: Option<String>,
    /// Whether the town recognises the moment of handing in at a kiosk where the resolution on an incident says so.
    #[serde(default)]
    hand_in_counts: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealFiles {
    /// The seal's certificate, PEM, followed by its chain without the root.
    certificate: PathBuf,
    /// Its private key, PEM.
    key: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Citizens {
    /// The roots that citizens' certificates lead to, PEM.
    anchors: PathBuf,
    /// Authorities between them and the citizens, PEM, for signatures that do not bring theirs.
    intermediates: Option<PathBuf>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CatalogueFiles {
    /// Folder of the catalogue that is served and judged by; absent, the one that is part of the program.
    directory: Option<PathBuf>,
    /// Folders of catalogues before it, whose filings are still taken.
    previous: Vec<PathBuf>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerificationPage {
    /// Where the public page listens on which documents are verified; absent, there is none.
    address: Option<SocketAddr>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Log {
    /// What is logged, as `error`, `warn`, `info`, or by module: `info,sqlx=warn`.
    filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info,sqlx=warn".to_owned() }
    }
}

/// Everything the configuration names, read and checked: what a server starts from.
pub struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) acceptor: SslAcceptor,
    /// Where documents are verified, and how anybody is received there.
    pub(crate) verification: Option<(SocketAddr, SslAcceptor)>,
    /// Which kiosks are heard whose certificates are not of the book.
    pub(crate) unlisted: Unlisted,
    /// Who issues certificates to kiosks, if the registry does.
    pub(crate) authority: Option<Authority>,
    /// Where kiosks enrol, and how anybody is received there.
    pub(crate) enrolment: Option<(SocketAddr, SslAcceptor)>,
    /// Where the office asks, and who may do what there.
    pub(crate) office: Option<OfficeDoor>,
    /// Where it is watched over.
    pub(crate) monitoring: Option<SocketAddr>,
    pub(crate) database: Database,
    pub(crate) keeping: Keeping,
    pub(crate) town: TownSettings,
    pub(crate) calendar: Calendar,
    /// Whether resolutions may let the moment of handing in count.
    pub(crate) hand_in_counts: bool,
    pub(crate) seal: Seal,
    pub(crate) checks: Checks,
    pub(crate) limits: Limits,
}

impl Settings {
    /// Whether anything can be handed in that has no form of its own (Royal Decree 203/2021, art. 37).
    #[must_use]
    pub fn takes_anything(&self) -> bool {
        self.checks.offer.takes_anything()
    }

    /// What cannot be used of the catalogues that the configuration names, by file, line and column. The rest is used.
    pub fn catalogue_faults(&self) -> impl Iterator<Item = &procedures::Error> {
        self.checks.offer.refused.iter()
    }
}

impl Config {
    /// Reads the file and what overrides it. `environment` are the variables of the process.
    ///
    /// # Errors
    /// [`Error::File`] and [`Error::Config`].
    pub fn load(path: &Path, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, Error> {
        let text =
            std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })?;
        let base = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, base, environment)
    }

    fn parse(
        text: &str,
        base: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Error> {
        let wrong = |error: toml::de::Error| Error::Config { message: error.to_string() };
        let mut table: toml::Table = toml::from_str(text).map_err(wrong)?;
        // Sorted, so that the same wrong variable is told each time.
        for (name, value) in environment.into_iter().collect::<BTreeMap<_, _>>() {
            if let Some(key) = name.strip_prefix(PREFIX) {
                replace(&mut table, key, &value)
                    .ok_or_else(|| Error::Config { message: format!("{name} names no key") })?;
            }
        }
        let mut config: Self = table.try_into().map_err(wrong)?;
        for path in config.paths() {
            *path = base.join(&*path);
        }
        Ok(config)
    }

    fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let Self { tls, store, documents, seal, citizens, catalogue, enrolment, office, .. } = self;
        [
            &mut tls.certificate,
            &mut tls.key,
            &mut tls.kiosk_authority,
            &mut store.path,
            &mut seal.certificate,
            &mut seal.key,
            &mut citizens.anchors,
        ]
        .into_iter()
        .chain(&mut documents.folder)
        .chain(&mut citizens.intermediates)
        .chain(&mut catalogue.directory)
        .chain(&mut enrolment.authority_key)
        .chain(&mut office.authority)
        .chain(&mut catalogue.previous)
    }

    /// What is logged.
    #[must_use]
    pub fn log_filter(&self) -> &str {
        &self.log.filter
    }

    /// Where entries are kept.
    #[must_use]
    pub fn database(&self) -> Database {
        match &self.store.url {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(self.store.path.clone()),
        }
    }

    /// Where documents are kept.
    ///
    /// # Errors
    /// [`Error::Config`].
    pub fn keeping(&self) -> Result<Keeping, Error> {
        self.documents.keeping(&self.store.path)
    }

    /// The town's calendar.
    ///
    /// # Errors
    /// [`Error::Calendar`].
    pub fn calendar(&self) -> Result<Calendar, Error> {
        let zone = self.calendar.zone.as_deref().unwrap_or(Calendar::ZONE);
        Calendar::in_zone(zone, self.calendar.holidays.iter().copied())
    }

    /// Code of the office that registers.
    #[must_use]
    pub fn office(&self) -> &str {
        &self.town.office
    }

    /// Reads every file that is named and checks that it can be used. Nothing is written or opened for longer.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Material`], [`Error::Catalogue`], [`Error::CatalogueFiles`], [`Error::Tls`], [`Error::Calendar`],
    /// [`Error::Config`].
    pub fn settings(&self) -> Result<Settings, Error> {
        self.check_town()?;
        self.check_store()?;
        let limits = self.limits.checked()?;
        if let Some(wrong) = self.tls.kiosks.iter().flatten().find(|name| !tls::is_name(name)) {
            return Err(Error::Config { message: format!("tls.kiosks: {wrong:?} cannot be a kiosk's name") });
        }
        Ok(Settings {
            listen: self.listen.address,
            acceptor: self.acceptor()?,
            verification: self.door_for_anybody(self.verification.address)?,
            monitoring: self.monitoring.address,
            unlisted: self.unlisted(),
            authority: self.authority()?,
            office: self.office_door()?,
            enrolment: self.door_for_anybody(self.enrolment.address)?,
            database: self.database(),
            keeping: self.keeping()?,
            town: self.town.clone(),
            calendar: self.calendar()?,
            hand_in_counts: self.calendar.hand_in_counts,
            seal: self.seal()?,
            checks: self.checks()?,
            limits,
        })
    }

    fn check_town(&self) -> Result<(), Error> {
        let town = &self.town;
        let code = town.office.as_str();
        if !(1..=21).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::Config { message: "town.office is 1 to 21 letters and digits".to_owned() });
        }
        if !town.verification_link.starts_with("https://") {
            return Err(Error::Config { message: "town.verification_link begins with https://".to_owned() });
        }
        Ok(())
    }

    fn check_store(&self) -> Result<(), Error> {
        let known = |url: &String| url.starts_with("postgres://") || url.starts_with("postgresql://");
        if self.store.url.as_ref().is_none_or(known) {
            return Ok(());
        }
        // Not repeated: it may hold a password.
        Err(Error::Config { message: "store.url begins with postgres://".to_owned() })
    }

    fn acceptor(&self) -> Result<SslAcceptor, Error> {
        let chain = certificates(&self.tls.certificate, "tls.certificate")?;
        let authority = certificates(&self.tls.kiosk_authority, "tls.kiosk_authority")?;
        let key = PKey::private_key_from_pem(&read(&self.tls.key)?).map_err(material("tls.key"))?;
        tls::acceptor(&chain, &key, &authority)
    }

    fn door_for_anybody(
        &self,
        address: Option<SocketAddr>,
    ) -> Result<Option<(SocketAddr, SslAcceptor)>, Error> {
        let Some(address) = address else { return Ok(None) };
        let chain = certificates(&self.tls.certificate, "tls.certificate")?;
        let key = PKey::private_key_from_pem(&read(&self.tls.key)?).map_err(material("tls.key"))?;
        Ok(Some((address, tls::open_acceptor(&chain, &key)?)))
    }

    pub(crate) fn seal(&self) -> Result<Seal, Error> {
        let what = "seal.certificate";
        let mut chain =
            Certificate::pem_bundle(&read(&self.seal.certificate)?).map_err(material(what))?.into_iter();
        let leaf = chain.next().ok_or(Error::Material { what, source: None })?;
        let key = PKey::private_key_from_pem(&read(&self.seal.key)?).map_err(material("seal.key"))?;
        let signer = KeySigner::new(leaf, key).map_err(material("seal.key"))?;
        Ok(Seal::new(signer, chain.collect()))
    }

    fn checks(&self) -> Result<Checks, Error> {
        let anchors =
            Anchors::from_pem(&read(&self.citizens.anchors)?).map_err(material("citizens.anchors"))?;
        let intermediates = match &self.citizens.intermediates {
            None => Vec::new(),
            Some(path) => {
                Certificate::pem_bundle(&read(path)?).map_err(material("citizens.intermediates"))?
            }
        };
        let offer = Offer::read(self.catalogue.directory.as_deref(), &self.catalogue.previous)?;
        Ok(Checks { offer, anchors, intermediates })
    }
}

/// Puts a variable's value in its place; `None` when its name has no section and key.
fn replace(table: &mut toml::Table, name: &str, value: &str) -> Option<()> {
    let (section, key) = name.split_once('_')?;
    let value = match toml::from_str::<toml::Table>(&format!("value = {value}")) {
        Ok(mut read) if read.len() == 1 => read.remove("value")?,
        _ => toml::Value::String(value.to_owned()),
    };
    let section = table
        .entry(section.to_ascii_lowercase())
        .or_insert_with(|| toml::Value::Table(toml::Table::new()))
        .as_table_mut()?;
    section.insert(key.to_ascii_lowercase(), value);
    Some(())
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    use std::io::Read as _;
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

fn certificates(path: &Path, what: &'static str) -> Result<Vec<X509>, Error> {
    let stack = X509::stack_from_pem(&read(path)?).map_err(material(what))?;
    if stack.is_empty() { Err(Error::Material { what, source: None }) } else { Ok(stack) }
}

fn material<E>(what: &'static str) -> impl Fn(E) -> Error
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    move |error| Error::Material { what, source: Some(error.into()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn with(environment: &[(&str, &str)]) -> Result<Config, Error> {
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::parse(example(), Path::new("/etc/finestreta"), environment)
    }

    #[test]
    fn the_example_has_every_key_and_no_other() {
        let config = with(&[]).unwrap();
        assert_eq!(config.tls.key, Path::new("/etc/finestreta/registry.key"));
        // Every key is in the source of these files with a comment; the example must show it.
        let sections = [
            include_str!("config/documents.rs"),
            include_str!("config/enrolment.rs"),
            include_str!("config/limits.rs"),
            include_str!("config/monitoring.rs"),
            include_str!("config/office.rs"),
        ];
        let sections = sections.iter().flat_map(|source| {
            source
                .lines()
                .skip_while(|line| !line.contains("struct Section {"))
                .take_while(|line| *line != "}")
        });
        let keys = include_str!("config.rs")
            .lines()
            .take_while(|line| !line.contains("Everything the configuration names, read and checked"))
            .chain(sections)
            .filter_map(|line| line.trim().split_once(": "))
            .filter(|(_, kind)| kind.ends_with(','))
            .map(|(key, _)| key.trim_start_matches("pub(crate) ").trim_start_matches("pub(super) "))
            .filter(|key| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        let mut count = 0;
        for key in keys {
            let shown = example().lines().any(|line| {
                let line = line.trim_start_matches('#').trim_start();
                line.starts_with(&format!("{key} =")) || line == format!("[{key}]")
            });
            assert!(shown, "{key} is not in the example");
            count += 1;
        }
        assert!(count > 30, "{count}");
    }

    #[test]
    fn the_environment_overrides_the_file() {
        let config = with(&[
            ("FINESTRETA_REGISTRY_LISTEN_ADDRESS", "0.0.0.0:9443"),
            ("FINESTRETA_REGISTRY_STORE_PATH", "/var/lib/x.db"),
            ("FINESTRETA_REGISTRY_LIMITS_BODY_SECONDS", "7"),
            ("FINESTRETA_REGISTRY_TLS_KIOSKS", "[\"kiosk-09\"]"),
            ("FINESTRETA_REGISTRY_CALENDAR_HOLIDAYS", "[\"2026-03-19\"]"),
            ("HOME", "/root"),
        ])
        .unwrap();
        assert_eq!(config.listen.address.port(), 9443);
        assert_eq!(config.database(), Database::Sqlite("/var/lib/x.db".into()));
        assert_eq!(config.limits.body_seconds, 7);
        assert_eq!(config.tls.kiosks, Some(vec!["kiosk-09".to_owned()]));
        assert_eq!(config.calendar.holidays.len(), 1);
        // One setting leads to PostgreSQL, and what it says is not printed.
        let url = "postgres://registry:secret@db/registry";
        let config = with(&[("FINESTRETA_REGISTRY_STORE_URL", url)]).unwrap();
        assert_eq!(config.database(), Database::Postgres(url.to_owned()));
        assert!(!format!("{config:?}").contains("secret"));
        let config =
            with(&[("FINESTRETA_REGISTRY_STORE_URL", "mysql://registry:secret@db/registry")]).unwrap();
        assert!(config.check_store().is_err_and(|error| !error.to_string().contains("secret")));
    }

    #[test]
    fn keys_that_do_not_exist_are_errors() {
        for name in ["LISTEN_ADRESS", "LISTEN", "LISTENER_ADDRESS", ""] {
            let name = format!("{PREFIX}{name}");
            assert!(matches!(with(&[(&name, "1")]), Err(Error::Config { .. })), "{name}");
        }
        let extra = format!("{}\n[extra]\nkey = 1\n", example());
        assert!(Config::parse(&extra, Path::new(""), []).is_err());
    }

    #[test]
    fn limits_that_cannot_work_are_errors() {
        for (name, value) in [("BODY_SECONDS", "0"), ("CONNECTIONS", "0"), ("HEAD_SECONDS", "999999")] {
            let config = with(&[(&format!("{PREFIX}LIMITS_{name}"), value)]).unwrap();
            assert!(config.limits.checked().is_err(), "{name}");
        }
    }
}
