//! The suite of `it` once more, on a PostgreSQL cluster of its own; and what only several servers can show.
// What the killing came to is printed: it is a figure to be read, besides what is asserted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod asking;
#[path = "../it/assisted.rs"]
mod assisted;
mod at_once;
#[path = "../it/authorisation.rs"]
mod authorisation;
#[path = "../it/calendar.rs"]
mod calendar;
#[path = "../it/catalogue.rs"]
mod catalogue;
#[path = "../it/citizen.rs"]
mod citizen;
mod cluster;
#[path = "../it/desk.rs"]
mod desk;
#[path = "../it/documents.rs"]
mod documents;
#[path = "../it/doors.rs"]
mod doors;
#[path = "../it/enrolment.rs"]
mod enrolment;
#[path = "../it/exchange.rs"]
mod exchange;
mod falling;
#[path = "../it/figures.rs"]
mod figures;
mod killing;
#[path = "../it/monitoring.rs"]
mod monitoring;
#[path = "../it/numbering.rs"]
mod numbering;
#[path = "../it/office.rs"]
mod office;
#[path = "../it/official.rs"]
mod official;
#[path = "../it/program.rs"]
mod program;
#[path = "../it/receipts.rs"]
mod receipts;
#[path = "../it/refusals.rs"]
mod refusals;
#[path = "../it/sessions.rs"]
mod sessions;
mod standby;
#[path = "../it/town.rs"]
mod town;
#[path = "../it/unsigned.rs"]
mod unsigned;
#[path = "../it/verification.rs"]
mod verification;
#[path = "../it/wire.rs"]
mod wire;

/// Address of a new, empty database.
pub(crate) fn fresh_database() -> Option<String> {
    Some(cluster::fresh_database())
}
