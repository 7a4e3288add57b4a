//! The seal over a file: RFC 7292 clause 4 and appendix B.4, and PBMAC1 of RFC 9579.

use openssl::memcmp;
use openssl::pkey::PKey;
use openssl::sign::Signer;

use crate::ber::{self, Octets, Reader};
use crate::budget::Budget;
use crate::derive::{Hash, Purpose};
use crate::error::Error;
use crate::oid;
use crate::passphrase::Passphrase;
use crate::scheme::{Algorithm, Kdf, iterations, pbkdf2, salt};

/// Longest HMAC key that PBMAC1 may name, in octets.
const MAX_KEY: u64 = 128;

/// The value that seals a file, and how it was made.
pub(crate) struct Mac<'a> {
    method: Method<'a>,
    value: Octets<'a>,
}

enum Method<'a> {
    Pkcs12(Kdf<'a>),
    Pbmac1 { kdf: Kdf<'a>, key_len: usize, hmac: Hash },
}

impl<'a> Mac<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let mut data = reader.enter(ber::SEQUENCE, "MAC")?;
        let info = data.expect(ber::SEQUENCE, "MAC")?;
        let mut inside = info.inside()?;
        let algorithm = Algorithm::read(&mut inside)?;
        let value = inside.octets("MAC")?;
        let method = if algorithm.oid == oid::PBMAC1 {
            let mut parameters = algorithm.sequence()?;
            let (kdf, named) = pbkdf2(&mut parameters)?;
            let hmac = Algorithm::read(&mut parameters)?.hmac()?;
            // The length has to be named (RFC 9579 clause 5), and a short one would seal nothing.
            let key_len = named
                .filter(|len| (20..=MAX_KEY).contains(len))
                .and_then(|len| usize::try_from(len).ok())
                .ok_or(Error::Damaged { what: "MAC key length", offset: info.at })?;
            Method::Pbmac1 { kdf, key_len, hmac }
        } else {
            let hash = algorithm.hash()?;
            let salt = salt(&mut data)?;
            let iterations = if data.is_empty() { 1 } else { iterations(&mut data)? };
            Method::Pkcs12(Kdf { hash, salt, iterations })
        };
        Ok(Self { method, value })
    }

    /// Rounds that the derivation of its key takes.
    pub(crate) fn rounds(&self) -> u64 {
        match &self.method {
            Method::Pkcs12(kdf) => kdf.salted().rounds(kdf.hash.size()),
            Method::Pbmac1 { kdf, key_len, .. } => kdf.salted().rounds(*key_len),
        }
    }

    /// Whether the value is the one that this password gives over the content.
    pub(crate) fn fits(
        &self,
        passphrase: &Passphrase,
        content: &[u8],
        budget: &mut Budget,
    ) -> Result<bool, Error> {
        match &self.method {
            Method::Pkcs12(kdf) => {
                let len = kdf.hash.size();
                let key = kdf.salted().pkcs12(passphrase.wide(), Purpose::Mac, len, budget)?;
                self.equals(&key, kdf.hash, content)
            }
            Method::Pbmac1 { kdf, key_len, hmac } => {
                let key = kdf.salted().pbkdf2(passphrase.narrow(), *key_len, budget)?;
                self.equals(&key, *hmac, content)
            }
        }
    }

    fn equals(&self, key: &[u8], hash: Hash, content: &[u8]) -> Result<bool, Error> {
        let failed = |_| Error::Internal { what: "HMAC" };
        let key = PKey::hmac(key).map_err(failed)?;
        let mut signer = Signer::new(hash.message_digest(), &key).map_err(failed)?;
        let value = signer.sign_oneshot_to_vec(content).map_err(failed)?;
        Ok(value.len() == self.value.len() && memcmp::eq(&value, &self.value))
    }
}
