//! Debian packages: which are needed, which are missing, and installing only those.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::step::Steps;

/// What compiling needs: a C toolchain, OpenSSL for TLS, CMS and SQLCipher, the web view, PC/SC.
const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libgtk-3-dev",
    "libwebkit2gtk-4.1-dev",
    "libpcsclite-dev",
];
/// What the stage of the demo and of the journeys needs: the card service with the virtual reader and the
/// driver of real ones, a virtual display, a session bus, the driver of the window, pictures of it.
const STAGE: &[&str] = &[
    "ca-certificates",
    "dbus",
    "imagemagick",
    "libccid",
    "pcscd",
    "vsmartcard-vpcd",
    "webkit2gtk-driver",
    "xvfb",
];
/// What the foreign judges need: OpenSSL's, poppler's and OpenSC's tools, certificate databases, a token in software,
/// Python for pyHanko.
const JUDGES: &[&str] = &[
    "libnss3-tools",
    "libsofthsm2",
    "opensc",
    "openssl",
    "poppler-utils",
    "python3-venv",
    "qpdf",
    "softhsm2",
];
/// What the registry's tests start clusters of their own with; the one that the package may make is left alone.
const DATABASE: &[&str] = &["postgresql-15"];
/// What making packages needs.
const PACKAGING: &[&str] = &["dpkg-dev"];

/// The oldest Node.js that builds the page.
const NODE: (u32, u32) = (20, 19);

/// What packages are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Build and show.
    Demo,
    /// Build and judge.
    Test,
    /// Build, and measure beside others.
    Bench,
    /// Build, pack, and show what was packed.
    Package,
}

/// Installs what is missing for a purpose.
pub fn install(steps: &mut Steps, purpose: Purpose) -> anyhow::Result<()> {
    node_is_new_enough()?;
    let wanted: Vec<&str> = match purpose {
        Purpose::Demo => [BUILD, STAGE].concat(),
        Purpose::Test | Purpose::Bench => [BUILD, STAGE, JUDGES, DATABASE].concat(),
        Purpose::Package => [BUILD, STAGE, PACKAGING].concat(),
    };
    let Some(missing) = missing(&wanted)? else {
        println!("  not a Debian system; these packages or their like are needed: {}", wanted.join(" "));
        return Ok(());
    };
    if missing.is_empty() {
        return Ok(());
    }
    println!("  installing: {}", missing.join(" "));
    steps.run("package lists", as_root("apt-get")?.args(["-o", "DPkg::Lock::Timeout=300", "update"]))?;
    steps.run(
        "system packages",
        as_root("apt-get")?
            .args(["-o", "DPkg::Lock::Timeout=300", "install", "--yes", "--no-install-recommends"])
            .args(&missing),
    )
}

/// The wanted packages that are not installed; `None` where there is no dpkg.
fn missing<'a>(wanted: &[&'a str]) -> anyhow::Result<Option<Vec<&'a str>>> {
    if !Path::new("/usr/bin/dpkg-query").exists() {
        return Ok(None);
    }
    // It fails when it does not know one of the names, and still tells of the others.
    let told = Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(wanted)
        .output()
        .context("dpkg-query cannot be run")?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let installed: Vec<&str> = told.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    Ok(Some(wanted.iter().copied().filter(|name| !installed.contains(name)).collect()))
}

/// A command with the rights to install: as it is for root, else through sudo.
fn as_root(program: &str) -> anyhow::Result<Command> {
    let who = Command::new("id").arg("-u").output().context("`id` cannot be run")?;
    let mut command = if who.stdout.trim_ascii() == b"0" {
        Command::new("env")
    } else {
        let mut sudo = Command::new("sudo");
        // Asked before the step begins, while the terminal is still the person's.
        let allowed = Command::new("sudo").arg("--validate").status();
        if !allowed.is_ok_and(|status| status.success()) {
            bail!("packages are missing and sudo does not let us install them");
        }
        sudo.args(["--non-interactive", "env"]);
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", program]);
    Ok(command)
}

fn node_is_new_enough() -> anyhow::Result<()> {
    let told = Command::new("node").arg("--version").output().context("Node.js is needed, 20.19 or newer")?;
    let version = String::from_utf8_lossy(&told.stdout).trim().to_owned();
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= NODE => Ok(()),
        _ => bail!("Node.js {version} is too old: {}.{} or newer is needed", NODE.0, NODE.1),
    }
}
