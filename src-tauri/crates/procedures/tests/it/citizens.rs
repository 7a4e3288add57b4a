//! A generated citizen goes through every form of the catalogue, however many there are.

use std::collections::BTreeSet;

use procedures::citizen::{self, KNOWN, spoilt};
use procedures::{Answers, Catalogue, Procedure, check};
use wording::{Language, Wording};

use crate::small::TODAY;

/// Draws for each procedure: enough for each option of a choice to come up somewhere.
const SEEDS: u64 = 3;
/// The longest checks are done in parts, so that a machine with several cores is done sooner.
const PARTS: usize = 2;

fn each(test: impl Fn(&Procedure, Answers)) {
    for procedure in Catalogue::bundled().unwrap().procedures() {
        for seed in 0..SEEDS {
            match citizen::answers(&procedure.form, &KNOWN, &TODAY, seed) {
                Ok(answers) => test(procedure, answers),
                Err(faults) => panic!("{}: {faults:?}", procedure.id),
            }
        }
    }
}

#[test]
fn every_form_can_be_filled_in_and_what_is_filed_stays_as_it_is() {
    each(|procedure, mut answers| {
        let form = &procedure.form;
        answers.insert("not-a-field".into(), "x".into());
        let filed = form.filed(&answers);
        assert_eq!(form.filed(&filed), filed, "{}", procedure.id);
        assert_eq!(form.validate(&filed, &TODAY), [], "{}", procedure.id);
        assert!(!filed.contains_key("not-a-field"));
        let once = form.normalise(&answers);
        assert_eq!(form.normalise(&once), once, "{}", procedure.id);
    });
}

#[test]
fn each_required_answer_left_out_is_asked_for_at_its_field_and_each_optional_one_is_not() {
    each(|procedure, answers| {
        let form = &procedure.form;
        for page in form.pages(&answers) {
            for field in form.fields(&page.id, &answers) {
                let mut without = answers.clone();
                without.remove(&field.id);
                let told = form.validate(&without, &TODAY);
                let own: Vec<_> =
                    told.iter().filter(|fault| fault.field == field.id).map(|f| f.code).collect();
                if form.is_required(field, &without) {
                    let last = spoilt(form, field, true, &TODAY).pop().unwrap();
                    assert_eq!(own, [last.code], "{}: {}", procedure.id, field.id);
                } else {
                    assert_eq!(own, Vec::<&str>::new(), "{}: {}", procedure.id, field.id);
                }
            }
        }
    });
}

#[test]
fn each_answer_spoilt_is_told_at_its_field_with_its_code() {
    let wording = Wording::bundled();
    each(|procedure, answers| {
        let form = &procedure.form;
        for page in form.pages(&answers) {
            for field in form.fields(&page.id, &answers) {
                for wrong in spoilt(form, field, form.is_required(field, &answers), &TODAY) {
                    let mut spoiled = answers.clone();
                    spoiled.insert(field.id.clone(), wrong.answer.clone());
                    let told = form.validate_page(&page.id, &spoiled, &TODAY);
                    let own = told.iter().find(|fault| fault.field == field.id);
                    let at = format!("{}: {}: {:?}", procedure.id, field.id, wrong.answer);
                    assert_eq!(own.map(|fault| fault.code), Some(wrong.code), "{at}");
                    for language in Language::ALL {
                        let said = own.unwrap().say(form, wording, language);
                        assert!(!said.contains(['{', '}']) && said.ends_with('.'), "{at}: {said}");
                    }
                }
            }
        }
    });
}

/// Nothing to mend nor to look at is found, but what the clerk has still to confirm, which is told.
fn is_well(part: usize) {
    let catalogue = Catalogue::bundled().unwrap();
    let mut found = Vec::new();
    for procedure in catalogue.procedures().skip(part).step_by(PARTS) {
        let (waits, others): (Vec<_>, Vec<_>) = check::procedure(&catalogue, procedure, &TODAY)
            .into_iter()
            .partition(|finding| finding.place == "to_confirm_by_clerk" && !finding.grave);
        assert_eq!(waits.is_empty(), procedure.to_confirm_by_clerk.is_empty(), "{}", procedure.id);
        found.extend(others.iter().map(ToString::to_string));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn one_part_of_the_procedures_is_well() {
    is_well(0);
}

#[test]
fn the_other_part_of_the_procedures_is_well() {
    is_well(1);
}

#[test]
fn the_same_seed_draws_the_same_and_others_differ() {
    let catalogue = Catalogue::bundled().unwrap();
    let form = &catalogue.get("padro-alta").unwrap().form;
    let draw = |seed| citizen::answers(form, &KNOWN, &TODAY, seed).unwrap();
    assert_eq!(draw(5), draw(5));
    let different: BTreeSet<_> = (0..10).map(|seed| format!("{:?}", draw(seed))).collect();
    assert!(different.len() > 5);
}

#[test]
fn a_check_finds_what_nobody_can_reach_and_what_always_holds() {
    use crate::small::{page, read};
    let findings = |text: &str| {
        let catalogue = read("", text).unwrap_or_else(|error| panic!("{error}"));
        let procedure = catalogue.procedures().next().unwrap();
        let all = check::procedure(&catalogue, procedure, &TODAY);
        all.into_iter().filter(|f| f.grave).map(|f| f.to_string()).collect::<Vec<_>>().join("\n")
    };
    let never = findings(&page(&["a yes-no,", "b text,visible_if = \"a = 'yes' and a = 'no'\""]));
    assert!(never.contains("field b: no answers lead here"), "{never}");
    assert!(never.contains("never holds"), "{never}");
    let always = findings(&page(&["a yes-no,", "b text,visible_if = \"a = 'yes' or a = 'no'\""]));
    assert!(always.contains("always holds"), "{always}");
    let mut contradiction = page(&["a number,min = 1;max = 5"]);
    contradiction.push_str("[[checks]]\nid = \"x\"\nholds = \"a > 9\"\nfield = \"a\"\ntext = { va = \"A.\", es = \"B.\", en = \"C.\" }\n");
    assert!(findings(&contradiction).contains("nobody can fill in this form"));
}
