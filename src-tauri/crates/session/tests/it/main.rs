//! The session machine from outside: journeys, what ends it, any event in any state, and the page's types.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod any_event;
mod bindings;
mod documents;
mod finding;
mod forms;
mod groups;
mod identify;
mod journeys;
mod stage;
mod walks;
