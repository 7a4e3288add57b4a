//! The machine-readable zone of a card of size TD1: three lines of thirty (ICAO Doc 9303-5, clause 4.2).

use crate::persona::{Document, Kind, Persona, Sex};

const LINE: usize = 30;

/// All ninety characters.
pub(super) fn zone(persona: &Persona, document: &Document) -> String {
    let upper = upper_line(persona);
    let (birth, expiry) = (checked(&document.birth_date.short()), checked(&document.expiry.short()));
    let sex = match document.sex {
        Sex::F => 'F',
        Sex::M => 'M',
        Sex::X => '<',
    };
    let start = format!("{birth}{sex}{expiry}{}", filled(&letters(&document.nationality), 3));
    let optional = filled("", 11);
    let composite: String = [upper.get(5..).unwrap_or_default(), &birth, &expiry, &optional].concat();
    let names = names(persona);
    format!("{upper}{start}{optional}{}{names}", check(&composite))
}

/// What PACE makes a password of: document number, birth date and expiry date, each with its check digit.
pub(super) fn information(persona: &Persona, document: &Document) -> String {
    let number = checked(&filled(&letters(&persona.idesp), 9));
    let (birth, expiry) = (document.birth_date.short(), document.expiry.short());
    format!("{number}{}{}", checked(&birth), checked(&expiry))
}

/// Type, issuing state, support number, and the citizen's number as optional data.
fn upper_line(persona: &Persona) -> String {
    let kind = match persona.kind {
        Kind::Dnie => "ID",
        Kind::ResidencePermit => "IR",
    };
    let number = checked(&filled(&letters(&persona.idesp), 9));
    filled(&format!("{kind}ESP{number}{}", letters(&persona.holder.nif)), LINE)
}

/// Surnames, two fillers, given names; what does not fit is cut, the surnames first (ICAO Doc 9303-3, clause 4.6).
fn names(persona: &Persona) -> String {
    /// Of the given names, this much survives the longest surnames.
    const LEAST_GIVEN: usize = 10;
    let holder = &persona.holder;
    let mut surnames = letters(&holder.surname1);
    if let Some(second) = &holder.surname2 {
        surnames.push('<');
        surnames.push_str(&letters(second));
    }
    let mut given = letters(&holder.given_name);
    surnames.truncate(LINE - 2 - given.len().min(LEAST_GIVEN));
    given.truncate(LINE - 2 - surnames.len());
    filled(&format!("{surnames}<<{given}"), LINE)
}

/// Cut or filled to a length; everything here is ASCII.
fn filled(text: &str, length: usize) -> String {
    let mut text: String = text.chars().take(length).collect();
    while text.len() < length {
        text.push('<');
    }
    text
}

/// The text and its check digit.
fn checked(text: &str) -> String {
    format!("{text}{}", check(text))
}

/// Weights 7, 3, 1; letters count from ten, fillers nothing (ICAO Doc 9303-3, clause 4.9).
fn check(text: &str) -> u32 {
    let value = |character: char| character.to_digit(36).unwrap_or(0);
    text.chars()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(character, weight)| value(character) * weight)
        .sum::<u32>()
        % 10
}

/// Letters and digits of the zone: accents go, spaces and hyphens become fillers, other signs vanish.
fn letters(text: &str) -> String {
    text.chars().flat_map(char::to_uppercase).filter_map(letter).collect()
}

const fn letter(character: char) -> Option<char> {
    Some(match character {
        'A'..='Z' | '0'..='9' => character,
        ' ' | '-' | '<' => '<',
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'A',
        'Ç' => 'C',
        'È' | 'É' | 'Ê' | 'Ë' => 'E',
        'Ì' | 'Í' | 'Î' | 'Ï' => 'I',
        'Ñ' => 'N',
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => 'O',
        'Ù' | 'Ú' | 'Û' | 'Ü' => 'U',
        'Ý' => 'Y',
        'Ŀ' => 'L',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_standard_s_examples() {
        // ICAO Doc 9303-3, clause 4.9, and 9303-11, appendix D.
        assert_eq!(checked("520727"), "5207273");
        assert_eq!(checked("AB2134<<<"), "AB2134<<<5");
        assert_eq!(["T22000129", "640812", "101031"].map(checked).concat(), "T22000129364081251010318");
    }

    #[test]
    fn accents_go_and_signs_separate_or_vanish() {
        assert_eq!(letters("Martí i Peñalver-Çelik"), "MARTI<I<PENALVER<CELIK");
        assert_eq!(letters("Gal·la d'Òdena"), "GALLA<DODENA");
        assert_eq!(letters("CAA100002"), "CAA100002");
    }
}
