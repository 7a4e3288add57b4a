//! Foreign tools that judge what we make and are not in Debian: pyHanko, at a fixed version, in its own place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place::Place;
use crate::step::Steps;

/// What pip installs, exactly.
const PYHANKO: &[&str] = &["pyhanko==0.38.0", "pyhanko-cli==0.6.0"];

/// The Python environment with pyHanko, made if it is not there yet.
pub fn pyhanko(place: &Place, steps: &mut Steps) -> anyhow::Result<PathBuf> {
    let home = place.target().join("tools").join("pyhanko");
    let program = home.join("bin").join("pyhanko");
    let stamp = home.join("installed");
    let wanted = PYHANKO.join("\n");
    if program.exists() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(home);
    }
    // Debian's own Python is the one whose venv module is among the packages.
    let python = Some("/usr/bin/python3").filter(|path| Path::new(path).exists()).unwrap_or("python3");
    steps.run("pyHanko's place", Command::new(python).args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(home.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(PYHANKO);
    steps.run("pyHanko", &mut pip)?;
    fs::write(&stamp, wanted)?;
    Ok(home)
}
