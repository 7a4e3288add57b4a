//! What an expression comes to, for given answers. Nothing here fails: what cannot be known is `None`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Arithmetic, Compare, Expr, Fold, Function, Node, Read};
use crate::{Decimal, dates};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Truth(bool),
    Number(Decimal),
    Date(Date),
    Text(String),
    List(Vec<String>),
}

/// Answers that count, normalised, and today where it may be used.
pub(crate) struct Env<'a> {
    pub(crate) given: &'a BTreeMap<Cow<'a, str>, String>,
    pub(crate) today: Option<Date>,
}

impl Env<'_> {
    /// Whether a condition holds; nothing if that is not known.
    pub(crate) fn holds(&self, expr: &Expr) -> Option<bool> {
        match self.value(expr, None)? {
            Value::Truth(truth) => Some(truth),
            _ => None,
        }
    }

    /// The number that a formula comes to.
    pub(crate) fn number(&self, expr: &Expr) -> Option<Decimal> {
        self.number_in(expr, None)
    }

    fn number_in(&self, expr: &Expr, item: Item<'_>) -> Option<Decimal> {
        match self.value(expr, item)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    fn truth_in(&self, expr: &Expr, item: Item<'_>) -> Option<bool> {
        match self.value(expr, item)? {
            Value::Truth(truth) => Some(truth),
            _ => None,
        }
    }

    fn date_in(&self, expr: &Expr, item: Item<'_>) -> Option<Date> {
        match self.value(expr, item)? {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    fn answer(&self, id: &str, item: Item<'_>) -> Option<&str> {
        let own = item.and_then(|(group, number)| {
            let field = id.strip_prefix(group)?.strip_prefix('.')?;
            Some(format!("{group}-{number}-{field}"))
        });
        let answer = self.given.get(own.as_deref().unwrap_or(id))?;
        (!answer.is_empty()).then_some(answer.as_str())
    }

    fn value(&self, expr: &Expr, item: Item<'_>) -> Option<Value> {
        match &expr.node {
            Node::Number(number) => Some(Value::Number(*number)),
            Node::Text(text) => Some(Value::Text(text.clone())),
            Node::Day(day) => Some(Value::Date(*day)),
            Node::Today => self.today.map(Value::Date),
            Node::Field { id, read } => self.answer(id, item).and_then(|answer| parsed(answer, *read)),
            Node::Not(one) => self.truth_in(one, item).map(|truth| Value::Truth(!truth)),
            Node::All(all) => self.series(all, item, false).map(Value::Truth),
            Node::Any(all) => self.series(all, item, true).map(Value::Truth),
            Node::Compare(compare, left, right) => {
                let (left, right) = (self.value(left, item)?, self.value(right, item)?);
                compared(*compare, &left, &right).map(Value::Truth)
            }
            Node::In(one, all) => {
                let one = self.value(one, item)?;
                Some(Value::Truth(all.iter().any(|each| self.value(each, item).as_ref() == Some(&one))))
            }
            Node::Arithmetic(operator, left, right) => {
                let (left, right) = (self.number_in(left, item)?, self.number_in(right, item)?);
                match operator {
                    Arithmetic::Plus => left.plus(right),
                    Arithmetic::Minus => left.minus(right),
                    Arithmetic::Times => left.times(right),
                    Arithmetic::Over => left.over(right),
                }
                .map(Value::Number)
            }
            Node::Call(function, arguments) => self.call(*function, arguments, item),
            Node::Over { fold, group, each } => self.over(*fold, group, each),
        }
    }

    /// And, or: one certain answer decides, however much is unknown.
    fn series(&self, all: &[Expr], item: Item<'_>, decides: bool) -> Option<bool> {
        let mut unknown = false;
        for one in all {
            match self.truth_in(one, item) {
                Some(truth) if truth == decides => return Some(decides),
                Some(_) => {}
                None => unknown = true,
            }
        }
        (!unknown).then_some(!decides)
    }

    fn over(&self, fold: Fold, group: &str, each: &Expr) -> Option<Value> {
        let items = self.given.get(group)?.parse::<u32>().ok()?.min(crate::group::MOST_ITEMS);
        let items = (1..=items).map(|number| Some((group, number)));
        Some(match fold {
            Fold::Sum => {
                let mut sum = Decimal::ZERO;
                for item in items {
                    sum = sum.plus(self.number_in(each, item).unwrap_or_default())?;
                }
                Value::Number(sum)
            }
            Fold::Count => {
                let count = items.filter(|item| self.truth_in(each, *item) == Some(true)).count();
                Value::Number(Decimal::whole(i64::try_from(count).ok()?))
            }
            Fold::Some => Value::Truth(items.into_iter().any(|item| self.truth_in(each, item) == Some(true))),
            Fold::Every => {
                Value::Truth(items.into_iter().all(|item| self.truth_in(each, item) != Some(false)))
            }
            Fold::Distinct => {
                let mut seen = BTreeSet::new();
                let mut answers = items.filter_map(|item| match self.value(each, item)? {
                    Value::Text(text) => Some(text),
                    _ => None,
                });
                Value::Truth(answers.all(|answer| seen.insert(answer)))
            }
        })
    }

    fn call(&self, function: Function, arguments: &[Expr], item: Item<'_>) -> Option<Value> {
        match (function, arguments) {
            (Function::Answered, [Expr { node: Node::Field { id, .. }, .. }]) => {
                Some(Value::Truth(self.answer(id, item).is_some()))
            }
            (Function::Has, [field, option]) => match (self.value(field, item)?, self.value(option, item)?) {
                (Value::List(list), Value::Text(text)) => Some(Value::Truth(list.contains(&text))),
                _ => None,
            },
            (Function::Min | Function::Max, all) => {
                let all: Option<Vec<Decimal>> = all.iter().map(|one| self.number_in(one, item)).collect();
                let all = all?.into_iter();
                let found = if function == Function::Min { all.min() } else { all.max() };
                found.map(Value::Number)
            }
            (Function::Round, [one, places]) => {
                let places = u32::try_from(self.number_in(places, item)?.to_whole()?).ok()?;
                self.number_in(one, item)?.round(places).map(Value::Number)
            }
            (Function::Ceil, [one]) => {
                let one = self.number_in(one, item)?;
                let whole = Decimal::whole(one.to_whole()?);
                let up = if whole < one { whole.plus(Decimal::ONE) } else { Some(whole) };
                up.map(Value::Number)
            }
            (Function::If, [condition, one, other]) => {
                self.value(if self.truth_in(condition, item)? { one } else { other }, item)
            }
            (Function::Else, [one, other]) => self.value(one, item).or_else(|| self.value(other, item)),
            (Function::Days | Function::Months | Function::Years, [from, to]) => {
                let (from, to) = (self.date_in(from, item)?, self.date_in(to, item)?);
                let count = match function {
                    Function::Days => dates::days_counting_both(from, to),
                    Function::Months => dates::months_begun(from, to),
                    _ => dates::whole_years(from, to),
                };
                Some(Value::Number(Decimal::whole(count?)))
            }
            (Function::Pick, [field, pairs @ ..]) => {
                let chosen = self.value(field, item)?;
                pairs.chunks(2).find_map(|pair| match pair {
                    [option, number] if self.value(option, item).as_ref() == Some(&chosen) => {
                        self.value(number, item)
                    }
                    _ => None,
                })
            }
            _ => None,
        }
    }
}

/// The group whose items are gone over, and which of them.
type Item<'a> = Option<(&'a str, u32)>;

fn parsed(answer: &str, read: Read) -> Option<Value> {
    Some(match read {
        Read::Number => Value::Number(Decimal::of_answer(answer)?),
        Read::Time => {
            let (hours, minutes) = answer.split_once(':')?;
            let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            Value::Number(Decimal::whole(minutes))
        }
        Read::Date => Value::Date(dates::parse(answer)?),
        Read::List => Value::List(answer.split(',').map(str::to_owned).collect()),
        Read::Text | Read::Unknown => Value::Text(answer.to_owned()),
    })
}

fn compared(compare: Compare, left: &Value, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        _ => return None,
    };
    Some(match compare {
        Compare::Equal => order.is_eq(),
        Compare::Different => order.is_ne(),
        Compare::Less => order.is_lt(),
        Compare::AtMost => order.is_le(),
        Compare::Greater => order.is_gt(),
        Compare::AtLeast => order.is_ge(),
    })
}
