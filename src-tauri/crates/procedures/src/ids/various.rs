//! Social security numbers, animal chips, passports and postal codes.

/// Whether a number is of the Spanish social security: province, number and two control figures.
#[must_use]
pub fn check_nss(nss: &str) -> bool {
    let parts = (nss.get(..2), nss.get(2..10), nss.get(10..12), nss.len() == 12);
    let (Some(province), Some(number), Some(control), true) = parts else { return false };
    if !nss.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let read = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    let (place, serial) = (read(province), read(number));
    // Numbers below ten million are joined to the province without their leading nought.
    let whole = if serial < 10_000_000 { serial + place * 10_000_000 } else { serial + place * 100_000_000 };
    (1..=66).contains(&place) && whole % 97 == read(control)
}

/// Whether a number is of an animal's chip: 15 figures (ISO 11784), of a country or of a maker.
#[must_use]
pub fn check_chip(chip: &str) -> bool {
    chip.len() == 15 && chip.bytes().all(|b| b.is_ascii_digit()) && chip.bytes().any(|b| b != b'0')
}

/// Whether this may be a passport's number: every country has its own shape.
#[must_use]
pub fn is_passport(passport: &str) -> bool {
    (5..=20).contains(&passport.len())
        && passport.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && passport.bytes().any(|b| b.is_ascii_digit())
}

/// Whether this is a Spanish postal code.
#[must_use]
pub fn is_postal_code(code: &str) -> bool {
    let province = code.get(..2).and_then(|province| province.parse::<u8>().ok());
    code.len() == 5
        && code.bytes().all(|b| b.is_ascii_digit())
        && province.is_some_and(|province| (1..=52).contains(&province))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_social_security_have_their_control() {
        assert!(check_nss("461234567843"));
        for bad in ["", "461234567820", "46123456781", "4612345678199", "46123456781x", "001234567819"] {
            assert!(!check_nss(bad), "{bad}");
        }
    }

    #[test]
    fn chips_passports_and_postal_codes_have_their_shapes() {
        assert!(
            check_chip("724098100123456") && !check_chip("000000000000000") && !check_chip("72409810012345")
        );
        assert!(
            is_passport("XDA123456")
                && is_passport("123456789")
                && !is_passport("XDA")
                && !is_passport("ABCDEF")
        );
        assert!(
            is_postal_code("46920")
                && !is_postal_code("53001")
                && !is_postal_code("4692")
                && !is_postal_code("0１001")
        );
    }
}
