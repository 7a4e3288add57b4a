//! RSA without padding, and the check of a PKCS#1 v1.5 signature made with it.
//!
//! CWA 14890 applies the bare operation with its own formats (ISO/IEC 9796-2 style), which no ready-made padding
//! gives. The terminal's private exponents are published, yet what they open is a shared secret: results are wiped.

use openssl::{
    bn::{BigNum, BigNumContext},
    sha::{sha1, sha256},
};
use zeroize::Zeroizing;

use crate::{
    Error,
    constants::{DIGEST_INFO_SHA1, DIGEST_INFO_SHA256},
};

/// The hash of a PKCS#1 v1.5 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
}

/// `input ^ exponent mod modulus`, as many bytes as the modulus has.
pub(crate) fn public(input: &[u8], exponent: &[u8], modulus: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    power(input, BigNum::from_slice(exponent)?, modulus)
}

/// The same with an exponent that the timing must not show.
pub(crate) fn private(input: &[u8], exponent: &[u8], modulus: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut exponent = BigNum::from_slice(exponent)?;
    exponent.set_const_time();
    power(input, exponent, modulus)
}

fn power(input: &[u8], exponent: BigNum, modulus: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let base = secret_number(input)?;
    let number = BigNum::from_slice(modulus)?;
    // OpenSSL wants an odd modulus; an even one, or a message beyond it, is no RSA at all.
    if number.num_bits() < 2 || !number.is_bit_set(0) || base >= number {
        return Err(Error::malformed("RSA block", 0));
    }
    let mut context = BigNumContext::new_secure()?;
    let mut result = BigNum::new_secure()?;
    result.mod_exp(&base, &exponent, &number, &mut context)?;
    padded(&result, modulus.len())
}

/// `modulus - value`, the other one of the two numbers that a SIGMIN may stand for.
pub(crate) fn complement(value: &[u8], modulus: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut result = BigNum::new_secure()?;
    let (modulus_number, value) = (BigNum::from_slice(modulus)?, secret_number(value)?);
    if value >= modulus_number {
        return Err(Error::malformed("RSA block", 0));
    }
    result.checked_sub(&modulus_number, &value)?;
    padded(&result, modulus.len())
}

/// Whether `signature` is the PKCS#1 v1.5 signature (RFC 8017, 8.2.2) over `message`.
///
/// The expected block is built and compared whole, so that nothing in it is parsed.
pub(crate) fn verifies(
    message: &[u8],
    signature: &[u8],
    hash: Hash,
    exponent: &[u8],
    modulus: &[u8],
) -> Result<bool, Error> {
    let info = match hash {
        Hash::Sha1 => [&DIGEST_INFO_SHA1[..], &sha1(message)].concat(),
        Hash::Sha256 => [&DIGEST_INFO_SHA256[..], &sha256(message)].concat(),
    };
    let Some(filling) = modulus.len().checked_sub(info.len() + 3).filter(|filling| *filling >= 8) else {
        return Ok(false);
    };
    if signature.len() != modulus.len() {
        return Ok(false);
    }
    let mut expected = vec![0x00, 0x01];
    expected.resize(2 + filling, 0xFF);
    expected.push(0x00);
    expected.extend_from_slice(&info);
    match public(signature, exponent, modulus) {
        Ok(opened) => Ok(*opened == expected),
        Err(Error::Malformed { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A number whose memory is wiped when freed.
fn secret_number(bytes: &[u8]) -> Result<BigNum, Error> {
    let mut number = BigNum::new_secure()?;
    number.copy_from_slice(bytes)?;
    Ok(number)
}

fn padded(number: &BigNum, length: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
    let length = i32::try_from(length).map_err(|_| Error::malformed("RSA modulus", 0))?;
    Ok(Zeroizing::new(number.to_vec_padded(length)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openssl::{hash::MessageDigest, pkey::PKey, rsa::Rsa, sign::Signer};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_signature_verifies_with_its_own_hash_and_message_only() {
        let key = Rsa::generate(1024).unwrap();
        let (n, e) = (key.n().to_vec(), key.e().to_vec());
        let private_key = PKey::from_rsa(key).unwrap();
        for (digest, hash, other) in [
            (MessageDigest::sha1(), Hash::Sha1, Hash::Sha256),
            (MessageDigest::sha256(), Hash::Sha256, Hash::Sha1),
        ] {
            let mut signer = Signer::new(digest, &private_key).unwrap();
            let signature = signer.sign_oneshot_to_vec(b"component").unwrap();
            assert!(verifies(b"component", &signature, hash, &e, &n).unwrap());
            assert!(!verifies(b"component", &signature, other, &e, &n).unwrap());
            assert!(!verifies(b"Component", &signature, hash, &e, &n).unwrap());
            assert!(!verifies(b"component", &signature[1..], hash, &e, &n).unwrap());
            assert!(!verifies(b"component", &[0xFF; 128], hash, &e, &n).unwrap());
        }
    }

    proptest! {
        #[test]
        fn any_numbers_are_computed_or_refused(
            input in proptest::collection::vec(any::<u8>(), 0..140),
            modulus in proptest::collection::vec(any::<u8>(), 0..130),
        ) {
            if let Ok(result) = public(&input, &[1, 0, 1], &modulus) {
                prop_assert_eq!(result.len(), modulus.len());
            }
            let _ = complement(&input, &modulus);
        }
    }
}
