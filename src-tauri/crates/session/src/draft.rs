//! A draft found in the store: whether it goes on, and with what.

use procedures::{Carry, FieldKind, Procedure, Today};

use crate::Turn;
use crate::event::{Effect, SavedDraft, TakenFile};
use crate::state::{Filing, Place, Then};
use crate::view::DraftChange;

impl Turn<'_> {
    pub(crate) fn draft_sought(&mut self, found: Option<Box<SavedDraft>>) {
        let Place::BeforeStart { procedure, .. } = &self.state.place else { return };
        let (Some(known), Some(found)) = (self.environment.catalogue.get(procedure), found) else { return };
        let (kept, told) = match known.carry(found.version) {
            Carry::Whole => (Some(Box::new(SavedDraft { version: known.version, ..*found })), None),
            Carry::Part => {
                (Some(Box::new(carried(known, *found, &self.today()))), Some(DraftChange::Migrated))
            }
            Carry::Ended => {
                self.ask(Effect::DropDraft { key: found.key });
                (None, Some(DraftChange::Ended))
            }
        };
        if let Place::BeforeStart { draft, change, .. } = &mut self.state.place {
            *draft = kept;
            *change = told;
        }
    }

    pub(crate) fn resume_draft(&mut self) {
        let Place::BeforeStart { procedure, draft: Some(draft), change, .. } = self.state.place.clone()
        else {
            return;
        };
        if !self.may_go_on(&procedure) {
            return;
        }
        self.remember();
        let mut filing = Filing::new(draft.key, &procedure, draft.version);
        filing.answers = draft.answers;
        if let Some(known) = self.environment.catalogue.get(&procedure) {
            self.prefill_missing(known, &mut filing);
        }
        filing.documents = draft.documents;
        // What was taken away is no answer any more, though a fault may have left its file in the store.
        filing.documents.retain(|field, file| filing.answers.get(field) == Some(&file.sha256));
        self.state.filing = Some(filing);
        let place = |wanted: &str| self.pages().iter().position(|page| page.id == wanted);
        let stood = place(&draft.page);
        // What a later form asks anew, or no longer takes, may lie before the page where the draft stood.
        let open = change
            .and_then(|_| self.first_faulty_page())
            .filter(|page| stood.is_none_or(|stood| place(page) < Some(stood)));
        match (open, stood) {
            (Some(page), _) => self.open_page(page, Then::On),
            (None, Some(_)) => self.open_page(draft.page, Then::On),
            (None, None) => self.first_page(),
        }
    }
}

/// The draft with the answers and documents that the form still takes.
fn carried(procedure: &Procedure, draft: SavedDraft, today: &Today) -> SavedDraft {
    let mut answers = procedure.form.carried(&draft.answers, today);
    let mut documents = draft.documents;
    documents.retain(|field, file| takes(procedure, field, file));
    let lost = |id: &String| {
        let field = procedure.form.field(id);
        field.is_some_and(|field| field.kind == FieldKind::Document) && !documents.contains_key(id)
    };
    answers.retain(|id, _| !lost(id));
    SavedDraft { version: procedure.version, answers, documents, ..draft }
}

/// Whether a field still takes a file.
fn takes(procedure: &Procedure, field: &str, file: &TakenFile) -> bool {
    let rule = procedure.form.field(field).and_then(|field| procedure.document(field.document.as_deref()?));
    rule.is_some_and(|rule| {
        file.bytes <= rule.max_bytes() && rule.formats.iter().any(|format| format.as_str() == file.mime)
    })
}
