//! Whether every page and field can be reached, and every condition both holds and does not.

use std::collections::BTreeSet;

use super::Findings;
use crate::Today;
use crate::citizen::{self, KNOWN, Wishes};
use crate::expr::Expr;
use crate::form::{Answers, Form};

/// Draws without an aim.
const DRAWS: u64 = 8;
/// Draws for one aim.
const TRIES: u64 = 6;

pub(super) fn check(form: &Form, today: &Today, findings: &mut Findings<'_>) {
    let conditions: Vec<(String, &Expr, bool)> = conditions(form);
    let mut seen = Seen {
        form,
        reached: BTreeSet::new(),
        held: BTreeSet::new(),
        failed: BTreeSet::new(),
        conditions: &conditions,
    };
    for seed in 0..DRAWS {
        if let Ok(answers) = citizen::answers(form, &KNOWN, today, seed) {
            seen.note(&answers);
        }
    }
    let all: Vec<&str> = form.all_fields().map(|field| field.id.as_str()).collect();
    for id in all.into_iter() {
        let reached = seen.reached.contains(id)
            || seen.aim(today, citizen::wishes(form, id), |seen| seen.reached.contains(id));
        if !reached {
            let page = form.page_of(id).unwrap_or_default();
            findings.grave(format!("page {page}, field {id}"), "no answers lead here");
        }
    }
    for (place, (at, condition, can_fail)) in conditions.iter().enumerate() {
        let holds = seen.held.contains(&place)
            || seen.aim(today, citizen::ways(form, condition, true), |seen| seen.held.contains(&place));
        if !holds {
            findings.grave(at.clone(), format!("this condition never holds: {condition}"));
        }
        let fails = !can_fail
            || seen.failed.contains(&place)
            || seen.aim(today, citizen::ways(form, condition, false), |seen| seen.failed.contains(&place));
        if !fails {
            findings.grave(at.clone(), format!("this condition always holds: leave it out: {condition}"));
        }
    }
}

/// Every condition with its place, and whether it should be able not to hold: items that there always are need not.
fn conditions(form: &Form) -> Vec<(String, &Expr, bool)> {
    let mut all = Vec::new();
    for page in &form.pages {
        let first = page.item.as_ref().is_none_or(|item| item.number == 1);
        if first && let Some(condition) = &page.visible_if {
            all.push((format!("page {}", page.id), condition, page.item.is_none()));
        }
        for field in page.fields.iter().filter(|_| first) {
            let both = field.visible_if.iter().chain(&field.required_if);
            all.extend(both.map(|condition| (format!("field {}", field.id), condition, true)));
        }
    }
    for check in &form.checks {
        let own = check.when.iter().map(|when| (format!("check {}", check.id), when, false));
        all.extend(own);
    }
    all
}

struct Seen<'a> {
    form: &'a Form,
    conditions: &'a [(String, &'a Expr, bool)],
    reached: BTreeSet<String>,
    held: BTreeSet<usize>,
    failed: BTreeSet<usize>,
}

impl Seen<'_> {
    fn note(&mut self, answers: &Answers) {
        let asked = self.form.asked(answers);
        self.reached.extend(self.form.asked_ids(answers).into_iter().map(str::to_owned));
        for (place, (_, condition, _)) in self.conditions.iter().enumerate() {
            if asked.holds(Some(condition)) {
                self.held.insert(place);
            } else {
                self.failed.insert(place);
            }
        }
    }

    /// Draws along each of some ways until it is seen.
    fn aim(&mut self, today: &Today, ways: Vec<Wishes>, is_seen: impl Fn(&Self) -> bool) -> bool {
        for way in ways {
            for seed in 0..TRIES {
                if let Ok(answers) = citizen::wishing(self.form, &KNOWN, today, 1000 + seed, &way) {
                    self.note(&answers);
                }
                if is_seen(self) {
                    return true;
                }
            }
        }
        false
    }
}
