//! The three papers, from input to bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod contents;
mod papers;
mod samples;
mod strange;
