//! The form's page and the review.

use procedures::{DocumentRule, Field, FieldKind, Page, Today};
use wording::{Arg, format};

use super::{Presenter, count};
use crate::documents::step_of;
use crate::state::Filing;
use crate::view::{
    Capitals, Choice, Control, FieldFault, FieldView, FileRow, FormView, Keys, ReviewRow, ReviewSection,
    Screen,
};

impl Presenter<'_> {
    pub(super) fn form(&self, id: &str, show_faults: bool) -> Screen {
        let Some((filing, procedure)) = self.filing() else { return self.home() };
        let pages = procedure.form.pages(&filing.answers);
        let Some(page) = pages.iter().find(|page| page.id == id) else { return self.home() };
        let (step, steps) = step_of(&pages, id);
        let today = self.official(self.now).date();
        let faults = if show_faults {
            procedure.form.validate_page(id, &filing.answers, &Today(today))
        } else {
            Vec::new()
        };
        let fields = procedure
            .form
            .fields(id, &filing.answers)
            .into_iter()
            .filter(|field| asked_here(filing, page, field))
            .map(|field| {
                // A file that could not be taken says more than that the answer is missing.
                let refused =
                    filing.file_faults.get(&field.id).map(|fault| (fault.code, fault.args.as_slice()));
                let fault = refused.or_else(|| {
                    faults
                        .iter()
                        .find(|fault| fault.field == field.id)
                        .map(|fault| (fault.code, fault.args.as_slice()))
                });
                let mut view = self.field(filing, field, fault);
                // A rule between several answers has its words in the catalogue.
                let rule = faults.iter().find(|fault| fault.field == field.id);
                let words = rule.and_then(|fault| fault.rule(&procedure.form, self.state.language));
                if let (Some(shown), Some(words)) = (&mut view.fault, words) {
                    words.clone_into(&mut shown.text);
                }
                view
            })
            .collect();
        Screen::Form(FormView {
            page: page.id.clone(),
            step: count(step),
            steps: count(steps),
            heading: self.text(&page.heading),
            help: page.help.as_ref().map(|help| self.text(help)),
            fields,
            show_faults: !faults.is_empty(),
        })
    }

    fn field(&self, filing: &Filing, field: &Field, fault: Option<(&str, &[(String, String)])>) -> FieldView {
        let value = filing.answers.get(&field.id).cloned().unwrap_or_default();
        FieldView {
            id: field.id.clone(),
            control: self.control(filing, field),
            label: self.text(&field.label),
            hint: field.hint.as_ref().map(|hint| self.text(hint)),
            optional: !field.required,
            source: field
                .prefill
                .filter(|known| known.is_card() && !value.is_empty())
                .map(|_| "source-card".to_owned()),
            value,
            editable: field.editable,
            fault: fault.map(|(code, args)| self.field_fault(field, code, args)),
        }
    }

    fn field_fault(&self, field: &Field, code: &str, args: &[(String, String)]) -> FieldFault {
        let label = self.text(&field.label);
        let mut given = vec![("label", Arg::Text(label))];
        given.extend(args.iter().map(|(name, value)| {
            (name.as_str(), value.parse().map_or_else(|_| Arg::Text(value.clone()), Arg::Number))
        }));
        FieldFault { code: code.to_owned(), text: self.say(&code.replace('.', "-"), &given) }
    }

    fn control(&self, filing: &Filing, field: &Field) -> Control {
        let max_chars = field.max_chars();
        let text = |keys, capitals| Control::Text { max_chars, keys, capitals };
        match field.kind {
            FieldKind::Name => text(Keys::Letters, Capitals::First),
            FieldKind::Text | FieldKind::Street => text(Keys::Letters, Capitals::First),
            FieldKind::LongText => Control::LongText { max_chars },
            FieldKind::Nif
            | FieldKind::Passport
            | FieldKind::Iban
            | FieldKind::Cadastral
            | FieldKind::Plate
            | FieldKind::Vin => text(Keys::Letters, Capitals::All),
            FieldKind::Email => text(Keys::Email, Capitals::None),
            FieldKind::Phone
            | FieldKind::PostalCode
            | FieldKind::Number
            | FieldKind::Area
            | FieldKind::Percent
            | FieldKind::Money
            | FieldKind::Time
            | FieldKind::Chip
            | FieldKind::Nss
            | FieldKind::Computed => text(Keys::Digits, Capitals::None),
            FieldKind::Date => Control::Date,
            FieldKind::Choice | FieldKind::YesNo | FieldKind::Multiple => Control::Choice {
                options: field
                    .options
                    .iter()
                    .map(|option| Choice { id: option.id.clone(), label: self.text(&option.label) })
                    .collect(),
            },
            FieldKind::Statement | FieldKind::Consent => Control::Statement,
            FieldKind::Document => self.document(filing, field),
        }
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
                    .map(|row| ReviewRow { label: row.label, answer: row.answer })
                    .collect(),
            })
            .collect();
        Screen::Review { sections, pages: filing.pages.clone(), document_shown }
    }
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
