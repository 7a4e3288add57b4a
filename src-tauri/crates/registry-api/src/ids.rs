//! Typed identifiers. Parsing is the only way in, so a value that exists is well formed.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An identifier or hash that is not of its shape. The text itself is not kept: it may be anybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed {what}")]
pub struct Malformed {
    /// What it should have been.
    pub what: &'static str,
}

impl Malformed {
    /// Stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "identifier.malformed"
    }
}

/// The key under which one package is handed in, made once by whoever files (UUID version 7, RFC 9562).
///
/// It makes handing in repeatable: whatever is lost on the way, the same key leads to the same entry. On the
/// provisional slip it is the evidence number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "Uuid", into = "Uuid")]
#[schema(value_type = String, format = Uuid, example = "019a2f6e-5c00-7000-8000-000000000001")]
pub struct SubmissionKey(Uuid);

impl SubmissionKey {
    /// Makes a key from the moment and ten random bytes.
    #[must_use]
    pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
        // Before 1970 there was nobody to file: the bits of such a moment would not fit.
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The UUID.
    #[must_use]
    pub const fn as_uuid(&self) -> Uuid {
        self.0
    }
}

impl TryFrom<Uuid> for SubmissionKey {
    type Error = Malformed;

    fn try_from(uuid: Uuid) -> Result<Self, Malformed> {
        if uuid.get_version_num() == 7 && uuid.get_variant() == uuid::Variant::RFC4122 {
            Ok(Self(uuid))
        } else {
            Err(Malformed { what: "submission key" })
        }
    }
}

impl From<SubmissionKey> for Uuid {
    fn from(key: SubmissionKey) -> Self {
        key.0
    }
}

impl FromStr for SubmissionKey {
    type Err = Malformed;

    /// Reads the hyphenated lower-case form and no other, so that one key has one spelling in addresses and logs.
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let malformed = Malformed { what: "submission key" };
        let key = Self::try_from(Uuid::try_parse(text).map_err(|_| malformed)?)?;
        if key.to_string() == text { Ok(key) } else { Err(malformed) }
    }
}

impl fmt::Display for SubmissionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.hyphenated(), f)
    }
}

impl fmt::Debug for SubmissionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SubmissionKey({self})")
    }
}

/// Number of an entry in the official registry.
///
/// Ours are year, kind (`E`, entries) and place in that year from 1: `2026-E-000123`. Another registry's number is kept
/// as that registry writes it: 1 to 20 letters, digits and `/ - . _` (SICRES 4, `Numero_Registro_Entrada`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[0-9A-Za-z/._-]{1,20}$", example = "2026-E-000123")]
pub struct EntryNumber(String);

impl EntryNumber {
    const WHAT: Malformed = Malformed { what: "entry number" };
    /// Longest number (SICRES 4).
    const MOST: usize = 20;

    /// Our number of the `sequence`th entry of `year`.
    ///
    /// # Errors
    /// A year outside 2000 to 9999, or a sequence of 0 or beyond 999,999,999.
    pub fn new(year: i16, sequence: u32) -> Result<Self, Malformed> {
        if !(2000..=9999).contains(&year) || !(1..=999_999_999).contains(&sequence) {
            return Err(Self::WHAT);
        }
        Ok(Self(format!("{year:04}-E-{sequence:06}")))
    }

    /// The number as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Year and place in it, where the number is of our shape.
    #[must_use]
    pub fn year_and_sequence(&self) -> Option<(i16, u32)> {
        let (year, sequence) = self.0.split_once("-E-")?;
        let parts = (year.parse().ok()?, sequence.parse().ok()?);
        // `2026-E-0000001` is somebody else's.
        Self::new(parts.0, parts.1).is_ok_and(|ours| ours == *self).then_some(parts)
    }
}

impl FromStr for EntryNumber {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let admitted = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._".contains(&byte);
        let well_formed = (1..=Self::MOST).contains(&text.len()) && text.bytes().all(admitted);
        if well_formed { Ok(Self(text.to_owned())) } else { Err(Self::WHAT) }
    }
}

impl TryFrom<String> for EntryNumber {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<EntryNumber> for String {
    fn from(number: EntryNumber) -> Self {
        number.0
    }
}

impl fmt::Display for EntryNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_is_of_version_seven_and_carries_its_moment() {
        let now: Timestamp = "2026-03-12T17:05:31.250Z".parse().unwrap();
        let key = SubmissionKey::new(now, [0xAB; 10]);
        let (seconds, nanos) = key.as_uuid().get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_773_335_131, 250_000_000));
        assert_eq!(key.to_string().parse::<SubmissionKey>().unwrap(), key);
        let earlier = SubmissionKey::new(now - jiff::SignedDuration::from_millis(1), [0xFF; 10]);
        assert!(earlier < key);
    }

    #[test]
    fn a_key_has_one_spelling() {
        let text = SubmissionKey::new(Timestamp::UNIX_EPOCH, [0xAB; 10]).to_string();
        assert!(text.to_uppercase().parse::<SubmissionKey>().is_err());
        assert!(text.replace('-', "").parse::<SubmissionKey>().is_err());
        let fourth = Uuid::new_v4();
        assert!(fourth.to_string().parse::<SubmissionKey>().is_err());
        assert!(serde_json::from_str::<SubmissionKey>(&format!("\"{fourth}\"")).is_err());
    }

    #[test]
    fn entry_numbers_are_padded_and_read_back() {
        let number = EntryNumber::new(2026, 123).unwrap();
        assert_eq!(number.as_str(), "2026-E-000123");
        assert_eq!(number.year_and_sequence(), Some((2026, 123)));
        assert_eq!(EntryNumber::new(2026, 1_234_567).unwrap().as_str(), "2026-E-1234567");
        assert!(EntryNumber::new(1999, 1).is_err() && EntryNumber::new(2026, 0).is_err());
    }

    #[test]
    fn another_registrys_number_is_kept_as_it_is() {
        for theirs in ["12345/2026", "L19E1234/2026", "2026-E-123", "2026-E-0000123", "2026-S-000123"] {
            let number: EntryNumber = theirs.parse().unwrap();
            assert_eq!((number.as_str(), number.year_and_sequence()), (theirs, None));
        }
        for wrong in ["", "a b", "2026-E-000001\n", "２０２６-E-000001", "123456789012345678901", "1<2"] {
            assert!(wrong.parse::<EntryNumber>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_read_to_itself(text in ".{0,20}") {
            if let Ok(number) = text.parse::<EntryNumber>() {
                prop_assert_eq!(number.as_str(), text.as_str());
            }
        }

        #[test]
        fn any_number_reads_back(year in 2000_i16..=9999, sequence in 1_u32..=999_999_999) {
            let number = EntryNumber::new(year, sequence).unwrap();
            let read = number.as_str().parse::<EntryNumber>().unwrap();
            prop_assert_eq!(read.year_and_sequence(), Some((year, sequence)));
            prop_assert_eq!(read, number);
        }
    }
}
