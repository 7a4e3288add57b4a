//! The sheet of a procedure: everything besides its form.

use std::collections::BTreeSet;

use toml::Spanned;
use wording::{Language, Text};

use super::form::Wanted;
use super::{Shared, checked, duplicate, expression, id, parsed, text};
use crate::error::{Error, ErrorKind};
use crate::expr::{Expr, Scope};
use crate::form::Form;
use crate::limits;
use crate::procedure::{
    ConsultBasis, Consultation, DataProtection, Deadline, Declaration, DocumentNeed, DocumentRule, Exemption,
    Fee, FeeKind, FeeRow, Formula, Payable, Procedure, RegistryMap, ResolutionTerm,
};
use crate::review::{Piece, pieces};
use crate::source::{
    Activity, CodeOr, File, Name, ProcedureFile, RawDeadline, RawDeclaration, RawDocument, RawFee, RawLaw,
};

pub(super) struct Sheet<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) file: File<'a>,
}

impl Sheet<'_> {
    pub(super) fn procedure(&self, read: ProcedureFile) -> Result<Procedure, Error> {
        let (shared, file) = (self.shared, self.file);
        self.basics(&read)?;
        let consults = self.consults(&read)?;
        let mut wanted = self.documents(&read)?;
        let mut form = super::form::form(shared, file, &read, &mut wanted, &consults)?;
        self.placeholders(&read, &form)?;
        let fee = self.fee(&read.fee, &form)?;
        form.pages.extend(super::payment::page(shared, &fee));
        Ok(Procedure {
            deadline: self.deadline(read.deadline.as_ref())?,
            registry: self.registry(&read, &form)?,
            legal_basis: self.laws(&read)?,
            data_protection: self.protection(&read)?,
            declarations: self.declarations(&read)?,
            documents: wanted.into_iter().map(|wanted| wanted.rule).collect(),
            notice: shared.optional(file, read.notice.as_ref())?,
            name: text(file, &read.name, 256)?,
            short_name: read.short_name.as_ref().map(|short| text(file, short, 60)).transpose()?,
            summary: text(file, &read.summary, 300)?,
            abstract_template: text(file, &read.abstract_template, limits::SICRES_ABSTRACT)?,
            purpose: shared.words(file, &read.purpose)?,
            who_may: shared.words(file, &read.who_may)?,
            requirements: shared.list(file, &read.requirements)?,
            you_will_need: shared.list(file, &read.you_will_need)?,
            result: shared.words(file, &read.result)?,
            silence_reason: shared.words(file, &read.silence_reason)?,
            appeals: shared.list(file, &read.appeals)?,
            resolving_body: shared.optional(file, read.resolving_body.as_ref())?,
            id: read.id.into_inner(),
            version: read.version.into_inner(),
            status: read.status,
            drafts: read.drafts,
            category: read.category.into_inner(),
            objects: read.objects.into_inner().into_iter().map(Spanned::into_inner).collect(),
            kind: read.kind,
            audience: read.audience,
            rank: read.rank,
            minutes: read.minutes.into_inner(),
            fee,
            term: ResolutionTerm { months: read.resolution_months.into_inner() },
            term_starts: read.term_starts,
            silence: read.silence,
            unit: read.unit.into_inner(),
            identification: read.identification,
            identification_level: read.identification_level,
            signature_required: read.signature_required,
            signers: read.signers,
            unsigned_path: read.unsigned_path,
            representation: read.representation,
            consults,
            keywords: read.keywords,
            related: read.related.into_iter().map(Spanned::into_inner).collect(),
            same_form_as: read.same_form_as.map(Spanned::into_inner),
            form: form.into(),
            to_confirm_by_clerk: read.to_confirm_by_clerk,
        })
    }

    fn basics(&self, read: &ProcedureFile) -> Result<(), Error> {
        let (shared, file) = (self.shared, self.file);
        id(file, &read.id)?;
        if file.name.strip_suffix(".toml") != Some(read.id.get_ref()) {
            return Err(file.rule(&read.id, "the id must be the name of the file"));
        }
        if *read.version.get_ref() == 0 {
            return Err(file.rule(&read.version, "versions start at 1"));
        }
        if *read.minutes.get_ref() == 0 {
            return Err(file.rule(&read.minutes, "nothing takes no time"));
        }
        if *read.resolution_months.get_ref() > 36 {
            return Err(file.rule(&read.resolution_months, "no term is that long"));
        }
        if !shared.categories.iter().any(|c| c.code == *read.category.get_ref()) {
            return Err(file.unknown("category", &read.category));
        }
        if !shared.units.iter().any(|u| u.code == *read.unit.get_ref()) {
            return Err(file.unknown("unit", &read.unit));
        }
        for object in read.objects.get_ref() {
            if !shared.objects.iter().any(|o| o.code == *object.get_ref()) {
                return Err(file.unknown("object", object));
            }
        }
        if read.objects.get_ref().is_empty() {
            return Err(file.rule(&read.objects, "objects: at least one is needed"));
        }
        if read.legal_basis.get_ref().is_empty() {
            return Err(file.rule(&read.legal_basis, "legal_basis: at least one is needed"));
        }
        if read.declarations.get_ref().is_empty() {
            return Err(file.rule(&read.declarations, "declarations: at least one is needed"));
        }
        Ok(())
    }

    fn documents(&self, read: &ProcedureFile) -> Result<Vec<Wanted>, Error> {
        let mut wanted: Vec<Wanted> = Vec::new();
        for entry in &read.documents {
            // A code alone is a document that a field of the form asks, or that nobody is asked for.
            let (code, own) = match entry.get_ref() {
                CodeOr::Code(code) => (code, None),
                CodeOr::Own(own) => (own.code.get_ref(), Some(own)),
            };
            let document = self.shared.documents.iter().find(|d| d.code == *code).ok_or_else(|| {
                self.file.error(ErrorKind::Unknown, &entry.span(), format!("no document is called `{code}`"))
            })?;
            if wanted.iter().any(|known| known.rule.code == *code) {
                return Err(duplicate(self.file, &entry.span(), "document", code));
            }
            let (need, why) = match own {
                Some(own) => (self.need(own)?, self.shared.optional(self.file, own.why.as_ref())?),
                None => (DocumentNeed::Conditional, None),
            };
            wanted.push(Wanted {
                rule: DocumentRule {
                    code: document.code.clone(),
                    name: document.name.clone(),
                    formats: document.formats.clone(),
                    max_mb: document.max_mb,
                    need,
                    why,
                    consultable: own.is_some_and(|own| own.consultable),
                    already_held: own.is_some_and(|own| own.already_held),
                    later: own.is_some_and(|own| own.later),
                    field: None,
                },
                when: own.and_then(|own| own.when.clone()),
                instances: own.and_then(|own| own.instances).unwrap_or(1),
                asks: own.is_some() && need != DocumentNeed::Consulted,
            });
        }
        Ok(wanted)
    }

    fn need(&self, own: &RawDocument) -> Result<DocumentNeed, Error> {
        let rule = |reason: &str| Err(self.file.rule(&own.required, reason.to_owned()));
        if own.instances.is_some_and(|instances| !(1..=3).contains(&instances)) {
            return rule("instances is 1 to 3");
        }
        match (own.required.get_ref().as_str(), own.when.is_some()) {
            ("yes", false) => Ok(DocumentNeed::Required),
            ("no", _) => Ok(DocumentNeed::Optional),
            ("conditional", true) => Ok(DocumentNeed::Conditional),
            ("consulted", false) => Ok(DocumentNeed::Consulted),
            ("conditional", false) => rule("what is conditional says `when`"),
            ("yes" | "consulted", true) => rule("`when` is for what is conditional or not required"),
            _ => rule("required is \"yes\", \"no\", \"conditional\" or \"consulted\""),
        }
    }

    fn consults(&self, read: &ProcedureFile) -> Result<Vec<Consultation>, Error> {
        let mut all: Vec<Consultation> = Vec::new();
        for entry in &read.consults {
            let consultation = match entry.get_ref() {
                CodeOr::Code(code) => Consultation {
                    id: code.clone(),
                    text: self.shared_text(entry, &format!("consult-{code}"))?,
                    basis: ConsultBasis::Objection,
                },
                CodeOr::Own(own) => Consultation {
                    id: id(self.file, &own.id)?,
                    text: self.shared.words(self.file, &own.text)?,
                    basis: own.basis,
                },
            };
            if all.iter().any(|known| known.id == consultation.id) {
                return Err(duplicate(self.file, &entry.span(), "consultation", &consultation.id));
            }
            all.push(consultation);
        }
        Ok(all)
    }

    fn declarations(&self, read: &ProcedureFile) -> Result<Vec<Declaration>, Error> {
        let mut all: Vec<Declaration> = Vec::new();
        for entry in read.declarations.get_ref() {
            let declaration = match entry.get_ref() {
                CodeOr::Code(code) => Declaration {
                    id: code.clone(),
                    text: self.shared_text(entry, &format!("declare-{code}"))?,
                },
                CodeOr::Own(RawDeclaration { id: name, text }) => {
                    Declaration { id: id(self.file, name)?, text: self.shared.words(self.file, text)? }
                }
            };
            if all.iter().any(|known| known.id == declaration.id) {
                return Err(duplicate(self.file, &entry.span(), "declaration", &declaration.id));
            }
            all.push(declaration);
        }
        Ok(all)
    }

    fn shared_text<T>(&self, at: &Spanned<T>, code: &str) -> Result<Text, Error> {
        self.shared.texts.get(code).cloned().ok_or_else(|| {
            self.file.error(
                ErrorKind::Unknown,
                &at.span(),
                format!("no text is called `{code}` in texts.toml"),
            )
        })
    }

    fn laws(&self, read: &ProcedureFile) -> Result<Vec<Text>, Error> {
        let law = |entry: &Spanned<CodeOr<RawLaw>>| match entry.get_ref() {
            CodeOr::Code(code) => self.shared_text(entry, &format!("law-{code}")),
            CodeOr::Own(RawLaw { law: Some(code), articles, va: None, es: None, en: None }) => {
                let rule = self.shared_text(entry, &format!("law-{code}"))?;
                Ok(if articles.is_empty() { rule } else { with_articles(&rule, articles) })
            }
            CodeOr::Own(RawLaw { law: None, articles, va: Some(va), es: Some(es), en: Some(en) })
                if articles.is_empty() =>
            {
                checked(self.file, entry, &Text { va: va.clone(), es: es.clone(), en: en.clone() }, 600)
            }
            CodeOr::Own(_) => {
                Err(self.file.rule(entry, "a rule is a code, { law, articles }, or { va, es, en }"))
            }
        };
        read.legal_basis.get_ref().iter().map(law).collect()
    }

    fn protection(&self, read: &ProcedureFile) -> Result<DataProtection, Error> {
        let (shared, entry) = (self.shared, &read.data_protection);
        let activity: &Activity = match entry.get_ref() {
            CodeOr::Own(own) => own,
            CodeOr::Code(code) => shared.protection.activities.get(code).ok_or_else(|| {
                let reason = format!("no activity is called `{code}` in data-protection.toml");
                self.file.error(ErrorKind::Unknown, &entry.span(), reason)
            })?,
        };
        Ok(DataProtection {
            controller: shared.protection.controller.clone(),
            purpose: shared.words(self.file, &activity.purpose)?,
            basis: shared.words(self.file, &activity.basis)?,
            recipients: shared.words(self.file, &activity.recipients)?,
            rights: shared.protection.rights.clone(),
        })
    }

    fn deadline(&self, read: Option<&RawDeadline>) -> Result<Deadline, Error> {
        let Some(read) = read else { return Ok(Deadline::Always) };
        let text = self.shared.words(self.file, &read.text)?;
        let day = |name: &Name| {
            // A leap year, so that 29 February may open or close.
            let day: Option<jiff::civil::Date> = format!("2024-{}", name.get_ref()).parse().ok();
            day.map(|day| (day.month(), day.day()))
                .ok_or_else(|| self.file.rule(name, "a day of the year is written month-day: 03-31"))
        };
        match (&read.opens, &read.closes) {
            (None, None) => Ok(Deadline::Told(text)),
            (Some(opens), Some(closes)) => {
                Ok(Deadline::Yearly { text, opens: day(opens)?, closes: day(closes)? })
            }
            (Some(alone), None) | (None, Some(alone)) => {
                Err(self.file.rule(alone, "opens and closes go together"))
            }
        }
    }

    fn fee(&self, read: &CodeOr<RawFee>, form: &Form) -> Result<Fee, Error> {
        let nothing = |kind| Fee {
            kind,
            concept: None,
            ordinance: None,
            exemptions: Vec::new(),
            payable: Payable::default(),
        };
        let read = match read {
            CodeOr::Code(code) if code == "none" => return Ok(nothing(FeeKind::None)),
            CodeOr::Code(code) if code == "self-assessment" => return Ok(nothing(FeeKind::SelfAssessment)),
            CodeOr::Code(code) => {
                let reason = format!("fee: \"{code}\" is neither \"none\", \"self-assessment\" nor a table");
                return Err(Error::whole(self.file.name, ErrorKind::Rule, reason));
            }
            CodeOr::Own(read) => read,
        };
        let scope = self.scope(form);
        let rule = |reason: &str| Err(self.file.rule(&read.kind, reason.to_owned()));
        let kind = match (read.kind.get_ref().as_str(), read.amount, &read.formula, read.rows.as_slice()) {
            ("fixed", Some(amount), None, []) => FeeKind::Fixed(amount),
            ("formula", None, Some(text), []) => {
                let mut expr = parsed(self.file, text)?;
                scope.number(&mut expr).map_err(|wrong| expression(self.file, text, &wrong))?;
                FeeKind::Formula(Formula(expr))
            }
            ("table", None, None, [_, ..]) => {
                let row = |row: &crate::source::RawFeeRow| {
                    Ok::<_, Error>(FeeRow {
                        text: self.shared.words(self.file, &row.text)?,
                        amount: row.amount,
                        when: self.when(&scope, row.when.as_ref())?,
                    })
                };
                FeeKind::Table(read.rows.iter().map(row).collect::<Result<_, _>>()?)
            }
            ("self-assessment", None, None, []) => FeeKind::SelfAssessment,
            ("fixed" | "formula" | "table" | "self-assessment", ..) => {
                return rule(
                    "fixed has amount; formula has formula; table has rows; self-assessment has none of them",
                );
            }
            _ => return rule("kind is fixed, formula, table or self-assessment"),
        };
        let exemption = |exemption: &crate::source::RawExemption| {
            Ok::<_, Error>(Exemption {
                text: self.shared.words(self.file, &exemption.text)?,
                when: self.when(&scope, exemption.when.as_ref())?,
            })
        };
        Ok(Fee {
            kind,
            concept: self.shared.optional(self.file, read.concept.as_ref())?,
            ordinance: self.shared.optional(self.file, read.ordinance.as_ref())?,
            exemptions: read.exemptions.iter().map(exemption).collect::<Result<_, _>>()?,
            payable: read.payable,
        })
    }

    fn when(&self, scope: &Scope, text: Option<&Name>) -> Result<Option<Expr>, Error> {
        let Some(text) = text else { return Ok(None) };
        let mut expr = parsed(self.file, text)?;
        scope.condition(&mut expr).map_err(|wrong| expression(self.file, text, &wrong))?;
        Ok(Some(expr))
    }

    /// Everything that the whole form asks, for what is worked out when it is complete.
    fn scope(&self, form: &Form) -> Scope {
        let mut scope = Scope::default();
        for field in form.all_fields() {
            let known = super::field::variable(field);
            for group in form.groups() {
                let first = field.id.strip_prefix(&group.id).and_then(|rest| rest.strip_prefix("-1-"));
                if let Some(name) = first {
                    let grouped = crate::expr::Variable { group: Some(group.id.clone()), ..known.clone() };
                    scope.earlier.insert(format!("{}.{name}", group.id), grouped);
                }
            }
            scope.earlier.insert(field.id.clone(), known);
        }
        scope
    }

    fn registry(&self, read: &ProcedureFile, form: &Form) -> Result<RegistryMap, Error> {
        let Some(raw) = &read.registry else { return Ok(RegistryMap::default()) };
        let field = |name: &Option<Name>| match name {
            Some(name) if form.field(name.get_ref()).is_none() => Err(self.file.unknown("field", name)),
            name => Ok(name.as_ref().map(|name| name.get_ref().clone())),
        };
        Ok(RegistryMap {
            facts: field(&raw.facts)?,
            request: field(&raw.request)?,
            reference: field(&raw.reference)?,
        })
    }

    fn placeholders(&self, read: &ProcedureFile, form: &Form) -> Result<(), Error> {
        let known: BTreeSet<&str> = form.all_fields().map(|f| f.id.as_str()).collect();
        let at = &read.abstract_template;
        for language in Language::ALL {
            for piece in pieces(at.get_ref().in_language(language)) {
                match piece {
                    Piece::Answer(name) if !known.contains(name) => {
                        let reason = format!("no field is called `{name}`");
                        return Err(self.file.error(ErrorKind::Unknown, &at.span(), reason));
                    }
                    Piece::Words(words) if words.contains(['{', '}']) => {
                        return Err(self.file.rule(at, "has a brace without its pair"));
                    }
                    Piece::Words(_) | Piece::Answer(_) => {}
                }
            }
        }
        Ok(())
    }
}

/// A rule and its articles, as each language names them.
fn with_articles(rule: &Text, articles: &[String]) -> Text {
    let joined = |and: &str| match articles {
        [all @ .., last] if !all.is_empty() => format!("{} {and} {last}", all.join(", ")),
        all => all.join(", "),
    };
    let several = articles.len() > 1 || articles.iter().any(|a| a.contains(['-', '–']));
    let write = |words: &str, one: &str, many: &str, and: &str| {
        format!("{words}, {} {}", if several { many } else { one }, joined(and))
    };
    Text {
        va: write(&rule.va, "article", "articles", "i"),
        es: write(&rule.es, "artículo", "artículos", "y"),
        en: write(&rule.en, "article", "articles", "and"),
    }
}
