//! Packages on their way: set down in files while they arrive, so that none is ever whole in memory.
//!
//! A package is one JSON text with files inside, in base 64. It is set down as it comes; then each long text in it is taken
//! out, decoded into a file of its own and replaced by a mark that nobody else can know. What is left is short, and read as
//! any other JSON. Files have no name: whatever becomes of this process, nothing of them is left.

mod taker;

use std::fs::File;
use std::io;
use std::path::PathBuf;

use registry_api::{Content, Sha256Hex, Submission};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

pub(crate) use taker::Taker;

/// Longest content that stays in memory, bytes.
const IN_MEMORY: usize = 256 * 1024;
/// From which length on a text is taken out that goes on in the next piece, bytes: longer than any answer.
const LONG: usize = 64 * 1024;

/// Where files are set down.
#[derive(Debug, Clone)]
pub(crate) struct Spool {
    folder: PathBuf,
}

/// Why there is no submission.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// It is not one. The place, where it is known, as line and column.
    #[error("it is not a submission")]
    Malformed(Option<(usize, usize)>),
    #[error("it cannot be set down or read")]
    File(#[from] io::Error),
}

impl Spool {
    /// The folder has to be there.
    pub(crate) const fn of(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// A new file without a name.
    pub(crate) fn file(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.folder)
    }

    /// A content that comes piece by piece.
    pub(crate) fn arriving(&self) -> Arriving {
        Arriving { spool: self.clone(), hash: Sha256::new(), len: 0, memory: Vec::new(), file: None }
    }

    /// Reads a package.
    pub(crate) fn submission(&self, package: &Content) -> Result<Submission, Fault> {
        let mut mark = [0; 16];
        openssl::rand::rand_bytes(&mut mark).map_err(io::Error::other)?;
        let mut taker = Taker::new(self, mark, LONG);
        let mut fault = None;
        package.each_piece(|piece| {
            for piece in piece.chunks(IN_MEMORY) {
                if fault.is_none() {
                    fault = taker.read(piece).err();
                }
            }
        })?;
        match fault {
            Some(fault) => Err(fault),
            None => taker.submission(),
        }
    }
}

/// A content that comes piece by piece: in memory as long as it is short.
pub(crate) struct Arriving {
    spool: Spool,
    hash: Sha256,
    len: u64,
    memory: Vec<u8>,
    file: Option<tokio::fs::File>,
}

impl Arriving {
    /// How many bytes have come.
    pub(crate) const fn len(&self) -> u64 {
        self.len
    }

    /// Adds the next piece.
    pub(crate) async fn add(&mut self, piece: &[u8]) -> io::Result<()> {
        self.hash.update(piece);
        self.len += piece.len() as u64;
        if self.file.is_none() && self.memory.len() + piece.len() > IN_MEMORY {
            let spool = self.spool.clone();
            let file = tokio::task::spawn_blocking(move || spool.file()).await;
            let mut file = tokio::fs::File::from_std(file.map_err(io::Error::other).flatten()?);
            file.write_all(&std::mem::take(&mut self.memory)).await?;
            self.file = Some(file);
        }
        match &mut self.file {
            Some(file) => file.write_all(piece).await,
            None => {
                self.memory.extend_from_slice(piece);
                Ok(())
            }
        }
    }

    /// All of it, and its hash.
    pub(crate) async fn finish(self) -> io::Result<(Content, Sha256Hex)> {
        let sha256 = Sha256Hex::from_digest(self.hash.finalize().into());
        let content = match self.file {
            None => self.memory.into(),
            Some(mut file) => {
                file.flush().await?;
                Content::set_down(file.into_std().await, self.len, sha256.clone())
            }
        };
        Ok((content, sha256))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_arrives_is_what_came() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::of(folder.path().to_owned());
        for length in [0, 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY + 7] {
            let bytes: Vec<u8> = (0..length).map(|place| place.to_le_bytes()[place % 3]).collect();
            let mut arriving = spool.arriving();
            for piece in bytes.chunks(100_000) {
                arriving.add(piece).await.unwrap();
            }
            let (content, hash) = arriving.finish().await.unwrap();
            assert_eq!((content.bytes().unwrap().as_ref(), hash), (bytes.as_slice(), content.sha256()));
        }
        let nowhere = Spool::of(folder.path().join("nowhere"));
        assert!(nowhere.arriving().add(&vec![0; IN_MEMORY + 1]).await.is_err());
    }
}
