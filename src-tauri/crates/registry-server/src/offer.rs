//! The catalogue that this registry serves and judges by, and those before it whose filings it still takes.
//!
//! Kiosks take a new catalogue between sessions, and what was signed before may wait in their queues: so the registry
//! judges each filing by the version of the form that was filled in, for as long as it is given the catalogue with it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use jiff::Timestamp;
use procedures::{Catalogue, Files, Procedure, limits};
use registry_api::limits::MAX_CATALOGUE_BODY_BYTES;
use registry_api::{Base64Bytes, CatalogueDocument, Language, Sha256Hex, SignedCatalogue};

use crate::Error;
use crate::checks::Refused;
use crate::receipt::Seal;

/// The application that has no form of its own.
const GENERAL: &str = "instancia-general";

/// The catalogue in force, and those before it.
pub(crate) struct Offer {
    current: Catalogue,
    earlier: Vec<Catalogue>,
    files: Files,
    /// What could not be used of the files, by file, line and column.
    pub(crate) refused: Vec<procedures::Error>,
}

/// The catalogue as it goes out.
pub(crate) struct Served {
    pub(crate) body: Bytes,
    pub(crate) tag: Sha256Hex,
}

impl Offer {
    /// Reads the catalogue in `directory`, or takes the one that is part of the program, and those in `previous`.
    ///
    /// # Errors
    /// [`Error::File`]; [`Error::CatalogueFiles`] when what all procedures share is not right;
    /// [`Error::Catalogue`] when the program is damaged.
    pub(crate) fn read(directory: Option<&Path>, previous: &[PathBuf]) -> Result<Self, Error> {
        let bundled = bundled_catalogue::load().map_err(Error::Catalogue)?;
        let mut refused = Vec::new();
        let mut earlier = Vec::new();
        for path in previous {
            let loaded = files_in(path)?.load().map_err(Error::CatalogueFiles)?;
            refused.extend(loaded.refused);
            earlier.push(loaded.catalogue);
        }
        let (current, files) = match directory {
            None => (bundled, Files::bundled()),
            Some(path) => {
                let files = files_in(path)?;
                let loaded = files.load().map_err(Error::CatalogueFiles)?;
                refused.splice(0..0, loaded.refused);
                // Kiosks that have not taken any other work with the one in their program.
                earlier.push(bundled);
                (loaded.catalogue, files)
            }
        };
        Ok(Self { current, earlier, files, refused })
    }

    /// Whether anything can be handed in that has no form of its own: a registry takes any application, writing or
    /// communication (Royal Decree 203/2021, art. 37).
    pub(crate) fn takes_anything(&self) -> bool {
        self.current.get(GENERAL).is_some_and(Procedure::is_received)
    }

    /// A version of a procedure, with the catalogue it belongs to.
    ///
    /// # Errors
    /// [`Refused::Procedure`] if it is not known or not taken; [`Refused::ProcedureVersion`] if that version is not.
    pub(crate) fn procedure(&self, id: &str, version: u32) -> Result<(&Catalogue, &Procedure), Refused> {
        // Whether it is taken at all, today's catalogue says.
        let current = self.current.get(id).filter(|known| known.is_received()).ok_or(Refused::Procedure)?;
        std::iter::once(&self.current)
            .chain(&self.earlier)
            .find_map(|catalogue| {
                let known = catalogue.get(id).filter(|known| known.version == version)?;
                Some((catalogue, known))
            })
            .ok_or(Refused::ProcedureVersion { current: current.version })
    }

    /// What a procedure is called, in force or not any more.
    pub(crate) fn procedure_name(&self, id: &str, language: Language) -> Option<&str> {
        let known =
            std::iter::once(&self.current).chain(&self.earlier).find_map(|catalogue| catalogue.get(id));
        Some(known?.name.in_language(language))
    }

    /// What a unit is called.
    pub(crate) fn unit_name(&self, code: &str, language: Language) -> Option<&str> {
        Some(self.current.unit(code)?.name.in_language(language))
    }

    /// Puts the catalogue in force under the seal.
    ///
    /// # Errors
    /// [`Error::Seal`]; [`Error::Internal`].
    pub(crate) fn serve(&self, seal: &Seal, now: Timestamp) -> Result<Served, Error> {
        let unwritten = |_| Error::Internal { what: "a catalogue that is no JSON" };
        let document = CatalogueDocument::new(now, self.files.clone());
        let content = document.to_text().map_err(unwritten)?;
        let seal = Base64Bytes::from(seal.beside(content.as_bytes())?);
        let body = serde_json::to_vec(&SignedCatalogue { content, seal }).map_err(unwritten)?;
        if body.len() > MAX_CATALOGUE_BODY_BYTES {
            return Err(Error::Config {
                message: "catalogue.directory holds more than kiosks take".to_owned(),
            });
        }
        Ok(Served { body: body.into(), tag: document.tag() })
    }
}

/// A folder laid out as the catalogue in the sources: what is shared, `blocks` and `procedures`.
fn files_in(folder: &Path) -> Result<Files, Error> {
    let mut left = limits::CATALOGUE_BYTES;
    Ok(Files {
        shared: texts_in(folder, &mut left)?,
        blocks: texts_in(&folder.join("blocks"), &mut left)?,
        procedures: texts_in(&folder.join("procedures"), &mut left)?,
    })
}

/// The TOML files of a folder. `left` is how many bytes may still be read.
fn texts_in(folder: &Path, left: &mut usize) -> Result<BTreeMap<String, String>, Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::File { path, source }
    };
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_none_or(|extension| extension != "toml") || !path.is_file() {
            continue;
        }
        let most = limits::FILE_BYTES.min(*left) as u64 + 1;
        let mut text = String::new();
        fs::File::open(&path)
            .and_then(|file| file.take(most).read_to_string(&mut text))
            .map_err(failed(&path))?;
        if text.len() as u64 == most {
            let source = std::io::Error::from(std::io::ErrorKind::FileTooLarge);
            return Err(Error::File { path, source });
        }
        *left -= text.len();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        texts.insert(name.to_owned(), text);
    }
    Ok(texts)
}
