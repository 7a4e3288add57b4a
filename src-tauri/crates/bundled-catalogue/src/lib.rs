//! The catalogue that is part of the program, ready in a few milliseconds because it was read and checked when the program
//! was built.
//!
//! It is a crate of its own because its build script needs the rules of `procedures` compiled already. It does no I/O.
//!
//! Invariant: what [`load`] gives equals what [`Catalogue::load`](procedures::Catalogue::load) gives for the files.

use procedures::{Catalogue, PackError};

/// The catalogue, as the build script left it.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.packed"));

/// The catalogue that is part of the program. Forms are unpacked one by one, when they are opened.
///
/// # Errors
/// [`PackError`] if the program is damaged.
pub fn load() -> Result<Catalogue, PackError> {
    Catalogue::unpack(PACKED)
}

/// Bytes that it takes in the program.
#[must_use]
pub fn size() -> usize {
    PACKED.len()
}
