//! Vehicles: registration plates (General Vehicle Regulations, annex XVIII) and chassis numbers (ISO 3779).

use serde::{Deserialize, Serialize};

/// Letters before the figures of plates given by province, until the year 2000.
const PROVINCES: &[&str] = &[
    "A", "AB", "AL", "AV", "B", "BA", "BI", "BU", "C", "CA", "CC", "CE", "CO", "CR", "CS", "CU", "GC", "GE",
    "GI", "GR", "GU", "H", "HU", "IB", "J", "L", "LE", "LO", "LU", "M", "MA", "ML", "MU", "NA", "O", "OR",
    "OU", "P", "PM", "PO", "S", "SA", "SE", "SG", "SH", "SO", "SS", "T", "TE", "TF", "TO", "V", "VA", "VI",
    "Z", "ZA",
];
/// Letters before plates that are not of ordinary cars: mopeds, special, historic, trailers, temporary.
const SERIES: &[&str] = &["C", "E", "H", "R", "T", "P", "V", "S"];
/// Letters of vehicles of the State and of embassies.
const OFFICIAL: &[&str] =
    &["CD", "CC", "OI", "TA", "PGC", "CNP", "DGP", "ET", "EA", "FN", "MF", "PME", "MMA", "MOP", "CME", "GSH"];

/// Kinds of plates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlateKind {
    /// Four figures and three consonants, since the year 2000.
    Current,
    /// By province: `V-1234-AB`, `V-123456`.
    Provincial,
    /// Mopeds, tractors, historic, trailers, temporary, diplomatic and official.
    Special,
    /// Of another country.
    Foreign,
}

/// What kind of plate this is, written without separators; foreign if it is none of Spain's.
#[must_use]
pub fn plate_kind(plate: &str) -> Option<PlateKind> {
    if !(2..=12).contains(&plate.len())
        || !plate.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    {
        return None;
    }
    let after = |letters: &str| plate.strip_prefix(letters);
    let spanish = if is_current(plate) {
        Some(PlateKind::Current)
    } else if SERIES.iter().any(|series| after(series).is_some_and(is_current)) {
        Some(PlateKind::Special)
    } else if PROVINCES.iter().any(|province| after(province).is_some_and(is_provincial)) {
        Some(PlateKind::Provincial)
    } else if OFFICIAL.iter().any(|body| after(body).is_some_and(is_official)) {
        Some(PlateKind::Special)
    } else {
        None
    };
    spanish.or_else(|| plate.bytes().any(|b| b.is_ascii_digit()).then_some(PlateKind::Foreign))
}

fn is_current(plate: &str) -> bool {
    let (Some(figures), Some(letters)) = (plate.get(..4), plate.get(4..)) else { return false };
    figures.bytes().all(|b| b.is_ascii_digit())
        && letters.len() == 3
        && letters.bytes().all(|b| b"BCDFGHJKLMNPRSTVWXYZ".contains(&b))
}

fn is_provincial(rest: &str) -> bool {
    let all = |text: &str, fits: fn(&u8) -> bool| text.as_bytes().iter().all(fits);
    if (5..=6).contains(&rest.len()) && all(rest, u8::is_ascii_digit) {
        return true;
    }
    let (Some(figures), Some(letters)) = (rest.get(..4), rest.get(4..)) else { return false };
    all(figures, u8::is_ascii_digit)
        && (1..=2).contains(&letters.len())
        && all(letters, u8::is_ascii_uppercase)
}

fn is_official(rest: &str) -> bool {
    (4..=6).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit())
}

/// Whether this is a chassis number: 17 characters, without I, O and Q.
#[must_use]
pub fn is_vin(vin: &str) -> bool {
    vin.len() == 17
        && vin.bytes().all(|b| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"IOQ".contains(&b)))
        && vin.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plates_are_told_apart() {
        for (plate, kind) in [
            ("1234BCD", Some(PlateKind::Current)),
            ("V1234AB", Some(PlateKind::Provincial)),
            ("V123456", Some(PlateKind::Provincial)),
            ("CS0012X", Some(PlateKind::Provincial)),
            ("C1234BCD", Some(PlateKind::Special)),
            ("R1234BCD", Some(PlateKind::Special)),
            ("PGC1234", Some(PlateKind::Special)),
            ("CD123456", Some(PlateKind::Special)),
            ("1234ABC", Some(PlateKind::Foreign)),
            ("AB123CD", Some(PlateKind::Foreign)),
            ("", None),
            ("ABCDEF", None),
            ("1234 BCD", None),
            ("1234ÑCD", None),
        ] {
            assert_eq!(plate_kind(plate), kind, "{plate}");
        }
    }

    #[test]
    fn chassis_numbers_have_seventeen_characters_and_no_i_o_q() {
        assert!(is_vin("VSSZZZ6JZ9R123456") && is_vin("1HGCM82633A004352"));
        for bad in ["", "VSSZZZ6JZ9R12345", "VSSZZZ6JZ9R12345O", "vsszzz6jz9r123456", "ABCDEFGHJKLMNPRST"] {
            assert!(!is_vin(bad), "{bad}");
        }
    }
}
