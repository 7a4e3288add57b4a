//! The shape of the catalogue's files, before their references are followed. What may be mistaken keeps its place in
//! the file, so that the reason can be told with line and column.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use toml::Spanned;
use wording::Text;

use crate::content::Mime;
use crate::error::{Error, ErrorKind};
use crate::form::{FieldKind, Prefill, Shows};
use crate::number::Decimal;
use crate::procedure::{
    Audience, Category, ConsultBasis, Drafts, Identification, IdentificationLevel, Kind, Object, Payable,
    Signers, Silence, Status, TermStart, Unit,
};

/// A text that must be there, with its place.
pub(crate) type Name = Spanned<String>;

/// The code of something shared, or the thing itself.
#[derive(Debug, Clone)]
pub(crate) enum CodeOr<T> {
    Code(String),
    Own(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for CodeOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = CodeOr<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a code or a table")
            }
            fn visit_str<E: de::Error>(self, code: &str) -> Result<Self::Value, E> {
                Ok(CodeOr::Code(code.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(CodeOr::Own)
            }
        }
        deserializer.deserialize_any(Read(PhantomData))
    }
}

/// Words of its own, or the code of words in `texts.toml`.
pub(crate) type Words = Spanned<CodeOr<Text>>;

macro_rules! file_of {
    ($(#[$doc:meta])* $name:ident { $key:ident: $row:ty }) => {
        $(#[$doc])*
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            pub $key: Vec<$row>,
        }
    };
}

file_of!(/// `categories.toml`
    Categories { categories: Category });
file_of!(/// `objects.toml`
    Objects { objects: Object });
file_of!(/// `units.toml`
    Units { units: Unit });
file_of!(/// `documents.toml`
    Documents { documents: Document });

/// One document of the list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub code: String,
    pub name: Text,
    pub formats: Vec<Mime>,
    pub max_mb: u32,
}

/// `calendar.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarFile {
    #[serde(rename = "to_confirm_by_clerk")]
    pub _to_confirm_by_clerk: Vec<String>,
    pub holidays: Vec<Name>,
}

/// `streets.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StreetsFile {
    #[serde(rename = "to_confirm_by_clerk")]
    pub _to_confirm_by_clerk: Vec<String>,
    pub streets: Vec<StreetName>,
}

/// A street in the town's two languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StreetName {
    pub va: String,
    pub es: String,
}

/// `data-protection.toml`: what is the same in every procedure, and what in every procedure of one activity.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharedProtection {
    pub controller: Text,
    pub rights: Text,
    #[serde(default)]
    pub activities: BTreeMap<String, Activity>,
}

/// A register of processing.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Activity {
    pub purpose: Words,
    pub basis: Words,
    pub recipients: Words,
}

/// `answers.toml`: words for answers that are not the citizen's own, and for the pages that write themselves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerWords {
    pub yes: Text,
    pub no: Text,
    pub attached: Text,
    pub unanswered: Text,
    pub none: Text,
    pub attach: Text,
    pub how: Text,
    pub how_attach: Text,
    pub how_consult: Text,
    pub how_held: Text,
    pub how_later: Text,
    pub how_none: Text,
    pub held_where: Text,
    pub consults: Text,
    pub consults_help: Text,
    pub objection: Text,
    pub consent: Text,
    pub fee: Text,
    pub fee_how: Text,
    pub fee_letter: Text,
    pub fee_paid: Text,
    pub fee_reference: Text,
    pub fee_reference_hint: Text,
}

/// `blocks/*.toml`: pages that several procedures ask.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Block {
    #[serde(default)]
    pub pages: Vec<RawPage>,
    pub group: Option<RawGroup>,
    #[serde(default)]
    pub checks: Vec<RawCheck>,
}

/// `procedures/*.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcedureFile {
    pub id: Name,
    pub version: Spanned<u32>,
    #[serde(default)]
    pub status: Status,
    pub notice: Option<Words>,
    #[serde(default)]
    pub drafts: Drafts,
    pub category: Name,
    pub objects: Spanned<Vec<Name>>,
    pub kind: Kind,
    pub audience: Audience,
    pub rank: u32,
    pub minutes: Spanned<u8>,
    pub fee: CodeOr<RawFee>,
    pub deadline: Option<RawDeadline>,
    pub resolution_months: Spanned<u8>,
    #[serde(default)]
    pub term_starts: TermStart,
    pub silence: Silence,
    pub unit: Name,
    pub resolving_body: Option<Words>,
    pub identification: Identification,
    #[serde(default)]
    pub identification_level: IdentificationLevel,
    pub signature_required: bool,
    #[serde(default)]
    pub signers: Signers,
    #[serde(default)]
    pub unsigned_path: bool,
    #[serde(default)]
    pub representation: bool,
    pub documents: Vec<Spanned<CodeOr<RawDocument>>>,
    pub to_confirm_by_clerk: Vec<String>,
    pub name: Spanned<Text>,
    pub short_name: Option<Spanned<Text>>,
    pub summary: Spanned<Text>,
    pub purpose: Words,
    pub who_may: Words,
    #[serde(default)]
    pub requirements: Vec<Words>,
    pub you_will_need: Vec<Words>,
    pub result: Words,
    pub silence_reason: Words,
    #[serde(default)]
    pub appeals: Vec<Words>,
    pub legal_basis: Spanned<Vec<Spanned<CodeOr<RawLaw>>>>,
    #[serde(default)]
    pub consults: Vec<Spanned<CodeOr<RawConsult>>>,
    pub data_protection: Spanned<CodeOr<Activity>>,
    pub declarations: Spanned<Vec<Spanned<CodeOr<RawDeclaration>>>>,
    #[serde(default)]
    pub keywords: Keywords,
    #[serde(default)]
    pub related: Vec<Name>,
    pub same_form_as: Option<Name>,
    #[serde(rename = "abstract")]
    pub abstract_template: Spanned<Text>,
    pub registry: Option<RawRegistry>,
    pub form: Spanned<Vec<Spanned<Entry>>>,
    #[serde(default)]
    pub checks: Vec<RawCheck>,
}

/// Everyday words under which a procedure is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Keywords {
    /// In Valencian.
    #[serde(default)]
    pub va: Vec<String>,
    /// In Spanish.
    #[serde(default)]
    pub es: Vec<String>,
    /// In English.
    #[serde(default)]
    pub en: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFee {
    pub kind: Name,
    pub amount: Option<Decimal>,
    pub formula: Option<Name>,
    #[serde(default)]
    pub rows: Vec<RawFeeRow>,
    pub concept: Option<Words>,
    pub ordinance: Option<Words>,
    #[serde(default)]
    pub exemptions: Vec<RawExemption>,
    #[serde(default)]
    pub payable: Payable,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFeeRow {
    pub text: Words,
    pub when: Option<Name>,
    pub amount: Decimal,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawExemption {
    pub text: Words,
    pub when: Option<Name>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDeadline {
    pub text: Words,
    pub opens: Option<Name>,
    pub closes: Option<Name>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDocument {
    pub code: Name,
    pub required: Name,
    pub when: Option<Name>,
    pub why: Option<Words>,
    #[serde(default)]
    pub consultable: bool,
    #[serde(default)]
    pub already_held: bool,
    #[serde(default)]
    pub later: bool,
    pub instances: Option<u8>,
}

/// Articles of a rule in `texts.toml`, or a rule in words of its own.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLaw {
    pub law: Option<String>,
    #[serde(default)]
    pub articles: Vec<String>,
    pub va: Option<String>,
    pub es: Option<String>,
    pub en: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawConsult {
    pub id: Name,
    pub text: Words,
    #[serde(default)]
    pub basis: ConsultBasis,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDeclaration {
    pub id: Name,
    pub text: Words,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRegistry {
    pub facts: Option<Name>,
    pub request: Option<Name>,
    pub reference: Option<Name>,
}

/// A page of a form, the pages of a block, a repeatable group, or the pages that write themselves.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub page: Option<RawPage>,
    pub block: Option<Name>,
    pub group: Option<RawGroup>,
    /// Here are asked the documents that no field asks.
    #[serde(default)]
    pub documents: bool,
    /// Here are shown the data that will be looked up, to object or to agree.
    #[serde(default)]
    pub consults: bool,
    /// Put before the ids of the block's pages and fields, so that a block may be used twice.
    pub prefix: Option<Name>,
    /// Instead of the heading of the block's first page.
    pub heading: Option<Spanned<Text>>,
    /// Instead of the help of the block's first page.
    pub help: Option<Spanned<Text>>,
    /// Added to the conditions of every page of the block.
    pub visible_if: Option<Name>,
    /// Fields of the block that are not asked here.
    #[serde(default)]
    pub omit: Vec<Name>,
    /// Fields of the block that may be left empty here.
    #[serde(default)]
    pub optional: Vec<Name>,
    /// Fields of the block that may not be left empty here.
    #[serde(default)]
    pub required: Vec<Name>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPage {
    pub id: Name,
    pub heading: Spanned<Text>,
    pub help: Option<Spanned<Text>>,
    pub visible_if: Option<Name>,
    pub fields: Vec<RawField>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGroup {
    pub id: Name,
    #[serde(default = "one")]
    pub min: u32,
    pub max: u32,
    pub heading: Spanned<Text>,
    pub help: Option<Spanned<Text>>,
    pub label: Spanned<Text>,
    pub item: Spanned<Text>,
    pub visible_if: Option<Name>,
    pub form: Vec<Spanned<Entry>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawField {
    pub id: Name,
    pub kind: FieldKind,
    pub label: Spanned<Text>,
    pub hint: Option<Spanned<Text>>,
    pub required: Option<bool>,
    pub required_if: Option<Name>,
    pub visible_if: Option<Name>,
    #[serde(default)]
    pub options: Vec<RawOption>,
    pub default: Option<Name>,
    pub max_chars: Option<u32>,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub decimals: Option<u8>,
    pub earliest: Option<Name>,
    pub latest: Option<Name>,
    #[serde(default)]
    pub working_day: bool,
    #[serde(default)]
    pub accepts: Vec<Name>,
    #[serde(default)]
    pub postal_codes: Vec<String>,
    pub prefill: Option<Prefill>,
    pub editable: Option<bool>,
    #[serde(default)]
    pub sensitive: bool,
    pub document: Option<Name>,
    pub formula: Option<Name>,
    pub shows: Option<Shows>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawOption {
    pub id: Name,
    pub label: Spanned<Text>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCheck {
    pub id: Name,
    pub holds: Name,
    pub when: Option<Name>,
    pub field: Name,
    pub text: Spanned<Text>,
}

fn one() -> u32 {
    1
}

/// A file that is being read: its name for people, and its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

impl<'a> File<'a> {
    pub(crate) fn new((name, text): (&'a str, &'a str)) -> Self {
        // A mark of the byte order at the beginning says nothing in UTF-8.
        Self { name, text: text.strip_prefix('\u{FEFF}').unwrap_or(text) }
    }

    /// The file, read.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, Error> {
        toml::from_str(self.text).map_err(|e| {
            let span = e.span().unwrap_or_default();
            self.error(ErrorKind::Syntax, &span, e.message().replace('\n', " "))
        })
    }

    /// An error at a place of the file.
    pub(crate) fn error(self, kind: ErrorKind, span: &Range<usize>, reason: impl Into<String>) -> Error {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Error { file: self.name.to_owned(), line, column, kind, reason: reason.into() }
    }

    /// A rule that is not kept, at something that was read.
    pub(crate) fn rule<T>(self, at: &Spanned<T>, reason: impl Into<String>) -> Error {
        self.error(ErrorKind::Rule, &at.span(), reason)
    }

    /// Something referred to that does not exist.
    pub(crate) fn unknown(self, what: &str, name: &Name) -> Error {
        self.error(ErrorKind::Unknown, &name.span(), format!("no {what} is called `{}`", name.get_ref()))
    }
}
