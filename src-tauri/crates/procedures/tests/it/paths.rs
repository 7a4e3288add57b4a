//! Every way through a form, and what a right and a wrong answer to each kind is.

use jiff::civil::Date;
use procedures::{Answers, DateRule, Field, FieldKind, Form, Known, Today};

pub const TODAY: Today = Today(Date::constant(2026, 11, 20));

pub const KNOWN: Known<'static> = Known { name: "AMPARO", surnames: "MARTÍ I COL·LELL", nif: "12345678Z" };

/// Complete answers, one set for each way of answering the choices.
pub fn all(form: &Form) -> Vec<Answers> {
    let mut done = Vec::new();
    let mut open = vec![form.prefill(&KNOWN)];
    while let Some(answers) = open.pop() {
        let fields: Vec<&Field> =
            form.pages(&answers).iter().flat_map(|p| form.fields(&p.id, &answers)).collect();
        match fields.into_iter().find(|f| !answers.contains_key(&f.id)) {
            None => done.push(answers),
            Some(field) => {
                for value in right(field) {
                    let mut next = answers.clone();
                    next.insert(field.id.clone(), value);
                    open.push(next);
                }
            }
        }
    }
    done
}

/// Right answers: each of the options, or one of its kind.
pub fn right(field: &Field) -> Vec<String> {
    let one = match field.kind {
        FieldKind::Choice | FieldKind::YesNo => return field.options.iter().map(|o| o.id.clone()).collect(),
        FieldKind::Name => "Núria d'Aragó-Coll i Sebastià O’Neill",
        FieldKind::Text => "24 bis",
        FieldKind::LongText => "El fanal no fa llum.\nÉs al costat de l'escola Paral·lela.",
        FieldKind::Nif => "X-1234567-L",
        FieldKind::Email => "nuria@correu.exemple.technology",
        FieldKind::Phone => "+49 151 123 45 67",
        FieldKind::PostalCode => field.postal_codes.first().map_or("03001", String::as_str),
        FieldKind::Number => return vec![field.max.or(field.min).unwrap_or(7).to_string()],
        FieldKind::Date => match field.date {
            Some(DateRule::NotPast) => "20/11/2026",
            Some(DateRule::NotFuture) | None => "1/3/1968",
        },
        FieldKind::Statement => "yes",
        FieldKind::Document => "file-1",
    };
    vec![one.to_owned()]
}

/// What an empty answer is told when it is required.
pub fn when_empty(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice | FieldKind::YesNo => "field.choice",
        FieldKind::Statement => "field.statement",
        FieldKind::Document => "field.document",
        _ => "field.required",
    }
}

/// Wrong answers with what each is told.
pub fn wrong(field: &Field) -> Vec<(String, &'static str)> {
    let table: &[(&str, &'static str)] = match field.kind {
        FieldKind::Name => &[("1234", "field.name"), ("...", "field.name")],
        FieldKind::Text | FieldKind::LongText | FieldKind::Document => &[],
        FieldKind::Nif => &[
            ("12345678A", "field.nif.letter"),
            ("12345678", "field.nif.shape"),
            ("B12345674", "field.nif.shape"),
        ],
        FieldKind::Email => {
            &[("nuria", "field.email"), ("nuria@correu", "field.email"), ("a@b@c.es", "field.email")]
        }
        FieldKind::Phone => {
            &[("123", "field.phone"), ("+34 500 000 000", "field.phone"), ("seixanta", "field.phone")]
        }
        FieldKind::PostalCode => {
            &[("4692", "field.postal-code"), ("53001", "field.postal-code"), ("00100", "field.postal-code")]
        }
        FieldKind::Number => &[
            ("dos", "field.number"),
            ("-1", "field.number"),
            ("1,5", "field.number"),
            ("99999999999", "field.too-long"),
        ],
        FieldKind::Date => &[
            ("30/02/2020", "field.date.impossible"),
            ("29/02/2023", "field.date.impossible"),
            ("12//2026", "field.date.incomplete"),
            ("dimarts", "field.date.incomplete"),
            ("12/03/26", "field.date.year"),
            ("12/03/1026", "field.date.year"),
        ],
        FieldKind::Choice | FieldKind::YesNo => &[("another", "field.choice")],
        FieldKind::Statement => &[("no", "field.statement")],
    };
    let mut all: Vec<(String, &'static str)> = table.iter().map(|(v, c)| ((*v).to_owned(), *c)).collect();
    match field.date {
        Some(DateRule::NotFuture) => all.push(("21/11/2026".to_owned(), "field.date.future")),
        Some(DateRule::NotPast) => all.push(("19/11/2026".to_owned(), "field.date.past")),
        None => {}
    }
    if !field.postal_codes.is_empty() {
        all.push(("03001".to_owned(), "field.postal-code.town"));
    }
    if let Some(min) = field.min.filter(|m| *m > 0) {
        all.push(((min - 1).to_string(), "field.number.low"));
    }
    if let Some(max) = field.max {
        all.push(((max + 1).to_string(), "field.number.high"));
    }
    let free = matches!(field.kind, FieldKind::Name | FieldKind::Text | FieldKind::LongText);
    if free {
        all.push(("ç".repeat(field.max_chars() as usize + 1), "field.too-long"));
    }
    all
}
