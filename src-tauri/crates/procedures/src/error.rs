//! Why a catalogue, or one file of it, cannot be used.

use crate::limits;

/// A fault of the catalogue itself, never of an answer: where it is, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {reason}")]
#[non_exhaustive]
pub struct Error {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What kind of fault.
    pub kind: ErrorKind,
    /// The reason, in English, for who writes catalogues.
    pub reason: String,
}

/// Kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file is not TOML of the expected shape.
    Syntax,
    /// A file that the catalogue needs is not there.
    Missing,
    /// Something refers to what does not exist.
    Unknown,
    /// Two things have the same name.
    Duplicate,
    /// A rule of the catalogue is not kept.
    Rule,
    /// A condition or a formula cannot be followed.
    Expression,
    /// A file is not UTF-8.
    Encoding,
    /// A file, or all together, is larger than any catalogue.
    TooLarge,
}

impl Error {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            ErrorKind::Syntax => "catalogue.syntax",
            ErrorKind::Missing => "catalogue.missing",
            ErrorKind::Unknown => "catalogue.unknown",
            ErrorKind::Duplicate => "catalogue.duplicate",
            ErrorKind::Rule => "catalogue.rule",
            ErrorKind::Expression => "catalogue.expression",
            ErrorKind::Encoding => "catalogue.encoding",
            ErrorKind::TooLarge => "catalogue.too-large",
        }
    }

    pub(crate) fn whole(file: &str, kind: ErrorKind, reason: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, kind, reason: reason.into() }
    }

    pub(crate) fn too_large(file: &str, bytes: usize) -> Self {
        let most = limits::FILE_BYTES;
        Self::whole(file, ErrorKind::TooLarge, format!("has {bytes} bytes; the most is {most}"))
    }
}

/// The text of a catalogue's file.
///
/// # Errors
/// [`Error`] with the place of the first byte that is not UTF-8.
pub fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Error> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(Error::too_large(file, bytes.len()));
    }
    std::str::from_utf8(bytes).map_err(|e| {
        let good = bytes.get(..e.valid_up_to()).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or("");
        let line = good.matches('\n').count() + 1;
        let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let reason = "is not UTF-8 here: save the file as UTF-8".to_owned();
        Error { file: file.to_owned(), line, column, kind: ErrorKind::Encoding, reason }
    })
}
