//! Which card counts, where there may be several readers: decides and does no I/O.

use std::collections::BTreeMap;

use crate::{ReaderEvent, ReaderName};

/// Follows every reader and says which card counts: the first one, until it leaves; then another that is in.
///
/// A desk may prefer a reader, by a part of its name. While such a reader is attached, cards count in it alone, and one
/// in any other is told to be in the wrong place; while none is, every reader will do.
#[derive(Debug, Default)]
pub struct Choice {
    preferred: Option<String>,
    /// Every reader, with what is in it.
    readers: BTreeMap<ReaderName, Option<Content>>,
    counts: Option<ReaderName>,
}

/// What an event means for somebody who serves one card at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardNews {
    /// The smart card service does not run; no card counts.
    ServiceDown,
    /// No reader is attached.
    NoReader,
    /// A reader is attached.
    ReaderAttached(ReaderName),
    /// A card is in, and counts from now on.
    Inserted {
        /// Where.
        reader: ReaderName,
        /// Its answer to reset.
        atr: Vec<u8>,
    },
    /// Something is in that does not answer, and counts from now on.
    Mute {
        /// Where.
        reader: ReaderName,
    },
    /// What counted has left, or its reader has.
    Removed {
        /// Where it was.
        reader: ReaderName,
    },
    /// A card, or something mute, is in a reader other than the preferred one. It does not count.
    WrongReader {
        /// Where.
        reader: ReaderName,
    },
    /// It has left that reader, or counts there after all.
    LeftWrongReader {
        /// Where it was.
        reader: ReaderName,
    },
}

/// What is in a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Content {
    /// The answer to reset, unless it is mute.
    atr: Option<Vec<u8>>,
    /// Told to be in the wrong reader.
    misplaced: bool,
}

impl Choice {
    /// With a part of the preferred reader's name, in whatever case; `None` or an empty one prefers none.
    #[must_use]
    pub fn new(preferred: Option<&str>) -> Self {
        let preferred = preferred.map(str::to_lowercase).filter(|part| !part.is_empty());
        Self { preferred, ..Self::default() }
    }

    /// The reader whose card counts.
    #[must_use]
    pub const fn counts(&self) -> Option<&ReaderName> {
        self.counts.as_ref()
    }

    /// Takes one event of [`crate::watch`], and tells what it means, in this order.
    pub fn tell(&mut self, event: ReaderEvent) -> Vec<CardNews> {
        let mut news = Vec::new();
        match event {
            ReaderEvent::ServiceDown => {
                // Cards and readers have been told to be gone, one by one, before this.
                self.readers.clear();
                self.counts = None;
                news.push(CardNews::ServiceDown);
            }
            ReaderEvent::NoReader => news.push(CardNews::NoReader),
            ReaderEvent::ReaderAttached(reader) => {
                self.readers.insert(reader.clone(), None);
                news.push(CardNews::ReaderAttached(reader));
            }
            ReaderEvent::ReaderGone(reader) => {
                self.empty(&reader, &mut news);
                self.readers.remove(&reader);
            }
            ReaderEvent::CardInserted { reader, atr } => self.fill(reader, Some(atr), &mut news),
            ReaderEvent::CardMute { reader } => self.fill(reader, None, &mut news),
            ReaderEvent::CardRemoved { reader } => self.empty(&reader, &mut news),
        }
        self.review(&mut news);
        news
    }

    fn fill(&mut self, reader: ReaderName, atr: Option<Vec<u8>>, news: &mut Vec<CardNews>) {
        let recovered = self.counts.as_ref() == Some(&reader);
        let before =
            self.readers.insert(reader.clone(), Some(Content { atr: atr.clone(), misplaced: false }));
        if let (Some(Some(before)), Some(Some(now))) = (before, self.readers.get_mut(&reader)) {
            now.misplaced = before.misplaced;
        }
        if recovered {
            // The same insertion, mute at first and answering now, or the other way round.
            news.push(Self::comes(reader, atr));
        }
    }

    fn empty(&mut self, reader: &ReaderName, news: &mut Vec<CardNews>) {
        let before = self.readers.get_mut(reader).and_then(Option::take);
        if self.counts.as_ref() == Some(reader) {
            self.counts = None;
            news.push(CardNews::Removed { reader: reader.clone() });
        } else if before.is_some_and(|content| content.misplaced) {
            news.push(CardNews::LeftWrongReader { reader: reader.clone() });
        }
    }

    /// What follows from who is there now: a card that waited counts, one in the wrong place is told.
    fn review(&mut self, news: &mut Vec<CardNews>) {
        let preferred_attached = self.readers.keys().any(|reader| self.prefers(reader));
        let mut misplaced = Vec::new();
        let mut waiting = None;
        for (reader, content) in &self.readers {
            let Some(content) = content else { continue };
            let wrong = preferred_attached && !self.prefers(reader);
            if self.counts.as_ref() == Some(reader) {
                continue;
            }
            if wrong != content.misplaced {
                misplaced.push((reader.clone(), wrong));
            }
            if !wrong && waiting.is_none() {
                waiting = Some((reader.clone(), content.atr.clone()));
            }
        }
        for (reader, wrong) in misplaced {
            if let Some(Some(content)) = self.readers.get_mut(&reader) {
                content.misplaced = wrong;
            }
            news.push(if wrong {
                CardNews::WrongReader { reader }
            } else {
                CardNews::LeftWrongReader { reader }
            });
        }
        if self.counts.is_none()
            && let Some((reader, atr)) = waiting
        {
            self.counts = Some(reader.clone());
            news.push(Self::comes(reader, atr));
        }
    }

    fn prefers(&self, reader: &ReaderName) -> bool {
        self.preferred.as_ref().is_some_and(|part| reader.to_string().to_lowercase().contains(part))
    }

    fn comes(reader: ReaderName, atr: Option<Vec<u8>>) -> CardNews {
        match atr {
            Some(atr) => CardNews::Inserted { reader, atr },
            None => CardNews::Mute { reader },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn name(text: &str) -> ReaderName {
        ReaderName::new(text).unwrap()
    }

    fn attached(reader: &str) -> ReaderEvent {
        ReaderEvent::ReaderAttached(name(reader))
    }

    fn card(reader: &str) -> ReaderEvent {
        ReaderEvent::CardInserted { reader: name(reader), atr: vec![0x3B] }
    }

    fn taken(reader: &str) -> ReaderEvent {
        ReaderEvent::CardRemoved { reader: name(reader) }
    }

    fn inserted(reader: &str) -> CardNews {
        CardNews::Inserted { reader: name(reader), atr: vec![0x3B] }
    }

    fn removed(reader: &str) -> CardNews {
        CardNews::Removed { reader: name(reader) }
    }

    fn wrong(reader: &str) -> CardNews {
        CardNews::WrongReader { reader: name(reader) }
    }

    fn left_wrong(reader: &str) -> CardNews {
        CardNews::LeftWrongReader { reader: name(reader) }
    }

    fn desk(preferred: Option<&str>, readers: &[&str]) -> Choice {
        let mut choice = Choice::new(preferred);
        for reader in readers {
            assert_eq!(choice.tell(attached(reader)), [CardNews::ReaderAttached(name(reader))]);
        }
        choice
    }

    #[test]
    fn the_first_card_counts_until_it_leaves_and_then_the_one_that_waited() {
        let mut choice = desk(None, &["A", "B"]);
        assert_eq!(choice.tell(card("B")), [inserted("B")]);
        assert_eq!(choice.tell(card("A")), []);
        assert_eq!(choice.counts(), Some(&name("B")));
        assert_eq!(choice.tell(taken("B")), [removed("B"), inserted("A")]);
        assert_eq!(choice.tell(taken("A")), [removed("A")]);
        assert_eq!(choice.counts(), None);
    }

    #[test]
    fn a_card_that_waited_in_vain_is_not_told() {
        let mut choice = desk(None, &["A", "B"]);
        choice.tell(card("A"));
        assert_eq!(choice.tell(card("B")), []);
        assert_eq!(choice.tell(taken("B")), []);
        assert_eq!(choice.tell(taken("A")), [removed("A")]);
    }

    #[test]
    fn a_card_in_the_wrong_reader_is_told_and_does_not_count() {
        let mut choice = desk(Some("omni"), &["HID OMNIKEY 3121 00 00", "Keyboard 00 00"]);
        assert_eq!(choice.tell(card("Keyboard 00 00")), [wrong("Keyboard 00 00")]);
        assert_eq!(choice.counts(), None);
        assert_eq!(choice.tell(taken("Keyboard 00 00")), [left_wrong("Keyboard 00 00")]);
        assert_eq!(choice.tell(card("HID OMNIKEY 3121 00 00")), [inserted("HID OMNIKEY 3121 00 00")]);
    }

    #[test]
    fn without_the_preferred_reader_every_other_will_do() {
        let mut choice = desk(Some("Good"), &["Other"]);
        assert_eq!(choice.tell(card("Other")), [inserted("Other")]);
        // The one that counts goes on counting: nobody's session ends because a reader was plugged in.
        assert_eq!(choice.tell(attached("Good")), [CardNews::ReaderAttached(name("Good"))]);
        assert_eq!(choice.counts(), Some(&name("Other")));
        assert_eq!(choice.tell(card("Good")), []);
        assert_eq!(choice.tell(taken("Other")), [removed("Other"), inserted("Good")]);
        assert_eq!(choice.tell(card("Other")), [wrong("Other")]);
        // When the preferred reader goes, so does its card, and the one in the wrong place is in the right one.
        assert_eq!(
            choice.tell(ReaderEvent::ReaderGone(name("Good"))),
            [removed("Good"), left_wrong("Other"), inserted("Other")]
        );
    }

    #[test]
    fn a_mute_card_counts_too_and_may_come_to_speak() {
        let mut choice = desk(None, &["A"]);
        let mute = ReaderEvent::CardMute { reader: name("A") };
        assert_eq!(choice.tell(mute), [CardNews::Mute { reader: name("A") }]);
        assert_eq!(choice.tell(card("A")), [inserted("A")]);
        assert_eq!(choice.tell(taken("A")), [removed("A")]);
    }

    #[test]
    fn with_the_service_everything_goes() {
        let mut choice = desk(None, &["A"]);
        choice.tell(card("A"));
        assert_eq!(choice.tell(taken("A")), [removed("A")]);
        assert_eq!(choice.tell(ReaderEvent::ReaderGone(name("A"))), []);
        assert_eq!(choice.tell(ReaderEvent::ServiceDown), [CardNews::ServiceDown]);
        assert_eq!(choice.tell(ReaderEvent::NoReader), [CardNews::NoReader]);
        assert_eq!(choice.counts(), None);
    }

    #[test]
    fn an_empty_preference_is_none() {
        let mut choice = desk(Some(""), &["A", "B"]);
        assert_eq!(choice.tell(card("B")), [inserted("B")]);
    }
}
