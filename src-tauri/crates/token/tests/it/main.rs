//! Tokens in software, as a module shows them. A module has its settings from the environment and its state in the
//! process, so each test runs in a process of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod card;
mod modules;
mod signatures;
mod stage;
