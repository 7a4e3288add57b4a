//! Each form can be filled in, and what is wrong in it is told at its place.

use std::collections::BTreeSet;

use procedures::{Answers, CODES, Catalogue, FieldKind, Form};
use wording::{Language, Wording};

use crate::paths::{self, KNOWN, TODAY};

fn catalogue() -> Catalogue {
    Catalogue::bundled().unwrap()
}

#[test]
fn every_form_can_be_filled_in_along_every_path() {
    for procedure in catalogue().procedures() {
        let paths = paths::all(&procedure.form);
        assert!(!paths.is_empty(), "{}", procedure.id);
        for answers in paths {
            assert_eq!(procedure.form.validate(&answers, &TODAY), [], "{}: {answers:?}", procedure.id);
        }
    }
}

#[test]
fn every_page_and_field_is_reached_by_some_path() {
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        let mut reached = BTreeSet::new();
        for answers in paths::all(form) {
            for page in form.pages(&answers) {
                reached.extend(form.fields(&page.id, &answers).iter().map(|f| f.id.clone()));
            }
        }
        let all: BTreeSet<_> =
            form.all_pages().iter().flat_map(|p| &p.fields).map(|f| f.id.clone()).collect();
        assert_eq!(reached, all, "{}", procedure.id);
    }
}

#[test]
fn an_empty_form_asks_for_the_required_answers_of_its_first_page() {
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        let first = &form.all_pages()[0];
        let faults = form.validate_page(&first.id, &Answers::new(), &TODAY);
        let fields: Vec<_> = faults.iter().map(|f| f.field.as_str()).collect();
        let required: Vec<_> = first.fields.iter().filter(|f| f.required).map(|f| f.id.as_str()).collect();
        assert_eq!(fields, required, "{}", procedure.id);
    }
}

#[test]
fn each_required_answer_left_out_is_asked_for_at_its_field_and_each_optional_one_is_not() {
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        for answers in paths::all(form) {
            for id in answers.keys() {
                let field = form.field(id).unwrap();
                for left in [None, Some("  "), Some("\u{200B}")] {
                    let mut without = answers.clone();
                    without.remove(id);
                    if let Some(left) = left {
                        without.insert(id.clone(), left.to_owned());
                    }
                    let told = told(form, &without, id);
                    let expected = field.required.then(|| paths::when_empty(field.kind));
                    // An invisible character is no answer where text is typed; ids are matched as they are.
                    let typed = !matches!(
                        field.kind,
                        FieldKind::Choice | FieldKind::YesNo | FieldKind::Statement | FieldKind::Document
                    );
                    if typed || left != Some("\u{200B}") {
                        assert_eq!(told, expected, "{} {id}", procedure.id);
                    }
                }
            }
        }
    }
}

#[test]
fn each_spoilt_answer_is_told_at_its_field_with_its_code() {
    let mut codes = BTreeSet::new();
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        for answers in paths::all(form) {
            for id in answers.keys() {
                let field = form.field(id).unwrap();
                codes.insert(paths::when_empty(field.kind));
                for (value, code) in paths::wrong(field) {
                    let mut spoilt = answers.clone();
                    spoilt.insert(id.clone(), value.clone());
                    assert_eq!(told(form, &spoilt, id), Some(code), "{} {id} {value}", procedure.id);
                    codes.insert(code);
                }
            }
        }
    }
    let all: BTreeSet<_> = CODES.into_iter().collect();
    assert_eq!(codes, all, "each code is met in the bundled catalogue");
}

fn told(form: &Form, answers: &Answers, field: &str) -> Option<&'static str> {
    let whole: Vec<_> = form.validate(answers, &TODAY).into_iter().filter(|f| f.field == field).collect();
    let page = form.page_of(field).unwrap();
    let own: Vec<_> =
        form.validate_page(page, answers, &TODAY).into_iter().filter(|f| f.field == field).collect();
    assert_eq!(whole, own, "page and form agree");
    assert!(whole.len() <= 1, "one thing at a time");
    whole.first().map(|f| f.code)
}

#[test]
fn names_of_people_and_streets_are_not_refused() {
    let catalogue = catalogue();
    let form = &catalogue.get("padro-canvi-domicili").unwrap().form;
    let mut answers = paths::all(form).into_iter().find(|a| a.contains_key("holder-name")).unwrap();
    for name in [
        "josep lluís col·lell",
        "COL·LELL",
        "Ñ",
        "d'Ors",
        "O’Connor",
        "Jean-Luc",
        "Nguyễn Thị Minh",
        "Иван",
        "李 明",
        "Øyvind",
        "Maria del Mar 2a",
    ] {
        answers.insert("holder-name".into(), name.into());
        assert_eq!(form.validate(&answers, &TODAY), [], "{name}");
    }
}

#[test]
fn what_is_filed_is_what_is_asked_and_nothing_else() {
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        for mut answers in paths::all(form) {
            answers.insert("not-a-field".into(), "x".into());
            let filed = form.filed(&answers);
            assert_eq!(form.filed(&filed), filed, "{}", procedure.id);
            assert_eq!(form.validate(&filed, &TODAY), [], "{}", procedure.id);
            assert!(!filed.contains_key("not-a-field"));
        }
    }
}

#[test]
fn an_answer_that_is_no_longer_asked_is_kept_but_not_filed() {
    let catalogue = catalogue();
    let form = &catalogue.get("padro-canvi-domicili").unwrap().form;
    let mut answers = paths::all(form)
        .into_iter()
        .find(|a| a.get("minors").is_some_and(|m| m == "with-one-parent"))
        .unwrap();
    assert!(form.filed(&answers).contains_key("custody-document"));
    answers.insert("movers".into(), "alone".into());
    let filed = form.filed(&answers);
    for hidden in ["people-names", "minors", "custody-document", "sheet-document"] {
        assert!(!filed.contains_key(hidden), "{hidden}");
        assert!(form.normalise(&answers).contains_key(hidden), "{hidden}");
    }
    assert_eq!(form.validate(&answers, &TODAY), []);
}

#[test]
fn the_card_fills_in_who_applies() {
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        let known = form.prefill(&KNOWN);
        assert_eq!(known["name"], "AMPARO");
        assert_eq!(known["surnames"], "MARTÍ I COL·LELL");
        assert_eq!(known["nif"], "12345678Z");
        assert_eq!(form.validate_page("applicant", &known, &TODAY), [], "{}", procedure.id);
        assert!(known.keys().all(|id| !form.field(id).unwrap().editable));
    }
}

#[test]
fn the_review_shows_each_answer_in_words() {
    let catalogue = catalogue();
    for procedure in catalogue.procedures() {
        let form = &procedure.form;
        for answers in paths::all(form) {
            for language in Language::ALL {
                let review = form.review_with(&answers, language, |id| Some(format!("{id}.pdf")));
                let pages: Vec<_> = review.iter().map(|s| s.page.as_str()).collect();
                assert_eq!(pages, form.pages(&answers).iter().map(|p| p.id.as_str()).collect::<Vec<_>>());
                for row in review.iter().flat_map(|s| &s.rows) {
                    let field = form.field(&row.field).unwrap();
                    assert_eq!(row.label, field.label.in_language(language));
                    assert!(!row.answer.is_empty(), "{}", row.field);
                    if field.kind == FieldKind::Choice {
                        assert!(field.options.iter().any(|o| o.label.in_language(language) == row.answer));
                    }
                    if field.kind == FieldKind::Document {
                        assert_eq!(row.answer, "file-1.pdf");
                    }
                }
            }
        }
    }
    let form = &catalogue.get("padro-modificacio-dades").unwrap().form;
    let answers = paths::all(form).into_iter().find(|a| a.contains_key("new-birth-date")).unwrap();
    let review = form.review(&answers, Language::CaValencia);
    let row = |id: &str| review.iter().flat_map(|s| &s.rows).find(|r| r.field == id).unwrap().answer.clone();
    assert_eq!(row("new-birth-date"), "1 de març de 1968");
    assert_eq!(row("identity-document-file"), "Adjuntat");
}

#[test]
fn an_optional_answer_left_out_is_said_to_be_so() {
    let catalogue = catalogue();
    let form = &catalogue.get("instancia-general").unwrap().form;
    let mut answers = paths::all(form).pop().unwrap();
    answers.remove("phone");
    let review = form.review(&answers, Language::Es);
    let row = review.iter().flat_map(|s| &s.rows).find(|r| r.field == "phone").unwrap();
    assert_eq!(row.answer, "Sin respuesta");
}

#[test]
fn the_summary_for_the_registry_holds_the_answers_and_is_short_enough() {
    let catalogue = catalogue();
    for procedure in catalogue.procedures() {
        for mut answers in paths::all(&procedure.form) {
            for field in procedure.form.all_pages().iter().flat_map(|p| &p.fields) {
                if field.kind == FieldKind::LongText {
                    answers.insert(field.id.clone(), "ñandú\n".repeat(600));
                }
            }
            for language in Language::ALL {
                let summary = procedure.abstract_of(&answers, language);
                assert!(summary.chars().count() <= 240, "{}", procedure.id);
                assert!(!summary.contains(['{', '}', '\n']), "{summary}");
            }
        }
    }
    let padro = catalogue.get("padro-canvi-domicili").unwrap();
    let answers: Answers = [("new-street", "carrer Major"), ("new-number", "24")]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into();
    assert_eq!(
        padro.abstract_of(&answers, Language::CaValencia),
        "Canvi de domicili en el padró: carrer Major, 24"
    );
    assert_eq!(padro.abstract_of(&Answers::new(), Language::Es), "Cambio de domicilio en el padrón: –, –");
}

#[test]
fn every_code_has_words_in_the_three_languages_and_no_words_are_left_over() {
    let wording = Wording::bundled().unwrap();
    for language in Language::ALL {
        for code in CODES {
            assert!(wording.has(language, &code.replace('.', "-")), "{language}: {code}");
        }
    }
    let file = include_str!("../../../../../assets/wording/en/fields.ftl");
    let said: BTreeSet<_> = file
        .lines()
        .filter(|l| l.starts_with("field-"))
        .filter_map(|l| l.split_once(" =").map(|(id, _)| id.to_owned()))
        .collect();
    assert_eq!(said, CODES.iter().map(|c| c.replace('.', "-")).collect());
}

#[test]
fn each_fault_is_said_whole_with_the_label_of_its_field() {
    let wording = Wording::bundled().unwrap();
    for procedure in catalogue().procedures() {
        let form = &procedure.form;
        for answers in paths::all(form) {
            for id in answers.keys() {
                let field = form.field(id).unwrap();
                let wrong = paths::wrong(field).into_iter().map(|(value, _)| value);
                for value in wrong.chain([String::new()]) {
                    let mut spoilt = answers.clone();
                    spoilt.insert(id.clone(), value);
                    for fault in form.validate(&spoilt, &TODAY) {
                        for language in Language::ALL {
                            let said = fault.say(form, &wording, language);
                            assert!(!said.contains(['{', '}']) && said.ends_with('.'), "{said}");
                            assert_ne!(said, fault.message_id());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_fault_names_the_field_the_limit_and_what_was_found() {
    let wording = Wording::bundled().unwrap();
    let catalogue = catalogue();
    let form = &catalogue.get("instancia-general").unwrap().form;
    let mut answers = paths::all(form).pop().unwrap();
    answers.insert("request".into(), "a".repeat(4001));
    let faults = form.validate(&answers, &TODAY);
    let said: Vec<_> = Language::ALL.map(|l| faults[0].say(form, &wording, l)).into();
    assert_eq!(
        said,
        [
            "Escurce «Sol·licita»: té 4001 caràcters i el màxim és 4000.",
            "Acorte «Solicita»: tiene 4001 caracteres y el máximo es 4000.",
            "Shorten “Request”: it has 4001 characters and the limit is 4000.",
        ]
    );
}
