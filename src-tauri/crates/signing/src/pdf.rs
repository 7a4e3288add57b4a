//! Reading a PDF file as far as signing needs it. The parser is lopdf's; what decides is looked at in the bytes.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::MAX_PDF;
use crate::error::Error;

/// Most bytes a compressed object stream may grow to.
const MAX_INFLATED: usize = 64 * 1024 * 1024;
/// How far from the end the last `startxref` may stand.
const TAIL: usize = 1024;
/// Most form fields looked at.
const MAX_FIELDS: usize = 1024;
/// Deepest tree of fields.
const MAX_FIELD_DEPTH: usize = 16;

/// What kind of cross-reference stands at the end, and so has to be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum XrefKind {
    /// `xref` and `trailer`.
    Table,
    /// A stream object.
    Stream,
}

/// A parsed file next to its bytes.
pub(crate) struct Pdf<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) document: Document,
    pub(crate) kind: XrefKind,
    pub(crate) startxref: usize,
    /// `/Size` of the last trailer: the first free object number.
    pub(crate) size: u32,
    pub(crate) catalog: ObjectId,
}

/// A form field without children of its own.
pub(crate) struct Field<'d> {
    /// Fully qualified name.
    pub(crate) name: Vec<u8>,
    /// The signature dictionary, where the field is a signature field and has one.
    pub(crate) signature: Option<&'d Dictionary>,
}

impl<'a> Pdf<'a> {
    /// Parses a whole file, strictly: nothing is repaired, since others might repair it differently.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_PDF {
            return Err(Error::TooLarge { max: MAX_PDF });
        }
        if !bytes.starts_with(b"%PDF-1.") {
            return Err(Error::Unreadable { what: "header" });
        }
        let startxref = last_startxref(bytes)?;
        let section = bytes.get(startxref..).ok_or(Error::Unreadable { what: "startxref" })?;
        let kind = if section.starts_with(b"xref") { XrefKind::Table } else { XrefKind::Stream };
        if kind == XrefKind::Table && contains(section, b"/XRefStm") {
            return Err(Error::Unsupported { what: "hybrid cross-reference" });
        }
        let document = load(bytes)?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err(Error::Unsupported { what: "encryption" });
        }
        if document.xref_start != startxref || document.xref_recovery.is_some() {
            return Err(Error::Unreadable { what: "cross-reference" });
        }
        let number = |key: &[u8]| document.trailer.get(key).and_then(Object::as_i64).ok();
        let size = number(b"Size").and_then(|size| u32::try_from(size).ok());
        let size = size.filter(|size| *size > document.max_id).ok_or(Error::Unreadable { what: "Size" })?;
        let catalog = document
            .trailer
            .get(b"Root")
            .and_then(Object::as_reference)
            .map_err(|_| Error::Unreadable { what: "Root" })?;
        let pdf = Self { bytes, document, kind, startxref, size, catalog };
        pdf.catalog()?;
        Ok(pdf)
    }

    pub(crate) fn catalog(&self) -> Result<&Dictionary, Error> {
        self.document.get_dictionary(self.catalog).map_err(|_| Error::Unreadable { what: "catalog" })
    }

    /// Follows references; `None` for what is absent, null or circular.
    pub(crate) fn resolve<'d>(&'d self, object: &'d Object) -> Option<&'d Object> {
        let (_, object) = self.document.dereference(object).ok()?;
        (!object.is_null()).then_some(object)
    }

    pub(crate) fn entry<'d>(&'d self, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        self.resolve(dictionary.get(key).ok()?)
    }

    pub(crate) fn dictionary<'d>(&'d self, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
        self.entry(dictionary, key)?.as_dict().ok()
    }

    pub(crate) fn array<'d>(&'d self, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d [Object]> {
        self.entry(dictionary, key)?.as_array().ok().map(Vec::as_slice)
    }

    /// Every terminal field, by the form's tree.
    pub(crate) fn fields(&self) -> Result<Vec<Field<'_>>, Error> {
        let mut walk = Walk { pdf: self, found: Vec::new(), seen: BTreeSet::new(), left: MAX_FIELDS };
        if let Some(form) = self.dictionary(self.catalog()?, b"AcroForm") {
            for field in self.array(form, b"Fields").unwrap_or_default() {
                walk.visit(field, &Inherited::default(), MAX_FIELD_DEPTH)?;
            }
        }
        Ok(walk.found)
    }
}

#[derive(Default, Clone)]
struct Inherited<'d> {
    name: Vec<u8>,
    is_signature: bool,
    value: Option<&'d Dictionary>,
}

struct Walk<'p, 'a> {
    pdf: &'p Pdf<'a>,
    found: Vec<Field<'p>>,
    seen: BTreeSet<ObjectId>,
    left: usize,
}

impl<'p> Walk<'p, '_> {
    fn visit(&mut self, object: &'p Object, parent: &Inherited<'p>, depth: usize) -> Result<(), Error> {
        let damaged = || Error::Unreadable { what: "form fields" };
        let depth = depth.checked_sub(1).ok_or_else(damaged)?;
        self.left = self.left.checked_sub(1).ok_or_else(damaged)?;
        if let Ok(id) = object.as_reference()
            && !self.seen.insert(id)
        {
            return Err(damaged());
        }
        let pdf = self.pdf;
        let field = pdf.resolve(object).and_then(|object| object.as_dict().ok()).ok_or_else(damaged)?;
        let mut here = parent.clone();
        let name = pdf.entry(field, b"T").and_then(|name| name.as_str().ok());
        if let Some(name) = name {
            if !here.name.is_empty() {
                here.name.push(b'.');
            }
            here.name.extend_from_slice(name);
        }
        if let Some(kind) = pdf.entry(field, b"FT") {
            here.is_signature = kind.as_name().is_ok_and(|kind| kind == b"Sig");
        }
        if let Some(value) = pdf.entry(field, b"V") {
            here.value = value.as_dict().ok();
        }
        let kids = pdf.array(field, b"Kids").unwrap_or_default();
        // Children without a name are the field's widgets, not fields.
        let is_field =
            |kid: &Object| pdf.resolve(kid).and_then(|k| k.as_dict().ok()).is_some_and(|k| k.has(b"T"));
        if kids.iter().any(is_field) {
            for kid in kids {
                self.visit(kid, &here, depth)?;
            }
        } else {
            let signature = here.value.filter(|_| here.is_signature);
            self.found.push(Field { name: here.name, signature });
        }
        Ok(())
    }
}

fn load(bytes: &[u8]) -> Result<Document, Error> {
    // The parser is not ours and meets bytes from outside: should it panic, that is one more unreadable file.
    let loaded = catch_unwind(|| {
        let options =
            LoadOptions { strict: true, max_decompressed_size: Some(MAX_INFLATED), ..LoadOptions::default() };
        Document::load_mem_with_options(bytes, options)
    });
    match loaded {
        Ok(Ok(document)) => Ok(document),
        Ok(Err(_)) | Err(_) => Err(Error::Unreadable { what: "structure" }),
    }
}

/// The number after the last `startxref`, which has to be followed by the end mark and nothing but white space.
fn last_startxref(bytes: &[u8]) -> Result<usize, Error> {
    const KEYWORD: &[u8] = b"startxref";
    let damaged = || Error::Unreadable { what: "startxref" };
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    let at = tail.windows(KEYWORD.len()).rposition(|window| window == KEYWORD).ok_or_else(damaged)?;
    let rest = tail.get(at + KEYWORD.len()..).unwrap_or_default();
    let rest = std::str::from_utf8(rest).map_err(|_| damaged())?;
    let (number, end) = rest.split_once("%%EOF").ok_or_else(damaged)?;
    if !end.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return Err(damaged());
    }
    number.trim().parse().map_err(|_| damaged())
}

pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
