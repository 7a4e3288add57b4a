//! The streets of the town, found as one types them.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::Error;
use crate::source::{File, StreetsFile};

/// A street in the town's two languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Street {
    /// In Valencian.
    pub va: String,
    /// In Spanish.
    pub es: String,
    keys: [String; 2],
}

/// The streets of the town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streets(Vec<Street>);

impl Streets {
    pub(crate) fn new(file: File<'_>, read: StreetsFile) -> Result<Self, Error> {
        let mut streets: Vec<Street> = Vec::with_capacity(read.streets.len());
        for street in read.streets {
            if street.va.trim().is_empty() || street.es.trim().is_empty() {
                return Err(Error::whole(
                    file.name,
                    crate::ErrorKind::Rule,
                    "a street has no name in one language",
                ));
            }
            let keys = [key(&street.va), key(&street.es)];
            streets.push(Street { va: street.va, es: street.es, keys });
        }
        Ok(Self(streets))
    }

    /// Every street.
    pub fn all(&self) -> impl Iterator<Item = &Street> {
        self.0.iter()
    }

    /// Streets of which some word begins as typed, accents and capitals aside; those that begin so themselves first.
    /// Nothing before the second letter.
    #[must_use]
    pub fn suggest(&self, typed: &str, most: usize) -> Vec<&Street> {
        let typed = key(typed);
        if typed.chars().count() < 2 {
            return Vec::new();
        }
        let rank = |street: &Street| {
            let place = |name: &String| {
                if name.starts_with(&typed) {
                    return Some(0);
                }
                // The kind of way stands first and is seldom typed.
                let proper = name.split_once(' ').map_or("", |(_, proper)| proper);
                if proper.starts_with(&typed) {
                    return Some(1);
                }
                name.contains(&format!(" {typed}")).then_some(2)
            };
            street.keys.iter().filter_map(place).min()
        };
        let mut found: Vec<(i32, &Street)> = self.0.iter().filter_map(|s| Some((rank(s)?, s))).collect();
        found.sort_by(|a, b| (a.0, &a.1.va).cmp(&(b.0, &b.1.va)));
        found.into_iter().take(most).map(|(_, street)| street).collect()
    }
}

/// A name without accents, capitals and marks, for finding.
fn key(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
