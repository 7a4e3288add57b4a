//! Bank accounts: ISO 13616, and the Spanish control figures inside.

use super::figures;

/// Countries of the single euro payments area and how long their accounts are.
const LENGTHS: [(&str, usize); 41] = [
    ("AD", 24),
    ("AL", 28),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
];

/// Why a number is not an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IbanFault {
    /// Not two letters and figures, or of another length than its country's.
    Shape,
    /// Of a country whose accounts are not accepted.
    Country,
    /// A figure or letter is mistaken.
    Control,
}

/// Checks an account written without spaces.
///
/// # Errors
/// [`IbanFault`]: what does not fit.
pub fn check_iban(iban: &str) -> Result<(), IbanFault> {
    let (country, control) =
        (iban.get(..2).ok_or(IbanFault::Shape)?, iban.get(2..4).ok_or(IbanFault::Shape)?);
    let rest = iban.get(4..).unwrap_or_default();
    let fits = country.bytes().all(|b| b.is_ascii_uppercase())
        && control.bytes().all(|b| b.is_ascii_digit())
        && rest.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    if !fits {
        return Err(IbanFault::Shape);
    }
    let (_, length) = LENGTHS.iter().find(|(code, _)| *code == country).ok_or(IbanFault::Country)?;
    if iban.len() != *length {
        return Err(IbanFault::Shape);
    }
    let rest_of_division = format!("{rest}{country}{control}").chars().try_fold(0_u32, |sum, c| {
        let value = c.to_digit(36)?;
        Some((sum * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    let right = rest_of_division == Some(1) && (country != "ES" || is_ccc(rest));
    if right { Ok(()) } else { Err(IbanFault::Control) }
}

/// The old code inside a Spanish account: bank, branch, two control figures, number.
fn is_ccc(ccc: &str) -> bool {
    let parts = (ccc.get(..8), ccc.get(8..9), ccc.get(9..10), ccc.get(10..20), ccc.len() == 20);
    let (Some(office), Some(first), Some(second), Some(account), true) = parts else { return false };
    control(&format!("00{office}")).as_deref() == Some(first) && control(account).as_deref() == Some(second)
}

fn control(ten: &str) -> Option<String> {
    const WEIGHTS: [u32; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let sum: u32 = figures(ten)?.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    Some(
        match 11 - sum % 11 {
            10 => 1,
            11 => 0,
            other => other,
        }
        .to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples_are_right() {
        for good in [
            "ES9121000418450200051332",
            "DE89370400440532013000",
            "FR1420041010050500013M02606",
            "GB29NWBK60161331926819",
            "NL91ABNA0417164300",
            "MT84MALT011000012345MTLCAST001S",
        ] {
            assert_eq!(check_iban(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (bad, fault) in [
            ("", IbanFault::Shape),
            ("21000418450200051332", IbanFault::Shape),
            ("ES912100041845020005133", IbanFault::Shape),
            ("ES9121000418450200051333", IbanFault::Control),
            ("US9121000418450200051332", IbanFault::Country),
            ("es9121000418450200051332", IbanFault::Shape),
            ("ES91210004184502000513é", IbanFault::Shape),
        ] {
            assert_eq!(check_iban(bad), Err(fault), "{bad}");
        }
    }

    #[test]
    fn a_spanish_account_with_a_right_iban_and_wrong_inner_figures_is_refused() {
        // The outer control is computed for it; the inner figures 00 are not those of its bank and number.
        let inner = "21000418000200051332";
        let outer = (0..97).map(|n| format!("ES{n:02}{inner}")).find(|iban| {
            let digits = format!("{inner}1428{}", &iban[2..4]);
            digits.bytes().fold(0_u32, |sum, b| (sum * 10 + u32::from(b - b'0')) % 97) == 1
        });
        assert_eq!(outer.map(|iban| check_iban(&iban)), Some(Err(IbanFault::Control)));
    }
}
