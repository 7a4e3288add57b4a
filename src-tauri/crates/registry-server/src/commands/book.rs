//! The book of entries: looked through, and corrected by new entries.

use jiff::Timestamp;
use jiff::civil::Date;
use registry_api::SubmissionKey;
use registry_api::office::{CorrectionKind, CorrectionWish};
use registry_server::{Environment as _, Machine, Query};

use super::{Call, Terminal, now, show, unknown};
use crate::Failure;

/// Entries of a page, unless said otherwise.
const PAGE: i64 = 50;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    let official = call.official()?;
    match words {
        ["list"] => list(call, &official, None).await,
        ["search", text] => list(call, &official, Some(text)).await,
        ["show", which] => {
            let entry = Terminal::open(call).await?.desk.entry(&official, which).await?;
            show(&entry.ok_or(Failure::Absent("entry"))?)
        }
        ["rectify", which] => correct(call, &official, which, CorrectionKind::Rectifies).await,
        ["annul", which] => correct(call, &official, which, CorrectionKind::Annuls).await,
        _ => Err(unknown()),
    }
}

async fn list(call: &Call, official: &str, text: Option<&str>) -> Result<(), Failure> {
    let terminal = Terminal::open(call).await?;
    let query = Query {
        from: day(call, &terminal, "from")?.map(|(first, _)| first),
        before: day(call, &terminal, "until")?.map(|(_, next)| next),
        procedure: call.option("procedure").map(str::to_owned),
        nif: call.option("nif").map(str::to_owned),
        text: text.map(str::to_owned),
        below: call.option("below").map(|_| call.number("below", 0)).transpose()?,
        most: call.number("most", PAGE)?,
    };
    show(&terminal.desk.entries(official, &query).await?.entries)
}

async fn correct(call: &Call, official: &str, which: &str, relation: CorrectionKind) -> Result<(), Failure> {
    let reason = call.required("reason")?.to_owned();
    let terminal = Terminal::open(call).await?;
    let mut random = [0; 10];
    Machine.random(&mut random)?;
    let wish = CorrectionWish {
        key: SubmissionKey::new(now(), random),
        relation,
        reason,
        summary: call.option("summary").map(str::to_owned),
        unit: call.option("unit").map(str::to_owned),
    };
    let entry = terminal.desk.correct(official, which, wish).await?;
    show(&entry.ok_or(Failure::Absent("entry"))?)
}

/// First moment of an official day, and that of the next.
fn day(call: &Call, terminal: &Terminal, name: &str) -> Result<Option<(Timestamp, Timestamp)>, Failure> {
    let Some(text) = call.option(name) else { return Ok(None) };
    let wrong = || Failure::Usage(format!("--{name} is a day, such as 2026-03-12"));
    let day: Date = text.parse().map_err(|_| wrong())?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    let calendar = &terminal.desk.calendar;
    Ok(Some((calendar.first_hour(day)?, calendar.first_hour(next)?)))
}
