//! What is wrong with an answer: a code, never words.

use serde::Serialize;
use wording::{Arg, Language, Wording};

use crate::form::{Check, Field, Form};

/// Every code a [`Fault`] can have. The words of each are the message with hyphens for dots, save those of
/// `field.check`, which the catalogue has.
pub const CODES: [&str; 44] = [
    "field.required",
    "field.too-long",
    "field.name",
    "field.street",
    "field.nif.shape",
    "field.nif.letter",
    "field.nif.kind",
    "field.nif.entity",
    "field.nif.any",
    "field.passport",
    "field.email",
    "field.phone",
    "field.postal-code",
    "field.postal-code.town",
    "field.number",
    "field.number.low",
    "field.number.high",
    "field.decimal",
    "field.decimals",
    "field.money",
    "field.date.incomplete",
    "field.date.impossible",
    "field.date.year",
    "field.date.future",
    "field.date.past",
    "field.date.early",
    "field.date.late",
    "field.date.working",
    "field.time",
    "field.iban.shape",
    "field.iban.country",
    "field.iban.control",
    "field.cadastral.shape",
    "field.cadastral.control",
    "field.plate",
    "field.vin",
    "field.chip",
    "field.nss",
    "field.choice",
    "field.multiple",
    "field.multiple.none",
    "field.statement",
    "field.document",
    CHECK,
];

/// A rule between several answers; `rule` among the arguments says which.
pub(crate) const CHECK: &str = "field.check";

/// One thing to mend in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fault {
    /// Field id.
    pub field: String,
    /// One of [`CODES`].
    pub code: &'static str,
    /// Arguments of the message besides `label`: name and value. Never the answer itself.
    pub args: Vec<(String, String)>,
}

impl Fault {
    pub(crate) fn new(field: &str, code: &'static str) -> Self {
        Self { field: field.to_owned(), code, args: Vec::new() }
    }

    pub(crate) fn of_check(field: &Field, check: &Check) -> Self {
        Self::new(&field.id, CHECK).with("rule", &check.id)
    }

    /// The words of a rule between several answers, which the catalogue has.
    #[must_use]
    pub fn rule<'a>(&self, form: &'a Form, language: Language) -> Option<&'a str> {
        let (_, rule) = self.args.iter().find(|(name, _)| self.code == CHECK && name == "rule")?;
        form.checks().iter().find(|check| check.id == *rule).map(|check| check.text.in_language(language))
    }

    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }

    /// Id of the message with its words: `field-nif-letter`.
    #[must_use]
    pub fn message_id(&self) -> String {
        self.code.replace('.', "-")
    }

    /// The sentence to show at the field and in the summary, naming the field in the words of its label.
    #[must_use]
    pub fn say(&self, form: &Form, wording: &Wording, language: Language) -> String {
        if let Some(words) = self.rule(form, language) {
            return words.to_owned();
        }
        let label = form.field(&self.field).map_or("", |f| f.label.in_language(language));
        // Quoted inside a sentence, a label keeps its words but not its closing mark.
        let label = label.trim_end_matches(['.', ':', '?', '!']).trim_start_matches(['¿', '¡']);
        let mut args = vec![("label", Arg::from(label))];
        for (name, value) in &self.args {
            let arg = value.parse::<i64>().map_or_else(|_| Arg::from(value.as_str()), Arg::Number);
            args.push((name, arg));
        }
        wording.say(language, &self.message_id(), &args)
    }
}
