//! The rules that a catalogue must keep, so that a fault in it is met when it is read and not by a citizen.

use std::collections::{BTreeMap, BTreeSet};

use wording::{Language, Text};

use crate::Error;
use crate::form::{Condition, Field, FieldKind, Page};
use crate::procedure::Procedure;
use crate::review::{ABSTRACT_MAX, Piece, pieces};

const NAME_MAX: usize = 256;
const SUMMARY_MAX: usize = 300;
const FIELDS_PER_PAGE: usize = 4;
/// SICRES takes no more in its texts.
const ANSWER_MAX: u32 = 4000;

pub(super) fn unique<'a>(
    file: &str,
    what: &'static str,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(Error::Duplicate { file: file.to_owned(), what, name: name.to_owned() });
        }
    }
    Ok(())
}

pub(super) fn known<'a>(
    file: &str,
    what: &'static str,
    name: &str,
    mut names: impl Iterator<Item = &'a str>,
) -> Result<(), Error> {
    if names.any(|n| n == name) {
        return Ok(());
    }
    Err(Error::Unknown { file: file.to_owned(), what, name: name.to_owned() })
}

pub(super) fn procedure(file: &str, procedure: &Procedure) -> Result<(), Error> {
    let check = Check { file };
    check.require(file.strip_suffix(".toml") == Some(&procedure.id), "id", "must be the name of the file")?;
    check.id("id", &procedure.id)?;
    check.require(procedure.version > 0, "version", "starts at 1")?;
    check.require(procedure.minutes > 0, "minutes", "nothing takes no time")?;
    check.require(!procedure.objects.is_empty(), "objects", "at least one is needed")?;
    check.require(!procedure.legal_basis.is_empty(), "legal_basis", "at least one is needed")?;
    check.require(!procedure.declarations.is_empty(), "declarations", "at least one is needed")?;
    check.text("name", &procedure.name, NAME_MAX)?;
    check.text("summary", &procedure.summary, SUMMARY_MAX)?;
    check.text("abstract", &procedure.abstract_template, ABSTRACT_MAX)?;
    let protection = &procedure.data_protection;
    let long = [
        ("purpose", &procedure.purpose),
        ("who_may", &procedure.who_may),
        ("result", &procedure.result),
        ("silence_reason", &procedure.silence_reason),
        ("controller", &protection.controller),
        ("data_protection.purpose", &protection.purpose),
        ("data_protection.basis", &protection.basis),
        ("data_protection.recipients", &protection.recipients),
        ("rights", &protection.rights),
    ];
    let lists = (procedure.you_will_need.iter().map(|t| ("you_will_need", t)))
        .chain(procedure.legal_basis.iter().map(|t| ("legal_basis", t)))
        .chain(procedure.consults.iter().map(|c| ("consults", &c.text)))
        .chain(procedure.declarations.iter().map(|d| ("declarations", &d.text)));
    for (place, text) in long.into_iter().chain(lists) {
        check.text(place, text, usize::MAX)?;
    }
    unique(file, "declaration", procedure.declarations.iter().map(|d| d.id.as_str()))?;
    unique(file, "consultation", procedure.consults.iter().map(|c| c.id.as_str()))?;
    unique(file, "document", procedure.documents.iter().map(|d| d.code.as_str()))?;
    check.form(procedure)?;
    check.placeholders(procedure)
}

struct Check<'a> {
    file: &'a str,
}

impl Check<'_> {
    fn require(&self, kept: bool, place: &str, reason: &str) -> Result<(), Error> {
        if kept {
            return Ok(());
        }
        Err(Error::Rule { file: self.file.to_owned(), place: place.to_owned(), reason: reason.to_owned() })
    }

    fn id(&self, place: &str, id: &str) -> Result<(), Error> {
        let characters = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let fits = characters && id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.ends_with('-');
        self.require(fits, place, "ids are small letters, figures and hyphens")
    }

    fn text(&self, place: &str, text: &Text, max: usize) -> Result<(), Error> {
        for language in Language::ALL {
            let words = text.in_language(language);
            self.require(!words.trim().is_empty(), place, &format!("is empty in {language}"))?;
            self.require(words.trim() == words, place, &format!("has spaces around it in {language}"))?;
            self.require(
                !words.contains('\''),
                place,
                &format!("has a typewriter apostrophe in {language}"),
            )?;
            let found = words.chars().count();
            self.require(
                found <= max,
                place,
                &format!("has {found} characters in {language}, more than {max}"),
            )?;
        }
        Ok(())
    }

    fn form(&self, procedure: &Procedure) -> Result<(), Error> {
        let pages = &procedure.form.pages;
        self.require(!pages.is_empty(), "form", "has no page")?;
        unique(self.file, "page", pages.iter().map(|p| p.id.as_str()))?;
        unique(self.file, "field", pages.iter().flat_map(|p| &p.fields).map(|f| f.id.as_str()))?;
        let taken = pages.iter().flat_map(|p| &p.fields).filter_map(|f| f.document.as_deref());
        unique(self.file, "field for document", taken)?;
        let mut earlier: BTreeMap<&str, &Field> = BTreeMap::new();
        for page in pages {
            self.page(page)?;
            self.conditions(&page.id, &page.visible_if, &earlier)?;
            for field in &page.fields {
                self.field(field)?;
                self.conditions(&field.id, &field.visible_if, &earlier)?;
                if let Some(code) = &field.document {
                    known(self.file, "document", code, procedure.documents.iter().map(|d| d.code.as_str()))?;
                }
                earlier.insert(&field.id, field);
            }
        }
        Ok(())
    }

    fn page(&self, page: &Page) -> Result<(), Error> {
        let place = format!("page {}", page.id);
        self.id(&place, &page.id)?;
        self.text(&place, &page.heading, NAME_MAX)?;
        if let Some(help) = &page.help {
            self.text(&place, help, usize::MAX)?;
        }
        let count = page.fields.len();
        self.require((1..=FIELDS_PER_PAGE).contains(&count), &place, "a page has one to four fields")?;
        let choices =
            page.fields.iter().filter(|f| matches!(f.kind, FieldKind::Choice | FieldKind::YesNo)).count();
        self.require(choices <= 1, &place, "a page has one choice at most")
    }

    fn field(&self, field: &Field) -> Result<(), Error> {
        let place = format!("field {}", field.id);
        let require = |kept: bool, reason: &str| self.require(kept, &place, reason);
        self.id(&place, &field.id)?;
        self.text(&place, &field.label, ANSWER_MAX as usize)?;
        if let Some(hint) = &field.hint {
            self.text(&place, hint, usize::MAX)?;
        }
        unique(self.file, "option", field.options.iter().map(|o| o.id.as_str()))?;
        for option in &field.options {
            self.id(&place, &option.id)?;
            self.text(&place, &option.label, NAME_MAX)?;
        }
        let choice = matches!(field.kind, FieldKind::Choice | FieldKind::YesNo);
        require(choice || field.options.is_empty(), "only a choice has options")?;
        require(!choice || field.options.len() >= 2, "a choice has two options or more")?;
        let ids = || field.options.iter().map(|o| o.id.as_str());
        require(field.kind != FieldKind::YesNo || ids().eq(["yes", "no"]), "yes/no takes no other options")?;
        require(
            (field.kind == FieldKind::Document) == field.document.is_some(),
            "a document field names its document",
        )?;
        require(
            field.own_max_chars().is_none_or(|m| (1..=ANSWER_MAX).contains(&m)),
            "max_chars is 1 to 4000",
        )?;
        let number = field.kind == FieldKind::Number;
        require(number || (field.min.is_none() && field.max.is_none()), "only a number has min and max")?;
        require(field.min.zip(field.max).is_none_or(|(min, max)| min <= max), "min is greater than max")?;
        require(
            field.kind == FieldKind::Date || field.date.is_none(),
            "only a date lies on a side of today",
        )?;
        let codes = field.kind == FieldKind::PostalCode || field.postal_codes.is_empty();
        require(codes, "only a postal code has postal_codes")?;
        require(field.editable || field.prefill.is_some(), "what is not known must be editable")
    }

    /// A condition looks at an earlier field whose answers are known beforehand, and at answers that it can have.
    fn conditions(&self, at: &str, all: &[Condition], earlier: &BTreeMap<&str, &Field>) -> Result<(), Error> {
        for condition in all {
            let field = earlier.get(condition.field.as_str()).ok_or_else(|| Error::Unknown {
                file: self.file.to_owned(),
                what: "earlier field",
                name: condition.field.clone(),
            })?;
            let place = format!("condition of {at}");
            self.require(!condition.is.is_empty(), &place, "holds for no answer")?;
            for answer in &condition.is {
                let possible = match field.kind {
                    FieldKind::Choice | FieldKind::YesNo => field.options.iter().any(|o| &o.id == answer),
                    FieldKind::Statement => answer == "yes",
                    _ => false,
                };
                self.require(possible, &place, &format!("{} is never answered {answer}", field.id))?;
            }
        }
        Ok(())
    }

    fn placeholders(&self, procedure: &Procedure) -> Result<(), Error> {
        for language in Language::ALL {
            for piece in pieces(procedure.abstract_template.in_language(language)) {
                match piece {
                    Piece::Answer(name) if procedure.form.field(name).is_none() => {
                        return Err(Error::Unknown {
                            file: self.file.to_owned(),
                            what: "field",
                            name: name.to_owned(),
                        });
                    }
                    Piece::Words(words) => {
                        self.require(
                            !words.contains(['{', '}']),
                            "abstract",
                            "has a brace without its pair",
                        )?;
                    }
                    Piece::Answer(_) => {}
                }
            }
        }
        Ok(())
    }
}
