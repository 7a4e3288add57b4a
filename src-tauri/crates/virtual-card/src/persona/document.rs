//! What is printed on the card and stored for contactless readers, beyond what certificates say.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Der;
use crate::error::Error;

/// Data of the travel document on the chip (ICAO Doc 9303-10), and what opens it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Card access number, six digits, printed on the front.
    pub can: String,
    /// Birth date of the holder.
    pub birth_date: Date,
    /// Where the holder was born.
    pub birth_city: String,
    /// Province of that place, or the country when it is another.
    pub birth_province: String,
    /// As the machine-readable zone has it.
    pub sex: Sex,
    /// Three letters (ICAO Doc 9303-3, section 5).
    pub nationality: String,
    /// Last day of the document; certificates run out long before.
    pub expiry: Date,
    /// First names of the parents, in one text.
    pub parents: String,
    /// Where the holder lives.
    pub address: Address,
    /// The face, JPEG 2000; without it a grey picture is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portrait: Option<Der>,
    /// The handwritten signature, JPEG 2000; without it a grey picture is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handwriting: Option<Der>,
    /// EF.SOD, signed over the other files as they come out of the data above; without it the file is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sod: Option<Der>,
}

/// Where someone lives.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street, number, floor.
    pub street: String,
    /// Town.
    pub city: String,
    /// Province.
    pub province: String,
}

/// Sex as the document states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
    /// Not stated.
    X,
}

/// A day of the Gregorian calendar, written `yyyy-mm-dd`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day that exists, of a year with four digits.
    ///
    /// # Errors
    /// [`Error::Persona`] when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => 0,
        };
        let exists = (1000..=9999).contains(&year) && (1..=days).contains(&day);
        exists
            .then_some(Self { year, month, day })
            .ok_or(Error::Persona { what: "a date is a day that exists" })
    }

    /// Year, month, day.
    #[must_use]
    pub const fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// `yymmdd`, as the machine-readable zone has it.
    pub(crate) fn short(self) -> String {
        format!("{:02}{:02}{:02}", self.year % 100, self.month, self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let what = "a date is written yyyy-mm-dd";
        let mut parts = text.splitn(3, '-');
        let mut part = |length: usize| {
            let digits =
                |part: &&str| part.len() == length && part.bytes().all(|digit| digit.is_ascii_digit());
            parts.next().filter(digits).ok_or(Error::Persona { what })
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let number = |text: &str| text.parse::<u16>().map_err(|_| Error::Persona { what });
        let small = |text: &str| number(text).map(|number| u8::try_from(number).unwrap_or(0));
        Self::new(number(year)?, small(month)?, small(day)?)
    }
}

impl TryFrom<String> for Date {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["1984-05-17", "2024-02-29", "2000-02-29", "1999-12-31"] {
            let date: Date = good.parse().unwrap();
            assert_eq!(date.to_string(), good);
        }
        for bad in [
            "",
            "1984-5-17",
            "1984-05",
            "2023-02-29",
            "1900-02-29",
            "1984-13-01",
            "0984-01-01",
            "1984-01-00",
            "1984-+1-01",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert_eq!("2031-01-09".parse::<Date>().unwrap().short(), "310109");
    }
}
