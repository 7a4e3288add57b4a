//! A citizen at a kiosk, known by the registry itself: the card signs what the registry asks, and for a few minutes this
//! kiosk may ask in her name. The kiosk's word is not believed for it.
//!
//! What is signed is a text and not bytes of the other side's choosing: both sides write it from the parts
//! ([`Challenge::text`]), so that a registry, or somebody in its place, can have nothing else signed with it.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Base64Bytes, EntryNumber, Malformed, Receipt, Requirement, Sha256Hex};

/// Most certificates between a citizen's and the root that may come with it.
pub const MAX_INTERMEDIATES: usize = 4;
/// Largest body of the requests of a citizen's session.
pub const MAX_CITIZEN_BODY_BYTES: usize = 64 * 1024;
/// Most entries of one page.
pub const MAX_PAGE: u32 = 100;

/// What a citizen wants to do in a session; nothing else can be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Look at her own entries.
    ReadEntries,
}

impl Purpose {
    /// As it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadEntries => "read-entries",
        }
    }
}

impl FromStr for Purpose {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        match text {
            "read-entries" => Ok(Self::ReadEntries),
            _ => Err(Malformed { what: "purpose" }),
        }
    }
}

/// 256 random bits that nobody has seen before, hexadecimal.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
pub struct Random256(String);

impl Random256 {
    /// Of these bits.
    #[must_use]
    pub fn from_random(bits: [u8; 32]) -> Self {
        use fmt::Write as _;
        Self(bits.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        }))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By what the registry knows it where it need not know it itself.
    #[must_use]
    pub fn sha256(&self) -> Sha256Hex {
        Sha256Hex::of(self.0.as_bytes())
    }
}

impl FromStr for Random256 {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && digits { Ok(Self(text.to_owned())) } else { Err(Malformed { what: "token" }) }
    }
}

impl TryFrom<String> for Random256 {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Random256> for String {
    fn from(random: Random256) -> Self {
        random.0
    }
}

/// Whoever has it may act with it.
impl fmt::Debug for Random256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random256(…)")
    }
}

/// What a kiosk asks a challenge for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChallengeWish {
    /// What the citizen wants to do.
    pub purpose: Purpose,
}

/// What the citizen's card has to sign, once, before it expires. A kiosk has one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Challenge {
    /// Seen once.
    pub nonce: Random256,
    /// Code of the office whose registry asks.
    #[schema(example = "L01461691")]
    pub office: String,
    /// What the session will be for.
    pub purpose: Purpose,
    /// Until when it is taken.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

impl Challenge {
    /// The text that is signed at the kiosk of this name.
    #[must_use]
    pub fn text(&self, kiosk: &str) -> String {
        let Self { nonce, office, purpose, expires_at } = self;
        format!(
            "finestreta citizen session 1\noffice {office}\nkiosk {kiosk}\npurpose {}\nnonce {}\n\
             expires {expires_at:.3}\n",
            purpose.as_str(),
            nonce.as_str()
        )
    }
}

/// A signed challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionWish {
    /// Of the challenge.
    pub nonce: Random256,
    /// The card's certificate for authentication, DER.
    pub certificate: Base64Bytes,
    /// Those between it and the root, DER, where the card has them.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub intermediates: Vec<Base64Bytes>,
    /// Signature of the challenge's text: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, clause 8.2).
    pub signature: Base64Bytes,
}

/// A session, which ends by itself. A kiosk has one at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CitizenSession {
    /// Goes with each request of it, as `Authorization: Bearer`; with another kiosk's certificate it is of no use.
    pub token: Random256,
    /// What it is for.
    pub purpose: Purpose,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    pub expires_at: Timestamp,
}

/// An entry, as the person it is of sees it in the list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnEntryLine {
    /// Its number.
    pub number: EntryNumber,
    /// When the registry noted it.
    #[schema(value_type = String, format = DateTime)]
    pub registered_at: Timestamp,
    /// When it counts as handed in.
    #[schema(value_type = String, format = DateTime)]
    pub presented_at: Timestamp,
    /// The day it takes effect.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// The procedure's identifier in the catalogue.
    pub procedure: String,
    /// Code of the unit it went to.
    pub unit: String,
    /// Its summary in the book.
    pub summary: String,
    /// `rectifies` or `annuls`, where the office made it to correct another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// The requirement to sign, where it was handed in without a signature: it is complete only once that is cured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<Requirement>,
}

/// One's own entries, the newest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnEntries {
    /// The page.
    pub entries: Vec<OwnEntryLine>,
    /// Where the next page begins (`below`); absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub next: Option<i64>,
}

/// One's own entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnEntry {
    /// As in the list.
    pub entry: OwnEntryLine,
    /// The last day to resolve, with what incidents add.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Numbers of the entries that correct it.
    pub corrected_by: Vec<EntryNumber>,
    /// The sealed receipt; the office's own entries have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

impl fmt::Debug for OwnEntryLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnEntryLine").field("number", &self.number).finish_non_exhaustive()
    }
}

impl fmt::Debug for OwnEntries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnEntries").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for OwnEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnEntry").field("entry", &self.entry).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_text_says_everything_and_nothing_twice() {
        let challenge = Challenge {
            nonce: Random256::from_random([0xab; 32]),
            office: "L01461691".to_owned(),
            purpose: Purpose::ReadEntries,
            expires_at: "2026-03-12T17:07:31.25Z".parse().unwrap(),
        };
        assert_eq!(
            challenge.text("kiosk-01"),
            format!(
                "finestreta citizen session 1\noffice L01461691\nkiosk kiosk-01\npurpose read-entries\n\
                 nonce {}\nexpires 2026-03-12T17:07:31.250Z\n",
                "ab".repeat(32)
            )
        );
        // On its way the moment loses nothing that is signed.
        let json = serde_json::to_string(&challenge).unwrap();
        let read: Challenge = serde_json::from_str(&json).unwrap();
        assert_eq!(read.text("kiosk-01"), challenge.text("kiosk-01"));
    }

    #[test]
    fn tokens_are_read_as_written_and_shown_by_nothing() {
        let token = Random256::from_random([1; 32]);
        assert_eq!(token.as_str().parse::<Random256>().unwrap(), token);
        for wrong in ["", &"0".repeat(63), &"G".repeat(64), &"A".repeat(64)] {
            assert!(wrong.parse::<Random256>().is_err(), "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "Random256(…)");
    }
}
