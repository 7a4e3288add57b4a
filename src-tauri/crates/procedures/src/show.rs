//! A procedure as text: the sheet, and the form's steps as a person meets them. For who writes it.

use std::fmt::Write as _;

use wording::{Language, Text, Wording};

use crate::catalogue::Catalogue;
use crate::citizen::{self, KNOWN};
use crate::form::{Field, FieldKind, Form};
use crate::procedure::{Deadline, DocumentNeed, FeeKind, Procedure};
use crate::{Today, limits};

/// The sheet and every step of the form, with the answers of one generated citizen in the review.
#[must_use]
pub fn procedure(
    catalogue: &Catalogue,
    procedure: &Procedure,
    wording: &Wording,
    language: Language,
    today: &Today,
) -> String {
    let mut text = String::new();
    sheet(&mut text, catalogue, procedure, wording, language);
    form(&mut text, &procedure.form, language);
    review(&mut text, procedure, language, today);
    text
}

fn line(text: &mut String, label: &str, words: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{label:<16} {words}");
}

fn sheet(text: &mut String, catalogue: &Catalogue, shown: &Procedure, wording: &Wording, language: Language) {
    let say = |words: &Text| words.in_language(language).to_owned();
    let _ = writeln!(
        text,
        "{}\n{}\n",
        say(&shown.name),
        "=".repeat(shown.name.in_language(language).chars().count())
    );
    let _ = writeln!(text, "{}\n", say(&shown.summary));
    line(text, "for what", &say(&shown.purpose));
    line(text, "who", &say(&shown.who_may));
    for words in &shown.requirements {
        line(text, "requirement", &say(words));
    }
    for words in &shown.you_will_need {
        line(text, "you will need", &say(words));
    }
    line(text, "minutes", &shown.minutes.to_string());
    for document in &shown.documents {
        let need = match document.need {
            DocumentNeed::Required => "needed",
            DocumentNeed::Conditional => "in some cases",
            DocumentNeed::Optional => "if you wish",
            DocumentNeed::Consulted => "we look it up",
        };
        let words = format!("{} ({need}; {}, {} MB)", say(&document.name), document.kinds(), document.max_mb);
        line(text, "document", &words);
    }
    line(text, "fee", &wording.say(language, shown.fee.message_id(), &[]));
    if let FeeKind::Table(rows) = &shown.fee.kind {
        for row in rows {
            line(text, "", &format!("{}: {} €", say(&row.text), row.amount.to_answer(2)));
        }
    }
    for exemption in &shown.fee.exemptions {
        line(text, "does not pay", &say(&exemption.text));
    }
    if let Deadline::Told(words) | Deadline::Yearly { text: words, .. } = &shown.deadline {
        line(text, "when", &say(words));
    }
    line(text, "months", &shown.term.months.to_string());
    line(text, "silence", &format!("{:?}. {}", shown.silence, say(&shown.silence_reason)));
    line(text, "result", &say(&shown.result));
    for words in &shown.appeals {
        line(text, "appeal", &say(words));
    }
    let unit = catalogue.unit(&shown.unit).map(|unit| say(&unit.name)).unwrap_or_default();
    line(text, "unit", &unit);
    for words in &shown.legal_basis {
        line(text, "law", &say(words));
    }
    for consultation in &shown.consults {
        line(text, "looked up", &say(&consultation.text));
    }
    for declaration in &shown.declarations {
        line(text, "declaration", &say(&declaration.text));
    }
    for words in &shown.to_confirm_by_clerk {
        line(text, "to confirm", words);
    }
}

fn form(text: &mut String, form: &Form, language: Language) {
    let pages: Vec<_> = form
        .all_pages()
        .iter()
        .filter(|page| page.item.as_ref().is_none_or(|item| item.number == 1))
        .collect();
    for (place, page) in pages.iter().enumerate() {
        let _ = writeln!(text, "\n{}. {}   [{}]", place + 1, page.heading.in_language(language), page.id);
        if let Some(condition) = &page.visible_if {
            let _ = writeln!(text, "   only if {condition}");
        }
        if let Some(help) = &page.help {
            let _ = writeln!(text, "   {}", help.in_language(language));
        }
        for field in &page.fields {
            self::field(text, field, language);
        }
    }
    for check in form.checks() {
        let _ = writeln!(
            text,
            "\ncheck at {}: {}\n   {}",
            check.field,
            check.holds,
            check.text.in_language(language)
        );
    }
}

fn field(text: &mut String, field: &Field, language: Language) {
    let mark = match (&field.required_if, field.required) {
        (Some(condition), _) => format!("needed if {condition}"),
        (None, true) => "needed".to_owned(),
        (None, false) if field.kind == FieldKind::Computed => "computed".to_owned(),
        (None, false) => "optional".to_owned(),
    };
    let _ = writeln!(
        text,
        "   - {}   [{} {:?}, {mark}]",
        field.label.in_language(language),
        field.id,
        field.kind
    );
    if let Some(condition) = &field.visible_if {
        let _ = writeln!(text, "       only if {condition}");
    }
    if let Some(hint) = &field.hint {
        let _ = writeln!(text, "       {}", hint.in_language(language));
    }
    if let Some(formula) = &field.formula {
        let _ = writeln!(text, "       = {formula}");
    }
    if field.kind != FieldKind::YesNo {
        for option in &field.options {
            let _ = writeln!(text, "       ( ) {}   [{}]", option.label.in_language(language), option.id);
        }
    }
}

fn review(text: &mut String, shown: &Procedure, language: Language, today: &Today) {
    let Ok(answers) = citizen::answers(&shown.form, &KNOWN, today, 7) else {
        let _ = writeln!(text, "\nnobody can fill in this form");
        return;
    };
    let _ = writeln!(text, "\nAn example, as it is reviewed:");
    for section in shown.form.review(&answers, language) {
        let _ = writeln!(text, "  {}", section.heading);
        for row in section.rows {
            line(text, "", &format!("{}: {}", row.label, row.answer.replace('\n', " / ")));
        }
    }
    let _ = writeln!(text, "\nfee: {:?}", shown.fee_due(&answers));
    let abstract_ = shown.abstract_of(&answers, language);
    let _ = writeln!(
        text,
        "registry ({} of {} characters): {abstract_}",
        abstract_.chars().count(),
        limits::SICRES_ABSTRACT
    );
}
