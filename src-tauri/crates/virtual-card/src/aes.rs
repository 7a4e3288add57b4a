//! AES-128 as PACE uses it: single blocks, CBC without padding of its own, and CMAC (NIST SP 800-38B).

use openssl::error::ErrorStack;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use openssl::symm::{Cipher, Crypter, Mode};

/// Bytes of a block.
pub(crate) const BLOCK: usize = 16;

/// One block in electronic code book mode.
pub(crate) fn block(key: &[u8; 16], plain: &[u8; BLOCK]) -> Result<[u8; BLOCK], ErrorStack> {
    let out = crypt(Cipher::aes_128_ecb(), Mode::Encrypt, key, None, plain)?;
    Ok(out.first_chunk::<BLOCK>().copied().unwrap_or_default())
}

/// Whole blocks in cipher block chaining mode.
pub(crate) fn cbc(mode: Mode, key: &[u8; 16], iv: &[u8; BLOCK], data: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    crypt(Cipher::aes_128_cbc(), mode, key, Some(iv), data)
}

fn crypt(
    cipher: Cipher,
    mode: Mode,
    key: &[u8; 16],
    iv: Option<&[u8]>,
    data: &[u8],
) -> Result<Vec<u8>, ErrorStack> {
    let mut crypter = Crypter::new(cipher, mode, key, iv)?;
    crypter.pad(false);
    let mut out = vec![0; data.len() + BLOCK];
    let written = crypter.update(data, &mut out)?;
    out.truncate(written);
    Ok(out)
}

/// The first eight bytes of the CMAC, which is all that PACE and its secure messaging send.
pub(crate) fn cmac(key: &[u8; 16], message: &[u8]) -> Result<[u8; 8], ErrorStack> {
    let key = PKey::cmac(&Cipher::aes_128_cbc(), key)?;
    let mut signer = Signer::new_without_digest(&key)?;
    signer.update(message)?;
    Ok(signer.sign_to_vec()?.first_chunk::<8>().copied().unwrap_or_default())
}

/// `80`, then zeros to a whole number of blocks; always at least one byte.
pub(crate) fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    out.push(0x80);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
    out
}

/// What [`padded`] was given; `None` when it is not padded so.
pub(crate) fn unpadded(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let marker = bytes.iter().rposition(|byte| *byte != 0)?;
    if bytes.get(marker) != Some(&0x80) || bytes.len() - marker > BLOCK {
        return None;
    }
    bytes.truncate(marker);
    Some(bytes)
}
