//! What to answer so that a condition holds, or does not.

use super::Wishes;
use crate::expr::{Compare, Expr, Fold, Function, Node};
use crate::form::{FieldKind, Form};
use crate::number::Decimal;

/// Most ways that are followed.
const MOST_WAYS: usize = 48;
/// How far it is followed what makes a field be asked that a condition looks at. Ways multiply at each step, so that a
/// long form would never be done; what lies deeper is left to chance.
const DEEPEST: usize = 4;

/// Ways of answering so that a field, or the page of that id, is asked. Each is a guess to be tried by a draw: what is
/// compared with what nobody types, such as a computed number, is left to chance.
#[must_use]
pub fn wishes(form: &Form, id: &str) -> Vec<Wishes> {
    let Some((page, field)) = form.pages.iter().find_map(|page| {
        let field = page.fields.iter().find(|field| field.id == id);
        (page.id == id || field.is_some()).then_some((page, field))
    }) else {
        return Vec::new();
    };
    let conditions = page.visible_if.iter().chain(field.and_then(|field| field.visible_if.as_ref()));
    let mut ways = vec![Wishes::new()];
    for condition in conditions {
        ways = all_of(form, ways, condition, true, 0);
    }
    ways
}

/// Ways of answering so that a condition is certain to hold, or certain not to.
pub(crate) fn ways(form: &Form, condition: &Expr, holds: bool) -> Vec<Wishes> {
    all_of(form, vec![Wishes::new()], condition, holds, 0)
}

/// Each way, with each way of making one more condition come out.
fn all_of(form: &Form, ways: Vec<Wishes>, condition: &Expr, holds: bool, depth: usize) -> Vec<Wishes> {
    let more = one(form, condition, holds, depth);
    let mut joined = Vec::new();
    for way in &ways {
        for addition in &more {
            let agrees = addition.iter().all(|(id, answer)| way.get(id).is_none_or(|known| known == answer));
            if agrees && joined.len() < MOST_WAYS {
                joined.push(way.clone().into_iter().chain(addition.clone()).collect());
            }
        }
    }
    joined
}

fn one(form: &Form, condition: &Expr, holds: bool, depth: usize) -> Vec<Wishes> {
    let anything = || vec![Wishes::new()];
    if depth > DEEPEST {
        return anything();
    }
    match (&condition.node, holds) {
        (Node::Not(inner), _) => one(form, inner, !holds, depth),
        (Node::All(all), true) | (Node::Any(all), false) => {
            let mut ways = anything();
            for inner in all {
                ways = all_of(form, ways, inner, holds, depth);
            }
            ways
        }
        (Node::All(all), false) | (Node::Any(all), true) => {
            all.iter().flat_map(|inner| one(form, inner, holds, depth)).take(MOST_WAYS).collect()
        }
        (Node::Compare(compare, left, right), _) => match (&left.node, &right.node) {
            (Node::Field { id, .. }, Node::Text(text)) | (Node::Text(text), Node::Field { id, .. }) => {
                let equal = (*compare == Compare::Equal) == holds;
                answered(
                    form,
                    id,
                    if equal { vec![text.clone()] } else { others(form, id, &[text.as_str()]) },
                    depth,
                )
            }
            (Node::Field { id, .. }, Node::Number(number)) if !is_computed(form, id) => {
                answered(form, id, around(form, id, *compare, *number, holds), depth)
            }
            _ => looked_at(form, condition, depth),
        },
        (Node::In(left, all), _) => {
            let Node::Field { id, .. } = &left.node else { return anything() };
            let texts: Vec<&str> = all
                .iter()
                .filter_map(|each| match &each.node {
                    Node::Text(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            let answers = if holds {
                texts.iter().map(|t| (*t).to_owned()).collect()
            } else {
                others(form, id, &texts)
            };
            answered(form, id, answers, depth)
        }
        (Node::Call(Function::Has, arguments), _) => match arguments.as_slice() {
            [Expr { node: Node::Field { id, .. }, .. }, Expr { node: Node::Text(text), .. }] => answered(
                form,
                id,
                if holds { vec![text.clone()] } else { others(form, id, &[text.as_str()]) },
                depth,
            ),
            _ => anything(),
        },
        // One item decides for all of them.
        (Node::Over { fold: Fold::Some | Fold::Every, group, each }, _) => {
            let mut first = (**each).clone();
            first.rename(&|id| {
                Some(format!("{group}-1-{}", id.strip_prefix(group.as_str())?.strip_prefix('.')?))
            });
            all_of(form, answered(form, group, vec!["1".to_owned()], depth), &first, holds, depth + 1)
        }
        (Node::Over { group, .. }, _) => answered(form, group, vec!["1".to_owned(), "2".to_owned()], depth),
        _ => looked_at(form, condition, depth),
    }
}

/// The fields that are looked at must be asked; what they are answered is left to chance.
fn looked_at(form: &Form, condition: &Expr, depth: usize) -> Vec<Wishes> {
    let mut ways = vec![Wishes::new()];
    for id in condition.fields() {
        for condition in conditions_of(form, id) {
            ways = all_of(form, ways, condition, true, depth + 1);
        }
    }
    ways
}

/// One of these answers to a field, and what makes the field be asked.
fn answered(form: &Form, id: &str, answers: Vec<String>, depth: usize) -> Vec<Wishes> {
    let mut ways: Vec<Wishes> =
        answers.into_iter().map(|answer| Wishes::from([(id.to_owned(), answer)])).collect();
    for condition in conditions_of(form, id) {
        ways = all_of(form, ways, condition, true, depth + 1);
    }
    ways
}

fn conditions_of<'a>(form: &'a Form, id: &str) -> Vec<&'a Expr> {
    let found = form.pages.iter().find_map(|page| Some((page, page.fields.iter().find(|f| f.id == id)?)));
    found.map_or_else(Vec::new, |(page, field)| page.visible_if.iter().chain(&field.visible_if).collect())
}

/// The other options of a choice.
fn others(form: &Form, id: &str, but: &[&str]) -> Vec<String> {
    let Some(field) = form.field(id) else { return Vec::new() };
    match field.kind {
        FieldKind::Consent => vec!["no".to_owned()],
        _ => field.options.iter().map(|o| o.id.clone()).filter(|o| !but.contains(&o.as_str())).collect(),
    }
}

fn is_computed(form: &Form, id: &str) -> bool {
    form.field(id).is_some_and(|field| field.kind == FieldKind::Computed)
}

/// Numbers on the wanted side of a limit that the field accepts.
fn around(form: &Form, id: &str, compare: Compare, limit: Decimal, holds: bool) -> Vec<String> {
    let Some(field) = form.field(id) else { return Vec::new() };
    let step = if field.decimals() == 0 { Decimal::ONE } else { Decimal::cents(1) };
    let tries = [field.max, field.min, limit.minus(step), Some(limit), limit.plus(step)];
    let fits = |number: &Decimal| {
        let order = number.cmp(&limit);
        let true_here = match compare {
            Compare::Equal => order.is_eq(),
            Compare::Different => order.is_ne(),
            Compare::Less => order.is_lt(),
            Compare::AtMost => order.is_le(),
            Compare::Greater => order.is_gt(),
            Compare::AtLeast => order.is_ge(),
        };
        true_here == holds
            && *number >= field.min.unwrap_or(Decimal::ZERO)
            && field.max.is_none_or(|max| *number <= max)
    };
    tries.into_iter().flatten().filter(fits).map(|number| number.to_answer(0)).collect()
}
