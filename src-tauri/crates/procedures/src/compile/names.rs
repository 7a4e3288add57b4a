//! How the names of a block or of an item become names of the form.

use std::collections::BTreeSet;

use crate::expr::Expr;

/// Names of one block or item, and what is put before them; the innermost first.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    layers: Vec<(BTreeSet<String>, String)>,
}

impl Names {
    /// The same with one more layer inside: these names, whose prefix follows those outside.
    pub(super) fn within(&self, own: BTreeSet<String>, prefix: &str) -> Self {
        let before = self.layers.first().map(|(_, prefix)| format!("{prefix}-")).unwrap_or_default();
        let mut layers = vec![(own, format!("{before}{prefix}"))];
        layers.extend(self.layers.iter().cloned());
        Self { layers }
    }

    /// The name of what is declared here.
    pub(super) fn declare(&self, id: &str) -> String {
        self.layers.first().map_or_else(|| id.to_owned(), |(_, prefix)| format!("{prefix}-{id}"))
    }

    /// The name of what is referred to here: of the innermost layer that has it.
    pub(super) fn refer(&self, id: &str) -> String {
        let (head, tail) = id.split_once('.').map_or((id, None), |(head, tail)| (head, Some(tail)));
        let found = self.layers.iter().find(|(own, _)| own.contains(head));
        let head = found.map_or_else(|| head.to_owned(), |(_, prefix)| format!("{prefix}-{head}"));
        tail.map_or_else(|| head.clone(), |tail| format!("{head}.{tail}"))
    }

    pub(super) fn rename(&self, expr: &mut Expr) {
        if !self.layers.is_empty() {
            expr.rename(&|id| Some(self.refer(id)));
        }
    }
}
