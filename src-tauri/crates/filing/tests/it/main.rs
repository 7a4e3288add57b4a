//! The store and the queue: what survives, what is sent, what is kept for the staff.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod fake;
mod queue;
mod store;
