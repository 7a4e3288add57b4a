//! How the figures of the service are shown: as a table for a spreadsheet, and as a page.

mod chart;
mod page;
mod table;

pub(crate) use page::{Names, POLICY, page};
pub use table::table;
