//! Why a catalogue cannot be used.

/// A fault of the catalogue itself, never of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file is not TOML of the expected shape.
    #[error("{file}: {reason}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// What the parser said, with its place in the file.
        reason: String,
    },
    /// A file that the catalogue needs is not there.
    #[error("{file} is missing")]
    Missing {
        /// Name of the file.
        file: String,
    },
    /// Something refers to what does not exist.
    #[error("{file}: no {what} is called `{name}`")]
    Unknown {
        /// Name of the file.
        file: String,
        /// What is referred to, such as `category`.
        what: &'static str,
        /// The name that was looked for.
        name: String,
    },
    /// Two things have the same name.
    #[error("{file}: there are two {what}s called `{name}`")]
    Duplicate {
        /// Name of the file.
        file: String,
        /// What they are, such as `field`.
        what: &'static str,
        /// Their name.
        name: String,
    },
    /// A rule of the catalogue is not kept.
    #[error("{file}: {place}: {reason}")]
    Rule {
        /// Name of the file.
        file: String,
        /// Where in the file, such as `field phone`.
        place: String,
        /// Which rule.
        reason: String,
    },
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "catalogue.syntax",
            Self::Missing { .. } => "catalogue.missing",
            Self::Unknown { .. } => "catalogue.unknown",
            Self::Duplicate { .. } => "catalogue.duplicate",
            Self::Rule { .. } => "catalogue.rule",
        }
    }
}
