//! Lists the catalogue's files, so that adding a procedure is adding a file.
#![allow(clippy::print_stdout, reason = "a build script talks to Cargo on its standard output")]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../../assets/catalogue").canonicalize()?;
    let mut list = String::new();
    for (name, folder) in [("SHARED", ""), ("BLOCKS", "blocks"), ("PROCEDURES", "procedures")] {
        let folder = root.join(folder);
        println!("cargo:rerun-if-changed={}", folder.display());
        writeln!(list, "const {name}: &[(&str, &str)] = &[")?;
        for file in toml_files(&folder)? {
            println!("cargo:rerun-if-changed={}", file.display());
            let short = file.file_name().and_then(|n| n.to_str()).ok_or("a file name that is not text")?;
            writeln!(list, "    ({short:?}, include_str!({:?})),", file.display().to_string())?;
        }
        writeln!(list, "];")?;
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("catalogue_files.rs"), list)?;
    Ok(())
}

/// The `.toml` files directly in a folder, sorted, so that the list does not depend on the disk.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|e| e == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
