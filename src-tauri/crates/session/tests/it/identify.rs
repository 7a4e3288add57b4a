//! Saying who one is by every means, and signing with it.

use session::view::{
    CanNotice, CardStage, CertificatesView, FaultAct, FilesState, InsertCard, Intent, MeansWay, Overlay,
    PinNotice, PinPurpose, PinStage, PinView, Screen,
};
use session::{Can, Effect, Event, Means, MeansKind, PinKind, PinLength, TriesLeft};

use crate::stage::{Stage, amparo, expired, file, mine, of_a_company, vicent};

fn card(stage: &Stage) -> CardStage {
    match stage.screen() {
        Screen::Card { stage, .. } => stage,
        other => panic!("{other:?}"),
    }
}

fn code(stage: &Stage) -> String {
    match card(stage) {
        CardStage::Fault { fault } => fault.code,
        other => panic!("{other:?}"),
    }
}

/// What is said of the card that was put back and does not lift the cover.
fn why_not_back(stage: &Stage) -> String {
    match stage.view().overlay {
        Some(Overlay::CardRemoved { fault: Some(fault), other_card: false, .. }) => fault.code,
        other => panic!("{other:?}"),
    }
}

fn pin(stage: &Stage) -> PinView {
    match stage.screen() {
        Screen::Pin(pin) => pin,
        other => panic!("{other:?}"),
    }
}

fn certificates(stage: &Stage) -> CertificatesView {
    match stage.screen() {
        Screen::Certificates(view) => view,
        other => panic!("{other:?}"),
    }
}

/// The reading asked for last: its ticket and the number handed out with it.
fn reading(stage: &mut Stage) -> (u32, Option<Can>) {
    match stage.asked(|effect| matches!(effect, Effect::ReadCard { .. })) {
        Effect::ReadCard { ticket, can } => (ticket, can),
        _ => unreachable!(),
    }
}

fn opening(stage: &mut Stage) -> u32 {
    let asked = stage.asked(|effect| {
        matches!(
            effect,
            Effect::ReadToken { .. } | Effect::OpenCertificate { .. } | Effect::UseCertificate { .. }
        )
    });
    match asked {
        Effect::ReadToken { ticket }
        | Effect::OpenCertificate { ticket, .. }
        | Effect::UseCertificate { ticket, .. } => ticket,
        _ => unreachable!(),
    }
}

fn type_can(stage: &mut Stage, digits: &str) {
    for digit in digits.chars() {
        stage.wants(Intent::CanType { digit });
    }
}

/// The number is typed and a card that knows it is read.
fn identified_without_contacts(stage: &mut Stage) {
    stage.reach_card().failing_card("card.can-needed");
    type_can(stage, "123456");
    stage.go_on();
    let (ticket, _) = reading(stage);
    stage.on(Event::CardRead { ticket, holder: Box::new(amparo()) });
}

/// From the card screen to the certificates of a file.
fn open_file(stage: &mut Stage, found: Vec<session::OfferedCertificate>) {
    stage.wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Stick });
    stage.on(Event::CertificateFiles(vec![file("amparo.p12")]));
    stage.wants(Intent::ChooseCertificateFile { file: "amparo.p12".to_owned() });
    stage.on(Event::PinTyped { count: 6 }).on(Event::PinSubmitted);
    let ticket = opening(stage);
    stage.on(Event::CertificatesOpened { ticket, certificates: found });
}

fn confirm(stage: &mut Stage) {
    stage.go_on();
    let ticket = opening(stage);
    stage.on(Event::CertificateChosen { ticket, holder: Box::new(amparo()) });
}

fn identified_with_token(stage: &mut Stage) {
    stage.reach_card().failing_card("card.not-dnie");
    let ticket = opening(stage);
    stage.on(Event::CertificatesOpened { ticket, certificates: vec![mine()] });
    confirm(stage);
}

#[test]
fn a_contactless_card_asks_for_its_number_once() {
    let mut stage = Stage::new();
    stage.reach_card().failing_card("card.can-needed");
    assert_eq!(card(&stage), CardStage::Can { typed: String::new(), notice: None });
    type_can(&mut stage, "12");
    // The number is on the card: it is taken up, looked at and put back, and what was typed stays.
    stage.on(Event::CardRemoved).failing_card("card.can-needed");
    assert_eq!(card(&stage), CardStage::Can { typed: "12".to_owned(), notice: None });
    stage.go_on();
    assert_eq!(card(&stage), CardStage::Can { typed: "12".to_owned(), notice: Some(CanNotice::TooShort) });
    type_can(&mut stage, "x3456");
    stage.wants(Intent::CanErase);
    type_can(&mut stage, "6");
    stage.go_on();
    assert_eq!(card(&stage), CardStage::Reading);
    let (ticket, can) = reading(&mut stage);
    assert_eq!(can.as_ref().map(|can| *can.expose()), Some(*b"123456"));
    assert!(!format!("{:?}", stage.view()).contains("123456"));
    stage.on(Event::CardRead { ticket, holder: Box::new(amparo()) }).go_on().reach_first_page();
    // Taken out and put back: the number is known.
    stage.on(Event::CardRemoved).on(Event::CardInserted);
    let (ticket, can) = reading(&mut stage);
    assert_eq!(can.map(|can| *can.expose()), Some(*b"123456"));
    stage.on(Event::CardRead { ticket, holder: Box::new(amparo()) });
    assert_eq!(stage.view().overlay, None);
    stage.wants(Intent::End).go_on();
    assert!(stage.state.is_clean() && stage.has_asked(|effect| matches!(effect, Effect::Wipe)));
}

#[test]
fn a_number_typed_with_the_card_in_the_hand_waits_for_it() {
    let mut stage = Stage::new();
    stage.reach_card().failing_card("card.can-needed").on(Event::CardRemoved);
    type_can(&mut stage, "123456");
    stage.go_on();
    assert_eq!(card(&stage), CardStage::Insert { card: InsertCard::Contactless, elsewhere: false });
    stage.on(Event::CardInserted);
    assert!(reading(&mut stage).1.is_some());
}

#[test]
fn a_wrong_number_is_told_at_the_field_and_after_three_more_is_said() {
    let mut stage = Stage::new();
    stage.reach_card().failing_card("card.can-needed");
    for notice in [CanNotice::Wrong, CanNotice::Wrong, CanNotice::Compare, CanNotice::Compare] {
        type_can(&mut stage, "999999");
        stage.go_on();
        let (ticket, _) = reading(&mut stage);
        stage.on(Event::CardFailed { ticket, code: "card.can-wrong" });
        assert_eq!(card(&stage), CardStage::Can { typed: String::new(), notice: Some(notice) });
    }
    // By its contacts the same card needs no number.
    stage.on(Event::CardRemoved).card(&amparo());
    assert!(matches!(card(&stage), CardStage::Ready { .. }));
}

#[test]
fn the_number_of_one_card_is_not_held_against_the_next() {
    let mut stage = Stage::new();
    identified_without_contacts(&mut stage);
    stage.on(Event::CardRemoved);
    assert_eq!(card(&stage), CardStage::Insert { card: InsertCard::Contactless, elsewhere: false });
    stage.failing_card("card.can-wrong");
    assert_eq!(card(&stage), CardStage::Can { typed: String::new(), notice: None });
}

#[test]
fn another_contactless_card_during_a_session_is_another_card() {
    let mut stage = Stage::new();
    identified_without_contacts(&mut stage);
    stage.go_on().reach_first_page().on(Event::CardRemoved).failing_card("card.can-wrong");
    assert_eq!(why_not_back(&stage), "card.changed");
    // The first one still knows its number.
    stage.on(Event::CardRemoved).on(Event::CardInserted);
    assert!(reading(&mut stage).1.is_some());
}

#[test]
fn a_card_read_by_its_contacts_goes_back_where_it_was() {
    let mut stage = Stage::new();
    stage.reach_form().on(Event::CardRemoved).failing_card("card.can-needed");
    assert_eq!(why_not_back(&stage), "card.wrong-reader");
    stage.on(Event::CardRemoved).card(&amparo());
    assert_eq!(stage.view().overlay, None);
}

#[test]
fn whoever_goes_back_while_the_number_is_found_missing_is_asked_for_it() {
    let mut stage = Stage::new();
    stage.on(Event::CardInserted);
    let (ticket, _) = reading(&mut stage);
    stage.wants(Intent::Back).wants(Intent::Back);
    stage.on(Event::CardFailed { ticket, code: "card.can-needed" });
    assert!(matches!(card(&stage), CardStage::Can { .. }));
}

#[test]
fn a_card_in_another_reader_is_told_until_it_leaves() {
    let mut stage = Stage::new();
    stage.reach_card().on(Event::CardElsewhere { present: true });
    assert_eq!(card(&stage), CardStage::Insert { card: InsertCard::Dnie, elsewhere: true });
    stage.on(Event::CardElsewhere { present: false });
    assert_eq!(card(&stage), CardStage::Insert { card: InsertCard::Dnie, elsewhere: false });
}

#[test]
fn means_that_are_not_set_up_are_not_shown() {
    let ways = |means: Means| {
        let mut stage = Stage::new();
        stage.environment.means = means;
        stage.reach_card().wants(Intent::OtherMeans);
        match stage.screen() {
            Screen::Means { ways } => ways,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(ways(Means::default()), [MeansWay::Dnie, MeansWay::Nothing]);
    assert_eq!(
        ways(Means { stick: true, token: true }),
        [MeansWay::Dnie, MeansWay::Stick, MeansWay::Token, MeansWay::Nothing]
    );
    let mut stage = Stage::new();
    stage.environment.means = Means::default();
    stage.reach_card().wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Stick });
    assert!(matches!(stage.screen(), Screen::Means { .. }));
}

#[test]
fn no_means_at_all_is_no_dead_end() {
    let mut stage = Stage::new();
    stage.reach_card().wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Nothing });
    assert!(matches!(stage.screen(), Screen::NoMeans));
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Means { .. }));
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Card { .. }));
    stage.wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Nothing }).go_on();
    assert!(matches!(stage.screen(), Screen::Home { .. }));
}

#[test]
fn a_minors_card_leads_to_other_means() {
    let mut stage = Stage::new();
    stage.reach_card().failing_card("card.no-signature-certificate");
    assert!(matches!(card(&stage), CardStage::Fault { fault } if fault.act == FaultAct::Means));
    stage.wants(Intent::OtherMeans);
    assert!(matches!(stage.screen(), Screen::Means { .. }));
    stage.wants(Intent::Back);
    assert_eq!(code(&stage), "card.no-signature-certificate");
}

#[test]
fn a_certificate_from_a_file_files_without_any_card() {
    let mut stage = Stage::new();
    stage.reach_card();
    open_file(&mut stage, vec![mine(), expired()]);
    let shown = certificates(&stage);
    assert_eq!((shown.certificates.len(), shown.chosen.as_deref()), (1, Some("mine")));
    assert_eq!(shown.certificates[0].expires, "12 de març de 2027");
    assert_eq!(shown.unusable[0].fault.code, "other-certificate.expired");
    confirm(&mut stage);
    assert!(
        stage.has_asked(|effect| matches!(effect, Effect::SeekDraft { owner, .. } if owner == "12345678Z"))
    );
    stage.reach_first_page();
    assert_eq!(stage.view().header.means, Some(MeansKind::Stick));
    // A card that comes and goes is none of its business, and neither is the stick.
    stage.effects.clear();
    stage.on(Event::StickPresent { present: false }).on(Event::CardInserted).on(Event::CardRemoved);
    assert!(stage.view().overlay.is_none());
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::ReadCard { .. })));
    stage.reach_consent();
    assert!(matches!(stage.screen(), Screen::Sign { means: MeansKind::Stick, company: None, .. }));
    stage.go_on();
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::ReadTries)));
    assert_eq!((pin(&stage).stage, pin(&stage).profile.kind), (PinStage::Entry, PinKind::Password));
    assert_eq!(stage.state.secret(), Some((PinKind::Password, PinLength::PASSWORD)));
    stage.on(Event::PinTyped { count: 3 }).on(Event::PinSubmitted);
    stage.on(Event::PinWrong { left: TriesLeft::Untold });
    assert_eq!((pin(&stage).stage, pin(&stage).notice), (PinStage::Entry, Some(PinNotice::Wrong)));
    stage.on(Event::PinTyped { count: 3 }).on(Event::PinSubmitted).on(Event::Signed);
    assert!(matches!(stage.screen(), Screen::Sending { .. }));
}

#[test]
fn a_wrong_password_is_told_at_the_field_and_an_empty_one_is_tried() {
    let mut stage = Stage::new();
    stage.reach_card().wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Stick });
    stage.on(Event::CertificateFiles(vec![file("amparo.p12")]));
    stage.wants(Intent::ChooseCertificateFile { file: "amparo.p12".to_owned() });
    assert_eq!(pin(&stage).purpose, PinPurpose::Open { file: "amparo.p12".to_owned() });
    assert!(stage.state.takes_pin());
    stage.on(Event::PinSubmitted);
    assert_eq!(pin(&stage).stage, PinStage::Working);
    let ticket = opening(&mut stage);
    stage.on(Event::CertificateFailed { ticket, code: "keystore.wrong-password" });
    assert_eq!(
        (pin(&stage).stage, pin(&stage).notice, pin(&stage).typed),
        (PinStage::Entry, Some(PinNotice::Wrong), 0)
    );
    // A quiet minute erases what was typed; the screen stays.
    stage.on(Event::PinTyped { count: 5 }).wait(61);
    assert_eq!((pin(&stage).notice, pin(&stage).typed), (Some(PinNotice::Erased), 0));
    stage.on(Event::PinSubmitted);
    let ticket = opening(&mut stage);
    stage.on(Event::CertificateFailed { ticket, code: "keystore.damaged" });
    assert!(
        matches!(stage.screen(), Screen::CertificateFiles(view) if view.fault.as_ref().is_some_and(|fault| fault.code == "keystore.damaged"))
    );
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::CertificateFiles(view) if view.state == FilesState::Looking));
}

#[test]
fn what_the_stick_holds_is_told_as_far_as_it_is_known() {
    let mut stage = Stage::new();
    stage.reach_card().wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Stick });
    let found = |stage: &Stage| match stage.screen() {
        Screen::CertificateFiles(view) => view.state,
        other => panic!("{other:?}"),
    };
    assert!(stage.view().busy);
    stage.on(Event::CertificateFiles(Vec::new()));
    assert_eq!(found(&stage), FilesState::NothingFound);
    stage.on(Event::StickPresent { present: false });
    assert_eq!(found(&stage), FilesState::NoStick);
    stage.effects.clear();
    stage.on(Event::StickPresent { present: true });
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ListCertificates)));
    stage.on(Event::CertificateFiles(Vec::new()));
    assert_eq!(found(&stage), FilesState::NothingOnStick);
}

#[test]
fn among_several_certificates_nobody_picks_but_the_person() {
    let mut stage = Stage::new();
    stage.reach_card();
    open_file(&mut stage, vec![mine(), of_a_company(), expired()]);
    assert_eq!(certificates(&stage).chosen, None);
    stage.effects.clear();
    stage.go_on();
    assert!(certificates(&stage).choice_missing);
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::UseCertificate { .. })));
    stage.wants(Intent::ChooseCertificate { id: "old".to_owned() });
    assert_eq!(certificates(&stage).chosen, None);
    stage.wants(Intent::ChooseCertificate { id: "company".to_owned() });
    confirm(&mut stage);
    stage.reach_first_page().reach_consent();
    assert!(
        matches!(stage.screen(), Screen::Sign { company: Some(company), .. } if company == "Forn Martí, SL")
    );
}

#[test]
fn certificates_that_do_not_serve_are_told_with_another_way() {
    let mut stage = Stage::new();
    stage.reach_card();
    open_file(&mut stage, vec![expired()]);
    let Screen::CertificateFiles(view) = stage.screen() else { panic!() };
    assert_eq!(
        view.fault.map(|fault| (fault.code, fault.act)),
        Some(("other-certificate.expired".to_owned(), FaultAct::Means))
    );
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ForgetCertificates)));
    let mut stage = Stage::new();
    stage.reach_card();
    open_file(&mut stage, Vec::new());
    assert!(
        matches!(stage.screen(), Screen::CertificateFiles(view) if view.fault.as_ref().is_some_and(|fault| fault.code == "keystore.no-key"))
    );
}

#[test]
fn leaving_what_was_opened_forgets_it() {
    let mut stage = Stage::new();
    stage.reach_card();
    open_file(&mut stage, vec![mine()]);
    stage.effects.clear();
    stage.wants(Intent::Back);
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ForgetCertificates)));
    assert!(stage.state.is_clean());
    // A card put in meanwhile is read, and leads on to the procedure that was chosen.
    stage.card(&vicent());
    assert!(matches!(stage.screen(), Screen::Card { procedure: Some(_), .. }));
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::BeforeStart { .. }));
}

#[test]
fn a_late_answer_about_certificates_is_not_believed() {
    let mut stage = Stage::new();
    stage.reach_card();
    open_file(&mut stage, vec![mine()]);
    stage.go_on();
    let ticket = opening(&mut stage);
    stage.wants(Intent::End);
    stage.on(Event::CertificateChosen { ticket, holder: Box::new(amparo()) });
    assert!(stage.state.is_clean() && stage.view().header.holder.is_none());
}

#[test]
fn another_card_signs_by_its_own_rules() {
    let mut stage = Stage::new();
    identified_with_token(&mut stage);
    stage.reach_first_page();
    assert_eq!(stage.view().header.means, Some(MeansKind::Token));
    stage.reach_consent().go_on();
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ReadTries)));
    stage.on(Event::Tries { left: TriesLeft::Few, length: Some(PinLength { min: 4, max: 8 }) });
    let shown = pin(&stage).profile;
    assert_eq!((shown.kind, shown.min, shown.max, shown.tries), (PinKind::TokenPin, 4, 8, TriesLeft::Few));
    stage.on(Event::PinTyped { count: 3 }).on(Event::PinSubmitted);
    assert_eq!(pin(&stage).notice, Some(PinNotice::TooShort));
    stage.on(Event::PinTyped { count: 4 }).on(Event::PinSubmitted);
    stage.on(Event::PinWrong { left: TriesLeft::Last });
    assert_eq!(pin(&stage).stage, PinStage::LastTry);
    stage.wants(Intent::ConfirmLastTry).on(Event::PinTyped { count: 4 }).on(Event::PinSubmitted);
    stage.on(Event::PinWrong { left: TriesLeft::Blocked });
    assert_eq!(pin(&stage).stage, PinStage::Blocked);
}

#[test]
fn another_card_put_back_is_known_by_its_certificate() {
    let mut stage = Stage::new();
    identified_with_token(&mut stage);
    stage.reach_first_page().on(Event::CardRemoved);
    assert!(matches!(stage.view().overlay, Some(Overlay::CardRemoved { .. })));
    stage.failing_card("card.not-dnie");
    let ticket = opening(&mut stage);
    stage.on(Event::CertificatesOpened { ticket, certificates: vec![of_a_company()] });
    assert_eq!(why_not_back(&stage), "card.changed");
    // Their own DNIe is not the card either: the document is made for the certificate on the first one.
    stage.on(Event::CardRemoved).card(&amparo());
    assert_eq!(why_not_back(&stage), "card.changed");
    assert!(!stage.state.knows("12345678Z"));
    stage.on(Event::CardRemoved).failing_card("card.not-dnie");
    let ticket = opening(&mut stage);
    stage.on(Event::CertificatesOpened { ticket, certificates: vec![of_a_company(), mine()] });
    let ticket = opening(&mut stage);
    stage.on(Event::CertificateChosen { ticket, holder: Box::new(amparo()) });
    assert_eq!(stage.view().overlay, None);
}

#[test]
fn whoever_goes_back_while_another_card_is_read_is_not_surprised_by_it() {
    let mut stage = Stage::new();
    stage.reach_card().wants(Intent::OtherMeans).wants(Intent::ChooseMeans { way: MeansWay::Token });
    stage.on(Event::CardInserted);
    let ticket = stage.card_ticket();
    stage.wants(Intent::Back).on(Event::CardRead { ticket, holder: Box::new(amparo()) });
    assert!(matches!(stage.screen(), Screen::Means { .. }));
    assert!(stage.state.is_clean());
}

#[test]
fn another_card_without_certificate_is_told_as_such() {
    let mut stage = Stage::new();
    stage.reach_card().failing_card("card.not-dnie");
    let ticket = opening(&mut stage);
    stage.on(Event::CertificateFailed { ticket, code: "token.no-certificate" });
    assert_eq!(code(&stage), "token.no-certificate");
    // Where no other card is read, it is told that this is no DNIe.
    let mut stage = Stage::new();
    stage.environment.means = Means::default();
    stage.reach_card().failing_card("card.not-dnie");
    assert_eq!(code(&stage), "card.not-dnie");
}

#[test]
fn another_card_taken_out_before_it_is_chosen_leaves_nothing() {
    let mut stage = Stage::new();
    stage.reach_card().failing_card("card.not-dnie");
    let ticket = opening(&mut stage);
    stage.on(Event::CertificatesOpened { ticket, certificates: vec![mine()] });
    stage.effects.clear();
    stage.on(Event::CardRemoved);
    assert!(matches!(card(&stage), CardStage::Insert { .. }));
    assert!(stage.state.is_clean() && stage.has_asked(|effect| matches!(effect, Effect::ForgetCertificates)));
}

#[test]
fn a_try_that_may_have_been_spent_is_told_and_counted_before_the_next() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 8 }).on(Event::PinSubmitted).on(Event::CardRemoved);
    stage.on(Event::SignFailed { code: "card.pin-unknown" });
    stage.card(&amparo());
    assert!(matches!(stage.screen(), Screen::Sign { .. }));
    stage.effects.clear();
    stage.go_on();
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ReadTries)));
    stage.on(Event::Tries { left: TriesLeft::Count { left: 2 }, length: None });
    assert_eq!((pin(&stage).stage, pin(&stage).notice), (PinStage::Entry, Some(PinNotice::MaybeSpent)));
    stage.on(Event::PinTyped { count: 8 }).on(Event::PinSubmitted);
    // Known before the card is seen to be gone: asked at once.
    stage.effects.clear();
    stage.on(Event::SignFailed { code: "card.pin-unknown" });
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ReadTries)));
    assert_eq!((pin(&stage).stage, pin(&stage).typed), (PinStage::Checking, 0));
    stage.on(Event::Tries { left: TriesLeft::Count { left: 1 }, length: None });
    assert_eq!(pin(&stage).stage, PinStage::LastTry);
}

#[test]
fn a_stick_left_behind_is_told_and_keeps_nobody_out() {
    let mut stage = Stage::new();
    stage.on(Event::StickPresent { present: true });
    stage.reach_form().wants(Intent::End).go_on().on(Event::CardRemoved);
    assert!(matches!(stage.screen(), Screen::Leaving { card: false, stick: true, .. }));
    stage.wait(5);
    assert!(matches!(stage.screen(), Screen::Leaving { .. }));
    stage.on(Event::StickPresent { present: false }).wait(5);
    assert!(matches!(stage.screen(), Screen::Welcome));
    let mut stage = Stage::new();
    stage.on(Event::StickPresent { present: true });
    stage.reach_form().wants(Intent::End).go_on().on(Event::CardRemoved).wait(61);
    assert!(matches!(stage.screen(), Screen::Welcome));
}
