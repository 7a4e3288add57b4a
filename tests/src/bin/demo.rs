//! `cargo xtask demo`, `screenshots` and `bench`: shows the product, to a person or by a scripted citizen.

// A terminal program: what it prints is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use journeys::demo::{self, Options};
use journeys::{bench, pictures};
use lexopt::prelude::*;
use registry_api::Language;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ndemo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let mut options = Options::default();
    let mut task: Option<(String, PathBuf)> = None;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("headless") => options.headless = true,
            Long("landscape") => options.landscape = true,
            Long("language") => options.language = language(&arguments.value()?.string()?)?,
            Value(name) if task.is_none() => {
                let output = arguments.value().context("where to?")?;
                task = Some((name.string()?, output.into()));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    match task {
        None if options.headless || no_display() => demo::by_script(&options),
        None => demo::to_a_person(&options),
        Some((name, output)) => match name.as_str() {
            "screenshots" => pictures::of_every_screen(&output),
            "bench" => bench::app(&output),
            "bench-card" => bench::card(&output),
            "bench-catalogue" => bench::catalogue(&output),
            "bench-registry" => bench::registry(&output),
            other => bail!("`{other}` is not understood"),
        },
    }
}

fn language(word: &str) -> anyhow::Result<Language> {
    match word {
        "va" => Ok(Language::CaValencia),
        "es" => Ok(Language::Es),
        "en" => Ok(Language::En),
        other => bail!("no language `{other}`"),
    }
}

fn no_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| env::var_os(name).is_none_or(|value| value.is_empty()))
}
