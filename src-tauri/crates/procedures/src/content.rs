//! What a file is, by its first bytes: a name's ending says what somebody called it, not what it is.

use serde::{Deserialize, Serialize};

use crate::DocumentRule;

/// Kinds of files that can be filed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mime {
    /// `application/pdf`
    Pdf,
    /// `image/jpeg`
    #[serde(rename = "jpg")]
    Jpeg,
    /// `image/png`
    Png,
    /// `application/xml`: electronic invoices.
    Xml,
    /// The same with a signature inside (XML-DSig), as invoices are signed (Facturae 3.2, XAdES).
    Xsig,
}

impl Mime {
    /// The media type.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Xml | Self::Xsig => "application/xml",
        }
    }

    /// The kind with this media type.
    #[must_use]
    pub fn of(media_type: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png, Self::Xml].into_iter().find(|kind| kind.as_str() == media_type)
    }

    /// What people call it.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPG",
            Self::Png => "PNG",
            Self::Xml => "XML",
            Self::Xsig => "XSIG",
        }
    }

    /// The ending of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Xml => "xml",
            Self::Xsig => "xsig",
        }
    }
}

/// Why a file cannot be filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Not one of the kinds accepted for this document.
    #[error("the file is not of an accepted kind")]
    Kind,
    /// Larger than accepted for this document.
    #[error("the file has {found} bytes, more than {max}")]
    TooBig {
        /// Bytes found.
        found: u64,
        /// Most bytes accepted.
        max: u64,
    },
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Cut short, or not readable to its end.
    #[error("the file is damaged")]
    Damaged,
    /// Locked with a password.
    #[error("the file is locked with a password")]
    Locked,
    /// It would do something by itself: run, or show what is not in its pages.
    #[error("the file has active content")]
    Active,
    /// A picture of more dots than can be handled.
    #[error("the picture has {found} million dots, more than {max}")]
    TooDetailed {
        /// Millions of dots found.
        found: u64,
        /// Most millions accepted.
        max: u64,
    },
}

impl Refusal {
    /// Stable code; the words of each are the message with hyphens for dots.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kind => "file.kind",
            Self::TooBig { .. } => "file.too-big",
            Self::Empty => "file.empty",
            Self::Damaged => "file.damaged",
            Self::Locked => "file.locked",
            Self::Active => "file.active",
            Self::TooDetailed { .. } => "file.too-detailed",
        }
    }

    /// Arguments of the message: what was found and what is accepted.
    #[must_use]
    pub fn args(&self, rule: &DocumentRule) -> Vec<(String, String)> {
        let limits = |found: u64, max: u64| {
            vec![("found".to_owned(), found.to_string()), ("max".to_owned(), max.to_string())]
        };
        match self {
            Self::Kind => vec![("kinds".to_owned(), rule.kinds())],
            // Rounded up, so that what is told is never within the limit.
            Self::TooBig { found, max } => limits(found.div_ceil(1_000_000), max / 1_000_000),
            Self::TooDetailed { found, max } => limits(*found, *max),
            Self::Empty | Self::Damaged | Self::Locked | Self::Active => Vec::new(),
        }
    }
}

/// Namespace of a signature inside XML (XML-DSig, clause 1.3).
const XML_SIGNATURE: &[u8] = b"http://www.w3.org/2000/09/xmldsig#";

/// The kind of a file, by its content. The mark must be at the very beginning, so that a file is of one kind only.
#[must_use]
pub fn sniff(content: &[u8]) -> Option<Mime> {
    if content.starts_with(b"%PDF-") {
        Some(Mime::Pdf)
    } else if content.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(Mime::Jpeg)
    } else if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Mime::Png)
    } else if content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content).starts_with(b"<?xml") {
        Some(if contains(content, XML_SIGNATURE) { Mime::Xsig } else { Mime::Xml })
    } else {
        None
    }
}

/// Whether a size fits a document's rule; to be asked before reading a file.
///
/// # Errors
/// [`Refusal::TooBig`], with the size found and the limit.
pub fn check_size(bytes: u64, rule: &DocumentRule) -> Result<(), Refusal> {
    let max = rule.max_bytes();
    if bytes > max { Err(Refusal::TooBig { found: bytes, max }) } else { Ok(()) }
}

/// Marks of scripts, of programs to be started, and of forms that draw themselves, as they stand in a PDF that does not
/// hide them. Whoever can look into its compressed parts looks for them there too.
const ACTIVE: [&[u8]; 3] = [b"/JavaScript", b"/Launch", b"/XFA"];

/// Whether a file may be filed as this document.
///
/// # Errors
/// [`Refusal`]: too big, or as [`whole`].
pub fn check(content: &[u8], rule: &DocumentRule) -> Result<Mime, Refusal> {
    check_size(u64::try_from(content.len()).unwrap_or(u64::MAX), rule)?;
    whole(content, rule)
}

/// Whether a file is of an accepted kind, and all there; its size is not looked at.
///
/// # Errors
/// [`Refusal`]: empty, of another kind, damaged, locked, or active.
pub fn whole(content: &[u8], rule: &DocumentRule) -> Result<Mime, Refusal> {
    if content.is_empty() {
        return Err(Refusal::Empty);
    }
    let kind = sniff(content).filter(|kind| rule.formats.contains(kind)).ok_or(Refusal::Kind)?;
    let whole = match kind {
        Mime::Pdf => contains(content, b"%%EOF"),
        Mime::Jpeg => contains(content, &[0xFF, 0xD9]),
        Mime::Png => contains(content, b"IEND"),
        // A document type could make its reader fetch or unfold anything.
        Mime::Xml | Mime::Xsig => {
            content.trim_ascii_end().ends_with(b">") && !contains(content, b"<!DOCTYPE")
        }
    };
    if !whole {
        return Err(Refusal::Damaged);
    }
    // A locked document could not be read by who has to decide.
    if kind == Mime::Pdf && contains(content, b"/Encrypt") {
        return Err(Refusal::Locked);
    }
    if kind == Mime::Pdf && ACTIVE.iter().any(|mark| contains(content, mark)) {
        return Err(Refusal::Active);
    }
    Ok(kind)
}

fn contains(content: &[u8], mark: &[u8]) -> bool {
    content.windows(mark.len()).any(|window| window == mark)
}
