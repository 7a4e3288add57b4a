//! From what people type to what is filed. Nothing here refuses: that is for validation, which comes after.

use unicode_normalization::UnicodeNormalization as _;

use crate::FieldKind;
use crate::nif;

/// One answer, as it will be filed. Doing it twice changes nothing.
pub(crate) fn answer(kind: FieldKind, typed: &str) -> String {
    match kind {
        FieldKind::Name | FieldKind::Text => line(typed),
        FieldKind::LongText => lines(typed),
        // Taking separators out may bring a letter next to an accent, so these are composed once more.
        FieldKind::Nif => nif::normalise(&seen(typed)).nfc().collect(),
        FieldKind::Email => email(typed).nfc().collect(),
        FieldKind::Phone => phone(typed).nfc().collect(),
        FieldKind::PostalCode => without_spaces(typed).nfc().collect(),
        FieldKind::Number => number(typed).nfc().collect(),
        FieldKind::Date => date(typed),
        FieldKind::Choice | FieldKind::YesNo | FieldKind::Statement | FieldKind::Document => {
            typed.trim().to_owned()
        }
    }
}

/// Composed characters, and none that is not seen.
fn seen(typed: &str) -> String {
    typed.nfc().filter(|c| !is_unseen(*c)).nfc().collect()
}

/// As [`seen`], with the Valencian `l·l` in its one right spelling. For text only: in codes a dot is a separator.
fn words(typed: &str) -> String {
    let characters: Vec<char> = seen(typed).replace('ŀ', "l·").replace('Ŀ', "L·").chars().collect();
    let letter = |c: Option<&char>| matches!(c, Some('l' | 'L'));
    let mut text = String::with_capacity(typed.len());
    for (index, c) in characters.iter().enumerate() {
        let between =
            letter(index.checked_sub(1).and_then(|i| characters.get(i))) && letter(characters.get(index + 1));
        text.push(if between && matches!(c, '•' | '‧' | '∙' | '⋅' | '・') { '·' } else { *c });
    }
    text
}

/// Control characters but the line break, and the marks that reorder, hide or join text: a signed text must read
/// as it is stored.
fn is_unseen(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn line(typed: &str) -> String {
    words(typed).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Line breaks are kept, at most one empty line in a row.
fn lines(typed: &str) -> String {
    let text = words(&typed.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n"));
    let mut written: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() || written.last().is_some_and(|last| !last.is_empty()) {
            written.push(line);
        }
    }
    while written.last().is_some_and(String::is_empty) {
        written.pop();
    }
    written.join("\n")
}

fn without_spaces(typed: &str) -> String {
    seen(typed).chars().filter(|c| !c.is_whitespace()).collect()
}

/// The domain in small letters; what stands before it belongs to its mail server and is left alone.
fn email(typed: &str) -> String {
    let bare = without_spaces(typed);
    match bare.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_ascii_lowercase()),
        None => bare,
    }
}

/// International form: nine Spanish figures get `+34`, `00` becomes `+`.
fn phone(typed: &str) -> String {
    let bare: String = without_spaces(typed)
        .chars()
        .filter(|c| !matches!(c, '.' | '-' | '(' | ')' | '/' | '·' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
        .collect();
    let figures = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    if !figures {
        return bare;
    }
    let spanish = |n: &str| n.len() == 9 && n.starts_with(['6', '7', '8', '9']);
    if spanish(&bare) {
        format!("+34{bare}")
    } else if let Some(international) = bare.strip_prefix("00") {
        format!("+{international}")
    } else if bare.strip_prefix("34").is_some_and(spanish) {
        format!("+{bare}")
    } else {
        bare
    }
}

fn number(typed: &str) -> String {
    let bare = without_spaces(typed);
    let figures = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    match bare.trim_start_matches('0') {
        "" if figures => "0".to_owned(),
        short if figures => short.to_owned(),
        _ => bare,
    }
}

/// `dd/mm/yyyy`, whatever separates the three figures.
fn date(typed: &str) -> String {
    let bare = seen(typed);
    let parts: Vec<&str> = bare.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [day, month, year]
            if parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit()))
                && day.len() <= 2
                && month.len() <= 2 =>
        {
            format!("{day:0>2}/{month:0>2}/{year}")
        }
        _ => bare.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_geminated_l_has_one_spelling() {
        for typed in ["paraŀlel", "paral·lel", "paral‧lel", "paral•lel", "paral\u{387}lel"] {
            assert_eq!(answer(FieldKind::Text, typed), "paral·lel");
        }
        assert_eq!(answer(FieldKind::Name, "GAĿL"), "GAL·L");
    }

    #[test]
    fn accents_are_composed_and_apostrophes_are_kept() {
        assert_eq!(
            answer(FieldKind::Name, "  Nu\u{301}ria   d'Arago\u{301} i O’Connor-Peñ\u{AD}a "),
            "Núria d'Aragó i O’Connor-Peña"
        );
    }

    #[test]
    fn text_that_would_read_other_than_it_is_stored_is_cleaned() {
        assert_eq!(answer(FieldKind::Text, "abc\u{202E}def\u{0}\u{200B}"), "abcdef");
    }

    #[test]
    fn long_text_keeps_its_paragraphs() {
        assert_eq!(answer(FieldKind::LongText, "\r\n u  dos \r\n\r\n\r\n tres\t\n\n"), "u dos\n\ntres");
    }

    #[test]
    fn phones_become_international() {
        for (typed, written) in [
            ("600 12 34 56", "+34600123456"),
            ("963.99.03.70", "+34963990370"),
            ("0034 600123456", "+34600123456"),
            ("34600123456", "+34600123456"),
            ("+34 (600) 123-456", "+34600123456"),
            ("0049 151 1234567", "+491511234567"),
            ("12345", "12345"),
            ("hola", "hola"),
        ] {
            assert_eq!(answer(FieldKind::Phone, typed), written);
        }
    }

    #[test]
    fn other_kinds_are_written_in_their_one_way() {
        for (kind, typed, written) in [
            (FieldKind::Email, " Maria.Peris @Exemple.ES ", "Maria.Peris@exemple.es"),
            (FieldKind::PostalCode, " 46 920 ", "46920"),
            (FieldKind::Number, " 007 ", "7"),
            (FieldKind::Number, "000", "0"),
            (FieldKind::Date, "1/3/2026", "01/03/2026"),
            (FieldKind::Date, "12-03-2026", "12/03/2026"),
            (FieldKind::Date, " 12.3.26 ", "12/03/26"),
            (FieldKind::Date, " 12 / 3 / 2026", "12/03/2026"),
            (FieldKind::Date, "12//2026", "12//2026"),
            (FieldKind::Choice, " owner ", "owner"),
        ] {
            assert_eq!(answer(kind, typed), written);
        }
    }
}
