//! Repeatable groups: adding an item, changing it, taking it out.

use std::collections::BTreeMap;

use procedures::{Answers, Form};

use crate::Turn;
use crate::state::{Filing, Place, Then};

impl Turn<'_> {
    /// The group whose list is shown, and whether it was opened from the review.
    fn list(&self) -> Option<(String, bool)> {
        match &self.state.place {
            Place::Items { group, from_review, removing: None, .. } => Some((group.clone(), *from_review)),
            _ => None,
        }
    }

    /// One more item, and its first page.
    pub(crate) fn add_item(&mut self) {
        let Some((group, _)) = self.list() else { return };
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let form = &procedure.form;
        let mut answers = form.with_item(&group, &filing.answers);
        let number = form.items(&group, &answers);
        if number == form.items(&group, &filing.answers) {
            return;
        }
        for field in fields_of(form, &group, number) {
            if let (Some(default), false) = (&field.default, answers.contains_key(&field.id)) {
                answers.insert(field.id.clone(), default.clone());
            }
        }
        if let Some(filing) = &mut self.state.filing {
            filing.answers = answers;
        }
        self.open_item(number);
    }

    pub(crate) fn open_item(&mut self, number: u32) {
        let Some((group, from_review)) = self.list() else { return };
        let first = self
            .pages()
            .into_iter()
            .find(|page| page.item.as_ref().is_some_and(|item| item.group == group && item.number == number))
            .map(|page| page.id.clone());
        if let Some(first) = first {
            self.open_page(first, Then::Items { from_review });
        }
        self.save_draft();
    }

    /// Whether an item is to be taken out: it is asked first.
    pub(crate) fn ask_removal(&mut self, number: u32) {
        let Some((group, _)) = self.list() else { return };
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        if !(1..=procedure.form.items(&group, &filing.answers)).contains(&number) {
            return;
        }
        if let Place::Items { removing, show_faults, .. } = &mut self.state.place {
            *removing = Some(number);
            *show_faults = false;
        }
    }

    pub(crate) fn keep_item(&mut self) {
        if let Place::Items { removing, .. } = &mut self.state.place {
            *removing = None;
        }
    }

    /// Takes out the item that was asked about; the answers about the others stay.
    pub(crate) fn drop_item(&mut self) {
        let Place::Items { group, removing: Some(number), .. } = &self.state.place else { return };
        let (group, number) = (group.clone(), *number);
        self.keep_item();
        self.take_out(&group, number);
        self.save_draft();
    }

    /// An item that was added and left before anything was answered was not meant.
    pub(crate) fn drop_untouched(&mut self, group: &str, number: u32) {
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let touched = fields_of(&procedure.form, group, number).any(|field| {
            filing
                .answers
                .get(&field.id)
                .is_some_and(|answer| !answer.is_empty() && Some(answer) != field.default.as_ref())
        });
        if !touched {
            self.take_out(group, number);
        }
    }

    fn take_out(&mut self, group: &str, number: u32) {
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let form = &procedure.form;
        let moved = Moved { form, group, number, items: form.items(group, &filing.answers) };
        let answers = form.without_item(group, number, &filing.answers);
        let documents = moved.keys(&filing.documents);
        let file_faults = moved.keys(&filing.file_faults);
        let affirmed = moved.keys(&filing.affirmed);
        if let Some(filing) = &mut self.state.filing {
            *filing = Filing { answers, documents, file_faults, affirmed, ..filing.clone() };
        }
    }

    /// The main act of the list: on if there are enough and each is whole, else what is missing.
    pub(crate) fn leave_items(&mut self, group: &str, from_review: bool) {
        let today = self.today();
        if let Some(filing) = &mut self.state.filing {
            filing.answers.entry(group.to_owned()).or_insert_with(|| "0".to_owned());
        }
        let (Some(filing), Some(procedure)) = (&self.state.filing, self.procedure()) else { return };
        let form = &procedure.form;
        let answers = form.normalise(&filing.answers);
        let whole = form.pages(&answers).into_iter().all(|page| {
            let here = page.id == group || page.item.as_ref().is_some_and(|item| item.group == group);
            !here || form.validate_page(&page.id, &answers, &today).is_empty()
        });
        if !whole {
            let group = group.to_owned();
            self.go(Place::Items { group, show_faults: true, from_review, removing: None });
            return;
        }
        if let Some(filing) = &mut self.state.filing {
            filing.answers = answers;
        }
        self.go_on(group, Then::after(from_review));
        self.save_draft();
    }
}

/// Fields about one item, asked or not.
fn fields_of<'a>(form: &'a Form, group: &'a str, number: u32) -> impl Iterator<Item = &'a procedures::Field> {
    form.all_pages()
        .iter()
        .filter(move |page| {
            page.item.as_ref().is_some_and(|item| item.group == group && item.number == number)
        })
        .flat_map(|page| &page.fields)
}

/// Where what is kept by field goes when an item is taken out: as the answers themselves do.
struct Moved<'a> {
    form: &'a Form,
    group: &'a str,
    number: u32,
    items: u32,
}

impl Moved<'_> {
    fn keys<T: Clone>(&self, kept: &BTreeMap<String, T>) -> BTreeMap<String, T> {
        let mut ids: Answers = kept.keys().map(|id| (id.clone(), id.clone())).collect();
        ids.insert(self.group.to_owned(), self.items.to_string());
        let moved = self.form.without_item(self.group, self.number, &ids);
        moved.into_iter().filter_map(|(id, was)| Some((id, kept.get(&was)?.clone()))).collect()
    }
}
