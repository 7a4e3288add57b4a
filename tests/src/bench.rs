//! `cargo xtask bench app`: what the application costs and how quick it feels, beside a bare window of the same
//! shell on the same machine in the same run; and `bench card`, `bench catalogue`,
//! `bench registry`.

// What it prints is what it is for.
#![allow(clippy::print_stdout)]

mod card;
mod catalogue;
mod figures;
mod registry;
mod touch;
mod window;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use registry_api::Language;

pub use self::card::card;
pub use self::catalogue::catalogue;
use self::figures::{Figures, Row};
pub use self::registry::registry;
use crate::citizen::{Citizen, GENERAL, Outcome};
use crate::stage::{Setting, Stage};
use crate::wait::{PATIENCE, wait_until};

/// Starts of each program, taken in turns.
const STARTS: usize = 7;
/// Whole filings.
const FILINGS: usize = 5;
/// How much more than the bare window the application may take, in time and in memory.
const OVER_BARE: f64 = 1.15;

/// Takes every figure, prints a table, writes the file.
///
/// # Errors
/// When a figure cannot be taken.
pub fn app(output: &Path) -> anyhow::Result<()> {
    let mut figures = Figures::new("app");
    starts(&mut figures)?;
    touch::touches(&mut figures)?;
    filings(&mut figures)?;
    write(&figures, output)
}

/// Prints the table and writes the file.
fn write(figures: &Figures, output: &Path) -> anyhow::Result<()> {
    println!("{figures}");
    if let Some(directory) = output.parent() {
        fs::create_dir_all(directory)?;
    }
    fs::write(output, figures.json()?).with_context(|| format!("{} cannot be written", output.display()))
}

fn say(what: &str) {
    println!("  {what}");
}

/// Start and memory, application and bare window in turns, each on a display of its own.
fn starts(figures: &mut Figures) -> anyhow::Result<()> {
    let stage = Stage::prepare("bench-start", Setting::default())?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for turn in 1..=STARTS {
        say(&format!("start {turn} of {STARTS}, ours and the bare window"));
        ours.push(window::start(&stage, stage.kiosk().command()?)?);
        bare.push(window::start(&stage, window::bare_window(&stage)?)?);
    }
    let milliseconds = |starts: &[window::Start], of: fn(&window::Start) -> Duration| {
        median(starts.iter().map(|start| of(start).as_secs_f64() * 1000.0))
    };
    let memory = |starts: &[window::Start]| median(starts.iter().map(|start| start.memory_mb));
    let readable = |starts: &[window::Start]| milliseconds(starts, |start| start.readable);
    let shown = |starts: &[window::Start]| milliseconds(starts, |start| start.shown);
    let (ours_shown, bare_shown) = (shown(&ours)?, shown(&bare)?);
    let (ours_memory, bare_memory) = (memory(&ours)?, memory(&bare)?);
    let metric = format!("median of {STARTS}");
    figures
        .push(Row::new("start → text to be read", &metric, "ms", readable(&ours)?).beside(readable(&bare)?));
    figures.push(
        Row::new("start → first usable screen", &metric, "ms", ours_shown).beside(bare_shown).limit(3000.0),
    );
    figures.push(
        Row::new("start, against the bare window", "ratio", "×", ours_shown / bare_shown)
            .beside(1.0)
            .limit(OVER_BARE),
    );
    figures.push(Row::new("memory, all processes (PSS)", &metric, "MB", ours_memory).beside(bare_memory));
    figures.push(
        Row::new("memory, against the bare window", "ratio", "×", ours_memory / bare_memory)
            .beside(1.0)
            .limit(OVER_BARE),
    );
    Ok(())
}

/// What one filing took.
#[derive(Debug, Default)]
struct Filing {
    name: Duration,
    name_exchanges: u64,
    signed: Duration,
    signed_exchanges: u64,
    number: Duration,
    clean: Duration,
}

/// Whole filings, one after another in one window.
fn filings(figures: &mut Figures) -> anyhow::Result<()> {
    let mut stage = Stage::set("bench-filing", Setting::default())?;
    let mut taken = Vec::new();
    for turn in 1..=FILINGS {
        say(&format!("filing {turn} of {FILINGS}"));
        let filed = filing(&mut stage);
        if filed.is_err() {
            stage.keep_evidence()?;
        }
        taken.push(filed?);
    }
    let worst = format!("worst of {FILINGS}");
    let longest = |of: fn(&Filing) -> Duration| {
        taken.iter().map(|filing| of(filing).as_secs_f64() * 1000.0).fold(0.0, f64::max)
    };
    #[allow(clippy::cast_precision_loss)]
    let most = |of: fn(&Filing) -> u64| taken.iter().map(of).max().unwrap_or_default() as f64;
    figures.push(
        Row::new("card in → name on screen", &worst, "ms", longest(|filing| filing.name)).limit(1500.0),
    );
    figures.push(Row::new(
        "card in → name on screen",
        "exchanges with the card",
        "",
        most(|filing| filing.name_exchanges),
    ));
    figures.push(
        Row::new("PIN submitted → signed", &worst, "ms", longest(|filing| filing.signed)).limit(4000.0),
    );
    figures.push(Row::new(
        "PIN submitted → signed",
        "exchanges with the card",
        "",
        most(|filing| filing.signed_exchanges),
    ));
    figures.push(Row::new("signed → receipt", &worst, "ms", longest(|filing| filing.number)).limit(5000.0));
    figures.push(
        Row::new("end of session → clean screen", &worst, "ms", longest(|filing| filing.clean)).limit(1000.0),
    );
    Ok(())
}

fn filing(stage: &mut Stage) -> anyhow::Result<Filing> {
    let citizen = Citizen::amparo(Language::CaValencia);
    let mut filing = Filing::default();
    citizen.choose_language(stage)?;

    // The card is made before the clock starts; it is the reading that is timed.
    let card = stage.town().card(&citizen.spec)?;
    let since = Instant::now();
    stage.insert(card)?;
    let page = stage.page()?;
    let name = citizen.first_name();
    wait_until("the name", PATIENCE, || Ok(page.words()?.contains(&name)))?;
    filing.name = since.elapsed();
    filing.name_exchanges = stage.card()?.counts().exchanges;

    page.act("continue")?;
    page.wait_for_screen("home")?;
    citizen.begin(stage, GENERAL)?;
    citizen.fill(stage)?;
    citizen.consent(stage)?;
    page.type_keys(&citizen.spec.pin)?;
    let before = stage.card()?.counts().exchanges;
    let since = Instant::now();
    page.act("continue")?;
    // From the next screen on the signature is made and checked; the receipt may be there as soon.
    wait_until("the signature", PATIENCE, || Ok(!["pin"].contains(&page.screen()?.as_str())))?;
    filing.signed = since.elapsed();
    filing.signed_exchanges = stage.card()?.counts().exchanges - before;
    let since = Instant::now();
    let outcome = citizen.outcome(stage)?;
    filing.number = since.elapsed();
    ensure!(matches!(outcome, Outcome::Registered(_)), "no number was given");

    let since = Instant::now();
    page.act("end")?;
    page.wait_for_screen("leaving")?;
    filing.clean = since.elapsed();
    stage.remove()?;
    stage.page()?.wait_for_screen("welcome")?;
    Ok(filing)
}

fn median(values: impl Iterator<Item = f64>) -> anyhow::Result<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().context("no figure was taken")
}
