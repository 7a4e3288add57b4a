//! Conditions and formulas: a small language in data, with no loops, no names of its own and no way out.
//!
//! `minors = 'yes' and people > 1`, `round(area * 0.85 * days(start, end), 2)`. Written by clerks, parsed and typed when
//! the catalogue is read, evaluated over answers in kiosk and registry alike. What an unanswered field leaves unknown
//! stays unknown: a page whose condition is unknown is not asked, and a check that is unknown is not failed.

mod eval;
mod parse;
mod types;
mod write;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Decimal;

pub(crate) use eval::Env;
pub(crate) use parse::parse;
pub(crate) use types::{Scope, Variable};

/// Why an expression is not one: where in its text, in bytes, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) at: usize,
    pub(crate) reason: String,
}

/// An expression, and where it begins in its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expr {
    pub(crate) at: usize,
    pub(crate) node: Node,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Node {
    Number(Decimal),
    Text(String),
    Day(Date),
    Today,
    /// A field, and how its answer is read; set when the expression is typed.
    Field {
        id: String,
        read: Read,
    },
    Not(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Compare(Compare, Box<Expr>, Box<Expr>),
    In(Box<Expr>, Vec<Expr>),
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// Over the items of a repeatable group; `group` is set when the expression is typed.
    Over {
        fold: Fold,
        group: String,
        each: Box<Expr>,
    },
}

/// How an answer becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Read {
    Unknown,
    Number,
    Date,
    Time,
    Text,
    List,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Compare {
    Equal,
    Different,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Function {
    /// Whether a field has an answer.
    Answered,
    /// Whether an option of a multiple choice is chosen.
    Has,
    /// The least of some numbers.
    Min,
    /// The greatest of some numbers.
    Max,
    /// A number rounded to so many places.
    Round,
    /// The next whole number up.
    Ceil,
    /// One of two, by a condition.
    If,
    /// Days from one to another, both counted.
    Days,
    /// Months begun between two days.
    Months,
    /// Whole years between two days.
    Years,
    /// The number beside the option that was chosen.
    Pick,
    /// A number, or another when it is not known.
    Else,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Fold {
    /// Of numbers; what is not known counts nothing.
    Sum,
    /// Whether it holds for some item.
    Some,
    /// Whether it holds for every item.
    Every,
    /// How many items it holds for.
    Count,
    /// Whether no two items have the same answer.
    Distinct,
}

impl Expr {
    /// Names of the fields it looks at.
    pub(crate) fn fields(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.visit(&mut |expr| {
            if let Node::Field { id, .. } = &expr.node {
                found.insert(id.as_str());
            }
            if let Node::Over { group, .. } = &expr.node {
                found.insert(group.as_str());
            }
        });
        found
    }

    /// Calls for this expression and each in it.
    pub(crate) fn visit<'a>(&'a self, look: &mut impl FnMut(&'a Self)) {
        look(self);
        match &self.node {
            Node::Number(_) | Node::Text(_) | Node::Day(_) | Node::Today | Node::Field { .. } => {}
            Node::Not(one) | Node::Over { each: one, .. } => one.visit(look),
            Node::All(all) | Node::Any(all) | Node::Call(_, all) => all.iter().for_each(|e| e.visit(look)),
            Node::Compare(_, left, right) | Node::Arithmetic(_, left, right) => {
                left.visit(look);
                right.visit(look);
            }
            Node::In(one, all) => {
                one.visit(look);
                all.iter().for_each(|e| e.visit(look));
            }
        }
    }

    /// Calls a change for each field's name, and each group's.
    pub(crate) fn rename(&mut self, change: &impl Fn(&str) -> Option<String>) {
        match &mut self.node {
            Node::Field { id, .. } => {
                if let Some(new) = change(id) {
                    *id = new;
                }
            }
            Node::Number(_) | Node::Text(_) | Node::Day(_) | Node::Today => {}
            Node::Over { group, each, .. } => {
                if let Some(new) = change(group) {
                    *group = new;
                }
                each.rename(change);
            }
            Node::Not(one) => one.rename(change),
            Node::All(all) | Node::Any(all) | Node::Call(_, all) => {
                all.iter_mut().for_each(|e| e.rename(change))
            }
            Node::Compare(_, left, right) | Node::Arithmetic(_, left, right) => {
                left.rename(change);
                right.rename(change);
            }
            Node::In(one, all) => {
                one.rename(change);
                all.iter_mut().for_each(|e| e.rename(change));
            }
        }
    }

    /// Both at once; one alone when there is no other.
    pub(crate) fn both(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(Self { at: one.at, node: Node::All(vec![one, other]) }),
            (one, other) => one.or(other),
        }
    }
}
