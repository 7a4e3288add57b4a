//! The person a certificate names.

use std::fmt;

use der::asn1::{Ia5StringRef, ObjectIdentifier, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use der::{Decode as _, Tagged as _};
use x509_cert::name::Name;

use crate::certificate::Certificate;
use crate::refusal::Refusal;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SURNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.4");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const GIVEN_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.42");

/// Longest attribute value taken from a name, in bytes.
const MAX_VALUE: usize = 512;
/// The letters of a NIF, by the number modulo 23.
const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
/// What ETSI EN 319 412-1 puts before a national identity number.
const IDENTITY_PREFIX: &str = "IDCES-";
/// What the DNIe puts behind the name to tell its two certificates apart.
const MARKS: [&str; 3] = ["(FIRMA)", "(AUTENTICACIÓN)", "(AUTENTICACION)"];

/// A natural person as her certificate names her, in its spelling (the DNIe writes capitals).
///
/// `Debug` shows no value: all of them are personal data.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Holder {
    /// NIF or NIE with a correct check letter, upper case, no prefix.
    pub nif: String,
    /// Given name or names.
    pub given_name: String,
    /// First surname; the whole surname where the certificate does not tell them apart.
    pub surname1: String,
    /// Second surname, where there is one.
    pub surname2: Option<String>,
}

impl Holder {
    /// The person whom a certificate names, **believed or not**: for saying which certificate is meant, and for
    /// nothing else. Who may be believed is for [`crate::verify`] to say.
    ///
    /// # Errors
    /// [`Refusal::NotAPerson`], [`Refusal::Malformed`].
    pub fn claimed_by(certificate: &Certificate) -> Result<Self, Refusal> {
        let parsed = x509_cert::Certificate::from_der(certificate.der())
            .map_err(|_| Refusal::Malformed("structure"))?;
        Self::from_subject(&parsed.tbs_certificate.subject)
    }

    /// Given name and surnames in the usual order.
    #[must_use]
    pub fn full_name(&self) -> String {
        let mut name = format!("{} {}", self.given_name, self.surname1);
        if let Some(second) = &self.surname2 {
            name.push(' ');
            name.push_str(second);
        }
        name
    }

    /// Reads a subject: NIF from serialNumber, surname and given name, second surname from the common name.
    pub(crate) fn from_subject(subject: &Name) -> Result<Self, Refusal> {
        let serial = sole(subject, SERIAL_NUMBER, "serialNumber")?;
        let nif = serial.strip_prefix(IDENTITY_PREFIX).unwrap_or(&serial).to_ascii_uppercase();
        if !is_valid_nif(&nif) {
            return Err(Refusal::NotAPerson { what: "serialNumber" });
        }
        let surname1 = sole(subject, SURNAME, "surname")?;
        let given_name = sole(subject, GIVEN_NAME, "givenName")?;
        let surname2 = second_surname(&sole(subject, COMMON_NAME, "commonName")?, &surname1);
        Ok(Self { nif, given_name, surname1, surname2 })
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(***)")
    }
}

/// Whether a text is a NIF of a person (eight digits and a letter) or a NIE (X, Y or Z, seven digits and a letter)
/// with the right check letter. Upper case only, no spaces.
#[must_use]
pub fn is_valid_nif(text: &str) -> bool {
    let Some((number, letter)) = text.as_bytes().split_last_chunk::<1>() else { return false };
    let Some((first, rest)) = number.split_first() else { return false };
    let leading = match first {
        b'X' => 0,
        b'Y' => 1,
        b'Z' => 2,
        digit if digit.is_ascii_digit() => u32::from(digit - b'0'),
        _ => return false,
    };
    if rest.len() != 7 || !rest.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let number = rest.iter().fold(leading, |n, digit| n * 10 + u32::from(digit - b'0'));
    LETTERS.get((number % 23) as usize) == letter.first()
}

/// The DNIe gives only the first surname in `surname`; the second stands in `S1 S2, NAME (FIRMA)` before the comma.
fn second_surname(common_name: &str, surname1: &str) -> Option<String> {
    let mut name = common_name.trim();
    for mark in MARKS {
        name = name.strip_suffix(mark).unwrap_or(name).trim_end();
    }
    // Without a comma it is another authority's style, whose `surname` holds both.
    let (surnames, _) = name.split_once(',')?;
    let second = surnames.trim().strip_prefix(surname1)?;
    // A longer word that merely begins like the first surname is not a second one.
    let second = second.strip_prefix(char::is_whitespace)?.trim();
    (!second.is_empty()).then(|| second.to_owned())
}

/// The only value of an attribute. Two would leave open who signs, so they are refused.
fn sole(subject: &Name, wanted: ObjectIdentifier, what: &'static str) -> Result<String, Refusal> {
    let mut values = subject.0.iter().flat_map(|set| set.0.iter()).filter(|entry| entry.oid == wanted);
    let (Some(entry), None) = (values.next(), values.next()) else {
        return Err(Refusal::NotAPerson { what });
    };
    let any = &entry.value;
    let text = match any.tag() {
        der::Tag::Utf8String => any.decode_as::<Utf8StringRef<'_>>().map(|s| s.as_str().to_owned()),
        der::Tag::PrintableString => any.decode_as::<PrintableStringRef<'_>>().map(|s| s.as_str().to_owned()),
        der::Tag::Ia5String => any.decode_as::<Ia5StringRef<'_>>().map(|s| s.as_str().to_owned()),
        der::Tag::TeletexString => any.decode_as::<TeletexStringRef<'_>>().map(|s| s.as_str().to_owned()),
        _ => return Err(Refusal::NotAPerson { what }),
    }
    .map_err(|_| Refusal::Malformed("subject"))?;
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_VALUE || text.chars().any(char::is_control) {
        return Err(Refusal::NotAPerson { what });
    }
    Ok(text.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn check_letters_of_nif_and_nie() {
        for good in ["12345678Z", "99999002Q", "00000000T", "X1234567L"] {
            assert!(is_valid_nif(good), "{good}");
        }
        for bad in [
            "",
            "Z",
            "12345678A",
            "1234567L",
            "123456789Z",
            "W1234567L",
            "x1234567L",
            "1234567ÑZ",
            "12345678z",
        ] {
            assert!(!is_valid_nif(bad), "{bad}");
        }
    }

    #[test]
    fn second_surname_comes_from_the_common_name() {
        let second = |cn: &str| second_surname(cn, "MARTÍ");
        assert_eq!(second("MARTÍ SOLER, AMPARO (FIRMA)").as_deref(), Some("SOLER"));
        assert_eq!(second("MARTÍ DE LA TORRE, AMPARO (AUTENTICACIÓN)").as_deref(), Some("DE LA TORRE"));
        assert_eq!(second("MARTÍ, AMPARO (FIRMA)"), None);
        assert_eq!(second("MARTÍNEZ, AMPARO (FIRMA)"), None);
        assert_eq!(second("MARTÍ SOLER AMPARO - 99999002Q"), None);
    }

    #[test]
    fn debug_shows_nothing() {
        let holder = Holder {
            nif: "99999002Q".into(),
            given_name: "AMPARO".into(),
            surname1: "MARTÍ".into(),
            surname2: Some("SOLER".into()),
        };
        assert_eq!(format!("{holder:?}"), "Holder(***)");
        assert_eq!(holder.full_name(), "AMPARO MARTÍ SOLER");
    }
}
