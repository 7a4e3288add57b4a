//! `finestreta-registry`: the registry as a program.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use lexopt::ValueExt as _;
use registry_server::{Config, Error, Machine, Store, StoredEntry, example, start};
use tokio::signal::unix::{SignalKind, signal};

const USAGE: &str = "\
finestreta-registry serve --config FILE           listen; prints the address once ready
finestreta-registry check-config --config FILE    read everything the file names
finestreta-registry entry NUMBER|KEY --config FILE  one entry as JSON
finestreta-registry audit --config FILE           walk the chain of entries
finestreta-registry example                       a documented configuration
finestreta-registry openapi                       the description of the interface
";

enum Command {
    Serve(PathBuf),
    CheckConfig(PathBuf),
    Entry(String, PathBuf),
    Audit(PathBuf),
    Example,
    OpenApi,
    Help,
}

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}\n\n{USAGE}")]
    Usage(String),
    #[error(transparent)]
    Registry(#[from] Error),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("some files of the catalogue cannot be used; the rest would be")]
    Catalogue,
    #[error("there is no such entry")]
    NoEntry,
    #[error("the answer cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the log filter cannot be read")]
    Filter,
}

fn main() -> ExitCode {
    let done = parse(std::env::args_os().skip(1)).and_then(run);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let mut text = failure.to_string();
            let mut next = std::error::Error::source(&failure);
            while let Some(cause) = next {
                text.push_str(": ");
                text.push_str(&cause.to_string());
                next = cause.source();
            }
            // Nowhere is left to tell that there is nowhere to tell.
            let _ = writeln!(std::io::stderr(), "{text}");
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}

fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Failure> {
    use lexopt::Arg;
    let usage = |error: lexopt::Error| Failure::Usage(error.to_string());
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut words, mut config, mut help) = (Vec::new(), None, false);
    while let Some(argument) = parser.next().map_err(usage)? {
        match argument {
            Arg::Long("config") => config = Some(PathBuf::from(parser.value().map_err(usage)?)),
            Arg::Long("help") | Arg::Short('h') => help = true,
            Arg::Value(value) => words.push(value.string().map_err(usage)?),
            other => return Err(usage(other.unexpected())),
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match (words.as_slice(), config) {
        _ if help => Ok(Command::Help),
        (["serve"], Some(config)) => Ok(Command::Serve(config)),
        (["check-config"], Some(config)) => Ok(Command::CheckConfig(config)),
        (["entry", which], Some(config)) => Ok(Command::Entry((*which).to_owned(), config)),
        (["audit"], Some(config)) => Ok(Command::Audit(config)),
        (["example"], None) => Ok(Command::Example),
        (["openapi"], None) => Ok(Command::OpenApi),
        (["serve" | "check-config" | "audit"] | ["entry", _], None) => {
            Err(Failure::Usage("--config is missing".to_owned()))
        }
        _ => Err(Failure::Usage("what to do?".to_owned())),
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Help => say(USAGE),
        Command::Example => say(example()),
        Command::OpenApi => say(&registry_api::openapi_json()?),
        Command::CheckConfig(path) => {
            let settings = load(&path)?.settings()?;
            let faults: Vec<String> = settings.catalogue_faults().map(|fault| format!("{fault}\n")).collect();
            if !faults.is_empty() {
                say(&faults.concat())?;
                return Err(Failure::Catalogue);
            }
            say("the configuration can be used\n")
        }
        Command::Serve(path) => runtime()?.block_on(serve(&load(&path)?)),
        Command::Entry(which, path) => runtime()?.block_on(entry(&which, &load(&path)?)),
        Command::Audit(path) => runtime()?.block_on(audit(&load(&path)?)),
    }
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_new(config.log_filter()).map_err(|_| Failure::Filter)?;
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Before anything is open, so that no signal finds nobody listening.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = start(config.settings()?, Arc::new(Machine)).await?;
    say(&format!("listening on {}\n", running.address()))?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    running.stop().await;
    Ok(())
}

async fn entry(which: &str, config: &Config) -> Result<(), Failure> {
    let store = Store::open_for_reading(config.store_path()).await?;
    let found: Result<Option<StoredEntry>, Error> = if let Ok(key) = which.parse() {
        store.entry_by_key(key).await
    } else if let Ok(number) = which.parse() {
        store.entry_by_number(config.office(), &number).await
    } else {
        return Err(Failure::Usage("neither a number nor a key".to_owned()));
    };
    store.close().await;
    let entry = found?.ok_or(Failure::NoEntry)?;
    say(&format!("{}\n", serde_json::to_string_pretty(&entry)?))
}

async fn audit(config: &Config) -> Result<(), Failure> {
    let store = Store::open_for_reading(config.store_path()).await?;
    let counted = store.audit().await;
    store.close().await;
    say(&format!("{} entries, the chain is whole\n", counted?))
}

fn load(path: &std::path::Path) -> Result<Config, Failure> {
    Ok(Config::load(path, std::env::vars())?)
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
