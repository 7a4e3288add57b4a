//! How far the book and its log had come at a moment, under the town's seal: whoever has one that was published can tell
//! for ever whether anything before it was changed, put in or taken out.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Base64Bytes;

/// The format that this version of the contract speaks.
pub const HEAD_FORMAT: &str = "finestreta-head/1";

/// A head with its seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedHead {
    /// The text of a [`Head`], in the very bytes that the seal covers.
    pub content: String,
    /// Signature over them by the town's seal: CMS in DER, detached (RFC 5652; ETSI EN 319 122-1, B-B).
    pub seal: Base64Bytes,
}

/// What is in it. Nothing of it is personal: it may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`HEAD_FORMAT`]. The seal also signs receipts: what is signed says what it is.
    #[schema(example = "finestreta-head/1")]
    pub format: String,
    /// Code of the office whose book it is.
    pub office: String,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// How many entries there were.
    pub entries: u64,
    /// Hash of the last, which holds those of all before; empty without entries.
    pub last_entry: String,
    /// How many lines the log had.
    pub acts: u64,
    /// Hash of the last, which holds those of all before; empty without lines.
    pub last_act: String,
}

/// A text that is no head of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a head of the format {HEAD_FORMAT}")]
pub struct NotAHead;

impl Head {
    /// The text to seal.
    ///
    /// # Errors
    /// Never for a head of this type; the serialiser's error is passed on rather than hidden.
    pub fn to_text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The head of a text whose seal has been verified.
    ///
    /// # Errors
    /// [`NotAHead`] if it is another thing, or of another format.
    pub fn of_text(text: &str) -> Result<Self, NotAHead> {
        let head: Self = serde_json::from_str(text).map_err(|_| NotAHead)?;
        if head.format == HEAD_FORMAT { Ok(head) } else { Err(NotAHead) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_a_head_is_read_as_one() {
        let head = Head {
            format: HEAD_FORMAT.to_owned(),
            office: "L01461691".to_owned(),
            at: "2026-03-12T17:05:31Z".parse().unwrap(),
            entries: 2,
            last_entry: "ab".to_owned(),
            acts: 0,
            last_act: String::new(),
        };
        let text = head.to_text().unwrap();
        assert_eq!(Head::of_text(&text), Ok(head));
        for wrong in ["", "{}", &text.replace("head/1", "head/2"), &text.replace("\"acts\"", "\"others\"")] {
            assert_eq!(Head::of_text(wrong), Err(NotAHead), "{wrong}");
        }
    }
}
