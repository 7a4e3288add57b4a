//! The kiosk without its window: the same session, store, queue, certificates, documents and papers, driven by what the
//! page would ask for. For whoever must see many filings through and not one page, such as the check that every procedure
//! of a catalogue can be filed.

use std::path::Path;
use std::time::Duration;

use session::{Intent, SessionView};

use crate::config::Config;
use crate::runtime::{Desk, Parts, Runtime, environment};

/// Why the kiosk did not open, or what was waited for did not come.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A part could not be opened; the sentence is for who installs it.
    #[error("the kiosk did not open: {0}")]
    Start(String),
    /// What was waited for did not come in time.
    #[error("nothing came of it in {0:?}")]
    Late(Duration),
}

/// A kiosk that runs.
pub struct Kiosk {
    runtime: Runtime,
    desk: Desk,
}

impl Kiosk {
    /// Opens everything but the window. Files of the stick are read by `program`, the kiosk's own: whoever drives this one
    /// is another.
    ///
    /// # Errors
    /// [`Fault::Start`].
    pub fn open(config: &Config, program: &Path) -> Result<Self, Fault> {
        let start = |error: crate::StartError| Fault::Start(error.to_string());
        let parts = Parts::from_config(config, environment(config).map_err(start)?).map_err(start)?;
        let opened = tauri::async_runtime::block_on(parts.open()).map_err(start)?;
        let opened = opened.reading_with(program.to_owned());
        // Started where its tasks will run, as the window does.
        let runtime = tauri::async_runtime::block_on(async { Runtime::start(opened) });
        let desk = runtime.desk();
        Ok(Self { runtime, desk })
    }

    /// What the page would show.
    #[must_use]
    pub fn view(&self) -> SessionView {
        self.desk.view()
    }

    /// Asks for what the page would ask for.
    pub fn intend(&self, intent: Intent) {
        self.desk.intend(intent);
    }

    /// Types a PIN or a password and hands it over.
    pub fn type_secret(&self, secret: &str) {
        self.desk.pin_clear();
        secret.chars().for_each(|character| self.desk.pin_push(character));
        self.desk.pin_submit();
    }

    /// Waits until the view is as wanted.
    ///
    /// # Errors
    /// [`Fault::Late`] after `most`.
    pub fn wait<T>(
        &mut self,
        most: Duration,
        wanted: impl Fn(&SessionView) -> Option<T>,
    ) -> Result<T, Fault> {
        let desk = &mut self.desk;
        tauri::async_runtime::block_on(async {
            tokio::time::timeout(most, async {
                loop {
                    if let Some(found) = wanted(&desk.view()) {
                        return found;
                    }
                    desk.changed().await;
                }
            })
            .await
            .map_err(|_| Fault::Late(most))
        })
    }

    /// Ends it in order: nothing personal in memory, then the store closed.
    pub fn close(self) {
        tauri::async_runtime::block_on(self.runtime.stop());
    }
}
