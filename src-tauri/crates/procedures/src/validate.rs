//! What a right answer is. Answers are normalised first, so that nobody is sent back for a space or a hyphen.

use jiff::civil::Date;

use crate::form::{Answers, DateRule, Field, FieldKind, Form};
use crate::nif::{NifFault, check_nif};
use crate::{Fault, normalise};

/// Today's date at the town hall, by the official time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Today(pub Date);

/// Years in which a date of a form can lie: nobody alive was born before the first.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

impl Form {
    /// Everything to mend on one page, in the order of its fields; nothing if the page is not asked.
    #[must_use]
    pub fn validate_page(&self, page: &str, answers: &Answers, today: &Today) -> Vec<Fault> {
        self.fields(page, answers).into_iter().filter_map(|field| fault(field, answers, today)).collect()
    }

    /// Everything to mend in the whole form, in its order.
    #[must_use]
    pub fn validate(&self, answers: &Answers, today: &Today) -> Vec<Fault> {
        self.visible(answers)
            .into_iter()
            .flat_map(|(_, fields)| fields)
            .filter_map(|field| fault(field, answers, today))
            .collect()
    }
}

fn fault(field: &Field, answers: &Answers, today: &Today) -> Option<Fault> {
    let answer = answers.get(&field.id).map(|typed| normalise::answer(field.kind, typed)).unwrap_or_default();
    let no_date = field.kind == FieldKind::Date && answer.chars().all(|c| c == '/');
    if answer.is_empty() || no_date {
        return field.required.then(|| Fault::new(&field.id, code_when_empty(field.kind)));
    }
    let found = answer.chars().count();
    if found > usize::try_from(field.max_chars()).unwrap_or(usize::MAX) {
        return Some(
            Fault::new(&field.id, "field.too-long").with("max", field.max_chars()).with("found", found),
        );
    }
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Document => None,
        FieldKind::Name => (!answer.chars().any(char::is_alphabetic)).then_some("field.name"),
        FieldKind::Nif => match check_nif(&answer) {
            Ok(()) => None,
            Err(NifFault::Shape) => Some("field.nif.shape"),
            Err(NifFault::Letter) => Some("field.nif.letter"),
        },
        FieldKind::Email => (!is_email(&answer)).then_some("field.email"),
        FieldKind::Phone => (!is_phone(&answer)).then_some("field.phone"),
        FieldKind::PostalCode => return postal_code(field, &answer),
        FieldKind::Number => return number(field, &answer),
        FieldKind::Date => date(field, &answer, today),
        FieldKind::Choice | FieldKind::YesNo => {
            (!field.options.iter().any(|o| o.id == answer)).then_some("field.choice")
        }
        FieldKind::Statement => (answer != "yes").then_some("field.statement"),
    }
    .map(|code| Fault::new(&field.id, code))
}

fn code_when_empty(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice | FieldKind::YesNo => "field.choice",
        FieldKind::Statement => "field.statement",
        FieldKind::Document => "field.document",
        FieldKind::Name
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Nif
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::PostalCode
        | FieldKind::Number
        | FieldKind::Date => "field.required",
    }
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
    let figures = answer.len() == 5 && answer.bytes().all(|b| b.is_ascii_digit());
    let province = answer.get(..2).and_then(|p| p.parse::<u8>().ok());
    if !figures || !province.is_some_and(|p| (1..=52).contains(&p)) {
        return Some(Fault::new(&field.id, "field.postal-code"));
    }
    if field.postal_codes.is_empty() || field.postal_codes.iter().any(|code| code == answer) {
        return None;
    }
    Some(Fault::new(&field.id, "field.postal-code.town").with("codes", field.postal_codes.join(", ")))
}

fn number(field: &Field, answer: &str) -> Option<Fault> {
    let Some(number) = answer.parse::<u32>().ok().filter(|_| answer.bytes().all(|b| b.is_ascii_digit()))
    else {
        return Some(Fault::new(&field.id, "field.number"));
    };
    if let Some(min) = field.min.filter(|min| number < *min) {
        return Some(Fault::new(&field.id, "field.number.low").with("min", min));
    }
    let max = field.max.filter(|max| number > *max)?;
    Some(Fault::new(&field.id, "field.number.high").with("max", max))
}

fn date(field: &Field, answer: &str, today: &Today) -> Option<&'static str> {
    let mut parts = answer.split('/');
    let mut next = || parts.next().filter(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    let (Some(day), Some(month), Some(year)) = (next(), next(), next()) else {
        return Some("field.date.incomplete");
    };
    if parts.next().is_some() {
        return Some("field.date.incomplete");
    }
    let Some(year) = year.parse::<i16>().ok().filter(|y| YEARS.contains(y) && year.len() == 4) else {
        return Some("field.date.year");
    };
    let day_and_month = day.parse().ok().zip(month.parse().ok());
    let Some(date) = day_and_month.and_then(|(day, month)| Date::new(year, month, day).ok()) else {
        return Some("field.date.impossible");
    };
    match field.date {
        Some(DateRule::NotFuture) if date > today.0 => Some("field.date.future"),
        Some(DateRule::NotPast) if date < today.0 => Some("field.date.past"),
        Some(DateRule::NotFuture | DateRule::NotPast) | None => None,
    }
}

/// The day that a valid answer to a date says.
pub(crate) fn parse_date(answer: &str) -> Option<Date> {
    let mut parts = answer.split('/').map(str::parse::<i16>);
    let (day, month, year) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
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
