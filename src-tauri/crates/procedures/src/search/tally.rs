//! What a search has counted so far.

use super::{CERTAIN, Index};

/// The score of each phrase and of each document, word by word of what was typed.
pub(super) struct Tally {
    /// What the phrases of each document answer, each typed word at its best place.
    pub(super) anywhere: Vec<f32>,
    /// How well the best phrase of each document matches as a whole, from 0 to 1.
    pub(super) whole: Vec<f32>,
    /// What a document would count that answers everything exactly as it was met.
    pub(super) wanted: f32,
    phrases: Vec<f32>,
    touched: Vec<usize>,
    /// Of the word being counted; all nothing between two words.
    now: Vec<f32>,
    best: Vec<f32>,
}

impl Tally {
    pub(super) fn new(index: &Index) -> Self {
        let (phrases, documents) = (index.phrases.len(), index.documents.len());
        Self {
            anywhere: vec![0.0; documents],
            whole: vec![0.0; documents],
            wanted: 0.0,
            phrases: vec![0.0; phrases],
            touched: Vec::new(),
            now: vec![0.0; phrases],
            best: vec![0.0; documents],
        }
    }

    /// Counts a typed word, by the words of the index that it meets and how well.
    pub(super) fn count(&mut self, index: &Index, met: &[(u32, f32)]) {
        let mut phrases: Vec<usize> = Vec::new();
        let mut wanted: f32 = if met.is_empty() { index.unknown } else { 0.0 };
        let entry = |place: u32| index.entries.get(place as usize);
        let certain =
            met.iter().filter(|(_, level)| *level >= CERTAIN).filter_map(|(place, _)| entry(*place));
        // A rarer word that only begins as this one does is not worth more than the word itself.
        let most = certain.map(|entry| entry.worth).reduce(f32::max).unwrap_or(f32::MAX);
        for (place, level) in met {
            let Some(entry) = entry(*place) else { continue };
            let value = level * entry.worth.min(most);
            wanted = wanted.max(value);
            for phrase in entry.phrases.iter().map(|phrase| *phrase as usize) {
                let Some(now) = self.now.get_mut(phrase) else { continue };
                if *now == 0.0 {
                    phrases.push(phrase);
                }
                *now = now.max(value);
            }
        }
        self.wanted += wanted;
        self.add(index, phrases);
    }

    /// Adds what the word counts in some phrases, and in each document where it counts most.
    fn add(&mut self, index: &Index, phrases: Vec<usize>) {
        let mut documents: Vec<usize> = Vec::new();
        for place in phrases {
            let (Some(now), Some(sum), Some(phrase)) =
                (self.now.get_mut(place), self.phrases.get_mut(place), index.phrases.get(place))
            else {
                continue;
            };
            if *sum == 0.0 {
                self.touched.push(place);
            }
            let value = std::mem::take(now);
            *sum += value;
            let Some(best) = self.best.get_mut(phrase.document as usize) else { continue };
            if *best == 0.0 {
                documents.push(phrase.document as usize);
            }
            *best = best.max(value * phrase.weight);
        }
        for document in documents {
            if let (Some(best), Some(sum)) = (self.best.get_mut(document), self.anywhere.get_mut(document)) {
                *sum += std::mem::take(best);
            }
        }
    }

    /// Once every word is counted: how well each phrase answers what was typed, and how much of it was meant.
    pub(super) fn read_phrases(&mut self, index: &Index) {
        for place in &self.touched {
            let (Some(phrase), Some(sum)) = (index.phrases.get(*place), self.phrases.get(*place)) else {
                continue;
            };
            let meant = (sum / phrase.total).min(1.0);
            let value = phrase.weight * (sum / self.wanted).min(1.0) * meant.sqrt();
            if let Some(whole) = self.whole.get_mut(phrase.document as usize) {
                *whole = whole.max(value);
            }
        }
    }
}
