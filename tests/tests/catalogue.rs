//! A new catalogue reaches a kiosk that runs: between two sessions, whole, and it is there again without a network.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use journeys::citizen::{Citizen, GENERAL, Outcome};
use journeys::stage::{Setting, Stage};
use journeys::wait::{PATIENCE, wait_until};
use procedures::Files;
use registry_api::Language;

/// Lays out the bundled catalogue with the general application under another name and version.
fn lay_out(folder: &Path, name: &str, version: u32) {
    let mut files = Files::bundled();
    let general = files.procedures.get_mut("instancia-general.toml").unwrap();
    *general = general.replace("\"Instància general\"", &format!("\"{name}\"")).replacen(
        "version = 1\n",
        &format!("version = {version}\n"),
        1,
    );
    let write = |folder: &Path, texts: &BTreeMap<String, String>| {
        fs::create_dir_all(folder).unwrap();
        texts.iter().for_each(|(file, text)| fs::write(folder.join(file), text).unwrap());
    };
    write(folder, &files.shared);
    write(&folder.join("blocks"), &files.blocks);
    write(&folder.join("procedures"), &files.procedures);
}

fn shown(stage: &Stage, name: &str) -> bool {
    stage.page().unwrap().words().unwrap().contains(name)
}

/// On the welcome screen, until a session shows the name on its first screen.
fn wait_for_name(stage: &Stage, citizen: &Citizen, name: &str) {
    wait_until(&format!("`{name}`"), PATIENCE, || {
        citizen.choose_language(stage)?;
        let there = shown(stage, name);
        if !there {
            stage.page()?.act("back")?;
            stage.page()?.wait_for_screen("welcome")?;
        }
        Ok(there)
    })
    .unwrap();
}

#[test]
fn a_new_catalogue_is_taken_between_two_sessions_and_kept_for_the_next_start() {
    let setting = Setting {
        kiosk: vec![("registry.catalogue_seconds".to_owned(), "5".to_owned())],
        ..Setting::default()
    };
    let mut stage = Stage::set("catalogue", setting).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.choose_language(&stage).unwrap();
    assert!(shown(&stage, "Instància general"));

    let folder = stage.registry().folder().join("catalogue");
    lay_out(&folder, "Petició nova", 2);
    stage.registry_mut().serve_catalogue(&folder).unwrap();
    // While somebody is there, nothing changes under their hands, whatever comes.
    stage.page().unwrap().act("open-topics").unwrap();
    stage.page().unwrap().wait_for_screen("topics").unwrap();
    stage.page().unwrap().act("back").unwrap();
    stage.page().unwrap().wait_for_screen("home").unwrap();
    assert!(shown(&stage, "Instància general"));
    stage.page().unwrap().act("back").unwrap();
    stage.page().unwrap().wait_for_screen("welcome").unwrap();

    wait_for_name(&stage, &citizen, "Petició nova");
    // The registry takes what is filled in with it.
    citizen.insert_card(&mut stage).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_screen("card").unwrap();
    page.wait_for_words(&citizen.first_name()).unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("home").unwrap();
    citizen.begin(&stage, GENERAL).unwrap();
    citizen.fill(&stage).unwrap();
    citizen.consent(&stage).unwrap();
    citizen.type_pin(&stage, &citizen.spec.pin).unwrap();
    let Outcome::Registered(_) = citizen.outcome(&stage).unwrap() else { panic!("no number was given") };

    // Without a network, after the power went. The card is seen to leave first: the next start does not meet what
    // remains of it.
    citizen.leave(&mut stage).unwrap();
    stage.kiosk_mut().kill().unwrap();
    stage.registry_mut().stop();
    stage.open().unwrap();
    wait_for_name(&stage, &citizen, "Petició nova");
}
