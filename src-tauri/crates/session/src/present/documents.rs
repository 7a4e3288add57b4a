//! S18 and S23.

use procedures::content::Mime;
use procedures::{AskedDocument, ConsultBasis, Consultation, DocumentState, Procedure};
use wording::format;

use super::form::step;
use super::{Presenter, count};
use crate::state::Filing;
use crate::view::{
    DocumentNeed, DocumentRow, DocumentStanding, DocumentsView, FileCheck, FileCheckView, Lookup,
    LookupBasis, Screen,
};

impl Presenter<'_> {
    pub(super) fn documents(&self, show_faults: bool) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let asked = procedure.documents_asked(&filing.answers);
        let pages = procedure.form.pages(&filing.answers);
        let first = asked.iter().find_map(|document| document.page);
        let at = pages.iter().position(|page| first.is_some_and(|first| first.id == page.id));
        let (step, steps) = step(&pages, at.unwrap_or_default());
        let standing = |state: &DocumentState| count(asked.iter().filter(|a| a.state == *state).count());
        let missing = standing(&DocumentState::Missing);
        Screen::Documents(DocumentsView {
            step,
            steps,
            missing,
            later: standing(&DocumentState::Later),
            show_faults: show_faults && missing > 0,
            rows: asked.iter().map(|document| self.document_row(filing, document)).collect(),
        })
    }

    fn document_row(&self, filing: &Filing, document: &AskedDocument<'_>) -> DocumentRow {
        use procedures::DocumentNeed as Need;
        let rule = document.rule;
        DocumentRow {
            id: rule.code.clone(),
            name: self.text(&rule.name),
            why: rule.why.as_ref().map(|why| self.text(why)),
            need: match rule.need {
                Need::Required => DocumentNeed::Always,
                Need::Conditional => DocumentNeed::ByAnswers,
                Need::Optional => DocumentNeed::Optional,
                Need::Consulted => DocumentNeed::LookedUp,
            },
            state: self.standing(filing, &document.state),
            ways: document.ways.iter().map(|way| (*way).into()).collect(),
            kinds: rule.kinds(),
            max_mb: rule.max_mb,
            max_files: count(document.instances),
        }
    }

    fn standing(&self, filing: &Filing, state: &DocumentState) -> DocumentStanding {
        match state {
            DocumentState::Missing => DocumentStanding::Missing,
            DocumentState::NotAdded => DocumentStanding::NotAdded,
            DocumentState::Consulted => DocumentStanding::Consulted,
            DocumentState::Later => DocumentStanding::Later,
            DocumentState::Held(told) => DocumentStanding::Held { told: told.clone() },
            DocumentState::Added(fields) => {
                let files: Vec<_> = fields.iter().filter_map(|field| filing.documents.get(field)).collect();
                let bytes = files.iter().map(|file| file.bytes).sum();
                DocumentStanding::Added {
                    files: count(files.len()),
                    pages: files.iter().map(|file| file.pages).sum(),
                    size: format::size(self.state.language, bytes),
                }
            }
        }
    }

    /// What is looked up, told before anything is asked; the form takes the objection or the consent.
    pub(super) fn lookups(&self, procedure: &Procedure) -> Vec<Lookup> {
        let lookup = |consultation: &Consultation| Lookup {
            text: self.text(&consultation.text),
            basis: match consultation.basis {
                ConsultBasis::Objection => LookupBasis::Objection,
                ConsultBasis::Consent => LookupBasis::Consent,
            },
            asked: procedure.form.field(&consultation.field()).is_some(),
        };
        procedure.consults.iter().map(lookup).collect()
    }

    pub(super) fn check_file(&self, page: &str, field: &str) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let Some(file) = filing.documents.get(field) else { return self.form(page, false) };
        let asked = procedure.form.field(field);
        let rule = asked.and_then(|asked| procedure.document(asked.document.as_deref()?));
        let check = match &filing.preview {
            // Nothing of it can be shown as pages.
            _ if file.mime == Mime::Xml.as_str() => FileCheck::Shown { images: Vec::new() },
            Some(preview) if preview.failed => FileCheck::NotShown,
            Some(preview) => match &preview.images {
                Some(images) => FileCheck::Shown { images: images.clone() },
                None => FileCheck::Making,
            },
            None => FileCheck::Making,
        };
        Screen::CheckFile(FileCheckView {
            document: rule.map(|rule| self.text(&rule.name)).unwrap_or_default(),
            name: file.name.clone(),
            size: format::size(self.state.language, file.bytes),
            pages: file.pages,
            check,
        })
    }
}
