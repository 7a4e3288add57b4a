//! What an expression may look at, and what comes out of it: decided once, when the catalogue is read.

use std::collections::BTreeMap;

use super::{Arithmetic, Compare, Expr, Fold, Function, Node, Read, Wrong};

/// Greatest number that a formula may come to: more than any fee, far from the limits of exact arithmetic.
const GREATEST: f64 = 1e12;

/// What an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Type {
    /// Whether something holds.
    Truth,
    /// A number, between these two.
    Number(f64, f64),
    Date,
    Text,
    List,
}

/// A field that an expression may look at.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) read: Read,
    /// Answers it can have; any if none are listed.
    pub(crate) options: Option<Vec<String>>,
    /// Least and greatest number.
    pub(crate) range: (f64, f64),
    /// Whether an expression outside the group must go over its items to see it.
    pub(crate) group: Option<String>,
}

/// Everything an expression may look at where it stands.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// Asked before this place: by id, or `group.id` for what is asked of each item.
    pub(crate) earlier: BTreeMap<String, Variable>,
    /// Asked later: known only so that the reason can be told.
    pub(crate) later: std::collections::BTreeSet<String>,
    /// Whether today's date may be used. Not in what decides what is asked or what it costs: these must be the same when
    /// an application is filed and when it is received.
    pub(crate) today: bool,
}

impl Scope {
    /// Types an expression and settles how its fields are read.
    ///
    /// # Errors
    /// [`Wrong`] at the part that does not fit.
    pub(crate) fn check(&self, expr: &mut Expr) -> Result<Type, Wrong> {
        self.of(expr, None)
    }

    /// As [`Scope::check`], for what must be true or false.
    ///
    /// # Errors
    /// [`Wrong`] at the part that does not fit.
    pub(crate) fn condition(&self, expr: &mut Expr) -> Result<(), Wrong> {
        match self.check(expr)? {
            Type::Truth => Ok(()),
            _ => Err(wrong(expr, "a condition must be true or false")),
        }
    }

    /// As [`Scope::check`], for what must be a number.
    ///
    /// # Errors
    /// [`Wrong`] at the part that does not fit.
    pub(crate) fn number(&self, expr: &mut Expr) -> Result<(f64, f64), Wrong> {
        self.expect_number(expr, None)
    }

    fn variable(&self, expr: &Expr, id: &str, over: Option<&str>) -> Result<&Variable, Wrong> {
        let known = self.earlier.get(id).ok_or_else(|| {
            let reason = if self.later.contains(id) {
                format!("looks at `{id}`, which is asked later: only earlier answers count, so that nothing goes in a circle")
            } else {
                format!("no field is called `{id}`")
            };
            Wrong { at: expr.at, reason }
        })?;
        match &known.group {
            Some(group) if over != Some(group.as_str()) => Err(Wrong {
                at: expr.at,
                reason: format!("`{id}` is asked of each item: use sum, some, every, count or distinct"),
            }),
            _ => Ok(known),
        }
    }

    fn of(&self, expr: &mut Expr, over: Option<&str>) -> Result<Type, Wrong> {
        let at = expr.at;
        match &mut expr.node {
            Node::Number(number) => Ok(Type::Number(number.approximate(), number.approximate())),
            Node::Text(_) => Ok(Type::Text),
            Node::Day(_) => Ok(Type::Date),
            Node::Today if self.today => Ok(Type::Date),
            Node::Today => Err(Wrong { at, reason: "today is known to checks only".to_owned() }),
            Node::Field { .. } => self.field(expr, over),
            Node::Not(one) => self.expect_truth(one, over),
            Node::All(all) | Node::Any(all) => {
                for one in all {
                    self.expect_truth(one, over)?;
                }
                Ok(Type::Truth)
            }
            Node::Compare(..) => self.comparison(expr, over),
            Node::In(one, all) => {
                let left = self.of(one, over)?;
                for each in all {
                    let right = self.of(each, over)?;
                    same(each, left, right)?;
                    self.possible(one, each)?;
                }
                Ok(Type::Truth)
            }
            Node::Arithmetic(operator, left, right) => {
                let operator = *operator;
                let (a, b) = (self.expect_number(left, over)?, self.expect_number(right, over)?);
                let range = arithmetic(operator, a, b).ok_or_else(|| {
                    wrong(right, "this may be 0, and nothing can be divided by 0: give it a `min` above 0")
                })?;
                bounded(at, range)
            }
            Node::Call(function, _) => {
                let function = *function;
                self.call(function, expr, over)
            }
            Node::Over { .. } => self.over(expr, over),
        }
    }

    fn field(&self, expr: &mut Expr, over: Option<&str>) -> Result<Type, Wrong> {
        let Node::Field { id, .. } = &expr.node else { return Err(wrong(expr, "a field is expected here")) };
        let variable = self.variable(expr, id, over)?;
        let (settled, range) = (variable.read, variable.range);
        let found = match settled {
            Read::Number => Type::Number(range.0, range.1),
            Read::Time => Type::Number(0.0, 1440.0),
            Read::Date => Type::Date,
            Read::List => Type::List,
            Read::Text | Read::Unknown => Type::Text,
        };
        if let Node::Field { read, .. } = &mut expr.node {
            *read = settled;
        }
        Ok(found)
    }

    fn expect_truth(&self, expr: &mut Expr, over: Option<&str>) -> Result<Type, Wrong> {
        match self.of(expr, over)? {
            Type::Truth => Ok(Type::Truth),
            _ => Err(wrong(expr, "this must be true or false: compare it with something")),
        }
    }

    fn expect_number(&self, expr: &mut Expr, over: Option<&str>) -> Result<(f64, f64), Wrong> {
        match self.of(expr, over)? {
            Type::Number(least, most) => Ok((least, most)),
            _ => Err(wrong(expr, "this must be a number")),
        }
    }

    fn expect_date(&self, expr: &mut Expr, over: Option<&str>) -> Result<(), Wrong> {
        match self.of(expr, over)? {
            Type::Date => Ok(()),
            _ => Err(wrong(expr, "this must be a date")),
        }
    }

    fn comparison(&self, expr: &mut Expr, over: Option<&str>) -> Result<Type, Wrong> {
        let Node::Compare(compare, left, right) = &mut expr.node else { return Ok(Type::Truth) };
        let (a, b) = (self.of(left, over)?, self.of(right, over)?);
        same(right, a, b)?;
        let order = !matches!(compare, Compare::Equal | Compare::Different);
        if order && !matches!(a, Type::Number(..) | Type::Date) {
            return Err(wrong(left, "only numbers, times and dates are less or greater"));
        }
        if matches!(a, Type::List | Type::Truth) {
            return Err(wrong(
                left,
                "this cannot be compared: for a multiple choice use has(field, 'option')",
            ));
        }
        self.possible(left, right)?;
        self.possible(right, left)?;
        Ok(Type::Truth)
    }

    /// A text compared with a choice must be one of its options.
    fn possible(&self, field: &Expr, literal: &Expr) -> Result<(), Wrong> {
        let (Node::Field { id, .. }, Node::Text(text)) = (&field.node, &literal.node) else { return Ok(()) };
        match self.earlier.get(id).and_then(|known| known.options.as_ref()) {
            Some(options) if !options.contains(text) => {
                Err(wrong(literal, &format!("`{id}` is never answered '{text}': {}", options.join(", "))))
            }
            _ => Ok(()),
        }
    }

    fn over(&self, expr: &mut Expr, outer: Option<&str>) -> Result<Type, Wrong> {
        let at = expr.at;
        if outer.is_some() {
            return Err(Wrong { at, reason: "one group at a time".to_owned() });
        }
        let Node::Over { fold, group, each } = &mut expr.node else { return Ok(Type::Truth) };
        let names = each.fields().into_iter().filter_map(|id| self.earlier.get(id)?.group.clone());
        let found: std::collections::BTreeSet<String> = names.collect();
        let mut found = found.into_iter();
        let (Some(only), None) = (found.next(), found.next()) else {
            return Err(Wrong {
                at,
                reason: "write `group.field` of one group between the parentheses".to_owned(),
            });
        };
        let most = self.earlier.get(&only).map_or(0.0, |count| count.range.1);
        group.clone_from(&only);
        match fold {
            Fold::Sum => {
                let (a, b) = self.expect_number(each, Some(&only))?;
                bounded(at, ((a * most).min(0.0), (b * most).max(0.0)))
            }
            Fold::Count => {
                self.expect_truth(each, Some(&only))?;
                Ok(Type::Number(0.0, most))
            }
            Fold::Some | Fold::Every => self.expect_truth(each, Some(&only)),
            Fold::Distinct => match self.of(each, Some(&only))? {
                Type::Text => Ok(Type::Truth),
                _ => Err(wrong(each, "distinct takes a field with a text or a code")),
            },
        }
    }

    fn call(&self, function: Function, expr: &mut Expr, over: Option<&str>) -> Result<Type, Wrong> {
        let at = expr.at;
        let Node::Call(_, arguments) = &mut expr.node else { return Ok(Type::Truth) };
        let count = arguments.len();
        let takes = |fits: bool, how: &str| {
            if fits { Ok(()) } else { Err(Wrong { at, reason: format!("is written {how}") }) }
        };
        match (function, arguments.as_mut_slice()) {
            (Function::Answered, [one]) if matches!(one.node, Node::Field { .. }) => {
                self.of(one, over)?;
                Ok(Type::Truth)
            }
            (Function::Answered, _) => takes(false, "answered(field)").map(|()| Type::Truth),
            (Function::Has, [field, option]) => {
                let (list, text) = (self.of(field, over)?, self.of(option, over)?);
                takes(list == Type::List && text == Type::Text, "has(multiple-choice, 'option')")?;
                self.possible(field, option)?;
                Ok(Type::Truth)
            }
            (Function::Has, _) => takes(false, "has(multiple-choice, 'option')").map(|()| Type::Truth),
            (Function::Min | Function::Max, all) => {
                takes(count >= 2, "min(a, b) or max(a, b)")?;
                let mut range: Option<(f64, f64)> = None;
                for one in all {
                    let (a, b) = self.expect_number(one, over)?;
                    range = Some(range.map_or((a, b), |(low, high)| match function {
                        Function::Min => (low.min(a), high.min(b)),
                        _ => (low.max(a), high.max(b)),
                    }));
                }
                bounded(at, range.unwrap_or_default())
            }
            (Function::Round, [one, places]) => {
                let digits = matches!(&places.node, Node::Number(n) if n.to_whole().is_some_and(|n| (0..=4).contains(&n)));
                takes(digits, "round(number, 2)")?;
                let (a, b) = self.expect_number(one, over)?;
                bounded(at, ((a - 1.0).min(a.floor()), (b + 1.0).max(b.ceil())))
                    .map(|_| Type::Number(a.floor(), b.ceil()))
            }
            (Function::Ceil, [one]) => {
                let (a, b) = self.expect_number(one, over)?;
                bounded(at, (a, b.ceil()))
            }
            (Function::Round, _) => takes(false, "round(number, 2)").map(|()| Type::Truth),
            (Function::Ceil, _) => takes(false, "ceil(number)").map(|()| Type::Truth),
            (Function::If, [condition, one, other]) => {
                self.expect_truth(condition, over)?;
                let ((a, b), (c, d)) = (self.expect_number(one, over)?, self.expect_number(other, over)?);
                bounded(at, (a.min(c), b.max(d)))
            }
            (Function::If, _) => takes(false, "if(condition, number, number)").map(|()| Type::Truth),
            (Function::Else, [one, other]) => {
                let ((a, b), (c, d)) = (self.expect_number(one, over)?, self.expect_number(other, over)?);
                bounded(at, (a.min(c), b.max(d)))
            }
            (Function::Else, _) => takes(false, "else(number, number)").map(|()| Type::Truth),
            (Function::Days | Function::Months | Function::Years, [from, to]) => {
                self.expect_date(from, over)?;
                self.expect_date(to, over)?;
                // Dates lie between 1900 and 2100; the second may come before the first.
                Ok(Type::Number(-80_000.0, 80_000.0))
            }
            (Function::Days | Function::Months | Function::Years, _) => {
                takes(false, "days(from, to), months(from, to) or years(from, to)").map(|()| Type::Truth)
            }
            (Function::Pick, all) => self.pick(at, all, over),
        }
    }

    /// `pick(field, 'option', number, …)` must have a number for each option.
    fn pick(&self, at: usize, arguments: &mut [Expr], over: Option<&str>) -> Result<Type, Wrong> {
        let how =
            || Wrong { at, reason: "is written pick(choice, 'option', number, 'option', number)".to_owned() };
        let Some((field, pairs)) = arguments.split_first_mut() else { return Err(how()) };
        if self.of(field, over)? != Type::Text || pairs.is_empty() || pairs.len() % 2 != 0 {
            return Err(how());
        }
        let Node::Field { id, .. } = &field.node else { return Err(how()) };
        let options = self.earlier.get(id).and_then(|known| known.options.clone()).ok_or_else(how)?;
        let (mut named, mut range) = (Vec::new(), (f64::MAX, f64::MIN));
        for pair in pairs.chunks_mut(2) {
            let [option, number] = pair else { return Err(how()) };
            self.possible(field, option)?;
            let Node::Text(text) = &option.node else { return Err(how()) };
            named.push(text.clone());
            let (a, b) = self.expect_number(number, over)?;
            range = (range.0.min(a), range.1.max(b));
        }
        match options.iter().find(|option| !named.contains(option)) {
            Some(left) => {
                Err(Wrong { at, reason: format!("has no number for the option '{left}' of `{id}`") })
            }
            None => bounded(at, range),
        }
    }
}

fn wrong(expr: &Expr, reason: &str) -> Wrong {
    Wrong { at: expr.at, reason: reason.to_owned() }
}

fn same(right: &Expr, a: Type, b: Type) -> Result<(), Wrong> {
    if std::mem::discriminant(&a) == std::mem::discriminant(&b) {
        return Ok(());
    }
    let name = |found| match found {
        Type::Truth => "a condition",
        Type::Number(..) => "a number",
        Type::Date => "a date",
        Type::Text => "a text",
        Type::List => "a multiple choice",
    };
    Err(wrong(right, &format!("{} cannot be compared with {}", name(a), name(b))))
}

/// Between what the result lies; nothing when it may divide by zero.
fn arithmetic(operator: Arithmetic, a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    let corners = |with: fn(f64, f64) -> f64| {
        let all = [with(a.0, b.0), with(a.0, b.1), with(a.1, b.0), with(a.1, b.1)];
        (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(f64::MIN, f64::max))
    };
    match operator {
        Arithmetic::Plus => Some((a.0 + b.0, a.1 + b.1)),
        Arithmetic::Minus => Some((a.0 - b.1, a.1 - b.0)),
        Arithmetic::Times => Some(corners(|x, y| x * y)),
        Arithmetic::Over => (b.0 > 0.0 || b.1 < 0.0).then(|| corners(|x, y| x / y)),
    }
}

fn bounded(at: usize, range: (f64, f64)) -> Result<Type, Wrong> {
    if range.0 >= -GREATEST && range.1 <= GREATEST {
        return Ok(Type::Number(range.0, range.1));
    }
    Err(Wrong { at, reason: "may come to too great a number: give its fields a `max`".to_owned() })
}
