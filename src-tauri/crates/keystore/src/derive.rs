//! Keys from passwords: RFC 7292 appendix B, and PBKDF2 of RFC 8018.

use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::md::Md;
use openssl::md_ctx::MdCtx;
use openssl::pkcs5::pbkdf2_hmac;
use zeroize::Zeroizing;

use crate::budget::Budget;
use crate::error::Error;

/// A hash function that derivations and seals use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// Octets of a value.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Octets of a block, which RFC 7292 calls v.
    fn block(self) -> usize {
        match self {
            Self::Sha1 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 => 128,
        }
    }

    /// Fetched once for many rounds: OpenSSL's own constants are looked up anew in each.
    fn fetch(self) -> Result<Md, ErrorStack> {
        let name = match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha384 => "SHA384",
            Self::Sha512 => "SHA512",
        };
        Md::fetch(None, name, None)
    }

    pub(crate) fn message_digest(self) -> MessageDigest {
        match self {
            Self::Sha1 => MessageDigest::sha1(),
            Self::Sha256 => MessageDigest::sha256(),
            Self::Sha384 => MessageDigest::sha384(),
            Self::Sha512 => MessageDigest::sha512(),
        }
    }
}

/// What a derived value is for (RFC 7292 B.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Key = 1,
    Iv = 2,
    Mac = 3,
}

/// What one derivation hashes besides the password.
#[derive(Clone, Copy)]
pub(crate) struct Salted<'a> {
    pub(crate) hash: Hash,
    pub(crate) salt: &'a [u8],
    /// From the file, not yet weighed.
    pub(crate) iterations: u64,
}

impl Salted<'_> {
    /// Rounds that deriving so many octets takes.
    pub(crate) fn rounds(&self, len: usize) -> u64 {
        let blocks = u64::try_from(len.div_ceil(self.hash.size())).unwrap_or(u64::MAX);
        self.iterations.saturating_mul(blocks)
    }

    /// The derivation of RFC 7292 appendix B.2.
    pub(crate) fn pkcs12(
        &self,
        wide: &[u8],
        purpose: Purpose,
        len: usize,
        budget: &mut Budget,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        budget.spend(self.rounds(len))?;
        let block = self.hash.block();
        let diversifier = vec![purpose as u8; block];
        // S and P of the standard: salt and password repeated to whole blocks. P is secret, and so is what I becomes.
        let salt = self.salt.len().div_ceil(block) * block;
        let password = wide.len().div_ceil(block) * block;
        let mut input = Zeroizing::new(Vec::with_capacity(salt + password));
        input.extend(self.salt.iter().cycle().take(salt));
        input.extend(wide.iter().cycle().take(password));

        let failed = |_| Error::Internal { what: "hash" };
        let md = self.hash.fetch().map_err(failed)?;
        let mut context = MdCtx::new().map_err(failed)?;
        let mut hash = |parts: &[&[u8]], value: &mut [u8]| -> Result<(), ErrorStack> {
            context.digest_init(&md)?;
            for part in parts {
                context.digest_update(part)?;
            }
            context.digest_final(value).map(drop)
        };
        let mut value = Zeroizing::new(vec![0_u8; self.hash.size()]);
        let mut before = Zeroizing::new(vec![0_u8; self.hash.size()]);
        let mut derived = Zeroizing::new(Vec::with_capacity(len.next_multiple_of(self.hash.size())));
        while derived.len() < len {
            hash(&[&diversifier, &input], &mut value).map_err(failed)?;
            for _ in 1..self.iterations {
                std::mem::swap(&mut before, &mut value);
                hash(&[&before], &mut value).map_err(failed)?;
            }
            derived.extend_from_slice(&value);
            for chunk in input.chunks_exact_mut(block) {
                add_one_and(chunk, &value);
            }
        }
        derived.truncate(len);
        Ok(derived)
    }

    /// PBKDF2 (RFC 8018 clause 5.2).
    pub(crate) fn pbkdf2(
        &self,
        narrow: &[u8],
        len: usize,
        budget: &mut Budget,
    ) -> Result<Zeroizing<Vec<u8>>, Error> {
        budget.spend(self.rounds(len))?;
        let iterations =
            usize::try_from(self.iterations).map_err(|_| Error::Internal { what: "iterations" })?;
        let mut derived = Zeroizing::new(vec![0_u8; len]);
        pbkdf2_hmac(narrow, self.salt, iterations, self.hash.message_digest(), &mut derived)
            .map_err(|_| Error::Internal { what: "PBKDF2" })?;
        Ok(derived)
    }
}

/// I = I + B + 1 modulo the block, where B repeats the value (RFC 7292 B.2, step 6c).
fn add_one_and(block: &mut [u8], value: &[u8]) {
    let mut carry = 1_u16;
    let repeated: Zeroizing<Vec<u8>> =
        Zeroizing::new(value.iter().copied().cycle().take(block.len()).collect());
    for (octet, added) in block.iter_mut().zip(repeated.iter()).rev() {
        let sum = u16::from(*octet) + u16::from(*added) + carry;
        let [high, low] = sum.to_be_bytes();
        *octet = low;
        carry = u16::from(high);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::MAX_ROUNDS;

    #[test]
    fn what_costs_too_much_is_not_begun() {
        let salted = Salted { hash: Hash::Sha1, salt: b"salt", iterations: u64::MAX };
        let costly = Err(Error::Costly { rounds: u64::MAX, max: MAX_ROUNDS });
        assert_eq!(salted.pkcs12(b"", Purpose::Key, 24, &mut Budget::new()), costly);
        assert_eq!(salted.pbkdf2(b"", 32, &mut Budget::new()), costly);
    }

    #[test]
    fn derivations_share_one_budget() {
        let salted = Salted { hash: Hash::Sha256, salt: b"salt", iterations: MAX_ROUNDS };
        assert_eq!(salted.rounds(32), MAX_ROUNDS);
        assert_eq!(salted.rounds(33), 2 * MAX_ROUNDS);
        let mut budget = Budget::new();
        budget.spend(1).unwrap();
        assert!(matches!(salted.pbkdf2(b"", 32, &mut budget), Err(Error::Costly { .. })));
    }
}
