//! Journeys in the real window: WebDriver, the real card service, the real registry process.
//!
//! Slow and few: what a citizen can meet, whole. They share one virtual reader, so they run one after another.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::time::Duration;

use journeys::citizen::{ADDRESS, Citizen, DRIVEWAY, GENERAL, Outcome, entry_number};
use journeys::judge;
use journeys::kept;
use journeys::page::Page;
use journeys::process::{family, resume, suspend};
use journeys::stage::{CardService, Format, Setting, Stage};
use journeys::wait::{PATIENCE, wait_for, wait_until};
use registry_api::Language;
use testkit::card::{PIN, PersonaSpec};
use virtual_card::{Faults, VirtualCard};

/// Eight characters as a PIN has them, and not Amparo's.
const WRONG_PIN: &str = "Llima2027";

fn stage(name: &str) -> Stage {
    Stage::set(name, Setting::default()).unwrap()
}

/// A stage on which the slip comes after seconds, not a minute.
fn impatient_stage(name: &str) -> Stage {
    let kiosk = vec![
        ("registry.timeout_seconds".to_owned(), "3".to_owned()),
        ("registry.number_wait_seconds".to_owned(), "3".to_owned()),
    ];
    Stage::set(name, Setting { kiosk, ..Setting::default() }).unwrap()
}

fn registered(outcome: Outcome) -> String {
    match outcome {
        Outcome::Registered(number) => number,
        Outcome::Provisional => panic!("no number was given"),
    }
}

/// Waits for a fault by its code, wherever it is told.
fn wait_for_code(page: &Page<'_>, code: &str) {
    let shown = || page.attribute_of("[data-code]", "data-code");
    wait_until(&format!("fault {code}"), PATIENCE, || Ok(shown()?.as_deref() == Some(code)))
        .unwrap_or_else(|error| panic!("{error:#}; shown: {:?}; page: {:?}", shown(), page.words()));
}

fn files_and_leaves_nothing(name: &str, language: Language, format: Format) {
    let mut stage = Stage::set(name, Setting { format, ..Setting::default() }).unwrap();
    let citizen = Citizen::amparo(language);
    let number = registered(citizen.file(&mut stage, GENERAL).unwrap());

    let entry = stage.registry().entry(&number).unwrap();
    judge::sealed(&entry.receipt, stage.town()).unwrap();
    judge::signed_by(&entry.application, &citizen.spec.holder.nif, stage.town()).unwrap();
    let saved = citizen.save(&stage).unwrap();
    assert_eq!(fs::read(&saved).unwrap(), entry.receipt);
    // What the citizen takes away is hers; everything else must forget her.
    fs::remove_file(&saved).unwrap();

    citizen.leave(&mut stage).unwrap();
    let hers = [citizen.spec.holder.nif.as_str(), "MARTÍ", "Martí", PIN];
    let page = stage.page().unwrap().html().unwrap();
    assert!(hers.iter().all(|word| !page.contains(word)), "the page remembers her");
    for place in ["home", "run", "tmp", "kiosk", "stick", "logs"] {
        let found = kept::in_files(&stage.directory().join(place), &hers).unwrap();
        assert!(found.is_empty(), "{found:?} remember her");
    }
    for process in family(stage.kiosk().process().unwrap()).unwrap() {
        assert!(!kept::in_memory(process, PIN).unwrap(), "process {process} remembers the PIN");
    }
}

#[test]
fn a_filing_in_valencian_is_registered_and_nothing_of_the_citizen_stays() {
    files_and_leaves_nothing("valencian", Language::CaValencia, Format::Portrait);
}

#[test]
fn a_filing_in_spanish_is_registered_and_nothing_of_the_citizen_stays() {
    files_and_leaves_nothing("spanish", Language::Es, Format::Portrait);
}

#[test]
fn a_filing_in_english_is_registered_and_nothing_of_the_citizen_stays() {
    files_and_leaves_nothing("english", Language::En, Format::Landscape);
}

#[test]
fn a_card_of_the_second_generation_files_too() {
    let mut stage = stage("second-generation");
    let citizen = Citizen::with(PersonaSpec::vicent_2_0());
    registered(citizen.file(&mut stage, GENERAL).unwrap());
}

#[test]
fn what_is_attached_goes_along() {
    let photograph = fs::read(journeys::place::root().join("assets/icons/finestreta-512.png")).unwrap();
    for (name, procedure, file, kept, content) in [
        ("driveway", DRIVEWAY, "la foto.png", "la foto.pdf", photograph),
        ("address", ADDRESS, "l'escriptura.pdf", "l'escriptura.pdf", journeys::people::paper()),
    ] {
        let mut stage = stage(name);
        stage.offer(file, &content).unwrap();
        let citizen = Citizen::amparo(Language::CaValencia);
        let number = registered(citizen.file(&mut stage, procedure).unwrap());
        let [(filed, bytes)] = stage.registry().attachments(&number).unwrap().try_into().unwrap();
        assert_eq!(filed, kept);
        assert!(bytes.starts_with(b"%PDF"));
        // A paper goes along byte by byte; a picture becomes one.
        assert_eq!(bytes == content, file == kept);
    }
}

#[test]
fn a_missing_stick_is_told_and_the_receipt_stays() {
    let kiosk = vec![("output.save_dir".to_owned(), "\"/nowhere/at/all\"".to_owned())];
    let mut stage = Stage::set("no-stick", Setting { kiosk, ..Setting::default() }).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    let number = registered(citizen.file(&mut stage, GENERAL).unwrap());
    let page = stage.page().unwrap();
    page.row("save").unwrap();
    page.wait_for_screen("output").unwrap();
    wait_for_code(&page, "save.no-stick");
    page.act("continue").unwrap();
    page.wait_for_screen("receipt").unwrap();
    assert_eq!(entry_number(&page).unwrap(), number);
}

#[test]
fn a_wrong_pin_tells_the_tries_left_and_the_right_one_still_signs() {
    let mut stage = stage("wrong-pin");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    citizen.type_pin(&stage, WRONG_PIN).unwrap();
    stage.page().unwrap().wait_for_words("Li queden 2 intents").unwrap();
    assert_eq!(stage.page().unwrap().screen().unwrap(), "pin");
    citizen.type_pin(&stage, PIN).unwrap();
    registered(citizen.outcome(&stage).unwrap());
    assert_eq!(stage.remove().unwrap().tries_left(), 3);
}

#[test]
fn a_short_pin_spends_no_try() {
    let mut stage = stage("short-pin");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    citizen.type_pin(&stage, "curt").unwrap();
    let spent = stage.card().unwrap().counts().verifications;
    assert_eq!(spent, 0);
    assert_eq!(stage.page().unwrap().screen().unwrap(), "pin");
}

#[test]
fn the_last_try_must_be_confirmed_before_typing() {
    let mut stage = stage("last-try");
    let citizen = Citizen::with(PersonaSpec::one_try_left());
    citizen.prepare(&mut stage, GENERAL).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_words("Només li queda un intent").unwrap();
    assert!(page.session().find("[data-key]").unwrap().is_none(), "nothing can be typed yet");
    page.act("confirm-last-try").unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    registered(citizen.outcome(&stage).unwrap());
}

#[test]
fn a_blocked_pin_is_told_before_asking() {
    let mut stage = stage("blocked-pin");
    let citizen = Citizen::with(PersonaSpec::blocked_pin());
    citizen.prepare(&mut stage, GENERAL).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_words("El PIN està bloquejat").unwrap();
    assert!(page.session().find("[data-key]").unwrap().is_none(), "there is nothing to type");
    assert_eq!(stage.card().unwrap().counts().verifications, 0);
}

#[test]
fn a_card_pulled_in_the_form_covers_the_answers_and_its_return_shows_them_again() {
    let mut stage = stage("pulled-in-form");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.arrive(&mut stage).unwrap();
    citizen.begin(&stage, GENERAL).unwrap();
    let heading = stage.page().unwrap().text_of("h1").unwrap();
    let card = stage.remove().unwrap();
    let page = stage.page().unwrap();
    page.wait_for_cover("card-removed").unwrap();
    assert!(!page.words().unwrap().contains(&citizen.first_name()), "the name is still to be read");
    stage.insert(card).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_no_cover().unwrap();
    assert_eq!(page.text_of("h1").unwrap(), heading);
    citizen.fill(&stage).unwrap();
    citizen.consent(&stage).unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    registered(citizen.outcome(&stage).unwrap());
}

#[test]
fn another_persons_card_does_not_uncover_the_session() {
    let mut stage = stage("another-card");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.arrive(&mut stage).unwrap();
    citizen.begin(&stage, GENERAL).unwrap();
    stage.remove().unwrap();
    stage.page().unwrap().wait_for_cover("card-removed").unwrap();
    Citizen::with(PersonaSpec::single_surname()).insert_card(&mut stage).unwrap();
    wait_for_code(&stage.page().unwrap(), "card.other");
    assert_eq!(stage.page().unwrap().cover().unwrap().as_deref(), Some("card-removed"));
}

#[test]
fn a_card_pulled_while_the_pin_is_typed_forgets_what_was_typed() {
    let mut stage = stage("pulled-in-pin");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    stage.page().unwrap().type_keys("Taro").unwrap();
    let card = stage.remove().unwrap();
    stage.page().unwrap().wait_for_cover("card-removed").unwrap();
    stage.insert(card).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_no_cover().unwrap();
    page.wait_for_screen("sign").unwrap();
    citizen.declare(&page).unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("pin").unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    registered(citizen.outcome(&stage).unwrap());
}

#[test]
fn a_card_pulled_while_it_signs_files_nothing_and_can_sign_again() {
    let mut stage = stage("pulled-while-signing");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    // Once out and in again, to count what it takes from the reader to the PIN; then with a plan, to leave in the
    // midst of what follows the PIN.
    let card = pull(&mut stage);
    let before = card.counts().exchanges;
    stage.insert(card).unwrap();
    sign_again(&citizen, &stage);
    let to_the_pin = stage.card().unwrap().counts().exchanges - before;
    let mut card = pull(&mut stage);
    let leaves_at = card.counts().exchanges + to_the_pin + MID_SIGNATURE;
    card.set_faults(Faults { remove_at: Some(leaves_at), ..Faults::default() });
    stage.insert(card).unwrap();
    sign_again(&citizen, &stage);
    citizen.type_pin(&stage, PIN).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_cover("card-removed").unwrap();
    assert!(stage.card().unwrap().is_gone());
    assert_eq!(stage.registry().entries().unwrap().len(), 0);

    let mut card = stage.remove().unwrap();
    card.set_faults(Faults::default());
    stage.insert(card).unwrap();
    sign_again(&citizen, &stage);
    citizen.type_pin(&stage, PIN).unwrap();
    registered(citizen.outcome(&stage).unwrap());
    assert_eq!(stage.registry().entries().unwrap().len(), 1);
}

/// Exchanges after the PIN is submitted: channel, PIN and signature take more than twice as many.
const MID_SIGNATURE: u64 = 15;

/// Takes the card out and sees the screen covered.
fn pull(stage: &mut Stage) -> VirtualCard {
    let card = stage.remove().unwrap();
    stage.page().unwrap().wait_for_cover("card-removed").unwrap();
    card
}

/// The card is back; from the sign screen to the PIN once more.
fn sign_again(citizen: &Citizen, stage: &Stage) {
    let page = stage.page().unwrap();
    page.wait_for_no_cover().unwrap();
    page.wait_for_screen("sign").unwrap();
    citizen.declare(&page).unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("pin").unwrap();
    wait_until("the keys of the PIN", PATIENCE, || Ok(page.session().find("[data-key]")?.is_some())).unwrap();
}

#[test]
fn a_registry_that_is_down_gets_the_filing_once_when_it_is_back() {
    let mut stage = impatient_stage("registry-down");
    stage.registry_mut().stop();
    let citizen = Citizen::amparo(Language::CaValencia);
    assert_eq!(citizen.file(&mut stage, GENERAL).unwrap(), Outcome::Provisional);
    stage.page().unwrap().wait_for_words("Encara no està registrada").unwrap();
    stage.registry_mut().restart().unwrap();
    // The slip gives way to the receipt while the person is still there.
    stage.page().unwrap().wait_for_screen("receipt").unwrap();
    let number = entry_number(&stage.page().unwrap()).unwrap();
    assert_eq!(stage.registry().entries().unwrap(), [number]);
}

#[test]
fn a_registry_that_is_slow_registers_once() {
    let mut stage = impatient_stage("registry-slow");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    suspend(stage.registry().process().unwrap()).unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    assert_eq!(citizen.outcome(&stage).unwrap(), Outcome::Provisional);
    resume(stage.registry().process().unwrap()).unwrap();
    stage.page().unwrap().wait_for_screen("receipt").unwrap();
    assert_eq!(stage.registry().entries().unwrap().len(), 1);
}

#[test]
fn an_answer_that_makes_no_sense_is_never_called_registered() {
    let mut stage = impatient_stage("nonsense");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    let impostor = stage.registry_mut().replace().unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    assert_eq!(citizen.outcome(&stage).unwrap(), Outcome::Provisional);
    stage.page().unwrap().wait_for_words("Encara no està registrada").unwrap();
    assert!(impostor.answered() > 0);
    assert_eq!(stage.registry().entries().unwrap().len(), 0);
}

#[test]
fn a_kiosk_killed_after_signing_delivers_once_when_it_is_started_again() {
    let mut stage = impatient_stage("killed");
    stage.registry_mut().stop();
    let citizen = Citizen::amparo(Language::CaValencia);
    assert_eq!(citizen.file(&mut stage, GENERAL).unwrap(), Outcome::Provisional);
    stage.kiosk_mut().kill().unwrap();
    stage.remove().unwrap();
    stage.registry_mut().restart().unwrap();
    assert_eq!(stage.registry().entries().unwrap().len(), 0);

    stage.open().unwrap();
    // The card service may tell of the card, and of its leaving, only after the start.
    stage.page().unwrap().wait_for_screens(&["welcome", "card"], PATIENCE).unwrap();
    let number =
        wait_for("the delivery", PATIENCE, || Ok(stage.registry().entries()?.into_iter().next())).unwrap();
    let entry = stage.registry().entry(&number).unwrap();
    judge::signed_by(&entry.application, &citizen.spec.holder.nif, stage.town()).unwrap();
}

#[test]
fn a_kiosk_killed_while_sending_delivers_once() {
    let mut stage = stage("killed-sending");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    // The registry takes the request and says nothing.
    suspend(stage.registry().process().unwrap()).unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_screen("sending").unwrap();
    wait_until("the filing kept safe", PATIENCE, || {
        Ok(page.session().find("[data-id=\"registered\"][data-state=\"now\"]")?.is_some())
    })
    .unwrap();
    stage.kiosk_mut().kill().unwrap();
    resume(stage.registry().process().unwrap()).unwrap();

    stage.open().unwrap();
    wait_until("the delivery", PATIENCE, || Ok(!stage.registry().entries()?.is_empty())).unwrap();
    stage.kiosk_mut().close();
    assert_eq!(stage.registry().entries().unwrap().len(), 1);
}

#[test]
fn a_changed_byte_is_refused_and_the_filing_kept_for_staff() {
    let mut stage = stage("changed-byte");
    let citizen = Citizen::amparo(Language::CaValencia);
    let number = registered(citizen.file(&mut stage, GENERAL).unwrap());
    let filed = stage.registry().entry(&number).unwrap();
    // Another registry with an empty book and the same authorities: there the key is new.
    let other = Stage::prepare("changed-byte-other", Setting::default()).unwrap();
    let submission = journeys::judge::submission_of(&filed.application).unwrap();
    let client = other.registry().client().unwrap();
    let runtime = journeys::stage::runtime().unwrap();

    let mut changed = submission.clone();
    let mut bytes = filed.application.clone();
    // Inside the signed range, where a name or a date may stand.
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    changed.application = bytes.into();
    let error = runtime.block_on(registry_api::Registry::submit(&client, &changed)).unwrap_err();
    assert!(!error.is_recoverable(), "{error}");
    assert_eq!(other.registry().entries().unwrap().len(), 0);
    assert_eq!(other.registry().quarantined().unwrap().len(), 1);

    let receipt = runtime.block_on(registry_api::Registry::submit(&client, &submission)).unwrap();
    assert_eq!(other.registry().entries().unwrap(), [receipt.number.to_string()]);
}

#[test]
fn a_card_that_is_no_dnie_is_told_so() {
    let mut stage = stage("no-dnie");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.choose_language(&stage).unwrap();
    // A card of another issuer: T=0, some historical bytes.
    let atr = vec![0x3B, 0x65, 0x00, 0x00, 0x20, 0x63, 0xCB, 0x68, 0x00];
    let card = stage.town().card(&citizen.spec).unwrap();
    stage.insert(card.with_faults(Faults { atr: Some(atr), ..Faults::default() })).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_screen("card").unwrap();
    wait_for_code(&page, "card.not-dnie");
}

#[test]
fn a_card_that_does_not_answer_is_told_so() {
    let mut stage = stage("mute");
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.choose_language(&stage).unwrap();
    // What a reader makes of a card put in upside down: no answer to reset that any card gives (ISO/IEC 7816-3, 8.1).
    let card = stage.town().card(&citizen.spec).unwrap();
    stage.insert(card.with_faults(Faults { atr: Some(vec![0; 2]), ..Faults::default() })).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_screen("card").unwrap();
    wait_for_code(&page, "card.mute");
}

#[test]
fn a_certificate_of_a_stranger_is_not_believed() {
    refused_card("untrusted", &PersonaSpec::untrusted(), "certificate.untrusted");
}

#[test]
fn an_expired_certificate_is_told_so() {
    refused_card("expired", &PersonaSpec::expired(), "certificate.expired");
}

#[test]
fn a_chip_that_cannot_prove_itself_is_never_given_a_pin() {
    let mut stage = stage("false-chip");
    let citizen = Citizen::with(PersonaSpec::false_chip());
    citizen.arrive(&mut stage).unwrap();
    citizen.begin(&stage, GENERAL).unwrap();
    citizen.fill(&stage).unwrap();
    // The chip is asked to prove itself before the PIN is, so the PIN's screen does not stay.
    let page = stage.page().unwrap();
    page.act("continue").unwrap();
    page.wait_for_screen("sign").unwrap();
    citizen.declare(&page).unwrap();
    page.act("continue").unwrap();
    wait_for_code(&page, "card.untrusted");
    assert_eq!(stage.card().unwrap().counts().verifications, 0);
}

fn refused_card(name: &str, spec: &PersonaSpec, code: &str) {
    let mut stage = stage(name);
    let citizen = Citizen::with(spec.clone());
    citizen.choose_language(&stage).unwrap();
    citizen.insert_card(&mut stage).unwrap();
    let page = stage.page().unwrap();
    page.wait_for_screen("card").unwrap();
    wait_for_code(&page, code);
    assert!(
        !page.words().unwrap().contains(&citizen.first_name()),
        "a name that is not believed is not shown"
    );
}

#[test]
fn a_card_service_that_stops_is_told_and_its_return_too() {
    let stage = stage("service-down");
    if !CardService::stop() {
        // Somebody else's service is not ours to stop.
        return;
    }
    let page = stage.page().unwrap();
    let band = || page.attribute_of("[data-band]", "data-band");
    wait_until("the band", PATIENCE, || Ok(band()?.as_deref() == Some("card-service-down"))).unwrap();
    CardService::ready().unwrap();
    wait_until("no band", PATIENCE, || Ok(band()?.is_none())).unwrap();
}

#[test]
fn a_reader_that_is_not_there_is_told_and_its_return_too() {
    let stage = stage("no-reader");
    if !CardService::stop() {
        // Somebody else's service is not ours to stop.
        return;
    }
    CardService::start_without_readers().unwrap();
    let page = stage.page().unwrap();
    let band = || page.attribute_of("[data-band]", "data-band");
    wait_until("the band", PATIENCE, || Ok(band()?.as_deref() == Some("no-reader"))).unwrap();
    CardService::ready().unwrap();
    wait_until("no band", PATIENCE, || Ok(band()?.is_none())).unwrap();
}

#[test]
fn a_full_disk_is_told_and_costs_no_filing_twice() {
    let mut stage = Stage::set("full-disk", Setting { disk_mb: Some(4), ..Setting::default() }).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.prepare(&mut stage, GENERAL).unwrap();
    stage.kiosk().fill_disk().unwrap();
    citizen.type_pin(&stage, PIN).unwrap();
    let page = stage.page().unwrap();
    wait_for_code(&page, "store.full");
    assert_eq!(stage.registry().entries().unwrap().len(), 0);
    page.act("continue").unwrap();
    page.wait_for_screen("leaving").unwrap();
    stage.remove().unwrap();
    stage.page().unwrap().wait_for_screen("welcome").unwrap();

    stage.kiosk().empty_disk().unwrap();
    registered(citizen.file(&mut stage, GENERAL).unwrap());
    assert_eq!(stage.registry().entries().unwrap().len(), 1);
}

#[test]
fn whoever_walks_away_is_forgotten() {
    let quiet = ("timers.browse".to_owned(), "{ quiet_seconds = 30, countdown_seconds = 20 }".to_owned());
    let mut stage = Stage::set("walked-away", Setting { kiosk: vec![quiet], ..Setting::default() }).unwrap();
    let citizen = Citizen::amparo(Language::CaValencia);
    citizen.arrive(&mut stage).unwrap();
    let page = stage.page().unwrap();
    // The shortest times that access rules allow.
    wait_until("the question", QUIET, || Ok(page.cover()?.as_deref() == Some("more-time"))).unwrap();
    assert!(!page.words().unwrap().contains(&citizen.first_name()), "the question covers the name");
    page.wait_for_screens(&["leaving"], QUIET).unwrap();
    assert!(!page.html().unwrap().contains(&citizen.first_name()), "the page remembers her");
    stage.remove().unwrap();
    stage.page().unwrap().wait_for_screen("welcome").unwrap();
}

/// What a graphics driver brings into a process.
const DRIVERS: [&str; 3] = ["_dri.so", "libEGL_mesa", "libEGL_nvidia"];

#[test]
fn tiles_have_room_for_their_words() {
    // The words of each tile that has less room than its padding says.
    let script = "const [size, done] = arguments;
        document.documentElement.dataset.text = size;
        const tight = tile => {
            const { paddingTop, paddingBottom } = getComputedStyle(tile);
            const words = tile.querySelector('.words');
            const room = tile.clientHeight - words.offsetHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
            return room < -1 ? [`${words.textContent}: ${room}`] : [];
        };
        const look = () => [...document.querySelectorAll('.tile')].flatMap(tight);
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(look()), 0)));";
    for (format, language) in
        Format::ALL.iter().flat_map(|format| Language::ALL.map(|language| (*format, language)))
    {
        let stage = Stage::set("tiles", Setting { format, ..Setting::default() }).unwrap();
        Citizen::amparo(language).choose_language(&stage).unwrap();
        let page = stage.page().unwrap();
        for act in [None, Some("open-topics")] {
            act.map_or(Ok(()), |act| page.act(act)).unwrap();
            page.wait_until_still().unwrap();
            for size in ["normal", "large", "largest", "normal"] {
                let tight = page.session().run_later(script, &[size.into()]).unwrap();
                assert_eq!(
                    tight.as_array().map(Vec::len),
                    Some(0),
                    "{format:?} {language:?} {size}: {tight}"
                );
            }
        }
    }
}

#[test]
fn the_windows_own_process_has_no_graphics_driver_in_it() {
    let stage = Stage::set("drivers", Setting::default()).unwrap();
    stage.page().unwrap().wait_for_screen("welcome").unwrap();
    let has_one = |process: &u32| {
        let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap_or_default();
        DRIVERS.iter().any(|driver| maps.contains(driver))
    };
    let kiosk = stage.kiosk().process().unwrap();
    assert!(!has_one(&kiosk));
    // The one that lays the page out has: it was to be found.
    assert!(family(kiosk).unwrap().iter().any(has_one));
}

/// A quiet time and the question after it, with a limit that a healthy machine stays far below.
const QUIET: Duration = Duration::from_secs(90);
