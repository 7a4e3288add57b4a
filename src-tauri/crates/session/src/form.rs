//! Filling in: pages, answers, documents, review.

use procedures::{FieldKind, Known, Page, Procedure, Today};

use crate::Turn;
use crate::event::{DraftToSave, Effect, OfferedFile, TakenFile, ToRender};
use crate::state::{AfterFault, FileFault, Filing, Place, SheetLook};
use crate::view::FaultAct;

impl Turn<'_> {
    pub(crate) fn begin_anew(&mut self, procedure: &str, _from: Place) {
        let Some(known) = self.environment.catalogue.get(procedure) else { return };
        if !self.may_go_on(procedure) {
            return;
        }
        if let Place::BeforeStart { draft: Some(draft), .. } = &self.state.place {
            let key = draft.key;
            self.ask(Effect::DropDraft { key });
        }
        let mut filing = Filing::new(self.moment.fresh, procedure, known.version);
        self.prefill(known, &mut filing);
        self.state.filing = Some(filing);
        self.first_page();
        self.save_draft();
    }

    fn prefill(&self, procedure: &Procedure, filing: &mut Filing) {
        let Some(holder) = &self.state.holder else { return };
        let surnames = holder.surnames();
        let known = Known { name: &holder.given_name, surnames: &surnames, nif: &holder.nif };
        filing.answers.extend(procedure.form.prefill(&known));
    }

    /// What the card tells and the answers do not have yet: a later version of the form may ask for it.
    pub(crate) fn prefill_missing(&self, procedure: &Procedure, filing: &mut Filing) {
        let answers = std::mem::take(&mut filing.answers);
        self.prefill(procedure, filing);
        filing.answers.extend(answers);
    }

    pub(crate) fn procedure(&self) -> Option<&Procedure> {
        let filing = self.state.filing.as_ref()?;
        self.environment.catalogue.get(&filing.procedure)
    }

    pub(crate) fn pages(&self) -> Vec<&Page> {
        match (&self.state.filing, self.procedure()) {
            (Some(filing), Some(procedure)) => procedure.form.pages(&filing.answers),
            _ => Vec::new(),
        }
    }

    pub(crate) fn today(&self) -> Today {
        Today(self.moment.now.to_zoned_datetime(self.environment.zone.clone()).date())
    }

    pub(crate) fn first_page(&mut self) {
        if let Some(page) = self.pages().first().map(|page| page.id.clone()) {
            self.open_page(page, false);
        }
    }

    pub(crate) fn last_page(&mut self) {
        if let Some(page) = self.pages().last().map(|page| page.id.clone()) {
            self.open_page(page, false);
        }
    }

    pub(crate) fn open_page(&mut self, page: String, from_review: bool) {
        let asks_document = self.pages().iter().any(|found| {
            found.id == page && found.fields.iter().any(|field| field.kind == FieldKind::Document)
        });
        if asks_document {
            self.ask(Effect::ListFiles);
        }
        self.go(Place::Form { page, show_faults: false, from_review });
    }

    pub(crate) fn page_before(&mut self, page: &str) {
        let pages = self.pages();
        let before = pages.iter().position(|found| found.id == page).and_then(|at| at.checked_sub(1));
        match before.and_then(|at| pages.get(at)).map(|page| page.id.clone()) {
            Some(before) => self.open_page(before, false),
            None => {
                let Some(filing) = &self.state.filing else { return };
                let procedure = filing.procedure.clone();
                // The answers stay: coming back finds them as the draft.
                let look = SheetLook::default();
                let sheet = Place::Sheet { procedure: procedure.clone(), from: Box::new(Place::Home), look };
                self.before_start(procedure, sheet);
            }
        }
        self.save_draft();
    }

    pub(crate) fn change_page(&mut self, page: &str) {
        if matches!(self.state.place, Place::Review { .. })
            && self.pages().iter().any(|found| found.id == page)
        {
            self.open_page(page.to_owned(), true);
        }
    }

    pub(crate) fn answer(&mut self, field: &str, value: String) {
        let Place::Form { page, .. } = &self.state.place else { return };
        let page = page.clone();
        let Some(asked) = self
            .pages()
            .into_iter()
            .find(|found| found.id == page)
            .and_then(|found| found.fields.iter().find(|found| found.id == field))
        else {
            return;
        };
        if asked.kind == FieldKind::Document {
            let document = asked.document.clone();
            self.take_file(field, value, document.as_deref());
            return;
        }
        if value.chars().count() > asked.max_chars() as usize {
            return;
        }
        if let Some(filing) = &mut self.state.filing {
            filing.answers.insert(field.to_owned(), value);
            self.save_draft();
        }
    }

    fn take_file(&mut self, field: &str, file: String, document: Option<&str>) {
        let rule = self.procedure().and_then(|procedure| procedure.document(document?)).cloned();
        let Some(filing) = &mut self.state.filing else { return };
        filing.file_faults.remove(field);
        if file.is_empty() {
            filing.documents.remove(field);
            filing.answers.remove(field);
            self.save_draft();
            return;
        }
        if let Some(rule) = rule {
            let key = filing.key;
            self.ask(Effect::TakeFile { key, field: field.to_owned(), file, rule: Box::new(rule) });
        }
    }

    pub(crate) fn files(&mut self, files: Vec<OfferedFile>) {
        if let Some(filing) = &mut self.state.filing {
            filing.files = files;
        }
    }

    pub(crate) fn file_taken(&mut self, field: &str, file: TakenFile) {
        if let Some(filing) = &mut self.state.filing {
            filing.file_faults.remove(field);
            filing.answers.insert(field.to_owned(), file.sha256.clone());
            filing.documents.insert(field.to_owned(), file);
            self.save_draft();
        }
    }

    pub(crate) fn file_refused(&mut self, field: String, code: &'static str, args: Vec<(String, String)>) {
        if let Some(filing) = &mut self.state.filing {
            filing.file_faults.insert(field, FileFault { code, args });
        }
    }

    /// The main act of a page: on if all is well, else every fault of the page at once.
    pub(crate) fn leave_page(&mut self, page: &str, from_review: bool) {
        let today = self.today();
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let answers = procedure.form.normalise(&filing.answers);
        if !procedure.form.validate_page(page, &answers, &today).is_empty() {
            self.go(Place::Form { page: page.to_owned(), show_faults: true, from_review });
            return;
        }
        if let Some(filing) = &mut self.state.filing {
            filing.answers = answers;
        }
        let pages = self.pages();
        let next = pages
            .iter()
            .position(|found| found.id == page)
            .and_then(|at| pages.get(at + 1))
            .map(|next| next.id.clone());
        // A change from the review returns there, unless it opened questions not yet answered.
        let unanswered = if from_review { self.first_faulty_page() } else { None };
        match (from_review, unanswered, next) {
            (true, None, _) | (false, _, None) => self.make_document(),
            (true, Some(page), _) => self.open_page(page, true),
            (false, _, Some(next)) => self.open_page(next, false),
        }
        self.save_draft();
    }

    pub(crate) fn first_faulty_page(&self) -> Option<String> {
        let today = self.today();
        let (filing, procedure) = (self.state.filing.as_ref()?, self.procedure()?);
        let pages = procedure.form.pages(&filing.answers);
        pages
            .iter()
            .find(|page| !procedure.form.validate_page(&page.id, &filing.answers, &today).is_empty())
            .map(|page| page.id.clone())
    }

    pub(crate) fn save_draft(&mut self) {
        let (Some(filing), Some(holder)) = (&self.state.filing, &self.state.holder) else { return };
        if filing.handed_in_at.is_some() {
            return;
        }
        let page = match &self.state.place {
            Place::Form { page, .. } => page.clone(),
            _ => String::new(),
        };
        let draft = DraftToSave {
            key: filing.key,
            owner: holder.nif.clone(),
            procedure: filing.procedure.clone(),
            version: filing.version,
            page,
            answers: filing.answers.clone(),
            documents: filing.documents.clone(),
        };
        self.ask(Effect::SaveDraft(Box::new(draft)));
    }

    /// To the review, with the document made anew from the answers as they stand.
    pub(crate) fn make_document(&mut self) {
        let (Some(filing), Some(procedure), Some(holder)) =
            (&self.state.filing, self.procedure(), &self.state.holder)
        else {
            return;
        };
        let documents = procedure
            .form
            .pages(&filing.answers)
            .iter()
            .flat_map(|page| procedure.form.fields(&page.id, &filing.answers))
            .filter(|field| field.kind == FieldKind::Document)
            .filter_map(|field| {
                let file = filing.documents.get(&field.id)?.clone();
                Some((field.id.clone(), field.document.clone()?, file))
            })
            .collect();
        let render = ToRender {
            key: filing.key,
            procedure: filing.procedure.clone(),
            language: self.state.language,
            holder: holder.clone(),
            answers: procedure.form.filed(&filing.answers),
            documents,
        };
        if let Some(filing) = &mut self.state.filing {
            filing.pages.clear();
            filing.fingerprint = None;
            filing.declared.clear();
        }
        self.ask(Effect::Render(Box::new(render)));
        self.go(Place::Review { document_shown: false });
    }

    pub(crate) fn rendered(&mut self, pages: Vec<String>) {
        if let (Place::Review { .. }, Some(filing)) = (&self.state.place, &mut self.state.filing) {
            filing.pages = pages;
        }
    }

    pub(crate) fn render_failed(&mut self, code: &'static str) {
        if matches!(self.state.place, Place::Review { .. } | Place::Sign { .. }) {
            self.fault_with(code, FaultAct::Retry, AfterFault::Render);
        }
    }

    pub(crate) fn show_document(&mut self, shown: bool) {
        if let Place::Review { document_shown } = &mut self.state.place {
            *document_shown = shown;
        }
    }
}
