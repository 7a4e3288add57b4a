//! Answers in words: for the review on screen, for the document, and for the registry's summary.

use wording::{Language, format};

use crate::form::{Answers, Field, FieldKind, Form, Shows};
use crate::number::Decimal;
use crate::procedure::Procedure;
use crate::{dates, limits};

/// One page of the form, answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewSection {
    /// Page id.
    pub page: String,
    /// The page's heading.
    pub heading: String,
    /// Its answers, in order.
    pub rows: Vec<ReviewRow>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Field id.
    pub field: String,
    /// The question's label.
    pub label: String,
    /// The answer in words, as it will be filed.
    pub answer: String,
}

impl Form {
    /// Everything that is asked, with its answers. A document that was chosen reads *attached*: only who keeps the files
    /// knows their names, see [`Form::review_with`].
    #[must_use]
    pub fn review(&self, answers: &Answers, language: Language) -> Vec<ReviewSection> {
        self.review_with(answers, language, |_| None)
    }

    /// As [`Form::review`], with the names of the files, by file id.
    #[must_use]
    pub fn review_with(
        &self,
        answers: &Answers,
        language: Language,
        file_name: impl Fn(&str) -> Option<String>,
    ) -> Vec<ReviewSection> {
        let asked = self.asked(answers);
        let row = |field: &Field| ReviewRow {
            field: field.id.clone(),
            label: field.label.in_language(language).to_owned(),
            answer: self.in_words(field, asked.given.get(field.id.as_str()), language, &file_name),
        };
        asked
            .pages
            .iter()
            .map(|(page, fields)| ReviewSection {
                page: page.id.clone(),
                heading: page.heading.in_language(language).to_owned(),
                rows: fields.iter().map(|field| row(field)).collect(),
            })
            .collect()
    }

    /// One answer in words, as the review has it; nothing while it is not asked or not answered.
    #[must_use]
    pub fn answer_in_words(&self, field: &Field, answers: &Answers, language: Language) -> Option<String> {
        let asked = self.asked(answers);
        let answer = asked.given.get(field.id.as_str()).filter(|answer| !answer.is_empty())?;
        Some(self.in_words(field, Some(answer), language, &|_| None))
    }

    /// What a field would be told as, if this were its answer.
    #[must_use]
    pub fn said(&self, field: &Field, answer: &str, language: Language) -> String {
        self.in_words(field, Some(&answer.to_owned()), language, &|_| None)
    }

    fn in_words(
        &self,
        field: &Field,
        answer: Option<&String>,
        language: Language,
        file_name: &impl Fn(&str) -> Option<String>,
    ) -> String {
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else {
            return match field.kind {
                FieldKind::Consent => self.words.no.in_language(language).to_owned(),
                _ => self.words.unanswered.in_language(language).to_owned(),
            };
        };
        let option = |id: &str| {
            let found = field.options.iter().find(|o| o.id == id);
            found.map_or(id.to_owned(), |o| o.label.in_language(language).to_owned())
        };
        match field.kind {
            FieldKind::Choice | FieldKind::YesNo => option(answer),
            FieldKind::Multiple => answer.split(',').map(option).collect::<Vec<_>>().join("; "),
            FieldKind::Statement | FieldKind::Consent if answer == "yes" => {
                self.words.yes.in_language(language).to_owned()
            }
            FieldKind::Document => {
                file_name(answer).unwrap_or_else(|| self.words.attached.in_language(language).to_owned())
            }
            FieldKind::Date => {
                dates::parse(answer).map_or_else(|| answer.clone(), |date| format::date(language, date))
            }
            FieldKind::Phone => format::phone(answer),
            FieldKind::Money => money(answer, language),
            FieldKind::Area => format!("{answer} m²"),
            FieldKind::Percent => format!("{answer} %"),
            FieldKind::Computed => match field.shows {
                Shows::Money => money(answer, language),
                Shows::Area => format!("{answer} m²"),
                Shows::Percent => format!("{answer} %"),
                Shows::Number => answer.clone(),
            },
            FieldKind::Iban | FieldKind::Cadastral => {
                format::groups(answer, if field.kind == FieldKind::Iban { 4 } else { 7 })
            }
            _ => answer.clone(),
        }
    }
}

fn money(answer: &str, language: Language) -> String {
    let cents =
        Decimal::of_answer(answer).and_then(Decimal::to_cents).and_then(|cents| u32::try_from(cents).ok());
    cents.map_or_else(|| answer.to_owned(), |cents| format::money(language, cents))
}

impl Procedure {
    /// The registry's summary of an application: the procedure's template with its answers, at most 240 characters.
    #[must_use]
    pub fn abstract_of(&self, answers: &Answers, language: Language) -> String {
        let rows = self.form.review(answers, language);
        // What is computed is answered by nobody, and yet known.
        let given = self.form.filed(answers);
        let answer = |name: &str| {
            let answered = given.get(name).is_some_and(|a| !a.trim().is_empty());
            let row = rows.iter().flat_map(|s| &s.rows).find(|r| r.field == name);
            row.filter(|_| answered).map(|r| r.answer.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let template = pieces(self.abstract_template.in_language(language));
        shortened(&filled(&template, answer), limits::SICRES_ABSTRACT)
    }

    /// What an exchange between registries calls `Expone`: the field that the procedure names, or every answer in
    /// words; cut where SICRES ends, the whole being in the signed document.
    #[must_use]
    pub fn facts_of(&self, answers: &Answers, language: Language) -> String {
        let whole = self.answer_to(self.registry.facts.as_deref(), answers).unwrap_or_else(|| {
            let review = self.form.review(answers, language);
            let rows = review.iter().flat_map(|section| &section.rows);
            rows.map(|row| format!("{}: {}", row.label, row.answer)).collect::<Vec<_>>().join("\n")
        });
        shortened(&whole, limits::SICRES_TEXT)
    }

    /// What an exchange between registries calls `Solicita`: the field that the procedure names, or its name.
    #[must_use]
    pub fn request_of(&self, answers: &Answers, language: Language) -> String {
        let whole = self
            .answer_to(self.registry.request.as_deref(), answers)
            .unwrap_or_else(|| self.name.in_language(language).to_owned());
        shortened(&whole, limits::SICRES_TEXT)
    }

    /// What an exchange between registries calls `Referencia_Externa`: a plate, a receipt; nothing if it does not fit.
    #[must_use]
    pub fn reference_of(&self, answers: &Answers) -> Option<String> {
        self.answer_to(self.registry.reference.as_deref(), answers)
            .filter(|reference| reference.chars().count() <= limits::SICRES_REFERENCE)
    }

    fn answer_to(&self, field: Option<&str>, answers: &Answers) -> Option<String> {
        self.form.filed(answers).remove(field?)
    }
}

/// A part of a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// As it stands.
    Words(&'a str),
    /// The answer to this field.
    Answer(&'a str),
}

/// A template with its answers. What was not answered takes with it the words around it, up to the mark that parts it
/// from the next, so that nothing is left hanging: without its width, `Gual: {street}, {width} m` is `Gual: carrer Major`.
fn filled(pieces: &[Piece<'_>], answer: impl Fn(&str) -> Option<String>) -> String {
    const APART: [char; 4] = [',', ';', ':', '.'];
    let mut written = String::new();
    let (mut leading, mut missing) = ("", false);
    for piece in pieces {
        match piece {
            Piece::Words(words) if missing => {
                leading = words.find(APART).and_then(|at| words.get(at..)).unwrap_or("");
            }
            Piece::Words(words) => leading = words,
            Piece::Answer(name) => {
                let answered = answer(name);
                missing = answered.is_none();
                match answered {
                    Some(answer) => {
                        let parted = if leading.is_empty() && !written.is_empty() { " " } else { leading };
                        written.push_str(parted);
                        written.push_str(&answer);
                    }
                    // What the procedure is, at the beginning, stays.
                    None if written.is_empty() => {
                        written.push_str(leading.trim_end_matches([' ', ':', ',', ';', '(']));
                    }
                    None => {}
                }
                leading = "";
            }
        }
    }
    written.push_str(leading);
    written
}

/// A template in its parts: `Gual: {street}`.
pub(crate) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((words, after)) = rest.split_once('{') {
        let Some((name, next)) = after.split_once('}') else { break };
        found.extend([Piece::Words(words), Piece::Answer(name)]);
        rest = next;
    }
    found.push(Piece::Words(rest));
    found
}

fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_split_at_its_answers() {
        assert_eq!(
            pieces("A {b} c{d}"),
            [
                Piece::Words("A "),
                Piece::Answer("b"),
                Piece::Words(" c"),
                Piece::Answer("d"),
                Piece::Words("")
            ]
        );
        assert_eq!(pieces("open {brace"), [Piece::Words("open {brace")]);
    }

    #[test]
    fn what_was_not_answered_leaves_nothing_hanging() {
        let fill = |template: &str| {
            let known = |name: &str| (name == "a" || name == "b").then(|| name.to_uppercase());
            filled(&pieces(template), known)
        };
        assert_eq!(fill("Poda: {a}, {b}"), "Poda: A, B");
        assert_eq!(fill("Poda: {a}, {x}; {b}"), "Poda: A; B");
        assert_eq!(fill("Poda: {x}"), "Poda");
        assert_eq!(fill("Poda: {x}, {b}"), "Poda, B");
        assert_eq!(fill("Gual ({x}): {a}, {x} m, {b} places"), "Gual: A, B places");
        assert_eq!(fill("Gual: {a}, {x} m"), "Gual: A");
        assert_eq!(fill("Terrassa {a}, del {x} al {b}"), "Terrassa A B");
        assert_eq!(fill("Poda"), "Poda");
    }

    #[test]
    fn a_summary_is_cut_between_characters() {
        let long = "ñ".repeat(300);
        let cut = shortened(&long, 240);
        assert_eq!(cut.chars().count(), 240);
        assert!(cut.ends_with('…'));
        assert_eq!(shortened("curt", 240), "curt");
    }
}
