//! Whether anything changed since a thing was last made: a hash of the files it is made from, kept in a stamp.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::place::Place;

/// What a thing is made from, as a number, and where it is remembered.
pub struct Inputs {
    hash: u64,
    stamp: PathBuf,
}

impl Inputs {
    /// Reads every file below the given paths, except below directories of the given names.
    pub fn of(place: &Place, name: &str, paths: &[PathBuf], except: &[&str]) -> anyhow::Result<Self> {
        let mut hasher = DefaultHasher::new();
        // Two trees that share a target directory must not take each other's word.
        place.root().hash(&mut hasher);
        for path in paths {
            for file in files(path, except)? {
                file.hash(&mut hasher);
                fs::read(&file)
                    .with_context(|| format!("{} cannot be read", file.display()))?
                    .hash(&mut hasher);
            }
        }
        Ok(Self { hash: hasher.finish(), stamp: place.target().join("xtask").join("stamps").join(name) })
    }

    /// Whether they are as they were when [`Inputs::remember`] was last called.
    pub fn unchanged(&self) -> bool {
        fs::read_to_string(&self.stamp).is_ok_and(|stamp| stamp == self.text())
    }

    /// Says that the thing has been made from these.
    pub fn remember(&self) -> anyhow::Result<()> {
        if let Some(directory) = self.stamp.parent() {
            fs::create_dir_all(directory)?;
        }
        fs::write(&self.stamp, self.text())
            .with_context(|| format!("{} cannot be written", self.stamp.display()))
    }

    fn text(&self) -> String {
        format!("{:016x}", self.hash)
    }
}

/// Every file at or below a path, in a fixed order.
pub fn files(path: &Path, except: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(path) = waiting.pop() {
        let kind =
            fs::symlink_metadata(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        if kind.is_file() {
            found.push(path);
        } else if kind.is_dir() {
            for entry in fs::read_dir(&path)? {
                let entry = entry?;
                if !except.iter().any(|name| entry.file_name() == *name) {
                    waiting.push(entry.path());
                }
            }
        }
    }
    found.sort();
    Ok(found)
}
