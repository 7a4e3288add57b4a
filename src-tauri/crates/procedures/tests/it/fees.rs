//! What must be paid, line by line.

use procedures::{Catalogue, FeeDue};
use wording::Language;

use crate::small::{answers, read};

const FORM: &[&str] = &["size number,max = 1000", "heater yes-no", "charity yes-no,required = false"];

fn statement(keys: &str, pairs: &[(&str, &str)]) -> procedures::FeeStatement {
    let form = FORM.iter().map(|field| crate::small::page(&[field]));
    let form: String = form
        .enumerate()
        .map(|(at, page)| page.replace("id = \"page\"", &format!("id = \"page-{at}\"")))
        .collect();
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
