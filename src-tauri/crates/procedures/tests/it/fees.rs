//! What must be paid, line by line.

use procedures::{Catalogue, FEE_HOW, FEE_REFERENCE, FeeDue};
use wording::Language;

use crate::small::{answers, read};

const FORM: &[&str] = &["size number,max = 1000", "heater yes-no", "charity yes-no,required = false"];

/// Each field on a page of its own.
fn pages() -> String {
    let page = |(at, field): (usize, &&str)| {
        crate::small::page(&[field]).replace("id = \"page\"", &format!("id = \"page-{at}\""))
    };
    FORM.iter().enumerate().map(page).collect()
}

fn statement(keys: &str, pairs: &[(&str, &str)]) -> procedures::FeeStatement {
    let form = pages();
    let catalogue: Catalogue = read(keys, &form).unwrap_or_else(|error| panic!("{error}"));
    catalogue.procedures().next().unwrap().fee_statement(&answers(pairs), Language::Es)
}

const FORMULA: &str = "fee = { kind = \"formula\", formula = \"round(size * 2.105 + if(heater = 'yes', 30, 0), 2)\", \
    concept = { va = \"Taxa\", es = \"Tasa\", en = \"Fee\" }, ordinance = \"law-ordenanca-fiscal\", \
    exemptions = [{ when = \"charity = 'yes'\", text = { va = \"A\", es = \"B\", en = \"C\" } }] }";

#[test]
fn each_sum_is_a_line_with_the_answers_it_comes_from() {
    let told = statement(FORMULA, &[("size", "10"), ("heater", "yes")]);
    assert_eq!(told.due, FeeDue::Cents(5105));
    let lines: Vec<_> = told
        .lines
        .iter()
        .map(|line| (line.basis.iter().map(|row| row.field.as_str()).collect::<Vec<_>>(), line.cents))
        .collect();
    assert_eq!(lines, [(vec!["size"], 2105), (vec!["heater"], 3000)]);
    // What comes to nothing is no line.
    let told = statement(FORMULA, &[("size", "10"), ("heater", "no")]);
    assert_eq!((told.due, told.lines.len()), (FeeDue::Cents(2105), 1));
}

#[test]
fn what_is_not_owed_or_not_known_has_no_lines() {
    let told = statement(FORMULA, &[("size", "10"), ("heater", "yes"), ("charity", "yes")]);
    assert_eq!((told.due, told.lines.len()), (FeeDue::Exempt(0), 0));
    let told = statement(FORMULA, &[("heater", "yes")]);
    assert_eq!((told.due, told.lines.len()), (FeeDue::Unknown, 0));
}

#[test]
fn lines_that_do_not_come_to_the_whole_are_one() {
    let halves = FORMULA.replace("size * 2.105 + if(heater = 'yes', 30, 0)", "size * 0.005 + size * 0.005");
    let told = statement(&halves, &[("size", "1")]);
    assert_eq!((told.due, told.lines.len()), (FeeDue::Cents(1), 1));
    assert_eq!(told.lines[0].text.as_deref(), Some("Tasa"));
    assert_eq!(told.lines[0].cents, 1);
}

#[test]
fn a_fee_that_is_paid_before_filing_asks_how_of_whoever_pays() {
    let form = pages();
    let catalogue = read(FORMULA, &form).unwrap_or_else(|error| panic!("{error}"));
    let asked = &catalogue.procedures().next().unwrap().form;
    let fields = |pairs: &[(&str, &str)]| {
        let fields = asked.fields("fee", &answers(pairs));
        fields.iter().map(|field| field.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(fields(&[("size", "10")]), [FEE_HOW], "not known to be exempt");
    assert_eq!(fields(&[("charity", "no"), (FEE_HOW, "paid")]), [FEE_HOW, FEE_REFERENCE]);
    assert_eq!(fields(&[("charity", "yes"), (FEE_HOW, "paid")]), [""; 0]);
    let later = FORMULA.replace("fee = {", "fee = { payable = \"later\",");
    let catalogue = read(&later, &pages()).unwrap_or_else(|error| panic!("{error}"));
    assert!(catalogue.procedures().next().unwrap().form.all_pages().iter().all(|page| page.id != "fee"));
}
