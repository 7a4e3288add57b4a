//! From configuration to opened parts, before the window exists: what cannot work is said at start, in one sentence.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use dnie::CardAnchors;
use filing::Filings;
use registry_api::Registry;
use registry_client::{Connection, HttpRegistry, Keeping};
use secret::StoreKey;
use session::{Environment, Means, SessionView, State, Town};
use trust::Anchors;
use wording::Wording;

use super::card::CardSetting;
use super::catalogue::{Pace, Supply};
use super::clock;
use super::queue::Sealed;
use crate::StartError;
use crate::config::{Config, StoreConfig, TownConfig, read_bytes, read_text};
use crate::kiosk::intake::Intake;
use crate::kiosk::output::Outputs;

/// The official time of every Valencian town (Ley 39/2015 art. 31.2).
const OFFICIAL_ZONE: &str = "Europe/Madrid";

/// How long the start has the machine for itself before the last good catalogue is read and searched through.
const SETTLE: Duration = Duration::from_secs(2);

/// Parts that need no waiting.
pub(crate) struct Parts {
    environment: Environment,
    card: CardSetting,
    registry: Sealed<HttpRegistry>,
    supply: Supply,
    paper: Paper,
    store: StoreConfig,
    key: StoreKey,
}

/// Where papers go and files come from.
#[derive(Clone)]
pub(crate) struct Paper {
    pub(crate) outputs: Outputs,
    pub(crate) documents_dir: Option<std::path::PathBuf>,
    pub(crate) intake: Intake,
    pub(crate) town: TownConfig,
}

/// Everything the runtime is started with.
pub(crate) struct Opened {
    pub(super) environment: Environment,
    pub(super) card: CardSetting,
    pub(super) registry: Arc<dyn Registry>,
    pub(super) supply: Supply,
    pub(super) paper: Paper,
    pub(super) filings: Filings,
}

/// What does not change while the kiosk runs: first of all, since the first view is made from it.
pub(crate) fn environment(config: &Config) -> Result<Environment, StartError> {
    let number = Duration::from_secs(config.registry.number_wait_seconds);
    Ok(Environment {
        catalogue: Arc::new(
            bundled_catalogue::load().map_err(|error| fault("the catalogue")(error.to_string()))?,
        ),
        index: Arc::default(),
        wording: Wording::bundled(),
        town: Town { council: config.town.council() },
        timers: config.timers.timers(number),
        demonstration: config.card.replaced_component_root.is_some(),
        means: Means {
            stick: config.card.stick_certificates && config.output.documents_dir.is_some(),
            token: !config.card.modules.is_empty(),
        },
        zone: jiff::tz::TimeZone::get(OFFICIAL_ZONE)
            .map_err(|error| fault("the time zone")(error.to_string()))?,
    })
}

/// What a kiosk shows that has just been started.
pub(crate) fn first_view(environment: &Environment) -> SessionView {
    let now = clock::now();
    session::view(&State::new(now), environment, now)
}

fn fault(what: &'static str) -> impl Fn(String) -> StartError {
    move |reason| StartError::Part { what, reason }
}

impl Opened {
    /// The same, with files read by another program than this one.
    pub(crate) fn reading_with(mut self, program: std::path::PathBuf) -> Self {
        self.paper.intake = Intake::of(program);
        self
    }
}

impl Parts {
    pub(crate) fn from_config(config: &Config, environment: Environment) -> Result<Self, StartError> {
        let paper = Paper {
            outputs: Outputs::new(config.output.printer.as_deref(), config.output.save_dir.clone())
                .map_err(fault("the printer"))?,
            documents_dir: config.output.documents_dir.clone(),
            intake: Intake::of_this_program(),
            town: config.town.clone(),
        };
        let registry = registry(config)?;
        let supply = Supply::new(
            Arc::new(registry.registry.clone()),
            registry.anchors.clone(),
            &config.store.path,
            Pace { settle: SETTLE, every: Duration::from_secs(config.registry.catalogue_seconds) },
        );
        Ok(Self {
            card: CardSetting {
                component_anchors: card_anchors(config)?,
                citizens: Arc::new(anchors(&config.trust.citizen_anchors, "trust.citizen_anchors")?),
                reader: config.card.reader.clone(),
                modules: config.card.modules.clone(),
                zone: environment.zone.clone(),
            },
            environment,
            registry,
            supply,
            paper,
            key: store_key(&config.store)?,
            store: config.store.clone(),
        })
    }

    /// Opens the store.
    pub(crate) async fn open(self) -> Result<Opened, StartError> {
        let filings = Filings::open(&self.store.path, &self.key, clock::now()).await?;
        Ok(Opened {
            environment: self.environment,
            card: self.card,
            registry: Arc::new(self.registry),
            supply: self.supply,
            paper: self.paper,
            filings,
        })
    }
}

/// The official card authorities, unless another is set on purpose, which is said loudly.
fn card_anchors(config: &Config) -> Result<CardAnchors, StartError> {
    let Some(path) = &config.card.replaced_component_root else { return Ok(CardAnchors::official()) };
    let text = read_text(path)?;
    let modulus = hex::decode(text.trim()).map_err(|error| StartError::Part {
        what: "card.replaced_component_root",
        reason: error.to_string(),
    })?;
    tracing::warn!(event = "card.root-replaced", "the card authority is replaced: real cards are refused");
    Ok(CardAnchors::with_replaced_component_root(&modulus))
}

fn anchors(paths: &[std::path::PathBuf], what: &'static str) -> Result<Anchors, StartError> {
    let mut certificates = Vec::new();
    for path in paths {
        let pem = read_bytes(path)?;
        let bundle = trust::Certificate::pem_bundle(&pem)
            .map_err(|error| StartError::Part { what, reason: format!("{}: {error}", path.display()) })?;
        certificates.extend(bundle);
    }
    Ok(Anchors::new(certificates))
}

fn registry(config: &Config) -> Result<Sealed<HttpRegistry>, StartError> {
    let registry = &config.registry;
    // What a renewal that broke off has left is put together first.
    let keeping = Keeping { certificate: &registry.certificate, key: &registry.key };
    keeping
        .mend()
        .map_err(|error| StartError::Part { what: "the kiosk's certificate", reason: error.to_string() })?;
    let (ca, certificate, key) =
        (read_bytes(&registry.ca)?, read_bytes(&registry.certificate)?, read_bytes(&registry.key)?);
    let connection = Connection {
        address: &registry.url,
        authority_pem: &ca,
        certificate_pem: &certificate,
        key_pem: &key,
        connect_timeout: Duration::from_secs(5).min(registry.timeout()),
        timeout: registry.timeout(),
    };
    let registry = HttpRegistry::new(&connection)
        .map_err(|error| StartError::Part { what: "the registry connection", reason: error.to_string() })?;
    Ok(Sealed { registry, anchors: anchors(&config.trust.seal_anchors, "trust.seal_anchors")? })
}

fn store_key(config: &StoreConfig) -> Result<StoreKey, StartError> {
    use zeroize::Zeroizing;
    let text = match (&config.key_file, &config.key_env) {
        (Some(path), _) => Zeroizing::new(read_text(path)?),
        (None, Some(name)) => Zeroizing::new(std::env::var(name).map_err(|_| StartError::StoreKey)?),
        (None, None) => return Err(StartError::StoreKey),
    };
    if let Some(folder) = config.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    StoreKey::from_hex(&text).ok_or(StartError::StoreKey)
}

fn make_folder(folder: &Path) -> Result<(), StartError> {
    std::fs::create_dir_all(folder).map_err(|error| StartError::Part {
        what: "store.path",
        reason: format!("{}: {error}", folder.display()),
    })
}
