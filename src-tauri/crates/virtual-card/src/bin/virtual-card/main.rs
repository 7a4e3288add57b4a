//! Puts a persona's card into the virtual reader, in and out as lines on standard input say.
//!
//! `virtual-card --persona FILE`, then lines: `insert`, `remove`, `counts`, `quit` or their first letters; the end of
//! input is `quit`. Every change is one line on standard output, `inserted` or `removed`; `counts` is answered by
//! `exchanges=.. received=.. sent=.. resets=..`, the bytes and turns of the card's whole life.
//!
//! `--contactless` lays the card on the reader instead (`--atr-form 2` for the answer to reset that changes at each
//! activation), `--slot 2` takes the second place of the reader, `--faults FILE` plans failures ([`Faults`]),
//! `--byte-us` and `--exchange-us` make the line as slow as that many microseconds ([`virtual_card::LineRate`]).
//!
//! `--tell-keys` is for tests that search another program's memory, and for nothing else: whenever a channel opens,
//! each of its two keys is a line `key HEX`, at once.
//!
//! The PIN counter lasts from one insertion to the next and is not written back to the file.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its lines are what this program is for")]

use std::io::{self, BufRead as _, Write as _};
use std::process::ExitCode;

use lexopt::Parser;
use virtual_card::{Counts, Error, Faults, Persona, Served, SessionKeys, VirtualCard, serve_at};

mod options;

use options::{Options, USAGE};

fn main() -> ExitCode {
    let options = match Options::from_arguments(Parser::from_env()) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::FAILURE
        }
    }
}

/// Where the card is.
enum Place {
    Out(Box<VirtualCard>),
    In(Served),
}

fn run(options: &Options) -> Result<(), Error> {
    let mut place = Place::Out(Box::new(card(options)?));
    if options.inserted {
        place = insert(place, options)?;
    }
    for line in io::stdin().lock().lines() {
        place = match line.map_err(Error::File)?.trim() {
            "insert" | "i" => insert(place, options)?,
            "remove" | "r" => remove(place)?,
            "counts" | "c" => {
                tell_counts(&place)?;
                place
            }
            "quit" | "q" => break,
            "" => place,
            _ => {
                eprintln!("{USAGE}");
                place
            }
        };
    }
    remove(place)?;
    Ok(())
}

fn card(options: &Options) -> Result<VirtualCard, Error> {
    let persona = Persona::load(&options.persona)?;
    let mut card = if options.contactless {
        VirtualCard::contactless(&persona)?.with_contactless_atr(options.atr_form)
    } else {
        VirtualCard::new(&persona)?
    };
    if let Some(plan) = &options.faults {
        card.set_faults(Faults::load(plan)?);
    }
    Ok(if options.tell_keys { card.with_key_listener(Box::new(tell_keys)) } else { card })
}

fn insert(place: Place, options: &Options) -> Result<Place, Error> {
    match place {
        Place::Out(card) => {
            let served = serve_at(*card, options.vpcd, options.rate)?;
            say("inserted")?;
            Ok(Place::In(served))
        }
        Place::In(served) => Ok(Place::In(served)),
    }
}

fn remove(place: Place) -> Result<Place, Error> {
    match place {
        Place::In(served) => {
            let card = served.remove();
            say("removed")?;
            Ok(Place::Out(Box::new(card)))
        }
        Place::Out(card) => Ok(Place::Out(card)),
    }
}

fn tell_counts(place: &Place) -> Result<(), Error> {
    let Counts { exchanges, received, sent, resets, .. } = match place {
        Place::Out(card) => card.counts(),
        Place::In(served) => served.counts(),
    };
    say(&format!("exchanges={exchanges} received={received} sent={sent} resets={resets}"))
}

fn tell_keys(keys: &SessionKeys) {
    for key in [keys.encryption, keys.checksum] {
        // Who does not listen has no use for them.
        let _ = say(&format!("key {}", hex::encode_upper(key)));
    }
}

/// One line, at once: whoever drives this program waits for it.
fn say(line: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(Error::File)
}

fn report(error: &Error) {
    eprintln!("{}: {error}", error.code());
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        eprintln!("  {cause}");
        source = cause.source();
    }
}
