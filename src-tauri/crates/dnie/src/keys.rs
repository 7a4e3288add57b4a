//! Session keys and their derivation.

use openssl::sha::sha1;
use zeroize::Zeroizing;

/// A 128-bit key that stays where it was made: in the heap, so that moving its owner leaves no copy behind.
pub(crate) type Key = Box<Zeroizing<[u8; 16]>>;

/// The first sixteen bytes of SHA-1 over the secret and a number of four bytes (CWA 14890-1, 8.7; ICAO 9303-11,
/// 9.7.1): 1 for encryption, 2 for authentication, 3 for the key of a password.
pub(crate) fn derive(secret: &[u8], number: u8) -> Key {
    let mut seed = Zeroizing::new(Vec::with_capacity(secret.len() + 4));
    seed.extend_from_slice(secret);
    seed.extend_from_slice(&[0, 0, 0, number]);
    let hash = Zeroizing::new(sha1(&seed));
    key_of(hash.iter().copied())
}

/// A key made of the first sixteen bytes.
pub(crate) fn key_of(bytes: impl IntoIterator<Item = u8>) -> Key {
    let mut key: Key = Box::new(Zeroizing::new([0; 16]));
    key.iter_mut().zip(bytes).for_each(|(target, byte)| *target = byte);
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::{bytes, pace};

    #[test]
    fn the_keys_of_icao_9303_11_appendix_g_are_derived() {
        let secret = bytes(pace::SHARED_X);
        assert_eq!(derive(&secret, 1).to_vec(), bytes(pace::K_ENC));
        assert_eq!(derive(&secret, 2).to_vec(), bytes(pace::K_MAC));
        assert_eq!(derive(&bytes(pace::PASSWORD_K), 3).to_vec(), bytes(pace::K_PI));
        assert_eq!(derive(&bytes(pace::CAN_PASSWORD), 3).to_vec(), bytes(pace::CAN_K_PI));
    }
}
