//! What a right answer is. Answers are normalised first, so that nobody is sent back for a space or a hyphen.

use jiff::civil::Date;

use crate::form::{Answers, Asked, Field, FieldKind, Form, Page};
use crate::ids::{self, CadastralFault, IbanFault, NifFault, PlateKind};
use crate::number::Decimal;
use crate::{Fault, dates};

/// Today's date at the town hall, by the official time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today(pub Date);

/// Years in which a date of a form can lie: nobody alive was born before the first.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

impl Form {
    /// Everything to mend on one page, in the order of its fields; nothing if the page is not asked.
    #[must_use]
    pub fn validate_page(&self, page: &str, answers: &Answers, today: &Today) -> Vec<Fault> {
        self.faults(answers, today, |asked| asked.id == page)
    }

    /// Everything to mend in the whole form, in its order.
    #[must_use]
    pub fn validate(&self, answers: &Answers, today: &Today) -> Vec<Fault> {
        self.faults(answers, today, |_| true)
    }

    fn faults(&self, answers: &Answers, today: &Today, wanted: impl Fn(&Page) -> bool) -> Vec<Fault> {
        let asked = self.asked(answers);
        let mut faults = Vec::new();
        for (_, fields) in asked.pages.iter().filter(|(page, _)| wanted(page)) {
            for field in fields {
                match self.fault(field, &asked, today) {
                    Some(fault) => faults.push(fault),
                    None => faults.extend(self.broken(field, &asked, today)),
                }
            }
        }
        faults
    }

    /// The first rule between several answers that is not kept and is told at this field. It is told only where each
    /// answer by itself is right, and only when all that it looks at is answered.
    fn broken(&self, field: &Field, asked: &Asked<'_>, today: &Today) -> Option<Fault> {
        let env = asked.env(Some(today.0));
        let mut checks = self.checks.iter().filter(|check| check.field == field.id);
        let broken = checks.find(|check| {
            check.when.as_ref().is_none_or(|when| env.holds(when) == Some(true))
                && env.holds(&check.holds) == Some(false)
                && check.holds.fields().into_iter().all(|id| self.is_right(id, asked, today))
        })?;
        Some(Fault::of_check(field, broken))
    }

    fn is_right(&self, id: &str, asked: &Asked<'_>, today: &Today) -> bool {
        let mut fields = asked.pages.iter().flat_map(|(_, fields)| fields);
        fields.find(|field| field.id == id).is_none_or(|field| self.fault(field, asked, today).is_none())
    }

    fn fault(&self, field: &Field, asked: &Asked<'_>, today: &Today) -> Option<Fault> {
        if field.kind == FieldKind::Computed {
            return None;
        }
        let answer = asked.given.get(field.id.as_str()).map_or("", String::as_str);
        let no_date = field.kind == FieldKind::Date && answer.chars().all(|c| c == '/');
        if answer.is_empty() || no_date {
            return asked.requires(field).then(|| Fault::new(&field.id, code_when_empty(field.kind)));
        }
        let found = answer.chars().count();
        if found > usize::try_from(field.max_chars()).unwrap_or(usize::MAX) {
            return Some(
                Fault::new(&field.id, "field.too-long").with("max", field.max_chars()).with("found", found),
            );
        }
        match field.kind {
            FieldKind::PostalCode => postal_code(field, answer),
            FieldKind::Number | FieldKind::Area | FieldKind::Percent | FieldKind::Money => {
                number(field, answer)
            }
            FieldKind::Date => self.date(field, answer, today),
            _ => code_of(field, answer).map(|code| Fault::new(&field.id, code)),
        }
    }

    fn date(&self, field: &Field, answer: &str, today: &Today) -> Option<Fault> {
        let date = match calendar_date(answer) {
            Ok(date) => date,
            Err(code) => return Some(Fault::new(&field.id, code)),
        };
        let limit = |limit: Option<dates::Limit>| Some(limit?.on(today.0, &self.calendar));
        if let Some(first) = limit(field.earliest).filter(|first| date < *first) {
            let fault = |code| Fault::new(&field.id, code);
            return Some(if first == today.0 {
                fault("field.date.past")
            } else {
                fault("field.date.early").with("day", dates::write(first))
            });
        }
        if let Some(last) = limit(field.latest).filter(|last| date > *last) {
            let fault = |code| Fault::new(&field.id, code);
            return Some(if last == today.0 {
                fault("field.date.future")
            } else {
                fault("field.date.late").with("day", dates::write(last))
            });
        }
        (field.working_day && !self.calendar.is_working(date))
            .then(|| Fault::new(&field.id, "field.date.working"))
    }
}

/// What is wrong with an answer that its kind alone decides.
fn code_of(field: &Field, answer: &str) -> Option<&'static str> {
    let unless = |right: bool, code: &'static str| (!right).then_some(code);
    match field.kind {
        FieldKind::Name => unless(answer.chars().any(char::is_alphabetic), "field.name"),
        FieldKind::Street => unless(answer.chars().any(char::is_alphabetic), "field.street"),
        FieldKind::Nif => nif(field, answer),
        FieldKind::Passport => unless(ids::is_passport(answer), "field.passport"),
        FieldKind::Email => unless(is_email(answer), "field.email"),
        FieldKind::Phone => unless(is_phone(answer), "field.phone"),
        FieldKind::Iban => iban(field, answer),
        FieldKind::Cadastral => match ids::check_cadastral(answer) {
            Ok(()) => None,
            Err(CadastralFault::Shape) => Some("field.cadastral.shape"),
            Err(CadastralFault::Control) => Some("field.cadastral.control"),
        },
        FieldKind::Plate => plate(field, answer),
        FieldKind::Vin => unless(ids::is_vin(answer), "field.vin"),
        FieldKind::Chip => unless(ids::check_chip(answer), "field.chip"),
        FieldKind::Nss => unless(ids::check_nss(answer), "field.nss"),
        FieldKind::Time => unless(is_time(answer), "field.time"),
        FieldKind::Choice | FieldKind::YesNo => {
            unless(field.options.iter().any(|o| o.id == answer), "field.choice")
        }
        FieldKind::Multiple => multiple(field, answer),
        FieldKind::Statement => unless(answer == "yes", "field.statement"),
        FieldKind::Consent => unless(matches!(answer, "yes" | "no"), "field.choice"),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Document
        | FieldKind::Computed
        | FieldKind::PostalCode
        | FieldKind::Number
        | FieldKind::Area
        | FieldKind::Percent
        | FieldKind::Money
        | FieldKind::Date => None,
    }
}

pub(crate) fn code_when_empty(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice | FieldKind::YesNo => "field.choice",
        FieldKind::Multiple => "field.multiple",
        FieldKind::Statement | FieldKind::Consent => "field.statement",
        FieldKind::Document => "field.document",
        _ => "field.required",
    }
}

fn nif(field: &Field, answer: &str) -> Option<&'static str> {
    let accepts = &field.accepts;
    let natural = accepts.dni || accepts.nie || accepts.special;
    let first = answer.chars().next().unwrap_or_default();
    if accepts.entity && (!natural || "ABCDEFGHJNPQRSUVW".contains(first)) {
        return (!ids::check_entity(answer)).then_some(if natural {
            "field.nif.any"
        } else {
            "field.nif.entity"
        });
    }
    match ids::check_nif(answer) {
        Err(NifFault::Letter) => Some("field.nif.letter"),
        Err(NifFault::Shape) => Some(if accepts.entity { "field.nif.any" } else { "field.nif.shape" }),
        Ok(()) => {
            let taken = match first {
                'X' | 'Y' | 'Z' => accepts.nie,
                'K' | 'L' | 'M' => accepts.special,
                _ => accepts.dni,
            };
            (!taken).then_some("field.nif.kind")
        }
    }
}

fn iban(field: &Field, answer: &str) -> Option<&'static str> {
    match ids::check_iban(answer) {
        Ok(()) if answer.starts_with("ES") || field.accepts.foreign_accounts => None,
        Ok(()) | Err(IbanFault::Country) => Some("field.iban.country"),
        Err(IbanFault::Shape) => Some("field.iban.shape"),
        Err(IbanFault::Control) => Some("field.iban.control"),
    }
}

fn plate(field: &Field, answer: &str) -> Option<&'static str> {
    let accepts = &field.accepts.plates;
    match ids::plate_kind(answer) {
        Some(kind) if accepts.contains(&kind) => None,
        // A plate of Spain may look like one of another country too.
        Some(_) if accepts.contains(&PlateKind::Foreign) => None,
        _ => Some("field.plate"),
    }
}

fn multiple(field: &Field, answer: &str) -> Option<&'static str> {
    let chosen: Vec<&str> = answer.split(',').collect();
    if !chosen.iter().all(|id| field.options.iter().any(|o| o.id == *id)) {
        return Some("field.multiple");
    }
    (chosen.len() > 1 && chosen.contains(&crate::NONE)).then_some("field.multiple.none")
}

fn is_time(answer: &str) -> bool {
    let Some((hours, minutes)) = answer.split_once(':') else { return false };
    let within = |text: &str, most: u8| {
        text.len() == 2
            && text.bytes().all(|b| b.is_ascii_digit())
            && text.parse().is_ok_and(|n: u8| n <= most)
    };
    within(hours, 23) && within(minutes, 59)
}

/// One `@`, something before it, and after it a domain with a dot. Whether it exists only a message can tell.
fn is_email(answer: &str) -> bool {
    let Some((local, domain)) = answer.split_once('@') else { return false };
    let local_fits = !local.is_empty()
        && local.chars().count() <= 64
        && !local.contains(['(', ')', '<', '>', '[', ']', ',', ';', ':', '\\', '"']);
    let label_fits = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last_is_a_name = domain
        .rsplit_once('.')
        .is_some_and(|(_, last)| last.chars().count() >= 2 && last.chars().any(char::is_alphabetic));
    local_fits && last_is_a_name && domain.split('.').all(label_fits)
}

/// E.164; of Spanish numbers, mobiles and landlines.
fn is_phone(answer: &str) -> bool {
    let Some(digits) = answer.strip_prefix('+') else { return false };
    if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
        return false;
    }
    match digits.strip_prefix("34") {
        Some(national) => national.len() == 9 && national.starts_with(['6', '7', '8', '9']),
        None => (7..=15).contains(&digits.len()),
    }
}

fn postal_code(field: &Field, answer: &str) -> Option<Fault> {
    if !ids::is_postal_code(answer) {
        return Some(Fault::new(&field.id, "field.postal-code"));
    }
    if field.postal_codes.is_empty() || field.postal_codes.iter().any(|code| code == answer) {
        return None;
    }
    Some(Fault::new(&field.id, "field.postal-code.town").with("codes", field.postal_codes.join(", ")))
}

fn number(field: &Field, answer: &str) -> Option<Fault> {
    let fault = |code| Fault::new(&field.id, code);
    let places = field.decimals();
    let written = Decimal::of_answer(answer).filter(|_| !answer.starts_with('-'));
    let Some(number) = written.filter(|number| places > 0 || number.places() == 0) else {
        return Some(fault(match field.kind {
            FieldKind::Money => "field.money",
            _ if places > 0 => "field.decimal",
            _ => "field.number",
        }));
    };
    if number.places() > usize::from(places) {
        return Some(fault("field.decimals").with("places", places));
    }
    if let Some(min) = field.min.filter(|min| number < *min) {
        return Some(fault("field.number.low").with("min", min.to_answer(0)));
    }
    let max = field.max.filter(|max| number > *max)?;
    Some(fault("field.number.high").with("max", max.to_answer(0)))
}

fn calendar_date(answer: &str) -> Result<Date, &'static str> {
    let mut parts = answer.split('/');
    let mut next = || parts.next().filter(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    let (Some(day), Some(month), Some(year)) = (next(), next(), next()) else {
        return Err("field.date.incomplete");
    };
    if parts.next().is_some() {
        return Err("field.date.incomplete");
    }
    let Some(year) = year.parse::<i16>().ok().filter(|y| YEARS.contains(y) && year.len() == 4) else {
        return Err("field.date.year");
    };
    let day_and_month = day.parse().ok().zip(month.parse().ok());
    day_and_month.and_then(|(day, month)| Date::new(year, month, day).ok()).ok_or("field.date.impossible")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_any_ending_are_taken() {
        for good in [
            "a@b.es",
            "maria.peris+padro@correu.exemple.technology",
            "o'connor@exemple.cat",
            "ñandú@peñíscola.es",
            "x@xn--pescola-9za.es",
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "", "a", "a@", "@b.es", "a@b", "a@b.", "a@.es", "a@b..es", "a@@b.es", "a@b@c.es", "a@b.c",
            "a@-b.es", "a@1.22", "a,b@c.es",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn spanish_and_foreign_phones_are_taken() {
        for good in [
            "+34600123456",
            "+34712345678",
            "+34963990370",
            "+34812345678",
            "+4915112345678",
            "+12025550123",
            "+3761234567",
        ] {
            assert!(is_phone(good), "{good}");
        }
        for bad in [
            "",
            "600123456",
            "+34500123456",
            "+3460012345",
            "+346001234567",
            "+0123456789",
            "+1",
            "+1234567890123456",
            "+34abc",
        ] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
