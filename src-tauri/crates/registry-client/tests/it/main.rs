//! The client against servers that misbehave, each in its own way, over real TLS.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod answers;
mod catalogues;
mod server;
mod trust;
