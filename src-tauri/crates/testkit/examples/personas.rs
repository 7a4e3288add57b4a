//! Makes test authorities and everybody's card in a directory: `cargo run -p testkit --example personas -- DIR`.
//!
//! Authorities already in the directory are kept, so that cards issued later stand under the same roots.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use testkit::card::{PersonaSpec, persona};
use testkit::pki::Authorities;

#[allow(clippy::disallowed_methods, reason = "the edge of a program: time starts here")]
fn main() -> Result<()> {
    let now = jiff::Timestamp::now();
    let directory = PathBuf::from(std::env::args_os().nth(1).context("which directory?")?);
    let authorities = if directory.join("citizen-root.pem").exists() {
        Authorities::read(&directory)?
    } else {
        let made = Authorities::generate(now)?;
        made.write(&directory)?;
        made
    };
    for (name, spec) in PersonaSpec::all() {
        persona(&authorities, &spec, now)?.save(&directory.join(format!("{name}.toml")))?;
    }
    Ok(())
}
