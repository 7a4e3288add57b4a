//! The entries of a file: keys and certificates with their attributes (RFC 7292 clause 4.2).

use openssl::pkey::{PKey, Private};
use trust::Certificate;

use crate::ber::{self, Element, Reader};
use crate::budget::Budget;
use crate::error::Error;
use crate::oid;
use crate::passphrase::Passphrase;
use crate::pfx::{Pfx, Safe};
use crate::scheme::Scheme;

/// Most entries in one file.
const MAX_ENTRIES: usize = 256;
/// How deep safes may lie in one another.
const MAX_SAFE_DEPTH: u8 = 4;
/// Longest name of an entry kept, in characters.
const MAX_NAME: usize = 128;

/// What a file holds that matters here.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) keys: Vec<Key>,
    pub(crate) certificates: Vec<Held>,
    /// Certificates that could not be read.
    pub(crate) unreadable: usize,
    /// Whether anything was deciphered into something readable, which only the right password does.
    deciphered: bool,
}

pub(crate) struct Key {
    pub(crate) key: PKey<Private>,
    pub(crate) attributes: Attributes,
}

pub(crate) struct Held {
    pub(crate) certificate: Certificate,
    pub(crate) attributes: Attributes,
}

#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) name: Option<String>,
    pub(crate) local_key_id: Option<Vec<u8>>,
}

impl Contents {
    /// Deciphers everything.
    ///
    /// # Errors
    /// [`Error::WrongPassword`] when something cannot be deciphered.
    pub(crate) fn read(pfx: &Pfx<'_>, passphrase: &Passphrase, budget: &mut Budget) -> Result<Self, Error> {
        let mut contents = Self::default();
        for safe in pfx.safes()? {
            let found = Self::of_safe(&safe, passphrase, budget)?;
            contents.keys.extend(found.keys);
            contents.certificates.extend(found.certificates);
            contents.unreadable += found.unreadable;
            contents.bounded(0)?;
        }
        Ok(contents)
    }

    /// Whether the password deciphers any part of a file, however damaged the others are.
    pub(crate) fn any_part_opens(
        pfx: &Pfx<'_>,
        passphrase: &Passphrase,
        budget: &mut Budget,
    ) -> Result<bool, Error> {
        let opens =
            |safe: Safe<'_>| Self::of_safe(&safe, passphrase, budget).is_ok_and(|found| found.deciphered);
        Ok(pfx.safes()?.into_iter().any(opens))
    }

    fn bounded(&self, offset: usize) -> Result<(), Error> {
        if self.keys.len() + self.certificates.len() + self.unreadable > MAX_ENTRIES {
            return Err(Error::Damaged { what: "too many entries", offset });
        }
        Ok(())
    }

    fn of_safe(safe: &Safe<'_>, passphrase: &Passphrase, budget: &mut Budget) -> Result<Self, Error> {
        match safe {
            Safe::Plain(plain) => Self::of_plain(plain, passphrase, budget),
            Safe::Encrypted { scheme, ciphered } => {
                let read = |plain: &[u8], budget: &mut Budget| Self::of_plain(plain, passphrase, budget);
                let mut contents = scheme.decipher(passphrase, ciphered, budget, read)?;
                contents.deciphered = true;
                Ok(contents)
            }
        }
    }

    fn of_plain(plain: &[u8], passphrase: &Passphrase, budget: &mut Budget) -> Result<Self, Error> {
        let mut contents = Self::default();
        let mut reader = Reader::new(plain);
        let bags = reader.enter(ber::SEQUENCE, "entries")?;
        reader.finish("entries")?;
        contents.bags(bags, MAX_SAFE_DEPTH, passphrase, budget)?;
        Ok(contents)
    }

    fn bags(
        &mut self,
        mut bags: Reader<'_>,
        depth: u8,
        passphrase: &Passphrase,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        while !bags.is_empty() {
            let bag = bags.expect(ber::SEQUENCE, "entry")?;
            self.bounded(bag.at)?;
            let mut inside = bag.inside()?;
            let kind = inside.object_identifier("entry")?;
            let mut value = inside.enter(ber::context(0), "entry")?;
            let attributes = match inside.optional(ber::SET)? {
                Some(set) => Attributes::read(&set)?,
                None => Attributes::default(),
            };
            match kind {
                oid::KEY_BAG => {
                    let key = private_key(value.expect(ber::SEQUENCE, "private key")?.whole)?;
                    self.keys.push(Key { key, attributes });
                }
                oid::SHROUDED_KEY_BAG => {
                    let mut info = value.enter(ber::SEQUENCE, "encrypted private key")?;
                    let scheme = Scheme::read(&mut info)?;
                    let ciphered = info.octets("encrypted private key")?;
                    let key =
                        scheme.decipher(passphrase, &ciphered, budget, |plain, _| private_key(plain))?;
                    self.deciphered = true;
                    self.keys.push(Key { key, attributes });
                }
                oid::CERTIFICATE_BAG => self.certificate(&mut value, attributes)?,
                oid::SAFE_CONTENTS_BAG => {
                    let Some(depth) = depth.checked_sub(1) else {
                        return Err(Error::Damaged { what: "nesting", offset: bag.at });
                    };
                    let inner = value.enter(ber::SEQUENCE, "entries")?;
                    self.bags(inner, depth, passphrase, budget)?;
                }
                // Revocation lists, and secrets of other programs.
                _ => {}
            }
        }
        Ok(())
    }

    /// One certificate that cannot be read does not spoil the others.
    fn certificate(&mut self, value: &mut Reader<'_>, attributes: Attributes) -> Result<(), Error> {
        let mut bag = value.enter(ber::SEQUENCE, "certificate")?;
        if bag.object_identifier("certificate")? != oid::X509_CERTIFICATE {
            return Ok(());
        }
        let der = bag.enter(ber::context(0), "certificate")?.octets("certificate")?;
        match Certificate::from_der(&der) {
            Ok(certificate) => self.certificates.push(Held { certificate, attributes }),
            Err(_) => self.unreadable += 1,
        }
        Ok(())
    }
}

/// A PrivateKeyInfo (RFC 5208). The bytes stay where they are; OpenSSL keeps the key in memory that it overwrites.
fn private_key(info: &[u8]) -> Result<PKey<Private>, Error> {
    PKey::private_key_from_pkcs8(info).map_err(|_| Error::Damaged { what: "private key", offset: 0 })
}

impl Attributes {
    fn read(set: &Element<'_>) -> Result<Self, Error> {
        let mut read = Self::default();
        let mut attributes = set.inside()?;
        while !attributes.is_empty() {
            let mut attribute = attributes.enter(ber::SEQUENCE, "attribute")?;
            let kind = attribute.object_identifier("attribute")?;
            let mut values = attribute.enter(ber::SET, "attribute")?;
            if values.is_empty() {
                continue;
            }
            match kind {
                oid::FRIENDLY_NAME => read.name = name(values.any()?),
                oid::LOCAL_KEY_ID => read.local_key_id = Some(values.octets("localKeyId")?.to_vec()),
                _ => {}
            }
        }
        Ok(read)
    }
}

/// A name that can be shown: no control characters, not endless. `None` when nothing is left.
fn name(value: Element<'_>) -> Option<String> {
    if value.tag != ber::BMP_STRING {
        return None;
    }
    let units =
        value.content().chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
    let name: String = char::decode_utf16(units)
        .filter_map(Result::ok)
        .filter(|character| !character.is_control())
        .take(MAX_NAME)
        .collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
