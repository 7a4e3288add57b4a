//! The page: its packages from the lock file, its checks, its build; each only when something changed.

use anyhow::Context as _;

use crate::inputs::Inputs;
use crate::place::Place;
use crate::step::Steps;

/// Directories that are made, not written.
const MADE: &[&str] = &["node_modules", "dist", "dist-fake", "coverage", ".vite", ".svelte-kit"];
/// Checks of the page, in the order of their cost, by the names of its scripts.
const CHECKS: &[&str] = &["check", "lint", "test"];

/// Packages and build, ready to be put into the application.
pub fn build(place: &Place, steps: &mut Steps) -> anyhow::Result<()> {
    install(place, steps)?;
    let inputs = Inputs::of(place, "page", &[place.page(), place.root().join("assets")], MADE)?;
    if inputs.unchanged() && place.page().join("dist/index.html").exists() {
        return Ok(());
    }
    steps.run("page build", place.npm().args(["run", "build"]))?;
    inputs.remember()
}

/// All checks, the build, and the budget of bytes.
pub fn check(place: &Place, steps: &mut Steps) -> anyhow::Result<()> {
    install(place, steps)?;
    for script in CHECKS {
        steps.run(&format!("page {script}"), place.npm().args(["run", script]))?;
    }
    build(place, steps)?;
    steps.run("page budget", place.npm().args(["run", "budget"]))
}

fn install(place: &Place, steps: &mut Steps) -> anyhow::Result<()> {
    let lock = place.page().join("package-lock.json");
    let inputs = Inputs::of(place, "page-packages", &[place.page().join("package.json"), lock], &[])
        .context("the page has no lock file")?;
    if inputs.unchanged() && place.page().join("node_modules").exists() {
        return Ok(());
    }
    steps.run("page packages", place.npm().args(["ci", "--no-audit", "--no-fund"]))?;
    inputs.remember()
}
