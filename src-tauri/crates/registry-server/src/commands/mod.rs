//! What the office does from a terminal. Every act and every reading of an entry is written into the log with the name
//! that `--official` gives and that of the system's user: the name is said, not proved; who may run this program with
//! this configuration is the system's to say.

mod backup;
mod book;
mod figures;
mod kiosks;
mod office;
mod officials;
mod requirements;
mod staff;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use lexopt::ValueExt as _;
use registry_server::{Calendar, Config, Environment as _, Machine, Note, Store};
use serde::Serialize;

use crate::{Failure, load, say};

/// Options that have a value.
const OPTIONS: &[&str] = &[
    "official",
    "from",
    "until",
    "procedure",
    "nif",
    "below",
    "most",
    "reason",
    "summary",
    "unit",
    "subject",
    "place",
    "hours",
    "format",
    "after",
    "head",
    "seal",
    "name",
    "on",
    "days",
    "resolution",
];
/// Longest name of an official.
const MAX_NAME: usize = 80;

/// The arguments of the program.
#[derive(Default)]
pub(crate) struct Call {
    pub(crate) words: Vec<String>,
    pub(crate) help: bool,
    config: Option<PathBuf>,
    options: BTreeMap<String, String>,
    /// What is to be closed before the program ends, however it ends.
    opened: Mutex<Vec<Store>>,
}

impl Call {
    pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Self, Failure> {
        use lexopt::Arg;
        let usage = |error: lexopt::Error| Failure::Usage(error.to_string());
        let mut parser = lexopt::Parser::from_args(arguments);
        let mut call = Self::default();
        while let Some(argument) = parser.next().map_err(usage)? {
            match argument {
                Arg::Long("config") => call.config = Some(PathBuf::from(parser.value().map_err(usage)?)),
                Arg::Long("help") | Arg::Short('h') => call.help = true,
                Arg::Long(name) if OPTIONS.contains(&name) => {
                    let name = name.to_owned();
                    let value = parser.value().and_then(|value| value.string()).map_err(usage)?;
                    call.options.insert(name, value);
                }
                Arg::Value(value) => call.words.push(value.string().map_err(usage)?),
                other => return Err(usage(other.unexpected())),
            }
        }
        Ok(call)
    }

    pub(crate) fn config(&self) -> Result<&Path, Failure> {
        self.config.as_deref().ok_or_else(|| Failure::Usage("--config is missing".to_owned()))
    }

    /// A store that is closed when the call is done.
    fn closed_at_the_end(&self, store: Store) -> Store {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner).push(store.clone());
        store
    }

    async fn close(&self) {
        let opened = std::mem::take(&mut *self.opened.lock().unwrap_or_else(PoisonError::into_inner));
        for store in opened {
            store.close().await;
        }
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }

    fn required(&self, name: &str) -> Result<&str, Failure> {
        self.option(name).ok_or_else(|| Failure::Usage(format!("--{name} is missing")))
    }

    fn number(&self, name: &str, otherwise: i64) -> Result<i64, Failure> {
        self.option(name).map_or(Ok(otherwise), |text| {
            text.parse().map_err(|_| Failure::Usage(format!("--{name} is a number")))
        })
    }

    /// Who acts, as the log has it.
    fn official(&self) -> Result<String, Failure> {
        let name = self.required("official")?.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(Failure::Usage(format!("--official is a name of 1 to {MAX_NAME} letters")));
        }
        let user = ["SUDO_USER", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
        Ok(format!("{name} ({})", user.as_deref().unwrap_or("-")))
    }
}

/// A store that is open for the office.
struct Desk {
    config: Config,
    store: Store,
    calendar: Arc<Calendar>,
}

impl Desk {
    async fn open(call: &Call) -> Result<Self, Failure> {
        let config = load(call.config()?)?;
        let calendar = Arc::new(config.calendar()?);
        let store = call
            .closed_at_the_end(Store::open(&config.database(), &config.keeping()?, Arc::new(Machine)).await?);
        Ok(Self { config, store, calendar })
    }

    /// Writes a reading into the log, before anything is shown.
    async fn note(&self, official: &str, action: &str, subject: &str) -> Result<(), Failure> {
        let note = Note {
            actor: official.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: String::new(),
        };
        Ok(self.store.note(note).await?)
    }
}

/// What the office does, from here.
struct Terminal {
    desk: registry_server::Desk,
}

impl Terminal {
    async fn open(call: &Call) -> Result<Self, Failure> {
        let Desk { config, store, calendar } = Desk::open(call).await?;
        let office = config.office().to_owned();
        let desk = registry_server::Desk { store, calendar, office, environment: Arc::new(Machine) };
        Ok(Self { desk })
    }
}

/// Runs what is neither the server nor about the program itself.
pub(crate) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    let done = obey(call, words).await;
    call.close().await;
    done
}

async fn obey(call: &Call, words: &[&str]) -> Result<(), Failure> {
    match words {
        ["entries", rest @ ..] => book::run(call, rest).await,
        ["figures"] => figures::run(call).await,
        ["backup", file] => backup::backup(call, Path::new(file)).await,
        ["restore", file] => backup::restore(call, Path::new(file)).await,
        ["officials", rest @ ..] => officials::run(call, rest).await,
        ["requirements", rest @ ..] => requirements::run(call, rest).await,
        ["quarantine" | "incidents" | "calendar" | "kiosks" | "staff" | "audit", ..] => {
            office::run(call, words).await
        }
        _ => Err(unknown()),
    }
}

fn unknown() -> Failure {
    Failure::Usage("what to do?".to_owned())
}

fn show(value: &impl Serialize) -> Result<(), Failure> {
    say(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

fn now() -> jiff::Timestamp {
    Machine.now()
}
