//! Two-key triple DES and the retail MAC (ISO/IEC 9797-1, algorithm 3), as CWA 14890 uses them.
//!
//! Single DES is triple DES with three equal keys, since OpenSSL 3 keeps single DES in a provider that is not loaded.

use openssl::symm::{Cipher, Crypter, Mode};
use zeroize::Zeroizing;

use crate::Error;

/// Bytes of a block.
pub(crate) const BLOCK: usize = 8;

/// A two-key triple DES key; parity bits do not count.
pub(crate) type Key = Zeroizing<[u8; 16]>;

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

/// Adds `80` and zeros up to a whole number of blocks (ISO/IEC 9797-1, padding method 2).
pub(crate) fn pad(data: &mut Vec<u8>) {
    data.push(0x80);
    data.resize(data.len().next_multiple_of(BLOCK), 0);
}

/// How many bytes remain without the padding, or `None` if there is none.
pub(crate) fn unpadded_len(data: &[u8]) -> Option<usize> {
    let end = data.iter().rposition(|byte| *byte != 0)?;
    (data.get(end) == Some(&0x80)).then_some(end)
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

fn two_keys(key: &Key) -> Zeroizing<[u8; 24]> {
    repeat([key.first_chunk(), key.last_chunk(), key.first_chunk()])
}

fn one_key(key: &Key) -> Zeroizing<[u8; 24]> {
    repeat([key.first_chunk(); 3])
}

fn repeat(parts: [Option<&[u8; BLOCK]>; 3]) -> Zeroizing<[u8; 24]> {
    let mut whole = Zeroizing::new([0; 24]);
    for (target, part) in whole.chunks_exact_mut(BLOCK).zip(parts.into_iter().flatten()) {
        target.copy_from_slice(part);
    }
    whole
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::vectors::array;

    #[test]
    fn the_retail_mac_of_icao_9303_is_recomputed() {
        // ICAO Doc 9303-11, appendix D.3: EIFD and its MAC.
        let key = Zeroizing::new(array::<16>("7962D9ECE03D1ACD4C76089DCE131543"));
        let mut message =
            crate::vectors::bytes("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2");
        pad(&mut message);
        assert_eq!(retail_mac(&key, &message).unwrap(), array::<8>("5F1448EEA8AD90A7"));
    }

    #[test]
    fn padding_is_always_added_and_found_again() {
        for length in 0..20 {
            let mut data = vec![0_u8; length];
            pad(&mut data);
            assert!(data.len() > length && data.len().is_multiple_of(BLOCK));
            assert_eq!(unpadded_len(&data), Some(length));
        }
        assert_eq!(unpadded_len(&[0; 8]), None);
        assert_eq!(unpadded_len(&[1; 8]), None);
    }
}
