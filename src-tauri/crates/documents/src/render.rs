//! From template and data to a PDF and to pages for the screen.

use std::fmt;

use jiff::ZonedDateTime;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_svg::SvgOptions;

use crate::Error;
use crate::compose::Composed;
use crate::world::{Desk, Shared};

/// What to render.
pub(crate) struct Job<'a> {
    pub(crate) template: &'static str,
    pub(crate) ident: String,
    pub(crate) made_at: &'a ZonedDateTime,
    pub(crate) data: Composed,
    pub(crate) files: Vec<(&'static str, Vec<u8>)>,
}

/// A document as file and as pages to look at. Holds personal data: drop it when the session ends.
pub struct Rendered {
    /// The file.
    pub pdf: Vec<u8>,
    document: PagedDocument,
}

impl Rendered {
    /// How many pages.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// A page, counted from 0, as SVG with its letters drawn as outlines; empty when there is no such page.
    #[must_use]
    pub fn page_svg(&self, index: usize) -> String {
        let page = self.document.pages().get(index);
        page.map(|page| typst_svg::svg(page, &SvgOptions::default())).unwrap_or_default()
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered").field("pages", &self.pages()).finish_non_exhaustive()
    }
}

/// Drops what earlier renders left in memory to make later ones quicker: it holds what people wrote.
///
/// To be called at the end of each session, after its [`Rendered`] values are gone.
pub fn forget() {
    comemo::evict(0);
}

pub(crate) fn render(job: Job<'_>) -> Result<Rendered, Error> {
    let Job { template, ident, made_at, data, mut files } = job;
    files.push(("data.json", written(data)?));
    let desk = Desk::new(template, files)?;
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Finestreta".to_owned())),
        timestamp: Some(timestamp(made_at)?),
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]).map_err(|_| Error::Assets)?,
        tagged: true,
        pretty: false,
    };
    let document = typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|faults| Error::Layout { template, place: place(&desk, &faults) })?;
    let pdf = typst_pdf::pdf(&document, &options)
        .map_err(|faults| Error::Export { template, place: place(&desk, &faults) })?;
    Ok(Rendered { pdf, document })
}

/// The data as the template reads it: printable, with a note if that changed anything.
fn written(data: Composed) -> Result<Vec<u8>, Error> {
    let Composed { mut value, note } = data;
    let replaced = Shared::get()?.letters.make_printable(&mut value);
    if let (true, Value::Object(members)) = (replaced, &mut value) {
        members.insert("replaced".to_owned(), Value::String(note));
    }
    serde_json::to_vec(&value).map_err(|source| Error::Data { source })
}

fn timestamp(at: &ZonedDateTime) -> Result<Timestamp, Error> {
    let part = |number: i8| u8::try_from(number).map_err(|_| Error::Time);
    let datetime = Datetime::from_ymd_hms(
        i32::from(at.year()),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    );
    Timestamp::new_local(datetime.ok_or(Error::Time)?, at.offset().seconds() / 60).ok_or(Error::Time)
}

/// Where the first fault is: the template's own file and line, never what was being set.
fn place(desk: &Desk, faults: &[SourceDiagnostic]) -> String {
    let found = faults.first().and_then(|fault| {
        let id = fault.span.id()?;
        let line = desk.source(id).ok()?.lines().byte_to_line(desk.range(fault.span)?.start)?;
        Some(format!("{}:{}", id.get().vpath().get_without_slash(), line + 1))
    });
    found.unwrap_or_else(|| "no place".to_owned())
}
