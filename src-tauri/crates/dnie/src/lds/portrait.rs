//! DG2: the portrait (ICAO 9303-10, 4.7.2; ISO/IEC 19794-5), of which the picture itself is taken.

use std::fmt;

use super::{LARGEST_PORTRAIT, bytes, fault::LdsFault};

/// The file, for messages.
const WHAT: &str = "DG2";

/// How each kind of picture begins.
const BEGINNINGS: [(&[u8], MediaType); 3] = [
    (&[0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], MediaType::Jpeg2000),
    (&[0xFF, 0x4F, 0xFF, 0x51], MediaType::Jpeg2000Codestream),
    (&[0xFF, 0xD8, 0xFF], MediaType::Jpeg),
];

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaType {
    /// JPEG 2000 in its usual file format, as the DNIe has it.
    Jpeg2000,
    /// JPEG 2000 without a file format around it.
    Jpeg2000Codestream,
    /// JPEG, as other documents have it.
    Jpeg,
}

impl MediaType {
    /// Its name (RFC 3745, RFC 9481).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg2000 => "image/jp2",
            Self::Jpeg2000Codestream => "image/j2c",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// A picture of the holder. `Debug` prints its kind and size only.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Portrait {
    /// Its format.
    pub media_type: MediaType,
    /// The picture, for a decoder that expects hostile bytes: nothing in it has been looked at.
    pub image: Vec<u8>,
}

impl fmt::Debug for Portrait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Portrait({}, {} bytes)", self.media_type.as_str(), self.image.len())
    }
}

impl Portrait {
    /// Reads DG2: `75 { 7F61 { 02 count, 7F60 { A1 header, 5F2E or 7F2E data } .. } }`, the first picture.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`], also for a picture of an unknown kind.
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LdsFault> {
        let content = bytes::outer(file, 0x75, LARGEST_PORTRAIT, WHAT)?;
        let malformed = LdsFault::Malformed { what: WHAT, offset: 0 };
        let group = bytes::child(content, 0x7F61, WHAT)?.ok_or(malformed)?;
        let template = bytes::child(group, 0x7F60, WHAT)?.ok_or(malformed)?;
        let block = match bytes::child(template, 0x5F2E, WHAT)? {
            Some(block) => block,
            None => bytes::child(template, 0x7F2E, WHAT)?.ok_or(malformed)?,
        };
        // The picture ends the record; how long the header before it is depends on how many points it marks.
        let found = BEGINNINGS.iter().filter_map(|(beginning, media_type)| {
            let start = block.windows(beginning.len()).position(|window| window == *beginning)?;
            Some((start, *media_type))
        });
        let (start, media_type) = found.min_by_key(|(start, _)| *start).ok_or(malformed)?;
        Ok(Self { media_type, image: block.get(start..).unwrap_or_default().to_vec() })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::tlv;
    use proptest::prelude::*;

    use super::*;

    fn file(tag: u32, block: &[u8]) -> Vec<u8> {
        let template = [tlv::object(0xA1, &[0x80, 2, 1, 1]), tlv::object(tag, block)].concat();
        let group = [tlv::object(0x02, &[1]), tlv::object(0x7F60, &template)].concat();
        tlv::object(0x75, &tlv::object(0x7F61, &group))
    }

    #[test]
    fn the_picture_is_found_behind_its_header() {
        for (beginning, media_type) in BEGINNINGS {
            for tag in [0x5F2E, 0x7F2E] {
                let picture = [beginning, &[7; 500]].concat();
                let portrait =
                    Portrait::parse(&file(tag, &[&b"FAC\x00010\x00"[..], &[0; 38], &picture].concat()))
                        .unwrap();
                assert_eq!((portrait.media_type, portrait.image), (media_type, picture));
            }
        }
        assert_eq!(
            format!("{:?}", Portrait { media_type: MediaType::Jpeg2000, image: vec![0; 9] }),
            "Portrait(image/jp2, 9 bytes)"
        );
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for wrong in [file(0x5F2E, &[0; 100]), file(0x5F2E, &[]), file(0x5F2D, &[0xFF, 0xD8, 0xFF])] {
            assert_eq!(Portrait::parse(&wrong).unwrap_err().code(), "lds.malformed");
        }
        let large = file(0x5F2E, &[&[0xFF, 0xD8, 0xFF][..], &[0; LARGEST_PORTRAIT]].concat());
        assert_eq!(Portrait::parse(&large).unwrap_err().code(), "lds.malformed");
    }

    proptest! {
        #[test]
        fn any_block_is_read_or_refused(block in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Portrait::parse(&file(0x5F2E, &block));
            let _ = Portrait::parse(&block);
        }
    }
}
