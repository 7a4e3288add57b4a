//! Repeatable groups.

use procedures::{Answers, Catalogue, Form};

use crate::small::{TODAY, answers};

fn form() -> Form {
    Form::clone(&Catalogue::bundled().unwrap().get("padro-alta").unwrap().form)
}

fn with_people(people: &[(&str, &str)]) -> Answers {
    let mut given = answers(&[("together", "yes"), ("people", &people.len().to_string())]);
    for (place, (name, kin)) in people.iter().enumerate() {
        given.insert(format!("people-{}-person-name", place + 1), (*name).to_owned());
        given.insert(format!("people-{}-kin", place + 1), (*kin).to_owned());
    }
    given
}

#[test]
fn so_many_pages_are_asked_as_there_are_items() {
    let form = form();
    let pages = |given: &Answers| {
        let pages = form.pages(given);
        pages.iter().filter(|p| p.item.is_some()).map(|p| p.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(pages(&with_people(&[])), Vec::<String>::new());
    assert_eq!(
        pages(&with_people(&[("Pau", "child"), ("Neus", "partner")])),
        ["people-1-person", "people-1-person-id", "people-2-person", "people-2-person-id"]
    );
    let alone = answers(&[("together", "no"), ("people", "2")]);
    assert_eq!(pages(&alone), Vec::<String>::new());
    let heading = &form.all_pages().iter().find(|p| p.id == "people-2-person").unwrap().heading;
    assert_eq!(heading.va, "Persona 2: qui és?");
}

#[test]
fn conditions_look_over_all_items() {
    let form = form();
    let asked = |given: &Answers| form.pages(given).iter().any(|p| p.id == "doc-llib-fam");
    assert!(asked(&with_people(&[("Neus", "partner"), ("Pau", "child")])));
    assert!(!asked(&with_people(&[("Neus", "partner"), ("Pau", "parent")])));
}

#[test]
fn taking_an_item_out_moves_the_others_up_and_adding_one_asks_it() {
    let form = form();
    let given = with_people(&[("Pau", "child"), ("Neus", "partner"), ("Roc", "child")]);
    let less = form.without_item("people", 2, &given);
    assert_eq!(form.items("people", &less), 2);
    assert_eq!(less, with_people(&[("Pau", "child"), ("Roc", "child")]));
    assert_eq!(form.without_item("people", 9, &given), given);
    let more = form.with_item("people", &less);
    assert_eq!(form.items("people", &more), 3);
    let full = answers(&[("together", "yes"), ("people", "12")]);
    assert_eq!(form.with_item("people", &full), full);
}

#[test]
fn two_people_with_one_number_are_told_at_the_group() {
    let form = form();
    let mut given = with_people(&[("Pau", "child"), ("Neus", "partner")]);
    given.extend(form.prefill(&procedures::Known { name: "Ana", surnames: "Soler", nif: "00000001R" }));
    for item in 1..=2 {
        given.insert(format!("people-{item}-id-kind"), "dni".to_owned());
        given.insert(format!("people-{item}-person-nif"), "X1234567L".to_owned());
    }
    let faults = form.validate_page("people", &given, &TODAY);
    assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), ["field.check"]);
    given.insert("people-2-person-nif".to_owned(), "12345678Z".to_owned());
    assert_eq!(form.validate_page("people", &given, &TODAY), []);
}

#[test]
fn what_was_answered_in_the_session_is_offered_to_another_form() {
    let catalogue = Catalogue::bundled().unwrap();
    let first = &catalogue.get("padro-canvi-domicili").unwrap().form;
    let said = first.remembered(&answers(&[
        ("phone", "600 12 34 56"),
        ("new-street", "carrer Major"),
        ("name", "X"),
    ]));
    let offered = catalogue.get("instancia-general").unwrap().form.offers(&said);
    assert_eq!(offered["phone"], "+34600123456");
    assert!(!offered.contains_key("name"), "the card's data are filled in, not offered");
}
