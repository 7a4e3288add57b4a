//! Words as they are compared: without accents, capitals and apostrophes, spelt as they sound, and without their endings.
//!
//! Which language something is typed in is not known, and people mix them, so that there is one set of rules for the three.
//! It folds together what Valencian and Spanish write differently and say alike (`autoritzar`, `autorizar`), what is often
//! mistaken (`b` and `v`, a silent `h`, `l·l` and `ll`), and the endings of number, gender and of what is made of verbs
//! (`empadronar`, `empadronament`, `empadronamiento`). It needs not be right about grammar: it only has to do the same to
//! what is typed and to what is searched.

use unicode_normalization::UnicodeNormalization as _;

/// A word, spelt as it sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Whole.
    pub(super) full: Box<str>,
    /// Without its ending.
    pub(super) stem: Box<str>,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As it is, and as it might be meant: with what was elided before it, without its cedilla.
    pub(super) words: Vec<Word>,
    /// Whether it says nothing by itself: *de*, *una*, *the*.
    pub(super) stop: bool,
}

/// Words that say nothing by themselves, in the three languages, without accents. Sorted.
const STOP: &[&str] = &[
    "a",
    "about",
    "aci",
    "al",
    "algun",
    "alguna",
    "als",
    "am",
    "amb",
    "an",
    "and",
    "ante",
    "any",
    "are",
    "as",
    "at",
    "ay",
    "be",
    "but",
    "by",
    "can",
    "com",
    "como",
    "con",
    "cual",
    "cuando",
    "d",
    "da",
    "de",
    "del",
    "dels",
    "des",
    "desde",
    "do",
    "does",
    "donde",
    "e",
    "el",
    "ella",
    "ells",
    "els",
    "em",
    "en",
    "entre",
    "era",
    "eres",
    "es",
    "esta",
    "este",
    "fa",
    "fer",
    "for",
    "from",
    "get",
    "ha",
    "hace",
    "hacer",
    "hago",
    "haig",
    "has",
    "hasta",
    "have",
    "hay",
    "he",
    "hi",
    "ho",
    "how",
    "i",
    "in",
    "is",
    "it",
    "its",
    "ja",
    "jo",
    "l",
    "la",
    "las",
    "les",
    "li",
    "lo",
    "los",
    "m",
    "mas",
    "me",
    "meu",
    "meua",
    "meues",
    "meus",
    "mi",
    "mis",
    "mon",
    "my",
    "n",
    "necesito",
    "necessite",
    "need",
    "ni",
    "no",
    "nos",
    "nostre",
    "o",
    "of",
    "on",
    "or",
    "os",
    "our",
    "para",
    "pel",
    "pels",
    "per",
    "pero",
    "por",
    "puc",
    "puedo",
    "quan",
    "que",
    "quiero",
    "quina",
    "s",
    "sa",
    "se",
    "ser",
    "seu",
    "seua",
    "si",
    "sin",
    "sobre",
    "soc",
    "som",
    "son",
    "soy",
    "su",
    "sus",
    "t",
    "te",
    "tener",
    "tengo",
    "the",
    "tinc",
    "tindre",
    "to",
    "tu",
    "un",
    "una",
    "unas",
    "unes",
    "uno",
    "unos",
    "uns",
    "va",
    "vaig",
    "volem",
    "vull",
    "want",
    "was",
    "we",
    "what",
    "when",
    "where",
    "with",
    "y",
    "ya",
    "yo",
    "you",
    "your",
];

/// Endings, longest first, and what must be left. Written as words sound.
const ENDINGS: &[(&str, usize)] = &[
    ("amientos", 4),
    ("imientos", 4),
    ("amiento", 4),
    ("imiento", 4),
    ("asiones", 4),
    ("aments", 4),
    ("iments", 4),
    ("adores", 4),
    ("adoras", 4),
    ("ations", 4),
    ("asions", 4),
    ("siones", 4),
    ("asion", 4),
    ("ament", 4),
    ("iment", 4),
    ("adora", 4),
    ("adors", 4),
    ("ation", 4),
    ("sions", 4),
    ("tions", 4),
    ("asio", 4),
    ("ador", 4),
    ("mente", 5),
    ("sion", 4),
    ("tion", 4),
    ("dades", 4),
    ("ados", 4),
    ("adas", 4),
    ("ades", 4),
    ("ment", 5),
    ("ado", 4),
    ("ada", 4),
    ("sio", 4),
    ("tats", 4),
    ("dad", 4),
    ("tat", 4),
    ("ats", 4),
    ("ing", 4),
    ("at", 4),
    ("ar", 4),
    ("er", 4),
    ("ir", 4),
];

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Token> {
    let plain = plain(text);
    let mut tokens = Vec::new();
    for piece in plain.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|piece| !piece.is_empty())
    {
        let mut elided = "";
        for part in piece.split('\'').filter(|part| !part.is_empty()) {
            let bare = part.replace('ç', "c");
            let stop = STOP.binary_search(&bare.as_str()).is_ok()
                || (bare.len() == 1 && !bare.bytes().all(|b| b.is_ascii_digit()));
            let mut words = vec![word(part)];
            if !elided.is_empty() {
                words.push(word(&format!("{elided}{part}")));
            }
            if bare != part {
                words.push(word(&bare));
            }
            elided = if part.len() == 1 { part } else { "" };
            tokens.push(Token { words, stop });
        }
    }
    tokens
}

fn word(plain: &str) -> Word {
    let full = sound(plain);
    let stem = stem(&full).into();
    Word { full: full.into(), stem }
}

/// Small letters without accents, one kind of apostrophe, the two letters of `l·l` together. Keeps `ç`.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.nfc().flat_map(char::to_lowercase).flat_map(|c| {
        // The second would come apart into a space and an accent.
        let kept = matches!(c, 'ç' | '´').then_some(c);
        let rest = kept.is_none().then(|| std::iter::once(c).nfkd());
        kept.into_iter().chain(rest.into_iter().flatten())
    });
    while let Some(letter) = letters.next() {
        match letter {
            '\u{300}'..='\u{36F}' => {}
            '’' | '‘' | '`' | '´' | 'ʼ' => plain.push('\''),
            '·' | '.' | '•' | '‧' | '∙' | '⋅' if plain.ends_with('l') => {
                // Only between two of them; a full stop after a word parts it from the next.
                let next = letters.find(|c| !('\u{300}'..='\u{36F}').contains(c));
                if next != Some('l') {
                    plain.push(' ');
                }
                plain.extend(next);
            }
            letter => plain.push(letter),
        }
    }
    plain
}

/// How it sounds, near enough: each doubled letter once, no silent `h` or `u`, one letter for each sound.
fn sound(plain: &str) -> String {
    let letters: Vec<char> = plain.chars().collect();
    let mut sound = String::with_capacity(plain.len());
    for (place, letter) in letters.iter().copied().enumerate() {
        let before = place.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let next = letters.get(place + 1).copied();
        let soft = |c: Option<char>| matches!(c, Some('e' | 'i' | 'y'));
        let heard = match letter {
            'h' if before == Some('c') => 'x',
            'c' if next == Some('h') => continue,
            'c' if soft(next) => 's',
            'c' | 'q' => 'k',
            'u' if before == Some('q') => continue,
            'u' if before == Some('g') && soft(next) => continue,
            'g' if soft(next) => 'j',
            't' if next == Some('z') => continue,
            'ç' | 'z' => 's',
            'h' => continue,
            'v' => 'b',
            'y' if before == Some('n') && next.is_some() => continue,
            'y' => 'i',
            letter => letter,
        };
        let doubled = sound.ends_with(heard) && !heard.is_ascii_digit();
        if !doubled {
            sound.push(heard);
        }
    }
    sound
}

/// A word with one letter for those sounds that depend on the letter after them: one that is mistyped changes both.
pub(super) fn loose(full: &str) -> String {
    let one = |letter| match letter {
        'k' => 's',
        'g' => 'j',
        letter => letter,
    };
    full.chars().map(one).collect()
}

/// A word without its ending.
fn stem(full: &str) -> &str {
    let word = enclitic(full);
    for (ending, left) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= *left
        {
            return stem;
        }
    }
    let mut word = without(word, "s", 3);
    if let Some(stem) = ["a", "e", "o"].iter().find_map(|vowel| word.strip_suffix(vowel))
        && stem.len() >= 3
    {
        word = stem;
    }
    let bare = without(word, "n", 4);
    if bare.len() < word.len() && bare.ends_with(['a', 'e', 'i', 'o', 'u']) {
        // `padrons`, `padrones` and `padró` alike.
        word = ["a", "e", "o"].iter().find_map(|vowel| bare.strip_suffix(vowel)).unwrap_or(bare);
    }
    word
}

/// `empadronarme`, `empadronarse`: the verb alone.
fn enclitic(word: &str) -> &str {
    for pronoun in ["me", "se", "nos"] {
        if let Some(verb) = word.strip_suffix(pronoun)
            && verb.len() >= 6
            && ["ar", "er", "ir"].iter().any(|ending| verb.ends_with(ending))
        {
            return verb;
        }
    }
    word
}

fn without<'a>(word: &'a str, ending: &str, left: usize) -> &'a str {
    word.strip_suffix(ending).filter(|stem| stem.len() >= left).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).iter().filter(|t| !t.stop).map(|t| t.words[0].stem.to_string()).collect()
    }

    #[test]
    fn what_is_said_alike_is_one() {
        for group in [
            &["al·legacions", "allegacions", "al.legacions", "AL·LEGACIONS", "alegaciones", "alegación"][..],
            &["padró", "padron", "padrons", "padrones"],
            &[
                "empadronar",
                "empadronarme",
                "empadronarse",
                "empadronament",
                "empadronamiento",
                "Empadronado",
            ],
            &["autoritzar", "autorizar", "autorització", "autorización", "autoritzacions"],
            &["certificat", "certificats", "certificado", "certificación", "sertificado"],
            &["gos", "gossos"],
            &["pis", "pisos", "piso"],
            &["beca", "beques", "becas"],
            &["basura", "vasuras"],
            &["l’impost", "l'impost", "impost", "imposts"],
            &["mudança", "mudances", "mudanza", "mudanzas"],
            &["hort", "horts", "ort"],
            &["subvenció", "subvencions", "subvención", "subvenciones"],
        ] {
            let all: Vec<_> = group.iter().map(|word| stems(word)).collect();
            assert!(all.iter().all(|stem| *stem == all[0]), "{group:?}: {all:?}");
        }
    }

    #[test]
    fn what_is_not_alike_stays_apart() {
        for (one, other) in [("obra", "obrir"), ("multa", "mula"), ("gos", "gas"), ("casa", "caixa")] {
            assert_ne!(stems(one), stems(other), "{one} {other}");
        }
    }

    #[test]
    fn small_words_are_left_out_and_full_stops_part() {
        assert_eq!(stems("els papers de la casa").len(), 2);
        assert_eq!(stems("local.comercial").len(), 2);
        assert_eq!(stems("").len(), 0);
        assert!(STOP.is_sorted());
    }
}
