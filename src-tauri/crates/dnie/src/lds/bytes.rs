//! Reading the files: objects with offsets, and text.

use apdu::tlv::{self, TlvError};

use super::fault::LdsFault;

/// The value of a file's one outer object, with nothing after it.
pub(super) fn outer<'a>(
    file: &'a [u8],
    tag: u32,
    limit: usize,
    what: &'static str,
) -> Result<&'a [u8], LdsFault> {
    if file.len() > limit {
        return Err(LdsFault::Malformed { what, offset: limit });
    }
    match tlv::read(file).map_err(fault(what))? {
        (object, []) if object.tag == tag => Ok(object.value),
        (object, []) => Err(LdsFault::Malformed { what, offset: file.len() - object.whole.len() }),
        (object, _) => Err(LdsFault::Malformed { what, offset: object.whole.len() }),
    }
}

/// A fault of BER-TLV inside a file.
pub(super) fn fault(what: &'static str) -> impl Fn(TlvError) -> LdsFault {
    move |error| match error {
        TlvError::Truncated { offset } | TlvError::Unsupported { offset } => {
            LdsFault::Malformed { what, offset }
        }
        _ => LdsFault::Malformed { what, offset: 0 },
    }
}

/// The value of the first object with this tag among those of `bytes`.
pub(super) fn child<'a>(bytes: &'a [u8], tag: u32, what: &'static str) -> Result<Option<&'a [u8]>, LdsFault> {
    Ok(tlv::find(bytes, tag).map_err(fault(what))?.map(|object| object.value))
}

/// Text in UTF-8, as the standard has it; in Latin-1 if it is not, so that a name is never refused for its letters.
pub(super) fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect::<String>().trim().to_owned(),
    }
}

/// The same, where nothing but filling means that there is none.
pub(super) fn filled_text(bytes: &[u8]) -> Option<String> {
    Some(text(bytes)).filter(|text| text.chars().any(|character| character != '<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_either_encoding() {
        assert_eq!(text("PEÑA ".as_bytes()), "PEÑA");
        assert_eq!(text(&[b'P', b'E', 0xD1, b'A']), "PEÑA");
        assert_eq!(filled_text(b"<<<"), None);
        assert_eq!(filled_text(b""), None);
    }

    #[test]
    fn a_file_is_one_object_of_its_own_kind_and_size() {
        assert_eq!(outer(&[0x60, 1, 7], 0x60, 10, "EF.COM"), Ok(&[7][..]));
        for wrong in [&[0x61, 1, 7][..], &[0x60, 1, 7, 0], &[0x60, 2, 7], &[]] {
            assert!(matches!(outer(wrong, 0x60, 10, "EF.COM"), Err(LdsFault::Malformed { .. })));
        }
        assert_eq!(
            outer(&[0x60, 1, 7], 0x60, 2, "EF.COM"),
            Err(LdsFault::Malformed { what: "EF.COM", offset: 2 })
        );
    }
}
