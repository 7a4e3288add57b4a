//! `finestreta-registry`: the registry as a program.

mod commands;

use std::ffi::OsString;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;

use registry_server::{Config, Error, Machine, example, start};
use tokio::signal::unix::{SignalKind, signal};

use commands::Call;

const USAGE: &str = "\
finestreta-registry serve --config FILE           listen; prints the addresses once ready
finestreta-registry check-config --config FILE    read everything the file names
finestreta-registry example                       a documented configuration
finestreta-registry openapi                       the description of the interface

For the office, each with --config FILE; those with * also with --official WHO, who is written into the log:

* entries list [--from DAY] [--until DAY] [--procedure ID] [--nif NIF] [--below PLACE] [--most NUMBER]
* entries search TEXT                 words of number, summary, name or NIF, or their beginnings; with the options of list
* entries show NUMBER|KEY             one entry as JSON, with its corrections and its last day to resolve
* entries rectify NUMBER --reason WHY [--summary TEXT] [--unit CODE]
* entries annul NUMBER --reason WHY
* requirements list|overdue [--after PLACE] [--most NUMBER]
                                      what was handed in without a signature and waits for one
* requirements notified NUMBER --on DAY
                                      the person was told on that day: the term to sign runs
* requirements extend NUMBER --days NUMBER --reason WHY
* requirements withdraw NUMBER --resolution WHICH
                                      taken as withdrawn by that resolution, once the term is over
* quarantine list
* quarantine save ID FILE             the package as it came, into a new file
* quarantine dismiss ID --reason WHY  takes what has been dealt with off the list
  incidents list
* incidents declare FILE              declares what the TOML file says, or says more of a declared one
  calendar show YEAR                  the days off besides Saturdays and Sundays
  calendar end DAY TERM               the last day of a term: 10wd (working days), 10d, 3m, 1y
  kiosks list
* kiosks invite NAME --place WHERE [--hours NUMBER]
                                      a code with which the kiosk of this name enrols once, shown once
* kiosks suspend NAME --reason WHY    shuts a kiosk out from its next request on
* kiosks allow NAME --reason WHY      hears a suspended kiosk again
* kiosks revoke NAME --reason WHY     for good: of no use any more is any certificate that it has
* officials authorise NIF --name NAME --from DAY --until DAY [--procedure ID,ID]
                                      this public employee may file for citizens: all procedures, or these
* officials end NIF --reason WHY      not any more, from today on
  officials list
* staff suspend NAME --reason WHY     shuts a member of staff out from the office's door
* staff allow NAME --reason WHY
* staff revoke SHA256 --reason WHY    of no use there any more is this certificate
  figures [--from DAY] [--until DAY] [--format json|csv]
                                      entries by year, month, day, procedure, channel, kiosk and unit, beside a year before
  audit verify [--head FILE] [--seal PEM]
                                      walk entries, log and documents; they hold what a published head says, which
                                      the town's seal or one of these certificates has signed
* audit head                          how far book and log have come, sealed, to be published
* audit log [--subject WHAT] [--most NUMBER]
* backup FILE                         the whole book, while the registry runs; its documents into FILE.documents
* restore FILE                        into a place where there is none, and verify it
";

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
    #[error("there is no such {0}")]
    Absent(&'static str),
    #[error("{0}")]
    Told(String),
    #[error("the answer cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the log filter cannot be read")]
    Filter,
}

fn main() -> ExitCode {
    // Before anything else asks for OpenSSL: asked this way it puts nothing away when the program ends, when a thread of
    // SQLite may still be using it.
    openssl::init();
    match Call::parse(std::env::args_os().skip(1).collect::<Vec<OsString>>()).and_then(run) {
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

fn run(call: Call) -> Result<(), Failure> {
    if call.help {
        return say(USAGE);
    }
    let words: Vec<&str> = call.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["example"] => say(example()),
        ["openapi"] => say(&registry_api::openapi_json()?),
        ["check-config"] => {
            let settings = load(call.config()?)?.settings()?;
            let mut faults: Vec<String> =
                settings.catalogue_faults().map(|fault| format!("{fault}\n")).collect();
            if !settings.takes_anything() {
                faults.push(
                    "the general application is not offered: a registry takes any writing (RD 203/2021, art. 37)\n"
                        .to_owned(),
                );
            }
            if !faults.is_empty() {
                say(&faults.concat())?;
                return Err(Failure::Catalogue);
            }
            say("the configuration can be used\n")
        }
        ["serve"] => {
            pin_memory();
            runtime()?.block_on(serve(&load(call.config()?)?))
        }
        words => runtime()?.block_on(commands::run(&call, words)),
    }
}

/// Has large pieces of memory go back to the system as soon as they are freed. The C library keeps ever larger ones once it
/// has seen some freed, up to the size of a filing for each of its heaps. It reads what is wished when a program starts (GNU C
/// library manual, memory allocation tunables; the threshold is in bytes), so this one starts itself anew, once, under the same
/// process number.
fn pin_memory() {
    const NAME: &str = "GLIBC_TUNABLES";
    const PINNED: &str = "glibc.malloc.mmap_threshold=262144";
    let tunables = std::env::var(NAME).unwrap_or_default();
    let Some(program) = std::env::current_exe().ok().filter(|_| !tunables.contains("mmap_threshold")) else {
        return;
    };
    let tunables = if tunables.is_empty() { PINNED.to_owned() } else { format!("{tunables}:{PINNED}") };
    // Comes back only where that fails: then it goes on as it is.
    let _ = Command::new(program).args(std::env::args_os().skip(1)).env(NAME, tunables).exec();
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_new(config.log_filter()).map_err(|_| Failure::Filter)?;
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).init();
    // Before anything is open, so that no signal finds nobody listening.
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let running = start(config.settings()?, Arc::new(Machine)).await?;
    for (door, address) in [
        ("documents are verified on", running.verification_address()),
        ("kiosks enrol on", running.enrolment_address()),
        ("the office asks on", running.office_address()),
        ("it is watched over on", running.monitoring_address()),
        // The last of them: whoever started it knows by this line that it is ready.
        ("listening on", Some(running.address())),
    ] {
        if let Some(address) = address {
            say(&format!("{door} {address}\n"))?;
        }
    }
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    running.stop().await;
    Ok(())
}

fn load(path: &Path) -> Result<Config, Failure> {
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
