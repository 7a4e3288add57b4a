//! The card met from outside: by a terminal written here for the purpose, and by a stand-in for vpcd.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bridge;
mod contactless;
mod conversation;
mod faults;
mod inspection;
mod issue;
mod program;
mod robustness;
mod table;
mod terminal;
