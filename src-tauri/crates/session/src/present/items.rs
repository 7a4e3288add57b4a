//! The list of what has been added to a repeatable group.

use procedures::{FieldKind, Form, Group, Page};
use wording::Arg;

use super::Presenter;
use super::form::step;
use crate::state::Filing;
use crate::view::{FieldFault, ItemRow, ItemsView, Screen};

/// How many answers stand in the line that tells items apart.
const TOLD: usize = 2;

impl Presenter<'_> {
    pub(super) fn items(&self, id: &str, show_faults: bool, removing: Option<u32>) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let form = &procedure.form;
        let pages = form.pages(&filing.answers);
        let Some(group) = form.group(id) else { return self.home() };
        let Some(at) = pages.iter().position(|page| page.id == id) else { return self.home() };
        let Some(page) = pages.get(at) else { return self.home() };
        let items = form.items(id, &filing.answers);
        let rows: Vec<ItemRow> = (1..=items)
            .map(|number| self.item_row(form, filing, group, &pages, number, show_faults))
            .collect();
        let fault = self.items_fault(form, filing, group, items).filter(|_| show_faults);
        let (step, steps) = step(&pages, at);
        Screen::Items(ItemsView {
            page: page.id.clone(),
            step,
            steps,
            heading: self.text(&page.heading),
            help: page.help.as_ref().map(|help| self.text(help)),
            min: group.min,
            max: group.max,
            next: (items < group.max).then(|| self.item_name(group, items + 1)),
            removing: removing.and_then(|removing| rows.iter().find(|row| row.number == removing).cloned()),
            show_faults: fault.is_some() || rows.iter().any(|row| row.fault.is_some()),
            fault,
            rows,
        })
    }

    fn item_name(&self, group: &Group, number: u32) -> String {
        self.text(&group.item).replace("{n}", &number.to_string())
    }

    fn item_row(
        &self,
        form: &Form,
        filing: &Filing,
        group: &Group,
        pages: &[&Page],
        number: u32,
        show_faults: bool,
    ) -> ItemRow {
        let name = self.item_name(group, number);
        let is_here = |page: &&&Page| {
            page.item.as_ref().is_some_and(|item| item.group == group.id && item.number == number)
        };
        let today = self.today();
        let mut here = pages.iter().filter(is_here);
        let complete =
            here.clone().all(|page| form.validate_page(&page.id, &filing.answers, &today).is_empty());
        let told: Vec<String> = here
            .next()
            .map(|page| form.fields(&page.id, &filing.answers))
            .unwrap_or_default()
            .into_iter()
            .filter(|field| !field.sensitive && tells_apart(field.kind))
            .filter_map(|field| form.answer_in_words(field, &filing.answers, self.state.language))
            .take(TOLD)
            .collect();
        let fault = (show_faults && !complete).then(|| FieldFault {
            code: "items.incomplete".to_owned(),
            text: self.say("items-incomplete", &[("item", Arg::Text(name.clone()))]),
        });
        ItemRow { number, name, line: (!told.is_empty()).then(|| told.join(" · ")), complete, fault }
    }

    /// Too few of them, or a rule that they break together.
    fn items_fault(&self, form: &Form, filing: &Filing, group: &Group, items: u32) -> Option<FieldFault> {
        if items < group.min {
            let least = [("min", Arg::Number(i64::from(group.min)))];
            return Some(FieldFault { code: "items.few".to_owned(), text: self.say("items-few", &least) });
        }
        let mut answers = filing.answers.clone();
        answers.insert(group.id.clone(), items.to_string());
        let fault = form.validate_page(&group.id, &answers, &self.today()).into_iter().next()?;
        let text = fault.say(form, self.environment.wording, self.state.language);
        Some(FieldFault { code: fault.code.to_owned(), text })
    }
}

/// Whether an answer says in a few words which item it is about.
fn tells_apart(kind: FieldKind) -> bool {
    !matches!(
        kind,
        FieldKind::LongText
            | FieldKind::Document
            | FieldKind::Statement
            | FieldKind::Consent
            | FieldKind::YesNo
            | FieldKind::Multiple
    )
}
