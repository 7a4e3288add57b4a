//! Where the last good catalogue lies until the next start: one file beside the store, whole or not there at all. It is no
//! secret, and its seal says whether it has been changed.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use registry_api::SignedCatalogue;
use registry_api::limits::MAX_CATALOGUE_BODY_BYTES;

/// The file.
const NAME: &str = "catalogue.json";

#[derive(Debug, Clone)]
pub(super) struct Shelf {
    path: PathBuf,
}

impl Shelf {
    /// In the folder of the store.
    pub(super) fn beside(store: &Path) -> Self {
        Self { path: store.with_file_name(NAME) }
    }

    /// What lies there, if anything.
    pub(super) fn get(&self) -> io::Result<Option<SignedCatalogue>> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        file.take(MAX_CATALOGUE_BODY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > MAX_CATALOGUE_BODY_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(Some(serde_json::from_slice(&bytes)?))
    }

    /// Puts a catalogue in the place of the one before. If the power goes, one of both is there, whole.
    pub(super) fn put(&self, catalogue: &SignedCatalogue) -> io::Result<()> {
        let new = self.path.with_extension("new");
        let mut file = File::create(&new)?;
        file.write_all(&serde_json::to_vec(catalogue)?)?;
        file.sync_all()?;
        fs::rename(&new, &self.path)?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn catalogue(content: &str) -> SignedCatalogue {
        SignedCatalogue { content: content.to_owned(), seal: vec![1, 2, 3].into() }
    }

    #[test]
    fn what_was_put_last_is_there_whole() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::beside(&folder.path().join("store.sqlite"));
        assert!(shelf.get().unwrap().is_none());
        for content in ["one", "two"] {
            shelf.put(&catalogue(content)).unwrap();
            assert_eq!(shelf.get().unwrap(), Some(catalogue(content)));
        }
        // What was being written when the power went is in nobody's way.
        fs::write(folder.path().join("catalogue.new"), "{\"content\":\"thr").unwrap();
        assert_eq!(shelf.get().unwrap(), Some(catalogue("two")));
        shelf.put(&catalogue("three")).unwrap();
        assert_eq!(shelf.get().unwrap(), Some(catalogue("three")));
    }

    #[test]
    fn what_is_damaged_or_far_too_large_is_no_catalogue() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::beside(&folder.path().join("store.sqlite"));
        fs::write(folder.path().join(NAME), "{\"content\":").unwrap();
        assert!(shelf.get().is_err());
        File::create(folder.path().join(NAME)).unwrap().set_len(50_000_000).unwrap();
        assert_eq!(shelf.get().unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
