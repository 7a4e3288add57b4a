//! Probable slips: an answer that is right by its form and may still not be what was meant.

/// Domains that most people's addresses have.
const COMMON: &[&str] = &[
    "gmail.com",
    "hotmail.com",
    "hotmail.es",
    "outlook.com",
    "outlook.es",
    "yahoo.com",
    "yahoo.es",
    "icloud.com",
    "live.com",
    "telefonica.net",
    "ono.com",
    "movistar.es",
];

/// The address that was probably meant, when its domain is one letter away from a very common one.
#[must_use]
pub fn email(address: &str) -> Option<String> {
    let (local, domain) = address.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    if COMMON.contains(&domain.as_str()) || domain.chars().count() > 40 {
        return None;
    }
    let meant = COMMON.iter().find(|common| is_one_slip(&domain, common))?;
    Some(format!("{local}@{meant}"))
}

/// Whether one letter more, less, other or swapped makes the two the same.
fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let same = typed.iter().zip(&meant).take_while(|(a, b)| a == b).count();
    let (rest, wanted) = (typed.get(same..).unwrap_or_default(), meant.get(same..).unwrap_or_default());
    match (rest, wanted) {
        ([_, rest @ ..], [_, wanted @ ..]) if rest == wanted => true,
        ([_, rest @ ..], wanted) if rest == wanted => true,
        (rest, [_, wanted @ ..]) if rest == wanted => true,
        ([a, b, rest @ ..], [c, d, wanted @ ..]) => a == d && b == c && rest == wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_in_a_common_domain_is_seen_and_other_domains_are_left_alone() {
        for typed in ["a@gmial.com", "a@gmai.com", "a@gmaill.com", "a@gmsil.com", "a@Gmail.con"] {
            assert_eq!(email(typed).as_deref(), Some("a@gmail.com"), "{typed}");
        }
        for right in ["a@gmail.com", "a@mislata.es", "a@yahoo.es", "a@example.technology", "a"] {
            assert_eq!(email(right), None, "{right}");
        }
    }
}
