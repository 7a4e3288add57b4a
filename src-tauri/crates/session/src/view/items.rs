//! The items of a repeatable group, as the page shows them.

use serde::Serialize;

use super::FieldFault;

/// S16. What has been added to a group: people, animals, vehicles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ItemsView {
    /// Page id, which is that of the group.
    pub page: String,
    /// Which step this is, from 1.
    pub step: u32,
    /// How many there are, as the answers now stand.
    pub steps: u32,
    /// The question.
    pub heading: String,
    /// A help line.
    pub help: Option<String>,
    /// What has been added, in order.
    pub rows: Vec<ItemRow>,
    /// Fewest that there may be.
    pub min: u32,
    /// Most that there may be.
    pub max: u32,
    /// What the next one would be called; nothing when there may be no more.
    pub next: Option<String>,
    /// The one of which it is asked whether it is to be taken out.
    pub removing: Option<ItemRow>,
    /// What is wrong with all of them together.
    pub fault: Option<FieldFault>,
    /// Whether the summary of faults is to be shown and focused.
    pub show_faults: bool,
}

/// One of what has been added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ItemRow {
    /// Which, from 1.
    pub number: u32,
    /// What it is called, such as `Person 2`.
    pub name: String,
    /// What was answered of it, in short; nothing that is masked elsewhere.
    pub line: Option<String>,
    /// Whether everything that is asked of it has been answered rightly.
    pub complete: bool,
    /// What is wrong with it, once the main act was pressed.
    pub fault: Option<FieldFault>,
}
