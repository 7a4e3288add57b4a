//! Tasks that need the running product: everything is built here, and the program `demo` of package
//! `journeys` takes over, since it may know our crates and this one may not.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use crate::place::Place;
use crate::step::Steps;
use crate::{packages, page};

/// How to show it.
#[derive(Default)]
pub struct Demo {
    /// A scripted citizen instead of a person.
    pub headless: bool,
    /// 1920×1080 instead of 1080×1920.
    pub landscape: bool,
    /// Language of the scripted citizen: `va`, `es` or `en`.
    pub language: Option<String>,
}

/// How to compile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to compile.
    Development,
    /// As it is shipped.
    Release,
}

impl Profile {
    fn directory(self) -> &'static str {
        match self {
            Self::Development => "debug",
            Self::Release => "release",
        }
    }
}

/// Builds everything and hands over to the demo.
pub fn demo(place: &Place, options: &Demo) -> anyhow::Result<()> {
    let mut program = ready(place, Profile::Development)?;
    if options.headless {
        program.arg("--headless");
    }
    if options.landscape {
        program.arg("--landscape");
    }
    if let Some(language) = &options.language {
        program.args(["--language", language]);
    }
    hand_over(&mut program)
}

/// Pictures of every screen.
pub fn screenshots(place: &Place) -> anyhow::Result<()> {
    let mut program = ready(place, Profile::Development)?;
    program.arg("screenshots").arg(place.target().join("screenshots"));
    hand_over(&mut program)
}

/// Figures of the application, beside a bare window.
pub fn bench_app(place: &Place) -> anyhow::Result<()> {
    let mut program = ready(place, Profile::Release)?;
    program.arg("bench").arg(place.target().join("bench").join("app.json"));
    hand_over(&mut program)
}

/// Figures of conversations with the card, beside OpenSC's.
pub fn bench_card(place: &Place) -> anyhow::Result<()> {
    bench_without_window(place, "card")
}

/// Figures of the catalogue, beside a validator of JSON Schema.
pub fn bench_catalogue(place: &Place) -> anyhow::Result<()> {
    bench_without_window(place, "catalogue")
}

/// Figures of the registry's numbering, beside what its database does without it.
pub fn bench_registry(place: &Place) -> anyhow::Result<()> {
    bench_without_window(place, "registry")
}

/// No window is needed, and no page.
fn bench_without_window(place: &Place, name: &str) -> anyhow::Result<()> {
    let mut steps = Steps::new(place)?;
    packages::install(&mut steps, packages::Purpose::Bench)?;
    steps
        .run("build", place.cargo().args(["build", "--release", "--package", "journeys", "--bin", "demo"]))?;
    let mut program = demo_program(place, Profile::Release);
    program.arg(format!("bench-{name}")).arg(place.target().join("bench").join(format!("{name}.json")));
    hand_over(&mut program)
}

/// What a release build is for: the two programs that are shipped, and what measures them.
const RELEASED: &[&str] = &["finestreta", "registry-server", "journeys", "bare-window"];

/// Compiles the programs that take part.
pub fn build(place: &Place, steps: &mut Steps, profile: Profile) -> anyhow::Result<()> {
    let mut cargo = place.cargo();
    cargo.args(["build", "--bins"]);
    match profile {
        // As the tests compile them, so that neither has to be compiled twice.
        Profile::Development => cargo.args(["--workspace", "--exclude", "xtask", "--exclude", "bare-window"]),
        Profile::Release => cargo.arg("--release").args(RELEASED.iter().flat_map(|name| ["--package", name])),
    };
    steps.run("build", &mut cargo)
}

fn ready(place: &Place, profile: Profile) -> anyhow::Result<Command> {
    let mut steps = Steps::new(place)?;
    packages::install(&mut steps, packages::Purpose::Demo)?;
    page::build(place, &mut steps)?;
    build(place, &mut steps, profile)?;
    Ok(demo_program(place, profile))
}

/// The program that sets the stage, built before.
fn demo_program(place: &Place, profile: Profile) -> Command {
    let program: PathBuf = place.target().join(profile.directory()).join("demo");
    let mut command = Command::new(program);
    command.current_dir(place.root());
    command
}

/// A scripted citizen files with programs built before; it fails unless everything verifies.
pub fn scripted(place: &Place, profile: Profile) -> Command {
    let mut command = demo_program(place, profile);
    command.arg("--headless");
    command
}

fn hand_over(program: &mut Command) -> anyhow::Result<()> {
    let error = program.exec();
    Err(error).with_context(|| format!("{} cannot be started", program.get_program().to_string_lossy()))
}
