//! Whole sessions, step by step.

use registry_api::SubmissionKey;
use session::view::{
    CardStage, Control, Intent, OutputKind, Overlay, PinNotice, PinStage, Preferences, Screen, StepState,
    TextSize,
};
use session::{Effect, Event, FilingWait, TriesLeft};

use crate::stage::{Stage, amparo, file, vicent};

fn pin(stage: &Stage) -> session::view::PinView {
    match stage.screen() {
        Screen::Pin(pin) => pin,
        other => panic!("{other:?}"),
    }
}

fn key(stage: &mut Stage) -> SubmissionKey {
    match stage.asked(|effect| matches!(effect, Effect::Enqueue(_))) {
        Effect::Enqueue(package) => package.key,
        _ => unreachable!(),
    }
}

fn seconds_of(overlay: Option<Overlay>) -> u32 {
    match overlay {
        Some(Overlay::MoreTime { seconds } | Overlay::CardRemoved { seconds, .. }) => seconds,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_card_put_in_first_greets_its_holder_and_leads_home() {
    let mut stage = Stage::new();
    stage.on(Event::CardInserted);
    assert!(matches!(stage.screen(), Screen::Card { stage: CardStage::Reading, .. }));
    let mut stage = Stage::new();
    stage.card(&amparo());
    let Screen::Card { stage: CardStage::Ready { name, masked_nif }, .. } = stage.screen() else { panic!() };
    assert_eq!((name.as_str(), masked_nif.as_str()), ("Amparo Martí Soler", "***4567**"));
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::Home { .. }));
    assert_eq!(stage.view().header.holder.as_deref(), Some("A. Martí"));
}

#[test]
fn every_keystroke_asks_to_save_the_draft() {
    let mut stage = Stage::new();
    stage.reach_form();
    let field = loop {
        let Screen::Form(form) = stage.screen() else { panic!("no page takes text") };
        let open = form
            .fields
            .iter()
            .find(|field| field.editable && matches!(field.control, Control::LongText { .. }));
        match open {
            Some(field) => break field.id.clone(),
            None => stage.go_on(),
        };
    };
    for typed in ["c", "ca", "car"] {
        stage.effects.clear();
        stage.wants(Intent::Answer { field: field.clone(), value: typed.to_owned() });
        let Effect::SaveDraft(draft) = stage.asked(|effect| matches!(effect, Effect::SaveDraft(_))) else {
            panic!()
        };
        assert_eq!(draft.answers[&field], typed);
        assert_eq!(draft.owner, "12345678Z");
    }
}

#[test]
fn a_page_left_too_early_shows_its_faults_and_keeps_its_answers() {
    let mut stage = Stage::new();
    stage.reach_form();
    for _ in 0..12 {
        let Screen::Form(before) = stage.screen() else { panic!("no page asked for anything") };
        stage.go_on();
        if let Screen::Form(after) = stage.screen()
            && after.show_faults
        {
            assert_eq!(after.page, before.page);
            let fault = after.fields.iter().find_map(|field| field.fault.as_ref()).unwrap();
            assert_eq!(fault.code, "field.required");
            assert!(!fault.text.is_empty() && fault.text != "field-required");
            return;
        }
    }
    panic!("no required answer was missed");
}

#[test]
fn a_filing_goes_from_card_to_receipt_or_says_that_it_has_none_yet() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    assert_eq!(pin(&stage).stage, PinStage::Entry);
    stage.on(Event::PinTyped { count: 8 }).on(Event::PinSubmitted);
    assert!(stage.has_asked(|effect| matches!(effect, Effect::Sign)));
    assert_eq!(pin(&stage).stage, PinStage::Working);
    stage.on(Event::Signed);
    let key = key(&mut stage);
    let Screen::Sending { steps, card_may_leave: true } = stage.screen() else { panic!() };
    assert_eq!(steps[1].state, StepState::Now);
    stage.on(Event::Enqueued);
    // The card may leave now and nothing is covered.
    stage.on(Event::CardRemoved);
    assert_eq!(stage.view().overlay, None);
    stage.on(Event::FilingWaits { key, wait: FilingWait::Offline });
    let Screen::Provisional(slip) = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert_eq!((slip.reason.as_str(), slip.evidence), ("provisional-offline", key.to_string()));
    stage.wants(Intent::Output { how: OutputKind::Save });
    assert!(stage.has_asked(|effect| matches!(effect, Effect::Output { provisional: true, .. })));
    stage.on(Event::OutputDone).go_on();
    assert!(matches!(stage.screen(), Screen::Provisional(slip) if slip.saved));
    stage.go_on();
    assert!(stage.state.is_clean());
}

#[test]
fn a_registry_that_takes_too_long_gives_the_provisional_slip() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage
        .on(Event::PinTyped { count: 8 })
        .on(Event::PinSubmitted)
        .on(Event::Signed)
        .on(Event::Enqueued)
        .wait(19);
    assert!(matches!(stage.screen(), Screen::Sending { .. }));
    stage.wait(2);
    assert!(matches!(stage.screen(), Screen::Provisional(slip) if slip.reason == "provisional-slow"));
}

/// Signed, and the queue could not take it.
fn signed_and_not_kept(code: &'static str) -> (Stage, SubmissionKey) {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 8 }).on(Event::PinSubmitted).on(Event::Signed);
    let key = key(&mut stage);
    stage.on(Event::EnqueueFailed { code });
    assert!(matches!(stage.view().overlay, Some(Overlay::Fault { fault }) if fault.code == code));
    (stage, key)
}

#[test]
fn a_store_that_fails_keeps_the_signed_filing_and_tries_again() {
    let (mut stage, first) = signed_and_not_kept("store.failed");
    stage.go_on();
    assert_eq!(key(&mut stage), first);
}

#[test]
fn a_full_disk_ends_the_session_and_its_draft_with_it() {
    let (mut stage, first) = signed_and_not_kept("store.full");
    stage.go_on();
    assert!(stage.state.is_clean());
    assert!(stage.has_asked(|effect| matches!(effect, Effect::DropDraft { key } if *key == first)));
    // The draft cannot go yet either: nothing of that is the next person's.
    stage.on(Event::StoreFailed { code: "store.full" });
    assert_eq!(stage.view().overlay, None);
}

#[test]
fn what_cannot_be_kept_can_be_left_and_is_not_left_standing() {
    let (mut stage, _) = signed_and_not_kept("store.failed");
    stage.wants(Intent::End);
    assert!(stage.state.is_clean());

    let (mut stage, first) = signed_and_not_kept("store.failed");
    stage.wait(181);
    assert!(matches!(stage.view().overlay, Some(Overlay::MoreTime { .. })));
    stage.go_on();
    assert_eq!(key(&mut stage), first, "whoever is still there gets another try");
    stage.on(Event::EnqueueFailed { code: "store.failed" }).wait(181).wait(31);
    assert!(stage.state.is_clean());
}

#[test]
fn tries_are_told_before_typing_and_the_last_one_is_confirmed() {
    let mut stage = Stage::new();
    stage.reach_pin(2);
    assert_eq!(
        (pin(&stage).stage, pin(&stage).profile.tries),
        (PinStage::Entry, TriesLeft::Count { left: 2 })
    );
    stage
        .on(Event::PinTyped { count: 8 })
        .on(Event::PinSubmitted)
        .on(Event::PinWrong { left: TriesLeft::Count { left: 1 } });
    assert_eq!(
        (pin(&stage).stage, pin(&stage).notice, pin(&stage).typed),
        (PinStage::LastTry, Some(PinNotice::Wrong), 0)
    );
    stage.wants(Intent::ConfirmLastTry);
    assert_eq!(pin(&stage).stage, PinStage::Entry);
    stage
        .on(Event::PinTyped { count: 8 })
        .on(Event::PinSubmitted)
        .on(Event::PinWrong { left: TriesLeft::Count { left: 0 } });
    assert_eq!(pin(&stage).stage, PinStage::Blocked);
}

#[test]
fn a_short_pin_spends_no_try() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 7 }).on(Event::PinSubmitted);
    assert_eq!(pin(&stage).notice, Some(PinNotice::TooShort));
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::Sign)));
}

#[test]
fn nothing_is_signed_with_a_declaration_unticked() {
    let mut stage = Stage::new();
    stage.reach_consent();
    let Screen::Sign { declarations, .. } = stage.screen() else { panic!() };
    stage.wants(Intent::Declare { id: declarations[0].id.clone(), ticked: false }).go_on();
    assert!(matches!(stage.screen(), Screen::Sign { declarations_missing: true, .. }));
}

#[test]
fn a_card_taken_out_covers_the_screen_and_comes_back_to_the_same_place() {
    let mut stage = Stage::new();
    stage.reach_form();
    let before = stage.screen();
    stage.on(Event::CardRemoved);
    assert_eq!(seconds_of(stage.view().overlay), 20);
    stage.card(&amparo());
    assert_eq!((stage.view().overlay, stage.screen()), (None, before));
}

#[test]
fn before_anything_is_begun_the_card_can_simply_be_changed() {
    let mut stage = Stage::new();
    stage.card(&amparo()).on(Event::CardRemoved);
    assert!(stage.state.is_clean());
    assert!(matches!(stage.screen(), Screen::Card { stage: CardStage::Insert { .. }, .. }));
    stage.card(&vicent());
    assert!(
        matches!(stage.screen(), Screen::Card { stage: CardStage::Ready { name, .. }, .. } if name == "Vicent Ferrer")
    );
}

#[test]
fn another_persons_card_shows_nothing_of_the_first() {
    let mut stage = Stage::new();
    stage.reach_form().on(Event::CardRemoved).card(&vicent());
    assert!(matches!(stage.view().overlay, Some(Overlay::CardRemoved { other_card: true, .. })));
    stage.wait(21);
    assert!(stage.state.is_clean());
    assert!(stage.has_asked(|effect| matches!(effect, Effect::Wipe)));
    assert!(matches!(stage.screen(), Screen::Leaving { card: true, .. }));
}

#[test]
fn a_card_pulled_while_the_pin_is_typed_wipes_it_and_leads_back_to_consent() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 5 });
    stage.effects.clear();
    stage.on(Event::CardRemoved);
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ErasePin)));
    stage.card(&amparo());
    assert!(matches!(stage.screen(), Screen::Sign { .. }));
}

#[test]
fn a_card_pulled_while_signing_is_told_once_by_its_cover() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 8 }).on(Event::PinSubmitted).on(Event::CardRemoved);
    stage.on(Event::SignFailed { code: "card.removed" });
    assert!(matches!(stage.view().overlay, Some(Overlay::CardRemoved { other_card: false, .. })));
}

#[test]
fn quiet_is_asked_about_and_ends_the_session() {
    let mut stage = Stage::new();
    stage.reach_form().wait(89);
    assert_eq!(stage.view().overlay, None);
    stage.wait(2);
    assert_eq!(seconds_of(stage.view().overlay), 30);
    stage.go_on();
    assert_eq!(stage.view().overlay, None);
    stage.wait(91).wait(31);
    assert!(stage.state.is_clean());
    assert!(stage.has_asked(|effect| matches!(effect, Effect::DropDraft { .. })));
}

#[test]
fn large_text_gives_three_times_as_long() {
    let mut stage = Stage::new();
    stage.reach_form();
    stage.wants(Intent::Prefer {
        preferences: Preferences { text: TextSize::Largest, ..Preferences::default() },
    });
    stage.wait(269);
    assert_eq!(stage.view().overlay, None);
    stage.wait(2);
    assert_eq!(seconds_of(stage.view().overlay), 90);
}

#[test]
fn quiet_on_the_pin_screen_erases_what_was_typed_first() {
    let mut stage = Stage::new();
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 4 }).wait(61);
    assert_eq!((pin(&stage).typed, pin(&stage).notice), (0, Some(PinNotice::Erased)));
    stage.wait(61);
    assert!(matches!(stage.view().overlay, Some(Overlay::MoreTime { .. })));
}

#[test]
fn ending_asks_once_when_something_would_be_lost() {
    let mut stage = Stage::new();
    stage.reach_form().wants(Intent::End);
    assert_eq!(stage.view().overlay, Some(Overlay::ConfirmEnd));
    stage.wants(Intent::CloseOverlay);
    assert!(matches!(stage.screen(), Screen::Form(_)));
    stage.wants(Intent::End).go_on();
    assert!(matches!(stage.screen(), Screen::Leaving { card: true, .. }));
    assert_eq!(stage.view().header.holder, None);
    stage.on(Event::CardRemoved).wait(5);
    assert!(matches!(stage.screen(), Screen::Welcome));
    assert!(stage.state.is_idle());
}

#[test]
fn the_goodbye_is_said_in_the_persons_language() {
    let mut stage = Stage::new();
    stage.reach_form().wants(Intent::ChooseLanguage { language: wording::Language::En });
    stage.wants(Intent::End).go_on();
    assert!(matches!(stage.screen(), Screen::Leaving { .. }));
    assert_eq!(stage.view().language, wording::Language::En);
    stage.on(Event::CardRemoved).wait(5);
    assert_eq!((stage.screen(), stage.view().language), (Screen::Welcome, wording::Language::CaValencia));
}

#[test]
fn a_file_that_cannot_be_taken_says_why_even_when_the_answer_is_missing() {
    let mut stage = Stage::new();
    stage.wants(Intent::ChooseLanguage { language: wording::Language::CaValencia });
    stage.wants(Intent::OpenProcedure { procedure: "padro-modificacio-dades".to_owned() }).go_on();
    stage.card(&amparo()).go_on().on(Event::DraftSought { draft: None }).go_on();
    let document = loop {
        let Screen::Form(form) = stage.screen() else { panic!("{:?}", stage.screen()) };
        if let Some(field) =
            form.fields.iter().find(|field| matches!(field.control, Control::Document { .. }))
        {
            break field.id.clone();
        }
        stage.fill().go_on();
    };
    stage.on(Event::Files(vec![file("dni.JPEG"), file("dni.docx")]));
    let shown = |stage: &Stage| match stage.screen() {
        Screen::Form(form) => form.fields.into_iter().find(|field| field.id == document).unwrap(),
        other => panic!("{other:?}"),
    };
    assert!(matches!(&shown(&stage).control, Control::Document { files, .. } if files.len() == 1));
    let key = stage.draft_key();
    let args = vec![("kinds".to_owned(), "PDF".to_owned())];
    stage.on(Event::FileRefused { key, field: document.clone(), code: "file.kind", args }).go_on();
    assert_eq!(shown(&stage).fault.unwrap().code, "file.kind");
    stage.wants(Intent::Answer { field: document.clone(), value: "dni.JPEG".to_owned() });
    assert_eq!(shown(&stage).fault.unwrap().code, "field.document");
}

#[test]
fn settings_are_the_persons_and_end_with_the_session() {
    let mut stage = Stage::new();
    stage.reach_form();
    stage.wants(Intent::Prefer { preferences: Preferences { low_screen: true, ..Preferences::default() } });
    stage.wants(Intent::End).go_on();
    assert_eq!(stage.view().preferences, Preferences::default());
}

#[test]
fn a_late_answer_of_the_card_is_not_believed() {
    let mut stage = Stage::new();
    stage.on(Event::CardInserted);
    let ticket = stage.card_ticket();
    stage.on(Event::CardRemoved).on(Event::CardRead { ticket, holder: Box::new(amparo()) });
    assert!(stage.state.is_clean());
}
