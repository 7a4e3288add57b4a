//! Choosing a procedure: lists, search, sheet.

use serde::{Deserialize, Serialize};

use super::Line;

/// What can be done of a procedure at this kiosk and moment (kiosk-ux section 3). Message `possible-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Possible {
    /// All of it.
    Complete,
    /// It can be begun; the counter does the rest.
    FinishAtCounter,
    /// It can only be read about.
    InformationOnly,
}

/// Why not all of a procedure can be done here and now. Message `why-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The council does not take it for now.
    Suspended,
    /// Its period is not open today.
    Closed,
    /// Nothing here can read a card or a certificate now.
    NoReader,
    /// Who acts for an entity signs it, which cannot be done here.
    Representative,
    /// Others sign too.
    OtherSigners,
    /// A document is only taken at the counter.
    CounterDocument,
}

/// The tag of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// What can be done.
    pub possible: Possible,
    /// Why not all of it, the weightiest reason first.
    pub why: Vec<Why>,
}

/// By what procedures are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum ListedBy {
    /// S10: topics.
    Topic,
    /// S11: what one wants to do.
    Wish,
}

/// A topic, or something that one wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    /// Code of the category or of the object.
    pub id: String,
    /// Name.
    pub name: String,
    /// How many procedures it has here.
    pub count: u32,
}

/// One row of a list of procedures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ProcedureRow {
    /// Procedure id.
    pub id: String,
    /// Name, the short one if there is one.
    pub name: String,
    /// One line.
    pub summary: String,
    /// What can be done of it here and now.
    pub tag: Tag,
}

/// S12. What is found with what has been typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SearchView {
    /// What has been typed.
    pub typed: String,
    /// Most characters taken.
    pub max_chars: u32,
    /// Best first, at most 20.
    pub found: Vec<ProcedureRow>,
    /// Where to go on when something was typed and nothing found.
    pub instead: Option<Instead>,
}

/// Where to go on when nothing was found; the counter besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Instead {
    /// The nearest topics.
    pub topics: Vec<Topic>,
    /// The general application, which takes what has no procedure of its own.
    pub general: Option<ProcedureRow>,
}

/// S13. What one needs to know to decide, and to be ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Sheet {
    /// Procedure id.
    pub id: String,
    /// Official name.
    pub name: String,
    /// What can be done of it here and now.
    pub tag: Tag,
    /// Why it cannot be begun, if it cannot.
    pub notice: Option<SheetNotice>,
    /// What it is for.
    pub purpose: String,
    /// Who may apply.
    pub who: String,
    /// What must be so.
    pub requirements: Vec<String>,
    /// What one will need.
    pub needs: Vec<Need>,
    /// Minutes it takes here.
    pub minutes: u32,
    /// Label and text: time until an answer, fee, silence, how it is answered, identification.
    pub facts: Vec<Line>,
    /// Label and text of the rest: period, unit, who decides, law, appeals, personal data. Absent while it is folded.
    pub more: Option<Vec<Line>>,
    /// Procedures that people confuse it with or need next.
    pub related: Vec<ProcedureRow>,
}

/// Why a procedure cannot be begun, and when it can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SheetNotice {
    /// The reason in the catalogue's words, or the words of its period.
    pub text: Option<String>,
    /// When it can be begun next, in words.
    pub dates: Option<String>,
}

/// Something that one will need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Need {
    /// What.
    pub text: String,
    /// Whether the person has ticked that it is at hand.
    pub ready: bool,
}

/// What a change of the form did to a draft (S14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum DraftChange {
    /// The answers that still fit were kept.
    Migrated,
    /// It is of no more use and is gone.
    Ended,
}
