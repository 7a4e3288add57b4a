//! The documents of an application (S18 to S23): how each is given, its files, and a look at what was chosen.
//!
//! The pages that a form has for its documents are one step: S18 shows them all, and each opens and comes back to it.

use procedures::{AskedDocument, DocumentState, FieldKind, Way};
use registry_api::SubmissionKey;

use crate::Turn;
use crate::event::{Effect, OfferedFile, TakenFile};
use crate::state::{FileFault, Place, Preview, Then};

/// Most bytes of all documents of an application: what the registry takes, less what the application itself may need.
const ROOM: u64 = registry_api::limits::MAX_PACKAGE_BYTES as u64 - 3_000_000;

impl Turn<'_> {
    pub(crate) fn documents_asked(&self) -> Vec<AskedDocument<'_>> {
        match (&self.state.filing, self.procedure()) {
            (Some(filing), Some(procedure)) => procedure.documents_asked(&filing.answers),
            _ => Vec::new(),
        }
    }

    /// Whether this page is one of those that S18 shows together.
    pub(crate) fn asks_document(&self, page: &str) -> bool {
        self.pages().iter().any(|found| found.id == page && found.document.is_some())
    }

    /// Whether a page takes files of the stick.
    pub(crate) fn takes_files(&self, page: &str) -> bool {
        self.pages().iter().any(|found| {
            found.id == page && found.fields.iter().any(|field| field.kind == FieldKind::Document)
        })
    }

    pub(crate) fn open_documents(&mut self, from_review: bool) {
        self.go(Place::Documents { show_faults: false, from_review });
    }

    /// An act of a row of S18. What needs more than a choice opens its page.
    pub(crate) fn give_document(&mut self, code: &str, way: Way) {
        let Place::Documents { from_review, .. } = self.state.place else { return };
        let asked = self.documents_asked();
        let Some(document) = asked.iter().find(|found| found.rule.code == code) else { return };
        let Some(page) = document.page.filter(|_| document.ways.contains(&way)) else { return };
        let (page, how) = (page.id.clone(), document.how.map(str::to_owned));
        if let (Some(how), Some(filing)) = (how, &mut self.state.filing) {
            filing.answers.insert(how, way.answer().to_owned());
        }
        match way {
            Way::Attach | Way::Held => self.open_document_page(page, from_review),
            Way::Consult | Way::Later | Way::None => {}
        }
        self.save_draft();
    }

    fn open_document_page(&mut self, page: String, from_review: bool) {
        self.ask(Effect::ListFiles);
        self.go(Place::Form { page, show_faults: false, then: Then::after(from_review) });
    }

    /// Back to S18. Who opened a page and did nothing there has chosen nothing.
    pub(crate) fn leave_document_page(&mut self, page: &str, from_review: bool) {
        let asked = self.documents_asked();
        let document = asked.iter().find(|found| found.page.is_some_and(|found| found.id == page));
        let undone = document
            .filter(|found| matches!(found.state, DocumentState::Missing | DocumentState::NotAdded))
            .and_then(|found| Some(found.how?.to_owned()));
        if let (Some(how), Some(filing)) = (undone, &mut self.state.filing) {
            filing.answers.remove(&how);
        }
        self.open_documents(from_review);
    }

    /// The main act of S18: on if nothing compulsory is missing.
    pub(crate) fn leave_documents(&mut self, from_review: bool) {
        let asked = self.documents_asked();
        let missing = asked.iter().any(|document| document.state == DocumentState::Missing);
        let last = asked.iter().filter_map(|found| found.page).next_back().map(|page| page.id.clone());
        if missing {
            self.go(Place::Documents { show_faults: true, from_review });
        } else if let Some(last) = last {
            self.go_on(&last, Then::after(from_review));
            self.save_draft();
        }
    }

    /// Back from S18: to the page before the first document.
    pub(crate) fn back_from_documents(&mut self) {
        let first = self.documents_asked().iter().find_map(|found| found.page).map(|page| page.id.clone());
        if let Some(first) = first {
            self.page_before(&first, Then::On);
        }
    }

    /// A file of the stick for a field, or none to take away the one there.
    pub(crate) fn take_file(&mut self, field: &str, file: String, document: Option<&str>) {
        let rule = self.procedure().and_then(|procedure| procedure.document(document?)).cloned();
        let Some(filing) = &mut self.state.filing else { return };
        filing.file_faults.remove(field);
        if file.is_empty() {
            self.drop_file(field);
            return;
        }
        // What has been taken is not read again.
        if filing.documents.get(field).is_some_and(|taken| taken.sha256 == file) {
            return;
        }
        if let Some(rule) = rule.filter(|_| filing.taking.is_none()) {
            let key = filing.key;
            filing.taking = Some(field.to_owned());
            self.ask(Effect::TakeFile { key, field: field.to_owned(), file, rule: Box::new(rule) });
        }
    }

    fn drop_file(&mut self, field: &str) {
        let Some(filing) = &mut self.state.filing else { return };
        filing.answers.remove(field);
        filing.preview = None;
        if filing.documents.remove(field).is_some() {
            let key = filing.key;
            self.ask(Effect::DropFile { key, field: field.to_owned() });
        }
        self.save_draft();
    }

    pub(crate) fn files(&mut self, files: Vec<OfferedFile>) {
        if let Some(filing) = &mut self.state.filing {
            filing.files = files;
        }
    }

    pub(crate) fn file_taken(
        &mut self,
        key: SubmissionKey,
        field: &str,
        file: TakenFile,
        images: Vec<String>,
    ) {
        if !self.state.is_filing(key) {
            // Whose it was has gone, and their draft before it: the file goes too.
            self.ask(Effect::DropDraft { key });
            return;
        }
        if let Some(found) = self.too_much_with(field, &file) {
            let mega = |bytes: u64| bytes.div_ceil(1_000_000).to_string();
            let args =
                vec![("found".to_owned(), mega(found)), ("max".to_owned(), (ROOM / 1_000_000).to_string())];
            if let Some(filing) = &self.state.filing {
                let key = filing.key;
                self.ask(Effect::DropFile { key, field: field.to_owned() });
            }
            self.drop_file(field);
            return self.file_refused(field.to_owned(), "file.total", args);
        }
        let Some(filing) = &mut self.state.filing else { return };
        let waited = filing.taking.take_if(|taking| taking == field).is_some();
        filing.file_faults.remove(field);
        filing.answers.insert(field.to_owned(), file.sha256.clone());
        filing.documents.insert(field.to_owned(), file);
        // Whoever has gone on meanwhile is not called back.
        if let Place::Form { page, then, .. } = &self.state.place
            && waited
        {
            let from_review = *then == Then::Review;
            let place = Place::CheckFile { page: page.clone(), field: field.to_owned(), from_review };
            filing.preview = Some(Preview { images: Some(images), failed: false });
            self.go(place);
        }
        self.save_draft();
    }

    /// How many bytes all documents would be with this one, if that is more than can be filed.
    fn too_much_with(&self, field: &str, file: &TakenFile) -> Option<u64> {
        let (filing, procedure) = (self.state.filing.as_ref()?, self.procedure()?);
        let filed = procedure.form.filed(&filing.answers);
        let others =
            filing.documents.iter().filter(|(other, _)| *other != field && filed.contains_key(*other));
        let found = others.map(|(_, other)| other.bytes).sum::<u64>() + file.bytes;
        (found > ROOM).then_some(found)
    }

    pub(crate) fn file_refused(&mut self, field: String, code: &'static str, args: Vec<(String, String)>) {
        if let Some(filing) = &mut self.state.filing {
            filing.taking.take_if(|taking| *taking == field);
            filing.file_faults.insert(field, FileFault { code, args });
        }
    }

    /// A look at a file that was taken before.
    pub(crate) fn show_file(&mut self, field: &str) {
        let Place::Form { page, then, .. } = &self.state.place else { return };
        let from_review = *then == Then::Review;
        let here = self
            .pages()
            .into_iter()
            .any(|found| found.id == *page && found.fields.iter().any(|found| found.id == field));
        let place = Place::CheckFile { page: page.clone(), field: field.to_owned(), from_review };
        let Some(filing) = self.state.filing.as_mut().filter(|_| here) else { return };
        if filing.documents.contains_key(field) {
            let key = filing.key;
            filing.preview = Some(Preview::default());
            self.ask(Effect::ShowFile { key, field: field.to_owned() });
            self.go(place);
        }
    }

    pub(crate) fn file_shown(&mut self, field: &str, images: Option<Vec<String>>) {
        let shown =
            matches!(&self.state.place, Place::CheckFile { field: looked_at, .. } if looked_at == field);
        if let (true, Some(filing)) = (shown, &mut self.state.filing) {
            filing.preview = Some(Preview { failed: images.is_none(), images });
        }
    }

    /// *It is right* (S23): on to S18 when the page has no more to ask.
    pub(crate) fn accept_file(&mut self, page: String, from_review: bool) {
        self.forget_preview();
        let answered = self.state.filing.as_ref().zip(self.procedure()).is_some_and(|(filing, procedure)| {
            let fields = procedure.form.fields(&page, &filing.answers);
            let mut files = fields.iter().filter(|field| field.kind == FieldKind::Document);
            files.all(|field| filing.documents.contains_key(&field.id))
        });
        if answered && self.asks_document(&page) {
            self.open_documents(from_review);
        } else {
            self.go(Place::Form { page, show_faults: false, then: Then::after(from_review) });
        }
        self.save_draft();
    }

    /// *Take it away* or *another one* (S23): back to the files, without this one.
    pub(crate) fn discard_file(&mut self, again: bool) {
        let Place::CheckFile { page, field, from_review } = self.state.place.clone() else { return };
        self.drop_file(&field);
        if again || !self.asks_document(&page) {
            self.open_document_page(page, from_review);
        } else {
            self.leave_document_page(&page, from_review);
        }
    }

    /// Back from S23 keeps the file.
    pub(crate) fn back_from_file(&mut self, page: String, from_review: bool) {
        self.forget_preview();
        self.go(Place::Form { page, show_faults: false, then: Then::after(from_review) });
    }

    fn forget_preview(&mut self) {
        if let Some(filing) = &mut self.state.filing {
            filing.preview = None;
        }
    }
}
