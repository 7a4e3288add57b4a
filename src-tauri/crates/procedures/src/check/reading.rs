//! Whether people can read it: short sentences, plain words, three languages that are not copies of one another.

use wording::{Language, Text};

use super::Findings;
use crate::procedure::{Deadline, Procedure};

/// Longest sentence, in words.
const WORDS_PER_SENTENCE: usize = 20;
/// Longest sentence on average, in words.
const WORDS_ON_AVERAGE: usize = 15;
/// Least ease of reading by the scale of INFLESZ (Barrio-Cantalejo, 2008): from here on, *normal*.
const EASE: f64 = 55.0;
/// Words that blame or shout.
const BLAME: &[&str] = &["error", "incorrect", "invàlid", "inválid", "invalid", "prohib", "forbidden", "!"];
/// Forms of other norms and what the Valencian one says (AVL).
const OTHER_NORMS: &[(&str, &str)] = &[
    ("aquest", "este"),
    ("aquesta", "esta"),
    ("aquests", "estos"),
    ("aquestes", "estes"),
    ("aqueix", "eixe"),
    ("aquí", "ací"),
    ("avui", "hui"),
    ("tenir", "tindre"),
    ("obtenir", "obtindre"),
    ("mantenir", "mantindre"),
    ("venir", "vindre"),
    ("vostè", "vosté"),
    ("vostès", "vostés"),
    ("interès", "interés"),
    ("francès", "francés"),
    ("anglès", "anglés"),
    ("meva", "meua"),
    ("teva", "teua"),
    ("seva", "seua"),
    ("meves", "meues"),
    ("seves", "seues"),
    ("sortir", "eixir"),
    ("serveix", "servix"),
    ("existeix", "existix"),
    ("prefereix", "preferix"),
    ("ofereix", "oferix"),
    ("veure", "vore"),
    ("servici", "servei"),
    ("nen", "xiquet"),
    ("nena", "xiqueta"),
];

pub(super) fn check(procedure: &Procedure, findings: &mut Findings<'_>) {
    let texts = read_by_citizens(procedure);
    for language in Language::ALL {
        for (place, text) in &texts {
            let words = text.in_language(language);
            for sentence in sentences(words) {
                let count = sentence.split_whitespace().count();
                if count > WORDS_PER_SENTENCE {
                    let reason = format!(
                        "a sentence of {count} words in {language}, more than {WORDS_PER_SENTENCE}: {sentence}"
                    );
                    findings.grave(place.clone(), reason);
                }
            }
            let small = words.to_lowercase();
            if let Some(word) = BLAME.iter().find(|word| small.contains(**word)) {
                findings.grave(place.clone(), format!("`{word}` blames or shouts in {language}: {words}"));
            }
            if language == Language::CaValencia {
                norm(place, &small, findings);
            }
        }
        average(procedure, language, findings);
    }
    for (place, text) in [
        ("summary", &procedure.summary),
        ("purpose", &procedure.purpose),
        ("who_may", &procedure.who_may),
        ("result", &procedure.result),
    ] {
        if text.va == text.es || text.es == text.en {
            findings.grave(place, "one language is a copy of another");
        }
    }
}

fn norm(place: &str, words: &str, findings: &mut Findings<'_>) {
    for word in words.split(|c: char| !c.is_alphanumeric() && c != '·') {
        if let Some((_, right)) = OTHER_NORMS.iter().find(|(other, _)| *other == word) {
            findings.light(place, format!("`{word}` is `{right}` in Valencian"));
        }
    }
}

/// The running text of the sheet, as a whole.
fn average(procedure: &Procedure, language: Language, findings: &mut Findings<'_>) {
    let running = [&procedure.summary, &procedure.purpose, &procedure.who_may, &procedure.result];
    let all: Vec<&str> = running.iter().flat_map(|text| sentences(text.in_language(language))).collect();
    let words: Vec<&str> = all.iter().flat_map(|sentence| sentence.split_whitespace()).collect();
    if all.is_empty() || words.is_empty() {
        return;
    }
    if words.len() > WORDS_ON_AVERAGE * all.len() {
        let average = words.len() / all.len();
        let reason =
            format!("sentences of {average} words on average in {language}, more than {WORDS_ON_AVERAGE}");
        findings.grave("sheet", reason);
    }
    if language == Language::Es {
        let syllables: usize = words.iter().map(|word| syllables(word)).sum();
        let ease = ease(syllables, words.len(), all.len());
        if ease < EASE {
            findings.light(
                "sheet",
                format!("reads at {ease:.0} on the INFLESZ scale in es, less than {EASE:.0}"),
            );
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn ease(syllables: usize, words: usize, sentences: usize) -> f64 {
    206.835 - 62.3 * syllables as f64 / words as f64 - words as f64 / sentences as f64
}

/// Sentences; a dot between figures, as in *article 24.1*, ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for (place, (at, c)) in characters.iter().enumerate() {
        let next = characters.get(place + 1).map(|(_, next)| *next);
        let inside = *c == '.' && next.is_some_and(|next| !next.is_whitespace());
        if matches!(c, '.' | '?' | '!' | ':' | ';') && !inside {
            found.extend(text.get(start..*at));
            start = at + c.len_utf8();
        }
    }
    found.extend(text.get(start..));
    found.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

/// Syllables of a Spanish word: groups of vowels, two strong ones apart.
fn syllables(word: &str) -> usize {
    let strong = |c: char| matches!(c, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú');
    let weak = |c: char| matches!(c, 'i' | 'u' | 'ü');
    let (mut count, mut before) = (0, None);
    for c in word.to_lowercase().chars() {
        let vowel = strong(c) || weak(c);
        let joins = before.is_some_and(|before| weak(before) || weak(c));
        if vowel && !joins {
            count += 1;
        }
        before = vowel.then_some(c);
    }
    count.max(1)
}

/// Everything that citizens read, with its place.
fn read_by_citizens(procedure: &Procedure) -> Vec<(String, &Text)> {
    let mut texts = vec![
        ("summary".to_owned(), &procedure.summary),
        ("purpose".to_owned(), &procedure.purpose),
        ("who_may".to_owned(), &procedure.who_may),
        ("result".to_owned(), &procedure.result),
        ("silence_reason".to_owned(), &procedure.silence_reason),
    ];
    texts.extend(procedure.you_will_need.iter().map(|t| ("you_will_need".to_owned(), t)));
    texts.extend(procedure.requirements.iter().map(|t| ("requirements".to_owned(), t)));
    texts.extend(procedure.appeals.iter().map(|t| ("appeals".to_owned(), t)));
    texts.extend(procedure.declarations.iter().map(|d| (format!("declaration {}", d.id), &d.text)));
    texts.extend(procedure.consults.iter().map(|c| (format!("consultation {}", c.id), &c.text)));
    texts.extend(
        procedure.documents.iter().filter_map(|d| Some((format!("document {}", d.code), d.why.as_ref()?))),
    );
    texts.extend(procedure.fee.exemptions.iter().map(|e| ("fee".to_owned(), &e.text)));
    if let Deadline::Told(text) | Deadline::Yearly { text, .. } = &procedure.deadline {
        texts.push(("deadline".to_owned(), text));
    }
    texts.extend(procedure.form.checks().iter().map(|c| (format!("check {}", c.id), &c.text)));
    for page in procedure.form.all_pages() {
        // The second item of a group reads as the first.
        if page.item.as_ref().is_some_and(|item| item.number > 1) {
            continue;
        }
        let place = || format!("page {}", page.id);
        texts.push((place(), &page.heading));
        texts.extend(page.help.iter().map(|help| (place(), help)));
        for field in &page.fields {
            let place = || format!("field {}", field.id);
            texts.push((place(), &field.label));
            texts.extend(field.hint.iter().map(|hint| (place(), hint)));
            texts.extend(field.options.iter().map(|o| (place(), &o.label)));
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_people_stop() {
        assert_eq!(
            sentences("Llei 39/2015, article 24.1. Una altra: sí?"),
            ["Llei 39/2015, article 24.1", "Una altra", "sí"]
        );
    }

    #[test]
    fn syllables_are_counted_as_in_school() {
        for (word, count) in
            [("casa", 2), ("ciudad", 2), ("país", 2), ("aéreo", 4), ("ayuntamiento", 5), ("y", 1)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn a_plain_text_reads_easier_than_an_official_one() {
        assert!(ease(30, 15, 2) > EASE && ease(160, 50, 1) < EASE);
    }
}
