//! Finding a procedure as one types, in the words that people use, without a network.
//!
//! An index of our own. The full-text libraries that are well kept are made for other measures: they bring threads,
//! segments and a store for millions of texts, and none has a stemmer for Valencian. Here are some hundred procedures with
//! a few dozen short texts each, in three languages at once; what decides whether the right one comes first is how words
//! are folded together ([`words`]) and how a short text that is wholly meant counts beside a long one that is touched.
//!
//! - Every name, short name, keyword, summary, category and object is a *phrase*. Each word of a phrase counts by how few
//!   procedures have it.
//! - A typed word meets a word of the index exactly, by its stem, as its beginning, or with one typing error, and counts
//!   less in that order. Typing errors are forgiven in words of five letters or more, and only if nothing else was meant.
//! - A procedure's score is how much of what was typed it answers anywhere, and how well its best phrase matches as a
//!   whole. Equal scores go by popularity.
//!
//! All of it is in memory and no search takes a lock: it can be done at each key stroke. To make an index takes some
//! time, so that who keeps a catalogue keeps a [`LazyIndex`] beside it.

mod near;
mod tally;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use wording::{Language, Text};

use crate::catalogue::Catalogue;
use crate::procedure::Procedure;
use near::{alike, one_apart, one_apart_at_start};
use tally::Tally;
use words::{Word, loose, words};

/// Most procedures found.
pub const MOST: usize = 20;
/// Most topics proposed when nothing is found.
pub const TOPICS: usize = 4;
/// Most characters read of what was typed.
const TYPED: usize = 200;
/// Most words looked for.
const TERMS: usize = 12;
/// Letters from which a typing error is forgiven.
const FORGIVEN: usize = 5;
/// How well a word is met by its stem; what is met so well is what was meant.
const CERTAIN: f32 = 0.9;
/// What is worth less than this part of the best is noise.
const NOISE: f32 = 0.3;
/// How much a word must be like another to be near it, of 1.
const LIKE: f32 = 0.6;
/// Scores closer than one of so many steps are equal, and popularity decides.
const STEPS: f32 = 200.0;

/// Which procedures are looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Those that people may read about: for the kiosk.
    Shown,
    /// All, those being written included: for the clerk.
    All,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found<'a> {
    /// Ids of procedures, best first, at most [`MOST`].
    pub procedures: Vec<&'a str>,
    /// If there are none: codes of the nearest categories, at most [`TOPICS`].
    pub topics: Vec<&'a str>,
}

/// A catalogue made ready to be searched.
#[derive(Debug, Clone)]
pub struct Index {
    documents: Vec<Document>,
    phrases: Vec<Phrase>,
    /// Sorted by `full`.
    entries: Vec<Entry>,
    /// Places in `entries` of the words of each stem.
    stems: BTreeMap<Box<str>, Vec<u32>>,
    /// What a word counts that the index does not know.
    unknown: f32,
}

/// The index of a catalogue, made once: in the background as soon as there is time, or else when it is first needed.
#[derive(Debug, Default)]
pub struct LazyIndex(OnceLock<Index>);

impl LazyIndex {
    /// The index of this catalogue, which must be the same each time.
    pub fn of(&self, catalogue: &Catalogue) -> &Index {
        self.0.get_or_init(|| Index::new(catalogue))
    }
}

#[derive(Debug, Clone)]
struct Document {
    id: String,
    category: String,
    rank: u32,
    shown: bool,
}

#[derive(Debug, Clone, Copy)]
struct Phrase {
    document: u32,
    weight: f32,
    /// What all its words count.
    total: f32,
}

#[derive(Debug, Clone)]
struct Entry {
    full: Box<str>,
    stem: Box<str>,
    /// As it is compared when a typing error may be in it.
    loose: Box<str>,
    /// What it counts: the more, the fewer procedures have it.
    worth: f32,
    phrases: Vec<u32>,
}

/// What each field of a procedure counts.
const NAME: f32 = 1.0;
const SHORT_NAME: f32 = 0.97;
const KEYWORD: f32 = 0.94;
const TOPIC: f32 = 0.45;
const SUMMARY: f32 = 0.4;

impl Index {
    /// Makes a catalogue ready.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut making = Making::default();
        for procedure in catalogue.procedures() {
            making.add(catalogue, procedure);
        }
        making.finish()
    }

    /// The procedures that best answer what has been typed so far; its last word may not be whole yet.
    #[must_use]
    pub fn find(&self, typed: &str, among: Among) -> Found<'_> {
        let typed: String = typed.chars().take(TYPED).collect();
        let terms = terms(&typed);
        if terms.is_empty() {
            return Found::default();
        }
        let procedures = self.ranked(&terms, among);
        let topics = if procedures.is_empty() { self.nearest(&terms, among) } else { Vec::new() };
        Found { procedures, topics }
    }

    fn ranked(&self, terms: &[Term], among: Among) -> Vec<&str> {
        let mut tally = Tally::new(self);
        for term in terms {
            tally.count(self, &self.met(term));
        }
        tally.read_phrases(self);
        self.best(&tally, among)
    }

    /// The documents in order.
    fn best(&self, tally: &Tally, among: Among) -> Vec<&str> {
        let mut scored: Vec<(i32, u32, &str)> = Vec::new();
        for ((document, anywhere), whole) in self.documents.iter().zip(&tally.anywhere).zip(&tally.whole) {
            if *anywhere == 0.0 || (among == Among::Shown && !document.shown) {
                continue;
            }
            #[allow(clippy::cast_precision_loss, reason = "a place among the most asked is a small number")]
            let popular = 1.0 + 0.06 / (1.0 + document.rank as f32 / 20.0);
            let score = (0.55 * (anywhere / tally.wanted).min(1.0) + 0.45 * whole) * popular;
            #[allow(clippy::cast_possible_truncation, reason = "a score is between 0 and 2")]
            scored.push(((score * STEPS) as i32, document.rank, &document.id));
        }
        scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
        let best = scored.first().map_or(0, |best| best.0);
        #[allow(clippy::cast_precision_loss, reason = "a score is a small number")]
        let kept = scored.into_iter().take_while(|(score, ..)| *score as f32 >= best as f32 * NOISE);
        kept.take(MOST).map(|(_, _, id)| id).collect()
    }

    /// Words of the index that a typed word meets, and how well: 1 exactly.
    fn met(&self, term: &Term) -> Vec<(u32, f32)> {
        let mut met: BTreeMap<u32, f32> = BTreeMap::new();
        let mut meet = |place: u32, level: f32| {
            let known = met.entry(place).or_insert(0.0);
            *known = known.max(level);
        };
        for word in &term.words {
            let start = self.entries.partition_point(|entry| *entry.full < *word.full);
            let beginning = self.entries.iter().zip(0_u32..).skip(start);
            let length = word.full.len();
            for (entry, place) in beginning.take_while(|(entry, _)| entry.full.starts_with(&*word.full)) {
                if entry.full.len() == length {
                    meet(place, 1.0);
                } else if term.last && length >= 2 || length >= 4 {
                    #[allow(clippy::cast_precision_loss, reason = "words are short")]
                    let part = length as f32 / entry.full.len() as f32;
                    meet(place, if term.last { 0.6 + 0.25 * part } else { 0.4 + 0.25 * part });
                }
            }
            for place in self.stems.get(&word.stem).into_iter().flatten() {
                meet(*place, CERTAIN);
            }
        }
        let certain = met.values().any(|level| *level >= CERTAIN) || (term.last && !met.is_empty());
        let long = |text: &str| text.chars().count() >= FORGIVEN;
        if certain || !term.words.first().is_some_and(|word| long(&word.full)) {
            return met.into_iter().collect();
        }
        let spelt: Vec<(&Word, String)> = term.words.iter().map(|word| (word, loose(&word.full))).collect();
        for (entry, place) in self.entries.iter().zip(0_u32..) {
            for (word, spelt) in &spelt {
                let level = if one_apart(spelt, &entry.loose) {
                    0.7
                } else if long(&word.stem) && one_apart(&word.stem, &entry.stem) {
                    0.6
                } else if term.last && one_apart_at_start(spelt, &entry.loose) {
                    0.5
                } else {
                    continue;
                };
                let known = met.entry(place).or_insert(0.0);
                *known = known.max(level);
            }
        }
        met.into_iter().collect()
    }

    /// The categories of the words that look most like what was typed; the most asked ones if none does.
    fn nearest(&self, terms: &[Term], among: Among) -> Vec<&str> {
        let mut near: BTreeMap<&str, f32> = BTreeMap::new();
        let open = |document: &&Document| among == Among::All || document.shown;
        for word in terms.iter().flat_map(|term| &term.words) {
            for entry in &self.entries {
                let Some(likeness) = alike(&word.full, &entry.full, LIKE) else { continue };
                let phrases = entry.phrases.iter().filter_map(|place| self.phrases.get(*place as usize));
                let documents = phrases.filter_map(|phrase| self.documents.get(phrase.document as usize));
                for document in documents.filter(open) {
                    let known = near.entry(&document.category).or_insert(0.0);
                    *known = known.max(likeness);
                }
            }
        }
        let mut near: Vec<(&str, f32)> = near.into_iter().collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut topics: Vec<&str> = near.into_iter().map(|(code, _)| code).collect();
        // Documents stand in the order of popularity.
        for document in self.documents.iter().filter(open) {
            if !topics.contains(&document.category.as_str()) {
                topics.push(&document.category);
            }
        }
        topics.truncate(TOPICS);
        topics
    }
}

/// A word that was typed, in the ways in which it may be understood.
struct Term {
    words: Vec<Word>,
    last: bool,
}

fn terms(typed: &str) -> Vec<Term> {
    let all = words(typed);
    let going_on = typed.chars().last().is_some_and(char::is_alphanumeric);
    let count = all.len();
    let term = |(place, token): (usize, words::Token)| {
        let last = going_on && place + 1 == count;
        Term { words: token.words, last }
    };
    let meant = |(_, token): &(usize, words::Token)| !token.stop;
    let terms: Vec<Term> = all.iter().cloned().enumerate().filter(meant).map(term).take(TERMS).collect();
    // Nothing but small words: what is being typed may become a greater one.
    if terms.is_empty() {
        all.into_iter().enumerate().skip(count.saturating_sub(1)).map(term).collect()
    } else {
        terms
    }
}

/// An index that is being made.
#[derive(Default)]
struct Making {
    documents: Vec<Document>,
    phrases: Vec<Phrase>,
    /// Stems of the words of each phrase.
    of_phrases: Vec<Vec<Box<str>>>,
    entries: BTreeMap<Box<str>, (Box<str>, Vec<u32>)>,
}

impl Making {
    fn add(&mut self, catalogue: &Catalogue, procedure: &Procedure) {
        let place = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        self.documents.push(Document {
            id: procedure.id.clone(),
            category: procedure.category.clone(),
            rank: procedure.rank,
            shown: procedure.is_shown(),
        });
        let mut text = |text: &Text, weight| {
            for language in Language::ALL {
                self.phrase(place, text.in_language(language), weight);
            }
        };
        text(&procedure.name, NAME);
        procedure.short_name.iter().for_each(|short| text(short, SHORT_NAME));
        text(&procedure.summary, SUMMARY);
        catalogue.category(&procedure.category).iter().for_each(|category| text(&category.name, TOPIC));
        for object in catalogue.objects().filter(|object| procedure.objects.contains(&object.code)) {
            text(&object.name, TOPIC);
        }
        let keywords = &procedure.keywords;
        for keyword in keywords.va.iter().chain(&keywords.es).chain(&keywords.en) {
            self.phrase(place, keyword, KEYWORD);
        }
    }

    fn phrase(&mut self, document: u32, text: &str, weight: f32) {
        let tokens: Vec<_> = words(text).into_iter().filter(|token| !token.stop).collect();
        let place = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let mut stems: Vec<Box<str>> = Vec::new();
        for token in &tokens {
            stems.extend(token.words.first().map(|word| word.stem.clone()));
            for word in &token.words {
                let (_, phrases) =
                    self.entries.entry(word.full.clone()).or_insert_with(|| (word.stem.clone(), Vec::new()));
                if phrases.last() != Some(&place) {
                    phrases.push(place);
                }
            }
        }
        if !stems.is_empty() {
            self.phrases.push(Phrase { document, weight, total: 0.0 });
            self.of_phrases.push(stems);
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "a catalogue has at most ten thousand procedures")]
    fn finish(mut self) -> Index {
        let mut stems: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
        for ((stem, _), place) in self.entries.values().zip(0_u32..) {
            stems.entry(stem.clone()).or_default().push(place);
        }
        let lists: Vec<&Vec<u32>> = self.entries.values().map(|(_, phrases)| phrases).collect();
        let all = self.documents.len() as f32;
        let worth: BTreeMap<&str, f32> = stems
            .iter()
            .map(|(stem, places)| {
                let lists = places.iter().filter_map(|place| lists.get(*place as usize));
                let phrases = lists.flat_map(|list| list.iter());
                let mut having: Vec<u32> =
                    phrases.filter_map(|p| self.phrases.get(*p as usize)).map(|p| p.document).collect();
                having.sort_unstable();
                having.dedup();
                (&**stem, (1.0 + all / (having.len().max(1) as f32)).ln())
            })
            .collect();
        for (phrase, stems) in self.phrases.iter_mut().zip(&self.of_phrases) {
            phrase.total = stems.iter().filter_map(|stem| worth.get(&**stem)).sum::<f32>().max(0.1);
        }
        let entries = self
            .entries
            .into_iter()
            .map(|(full, (stem, phrases))| {
                let worth = worth.get(&*stem).copied().unwrap_or(1.0);
                let loose = loose(&full).into();
                Entry { full, stem, loose, worth, phrases }
            })
            .collect();
        Index {
            documents: self.documents,
            phrases: self.phrases,
            entries,
            unknown: (1.0 + all / 8.0).ln(),
            stems,
        }
    }
}
