//! A stage without window, display and card: a registry, and the configuration of kiosks that file with it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::TempDir;

use super::{Registry, Setting, kiosk};
use crate::people::Town;

/// Everything but the citizens and the kiosks themselves.
pub struct Windowless {
    registry: Registry,
    town: Town,
    // Last, so that nothing still writes into it when it goes.
    directory: TempDir,
}

impl Windowless {
    /// Starts the registry.
    ///
    /// # Errors
    /// When it does not start.
    pub fn set() -> anyhow::Result<Self> {
        let directory =
            tempfile::Builder::new().prefix("finestreta-").tempdir().context("a directory for the stage")?;
        let town = Town::shared()?;
        town.write(&directory.path().join("pki"))?;
        let registry = Registry::start(directory.path(), None)?;
        Ok(Self { registry, town, directory })
    }

    /// Writes the configuration of one more kiosk, with a store and folders of its own, and says where it is. The folder
    /// `files` beside it is what the kiosk takes for the person's memory stick.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn kiosk(&self, name: &str) -> anyhow::Result<PathBuf> {
        let directory = self.directory.path().join(name);
        std::fs::create_dir_all(&directory)?;
        kiosk::write(&directory, &self.registry, &Setting::default())
    }

    /// The authorities.
    #[must_use]
    pub fn town(&self) -> &Town {
        &self.town
    }

    /// The registry.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The registry, to start it otherwise.
    pub fn registry_mut(&mut self) -> &mut Registry {
        &mut self.registry
    }

    /// The stage's directory.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }
}
