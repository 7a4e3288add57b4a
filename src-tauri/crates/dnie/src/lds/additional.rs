//! DG13: what Spain adds (fact sheet 8.3). No standard describes it; sixteen texts in a fixed order, each most likely
//! a data object of its own.

use std::fmt;

use apdu::tlv;

use super::{LARGEST_TEXT, bytes, fault::LdsFault};

/// The file, for messages.
const WHAT: &str = "DG13";

/// How many texts there are.
const FIELDS: usize = 16;

/// What DG13 says, as it stands there; empty where the card says nothing. `Debug` prints none of it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AdditionalDetails {
    /// First surname.
    pub surname1: String,
    /// Second surname.
    pub surname2: String,
    /// Given name.
    pub given_name: String,
    /// NIF.
    pub personal_number: String,
    /// Date of birth, `dd MM yyyy`.
    pub birth: String,
    /// Nationality.
    pub nationality: String,
    /// Last day of validity, `dd MM yyyy`.
    pub expiry: String,
    /// Number of the support.
    pub support_number: String,
    /// Sex.
    pub sex: String,
    /// City of birth.
    pub birth_city: String,
    /// Province or country of birth.
    pub birth_province: String,
    /// Names of the parents.
    pub parents: String,
    /// Street and number.
    pub address: String,
    /// City.
    pub city: String,
    /// Province, often empty.
    pub province: String,
    /// Province or country.
    pub province_or_country: String,
}

impl fmt::Debug for AdditionalDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AdditionalDetails(***)")
    }
}

impl AdditionalDetails {
    /// Reads DG13: as data objects, perhaps inside one template, or else between pairs of control characters, which is what tags and lengths
    /// look like to a reader that takes them for separators.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`].
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LdsFault> {
        let content = bytes::outer(file, 0x6D, LARGEST_TEXT, WHAT)?;
        let template =
            tlv::read(content).ok().filter(|(_, rest)| rest.is_empty()).map(|(outer, _)| outer.value);
        let fields = as_objects(content)
            .or_else(|| template.and_then(as_objects))
            .or_else(|| between_controls(content));
        let fields = fields.ok_or(LdsFault::Malformed { what: WHAT, offset: 0 })?;
        let [
            surname1,
            surname2,
            given_name,
            personal_number,
            birth,
            nationality,
            expiry,
            support_number,
            sex,
            birth_city,
            birth_province,
            parents,
            address,
            city,
            province,
            province_or_country,
        ] = fields.map(bytes::text);
        Ok(Self {
            surname1,
            surname2,
            given_name,
            personal_number,
            birth,
            nationality,
            expiry,
            support_number,
            sex,
            birth_city,
            birth_province,
            parents,
            address,
            city,
            province,
            province_or_country,
        })
    }
}

/// Sixteen objects that fill the content and hold text, perhaps behind a tag list.
fn as_objects(content: &[u8]) -> Option<[&[u8]; FIELDS]> {
    let objects: Vec<_> = tlv::iter(content).take(FIELDS + 2).collect::<Result<_, _>>().ok()?;
    let texts = match objects.split_first() {
        Some((list, texts)) if list.tag == 0x5C && texts.len() == FIELDS => texts,
        _ => objects.as_slice(),
    };
    let values: Vec<&[u8]> = texts.iter().map(|object| object.value).collect();
    let is_text = values.iter().all(|value| value.iter().all(|byte| *byte >= 0x20));
    if is_text { values.try_into().ok() } else { None }
}

/// The texts between pairs of control characters, the first pair being before the first text.
fn between_controls(content: &[u8]) -> Option<[&[u8]; FIELDS]> {
    let mut texts = Vec::with_capacity(FIELDS);
    let mut rest = content;
    loop {
        let pair = rest.windows(2).position(|pair| pair.iter().all(|byte| *byte < 0x20));
        let (text, after) = match pair {
            Some(at) => (rest.get(..at)?, rest.get(at + 2..)?),
            None => (rest, &[][..]),
        };
        texts.push(text);
        if pair.is_none() || texts.len() > FIELDS + 1 {
            break;
        }
        rest = after;
    }
    let texts = match texts.split_first() {
        Some(([], texts)) if texts.len() == FIELDS => texts,
        _ => return None,
    };
    texts.try_into().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXTS: [&str; FIELDS] = [
        "FERRANDIS",
        "PEÑA",
        "AMPARO",
        "99999002Q",
        "29 02 1980",
        "ESP",
        "01 01 2031",
        "AAA000001",
        "F",
        "VALÈNCIA",
        "VALÈNCIA",
        "VICENT / AMPARO",
        "C. DE LA PAU 1 P02",
        "ALZIRA",
        "",
        "VALÈNCIA",
    ];

    fn objects(tags: impl Iterator<Item = u32>, texts: &[&str]) -> Vec<u8> {
        tags.zip(texts).flat_map(|(tag, text)| tlv::object(tag, text.as_bytes())).collect()
    }

    fn check(content: &[u8]) -> AdditionalDetails {
        let details = AdditionalDetails::parse(&tlv::object(0x6D, content)).unwrap();
        assert_eq!((&*details.surname1, &*details.surname2), ("FERRANDIS", "PEÑA"));
        assert_eq!((&*details.support_number, &*details.province), ("AAA000001", ""));
        assert_eq!(&*details.province_or_country, "VALÈNCIA");
        details
    }

    #[test]
    fn sixteen_objects_are_sixteen_texts_with_whatever_tags() {
        check(&objects(1..=16, &TEXTS));
        check(&objects(0x81..=0x90, &TEXTS));
        check(&objects(0x5F01..=0x5F10, &TEXTS));
        let listed = [tlv::object(0x5C, &[0x5F, 1]), objects(0x5F01..=0x5F10, &TEXTS)].concat();
        check(&listed);
        assert_eq!(format!("{:?}", check(&tlv::object(0x30, &listed))), "AdditionalDetails(***)");
    }

    #[test]
    fn a_text_longer_than_a_separator_looks_is_read_as_an_object() {
        let mut texts = TEXTS;
        let long = "A LONG STREET WITH A LONG NAME INDEED, 123, 4-5-6";
        texts[12] = long;
        assert_eq!(check(&objects(1..=16, &texts)).address, long);
    }

    #[test]
    fn texts_between_control_characters_are_read_where_nothing_else_fits() {
        let mut content = Vec::new();
        for text in TEXTS {
            // Pairs that are no tag and length.
            content.extend_from_slice(&[0x01, 0x1F]);
            content.extend_from_slice(text.as_bytes());
        }
        check(&content);
    }

    #[test]
    fn fifteen_texts_are_not_sixteen() {
        for content in [objects(1..=15, &TEXTS), Vec::new(), b"FERRANDIS".to_vec()] {
            let fault = AdditionalDetails::parse(&tlv::object(0x6D, &content)).unwrap_err();
            assert_eq!(fault.code(), "lds.malformed");
        }
    }

    proptest! {
        #[test]
        fn any_content_is_read_or_refused(content in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = AdditionalDetails::parse(&tlv::object(0x6D, &content));
        }

        #[test]
        fn any_texts_come_out_as_they_went_in(texts in proptest::collection::vec("[A-ZÑÇ /0-9]{0,40}", 16)) {
            let references: Vec<&str> = texts.iter().map(String::as_str).collect();
            let details =
                AdditionalDetails::parse(&tlv::object(0x6D, &objects(0x81..=0x90, &references))).unwrap();
            prop_assert_eq!(details.address, texts[12].trim());
        }
    }
}
