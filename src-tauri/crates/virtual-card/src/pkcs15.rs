//! The PKCS#15 directories of the card (ISO/IEC 7816-15), in the shape real cards have them.

use apdu::tlv::object;
use openssl::x509::X509;

use crate::error::Error;

/// PrKDF, PuKDF and CDF have one size whatever they hold; zeros follow the content.
const DIRECTORY_LEN: usize = 2100;
/// What the CDF and PrKDF say of a private key file.
pub(crate) const KEY_FILE_LEN: u16 = 0x03B5;

const SEQUENCE: u32 = 0x30;
const UTF8: u32 = 0x0C;
const OCTETS: u32 = 0x04;
const BITS: u32 = 0x03;
const INTEGER: u32 = 0x02;
const BOOLEAN: u32 = 0x01;
const ENUMERATED: u32 = 0x0A;
const GENERALIZED_TIME: u32 = 0x18;

/// The three kinds of objects, in the order of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Authentication,
    Signature,
    Issuer,
}

impl Slot {
    const fn certificate_label(self) -> &'static str {
        match self {
            Self::Authentication => "CertAutenticacion",
            Self::Signature => "CertFirmaDigital",
            Self::Issuer => "CertCAIntermediaDGP",
        }
    }

    const fn id_letter(self) -> char {
        match self {
            Self::Authentication => 'A',
            Self::Signature => 'F',
            Self::Issuer => 'S',
        }
    }

    /// File of the certificate under 6061.
    pub const fn certificate_fid(self) -> u16 {
        match self {
            Self::Authentication => 0x7001,
            Self::Signature => 0x7002,
            Self::Issuer => 0x7003,
        }
    }

    /// Identifier: letter, chip serial number, moment of personalisation.
    fn id(self, chip_serial: &[u8; 7], personalised: &str) -> Vec<u8> {
        format!("{}{}{personalised}", self.id_letter(), hex::encode_upper(chip_serial)).into_bytes()
    }
}

/// Which card the records speak of.
pub(crate) struct Identity<'a> {
    pub chip_serial: &'a [u8; 7],
    pub personalised: &'a str,
}

/// EF.ODF: where PrKDF, PuKDF, CDF and AODF are, by full path.
///
/// No copy of a real one was at hand: that public keys are listed is known, that they are under 6002 is ours.
pub(crate) fn odf() -> Vec<u8> {
    let reference = |tag, fid: [u8; 2]| {
        let path = [0x3F, 0x00, 0x50, 0x15, fid[0], fid[1]];
        object(tag, &sequence(&[object(OCTETS, &path)]))
    };
    let places = [(0xA0, 0x01), (0xA1, 0x02), (0xA4, 0x04), (0xA8, 0x05)];
    places.into_iter().flat_map(|(tag, fid)| reference(tag, [0x60, fid])).collect()
}

/// EF.AODF: the one PIN, to which programs tie private objects by its identifier 01.
///
/// No copy of a real one was at hand: its place under 6005 and its wording are ours.
pub(crate) fn aodf() -> Vec<u8> {
    let attributes = sequence(&[
        // Case counts, cannot be unblocked, initialised.
        object(BITS, &[0x03, 0x98]),
        // UTF-8, hence letters too.
        object(ENUMERATED, &[0x02]),
        object(INTEGER, &[0x08]),
        object(INTEGER, &[0x10]),
        object(INTEGER, &[0x10]),
        object(0x80, &[0x00]),
        sequence(&[object(OCTETS, &[0x3F, 0x00, 0x00, 0x00])]),
    ]);
    sequence(&[
        sequence(&[object(UTF8, b"PIN"), object(BITS, &[0x06, 0xC0])]),
        sequence(&[object(OCTETS, &[0x01])]),
        object(0xA1, &attributes),
    ])
}

/// EF.TokenInfo.
///
/// Older releases of OpenSC read the ODF into what was long enough for this file, so that a real card's is at least as
/// long as its ODF; the moment of the last update makes it so here.
pub(crate) fn token_info(identity: &Identity<'_>) -> Vec<u8> {
    sequence(&[
        object(INTEGER, &[0]),
        object(OCTETS, identity.chip_serial),
        object(UTF8, b"DGP-FNMT"),
        object(0x80, "DNI electrónico".as_bytes()),
        // Login required, random numbers.
        object(BITS, &[0x05, 0x60]),
        object(0xA5, &object(GENERALIZED_TIME, format!("{}Z", identity.personalised).as_bytes())),
    ])
}

/// EF.CDF: the certificates, with their stored lengths.
pub(crate) fn cdf(identity: &Identity<'_>, certificates: &[(Slot, &[u8], u16)]) -> Result<Vec<u8>, Error> {
    let mut records = Vec::new();
    for (slot, certificate, stored) in certificates {
        let what = "a certificate is X.509 in DER";
        let x509 = X509::from_der(certificate).map_err(|_| Error::Persona { what })?;
        let [high, low] = slot.certificate_fid().to_be_bytes();
        let attributes = sequence(&[
            path([0x60, 0x61, high, low], *stored),
            x509.subject_name().to_der()?,
            object(0xA0, &x509.issuer_name().to_der()?),
            integer(&x509.serial_number().to_bn()?.to_vec()),
        ]);
        records.extend(sequence(&[
            sequence(&[object(UTF8, slot.certificate_label().as_bytes()), object(BITS, &[0x06, 0x40])]),
            sequence(&[object(OCTETS, &slot.id(identity.chip_serial, identity.personalised))]),
            object(0xA1, &attributes),
        ]));
    }
    filled(records)
}

/// EF.PrKDF: the private keys.
pub(crate) fn prkdf(identity: &Identity<'_>, keys: &[Slot]) -> Result<Vec<u8>, Error> {
    let mut records = Vec::new();
    for slot in keys {
        let (label, usage, reference) = match slot {
            Slot::Authentication => ("KprivAutenticacion", [0x06, 0x30, 0x00], 1),
            Slot::Signature => ("KprivFirmaDigital", [0x06, 0x30, 0x40], 2),
            Slot::Issuer => continue,
        };
        let attributes =
            sequence(&[path([0x3F, 0x11, 0x01, reference], KEY_FILE_LEN), object(INTEGER, &[0x08, 0x00])]);
        records.extend(sequence(&[
            sequence(&[object(UTF8, label.as_bytes()), object(BITS, &[0x06, 0xC0])]),
            sequence(&[
                object(OCTETS, &slot.id(identity.chip_serial, identity.personalised)),
                object(BITS, &usage),
                object(BOOLEAN, &[0xFF]),
                object(BITS, &[0x03, 0xB8]),
                object(INTEGER, &[reference]),
            ]),
            object(0xA1, &attributes),
        ]));
    }
    filled(records)
}

/// EF.PuKDF: the public keys, in the same files as the private ones and no more readable there.
pub(crate) fn pukdf(identity: &Identity<'_>, keys: &[Slot]) -> Result<Vec<u8>, Error> {
    let mut records = Vec::new();
    for slot in keys {
        // Verify, verify with recovery; for signatures also of commitment.
        let (label, usage, reference): (_, &[u8], u8) = match slot {
            Slot::Authentication => ("KpubAutenticacion", &[0x00, 0x03], 1),
            Slot::Signature => ("KpubFirmaDigital", &[0x06, 0x03, 0x40], 2),
            Slot::Issuer => continue,
        };
        let attributes =
            sequence(&[path([0x3F, 0x11, 0x01, reference], KEY_FILE_LEN), object(INTEGER, &[0x08, 0x00])]);
        records.extend(sequence(&[
            sequence(&[object(UTF8, label.as_bytes()), object(BITS, &[0x06, 0x40])]),
            sequence(&[
                object(OCTETS, &slot.id(identity.chip_serial, identity.personalised)),
                object(BITS, usage),
                object(BOOLEAN, &[0xFF]),
                object(BITS, &[0x03, 0x48]),
                object(INTEGER, &[reference]),
            ]),
            object(0xA1, &attributes),
        ]));
    }
    filled(records)
}

/// Path under the master file, index 0, length.
fn path(path: [u8; 4], length: u16) -> Vec<u8> {
    sequence(&[object(OCTETS, &path), object(INTEGER, &[0]), object(0x80, &length.to_be_bytes())])
}

fn integer(magnitude: &[u8]) -> Vec<u8> {
    let mut value = magnitude.to_vec();
    if value.first().is_none_or(|first| first & 0x80 != 0) {
        value.insert(0, 0);
    }
    object(INTEGER, &value)
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    object(SEQUENCE, &parts.concat())
}

fn filled(mut records: Vec<u8>) -> Result<Vec<u8>, Error> {
    if records.len() >= DIRECTORY_LEN {
        return Err(Error::Persona { what: "the names in the certificates do not fit the directory" });
    }
    records.resize(DIRECTORY_LEN, 0);
    Ok(records)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const IDENTITY: Identity<'_> =
        Identity { chip_serial: &[0x06, 0xCF, 0xC2, 0x22, 0x7A, 0x39, 0x8A], personalised: "20160310120000" };

    #[test]
    fn key_records_have_the_lengths_of_a_real_card() {
        let file = prkdf(&IDENTITY, &[Slot::Authentication, Slot::Signature]).unwrap();
        assert_eq!(file.len(), 2100);
        assert_eq!(file[..4], [0x30, 0x61, 0x30, 0x18]);
        let used = apdu::tlv::until_zero(&file).map(|record| record.unwrap().whole.len()).sum::<usize>();
        assert_eq!(used, 197);
    }

    #[test]
    fn small_directories_are_well_formed_to_their_last_byte() {
        for file in [odf(), aodf(), token_info(&IDENTITY)] {
            assert!(apdu::tlv::iter(&file).all(|record| record.is_ok()));
        }
        assert_eq!(odf().len(), 48);
        assert!(token_info(&IDENTITY).len() >= odf().len());
    }

    #[test]
    fn a_minor_has_one_key() {
        for file in [prkdf(&IDENTITY, &[Slot::Authentication]), pukdf(&IDENTITY, &[Slot::Authentication])] {
            assert_eq!(apdu::tlv::until_zero(&file.unwrap()).count(), 1);
        }
    }

    #[test]
    fn identifiers_have_twenty_nine_characters() {
        let id = Slot::Signature.id(IDENTITY.chip_serial, IDENTITY.personalised);
        assert_eq!(id, b"F06CFC2227A398A20160310120000");
    }

    #[test]
    fn integers_are_never_negative() {
        assert_eq!(integer(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(integer(&[0x7F]), [2, 1, 0x7F]);
        assert_eq!(integer(&[]), [2, 1, 0]);
    }
}
