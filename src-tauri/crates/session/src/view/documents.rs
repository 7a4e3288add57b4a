//! The documents, as the page shows them.

use procedures::Way;
use serde::{Deserialize, Serialize};

/// S18. All documents, and how each is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DocumentsView {
    /// Which step this is, from 1.
    pub step: u32,
    /// How many there are, as the answers now stand.
    pub steps: u32,
    /// Each document that is asked or looked up.
    pub rows: Vec<DocumentRow>,
    /// How many compulsory ones are missing.
    pub missing: u32,
    /// How many are brought later.
    pub later: u32,
    /// Whether the main act was pressed with something missing: the summary is to be shown and focused.
    pub show_faults: bool,
}

/// One document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DocumentRow {
    /// Code of the document.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What must be in it, or who must sign it.
    pub why: Option<String>,
    /// Whether it must be given.
    pub need: DocumentNeed,
    /// How it stands.
    pub state: DocumentStanding,
    /// The ways it may be given; none when the town hall looks it up by itself.
    pub ways: Vec<DocumentWay>,
    /// Kinds of file accepted, written out, such as `PDF, JPG, PNG`.
    pub kinds: String,
    /// Largest size of a file, megabytes.
    pub max_mb: u32,
    /// Most files.
    pub max_files: u32,
}

/// Whether a document must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum DocumentNeed {
    /// Always.
    Always,
    /// For what was answered.
    ByAnswers,
    /// Whoever has it may add it.
    Optional,
    /// Nobody is asked for it.
    LookedUp,
}

/// How a document stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum DocumentStanding {
    /// It must be given, and is not yet.
    Missing,
    /// It may be given, and is not.
    NotAdded,
    /// Attached.
    Added {
        /// Files.
        files: u32,
        /// Pages of all of them; 0 for what has none.
        pages: u32,
        /// Size of all of them, written out.
        size: String,
    },
    /// The town hall looks it up.
    Consulted,
    /// It was given before.
    Held {
        /// When and where, in the person's words.
        told: String,
    },
    /// It is brought later.
    Later,
}

/// A way of giving a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum DocumentWay {
    /// Its file is attached.
    Attach,
    /// The town hall looks it up.
    Consult,
    /// It was given before.
    Held,
    /// It is brought later.
    Later,
    /// It is not given.
    None,
}

impl From<DocumentWay> for Way {
    fn from(way: DocumentWay) -> Self {
        match way {
            DocumentWay::Attach => Self::Attach,
            DocumentWay::Consult => Self::Consult,
            DocumentWay::Held => Self::Held,
            DocumentWay::Later => Self::Later,
            DocumentWay::None => Self::None,
        }
    }
}

impl From<Way> for DocumentWay {
    fn from(way: Way) -> Self {
        match way {
            Way::Attach => Self::Attach,
            Way::Consult => Self::Consult,
            Way::Held => Self::Held,
            Way::Later => Self::Later,
            Way::None => Self::None,
        }
    }
}

/// Data that the town hall looks up by itself (S14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Lookup {
    /// What, and where.
    pub text: String,
    /// What makes it lawful.
    pub basis: LookupBasis,
    /// Whether the form asks to object or to agree; the objection is made in writing otherwise.
    pub asked: bool,
}

/// What makes a look-up lawful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum LookupBasis {
    /// It is done unless the person objects.
    Objection,
    /// It is done only if the person agrees.
    Consent,
}

/// S23. A look at the file that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FileCheckView {
    /// Name of the document it is for.
    pub document: String,
    /// Name of the file, never its path.
    pub name: String,
    /// Size, written out.
    pub size: String,
    /// How many pages; 0 for what has none.
    pub pages: u32,
    /// What there is to look at.
    pub check: FileCheck,
}

/// What there is to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum FileCheck {
    /// The pictures are being made.
    Making,
    /// Pictures of the first pages, as `data:` addresses; none for what has no pages.
    Shown {
        /// One a page; of a long document, not all.
        images: Vec<String>,
    },
    /// They could not be made; the file is as good as it was.
    NotShown,
}
