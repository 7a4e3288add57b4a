//! DG11: additional personal details (ICAO 9303-10, 4.7.11).

use std::fmt;

use super::{LARGEST_TEXT, bytes, fault::LdsFault};

/// The file, for messages.
const WHAT: &str = "DG11";

/// What DG11 says; each detail may be absent. `Debug` prints none of it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonalDetails {
    /// Name in full, surnames and given names apart by a comma if the file sets them apart.
    pub full_name: Option<String>,
    /// The holder's number: NIF.
    pub personal_number: Option<String>,
    /// Date of birth.
    pub birth: Option<BirthDate>,
    /// Place of birth.
    pub birthplace: Option<String>,
    /// Address.
    pub address: Option<Address>,
}

/// A date with its whole year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BirthDate {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

/// Where the holder lives.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// City.
    pub city: Option<String>,
    /// Province.
    pub province: Option<String>,
}

macro_rules! unprinted {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    )*};
}

unprinted!(PersonalDetails, BirthDate, Address);

impl PersonalDetails {
    /// Reads DG11.
    ///
    /// # Errors
    /// [`LdsFault::Malformed`].
    pub(crate) fn parse(file: &[u8]) -> Result<Self, LdsFault> {
        let content = bytes::outer(file, 0x6B, LARGEST_TEXT, WHAT)?;
        let detail = |tag| bytes::child(content, tag, WHAT);
        let birth = match detail(0x5F2B)? {
            Some(value) => Some(birth(value).ok_or(LdsFault::Malformed { what: WHAT, offset: 0 })?),
            None => None,
        };
        Ok(Self {
            full_name: detail(0x5F0E)?.and_then(bytes::filled_text).map(|name| full_name(&name)),
            personal_number: detail(0x5F10)?.and_then(bytes::filled_text),
            birth,
            birthplace: detail(0x5F11)?.and_then(bytes::filled_text).map(|place| place.replace('<', ", ")),
            address: detail(0x5F42)?.and_then(bytes::filled_text).map(|address| Address::split(&address)),
        })
    }
}

impl Address {
    /// `street<city<province`; what comes after is part of the last.
    fn split(text: &str) -> Self {
        let mut parts = text.splitn(3, '<').map(|part| part.replace('<', " ").trim().to_owned());
        let street = parts.next().unwrap_or_default();
        let mut rest = parts.map(|part| Some(part).filter(|part| !part.is_empty()));
        Self { street, city: rest.next().flatten(), province: rest.next().flatten() }
    }
}

/// `SURNAME<SURNAME<<NAME` as people write it; text that is already so stays as it is.
fn full_name(text: &str) -> String {
    let spaced = |part: &str| part.replace('<', " ").trim().to_owned();
    match text.split_once("<<") {
        Some((surnames, names)) if !spaced(names).is_empty() => {
            format!("{}, {}", spaced(surnames), spaced(names))
        }
        _ => spaced(text),
    }
}

/// Eight digits, packed two to a byte or written out.
fn birth(value: &[u8]) -> Option<BirthDate> {
    let digits: Vec<u8> = match value.len() {
        4 => value.iter().flat_map(|byte| [byte >> 4, byte & 0x0F]).collect(),
        8 => value.iter().map(|byte| byte.wrapping_sub(b'0')).collect(),
        _ => return None,
    };
    if digits.iter().any(|digit| *digit > 9) {
        return None;
    }
    let number = |from: usize, to: usize| {
        digits.get(from..to).unwrap_or_default().iter().fold(0_u16, |sum, digit| sum * 10 + u16::from(*digit))
    };
    let date = BirthDate {
        year: number(0, 4),
        month: u8::try_from(number(4, 6)).ok()?,
        day: u8::try_from(number(6, 8)).ok()?,
    };
    ((1..=12).contains(&date.month) && (1..=31).contains(&date.day)).then_some(date)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::tlv;
    use proptest::prelude::*;

    use super::*;

    fn file(details: &[(u32, &[u8])]) -> Vec<u8> {
        let content: Vec<u8> = details.iter().flat_map(|(tag, value)| tlv::object(*tag, value)).collect();
        tlv::object(0x6B, &content)
    }

    #[test]
    fn details_are_read_where_they_are() {
        let details = PersonalDetails::parse(&file(&[
            (0x5C, &[0x5F, 0x0E, 0x5F, 0x10, 0x5F, 0x2B, 0x5F, 0x11, 0x5F, 0x42]),
            (0x5F0E, "FERRANDIS<PEÑA<<AMPARO".as_bytes()),
            (0x5F10, b"99999002Q"),
            (0x5F2B, &[0x19, 0x80, 0x02, 0x29]),
            (0x5F11, "VALÈNCIA<VALÈNCIA".as_bytes()),
            (0x5F42, "C. DE LA PAU 1 P02<ALZIRA<VALÈNCIA".as_bytes()),
        ]))
        .unwrap();
        assert_eq!(details.full_name.as_deref(), Some("FERRANDIS PEÑA, AMPARO"));
        assert_eq!(details.personal_number.as_deref(), Some("99999002Q"));
        assert!(details.birth == Some(BirthDate { year: 1980, month: 2, day: 29 }));
        assert_eq!(details.birthplace.as_deref(), Some("VALÈNCIA, VALÈNCIA"));
        let address = details.address.clone().unwrap();
        assert_eq!(
            (&*address.street, address.city.as_deref(), address.province.as_deref()),
            ("C. DE LA PAU 1 P02", Some("ALZIRA"), Some("VALÈNCIA"))
        );
        assert_eq!(format!("{details:?}{address:?}"), "PersonalDetails(***)Address(***)");
    }

    #[test]
    fn absent_details_are_absent() {
        let details = PersonalDetails::parse(&file(&[(0x5F42, b"<<"), (0x5F0E, b"AMPARO")])).unwrap();
        assert!(details.address.is_none() && details.birth.is_none());
        assert_eq!(details.full_name.as_deref(), Some("AMPARO"));
        assert!(Address::split("STREET").city.is_none());
    }

    #[test]
    fn a_birth_is_packed_or_written_out() {
        assert!(birth(b"19800229") == birth(&[0x19, 0x80, 0x02, 0x29]));
        for wrong in [&b"1980022"[..], b"19801301", b"19800132", b"1980O229", &[0x19, 0x80, 0x0A, 0x01], b""]
        {
            assert!(birth(wrong).is_none());
        }
    }

    proptest! {
        #[test]
        fn any_details_are_read_or_refused(value in proptest::collection::vec(any::<u8>(), 0..60), tag in prop_oneof![Just(0x5F0E_u32), Just(0x5F2B), Just(0x5F42)]) {
            let _ = PersonalDetails::parse(&file(&[(tag, &value)]));
        }
    }
}
