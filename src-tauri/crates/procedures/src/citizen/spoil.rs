//! Each answer spoilt in the ways that its field must tell apart.

use jiff::ToSpan as _;

use crate::Today;
use crate::dates;
use crate::form::{Field, FieldKind, Form};
use crate::ids::PlateKind;
use crate::number::Decimal;
use crate::validate::code_when_empty;

/// A wrong answer and what it must be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoilt {
    /// The answer.
    pub answer: String,
    /// The code of the fault.
    pub code: &'static str,
}

/// Wrong answers to a field, the empty one last if it is `required`.
#[must_use]
pub fn spoilt(form: &Form, field: &Field, required: bool, today: &Today) -> Vec<Spoilt> {
    let mut all: Vec<(String, &'static str)> =
        of_kind(field).iter().map(|(answer, code)| ((*answer).to_owned(), *code)).collect();
    if field.is_number() {
        all.extend(numbers(field));
    }
    if field.kind == FieldKind::Date {
        all.extend(days(form, field, today));
    }
    if field.kind == FieldKind::PostalCode && !field.postal_codes.is_empty() {
        let other = if field.postal_codes.iter().any(|code| code == "03001") { "28013" } else { "03001" };
        all.push((other.to_owned(), "field.postal-code.town"));
    }
    if field.kind == FieldKind::Multiple {
        let first = field.options.first().map(|o| o.id.clone()).unwrap_or_default();
        all.push((format!("{first},none"), "field.multiple.none"));
    }
    if matches!(field.kind, FieldKind::Name | FieldKind::Text | FieldKind::LongText | FieldKind::Street) {
        let most = usize::try_from(field.max_chars()).unwrap_or(0);
        all.push(("ç".repeat(most + 1), "field.too-long"));
    }
    if required {
        all.push((String::new(), code_when_empty(field.kind)));
    }
    all.into_iter().map(|(answer, code)| Spoilt { answer, code }).collect()
}

fn of_kind(field: &Field) -> &'static [(&'static str, &'static str)] {
    let accepts = &field.accepts;
    match field.kind {
        FieldKind::Name => &[("1234", "field.name"), ("...", "field.name")],
        FieldKind::Street => &[("24", "field.street")],
        FieldKind::Nif if accepts.entity && !(accepts.dni || accepts.nie) => {
            &[("B12345678", "field.nif.entity"), ("12345678Z", "field.nif.entity")]
        }
        FieldKind::Nif if accepts.entity => &[
            ("12345678A", "field.nif.letter"),
            ("12345678", "field.nif.any"),
            ("B12345678", "field.nif.any"),
        ],
        FieldKind::Nif if !accepts.nie => &[
            ("12345678A", "field.nif.letter"),
            ("12345678", "field.nif.shape"),
            ("X1234567L", "field.nif.kind"),
        ],
        FieldKind::Nif => &[
            ("12345678A", "field.nif.letter"),
            ("12345678", "field.nif.shape"),
            ("B12345674", "field.nif.shape"),
        ],
        FieldKind::Passport => &[("A1", "field.passport"), ("SENSE", "field.passport")],
        FieldKind::Email => {
            &[("nuria", "field.email"), ("nuria@correu", "field.email"), ("a@b@c.es", "field.email")]
        }
        FieldKind::Phone => {
            &[("123", "field.phone"), ("+34 500 000 000", "field.phone"), ("seixanta", "field.phone")]
        }
        FieldKind::PostalCode => {
            &[("4692", "field.postal-code"), ("53001", "field.postal-code"), ("00100", "field.postal-code")]
        }
        FieldKind::Time => &[("25:00", "field.time"), ("9:75", "field.time"), ("vesprada", "field.time")],
        FieldKind::Iban if !accepts.foreign_accounts => &[
            ("ES9121000418450200051333", "field.iban.control"),
            ("ES91", "field.iban.shape"),
            ("DE89370400440532013000", "field.iban.country"),
        ],
        FieldKind::Iban => &[
            ("ES9121000418450200051333", "field.iban.control"),
            ("ES91", "field.iban.shape"),
            ("US9121000418450200051332", "field.iban.country"),
        ],
        FieldKind::Cadastral => {
            &[("9872023VH5797S0001XW", "field.cadastral.control"), ("9872023", "field.cadastral.shape")]
        }
        FieldKind::Plate if accepts.plates.contains(&PlateKind::Foreign) => {
            &[("A", "field.plate"), ("SENSE", "field.plate")]
        }
        FieldKind::Plate => &[("1234ABC", "field.plate"), ("A", "field.plate")],
        FieldKind::Vin => &[("VSSZZZ6JZ9R12345O", "field.vin"), ("123", "field.vin")],
        FieldKind::Chip => &[("1234", "field.chip"), ("72409810012345X", "field.chip")],
        FieldKind::Nss => &[("461234567844", "field.nss"), ("46", "field.nss")],
        FieldKind::Choice | FieldKind::YesNo => &[("another", "field.choice")],
        FieldKind::Multiple => &[("another", "field.multiple")],
        FieldKind::Statement => &[("no", "field.statement")],
        FieldKind::Consent => &[("perhaps", "field.choice")],
        FieldKind::Date => &[
            ("30/02/2020", "field.date.impossible"),
            ("12//2026", "field.date.incomplete"),
            ("dimarts", "field.date.incomplete"),
            ("12/03/26", "field.date.year"),
            ("12/03/1026", "field.date.year"),
        ],
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Document
        | FieldKind::Computed
        | FieldKind::Number
        | FieldKind::Area
        | FieldKind::Percent
        | FieldKind::Money => &[],
    }
}

fn numbers(field: &Field) -> Vec<(String, &'static str)> {
    let places = field.decimals();
    let no_number = match field.kind {
        FieldKind::Money => "field.money",
        _ if places > 0 => "field.decimal",
        _ => "field.number",
    };
    let mut all = vec![("dos".to_owned(), no_number), ("-1".to_owned(), no_number)];
    all.push(match places {
        0 => ("1,5".to_owned(), "field.number"),
        _ => ("1,55555".to_owned(), "field.decimals"),
    });
    if let Some(below) = field.min.filter(|min| *min >= Decimal::ONE).and_then(|min| min.minus(Decimal::ONE))
    {
        all.push((below.to_answer(0), "field.number.low"));
    }
    if let Some(above) = field.max.and_then(|max| max.plus(Decimal::ONE)) {
        all.push((above.to_answer(0), "field.number.high"));
    }
    all
}

fn days(form: &Form, field: &Field, today: &Today) -> Vec<(String, &'static str)> {
    let on = |limit: crate::Limit| limit.on(today.0, form.calendar());
    let mut all = Vec::new();
    if let Some(first) = field.earliest.map(on) {
        let code = if first == today.0 { "field.date.past" } else { "field.date.early" };
        all.push((dates::write(first.saturating_sub(1.day())), code));
    }
    if let Some(last) = field.latest.map(on) {
        let code = if last == today.0 { "field.date.future" } else { "field.date.late" };
        all.push((dates::write(last.saturating_add(1.day())), code));
    }
    all
}
