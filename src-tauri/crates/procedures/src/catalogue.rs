//! The catalogue: its files read, their references followed, their rules checked.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use serde::{Deserialize, Serialize};
use wording::Text;

use crate::compile::{Shared, checked};
use crate::dates::Calendar;
use crate::error::{Error, ErrorKind};
use crate::limits;
use crate::procedure::{Category, Object, Procedure, Unit};
use crate::source::{self, File};
use crate::streets::Streets;

include!(concat!(env!("OUT_DIR"), "/catalogue_files.rs"));

/// Fewest files worth a thread of their own.
const PART: usize = 8;

/// Every procedure, with what they refer to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    procedures: Vec<Procedure>,
    places: BTreeMap<String, usize>,
    categories: Vec<Category>,
    objects: Vec<Object>,
    units: Vec<Unit>,
    documents: Vec<(String, Text)>,
    streets: Streets,
}

/// A catalogue of which some files could not be used.
#[derive(Debug)]
pub struct Loaded {
    /// What could be used.
    pub catalogue: Catalogue,
    /// What could not, file by file.
    pub refused: Vec<Error>,
}

/// The files of a catalogue: name and contents.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `categories.toml`, `objects.toml`, `units.toml`, `documents.toml`, `data-protection.toml`, `answers.toml`,
    /// `texts.toml`, `calendar.toml`, `streets.toml`.
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

impl<'a> Sources<'a> {
    fn shared<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<(File<'a>, T), Error> {
        let found = self.shared.iter().find(|(file, _)| *file == name);
        let file = File::new(*found.ok_or_else(|| Error::whole(name, ErrorKind::Missing, "is missing"))?);
        Ok((file, file.read()?))
    }

    /// Whether all of it is no larger than a catalogue may be.
    fn sizes(&self) -> Result<(), Error> {
        let files = || self.shared.iter().chain(self.blocks).chain(self.procedures);
        if let Some((file, text)) = files().find(|(_, text)| text.len() > limits::FILE_BYTES) {
            return Err(Error::too_large(file, text.len()));
        }
        let bytes: usize = files().map(|(_, text)| text.len()).sum();
        if bytes > limits::CATALOGUE_BYTES || self.procedures.len() > limits::PROCEDURES {
            let (count, most) = (self.procedures.len(), limits::CATALOGUE_BYTES);
            let reason = format!("{count} procedures in {bytes} bytes; the most is {most} bytes");
            return Err(Error::whole("catalogue", ErrorKind::TooLarge, reason));
        }
        Ok(())
    }
}

impl Catalogue {
    /// The catalogue that is part of the program, from the text of its files. A program that starts takes it from the crate
    /// `bundled-catalogue`, in a tenth of the time.
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
        let loaded = Self::load(sources)?;
        loaded.refused.into_iter().next().map_or(Ok(loaded.catalogue), Err)
    }

    /// Reads a catalogue; a procedure or a block that is not right is left out and told, the rest stays.
    ///
    /// # Errors
    /// [`Error`] when what all procedures share is not right, or all of it is too large.
    pub fn load(sources: &Sources<'_>) -> Result<Loaded, Error> {
        sources.sizes()?;
        let mut refused = Vec::new();
        let mut shared = shared(sources)?;
        for file in sources.blocks.iter().map(|named| File::new(*named)) {
            match file.read() {
                Ok(block) => {
                    shared.blocks.insert(file.name.trim_end_matches(".toml"), (file, block));
                }
                Err(error) => refused.push(error),
            }
        }
        let mut procedures: Vec<Procedure> = Vec::with_capacity(sources.procedures.len());
        for (file, compiled) in compiled(&shared, sources.procedures) {
            match compiled {
                Ok(procedure) if procedures.iter().any(|known| known.id == procedure.id) => {
                    let reason = format!("there are two procedures called `{}`", procedure.id);
                    refused.push(Error::whole(file, ErrorKind::Duplicate, reason));
                }
                Ok(procedure) => procedures.push(procedure),
                Err(error) => refused.push(error),
            }
        }
        procedures.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
        let places = procedures.iter().enumerate().map(|(place, p)| (p.id.clone(), place)).collect();
        let (file, streets): (_, source::StreetsFile) = sources.shared("streets.toml")?;
        let catalogue = Self {
            procedures,
            places,
            categories: shared.categories,
            objects: shared.objects,
            units: shared.units,
            documents: shared.documents.into_iter().map(|d| (d.code, d.name)).collect(),
            streets: Streets::new(file, streets)?,
        };
        Ok(Loaded { catalogue, refused })
    }

    /// Every procedure, whether it is offered or not, most asked first.
    pub fn procedures(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter()
    }

    pub(crate) fn procedures_mut(&mut self) -> impl Iterator<Item = &mut Procedure> {
        self.procedures.iter_mut()
    }

    /// The procedures that people may begin now, most asked first.
    pub fn offered(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter().filter(|p| p.is_offered())
    }

    /// The procedures that people may read about: also those that cannot be begun for now. Most asked first.
    pub fn shown(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter().filter(|p| p.is_shown())
    }

    /// Those of one category that are shown.
    pub fn in_category<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Procedure> {
        self.shown().filter(move |p| p.category == code)
    }

    /// Those shown for something that a citizen wants to do.
    pub fn for_object<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Procedure> {
        self.shown().filter(move |p| p.objects.iter().any(|o| o == code))
    }

    /// One procedure.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Procedure> {
        self.procedures.get(*self.places.get(id)?)
    }

    /// Procedures that people confuse with this one or need next. One that was left out takes no other with it.
    pub fn related<'a>(&'a self, procedure: &'a Procedure) -> impl Iterator<Item = &'a Procedure> {
        procedure.related.iter().filter_map(|id| self.get(id))
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

    /// One thing that a citizen may want to do.
    #[must_use]
    pub fn object(&self, code: &str) -> Option<&Object> {
        self.objects.iter().find(|o| o.code == code)
    }

    /// One unit of the town hall.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|u| u.code == code)
    }

    /// Every unit.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter()
    }

    /// Every document that may be asked: its code and name.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.documents.iter().map(|(code, name)| (code.as_str(), name))
    }

    /// The streets of the town.
    #[must_use]
    pub fn streets(&self) -> &Streets {
        &self.streets
    }
}

/// What all procedures share.
fn shared<'a>(sources: &Sources<'a>) -> Result<Shared<'a>, Error> {
    let (file, categories): (_, source::Categories) = sources.shared("categories.toml")?;
    unique(file, "category", categories.categories.iter().map(|c| c.code.as_str()))?;
    let (file, objects): (_, source::Objects) = sources.shared("objects.toml")?;
    unique(file, "object", objects.objects.iter().map(|o| o.code.as_str()))?;
    let (file, units): (_, source::Units) = sources.shared("units.toml")?;
    unique(file, "unit", units.units.iter().map(|u| u.code.as_str()))?;
    let (file, documents): (_, source::Documents) = sources.shared("documents.toml")?;
    unique(file, "document", documents.documents.iter().map(|d| d.code.as_str()))?;
    for document in &documents.documents {
        if document.formats.is_empty() || !(1..=50).contains(&document.max_mb) {
            let reason = format!("document {}: formats is empty or max_mb is not 1 to 50", document.code);
            return Err(Error::whole(file.name, ErrorKind::Rule, reason));
        }
    }
    let (file, texts): (_, BTreeMap<String, toml::Spanned<Text>>) = sources.shared("texts.toml")?;
    let texts = texts
        .into_iter()
        .map(|(code, text)| Ok((code, checked(file, &text, text.get_ref(), usize::MAX)?)))
        .collect::<Result<_, Error>>()?;
    let (file, calendar): (_, source::CalendarFile) = sources.shared("calendar.toml")?;
    let holidays = calendar
        .holidays
        .iter()
        .map(|day| day.get_ref().parse().map_err(|_| file.rule(day, "a day is written 2026-12-31")));
    let calendar = Arc::new(Calendar::new(holidays.collect::<Result<Vec<_>, _>>()?));
    Ok(Shared {
        blocks: BTreeMap::new(),
        categories: categories.categories,
        objects: objects.objects,
        units: units.units,
        documents: documents.documents,
        protection: sources.shared("data-protection.toml")?.1,
        texts,
        words: Arc::new(sources.shared("answers.toml")?.1),
        calendar,
    })
}

/// Each procedure from its file, in the order of the files; on several cores, because a kiosk waits for it when it starts.
fn compiled<'a>(
    shared: &Shared<'a>,
    files: &[(&'a str, &'a str)],
) -> Vec<(&'a str, Result<Procedure, Error>)> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let part = files.len().div_ceil(cores).max(PART);
    let compile = |files: &[(&'a str, &'a str)]| {
        files.iter().map(|file| (file.0, shared.procedure(File::new(*file)))).collect::<Vec<_>>()
    };
    let compile = &compile;
    thread::scope(|scope| {
        let parts: Vec<_> = files.chunks(part).map(|files| scope.spawn(move || compile(files))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

fn unique<'a>(file: File<'_>, what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            let reason = format!("there are two called `{name}`: each {what} has its own code");
            return Err(Error::whole(file.name, ErrorKind::Duplicate, reason));
        }
    }
    Ok(())
}
