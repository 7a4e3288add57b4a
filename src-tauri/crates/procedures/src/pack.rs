//! The catalogue as a program carries it: read and checked once, when the program is built, and written down so that a
//! kiosk has it in a few milliseconds. Nothing is checked again when it is unpacked, and no places in files are kept: what
//! is read while a kiosk runs goes through [`Catalogue::load`] instead.
//!
//! The format is that of the crate `postcard`, of this version of this crate only: it is never stored nor sent.

use crate::catalogue::Catalogue;

/// A catalogue that cannot be packed, or bytes that are no packed catalogue.
#[derive(Debug, thiserror::Error)]
#[error("the packed catalogue cannot be used: {0}")]
pub struct PackError(String);

impl PackError {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "catalogue.packed"
    }
}

impl Catalogue {
    /// Writes it down, and makes sure that it reads back as it is, every form included.
    ///
    /// # Errors
    /// [`PackError`] if it does not.
    pub fn pack(&self) -> Result<Vec<u8>, PackError> {
        let packed = postcard::to_stdvec(self).map_err(|error| PackError(error.to_string()))?;
        if Self::unpack(&packed)? == *self {
            Ok(packed)
        } else {
            Err(PackError("it does not read back as it was".to_owned()))
        }
    }

    /// The catalogue that was packed.
    ///
    /// # Errors
    /// [`PackError`] if the bytes are damaged.
    pub fn unpack(packed: &[u8]) -> Result<Self, PackError> {
        postcard::from_bytes(packed).map_err(|error| PackError(error.to_string()))
    }
}
