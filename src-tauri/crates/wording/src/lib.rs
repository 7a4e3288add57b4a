//! Languages, what is said in them, and how dates, money and numbers are written.
//!
//! Holds the three languages of the counter ([`Language`]), words that exist in all three at once ([`Text`]), the
//! Fluent messages of the page, the faults, the form fields and the documents ([`Wording`]), and [`mod@format`].
//! It decides nothing, reads no clock and touches no disk: the messages are part of the program.
//!
//! Invariants: the three languages have the same messages, the same attributes and the same arguments (a test of
//! this crate); a message id exists once across all files; typeset words use the apostrophe U+2019.

pub mod format;
mod language;
mod messages;

pub use language::{Language, Text, UnknownLanguage};
pub use messages::{Arg, Wording};
