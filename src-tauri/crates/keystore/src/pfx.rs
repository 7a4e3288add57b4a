//! The outer structure of a file: PFX, its seal, and its safes (RFC 7292 clause 4).

use crate::MAX_FILE;
use crate::ber::{self, Element, Octets, Reader};
use crate::error::Error;
use crate::mac::Mac;
use crate::oid;
use crate::scheme::Scheme;

/// Most safes in one file; real ones have one to three.
const MAX_SAFES: usize = 64;

/// A file that looks like what it should, nothing deciphered yet.
pub(crate) struct Pfx<'a> {
    /// The octets that the seal is over, and that hold the safes.
    pub(crate) content: Octets<'a>,
    pub(crate) mac: Option<Mac<'a>>,
}

impl<'a> Pfx<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        if bytes.len() > MAX_FILE {
            return Err(Error::TooLarge { len: bytes.len(), max: MAX_FILE });
        }
        if !looks_like_one(bytes) {
            return Err(Error::NotPkcs12);
        }
        // What follows the structure is let be: it is under no seal, and nothing looks at it.
        let mut pfx = Reader::new(bytes).enter(ber::SEQUENCE, "PFX")?;
        pfx.number("version")?;
        let mut info = pfx.enter(ber::SEQUENCE, "authSafe")?;
        let kind = info.object_identifier("authSafe")?;
        if kind != oid::DATA {
            // Sealed with a public key.
            return Err(Error::Unsupported { oid: oid::dotted(kind) });
        }
        let content = info.enter(ber::context(0), "authSafe")?.octets("authSafe")?;
        let mac = if pfx.is_empty() { None } else { Some(Mac::read(&mut pfx)?) };
        Ok(Self { content, mac })
    }

    /// The safes, in the file's order.
    pub(crate) fn safes(&self) -> Result<Vec<Safe<'_>>, Error> {
        let mut safes = Reader::new(&self.content).enter(ber::SEQUENCE, "safes")?;
        let mut read = Vec::new();
        while !safes.is_empty() {
            let info = safes.expect(ber::SEQUENCE, "safe")?;
            if read.len() >= MAX_SAFES {
                return Err(Error::Damaged { what: "too many safes", offset: info.at });
            }
            read.push(Safe::read(&info)?);
        }
        Ok(read)
    }
}

/// A group of entries.
pub(crate) enum Safe<'a> {
    Plain(Octets<'a>),
    Encrypted { scheme: Scheme<'a>, ciphered: Octets<'a> },
}

impl<'a> Safe<'a> {
    fn read(info: &Element<'a>) -> Result<Self, Error> {
        let mut info = info.inside()?;
        let kind = info.object_identifier("safe")?;
        match kind {
            oid::DATA => Ok(Self::Plain(info.enter(ber::context(0), "safe")?.octets("safe")?)),
            oid::ENCRYPTED_DATA => {
                let mut data = info.enter(ber::context(0), "encrypted safe")?;
                let mut data = data.enter(ber::SEQUENCE, "encrypted safe")?;
                data.number("version")?;
                let mut content = data.enter(ber::SEQUENCE, "encrypted safe")?;
                content.object_identifier("encrypted safe")?;
                let scheme = Scheme::read(&mut content)?;
                // [0] IMPLICIT OCTET STRING, in one piece or several.
                let ciphered = content.any()?;
                if ciphered.tag & !0x20 != 0x80 {
                    return Err(Error::Damaged { what: "encrypted safe", offset: ciphered.at });
                }
                Ok(Self::Encrypted { scheme, ciphered: ciphered.octets()? })
            }
            // Encrypted for a public key.
            _ => Err(Error::Unsupported { oid: oid::dotted(kind) }),
        }
    }
}

/// Whether the bytes begin as every PFX does: a SEQUENCE, version 3, a SEQUENCE, a content type. Its lengths are not
/// looked at, so that a file that is cut off is told as damaged and not as something else.
fn looks_like_one(bytes: &[u8]) -> bool {
    let begins = || {
        let bytes = sequence(bytes)?.strip_prefix(&[ber::INTEGER, 1, 3])?;
        let [ber::OBJECT_IDENTIFIER, _, kind @ ..] = sequence(bytes)? else { return None };
        Some(kind.starts_with(oid::CONTENT_TYPES))
    };
    begins().unwrap_or(false)
}

/// What follows the tag and the length of a SEQUENCE.
fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    let (first, rest) = bytes.strip_prefix(&[ber::SEQUENCE])?.split_first()?;
    let more = if *first > 0x80 { usize::from(first & 0x7F) } else { 0 };
    rest.get(more..)
}
