//! What can go wrong. Each is a fault of the program: no input of a citizen leads here.

/// Why a document could not be made.
///
/// Messages of the typesetter may quote what is being set, so only the place in the template is kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A typeface or template that is part of the program is broken.
    #[error("the typefaces or templates of the program are broken")]
    Assets,
    /// The data could not be written for the template.
    #[error("the data cannot be written as JSON")]
    Data {
        /// Why.
        source: serde_json::Error,
    },
    /// The template did not compile with the data.
    #[error("{template} does not compile ({place})")]
    Layout {
        /// Name of the template.
        template: &'static str,
        /// File and line of the fault, as far as known.
        place: String,
    },
    /// The pages do not fulfil PDF/A-3a and PDF/UA-1.
    #[error("{template} is not PDF/A-3a and PDF/UA-1 ({place})")]
    Export {
        /// Name of the template.
        template: &'static str,
        /// File and line of the fault, as far as known.
        place: String,
    },
    /// The time of the document is outside what a PDF can say.
    #[error("the time of the document cannot be written in a PDF")]
    Time,
    /// The link is too long for a QR code.
    #[error("the verification link does not fit a QR code")]
    Square,
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Assets => "document.assets",
            Self::Data { .. } => "document.data",
            Self::Layout { .. } => "document.layout",
            Self::Export { .. } => "document.export",
            Self::Time => "document.time",
            Self::Square => "document.square",
        }
    }
}
