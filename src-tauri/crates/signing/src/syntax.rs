//! PDF objects as bytes (ISO 32000-1, 7.3).

use std::io::Write as _;

use lopdf::{Dictionary, Object};

use crate::error::Error;

/// Deepest nesting written; what is rewritten here (catalog, page, form, structure) has three or four levels.
const MAX_DEPTH: usize = 32;

/// Writes one object that is not a stream.
pub(crate) fn write(object: &Object, out: &mut Vec<u8>) -> Result<(), Error> {
    write_nested(object, out, MAX_DEPTH)
}

/// Writes a text string in hexadecimal: UTF-16BE with its mark, and no question of escapes.
pub(crate) fn text(value: &str) -> Object {
    let units = std::iter::once(0xfeff).chain(value.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), lopdf::StringFormat::Hexadecimal)
}

/// Reads a text string: UTF-16BE with mark, UTF-8 with mark, else one byte per character. The upper half of
/// PDFDocEncoding is read as Latin-1, from which it differs in signs that no file name here uses.
pub(crate) fn read_text(bytes: &[u8]) -> Option<String> {
    if let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let (pairs, rest) = units.as_chunks::<2>();
        let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
        return rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<String, _>>().ok())?;
    }
    if let Some(utf8) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return std::str::from_utf8(utf8).ok().map(str::to_owned);
    }
    Some(bytes.iter().map(|byte| char::from(*byte)).collect())
}

fn write_nested(object: &Object, out: &mut Vec<u8>, depth: usize) -> Result<(), Error> {
    let depth = depth.checked_sub(1).ok_or(Error::Unsupported { what: "deeply nested objects" })?;
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => put(out, format_args!("{value}")),
        // Rust prints the shortest decimal that reads back the same, without exponent, as PDF wants it.
        Object::Real(value) if value.is_finite() => put(out, format_args!("{value}")),
        Object::Real(_) => return Err(Error::Unsupported { what: "number out of range" }),
        Object::Name(name) => write_name(name, out),
        Object::String(bytes, _) => {
            out.push(b'<');
            out.extend_from_slice(hex::encode(bytes).as_bytes());
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_nested(item, out, depth)?;
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(dictionary, out, depth)?,
        Object::Reference((number, generation)) => put(out, format_args!("{number} {generation} R")),
        Object::Stream(_) => return Err(Error::Unsupported { what: "stream in place of a dictionary" }),
    }
    Ok(())
}

fn write_dictionary(dictionary: &Dictionary, out: &mut Vec<u8>, depth: usize) -> Result<(), Error> {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        out.push(b' ');
        write_name(key, out);
        out.push(b' ');
        write_nested(value, out, depth)?;
    }
    out.extend_from_slice(b" >>");
    Ok(())
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'#' | b'/' | b'%' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' => {
                put(out, format_args!("#{byte:02x}"));
            }
            0x21..=0x7e => out.push(*byte),
            _ => put(out, format_args!("#{byte:02x}")),
        }
    }
}

/// Writing into a vector cannot fail.
pub(crate) fn put(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_strings_are_escaped() {
        let mut dictionary = Dictionary::new();
        dictionary.set("A#b c", Object::Name("é/".into()));
        dictionary.set(
            "N",
            Object::Array(vec![Object::Real(595.276), Object::Integer(-3), Object::Reference((7, 1))]),
        );
        dictionary.set("S", Object::string_literal("(\\"));
        let mut out = Vec::new();
        write(&Object::Dictionary(dictionary), &mut out).unwrap();
        assert_eq!(out, b"<< /A#23b#20c /#c3#a9#2f /N [595.276 -3 7 1 R] /S <285c> >>");
    }

    #[test]
    fn text_strings_are_read_back() {
        for value in ["", "manifest.json", "l·l ç € 𝄞"] {
            let Object::String(bytes, _) = text(value) else { panic!("a string") };
            assert_eq!(read_text(&bytes).unwrap(), value);
        }
        assert_eq!(read_text(b"\xef\xbb\xbf\xc3\xa7").as_deref(), Some("ç"));
        assert_eq!(read_text(b"\xfe\xff\xd8\x00"), None);
        assert_eq!(read_text(b"\xfe\xff\x00"), None);
    }
}
