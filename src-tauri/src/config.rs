//! The kiosk's one file of configuration. Unknown keys are refused, so that a misspelt one is noticed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use session::Timers;
use wording::Text;

/// Everything a town sets for a kiosk.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The town.
    pub town: TownConfig,
    /// This kiosk.
    pub kiosk: KioskConfig,
    /// The registry it files with.
    pub registry: RegistryConfig,
    /// Whom it trusts.
    pub trust: TrustConfig,
    /// The card.
    #[serde(default)]
    pub card: CardConfig,
    /// Where drafts and queue are kept.
    pub store: StoreConfig,
    /// Where papers go and files come from.
    pub output: OutputConfig,
    /// Quiet times.
    #[serde(default)]
    pub timers: TimersConfig,
}

/// `[town]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownConfig {
    /// The council's name in Valencian.
    pub council_va: String,
    /// The same in Spanish.
    pub council_es: String,
    /// The same in English.
    pub council_en: String,
    /// Name of the place, for place and date.
    pub place: String,
    /// Address of the electronic office, as people type it.
    pub e_office: String,
    /// Help desk: address and hours.
    pub counter: Option<String>,
    /// Telephone of the help desk.
    pub phone: Option<String>,
}

impl TownConfig {
    /// The council's name in the three languages.
    #[must_use]
    pub fn council(&self) -> Text {
        Text { va: self.council_va.clone(), es: self.council_es.clone(), en: self.council_en.clone() }
    }
}

/// `[kiosk]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskConfig {
    /// Name of this kiosk, as in its client certificate.
    pub id: String,
    /// Whether the window takes the whole screen and has no frame.
    #[serde(default = "yes")]
    pub fullscreen: bool,
    /// Width of a window that does not take the whole screen, CSS pixels.
    #[serde(default = "default_width")]
    pub width: f64,
    /// Its height, CSS pixels.
    #[serde(default = "default_height")]
    pub height: f64,
    /// CSS pixels in one millimetre of this very screen, measured with a ruler; absent: taken from a 21.5-inch screen.
    pub px_per_mm: Option<f64>,
    /// Height of the screen's lower edge above the floor, millimetres.
    pub bottom_above_floor_mm: Option<f64>,
}

/// `[registry]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistryConfig {
    /// Address, `https://…`.
    pub url: String,
    /// PEM file of the authority of the registry's certificate.
    pub ca: PathBuf,
    /// PEM file of this kiosk's certificate.
    pub certificate: PathBuf,
    /// PEM file of its private key (PKCS#8).
    pub key: PathBuf,
    /// Longest wait for one answer, seconds.
    #[serde(default = "default_timeout")]
    pub timeout_seconds: u64,
    /// How long *sending* waits for a number before the provisional slip is shown, seconds.
    #[serde(default = "default_number_wait")]
    pub number_wait_seconds: u64,
    /// How often a new catalogue is asked for while nobody is at the kiosk, seconds: 5 to 86400.
    #[serde(default = "default_catalogue")]
    pub catalogue_seconds: u64,
}

impl RegistryConfig {
    /// Longest wait for one answer.
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }
}

/// `[trust]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustConfig {
    /// PEM files of the authorities whose citizen certificates are believed.
    pub citizen_anchors: Vec<PathBuf>,
    /// PEM files of the authorities whose seals on receipts are believed.
    pub seal_anchors: Vec<PathBuf>,
}

/// `[card]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardConfig {
    /// For tests and demonstrations only: a file with the modulus (hexadecimal) of another card authority, in place of
    /// the official ones. The kiosk shows a permanent mark while this is set.
    pub replaced_component_root: Option<PathBuf>,
    /// A part of the name of the citizen's reader, where several are attached; a card in another is told to be in the
    /// wrong place. Absent: any reader will do.
    pub reader: Option<String>,
    /// PKCS#11 modules of other cards that citizens bring, such as OpenSC's for the FNMT's and ACCV's.
    #[serde(default)]
    pub modules: Vec<PathBuf>,
    /// Whether citizens may sign with a certificate in a file on their memory stick (PKCS#12).
    #[serde(default)]
    pub stick_certificates: bool,
}

/// `[store]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreConfig {
    /// The encrypted file.
    pub path: PathBuf,
    /// A file that holds the key as 64 hexadecimal digits; not in the store's own folder.
    pub key_file: Option<PathBuf>,
    /// Name of an environment variable that holds it, for keys handed over by the system at start.
    pub key_env: Option<String>,
}

/// `[output]`
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutputConfig {
    /// Folder that *save* writes to: where the person's memory stick is mounted.
    pub save_dir: Option<PathBuf>,
    /// `cups:QUEUE`, or `file:FOLDER` to print into files.
    pub printer: Option<String>,
    /// Folder whose files are offered as documents: where the person's memory stick is mounted.
    pub documents_dir: Option<PathBuf>,
}

/// `[timers]`: how long nothing may happen before the question, and how long the question stands. What is absent
/// keeps its default; none goes below its floor, which access rules fix.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimersConfig {
    /// Nobody known, nothing typed: 45 and 20 seconds, at least 30 and 20.
    pub browse: Option<QuietConfig>,
    /// Forms, lists, documents: 90 and 30 seconds, at least 60 and 20.
    pub form: Option<QuietConfig>,
    /// Sheet, review, help: 180 and 30 seconds, at least 90 and 20.
    pub read: Option<QuietConfig>,
    /// PIN: 60 and 30 seconds, at least 40 and 20.
    pub pin: Option<QuietConfig>,
    /// Receipt: 60 and 20 seconds, at least 40 and 20.
    pub receipt: Option<QuietConfig>,
    /// To put a removed card back, seconds: 20, at least 15.
    pub card_back_seconds: Option<u64>,
}

/// One quiet time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuietConfig {
    /// Until the question.
    pub quiet_seconds: u64,
    /// From the question to the end.
    pub countdown_seconds: u64,
}

impl TimersConfig {
    /// The quiet times that hold, floors kept.
    #[must_use]
    pub fn timers(&self, number: Duration) -> Timers {
        let or = |set: Option<QuietConfig>, default: (Duration, Duration)| {
            set.map_or(default, |set| {
                (Duration::from_secs(set.quiet_seconds), Duration::from_secs(set.countdown_seconds))
            })
        };
        let default = Timers::default();
        Timers {
            browse: or(self.browse, default.browse),
            form: or(self.form, default.form),
            read: or(self.read, default.read),
            pin: or(self.pin, default.pin),
            receipt: or(self.receipt, default.receipt),
            card_back: self.card_back_seconds.map_or(default.card_back, Duration::from_secs),
            number,
            ..default
        }
        .floored()
    }
}

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what it should be; the text names line and key.
    #[error("{path}: {reason}")]
    Invalid {
        /// Which file.
        path: PathBuf,
        /// Why, with the line where known.
        reason: String,
    },
}

impl Config {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// [`ConfigError`], with the file and the reason.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = read_text(path)?;
        let invalid = |reason: String| ConfigError::Invalid { path: path.to_owned(), reason };
        let config: Self = toml::from_str(&text).map_err(|error| invalid(error.to_string()))?;
        if !config.registry.url.starts_with("https://") {
            return Err(invalid("registry.url must begin with https://".to_owned()));
        }
        if !(5..=86_400).contains(&config.registry.catalogue_seconds) {
            return Err(invalid("registry.catalogue_seconds is 5 to 86400".to_owned()));
        }
        if config.store.key_file.is_some() == config.store.key_env.is_some() {
            return Err(invalid("set exactly one of store.key_file and store.key_env".to_owned()));
        }
        let beside =
            config.store.key_file.as_ref().is_some_and(|key| key.parent() == config.store.path.parent());
        if beside {
            return Err(invalid("store.key_file must not lie in the folder of store.path".to_owned()));
        }
        Ok(config)
    }
}

/// Reads a text file, with its path in the error.
///
/// # Errors
/// [`ConfigError::Unreadable`].
pub fn read_text(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })
}

/// Reads a file, with its path in the error.
///
/// # Errors
/// [`ConfigError::Unreadable`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ConfigError> {
    std::fs::read(path).map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })
}

const fn yes() -> bool {
    true
}

const fn default_width() -> f64 {
    1080.0
}

const fn default_height() -> f64 {
    1920.0
}

const fn default_timeout() -> u64 {
    20
}

const fn default_number_wait() -> u64 {
    20
}

const fn default_catalogue() -> u64 {
    600
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[town]
council_va = "Ajuntament de Prova"
council_es = "Ayuntamiento de Prueba"
council_en = "Test Town Council"
place = "Prova"
e_office = "seu.example"
[kiosk]
id = "kiosk-01"
[registry]
url = "https://localhost:8443"
ca = "/etc/finestreta/ca.pem"
certificate = "/etc/finestreta/kiosk.pem"
key = "/etc/finestreta/kiosk.key"
[trust]
citizen_anchors = []
seal_anchors = []
[store]
path = "/var/lib/finestreta/store.sqlite"
key_file = "/etc/finestreta/store.key"
[output]
"#;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kiosk.toml");
        std::fs::write(&path, text).unwrap();
        Config::read(&path)
    }

    #[test]
    fn a_good_file_is_read_with_defaults() {
        let config = read(GOOD).unwrap();
        assert!(config.kiosk.fullscreen && config.card.replaced_component_root.is_none());
        assert_eq!(config.registry.timeout(), Duration::from_secs(20));
    }

    #[test]
    fn a_misspelt_key_is_refused_with_its_name() {
        let reason = read(&GOOD.replace("[output]", "[output]\nprintr = \"x\"")).unwrap_err().to_string();
        assert!(reason.contains("printr"), "{reason}");
    }

    #[test]
    fn the_key_may_not_lie_beside_the_store_nor_be_absent_nor_double() {
        assert!(read(&GOOD.replace("/etc/finestreta/store.key", "/var/lib/finestreta/store.key")).is_err());
        assert!(read(&GOOD.replace("key_file = \"/etc/finestreta/store.key\"", "")).is_err());
        assert!(
            read(&GOOD.replace("[output]", "").replace("key_file", "key_env = \"K\"\nkey_file")).is_err()
        );
    }

    #[test]
    fn quiet_times_are_configured_and_keep_their_floors() {
        let set = |text: &str| read(&format!("{GOOD}\n[timers]\n{text}")).unwrap().timers;
        let timers = set("browse = { quiet_seconds = 1, countdown_seconds = 300 }\ncard_back_seconds = 1")
            .timers(Duration::from_secs(9));
        assert_eq!(timers.browse, (Duration::from_secs(30), Duration::from_secs(300)));
        assert_eq!((timers.card_back, timers.number), (Duration::from_secs(15), Duration::from_secs(9)));
        assert_eq!(timers.form, Timers::default().form);
    }

    #[test]
    fn the_registry_is_not_asked_without_pause() {
        let with = |seconds: &str| {
            read(&GOOD.replace("[trust]", &format!("catalogue_seconds = {seconds}\n[trust]")))
        };
        assert_eq!(read(GOOD).unwrap().registry.catalogue_seconds, 600);
        assert_eq!(with("5").unwrap().registry.catalogue_seconds, 5);
        assert!(with("0").is_err() && with("86401").is_err());
    }

    #[test]
    fn a_registry_without_tls_is_refused() {
        assert!(read(&GOOD.replace("https://", "http://")).is_err());
    }
}
