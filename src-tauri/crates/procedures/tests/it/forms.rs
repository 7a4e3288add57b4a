//! Each form can be filled in, and what is wrong in it is told at its place.

use std::collections::BTreeSet;

use procedures::citizen::{KNOWN, Spoilt, spoilt};
use procedures::{Answers, CODES, Catalogue, FieldKind, Form};
use wording::{Language, Wording};

use crate::small::{TODAY, drawn, draws, page, read};

fn catalogue() -> Catalogue {
    Catalogue::bundled().unwrap()
}

/// A form with every kind of answer and every limit, so that every code can be met.
fn zoo() -> Form {
    let option = |id: &str| format!("{{ id = \"{id}\", label = {{ va = \"A\", es = \"B\", en = \"C\" }} }}");
    let options = format!("options = [{}, {}]", option("x"), option("y"));
    let fields = [
        "person nif,accepts = [\"dni\"]".to_owned(),
        "entity nif,accepts = [\"entity\"]".to_owned(),
        "any nif,accepts = [\"dni\", \"nie\", \"entity\"]".to_owned(),
        "number nif,".to_owned(),
        "passport passport,".to_owned(),
        "mail email,".to_owned(),
        "phone phone,".to_owned(),
        "street street,".to_owned(),
        "post postal-code,postal_codes = [\"46920\"]".to_owned(),
        "count number,min = 2;max = 9".to_owned(),
        "size area,".to_owned(),
        "part percent,".to_owned(),
        "cost money,max = 100".to_owned(),
        "born date,latest = \"today\"".to_owned(),
        "begins date,earliest = \"today\"".to_owned(),
        "between date,earliest = \"today + 3 working days\";latest = \"today + 2 months\"".to_owned(),
        "works date,working_day = true".to_owned(),
        "at time,".to_owned(),
        "account iban,accepts = [\"spanish\"]".to_owned(),
        "plot cadastral,".to_owned(),
        "plate plate,".to_owned(),
        "vin vin,".to_owned(),
        "chip chip,".to_owned(),
        "nss nss,".to_owned(),
        format!("one choice,{options}"),
        format!("some multiple,{options}"),
        "yes yes-no,".to_owned(),
        "agree statement,".to_owned(),
        "perhaps consent,".to_owned(),
        "name name,".to_owned(),
        "note long-text,".to_owned(),
    ];
    let mut text = String::new();
    for (place, field) in fields.iter().enumerate() {
        text.push_str(&page(&[field]).replace("id = \"page\"", &format!("id = \"page-{place}\"")));
    }
    text.push_str(
        "[[checks]]\nid = \"c\"\nholds = \"count != 3\"\nfield = \"count\"\ntext = { va = \"A.\", es = \"B.\", en = \"C.\" }\n",
    );
    let catalogue = read("", &text).unwrap_or_else(|error| panic!("{error}"));
    Form::clone(&catalogue.procedures().next().unwrap().form)
}

#[test]
fn every_code_is_met_and_page_and_form_agree() {
    let form = zoo();
    let mut met = BTreeSet::new();
    for answers in draws(&form) {
        assert_eq!(form.validate(&answers, &TODAY), []);
        for field in form.all_fields() {
            let mut wrong = spoilt(&form, field, form.is_required(field, &answers), &TODAY);
            if field.id == "works" {
                wrong.push(Spoilt { answer: "21/11/2026".into(), code: "field.date.working" });
            }
            if field.id == "count" {
                wrong.push(Spoilt { answer: "3".into(), code: "field.check" });
            }
            if field.kind == FieldKind::Document {
                continue;
            }
            for Spoilt { answer, code } in wrong {
                let mut spoiled = answers.clone();
                spoiled.insert(field.id.clone(), answer.clone());
                assert_eq!(told(&form, &spoiled, &field.id), Some(code), "{} {answer}", field.id);
                met.insert(code);
            }
        }
    }
    met.insert("field.document");
    let all: BTreeSet<_> = CODES.into_iter().collect();
    assert_eq!(met, all);
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
    let mut answers = draws(form).into_iter().find(|a| a.contains_key("holder-name")).unwrap();
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
fn an_answer_that_is_no_longer_asked_is_kept_but_not_filed() {
    let catalogue = catalogue();
    let form = &catalogue.get("padro-canvi-domicili").unwrap().form;
    let mut answers =
        draws(form).into_iter().find(|a| a.get("minors").is_some_and(|m| m == "with-one-parent")).unwrap();
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
        assert!(known.keys().all(|id| form.field(id).unwrap().prefill.is_some()), "{}", procedure.id);
    }
}

#[test]
fn the_review_shows_each_answer_in_words() {
    let catalogue = catalogue();
    for procedure in catalogue.procedures() {
        let form = &procedure.form;
        for answers in draws(form) {
            for language in Language::ALL {
                let review = form.review_with(&answers, language, |id| Some(format!("{id}.pdf")));
                let pages: Vec<_> = review.iter().map(|s| s.page.as_str()).collect();
                assert_eq!(pages, form.pages(&answers).iter().map(|p| p.id.as_str()).collect::<Vec<_>>());
                for row in review.iter().flat_map(|s| &s.rows) {
                    let field = form.field(&row.field).unwrap();
                    assert_eq!(row.label, field.label.in_language(language));
                    assert!(!row.answer.is_empty(), "{}", row.field);
                    if field.kind == FieldKind::Choice && answers.contains_key(&field.id) {
                        assert!(field.options.iter().any(|o| o.label.in_language(language) == row.answer));
                    }
                    if field.kind == FieldKind::Document {
                        assert!(
                            row.answer.starts_with("file-")
                                || row.answer == "Sense resposta"
                                || row.answer == "Sin respuesta"
                                || row.answer == "Not answered"
                        );
                    }
                }
            }
        }
    }
    let form = &catalogue.get("padro-modificacio-dades").unwrap().form;
    let mut answers = draws(form).into_iter().find(|a| a.contains_key("new-birth-date")).unwrap();
    answers.insert("new-birth-date".into(), "1/3/1968".into());
    let review = form.review(&answers, Language::CaValencia);
    let row = |id: &str| review.iter().flat_map(|s| &s.rows).find(|r| r.field == id).unwrap().answer.clone();
    assert_eq!(row("new-birth-date"), "1 de març de 1968");
    assert_eq!(row("identity-document-file"), "Adjuntat");
}

#[test]
fn an_optional_answer_left_out_is_said_to_be_so() {
    let catalogue = catalogue();
    let form = &catalogue.get("instancia-general").unwrap().form;
    let mut answers = draws(form).pop().unwrap();
    answers.remove("phone");
    let review = form.review(&answers, Language::Es);
    let row = review.iter().flat_map(|s| &s.rows).find(|r| r.field == "phone").unwrap();
    assert_eq!(row.answer, "Sin respuesta");
}

#[test]
fn the_summary_for_the_registry_holds_the_answers_and_is_short_enough() {
    let catalogue = catalogue();
    for procedure in catalogue.procedures() {
        for mut answers in drawn(&procedure.form, 2) {
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
    assert_eq!(padro.abstract_of(&Answers::new(), Language::Es), "Cambio de domicilio en el padrón");
}

#[test]
fn every_code_has_words_in_the_three_languages_and_no_words_are_left_over() {
    let wording = Wording::bundled();
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
fn a_fault_names_the_field_the_limit_and_what_was_found() {
    let wording = Wording::bundled();
    let catalogue = catalogue();
    let form = &catalogue.get("instancia-general").unwrap().form;
    let mut answers = draws(form).pop().unwrap();
    answers.insert("request".into(), "a".repeat(4001));
    let faults = form.validate(&answers, &TODAY);
    let said: Vec<_> = Language::ALL.map(|l| faults[0].say(form, wording, l)).into();
    assert_eq!(
        said,
        [
            "Escurce «Sol·licita»: té 4001 caràcters i el màxim és 4000.",
            "Acorte «Solicita»: tiene 4001 caracteres y el máximo es 4000.",
            "Shorten “Request”: it has 4001 characters and the limit is 4000.",
        ]
    );
}
