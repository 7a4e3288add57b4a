//! The languages of the counter, and text that exists in all of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language the counter speaks. Written everywhere as its tag.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Ord, PartialOrd, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Language {
    /// Valencian, by the norm of the Acadèmia Valenciana de la Llengua.
    #[serde(rename = "ca-valencia")]
    CaValencia,
    /// Spanish.
    #[serde(rename = "es")]
    Es,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::CaValencia, Self::Es, Self::En];

    /// The tag by which files, messages and documents name it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::CaValencia => "ca-valencia",
            Self::Es => "es",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|l| l.tag() == tag).ok_or_else(|| UnknownLanguage { tag: tag.to_owned() })
    }
}

/// A tag that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no language has the tag {tag:?}")]
pub struct UnknownLanguage {
    /// The tag as it was given.
    pub tag: String,
}

/// The same words in the three languages, as the catalogue and the configuration hold them.
#[derive(Clone, Eq, PartialEq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Valencian.
    pub va: String,
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The words in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::CaValencia => &self.va,
            Language::Es => &self.es,
            Language::En => &self.en,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_read_back() {
        for language in Language::ALL {
            assert_eq!(language.tag().parse::<Language>().unwrap(), language);
            assert_eq!(language.to_string(), language.tag());
        }
    }

    #[test]
    fn an_unknown_tag_is_refused_with_its_name() {
        assert_eq!("fr".parse::<Language>().unwrap_err(), UnknownLanguage { tag: "fr".into() });
    }
}
