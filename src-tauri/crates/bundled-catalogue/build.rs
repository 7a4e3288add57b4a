//! Reads, checks and packs the catalogue. One broken file stops the build, with file, line, column and reason of each.
#![allow(clippy::print_stdout, reason = "a build script talks to Cargo on its standard output")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use procedures::{Catalogue, Sources};

fn main() -> ExitCode {
    // The files come with `procedures`: when one changes, it changes, and this runs again.
    println!("cargo::rerun-if-changed=build.rs");
    match pack() {
        Ok(()) => ExitCode::SUCCESS,
        Err(faults) => {
            faults.iter().for_each(|fault| println!("cargo::error={fault}"));
            ExitCode::FAILURE
        }
    }
}

fn pack() -> Result<(), Vec<String>> {
    let one = |fault: String| vec![fault];
    let loaded = Catalogue::load(&Sources::bundled()).map_err(|error| one(error.to_string()))?;
    if !loaded.refused.is_empty() {
        return Err(loaded.refused.iter().map(ToString::to_string).collect());
    }
    let packed = loaded.catalogue.pack().map_err(|error| one(error.to_string()))?;
    let folder = env::var("OUT_DIR").map_err(|error| one(error.to_string()))?;
    fs::write(PathBuf::from(folder).join("catalogue.packed"), packed).map_err(|error| one(error.to_string()))
}
