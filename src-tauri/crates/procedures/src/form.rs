//! The form: pages, fields, which of them are asked, and where known answers come from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use wording::Text;

use crate::normalise;
use crate::source::AnswerWords;

/// Answers by field id, all as text: a date `dd/mm/yyyy`, `yes` or `no`, an option id, `yes` for a statement, a file id.
pub type Answers = BTreeMap<String, String>;

/// Everything that is asked, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub(crate) pages: Vec<Page>,
    pub(crate) words: AnswerWords,
}

/// One screenful: one question, or one group that people know as one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Unique in the form.
    pub id: String,
    /// The question.
    pub heading: Text,
    /// A line of help.
    pub help: Option<Text>,
    /// Asked only if all of these hold.
    #[serde(default)]
    pub visible_if: Vec<Condition>,
    /// One to four.
    pub fields: Vec<Field>,
}

/// One answer to give.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Unique in the form.
    pub id: String,
    /// What an answer is.
    pub kind: FieldKind,
    /// Its name; for a statement, the statement.
    pub label: Text,
    /// How to answer.
    pub hint: Option<Text>,
    /// Whether it must be answered when it is asked.
    #[serde(default = "yes")]
    pub required: bool,
    /// What can be chosen; filled in for yes/no.
    #[serde(default)]
    pub options: Vec<FieldOption>,
    /// Most characters, if not those of the kind.
    max_chars: Option<u32>,
    /// Least number accepted.
    pub min: Option<u32>,
    /// Greatest number accepted.
    pub max: Option<u32>,
    /// Which side of today a date must lie on.
    pub date: Option<DateRule>,
    /// The only postal codes accepted; any Spanish one if empty.
    #[serde(default)]
    pub postal_codes: Vec<String>,
    /// Where a known answer comes from.
    pub prefill: Option<Prefill>,
    /// Whether a known answer may be changed.
    #[serde(default = "yes")]
    pub editable: bool,
    /// Asked only if all of these hold.
    #[serde(default)]
    pub visible_if: Vec<Condition>,
    /// Code of the document to attach.
    pub document: Option<String>,
}

/// Kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Name or surnames of a person or of a street.
    Name,
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Identity number of a natural person.
    Nif,
    /// E-mail address.
    Email,
    /// Phone number, Spanish or foreign.
    Phone,
    /// Spanish postal code.
    PostalCode,
    /// Whole number.
    Number,
    /// Day, month and year.
    Date,
    /// One of several options.
    Choice,
    /// Yes or no.
    YesNo,
    /// A sentence to agree with.
    Statement,
    /// A file.
    Document,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOption {
    /// The answer when it is chosen.
    pub id: String,
    /// Its words.
    pub label: Text,
}

/// Holds when the answer to an earlier field is one of these.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The earlier field.
    pub field: String,
    /// The answers for which it holds.
    pub is: Vec<String>,
}

/// Which side of today a date must lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateRule {
    /// Today or before.
    NotFuture,
    /// Today or after.
    NotPast,
}

/// What the card tells about its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prefill {
    /// Given name.
    CardName,
    /// Surnames, one or two.
    CardSurnames,
    /// Identity number.
    CardNif,
}

/// What is known of the person before asking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// Given name.
    pub name: &'a str,
    /// Surnames, separated by a space if there are two.
    pub surnames: &'a str,
    /// Identity number.
    pub nif: &'a str,
}

impl Form {
    /// Every page, asked or not.
    #[must_use]
    pub fn all_pages(&self) -> &[Page] {
        &self.pages
    }

    /// The pages that are asked, as the answers now stand.
    #[must_use]
    pub fn pages(&self, answers: &Answers) -> Vec<&Page> {
        self.visible(answers).into_iter().map(|(page, _)| page).collect()
    }

    /// The fields of one page that are asked, as the answers now stand; none if the page is not asked.
    #[must_use]
    pub fn fields(&self, page: &str, answers: &Answers) -> Vec<&Field> {
        self.visible(answers)
            .into_iter()
            .find(|(p, _)| p.id == page)
            .map(|(_, fields)| fields)
            .unwrap_or_default()
    }

    /// One field, asked or not.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.pages.iter().flat_map(|p| &p.fields).find(|f| f.id == id)
    }

    /// Id of the page that holds a field.
    #[must_use]
    pub fn page_of(&self, field: &str) -> Option<&str> {
        self.pages.iter().find(|p| p.fields.iter().any(|f| f.id == field)).map(|p| p.id.as_str())
    }

    /// The answers that the card gives.
    #[must_use]
    pub fn prefill(&self, known: &Known<'_>) -> Answers {
        let fields = self.pages.iter().flat_map(|p| &p.fields);
        fields
            .filter_map(|field| {
                let value = match field.prefill? {
                    Prefill::CardName => known.name,
                    Prefill::CardSurnames => known.surnames,
                    Prefill::CardNif => known.nif,
                };
                Some((field.id.clone(), normalise::answer(field.kind, value)))
            })
            .collect()
    }

    /// The answers as they will be filed, hidden ones included so that going back loses nothing. Answers to what the
    /// form does not know are dropped.
    #[must_use]
    pub fn normalise(&self, answers: &Answers) -> Answers {
        let fields = self.pages.iter().flat_map(|p| &p.fields);
        fields
            .filter_map(|field| {
                let typed = answers.get(&field.id)?;
                Some((field.id.clone(), normalise::answer(field.kind, typed)))
            })
            .collect()
    }

    /// What is filed: normalised answers to what is asked and was answered, nothing else. What was typed on a page that
    /// later answers took away is no part of the application.
    #[must_use]
    pub fn filed(&self, answers: &Answers) -> Answers {
        let mut filed = self.normalise(answers);
        let asked: BTreeSet<&str> =
            self.visible(answers).iter().flat_map(|(_, fields)| fields).map(|f| f.id.as_str()).collect();
        filed.retain(|id, answer| asked.contains(id.as_str()) && !answer.is_empty());
        filed
    }

    /// Pages and fields that are asked. Conditions look only backwards, so one pass forward decides all of them; the
    /// answer to a field that is not asked counts as not given.
    pub(crate) fn visible(&self, answers: &Answers) -> Vec<(&Page, Vec<&Field>)> {
        let mut given: BTreeMap<&str, String> = BTreeMap::new();
        let mut pages = Vec::new();
        for page in &self.pages {
            if !all_hold(&page.visible_if, &given) {
                continue;
            }
            let mut fields = Vec::with_capacity(page.fields.len());
            for field in &page.fields {
                if all_hold(&field.visible_if, &given) {
                    if let Some(typed) = answers.get(&field.id) {
                        given.insert(&field.id, normalise::answer(field.kind, typed));
                    }
                    fields.push(field);
                }
            }
            if !fields.is_empty() {
                pages.push((page, fields));
            }
        }
        pages
    }
}

impl Field {
    /// Most characters of an answer.
    #[must_use]
    pub fn max_chars(&self) -> u32 {
        self.max_chars.unwrap_or(match self.kind {
            FieldKind::Name | FieldKind::Text => 100,
            FieldKind::LongText => 4000,
            FieldKind::Email => 254,
            FieldKind::Phone => 30,
            FieldKind::Nif => 20,
            FieldKind::PostalCode | FieldKind::Number | FieldKind::Date => 10,
            FieldKind::Choice | FieldKind::YesNo | FieldKind::Statement | FieldKind::Document => 100,
        })
    }

    pub(crate) fn own_max_chars(&self) -> Option<u32> {
        self.max_chars
    }
}

fn all_hold(conditions: &[Condition], given: &BTreeMap<&str, String>) -> bool {
    conditions.iter().all(|c| given.get(c.field.as_str()).is_some_and(|answer| c.is.contains(answer)))
}

fn yes() -> bool {
    true
}
