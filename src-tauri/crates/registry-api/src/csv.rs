//! The secure verification code (*codi segur de verificació*, CSV) printed on each document of the town.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Malformed;

/// A secure verification code: 128 random bits in Crockford's base 32 and one check character, in groups of four.
///
/// The check character is the value at α of the polynomial whose coefficients are the 26 characters, over the field
/// of 32 elements (x⁵ + x² + 1). Crockford's own check (modulo 37) needs signs such as `*` and `~`, which neither a
/// keyboard on a screen nor an address in a QR code likes; this one stays in the alphabet and still finds each single
/// wrong character and each pair swapped.
///
/// Reading forgives case, hyphens, blanks, and the letters people take for digits (`O` for 0, `I` and `L` for 1).
/// Equality looks at every character before it answers, so that its time tells nothing.
#[derive(Clone, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(
    value_type = String,
    pattern = "^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}$",
    example = "0000-0000-0000-0000-0000-0000-012"
)]
pub struct Csv(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 26 characters hold 130 bits: the two highest are zero.
const DATA_CHARS: usize = 26;
const GROUP: usize = 4;

impl Csv {
    /// The code of these random bits.
    #[must_use]
    pub fn from_random(bits: [u8; 16]) -> Self {
        let mut rest = u128::from_be_bytes(bits);
        let mut digits = [0_u8; DATA_CHARS];
        for digit in digits.iter_mut().rev() {
            *digit = (rest & 31) as u8;
            rest >>= 5;
        }
        Self::print(&digits)
    }

    /// The code as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn print(digits: &[u8; DATA_CHARS]) -> Self {
        let mut text = String::with_capacity(DATA_CHARS + 1 + DATA_CHARS / GROUP);
        for (place, digit) in digits.iter().chain(std::iter::once(&check(digits))).enumerate() {
            if place > 0 && place % GROUP == 0 {
                text.push('-');
            }
            text.push(ALPHABET.get(usize::from(*digit)).map_or('0', |symbol| char::from(*symbol)));
        }
        Self(text)
    }
}

/// The characters as a polynomial, at α, times α: so the check has a weight of its own.
fn check(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, digit| times_alpha(sum ^ digit))
}

fn times_alpha(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

fn digit_of(character: char) -> Option<u8> {
    let symbol = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|candidate| char::from(*candidate) == symbol)?;
    u8::try_from(place).ok()
}

impl FromStr for Csv {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let malformed = Malformed { what: "verification code" };
        // The longest sensible spelling has a blank after each character; more is not looked at.
        if text.len() > 2 * (DATA_CHARS + 1) {
            return Err(malformed);
        }
        let mut digits = Vec::with_capacity(DATA_CHARS + 1);
        for character in text.chars().filter(|character| !matches!(character, '-' | ' ')) {
            digits.push(digit_of(character).ok_or(malformed)?);
        }
        let (last, data) = digits.split_last().ok_or(malformed)?;
        let data: &[u8; DATA_CHARS] = data.try_into().map_err(|_| malformed)?;
        let fits = data.first().is_some_and(|first| *first < 8);
        if fits && check(data) == *last { Ok(Self::print(data)) } else { Err(malformed) }
    }
}

impl PartialEq for Csv {
    fn eq(&self, other: &Self) -> bool {
        let differing = self.0.bytes().zip(other.0.bytes()).fold(0, |all, (one, two)| all | (one ^ two));
        self.0.len() == other.0.len() && differing == 0
    }
}

impl TryFrom<String> for Csv {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        text.parse()
    }
}

impl From<Csv> for String {
    fn from(csv: Csv) -> Self {
        csv.0
    }
}

impl fmt::Display for Csv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whoever holds the code may see the document: a log shows its first group only.
impl fmt::Debug for Csv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Csv({}-…)", self.0.get(..GROUP).unwrap_or_default())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_codes() {
        assert_eq!(Csv::from_random([0; 16]).as_str(), "0000-0000-0000-0000-0000-0000-000");
        assert_eq!(Csv::from_random(1_u128.to_be_bytes()).as_str(), "0000-0000-0000-0000-0000-0000-012");
        assert_eq!(Csv::from_random([0xFF; 16]).as_str().get(..4), Some("7ZZZ"));
        assert_eq!(Csv::from_random([0xFF; 16]).as_str().len(), 33);
    }

    #[test]
    fn alpha_runs_through_every_element_so_each_place_weighs_differently() {
        let mut element = 1;
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..31 {
            element = times_alpha(element);
            seen.insert(element);
        }
        assert_eq!(seen.len(), 31);
    }

    #[test]
    fn two_bits_too_many_are_refused() {
        assert!("Z000-0000-0000-0000-0000-0000-000".parse::<Csv>().is_err());
        assert!("".parse::<Csv>().is_err());
        assert!("0".repeat(500).parse::<Csv>().is_err());
    }

    #[test]
    fn debug_shows_no_whole_code() {
        assert_eq!(format!("{:?}", Csv::from_random([0; 16])), "Csv(0000-…)");
    }

    proptest! {
        #[test]
        fn reading_forgives_what_people_do(bits: [u8; 16]) {
            let csv = Csv::from_random(bits);
            let sloppy = csv.as_str().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            prop_assert_eq!(sloppy.parse::<Csv>().unwrap(), csv);
        }

        #[test]
        fn one_wrong_character_is_found(bits: [u8; 16], place in 0_usize..33, other in 0_usize..32) {
            let csv = Csv::from_random(bits);
            let mut bytes = csv.as_str().as_bytes().to_vec();
            prop_assume!(bytes[place] != b'-' && bytes[place] != ALPHABET[other]);
            bytes[place] = ALPHABET[other];
            prop_assert!(String::from_utf8(bytes).unwrap().parse::<Csv>().is_err());
        }

        #[test]
        fn a_swapped_pair_is_found(bits: [u8; 16], one in 0_usize..33, two in 0_usize..33) {
            let csv = Csv::from_random(bits);
            let mut bytes = csv.as_str().as_bytes().to_vec();
            prop_assume!(bytes[one] != b'-' && bytes[two] != b'-' && bytes[one] != bytes[two]);
            bytes.swap(one, two);
            prop_assert!(String::from_utf8(bytes).unwrap().parse::<Csv>().is_err());
        }

        #[test]
        fn any_text_is_refused_or_lawful(text in ".{0,60}") {
            if let Ok(csv) = text.parse::<Csv>() {
                prop_assert_eq!(csv.as_str().parse::<Csv>().unwrap(), csv);
            }
        }
    }
}
