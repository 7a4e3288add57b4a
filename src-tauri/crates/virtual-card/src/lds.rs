//! The logical data structure under 3F01 (ICAO Doc 9303-10): the travel document that a DNIe also is.
//!
//! Every file comes out of the persona's data and of nothing else, so that whoever issues a card can sign the same
//! bytes that the card will show; [`data_groups`] gives them those. A card whose data were changed after it was
//! signed shows a signature that no longer fits.

use apdu::tlv::{object, push};

use crate::error::Error;
use crate::pace;
use crate::persona::{Date, Der, Document, Persona};

mod image;
mod mrz;

/// One data group: what a reader gets and a security object signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataGroup {
    /// 1 to 16.
    pub number: u8,
    /// The whole file, without what fills it up.
    pub content: Vec<u8>,
}

/// Portrait, in pixels.
const PORTRAIT: (u16, u16) = (24, 32);
/// Handwritten signature, in pixels.
const HANDWRITING: (u16, u16) = (48, 16);

/// The data groups of a card: 1, 2, 3, 7, 11, 13 and 14. Group 3, fingerprints, is there and nobody may read it.
///
/// # Errors
/// [`Error::Persona`] when the persona has no document's data, or data of a kind that no document holds.
pub fn data_groups(persona: &Persona) -> Result<Vec<DataGroup>, Error> {
    let document = document(persona)?;
    let groups = [
        (1, object(0x61, &object(0x5F1F, mrz::zone(persona, document).as_bytes()))),
        (2, portrait(document)),
        (3, object(0x63, &object(0x02, &[0]))),
        (7, handwriting(document)),
        (11, personal_details(persona, document)),
        (13, spanish_details(persona, document)),
        (14, object(0x6E, &pace::CARD_ACCESS)),
    ];
    Ok(groups.into_iter().map(|(number, content)| DataGroup { number, content }).collect())
}

/// The machine-readable zone, three lines of thirty characters without separators.
///
/// # Errors
/// As [`data_groups`].
pub fn machine_readable_zone(persona: &Persona) -> Result<String, Error> {
    Ok(mrz::zone(persona, document(persona)?))
}

/// Document number, birth date and expiry date, each with its check digit: what PACE takes for a password.
///
/// # Errors
/// As [`data_groups`].
pub fn mrz_information(persona: &Persona) -> Result<String, Error> {
    Ok(mrz::information(persona, document(persona)?))
}

fn document(persona: &Persona) -> Result<&Document, Error> {
    let missing = Error::Persona { what: "it has no document's data, which contactless readers ask for" };
    let document = persona.document.as_ref().ok_or(missing)?;
    if document.can.len() != 6 || !document.can.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Error::Persona { what: "the card access number has six digits" });
    }
    Ok(document)
}

/// EF.COM: versions, and which groups there are.
pub(crate) fn common() -> Vec<u8> {
    let mut value = object(0x5F01, b"0107");
    push(&mut value, 0x5F36, b"040000");
    push(&mut value, 0x5C, &[0x61, 0x75, 0x63, 0x67, 0x6B, 0x6D, 0x6E]);
    object(0x60, &value)
}

/// Group 2: one biometric template with one face (ISO/IEC 19794-5 inside ISO/IEC 19785).
fn portrait(document: &Document) -> Vec<u8> {
    let picture = picture(document.portrait.as_ref(), PORTRAIT);
    // Version 1.1, facial features, a format of ISO/IEC JTC 1/SC 37: 19794-5.
    let mut header = object(0x80, &[0x01, 0x01]);
    push(&mut header, 0x81, &[0x02]);
    push(&mut header, 0x87, &[0x01, 0x01]);
    push(&mut header, 0x88, &[0x00, 0x08]);
    let mut template = object(0xA1, &header);
    push(&mut template, 0x5F2E, &face(&picture));
    let mut group = object(0x02, &[1]);
    push(&mut group, 0x7F60, &template);
    object(0x75, &object(0x7F61, &group))
}

/// A facial record: header 14 bytes, facial information 20, image information 12, image.
fn face(picture: &[u8]) -> Vec<u8> {
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes();
    let (width, height) = (PORTRAIT.0.to_be_bytes(), PORTRAIT.1.to_be_bytes());
    let header = [&b"FAC\x00010\x00"[..], &length(14 + 20 + 12 + picture.len()), &[0, 1]].concat();
    let information = [&length(20 + 12 + picture.len())[..], &[0; 16]].concat();
    // Basic face, JPEG 2000, size, unspecified colour and source.
    let image = [&[0x00, 0x01][..], &width, &height, &[0; 6]].concat();
    [&header[..], &information, &image, picture].concat()
}

/// Group 7: one displayed signature.
fn handwriting(document: &Document) -> Vec<u8> {
    let mut group = object(0x02, &[1]);
    push(&mut group, 0x5F43, &picture(document.handwriting.as_ref(), HANDWRITING));
    object(0x67, &group)
}

fn picture(given: Option<&Der>, (width, height): (u16, u16)) -> Vec<u8> {
    given.map_or_else(|| image::grey(width, height), |picture| picture.0.clone())
}

/// Group 11: full name, number, birth, address; accents and all, in UTF-8.
fn personal_details(persona: &Persona, document: &Document) -> Vec<u8> {
    let holder = &persona.holder;
    let surnames: Vec<&str> = [Some(&holder.surname1), holder.surname2.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let name = format!("{}<<{}", surnames.join("<"), holder.given_name).replace(' ', "<");
    let (year, month, day) = document.birth_date.parts();
    let decimal = |number: u16| u8::try_from(number / 10 % 10 * 16 + number % 10).unwrap_or(0);
    let birth = [decimal(year / 100), decimal(year % 100), decimal(month.into()), decimal(day.into())];
    let place = format!("{}<{}", document.birth_city, document.birth_province);
    let address = &document.address;
    let address = format!("{}<{}<{}", address.street, address.city, address.province);

    let mut value = object(0x5C, &[0x5F, 0x0E, 0x5F, 0x10, 0x5F, 0x2B, 0x5F, 0x11, 0x5F, 0x42]);
    push(&mut value, 0x5F0E, name.as_bytes());
    push(&mut value, 0x5F10, holder.nif.as_bytes());
    push(&mut value, 0x5F2B, &birth);
    push(&mut value, 0x5F11, place.as_bytes());
    push(&mut value, 0x5F42, address.as_bytes());
    object(0x6B, &value)
}

/// Group 13: what Spain adds, sixteen texts tagged by their place in the list.
fn spanish_details(persona: &Persona, document: &Document) -> Vec<u8> {
    let holder = &persona.holder;
    let date = |date: Date| {
        let (year, month, day) = date.parts();
        format!("{day:02} {month:02} {year:04}")
    };
    let sex = format!("{:?}", document.sex);
    let (birth, expiry) = (date(document.birth_date), date(document.expiry));
    let address = &document.address;
    let texts: [&str; 16] = [
        &holder.surname1,
        holder.surname2.as_deref().unwrap_or_default(),
        &holder.given_name,
        &holder.nif,
        &birth,
        &document.nationality,
        &expiry,
        &persona.idesp,
        &sex,
        &document.birth_city,
        &document.birth_province,
        &document.parents,
        &address.street,
        &address.city,
        &address.province,
        &address.province,
    ];
    let mut value = Vec::new();
    for (tag, text) in (1..).zip(texts) {
        push(&mut value, tag, text.as_bytes());
    }
    object(0x6D, &value)
}
