//! Checks of a catalogue beyond what is refused when it is read: whether people can get through each form and
//! understand it, and whether everything is of use.

mod reach;
mod reading;
mod whole;

use std::fmt;

use crate::catalogue::Catalogue;
use crate::procedure::Procedure;
use crate::{Today, citizen};

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whether it must be mended before the catalogue is used.
    pub grave: bool,
    /// Id of the procedure, or what it is about.
    pub about: String,
    /// Where in it.
    pub place: String,
    /// What it is and how to mend it.
    pub reason: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = if self.grave { "error" } else { "warning" };
        write!(f, "{weight}: {}: {}: {}", self.about, self.place, self.reason)
    }
}

/// The findings about one thing.
pub(crate) struct Findings<'a> {
    about: &'a str,
    all: Vec<Finding>,
}

impl Findings<'_> {
    fn grave(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.add(true, place.into(), reason.into());
    }

    fn light(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.add(false, place.into(), reason.into());
    }

    fn add(&mut self, grave: bool, place: String, reason: String) {
        let finding = Finding { grave, about: self.about.to_owned(), place, reason };
        if !self.all.contains(&finding) {
            self.all.push(finding);
        }
    }
}

/// What is to mend in one procedure.
#[must_use]
pub fn procedure(catalogue: &Catalogue, procedure: &Procedure, today: &Today) -> Vec<Finding> {
    let mut findings = Findings { about: &procedure.id, all: Vec::new() };
    reading::check(procedure, &mut findings);
    asks_something(procedure, &mut findings);
    match citizen::answers(&procedure.form, &citizen::KNOWN, today, 1) {
        Ok(_) => reach::check(&procedure.form, today, &mut findings),
        Err(faults) => {
            for fault in faults {
                let reason = format!("nobody can fill in this form: {} {:?}", fault.code, fault.args);
                findings.grave(format!("field {}", fault.field), reason);
            }
        }
    }
    for related in procedure.related.iter().chain(&procedure.same_form_as) {
        if catalogue.get(related).is_none() {
            findings.light("related", format!("`{related}` is not in the catalogue"));
        }
    }
    if procedure.short_name.is_none()
        && procedure.name.va.chars().count().max(procedure.name.es.chars().count()) > 60
    {
        findings.light("name", "has more than 60 characters: a tile needs a short_name");
    }
    if procedure.keywords.va.is_empty() || procedure.keywords.es.is_empty() {
        findings.light(
            "keywords",
            "there are none in Valencian or Spanish: nobody will find it with everyday words",
        );
    }
    if !procedure.to_confirm_by_clerk.is_empty() {
        let lines: Vec<&str> =
            procedure.to_confirm_by_clerk.iter().map(|line| line.trim_end_matches('.')).collect();
        findings.light("to_confirm_by_clerk", format!("for the town’s clerk: {}", lines.join("; ")));
    }
    if procedure.term.months == 0 && procedure.silence != crate::Silence::None {
        findings.grave("silence", "without a term to resolve there is no silence");
    }
    findings.all
}

/// What is to mend in the catalogue as a whole, besides each procedure.
#[must_use]
pub fn catalogue(catalogue: &Catalogue) -> Vec<Finding> {
    let mut findings = Findings { about: "catalogue", all: Vec::new() };
    whole::check(catalogue, &mut findings);
    findings.all
}

/// Only the general application may ask nothing but facts and a request.
fn asks_something(procedure: &Procedure, findings: &mut Findings<'_>) {
    const SHARED: &[&str] =
        &["name", "surnames", "nif", "phone", "email", "notify-by", "facts", "request", "represents"];
    const PREFIXES: &[&str] = &["notify-", "rep-", "doc-", "consult-"];
    let own = procedure.form.all_fields().filter(|field| field.document.is_none());
    let own = own.filter(|field| {
        !SHARED.contains(&field.id.as_str()) && !PREFIXES.iter().any(|prefix| field.id.starts_with(prefix))
    });
    if own.count() == 0 && procedure.id != "instancia-general" {
        let reason = "asks only who one is, facts and request: ask what this procedure needs to know";
        if procedure.form.field("facts").is_some() || procedure.form.field("request").is_some() {
            findings.grave("form", reason);
        } else {
            findings.light("form", "asks nothing of its own");
        }
    }
}
