//! Files as people bring them, and as nobody should.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod pdfs;
mod photographs;
mod taking;
