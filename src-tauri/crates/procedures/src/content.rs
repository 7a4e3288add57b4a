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
/// Marks of scripts, of programs to be started, and of forms that draw themselves, as they stand in a PDF that does not
/// hide them. Whoever can look into its compressed parts looks for them there too.
const ACTIVE: [&[u8]; 3] = [b"/JavaScript", b"/Launch", b"/XFA"];

/// The kind of a file, by its content. The mark must be at the very beginning, so that a file is of one kind only.
#[must_use]
pub fn sniff(content: &[u8]) -> Option<Mime> {
    Look::at(content).kind()
}

/// Whether a size fits a document's rule; to be asked before reading a file.
///
/// # Errors
/// [`Refusal::TooBig`], with the size found and the limit.
pub fn check_size(bytes: u64, rule: &DocumentRule) -> Result<(), Refusal> {
    let max = rule.max_bytes();
    if bytes > max { Err(Refusal::TooBig { found: bytes, max }) } else { Ok(()) }
}

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
    Look::at(content).judge(rule)
}

/// What is looked for in a file, found piece by piece, so that a large one need never be whole in memory.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Bytes seen.
    seen: u64,
    /// The first of them.
    head: Vec<u8>,
    /// The end of what was seen, which a mark may have begun in.
    tail: Vec<u8>,
    /// Marks found, in the order of [`MARKS`].
    found: [bool; MARKS.len()],
    /// The last byte that is no white space.
    last: Option<u8>,
}

/// Bytes of the beginning that tell the kind.
const HEAD: usize = 8;

/// What is looked for anywhere.
const MARKS: [&[u8]; 9] = [
    b"%%EOF",
    &[0xFF, 0xD9],
    b"IEND",
    XML_SIGNATURE,
    b"<!DOCTYPE",
    b"/Encrypt",
    ACTIVE[0],
    ACTIVE[1],
    ACTIVE[2],
];

impl Look {
    /// At a whole file.
    #[must_use]
    pub fn at(content: &[u8]) -> Self {
        let mut look = Self::default();
        look.go_on(content);
        look
    }

    /// At the next piece.
    pub fn go_on(&mut self, piece: &[u8]) {
        self.seen = self.seen.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        let wanting = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(piece.get(..wanting).unwrap_or_default());
        let longest = MARKS.iter().map(|mark| mark.len()).max().unwrap_or(0);
        // Where one piece meets the next.
        let mut seam = std::mem::take(&mut self.tail);
        seam.extend_from_slice(piece.get(..longest.min(piece.len())).unwrap_or_default());
        for (mark, found) in MARKS.iter().zip(&mut self.found) {
            *found = *found || contains(&seam, mark) || contains(piece, mark);
        }
        self.tail = match piece.len() >= longest {
            true => piece.get(piece.len() - longest..).unwrap_or_default().to_vec(),
            false => seam.split_off(seam.len().saturating_sub(longest)),
        };
        self.last = piece.trim_ascii_end().last().copied().or(self.last);
    }

    /// The kind of what was seen.
    #[must_use]
    pub fn kind(&self) -> Option<Mime> {
        let head = self.head.as_slice();
        if head.starts_with(b"%PDF-") {
            Some(Mime::Pdf)
        } else if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Mime::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Mime::Png)
        } else if head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).starts_with(b"<?xml") {
            Some(if self.has(XML_SIGNATURE) { Mime::Xsig } else { Mime::Xml })
        } else {
            None
        }
    }

    /// Whether what was seen is of an accepted kind, and all there.
    ///
    /// # Errors
    /// As [`whole`].
    pub fn judge(&self, rule: &DocumentRule) -> Result<Mime, Refusal> {
        if self.seen == 0 {
            return Err(Refusal::Empty);
        }
        let kind = self.kind().filter(|kind| rule.formats.contains(kind)).ok_or(Refusal::Kind)?;
        let whole = match kind {
            Mime::Pdf => self.has(b"%%EOF"),
            Mime::Jpeg => self.has(&[0xFF, 0xD9]),
            Mime::Png => self.has(b"IEND"),
            // A document type could make its reader fetch or unfold anything.
            Mime::Xml | Mime::Xsig => self.last == Some(b'>') && !self.has(b"<!DOCTYPE"),
        };
        if !whole {
            return Err(Refusal::Damaged);
        }
        // A locked document could not be read by who has to decide.
        if kind == Mime::Pdf && self.has(b"/Encrypt") {
            return Err(Refusal::Locked);
        }
        if kind == Mime::Pdf && ACTIVE.iter().any(|mark| self.has(mark)) {
            return Err(Refusal::Active);
        }
        Ok(kind)
    }

    fn has(&self, mark: &[u8]) -> bool {
        MARKS.iter().zip(self.found).any(|(known, found)| found && *known == mark)
    }
}

fn contains(content: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(content, mark).is_some()
}
