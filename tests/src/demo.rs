//! The demonstration: to a person with a card, or by a scripted citizen who checks what came out.

// What it prints is what it is for.
#![allow(clippy::print_stdout)]

use std::fs;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use registry_api::Language;
use sha2::{Digest as _, Sha256};
use testkit::card::{PIN, PersonaSpec};

use crate::citizen::{Citizen, GENERAL, Outcome};
use crate::process::Process;
use crate::stage::{CardService, Format, Setting, Stage};
use crate::{judge, pictures, place};

/// How to show it.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// A scripted citizen instead of a person.
    pub headless: bool,
    /// 1920×1080 instead of 1080×1920.
    pub landscape: bool,
    /// The scripted citizen's language.
    pub language: Language,
}

impl Default for Options {
    fn default() -> Self {
        Self { headless: false, landscape: false, language: Language::CaValencia }
    }
}

impl Options {
    fn format(self) -> Format {
        if self.landscape { Format::Landscape } else { Format::Portrait }
    }
}

/// Anchors of real cards, where an administrator puts them.
const REAL_ANCHORS: &str = "/etc/finestreta/pki";
/// Pixels of a millimetre on a desk: half of what a 21.5-inch screen of full resolution has.
const DESK_PX_PER_MM: f64 = 2.015;
/// How long readers are given to tell of a card.
const LOOK_AT_READERS: Duration = Duration::from_millis(1500);
/// How often the kiosk is looked at while nobody presses a key.
const LOOK: Duration = Duration::from_millis(300);

/// A scripted citizen files the general application in the real window; then everything that came out is judged.
///
/// # Errors
/// Unless the entry is in the registry and its receipt's seal and hashes verify.
pub fn by_script(options: &Options) -> anyhow::Result<()> {
    let since = Instant::now();
    let say = |what: &str| println!("  {:5.1} s  {what}", since.elapsed().as_secs_f64());
    let output = place::target()?.join("demo");
    if output.exists() {
        fs::remove_dir_all(&output)?;
    }
    fs::create_dir_all(&output)?;

    say("setting the stage: display, card service, registry, kiosk");
    let setting = Setting { format: options.format(), ..Setting::default() };
    let mut stage = Stage::set("demo", setting)?;
    let citizen = Citizen::amparo(options.language);
    let played = play(&mut stage, &citizen, &output, &say);
    if played.is_err() {
        let _ = pictures::take(stage.display(), &output.join("where-it-failed.png"));
        let kept = stage.keep_evidence()?;
        println!("  what the window and the programs said is in {}", kept.display());
    }
    let (number, receipt) = played?;
    say("everything verifies; striking the stage");
    drop(stage);
    println!("\n  registry number  {number}\n  receipt          {}", receipt.display());
    println!("  pictures         {}/*.png", output.display());
    Ok(())
}

fn play(
    stage: &mut Stage,
    citizen: &Citizen,
    output: &Path,
    say: &dyn Fn(&str),
) -> anyhow::Result<(String, PathBuf)> {
    let shots = std::cell::Cell::new(0);
    let picture = |stage: &Stage, name: &str| {
        shots.set(shots.get() + 1);
        stage.page()?.wait_until_still()?;
        pictures::take(stage.display(), &output.join(format!("{:02}-{name}.png", shots.get())))
    };
    picture(stage, "welcome")?;
    say("choosing the language, inserting the card");
    citizen.arrive(stage)?;
    picture(stage, "home")?;
    say("choosing the general application");
    citizen.begin(stage, GENERAL)?;
    say("filling in the form on the screen's keyboard");
    citizen.fill_noticing(stage, |number, _| picture(stage, &format!("form-{number}")))?;
    picture(stage, "review")?;
    say("reading it, declaring, agreeing to sign");
    citizen.consent(stage)?;
    picture(stage, "pin")?;
    say("typing the PIN; the card signs, the kiosk files");
    citizen.type_pin(stage, PIN)?;
    let Outcome::Registered(number) = citizen.outcome(stage)? else {
        bail!("the registry gave no number");
    };
    picture(stage, "receipt")?;
    say("saving the receipt, leaving");
    let saved = citizen.save(stage)?;
    citizen.leave(stage)?;
    picture(stage, "end")?;

    say("judging: entry, seal, hashes");
    let receipt = output.join("receipt.pdf");
    fs::copy(&saved, &receipt)?;
    let saved = fs::read(&receipt)?;
    let entry = stage.registry().entry(&number)?;
    ensure!(entry.number == number, "the registry has another number");
    ensure!(stage.registry().entries()?.len() == 1, "the registry has more than one entry");
    judge::sealed(&saved, stage.town())?;
    ensure!(saved == entry.receipt, "the saved receipt is not the one in the registry");
    let filed = hex::encode(Sha256::digest(&entry.application));
    ensure!(filed == entry.application_sha256, "the application's hash is another");
    judge::signed_by(&entry.application, &citizen.spec.holder.nif, stage.town())?;
    fs::write(output.join("application.pdf"), &entry.application)?;
    Ok((number, receipt))
}

/// Opens the window for a person; a key of the terminal puts the virtual card in and takes it out.
///
/// # Errors
/// When a part does not start.
pub fn to_a_person(options: &Options) -> anyhow::Result<()> {
    CardService::ready()?;
    let real = real_card()?;
    let anchors = if real { anchors_of_real_cards() } else { Vec::new() };
    let setting = Setting {
        format: options.format(),
        kiosk: on_a_desk(options.format()),
        real_cards: real.then(|| anchors.clone()),
        own_display: true,
        ..Setting::default()
    };
    println!("  setting the stage: card service, registry, kiosk");
    let mut stage = Stage::prepare("demo", setting)?;
    let mut window = Process::start("window", stage.kiosk().command()?, &stage.kiosk().logs())?;
    if real {
        println!("\n  A reader holds a DNIe: the kiosk uses it. Its PIN is the card's own.");
        if anchors.is_empty() {
            println!("  No anchors of real cards are in {REAL_ANCHORS}, so its holder will not be believed.");
        }
        println!("  q  quit");
    } else {
        let spec = PersonaSpec::amparo();
        println!("\n  The virtual card of {} {}. PIN: {PIN}", spec.holder.given_name, spec.holder.surname1);
        println!("  i  insert it      r  remove it      q  quit");
    }
    println!("  Receipts are saved in {}\n", stage.stick().display());

    let terminal = Terminal::keys_one_by_one();
    let keys = keys();
    let mut card = Some(stage.town().card(&PersonaSpec::amparo())?).filter(|_| !real);
    while window.ended()?.is_none() {
        match keys.recv_timeout(LOOK) {
            Ok('i') => match card.take() {
                Some(inserted) => {
                    stage.insert(inserted)?;
                    println!("  card in");
                }
                None if real => {}
                None => println!("  the card is in"),
            },
            Ok('r') => match stage.remove() {
                Ok(removed) => {
                    card = Some(removed);
                    println!("  card out");
                }
                Err(_) if real => {}
                Err(_) => println!("  the card is out"),
            },
            Ok('q') => break,
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            // No terminal: the window alone decides when it is over.
            Err(RecvTimeoutError::Disconnected) => thread::park_timeout(LOOK),
        }
    }
    drop(terminal);
    window.stop();
    Ok(())
}

/// A kiosk's screen does not fit on a desk: the same window at half its size, every millimetre half as many pixels.
fn on_a_desk(format: Format) -> Vec<(String, String)> {
    let (width, height) = format.size();
    let settings = [
        ("kiosk.width", (width / 2).to_string()),
        ("kiosk.height", (height / 2).to_string()),
        ("kiosk.px_per_mm", DESK_PX_PER_MM.to_string()),
    ];
    settings.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Whether a reader that is not the virtual one holds a DNIe.
fn real_card() -> anyhow::Result<bool> {
    let (events, heard) = channel();
    let _watch = reader::watch(events)?;
    let since = Instant::now();
    while let Some(left) = LOOK_AT_READERS.checked_sub(since.elapsed()) {
        match heard.recv_timeout(left) {
            Ok(reader::ReaderEvent::CardInserted { reader, atr }) => {
                let is_virtual = reader.to_string().starts_with("Virtual PCD");
                if !is_virtual && matches!(dnie::recognise(&atr), dnie::Recognised::Dnie { .. }) {
                    return Ok(true);
                }
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    Ok(false)
}

fn anchors_of_real_cards() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(REAL_ANCHORS) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ac-raiz-dnie"))
        })
        .collect()
}

/// Keys of the terminal, and `q` when the program is interrupted.
fn keys() -> Receiver<char> {
    let (keys, pressed) = channel();
    let interrupted = keys.clone();
    if std::io::stdin().is_terminal() {
        thread::spawn(move || {
            let mut key = [0];
            while matches!(std::io::stdin().read(&mut key), Ok(1)) {
                if keys.send(char::from(key[0])).is_err() {
                    break;
                }
            }
        });
    }
    thread::spawn(move || tell_interruption(&interrupted));
    pressed
}

fn tell_interruption(keys: &Sender<char>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    if let Ok(runtime) = runtime
        && runtime.block_on(tokio::signal::ctrl_c()).is_ok()
    {
        let _ = keys.send('q');
    }
}

/// The terminal gives each key at once instead of each line; put back when dropped.
struct Terminal {
    before: Option<String>,
}

impl Terminal {
    fn keys_one_by_one() -> Self {
        let before = Command::new("stty").args(["-F", "/dev/tty", "-g"]).output().ok();
        let before = before.filter(|told| told.status.success());
        let before = before.map(|told| String::from_utf8_lossy(&told.stdout).trim().to_owned());
        if before.is_some() {
            let _ = Command::new("stty").args(["-F", "/dev/tty", "-icanon", "-echo"]).status();
        }
        Self { before }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = Command::new("stty").args(["-F", "/dev/tty", before]).status().context("the terminal");
        }
    }
}
