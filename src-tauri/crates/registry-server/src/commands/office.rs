//! Quarantine, incidents, calendar, kiosks, and the audit.

use std::os::unix::fs::OpenOptionsExt as _;

use jiff::civil::Date;
use registry_api::{Head, SignedHead};
use registry_server::{Config, Incident, read_term};
use trust::Certificate;

use super::{Call, Terminal, show, unknown};
use crate::{Failure, load, say};

/// Lines of a list, unless said otherwise.
const PAGE: i64 = 100;

pub(super) async fn run(call: &Call, words: &[&str]) -> Result<(), Failure> {
    match words {
        ["quarantine", "list"] => {
            let official = call.official()?;
            let desk = Terminal::open(call).await?.desk;
            show(&desk.quarantine(&official, call.number("most", PAGE)?).await?)
        }
        ["quarantine", "dismiss", id] => {
            let (official, reason) = (call.official()?, call.required("reason")?);
            match Terminal::open(call).await?.desk.dismiss(&official, id, reason).await? {
                true => Ok(()),
                false => Err(Failure::Absent("refused package")),
            }
        }
        ["quarantine", "save", id, file] => {
            let official = call.official()?;
            let package = Terminal::open(call).await?.desk.refused_package(&official, id).await?;
            let package = package.ok_or(Failure::Absent("refused package that was kept"))?;
            let mut options = std::fs::OpenOptions::new();
            let mut file = options.write(true).create_new(true).mode(0o600).open(file)?;
            std::io::copy(&mut package.reader(), &mut file)?;
            Ok(())
        }
        ["incidents", "list"] => show(&Terminal::open(call).await?.desk.incidents().await?),
        ["incidents", "declare", file] => {
            let official = call.official()?;
            let wrong = |error: toml::de::Error| Failure::Told(format!("{file}: {error}"));
            let incident: Incident = toml::from_str(&std::fs::read_to_string(file)?).map_err(wrong)?;
            Terminal::open(call).await?.desk.declare(&official, &incident).await?;
            show(&incident)
        }
        ["calendar", "show", year] => {
            let year: i16 = year.parse().map_err(|_| Failure::Usage("a year".to_owned()))?;
            show(&load(call.config()?)?.calendar()?.days_off(year))
        }
        ["calendar", "end", day, term] => {
            let day: Date =
                day.parse().map_err(|_| Failure::Usage("a day, such as 2026-03-12".to_owned()))?;
            let term = read_term(term)
                .ok_or_else(|| Failure::Usage("a term, such as 10wd, 10d, 3m or 1y".to_owned()))?;
            let last = load(call.config()?)?.calendar()?.end_of_days(day, term)?;
            say(&format!("{last}\n"))
        }
        ["kiosks", rest @ ..] => super::kiosks::run(call, rest).await,
        ["staff", rest @ ..] => super::staff::run(call, rest).await,
        ["audit", "verify"] => {
            let config = load(call.config()?)?;
            let head = call.option("head").map(|file| published(call, &config, file)).transpose()?;
            let store =
                registry_server::Store::open_for_reading(&config.database(), &config.keeping()?).await?;
            let store = call.closed_at_the_end(store);
            let whole = store.verify().await?;
            if let Some(head) = head {
                if !store.still_holds(&head).await? {
                    return Err(Failure::Told(
                        "the book is not the one that the head was made of".to_owned(),
                    ));
                }
                say(&format!("both hold what they held at {}\n", head.at))?;
            }
            say(&format!(
                "{} entries and {} lines of the log, both chains are whole\n",
                whole.entries, whole.log
            ))
        }
        ["audit", "head"] => {
            let official = call.official()?;
            let config = load(call.config()?)?;
            let desk = Terminal::open(call).await?.desk;
            show(&config.sealed_head(&desk, &official).await?)
        }
        ["audit", "log"] => {
            let official = call.official()?;
            let desk = Terminal::open(call).await?.desk;
            show(&desk.log(&official, call.option("subject"), call.number("most", PAGE)?).await?)
        }
        _ => Err(unknown()),
    }
}

/// What a head says that was published, once its seal has been verified.
fn published(call: &Call, config: &Config, file: &str) -> Result<Head, Failure> {
    let head: SignedHead = serde_json::from_slice(&std::fs::read(file)?)?;
    let earlier = match call.option("seal") {
        None => Vec::new(),
        Some(file) => Certificate::pem_bundle(&std::fs::read(file)?)
            .map_err(|_| Failure::Told(format!("{file} holds no certificates")))?,
    };
    Ok(config.head_of(&head, &earlier)?)
}
