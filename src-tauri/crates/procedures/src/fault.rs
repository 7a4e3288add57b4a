//! What is wrong with an answer: a code, never words.

use serde::Serialize;
use wording::{Arg, Language, Wording};

use crate::Form;

/// Every code a [`Fault`] can have. The words of each are the message with hyphens for dots.
pub const CODES: [&str; 20] = [
    "field.required",
    "field.too-long",
    "field.name",
    "field.nif.shape",
    "field.nif.letter",
    "field.email",
    "field.phone",
    "field.postal-code",
    "field.postal-code.town",
    "field.number",
    "field.number.low",
    "field.number.high",
    "field.date.incomplete",
    "field.date.impossible",
    "field.date.year",
    "field.date.future",
    "field.date.past",
    "field.choice",
    "field.statement",
    "field.document",
];

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
