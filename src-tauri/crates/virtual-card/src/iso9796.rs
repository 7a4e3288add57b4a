//! RSA-1024 as the CWA layer uses it: bare powers, and frames `6A | message 106 | SHA-1 20 | BC` (ISO/IEC 9796-2).

use openssl::bn::{BigNum, BigNumContext, BigNumRef};

/// Bytes of every modulus and of every value of this layer; shorter numbers are padded on the left.
pub(crate) const RSA_LEN: usize = 128;
const MESSAGE_LEN: usize = 106;

/// The one public exponent of this layer.
pub(crate) const PUBLIC_EXPONENT: u32 = 0x0001_0001;

/// `base ^ exponent mod modulus`; `None` when the base is no residue (128 bytes, less than the modulus).
pub(crate) fn power(base: &[u8], exponent: u32, modulus: &[u8; RSA_LEN]) -> Option<[u8; RSA_LEN]> {
    let exponent = BigNum::from_u32(exponent).ok()?;
    private_power(base, &exponent, modulus)
}

/// Like [`power`], with an exponent of any size.
pub(crate) fn private_power(
    base: &[u8],
    exponent: &BigNumRef,
    modulus: &[u8; RSA_LEN],
) -> Option<[u8; RSA_LEN]> {
    let n = BigNum::from_slice(modulus).ok()?;
    let base_number = BigNum::from_slice(base).ok()?;
    if base.len() != RSA_LEN || base_number >= n {
        return None;
    }
    let mut result = BigNum::new().ok()?;
    let mut context = BigNumContext::new().ok()?;
    result.mod_exp(&base_number, exponent, &n, &mut context).ok()?;
    padded(&result)
}

/// `modulus - value`.
pub(crate) fn complement(value: &[u8; RSA_LEN], modulus: &[u8; RSA_LEN]) -> Option<[u8; RSA_LEN]> {
    let (n, value) = (BigNum::from_slice(modulus).ok()?, BigNum::from_slice(value).ok()?);
    if value > n {
        return None;
    }
    let mut result = BigNum::new().ok()?;
    result.checked_sub(&n, &value).ok()?;
    padded(&result)
}

fn padded(number: &BigNumRef) -> Option<[u8; RSA_LEN]> {
    number.to_vec_padded(i32::try_from(RSA_LEN).ok()?).ok()?.try_into().ok()
}

/// The inside of a signature that gives its message back.
pub(crate) struct Frame {
    pub message: [u8; MESSAGE_LEN],
    pub hash: [u8; 20],
}

impl Frame {
    /// Reads an opened signature; `None` unless it begins with 6A and ends with BC.
    pub fn read(opened: &[u8; RSA_LEN]) -> Option<Self> {
        let inside = opened.strip_prefix(&[0x6A])?.strip_suffix(&[0xBC])?;
        let (message, hash) = inside.split_first_chunk::<MESSAGE_LEN>()?;
        Some(Self { message: *message, hash: hash.try_into().ok()? })
    }

    /// The value to be signed.
    pub fn write(&self) -> [u8; RSA_LEN] {
        let inside = [0x6A].into_iter().chain(self.message).chain(self.hash).chain([0xBC]);
        let mut value = [0; RSA_LEN];
        value.iter_mut().zip(inside).for_each(|(byte, with)| *byte = with);
        value
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(crate) mod tests {
    use super::*;

    /// A value of the published constants and vectors.
    pub(crate) fn vector(section: &str, name: &str) -> Vec<u8> {
        let all: toml::Table = toml::from_str(include_str!("../tests/fixtures/cwa.toml")).unwrap();
        hex::decode(all[section][name].as_str().unwrap()).unwrap()
    }

    #[test]
    fn the_terminals_keys_invert_each_other() {
        for set in ["cwa_r1", "cwa_r2"] {
            for who in ["user", "pin"] {
                let n: [u8; RSA_LEN] = vector(set, &format!("{who}_ifd_modulus")).try_into().unwrap();
                let d = BigNum::from_slice(&vector(set, &format!("{who}_ifd_private_exponent"))).unwrap();
                let mut value = [0x5A; RSA_LEN];
                value[0] = 0;
                let closed = private_power(&value, &d, &n).unwrap();
                assert_eq!(power(&closed, PUBLIC_EXPONENT, &n), Some(value));
            }
        }
    }

    #[test]
    fn what_is_not_a_residue_is_refused() {
        let n = crate::cvc::ROOT_R1;
        assert_eq!(power(&n, 3, &n), None);
        assert_eq!(power(&[1; 127], 3, &n), None);
        assert_eq!(power(&[0xFF; 128], 3, &n), None);
    }
}
