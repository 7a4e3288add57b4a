//! The catalogue: its files read, their references followed, their rules checked.

use std::collections::BTreeMap;

mod checks;

use crate::Error;
use crate::form::{Condition, FieldKind, FieldOption, Form, Page};
use crate::procedure::{Category, DataProtection, DocumentRule, Object, Procedure, ResolutionTerm, Unit};
use crate::source::{self, AnswerWords, Block, Document, Entry, ProcedureFile, SharedProtection};

include!(concat!(env!("OUT_DIR"), "/catalogue_files.rs"));

/// Every procedure, with what they refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    procedures: Vec<Procedure>,
    categories: Vec<Category>,
    objects: Vec<Object>,
    units: Vec<Unit>,
}

/// The files of a catalogue: name and contents.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `categories.toml`, `objects.toml`, `units.toml`, `documents.toml`, `data-protection.toml`, `answers.toml`.
    pub shared: &'a [(&'a str, &'a str)],
    /// Pages that several procedures ask.
    pub blocks: &'a [(&'a str, &'a str)],
    /// One procedure each.
    pub procedures: &'a [(&'a str, &'a str)],
}

impl Sources<'static> {
    /// The files that are part of the program.
    #[must_use]
    pub fn bundled() -> Self {
        Self { shared: SHARED, blocks: BLOCKS, procedures: PROCEDURES }
    }
}

impl Catalogue {
    /// The catalogue that is part of the program.
    ///
    /// # Errors
    /// [`Error`] when a rule of the catalogue is not kept.
    pub fn bundled() -> Result<Self, Error> {
        Self::read(&Sources::bundled())
    }

    /// Reads a catalogue and checks it whole.
    ///
    /// # Errors
    /// [`Error`]: the first file that is not right, and why.
    pub fn read(sources: &Sources<'_>) -> Result<Self, Error> {
        let categories = source::shared::<source::Categories>(sources, "categories.toml")?.categories;
        let objects = source::shared::<source::Objects>(sources, "objects.toml")?.objects;
        let units = source::shared::<source::Units>(sources, "units.toml")?.units;
        let documents = source::shared::<source::Documents>(sources, "documents.toml")?.documents;
        let protection: SharedProtection = source::shared(sources, "data-protection.toml")?;
        let words: AnswerWords = source::shared(sources, "answers.toml")?;
        checks::unique("categories.toml", "category", categories.iter().map(|c| c.code.as_str()))?;
        checks::unique("objects.toml", "object", objects.iter().map(|o| o.code.as_str()))?;
        checks::unique("units.toml", "unit", units.iter().map(|u| u.code.as_str()))?;
        checks::unique("documents.toml", "document", documents.iter().map(|d| d.code.as_str()))?;

        let mut blocks = BTreeMap::new();
        for (file, text) in sources.blocks {
            let block: Block = source::read(file, text)?;
            blocks.insert(file.trim_end_matches(".toml"), block.pages);
        }

        let mut procedures = Vec::with_capacity(sources.procedures.len());
        for (file, text) in sources.procedures {
            let parts = Parts {
                file,
                blocks: &blocks,
                documents: &documents,
                protection: &protection,
                words: &words,
            };
            let procedure = parts.procedure(source::read(file, text)?)?;
            checks::known(file, "category", &procedure.category, categories.iter().map(|c| c.code.as_str()))?;
            checks::known(file, "unit", &procedure.unit, units.iter().map(|u| u.code.as_str()))?;
            for object in &procedure.objects {
                checks::known(file, "object", object, objects.iter().map(|o| o.code.as_str()))?;
            }
            checks::procedure(file, &procedure)?;
            procedures.push(procedure);
        }
        procedures.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
        checks::unique("procedures", "procedure", procedures.iter().map(|p| p.id.as_str()))?;
        Ok(Self { procedures, categories, objects, units })
    }

    /// Every procedure, most asked first.
    pub fn procedures(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter()
    }

    /// The procedures of one category, most asked first.
    pub fn in_category<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Procedure> {
        self.procedures.iter().filter(move |p| p.category == code)
    }

    /// One procedure.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Procedure> {
        self.procedures.iter().find(|p| p.id == id)
    }

    /// Every category, in the order in which they are shown.
    pub fn categories(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter()
    }

    /// One category.
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.code == code)
    }

    /// Everything a citizen may want to do, in the order in which it is shown.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.iter()
    }

    /// One unit of the town hall.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|u| u.code == code)
    }
}

/// What a procedure's file may refer to.
struct Parts<'a> {
    file: &'a str,
    blocks: &'a BTreeMap<&'a str, Vec<Page>>,
    documents: &'a [Document],
    protection: &'a SharedProtection,
    words: &'a AnswerWords,
}

impl Parts<'_> {
    fn procedure(&self, read: ProcedureFile) -> Result<Procedure, Error> {
        let mut pages = Vec::new();
        for entry in read.form {
            pages.extend(self.pages(entry)?);
        }
        for field in pages.iter_mut().flat_map(|p| &mut p.fields) {
            if field.kind == FieldKind::YesNo && field.options.is_empty() {
                field.options = vec![
                    FieldOption { id: "yes".to_owned(), label: self.words.yes.clone() },
                    FieldOption { id: "no".to_owned(), label: self.words.no.clone() },
                ];
            }
        }
        let documents =
            read.documents.iter().map(|code| self.document(code, &pages)).collect::<Result<Vec<_>, _>>()?;
        Ok(Procedure {
            id: read.id,
            version: read.version,
            category: read.category,
            objects: read.objects,
            kind: read.kind,
            audience: read.audience,
            rank: read.rank,
            name: read.name,
            summary: read.summary,
            purpose: read.purpose,
            who_may: read.who_may,
            you_will_need: read.you_will_need,
            result: read.result,
            minutes: read.minutes,
            fee: read.fee,
            term: ResolutionTerm { months: read.resolution_months },
            silence: read.silence,
            silence_reason: read.silence_reason,
            unit: read.unit,
            identification: read.identification,
            signature_required: read.signature_required,
            legal_basis: read.legal_basis,
            documents,
            consults: read.consults,
            data_protection: DataProtection {
                controller: self.protection.controller.clone(),
                purpose: read.data_protection.purpose,
                basis: read.data_protection.basis,
                recipients: read.data_protection.recipients,
                rights: self.protection.rights.clone(),
            },
            declarations: read.declarations,
            form: Form { pages, words: self.words.clone() },
            abstract_template: read.abstract_template,
            to_confirm_by_clerk: read.to_confirm_by_clerk,
        })
    }

    fn document(&self, code: &str, pages: &[Page]) -> Result<DocumentRule, Error> {
        let document = self.documents.iter().find(|d| d.code == code).ok_or_else(|| Error::Unknown {
            file: self.file.to_owned(),
            what: "document",
            name: code.to_owned(),
        })?;
        let mut fields = pages.iter().flat_map(|p| &p.fields);
        Ok(DocumentRule {
            code: document.code.clone(),
            name: document.name.clone(),
            formats: document.formats.clone(),
            max_mb: document.max_mb,
            field: fields.find(|f| f.document.as_deref() == Some(code)).map(|f| f.id.clone()),
        })
    }

    fn pages(&self, entry: Entry) -> Result<Vec<Page>, Error> {
        let rule = |reason: &str| Error::Rule {
            file: self.file.to_owned(),
            place: "form".to_owned(),
            reason: reason.to_owned(),
        };
        let name = match (entry.page, entry.block) {
            (Some(page), None)
                if entry.prefix.is_none() && entry.heading.is_none() && entry.visible_if.is_empty() =>
            {
                return Ok(vec![page]);
            }
            (Some(_), None) => {
                return Err(rule("prefix, heading and visible_if beside a page are for blocks only"));
            }
            (None, Some(name)) => name,
            (None, None) | (Some(_), Some(_)) => return Err(rule("each entry is one page or one block")),
        };
        let mut pages = self.blocks.get(name.as_str()).cloned().ok_or_else(|| Error::Unknown {
            file: self.file.to_owned(),
            what: "block",
            name: name.clone(),
        })?;
        if let Some(prefix) = &entry.prefix {
            put_before_ids(prefix, &mut pages);
        }
        for page in &mut pages {
            page.visible_if.extend(entry.visible_if.iter().cloned());
        }
        if let (Some(heading), Some(first)) = (entry.heading, pages.first_mut()) {
            first.heading = heading;
        }
        Ok(pages)
    }
}

/// Renames a block's pages and fields, and its conditions where they look at its own fields.
fn put_before_ids(prefix: &str, pages: &mut [Page]) {
    let own: Vec<String> = pages.iter().flat_map(|p| &p.fields).map(|f| f.id.clone()).collect();
    let rename = |conditions: &mut Vec<Condition>| {
        for condition in conditions.iter_mut().filter(|c| own.contains(&c.field)) {
            condition.field = format!("{prefix}-{}", condition.field);
        }
    };
    for page in pages {
        page.id = format!("{prefix}-{}", page.id);
        rename(&mut page.visible_if);
        for field in &mut page.fields {
            field.id = format!("{prefix}-{}", field.id);
            rename(&mut field.visible_if);
        }
    }
}
