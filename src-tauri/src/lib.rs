//! The kiosk application: wiring only. It builds the parts, opens the window, and stops them in order.
//!
//! One task owns the session ([`runtime`]), one thread owns the card, one task owns the queue; they talk by
//! channels. The page sends intents and is pushed whole views ([`commands`]).

mod commands;
pub mod config;
mod enrol;
mod fault;
mod kiosk;
mod runtime;
pub mod surroundings;
pub mod windowless;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use session::SessionView;
use tauri::{Manager as _, RunEvent};

use crate::commands::Awaited;
use crate::config::{Config, ConfigError};
use crate::runtime::{Opened, Parts, Runtime, environment, first_view};

/// Where the configuration is, unless said otherwise.
const CONFIG: &str = "/etc/finestreta/kiosk.toml";

/// Why the kiosk did not start. Read by the person who installs it, in English.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
enum StartError {
    #[error("usage: finestreta [enrol --at ADDRESS | renew] --config FILE")]
    Usage(#[source] lexopt::Error),
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("the store key is not 64 hexadecimal digits, or is not set")]
    StoreKey,
    #[error("the encrypted store cannot be opened: {0}")]
    Store(#[from] filing::Error),
    #[error("{what} cannot be used: {reason}")]
    Part { what: &'static str, reason: String },
    #[error("there is no display: neither WAYLAND_DISPLAY nor DISPLAY is set")]
    NoDisplay,
    #[error("the parts could not be opened")]
    Parts,
    #[error("the window cannot be opened: {0}")]
    Window(#[from] tauri::Error),
}

/// Runs the kiosk until its window is closed or it is told to stop.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|word| word == kiosk::intake::WORD) {
        return kiosk::intake::serve();
    }
    log_to_stderr();
    if let Some(word @ ("enrol" | "renew")) = arguments.get(1).and_then(|word| word.to_str()) {
        return enrol::run(word, arguments.get(2..).unwrap_or_default().to_vec());
    }
    match start(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(event = "kiosk.start-failed", "{error}");
            ExitCode::FAILURE
        }
    }
}

fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("FINESTRETA_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).json().init();
}

#[allow(
    clippy::disallowed_methods,
    reason = "the expansion of `generate_context!` leaves the process where the page is not part of it"
)]
fn start(arguments: impl IntoIterator<Item = OsString>) -> Result<(), StartError> {
    let path = config_path(arguments)?;
    let config = Config::read(&path)?;
    if ["WAYLAND_DISPLAY", "DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        return Err(StartError::NoDisplay);
    }
    // The parts are opened while the web view starts its own processes: together they take no longer than the slower.
    let (show, first) = std::sync::mpsc::channel();
    let opening = std::thread::spawn({
        let config = config.clone();
        move || open_parts(&config, &show)
    });
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![
            commands::session_next,
            commands::session_intent,
            commands::pin_push,
            commands::pin_erase,
            commands::pin_clear,
            commands::pin_submit
        ])
        .setup(move |app| {
            // Absent when a part cannot be opened, which is told below.
            let first = first.recv().ok();
            kiosk::open_window(app, &config.kiosk, first.as_ref())?;
            // Nothing waits for the rest: the loop of the window has to turn for the page to be drawn.
            let (there, awaited) = Awaited::new();
            app.manage(awaited);
            let handle = app.handle().clone();
            tauri::async_runtime::spawn_blocking(move || {
                match opening.join().unwrap_or(Err(StartError::Parts)) {
                    Ok(opened) => {
                        let runtime = tauri::async_runtime::block_on(async { Runtime::start(opened) });
                        let desk = Arc::new(runtime.desk());
                        handle.manage(runtime);
                        there.send_replace(Some(desk));
                        tauri::async_runtime::spawn(leave_when_told(handle.clone()));
                    }
                    Err(error) => {
                        tracing::error!(event = "kiosk.start-failed", "{error}");
                        handle.exit(1);
                    }
                }
            });
            Ok(())
        })
        .build(tauri::generate_context!())?;
    let mut stopped = false;
    app.run(move |handle, event| {
        if let RunEvent::Exit = event
            && !std::mem::replace(&mut stopped, true)
            && let Some(runtime) = handle.try_state::<Runtime>()
        {
            // The order of shutdown is a feature: nothing personal in memory, then the store closed, then the process.
            tauri::async_runtime::block_on(runtime.stop());
        }
    });
    Ok(())
}

/// Opens everything; what the window begins with is handed over as soon as it is known.
fn open_parts(config: &Config, show: &Sender<SessionView>) -> Result<Opened, StartError> {
    let environment = environment(config)?;
    // A window that could not be opened waits for nothing.
    let _ = show.send(first_view(&environment));
    tauri::async_runtime::block_on(Parts::from_config(config, environment)?.open())
}

/// A service manager that says stop gets the same orderly end as a closed window.
async fn leave_when_told(app: tauri::AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut stop), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    tokio::select! {
        _ = stop.recv() => {}
        _ = interrupt.recv() => {}
    }
    app.exit(0);
}

fn config_path(arguments: impl IntoIterator<Item = OsString>) -> Result<PathBuf, StartError> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let mut path = PathBuf::from(CONFIG);
    while let Some(argument) = parser.next().map_err(StartError::Usage)? {
        match argument {
            lexopt::Arg::Long("config") => path = parser.value().map_err(StartError::Usage)?.into(),
            other => return Err(StartError::Usage(other.unexpected())),
        }
    }
    Ok(path)
}
