//! The real registry over real TLS, with authorities and citizens made for the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod assisted;
mod authorisation;
mod calendar;
mod catalogue;
mod citizen;
mod contract;
mod desk;
mod documents;
mod doors;
mod enrolment;
mod exchange;
mod faults;
mod figures;
mod monitoring;
mod numbering;
mod office;
mod official;
mod program;
mod receipts;
mod refusals;
mod sessions;
mod town;
mod unsigned;
mod verification;
mod wire;

/// Address of a new, empty database; none, since each town has a file of its own.
pub(crate) fn fresh_database() -> Option<String> {
    None
}
