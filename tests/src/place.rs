//! Where the tree, the target directory and the programs lie.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The root of the tree this was built from.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The directory of the programs built beside this one: `target/debug` or `target/release`.
///
/// # Errors
/// When the running program does not lie in one.
pub fn programs() -> anyhow::Result<PathBuf> {
    let here = env::current_exe().context("where this program lies")?;
    let directory = here.parent().context("where this program lies")?;
    // A test lies one deeper than a program.
    let directory = if directory.ends_with("deps") { directory.parent() } else { Some(directory) };
    directory.map(Path::to_owned).context("where the programs lie")
}

/// The target directory.
///
/// # Errors
/// As [`programs`].
pub fn target() -> anyhow::Result<PathBuf> {
    programs()?.parent().map(Path::to_owned).context("where the target directory lies")
}

/// Names a directory whose programs take the place of those built beside this one, as far as it has them: those of
/// an unpacked package, say.
const INSTEAD: &str = "FINESTRETA_PROGRAMS";

/// One of our programs, built by `cargo xtask`.
///
/// # Errors
/// When it has not been built.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let instead = env::var_os(INSTEAD).map(|directory| Path::new(&directory).join(name));
    if let Some(path) = instead.filter(|path| path.exists()) {
        return Ok(path);
    }
    let path = programs()?.join(name);
    if !path.exists() {
        bail!("{} has not been built; `cargo xtask test journeys` builds it", path.display());
    }
    Ok(path)
}
