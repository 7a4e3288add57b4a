//! The bundled catalogue and its forms, as the kiosk and the registry use them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod catalogue;
mod content;
mod forms;
mod paths;
mod properties;
mod refusals;
