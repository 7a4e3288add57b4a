//! Quarantine, incidents, calendar, kiosks, and the audit.

use jiff::civil::Date;
use registry_server::{Incident, Note, Term};

use super::{Call, Desk, now, show, unknown};
use crate::{Failure, load, say};

/// Lines of a list, unless said otherwise.
const PAGE: i64 = 100;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    match words {
        ["quarantine", "list"] => {
            let official = call.official()?;
            let desk = Desk::open(call).await?;
            desk.note(&official, "quarantine.list", "").await?;
            show(&desk.store.refusals(call.number("most", PAGE)?).await?)
        }
        ["quarantine", "dismiss", id] => {
            let note = Note {
                actor: call.official()?,
                action: "quarantine.dismiss".to_owned(),
                subject: (*id).to_owned(),
                detail: call.required("reason")?.to_owned(),
            };
            let desk = Desk::open(call).await?;
            match desk.store.dismiss(id, note, now()).await? {
                true => Ok(()),
                false => Err(Failure::Absent("refused package")),
            }
        }
        ["incidents", "list"] => show(&Desk::open(call).await?.store.incidents().await?),
        ["incidents", "declare", file] => {
            let official = call.official()?;
            let wrong = |error: toml::de::Error| Failure::Told(format!("{file}: {error}"));
            let incident: Incident = toml::from_str(&std::fs::read_to_string(file)?).map_err(wrong)?;
            let desk = Desk::open(call).await?;
            desk.store.declare(&incident, &official, now()).await?;
            show(&incident)
        }
        ["calendar", "show", year] => {
            let year: i16 = year.parse().map_err(|_| Failure::Usage("a year".to_owned()))?;
            show(&load(call.config()?)?.calendar()?.days_off(year))
        }
        ["calendar", "end", day, term] => {
            let day: Date =
                day.parse().map_err(|_| Failure::Usage("a day, such as 2026-03-12".to_owned()))?;
            let last = load(call.config()?)?.calendar()?.end_of_days(day, read_term(term)?)?;
            say(&format!("{last}\n"))
        }
        ["kiosks", rest @ ..] => super::kiosks::run(call, rest).await,
        ["audit", "verify"] => {
            let store = registry_server::Store::open_for_reading(&load(call.config()?)?.database()).await?;
            let whole = store.verify().await;
            store.close().await;
            let whole = whole?;
            say(&format!(
                "{} entries and {} lines of the log, both chains are whole\n",
                whole.entries, whole.log
            ))
        }
        ["audit", "log"] => {
            let official = call.official()?;
            let desk = Desk::open(call).await?;
            desk.note(&official, "audit.log", call.option("subject").unwrap_or_default()).await?;
            show(&desk.store.log(call.option("subject"), call.number("most", PAGE)?).await?)
        }
        _ => Err(unknown()),
    }
}

/// `10wd`, `10d`, `3m`, `1y`.
fn read_term(text: &str) -> Result<Term, Failure> {
    let wrong = || Failure::Usage("a term, such as 10wd, 10d, 3m or 1y".to_owned());
    let letters = text.find(|character: char| !character.is_ascii_digit()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(letters);
    let number = number.parse().map_err(|_| wrong())?;
    match unit {
        "wd" => Ok(Term::WorkingDays(number)),
        "d" => Ok(Term::NaturalDays(number)),
        "m" => Ok(Term::Months(number)),
        "y" => Ok(Term::Years(number)),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn terms_as_they_are_typed() {
        assert_eq!(read_term("10wd").unwrap(), Term::WorkingDays(10));
        assert_eq!(read_term("3m").unwrap(), Term::Months(3));
        for wrong in ["", "10", "wd", "ten d", "10 d", "-1d", "99999999d"] {
            assert!(read_term(wrong).is_err(), "{wrong}");
        }
    }
}
