//! Answers in words: for the review on screen, for the document, and for the registry's summary.

use wording::{Language, format};

use crate::form::{Answers, Field, FieldKind, Form};
use crate::procedure::Procedure;
use crate::{normalise, validate};

/// Most characters of the registry's summary of an entry (SICRES 4, `Resumen`).
pub(crate) const ABSTRACT_MAX: usize = 240;

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
        let row = |field: &Field| ReviewRow {
            field: field.id.clone(),
            label: field.label.in_language(language).to_owned(),
            answer: self.in_words(field, answers, language, &file_name),
        };
        self.visible(answers)
            .into_iter()
            .map(|(page, fields)| ReviewSection {
                page: page.id.clone(),
                heading: page.heading.in_language(language).to_owned(),
                rows: fields.into_iter().map(row).collect(),
            })
            .collect()
    }

    fn in_words(
        &self,
        field: &Field,
        answers: &Answers,
        language: Language,
        file_name: &impl Fn(&str) -> Option<String>,
    ) -> String {
        let answer =
            answers.get(&field.id).map(|typed| normalise::answer(field.kind, typed)).unwrap_or_default();
        if answer.is_empty() {
            return self.words.unanswered.in_language(language).to_owned();
        }
        match field.kind {
            FieldKind::Choice | FieldKind::YesNo => field
                .options
                .iter()
                .find(|o| o.id == answer)
                .map_or(answer, |o| o.label.in_language(language).to_owned()),
            FieldKind::Statement if answer == "yes" => self.words.yes.in_language(language).to_owned(),
            FieldKind::Document => {
                file_name(&answer).unwrap_or_else(|| self.words.attached.in_language(language).to_owned())
            }
            FieldKind::Date => {
                validate::parse_date(&answer).map_or(answer, |date| format::date(language, date))
            }
            FieldKind::Phone => format::phone(&answer),
            FieldKind::Name
            | FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Nif
            | FieldKind::Email
            | FieldKind::PostalCode
            | FieldKind::Number
            | FieldKind::Statement => answer,
        }
    }
}

impl Procedure {
    /// The registry's summary of an application: the procedure's template with its answers, at most 240 characters.
    #[must_use]
    pub fn abstract_of(&self, answers: &Answers, language: Language) -> String {
        let rows = self.form.review(answers, language);
        let answer = |name: &str| {
            let answered = answers.get(name).is_some_and(|a| !a.trim().is_empty());
            let row = rows.iter().flat_map(|s| &s.rows).find(|r| r.field == name);
            row.filter(|_| answered).map(|r| r.answer.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let mut written = String::new();
        for piece in pieces(self.abstract_template.in_language(language)) {
            match piece {
                Piece::Words(words) => written.push_str(words),
                Piece::Answer(name) => written.push_str(answer(name).as_deref().unwrap_or("–")),
            }
        }
        shortened(&written, ABSTRACT_MAX)
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
    fn a_summary_is_cut_between_characters() {
        let long = "ñ".repeat(300);
        let cut = shortened(&long, 240);
        assert_eq!(cut.chars().count(), 240);
        assert!(cut.ends_with('…'));
        assert_eq!(shortened("curt", 240), "curt");
    }
}
