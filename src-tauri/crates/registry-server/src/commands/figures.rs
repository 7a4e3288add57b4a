//! The figures of the service, at a terminal.

use jiff::civil::Date;
use registry_server::table;

use super::{Call, Terminal, show};
use crate::{Failure, say};

pub(super) async fn run(call: &Call) -> Result<(), Failure> {
    let day = |name: &str| -> Result<Option<Date>, Failure> {
        let wrong = |_| Failure::Usage(format!("--{name} is a day, such as 2026-03-12"));
        call.option(name).map(|text| text.parse().map_err(wrong)).transpose()
    };
    let (from, until) = (day("from")?, day("until")?);
    let format = call.option("format").unwrap_or("json");
    if !["json", "csv"].contains(&format) {
        return Err(Failure::Usage("--format is json or csv".to_owned()));
    }
    let figures = Terminal::open(call).await?.desk.figures(from, until).await?;
    if format == "csv" { say(&table(&figures)?) } else { show(&figures) }
}
