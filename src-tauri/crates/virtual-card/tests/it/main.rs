//! The card met from outside: by a terminal written here for the purpose, and by a stand-in for vpcd.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bridge;
mod conversation;
mod issue;
mod robustness;
mod table;
mod terminal;
