//! Journeys of people who bring something else than a DNIe for the slot: one that is laid on the reader, a certificate
//! on a memory stick, a card of another issuer.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use journeys::citizen::{Citizen, GENERAL, Outcome};
use journeys::judge;
use journeys::page::Page;
use journeys::stage::{Setting, Stage};
use journeys::wait::{PATIENCE, wait_until};
use registry_api::Language;
use testkit::card::PersonaSpec;
use testkit::softhsm::{KeyUse, SoftToken};
use virtual_card::Faults;

const PASSWORD: &str = "Pa, amb oli";
const TOKEN_PIN: &str = "736251";

fn wait_for_code(page: &Page<'_>, code: &str) {
    let shown = || page.attribute_of("[data-code]", "data-code");
    wait_until(&format!("fault {code}"), PATIENCE, || Ok(shown()?.as_deref() == Some(code)))
        .unwrap_or_else(|error| panic!("{error:#}; shown: {:?}; page: {:?}", shown(), page.words()));
}

/// From *home* to the receipt, typing this secret to sign; then what the registry has is judged.
fn files(stage: &Stage, citizen: &Citizen, secret: &str) {
    citizen.begin(stage, GENERAL).unwrap();
    signs(stage, citizen, secret);
}

/// The same from the first page of the form.
fn signs(stage: &Stage, citizen: &Citizen, secret: &str) {
    citizen.fill(stage).unwrap();
    citizen.consent(stage).unwrap();
    citizen.type_pin(stage, secret).unwrap();
    let Outcome::Registered(number) = citizen.outcome(stage).unwrap() else { panic!("no number was given") };
    let entry = stage.registry().entry(&number).unwrap();
    judge::sealed(&entry.receipt, stage.town()).unwrap();
    judge::signed_by(&entry.application, &citizen.spec.holder.nif, stage.town()).unwrap();
}

#[test]
fn a_card_laid_on_the_reader_asks_for_its_number_once_and_files() {
    let mut stage = Stage::set("contactless", Setting::default()).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.choose_language(&stage).unwrap();
    let number = citizen.spec.document.as_ref().unwrap().can.clone();
    let card = stage.town().contactless(&citizen.spec).unwrap();
    stage.insert(card).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_screen("card").unwrap();
    wait_until("the question for the number", PATIENCE, || {
        Ok(page.session().find("[data-stage=\"can\"]")?.is_some())
    })
    .unwrap();
    let wrong: String = number.chars().map(|digit| if digit == '9' { '0' } else { '9' }).collect();
    page.type_keys(&wrong).unwrap();
    page.act("continue").unwrap();
    page.wait_for_words("El número no és el d’esta targeta").unwrap();
    page.type_keys(&number).unwrap();
    page.act("continue").unwrap();
    page.wait_for_words(&citizen.first_name()).unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("home").unwrap();
    files(&stage, &citizen, &citizen.spec.pin);
}

#[test]
fn a_certificate_on_a_stick_identifies_and_signs() {
    let stage = Stage::set("stick", Setting::default()).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    let file = stage.town().certificate_file(&citizen.spec, PASSWORD, stage.directory()).unwrap();
    stage.offer("amparo.p12", &file).unwrap();
    citizen.choose_language(&stage).unwrap();
    let page = stage.page().unwrap();
    page.row(GENERAL).unwrap();
    page.wait_for_screen("sheet").unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("card").unwrap();
    page.act("other-means").unwrap();
    page.row("stick").unwrap();
    page.press("[data-act=\"choose-certificate-file\"]").unwrap();
    page.wait_for_screen("pin").unwrap();
    // What does not open it costs nothing.
    page.type_keys("res").unwrap();
    page.act("continue").unwrap();
    page.wait_for_words("La contrasenya no coincidix").unwrap();
    page.type_keys(PASSWORD).unwrap();
    page.act("continue").unwrap();
    page.wait_for_words("PRESTADOR DE PROVES").unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("before-start").unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("form").unwrap();
    signs(&stage, &citizen, PASSWORD);
}

#[test]
fn a_card_of_another_issuer_signs_with_its_own_module() {
    let place = tempfile::tempdir().unwrap();
    let hsm = SoftToken::make(place.path(), "targeta", TOKEN_PIN).unwrap();
    let citizen = Citizen::with(PersonaSpec::single_surname());
    let town = journeys::people::Town::shared().unwrap();
    hsm.put(&town.provided(&citizen.spec).unwrap(), "01", "certificat", KeyUse::AfterLogin).unwrap();
    hsm.put_certificate(&town.authorities().provider().certificate, "02", "autoritat").unwrap();
    let module = format!("[\"{}\"]", SoftToken::module().unwrap().display());
    let (name, value) = hsm.environment();
    let setting = Setting {
        kiosk: vec![("card.modules".to_owned(), module)],
        environment: vec![(name.to_owned(), value.display().to_string())],
        ..Setting::default()
    };
    let mut stage = Stage::set("token", setting).unwrap();
    citizen.choose_language(&stage).unwrap();
    // What lies in the reader only has to be no DNIe: the module finds its card by itself.
    let atr = vec![0x3B, 0x65, 0x00, 0x00, 0x20, 0x63, 0xCB, 0x68, 0x00];
    let card = stage.town().card(&citizen.spec).unwrap();
    stage.insert(card.with_faults(Faults { atr: Some(atr), ..Faults::default() })).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_words("PRESTADOR DE PROVES").unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("home").unwrap();
    files(&stage, &citizen, TOKEN_PIN);
}

#[test]
fn a_card_in_another_reader_is_sent_to_the_right_one() {
    let kiosk = vec![("card.reader".to_owned(), "\"00 01\"".to_owned())];
    let mut stage = Stage::set("wrong-reader", Setting { kiosk, ..Setting::default() }).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.choose_language(&stage).unwrap();
    let page = stage.page().unwrap();
    page.row(GENERAL).unwrap();
    page.wait_for_screen("sheet").unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("card").unwrap();
    citizen.insert_card(&mut stage).unwrap();
    wait_for_code(&stage.page().unwrap(), "card.wrong-reader");
    let card = stage.remove().unwrap();
    let _elsewhere = virtual_card::serve(card, virtual_card::SECOND_SLOT).unwrap();
    stage.page().unwrap().wait_for_words(&citizen.first_name()).unwrap();
}
