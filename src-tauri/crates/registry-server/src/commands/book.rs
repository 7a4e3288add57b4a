//! The book of entries: looked through, and corrected by new entries.

use jiff::Timestamp;
use jiff::civil::Date;
use registry_api::SubmissionKey;
use registry_server::{Correction, Environment as _, Machine, Query, Relation, StoredEntry};
use serde::Serialize;

use super::{Call, Desk, now, show, unknown};
use crate::Failure;

/// Entries of a page, unless said otherwise.
const PAGE: i64 = 50;

/// A line of the book.
#[derive(Serialize)]
struct Line<'a> {
    position: i64,
    number: &'a str,
    registered_at: Timestamp,
    effective_on: Date,
    procedure: &'a str,
    unit: &'a str,
    summary: &'a str,
    interested: &'a str,
    nif: &'a str,
    relation: Option<&'a str>,
}

/// An entry with what became of it.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    entry: &'a StoredEntry,
    /// The last day to resolve with what incidents add, and which did.
    due: Option<(Date, Vec<String>)>,
    /// Numbers of the entries that correct it, and how.
    corrections: Vec<(String, Option<String>)>,
}

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    let official = call.official()?;
    match words {
        ["list"] => list(call, &official, None).await,
        ["search", text] => list(call, &official, Some(text)).await,
        ["show", which] => {
            let desk = Desk::open(call).await?;
            let entry = named(&desk, which).await?;
            desk.note(&official, "entry.show", entry.number.as_str()).await?;
            let corrections = desk.store.corrections_of(&entry).await?;
            let corrections = corrections.into_iter().map(|other| (other.number.to_string(), other.relation));
            show(&Whole {
                due: desk.store.due_of(&entry, &desk.calendar, now()).await?,
                corrections: corrections.collect(),
                entry: &entry,
            })
        }
        ["rectify", which] => correct(call, official, which, Relation::Rectifies).await,
        ["annul", which] => correct(call, official, which, Relation::Annuls).await,
        _ => Err(unknown()),
    }
}

async fn list(call: &Call, official: &str, text: Option<&str>) -> Result<(), Failure> {
    let desk = Desk::open(call).await?;
    let query = Query {
        from: day(call, &desk, "from")?.map(|(first, _)| first),
        before: day(call, &desk, "until")?.map(|(_, next)| next),
        procedure: call.option("procedure").map(str::to_owned),
        nif: call.option("nif").map(str::to_owned),
        text: text.map(str::to_owned),
        below: call.option("below").map(|_| call.number("below", 0)).transpose()?,
        most: call.number("most", PAGE)?,
    };
    let entries = desk.store.entries(&query).await?;
    for entry in &entries {
        desk.note(official, "entry.list", entry.number.as_str()).await?;
    }
    let lines = entries.iter().map(|entry| Line {
        position: entry.position,
        number: entry.number.as_str(),
        registered_at: entry.registered_at,
        effective_on: entry.effective_on,
        procedure: &entry.procedure,
        unit: &entry.unit,
        summary: &entry.summary,
        interested: &entry.interested.name,
        nif: &entry.interested.nif,
        relation: entry.relation.as_deref(),
    });
    show(&lines.collect::<Vec<_>>())
}

async fn correct(call: &Call, official: String, which: &str, relation: Relation) -> Result<(), Failure> {
    let reason = call.required("reason")?.to_owned();
    let desk = Desk::open(call).await?;
    let entry = named(&desk, which).await?;
    let mut random = [0; 10];
    Machine.random(&mut random)?;
    let correction = Correction {
        relation,
        reason,
        summary: call.option("summary").map(str::to_owned),
        unit: call.option("unit").map(str::to_owned),
        official,
        key: SubmissionKey::new(now(), random),
        at: now(),
    };
    show(&desk.store.correct(&entry, correction, &desk.calendar).await?)
}

async fn named(desk: &Desk, which: &str) -> Result<StoredEntry, Failure> {
    desk.store.entry_named(desk.config.office(), which).await?.ok_or(Failure::Absent("entry"))
}

/// First moment of an official day, and that of the next.
fn day(call: &Call, desk: &Desk, name: &str) -> Result<Option<(Timestamp, Timestamp)>, Failure> {
    let Some(text) = call.option(name) else { return Ok(None) };
    let wrong = || Failure::Usage(format!("--{name} is a day, such as 2026-03-12"));
    let day: Date = text.parse().map_err(|_| wrong())?;
    let next = day.tomorrow().map_err(|_| wrong())?;
    Ok(Some((desk.calendar.first_hour(day)?, desk.calendar.first_hour(next)?)))
}
