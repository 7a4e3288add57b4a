//! The states of one filing, from the first answer to the receipt.
//!
//! | state | may become |
//! | --- | --- |
//! | `draft` | `ready`, `expired`, `discarded` |
//! | `ready` | `draft`, `signed`, `signed-by-official`, `unsigned`, `expired`, `discarded` |
//! | `signed`, `signed-by-official`, `unsigned` | `queued`, `submitting` |
//! | `queued` | `submitting`, `discarded` |
//! | `submitting` | `registered`, `refused`, `unknown`, `queued` |
//! | `unknown` | `registered`, `queued` |
//! | `registered` | `receipted` |
//! | `refused` | `draft` |
//! | `receipted`, `expired`, `discarded` | – |
//!
//! A complete form is still being edited, hence `ready` → `draft`, `expired`, `discarded`. A call of which it is
//! certain that nothing arrived goes back to the queue without the detour of asking, hence `submitting` → `queued`.
//! A package is frozen by signing; what is corrected after a refusal is a new package with a new key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Malformed;

/// State of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FilingState {
    /// Being filled in; of no legal effect.
    Draft,
    /// Complete, not signed.
    Ready,
    /// Signed by the person: a frozen package with its hash.
    Signed,
    /// Signed by an authorised official for the person.
    SignedByOfficial,
    /// Frozen without signature, to be cured (Law 39/2015, art. 68).
    Unsigned,
    /// Sealed on the kiosk. Not presented.
    Queued,
    /// Sent with its key, answer awaited.
    Submitting,
    /// Sent, answer lost: the registry is to be asked.
    Unknown,
    /// The registry gave number and date.
    Registered,
    /// The registry refused it for good.
    Refused,
    /// The receipt reached the person.
    Receipted,
    /// Its time ran out before it was signed.
    Expired,
    /// Withdrawn before it was sent.
    Discarded,
}

impl FilingState {
    /// Every state, in the order of a filing's life.
    pub const ALL: [Self; 13] = [
        Self::Draft,
        Self::Ready,
        Self::Signed,
        Self::SignedByOfficial,
        Self::Unsigned,
        Self::Queued,
        Self::Submitting,
        Self::Unknown,
        Self::Registered,
        Self::Refused,
        Self::Receipted,
        Self::Expired,
        Self::Discarded,
    ];

    /// The states that may follow this one.
    #[must_use]
    pub const fn successors(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Ready, Self::Expired, Self::Discarded],
            Self::Ready => &[
                Self::Draft,
                Self::Signed,
                Self::SignedByOfficial,
                Self::Unsigned,
                Self::Expired,
                Self::Discarded,
            ],
            Self::Signed | Self::SignedByOfficial | Self::Unsigned => &[Self::Queued, Self::Submitting],
            Self::Queued => &[Self::Submitting, Self::Discarded],
            Self::Submitting => &[Self::Registered, Self::Refused, Self::Unknown, Self::Queued],
            Self::Unknown => &[Self::Registered, Self::Queued],
            Self::Registered => &[Self::Receipted],
            Self::Refused => &[Self::Draft],
            Self::Receipted | Self::Expired | Self::Discarded => &[],
        }
    }

    /// Whether `next` may follow this state.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        self.successors().contains(&next)
    }

    /// Whether the package may no longer change.
    #[must_use]
    pub const fn is_frozen(self) -> bool {
        match self {
            Self::Draft | Self::Ready | Self::Expired | Self::Discarded => false,
            Self::Signed
            | Self::SignedByOfficial
            | Self::Unsigned
            | Self::Queued
            | Self::Submitting
            | Self::Unknown
            | Self::Registered
            | Self::Refused
            | Self::Receipted => true,
        }
    }

    /// Whether it may be called *presented* to anybody: only once the registry has numbered it.
    #[must_use]
    pub const fn is_presented(self) -> bool {
        matches!(self, Self::Registered | Self::Receipted)
    }

    /// Whether nothing follows.
    #[must_use]
    pub const fn is_final(self) -> bool {
        self.successors().is_empty()
    }

    /// Name in stores and messages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ready => "ready",
            Self::Signed => "signed",
            Self::SignedByOfficial => "signed-by-official",
            Self::Unsigned => "unsigned",
            Self::Queued => "queued",
            Self::Submitting => "submitting",
            Self::Unknown => "unknown",
            Self::Registered => "registered",
            Self::Refused => "refused",
            Self::Receipted => "receipted",
            Self::Expired => "expired",
            Self::Discarded => "discarded",
        }
    }
}

impl fmt::Display for FilingState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for FilingState {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(Malformed { what: "state of a filing" })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use FilingState as S;

    /// Every state that can follow `from`, at any distance, without passing through `without`.
    fn reachable(from: S, without: Option<S>) -> BTreeSet<S> {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(state) = open.pop() {
            for next in state.successors() {
                if Some(*next) != without && seen.insert(*next) {
                    open.push(*next);
                }
            }
        }
        seen
    }

    #[test]
    fn every_state_has_one_name_in_text_and_in_json() {
        for state in S::ALL {
            assert_eq!(state.as_str().parse::<S>().unwrap(), state);
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        assert_eq!(S::ALL.iter().collect::<BTreeSet<_>>().len(), S::ALL.len());
        assert!("sent".parse::<S>().is_err());
    }

    #[test]
    fn the_table_in_the_documentation_is_the_table() {
        let mut documented = BTreeSet::new();
        for row in include_str!("filing_state.rs").lines().filter_map(|line| line.strip_prefix("//! | `")) {
            let (from, to) = row.split_once(" | ").unwrap();
            for from in from.replace('`', "").split(", ") {
                for to in to.trim_end_matches(" |").replace('`', "").split(", ").filter(|to| *to != "–") {
                    documented.insert((from.parse::<S>().unwrap(), to.parse::<S>().unwrap()));
                }
            }
        }
        let coded: BTreeSet<_> =
            S::ALL.iter().flat_map(|from| from.successors().iter().map(move |to| (*from, *to))).collect();
        assert_eq!(documented, coded);
    }

    #[test]
    fn everything_begins_as_a_draft_and_can_end() {
        let from_draft = reachable(S::Draft, None);
        for state in S::ALL {
            assert!(state == S::Draft || from_draft.contains(&state), "{state} is never reached");
            assert!(
                state.is_final() || reachable(state, None).iter().any(|end| end.is_final()),
                "{state} never ends"
            );
            assert!(!state.may_become(state), "{state} follows itself");
        }
    }

    #[test]
    fn only_an_answer_of_the_registry_makes_it_registered() {
        let before: Vec<_> = S::ALL.into_iter().filter(|state| state.may_become(S::Registered)).collect();
        assert_eq!(before, [S::Submitting, S::Unknown]);
    }

    #[test]
    fn nothing_is_presented_before_it_is_registered() {
        assert!(!reachable(S::Draft, Some(S::Registered)).iter().any(|state| state.is_presented()));
        for state in reachable(S::Registered, None) {
            assert!(state.is_presented(), "{state} after registration is no longer presented");
        }
    }

    #[test]
    fn what_is_registered_is_never_registered_again_nor_lost() {
        assert_eq!(reachable(S::Registered, None), BTreeSet::from([S::Receipted]));
    }

    #[test]
    fn a_frozen_package_is_only_reopened_by_a_refusal_or_withdrawn_from_the_queue() {
        for from in S::ALL.into_iter().filter(|state| state.is_frozen()) {
            for to in from.successors().iter().filter(|state| !state.is_frozen()) {
                assert!(
                    matches!((from, to), (S::Refused, S::Draft) | (S::Queued, S::Discarded)),
                    "{from} → {to} thaws the package"
                );
            }
        }
    }

    #[test]
    fn what_may_have_arrived_cannot_be_discarded_without_asking() {
        for state in [S::Submitting, S::Unknown] {
            assert!(!state.may_become(S::Discarded) && !state.may_become(S::Expired));
        }
    }
}
