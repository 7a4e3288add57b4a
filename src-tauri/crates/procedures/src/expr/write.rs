//! An expression as a clerk would write it.

use std::fmt;

use super::{Arithmetic, Compare, Expr, Fold, Function, Node};

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Number(number) => write!(f, "{number}"),
            Node::Text(text) => write!(f, "'{text}'"),
            Node::Day(day) => write!(f, "{day}"),
            Node::Today => f.write_str("today"),
            Node::Field { id, .. } => f.write_str(id),
            Node::Not(one) => write!(f, "not ({one})"),
            Node::All(all) => series(f, all, " and "),
            Node::Any(all) => {
                f.write_str("(")?;
                series(f, all, " or ")?;
                f.write_str(")")
            }
            Node::Compare(compare, left, right) => {
                let mark = match compare {
                    Compare::Equal => "=",
                    Compare::Different => "!=",
                    Compare::Less => "<",
                    Compare::AtMost => "<=",
                    Compare::Greater => ">",
                    Compare::AtLeast => ">=",
                };
                write!(f, "{left} {mark} {right}")
            }
            Node::In(one, all) => {
                write!(f, "{one} in (")?;
                series(f, all, ", ")?;
                f.write_str(")")
            }
            Node::Arithmetic(operator, left, right) => {
                let mark = match operator {
                    Arithmetic::Plus => "+",
                    Arithmetic::Minus => "-",
                    Arithmetic::Times => "*",
                    Arithmetic::Over => "/",
                };
                write!(f, "({left} {mark} {right})")
            }
            Node::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                series(f, arguments, ", ")?;
                f.write_str(")")
            }
            Node::Over { fold, each, .. } => write!(f, "{}({each})", fold.name()),
        }
    }
}

fn series(f: &mut fmt::Formatter<'_>, all: &[Expr], between: &str) -> fmt::Result {
    for (place, one) in all.iter().enumerate() {
        write!(f, "{}{one}", if place == 0 { "" } else { between })?;
    }
    Ok(())
}

impl Function {
    pub(super) const ALL: [Self; 12] = [
        Self::Answered,
        Self::Has,
        Self::Min,
        Self::Max,
        Self::Round,
        Self::Ceil,
        Self::If,
        Self::Days,
        Self::Months,
        Self::Years,
        Self::Pick,
        Self::Else,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Has => "has",
            Self::Min => "min",
            Self::Max => "max",
            Self::Round => "round",
            Self::Ceil => "ceil",
            Self::If => "if",
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
            Self::Pick => "pick",
            Self::Else => "else",
        }
    }
}

impl Fold {
    pub(super) const ALL: [Self; 5] = [Self::Sum, Self::Some, Self::Every, Self::Count, Self::Distinct];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Some => "some",
            Self::Every => "every",
            Self::Count => "count",
            Self::Distinct => "distinct",
        }
    }
}
