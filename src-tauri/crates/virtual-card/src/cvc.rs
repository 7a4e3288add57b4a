//! Card-verifiable certificates of terminals (CWA 14890-1, ISO/IEC 9796-2 with message recovery).
//!
//! `7F21 { 5F37 signature, 5F38 rest, 42 CAR }`: opening the signature with the issuer's key gives the first 106
//! bytes of the body and a hash over the whole body, whose remainder is in `5F38`.

use apdu::tlv;
use openssl::sha::sha1;

use crate::iso9796::{self, RSA_LEN};

/// Where the DNIe's terminals are rooted, first generation (published).
pub(crate) const ROOT_R1: [u8; RSA_LEN] = [
    0xEA, 0xDE, 0xDA, 0x45, 0x53, 0x32, 0x94, 0x50, 0x39, 0xDA, 0xA4, 0x04, 0xC8, 0xEB, 0xC4, 0xD3, 0xB7,
    0xF5, 0xDC, 0x86, 0x92, 0x83, 0xCD, 0xEA, 0x2F, 0x10, 0x1E, 0x2A, 0xB5, 0x4F, 0xB0, 0xD0, 0xB0, 0x3D,
    0x8F, 0x03, 0x0D, 0xAF, 0x24, 0x58, 0x02, 0x82, 0x88, 0xF5, 0x4C, 0xE5, 0x52, 0xF8, 0xFA, 0x57, 0xAB,
    0x2F, 0xB1, 0x03, 0xB1, 0x12, 0x42, 0x7E, 0x11, 0x13, 0x1D, 0x1D, 0x27, 0xE1, 0x0A, 0x5B, 0x50, 0x0E,
    0xAA, 0xE5, 0xD9, 0x40, 0x30, 0x1E, 0x30, 0xEB, 0x26, 0xC3, 0xE9, 0x06, 0x6B, 0x25, 0x71, 0x56, 0xED,
    0x63, 0x9D, 0x70, 0xCC, 0xC0, 0x90, 0xB8, 0x63, 0xAF, 0xBB, 0x3B, 0xFE, 0xD8, 0xC1, 0x7B, 0xE7, 0x67,
    0x30, 0x34, 0xB9, 0x82, 0x3E, 0x97, 0x7E, 0xD6, 0x57, 0x25, 0x29, 0x27, 0xF9, 0x57, 0x5B, 0x9F, 0xFF,
    0x66, 0x91, 0xDB, 0x64, 0xF8, 0x0B, 0x5E, 0x92, 0xCD,
];

/// Where the DNIe's terminals are rooted, second generation (published).
pub(crate) const ROOT_R2: [u8; RSA_LEN] = [
    0xB9, 0x72, 0x34, 0x5E, 0x35, 0xBC, 0xDD, 0x12, 0xDC, 0x2C, 0x8E, 0x85, 0xF6, 0x22, 0x97, 0x97, 0x9F,
    0x12, 0x2B, 0xB7, 0xC9, 0xC3, 0xED, 0x13, 0xA0, 0xC4, 0xEB, 0x59, 0x34, 0xE7, 0x0C, 0xD6, 0xD0, 0x0C,
    0x54, 0x06, 0x18, 0x38, 0x6E, 0x42, 0xF2, 0xBA, 0x00, 0x89, 0xC0, 0xDD, 0x80, 0x0E, 0xBA, 0x78, 0x3B,
    0xDC, 0x9D, 0x93, 0xD9, 0xFB, 0xFC, 0x3C, 0x16, 0x9F, 0x9A, 0xF6, 0x4E, 0x80, 0x10, 0x0F, 0xC6, 0x87,
    0xCC, 0xA5, 0x62, 0xE7, 0xFC, 0x84, 0xD1, 0x12, 0x92, 0xC2, 0x40, 0x4C, 0x59, 0xB8, 0xA8, 0x60, 0xD3,
    0x9E, 0x2D, 0x66, 0x54, 0x7D, 0xC7, 0xB2, 0xD4, 0x8C, 0xA7, 0x89, 0x81, 0x4F, 0x43, 0x06, 0x26, 0x34,
    0xE3, 0xE0, 0xC0, 0xD6, 0xBF, 0x5F, 0x54, 0xBA, 0x1D, 0x9C, 0x46, 0x64, 0x45, 0x83, 0x1D, 0xCD, 0xEA,
    0xB0, 0x87, 0x08, 0xF3, 0xF6, 0x22, 0x0E, 0x07, 0x75,
];

/// A certificate whose signature has been checked; there is no other way to get one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cvc {
    pub profile: Profile,
    /// Certification authority reference: the low 8 bytes of the issuer's CHR.
    pub car: [u8; 8],
    /// Certificate holder reference.
    pub chr: [u8; 12],
    /// Last byte of the certificate holder authorisation.
    pub role: Role,
    pub modulus: [u8; RSA_LEN],
}

/// Certificate profile identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// May issue terminals' certificates.
    Authority,
    /// May open channels.
    Terminal,
}

/// What a terminal's certificate entitles it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Use the keys, read the holder's files; on 2.0, also present the PIN.
    User,
    /// Present the PIN (3.0).
    Pin,
    /// Nothing that this card knows.
    Other,
}

const BODY_TAIL: usize = 4;
const EXPONENT: [u8; BODY_TAIL] = [0x00, 0x01, 0x00, 0x01];
const OID_AUTHORITY: [u8; 7] = [0x2B, 0x24, 0x03, 0x04, 0x02, 0x02, 0x01];
const OID_TERMINAL: [u8; 6] = [0x2B, 0x24, 0x07, 0x02, 0x01, 0x01];
/// What the DNIe's authority puts before the role.
const CHA_PREFIX: [u8; 6] = [0xA0, 0x00, 0x00, 0x01, 0x67, 0x45];

impl Cvc {
    /// Opens a certificate with its issuer's modulus; `None` when it does not open, whatever the reason.
    pub fn open(bytes: &[u8], issuer: &[u8; RSA_LEN]) -> Option<Self> {
        let (certificate, after) = tlv::read(bytes).ok()?;
        if certificate.tag != 0x7F21 || !after.is_empty() {
            return None;
        }
        let object = |tag| Some(tlv::find(certificate.value, tag).ok()??.value);
        let (signature, rest, car) = (object(0x5F37)?, object(0x5F38)?, object(0x42)?);

        let opened = iso9796::power(signature, iso9796::PUBLIC_EXPONENT, issuer)?;
        let frame = iso9796::Frame::read(&opened)?;
        let mut body = frame.message.to_vec();
        body.extend_from_slice(rest);
        if sha1(&body) != frame.hash {
            return None;
        }
        let found = Self::parse(&body)?;
        (car == found.car).then_some(found)
    }

    fn parse(body: &[u8]) -> Option<Self> {
        let (&cpi, body) = body.split_first()?;
        let (car, body) = body.split_first_chunk::<8>()?;
        let (chr, body) = body.split_first_chunk::<12>()?;
        let (prefix, body) = body.split_first_chunk::<6>()?;
        let (&role, body) = body.split_first()?;
        let (profile, body) = match cpi {
            0x03 => (Profile::Authority, body.strip_prefix(&OID_AUTHORITY)?),
            0x04 => (Profile::Terminal, body.strip_prefix(&OID_TERMINAL)?),
            _ => return None,
        };
        let (modulus, exponent) = body.split_first_chunk::<RSA_LEN>()?;
        if exponent != EXPONENT || *prefix != CHA_PREFIX {
            return None;
        }
        let role = match role {
            0x02 => Role::User,
            0x08 => Role::Pin,
            _ => Role::Other,
        };
        Some(Self { profile, car: *car, chr: *chr, role, modulus: *modulus })
    }

    /// How certificates issued by this one, and MSE, name it.
    pub fn short_chr(&self) -> &[u8] {
        self.chr.last_chunk::<8>().map_or(&[], <[u8; 8]>::as_slice)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::iso9796::tests::vector;

    #[test]
    fn every_published_certificate_opens_under_its_root_and_no_other() {
        for (set, root, other) in [("cwa_r1", &ROOT_R1, &ROOT_R2), ("cwa_r2", &ROOT_R2, &ROOT_R1)] {
            let authority = Cvc::open(&vector(set, "c_cv_ca"), root).unwrap();
            assert_eq!(authority.profile, Profile::Authority);
            assert_eq!(authority.short_chr(), vector(set, "c_cv_ca_chr"));
            assert_eq!(authority.modulus[..], vector(set, "c_cv_ca_modulus"));
            assert_eq!(Cvc::open(&vector(set, "c_cv_ca"), other), None);

            for (who, role) in [("user", Role::User), ("pin", Role::Pin)] {
                let bytes = vector(set, &format!("{who}_c_cv_ifd"));
                let terminal = Cvc::open(&bytes, &authority.modulus).unwrap();
                assert_eq!((terminal.profile, terminal.role), (Profile::Terminal, role));
                assert_eq!(terminal.car, authority.short_chr());
                assert_eq!(terminal.chr[..], vector(set, &format!("{who}_ifd_keyref")));
                assert_eq!(terminal.modulus[..], vector(set, &format!("{who}_ifd_modulus")));
                assert_eq!(Cvc::open(&bytes, root), None);
            }
        }
    }

    #[test]
    fn one_flipped_bit_anywhere_and_it_does_not_open() {
        let bytes = vector("cwa_r1", "c_cv_ca");
        for position in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[position] ^= 1;
            assert_eq!(Cvc::open(&bad, &ROOT_R1), None, "at {position}");
        }
    }
}
