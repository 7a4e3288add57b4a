//! The form: pages, fields, which of them are asked, and where known answers come from.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wording::Text;

use crate::dates::{Calendar, Limit};
use crate::expr::{Env, Expr};
use crate::ids::PlateKind;
use crate::normalise;
use crate::number::Decimal;
use crate::source::AnswerWords;

/// Answers by field id, all as text: a date `dd/mm/yyyy`, money `1234,50`, `yes` or `no`, an option id, option ids
/// joined by commas, `yes` for a statement, a file id, the number of items for a group.
pub type Answers = BTreeMap<String, String>;

/// Everything that is asked, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub(crate) pages: Vec<Page>,
    pub(crate) groups: Vec<Group>,
    pub(crate) checks: Vec<Check>,
    #[serde(with = "crate::lazy::shared")]
    pub(crate) words: Arc<AnswerWords>,
    #[serde(with = "crate::lazy::shared")]
    pub(crate) calendar: Arc<Calendar>,
}

/// One screenful: one question, or one group that people know as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Unique in the form.
    pub id: String,
    /// The question.
    pub heading: Text,
    /// A line of help.
    pub help: Option<Text>,
    /// Which item of a repeatable group it asks about.
    pub item: Option<Item>,
    /// Code of the document that the page asks, if it wrote itself from the list of documents.
    pub document: Option<String>,
    /// One to four, more where a document may be several files.
    pub fields: Vec<Field>,
    pub(crate) visible_if: Option<Expr>,
}

/// An item of a repeatable group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The group.
    pub group: String,
    /// Which of its items, from 1.
    pub number: u32,
}

/// Questions that are asked again for each person, animal or vehicle. How many there are is the answer to the field of
/// the same id; the answers about the second are those to `id-2-…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id, and that of the field with the number of items.
    pub id: String,
    /// Fewest items.
    pub min: u32,
    /// Most items.
    pub max: u32,
    /// What an item is called, with `{n}` for its number.
    pub item: Text,
}

/// A rule between several answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Unique in the form.
    pub id: String,
    /// Field at which it is told.
    pub field: String,
    /// How to put it right.
    pub text: Text,
    pub(crate) holds: Expr,
    pub(crate) when: Option<Expr>,
}

/// One answer to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Unique in the form.
    pub id: String,
    /// What an answer is.
    pub kind: FieldKind,
    /// Its name; for a statement, the statement.
    pub label: Text,
    /// How to answer.
    pub hint: Option<Text>,
    /// Whether it must be answered whenever it is asked; see [`Form::is_required`].
    pub required: bool,
    /// What can be chosen; filled in for yes/no.
    pub options: Vec<FieldOption>,
    /// Least number accepted.
    pub min: Option<Decimal>,
    /// Greatest number accepted.
    pub max: Option<Decimal>,
    /// First day accepted.
    pub earliest: Option<Limit>,
    /// Last day accepted.
    pub latest: Option<Limit>,
    /// Whether the day must be one on which the town hall works.
    pub working_day: bool,
    /// Which identity numbers, plates or accounts.
    pub accepts: Accepts,
    /// The only postal codes accepted; any Spanish one if empty.
    pub postal_codes: Vec<String>,
    /// Where a known answer comes from.
    pub prefill: Option<Prefill>,
    /// Whether a known answer may be changed.
    pub editable: bool,
    /// Whether it is masked on a screen that others can see.
    pub sensitive: bool,
    /// The answer to begin with.
    pub default: Option<String>,
    /// Code of the document to attach.
    pub document: Option<String>,
    /// How a computed answer is written.
    pub shows: Shows,
    pub(crate) decimals: u8,
    pub(crate) max_chars: Option<u32>,
    pub(crate) required_if: Option<Expr>,
    pub(crate) visible_if: Option<Expr>,
    pub(crate) formula: Option<Expr>,
}

/// Kinds of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Name or surnames of a person, of an entity, or of a place.
    Name,
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// Identity number of a person or an entity; see [`Accepts`].
    Nif,
    /// Number of a passport.
    Passport,
    /// E-mail address.
    Email,
    /// Phone number, Spanish or foreign.
    Phone,
    /// Street of the town, from its list, or written freely if it is not in it.
    Street,
    /// Spanish postal code.
    PostalCode,
    /// Number, whole unless decimals are allowed.
    Number,
    /// Square metres.
    Area,
    /// Of a hundred.
    Percent,
    /// Euros and cents.
    Money,
    /// Day, month and year.
    Date,
    /// Hour and minute.
    Time,
    /// Bank account.
    Iban,
    /// Cadastral reference.
    Cadastral,
    /// Registration plate of a vehicle.
    Plate,
    /// Chassis number of a vehicle.
    Vin,
    /// Chip of an animal.
    Chip,
    /// Number of the social security.
    Nss,
    /// One of several options.
    Choice,
    /// Any of several options, or none of them.
    Multiple,
    /// Yes or no.
    YesNo,
    /// A sentence to agree with.
    Statement,
    /// A box to tick or not: to object to a look-up, or to agree to one.
    Consent,
    /// A file.
    Document,
    /// What follows from other answers; nobody types it.
    Computed,
}

/// What a field of several kinds of numbers accepts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Accepts {
    /// A person's number: DNI.
    pub dni: bool,
    /// A foreign resident's number: NIE.
    pub nie: bool,
    /// The number of a person with neither: K, L, M.
    pub special: bool,
    /// An entity's number.
    pub entity: bool,
    /// Plates.
    pub plates: Vec<PlateKind>,
    /// Accounts of other countries of the single euro payments area.
    pub foreign_accounts: bool,
}

/// How a computed answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    /// As a number.
    #[default]
    Number,
    /// In euros.
    Money,
    /// In square metres.
    Area,
    /// Of a hundred.
    Percent,
}

/// One option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    /// The answer when it is chosen.
    pub id: String,
    /// Its words.
    pub label: Text,
}

/// Where an answer may be known from before it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Prefill {
    /// The card: given name.
    CardName,
    /// The card: surnames, one or two.
    CardSurnames,
    /// The card: identity number.
    CardNif,
    /// What was answered before in this session: phone.
    SessionPhone,
    /// E-mail.
    SessionEmail,
    /// Street.
    SessionStreet,
    /// Number in the street.
    SessionNumber,
    /// Staircase, floor and door.
    SessionDoor,
    /// Postal code.
    SessionPostalCode,
    /// Town.
    SessionTown,
    /// Bank account.
    SessionIban,
    /// Cadastral reference.
    SessionCadastral,
    /// Registration plate.
    SessionPlate,
}

impl Prefill {
    /// Whether the card tells it.
    #[must_use]
    pub fn is_card(self) -> bool {
        matches!(self, Self::CardName | Self::CardSurnames | Self::CardNif)
    }
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

/// What is asked, as some answers stand, and the answers that count.
pub(crate) struct Asked<'a> {
    pub(crate) pages: Vec<(&'a Page, Vec<&'a Field>)>,
    pub(crate) given: BTreeMap<Cow<'a, str>, String>,
}

impl Form {
    /// Every page, asked or not, those of each item of a group included.
    #[must_use]
    pub fn all_pages(&self) -> &[Page] {
        &self.pages
    }

    /// Every field, asked or not.
    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        self.pages.iter().flat_map(|p| &p.fields)
    }

    /// Its repeatable groups.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Its rules between several answers.
    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The days on which the town hall works.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The pages that are asked, as the answers now stand.
    #[must_use]
    pub fn pages(&self, answers: &Answers) -> Vec<&Page> {
        self.asked(answers).pages.into_iter().map(|(page, _)| page).collect()
    }

    /// The fields of one page that are asked, as the answers now stand; none if the page is not asked.
    #[must_use]
    pub fn fields(&self, page: &str, answers: &Answers) -> Vec<&Field> {
        self.asked(answers)
            .pages
            .into_iter()
            .find(|(p, _)| p.id == page)
            .map(|(_, fields)| fields)
            .unwrap_or_default()
    }

    /// One field, asked or not.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.all_fields().find(|f| f.id == id)
    }

    /// Id of the page that holds a field.
    #[must_use]
    pub fn page_of(&self, field: &str) -> Option<&str> {
        self.pages.iter().find(|p| p.fields.iter().any(|f| f.id == field)).map(|p| p.id.as_str())
    }

    /// Whether a field that is asked must be answered, as the answers now stand.
    #[must_use]
    pub fn is_required(&self, field: &Field, answers: &Answers) -> bool {
        self.asked(answers).requires(field)
    }

    /// The answers that the card gives, and those to begin with.
    #[must_use]
    pub fn prefill(&self, known: &Known<'_>) -> Answers {
        self.all_fields()
            .filter_map(|field| {
                let value = match field.prefill {
                    Some(Prefill::CardName) => known.name,
                    Some(Prefill::CardSurnames) => known.surnames,
                    Some(Prefill::CardNif) => known.nif,
                    _ => field.default.as_deref()?,
                };
                Some((field.id.clone(), normalise::answer(field, value)))
            })
            .collect()
    }

    /// What these answers tell that another form may ask again: to be kept for the session.
    #[must_use]
    pub fn remembered(&self, answers: &Answers) -> BTreeMap<Prefill, String> {
        let filed = self.filed(answers);
        self.all_fields()
            .filter_map(|field| Some((field.prefill?, filed.get(&field.id)?.clone())))
            .filter(|(prefill, _)| !prefill.is_card())
            .collect()
    }

    /// Answers given before in the session to what this form asks: to be offered, not filled in unseen.
    #[must_use]
    pub fn offers(&self, remembered: &BTreeMap<Prefill, String>) -> Answers {
        self.all_fields()
            .filter_map(|field| Some((field.id.clone(), remembered.get(&field.prefill?)?.clone())))
            .collect()
    }

    /// The answers as they will be filed, hidden ones included so that going back loses nothing. Answers to what the
    /// form does not know are dropped; computed ones are those that follow.
    #[must_use]
    pub fn normalise(&self, answers: &Answers) -> Answers {
        let computed = self.asked(answers).given;
        self.all_fields()
            .filter_map(|field| {
                let answer = match field.kind {
                    FieldKind::Computed => computed.get(field.id.as_str())?.clone(),
                    _ => normalise::answer(field, answers.get(&field.id)?),
                };
                Some((field.id.clone(), answer))
            })
            .collect()
    }

    /// What is filed: normalised answers to what is asked and was answered, nothing else. What was typed on a page that
    /// later answers took away is no part of the application.
    #[must_use]
    pub fn filed(&self, answers: &Answers) -> Answers {
        let given = self.asked(answers).given;
        given
            .into_iter()
            .filter(|(_, answer)| !answer.is_empty())
            .map(|(id, a)| (id.into_owned(), a))
            .collect()
    }

    /// Pages and fields that are asked. Conditions look only backwards, so one pass forward decides all of them; the
    /// answer to a field that is not asked counts as not given.
    pub(crate) fn asked(&self, answers: &Answers) -> Asked<'_> {
        let mut asked = Asked { pages: Vec::new(), given: BTreeMap::new() };
        for page in &self.pages {
            if !asked.holds(page.visible_if.as_ref()) {
                continue;
            }
            let mut fields = Vec::with_capacity(page.fields.len());
            for field in &page.fields {
                if !asked.holds(field.visible_if.as_ref()) {
                    continue;
                }
                let answer = match &field.formula {
                    Some(formula) => {
                        asked.number(formula).map(|number| number.to_answer(field.shows.places()))
                    }
                    None => answers.get(&field.id).map(|typed| normalise::answer(field, typed)),
                };
                if let Some(answer) = answer {
                    asked.given.insert(Cow::Borrowed(&field.id), answer);
                }
                fields.push(field);
            }
            if !fields.is_empty() {
                asked.pages.push((page, fields));
            }
        }
        asked
    }

    /// Ids of the fields that are asked.
    pub(crate) fn asked_ids(&self, answers: &Answers) -> BTreeSet<&str> {
        self.asked(answers).pages.into_iter().flat_map(|(_, fields)| fields).map(|f| f.id.as_str()).collect()
    }
}

impl Asked<'_> {
    /// Whether a condition is certain to hold; none always does.
    pub(crate) fn holds(&self, condition: Option<&Expr>) -> bool {
        condition.is_none_or(|condition| self.env(None).holds(condition) == Some(true))
    }

    /// What a formula comes to.
    pub(crate) fn number(&self, formula: &Expr) -> Option<Decimal> {
        self.env(None).number(formula)
    }

    pub(crate) fn requires(&self, field: &Field) -> bool {
        match &field.required_if {
            Some(condition) => self.holds(Some(condition)),
            None => field.required,
        }
    }

    pub(crate) fn env(&self, today: Option<jiff::civil::Date>) -> Env<'_> {
        Env { given: &self.given, today }
    }
}

impl Shows {
    /// Decimal places that are always written.
    pub(crate) fn places(self) -> usize {
        if self == Self::Money { 2 } else { 0 }
    }
}

impl Field {
    /// Whether two answers are filed as the same.
    #[must_use]
    pub fn is_same(&self, one: &str, other: &str) -> bool {
        normalise::answer(self, one) == normalise::answer(self, other)
    }

    /// Most characters of an answer.
    #[must_use]
    pub fn max_chars(&self) -> u32 {
        self.max_chars.unwrap_or(match self.kind {
            FieldKind::Name | FieldKind::Text | FieldKind::Street => 100,
            FieldKind::LongText => 4000,
            FieldKind::Email => 254,
            FieldKind::Phone => 30,
            FieldKind::Nif | FieldKind::Passport | FieldKind::Plate | FieldKind::Vin | FieldKind::Nss => 30,
            FieldKind::Chip | FieldKind::Cadastral => 40,
            FieldKind::Iban => 50,
            FieldKind::PostalCode | FieldKind::Date | FieldKind::Time => 10,
            FieldKind::Number if self.decimals == 0 => 10,
            FieldKind::Number
            | FieldKind::Area
            | FieldKind::Percent
            | FieldKind::Money
            | FieldKind::Computed => 20,
            FieldKind::Multiple => 4000,
            FieldKind::Choice
            | FieldKind::YesNo
            | FieldKind::Statement
            | FieldKind::Consent
            | FieldKind::Document => 100,
        })
    }

    /// Most decimal places of a number.
    #[must_use]
    pub fn decimals(&self) -> u8 {
        self.decimals
    }
}
