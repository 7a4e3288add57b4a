//! Bytes and hashes as they travel in JSON.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::Malformed;

/// Bytes written as base 64 with padding (RFC 4648, clause 4). `Debug` tells how many there are, never which. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Default, Serialize, ToSchema)]
#[serde(into = "String")]
#[schema(value_type = String, format = Byte)]
pub struct Base64Bytes(Bytes);

impl Base64Bytes {
    /// The bytes.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// How many bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the bytes back.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0.into()
    }

    /// The same bytes, shared.
    #[must_use]
    pub fn shared(&self) -> Bytes {
        self.0.clone()
    }

    /// Their SHA-256.
    #[must_use]
    pub fn sha256(&self) -> Sha256Hex {
        Sha256Hex::of(&self.0)
    }
}

impl From<Vec<u8>> for Base64Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl AsRef<[u8]> for Base64Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// From where the text stands, which may be megabytes, without copying it first.
impl<'de> Deserialize<'de> for Base64Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = Base64Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("base 64 text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Base64Bytes, E> {
                let malformed = |_| E::custom(Malformed { what: "base 64 text" });
                STANDARD.decode(text).map(|bytes| Base64Bytes(bytes.into())).map_err(malformed)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

impl From<Base64Bytes> for String {
    fn from(bytes: Base64Bytes) -> Self {
        STANDARD.encode(bytes.0)
    }
}

impl fmt::Debug for Base64Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64Bytes({} bytes)", self.0.len())
    }
}

/// A SHA-256 in 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
pub struct Sha256Hex(String);

impl Sha256Hex {
    /// Digits of the fingerprint shown on screen and on paper.
    const FINGERPRINT_DIGITS: usize = 8;

    /// The hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_digest(Sha256::digest(bytes).into())
    }

    /// A hash that was computed elsewhere.
    #[must_use]
    pub fn from_digest(digest: [u8; 32]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in digest {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first eight digits, by which a person compares screen, slip and receipt.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        self.0.get(..Self::FINGERPRINT_DIGITS).unwrap_or_default()
    }
}

impl FromStr for Sha256Hex {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let lawful = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if lawful { Ok(Self(text.to_owned())) } else { Err(Malformed { what: "SHA-256 in hexadecimal" }) }
    }
}

impl TryFrom<String> for Sha256Hex {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Sha256Hex> for String {
    fn from(hash: Sha256Hex) -> Self {
        hash.0
    }
}

impl AsRef<str> for Sha256Hex {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sha256Hex {
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
    fn the_hash_of_nothing_is_the_known_one() {
        let hash = Sha256Hex::of(b"");
        assert_eq!(hash.as_str(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(hash.fingerprint(), "e3b0c442");
        assert!(hash.as_str().to_uppercase().parse::<Sha256Hex>().is_err());
    }

    #[test]
    fn bytes_are_counted_not_printed() {
        assert_eq!(format!("{:?}", Base64Bytes::from(b"Amparo".to_vec())), "Base64Bytes(6 bytes)");
    }

    proptest! {
        #[test]
        fn bytes_survive_json(bytes: Vec<u8>) {
            let there = serde_json::to_string(&Base64Bytes::from(bytes.clone())).unwrap();
            prop_assert_eq!(serde_json::from_str::<Base64Bytes>(&there).unwrap().into_vec(), bytes);
        }

        #[test]
        fn any_text_is_refused_or_the_one_spelling_of_its_bytes(text in "[A-Za-z0-9+/= ]{0,12}") {
            let quoted = serde_json::to_string(&text).unwrap();
            if let Ok(bytes) = serde_json::from_str::<Base64Bytes>(&quoted) {
                prop_assert_eq!(String::from(bytes), text);
            }
        }
    }
}
