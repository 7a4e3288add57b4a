//! What a fault of ours may not cost the citizen: the draft is there at the last keystroke that was typed.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use journeys::citizen::{Citizen, GENERAL};
use journeys::page::{Field, FieldKind};
use journeys::stage::{Setting, Stage};
use journeys::wait::{PATIENCE, wait_until};
use registry_api::Language;

/// Goes on until a page asks for text, and gives its first field.
fn first_text_field(stage: &Stage, citizen: &Citizen) -> Field {
    let page = stage.page().unwrap();
    loop {
        if let Some(field) = page.fields().unwrap().into_iter().find(|field| field.kind == FieldKind::Text) {
            return field;
        }
        citizen.fill_page(&page).unwrap();
        let before = page.text_of("h1").unwrap();
        page.act("continue").unwrap();
        wait_until("the next page", PATIENCE, || Ok(page.text_of("h1")? != before)).unwrap();
    }
}

/// Waits until the core has the last character and its store has stopped growing.
fn wait_until_saved(stage: &Stage, field: &Field, typed: &str) {
    let script = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke('session_next').then(({ view }) =>
          done(view.screen.fields?.find((field) => field.id === arguments[0])?.value ?? null));";
    let page = stage.page().unwrap();
    wait_until("the last character in the core", PATIENCE, || {
        Ok(page.session().run_later(script, &[field.id.clone().into()])?.as_str() == Some(typed))
    })
    .unwrap();
    let store = stage.directory().join("kiosk");
    let size = || {
        let files = std::fs::read_dir(&store).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).sum::<u64>()
    };
    let mut before = 0;
    wait_until("a store at rest", PATIENCE, || Ok(std::mem::replace(&mut before, size()) == before)).unwrap();
}

#[test]
fn a_kiosk_killed_in_the_form_offers_the_draft_at_its_last_keystroke() {
    let mut stage = Stage::set("draft", Setting::default()).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.arrive(&mut stage).unwrap();
    citizen.begin(&stage, GENERAL).unwrap();
    let field = first_text_field(&stage, &citizen);
    let typed = "El fanal";
    stage.page().unwrap().answer(&field, typed).unwrap();
    let inside = format!("[data-field=\"{}\"] :is(input, textarea)", field.id);
    let held = |stage: &Stage| {
        let script = "return document.querySelector(arguments[0])?.value ?? null;";
        let value = stage.page().unwrap().session().run(script, &[inside.clone().into()]).unwrap();
        value.as_str().map(str::to_owned)
    };
    assert_eq!(held(&stage).as_deref(), Some(typed));
    wait_until_saved(&stage, &field, typed);
    // The card leaves first, and the kiosk has seen it leave: the next start does not meet what remains of it.
    stage.remove().unwrap();
    stage.page().unwrap().wait_for_cover("card-removed").unwrap();
    stage.kiosk_mut().kill().unwrap();

    stage.open().unwrap();
    citizen.arrive(&mut stage).unwrap();
    let page = stage.page().unwrap();
    page.row(GENERAL).unwrap();
    page.wait_for_screen("sheet").unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("before-start").unwrap();
    wait_until("the draft", PATIENCE, || Ok(page.session().find("[data-act=resume-draft]")?.is_some()))
        .unwrap();
    page.act("resume-draft").unwrap();
    page.wait_for_screen("form").unwrap();
    assert_eq!(held(&stage).as_deref(), Some(typed));
}
