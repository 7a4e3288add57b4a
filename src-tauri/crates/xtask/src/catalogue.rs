//! `cargo xtask catalogue …`: the clerk's tool, from the crate that knows the rules.

use anyhow::bail;

use crate::place::Place;

/// Builds the tool and hands it the arguments, with the folder of the catalogue in front.
pub fn run(place: &Place, arguments: &[String]) -> anyhow::Result<()> {
    if arguments.is_empty() {
        bail!("what with the catalogue? check [ID…], show ID [va|es|en], find WORDS, new ID --from ID");
    }
    let folder = place.root().join("assets").join("catalogue");
    let mut cargo = place.cargo();
    cargo.args(["run", "--quiet", "--package", "procedures", "--bin", "catalogue", "--"]);
    // What it prints is for who runs it: nothing is kept back.
    let status = cargo.arg(folder).args(arguments).status()?;
    if status.success() {
        Ok(())
    } else {
        bail!("the catalogue is not as it should be, or nothing was found")
    }
}
