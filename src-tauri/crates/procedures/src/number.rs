//! Decimal numbers with six places, exact: money and square metres are never floating point.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// Parts of one.
const SCALE: i128 = 1_000_000;
/// Decimal places kept.
const PLACES: usize = 6;
/// Longest number read: more figures than any answer has.
const MAX_FIGURES: usize = 15;

/// A number with at most six decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i128);

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(SCALE);

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self(i128::from(number) * SCALE)
    }

    /// Hundredths: cents of a euro.
    #[must_use]
    pub fn cents(number: i64) -> Self {
        Self(i128::from(number) * (SCALE / 100))
    }

    /// The number in hundredths, rounded half away from zero; nothing if it is too great.
    #[must_use]
    pub fn to_cents(self) -> Option<i64> {
        i64::try_from(self.round(2)?.0 / (SCALE / 100)).ok()
    }

    /// The whole part, if it fits.
    #[must_use]
    pub fn to_whole(self) -> Option<i64> {
        i64::try_from(self.0 / SCALE).ok()
    }

    /// Reads figures with at most one dot, as data files write them: `12.5`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, figures) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = figures.split_once('.').unwrap_or((figures, ""));
        let all_figures = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let fits = !whole.is_empty()
            && whole.len() <= MAX_FIGURES
            && part.len() <= PLACES
            && all_figures(whole)
            && all_figures(part)
            && (part.is_empty() != figures.contains('.'));
        if !fits {
            return None;
        }
        let whole: i128 = whole.parse().ok()?;
        let part: i128 = format!("{part:0<PLACES$}").parse().ok()?;
        Some(Self(sign * (whole * SCALE + part)))
    }

    /// Reads a normalised answer: figures with at most one comma.
    #[must_use]
    pub fn of_answer(text: &str) -> Option<Self> {
        if text.contains('.') { None } else { Self::parse(&text.replace(',', ".")) }
    }

    /// As an answer is written: `1234,5`, with at least `least` decimal places.
    #[must_use]
    pub fn to_answer(self, least: usize) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) =
            (self.0.unsigned_abs() / SCALE.unsigned_abs(), self.0.unsigned_abs() % SCALE.unsigned_abs());
        let part = format!("{part:0PLACES$}");
        let mut part = part.trim_end_matches('0').to_owned();
        while part.len() < least {
            part.push('0');
        }
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{part}") }
    }

    /// How many decimal places it has, without closing noughts.
    #[must_use]
    pub fn places(self) -> usize {
        self.to_answer(0).split_once(',').map_or(0, |(_, part)| part.len())
    }

    /// Rounded half away from zero.
    #[must_use]
    pub fn round(self, places: u32) -> Option<Self> {
        let unit = 10_i128.checked_pow(u32::try_from(PLACES).ok()?.checked_sub(places)?)?;
        let half = if self.0 < 0 { -(unit / 2) } else { unit / 2 };
        Some(Self(self.0.checked_add(half)? / unit * unit))
    }

    /// Sum; nothing if it is too great.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference; nothing if it is too great.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Product, cut to six places; nothing if it is too great.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self(self.0.checked_mul(other.0)? / SCALE))
    }

    /// Quotient, cut to six places; nothing when dividing by zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        self.0.checked_mul(SCALE)?.checked_div(other.0).map(Self)
    }

    /// Near enough for the limits of a formula.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "used for orders of magnitude only")]
    pub(crate) fn approximate(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_answer(0).replace(',', "."))
    }
}

/// A whole number, one with a dot, or either between quotes.
impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = Decimal;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number with at most six decimal places")
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Decimal, E> {
                Decimal::parse(&number.to_string()).ok_or_else(|| E::custom("the number is too long"))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Decimal, E> {
                Decimal::parse(&number.to_string()).ok_or_else(|| E::custom("the number is too long"))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Decimal, E> {
                Decimal::parse(text).ok_or_else(|| E::custom("not a number with at most six decimal places"))
            }
        }
        if !deserializer.is_human_readable() {
            return i128::deserialize(deserializer).map(Self);
        }
        deserializer.deserialize_any(Read)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_exactly() {
        for (text, answer) in [("0", "0"), ("12.5", "12,5"), ("-3.25", "-3,25"), ("0.000001", "0,000001")] {
            let number = Decimal::parse(text).unwrap();
            assert_eq!(number.to_answer(0), answer);
            assert_eq!(Decimal::of_answer(answer), Some(number));
            assert_eq!(number.to_string(), text);
        }
        for bad in ["", ".", "1.", ".5", "1.2.3", "1e3", "1234567890123456", "0.1234567", "١", "--1"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
        assert_eq!(Decimal::parse("12.5").unwrap().to_answer(2), "12,50");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let round = |text: &str| Decimal::parse(text).unwrap().round(2).unwrap().to_string();
        assert_eq!(
            [round("0.125"), round("0.124999"), round("-0.125"), round("7")],
            ["0.13", "0.12", "-0.13", "7"]
        );
        assert_eq!(Decimal::parse("0.105").unwrap().to_cents(), Some(11));
    }

    #[test]
    fn nothing_is_divided_by_zero_and_nothing_overflows_unseen() {
        let huge = Decimal(i128::MAX);
        assert_eq!(Decimal::ONE.over(Decimal::ZERO), None);
        assert_eq!([huge.plus(Decimal::ONE), huge.times(huge), huge.over(Decimal::ONE)], [None; 3]);
    }
}
