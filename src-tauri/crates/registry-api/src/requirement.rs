//! What is handed in without a signature, and the requirement to sign it that the registry opens by itself (Law
//! 39/2015, art. 66.1.e and 68.1).
//!
//! An e-mail address identifies nobody (art. 9.2). What comes with nothing else is registered as what it is: it has a
//! number and a date, it is told everywhere that it is not complete, and the person has ten working days, from when
//! the requirement is notified, to sign. What is signed in that time keeps the first date. Whoever does not sign is
//! taken to withdraw, but only by a resolution; until that is notified signing still counts (art. 73.3).

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::EntryNumber;

/// Working days to sign (art. 68.1).
pub const CURE_WORKING_DAYS: u8 = 10;
/// Working days by which the term may be made longer at most (art. 68.2).
pub const MOST_MORE_WORKING_DAYS: u8 = 5;
/// Longest e-mail address, bytes (RFC 5321, clause 4.5.3.1.3, without the brackets).
pub const MAX_EMAIL: usize = 254;

/// Who hands in without signing: an address at which somebody was reached, and no more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unsigned {
    /// The e-mail address.
    #[schema(example = "amparo@exemple.es", max_length = 254)]
    pub email: String,
    /// When whoever handed it in proved to read what is sent there, by the kiosk's clock.
    #[schema(value_type = String, format = DateTime)]
    pub confirmed_at: Timestamp,
}

impl Unsigned {
    /// Whether the address is of the shape of one: a part before the last `@`, a domain with a dot after it, and
    /// nothing that could end a line or a header.
    #[must_use]
    pub fn is_address(&self) -> bool {
        let plain = |part: &str| {
            !part.is_empty()
                && !part.chars().any(|c| c.is_control() || c.is_whitespace() || "<>,;".contains(c))
        };
        self.email.len() <= MAX_EMAIL
            && self.email.rsplit_once('@').is_some_and(|(local, domain)| {
                plain(local)
                    && plain(domain)
                    && domain.contains('.')
                    && !domain.starts_with('.')
                    && !domain.ends_with('.')
            })
    }
}

/// How far a requirement to sign has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RequirementState {
    /// Opened; the person has not been told yet, so no term runs.
    Open,
    /// Notified, and there is time.
    Running,
    /// The term is over and nothing was resolved: signing still counts.
    Overdue,
    /// Signed.
    Cured,
    /// Taken as withdrawn, by resolution.
    Withdrawn,
}

/// The requirement to sign an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Requirement {
    /// How far it has come.
    pub state: RequirementState,
    /// Working days to sign, from the day after the notification.
    pub working_days: u8,
    /// The day on which the person was told: the earliest, if there were several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub notified_on: Option<Date>,
    /// The last day to sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Number of the entry by which it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cured_by: Option<EntryNumber>,
}

/// What a kiosk says when the person is to have the requirement in her hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The person was warned that taking it is the notification and starts the term, and chose to (Royal Decree 203/2021,
    /// art. 45.1). Anything but true notifies nothing.
    pub accepted_after_warning: bool,
}

/// What a receipt says of a filing that is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ToBeSigned {
    /// Working days to sign, from the day after the person has the receipt.
    pub working_days: u8,
    /// The last day to sign for whoever has the receipt on the day of the entry.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

impl fmt::Debug for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned").field("confirmed_at", &self.confirmed_at).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_what_is_none() {
        let is = |email: &str| {
            Unsigned { email: email.to_owned(), confirmed_at: Timestamp::UNIX_EPOCH }.is_address()
        };
        for good in ["amparo@exemple.es", "a.b+c@sub.exemple.es", "\"a@b\"@exemple.es", "é@exemple.es"] {
            assert!(is(good), "{good}");
        }
        let long = format!("{}@exemple.es", "a".repeat(MAX_EMAIL));
        for wrong in [
            "",
            "@",
            "amparo",
            "amparo@",
            "@exemple.es",
            "amparo@exemple",
            "a b@exemple.es",
            "a@exemple.es\r\nBcc: x@y.es",
            "a@.es",
            "a@exemple.",
            "<a@exemple.es>",
            &long,
        ] {
            assert!(!is(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn debug_prints_nothing_of_the_person() {
        let unsigned =
            Unsigned { email: "amparo@exemple.es".to_owned(), confirmed_at: Timestamp::UNIX_EPOCH };
        assert!(!format!("{unsigned:?}").contains("amparo"));
    }
}
