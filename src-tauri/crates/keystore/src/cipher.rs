//! Deciphering in CBC with the padding of PKCS#7.

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, InnerIvInit as _};
use openssl::symm::{Crypter, Mode};
use rc2::Rc2;
use zeroize::Zeroizing;

use crate::error::Error;

/// A cipher that files use, always in CBC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
    /// Triple DES whose third key is the first.
    TripleDes2Key,
    Rc2Bits128,
    Rc2Bits40,
}

impl Cipher {
    /// Octets of the key that is derived.
    pub(crate) fn key_len(self) -> usize {
        match self {
            Self::Aes128 | Self::TripleDes2Key | Self::Rc2Bits128 => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
            Self::Rc2Bits40 => 5,
        }
    }

    /// Octets of a block and of the initialisation vector.
    pub(crate) fn block_len(self) -> usize {
        match self {
            Self::Aes128 | Self::Aes192 | Self::Aes256 => 16,
            Self::TripleDes | Self::TripleDes2Key | Self::Rc2Bits128 | Self::Rc2Bits40 => 8,
        }
    }

    /// Deciphers in one buffer that never grows. `None` when the padding is not one: another key, or damage.
    ///
    /// # Errors
    /// [`Error::Internal`] when key or vector have another length than this cipher's.
    pub(crate) fn decipher(
        self,
        key: &[u8],
        iv: &[u8],
        ciphered: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        if key.len() != self.key_len() || iv.len() != self.block_len() {
            return Err(Error::Internal { what: "key length" });
        }
        if ciphered.is_empty() || !ciphered.len().is_multiple_of(self.block_len()) {
            return Ok(None);
        }
        match self {
            Self::Aes128 => with_openssl(openssl::symm::Cipher::aes_128_cbc(), key, iv, ciphered),
            Self::Aes192 => with_openssl(openssl::symm::Cipher::aes_192_cbc(), key, iv, ciphered),
            Self::Aes256 => with_openssl(openssl::symm::Cipher::aes_256_cbc(), key, iv, ciphered),
            Self::TripleDes => with_openssl(openssl::symm::Cipher::des_ede3_cbc(), key, iv, ciphered),
            Self::TripleDes2Key => {
                let mut three = Zeroizing::new(Vec::with_capacity(24));
                three.extend(key.iter().cycle().take(24));
                with_openssl(openssl::symm::Cipher::des_ede3_cbc(), &three, iv, ciphered)
            }
            Self::Rc2Bits128 => Ok(with_rc2(key, 128, iv, ciphered)),
            Self::Rc2Bits40 => Ok(with_rc2(key, 40, iv, ciphered)),
        }
    }
}

fn with_openssl(
    cipher: openssl::symm::Cipher,
    key: &[u8],
    iv: &[u8],
    ciphered: &[u8],
) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
    let failed = |_| Error::Internal { what: "cipher" };
    let mut crypter = Crypter::new(cipher, Mode::Decrypt, key, Some(iv)).map_err(failed)?;
    // OpenSSL wants room for one block more than there is.
    let mut plain = Zeroizing::new(vec![0_u8; ciphered.len() + cipher.block_size()]);
    let count = crypter.update(ciphered, &mut plain).map_err(failed)?;
    let Some(rest) = plain.get_mut(count..) else { return Err(Error::Internal { what: "cipher" }) };
    let Ok(last) = crypter.finalize(rest) else { return Ok(None) };
    plain.truncate(count + last);
    Ok(Some(plain))
}

fn with_rc2(key: &[u8], bits: usize, iv: &[u8], ciphered: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let decryptor = cbc::Decryptor::inner_iv_slice_init(Rc2::new_with_eff_key_len(key, bits), iv).ok()?;
    let mut plain = Zeroizing::new(ciphered.to_vec());
    let len = decryptor.decrypt_padded::<Pkcs7>(&mut plain).ok()?.len();
    plain.truncate(len);
    Some(plain)
}
