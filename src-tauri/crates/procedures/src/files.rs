//! The files of a catalogue as one thing that can be handed on. Text and not compiled rules: whoever takes it reads and
//! checks it as if it had been written there, and says file, line and column of what is not right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Loaded, Sources};
use crate::error::Error;

/// Files by name, with their text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// What all procedures share, such as `units.toml`.
    pub shared: BTreeMap<String, String>,
    /// Pages that several procedures ask.
    pub blocks: BTreeMap<String, String>,
    /// One procedure each.
    pub procedures: BTreeMap<String, String>,
}

impl Files {
    /// The files that are part of the program.
    #[must_use]
    pub fn bundled() -> Self {
        let Sources { shared, blocks, procedures } = Sources::bundled();
        let owned = |files: &[(&str, &str)]| {
            files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        };
        Self { shared: owned(shared), blocks: owned(blocks), procedures: owned(procedures) }
    }

    /// Reads them, as [`Catalogue::load`] does.
    ///
    /// # Errors
    /// [`Error`] when what all procedures share is not right, or all of it is too large.
    pub fn load(&self) -> Result<Loaded, Error> {
        Catalogue::load(&Sources {
            shared: &borrowed(&self.shared),
            blocks: &borrowed(&self.blocks),
            procedures: &borrowed(&self.procedures),
        })
    }
}

fn borrowed(files: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

impl Catalogue {
    /// Whether this one would take a procedure back to a version before that of the other.
    #[must_use]
    pub fn is_behind(&self, other: &Self) -> bool {
        let behind = |known: &crate::Procedure| {
            other.get(&known.id).is_some_and(|theirs| theirs.version > known.version)
        };
        self.procedures().any(behind)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn files_survive_the_way_and_are_the_catalogue_that_they_were() {
        let files = Files::bundled();
        let there = serde_json::from_str::<Files>(&serde_json::to_string(&files).unwrap()).unwrap();
        assert_eq!(there, files);
        assert_eq!(there.load().unwrap().catalogue, Catalogue::bundled().unwrap());
        assert!(
            serde_json::from_str::<Files>(r#"{"shared":{},"blocks":{},"procedures":{},"more":{}}"#).is_err()
        );
    }

    #[test]
    fn a_broken_file_is_told_with_its_place_and_the_rest_stays() {
        let mut files = Files::bundled();
        let all = files.procedures.len();
        let broken = files.procedures.get_mut("instancia-general.toml").unwrap();
        *broken = broken.replacen("rank = 1", "rank = \"first\"", 1);
        let loaded = files.load().unwrap();
        assert_eq!(loaded.catalogue.procedures().count(), all - 1);
        let [told] = loaded.refused.as_slice() else { panic!("{:?}", loaded.refused) };
        assert!(told.to_string().starts_with("instancia-general.toml:"), "{told}");
    }

    #[test]
    fn a_catalogue_that_takes_a_version_back_is_behind() {
        let now = Catalogue::bundled().unwrap();
        assert!(!now.is_behind(&now));
        let mut files = Files::bundled();
        let text = files.procedures.get_mut("instancia-general.toml").unwrap();
        *text = text.replacen("version = 1", "version = 2", 1);
        let later = files.load().unwrap().catalogue;
        assert!(now.is_behind(&later) && !later.is_behind(&now));
        files.procedures.remove("instancia-general.toml");
        assert!(!files.load().unwrap().catalogue.is_behind(&later), "one that is gone is not behind");
    }
}
