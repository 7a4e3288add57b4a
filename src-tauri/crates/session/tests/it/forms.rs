//! Pages of the form: what is offered, doubted, ticked and worked out.

use std::sync::Arc;

use procedures::{Catalogue, Sources};
use session::view::{Control, FieldView, Intent, Screen};
use session::{Event, FilingWait};

use crate::stage::{Stage, amparo, environment_with, vicent};

/// Asks for one answer of each of some kinds, on one page each.
const KINDS: &str = r#"
[[form]]
[form.page]
id = "kinds"
heading = { va = "Què?", es = "¿Qué?", en = "What?" }
[[form.page.fields]]
id = "elements"
kind = "multiple"
label = { va = "Elements", es = "Elementos", en = "Elements" }
options = [
    { id = "a", label = { va = "A", es = "A", en = "A" } },
    { id = "b", label = { va = "B", es = "B", en = "B" } },
]
[[form.page.fields]]
id = "price"
kind = "money"
max = 1000
label = { va = "Preu", es = "Precio", en = "Price" }
[[form.page.fields]]
id = "double"
kind = "computed"
formula = "price * 2"
shows = "money"
label = { va = "El doble", es = "El doble", en = "Twice that" }
[[form.page.fields]]
id = "why"
kind = "text"
required_if = "has(elements, 'a')"
label = { va = "Per què", es = "Por qué", en = "Why" }

[[form]]
block = "contact"

[[form]]
block = "home"

[[form]]
block = "contact"
prefix = "other"
"#;

/// The general application asking other things.
fn stage() -> Stage {
    let bundled = Sources::bundled();
    let (_, general) = bundled.procedures.iter().find(|(name, _)| *name == "instancia-general.toml").unwrap();
    let (head, form) = general.split_once("[[form]]").unwrap();
    let head = head.split("[registry]").next().unwrap();
    let applicant = form.split("[[form]]").next().unwrap();
    let head = head.replace("[\"DOC-LLIURE\"]", "[]").replace("{request}", "{price}");
    let text = format!("{head}[[form]]{applicant}{KINDS}");
    let procedures = [("instancia-general.toml", text.as_str())];
    let catalogue = Catalogue::read(&Sources { procedures: &procedures, ..bundled }).unwrap();
    let mut stage = Stage::in_environment(environment_with(Arc::new(catalogue)));
    stage.reach_form_of("instancia-general", &amparo());
    // Who applies is known from the card.
    stage.go_on();
    stage
}

fn field(stage: &Stage, id: &str) -> FieldView {
    let Screen::Form(form) = stage.screen() else { panic!("{:?}", stage.screen()) };
    form.fields.into_iter().find(|field| field.id == id).unwrap_or_else(|| panic!("no field {id}"))
}

fn tick(stage: &mut Stage, option: &str, ticked: bool) {
    stage.wants(Intent::Tick { field: "elements".to_owned(), option: option.to_owned(), ticked });
}

#[test]
fn several_are_ticked_and_none_of_them_unticks_the_others() {
    let mut stage = stage();
    let Control::Multiple { options, none } = field(&stage, "elements").control else { panic!() };
    assert_eq!((options.len(), none.unwrap().id.as_str()), (2, "none"));
    tick(&mut stage, "b", true);
    tick(&mut stage, "a", true);
    assert_eq!(field(&stage, "elements").value, "a,b");
    tick(&mut stage, "none", true);
    assert_eq!(field(&stage, "elements").value, "none");
    tick(&mut stage, "c", true);
    assert_eq!(field(&stage, "elements").value, "none");
    tick(&mut stage, "a", true);
    assert_eq!(field(&stage, "elements").value, "a");
}

#[test]
fn what_must_be_answered_follows_from_other_answers() {
    let mut stage = stage();
    assert!(field(&stage, "why").optional);
    tick(&mut stage, "a", true);
    assert!(!field(&stage, "why").optional);
}

#[test]
fn what_is_worked_out_is_shown_in_words_and_typed_by_nobody() {
    let mut stage = stage();
    let double = field(&stage, "double");
    assert_eq!((double.control, double.value.as_str(), double.optional), (Control::Computed, "", false));
    stage.answers("double", "7").answers("price", "12,5");
    assert_eq!(field(&stage, "double").value, "25,00\u{a0}€");
    stage.wants(Intent::ChooseLanguage { language: wording::Language::En });
    assert_eq!(field(&stage, "double").value, "€25.00");
}

#[test]
fn what_only_the_card_says_cannot_be_typed_over() {
    let mut stage = stage();
    stage.wants(Intent::Back);
    let before = field(&stage, "nif");
    assert!(!before.editable);
    stage.answers("nif", "00000000T");
    assert_eq!(field(&stage, "nif"), before);
}

/// On the page of phone and e-mail.
fn at_contact() -> Stage {
    let mut stage = stage();
    tick(&mut stage, "none", true);
    stage.answers("price", "1").go_on();
    stage
}

#[test]
fn a_probable_slip_is_told_once_the_main_act_is_pressed_and_can_be_changed_or_affirmed() {
    let mut stage = at_contact();
    stage.answers("email", "amparo@gmial.com");
    assert_eq!(field(&stage, "email").doubt, None, "not while it is being typed");
    stage.go_on();
    let doubt = field(&stage, "email").doubt.unwrap();
    assert_eq!(doubt.meant, "amparo@gmail.com");
    assert!(doubt.text.contains(&doubt.meant));
    let mut changed = stage;
    changed.answers("email", &doubt.meant).go_on();
    assert!(matches!(changed.screen(), Screen::Form(form) if form.page == "home"));

    let mut stage = at_contact();
    stage.answers("email", "amparo@gmial.com").go_on();
    stage.wants(Intent::Affirm { field: "email".to_owned() });
    assert_eq!(field(&stage, "email").doubt, None);
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::Form(form) if form.page == "home"));
    // Another slip is another question.
    stage.wants(Intent::Back).answers("email", "amparo@hotmial.com").go_on();
    assert!(field(&stage, "email").doubt.is_some());
}

fn streets(stage: &Stage) -> Vec<String> {
    match field(stage, "street").control {
        Control::Street { suggestions, .. } => suggestions,
        other => panic!("{other:?}"),
    }
}

#[test]
fn streets_are_suggested_from_the_second_letter_and_any_other_may_be_written() {
    let mut stage = at_contact();
    stage.go_on().answers("street", "m");
    assert!(streets(&stage).is_empty());
    stage.answers("street", "ma");
    let suggested = streets(&stage);
    assert!((1..=7).contains(&suggested.len()), "{suggested:?}");
    stage.answers("street", &suggested[0]);
    assert!(streets(&stage).is_empty(), "once taken there is nothing to choose");
    stage
        .answers("street", "Camí nou, sense nom")
        .answers("number", "s/n")
        .answers("postal-code", "46920")
        .go_on();
    assert!(matches!(stage.screen(), Screen::Form(form) if form.page == "door"));
}

#[test]
fn what_was_answered_on_an_earlier_page_is_offered_and_not_filled_in() {
    let mut stage = at_contact();
    stage
        .answers("phone", "963 99 11 00")
        .go_on()
        .answers("street", "carrer Major")
        .answers("number", "24")
        .answers("postal-code", "46920")
        .go_on()
        .go_on();
    let phone = field(&stage, "other-phone");
    assert_eq!((phone.value.as_str(), phone.source), ("", None));
    let offer = phone.offer.unwrap();
    assert_eq!(offer.value, "+34963991100");
    assert_eq!(offer.text.replace('\u{202f}', " "), "+34 963 991 100");
    stage.answers("other-phone", &offer.value);
    let phone = field(&stage, "other-phone");
    assert_eq!((phone.offer, phone.source.as_deref()), (None, Some("source-session")));
}

/// To the page that asks for a phone number.
fn reach_phone(stage: &mut Stage) {
    while let Screen::Form(form) = stage.screen() {
        if form.fields.iter().any(|field| field.id == "phone") {
            return;
        }
        stage.fill().go_on();
    }
    panic!("no phone is asked");
}

/// Filed, with a phone number in it.
fn filed() -> Stage {
    let mut stage = Stage::new();
    stage.reach_form();
    reach_phone(&mut stage);
    stage.answers("phone", "963 99 11 00");
    stage.reach_pin(3);
    stage.on(Event::PinTyped { count: 8 }).on(Event::PinSubmitted).on(Event::Signed).on(Event::Enqueued);
    let key = match stage.asked(|effect| matches!(effect, session::Effect::Enqueue(_))) {
        session::Effect::Enqueue(package) => package.key,
        _ => unreachable!(),
    };
    stage.on(Event::FilingWaits { key, wait: FilingWait::Offline });
    assert!(matches!(stage.screen(), Screen::Provisional(_)));
    stage
}

#[test]
fn another_filing_of_the_same_session_offers_what_was_said_and_another_session_does_not() {
    let mut stage = filed();
    stage
        .wants(Intent::Another)
        .wants(Intent::OpenProcedure { procedure: "instancia-general".to_owned() })
        .go_on();
    stage.on(Event::DraftSought { draft: None }).go_on();
    reach_phone(&mut stage);
    let phone = field(&stage, "phone");
    assert_eq!(phone.value, "");
    assert_eq!(phone.offer.unwrap().value, "+34963991100");

    // Without its card the session is nobody's.
    let mut stage = filed();
    stage.on(session::Event::CardRemoved).wants(Intent::Another);
    assert!(stage.state.is_clean());
    stage.card(&vicent());
    assert_eq!(stage.view().header.holder.as_deref(), Some("V. Ferrer"));
}
