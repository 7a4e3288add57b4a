//! Right answers, one field after another as the form asks them.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Chance, Wishes};
use crate::dates;
use crate::form::{Answers, Field, FieldKind, Form, Known};
use crate::number::Decimal;
use crate::{Today, ids};

pub(super) struct Draw<'a> {
    pub(super) form: &'a Form,
    pub(super) today: &'a Today,
    pub(super) wishes: &'a Wishes,
    /// Small numbers and few items, for forms whose rules are hard to satisfy by chance.
    pub(super) plain: bool,
}

impl Draw<'_> {
    /// Answers to everything that is asked, optional fields now and then left out.
    pub(super) fn whole(&self, known: &Known<'_>, chance: &mut Chance) -> Answers {
        let mut answers = self.form.prefill(known);
        // Defaults are a beginning, not the only answer.
        answers.retain(|id, _| self.form.field(id).is_some_and(|f| f.prefill.is_some()));
        let mut done = std::collections::BTreeSet::new();
        loop {
            let asked = self.form.asked(&answers);
            let mut fields = asked.pages.iter().flat_map(|(_, fields)| fields);
            let Some(field) =
                fields.find(|field| !answers.contains_key(&field.id) && !done.contains(&field.id))
            else {
                return answers;
            };
            done.insert(field.id.clone());
            let required = asked.requires(field);
            let wished = self.wishes.get(&field.id);
            if wished.is_none() && !required && chance.once_in(2) {
                continue;
            }
            let drawn = wished.cloned().or_else(|| self.one(field, chance));
            if let Some(answer) = drawn {
                answers.insert(field.id.clone(), answer);
            }
        }
    }

    /// One right answer to a field, as people may type it.
    fn one(&self, field: &Field, chance: &mut Chance) -> Option<String> {
        let pick = |chance: &mut Chance, all: &[&str]| chance.one(all).map(|one| (*one).to_owned());
        match field.kind {
            FieldKind::Choice | FieldKind::YesNo => chance.one(&field.options).map(|o| o.id.clone()),
            FieldKind::Multiple => Some(multiple(field, chance)),
            FieldKind::Statement | FieldKind::Consent => Some("yes".to_owned()),
            FieldKind::Document => Some(format!("file-{}", field.id)),
            FieldKind::Computed => None,
            FieldKind::Number | FieldKind::Area | FieldKind::Percent | FieldKind::Money => {
                Some(self.number(field, chance))
            }
            FieldKind::Date => self.date(field, chance).map(dates::write),
            FieldKind::Time => Some(format!("{:02}:{:02}", chance.below(24), chance.below(4) * 15)),
            FieldKind::PostalCode if !field.postal_codes.is_empty() => {
                chance.one(&field.postal_codes).cloned()
            }
            FieldKind::PostalCode => pick(chance, &["46920", "03001", "28 013", "52001"]),
            FieldKind::Nif => nif(field, chance),
            FieldKind::Iban if field.accepts.foreign_accounts => {
                pick(chance, &["ES91 2100 0418 4502 0005 1332", "DE89370400440532013000"])
            }
            FieldKind::Iban => pick(chance, &["ES91 2100 0418 4502 0005 1332"]),
            FieldKind::Plate => plate(field, chance),
            FieldKind::Cadastral => pick(chance, &["9872023 VH5797S 0001 WX", "9872023vh5797s"]),
            FieldKind::Vin => pick(chance, &["VSSZZZ6JZ9R123456", "1HGCM82633A004352"]),
            FieldKind::Chip => Some(format!("72409810{:07}", chance.below(9_999_999))),
            FieldKind::Nss => pick(chance, &["46/12345678/43", "461234567843"]),
            FieldKind::Passport => pick(chance, &["XDA123456", "AB 1234567"]),
            FieldKind::Email => {
                pick(chance, &["nuria@correu.exemple.technology", "o'connor+padro@exemple.cat"])
            }
            FieldKind::Phone => {
                pick(chance, &["600 12 34 56", "963990370", "+49 151 123 45 67", "0034 712345678"])
            }
            FieldKind::Street => pick(chance, &["carrer Major", "Calle del Pintor Sorolla"]),
            FieldKind::Name => self.fitting(
                field,
                chance,
                &["Núria", "Jean-Luc O’Neill", "Nguyễn Thị Minh", "d'Ors i Col·lell"],
            ),
            FieldKind::Text => {
                self.fitting(field, chance, &["24 bis", "s/n", "Local B, al costat de l'escola", "7"])
            }
            FieldKind::LongText => self.fitting(
                field,
                chance,
                &["El fanal no fa llum.\nÉs al costat de l'escola Paral·lela.", "Cal."],
            ),
        }
    }

    /// One of these that is not too long, or one letter.
    fn fitting(&self, field: &Field, chance: &mut Chance, all: &[&str]) -> Option<String> {
        let most = usize::try_from(field.max_chars()).unwrap_or(usize::MAX);
        let fit: Vec<&&str> = all.iter().filter(|text| text.chars().count() <= most).collect();
        Some(chance.one(&fit).map_or_else(|| "A".to_owned(), |text| (**text).to_owned()))
    }

    fn number(&self, field: &Field, chance: &mut Chance) -> String {
        let places = usize::from(field.decimals());
        let least = field.min.unwrap_or(Decimal::ZERO);
        if self.form.group(&field.id).is_some() {
            // One or two items, or none where there may be none.
            let most = field.max.and_then(Decimal::to_whole).unwrap_or(2);
            let low = least.to_whole().unwrap_or(1);
            let more = if self.plain { 0 } else { i64::try_from(chance.below(2)).unwrap_or(0) };
            return (low.max(1) + more).min(most).to_string();
        }
        let step = match places {
            0 => Decimal::ONE,
            1 => Decimal::parse("0.1").unwrap_or(Decimal::ONE),
            _ => Decimal::cents(1),
        };
        let far =
            Decimal::whole(i64::try_from(chance.below(if self.plain { 10 } else { 2000 })).unwrap_or(1));
        let tries = [least.plus(far), least.plus(step), Some(least), field.max];
        let fits = |number: &Decimal| field.max.is_none_or(|max| *number <= max) && *number >= least;
        let right: Vec<Decimal> = tries.into_iter().flatten().filter(fits).collect();
        chance.one(&right).copied().unwrap_or(least).to_answer(0)
    }

    fn date(&self, field: &Field, chance: &mut Chance) -> Option<Date> {
        let today = self.today.0;
        let calendar = self.form.calendar();
        let first = field.earliest.map(|limit| limit.on(today, calendar));
        let last = field.latest.map(|limit| limit.on(today, calendar));
        let apart = |chance: &mut Chance, most: usize| i32::try_from(chance.below(most)).unwrap_or(0).days();
        let most = if self.plain { 12 } else { 9000 };
        let mut day = match (first, last) {
            (Some(first), Some(last)) => {
                let between = first.until((jiff::Unit::Day, last)).ok()?.get_days();
                first.saturating_add(apart(chance, usize::try_from(between).ok()? + 1))
            }
            (Some(first), None) => first.saturating_add(apart(chance, most / 25 + 3)),
            (None, Some(last)) => last.saturating_sub(apart(chance, most)),
            (None, None) if chance.once_in(2) => today.saturating_sub(apart(chance, most)),
            (None, None) => today.saturating_add(apart(chance, most / 25 + 3)),
        };
        // The next day on which the town hall works, if there must be one.
        for _ in 0..30 {
            if !field.working_day || calendar.is_working(day) {
                break;
            }
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }
}

fn multiple(field: &Field, chance: &mut Chance) -> String {
    let offered: Vec<&str> = field.options.iter().map(|o| o.id.as_str()).filter(|id| *id != "none").collect();
    if chance.once_in(4) {
        return "none".to_owned();
    }
    let mut chosen: Vec<&str> = offered.iter().copied().filter(|_| chance.once_in(2)).collect();
    if chosen.is_empty() {
        chosen.extend(chance.one(&offered).copied());
    }
    chosen.join(",")
}

/// A number of one of the kinds that the field accepts, with its control.
fn nif(field: &Field, chance: &mut Chance) -> Option<String> {
    let accepts = &field.accepts;
    let mut kinds = Vec::new();
    for (taken, kind) in
        [(accepts.dni, "dni"), (accepts.nie, "nie"), (accepts.special, "special"), (accepts.entity, "entity")]
    {
        if taken {
            kinds.push(kind);
        }
    }
    let number = chance.below(9_999_999);
    let stem = match *chance.one(&kinds)? {
        "dni" => format!("{number:08}"),
        "nie" => format!("Y{number:07}"),
        "special" => format!("K{number:07}"),
        _ => {
            let entity = |control: char| format!("B{number:07}{control}");
            return ('0'..='9').map(entity).find(|nif| ids::check_entity(nif));
        }
    };
    ('A'..='Z').map(|letter| format!("{stem}{letter}")).find(|nif| ids::check_nif(nif).is_ok())
}

fn plate(field: &Field, chance: &mut Chance) -> Option<String> {
    use crate::ids::PlateKind;
    let all: Vec<&str> = field
        .accepts
        .plates
        .iter()
        .map(|kind| match kind {
            PlateKind::Current => "1234 bcd",
            PlateKind::Provincial => "V-1234-AB",
            PlateKind::Special => "C1234BCD",
            PlateKind::Foreign => "AB 123 CD",
        })
        .collect();
    chance.one(&all).map(|plate| (*plate).to_owned())
}
