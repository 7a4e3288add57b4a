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

/// How much two words are alike, from 0 to 1: pairs of neighbouring letters that both have (Dice's coefficient).
#[allow(clippy::cast_precision_loss, reason = "words are short")]
pub(super) fn alike(one: &str, other: &str) -> f32 {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let all = one.len().saturating_sub(1) + other.len().saturating_sub(1);
    if all == 0 {
        return 0.0;
    }
    let both = one.windows(2).filter(|pair| other.windows(2).any(|other| other == *pair)).count();
    2.0 * both as f32 / all as f32
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
    fn words_are_alike_by_their_pairs_of_letters() {
        assert!(alike("cementerio", "cementiri") > 0.5);
        assert!(alike("cementerio", "multa") < 0.1);
        assert!(alike("", "").abs() < f32::EPSILON);
    }
}
