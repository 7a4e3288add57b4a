//! From what people type to what is filed. Nothing here refuses: that is for validation, which comes after.

use unicode_normalization::UnicodeNormalization as _;

use crate::form::{Field, FieldKind};
use crate::ids;
use crate::number::Decimal;

/// One answer, as it will be filed. Doing it twice changes nothing.
pub(crate) fn answer(field: &Field, typed: &str) -> String {
    match field.kind {
        FieldKind::Name | FieldKind::Text | FieldKind::Street => line(typed),
        FieldKind::LongText => lines(typed),
        // Taking separators out may bring a letter next to an accent, so these are composed once more.
        FieldKind::Nif => ids::normalise_nif(&seen(typed)).nfc().collect(),
        FieldKind::Passport
        | FieldKind::Iban
        | FieldKind::Cadastral
        | FieldKind::Plate
        | FieldKind::Vin
        | FieldKind::Chip
        | FieldKind::Nss => code(typed),
        FieldKind::Email => email(typed).nfc().collect(),
        FieldKind::Phone => phone(typed).nfc().collect(),
        FieldKind::PostalCode => without_spaces(typed).nfc().collect(),
        FieldKind::Number if field.decimals() == 0 => number(typed).nfc().collect(),
        FieldKind::Number | FieldKind::Area | FieldKind::Percent => decimal(typed, 0),
        FieldKind::Money => decimal(typed, 2),
        FieldKind::Date => date(typed),
        FieldKind::Time => time(typed),
        FieldKind::Multiple => multiple(field, typed),
        FieldKind::Choice
        | FieldKind::YesNo
        | FieldKind::Statement
        | FieldKind::Consent
        | FieldKind::Document
        | FieldKind::Computed => typed.trim().to_owned(),
    }
}

/// Capitals without separators. Capitals may compose otherwise than what they come from, so this is done until it rests.
fn code(typed: &str) -> String {
    let once: String = ids::bare(&seen(typed)).nfc().collect();
    ids::bare(&seen(&once)).nfc().collect()
}

/// A number with decimals as people write them: `1.234,5`, `1234.5`, `1 234,50 €`; as `1234,5`.
fn decimal(typed: &str, least: usize) -> String {
    let kept: String = without_spaces(typed).nfc().collect();
    let bare = kept.trim_end_matches(['€', '%']).trim_end_matches("m2").trim_end_matches("m²");
    let plain = match (bare.rfind(','), bare.rfind('.')) {
        (Some(_), _) if in_thousands(bare.split(',').next().unwrap_or_default()) => bare.replace('.', ""),
        (None, Some(_)) if in_thousands(bare) => bare.replace('.', ""),
        (None, Some(_)) => bare.replacen('.', ",", 1),
        _ => bare.to_owned(),
    };
    Decimal::of_answer(&plain).map_or(kept, |number| number.to_answer(least))
}

/// Figures with dots between their thousands, or none.
fn in_thousands(whole: &str) -> bool {
    let mut parts = whole.split('.');
    let first = parts.next().unwrap_or_default();
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    figures(first)
        && (!whole.contains('.') || first.len() <= 3)
        && parts.all(|part| part.len() == 3 && figures(part))
}

/// `hh:mm`, from `9.5`, `9h30`, `0930` or `9`.
fn time(typed: &str) -> String {
    let bare: String = without_spaces(typed).nfc().collect();
    let small = bare.to_lowercase();
    let parts: Vec<&str> = small.trim_end_matches('h').split([':', '.', 'h', ',']).collect();
    let figures = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [hours, minutes] if figures(hours) && figures(minutes) => format!("{hours:0>2}:{minutes:0>2}"),
        [hours] if figures(hours) => format!("{hours:0>2}:00"),
        [both] if both.len() == 4 && both.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{}:{}", both.get(..2).unwrap_or_default(), both.get(2..).unwrap_or_default())
        }
        _ => bare,
    }
}

/// Chosen options in the order in which they are offered, each once; what is none of them stays, to be refused.
fn multiple(field: &Field, typed: &str) -> String {
    let chosen: Vec<&str> = typed.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    let known = field.options.iter().map(|o| o.id.as_str()).filter(|id| chosen.contains(id));
    let unknown = chosen.iter().copied().filter(|id| !field.options.iter().any(|o| o.id == *id));
    known.chain(unknown).collect::<Vec<_>>().join(",")
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
pub(crate) fn date(typed: &str) -> String {
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

    fn answer(kind: FieldKind, typed: &str) -> String {
        super::answer(&Field::of_kind(kind), typed)
    }

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
            (FieldKind::Money, "1.234,5", "1234,50"),
            (FieldKind::Money, "1.234", "1234,00"),
            (FieldKind::Money, "1234.5", "1234,50"),
            (FieldKind::Money, " 12 € ", "12,00"),
            (FieldKind::Money, "007,5", "7,50"),
            (FieldKind::Money, "0", "0,00"),
            (FieldKind::Money, "1.23.4", "1.23.4"),
            (FieldKind::Area, "85,50 m2", "85,5"),
            (FieldKind::Time, "9h30", "09:30"),
            (FieldKind::Time, "0930", "09:30"),
            (FieldKind::Time, "9", "09:00"),
            (FieldKind::Time, "21.5", "21:05"),
            (FieldKind::Iban, "es91 2100-0418 4502", "ES91210004184502"),
            (FieldKind::Plate, "v-1234-ab", "V1234AB"),
            (FieldKind::Cadastral, "9872023 vh5797s 0001 wx", "9872023VH5797S0001WX"),
        ] {
            assert_eq!(answer(kind, typed), written);
        }
    }
}
