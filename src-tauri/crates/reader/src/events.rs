//! What a look at the readers means, compared with the look before: no I/O, so that it can be tested.

use std::collections::BTreeMap;

use crate::ReaderName;

/// Something happened at a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReaderEvent {
    /// The smart card service does not run. All readers are gone as well; those that come back are told anew.
    ServiceDown,
    /// The service runs and knows no reader.
    NoReader,
    /// A reader is there.
    ReaderAttached(ReaderName),
    /// A reader has left.
    ReaderGone(ReaderName),
    /// A card is in a reader.
    CardInserted {
        /// The reader.
        reader: ReaderName,
        /// The card's answer to reset.
        atr: Vec<u8>,
    },
    /// Something is in a reader that does not answer: a card upside down, or none with a chip.
    CardMute {
        /// The reader.
        reader: ReaderName,
    },
    /// The card, mute or not, has left its reader.
    CardRemoved {
        /// The reader.
        reader: ReaderName,
    },
}

/// What one look finds in a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    /// No card.
    Empty,
    /// A card; the count tells one insertion from the next.
    Card { atr: Vec<u8>, count: u32 },
    /// Something that does not answer.
    Mute { count: u32 },
}

impl Slot {
    const fn count(&self) -> Option<u32> {
        match self {
            Self::Empty => None,
            Self::Card { count, .. } | Self::Mute { count } => Some(*count),
        }
    }
}

/// The last look.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    service: Option<bool>,
    readers: BTreeMap<ReaderName, Slot>,
}

impl Seen {
    /// The service was there, with these readers: what has happened since the last look.
    pub(crate) fn look(&mut self, now: BTreeMap<ReaderName, Slot>) -> Vec<ReaderEvent> {
        let mut events = Vec::new();
        let had_none = self.service == Some(true) && self.readers.is_empty();
        self.service = Some(true);
        for (reader, before) in &self.readers {
            if !now.contains_key(reader) {
                if *before != Slot::Empty {
                    events.push(ReaderEvent::CardRemoved { reader: reader.clone() });
                }
                events.push(ReaderEvent::ReaderGone(reader.clone()));
            }
        }
        for (reader, after) in &now {
            let before = self.readers.get(reader);
            if before.is_none() {
                events.push(ReaderEvent::ReaderAttached(reader.clone()));
            }
            events.extend(changes(reader, before.unwrap_or(&Slot::Empty), after));
        }
        if now.is_empty() && !had_none {
            events.push(ReaderEvent::NoReader);
        }
        self.readers = now;
        events
    }

    /// The service was not there.
    pub(crate) fn look_in_vain(&mut self) -> Vec<ReaderEvent> {
        let mut events = Vec::new();
        if self.service != Some(false) {
            for (reader, slot) in std::mem::take(&mut self.readers) {
                if slot != Slot::Empty {
                    events.push(ReaderEvent::CardRemoved { reader: reader.clone() });
                }
                events.push(ReaderEvent::ReaderGone(reader));
            }
            events.push(ReaderEvent::ServiceDown);
            self.service = Some(false);
        }
        events
    }
}

/// What changed in one reader.
fn changes(reader: &ReaderName, before: &Slot, after: &Slot) -> Vec<ReaderEvent> {
    let same_insertion = before.count().is_some() && before.count() == after.count();
    let mut events = Vec::new();
    if *before != Slot::Empty && !same_insertion {
        events.push(ReaderEvent::CardRemoved { reader: reader.clone() });
    }
    match (before, after) {
        (_, Slot::Empty) => {}
        // The same card, still answering or still mute.
        (Slot::Card { .. }, Slot::Card { .. }) | (Slot::Mute { .. }, Slot::Mute { .. }) if same_insertion => {
        }
        (_, Slot::Card { atr, .. }) => {
            events.push(ReaderEvent::CardInserted { reader: reader.clone(), atr: atr.clone() });
        }
        (_, Slot::Mute { .. }) => events.push(ReaderEvent::CardMute { reader: reader.clone() }),
    }
    events
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn name(text: &str) -> ReaderName {
        ReaderName::new(text).unwrap()
    }

    fn one(slot: Slot) -> BTreeMap<ReaderName, Slot> {
        BTreeMap::from([(name("A"), slot)])
    }

    fn card(count: u32) -> Slot {
        Slot::Card { atr: vec![0x3B], count }
    }

    fn inserted() -> ReaderEvent {
        ReaderEvent::CardInserted { reader: name("A"), atr: vec![0x3B] }
    }

    fn removed() -> ReaderEvent {
        ReaderEvent::CardRemoved { reader: name("A") }
    }

    #[test]
    fn a_card_comes_and_goes() {
        let mut seen = Seen::default();
        assert_eq!(seen.look(one(Slot::Empty)), [ReaderEvent::ReaderAttached(name("A"))]);
        assert_eq!(seen.look(one(card(1))), [inserted()]);
        assert_eq!(seen.look(one(card(1))), []);
        assert_eq!(seen.look(one(Slot::Empty)), [removed()]);
    }

    #[test]
    fn a_card_already_there_is_told() {
        assert_eq!(Seen::default().look(one(card(0))), [ReaderEvent::ReaderAttached(name("A")), inserted()]);
    }

    #[test]
    fn a_quick_swap_is_a_removal_and_an_insertion() {
        let mut seen = Seen::default();
        seen.look(one(card(1)));
        assert_eq!(seen.look(one(card(3))), [removed(), inserted()]);
    }

    #[test]
    fn a_mute_card_may_wake_and_an_awake_one_fall_silent() {
        let mute = || ReaderEvent::CardMute { reader: name("A") };
        let mut seen = Seen::default();
        seen.look(one(Slot::Empty));
        assert_eq!(seen.look(one(Slot::Mute { count: 1 })), [mute()]);
        assert_eq!(seen.look(one(card(1))), [inserted()]);
        assert_eq!(seen.look(one(Slot::Mute { count: 1 })), [mute()]);
        assert_eq!(seen.look(one(Slot::Mute { count: 3 })), [removed(), mute()]);
        assert_eq!(seen.look(one(Slot::Empty)), [removed()]);
    }

    #[test]
    fn a_reader_takes_its_card_with_it() {
        let mut seen = Seen::default();
        seen.look(one(card(1)));
        assert_eq!(
            seen.look(BTreeMap::new()),
            [removed(), ReaderEvent::ReaderGone(name("A")), ReaderEvent::NoReader]
        );
        assert_eq!(seen.look(BTreeMap::new()), []);
    }

    #[test]
    fn the_service_stops_and_all_is_told_anew_when_it_is_back() {
        let mut seen = Seen::default();
        assert_eq!(seen.look_in_vain(), [ReaderEvent::ServiceDown]);
        assert_eq!(seen.look_in_vain(), []);
        assert_eq!(seen.look(BTreeMap::new()), [ReaderEvent::NoReader]);
        seen.look(one(card(1)));
        assert_eq!(
            seen.look_in_vain(),
            [removed(), ReaderEvent::ReaderGone(name("A")), ReaderEvent::ServiceDown]
        );
        assert_eq!(seen.look(one(card(0))), [ReaderEvent::ReaderAttached(name("A")), inserted()]);
    }
}
