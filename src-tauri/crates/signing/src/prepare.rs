//! From a file to a digest, and from a signature value to a signed file.

use std::ops::Range;

use jiff::ZonedDateTime;
use lopdf::Object;
use openssl::pkey::{Id, PKey, Public};
use trust::Certificate;

use crate::container::Draft;
use crate::error::{Error, SignError};
use crate::form;
use crate::pdf::Pdf;
use crate::revision::Revision;
use crate::signer::{Digest, Signer, fits};
use crate::syntax::{self, put, text};

/// Bytes reserved for the container.
const HOLE: usize = 12 * 1024;
/// Bytes of it that stay free, for the timestamp token that the registry adds in place.
const ROOM_FOR_TOKEN: usize = 7 * 1024;
/// The private key of the signature dictionary that names the certificates besides the signer's by their SHA-256.
/// They stand outside the signed bytes, and this brings them inside.
pub(crate) const CERTIFICATES_KEY: &str = "FNST_Certificates";
/// Digits set aside for each number of the byte range.
const RANGE_DIGITS: usize = 10;
/// Longest text taken into the signature dictionary, in characters.
const MAX_TEXT: usize = 256;

/// What is said of a signature besides who made it.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    /// When it is made, as the machine believes; its offset is kept. Nobody vouches for it.
    pub claimed_at: ZonedDateTime,
    /// Name of the field: unique in the file, without dots.
    pub field_name: &'a str,
    /// The signer's name, as readers show it.
    pub signer_name: Option<&'a str>,
    /// Why it is signed, in the document's language. It also describes the field to assistive technology.
    pub reason: Option<&'a str>,
}

/// A file with a signature field that waits for its value.
pub struct Unsigned {
    file: Vec<u8>,
    /// The hexadecimal digits between the angle brackets.
    hole: Range<usize>,
    draft: Draft,
    content: Digest,
    digest: Digest,
    key: PKey<Public>,
    certificate: Certificate,
}

/// Adds a signature field to a file and says what has to be signed.
///
/// `chain` are the intermediates that link the signer to an anchor; roots among them are left out.
///
/// # Errors
/// [`Error::Unreadable`], [`Error::Unsupported`], [`Error::TooLarge`] for the file; [`Error::AlreadySigned`];
/// [`Error::Certificate`] for a signer without an RSA key; [`Error::NoRoom`]; [`Error::Argument`].
pub fn prepare(
    pdf: &[u8],
    signer: &Certificate,
    chain: &[Certificate],
    attributes: &Attributes<'_>,
) -> Result<Unsigned, Error> {
    attributes.check()?;
    let key = signer.public_key().map_err(|error| Error::Certificate(Some(error)))?;
    if key.id() != Id::RSA {
        return Err(Error::Certificate(None));
    }
    let certificates = helping(signer, chain);
    // Room is weighed with any content: the length does not depend on it.
    let len = Draft::new(&Digest::of(&[]), signer, &certificates)?.sealed_len(key.size())?;
    if len > HOLE - ROOM_FOR_TOKEN {
        return Err(Error::NoRoom { len, max: HOLE - ROOM_FOR_TOKEN });
    }

    let pdf = Pdf::open(pdf)?;
    form::check_free(&pdf, attributes.field_name)?;
    let mut revision = Revision::on(&pdf);
    let signature = revision.allocate()?;
    form::add_field(&mut revision, attributes.field_name, attributes.description(), signature)?;
    let dictionary = SignatureDictionary::write(attributes, signer, &certificates)?;
    let appended = revision.append((signature, &dictionary.bytes))?;

    let mut file = appended.bytes;
    let gap = shift(&dictionary.gap, appended.body_at);
    write_range(&mut file, &shift(&dictionary.range, appended.body_at), &gap)?;
    let content = signed_content(&file, &gap).ok_or(Error::Internal { what: "byte range" })?;
    let draft = Draft::new(&content, signer, &certificates)?;
    let digest = draft.digest();
    let hole = gap.start + 1..gap.end - 1;
    Ok(Unsigned { file, hole, draft, content, digest, key, certificate: signer.clone() })
}

impl Unsigned {
    /// SHA-256 over the bytes the signature covers: the same as `Inspected::content_sha256` of the signed file, and so
    /// what a person can be shown before signing and find again on the receipt.
    #[must_use]
    pub fn content(&self) -> &Digest {
        &self.content
    }

    /// What has to be signed.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Puts the value in and gives the signed file.
    ///
    /// # Errors
    /// [`Error::Value`] when the value is not the signer's over [`Unsigned::digest`]: nothing is written then.
    pub fn seal(mut self, signature: &[u8]) -> Result<Vec<u8>, Error> {
        if !fits(&self.key, &self.digest, signature)? {
            return Err(Error::Value);
        }
        let digits = hex::encode(self.draft.seal(signature)?);
        let no_room = Error::NoRoom { len: digits.len() / 2, max: HOLE };
        let hole = self.file.get_mut(self.hole).ok_or(Error::Internal { what: "hole" })?;
        hole.get_mut(..digits.len()).ok_or(no_room)?.copy_from_slice(digits.as_bytes());
        Ok(self.file)
    }

    /// Has the digest signed and puts the value in.
    ///
    /// # Errors
    /// [`Error::Signer`] with the signer's own reason, also when it holds another certificate; as [`Unsigned::seal`].
    pub fn seal_with(self, signer: &mut dyn Signer) -> Result<Vec<u8>, Error> {
        if signer.certificate() != &self.certificate {
            return Err(Error::Signer(SignError::new("signature.signer")));
        }
        let value = signer.sign(&self.digest).map_err(Error::Signer)?;
        self.seal(&value)
    }
}

/// The bytes that a signature with this gap covers, hashed.
pub(crate) fn signed_content(file: &[u8], gap: &Range<usize>) -> Option<Digest> {
    Some(Digest::of_parts(&[file.get(..gap.start)?, file.get(gap.end..)?]))
}

impl Attributes<'_> {
    fn check(&self) -> Result<(), Error> {
        let fits = |text: &str| text.chars().count() <= MAX_TEXT && !text.chars().any(char::is_control);
        if self.field_name.is_empty() || self.field_name.contains('.') || !fits(self.field_name) {
            return Err(Error::Argument { what: "field name" });
        }
        if !self.signer_name.is_none_or(fits) {
            return Err(Error::Argument { what: "signer name" });
        }
        if !self.reason.is_none_or(fits) {
            return Err(Error::Argument { what: "reason" });
        }
        Ok(())
    }

    fn description(&self) -> &str {
        self.reason.or(self.signer_name).unwrap_or(self.field_name)
    }
}

/// The signature dictionary as bytes, with the places that are filled in later, from its beginning.
struct SignatureDictionary {
    bytes: Vec<u8>,
    /// The three numbers of the byte range.
    range: Range<usize>,
    /// The hexadecimal string with its angle brackets.
    gap: Range<usize>,
}

impl SignatureDictionary {
    fn write(attributes: &Attributes<'_>, signer: &Certificate, all: &[Certificate]) -> Result<Self, Error> {
        let mut bytes = Vec::with_capacity(2 * HOLE + 1024);
        bytes.extend_from_slice(b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached");
        put(&mut bytes, format_args!(" /M ({})", date(&attributes.claimed_at)?));
        for (key, value) in [("Name", attributes.signer_name), ("Reason", attributes.reason)] {
            if let Some(value) = value {
                put(&mut bytes, format_args!(" /{key} "));
                syntax::write(&text(value), &mut bytes)?;
            }
        }
        put(&mut bytes, format_args!(" /{CERTIFICATES_KEY} "));
        let others = all.iter().filter(|certificate| *certificate != signer);
        let others = others.map(|c| Object::String(c.sha256().to_vec(), lopdf::StringFormat::Hexadecimal));
        syntax::write(&Object::Array(others.collect()), &mut bytes)?;
        bytes.extend_from_slice(b" /ByteRange [0");
        let range_at = bytes.len();
        bytes.extend(std::iter::repeat_n(b' ', 3 * (RANGE_DIGITS + 1)));
        bytes.extend_from_slice(b"] /Contents ");
        let gap_at = bytes.len();
        bytes.push(b'<');
        bytes.extend(std::iter::repeat_n(b'0', 2 * HOLE));
        bytes.push(b'>');
        let gap = gap_at..bytes.len();
        bytes.extend_from_slice(b" >>");
        Ok(Self { bytes, range: range_at..range_at + 3 * (RANGE_DIGITS + 1), gap })
    }
}

/// Leaf and intermediates, each once, without roots.
pub(crate) fn helping(signer: &Certificate, chain: &[Certificate]) -> Vec<Certificate> {
    let mut certificates = vec![signer.clone()];
    for certificate in chain {
        if certificate.subject() != certificate.issuer() && !certificates.contains(certificate) {
            certificates.push(certificate.clone());
        }
    }
    certificates
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn write_range(file: &mut [u8], at: &Range<usize>, gap: &Range<usize>) -> Result<(), Error> {
    let rest = file.len().saturating_sub(gap.end);
    let numbers = format!(" {:>w$} {:>w$} {:>w$}", gap.start, gap.end, rest, w = RANGE_DIGITS);
    let place = file.get_mut(at.clone()).filter(|place| place.len() == numbers.len());
    place.ok_or(Error::Internal { what: "byte range" })?.copy_from_slice(numbers.as_bytes());
    Ok(())
}

/// `D:20260312100000+01'00'`, the form of ISO 32000-1, 7.9.4.
fn date(at: &ZonedDateTime) -> Result<String, Error> {
    let minutes = at.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    if !(0..=9999).contains(&at.year()) {
        return Err(Error::Argument { what: "date" });
    }
    Ok(format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}{sign}{hours:02}'{minutes:02}'",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    ))
}
