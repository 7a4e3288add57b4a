//! The form and the review, as the page shows them.

use serde::Serialize;

/// S15. One page of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FormView {
    /// Page id; a new id means a new page.
    pub page: String,
    /// Which step this is, from 1.
    pub step: u32,
    /// How many there are, as the answers now stand.
    pub steps: u32,
    /// Which of the pages about one item of a group this is, where there are several.
    pub part: Option<Part>,
    /// The question.
    pub heading: String,
    /// A help line.
    pub help: Option<String>,
    /// Fields in order.
    pub fields: Vec<FieldView>,
    /// Whether the summary of faults is to be shown and focused.
    pub show_faults: bool,
}

/// A page among those that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Which, from 1.
    pub at: u32,
    /// How many there are, as the answers now stand.
    pub of: u32,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldView {
    /// Field id.
    pub id: String,
    /// What it looks like.
    pub control: Control,
    /// Label, in the session's language.
    pub label: String,
    /// Hint under the label.
    pub hint: Option<String>,
    /// Whether it may be left empty, as the answers now stand.
    pub optional: bool,
    /// The answer as typed; `dd/mm/yyyy` for dates, `hh:mm` for times, option id for choices, option ids joined by commas
    /// for multiple ones, `yes`/`no`, file id for documents. What is worked out is written as it is read.
    pub value: String,
    /// Where a value that was not typed here came from: message id.
    pub source: Option<String>,
    /// Whether the person may change it.
    pub editable: bool,
    /// Whether it is masked while it is not being written.
    pub sensitive: bool,
    /// What was answered to the same before in this session, to be used with a touch.
    pub offer: Option<Offer>,
    /// A probable slip, told once the main act was pressed.
    pub doubt: Option<Doubt>,
    /// What is wrong with it.
    pub fault: Option<FieldFault>,
}

/// An answer given before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The answer.
    pub value: String,
    /// As it is read; masked where it is sensitive.
    pub text: String,
}

/// An answer that is right by its form and may not be what was meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Doubt {
    /// Stable code, such as `doubt.email`.
    pub code: String,
    /// The sentence, in the session's language.
    pub text: String,
    /// What was probably meant.
    pub meant: String,
}

/// How a field looks and which layer of the keyboard it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum Control {
    /// One line of text.
    Text {
        /// Most characters.
        max_chars: u32,
        /// Keyboard layer to open.
        keys: Keys,
        /// How capitals come by themselves.
        capitals: Capitals,
        /// How many characters stand together while it is shown; the last of them goes on. Empty: no groups. The answer
        /// has none.
        groups: Vec<u32>,
        /// What stands behind the box, such as `€`.
        unit: Option<String>,
    },
    /// One line with streets of the town to choose from as one types.
    Street {
        /// Most characters.
        max_chars: u32,
        /// Streets that begin as typed, at most seven.
        suggestions: Vec<String>,
    },
    /// Several lines.
    LongText {
        /// Most characters.
        max_chars: u32,
    },
    /// Three boxes: day, month, year.
    Date,
    /// Two boxes: hour, minute.
    Time,
    /// Big rows, one choice.
    Choice {
        /// The rows.
        options: Vec<Choice>,
    },
    /// Big rows with boxes, any of them.
    Multiple {
        /// The rows.
        options: Vec<Choice>,
        /// The row that says that none of them is meant; ticking it unticks the others.
        none: Option<Choice>,
    },
    /// One row to tick.
    Statement,
    /// One row that may be left unticked.
    Consent,
    /// What follows from other answers: shown, not asked.
    Computed,
    /// A document from the files that are offered.
    Document {
        /// The files found, newest first; empty while none is there.
        files: Vec<FileRow>,
        /// Kinds accepted, written out, such as `PDF, JPG, PNG`.
        kinds: String,
        /// Largest size, megabytes.
        max_mb: u32,
        /// Whether the document has a file already, and this would be one more.
        further: bool,
    },
}

/// Layers of the on-screen keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Keys {
    /// Letters with digits row and accents.
    Letters,
    /// Digits only.
    Digits,
    /// Letters with `@` and common endings.
    Email,
}

/// How capitals come by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Capitals {
    /// Never.
    None,
    /// The first letter.
    First,
    /// Every letter (codes).
    All,
}

/// One row of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Option id: the answer.
    pub id: String,
    /// Its words.
    pub label: String,
}

/// A file that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FileRow {
    /// Opaque id.
    pub id: String,
    /// Its name, never its path.
    pub name: String,
    /// Size, written out, such as `1,2 MB`.
    pub size: String,
    /// When it was last changed, written out, if known.
    pub date: Option<String>,
}

/// What is wrong with one answer: words are message `code` with dots as hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FieldFault {
    /// Stable code, such as `field.nif.letter`.
    pub code: String,
    /// The sentence, in the session's language: the same at the field and in the summary.
    pub text: String,
}

/// One section of the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReviewSection {
    /// Page to go to with *change*.
    pub page: String,
    /// Heading.
    pub heading: String,
    /// Label and answer, both as words.
    pub rows: Vec<ReviewRow>,
}

/// One answer in the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReviewRow {
    /// The question's label.
    pub label: String,
    /// The answer as it will be filed.
    pub answer: String,
    /// Whether it is masked until it is asked for.
    pub sensitive: bool,
}
