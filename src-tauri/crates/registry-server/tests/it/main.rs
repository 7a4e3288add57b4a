//! The real registry over real TLS, with authorities and citizens made for the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod calendar;
mod catalogue;
mod citizen;
mod doors;
mod numbering;
mod program;
mod receipts;
mod refusals;
mod town;
mod wire;
