//! What is in a file that is handed in: in memory, or set down in a file of its own while it is on its way.

use std::cell::Cell;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use crate::{Base64Bytes, Sha256Hex};

/// Bytes that are read at a time. A multiple of three, which base 64 writes as four characters without remainder.
const PIECE: usize = 48 * 1024;

/// Bytes that may be many, written as base 64 with padding (RFC 4648, clause 4).
// Readers of the API's description see the line above. `Debug` tells how many there are, never which; clones share them.
#[derive(Clone, ToSchema)]
#[schema(value_type = String, format = Byte)]
pub struct Content(Held);

#[derive(Clone)]
enum Held {
    Memory(Bytes),
    File(Arc<SetDown>),
}

/// A file that nobody else writes, and what is known of it.
struct SetDown {
    file: File,
    len: u64,
    sha256: Sha256Hex,
}

impl Content {
    /// What has been set down: a file, its length in bytes and its hash. Nobody may write to it any more.
    #[must_use]
    pub fn set_down(file: File, len: u64, sha256: Sha256Hex) -> Self {
        Self(Held::File(Arc::new(SetDown { file, len, sha256 })))
    }

    /// How many bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        match &self.0 {
            Held::Memory(bytes) => bytes.len() as u64,
            Held::File(file) => file.len,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Their SHA-256.
    #[must_use]
    pub fn sha256(&self) -> Sha256Hex {
        match &self.0 {
            Held::Memory(bytes) => Sha256Hex::of(bytes),
            Held::File(file) => file.sha256.clone(),
        }
    }

    /// Reads them from the beginning; any number of readers may be at it.
    #[must_use]
    pub const fn reader(&self) -> Reader<'_> {
        Reader { content: self, at: 0 }
    }

    /// All of them, in memory.
    ///
    /// # Errors
    /// When the file cannot be read, or is not as long as it was.
    pub fn bytes(&self) -> io::Result<Bytes> {
        match &self.0 {
            Held::Memory(bytes) => Ok(bytes.clone()),
            Held::File(file) => {
                let mut bytes = vec![0; usize::try_from(file.len).map_err(io::Error::other)?];
                file.file.read_exact_at(&mut bytes, 0)?;
                Ok(bytes.into())
            }
        }
    }

    /// So many of them at most from a place on; none where they end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn piece(&self, at: u64, most: usize) -> io::Result<Bytes> {
        match &self.0 {
            Held::Memory(bytes) => {
                let from = usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                Ok(bytes.slice(from..from.saturating_add(most).min(bytes.len())))
            }
            Held::File(file) => {
                let left = file.len.saturating_sub(at);
                let mut piece = vec![0; usize::try_from(left).unwrap_or(most).min(most)];
                file.file.read_exact_at(&mut piece, at)?;
                Ok(piece.into())
            }
        }
    }

    /// Shows them to somebody piece by piece.
    ///
    /// # Errors
    /// When the file cannot be read, or is not as long as it was.
    pub fn each_piece(&self, mut show: impl FnMut(&[u8])) -> io::Result<()> {
        if let Held::Memory(bytes) = &self.0 {
            show(bytes);
            return Ok(());
        }
        let mut piece = vec![0; PIECE];
        let (mut reader, mut left) = (self.reader(), self.len());
        while left > 0 {
            let next = piece.get_mut(..usize::try_from(left).unwrap_or(PIECE).min(PIECE)).unwrap_or_default();
            reader.read_exact(next)?;
            show(next);
            left -= next.len() as u64;
        }
        Ok(())
    }
}

/// Reads a content from where it stands.
pub struct Reader<'a> {
    content: &'a Content,
    at: u64,
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &self.content.0 {
            Held::Memory(bytes) => {
                let from = usize::try_from(self.at).unwrap_or(usize::MAX);
                bytes.get(from..).unwrap_or_default().read(into)?
            }
            Held::File(file) => file.file.read_at(into, self.at)?,
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Default for Content {
    fn default() -> Self {
        Self(Held::Memory(Bytes::new()))
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Held::Memory(bytes.into()))
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self(Held::Memory(bytes))
    }
}

/// The same bytes, wherever they are.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Held::Memory(one), Held::Memory(two)) => one == two,
            _ => self.len() == other.len() && self.sha256() == other.sha256(),
        }
    }
}

impl Eq for Content {}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Base64Bytes::deserialize(deserializer)?.shared().into())
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written { content: self, unread: Cell::new(None) };
        let done = serializer.collect_str(&written)?;
        // Whoever formats may say only what the writer said.
        written.unread.take().map_or(Ok(done), |error| Err(S::Error::custom(error)))
    }
}

/// As base 64, a piece at a time.
struct Written<'a> {
    content: &'a Content,
    /// Why what is written is not all.
    unread: Cell<Option<io::Error>>,
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        let mut told = Ok(());
        let read = self.content.each_piece(|piece| {
            for piece in piece.chunks(PIECE) {
                text.clear();
                STANDARD.encode_string(piece, &mut text);
                told = told.and_then(|()| f.write_str(&text));
            }
        });
        self.unread.set(read.err());
        told
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({} bytes)", self.len())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_all_there_is_an_error_and_no_text() {
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, &[7; 100_000]).unwrap();
        let set_down = |len| Content::set_down(file.try_clone().unwrap(), len, Sha256Hex::of(&[7; 100_000]));
        let whole = serde_json::to_string(&set_down(100_000)).unwrap();
        assert_eq!(serde_json::from_str::<Content>(&whole).unwrap(), set_down(100_000));
        let short = set_down(100_001);
        assert!(serde_json::to_string(&short).is_err());
        assert!(serde_json::to_value(&short).is_err());
        assert!(short.bytes().is_err() && short.piece(99_999, 9).is_err());
    }
}
