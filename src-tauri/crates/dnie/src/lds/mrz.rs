//! DG1: the machine readable zone of a card (ICAO 9303-5, "TD1"), three lines of thirty characters.

use std::fmt;

use super::{LARGEST_TEXT, bytes, fault::LdsFault};

/// The file, for messages.
const WHAT: &str = "DG1";

/// Characters of a line.
const LINE: usize = 30;

/// What the zone says. `Debug` prints none of it: all of it is personal data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mrz {
    /// Kind of document, `ID` on a DNIe.
    pub document_code: String,
    /// Who issued it, `ESP`.
    pub issuer: String,
    /// The number of the support: three letters and six digits.
    pub support_number: String,
    /// The holder's number, from the first optional field; empty if there is none.
    pub personal_number: String,
    /// Date of birth.
    pub birth: MrzDate,
    /// Sex.
    pub sex: Sex,
    /// Last day of validity.
    pub expiry: MrzDate,
    /// Nationality, `ESP`.
    pub nationality: String,
    /// Surnames, as far as the line holds them, without accents.
    pub surnames: String,
    /// Given names, likewise.
    pub given_names: String,
}

/// A date with a year of two digits; a birth may be known by its year alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct MrzDate {
    /// Year without its century.
    pub year: u8,
    /// Month, 1 to 12.
    pub month: Option<u8>,
    /// Day, 1 to 31.
    pub day: Option<u8>,
}

/// Sex as the zone tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// `F`.
    Female,
    /// `M`.
    Male,
    /// `<` or `X`.
    Unspecified,
}

impl fmt::Debug for Mrz {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mrz(***)")
    }
}

impl fmt::Debug for MrzDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MrzDate(***)")
    }
}

impl Mrz {
    /// Reads DG1, and checks all four check digits.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`], [`LdsFault::CheckDigit`].
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LdsFault> {
        let content = bytes::outer(file, 0x61, LARGEST_TEXT, WHAT)?;
        let malformed = |offset| LdsFault::Malformed { what: WHAT, offset };
        let zone = bytes::child(content, 0x5F1F, WHAT)?.ok_or(malformed(0))?;
        if zone.len() != 3 * LINE {
            return Err(malformed(zone.len()));
        }
        if let Some(offset) = zone.iter().position(|byte| value(*byte).is_none()) {
            return Err(malformed(offset));
        }
        // Columns from one, as the standard counts them, over all three lines; both ends included.
        let columns = |from: usize, to: usize| zone.get(from - 1..to).unwrap_or_default();
        for (field, parts, check) in [
            ("the support number", &[columns(6, 14)][..], 15),
            ("the date of birth", &[columns(31, 36)], 37),
            ("the date of expiry", &[columns(39, 44)], 45),
            ("the zone", &[columns(6, 30), columns(31, 37), columns(39, 45), columns(49, 59)], 60),
        ] {
            let given = columns(check, check).first().copied();
            if check_digit(parts) != given {
                return Err(LdsFault::CheckDigit { field });
            }
        }
        let (surnames, given_names) = names(columns(61, 90));
        Ok(Self {
            document_code: unfilled(columns(1, 2)),
            issuer: unfilled(columns(3, 5)),
            support_number: unfilled(columns(6, 14)),
            personal_number: unfilled(columns(16, 30)),
            birth: date(columns(31, 36)).ok_or(malformed(LINE))?,
            sex: match columns(38, 38) {
                b"F" => Sex::Female,
                b"M" => Sex::Male,
                b"<" | b"X" => Sex::Unspecified,
                _ => return Err(malformed(37)),
            },
            expiry: date(columns(39, 44)).ok_or(malformed(38))?,
            nationality: unfilled(columns(46, 48)),
            surnames,
            given_names,
        })
    }
}

/// What a character counts: digits themselves, letters from ten on, filling nothing.
const fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some((byte - b'0') as u32),
        b'A'..=b'Z' => Some((byte - b'A') as u32 + 10),
        b'<' => Some(0),
        _ => None,
    }
}

/// The check digit (ICAO 9303-3, 4.9): weights 7, 3, 1, modulo ten.
fn check_digit(parts: &[&[u8]]) -> Option<u8> {
    let characters = parts.iter().copied().flatten();
    let sum = characters
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(byte, weight)| value(*byte).map(|value| value * weight))
        .sum::<Option<u32>>()?;
    u8::try_from(sum % 10).ok().map(|digit| b'0' + digit)
}

fn date(columns: &[u8]) -> Option<MrzDate> {
    let [y1, y2, m1, m2, d1, d2] = columns else { return None };
    let number = |tens: &u8, ones: &u8| {
        let digit = |byte: &u8| byte.is_ascii_digit().then(|| byte - b'0');
        Some(digit(tens)? * 10 + digit(ones)?)
    };
    let known = |tens: &u8, ones: &u8, most: u8| match (tens, ones) {
        (b'<', b'<') => Some(None),
        _ => number(tens, ones).filter(|number| (1..=most).contains(number)).map(Some),
    };
    Some(MrzDate { year: number(y1, y2)?, month: known(m1, m2, 12)?, day: known(d1, d2, 31)? })
}

/// Surnames and given names, apart by two fillers; one filler is a space.
fn names(line: &[u8]) -> (String, String) {
    let line = bytes::text(line);
    let (surnames, given) = line.split_once("<<").unwrap_or((&line, ""));
    let spaced = |text: &str| text.replace('<', " ").trim().to_owned();
    (spaced(surnames), spaced(given))
}

fn unfilled(columns: &[u8]) -> String {
    bytes::text(columns).trim_matches('<').replace('<', " ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::tlv;
    use proptest::prelude::*;

    use super::*;

    /// The zone of ICAO's specimen for TD1 (9303-5, appendix A), and one in the DNIe's manner.
    const SPECIMEN: &str =
        "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<";

    fn file(zone: &str) -> Vec<u8> {
        tlv::object(0x61, &tlv::object(0x5F1F, zone.as_bytes()))
    }

    #[test]
    fn the_published_specimen_is_read() {
        let mrz = Mrz::parse(&file(SPECIMEN)).unwrap();
        assert_eq!((&*mrz.document_code, &*mrz.issuer, &*mrz.support_number), ("I", "UTO", "D23145890"));
        assert_eq!((&*mrz.surnames, &*mrz.given_names), ("ERIKSSON", "ANNA MARIA"));
        assert!(mrz.birth == MrzDate { year: 74, month: Some(8), day: Some(12) });
        assert!(mrz.expiry == MrzDate { year: 12, month: Some(4), day: Some(15) });
        assert_eq!((mrz.sex, &*mrz.nationality, &*mrz.personal_number), (Sex::Female, "UTO", ""));
        assert!(!format!("{mrz:?} {:?}", mrz.birth).contains("ERIKSSON"));
    }

    #[test]
    fn each_wrong_check_digit_is_named() {
        for (column, field) in [
            (10, "the support number"),
            (32, "the date of birth"),
            (40, "the date of expiry"),
            (17, "the zone"),
        ] {
            let mut zone = SPECIMEN.as_bytes().to_vec();
            zone[column - 1] = if zone[column - 1] == b'1' { b'2' } else { b'1' };
            let fault = Mrz::parse(&file(std::str::from_utf8(&zone).unwrap())).unwrap_err();
            assert_eq!(fault, LdsFault::CheckDigit { field });
        }
    }

    #[test]
    fn what_is_no_zone_is_refused() {
        for zone in [&SPECIMEN[1..], &SPECIMEN.to_lowercase(), ""] {
            assert_eq!(Mrz::parse(&file(zone)).unwrap_err().code(), "lds.malformed");
        }
        assert_eq!(Mrz::parse(&tlv::object(0x61, &[])).unwrap_err().code(), "lds.malformed");
    }

    #[test]
    fn a_birth_may_be_known_by_its_year_alone() {
        assert!(date(b"50<<<<") == Some(MrzDate { year: 50, month: None, day: None }));
        for wrong in [&b"5013<<"[..], b"500132", b"50010<", b"<<0101", b"50010"] {
            assert!(date(wrong).is_none());
        }
    }

    proptest! {
        #[test]
        fn any_zone_is_read_or_refused(zone in "[A-Z0-9<]{90}") {
            let _ = Mrz::parse(&file(&zone));
        }
    }
}
