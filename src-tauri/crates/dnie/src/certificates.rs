//! The citizen's certificates: the directory that names them (PKCS#15 CDF), their files, their compression.

use std::{fmt, io::Read as _};

use apdu::{Card, tlv};
use flate2::read::ZlibDecoder;

use crate::{
    Error,
    error::Foreign,
    files::{self, Absent, Wanted},
    link::Link,
};

/// Largest certificate, stored or inflated. The specimens have 1.6 kB; nothing lawful comes near.
const LARGEST_CERTIFICATE: usize = 16 * 1024;

/// Largest certificate directory; the specimens' file has 2100 bytes.
const LARGEST_DIRECTORY: usize = 8 * 1024;

/// PKCS#15 directory and its certificate directory file.
const DIRECTORY_PATH: [u16; 2] = [0x5015, 0x6004];

/// Bytes of the compression header: inflated and stored length, little-endian.
const HEADER: usize = 8;

/// What a card holds for its holder, as DER; whether any of it may be believed is for others to say.
///
/// `Debug` prints lengths only: a certificate is personal data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificates {
    /// For authentication.
    pub authentication: Vec<u8>,
    /// For signatures; a minor's card has none.
    pub signature: Option<Vec<u8>>,
    /// The authority that issued both.
    pub issuer: Option<Vec<u8>>,
}

impl Certificates {
    /// The signature certificate, for a flow that cannot do without.
    ///
    /// # Errors
    /// [`Error::NoSignatureCertificate`].
    pub fn require_signature(&self) -> Result<&[u8], Error> {
        self.signature.as_deref().ok_or(Error::NoSignatureCertificate)
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |certificate: &Option<Vec<u8>>| certificate.as_ref().map(Vec::len);
        f.debug_struct("Certificates")
            .field("authentication", &self.authentication.len())
            .field("signature", &length(&self.signature))
            .field("issuer", &length(&self.issuer))
            .finish()
    }
}

/// What a certificate is for, by its label in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Authentication,
    Signature,
    Issuer,
}

/// One entry of the certificate directory.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    purpose: Purpose,
    path: Vec<u16>,
}

/// The directory's own description, and whose it must be (PKCS#15 TokenInfo, fact sheet 2.1).
const DESCRIPTION_PATH: [u16; 2] = [0x5015, 0x5032];
const MANUFACTURER: &[u8] = b"DGP-FNMT";

/// Largest description; real ones have less than 255 bytes.
const LARGEST_DESCRIPTION: usize = 1024;

/// Makes sure that the card has the police's directory of certificates.
///
/// # Errors
/// [`Error::NotDnie`].
pub(crate) fn require_directory<C: Card>(link: &mut Link<C>) -> Result<(), Error> {
    let foreign = || Error::NotDnie(Foreign::Directory);
    files::select_master(link)?;
    let mut info = None;
    for file in DESCRIPTION_PATH {
        info = files::select(link, file)?.map_err(|_| foreign())?;
    }
    let content = files::read(link, "the description", info, LARGEST_DESCRIPTION, |beginning| {
        if beginning.is_empty() {
            return Ok(Wanted::More);
        }
        files::der_length(beginning).map(Wanted::Total).ok_or_else(foreign)
    })?;
    match content {
        Ok(content) if is_of_the_police(&content) => Ok(()),
        _ => Err(foreign()),
    }
}

/// `SEQ { INTEGER version, OCTET serial number, UTF8 manufacturer .. }`
fn is_of_the_police(description: &[u8]) -> bool {
    let manufacturer = tlv::find(description, 0x30)
        .ok()
        .flatten()
        .and_then(|sequence| tlv::find(sequence.value, 0x0C).ok().flatten())
        .map(|text| text.value.trim_ascii());
    manufacturer == Some(MANUFACTURER)
}

/// Reads all certificates.
pub(crate) fn read_all<C: Card>(link: &mut Link<C>) -> Result<Certificates, Error> {
    let entries = read_directory(link, None)?;
    let mut current = Vec::new();
    let mut find = |link: &mut Link<C>, purpose| match entries.iter().find(|entry| entry.purpose == purpose) {
        Some(entry) => read_certificate(link, &entry.path, &mut current),
        None => Ok(None),
    };
    Ok(Certificates {
        authentication: find(link, Purpose::Authentication)?.ok_or(Error::NoAuthenticationCertificate)?,
        signature: find(link, Purpose::Signature)?,
        issuer: find(link, Purpose::Issuer)?,
    })
}

/// Reads the authentication certificate alone, and of the directory no more than leads to it.
pub(crate) fn read_authentication<C: Card>(link: &mut Link<C>) -> Result<Vec<u8>, Error> {
    let entries = read_directory(link, Some(Purpose::Authentication))?;
    let entry = entries
        .iter()
        .find(|entry| entry.purpose == Purpose::Authentication)
        .ok_or(Error::NoAuthenticationCertificate)?;
    read_certificate(link, &entry.path, &mut Vec::new())?.ok_or(Error::NoAuthenticationCertificate)
}

fn read_directory<C: Card>(link: &mut Link<C>, until: Option<Purpose>) -> Result<Vec<Entry>, Error> {
    files::select_master(link)?;
    let mut info = None;
    for file in DIRECTORY_PATH {
        match files::select(link, file)? {
            Ok(found) => info = found,
            Err(Absent::Denied) => return Err(Error::CertificatesNeedPin),
            Err(Absent::NotFound) => return Err(Error::NoAuthenticationCertificate),
        }
    }
    let content = files::read(link, "the certificate directory", info, LARGEST_DIRECTORY, |beginning| {
        let (entries, complete) = parse_directory(beginning);
        let found = until.is_some_and(|purpose| entries.iter().any(|entry| entry.purpose == purpose));
        Ok(if complete || found { Wanted::Total(beginning.len()) } else { Wanted::More })
    })?;
    match content {
        Ok(content) => Ok(parse_directory(&content).0),
        Err(Absent::Denied) => Err(Error::CertificatesNeedPin),
        Err(Absent::NotFound) => Err(Error::NoAuthenticationCertificate),
    }
}

/// The entries in the beginning of a directory, and whether its end, a zero byte, has been reached.
///
/// Entries with another label or shape are passed over: a later card may hold more than we know.
fn parse_directory(content: &[u8]) -> (Vec<Entry>, bool) {
    let mut entries = Vec::new();
    let mut end = 0;
    for object in tlv::until_zero(content) {
        // The last entry of a beginning is usually cut.
        let Ok(object) = object else { return (entries, false) };
        end += object.whole.len();
        if object.tag == 0x30 {
            entries.extend(parse_entry(object.value));
        }
    }
    (entries, content.get(end) == Some(&0))
}

/// `{ SEQ { UTF8 label, .. }, SEQ { OCTET id }, [1] { SEQ { SEQ { OCTET path, .. } .. } } }`
fn parse_entry(entry: &[u8]) -> Option<Entry> {
    let child = |bytes, tag| tlv::find(bytes, tag).ok().flatten().map(|object| object.value);
    let label = child(child(entry, 0x30)?, 0x0C)?;
    let purpose = match label {
        b"CertAutenticacion" => Purpose::Authentication,
        b"CertFirmaDigital" => Purpose::Signature,
        b"CertCAIntermediaDGP" => Purpose::Issuer,
        _ => return None,
    };
    let path = child(child(child(child(entry, 0xA1)?, 0x30)?, 0x30)?, 0x04)?;
    let path = match path {
        // Some write the path from the master file on.
        [0x3F, 0x00, relative @ ..] => relative,
        relative => relative,
    };
    if path.is_empty() || path.len() > 8 || !path.len().is_multiple_of(2) {
        return None;
    }
    let path =
        path.chunks_exact(2).map(|pair| pair.iter().fold(0, |file, byte| file << 8 | u16::from(*byte)));
    Some(Entry { purpose, path: path.collect() })
}

/// Reads one certificate file. `current` is the directory the card stands in; a sibling needs no path.
fn read_certificate<C: Card>(
    link: &mut Link<C>,
    path: &[u16],
    current: &mut Vec<u16>,
) -> Result<Option<Vec<u8>>, Error> {
    let Some((file, directory)) = path.split_last() else { return Ok(None) };
    if directory.is_empty() || current != directory {
        files::select_master(link)?;
        current.clear();
        for part in directory {
            match files::select(link, *part)? {
                Ok(_) => current.push(*part),
                Err(Absent::NotFound) => return Ok(None),
                Err(Absent::Denied) => return Err(Error::CertificatesNeedPin),
            }
        }
    }
    let info = match files::select(link, *file)? {
        Ok(info) => info,
        Err(Absent::NotFound) => return Ok(None),
        Err(Absent::Denied) => return Err(Error::CertificatesNeedPin),
    };
    let content = files::read(link, "a certificate", info, LARGEST_CERTIFICATE, stored_length)?;
    match content {
        // An empty or zero-filled file: the certificate was never there, or was taken off the card.
        Ok(content) if content.iter().all(|byte| *byte == 0) => Ok(None),
        Ok(content) => inflate(&content).map(Some),
        Err(Absent::NotFound) => Ok(None),
        Err(Absent::Denied) => Err(Error::CertificatesNeedPin),
    }
}

/// How the content of a certificate file is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    /// DER as it is, this many bytes.
    Plain(usize),
    /// A zlib stream behind a header.
    Compressed { inflated: usize, stored: usize },
}

/// Looks at the first bytes of a certificate file; refuses by their word alone what is too large.
fn stored(beginning: &[u8]) -> Result<Stored, Error> {
    let what = "a certificate";
    // A compressed file cannot begin like this: it would claim to inflate to more than the limit.
    if let [0x30, 0x82, ..] = beginning
        && let Some(length) = files::der_length(beginning)
    {
        return Ok(Stored::Plain(length));
    }
    let Some((lengths, rest)) = beginning.split_first_chunk::<HEADER>() else {
        return Err(Error::malformed(what, beginning.len()));
    };
    let [a, b, c, d, e, f, g, h] = *lengths;
    let number = |bytes| usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX);
    let (inflated, stored) = (number([a, b, c, d]), number([e, f, g, h]));
    if inflated > LARGEST_CERTIFICATE || stored > LARGEST_CERTIFICATE - HEADER {
        return Err(Error::TooLarge { what, limit: LARGEST_CERTIFICATE });
    }
    if rest.first() != Some(&0x78) {
        return Err(Error::malformed(what, HEADER));
    }
    Ok(Stored::Compressed { inflated, stored })
}

fn stored_length(beginning: &[u8]) -> Result<Wanted, Error> {
    if beginning.is_empty() {
        return Ok(Wanted::More);
    }
    if beginning.iter().all(|byte| *byte == 0) {
        return Ok(Wanted::Total(beginning.len()));
    }
    Ok(Wanted::Total(match stored(beginning)? {
        Stored::Plain(length) => length,
        Stored::Compressed { stored, .. } => stored + HEADER,
    }))
}

/// The certificate in a file, which must be exactly one DER object of exactly the length it was said to have.
fn inflate(content: &[u8]) -> Result<Vec<u8>, Error> {
    let what = "a certificate";
    let der = match stored(content)? {
        Stored::Plain(length) => content.get(..length).ok_or(Error::malformed(what, content.len()))?.to_vec(),
        Stored::Compressed { inflated, stored } => {
            let stream = content.get(HEADER..HEADER + stored).ok_or(Error::malformed(what, content.len()))?;
            let mut der = Vec::with_capacity(inflated);
            // One byte more than was declared, to notice a stream that does not stop there.
            let allowed = u64::try_from(inflated).unwrap_or(0) + 1;
            ZlibDecoder::new(stream)
                .take(allowed)
                .read_to_end(&mut der)
                .map_err(|_| Error::malformed(what, HEADER))?;
            if der.len() != inflated {
                return Err(Error::malformed(what, der.len()));
            }
            der
        }
    };
    match tlv::read(&der) {
        Ok((object, [])) if object.tag == 0x30 => Ok(der),
        Ok((object, _)) => Err(Error::malformed(what, object.whole.len())),
        Err(error) => Err(Error::tlv(what)(error)),
    }
}

/// For fuzzing: how many certificates a directory names.
pub(crate) fn count_entries(content: &[u8]) -> usize {
    parse_directory(content).0.len()
}

/// For fuzzing: whose directory it is.
pub(crate) fn look_at_description(content: &[u8]) {
    let _ = is_of_the_police(content);
}

/// For fuzzing: how long the certificate in a file is.
pub(crate) fn inflated_length(content: &[u8]) -> Option<usize> {
    let _ = stored_length(content);
    inflate(content).ok().map(|der| der.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};
    use proptest::prelude::*;

    use super::*;
    use crate::script::Script;

    fn compressed(content: &[u8], declared: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(content).unwrap();
        let stream = encoder.finish().unwrap();
        let mut file = u32::try_from(declared).unwrap().to_le_bytes().to_vec();
        file.extend_from_slice(&u32::try_from(stream.len()).unwrap().to_le_bytes());
        file.extend_from_slice(&stream);
        file
    }

    fn entry(label: &str, path: &[u8]) -> Vec<u8> {
        let labelled = tlv::object(0x30, &tlv::object(0x0C, label.as_bytes()));
        let id = tlv::object(0x30, &tlv::object(0x04, b"A06A1B2C3D4E5F620260101120000"));
        let value = tlv::object(0x30, &tlv::object(0x04, path));
        let attributes =
            tlv::object(0xA1, &tlv::object(0x30, &[value, tlv::object(0x30, &[0; 40])].concat()));
        tlv::object(0x30, &[labelled, id, attributes].concat())
    }

    fn der(length: usize) -> Vec<u8> {
        tlv::object(0x30, &vec![7; length])
    }

    #[test]
    fn the_directory_names_files_until_the_zero_filling() {
        let mut content = [
            entry("CertAutenticacion", &[0x60, 0x61, 0x70, 0x01]),
            entry("CertOtro", &[0x60, 0x61, 0x70, 0x09]),
            entry("CertFirmaDigital", &[0x3F, 0x00, 0x60, 0x61, 0x70, 0x02]),
        ]
        .concat();
        let whole = content.len();
        content.resize(600, 0);
        let (entries, complete) = parse_directory(&content);
        assert!(complete);
        assert_eq!(
            entries.iter().map(|entry| entry.purpose).collect::<Vec<_>>(),
            [Purpose::Authentication, Purpose::Signature]
        );
        assert!(entries.iter().all(|entry| entry.path[0] == 0x6061));
        assert_eq!(parse_directory(&content[..whole - 1]).0.len(), 1);
        assert!(!parse_directory(&content[..whole]).1);
    }

    #[test]
    fn stored_certificates_come_out_whole() {
        for length in [120, 300, 1600] {
            let certificate = der(length);
            assert_eq!(inflate(&compressed(&certificate, certificate.len())).unwrap(), certificate);
        }
        let mut plain = der(900);
        plain.resize(1200, 0);
        assert_eq!(inflate(&plain).unwrap(), der(900));
    }

    #[test]
    fn a_bomb_is_refused_by_its_own_word_and_by_ours() {
        let bomb = compressed(&vec![0x30; 4_000_000], 4_000_000);
        assert!(bomb.len() < LARGEST_CERTIFICATE);
        assert!(matches!(stored_length(&bomb[..255]), Err(Error::TooLarge { .. })));
        let liar = compressed(&vec![0x30; 4_000_000], 1600);
        assert!(matches!(inflate(&liar), Err(Error::Malformed { offset: 1601, .. })));
        let short = compressed(&der(100), 1600);
        assert!(matches!(inflate(&short), Err(Error::Malformed { .. })));
    }

    #[test]
    fn the_authentication_certificate_costs_two_parts_of_the_directory_at_most() {
        let mut directory = entry("CertAutenticacion", &[0x60, 0x61, 0x70, 0x01]);
        directory.resize(255, 0x30);
        let file = compressed(&der(200), der(200).len());
        let (directory, certificate) = (hex::encode(directory) + "9000", hex::encode(file) + "9000");
        let le = certificate.len() / 2 - 2;
        let mut link = Link::new(Script::new(&[
            ("00A404000B4D61737465722E46696C65", "611B"),
            ("00A40000025015", "611B"),
            ("00A40000026004", "610E"),
            ("00B00000FF", &directory),
            ("00A404000B4D61737465722E46696C65", "611B"),
            ("00A40000026061", "611B"),
            ("00A40000027001", "610E"),
            ("00B00000FF", &format!("6C{le:02X}")),
            (&format!("00B00000{le:02X}"), &certificate),
        ]));
        assert_eq!(read_authentication(&mut link).unwrap(), der(200));
    }

    #[test]
    fn an_absent_authentication_certificate_has_its_own_name() {
        let mut link = Link::new(Script::new(&[
            ("00A404000B4D61737465722E46696C65", "611B"),
            ("00A40000025015", "611B"),
            ("00A40000026004", "610E"),
            ("00B00000FF", "6B00"),
        ]));
        assert_eq!(read_all(&mut link).unwrap_err().code(), "card.no-authentication-certificate");
    }

    #[test]
    fn another_authority_s_directory_is_told() {
        let description = |maker: &str| {
            let parts = [&[0x02, 1, 0, 0x04, 2, 1, 2][..], &tlv::object(0x0C, maker.as_bytes())].concat();
            tlv::object(0x30, &parts)
        };
        assert!(is_of_the_police(&description("DGP-FNMT")));
        assert!(!is_of_the_police(&description("FNMT-RCM")) && !is_of_the_police(&[0x30, 0]));
        assert!(!is_of_the_police(&[]));
    }

    proptest! {
        #[test]
        fn any_file_is_read_or_refused(content in proptest::collection::vec(any::<u8>(), 0..700)) {
            let _ = parse_directory(&content);
            let _ = stored_length(&content);
            let _ = inflate(&content);
        }

        #[test]
        fn any_stream_stays_within_its_limit(inflated in 0_u32..20_000, stream in proptest::collection::vec(any::<u8>(), 0..700)) {
            let mut file = inflated.to_le_bytes().to_vec();
            file.extend_from_slice(&u32::try_from(stream.len() + 2).unwrap().to_le_bytes());
            file.extend_from_slice(&[0x78, 0x9C]);
            file.extend_from_slice(&stream);
            if let Ok(der) = inflate(&file) {
                prop_assert!(der.len() <= LARGEST_CERTIFICATE);
            }
        }
    }
}
