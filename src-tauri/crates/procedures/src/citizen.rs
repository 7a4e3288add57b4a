//! A generated citizen: right answers to any form, drawn from the form's own model, and ways of spoiling each.
//!
//! For checks and tests of catalogues: whoever adds a procedure gets its journeys tested without writing any. Chance
//! comes in as a seed, so that what was found is found again.

mod draw;
mod spoil;
mod wish;

use std::collections::BTreeMap;

pub use spoil::{Spoilt, spoilt};
pub(crate) use wish::ways;
pub use wish::wishes;

use crate::form::{Answers, Form, Known};
use crate::{Fault, Today};

/// What certain fields should be answered, for a draw that is to reach a certain place.
pub type Wishes = BTreeMap<String, String>;

/// Who fills in: the holder of a card.
pub const KNOWN: Known<'static> = Known { name: "AMPARO", surnames: "MARTÍ I COL·LELL", nif: "12345678Z" };

/// Attempts to satisfy the rules between several answers.
const ATTEMPTS: u32 = 400;

/// Complete right answers.
///
/// # Errors
/// The faults that no attempt got rid of: the form cannot be filled in, or its rules contradict each other.
pub fn answers(form: &Form, known: &Known<'_>, today: &Today, seed: u64) -> Result<Answers, Vec<Fault>> {
    wishing(form, known, today, seed, &Wishes::new())
}

/// As [`answers`], with certain fields answered as wished where they are asked.
///
/// # Errors
/// As [`answers`].
pub fn wishing(
    form: &Form,
    known: &Known<'_>,
    today: &Today,
    seed: u64,
    wishes: &Wishes,
) -> Result<Answers, Vec<Fault>> {
    let mut chance = Chance(seed);
    let mut best: Option<Vec<Fault>> = None;
    for attempt in 0..ATTEMPTS {
        let drawn =
            draw::Draw { form, today, wishes, plain: attempt > ATTEMPTS / 2 }.whole(known, &mut chance);
        let faults = form.validate(&drawn, today);
        if faults.is_empty() {
            return Ok(drawn);
        }
        if best.as_ref().is_none_or(|known| faults.len() < known.len()) {
            best = Some(faults);
        }
    }
    Err(best.unwrap_or_default())
}

/// Reproducible chance: SplitMix64.
pub(crate) struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is not zero.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most.max(1)).unwrap_or(1);
        usize::try_from(self.next() % most).unwrap_or(0)
    }

    pub(crate) fn one<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
