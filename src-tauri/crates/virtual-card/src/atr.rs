//! Answers to reset: of contact cards (ISO/IEC 7816-3 clause 8), and those that readers make up for contactless
//! cards of type B (PC/SC part 3, clause 3.1.3.2.3).

use crate::Generation;

/// Card 2.0: ST19WL34 chip, operating system 1.13. T=0 only, so no check byte.
pub const DNIE_2_0: [u8; 20] = [
    0x3B, 0x7F, 0x38, 0x00, 0x00, 0x00, 0x6A, 0x44, 0x4E, 0x49, 0x65, 0x10, 0x02, 0x4C, 0x34, 0x01, 0x13,
    0x03, 0x90, 0x00,
];

/// Card 3.0: SLE78 chip, operating system 4.21. T=0 only, so no check byte.
pub const DNIE_3_0: [u8; 20] = [
    0x3B, 0x7F, 0x96, 0x00, 0x00, 0x00, 0x6A, 0x44, 0x4E, 0x49, 0x65, 0x10, 0x01, 0x01, 0x55, 0x04, 0x21,
    0x03, 0x90, 0x00,
];

/// A DNIe at the end of its life: the chip answers to reset and to nothing else.
pub const TERMINATED: [u8; 20] = [
    0x3B, 0x7F, 0x96, 0x00, 0x00, 0x00, 0x6A, 0x44, 0x4E, 0x49, 0x65, 0x10, 0x01, 0x01, 0x55, 0x04, 0x21,
    0x0F, 0x65, 0x81,
];

/// A well-formed T=0 card that is not a DNIe: five historical bytes of no meaning.
pub const NOT_A_DNIE: [u8; 9] = [0x3B, 0x65, 0x00, 0x00, 0x4F, 0x54, 0x48, 0x45, 0x52];

/// The answer to reset of an operational card by contact.
#[must_use]
pub const fn of(generation: Generation) -> [u8; 20] {
    match generation {
        Generation::V2 => DNIE_2_0,
        Generation::V3 => DNIE_3_0,
    }
}

/// What a reader makes of a contactless card, T=1 both ways.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Contactless {
    /// Application data, protocol info and MBLI of ATQB: the same at every activation.
    #[default]
    Application,
    /// Tag 50 and the whole of ATQB, the PUPI of which the card draws anew at each activation.
    Pupi,
}

/// Application data of ATQB.
const APPLICATION: [u8; 4] = [0xE1, 0xF3, 0x5E, 0x11];

impl Contactless {
    /// The answer to reset with this pseudo-unique identifier, check byte included.
    #[must_use]
    pub fn answer(self, pupi: [u8; 4]) -> Vec<u8> {
        let historical: Vec<u8> = match self {
            Self::Application => APPLICATION.into_iter().chain([0x77, 0x81, 0xA1, 0x00]).collect(),
            Self::Pupi => {
                [0x50].into_iter().chain(pupi).chain(APPLICATION).chain([0x77, 0x81, 0x81]).collect()
            }
        };
        // Twelve historical bytes at the most.
        let count = u8::try_from(historical.len()).unwrap_or(0x0F) & 0x0F;
        let mut answer = vec![0x3B, 0x80 | count, 0x80, 0x01];
        answer.extend(historical);
        let check = answer.iter().skip(1).fold(0, |sum, byte| sum ^ byte);
        answer.push(check);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contactless_answers_read_as_those_seen_in_the_field() {
        let application = Contactless::Application.answer([1, 2, 3, 4]);
        assert_eq!(hex::encode_upper(application), "3B888001E1F35E117781A10003");
        let pupi = Contactless::Pupi.answer([0x42, 0x8E, 0x93, 0x2A]);
        assert_eq!(hex::encode_upper(pupi), "3B8C800150428E932AE1F35E1177818102");
    }
}
