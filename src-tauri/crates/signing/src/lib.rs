//! PAdES baseline signatures over PDF files, and the same beside other bytes: prepare, seal, and check integrity.
//!
//! * [`prepare`] appends one revision with an invisible signature field and gives the [`Digest`] that a card or a
//!   key has to sign; [`Unsigned::seal`] puts the value in and gives the signed file. The level is B-B of
//!   ETSI EN 319 142-1: no timestamp, no signing-time attribute, no certification.
//! * [`inspect`] says whether a file signed that way is whole: what is signed is everything in it.
//! * [`embedded_file`] reads an attachment.
//! * [`sign_detached`] and [`inspect_detached`] do the same for bytes that are no PDF: the same container, by itself.
//!
//! *Who* signed is for `trust` to say: nothing here believes a certificate. It knows neither cards nor the
//! registry: whoever has a key implements [`Signer`].
//!
//! Invariants:
//! * the bytes given are a prefix of the bytes returned, byte for byte;
//! * a signature value is checked with the signer's key before it is written;
//! * a file accepted by [`inspect`] has exactly one signature, which covers everything but its own container, and
//!   the container holds nothing that could be changed without notice: a change of any single byte is refused;
//! * no input makes it panic or take memory without bound: files over [`MAX_PDF`] are refused unread.
//!
//! Deliberately absent: other signature containers, encrypted and hybrid files, several signatures in one file,
//! repair of broken ones.

mod container;
mod detached;
mod embedded;
mod error;
mod form;
mod inspect;
mod pdf;
mod prepare;
mod revision;
mod signer;
mod structure;
mod syntax;

pub use detached::{Detached, inspect_detached, sign_detached};
pub use embedded::embedded_file;
pub use error::{Error, Rule, SignError};
pub use inspect::{Inspected, inspect};
pub use prepare::{Attributes, Unsigned, prepare};
pub use signer::{Digest, KeySigner, Signer};

/// Largest file taken, in bytes.
pub const MAX_PDF: usize = 32 * 1024 * 1024;
/// Largest attachment read out of a file, in bytes, after decompression.
pub const MAX_EMBEDDED: usize = 16 * 1024 * 1024;
