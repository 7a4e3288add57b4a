//! Pictures of the display, for eyes.

// Six long walks: which one it is on is worth a line.
#![allow(clippy::print_stdout)]

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};
use registry_api::Language;
use serde_json::json;
use testkit::card::PIN;

use crate::citizen::{Citizen, GENERAL};
use crate::stage::{Display, Format, Setting, Stage};
use crate::wait::{PATIENCE, wait_until};

/// Themes shown: the one everybody meets, and the one that differs most from it.
const THEMES: [&str; 2] = ["clar", "groc-sobre-negre"];
/// Text sizes shown: 100 and 200 %.
const SIZES: [&str; 2] = ["normal", "largest"];

/// Writes a picture of all that a display shows.
///
/// # Errors
/// When ImageMagick cannot take it.
pub fn take(display: &Display, file: &Path) -> anyhow::Result<()> {
    if let Some(directory) = file.parent() {
        fs::create_dir_all(directory)?;
    }
    let taken = Command::new("import")
        .env("DISPLAY", display.name())
        .args(["-silent", "-window", "root"])
        .arg(file)
        .output()
        .context("`import` of ImageMagick cannot be run")?;
    if !taken.status.success() {
        bail!("no picture was taken: {}", String::from_utf8_lossy(&taken.stderr));
    }
    Ok(())
}

/// Pictures of every screen: both formats, three languages, two themes, two text sizes.
///
/// # Errors
/// When a screen is not reached.
pub fn of_every_screen(output: &Path) -> anyhow::Result<()> {
    if output.exists() {
        fs::remove_dir_all(output)?;
    }
    for format in Format::ALL {
        for language in Language::ALL {
            let place = output.join(format.word()).join(language.tag());
            println!("  {} {}", format.word(), language.tag());
            let mut stage = Stage::set("screenshots", Setting { format, ..Setting::default() })?;
            let walked = walk(&mut stage, &Citizen::amparo(language), &place);
            if walked.is_err() {
                stage.keep_evidence()?;
            }
            walked?;
        }
    }
    Ok(())
}

/// One citizen's way past every screen.
fn walk(stage: &mut Stage, citizen: &Citizen, place: &Path) -> anyhow::Result<()> {
    let mut number = 0;
    let mut shot = |stage: &Stage, name: &str| -> anyhow::Result<()> {
        number += 1;
        in_every_dress(stage, place, &format!("{number:02}-{name}"))
    };
    shot(stage, "S01-welcome")?;
    citizen.choose_language(stage)?;
    shot(stage, "S03-home")?;
    stage.page()?.act("open-search")?;
    stage.page()?.wait_for_screen("search")?;
    stage.page()?.type_keys("domicili")?;
    stage.page()?.wait_until_still()?;
    shot(stage, "S12-search")?;
    stage.page()?.act("back")?;
    stage.page()?.wait_for_screen("home")?;
    stage.page()?.act("open-topics")?;
    stage.page()?.wait_for_screen("topics")?;
    shot(stage, "S10-topics")?;
    stage.page()?.press("[data-act=list-by]")?;
    stage.page()?.wait_until_still()?;
    shot(stage, "S11-wishes")?;
    stage.page()?.press("[data-act=list-by]")?;
    stage.page()?.wait_until_still()?;
    stage.page()?.press("[data-screen=\"topics\"] [data-id]")?;
    stage.page()?.wait_for_screen("procedures")?;
    shot(stage, "S10-procedures")?;
    stage.page()?.act("back")?;
    stage.page()?.wait_for_screen("topics")?;
    stage.page()?.act("back")?;
    stage.page()?.wait_for_screen("home")?;
    stage.page()?.row(GENERAL)?;
    stage.page()?.wait_for_screen("sheet")?;
    shot(stage, "S13-sheet")?;
    stage.page()?.act("show-more")?;
    stage.page()?.wait_until_still()?;
    shot(stage, "S13-sheet-more")?;
    stage.page()?.act("continue")?;
    stage.page()?.wait_for_screen("card")?;
    shot(stage, "S05-card-insert")?;
    citizen.insert_card(stage)?;
    stage.page()?.wait_for_words(&citizen.first_name())?;
    shot(stage, "S05-card-ready")?;
    stage.page()?.act("continue")?;
    stage.page()?.wait_for_screen("before-start")?;
    shot(stage, "S14-before-start")?;
    stage.page()?.act("continue")?;
    stage.page()?.wait_for_screen("form")?;
    citizen.fill_noticing(stage, |page, _| shot(stage, &format!("S15-form-{page}")))?;
    shot(stage, "S24-review")?;
    citizen.consent(stage)?;
    shot(stage, "S27-pin")?;
    stage.page()?.act("open-settings")?;
    stage.page()?.wait_for_cover("settings")?;
    shot(stage, "S81-settings")?;
    stage.page()?.act("close-overlay")?;
    stage.page()?.wait_for_no_cover()?;
    stage.page()?.act("open-help")?;
    stage.page()?.wait_for_cover("help")?;
    shot(stage, "S80-help")?;
    stage.page()?.act("close-overlay")?;
    stage.page()?.wait_for_no_cover()?;
    let card = stage.remove()?;
    stage.page()?.wait_for_cover("card-removed")?;
    shot(stage, "S83-card-removed")?;
    stage.insert(card)?;
    stage.page()?.wait_for_no_cover()?;
    stage.page()?.wait_for_screen("sign")?;
    shot(stage, "S26-sign")?;
    let page = stage.page()?;
    citizen.declare(&page)?;
    page.act("continue")?;
    page.wait_for_screen("pin")?;
    citizen.type_pin(stage, PIN)?;
    citizen.outcome(stage)?;
    shot(stage, "S29-receipt")?;
    stage.page()?.row("save")?;
    stage.page()?.wait_for_screen("output")?;
    shot(stage, "S32-output")?;
    stage.page()?.act("continue")?;
    stage.page()?.wait_for_screen("receipt")?;
    stage.page()?.act("end")?;
    stage.page()?.wait_for_screen("leaving")?;
    shot(stage, "S33-leaving")
}

/// One screen in every theme and size. The page's root says which are worn, so they are put there for the picture
/// and taken back.
fn in_every_dress(stage: &Stage, place: &Path, name: &str) -> anyhow::Result<()> {
    let page = stage.page()?;
    page.wait_until_still()?;
    for theme in THEMES {
        for size in SIZES {
            let file = place.join(format!("{theme}-{size}")).join(format!("{name}.png"));
            // A view that came meanwhile has put the session's own clothes back on: once more then.
            wait_until(&format!("a picture in {theme} {size}"), PATIENCE, || {
                dress(stage, theme, size)?;
                take(stage.display(), &file)?;
                wears(stage, theme, size)
            })?;
        }
    }
    dress(stage, THEMES[0], SIZES[0])
}

fn wears(stage: &Stage, theme: &str, size: &str) -> anyhow::Result<bool> {
    let page = stage.page()?;
    let worn = |name: &str| page.attribute_of(":root", name);
    Ok(worn("data-theme")?.as_deref() == Some(theme) && worn("data-text")?.as_deref() == Some(size))
}

fn dress(stage: &Stage, theme: &str, size: &str) -> anyhow::Result<()> {
    // Two frames later the new clothes are painted.
    let script = "const [theme, size, done] = arguments;
        const root = document.documentElement;
        root.dataset.theme = theme; root.dataset.text = size;
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0, true)));";
    stage.page()?.session().run_later(script, &[json!(theme), json!(size)]).map(drop)
}
