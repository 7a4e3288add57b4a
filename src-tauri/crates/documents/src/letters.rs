//! What the typeface can show, and what stands for the rest.
//!
//! PDF/A and PDF/UA forbid a character without a glyph, so every string passes here before it is laid out.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

/// Stands, visibly, for a character that cannot be shown.
pub(crate) const MISSING: char = '□';

/// The characters that every weight of the typeface has.
pub(crate) struct Letters(BTreeSet<char>);

impl Letters {
    pub(crate) fn new(known: BTreeSet<char>) -> Self {
        Self(known)
    }

    /// Makes every string in `value` printable, in place; says whether anything had to be replaced.
    pub(crate) fn make_printable(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => {
                let (printable, replaced) = self.printable(text);
                *text = printable;
                replaced
            }
            // No short circuit: every element must be visited.
            Value::Array(items) => {
                items.iter_mut().fold(false, |replaced, item| self.make_printable(item) | replaced)
            }
            Value::Object(members) => {
                members.values_mut().fold(false, |replaced, member| self.make_printable(member) | replaced)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// The text with nothing in it that the typeface lacks, and whether [`MISSING`] stands for something.
    ///
    /// Accents are composed first. Line ends become `\n`, other white space a plain or thin space; joiners, variation
    /// selectors and soft hyphens, which show nothing, go. Signs that reorder text are replaced, not dropped: whoever
    /// signs must see that something is there.
    fn printable(&self, text: &str) -> (String, bool) {
        let mut printed = String::with_capacity(text.len());
        let mut replaced = false;
        let mut after_missing = false;
        let mut characters = text.nfc().peekable();
        while let Some(character) = characters.next() {
            let shown = match character {
                '\r' if characters.peek() == Some(&'\n') => None,
                '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
                '\u{202F}' | '\u{2009}' => Some('\u{2009}'),
                known if self.0.contains(&known) && !known.is_control() => Some(known),
                blank if blank.is_whitespace() => Some(' '),
                '\u{2010}' | '\u{2011}' => Some('-'),
                silent if is_silent(silent) => None,
                mark if is_combining_mark(mark) && after_missing => None,
                unknown => match self.apart(unknown) {
                    Some(parts) => {
                        printed.push_str(&parts);
                        after_missing = false;
                        None
                    }
                    None => Some(MISSING),
                },
            };
            let Some(shown) = shown else { continue };
            after_missing = shown == MISSING && character != MISSING;
            replaced |= after_missing;
            printed.push(shown);
        }
        (printed, replaced)
    }

    /// A letter that the typeface lacks, as letter and accents that it has (`ễ` as `ê` and a tilde).
    fn apart(&self, letter: char) -> Option<String> {
        let mut parts: Vec<char> = Vec::new();
        decompose_canonical(letter, |part| match parts.last_mut() {
            Some(last) => match compose(*last, part).filter(|whole| self.0.contains(whole)) {
                Some(whole) => *last = whole,
                None => parts.push(part),
            },
            None => parts.push(part),
        });
        (parts.len() > 1 && parts.iter().all(|part| self.0.contains(part)))
            .then(|| parts.into_iter().collect())
    }
}

/// Characters that only advise a typesetter.
fn is_silent(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> Letters {
        Letters::new(" abcdeçé·l€□\u{2009}-".chars().collect())
    }

    #[test]
    fn accents_are_composed() {
        assert_eq!(letters().printable("c\u{327}e\u{301} l·l €"), ("çé l·l €".into(), false));
    }

    #[test]
    fn the_missing_show_and_their_marks_go_with_them() {
        assert_eq!(letters().printable("a\u{416}\u{301}b"), ("a□b".into(), true));
        assert_eq!(letters().printable("\u{1F469}\u{200D}\u{1F467}"), ("□□".into(), true));
        assert_eq!(letters().printable("\u{202E}ab"), ("□ab".into(), true));
    }

    #[test]
    fn a_letter_is_taken_apart_rather_than_lost() {
        let letters = Letters::new("eê\u{303}".chars().collect());
        assert_eq!(letters.printable("\u{1EC5}"), ("ê\u{303}".into(), false));
        assert_eq!(letters.printable("\u{1EC7}"), ("□".into(), true));
    }

    #[test]
    fn a_square_that_was_typed_is_no_replacement() {
        assert_eq!(letters().printable("a□b"), ("a□b".into(), false));
    }

    #[test]
    fn white_space_is_kept_in_kind() {
        assert_eq!(
            letters().printable("a\r\nb\rc\td\u{202F}e\u{3000}"),
            ("a\nb\nc d\u{2009}e ".into(), false)
        );
        assert_eq!(letters().printable("a\0b\u{7F}"), ("a□b□".into(), true));
    }

    #[test]
    fn every_string_of_a_value_is_visited() {
        let mut value = serde_json::json!({ "a": ["\u{416}", { "b": "\u{416}" }], "c": 1 });
        assert!(letters().make_printable(&mut value));
        assert_eq!(value, serde_json::json!({ "a": ["□", { "b": "□" }], "c": 1 }));
    }
}
