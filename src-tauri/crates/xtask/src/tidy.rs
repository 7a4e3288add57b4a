//! Rules of the tree that no compiler knows: which crate may use which, how long a module may be, what every
//! crate carries, and what must not stand in any file.

mod arrows;
mod manifests;
mod sources;

use anyhow::bail;

use crate::place::Place;

/// Checks every rule and tells all that is wrong at once.
pub fn run(place: &Place) -> anyhow::Result<()> {
    let packages = manifests::read(place)?;
    let mut faults = arrows::faults(&packages);
    faults.extend(manifests::faults(place, &packages)?);
    faults.extend(sources::faults(place)?);
    if faults.is_empty() {
        return Ok(());
    }
    for fault in &faults {
        eprintln!("    {fault}");
    }
    bail!("the tree is not tidy: {} faults", faults.len());
}
