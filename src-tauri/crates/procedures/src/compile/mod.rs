//! From a procedure's file to a procedure: blocks put in, groups written out, references followed, expressions typed.

mod field;
mod form;
mod names;
mod pages;
mod payment;
mod sheet;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use wording::{Language, Text};

use crate::dates::Calendar;
use crate::error::{Error, ErrorKind};
use crate::expr::{self, Expr};
use crate::procedure::{Category, Object, Procedure, Unit};
use crate::source::{
    AnswerWords, Block, CodeOr, Document, File, Name, ProcedureFile, SharedProtection, Words,
};

/// What a procedure's file may refer to.
pub(crate) struct Shared<'a> {
    pub(crate) blocks: BTreeMap<&'a str, (File<'a>, Block)>,
    pub(crate) categories: Vec<Category>,
    pub(crate) objects: Vec<Object>,
    pub(crate) units: Vec<Unit>,
    pub(crate) documents: Vec<Document>,
    pub(crate) protection: SharedProtection,
    pub(crate) texts: BTreeMap<String, Text>,
    pub(crate) words: Arc<AnswerWords>,
    pub(crate) calendar: Arc<Calendar>,
}

impl<'a> Shared<'a> {
    /// A procedure, from its file.
    pub(crate) fn procedure(&'a self, file: File<'a>) -> Result<Procedure, Error> {
        let read: ProcedureFile = file.read()?;
        sheet::Sheet { shared: self, file }.procedure(read)
    }

    /// Words of their own, or shared ones by their code.
    fn words(&self, file: File<'_>, words: &Words) -> Result<Text, Error> {
        match words.get_ref() {
            CodeOr::Own(text) => checked(file, words, text, usize::MAX),
            CodeOr::Code(code) => self.texts.get(code).cloned().ok_or_else(|| {
                file.error(
                    ErrorKind::Unknown,
                    &words.span(),
                    format!("no text is called `{code}` in texts.toml"),
                )
            }),
        }
    }

    fn optional(&self, file: File<'_>, words: Option<&Words>) -> Result<Option<Text>, Error> {
        words.map(|words| self.words(file, words)).transpose()
    }

    fn list(&self, file: File<'_>, list: &[Words]) -> Result<Vec<Text>, Error> {
        list.iter().map(|words| self.words(file, words)).collect()
    }
}

/// A text that keeps the rules: there in each language, no spaces around it, typeset apostrophes, not too long.
pub(crate) fn checked<T>(file: File<'_>, at: &Spanned<T>, text: &Text, max: usize) -> Result<Text, Error> {
    for language in Language::ALL {
        let words = text.in_language(language);
        let rule = |reason: &str| Err(file.rule(at, format!("{reason} in {language}")));
        if words.trim().is_empty() {
            return rule("is empty");
        }
        if words.trim() != words {
            return rule("has spaces around it");
        }
        if words.contains('\'') {
            return rule("has a typewriter apostrophe (') instead of ’");
        }
        let found = words.chars().count();
        if found > max {
            return rule(&format!("has {found} characters, more than {max},"));
        }
    }
    Ok(text.clone())
}

fn text(file: File<'_>, text: &Spanned<Text>, max: usize) -> Result<Text, Error> {
    checked(file, text, text.get_ref(), max)
}

fn parsed(file: File<'_>, text: &Name) -> Result<Expr, Error> {
    expr::parse(text.get_ref()).map_err(|wrong| expression(file, text, &wrong))
}

/// The place inside the quotes, as long as nothing in the text is escaped.
fn expression(file: File<'_>, text: &Name, wrong: &expr::Wrong) -> Error {
    let start = text.span().start;
    let quotes = file.text.get(start..).map_or(1, |rest| if rest.starts_with("\"\"\"") { 3 } else { 1 });
    let at = start + quotes + wrong.at;
    file.error(ErrorKind::Expression, &(at..at), wrong.reason.clone())
}

fn id(file: File<'_>, name: &Name) -> Result<String, Error> {
    let id = name.get_ref();
    let characters = id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if characters && id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.ends_with('-') && id.len() <= 60
    {
        return Ok(id.clone());
    }
    Err(file
        .rule(name, format!("`{id}`: ids are small letters, figures and hyphens, and begin with a letter")))
}

fn duplicate(file: File<'_>, span: &Range<usize>, what: &str, name: &str) -> Error {
    file.error(ErrorKind::Duplicate, span, format!("there are two {what}s called `{name}`"))
}
