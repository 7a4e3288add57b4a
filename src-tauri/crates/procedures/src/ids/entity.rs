//! The identity number of a company or another entity (Order EHA/451/2008).

use super::figures;

/// Letters that stand for a control figure, from nought.
const CONTROL: &[u8; 10] = b"JABCDEFGHI";

/// Whether a number is that of an entity, its control included.
#[must_use]
pub fn check_entity(nif: &str) -> bool {
    let parts = (nif.get(..1), nif.get(1..8), nif.get(8..9), nif.len() == 9);
    let (Some(kind), Some(number), Some(control), true) = parts else { return false };
    let Some(digits) = figures(number) else { return false };
    if !"ABCDEFGHJNPQRSUVW".contains(kind) {
        return false;
    }
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    let right = (10 - sum % 10) % 10;
    let as_figure = control == right.to_string();
    let letter = usize::try_from(right).ok().and_then(|place| CONTROL.get(place));
    let as_letter = control.bytes().next() == letter.copied();
    match kind {
        "P" | "Q" | "R" | "S" | "N" | "W" => as_letter,
        "A" | "B" | "E" | "H" => as_figure,
        _ if number.starts_with("00") => as_letter,
        _ => as_figure || as_letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_are_right() {
        // Public bodies and made-up companies.
        for good in
            ["P4617100E", "Q2826000H", "S4611001A", "A58818501", "B12345674", "G12345674", "G1234567D"]
        {
            assert!(check_entity(good), "{good}");
        }
        for bad in [
            "",
            "B12345678",
            "B1234567D",
            "P46171001",
            "I12345674",
            "B1234567",
            "B123456745",
            "b12345674",
            "B１2345674",
        ] {
            assert!(!check_entity(bad), "{bad}");
        }
    }
}
