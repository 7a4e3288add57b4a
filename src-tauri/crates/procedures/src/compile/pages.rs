//! The pages of a form in their order, before their fields are looked at: blocks put in, groups written out.

use std::collections::BTreeSet;

use toml::Spanned;
use wording::Text;

use super::names::Names;
use super::{Shared, id, text};
use crate::error::Error;
use crate::group::MOST_ITEMS;
use crate::source::{Block, Entry, File, Name, RawCheck, RawGroup, RawPage};

/// Something asked, where it was read, and how its names are to be understood.
pub(super) struct Draft<'a> {
    pub(super) file: File<'a>,
    pub(super) names: Names,
    pub(super) what: What<'a>,
    /// Conditions of the entries around it, each with its own file and names.
    pub(super) around: Vec<(File<'a>, Names, &'a Name)>,
    /// The item it asks about: of which group, which, and what an item is called.
    pub(super) item: Option<(String, u32, Text)>,
}

pub(super) enum What<'a> {
    Page {
        page: &'a RawPage,
        changes: Option<&'a Entry>,
        first: bool,
    },
    /// The page that asks how many items there are.
    Count {
        group: &'a RawGroup,
        changes: Option<&'a Entry>,
    },
    /// The group ends here: from here on its fields are seen by going over its items.
    End {
        group: String,
        own: BTreeSet<String>,
    },
    Documents {
        entry: &'a Spanned<Entry>,
    },
    Consults {
        entry: &'a Spanned<Entry>,
    },
}

/// A check, where it was read, and how its names are to be understood.
pub(super) struct DraftCheck<'a> {
    pub(super) file: File<'a>,
    pub(super) names: Names,
    pub(super) check: &'a RawCheck,
    /// The item that it is about.
    pub(super) item: Option<(String, u32)>,
}

#[derive(Default)]
pub(super) struct Drafts<'a> {
    pub(super) pages: Vec<Draft<'a>>,
    pub(super) checks: Vec<DraftCheck<'a>>,
}

/// Where an entry stands.
#[derive(Clone, Default)]
struct Around<'a> {
    names: Names,
    conditions: Vec<(File<'a>, Names, &'a Name)>,
    item: Option<(String, u32, Text)>,
    /// What the entry of the block around it changes in its fields.
    changes: Option<&'a Entry>,
}

impl<'a> Drafts<'a> {
    pub(super) fn read(
        shared: &'a Shared<'a>,
        file: File<'a>,
        form: &'a [Spanned<Entry>],
    ) -> Result<Self, Error> {
        let mut drafts = Self::default();
        for entry in form {
            drafts.entry(shared, file, entry, &Around::default())?;
        }
        Ok(drafts)
    }

    fn entry(
        &mut self,
        shared: &'a Shared<'a>,
        file: File<'a>,
        spanned: &'a Spanned<Entry>,
        around: &Around<'a>,
    ) -> Result<(), Error> {
        let entry = spanned.get_ref();
        let asked = [
            entry.page.is_some(),
            entry.block.is_some(),
            entry.group.is_some(),
            entry.documents,
            entry.consults,
        ];
        if asked.iter().filter(|asked| **asked).count() != 1 {
            return Err(
                file.rule(spanned, "each entry is one page, one block, one group, documents or consults")
            );
        }
        let changes = entry.prefix.is_some()
            || entry.heading.is_some()
            || entry.help.is_some()
            || !(entry.omit.is_empty() && entry.optional.is_empty() && entry.required.is_empty());
        if entry.block.is_none() && (changes || entry.visible_if.is_some()) {
            let reason = "prefix, heading, help, visible_if, omit, optional and required beside an entry are for blocks";
            return Err(file.rule(spanned, reason));
        }
        if let Some(page) = &entry.page {
            self.page(file, page, around.changes, false, around);
        } else if let Some(group) = &entry.group {
            self.group(shared, file, group, None, around)?;
        } else if let Some(name) = &entry.block {
            let (block_file, block) =
                shared.blocks.get(name.get_ref().as_str()).ok_or_else(|| file.unknown("block", name))?;
            self.block(shared, file, entry, (*block_file, block), around)?;
        } else {
            if around.item.is_some() {
                return Err(file.rule(spanned, "documents and consults stand outside groups"));
            }
            let what = if entry.documents {
                What::Documents { entry: spanned }
            } else {
                What::Consults { entry: spanned }
            };
            self.push(file, what, around);
        }
        Ok(())
    }

    fn push(&mut self, file: File<'a>, what: What<'a>, around: &Around<'a>) {
        self.pages.push(Draft {
            file,
            names: around.names.clone(),
            what,
            around: around.conditions.clone(),
            item: around.item.clone(),
        });
    }

    fn page(
        &mut self,
        file: File<'a>,
        page: &'a RawPage,
        changes: Option<&'a Entry>,
        first: bool,
        around: &Around<'a>,
    ) {
        self.push(file, What::Page { page, changes, first }, around);
    }

    fn block(
        &mut self,
        shared: &'a Shared<'a>,
        file: File<'a>,
        entry: &'a Entry,
        (block_file, block): (File<'a>, &'a Block),
        around: &Around<'a>,
    ) -> Result<(), Error> {
        let own = own_names(block);
        let inner_names =
            block.group.as_ref().map(|group| own_of_entries(shared, &group.form)).unwrap_or_default();
        for named in entry.omit.iter().chain(&entry.optional).chain(&entry.required) {
            if !own.contains(named.get_ref()) && !inner_names.contains(named.get_ref()) {
                return Err(file.unknown("field of the block", named));
            }
        }
        let mut inner = around.clone();
        if let Some(condition) = &entry.visible_if {
            inner.conditions.push((file, around.names.clone(), condition));
        }
        if let Some(prefix) = &entry.prefix {
            id(file, prefix)?;
            inner.names = around.names.within(own, prefix.get_ref());
        }
        for (place, page) in block.pages.iter().enumerate() {
            self.page(block_file, page, Some(entry), place == 0, &inner);
        }
        if let Some(group) = &block.group {
            let changes = block.pages.is_empty().then_some(entry);
            let around = Around { changes: Some(entry), ..inner.clone() };
            self.group(shared, block_file, group, changes, &around)?;
        }
        self.checks.extend(block.checks.iter().map(|check| DraftCheck {
            file: block_file,
            names: inner.names.clone(),
            check,
            item: around.item.as_ref().map(|(group, number, _)| (group.clone(), *number)),
        }));
        Ok(())
    }

    fn group(
        &mut self,
        shared: &'a Shared<'a>,
        file: File<'a>,
        group: &'a RawGroup,
        changes: Option<&'a Entry>,
        around: &Around<'a>,
    ) -> Result<(), Error> {
        if around.item.is_some() {
            return Err(file.rule(&group.id, "a group cannot stand inside a group"));
        }
        if !(1..=MOST_ITEMS).contains(&group.max) || group.min > group.max {
            return Err(file.rule(
                &group.id,
                format!("a group has at most {MOST_ITEMS} items, and min is not above max"),
            ));
        }
        let item = text(file, &group.item, 60)?;
        if [&item.va, &item.es, &item.en].iter().any(|words| !words.contains("{n}")) {
            return Err(file.rule(&group.item, "has no {n} for the number of the item"));
        }
        self.push(file, What::Count { group, changes }, around);
        let name = around.names.declare(&id(file, &group.id)?);
        let own = own_of_entries(shared, &group.form);
        let mut around = around.clone();
        if let Some(condition) = &group.visible_if {
            around.conditions.push((file, around.names.clone(), condition));
        }
        for number in 1..=group.max {
            let inner = Around {
                names: around.names.within(own.clone(), &format!("{}-{number}", group.id.get_ref())),
                conditions: around.conditions.clone(),
                item: Some((name.clone(), number, item.clone())),
                changes: around.changes,
            };
            for entry in &group.form {
                self.entry(shared, file, entry, &inner)?;
            }
        }
        let end = Around { names: around.names.clone(), ..Around::default() };
        self.push(file, What::End { group: name, own }, &end);
        Ok(())
    }
}

/// Names that a block declares outside its group, and the group's own.
fn own_names(block: &Block) -> BTreeSet<String> {
    let fields = block.pages.iter().flat_map(|page| &page.fields).map(|field| field.id.get_ref().clone());
    fields.chain(block.group.iter().map(|group| group.id.get_ref().clone())).collect()
}

/// Names that the entries of a group declare.
fn own_of_entries(shared: &Shared<'_>, form: &[Spanned<Entry>]) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    for entry in form.iter().map(Spanned::get_ref) {
        own.extend(entry.page.iter().flat_map(|page| &page.fields).map(|field| field.id.get_ref().clone()));
        let block = entry.block.as_ref().and_then(|name| shared.blocks.get(name.get_ref().as_str()));
        for name in block.map(|(_, block)| own_names(block)).unwrap_or_default() {
            own.insert(match &entry.prefix {
                Some(prefix) => format!("{}-{name}", prefix.get_ref()),
                None => name,
            });
        }
    }
    own
}
