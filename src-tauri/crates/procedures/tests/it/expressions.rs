//! Conditions and formulas, as a form follows them.

use procedures::{FeeDue, Sources};

use crate::small::{TODAY, answers, codes, form, page, read};

fn computed(formula: &str, given: &[(&str, &str)]) -> Option<String> {
    let choice = "what choice,options = [{ id = \"x\", label = { va = \"A\", es = \"B\", en = \"C\" } }, { id = \"y\", label = { va = \"A\", es = \"B\", en = \"C\" } }]";
    let mut text = page(&["a number, max = 1000;decimals = 2", "from date,", "to date,", choice]);
    text.push_str(
        &page(&[&format!("result computed,formula = \"{formula}\"")])
            .replace("id = \"page\"", "id = \"page-2\""),
    );
    let catalogue = read("", &text).unwrap_or_else(|error| panic!("{error}"));
    let form = &catalogue.procedures().next().unwrap().form;
    form.filed(&answers(given)).get("result").cloned()
}

#[test]
fn formulas_come_to_exact_numbers() {
    for (formula, given, result) in [
        ("a * 0.1 + 0.2", [("a", "3")].as_slice(), Some("0,5")),
        ("round(a / 3, 2)", &[("a", "10")], Some("3,33")),
        ("ceil(a)", &[("a", "2,01")], Some("3")),
        ("min(a, 5) + max(a, 5)", &[("a", "7")], Some("12")),
        ("if(a > 5 and what = 'x', 1, 2)", &[("a", "7"), ("what", "x")], Some("1")),
        ("if(a > 5 and what = 'x', 1, 2)", &[("a", "7"), ("what", "y")], Some("2")),
        ("pick(what, 'x', 1.5, 'y', 2.5) * a", &[("a", "2"), ("what", "y")], Some("5")),
        ("days(from, to)", &[("from", "1/3/2026"), ("to", "31/3/2026")], Some("31")),
        ("months(from, to)", &[("from", "1/3/2026"), ("to", "1/4/2026")], Some("2")),
        ("years(from, to)", &[("from", "1/3/2000"), ("to", "28/2/2018")], Some("17")),
        ("else(a, 9) - 1", &[], Some("8")),
        ("a + 1", &[], None),
        ("a + 1", &[("a", "molts")], None),
    ] {
        assert_eq!(computed(formula, given).as_deref(), result, "{formula} {given:?}");
    }
}

#[test]
fn what_is_not_known_is_not_asked_and_no_check_fails_on_it() {
    let text = page(&[
        "first yes-no,",
        "second text,visible_if = \"first != 'yes'\"",
        "third text,visible_if = \"not (first = 'no')\"",
    ]);
    let catalogue = read("", &text).unwrap();
    let form = &catalogue.procedures().next().unwrap().form;
    let asked = |given: &[(&str, &str)]| {
        let fields = form.fields("page", &answers(given));
        fields.iter().map(|f| f.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(asked(&[]), ["first"]);
    assert_eq!(asked(&[("first", "no")]), ["first", "second"]);
    assert_eq!(asked(&[("first", "yes")]), ["first", "third"]);
}

#[test]
fn an_answer_may_be_needed_only_in_some_case() {
    let form = form(&["wants yes-no,", "mail email,required_if = \"wants = 'yes'\""]);
    assert_eq!(codes(&form, &answers(&[("wants", "no")])), []);
    assert_eq!(codes(&form, &answers(&[("wants", "yes")])), [("mail".to_owned(), "field.required")]);
    let mail = form.field("mail").unwrap();
    assert!(form.is_required(mail, &answers(&[("wants", "yes")])));
    assert!(!form.is_required(mail, &answers(&[("wants", "no")])));
}

#[test]
fn a_check_between_answers_is_told_at_its_field_in_the_three_languages_once_all_are_right() {
    let mut text = page(&["start date,", "end date,"]);
    text.push_str(
        "[[checks]]\nid = \"order\"\nholds = \"end >= start and start > today\"\nfield = \"end\"\ntext = { va = \"Canvie el dia.\", es = \"Cambie el día.\", en = \"Change the day.\" }\n",
    );
    let catalogue = read("", &text).unwrap_or_else(|error| panic!("{error}"));
    let form = &catalogue.procedures().next().unwrap().form;
    let given = |start, end| answers(&[("start", start), ("end", end)]);
    assert_eq!(codes(form, &given("22/11/2026", "21/11/2026")), [("end".to_owned(), "field.check")]);
    assert_eq!(codes(form, &given("20/11/2026", "21/11/2026")), [("end".to_owned(), "field.check")]);
    assert_eq!(codes(form, &given("22/11/2026", "22/11/2026")), []);
    assert_eq!(
        codes(form, &given("31/02/2026", "22/11/2026")),
        [("start".to_owned(), "field.date.impossible")]
    );
    let fault = form.validate(&given("22/11/2026", "21/11/2026"), &TODAY).remove(0);
    let wording = wording::Wording::bundled();
    let said: Vec<_> = wording::Language::ALL.map(|l| fault.say(form, wording, l)).into();
    assert_eq!(said, ["Canvie el dia.", "Cambie el día.", "Change the day."]);
}

#[test]
fn fees_follow_from_the_answers() {
    let catalogue = procedures::Catalogue::read(&Sources::bundled()).unwrap();
    let terrace = catalogue.get("terrassa-nova").unwrap();
    let mut given =
        procedures::citizen::answers(&terrace.form, &procedures::citizen::KNOWN, &TODAY, 3).unwrap();
    for (id, answer) in [
        ("purpose-kind", "business"),
        ("space-length", "4"),
        ("space-width", "2,5"),
        ("space-start", "1/3/2027"),
        ("space-end", "31/5/2027"),
        ("street-class", "first"),
        ("elements", "heaters"),
    ] {
        given.insert(id.to_owned(), answer.to_owned());
    }
    // 10 square metres, 3 months, 2.10 each, and 30 for the heaters.
    assert_eq!(terrace.fee_due(&given), FeeDue::Cents(9300));
    given.insert("elements".to_owned(), "none".to_owned());
    assert_eq!(terrace.fee_due(&given), FeeDue::Cents(6300));
    given.insert("purpose-kind".to_owned(), "charity".to_owned());
    assert_eq!(terrace.fee_due(&given), FeeDue::Exempt(0));
    assert_eq!(terrace.fee_due(&answers(&[])), FeeDue::Unknown);
    assert_eq!(catalogue.get("padro-alta").unwrap().fee_due(&answers(&[])), FeeDue::Nothing);
}
