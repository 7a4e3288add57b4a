//! The catalogue as the registry serves it: one document under the town's seal, so that a kiosk asks and files what the
//! registry takes.

use async_trait::async_trait;
use jiff::Timestamp;
use procedures::Files;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Base64Bytes, RegistryError, Sha256Hex};

/// The format that this version of the contract speaks.
pub const CATALOGUE_FORMAT: &str = "finestreta-catalogue/1";

/// A catalogue with its seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedCatalogue {
    /// The text of a [`CatalogueDocument`], in the very bytes that the seal covers.
    pub content: String,
    /// Signature over them by the town's seal: CMS in DER, detached (RFC 5652; ETSI EN 319 122-1, B-B).
    pub seal: Base64Bytes,
}

/// What is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueDocument {
    /// [`CATALOGUE_FORMAT`]. The seal also signs receipts: what is signed says what it is.
    #[schema(example = "finestreta-catalogue/1")]
    pub format: String,
    /// When the registry put it together. A kiosk that holds a later one does not take it.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// The files.
    pub files: Files,
}

impl CatalogueDocument {
    /// A document of these files.
    #[must_use]
    pub fn new(issued_at: Timestamp, files: Files) -> Self {
        Self { format: CATALOGUE_FORMAT.to_owned(), issued_at, files }
    }

    /// The text of the document.
    ///
    /// # Errors
    /// Never for a document made here; the serialiser's error is passed on rather than hidden.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The document of a text whose seal has been verified.
    ///
    /// # Errors
    /// [`NotACatalogue`] if it is another thing, or of another format.
    pub fn of_text(text: &str) -> Result<Self, NotACatalogue> {
        // The parser's error may repeat what it read, which could be anything.
        let document: Self = serde_json::from_str(text).map_err(|_| NotACatalogue)?;
        if document.format == CATALOGUE_FORMAT { Ok(document) } else { Err(NotACatalogue) }
    }

    /// Tells these files from others, whenever they were put together: the entity tag (RFC 9110, 8.8.3) without its
    /// quotes.
    #[must_use]
    pub fn tag(&self) -> Sha256Hex {
        // Strings by name, in the order of their names: nothing of it can fail to be written.
        Sha256Hex::of(&serde_json::to_vec(&self.files).unwrap_or_default())
    }
}

/// A text that is no catalogue of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a catalogue of the format {CATALOGUE_FORMAT}")]
pub struct NotACatalogue;

/// Where catalogues come from.
#[async_trait]
pub trait Catalogues: Send + Sync {
    /// The catalogue in force, unless it is the one `known` by its tag. Its seal has not been verified.
    ///
    /// # Errors
    /// See [`RegistryError`]; [`RegistryError::Nonsense`] also for one larger than
    /// [`MAX_CATALOGUE_BODY_BYTES`](crate::limits::MAX_CATALOGUE_BODY_BYTES).
    async fn catalogue(&self, known: Option<&Sha256Hex>) -> Result<Option<SignedCatalogue>, RegistryError>;
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_of_the_files_alone() {
        let at = |text: &str| CatalogueDocument::new(text.parse().unwrap(), Files::bundled());
        let document = at("2026-03-12T09:00:00Z");
        assert_eq!(document.tag(), at("2027-01-01T00:00:00Z").tag());
        let mut other = document.clone();
        other.files.procedures.clear();
        assert_ne!(document.tag(), other.tag());
    }

    #[test]
    fn a_text_of_another_format_is_no_catalogue() {
        let document = CatalogueDocument::new("2026-03-12T09:00:00Z".parse().unwrap(), Files::bundled());
        let text = document.to_text().unwrap();
        assert_eq!(CatalogueDocument::of_text(&text), Ok(document));
        for wrong in
            [text.replace("catalogue/1", "catalogue/2"), "{}".to_owned(), String::new(), "%PDF-".to_owned()]
        {
            assert_eq!(CatalogueDocument::of_text(&wrong), Err(NotACatalogue));
        }
    }

    #[test]
    fn the_bundled_catalogue_is_far_below_what_is_taken() {
        let text =
            CatalogueDocument::new("2026-03-12T09:00:00Z".parse().unwrap(), Files::bundled()).to_text();
        let signed = SignedCatalogue { content: text.unwrap(), seal: Base64Bytes::default() };
        assert!(serde_json::to_vec(&signed).unwrap().len() < crate::limits::MAX_CATALOGUE_BODY_BYTES / 4);
    }
}
