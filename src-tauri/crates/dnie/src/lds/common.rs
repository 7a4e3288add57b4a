//! EF.COM (ICAO 9303-10, 4.6.1): versions, and which groups there are.

use super::{LARGEST_COMMON, bytes, fault::LdsFault};

/// The file, for messages.
const WHAT: &str = "EF.COM";

/// What EF.COM says. It is not signed: a list to read by, and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Common {
    /// Version of the logical data structure, such as `0107`.
    pub lds_version: String,
    /// Version of Unicode, such as `040000`.
    pub unicode_version: String,
    /// Tags of the data groups that are present.
    pub tags: Vec<u8>,
}

impl Common {
    /// Reads the file.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`].
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LdsFault> {
        let content = bytes::outer(file, 0x60, LARGEST_COMMON, WHAT)?;
        let required = |tag, length: Option<usize>| {
            bytes::child(content, tag, WHAT)?
                .filter(|value| length.is_none_or(|length| value.len() == length))
                .ok_or(LdsFault::Malformed { what: WHAT, offset: 0 })
        };
        let digits = |value: &[u8]| -> Result<String, LdsFault> {
            match value.iter().position(|byte| !byte.is_ascii_digit()) {
                None => Ok(bytes::text(value)),
                Some(offset) => Err(LdsFault::Malformed { what: WHAT, offset }),
            }
        };
        Ok(Self {
            lds_version: digits(required(0x5F01, Some(4))?)?,
            unicode_version: digits(required(0x5F36, Some(6))?)?,
            tags: required(0x5C, None)?.to_vec(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_groups_are_told() {
        let file = crate::vectors::bytes("60165F0104303130375F36063034303030305C0461756B6D");
        let common = Common::parse(&file).unwrap();
        assert_eq!((&*common.lds_version, &*common.unicode_version), ("0107", "040000"));
        assert_eq!(common.tags, [0x61, 0x75, 0x6B, 0x6D]);
        for position in [1, 2, 5, 12, 18] {
            let mut changed = file.clone();
            changed[position] ^= 0x40;
            assert_eq!(Common::parse(&changed).unwrap_err().code(), "lds.malformed", "{position}");
        }
    }
}
