//! Reading an attachment out of a file.

use lopdf::{Dictionary, Object};

use crate::MAX_EMBEDDED;
use crate::error::Error;
use crate::pdf::Pdf;
use crate::syntax::read_text;

/// Most nodes of the name tree looked at.
const MAX_NODES: usize = 1024;
/// Deepest name tree followed.
const MAX_DEPTH: usize = 16;

/// Reads the attachment with this file name, if there is one. A leading `/` of the stored name does not count.
///
/// # Errors
/// [`Error::Unreadable`] also when two attachments have the name, since which one was meant is anyone's guess;
/// [`Error::TooLarge`] for the file or the attachment; [`Error::Unsupported`].
pub fn embedded_file(pdf: &[u8], name: &str) -> Result<Option<Vec<u8>>, Error> {
    let pdf = Pdf::open(pdf)?;
    let names = pdf.dictionary(pdf.catalog()?, b"Names");
    let Some(tree) = names.and_then(|names| pdf.dictionary(names, b"EmbeddedFiles")) else { return Ok(None) };
    let mut walk = Walk { pdf: &pdf, name, found: None, left: MAX_NODES };
    walk.visit(tree, MAX_DEPTH)?;
    walk.found.map(|specification| content(&pdf, specification)).transpose()
}

struct Walk<'p, 'a> {
    pdf: &'p Pdf<'a>,
    name: &'p str,
    found: Option<&'p Dictionary>,
    left: usize,
}

impl<'p> Walk<'p, '_> {
    fn visit(&mut self, node: &'p Dictionary, depth: usize) -> Result<(), Error> {
        let damaged = || Error::Unreadable { what: "embedded files" };
        let depth = depth.checked_sub(1).ok_or_else(damaged)?;
        let pdf = self.pdf;
        for pair in pdf.array(node, b"Names").unwrap_or_default().chunks(2) {
            self.left = self.left.checked_sub(1).ok_or_else(damaged)?;
            let [_, specification] = pair else { return Err(damaged()) };
            let specification =
                pdf.resolve(specification).and_then(|s| s.as_dict().ok()).ok_or_else(damaged)?;
            if self.is_wanted(specification) && self.found.replace(specification).is_some() {
                return Err(damaged());
            }
        }
        for kid in pdf.array(node, b"Kids").unwrap_or_default() {
            self.left = self.left.checked_sub(1).ok_or_else(damaged)?;
            let kid = pdf.resolve(kid).and_then(|kid| kid.as_dict().ok()).ok_or_else(damaged)?;
            self.visit(kid, depth)?;
        }
        Ok(())
    }

    /// By the Unicode name where there is one, else by the older one.
    fn is_wanted(&self, specification: &Dictionary) -> bool {
        let stored = |key: &[u8]| self.pdf.entry(specification, key).and_then(|name| name.as_str().ok());
        let stored = stored(b"UF").or_else(|| stored(b"F")).and_then(read_text);
        stored.is_some_and(|stored| stored.trim_start_matches('/') == self.name)
    }
}

fn content(pdf: &Pdf<'_>, specification: &Dictionary) -> Result<Vec<u8>, Error> {
    let damaged = || Error::Unreadable { what: "embedded file" };
    let files = pdf.dictionary(specification, b"EF").ok_or_else(damaged)?;
    let stream = pdf.entry(files, b"F").or_else(|| pdf.entry(files, b"UF"));
    let Some(Object::Stream(stream)) = stream else { return Err(damaged()) };
    let bytes = stream.get_plain_content_with_limit(MAX_EMBEDDED).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Error::TooLarge { max: MAX_EMBEDDED }
        }
        _ => damaged(),
    })?;
    // Uncompressed content is not measured by the limit above.
    if bytes.len() > MAX_EMBEDDED { Err(Error::TooLarge { max: MAX_EMBEDDED }) } else { Ok(bytes) }
}
