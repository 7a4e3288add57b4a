//! What must be paid, told line by line with what each line was worked out from.

use std::collections::BTreeSet;

use wording::Language;

use crate::expr::{Arithmetic, Expr, Function, Node};
use crate::form::{Answers, Asked};
use crate::number::Decimal;
use crate::procedure::{FeeDue, FeeKind, Procedure};
use crate::review::ReviewRow;

/// A fee as the answers stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeStatement {
    /// What must be paid.
    pub due: FeeDue,
    /// What it is made of; nothing where nothing is paid or it cannot be said. They come to the whole, to the cent.
    pub lines: Vec<FeeLine>,
}

/// A part of a fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeLine {
    /// For what, where the catalogue says it.
    pub text: Option<String>,
    /// The answers from which it was worked out, in the order of the form.
    pub basis: Vec<ReviewRow>,
    /// Cents.
    pub cents: i64,
}

impl Procedure {
    /// What must be paid for these answers, and how it comes about.
    #[must_use]
    pub fn fee_statement(&self, answers: &Answers, language: Language) -> FeeStatement {
        let due = self.fee_due(answers);
        let FeeDue::Cents(cents) = due else { return FeeStatement { due, lines: Vec::new() } };
        let asked = self.form.asked(answers);
        let words = |text: &wording::Text| text.in_language(language).to_owned();
        let concept = self.fee.concept.as_ref().map(words);
        let line = |text, basis| FeeLine { text, basis, cents };
        let lines = match &self.fee.kind {
            FeeKind::Table(rows) => {
                let row = rows.iter().find(|row| asked.holds(row.when.as_ref()));
                vec![line(row.map(|row| words(&row.text)), Vec::new())]
            }
            FeeKind::Formula(formula) => {
                let review = self.form.review(answers, language);
                let rows: Vec<_> = review.into_iter().flat_map(|section| section.rows).collect();
                worked_out(&formula.0, &asked, &rows, cents).unwrap_or_else(|| {
                    let fields = formula.0.fields();
                    vec![line(concept, basis(&rows, &fields))]
                })
            }
            FeeKind::None | FeeKind::Fixed(_) | FeeKind::SelfAssessment => vec![line(concept, Vec::new())],
        };
        FeeStatement { due, lines }
    }
}

/// A line for each sum that a formula adds up; nothing if their cents do not come to the whole.
fn worked_out(formula: &Expr, asked: &Asked<'_>, rows: &[ReviewRow], whole: i64) -> Option<Vec<FeeLine>> {
    let mut sums = Vec::new();
    addends(formula, &mut sums);
    let lines: Option<Vec<_>> = sums
        .into_iter()
        .map(|sum| {
            let cents = asked.number(sum)?.round(2).and_then(Decimal::to_cents)?;
            Some(FeeLine { text: None, basis: basis(rows, &sum.fields()), cents })
        })
        .collect();
    let lines: Vec<_> = lines?.into_iter().filter(|line| line.cents != 0).collect();
    (!lines.is_empty() && lines.iter().map(|line| line.cents).sum::<i64>() == whole).then_some(lines)
}

/// What is added up, under a rounding of the whole.
fn addends<'a>(expr: &'a Expr, found: &mut Vec<&'a Expr>) {
    match &expr.node {
        Node::Call(Function::Round, arguments) => match arguments.first() {
            Some(inner) => addends(inner, found),
            None => found.push(expr),
        },
        Node::Arithmetic(Arithmetic::Plus, left, right) => {
            addends(left, found);
            addends(right, found);
        }
        _ => found.push(expr),
    }
}

fn basis(rows: &[ReviewRow], fields: &BTreeSet<&str>) -> Vec<ReviewRow> {
    rows.iter().filter(|row| fields.contains(row.field.as_str())).cloned().collect()
}
