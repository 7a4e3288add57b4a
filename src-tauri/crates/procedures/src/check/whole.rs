//! Everything that is listed is of use to some procedure, and no two procedures ask the same.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use crate::catalogue::Catalogue;
use crate::form::{Form, Page};

pub(super) fn check(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let all = || catalogue.procedures();
    let documents: BTreeSet<&str> = all().flat_map(|p| &p.documents).map(|d| d.code.as_str()).collect();
    let units: BTreeSet<&str> = all().map(|p| p.unit.as_str()).collect();
    let categories: BTreeSet<&str> = all().map(|p| p.category.as_str()).collect();
    let objects: BTreeSet<&str> = all().flat_map(|p| &p.objects).map(String::as_str).collect();
    let orphans = [
        ("document", catalogue.documents().map(|(code, _)| code).collect::<Vec<_>>(), documents),
        ("unit", catalogue.units().map(|u| u.code.as_str()).collect(), units),
        ("category", catalogue.categories().map(|c| c.code.as_str()).collect(), categories),
        ("object", catalogue.objects().map(|o| o.code.as_str()).collect(), objects),
    ];
    for (what, listed, used) in orphans {
        for code in listed.into_iter().filter(|code| !used.contains(code)) {
            findings.grave(format!("{what} {code}"), "no procedure uses it");
        }
    }
    for procedure in all() {
        for related in procedure.related.iter().chain(&procedure.same_form_as) {
            if catalogue.get(related).is_none() {
                findings.grave(
                    format!("{}: related", procedure.id),
                    format!("`{related}` is not in the catalogue"),
                );
            }
        }
    }
    let mut ranks: BTreeMap<u32, &str> = BTreeMap::new();
    for procedure in all() {
        if let Some(other) = ranks.insert(procedure.rank, &procedure.id) {
            findings.light(format!("{}: rank", procedure.id), format!("`{other}` has the same rank"));
        }
    }
    same_forms(catalogue, findings);
}

fn same_forms(catalogue: &Catalogue, findings: &mut Findings<'_>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for procedure in catalogue.procedures() {
        let Some(first) = seen.insert(shape(&procedure.form), &procedure.id) else { continue };
        let declared = |one: &str, other: &str| {
            catalogue.get(one).is_some_and(|p| p.same_form_as.as_deref() == Some(other))
        };
        if !declared(&procedure.id, first) && !declared(first, &procedure.id) {
            let reason = format!("asks the same as `{first}`: ask what differs, or say same_form_as");
            findings.grave(format!("{}: form", procedure.id), reason);
        }
    }
}

/// What is asked, without words.
fn shape(form: &Form) -> String {
    let page = |page: &Page| {
        let field = |field: &crate::Field| {
            let options: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).collect();
            format!("{} {:?} {}", field.id, field.kind, options.join(","))
        };
        page.fields.iter().map(field).collect::<Vec<_>>().join(";")
    };
    form.all_pages().iter().map(page).collect::<Vec<_>>().join("\n")
}
