//! AES-128 as PACE uses it: CBC without padding of its own, one block in ECB for the initialisation vector, and CMAC
//! (NIST SP 800-38B).

use openssl::{
    pkey::PKey,
    sign::Signer,
    symm::{Cipher, Crypter, Mode},
};
use zeroize::Zeroizing;

use crate::{Error, keys::Key};

/// Bytes of a block.
pub(crate) const BLOCK: usize = 16;

/// CBC encryption; whole blocks only.
pub(crate) fn encrypt(key: &Key, iv: &[u8; BLOCK], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    run(Cipher::aes_128_cbc(), Mode::Encrypt, key, Some(iv), data)
}

/// CBC decryption; whole blocks only.
pub(crate) fn decrypt(key: &Key, iv: &[u8; BLOCK], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    run(Cipher::aes_128_cbc(), Mode::Decrypt, key, Some(iv), data)
}

/// One block on its own.
pub(crate) fn encrypt_block(key: &Key, block: &[u8; BLOCK]) -> Result<[u8; BLOCK], Error> {
    let out = run(Cipher::aes_128_ecb(), Mode::Encrypt, key, None, block)?;
    out.first_chunk().copied().ok_or(Error::malformed("cipher block", out.len()))
}

/// The first eight bytes of the CMAC over any data.
pub(crate) fn mac(key: &Key, data: &[u8]) -> Result<[u8; 8], Error> {
    let key = PKey::cmac(&Cipher::aes_128_cbc(), key.as_slice())?;
    let whole = Signer::new_without_digest(&key)?.sign_oneshot_to_vec(data)?;
    whole.first_chunk().copied().ok_or(Error::malformed("MAC", whole.len()))
}

fn run(
    cipher: Cipher,
    mode: Mode,
    key: &Key,
    iv: Option<&[u8]>,
    data: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    if !data.len().is_multiple_of(BLOCK) {
        return Err(Error::malformed("cipher block", data.len()));
    }
    let mut crypter = Crypter::new(cipher, mode, key.as_slice(), iv)?;
    crypter.pad(false);
    let mut out = Zeroizing::new(vec![0; data.len() + BLOCK]);
    let written = crypter.update(data, &mut out)?;
    out.truncate(written);
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        keys::key_of,
        vectors::{array, bytes, pace},
    };

    #[test]
    fn the_cmacs_of_rfc_4493_are_recomputed() {
        let key = key_of(bytes("2B7E151628AED2A6ABF7158809CF4F3C"));
        for (message, expected) in [
            ("", "BB1D6929E9593728"),
            ("6BC1BEE22E409F96E93D7E117393172A", "070A16B46B4D4144"),
            (
                "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411",
                "DFA66747DE9AE630",
            ),
        ] {
            assert_eq!(mac(&key, &bytes(message)).unwrap(), array::<8>(expected));
        }
    }

    #[test]
    fn the_published_nonces_are_deciphered() {
        for (key, cipher, plain) in [
            (pace::K_PI, pace::ENC_NONCE, pace::NONCE),
            (pace::CAN_K_PI, pace::CAN_ENC_NONCE, pace::CAN_NONCE),
        ] {
            let key = key_of(bytes(key));
            assert_eq!(*decrypt(&key, &[0; BLOCK], &bytes(cipher)).unwrap(), bytes(plain));
            assert_eq!(*encrypt(&key, &[0; BLOCK], &bytes(plain)).unwrap(), bytes(cipher));
        }
        assert!(encrypt(&key_of([0; 16]), &[0; BLOCK], &[0; 15]).is_err());
    }
}
