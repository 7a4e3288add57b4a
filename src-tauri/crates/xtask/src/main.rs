//! Tasks of the workspace: `cargo xtask demo`, `test`, `screenshots`, `bench`, `package`.
//!
//! Depends on none of our crates, so that it compiles in seconds and cannot break with them. A developer and
//! the continuous integration run the same commands. What each task needs of the system it installs itself,
//! once, and says so; every long step shows what it is doing and for how long.

// A terminal program: what it prints is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod catalogue;
mod check;
mod foreign;
mod inputs;
mod package;
mod packages;
mod page;
mod place;
mod stage;
mod step;
mod tidy;

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use lexopt::prelude::*;

use crate::place::Place;

const HELP: &str = "\
cargo xtask TASK

  demo [--headless] [--language va|es|en] [--landscape]
        Installs what is missing, builds, and opens the kiosk against a registry that it starts itself.
        With --headless, or where there is no display, a scripted citizen files an application in the real
        window under a virtual display.
  test [FILTER]
        Every check, cheap ones first. FILTER is a part of a step's name (format, tidy, page, clippy, unit,
        journeys); anything else is handed to the tests as a part of their names.
  tidy
        Only the rules of the tree: arrows between crates, sizes, lints, words that must not appear.
  screenshots
        Pictures of every screen in both formats, three languages, two themes and two text sizes, into
        target/screenshots.
  bench app
        Builds for release, measures the application beside a bare window, prints a table and writes
        target/bench/app.json.
  bench card
        Builds for release, measures conversations with the card beside OpenSC's with the same card, prints a
        table and writes target/bench/card.json.
  bench catalogue
        Builds for release, measures loading, searching and judging with the catalogue, the last beside a plain JSON
        Schema validator, prints a table and writes target/bench/catalogue.json.
  bench registry
        Builds for release, measures how many entries are numbered and kept in a second on both databases, beside pgbench
        on the same PostgreSQL, prints a table and writes target/bench/registry.json.
  catalogue check [ID…] | show ID [va|es|en] | new ID --from ID
        Checks the files of the catalogue, shows a procedure as a person meets it, or begins a new one.
  package
        Builds for release and makes the Debian packages in target/packages.
  help
        This.
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let task = match arguments.next()? {
        Some(Value(task)) => task.string()?,
        Some(Long("help") | Short('h')) | None => "help".to_owned(),
        Some(other) => return Err(other.unexpected()).context("see `cargo xtask help`"),
    };
    let place = Place::find()?;
    match task.as_str() {
        "help" => {
            print!("{HELP}");
            Ok(())
        }
        "demo" => stage::demo(&place, &demo_options(arguments)?),
        "test" => check::all(&place, only_value(arguments)?.as_deref()),
        "tidy" => nothing_more(arguments).and_then(|()| tidy::run(&place)),
        "screenshots" => nothing_more(arguments).and_then(|()| stage::screenshots(&place)),
        "bench" => match only_value(arguments)?.as_deref() {
            Some("app") => stage::bench_app(&place),
            Some("card") => stage::bench_card(&place),
            Some("catalogue") => stage::bench_catalogue(&place),
            Some("registry") => stage::bench_registry(&place),
            Some(other) => bail!("no bench is named `{other}`; there are: app, card, catalogue, registry"),
            None => bail!("which bench? There are: app, card, catalogue, registry"),
        },
        "catalogue" => catalogue::run(&place, &rest(arguments)?),
        "package" => nothing_more(arguments).and_then(|()| package::run(&place)),
        other => bail!("no task is named `{other}`; see `cargo xtask help`"),
    }
}

fn demo_options(mut arguments: lexopt::Parser) -> anyhow::Result<stage::Demo> {
    let mut options = stage::Demo::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("headless") => options.headless = true,
            Long("landscape") => options.landscape = true,
            Long("language") => {
                let language = arguments.value()?.string()?;
                if !["va", "es", "en"].contains(&language.as_str()) {
                    bail!("--language is va, es or en");
                }
                options.language = Some(language);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn only_value(mut arguments: lexopt::Parser) -> anyhow::Result<Option<String>> {
    let mut value = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(text) if value.is_none() => value = Some(text.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(value)
}

fn rest(mut arguments: lexopt::Parser) -> anyhow::Result<Vec<String>> {
    arguments.raw_args()?.map(|argument| Ok(argument.string()?)).collect()
}

fn nothing_more(arguments: lexopt::Parser) -> anyhow::Result<()> {
    match only_value(arguments)? {
        None => Ok(()),
        Some(word) => bail!("`{word}` is not understood here"),
    }
}
