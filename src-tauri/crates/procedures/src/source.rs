//! The shape of the catalogue's files, before their references are followed.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wording::Text;

use crate::content::Mime;
use crate::form::{Condition, Page};
use crate::procedure::{
    Audience, Category, Consultation, Declaration, Fee, Identification, Kind, Object, Silence, Unit,
};
use crate::{Error, Sources};

/// `categories.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Categories {
    pub categories: Vec<Category>,
}

/// `objects.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Objects {
    pub objects: Vec<Object>,
}

/// `units.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Units {
    pub units: Vec<Unit>,
}

/// `documents.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Documents {
    pub documents: Vec<Document>,
}

/// One document of the list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub code: String,
    pub name: Text,
    pub formats: Vec<Mime>,
    pub max_mb: u32,
}

/// `data-protection.toml`: what is the same in every procedure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharedProtection {
    pub controller: Text,
    pub rights: Text,
}

/// `answers.toml`: words for answers that are not the citizen's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerWords {
    pub yes: Text,
    pub no: Text,
    pub attached: Text,
    pub unanswered: Text,
}

/// `blocks/*.toml`: pages that several procedures ask.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Block {
    pub pages: Vec<Page>,
}

/// `procedures/*.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProcedureFile {
    pub id: String,
    pub version: u32,
    pub category: String,
    pub objects: Vec<String>,
    pub kind: Kind,
    pub audience: Audience,
    pub rank: u32,
    pub minutes: u8,
    pub fee: Fee,
    pub resolution_months: u8,
    pub silence: Silence,
    pub unit: String,
    pub identification: Identification,
    pub signature_required: bool,
    pub documents: Vec<String>,
    pub to_confirm_by_clerk: Vec<String>,
    pub name: Text,
    pub summary: Text,
    pub purpose: Text,
    pub who_may: Text,
    pub you_will_need: Vec<Text>,
    pub result: Text,
    pub silence_reason: Text,
    pub legal_basis: Vec<Text>,
    #[serde(default)]
    pub consults: Vec<Consultation>,
    pub data_protection: OwnProtection,
    pub declarations: Vec<Declaration>,
    #[serde(rename = "abstract")]
    pub abstract_template: Text,
    pub form: Vec<Entry>,
}

/// What a procedure says of personal data besides what is shared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnProtection {
    pub purpose: Text,
    pub basis: Text,
    pub recipients: Text,
}

/// A page of a form, or the pages of a block.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub page: Option<Page>,
    pub block: Option<String>,
    /// Put before the ids of the block's pages and fields, so that a block may be used twice.
    pub prefix: Option<String>,
    /// Instead of the heading of the block's first page.
    pub heading: Option<Text>,
    /// Added to the conditions of every page of the block.
    #[serde(default)]
    pub visible_if: Vec<Condition>,
}

/// One of the shared files, read.
pub(crate) fn shared<T: DeserializeOwned>(sources: &Sources<'_>, name: &str) -> Result<T, Error> {
    let (file, text) = sources
        .shared
        .iter()
        .find(|(file, _)| *file == name)
        .ok_or_else(|| Error::Missing { file: name.to_owned() })?;
    read(file, text)
}

/// A file, read.
pub(crate) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|e| Error::Syntax { file: file.to_owned(), reason: e.to_string() })
}
