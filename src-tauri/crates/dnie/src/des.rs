//! Two-key triple DES and the retail MAC (ISO/IEC 9797-1, algorithm 3), as CWA 14890 uses them.
//!
//! Parity bits do not count. Single DES is triple DES with three equal keys, since OpenSSL 3 keeps single DES in a provider that is not loaded.

use openssl::symm::{Cipher, Crypter, Mode};
use zeroize::Zeroizing;

use crate::{Error, keys::Key};

/// Bytes of a block.
pub(crate) const BLOCK: usize = 8;

/// CBC encryption with a zero initialisation vector; whole blocks only.
pub(crate) fn encrypt(key: &Key, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    cbc(Mode::Encrypt, &two_keys(key), data)
}

/// CBC decryption with a zero initialisation vector; whole blocks only.
pub(crate) fn decrypt(key: &Key, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    cbc(Mode::Decrypt, &two_keys(key), data)
}

/// The retail MAC over whole blocks: single DES throughout, two-key triple DES for the last block.
pub(crate) fn retail_mac(key: &Key, data: &[u8]) -> Result<[u8; BLOCK], Error> {
    let (before, last) = data.split_last_chunk::<BLOCK>().ok_or(Error::malformed("MAC input", data.len()))?;
    let chained = cbc(Mode::Encrypt, &one_key(key), before)?;
    let mut block = *last;
    if let Some(previous) = chained.last_chunk::<BLOCK>() {
        block.iter_mut().zip(previous).for_each(|(byte, other)| *byte ^= other);
    }
    let mac = encrypt(key, &block)?;
    mac.first_chunk().copied().ok_or(Error::malformed("MAC", mac.len()))
}

fn cbc(mode: Mode, key: &[u8; 24], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    if !data.len().is_multiple_of(BLOCK) {
        return Err(Error::malformed("cipher block", data.len()));
    }
    let mut crypter = Crypter::new(Cipher::des_ede3_cbc(), mode, key, Some(&[0; BLOCK]))?;
    crypter.pad(false);
    let mut out = Zeroizing::new(vec![0; data.len() + BLOCK]);
    let written = crypter.update(data, &mut out)?;
    out.truncate(written);
    Ok(out)
}

/// In the heap, as [`Key`] is.
type Keys = Box<Zeroizing<[u8; 24]>>;

fn two_keys(key: &Key) -> Keys {
    repeat([key.first_chunk(), key.last_chunk(), key.first_chunk()])
}

fn one_key(key: &Key) -> Keys {
    repeat([key.first_chunk(); 3])
}

fn repeat(parts: [Option<&[u8; BLOCK]>; 3]) -> Keys {
    let mut whole: Keys = Box::new(Zeroizing::new([0; 24]));
    for (target, part) in whole.chunks_exact_mut(BLOCK).zip(parts.into_iter().flatten()) {
        target.copy_from_slice(part);
    }
    whole
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        keys::key_of,
        padding::pad,
        vectors::{array, bytes},
    };

    #[test]
    fn the_retail_mac_of_icao_9303_is_recomputed() {
        // ICAO Doc 9303-11, appendix D.3: EIFD and its MAC.
        let key = key_of(bytes("7962D9ECE03D1ACD4C76089DCE131543"));
        let mut message = bytes("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2");
        pad(&mut message, BLOCK);
        assert_eq!(retail_mac(&key, &message).unwrap(), array::<8>("5F1448EEA8AD90A7"));
    }
}
