//! Filling in: pages, answers, documents, review.

use procedures::{Field, FieldKind, Known, Page, Procedure, Today, hints};

use crate::Turn;
use crate::event::{DraftToSave, Effect, ToRender};
use crate::state::{AfterFault, Filing, Place, SheetLook, Then};
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
        self.remember();
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

    /// Keeps for the rest of the session what another form may ask again.
    pub(crate) fn remember(&mut self) {
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let said = procedure.form.remembered(&filing.answers);
        self.state.remembered.extend(said);
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
            self.open_page(page, Then::On);
        }
    }

    /// From the review back: the last page, or the list of the group that is last.
    pub(crate) fn last_page(&mut self) {
        if let Some(page) = self.pages().iter().rfind(|page| page.item.is_none()).map(|page| page.id.clone())
        {
            self.open_page(page, Then::On);
        }
    }

    pub(crate) fn open_page(&mut self, page: String, then: Then) {
        self.open_page_with(page, then, false);
    }

    fn open_page_with(&mut self, page: String, then: Then, show_faults: bool) {
        if self.procedure().is_some_and(|procedure| procedure.form.group(&page).is_some()) {
            let from_review = then == Then::Review;
            self.go(Place::Items { group: page, show_faults, from_review, removing: None });
            return;
        }
        if self.asks_document(&page) {
            return self.open_documents(then == Then::Review);
        }
        if self.takes_files(&page) {
            self.ask(Effect::ListFiles);
        }
        self.go(Place::Form { page, show_faults, then });
    }

    pub(crate) fn page_before(&mut self, page: &str, then: Then) {
        let pages = self.pages();
        let at = pages.iter().position(|found| found.id == page);
        let item = at.and_then(|at| pages.get(at)).and_then(|page| page.item.clone());
        // Pages about other items are reached from the list of their group only.
        let before = pages
            .get(..at.unwrap_or_default())
            .and_then(|before| before.iter().rfind(|page| page.item.is_none() || page.item == item))
            .map(|page| (page.id.clone(), page.item.is_some()));
        match (before, item) {
            (Some((before, true)), Some(_)) => self.open_page(before, then),
            (Some(_), Some(item)) => {
                self.drop_untouched(&item.group, item.number);
                let from_review = matches!(then, Then::Items { from_review: true });
                self.open_page(item.group, Then::after(from_review));
            }
            (Some((before, _)), None) => self.open_page(before, Then::On),
            (None, _) => {
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
            self.open_page(page.to_owned(), Then::Review);
        }
    }

    /// A field of the page that is shown.
    fn asked_here(&self, field: &str) -> Option<&Field> {
        let Place::Form { page, .. } = &self.state.place else { return None };
        let pages = self.pages();
        pages.into_iter().find(|found| found.id == *page)?.fields.iter().find(|found| found.id == field)
    }

    pub(crate) fn answer(&mut self, field: &str, value: String) {
        let Some(asked) = self.asked_here(field) else { return };
        if asked.kind == FieldKind::Document {
            let document = asked.document.clone();
            self.take_file(field, value, document.as_deref());
            return;
        }
        let shown_only = !asked.editable || asked.kind == FieldKind::Computed;
        if shown_only || value.chars().count() > asked.max_chars() as usize {
            return;
        }
        if let Some(filing) = &mut self.state.filing {
            filing.answers.insert(field.to_owned(), value);
            self.save_draft();
        }
    }

    /// Ticks or unticks an option of a multiple choice.
    pub(crate) fn tick_option(&mut self, field: &str, option: &str, ticked: bool) {
        let Some(asked) = self.asked_here(field).filter(|asked| asked.kind == FieldKind::Multiple) else {
            return;
        };
        let was = self.state.filing.as_ref().and_then(|filing| filing.answers.get(field));
        let answer = asked.ticked(was.map_or("", String::as_str), option, ticked);
        self.answer(field, answer);
    }

    /// The person has looked at what seemed a slip, and it is none.
    pub(crate) fn affirm(&mut self, field: &str) {
        if self.asked_here(field).is_none() {
            return;
        }
        if let Some(filing) = &mut self.state.filing
            && let Some(answer) = filing.answers.get(field).cloned()
        {
            filing.affirmed.insert(field.to_owned(), answer);
        }
    }

    /// The main act of a page: on if all is well, else every fault of the page at once.
    pub(crate) fn leave_page(&mut self, page: &str, then: Then) {
        let today = self.today();
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let answers = procedure.form.normalise(&filing.answers);
        let doubtful = procedure
            .form
            .fields(page, &answers)
            .into_iter()
            .any(|field| doubt(filing, field, answers.get(&field.id)).is_some());
        if doubtful || !procedure.form.validate_page(page, &answers, &today).is_empty() {
            self.go(Place::Form { page: page.to_owned(), show_faults: true, then });
            return;
        }
        if let Some(filing) = &mut self.state.filing {
            filing.answers = answers;
        }
        if self.asks_document(page) {
            self.open_documents(then == Then::Review);
        } else {
            self.go_on(page, then);
        }
        self.save_draft();
    }

    /// From a page that is answered to where it leads.
    pub(crate) fn go_on(&mut self, page: &str, then: Then) {
        if then == Then::Review {
            return self.finish();
        }
        let pages = self.pages();
        let at = pages.iter().position(|found| found.id == page);
        let item = at.and_then(|at| pages.get(at)).and_then(|page| page.item.clone());
        let mut after = pages.get(at.map_or(pages.len(), |at| at + 1)..).unwrap_or_default().iter();
        let next = match &item {
            Some(_) => after.next().filter(|page| page.item == item),
            None => after.find(|page| page.item.is_none()),
        };
        match (next.map(|page| page.id.clone()), item) {
            (Some(next), _) => self.open_page(next, then),
            (None, Some(item)) => {
                let from_review = matches!(then, Then::Items { from_review: true });
                self.open_page(item.group, Then::after(from_review));
            }
            (None, None) => self.finish(),
        }
    }

    /// To the review, unless something is still to be answered or mended: a later answer may have opened or spoilt it.
    fn finish(&mut self) {
        let today = self.today();
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let pages = procedure.form.pages(&filing.answers);
        let faulty = pages.iter().find_map(|page| {
            let faults = procedure.form.validate_page(&page.id, &filing.answers, &today);
            let answered = |field: &str| filing.answers.get(field).is_some_and(|answer| !answer.is_empty());
            let spoilt = faults.iter().any(|fault| answered(&fault.field));
            (!faults.is_empty()).then(|| (page.id.clone(), spoilt))
        });
        match faulty {
            Some((page, spoilt)) => self.open_page_with(page, Then::Review, spoilt),
            None => self.make_document(),
        }
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
            Place::Form { page, .. } | Place::CheckFile { page, .. } => page.clone(),
            Place::Items { group, .. } => group.clone(),
            Place::Documents { .. } => {
                let first = self.documents_asked().iter().find_map(|asked| asked.page);
                first.map(|page| page.id.clone()).unwrap_or_default()
            }
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

/// What was probably meant by an answer that looks like a slip, unless the person has said that it is none.
pub(crate) fn doubt(filing: &Filing, field: &Field, answer: Option<&String>) -> Option<String> {
    let answer = answer.filter(|_| field.kind == FieldKind::Email && field.editable)?;
    let affirmed = filing.affirmed.get(&field.id).is_some_and(|affirmed| affirmed == answer);
    hints::email(answer).filter(|_| !affirmed)
}
