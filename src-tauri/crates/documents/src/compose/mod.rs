//! From input to what a template reads: words chosen, dates and sizes written, nothing left to decide.

mod application;
mod photograph;
mod provisional;
mod receipt;

use serde::Serialize;
use serde_json::Value;
use wording::{Arg, format};

use crate::Error;
use crate::input::{AttachedFile, Party, Row, Section, Town};
use crate::words::Words;

pub(crate) use application::application;
pub(crate) use photograph::photograph;
pub(crate) use provisional::provisional;
pub(crate) use receipt::receipt;

/// The data of a template, and the note to add if some of it cannot be printed.
pub(crate) struct Composed {
    pub(crate) value: Value,
    pub(crate) note: String,
}

impl Composed {
    fn new(parts: &impl Serialize, note: String) -> Result<Self, Error> {
        let value = serde_json::to_value(parts).map_err(|source| Error::Data { source })?;
        Ok(Self { value, note })
    }
}

/// What every sheet says around its contents.
#[derive(Serialize)]
struct Sheet {
    lang: &'static str,
    region: &'static str,
    /// Points.
    size: u8,
    kind: String,
    title: String,
    /// Subject in the file's metadata.
    description: String,
    /// What the head of later pages repeats.
    running: String,
    foot: String,
    town: String,
    office_label: String,
    office: String,
    /// Pattern with `@p` and `@n`, which only the typesetter knows.
    page: String,
    replaced: Option<String>,
}

impl Sheet {
    fn new(
        words: &Words,
        town: &Town,
        kind: &str,
        title: String,
        procedure: &str,
        large_print: bool,
    ) -> Self {
        let (lang, region) = words.locale();
        let kind = words.say(kind);
        Self {
            lang,
            region,
            size: if large_print { 18 } else { 12 },
            description: format!("{kind}: {procedure}"),
            running: procedure.to_owned(),
            foot: format!("{} · {}", town.name, town.e_office),
            kind,
            title,
            town: town.name.clone(),
            office_label: words.say("doc-e-office"),
            office: town.e_office.clone(),
            page: words.say_with("doc-page", &[("page", "@p".into()), ("pages", "@n".into())]),
            replaced: None,
        }
    }
}

/// A heading over labels and values.
#[derive(Serialize)]
struct Block {
    heading: String,
    rows: Vec<Row>,
}

impl Block {
    fn party(words: &Words, heading: &str, party: &Party) -> Self {
        let rows =
            vec![Row::new(words.say("doc-name"), &party.name), Row::new(words.say("doc-nif"), &party.nif)];
        Self { heading: words.say(heading), rows }
    }

    /// The form as it was answered; what was left blank says so.
    fn sections(words: &Words, sections: &[Section]) -> Vec<Self> {
        let answered = |row: &Row| match row.value.trim() {
            "" => Row::new(&row.label, words.say("doc-blank")),
            value => Row::new(&row.label, value),
        };
        sections
            .iter()
            .map(|s| Self { heading: s.heading.clone(), rows: s.rows.iter().map(answered).collect() })
            .collect()
    }
}

/// A heading over a list.
#[derive(Serialize)]
struct Items {
    heading: String,
    note: Option<String>,
    items: Vec<String>,
}

impl Items {
    fn new(heading: String, note: Option<String>, items: Vec<String>) -> Option<Self> {
        (!items.is_empty()).then_some(Self { heading, note, items })
    }

    fn consulted(words: &Words, consulted: &[String]) -> Option<Self> {
        Self::new(words.say("doc-consulted"), Some(words.say("doc-consulted-note")), consulted.to_vec())
    }
}

/// The attached files.
#[derive(Serialize)]
struct Files {
    heading: String,
    none: String,
    columns: [String; 3],
    files: Vec<File>,
    note: Option<String>,
}

#[derive(Serialize)]
struct File {
    name: String,
    nature: Option<String>,
    size: String,
    sha256: String,
}

impl Files {
    fn new(words: &Words, attachments: &[AttachedFile], note: Option<&str>) -> Self {
        let files = attachments
            .iter()
            .map(|file| File {
                name: file.name.clone(),
                nature: file.nature.clone(),
                size: format::size(words.language, file.size),
                sha256: file.sha256.clone(),
            })
            .collect();
        Self {
            heading: words.say("doc-attachments"),
            none: words.say("doc-attachments-none"),
            columns: ["doc-column-document", "doc-column-size", "doc-column-hash"].map(|id| words.say(id)),
            files,
            note: note.map(|id| words.say(id)),
        }
    }
}

/// A sentence with one argument.
fn sentence(words: &Words, id: &str, name: &str, value: &str) -> String {
    words.say_with(id, &[(name, Arg::from(value))])
}
