//! Puts a persona's card into the virtual reader, in and out as lines on standard input say.
//!
//! `virtual-card --persona FILE [--vpcd 127.0.0.1:35963] [--inserted]`, then `insert`, `remove`, `quit` or their
//! first letters; the end of input is `quit`. Every change is one line on standard output: `inserted`, `removed`.
//! The PIN counter lasts from one insertion to the next and is not written back to the file.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its lines are what this program is for")]

use std::io::{self, BufRead as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt as _};
use virtual_card::{DEFAULT_ADDRESS, Error, Persona, Served, VirtualCard, serve};

const USAGE: &str = "usage: virtual-card --persona FILE [--vpcd ADDRESS:PORT] [--inserted]
then on standard input: insert (i), remove (r), quit (q)";

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

struct Options {
    persona: PathBuf,
    vpcd: SocketAddr,
    inserted: bool,
}

impl Options {
    /// `None` when only help is asked for.
    fn from_arguments(mut parser: Parser) -> Result<Option<Self>, lexopt::Error> {
        let (mut persona, mut vpcd, mut inserted) = (None, DEFAULT_ADDRESS, false);
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("persona") => persona = Some(PathBuf::from(parser.value()?)),
                Arg::Long("vpcd") => vpcd = parser.value()?.parse()?,
                Arg::Long("inserted") => inserted = true,
                Arg::Short('h') | Arg::Long("help") => return Ok(None),
                other => return Err(other.unexpected()),
            }
        }
        let persona = persona.ok_or("--persona is missing")?;
        Ok(Some(Self { persona, vpcd, inserted }))
    }
}

/// Where the card is.
enum Place {
    Out(Box<VirtualCard>),
    In(Served),
}

fn run(options: &Options) -> Result<(), Error> {
    let card = VirtualCard::new(&Persona::load(&options.persona)?)?;
    let mut place = Place::Out(Box::new(card));
    if options.inserted {
        place = insert(place, options.vpcd)?;
    }
    for line in io::stdin().lock().lines() {
        place = match line.map_err(Error::File)?.trim() {
            "insert" | "i" => insert(place, options.vpcd)?,
            "remove" | "r" => remove(place)?,
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

fn insert(place: Place, vpcd: SocketAddr) -> Result<Place, Error> {
    match place {
        Place::Out(card) => {
            let served = serve(*card, vpcd)?;
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

/// One line, at once: whoever drives this program waits for it.
fn say(state: &str) -> Result<(), Error> {
    println!("{state}");
    io::stdout().flush().map_err(Error::File)
}

fn report(error: &Error) {
    eprintln!("{}: {error}", error.code());
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        eprintln!("  {cause}");
        source = cause.source();
    }
}
