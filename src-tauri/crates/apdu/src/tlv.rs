//! BER-TLV as cards use it (ISO/IEC 7816-4:2013, clause 5.2): tags of one to three bytes, definite lengths.

/// One data object, borrowed from the bytes it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// Tag bytes as one number, such as `0x7F21`.
    pub tag: u32,
    /// The value.
    pub value: &'a [u8],
    /// Tag, length and value together.
    pub whole: &'a [u8],
}

/// Why bytes are not BER-TLV, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TlvError {
    /// The bytes end inside a tag, a length or a value.
    #[error("the data object at offset {offset} is cut short")]
    Truncated {
        /// Offset of the object's first byte.
        offset: usize,
    },
    /// A tag of more than three bytes, or a length of more than four, or of indefinite form.
    #[error("the data object at offset {offset} has a tag or length that is not supported")]
    Unsupported {
        /// Offset of the object's first byte.
        offset: usize,
    },
}

/// Reads one data object at the start of `bytes` and returns it with what follows.
///
/// # Errors
/// [`TlvError`] with offset 0.
pub fn read(bytes: &[u8]) -> Result<(Tlv<'_>, &[u8]), TlvError> {
    read_at(bytes, 0)
}

fn read_at(bytes: &[u8], offset: usize) -> Result<(Tlv<'_>, &[u8]), TlvError> {
    let truncated = TlvError::Truncated { offset };
    let unsupported = TlvError::Unsupported { offset };
    let (&first, mut rest) = bytes.split_first().ok_or(truncated)?;
    let mut tag = u32::from(first);
    if first & 0x1F == 0x1F {
        for position in 0.. {
            let (&next, after) = rest.split_first().ok_or(truncated)?;
            rest = after;
            tag = tag << 8 | u32::from(next);
            if next & 0x80 == 0 {
                break;
            }
            if position == 1 {
                return Err(unsupported);
            }
        }
    }
    let (&length, mut rest) = rest.split_first().ok_or(truncated)?;
    let length = match length {
        0..=0x7F => usize::from(length),
        0x81..=0x84 => {
            let count = usize::from(length & 0x7F);
            let (digits, after) = rest.split_at_checked(count).ok_or(truncated)?;
            rest = after;
            digits.iter().fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit))
        }
        _ => return Err(unsupported),
    };
    let (value, after) = rest.split_at_checked(length).ok_or(truncated)?;
    let whole = bytes.get(..bytes.len() - after.len()).ok_or(truncated)?;
    Ok((Tlv { tag, value, whole }, after))
}

/// The data objects of `bytes`, one after another; stops after the first fault.
///
/// `00` bytes between objects are not skipped: files that are filled with zeros end at the first zero tag,
/// see [`until_zero`].
pub fn iter(bytes: &[u8]) -> impl Iterator<Item = Result<Tlv<'_>, TlvError>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let offset = bytes.len() - rest.len();
        match read_at(rest, offset) {
            Ok((object, after)) => {
                rest = after;
                Some(Ok(object))
            }
            Err(error) => {
                rest = &[];
                Some(Err(error))
            }
        }
    })
}

/// The data objects of a zero-filled file: like [`iter`], but ends at a tag byte `00`.
pub fn until_zero(bytes: &[u8]) -> impl Iterator<Item = Result<Tlv<'_>, TlvError>> {
    iter(bytes).take_while(|object| !matches!(object, Ok(found) if found.tag == 0))
}

/// The first object with this tag, if the objects before it are well formed.
///
/// # Errors
/// [`TlvError`] for a fault met before the tag.
pub fn find(bytes: &[u8], tag: u32) -> Result<Option<Tlv<'_>>, TlvError> {
    for object in iter(bytes) {
        let object = object?;
        if object.tag == tag {
            return Ok(Some(object));
        }
    }
    Ok(None)
}

/// Appends a data object with the shortest length form.
pub fn push(out: &mut Vec<u8>, tag: u32, value: &[u8]) {
    let tag_bytes = tag.to_be_bytes();
    let skip = tag_bytes.iter().take_while(|byte| **byte == 0).count().min(3);
    out.extend(tag_bytes.iter().skip(skip));
    push_length(out, value.len());
    out.extend_from_slice(value);
}

/// Appends a definite length in its shortest form.
pub fn push_length(out: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        out.push(length.to_be_bytes()[size_of::<usize>() - 1]);
        return;
    }
    let bytes = length.to_be_bytes();
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    let count = u8::try_from(bytes.len() - skip).unwrap_or(8);
    out.push(0x80 | count);
    out.extend(bytes.iter().skip(skip));
}

/// One data object on its own.
#[must_use]
pub fn object(tag: u32, value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len() + 6);
    push(&mut out, tag, value);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_tags_and_lengths_are_read() {
        let bytes = object(0x7F21, &[9; 206]);
        assert_eq!(&bytes[..4], [0x7F, 0x21, 0x81, 0xCE]);
        let (read, rest) = read(&bytes).unwrap();
        assert_eq!((read.tag, read.value.len(), rest.len()), (0x7F21, 206, 0));
    }

    #[test]
    fn a_cut_object_names_its_offset() {
        let mut bytes = object(0x84, b"ok");
        bytes.extend_from_slice(&[0x85, 0x0A, 1]);
        let found: Vec<_> = iter(&bytes).collect();
        assert_eq!(found[1], Err(TlvError::Truncated { offset: 4 }));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn zero_filling_ends_the_file() {
        let mut bytes = object(0x30, b"one");
        bytes.extend_from_slice(&[0; 40]);
        assert_eq!(until_zero(&bytes).count(), 1);
    }

    proptest! {
        #[test]
        fn what_is_pushed_is_read(tag in prop_oneof![Just(0x30_u32), Just(0x87), Just(0x5F37), Just(0x7F49)], value in proptest::collection::vec(any::<u8>(), 0..700)) {
            let bytes = object(tag, &value);
            let (read, rest) = read(&bytes).unwrap();
            prop_assert!(rest.is_empty());
            prop_assert_eq!((read.tag, read.value), (tag, &value[..]));
            prop_assert_eq!(read.whole, &bytes[..]);
        }

        #[test]
        fn any_bytes_end_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let read = iter(&bytes).filter_map(Result::ok).map(|object| object.whole.len()).sum::<usize>();
            prop_assert!(read <= bytes.len());
        }
    }
}
