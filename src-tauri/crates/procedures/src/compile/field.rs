//! One field: its keys make sense for its kind, its expressions for what was asked before.

use std::collections::BTreeSet;

use wording::Text;

use super::names::Names;
use super::{Shared, expression, id, parsed, text};
use crate::dates::Limit;
use crate::error::Error;
use crate::expr::{Expr, Read, Scope, Variable};
use crate::form::{Accepts, Field, FieldKind, FieldOption, Shows};
use crate::ids::PlateKind;
use crate::limits;
use crate::normalise;
use crate::number::Decimal;
use crate::source::{Entry, File, Name, RawField};

pub(super) struct Fields<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) file: File<'a>,
    pub(super) names: &'a Names,
    pub(super) scope: &'a Scope,
}

impl Field {
    /// A field with nothing said but its kind.
    pub(crate) fn of_kind(kind: FieldKind) -> Self {
        let none = || Text { va: String::new(), es: String::new(), en: String::new() };
        Self {
            id: String::new(),
            kind,
            label: none(),
            hint: None,
            required: true,
            options: Vec::new(),
            min: None,
            max: None,
            earliest: None,
            latest: None,
            working_day: false,
            accepts: Accepts {
                dni: true,
                nie: true,
                special: true,
                entity: false,
                plates: vec![PlateKind::Current, PlateKind::Provincial, PlateKind::Special],
                foreign_accounts: true,
            },
            postal_codes: Vec::new(),
            prefill: None,
            editable: true,
            sensitive: false,
            default: None,
            document: None,
            shows: Shows::Number,
            decimals: match kind {
                FieldKind::Area | FieldKind::Percent | FieldKind::Money => 2,
                _ => 0,
            },
            max_chars: None,
            required_if: None,
            visible_if: None,
            formula: None,
        }
    }

    /// Whether it takes a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.kind, FieldKind::Number | FieldKind::Area | FieldKind::Percent | FieldKind::Money)
    }
}

impl Fields<'_> {
    pub(super) fn field(
        &self,
        raw: &RawField,
        changes: Option<&Entry>,
        documents: &BTreeSet<&str>,
    ) -> Result<Field, Error> {
        let file = self.file;
        let mut field = Field::of_kind(raw.kind);
        field.id = self.names.declare(&id(file, &raw.id)?);
        let statement = matches!(raw.kind, FieldKind::Statement | FieldKind::Consent);
        field.label = text(file, &raw.label, if statement { limits::SICRES_TEXT } else { 256 })?;
        field.hint = raw.hint.as_ref().map(|hint| text(file, hint, 300)).transpose()?;
        self.need(&mut field, raw, changes)?;
        self.options(&mut field, raw)?;
        self.numbers(&mut field, raw)?;
        self.dates(&mut field, raw)?;
        self.accepts(&mut field, raw)?;
        self.document(&mut field, raw, documents)?;
        self.formula(&mut field, raw)?;
        self.rest(&mut field, raw)?;
        Ok(field)
    }

    fn require(&self, kept: bool, raw: &RawField, reason: &str) -> Result<(), Error> {
        if kept {
            Ok(())
        } else {
            Err(self.file.rule(&raw.id, format!("field `{}`: {reason}", raw.id.get_ref())))
        }
    }

    fn condition(&self, text: Option<&Name>) -> Result<Option<Expr>, Error> {
        let Some(text) = text else { return Ok(None) };
        let mut expr = parsed(self.file, text)?;
        self.names.rename(&mut expr);
        self.scope.condition(&mut expr).map_err(|wrong| expression(self.file, text, &wrong))?;
        Ok(Some(expr))
    }

    fn need(&self, field: &mut Field, raw: &RawField, changes: Option<&Entry>) -> Result<(), Error> {
        let named = |list: fn(&Entry) -> &Vec<Name>| {
            changes.is_some_and(|c| list(c).iter().any(|name| name.get_ref() == raw.id.get_ref()))
        };
        field.required = raw.required.unwrap_or(raw.kind != FieldKind::Consent);
        field.required_if = self.condition(raw.required_if.as_ref())?;
        if field.required_if.is_some() {
            self.require(raw.required.is_none(), raw, "required and required_if exclude each other")?;
            field.required = false;
        }
        if named(|c| &c.optional) || named(|c| &c.required) {
            field.required = named(|c| &c.required);
            field.required_if = None;
        }
        field.visible_if = self.condition(raw.visible_if.as_ref())?;
        let consent = raw.kind == FieldKind::Consent;
        self.require(!(consent && field.required), raw, "a consent is never required: use a statement")
    }

    fn options(&self, field: &mut Field, raw: &RawField) -> Result<(), Error> {
        let file = self.file;
        for option in &raw.options {
            let option = FieldOption { id: id(file, &option.id)?, label: text(file, &option.label, 256)? };
            self.require(
                !field.options.iter().any(|known| known.id == option.id),
                raw,
                &format!("has two options called `{}`", option.id),
            )?;
            field.options.push(option);
        }
        let words = &self.shared.words;
        let shared = |id: &str, label: &Text| FieldOption { id: id.to_owned(), label: label.clone() };
        let choice = matches!(raw.kind, FieldKind::Choice | FieldKind::Multiple);
        self.require(choice || raw.options.is_empty(), raw, "only a choice has options")?;
        match raw.kind {
            FieldKind::YesNo => field.options = vec![shared("yes", &words.yes), shared("no", &words.no)],
            FieldKind::Choice | FieldKind::Multiple => {
                let count = field.options.len();
                self.require(count >= 2, raw, "a choice has two options or more")?;
                self.require(count <= limits::OPTIONS, raw, "has too many options")?;
            }
            _ => {}
        }
        if raw.kind == FieldKind::Multiple && !field.options.iter().any(|o| o.id == crate::NONE) {
            field.options.push(shared(crate::NONE, &words.none));
        }
        Ok(())
    }

    fn numbers(&self, field: &mut Field, raw: &RawField) -> Result<(), Error> {
        let number = field.is_number();
        self.require(
            number || (raw.min.is_none() && raw.max.is_none() && raw.decimals.is_none()),
            raw,
            "only a number has min, max and decimals; a date has earliest and latest",
        )?;
        self.require(raw.decimals.is_none_or(|d| d <= 4), raw, "decimals is 0 to 4")?;
        self.require(
            raw.min.zip(raw.max).is_none_or(|(min, max)| min <= max),
            raw,
            "min is greater than max",
        )?;
        self.require(raw.min.is_none_or(|min| min >= Decimal::ZERO), raw, "min is less than 0")?;
        if let Some(decimals) = raw.decimals {
            field.decimals = decimals;
        }
        field.min = raw.min;
        field.max = match raw.kind {
            FieldKind::Percent => raw.max.or(Some(Decimal::whole(100))),
            _ => raw.max,
        };
        self.require(
            raw.max_chars.is_none_or(|m| (1..=4000).contains(&m)),
            raw,
            "max_chars is 1 to 4000, as many as the registry's exchange takes",
        )?;
        field.max_chars = raw.max_chars;
        Ok(())
    }

    fn dates(&self, field: &mut Field, raw: &RawField) -> Result<(), Error> {
        let limit = |text: Option<&Name>| {
            let Some(text) = text else { return Ok(None) };
            Limit::parse(text.get_ref()).map(Some).map_err(|reason| self.file.rule(text, reason))
        };
        field.earliest = limit(raw.earliest.as_ref())?;
        field.latest = limit(raw.latest.as_ref())?;
        field.working_day = raw.working_day;
        let none = field.earliest.is_none() && field.latest.is_none() && !raw.working_day;
        self.require(
            raw.kind == FieldKind::Date || none,
            raw,
            "only a date has earliest, latest and working_day",
        )
    }

    fn accepts(&self, field: &mut Field, raw: &RawField) -> Result<(), Error> {
        self.require(
            raw.kind == FieldKind::PostalCode || raw.postal_codes.is_empty(),
            raw,
            "only a postal code has postal_codes",
        )?;
        self.require(
            raw.postal_codes.iter().all(|code| crate::ids::is_postal_code(code)),
            raw,
            "postal_codes has one that is not Spanish",
        )?;
        field.postal_codes.clone_from(&raw.postal_codes);
        if raw.accepts.is_empty() {
            return Ok(());
        }
        let mut accepts = Accepts::default();
        for name in &raw.accepts {
            match (raw.kind, name.get_ref().as_str()) {
                (FieldKind::Nif, "dni") => accepts.dni = true,
                (FieldKind::Nif, "nie") => accepts.nie = true,
                (FieldKind::Nif, "special") => accepts.special = true,
                (FieldKind::Nif, "entity") => accepts.entity = true,
                (FieldKind::Plate, "current") => accepts.plates.push(PlateKind::Current),
                (FieldKind::Plate, "provincial") => accepts.plates.push(PlateKind::Provincial),
                (FieldKind::Plate, "special") => accepts.plates.push(PlateKind::Special),
                (FieldKind::Plate, "foreign") => accepts.plates.push(PlateKind::Foreign),
                (FieldKind::Iban, "spanish") => {}
                (FieldKind::Iban, "foreign") => accepts.foreign_accounts = true,
                _ => return Err(self.file.unknown("thing to accept", name)),
            }
        }
        field.accepts = accepts;
        Ok(())
    }

    fn document(&self, field: &mut Field, raw: &RawField, documents: &BTreeSet<&str>) -> Result<(), Error> {
        let is_document = raw.kind == FieldKind::Document;
        self.require(is_document == raw.document.is_some(), raw, "a document field names its document")?;
        if let Some(code) = &raw.document {
            if !documents.contains(code.get_ref().as_str()) {
                return Err(self.file.unknown("document of this procedure", code));
            }
            field.document = Some(code.get_ref().clone());
        }
        Ok(())
    }

    fn formula(&self, field: &mut Field, raw: &RawField) -> Result<(), Error> {
        let computed = raw.kind == FieldKind::Computed;
        self.require(
            computed == raw.formula.is_some(),
            raw,
            "a computed field, and only one, has a formula",
        )?;
        self.require(computed || raw.shows.is_none(), raw, "only a computed field has shows")?;
        let Some(text) = &raw.formula else { return Ok(()) };
        let mut expr = parsed(self.file, text)?;
        self.names.rename(&mut expr);
        let (least, most) =
            self.scope.number(&mut expr).map_err(|wrong| expression(self.file, text, &wrong))?;
        field.formula = Some(expr);
        field.shows = raw.shows.unwrap_or_default();
        field.required = false;
        field.editable = false;
        // Kept so that a formula that looks at this one knows between what it lies.
        field.min = whole(least.floor());
        field.max = whole(most.ceil());
        Ok(())
    }

    fn rest(&self, field: &mut Field, raw: &RawField) -> Result<(), Error> {
        field.prefill = raw.prefill;
        field.sensitive = raw.sensitive;
        if let Some(editable) = raw.editable {
            field.editable = editable && field.editable;
            let known = raw.prefill.is_some_and(crate::form::Prefill::is_card);
            self.require(editable || known, raw, "what the card does not tell must be editable")?;
        }
        if let Some(default) = &raw.default {
            let ticked = matches!(raw.kind, FieldKind::Statement | FieldKind::Consent | FieldKind::Document);
            self.require(!ticked, raw, "nothing is ticked or attached beforehand")?;
            let answer = normalise::answer(field, default.get_ref());
            let offered = field.options.is_empty() || field.options.iter().any(|o| o.id == answer);
            self.require(offered, raw, "its default is none of its options")?;
            field.default = Some(answer);
        }
        Ok(())
    }
}

#[allow(clippy::cast_possible_truncation, reason = "bounded by the greatest number of a formula")]
fn whole(number: f64) -> Option<Decimal> {
    Some(Decimal::whole(number as i64))
}

/// What an expression may know of a field.
pub(super) fn variable(field: &Field) -> Variable {
    let read = match field.kind {
        FieldKind::Number | FieldKind::Area | FieldKind::Percent | FieldKind::Money | FieldKind::Computed => {
            Read::Number
        }
        FieldKind::Date => Read::Date,
        FieldKind::Time => Read::Time,
        FieldKind::Multiple => Read::List,
        _ => Read::Text,
    };
    let options = match field.kind {
        FieldKind::Choice | FieldKind::YesNo | FieldKind::Multiple => {
            Some(field.options.iter().map(|o| o.id.clone()).collect())
        }
        FieldKind::Statement => Some(vec!["yes".to_owned()]),
        FieldKind::Consent => Some(vec!["yes".to_owned(), "no".to_owned()]),
        _ => None,
    };
    let least = field.min.map_or(0.0, Decimal::approximate);
    // As many figures as an answer takes.
    let most = field.max.map_or(if field.decimals == 0 { 1e10 } else { 1e9 }, Decimal::approximate);
    Variable { read, options, range: (least, most), group: None }
}
