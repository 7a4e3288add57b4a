//! The bundled catalogue and its forms, as the kiosk and the registry use them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod carry;
mod catalogue;
mod citizens;
mod content;
mod documents;
mod expressions;
mod fees;
mod forms;
mod groups;
mod properties;
mod refusals;
mod searches;
mod small;
mod whole;
