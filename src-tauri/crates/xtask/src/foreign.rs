//! Foreign tools that judge what we make, or that it speaks with, and that are not in Debian: pyHanko, Schemathesis and moto,
//! at fixed versions, each in its own place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place::Place;
use crate::step::Steps;

/// A tool, and what pip installs for it, exactly.
struct Tool {
    name: &'static str,
    program: &'static str,
    packages: &'static [&'static str],
}

const PYHANKO: Tool =
    Tool { name: "pyHanko", program: "pyhanko", packages: &["pyhanko==0.38.0", "pyhanko-cli==0.6.0"] };
const SCHEMATHESIS: Tool =
    Tool { name: "Schemathesis", program: "schemathesis", packages: &["schemathesis==4.32.5"] };
const MOTO: Tool = Tool { name: "moto", program: "moto_server", packages: &["moto[server]==5.2.5"] };

/// The Python environment with pyHanko, made if it is not there yet.
pub fn pyhanko(place: &Place, steps: &mut Steps) -> anyhow::Result<PathBuf> {
    installed(&PYHANKO, place, steps)
}

/// The Python environment with Schemathesis, made if it is not there yet.
pub fn schemathesis(place: &Place, steps: &mut Steps) -> anyhow::Result<PathBuf> {
    installed(&SCHEMATHESIS, place, steps)
}

/// The Python environment with moto, which speaks S3, made if it is not there yet.
pub fn moto(place: &Place, steps: &mut Steps) -> anyhow::Result<PathBuf> {
    installed(&MOTO, place, steps)
}

fn installed(tool: &Tool, place: &Place, steps: &mut Steps) -> anyhow::Result<PathBuf> {
    let home = place.target().join("tools").join(tool.program);
    let program = home.join("bin").join(tool.program);
    let stamp = home.join("installed");
    let wanted = tool.packages.join("\n");
    if program.exists() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(home);
    }
    // Debian's own Python is the one whose venv module is among the packages.
    let python = Some("/usr/bin/python3").filter(|path| Path::new(path).exists()).unwrap_or("python3");
    let name = tool.name;
    steps.run(&format!("{name}'s place"), Command::new(python).args(["-m", "venv", "--clear"]).arg(&home))?;
    let mut pip = Command::new(home.join("bin").join("pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(tool.packages);
    steps.run(name, &mut pip)?;
    fs::write(&stamp, wanted)?;
    Ok(home)
}
