//! The identity number of a natural person: DNI, NIE, and NIF of who has neither (K, L, M).

/// Control letters, by the number modulo 23.
const LETTERS: [char; 23] = [
    'T', 'R', 'W', 'A', 'G', 'M', 'Y', 'F', 'P', 'D', 'X', 'B', 'N', 'J', 'Z', 'S', 'Q', 'V', 'H', 'L', 'C',
    'K', 'E',
];

/// Why a number is not a NIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NifFault {
    /// Not a number of that kind: figures or letter missing.
    Shape,
    /// The letter does not belong to the number.
    Letter,
}

/// Writes a number as the registers do: capitals, no separators, eight figures (seven after a letter).
pub(crate) fn normalise(typed: &str) -> String {
    let bare: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !is_separator(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    match parts(&bare) {
        Some((None, digits, letter)) if digits.len() < 8 => format!("{digits:0>8}{letter}"),
        Some((Some(first), digits, letter)) if digits.len() < 7 => format!("{first}{digits:0>7}{letter}"),
        // Older cards of foreign residents have eight figures after the letter; the first is a nought.
        Some((Some(first), digits, letter)) if digits.len() == 8 && digits.starts_with('0') => {
            format!("{first}{}{letter}", digits.get(1..).unwrap_or_default())
        }
        _ => bare,
    }
}

/// Checks a number written as the registers write it: the letter must be that of the number.
///
/// # Errors
/// [`NifFault`]: what does not fit.
pub fn check_nif(nif: &str) -> Result<(), NifFault> {
    let (first, digits, letter) = parts(nif).ok_or(NifFault::Shape)?;
    let lead = match first {
        None if digits.len() == 8 => 0,
        Some('X' | 'K' | 'L' | 'M') if digits.len() == 7 => 0,
        Some('Y') if digits.len() == 7 => 10_000_000,
        Some('Z') if digits.len() == 7 => 20_000_000,
        _ => return Err(NifFault::Shape),
    };
    let number: usize = digits.parse().map_err(|_| NifFault::Shape)?;
    match LETTERS.get((lead + number) % LETTERS.len()) {
        Some(right) if *right == letter => Ok(()),
        _ => Err(NifFault::Letter),
    }
}

/// First letter if any, figures (1 to 8), control letter; nothing if it is not made of these.
fn parts(bare: &str) -> Option<(Option<char>, &str, char)> {
    let letter = bare.chars().next_back().filter(char::is_ascii_uppercase)?;
    let front = bare.get(..bare.len() - 1)?;
    let first = front.chars().next().filter(char::is_ascii_uppercase);
    let digits = if first.is_some() { front.get(1..)? } else { front };
    let figures = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    figures.then_some((first, digits, letter))
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '/' | '·')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_are_right() {
        for nif in [
            "12345678Z",
            "00000000T",
            "00000001R",
            "99999999R",
            "X0000000T",
            "Y0000000Z",
            "Z0000000M",
            "X1234567L",
        ] {
            assert_eq!(check_nif(nif), Ok(()), "{nif}");
        }
        for nif in ["K0000000T", "L0000000T", "M0000000T"] {
            assert_eq!(check_nif(nif), Ok(()), "{nif}");
        }
    }

    #[test]
    fn only_one_letter_belongs_to_a_number() {
        for number in ["12345678", "X1234567", "K7654321", "00000023"] {
            let right = ('A'..='Z').filter(|l| check_nif(&format!("{number}{l}")).is_ok()).count();
            assert_eq!(right, 1, "{number}");
        }
    }

    #[test]
    fn a_wrong_letter_is_told_from_a_wrong_shape() {
        assert_eq!(check_nif("12345678A"), Err(NifFault::Letter));
        for nif in [
            "",
            "12345678",
            "Z",
            "123456789Z",
            "A1234567Z",
            "1234567Z",
            "X12345678Z",
            "1234 5678Z",
            "ñ2345678Z",
            "１２３４５６７８Z",
        ] {
            assert_eq!(check_nif(nif), Err(NifFault::Shape), "{nif}");
        }
    }

    #[test]
    fn what_people_type_becomes_what_registers_hold() {
        for (typed, written) in [
            ("12.345.678-z", "12345678Z"),
            (" 12345678 Z ", "12345678Z"),
            ("1234567l", "01234567L"),
            ("x-1234567-l", "X1234567L"),
            ("X-01234567-L", "X1234567L"),
            ("x1l", "X0000001L"),
            ("12345678", "12345678"),
            ("hola", "HOLA"),
        ] {
            assert_eq!(normalise(typed), written);
        }
    }
}
