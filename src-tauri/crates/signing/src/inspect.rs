//! Whether a signed file is whole: our own rules over the bytes, then the arithmetic.
//!
//! Foreign judges each overlook something (bytes smuggled behind the container, a gap wider than it, a revision
//! appended later, an attribute that should not be there). These rules are stricter than theirs: they accept one
//! shape only, so that no byte of an accepted file can be changed.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;
use lopdf::{Dictionary, Object};
use trust::Certificate;

use crate::container::Container;
use crate::error::{Error, Rule};
use crate::pdf::Pdf;
use crate::prepare::{CERTIFICATES_KEY, signed_content};
use crate::signer::{Digest, fits};

/// What a whole signed file says. That it is whole says nothing of who signed it: give `signer` and `certificates`
/// to `trust::verify`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Inspected {
    /// The certificate whose key signed.
    pub signer: Certificate,
    /// Every certificate in the container, the signer's among them.
    pub certificates: Vec<Certificate>,
    /// When the signer's machine says it was.
    pub claimed_at: Option<Timestamp>,
    /// SHA-256 of the file as given.
    pub document_sha256: [u8; 32],
    /// SHA-256 of the signed bytes. It stays the same when a timestamp is added, the file's digest does not.
    pub content_sha256: [u8; 32],
}

/// Checks that a file has exactly one signature, which covers all of it and fits its certificate.
///
/// The signed revision is the last one in every file this accepts.
///
/// # Errors
/// [`Error::NotSigned`]; [`Error::Structure`]; [`Error::Hash`]; [`Error::Value`]; [`Error::Certificate`]; and for
/// files that cannot be read [`Error::Unreadable`], [`Error::Unsupported`], [`Error::TooLarge`].
pub fn inspect(pdf: &[u8]) -> Result<Inspected, Error> {
    let pdf = Pdf::open(pdf)?;
    let signature = the_signature(&pdf)?;
    let name = |key: &[u8]| pdf.entry(signature, key).and_then(|name| name.as_name().ok());
    if name(b"SubFilter") != Some(b"ETSI.CAdES.detached") || name(b"Type").is_some_and(|kind| kind != b"Sig")
    {
        return Err(Error::Structure(Rule::SubFilter));
    }
    let gap = gap(&pdf, signature)?;
    let container = Container::from_der(&container_bytes(&pdf, signature, &gap)?)?;

    let content = signed_content(pdf.bytes, &gap).ok_or(Error::Structure(Rule::ByteRange))?;
    if container.message_digest != content.as_bytes() {
        return Err(Error::Hash);
    }
    let key = container.signer.public_key().map_err(|error| Error::Certificate(Some(error)))?;
    if !fits(&key, &container.signed, &container.value)? {
        return Err(Error::Value);
    }
    named_certificates(&pdf, signature, &container)?;
    Ok(Inspected {
        claimed_at: pdf.entry(signature, b"M").and_then(|date| claimed_at(date.as_str().ok()?)),
        document_sha256: *Digest::of(pdf.bytes).as_bytes(),
        content_sha256: *content.as_bytes(),
        signer: container.signer,
        certificates: container.certificates,
    })
}

/// By the field tree only: `/Contents` also occurs in pages and annotations.
fn the_signature<'p>(pdf: &'p Pdf<'_>) -> Result<&'p Dictionary, Error> {
    let mut signatures = pdf.fields()?.into_iter().filter_map(|field| field.signature);
    let signature = signatures.next().ok_or(Error::NotSigned)?;
    match signatures.next() {
        None => Ok(signature),
        Some(_) => Err(Error::Structure(Rule::OneSignature)),
    }
}

/// `[0 a b c]`: everything before `a`, everything from `b`, and the second part ends the file.
fn gap(pdf: &Pdf<'_>, signature: &Dictionary) -> Result<Range<usize>, Error> {
    let broken = || Error::Structure(Rule::ByteRange);
    let number = |object: &Object| object.as_i64().ok().and_then(|number| usize::try_from(number).ok());
    let range = pdf.array(signature, b"ByteRange").ok_or_else(broken)?;
    let numbers = range.iter().map(number).collect::<Option<Vec<_>>>().ok_or_else(broken)?;
    let [0, start, end, rest] = *numbers else { return Err(broken()) };
    if start >= end || end > pdf.bytes.len() {
        return Err(broken());
    }
    let last = pdf.bytes.ends_with(b"%%EOF\n") || pdf.bytes.ends_with(b"%%EOF");
    if end.checked_add(rest) != Some(pdf.bytes.len()) || !last {
        return Err(Error::Structure(Rule::LastRevision));
    }
    Ok(start..end)
}

/// The gap is the hexadecimal string of `/Contents` and nothing else; behind the container come zeros.
fn container_bytes(pdf: &Pdf<'_>, signature: &Dictionary, gap: &Range<usize>) -> Result<Vec<u8>, Error> {
    let broken = || Error::Structure(Rule::Gap);
    let before = pdf.bytes.get(..gap.start).ok_or_else(broken)?.trim_ascii_end();
    let string = pdf.bytes.get(gap.clone()).ok_or_else(broken)?;
    let digits = string.strip_prefix(b"<").and_then(|rest| rest.strip_suffix(b">")).ok_or_else(broken)?;
    // Mixed case would leave the case of each digit free to change.
    let lower = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let upper = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'A'..=b'F'));
    if !before.ends_with(b"/Contents") || !(lower || upper) {
        return Err(broken());
    }
    let mut bytes = hex::decode(digits).map_err(|_| broken())?;
    // The parser has to have seen this very string as the signature's content.
    if signature.get(b"Contents").and_then(Object::as_str).ok() != Some(bytes.as_slice()) {
        return Err(broken());
    }
    let len = der_len(&bytes).ok_or(Error::Structure(Rule::Container))?;
    if bytes.get(len..).is_none_or(|padding| padding.iter().any(|byte| *byte != 0)) {
        return Err(Error::Structure(Rule::Padding));
    }
    bytes.truncate(len);
    Ok(bytes)
}

/// Length of the DER SEQUENCE at the beginning, header included.
fn der_len(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [0x30, len @ 0..=0x7f, ..] => Some(2 + usize::from(len)),
        [0x30, 0x81, len, ..] => Some(3 + usize::from(len)),
        [0x30, 0x82, high, low, ..] => Some(4 + usize::from(u16::from_be_bytes([high, low]))),
        _ => None,
    }
}

/// The certificates beside the signer's stand outside the signed bytes. Where the signed revision names them they
/// have to be the same; files made elsewhere name none, and for them only `trust` can judge the path.
fn named_certificates(pdf: &Pdf<'_>, signature: &Dictionary, container: &Container) -> Result<(), Error> {
    let Some(named) = pdf.entry(signature, CERTIFICATES_KEY.as_bytes()) else { return Ok(()) };
    let broken = || Error::Structure(Rule::Certificates);
    let mut named = named
        .as_array()
        .map_err(|_| broken())?
        .iter()
        .map(|digest| digest.as_str().map(<[u8]>::to_vec))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| broken())?;
    let others = container.certificates.iter().filter(|certificate| **certificate != container.signer);
    let mut others: Vec<_> = others.map(|certificate| certificate.sha256().to_vec()).collect();
    named.sort_unstable();
    others.sort_unstable();
    if named == others { Ok(()) } else { Err(broken()) }
}

/// `D:20260312100000+01'00'`. A claim that cannot be read is no claim; it decides nothing.
fn claimed_at(date: &[u8]) -> Option<Timestamp> {
    let date = std::str::from_utf8(date).ok()?.strip_prefix("D:")?;
    let (digits, zone) = date.split_at_checked(14)?;
    let number = |range: Range<usize>| -> Option<i8> { digits.get(range)?.parse().ok() };
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let time = civil::DateTime::new(
        year,
        number(4..6)?,
        number(6..8)?,
        number(8..10)?,
        number(10..12)?,
        number(12..14)?,
        0,
    );
    let sign = match zone.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        Some('Z') | None => 0,
        Some(_) => return None,
    };
    let part = |range: Range<usize>| zone.get(range).map_or(Some(0), |text| text.parse::<i32>().ok());
    let seconds = if sign == 0 { 0 } else { sign * (part(1..3)? * 3600 + part(4..6)? * 60) };
    Offset::from_seconds(seconds).ok()?.to_timestamp(time.ok()?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn claimed_times_are_read_with_their_offset() {
        let at = |text: &str| claimed_at(text.as_bytes()).map(|at| at.to_string());
        assert_eq!(at("D:20260312100000+01'00'").as_deref(), Some("2026-03-12T09:00:00Z"));
        assert_eq!(at("D:20260312100000-00'30'").as_deref(), Some("2026-03-12T10:30:00Z"));
        assert_eq!(at("D:20260312100000Z").as_deref(), Some("2026-03-12T10:00:00Z"));
        for bad in ["", "D:", "D:20261312100000Z", "D:2026", "20260312100000Z", "D:20260312100000?"] {
            assert_eq!(at(bad), None, "{bad}");
        }
    }
}
