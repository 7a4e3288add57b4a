//! Where things lie: the root of the tree and the directory that cargo builds in.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

/// The two directories that every task needs.
pub struct Place {
    root: PathBuf,
    target: PathBuf,
}

impl Place {
    /// The tree this program was built from, and cargo's target directory as the environment has it.
    pub fn find() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(3)
            .context("the tree is not where it was when xtask was built")?
            .to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(set) => env::current_dir()?.join(set),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The root of the tree.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target directory; everything that a task makes goes below it.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The page's package.
    pub fn page(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Cargo, in the root, with colours off because its output is read back.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).env("CARGO_TERM_COLOR", "never").env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// npm, in the page's package.
    pub fn npm(&self) -> Command {
        let mut npm = Command::new("npm");
        npm.current_dir(self.page()).env("NO_COLOR", "1").env("npm_config_update_notifier", "false");
        npm
    }
}
