//! Words that are nearly the same.

/// Whether one typing error makes one of the other: a letter too much, too few, another one, or two exchanged.
pub(super) fn one_apart(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = shared(one, other);
    let (one, other) = (rest(one, same), rest(other, same));
    matches(one, other, |a, b| a == b)
}

/// Whether one typing error makes of it the beginning of the other.
pub(super) fn one_apart_at_start(beginning: &str, whole: &str) -> bool {
    let (beginning, whole) = (beginning.as_bytes(), whole.as_bytes());
    if whole.len() + 1 < beginning.len() {
        return false;
    }
    let same = shared(beginning, whole);
    let (beginning, whole) = (rest(beginning, same), rest(whole, same));
    matches(beginning, whole, |beginning, whole| whole.starts_with(beginning))
}

/// How much two words are alike, from 0 to 1: the part of the longer one that is no typing error (optimal string
/// alignment). Nothing if it is less than asked.
#[allow(clippy::cast_precision_loss, reason = "words are short")]
pub(super) fn alike(one: &str, other: &str, least: f32) -> Option<f32> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let longer = one.len().max(other.len());
    // Each letter that only one of them has is an error: most words need no longer look.
    let only = |some: &[u8], others: &[u8]| (letters(some) & !letters(others)).count_ones() as usize;
    let errors = only(one, other).max(only(other, one)).max(one.len().abs_diff(other.len()));
    let part = |errors: usize| 1.0 - errors.min(longer) as f32 / longer as f32;
    if longer == 0 || part(errors) < least {
        return None;
    }
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(longer);
    // Errors between the letters of one read so far and the beginnings of the other; and the same one letter before.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut before: Vec<usize> = Vec::new();
    for (i, letter) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, with) in other.iter().enumerate() {
            let mut errors = (at(&row, j) + usize::from(letter != with))
                .min(at(&row, j + 1) + 1)
                .min(next.last().map_or(longer, |errors| errors + 1));
            let crossed = j > 0 && i > 0 && other.get(j - 1) == Some(letter) && one.get(i - 1) == Some(with);
            if crossed {
                errors = errors.min(at(&before, j - 1) + 1);
            }
            next.push(errors);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().map(|errors| part(*errors)).filter(|part| *part >= least)
}

/// Which letters a word has, one bit each; what is no letter shares them.
fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |seen, letter| seen | 1 << (letter % 32))
}

/// After what is equal: does what follows the error agree?
fn matches(one: &[u8], other: &[u8], agree: impl Fn(&[u8], &[u8]) -> bool) -> bool {
    let exchanged = || match (one, other) {
        ([a, b, ..], [c, d, ..]) => a == d && b == c && agree(rest(one, 2), rest(other, 2)),
        _ => false,
    };
    agree(rest(one, 1), other)
        || agree(one, rest(other, 1))
        || agree(rest(one, 1), rest(other, 1))
        || exchanged()
}

fn shared(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

fn rest(text: &[u8], from: usize) -> &[u8] {
    text.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_is_one_letter() {
        for (one, other) in [
            ("multa", "multa"),
            ("multa", "muta"),
            ("multa", "mullta"),
            ("multa", "molta"),
            ("multa", "mutla"),
        ] {
            assert!(one_apart(one, other) && one_apart(other, one), "{one} {other}");
        }
        for (one, other) in [("multa", "mula1a"), ("multa", "mlua"), ("multa", "tamul"), ("", "ab")] {
            assert!(!one_apart(one, other) && !one_apart(other, one), "{one} {other}");
        }
    }

    #[test]
    fn the_beginning_may_have_one_error_too() {
        assert!(one_apart_at_start("enpadr", "empadronar"));
        assert!(one_apart_at_start("epadr", "empadronar"));
        assert!(one_apart_at_start("emppadr", "empadronar"));
        assert!(one_apart_at_start("mepadr", "empadronar"));
        assert!(!one_apart_at_start("enpard", "empadronar"));
    }

    #[test]
    fn words_are_alike_by_their_errors() {
        for (one, other, errors) in [("empadronar", "enpadornar", 2.0), ("cementerio", "cementiri", 2.0)] {
            #[allow(clippy::cast_precision_loss)]
            let longer = one.len().max(other.len()) as f32;
            let found = alike(one, other, 0.6).map(|part| (part - (1.0 - errors / longer)).abs() < 1e-5);
            assert_eq!(found, Some(true), "{one} {other}");
            assert_eq!(alike(one, other, 0.9), None);
        }
        assert_eq!(alike("cementerio", "multa", 0.3), None);
        assert_eq!(alike("", "", 0.1), None);
        assert_eq!(alike("abcd", "", 0.1), None);
    }
}
