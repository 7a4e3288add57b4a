//! The catalogue as a program carries it: read and checked once, when the program is built, and written down so that a
//! kiosk has it in a few milliseconds. Nothing is checked again when it is unpacked, and no places in files are kept: what
//! is read while a kiosk runs goes through [`Catalogue::load`] instead.
//!
//! The forms come last, so that whoever reads the rest does not pass through them.
//!
//! The format is that of the crate `postcard`, of this version of this crate only: it is never stored nor sent.

use serde::{Deserialize, Serialize};

use crate::catalogue::Catalogue;
use crate::lazy::LazyForm;

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

/// What comes before the forms, which follow one another.
#[derive(Serialize, Deserialize)]
struct Front<C> {
    /// The catalogue without its forms.
    catalogue: C,
    /// How many bytes the form of each procedure takes, in their order.
    forms: Vec<usize>,
}

impl Catalogue {
    /// Writes it down, and makes sure that it reads back as it is, every form included. What is written stays in memory as
    /// long as the program runs, because forms are unpacked from it: this is for a build script, once.
    ///
    /// # Errors
    /// [`PackError`] if it does not read back.
    pub fn pack(&self) -> Result<&'static [u8], PackError> {
        let written = |error: postcard::Error| PackError(error.to_string());
        let forms: Vec<Vec<u8>> = self
            .procedures()
            .map(|procedure| postcard::to_stdvec(&*procedure.form))
            .collect::<Result<_, _>>()
            .map_err(written)?;
        let front = Front { catalogue: self, forms: forms.iter().map(Vec::len).collect() };
        let mut packed = postcard::to_stdvec(&front).map_err(written)?;
        packed.extend(forms.into_iter().flatten());
        let packed: &'static [u8] = packed.leak();
        if Self::unpack(packed)? == *self {
            Ok(packed)
        } else {
            Err(PackError("it does not read back as it was".to_owned()))
        }
    }

    /// The catalogue that was packed. Its forms stay where they are until somebody opens them.
    ///
    /// # Errors
    /// [`PackError`] if the bytes are damaged.
    pub fn unpack(packed: &'static [u8]) -> Result<Self, PackError> {
        let (front, mut rest): (Front<Self>, _) =
            postcard::take_from_bytes(packed).map_err(|error| PackError(error.to_string()))?;
        let Front { mut catalogue, forms } = front;
        let short = || PackError("its forms are not all there".to_owned());
        if forms.len() != catalogue.procedures().count() {
            return Err(short());
        }
        for (procedure, length) in catalogue.procedures_mut().zip(forms) {
            let (form, after) = rest.split_at_checked(length).ok_or_else(short)?;
            procedure.form = LazyForm::packed(form);
            rest = after;
        }
        if rest.is_empty() { Ok(catalogue) } else { Err(short()) }
    }
}
