//! Dates, times, money and numbers as people read them, and identifiers as they may be shown.
//!
//! Times are 24 h in every language, since they are official times. Spaces inside one value do not break.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Time};

use crate::Language;

/// Space inside a number: narrow, and never at the end of a line.
const THIN: char = '\u{202F}';
/// Space between a number and its unit.
const UNIT: char = '\u{A0}';

/// A date written out: `12 de març de 2026`, `12 de marzo de 2026`, `12 March 2026`.
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    let (day, month, year) = (date.day(), month(language, date.month()), date.year());
    match language {
        Language::CaValencia if month.starts_with(['a', 'o']) => format!("{day} d’{month} de {year}"),
        Language::CaValencia | Language::Es => format!("{day} de {month} de {year}"),
        Language::En => format!("{day} {month} {year}"),
    }
}

/// A date in figures, `12/03/2026`, as it is typed in forms.
#[must_use]
pub fn date_in_figures(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Hours and minutes: `18:05`.
#[must_use]
pub fn time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Hours, minutes and seconds: `18:05:31`.
#[must_use]
pub fn time_with_seconds(time: Time) -> String {
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}

/// Date and time in the zone of the value: `12 de març de 2026, 18:05`.
#[must_use]
pub fn date_time(language: Language, when: &ZonedDateTime) -> String {
    format!("{}, {}", date(language, when.date()), time(when.time()))
}

/// Date and time with seconds: `12 de març de 2026, 18:05:31`.
#[must_use]
pub fn date_time_with_seconds(language: Language, when: &ZonedDateTime) -> String {
    format!("{}, {}", date(language, when.date()), time_with_seconds(when.time()))
}

/// Euros from cents: `1.234,50 €`, and `€1,234.50` in English.
#[must_use]
pub fn money(language: Language, cents: u32) -> String {
    let (euros, rest) = (cents / 100, cents % 100);
    match language {
        Language::CaValencia | Language::Es => {
            format!("{},{rest:02}{UNIT}€", thousands(u64::from(euros), '.'))
        }
        Language::En => format!("€{}.{rest:02}", thousands(u64::from(euros), ',')),
    }
}

/// A number of things: `16.047`, and `16,047` in English.
#[must_use]
pub fn count(language: Language, number: u64) -> String {
    thousands(number, if language == Language::En { ',' } else { '.' })
}

/// A change in percent, with its sign and two decimals: `+18,43 %`, and `+18.43%` in English.
#[must_use]
pub fn percent(language: Language, change: f64) -> String {
    let sign = match change {
        change if change > 0.0 => "+",
        change if change < 0.0 => "−",
        _ => "",
    };
    let figures = format!("{:.2}", change.abs());
    match language {
        Language::CaValencia | Language::Es => format!("{sign}{}{UNIT}%", figures.replace('.', ",")),
        Language::En => format!("{sign}{figures}%"),
    }
}

/// A month of a year: `març de 2026`, `March 2026`.
#[must_use]
pub fn month_of_year(language: Language, year: i16, number: i8) -> String {
    let month = month(language, number);
    match language {
        Language::CaValencia | Language::Es => format!("{month} de {year}"),
        Language::En => format!("{month} {year}"),
    }
}

/// A length of time in its two largest units: `90 s` is `1 min 30 s`.
#[must_use]
pub fn duration(seconds: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let (mut rest, mut parts) = (seconds, Vec::new());
    for (length, unit) in UNITS {
        let many = rest / length;
        rest %= length;
        if many > 0 {
            parts.push(format!("{many}{UNIT}{unit}"));
        }
    }
    if parts.is_empty() {
        return format!("0{UNIT}s");
    }
    parts.truncate(2);
    parts.join(" ")
}

/// Size of a file: `850 kB`, `1,2 MB`. Rounded up, so that it is never said to be smaller than it is.
#[must_use]
pub fn size(language: Language, bytes: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    if bytes < MB {
        return format!("{}{UNIT}kB", bytes.div_ceil(KB));
    }
    let tenths = bytes.div_ceil(MB / 10);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 {
        return format!("{whole}{UNIT}MB");
    }
    let mark = match language {
        Language::CaValencia | Language::Es => ',',
        Language::En => '.',
    };
    format!("{whole}{mark}{tenth}{UNIT}MB")
}

/// An entry number with its long runs of digits in groups of four, counted from the end: `2026-E-00 0123`.
/// The spaces are for reading only: [`ungrouped`] takes them out.
#[must_use]
pub fn entry_number(number: &str) -> String {
    let mut written = String::with_capacity(number.len() + 4);
    let mut rest = number;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(digits);
        for (index, digit) in run.chars().enumerate() {
            if index > 0 && (run.len() - index).is_multiple_of(4) {
                written.push(THIN);
            }
            written.push(digit);
        }
        let other = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (between, next) = after.split_at(other);
        written.push_str(between);
        rest = next;
    }
    written
}

/// A code to be copied by hand, in groups counted from the start: `7K2M QX4P 9T`.
#[must_use]
pub fn groups(code: &str, of: usize) -> String {
    let mut written = String::with_capacity(code.len() + code.len() / of.max(1));
    for (index, character) in code.chars().enumerate() {
        if index > 0 && of > 0 && index.is_multiple_of(of) {
            written.push(THIN);
        }
        written.push(character);
    }
    written
}

/// A number or code without the spaces of [`entry_number`] and [`groups`].
#[must_use]
pub fn ungrouped(written: &str) -> String {
    written.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A phone number as stored (`+34600123456`) in groups of three: `+34 600 123 456`.
#[must_use]
pub fn phone(number: &str) -> String {
    match number.strip_prefix("+34") {
        Some(national) if national.len() == 9 && national.is_ascii() => {
            format!("+34{THIN}{}", groups(national, 3))
        }
        _ => number.to_owned(),
    }
}

/// An identity number as it may be shown: the fourth to seventh figures only (`***4567**`, `****4567*`).
///
/// With fewer than seven figures (some passports) the last four characters remain, or none if there are only four.
#[must_use]
pub fn masked_nif(nif: &str) -> String {
    let figures: Vec<usize> =
        nif.chars().enumerate().filter(|(_, c)| c.is_ascii_digit()).map(|(index, _)| index).collect();
    let length = nif.chars().count();
    let shown = |index: usize| match figures.get(3..7) {
        Some(kept) => kept.contains(&index),
        None => length > 4 && index >= length - 4,
    };
    nif.chars().enumerate().map(|(index, c)| if shown(index) { c } else { '*' }).collect()
}

/// An e-mail address as it may be shown: `m…a@exemple.es`.
#[must_use]
pub fn masked_email(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return "…".to_owned() };
    let mut characters = local.chars();
    match (characters.next(), characters.next_back()) {
        (Some(first), Some(last)) if local.chars().count() > 3 => format!("{first}…{last}@{domain}"),
        _ => format!("…@{domain}"),
    }
}

/// A phone number as it may be shown: its last three figures.
#[must_use]
pub fn masked_phone(number: &str) -> String {
    let length = number.chars().count();
    let keep = if length > 6 { length - 3 } else { length };
    number.chars().enumerate().map(|(index, c)| if index < keep { '*' } else { c }).collect()
}

fn thousands(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

fn month(language: Language, month: i8) -> &'static str {
    let names: [&'static str; 12] = match language {
        Language::CaValencia => [
            "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
            "novembre", "desembre",
        ],
        Language::Es => [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    };
    // A civil date has a month from 1 to 12, so the empty word is never written.
    usize::try_from(month - 1).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

/// A name as people write it, from the capitals of a certificate: `AMPARO DE LA VEGA-MARTÍ` is *Amparo de la
/// Vega-Martí*. For the screen only: papers keep the certificate's own spelling.
#[must_use]
pub fn person_name(name: &str) -> String {
    const PARTICLES: [&str; 10] = ["de", "del", "dels", "la", "las", "les", "los", "el", "i", "y"];
    let mut written = String::with_capacity(name.len());
    for (position, word) in name.split_whitespace().enumerate() {
        if position > 0 {
            written.push(' ');
        }
        let low = word.to_lowercase();
        if position > 0 && PARTICLES.contains(&low.as_str()) {
            written.push_str(&low);
            continue;
        }
        let mut starts = true;
        for letter in low.chars() {
            if starts {
                written.extend(letter.to_uppercase());
            } else {
                written.push(letter);
            }
            // The dot of `l·l` is inside a word, an apostrophe or a hyphen between two.
            starts = matches!(letter, '-' | '\'' | '’');
        }
    }
    written
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_does() {
        let said = |number| Language::ALL.map(|language| count(language, number));
        assert_eq!(said(16_047), ["16.047", "16.047", "16,047"]);
        assert_eq!(said(0), ["0", "0", "0"]);
        let said = |change| Language::ALL.map(|language| percent(language, change));
        assert_eq!(said(18.43), ["+18,43\u{A0}%", "+18,43\u{A0}%", "+18.43%"]);
        assert_eq!(said(-50.0), ["−50,00\u{A0}%", "−50,00\u{A0}%", "−50.00%"]);
        assert_eq!(percent(Language::En, 0.0), "0.00%");
        let said = Language::ALL.map(|language| month_of_year(language, 2026, 3));
        assert_eq!(said, ["març de 2026", "marzo de 2026", "March 2026"]);
        assert_eq!(
            [0, 90, 3_600, 90_061].map(duration).map(|text| text.replace('\u{A0}', "")),
            ["0s", "1min 30s", "1h", "1d 1h"]
        );
    }

    #[test]
    fn dates_are_written_in_each_language() {
        let day = Date::constant(2026, 3, 12);
        assert_eq!(date(Language::CaValencia, day), "12 de març de 2026");
        assert_eq!(date(Language::Es, day), "12 de marzo de 2026");
        assert_eq!(date(Language::En, day), "12 March 2026");
        assert_eq!(date_in_figures(day), "12/03/2026");
    }

    #[test]
    fn valencian_elides_before_a_vowel_and_only_there() {
        let written: Vec<_> =
            (1..=12).map(|m| date(Language::CaValencia, Date::new(2026, m, 1).unwrap())).collect();
        let elided: Vec<_> = written.iter().filter(|w| w.contains("d’")).map(String::as_str).collect();
        assert_eq!(elided, ["1 d’abril de 2026", "1 d’agost de 2026", "1 d’octubre de 2026"]);
    }

    #[test]
    fn times_are_those_of_the_zone_given() {
        let when: ZonedDateTime = "2026-07-01T16:05:31Z[Europe/Madrid]".parse().unwrap();
        assert_eq!(date_time(Language::Es, &when), "1 de julio de 2026, 18:05");
        assert_eq!(date_time_with_seconds(Language::En, &when), "1 July 2026, 18:05:31");
    }

    #[test]
    fn money_has_two_decimals_and_groups() {
        assert_eq!(money(Language::CaValencia, 2450), "24,50\u{A0}€");
        assert_eq!(money(Language::Es, 123_456_705), "1.234.567,05\u{A0}€");
        assert_eq!(money(Language::En, 123_450), "€1,234.50");
        assert_eq!(money(Language::Es, 5), "0,05\u{A0}€");
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(size(Language::Es, 0), "0\u{A0}kB");
        assert_eq!(size(Language::Es, 849_001), "850\u{A0}kB");
        assert_eq!(size(Language::Es, 1_150_000), "1,2\u{A0}MB");
        assert_eq!(size(Language::En, 1_150_000), "1.2\u{A0}MB");
        assert_eq!(size(Language::En, 10_000_000), "10\u{A0}MB");
    }

    #[test]
    fn entry_numbers_are_grouped_and_read_back() {
        assert_eq!(entry_number("2026-E-000123"), "2026-E-00\u{202F}0123");
        assert_eq!(entry_number("2026-E-00000123"), "2026-E-0000\u{202F}0123");
        assert_eq!(entry_number(""), "");
        for number in ["2026-E-000123", "E1", "20260001234567", "ñ-12345"] {
            assert_eq!(ungrouped(&entry_number(number)), number);
        }
    }

    #[test]
    fn codes_are_grouped_from_the_start() {
        assert_eq!(groups("7K2MQX4P9T", 4), "7K2M\u{202F}QX4P\u{202F}9T");
        assert_eq!(groups("abc", 0), "abc");
    }

    #[test]
    fn phones_are_grouped_by_three() {
        assert_eq!(phone("+34600123456"), "+34\u{202F}600\u{202F}123\u{202F}456");
        assert_eq!(phone("+4915112345678"), "+4915112345678");
    }

    #[test]
    fn names_from_a_certificate_are_written_as_people_write_them() {
        for (capitals, written) in [
            ("AMPARO MARTÍ SOLER", "Amparo Martí Soler"),
            ("MARIA DE LA VEGA-D'ORS", "Maria de la Vega-D'Ors"),
            ("GAL·LA I ÑÍGUEZ", "Gal·la i Ñíguez"),
            ("DE LA FUENTE", "De la Fuente"),
            ("", ""),
        ] {
            assert_eq!(person_name(capitals), written);
        }
    }

    #[test]
    fn masks_show_what_the_law_lets_be_published() {
        assert_eq!(masked_nif("12345678Z"), "***4567**");
        assert_eq!(masked_nif("X1234567L"), "****4567*");
        assert_eq!(masked_nif("K1234567L"), "****4567*");
        assert_eq!(masked_nif("ABC123456"), "*****3456");
        assert_eq!(masked_nif("1234"), "****");
        assert_eq!(masked_nif(""), "");
    }

    #[test]
    fn masked_addresses_and_phones_do_not_give_themselves_away() {
        assert_eq!(masked_email("maria@exemple.es"), "m…a@exemple.es");
        assert_eq!(masked_email("bo@exemple.es"), "…@exemple.es");
        assert_eq!(masked_email("nothing"), "…");
        assert_eq!(masked_phone("+34600123456"), "*********456");
        assert_eq!(masked_phone("112"), "***");
    }
}
