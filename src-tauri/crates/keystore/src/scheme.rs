//! How something is encrypted: algorithm identifiers of RFC 7292 appendix C and RFC 8018 appendix A.

use crate::ber::{self, Element, Octets, Reader};
use crate::budget::Budget;
use crate::cipher::Cipher;
use crate::derive::{Hash, Purpose, Salted};
use crate::error::Error;
use crate::oid;
use crate::passphrase::Passphrase;

/// Longest salt taken, in octets; real ones have 8 to 64.
const MAX_SALT: usize = 1024;

/// An encryption with its parameters.
pub(crate) enum Scheme<'a> {
    /// RFC 7292: key and vector are derived.
    Pkcs12 { cipher: Cipher, kdf: Kdf<'a> },
    /// RFC 8018: only the key is derived, by PBKDF2.
    Pbes2 { cipher: Cipher, kdf: Kdf<'a>, iv: Octets<'a> },
}

/// Parameters of a derivation.
pub(crate) struct Kdf<'a> {
    pub(crate) hash: Hash,
    pub(crate) salt: Octets<'a>,
    pub(crate) iterations: u64,
}

impl Kdf<'_> {
    pub(crate) fn salted(&self) -> Salted<'_> {
        Salted { hash: self.hash, salt: &self.salt, iterations: self.iterations }
    }
}

/// An AlgorithmIdentifier: which, and its parameters.
pub(crate) struct Algorithm<'a> {
    pub(crate) oid: &'a [u8],
    pub(crate) parameters: Option<Element<'a>>,
    at: usize,
}

impl<'a> Algorithm<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let sequence = reader.expect(ber::SEQUENCE, "algorithm")?;
        let mut inside = sequence.inside()?;
        let oid = inside.object_identifier("algorithm")?;
        let parameters = if inside.is_empty() { None } else { Some(inside.any()?) };
        Ok(Self { oid, parameters, at: sequence.at })
    }

    pub(crate) fn unsupported(&self) -> Error {
        Error::Unsupported { oid: oid::dotted(self.oid) }
    }

    /// The parameters, which have to be a SEQUENCE.
    pub(crate) fn sequence(&self) -> Result<Reader<'a>, Error> {
        let damaged = Error::Damaged { what: "parameters", offset: self.at };
        let parameters =
            self.parameters.filter(|parameters| parameters.tag == ber::SEQUENCE).ok_or(damaged)?;
        parameters.inside()
    }

    /// As a hash function.
    pub(crate) fn hash(&self) -> Result<Hash, Error> {
        match self.oid {
            oid::SHA1 => Ok(Hash::Sha1),
            oid::SHA256 => Ok(Hash::Sha256),
            oid::SHA384 => Ok(Hash::Sha384),
            oid::SHA512 => Ok(Hash::Sha512),
            _ => Err(self.unsupported()),
        }
    }

    /// As an HMAC.
    pub(crate) fn hmac(&self) -> Result<Hash, Error> {
        match self.oid {
            oid::HMAC_SHA1 => Ok(Hash::Sha1),
            oid::HMAC_SHA256 => Ok(Hash::Sha256),
            oid::HMAC_SHA384 => Ok(Hash::Sha384),
            oid::HMAC_SHA512 => Ok(Hash::Sha512),
            _ => Err(self.unsupported()),
        }
    }
}

impl<'a> Scheme<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Result<Self, Error> {
        let algorithm = Algorithm::read(reader)?;
        let cipher = match algorithm.oid {
            oid::PBES2 => return Self::pbes2(&algorithm),
            oid::PBE_SHA_3DES_3KEY => Cipher::TripleDes,
            oid::PBE_SHA_3DES_2KEY => Cipher::TripleDes2Key,
            oid::PBE_SHA_RC2_128 => Cipher::Rc2Bits128,
            oid::PBE_SHA_RC2_40 => Cipher::Rc2Bits40,
            _ => return Err(algorithm.unsupported()),
        };
        let mut parameters = algorithm.sequence()?;
        let salt = salt(&mut parameters)?;
        let iterations = iterations(&mut parameters)?;
        Ok(Self::Pkcs12 { cipher, kdf: Kdf { hash: Hash::Sha1, salt, iterations } })
    }

    fn pbes2(algorithm: &Algorithm<'a>) -> Result<Self, Error> {
        let mut parameters = algorithm.sequence()?;
        let (kdf, _) = pbkdf2(&mut parameters)?;
        let encryption = Algorithm::read(&mut parameters)?;
        let cipher = match encryption.oid {
            oid::AES_128_CBC => Cipher::Aes128,
            oid::AES_192_CBC => Cipher::Aes192,
            oid::AES_256_CBC => Cipher::Aes256,
            oid::DES_EDE3_CBC => Cipher::TripleDes,
            _ => return Err(encryption.unsupported()),
        };
        let damaged = Error::Damaged { what: "initialisation vector", offset: encryption.at };
        let iv = encryption.parameters.ok_or_else(|| damaged.clone())?.octets()?;
        if iv.len() != cipher.block_len() {
            return Err(damaged);
        }
        Ok(Self::Pbes2 { cipher, kdf, iv })
    }

    /// Rounds that the derivation takes.
    pub(crate) fn rounds(&self) -> u64 {
        match self {
            Self::Pkcs12 { cipher, kdf } => {
                let salted = kdf.salted();
                salted.rounds(cipher.key_len()).saturating_add(salted.rounds(cipher.block_len()))
            }
            Self::Pbes2 { cipher, kdf, .. } => kdf.salted().rounds(cipher.key_len()),
        }
    }

    /// Deciphers, and has `read` make something of it: what cannot be read was deciphered with another key.
    ///
    /// # Errors
    /// [`Error::WrongPassword`] when the password gives nothing readable; [`Error::Costly`].
    pub(crate) fn decipher<T>(
        &self,
        passphrase: &Passphrase,
        ciphered: &[u8],
        budget: &mut Budget,
        read: impl FnOnce(&[u8], &mut Budget) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let plain = match self {
            Self::Pkcs12 { cipher, kdf } => {
                let salted = kdf.salted();
                let key = salted.pkcs12(passphrase.wide(), Purpose::Key, cipher.key_len(), budget)?;
                let iv = salted.pkcs12(passphrase.wide(), Purpose::Iv, cipher.block_len(), budget)?;
                cipher.decipher(&key, &iv, ciphered)?
            }
            Self::Pbes2 { cipher, kdf, iv } => {
                let key = kdf.salted().pbkdf2(passphrase.narrow(), cipher.key_len(), budget)?;
                cipher.decipher(&key, iv, ciphered)?
            }
        };
        read(&plain.ok_or(Error::WrongPassword)?, budget).map_err(|error| match error {
            Error::Damaged { .. } => Error::WrongPassword,
            other => other,
        })
    }
}

/// A key derivation that is PBKDF2, and the key length it names, if any.
pub(crate) fn pbkdf2<'a>(reader: &mut Reader<'a>) -> Result<(Kdf<'a>, Option<u64>), Error> {
    let derivation = Algorithm::read(reader)?;
    if derivation.oid != oid::PBKDF2 {
        return Err(derivation.unsupported());
    }
    let mut parameters = derivation.sequence()?;
    let salt = salt(&mut parameters)?;
    let iterations = iterations(&mut parameters)?;
    let named = match parameters.peek() {
        Some(ber::INTEGER) => Some(parameters.number("key length")?),
        _ => None,
    };
    let hash = if parameters.is_empty() { Hash::Sha1 } else { Algorithm::read(&mut parameters)?.hmac()? };
    Ok((Kdf { hash, salt, iterations }, named))
}

pub(crate) fn salt<'a>(reader: &mut Reader<'a>) -> Result<Octets<'a>, Error> {
    let mut ahead = *reader;
    let at = ahead.any()?.at;
    let salt = reader.octets("salt")?;
    if salt.len() > MAX_SALT {
        return Err(Error::Damaged { what: "salt", offset: at });
    }
    Ok(salt)
}

pub(crate) fn iterations(reader: &mut Reader<'_>) -> Result<u64, Error> {
    let mut ahead = *reader;
    let at = ahead.any()?.at;
    match reader.number("iterations")? {
        0 => Err(Error::Damaged { what: "iterations", offset: at }),
        iterations => Ok(iterations),
    }
}
