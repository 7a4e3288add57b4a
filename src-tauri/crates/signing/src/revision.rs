//! One revision appended to a file: changed and new objects, and a cross-reference of the kind that stands there.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};

use crate::error::Error;
use crate::pdf::{Pdf, XrefKind};
use crate::signer::Digest;
use crate::syntax::{self, put};

/// Objects on top of a file, as they will be after the revision.
pub(crate) struct Revision<'p, 'a> {
    pdf: &'p Pdf<'a>,
    next: u32,
    objects: BTreeMap<ObjectId, Object>,
}

/// The whole file with the new revision.
pub(crate) struct Appended {
    pub(crate) bytes: Vec<u8>,
    /// Where the body of the object given as bytes begins.
    pub(crate) body_at: usize,
}

impl<'p, 'a> Revision<'p, 'a> {
    pub(crate) fn on(pdf: &'p Pdf<'a>) -> Self {
        Self { pdf, next: pdf.size, objects: BTreeMap::new() }
    }

    pub(crate) fn pdf(&self) -> &'p Pdf<'a> {
        self.pdf
    }

    /// Takes the next free number.
    pub(crate) fn allocate(&mut self) -> Result<ObjectId, Error> {
        let id = (self.next, 0);
        self.next = self.next.checked_add(1).ok_or(Error::Unsupported { what: "object numbers" })?;
        Ok(id)
    }

    pub(crate) fn put(&mut self, id: ObjectId, object: Object) {
        self.objects.insert(id, object);
    }

    pub(crate) fn add(&mut self, object: Object) -> Result<ObjectId, Error> {
        let id = self.allocate()?;
        self.put(id, object);
        Ok(id)
    }

    /// An object as it is now.
    pub(crate) fn peek(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(&id).or_else(|| self.pdf.document.get_object(id).ok())
    }

    /// A dictionary to be changed: from now on it is part of the revision.
    pub(crate) fn change(&mut self, id: ObjectId) -> Result<&mut Dictionary, Error> {
        let damaged = Error::Unreadable { what: "object" };
        if !self.objects.contains_key(&id) {
            let old = self.pdf.document.get_object(id).map_err(|_| Error::Unreadable { what: "object" })?;
            self.objects.insert(id, old.clone());
        }
        match self.objects.get_mut(&id) {
            Some(Object::Dictionary(dictionary)) => Ok(dictionary),
            Some(_) | None => Err(damaged),
        }
    }

    /// Appends to the array under a key, wherever the array stands: in the dictionary, apart, or not yet.
    pub(crate) fn push(
        &mut self,
        holder: ObjectId,
        key: &str,
        items: impl IntoIterator<Item = Object>,
        single: Single,
    ) -> Result<(), Error> {
        let holder_now = self.change(holder)?;
        let now = holder_now.get(key.as_bytes()).ok().cloned().unwrap_or(Object::Null);
        if let Object::Reference(id) = now
            && let Some(Object::Array(apart)) = self.peek(id)
        {
            let mut array = apart.clone();
            array.extend(items);
            self.put(id, Object::Array(array));
            return Ok(());
        }
        let mut array = match (now, single) {
            (Object::Null, _) => Vec::new(),
            (Object::Array(array), _) => array,
            (one, Single::Allowed) => vec![one],
            (_, Single::Refused) => return Err(Error::Unreadable { what: "array" }),
        };
        array.extend(items);
        self.change(holder)?.set(key, Object::Array(array));
        Ok(())
    }

    /// Writes everything behind the old bytes. `raw` is one more object, given as bytes.
    pub(crate) fn append(self, raw: (ObjectId, &[u8])) -> Result<Appended, Error> {
        let pdf = self.pdf;
        let mut bytes = Vec::with_capacity(pdf.bytes.len() + raw.1.len() + 16 * 1024);
        bytes.extend_from_slice(pdf.bytes);
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let mut offsets = BTreeMap::new();
        let mut body_at = 0;
        for (id, object) in &self.objects {
            let mut body = Vec::new();
            syntax::write(object, &mut body)?;
            write_object(*id, &body, &mut bytes, &mut offsets);
        }
        write_object(raw.0, raw.1, &mut bytes, &mut offsets);
        if let Some(at) = offsets.get(&raw.0) {
            body_at = at + header(raw.0).len();
        }
        match pdf.kind {
            XrefKind::Table => self.table(&mut bytes, &offsets)?,
            XrefKind::Stream => self.stream(&mut bytes, &mut offsets)?,
        }
        if bytes.len() > crate::MAX_PDF {
            return Err(Error::TooLarge { max: crate::MAX_PDF });
        }
        Ok(Appended { bytes, body_at })
    }

    fn table(&self, bytes: &mut Vec<u8>, offsets: &BTreeMap<ObjectId, usize>) -> Result<(), Error> {
        let at = bytes.len();
        bytes.extend_from_slice(b"xref\n");
        for ((number, generation), offset) in offsets {
            // One subsection for each object; an entry is exactly twenty bytes long.
            put(bytes, format_args!("{number} 1\n{offset:010} {generation:05} n \n"));
        }
        bytes.extend_from_slice(b"trailer\n");
        syntax::write(&Object::Dictionary(self.trailer(self.next, bytes)), bytes)?;
        put(bytes, format_args!("\nstartxref\n{at}\n%%EOF\n"));
        Ok(())
    }

    fn stream(&self, bytes: &mut Vec<u8>, offsets: &mut BTreeMap<ObjectId, usize>) -> Result<(), Error> {
        let at = bytes.len();
        let id = (self.next, 0);
        let size = self.next.checked_add(1).ok_or(Error::Unsupported { what: "object numbers" })?;
        offsets.insert(id, at);
        let mut entries = Vec::with_capacity(offsets.len() * 7);
        let mut index = Vec::with_capacity(offsets.len() * 2);
        for ((number, generation), offset) in &*offsets {
            index.extend([Object::Integer(i64::from(*number)), Object::Integer(1)]);
            let offset = u32::try_from(*offset).map_err(|_| Error::TooLarge { max: crate::MAX_PDF })?;
            entries.push(1);
            entries.extend(offset.to_be_bytes());
            entries.extend(generation.to_be_bytes());
        }
        let mut dictionary = self.trailer(size, bytes);
        dictionary.set("Type", Object::Name(b"XRef".to_vec()));
        dictionary.set("W", Object::Array(vec![1.into(), 4.into(), 2.into()]));
        dictionary.set("Index", Object::Array(index));
        dictionary.set("Length", Object::Integer(i64::try_from(entries.len()).unwrap_or(i64::MAX)));
        bytes.extend(header(id));
        syntax::write(&Object::Dictionary(dictionary), bytes)?;
        bytes.extend_from_slice(b"\nstream\n");
        bytes.extend(entries);
        put(bytes, format_args!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n"));
        Ok(())
    }

    /// `/Root` and `/Info` stay; the first identifier stays, the second is new with each revision.
    fn trailer(&self, size: u32, bytes: &[u8]) -> Dictionary {
        let old = &self.pdf.document.trailer;
        let mut trailer = Dictionary::new();
        trailer.set("Size", Object::Integer(i64::from(size)));
        trailer.set("Prev", Object::Integer(i64::try_from(self.pdf.startxref).unwrap_or(i64::MAX)));
        trailer.set("Root", Object::Reference(self.pdf.catalog));
        if let Ok(info) = old.get(b"Info") {
            trailer.set("Info", info.clone());
        }
        let new: Vec<u8> = Digest::of(bytes).as_bytes().iter().take(16).copied().collect();
        let new = Object::String(new, lopdf::StringFormat::Hexadecimal);
        let first = self.pdf.array(old, b"ID").and_then(|id| id.first()).filter(|id| id.as_str().is_ok());
        let first = first.cloned().unwrap_or_else(|| new.clone());
        trailer.set("ID", Object::Array(vec![first, new]));
        trailer
    }
}

/// Whether one item may stand in place of an array of items, as in a structure element's `/K`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Single {
    Allowed,
    Refused,
}

fn header((number, generation): ObjectId) -> Vec<u8> {
    format!("{number} {generation} obj\n").into_bytes()
}

fn write_object(id: ObjectId, body: &[u8], bytes: &mut Vec<u8>, offsets: &mut BTreeMap<ObjectId, usize>) {
    offsets.insert(id, bytes.len());
    bytes.extend(header(id));
    bytes.extend_from_slice(body);
    bytes.extend_from_slice(b"\nendobj\n");
}
