//! Makes test authorities and everybody's card in a directory: `cargo run -p testkit --example personas -- DIR`.
//!
//! `citizen-sub.crl` beside them is the list on which the revoked ones stand, good for a week. Authorities already in
//! the directory are kept, so that cards issued later stand under the same roots.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use testkit::card::{self, PersonaSpec};
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
    let everybody = card::everybody(&authorities, now)?;
    let mut revoked = Vec::new();
    for (name, persona) in &everybody {
        if PersonaSpec::load(name)?.revoked {
            revoked.push(persona);
        }
    }
    let list = card::revocation_list(&authorities, &revoked, now)?;
    std::fs::write(directory.join("citizen-sub.crl"), list).context("citizen-sub.crl")?;
    for (name, persona) in &everybody {
        persona.save(&directory.join(format!("{name}.toml")))?;
    }
    Ok(())
}
