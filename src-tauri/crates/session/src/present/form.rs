//! The form's page and the review.

use std::collections::{BTreeMap, BTreeSet};

use procedures::{DocumentRule, Field, FieldKind, FieldOption, Form, NONE, Page, Prefill, Street};
use wording::{Arg, Language, format};

use super::{Presenter, count};
use crate::form::doubt;
use crate::state::Filing;
use crate::view::{
    Capitals, Choice, Control, Doubt, FieldFault, FieldView, FileRow, FormView, Keys, Offer, Part, ReviewRow,
    ReviewSection, Screen,
};

/// Most streets that are suggested (S17).
const MOST_STREETS: usize = 7;

/// The page that is shown, for its fields.
struct Shown<'a> {
    form: &'a Form,
    filing: &'a Filing,
    /// What earlier pages tell that this one may ask again.
    before: BTreeMap<Prefill, String>,
    show_faults: bool,
}

impl Presenter<'_> {
    pub(super) fn form(&self, id: &str, show_faults: bool) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let pages = procedure.form.pages(&filing.answers);
        let Some(at) = pages.iter().position(|page| page.id == id) else { return self.home() };
        let Some(page) = pages.get(at) else { return self.home() };
        let faults = if show_faults {
            procedure.form.validate_page(id, &filing.answers, &self.today())
        } else {
            Vec::new()
        };
        let before = before(filing, &pages, at);
        let shown = Shown { form: &procedure.form, filing, before, show_faults };
        let fields: Vec<FieldView> = procedure
            .form
            .fields(id, &filing.answers)
            .into_iter()
            .filter(|field| asked_here(filing, page, field))
            .map(|field| {
                let fault = faults.iter().find(|fault| fault.field == field.id).map(|fault| FieldFault {
                    code: fault.code.to_owned(),
                    text: fault.say(&procedure.form, self.environment.wording, self.state.language),
                });
                // A file that could not be taken says more than that the answer is missing.
                let refused = filing.file_faults.get(&field.id);
                let refused = refused.map(|fault| self.field_fault(field, fault.code, &fault.args));
                self.field(&shown, field, refused.or(fault))
            })
            .collect();
        let (step, steps) = step(&pages, at);
        Screen::Form(FormView {
            page: page.id.clone(),
            step,
            steps,
            part: part(&pages, page),
            heading: self.text(&page.heading),
            help: page.help.as_ref().map(|help| self.text(help)),
            show_faults: show_faults
                && fields.iter().any(|field| field.fault.is_some() || field.doubt.is_some()),
            fields,
        })
    }

    fn field(&self, shown: &Shown<'_>, field: &Field, fault: Option<FieldFault>) -> FieldView {
        let (form, answers) = (shown.form, &shown.filing.answers);
        let computed = field.kind == FieldKind::Computed;
        let value = if computed || !field.editable {
            form.answer_in_words(field, answers, self.state.language).unwrap_or_default()
        } else {
            answers.get(&field.id).cloned().unwrap_or_default()
        };
        let before = self.before(shown, field);
        let as_before = before.as_ref().is_some_and(|before| field.is_same(&value, before));
        let source = match field.prefill {
            _ if value.is_empty() => None,
            Some(known) if known.is_card() => Some("source-card"),
            _ => as_before.then_some("source-session"),
        };
        FieldView {
            id: field.id.clone(),
            control: self.control(shown.filing, field, &value),
            label: self.text(&field.label),
            hint: field.hint.as_ref().map(|hint| self.text(hint)),
            optional: may_be_empty(field) && !form.is_required(field, answers),
            source: source.map(str::to_owned),
            editable: field.editable,
            sensitive: field.sensitive,
            offer: before
                .filter(|_| value.is_empty())
                .map(|value| Offer { text: self.offered(form, field, &value), value }),
            doubt: self.doubt(shown, field).filter(|_| fault.is_none()),
            fault,
            value,
        }
    }

    /// What was answered before to what this field asks: on an earlier page, else in an earlier filing of this session.
    fn before(&self, shown: &Shown<'_>, field: &Field) -> Option<String> {
        let known = field.prefill.filter(|known| !known.is_card() && field.editable)?;
        shown.before.get(&known).or_else(|| self.state.remembered.get(&known)).cloned()
    }

    /// An earlier answer as it may stand on a screen that others see.
    fn offered(&self, form: &Form, field: &Field, value: &str) -> String {
        if !field.sensitive && field.kind != FieldKind::Iban {
            return form.said(field, value, self.state.language);
        }
        let length = value.chars().count();
        let last: String = value.chars().skip(length.saturating_sub(4).max(1)).collect();
        format!("•••• {last}")
    }

    fn doubt(&self, shown: &Shown<'_>, field: &Field) -> Option<Doubt> {
        let answer = shown.filing.answers.get(&field.id);
        let meant = doubt(shown.filing, field, answer).filter(|_| shown.show_faults)?;
        let text = self.say("doubt-email", &[("meant", Arg::Text(meant.clone()))]);
        Some(Doubt { code: "doubt.email".to_owned(), text, meant })
    }

    fn field_fault(&self, field: &Field, code: &str, args: &[(String, String)]) -> FieldFault {
        let label = self.text(&field.label);
        let mut given = vec![("label", Arg::Text(label))];
        given.extend(args.iter().map(|(name, value)| {
            (name.as_str(), value.parse().map_or_else(|_| Arg::Text(value.clone()), Arg::Number))
        }));
        FieldFault { code: code.to_owned(), text: self.say(&code.replace('.', "-"), &given) }
    }

    fn control(&self, filing: &Filing, field: &Field, value: &str) -> Control {
        let max_chars = field.max_chars();
        let text = |keys, capitals| written(max_chars, keys, capitals, &[], None);
        let code = |keys, groups| written(max_chars, keys, Capitals::All, groups, None);
        let amount = |unit| written(max_chars, Keys::Digits, Capitals::None, &[], Some(unit));
        match field.kind {
            FieldKind::Name | FieldKind::Text => text(Keys::Letters, Capitals::First),
            FieldKind::Street => self.street(value, max_chars),
            FieldKind::LongText => Control::LongText { max_chars },
            FieldKind::Nif => code(Keys::Letters, &[8, 1]),
            FieldKind::Iban => code(Keys::Letters, &[4]),
            FieldKind::Cadastral => code(Keys::Letters, &[7, 7, 4, 2]),
            FieldKind::Passport | FieldKind::Plate | FieldKind::Vin => code(Keys::Letters, &[]),
            FieldKind::Email => text(Keys::Email, Capitals::None),
            FieldKind::Phone => written(max_chars, Keys::Digits, Capitals::None, &[3], None),
            FieldKind::Chip => code(Keys::Digits, &[3]),
            FieldKind::Nss => code(Keys::Digits, &[2, 8, 2]),
            FieldKind::PostalCode | FieldKind::Number => text(Keys::Digits, Capitals::None),
            FieldKind::Area => amount("m²"),
            FieldKind::Percent => amount("%"),
            FieldKind::Money => amount("€"),
            FieldKind::Date => Control::Date,
            FieldKind::Time => Control::Time,
            FieldKind::Choice | FieldKind::YesNo => Control::Choice { options: self.options(field) },
            FieldKind::Multiple => {
                let (none, options) =
                    self.options(field).into_iter().partition::<Vec<_>, _>(|option| option.id == NONE);
                Control::Multiple { options, none: none.into_iter().next() }
            }
            FieldKind::Statement => Control::Statement,
            FieldKind::Consent => Control::Consent,
            FieldKind::Document => self.document(filing, field),
            FieldKind::Computed => Control::Computed,
        }
    }

    fn options(&self, field: &Field) -> Vec<Choice> {
        let choice = |option: &FieldOption| Choice { id: option.id.clone(), label: self.text(&option.label) };
        field.options.iter().map(choice).collect()
    }

    /// Streets by the names that they have in the language of the screen; none once one has been taken.
    fn street(&self, typed: &str, max_chars: u32) -> Control {
        let name = |street: &Street| match self.state.language {
            Language::CaValencia => street.va.clone(),
            Language::Es | Language::En => street.es.clone(),
        };
        let found = self.environment.catalogue.streets().suggest(typed, MOST_STREETS);
        let taken = found.iter().any(|street| street.va == typed || street.es == typed);
        let suggestions = if taken { Vec::new() } else { found.into_iter().map(name).collect() };
        Control::Street { max_chars, suggestions }
    }

    fn document(&self, filing: &Filing, field: &Field) -> Control {
        let rule = self
            .environment
            .catalogue
            .get(&filing.procedure)
            .and_then(|procedure| procedure.document(field.document.as_deref()?));
        let kinds = rule.map(|rule| rule.kinds()).unwrap_or_default();
        let mut files: Vec<FileRow> = filing
            .files
            .iter()
            .filter(|file| rule.is_some_and(|rule| may_be(&file.name, rule)))
            .map(|file| self.file_row(file))
            .collect();
        if let Some(taken) = filing.documents.get(&field.id) {
            // What has been taken stands first and is the answer, whether or not the stick is still there.
            files.retain(|file| file.name != taken.name);
            files.insert(
                0,
                FileRow {
                    id: taken.sha256.clone(),
                    name: taken.name.clone(),
                    size: format::size(self.state.language, taken.bytes),
                    date: None,
                },
            );
        }
        let first = rule.and_then(|rule| rule.field.as_deref());
        Control::Document {
            files,
            kinds,
            max_mb: rule.map_or(0, |rule| rule.max_mb),
            further: field.id.starts_with("doc-") && first.is_some_and(|first| first != field.id),
        }
    }

    pub(super) fn review(&self, document_shown: bool) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let named = |sha256: &str| {
            let file = filing.documents.values().find(|file| file.sha256 == sha256)?;
            Some(format!("{} ({})", file.name, format::size(self.state.language, file.bytes)))
        };
        let answered = |id: &str| filing.answers.get(id).is_some_and(|answer| !answer.is_empty());
        let sensitive: BTreeSet<&str> = procedure
            .form
            .all_fields()
            .filter(|field| field.sensitive && answered(&field.id))
            .map(|field| field.id.as_str())
            .collect();
        let sections = procedure
            .form
            .review_with(&filing.answers, self.state.language, named)
            .into_iter()
            .map(|section| ReviewSection {
                page: section.page,
                heading: section.heading,
                rows: section
                    .rows
                    .into_iter()
                    .map(|row| ReviewRow {
                        sensitive: sensitive.contains(row.field.as_str()),
                        label: row.label,
                        answer: row.answer,
                    })
                    .collect(),
            })
            .collect();
        Screen::Review { sections, pages: filing.pages.clone(), document_shown }
    }
}

/// What is told on the pages before one that other questions may ask again.
fn before(filing: &Filing, pages: &[&Page], at: usize) -> BTreeMap<Prefill, String> {
    let Some((here, earlier)) = pages.get(..=at).and_then(<[_]>::split_last) else { return BTreeMap::new() };
    let mut said = BTreeMap::new();
    // Another item of the group is somebody or something else.
    for page in earlier.iter().filter(|page| page.item.is_none() || page.item == here.item) {
        for field in &page.fields {
            if let (Some(known), Some(answer)) = (field.prefill, filing.answers.get(&field.id))
                && !answer.is_empty()
            {
                said.insert(known, answer.clone());
            }
        }
    }
    said
}

/// Which step a page is, from 1, and how many there are: a group is one, whatever it has in it, and so are the documents.
pub(super) fn step(pages: &[&Page], at: usize) -> (u32, u32) {
    let begins = |number: usize| {
        let document =
            |at: Option<usize>| at.and_then(|at| pages.get(at)).is_some_and(|page| page.document.is_some());
        let goes_on = document(Some(number)) && document(number.checked_sub(1));
        pages.get(number).is_some_and(|page| page.item.is_none()) && !goes_on
    };
    let steps = |until: usize| count((0..until).filter(|number| begins(*number)).count());
    (steps(at + 1), steps(pages.len()))
}

/// Which of the pages about the same item a page is.
fn part(pages: &[&Page], page: &Page) -> Option<Part> {
    let item = page.item.as_ref()?;
    let together = pages.iter().filter(|other| other.item.as_ref() == Some(item));
    let at = together.clone().position(|other| other.id == page.id)?;
    let of = count(together.count());
    (of > 1).then(|| Part { at: count(at + 1), of })
}

/// Whether it makes sense to say of a field that it may be left empty.
fn may_be_empty(field: &Field) -> bool {
    field.kind != FieldKind::Computed && field.editable
}

fn written(max_chars: u32, keys: Keys, capitals: Capitals, groups: &[u32], unit: Option<&str>) -> Control {
    Control::Text { max_chars, keys, capitals, groups: groups.to_vec(), unit: unit.map(str::to_owned) }
}

/// On the page of a document the way of giving it has been chosen before, and the place of one more file comes after
/// the file before it.
fn asked_here(filing: &Filing, page: &Page, field: &Field) -> bool {
    if page.document.is_none() {
        return true;
    }
    let files = page.fields.iter().filter(|field| field.kind == FieldKind::Document);
    let before = files.take_while(|found| found.id != field.id).last();
    match field.kind {
        FieldKind::Choice => false,
        FieldKind::Document => {
            before.is_none_or(|before| filing.documents.contains_key(&before.id))
                || filing.documents.contains_key(&field.id)
        }
        _ => true,
    }
}

/// Whether a file's name promises a kind that is accepted; what it is, its content says once it is taken.
fn may_be(name: &str, rule: &DocumentRule) -> bool {
    let extension =
        name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let extension = if extension == "jpeg" { "jpg" } else { extension.as_str() };
    rule.formats.iter().any(|format| format.extension() == extension)
}
