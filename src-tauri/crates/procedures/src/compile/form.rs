//! The form: every page with its fields, in order, each expression typed against what is asked before it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use wording::Text;

use super::field::{Fields, variable};
use super::pages::{Draft, Drafts, What};
use super::{Shared, duplicate, expression, id, parsed, text};
use crate::error::Error;
use crate::expr::{Compare, Expr, Node, Read, Scope};
use crate::form::{Check, Field, FieldKind, FieldOption, Form, Group, Item, Page};
use crate::limits;
use crate::number::Decimal;
use crate::procedure::{ConsultBasis, Consultation, DocumentNeed, DocumentRule};
use crate::source::{File, Name, ProcedureFile, RawGroup, RawPage};

/// Most characters of a heading or a label of one line.
const LINE: usize = 256;
/// Most fields of a page that somebody wrote.
const FIELDS_PER_PAGE: usize = 4;

/// A document of the procedure, with the condition under which it is asked.
pub(super) struct Wanted {
    pub(super) rule: DocumentRule,
    pub(super) when: Option<Name>,
    pub(super) instances: u8,
    pub(super) asks: bool,
}

pub(super) struct Compiler<'a> {
    shared: &'a Shared<'a>,
    scope: Scope,
    pages: Vec<Page>,
    groups: Vec<Group>,
    page_ids: BTreeSet<String>,
}

/// The form of a procedure, and which field takes each document.
pub(super) fn form<'a>(
    shared: &'a Shared<'a>,
    file: File<'a>,
    read: &'a ProcedureFile,
    documents: &mut [Wanted],
    consults: &[Consultation],
) -> Result<Form, Error> {
    let drafts = Drafts::read(shared, file, read.form.get_ref())?;
    let mut compiler = Compiler {
        shared,
        scope: Scope { later: later(&drafts), ..Scope::default() },
        pages: Vec::new(),
        groups: Vec::new(),
        page_ids: BTreeSet::new(),
    };
    // What a field asks is not asked again by a page that writes itself.
    let asked = drafts.pages.iter().filter_map(|draft| match &draft.what {
        What::Page { page, .. } => Some(page),
        _ => None,
    });
    let asked: BTreeSet<&str> =
        asked.flat_map(|p| &p.fields).filter_map(|f| Some(f.document.as_ref()?.get_ref().as_str())).collect();
    for wanted in documents.iter_mut() {
        wanted.asks &= !asked.contains(wanted.rule.code.as_str());
    }
    let mut open = documents.iter().any(|wanted| wanted.asks);
    for draft in &drafts.pages {
        match &draft.what {
            What::Page { page, changes, first } => {
                let known: BTreeSet<&str> = documents.iter().map(|d| d.rule.code.as_str()).collect();
                compiler.page(draft, page, *changes, *first, &known)?;
            }
            What::Count { group, changes } => compiler.count(draft, group, *changes)?,
            What::End { group, own } => compiler.end(group, own),
            What::Documents { entry } => {
                if !open {
                    return Err(file.rule(entry, "there is no document left to ask here"));
                }
                compiler.documents(file, documents)?;
                open = false;
            }
            What::Consults { entry } => {
                if consults.is_empty() {
                    return Err(file.rule(entry, "nothing is looked up: `consults` is empty"));
                }
                compiler.consults(consults);
            }
        }
        if compiler.pages.len() > limits::PAGES
            || compiler.pages.iter().map(|p| p.fields.len()).sum::<usize>() > limits::FIELDS
        {
            return Err(file.rule(&read.form, "has too many pages or fields"));
        }
    }
    if open {
        compiler.documents(file, documents)?;
    }
    if compiler.pages.is_empty() {
        return Err(file.rule(&read.form, "has no page"));
    }
    let checks = compiler.checks(file, read, &drafts)?;
    for wanted in documents {
        let mut fields = compiler.pages.iter().flat_map(|p| &p.fields);
        wanted.rule.field =
            fields.find(|f| f.document.as_ref() == Some(&wanted.rule.code)).map(|f| f.id.clone());
    }
    Ok(Form {
        pages: compiler.pages,
        groups: compiler.groups,
        checks,
        words: Arc::clone(&shared.words),
        calendar: Arc::clone(&shared.calendar),
    })
}

/// Every name that some page will declare.
fn later(drafts: &Drafts<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for draft in &drafts.pages {
        match &draft.what {
            What::Page { page, .. } => {
                names.extend(page.fields.iter().map(|f| draft.names.declare(f.id.get_ref())));
            }
            What::Count { group, .. } => {
                names.insert(draft.names.declare(group.id.get_ref()));
            }
            _ => {}
        }
    }
    names
}

impl<'a> Compiler<'a> {
    fn page(
        &mut self,
        draft: &Draft<'a>,
        page: &'a RawPage,
        changes: Option<&'a crate::source::Entry>,
        first: bool,
        documents: &BTreeSet<&str>,
    ) -> Result<(), Error> {
        let file = draft.file;
        let name = self.page_id(draft, file, &page.id)?;
        let visible_if = self.visible(draft, page.visible_if.as_ref())?;
        let omitted =
            |field: &Name| changes.is_some_and(|c| c.omit.iter().any(|o| o.get_ref() == field.get_ref()));
        let fields: Vec<_> = page.fields.iter().filter(|field| !omitted(&field.id)).collect();
        if fields.is_empty() && !page.fields.is_empty() {
            return Ok(());
        }
        if !(1..=FIELDS_PER_PAGE).contains(&fields.len()) {
            return Err(file.rule(
                &page.id,
                format!("page `{name}` has {} fields: a page has one to four", fields.len()),
            ));
        }
        let lists =
            |kind: FieldKind| matches!(kind, FieldKind::Choice | FieldKind::YesNo | FieldKind::Multiple);
        if fields.iter().filter(|field| lists(field.kind)).count() > 1 {
            return Err(file.rule(&page.id, format!("page `{name}` has more than one choice")));
        }
        let heading = match changes.and_then(|c| c.heading.as_ref()).filter(|_| first) {
            Some(heading) => text(file, heading, LINE)?,
            None => text(file, &page.heading, LINE)?,
        };
        let help = match changes.and_then(|c| c.help.as_ref()).filter(|_| first).or(page.help.as_ref()) {
            Some(help) => Some(text(file, help, 600)?),
            None => None,
        };
        let mut compiled =
            Page { id: name, heading, help, item: None, document: None, fields: Vec::new(), visible_if };
        for raw in fields {
            let mut field = Fields { shared: self.shared, file, names: &draft.names, scope: &self.scope }
                .field(raw, changes, documents)?;
            if let Some((_, number, _)) = &draft.item {
                field.label = numbered(&field.label, *number);
                field.hint = field.hint.map(|hint| numbered(&hint, *number));
            }
            self.declare(file, raw.id.span(), &field)?;
            compiled.fields.push(field);
        }
        if let Some((group, number, item)) = &draft.item {
            compiled.item = Some(Item { group: group.clone(), number: *number });
            compiled.heading = headed(&compiled.heading, item, *number);
            compiled.help = compiled.help.map(|help| numbered(&help, *number));
        }
        self.pages.push(compiled);
        Ok(())
    }

    fn page_id(&mut self, draft: &Draft<'_>, file: File<'_>, page: &Name) -> Result<String, Error> {
        let name = draft.names.declare(&id(file, page)?);
        if self.page_ids.insert(name.clone()) {
            Ok(name)
        } else {
            Err(duplicate(file, &page.span(), "page", &name))
        }
    }

    fn declare(&mut self, file: File<'_>, span: std::ops::Range<usize>, field: &Field) -> Result<(), Error> {
        self.scope.later.remove(&field.id);
        if self.scope.earlier.insert(field.id.clone(), variable(field)).is_some() {
            return Err(duplicate(file, &span, "field", &field.id));
        }
        Ok(())
    }

    /// The condition of a page: its own, those around it, and that its item exists.
    fn visible(&self, draft: &Draft<'a>, own: Option<&'a Name>) -> Result<Option<Expr>, Error> {
        let mut all = None;
        if let Some((group, number, _)) = &draft.item {
            all = Some(at_least(group, *number));
        }
        let around = draft.around.iter().map(|(file, names, text)| (*file, names, *text));
        for (file, names, text) in around.chain(own.map(|text| (draft.file, &draft.names, text))) {
            let mut expr = parsed(file, text)?;
            names.rename(&mut expr);
            self.scope.condition(&mut expr).map_err(|wrong| expression(file, text, &wrong))?;
            all = Expr::both(all, Some(expr));
        }
        Ok(all)
    }

    fn count(
        &mut self,
        draft: &Draft<'a>,
        group: &'a RawGroup,
        changes: Option<&'a crate::source::Entry>,
    ) -> Result<(), Error> {
        let file = draft.file;
        let name = self.page_id(draft, file, &group.id)?;
        let visible_if = self.visible(draft, group.visible_if.as_ref())?;
        let mut field = Field::of_kind(FieldKind::Number);
        field.id.clone_from(&name);
        field.label = text(file, &group.label, LINE)?;
        field.min = Some(Decimal::whole(i64::from(group.min)));
        field.max = Some(Decimal::whole(i64::from(group.max)));
        self.declare(file, group.id.span(), &field)?;
        self.groups.push(Group {
            id: name.clone(),
            min: group.min,
            max: group.max,
            item: group.item.get_ref().clone(),
        });
        self.pages.push(Page {
            id: name,
            heading: text(file, changes.and_then(|c| c.heading.as_ref()).unwrap_or(&group.heading), LINE)?,
            help: changes
                .and_then(|c| c.help.as_ref())
                .or(group.help.as_ref())
                .map(|help| text(file, help, 600))
                .transpose()?,
            item: None,
            document: None,
            fields: vec![field],
            visible_if,
        });
        Ok(())
    }

    /// From here on, what was asked of each item is seen only by going over all of them.
    fn end(&mut self, group: &str, own: &BTreeSet<String>) {
        for name in own {
            let Some(mut known) = self.scope.earlier.get(&format!("{group}-1-{name}")).cloned() else {
                continue;
            };
            known.group = Some(group.to_owned());
            self.scope.earlier.insert(format!("{group}.{name}"), known);
        }
    }

    fn checks(
        &mut self,
        file: File<'a>,
        read: &'a ProcedureFile,
        drafts: &Drafts<'a>,
    ) -> Result<Vec<Check>, Error> {
        self.scope.today = true;
        let none = super::names::Names::default();
        let own = read.checks.iter().map(|check| (file, &none, check, None));
        let of_blocks = drafts.checks.iter().map(|d| (d.file, &d.names, d.check, d.item.as_ref()));
        let mut checks: BTreeMap<String, Check> = BTreeMap::new();
        let mut order = Vec::new();
        for (file, names, check, item) in own.chain(of_blocks) {
            let name = names.declare(&id(file, &check.id)?);
            let typed = |text: &Name| {
                let mut expr = parsed(file, text)?;
                names.rename(&mut expr);
                self.scope.condition(&mut expr).map_err(|wrong| expression(file, text, &wrong))?;
                Ok::<_, Error>(expr)
            };
            let field = names.refer(check.field.get_ref());
            if !self.pages.iter().flat_map(|p| &p.fields).any(|f| f.id == field) {
                return Err(file.unknown("field", &check.field));
            }
            let words = text(file, &check.text, 300)?;
            let compiled = Check {
                id: name.clone(),
                field,
                text: item.map_or_else(|| words.clone(), |(_, number)| numbered(&words, *number)),
                holds: typed(&check.holds)?,
                when: check.when.as_ref().map(typed).transpose()?,
            };
            if checks.insert(name.clone(), compiled).is_some() {
                return Err(duplicate(file, &check.id.span(), "check", &name));
            }
            order.push(name);
        }
        self.scope.today = false;
        Ok(order.into_iter().filter_map(|name| checks.remove(&name)).collect())
    }

    /// A page for each document that no field asks, with the other ways of giving it that the procedure allows.
    fn documents(&mut self, file: File<'a>, documents: &[Wanted]) -> Result<(), Error> {
        for wanted in documents.iter().filter(|wanted| wanted.asks) {
            let visible_if = match &wanted.when {
                Some(text) => {
                    let mut expr = parsed(file, text)?;
                    self.scope.condition(&mut expr).map_err(|wrong| expression(file, text, &wrong))?;
                    Some(expr)
                }
                None => None,
            };
            let page = self.document_page(wanted, visible_if);
            if !self.page_ids.insert(page.id.clone()) {
                return Err(duplicate(file, &(0..0), "page", &page.id));
            }
            for field in &page.fields {
                self.declare(file, 0..0, field)?;
            }
            self.pages.push(page);
        }
        Ok(())
    }

    fn document_page(&self, wanted: &Wanted, visible_if: Option<Expr>) -> Page {
        let (rule, words) = (&wanted.rule, &self.shared.words);
        let name = format!("doc-{}", rule.code.to_lowercase());
        let needed = matches!(rule.need, DocumentNeed::Required | DocumentNeed::Conditional);
        let ways = [
            (true, "attach", &words.how_attach),
            (rule.consultable, "consult", &words.how_consult),
            (rule.already_held, "held", &words.how_held),
            (rule.later, "later", &words.how_later),
            (!needed, "none", &words.how_none),
        ];
        let choice = rule.consultable || rule.already_held || rule.later;
        let how = format!("{name}-how");
        let chosen = |way: &str| choice.then(|| equals(&how, way));
        let mut fields = Vec::new();
        if choice {
            let mut field = Field::of_kind(FieldKind::Choice);
            field.id.clone_from(&how);
            field.label = words.how.clone();
            // Whoever may leave it out need not say so.
            field.required = needed;
            field.options = ways
                .iter()
                .filter(|(offered, ..)| *offered)
                .map(|(_, id, label)| FieldOption { id: (*id).to_owned(), label: (*label).clone() })
                .collect();
            fields.push(field);
        }
        for instance in 1..=wanted.instances.max(1) {
            let mut field = Field::of_kind(FieldKind::Document);
            field.id = if instance == 1 { name.clone() } else { format!("{name}-{instance}") };
            field.label = rule.name.clone();
            field.required = instance == 1 && (needed || choice);
            field.document = Some(rule.code.clone());
            field.visible_if = chosen("attach");
            fields.push(field);
        }
        if rule.already_held {
            let mut field = Field::of_kind(FieldKind::Text);
            field.id = format!("{name}-where");
            field.label = words.held_where.clone();
            field.visible_if = chosen("held");
            fields.push(field);
        }
        let heading = filled(&words.attach, "{name}", |language| language(&rule.name).to_owned());
        let document = Some(rule.code.clone());
        Page { id: name, heading, help: rule.why.clone(), item: None, document, fields, visible_if }
    }

    /// A page for each four data that are looked up, to object or to agree; nothing ticked beforehand.
    fn consults(&mut self, consults: &[Consultation]) {
        let words = Arc::clone(&self.shared.words);
        for (place, some) in consults.chunks(FIELDS_PER_PAGE).enumerate() {
            let mut fields = Vec::new();
            for consultation in some {
                let template = match consultation.basis {
                    ConsultBasis::Objection => &words.objection,
                    ConsultBasis::Consent => &words.consent,
                };
                let mut field = Field::of_kind(FieldKind::Consent);
                field.id = consultation.field();
                field.label = filled(template, "{text}", |language| language(&consultation.text).to_owned());
                field.required = false;
                self.scope.earlier.insert(field.id.clone(), variable(&field));
                fields.push(field);
            }
            let id = if place == 0 { "consults".to_owned() } else { format!("consults-{}", place + 1) };
            self.page_ids.insert(id.clone());
            let (heading, help) = (words.consults.clone(), Some(words.consults_help.clone()));
            self.pages.push(Page { id, heading, help, item: None, document: None, fields, visible_if: None });
        }
    }
}

fn at_least(group: &str, number: u32) -> Expr {
    let node = |node| Box::new(Expr { at: 0, node });
    let count = node(Node::Field { id: group.to_owned(), read: Read::Number });
    let number = node(Node::Number(Decimal::whole(i64::from(number))));
    Expr { at: 0, node: Node::Compare(Compare::AtLeast, count, number) }
}

fn equals(field: &str, answer: &str) -> Expr {
    let node = |node| Box::new(Expr { at: 0, node });
    let field = node(Node::Field { id: field.to_owned(), read: Read::Text });
    Expr { at: 0, node: Node::Compare(Compare::Equal, field, node(Node::Text(answer.to_owned()))) }
}

/// A text with a mark filled in, language by language.
fn filled(text: &Text, mark: &str, with: impl Fn(fn(&Text) -> &str) -> String) -> Text {
    let fill = |words: fn(&Text) -> &str| words(text).replace(mark, &with(words));
    Text { va: fill(|t| &t.va), es: fill(|t| &t.es), en: fill(|t| &t.en) }
}

fn numbered(text: &Text, number: u32) -> Text {
    filled(text, "{n}", |_| number.to_string())
}

/// The heading of an item's page says of which item it is.
fn headed(heading: &Text, item: &Text, number: u32) -> Text {
    if heading.va.contains("{n}") {
        return numbered(heading, number);
    }
    let item = numbered(item, number);
    let join = |words: fn(&Text) -> &str| format!("{}: {}", words(&item), words(heading));
    Text { va: join(|t| &t.va), es: join(|t| &t.es), en: join(|t| &t.en) }
}
