//! Readers by the names PC/SC gives them.

use std::{
    ffi::{CStr, CString},
    fmt,
};

/// The name of a reader, such as `Virtual PCD 00 00`. Unique while the reader is attached, and no longer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReaderName(CString);

impl ReaderName {
    /// From text; `None` when it holds a zero character, which no reader's name does.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        CString::new(name).ok().map(Self)
    }

    pub(crate) fn as_c_str(&self) -> &CStr {
        &self.0
    }
}

impl From<&CStr> for ReaderName {
    fn from(name: &CStr) -> Self {
        Self(name.to_owned())
    }
}

impl fmt::Display for ReaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string_lossy())
    }
}

impl fmt::Debug for ReaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0.to_string_lossy())
    }
}
