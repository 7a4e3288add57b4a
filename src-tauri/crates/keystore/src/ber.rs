//! Reading BER ([X.690]) by borrowing: definite and indefinite lengths, strings in pieces.
//!
//! Only tags of one octet, which is all that PKCS#12 has. Nothing is copied but strings in pieces, which are joined in
//! memory that is overwritten, since a deciphered key may come so.
//!
//! [X.690]: https://www.itu.int/rec/T-REC-X.690

use std::ops::Deref;

use zeroize::Zeroizing;

use crate::error::Error;

/// How deep structures may lie in one another. Real files reach about a dozen.
const MAX_DEPTH: u8 = 32;

const CONSTRUCTED: u8 = 0x20;
const LONG_TAG: u8 = 0x1F;
const END_OF_CONTENTS: [u8; 2] = [0, 0];

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(crate) const BMP_STRING: u8 = 0x1E;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// The context-specific tag of a number, constructed.
pub(crate) const fn context(number: u8) -> u8 {
    0xA0 | number
}

/// Bytes that are read element by element.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    /// Where `bytes` begins, for errors.
    at: usize,
    depth: u8,
}

/// One tag with what it holds.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    /// Where the tag stands.
    pub(crate) at: usize,
    /// Tag and length included, the end of contents too.
    pub(crate) whole: &'a [u8],
    content: &'a [u8],
    content_at: usize,
    depth: u8,
}

/// The bytes of a string, borrowed where it is in one piece.
pub(crate) enum Octets<'a> {
    Borrowed(&'a [u8]),
    Joined(Zeroizing<Vec<u8>>),
}

impl Deref for Octets<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(bytes) => bytes,
            Self::Joined(bytes) => bytes,
        }
    }
}

/// Tag and length as they stand; no length means that an end of contents closes it.
struct Header {
    tag: u8,
    len: Option<usize>,
    /// Bytes of tag and length.
    size: usize,
}

impl Header {
    fn read(bytes: &[u8], at: usize) -> Result<Self, Error> {
        let damaged = |what| Error::Damaged { what, offset: at };
        let mut rest = bytes.iter();
        let mut next = || rest.next().copied().ok_or(damaged("cut off"));
        let tag = next()?;
        if tag & LONG_TAG == LONG_TAG {
            return Err(damaged("tag"));
        }
        let first = next()?;
        if first < 0x80 {
            return Ok(Self { tag, len: Some(usize::from(first)), size: 2 });
        }
        let count = usize::from(first & 0x7F);
        if count == 0 {
            if tag & CONSTRUCTED == 0 {
                return Err(damaged("length"));
            }
            return Ok(Self { tag, len: None, size: 2 });
        }
        // Four octets of length are more than any file taken here needs.
        if count > 4 {
            return Err(damaged("length"));
        }
        let mut len = 0_usize;
        for _ in 0..count {
            len = (len << 8) | usize::from(next()?);
        }
        Ok(Self { tag, len: Some(len), size: 2 + count })
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, depth: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The tag that comes next, if any.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    /// The next element, whatever it is.
    pub(crate) fn any(&mut self) -> Result<Element<'a>, Error> {
        let header = Header::read(self.bytes, self.at)?;
        let cut = Error::Damaged { what: "cut off", offset: self.at };
        let body = self.bytes.get(header.size..).ok_or_else(|| cut.clone())?;
        let (len, closing) = match header.len {
            Some(len) => (len, 0),
            None => (end_of_contents(body, self.at + header.size)?, END_OF_CONTENTS.len()),
        };
        let content = body.get(..len).ok_or_else(|| cut.clone())?;
        let size = header.size + len + closing;
        let (whole, rest) = self.bytes.split_at_checked(size).ok_or(cut)?;
        let element = Element {
            tag: header.tag,
            at: self.at,
            whole,
            content,
            content_at: self.at + header.size,
            depth: self.depth,
        };
        self.bytes = rest;
        self.at += size;
        Ok(element)
    }

    /// The next element, which has to have this tag.
    pub(crate) fn expect(&mut self, tag: u8, what: &'static str) -> Result<Element<'a>, Error> {
        let element = self.any()?;
        if element.tag != tag {
            return Err(Error::Damaged { what, offset: element.at });
        }
        Ok(element)
    }

    /// The inside of the next element, which has to have this tag.
    pub(crate) fn enter(&mut self, tag: u8, what: &'static str) -> Result<Reader<'a>, Error> {
        self.expect(tag, what)?.inside()
    }

    /// The next element if it has this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Error> {
        if self.peek() == Some(tag) { self.any().map(Some) } else { Ok(None) }
    }

    /// The next OBJECT IDENTIFIER's content.
    pub(crate) fn object_identifier(&mut self, what: &'static str) -> Result<&'a [u8], Error> {
        Ok(self.expect(OBJECT_IDENTIFIER, what)?.content)
    }

    /// The next OCTET STRING, in one piece or several.
    pub(crate) fn octets(&mut self, what: &'static str) -> Result<Octets<'a>, Error> {
        let element = self.any()?;
        if element.tag & !CONSTRUCTED != OCTET_STRING {
            return Err(Error::Damaged { what, offset: element.at });
        }
        element.octets()
    }

    /// The next INTEGER, which is not negative. What does not fit is told as the largest number.
    pub(crate) fn number(&mut self, what: &'static str) -> Result<u64, Error> {
        let element = self.expect(INTEGER, what)?;
        let damaged = Error::Damaged { what, offset: element.at };
        if element.content.first().is_none_or(|first| first & 0x80 != 0) {
            return Err(damaged);
        }
        let digits = element.content.iter().skip_while(|digit| **digit == 0);
        if digits.clone().count() > size_of::<u64>() {
            return Ok(u64::MAX);
        }
        Ok(digits.fold(0, |number, digit| (number << 8) | u64::from(*digit)))
    }

    /// The end: nothing may follow.
    pub(crate) fn finish(&self, what: &'static str) -> Result<(), Error> {
        if self.bytes.is_empty() { Ok(()) } else { Err(Error::Damaged { what, offset: self.at }) }
    }
}

impl<'a> Element<'a> {
    /// What it holds, element by element.
    pub(crate) fn inside(&self) -> Result<Reader<'a>, Error> {
        let depth = self.depth + 1;
        if self.tag & CONSTRUCTED == 0 || depth > MAX_DEPTH {
            return Err(Error::Damaged { what: "nesting", offset: self.at });
        }
        Ok(Reader { bytes: self.content, at: self.content_at, depth })
    }

    /// What it holds as it stands.
    pub(crate) fn content(&self) -> &'a [u8] {
        self.content
    }

    /// What it holds as a string, whatever its tag: implicit tags hide OCTET STRINGs.
    pub(crate) fn octets(&self) -> Result<Octets<'a>, Error> {
        if self.tag & CONSTRUCTED == 0 {
            return Ok(Octets::Borrowed(self.content));
        }
        // Never grows: the pieces are together shorter than what holds them.
        let mut joined = Zeroizing::new(Vec::with_capacity(self.content.len()));
        self.join(&mut joined)?;
        Ok(Octets::Joined(joined))
    }

    fn join(&self, joined: &mut Vec<u8>) -> Result<(), Error> {
        let mut pieces = self.inside()?;
        while !pieces.is_empty() {
            let piece = pieces.any()?;
            if piece.tag == OCTET_STRING {
                joined.extend_from_slice(piece.content);
            } else if piece.tag == OCTET_STRING | CONSTRUCTED {
                piece.join(joined)?;
            } else {
                return Err(Error::Damaged { what: "string", offset: piece.at });
            }
        }
        Ok(())
    }
}

/// Bytes before the end of contents that closes this level.
fn end_of_contents(body: &[u8], at: usize) -> Result<usize, Error> {
    let mut open = 0_u8;
    let mut position = 0_usize;
    loop {
        let damaged = |what| Error::Damaged { what, offset: at + position };
        let rest = body.get(position..).ok_or(damaged("cut off"))?;
        if rest.starts_with(&END_OF_CONTENTS) {
            if open == 0 {
                return Ok(position);
            }
            open -= 1;
            position += END_OF_CONTENTS.len();
            continue;
        }
        let header = Header::read(rest, at + position)?;
        match header.len {
            Some(len) => {
                position = position
                    .checked_add(header.size)
                    .and_then(|start| start.checked_add(len))
                    .ok_or(damaged("length"))?;
            }
            None => {
                open = open.checked_add(1).filter(|open| *open < MAX_DEPTH).ok_or(damaged("nesting"))?;
                position += header.size;
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn strings_in_pieces_are_joined() {
        // An indefinite string of a piece, a string of two pieces, and a piece.
        let bytes = [0x24, 0x80, 4, 1, 1, 0x24, 5, 4, 1, 2, 4, 0, 4, 1, 3, 0, 0];
        let mut reader = Reader::new(&bytes);
        assert_eq!(&*reader.octets("string").unwrap(), [1, 2, 3]);
        reader.finish("end").unwrap();
    }

    #[test]
    fn lengths_beyond_the_end_are_refused() {
        for bytes in
            [&[0x30][..], &[0x30, 1], &[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], &[0x30, 0x85], &[0x30, 0x80, 4]]
        {
            assert!(matches!(Reader::new(bytes).any(), Err(Error::Damaged { .. })), "{bytes:?}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let endless = [0x30, 0x80].repeat(1000);
        assert!(matches!(Reader::new(&endless).any(), Err(Error::Damaged { what: "nesting", .. })));
        let mut nested = Vec::new();
        for _ in 0..=MAX_DEPTH {
            nested =
                [&[0x30, 0x82][..], &u16::try_from(nested.len()).unwrap().to_be_bytes(), &nested].concat();
        }
        let mut reader = Reader::new(&nested);
        let deep =
            std::iter::repeat_with(|| reader.enter(SEQUENCE, "sequence").map(|inside| reader = inside))
                .find_map(Result::err);
        assert!(matches!(deep, Some(Error::Damaged { what: "nesting", .. })));
    }

    #[test]
    fn numbers_that_do_not_fit_are_the_largest() {
        let number = |bytes: &[u8]| Reader::new(bytes).number("number");
        assert_eq!(number(&[2, 3, 0, 0xFF, 0xFF]).unwrap(), 0xFFFF);
        assert_eq!(number(&[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap(), u64::MAX);
        assert!(number(&[2, 1, 0xFF]).is_err());
        assert!(number(&[2, 0]).is_err());
    }
}
