//! The card's component certificates: files 6020 (their authority) and 601F (this card), up to a configured root.
//!
//! The terminal's own keys are public, so this chain is all that tells a DNIe from a program that collects PINs.
//! Validity dates are not looked at: the cards outlive what their component certificates say, and no clock is needed
//! to see that a key is the one its authority signed.

use std::fmt;

use apdu::{Card, tlv};
use openssl::{nid::Nid, x509::X509};

use crate::{
    Error, Untrusted,
    constants::{KeySet, PUBLIC_EXPONENT, R1, R2, RSA_BYTES},
    files::{self, Wanted},
    link::Link,
    rsa::{self, Hash},
};

/// The authority's certificate file.
const AUTHORITY_FILE: u16 = 0x6020;

/// The card's own certificate file.
const CARD_FILE: u16 = 0x601F;

/// Largest component certificate; the real ones are about 1 kB.
const LARGEST_COMPONENT: usize = 4 * 1024;

/// The organisational unit in 6020's issuer that tells the second generation of keys.
const SECOND_GENERATION: &[u8] = b"AC RAIZ COMPONENTES 2";

/// `sha1WithRSAEncryption` and `sha256WithRSAEncryption` (RFC 8017, appendix C), content bytes.
const SHA1_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05];
const SHA256_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];

/// The roots under which a card must prove that it is a DNIe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardAnchors {
    replaced: Option<Vec<u8>>,
}

impl CardAnchors {
    /// The two published roots of the Dirección General de la Policía.
    #[must_use]
    pub const fn official() -> Self {
        Self { replaced: None }
    }

    /// Another root in place of both, for virtual cards: nobody else can issue under the real ones.
    ///
    /// A program that uses this must say so where it can be seen: every card made under this root passes for
    /// genuine, and no real one does.
    #[must_use]
    pub fn with_replaced_component_root(modulus: &[u8]) -> Self {
        let significant = modulus.iter().position(|byte| *byte != 0).and_then(|first| modulus.get(first..));
        Self { replaced: Some(significant.unwrap_or_default().to_vec()) }
    }

    /// Whether the published roots are not in force.
    #[must_use]
    pub const fn is_replaced(&self) -> bool {
        self.replaced.is_some()
    }

    fn root<'a>(&'a self, keys: &'static KeySet) -> &'a [u8] {
        self.replaced.as_deref().unwrap_or(&keys.root_modulus)
    }
}

/// The component certificates of the last card seen, so that they need not be read again for each channel.
///
/// Keyed by the chip's serial number, which they belong to for life, unlike the citizen's certificates. They are
/// verified again whenever they are taken from here. Forget it with the person: a chip's serial number is theirs.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ComponentCache {
    held: Option<Held>,
}

#[derive(Clone, PartialEq, Eq)]
struct Held {
    serial: [u8; 7],
    authority: Vec<u8>,
    card: Vec<u8>,
}

impl ComponentCache {
    /// Holds nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { held: None }
    }

    /// Whether it holds the certificates of the card with this chip serial number.
    #[must_use]
    pub fn is_for(&self, serial: &[u8; 7]) -> bool {
        self.held.as_ref().is_some_and(|held| held.serial == *serial)
    }
}

impl fmt::Debug for ComponentCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.held.is_some() { "ComponentCache(one card)" } else { "ComponentCache(empty)" })
    }
}

/// The card's verified public key and the terminal keys it expects.
pub(crate) struct Components {
    pub(crate) keys: &'static KeySet,
    pub(crate) modulus: Vec<u8>,
    pub(crate) exponent: Vec<u8>,
}

/// Verifies the chain, read from the card unless `cache` has it; then `cache` has it.
pub(crate) fn verify<C: Card>(
    link: &mut Link<C>,
    serial: [u8; 7],
    anchors: &CardAnchors,
    cache: &mut ComponentCache,
) -> Result<Components, Error> {
    if let Some(held) = cache.held.as_ref().filter(|held| held.serial == serial) {
        return verify_chain(&held.authority, &held.card, anchors);
    }
    files::select_master(link)?;
    let authority = read_file(link, AUTHORITY_FILE)?;
    let card = read_file(link, CARD_FILE)?;
    let components = verify_chain(&authority, &card, anchors)?;
    // Only what has been verified is kept.
    cache.held = Some(Held { serial, authority, card });
    Ok(components)
}

fn read_file<C: Card>(link: &mut Link<C>, file: u16) -> Result<Vec<u8>, Error> {
    let info = files::select(link, file)?.map_err(|_| Untrusted::Absent { file })?;
    let malformed = || Error::from(Untrusted::Malformed { file });
    let content = files::read(link, "a component certificate", info, LARGEST_COMPONENT, |beginning| {
        if beginning.is_empty() {
            return Ok(Wanted::More);
        }
        files::der_length(beginning).map(Wanted::Total).ok_or_else(malformed)
    })?;
    let mut der = content.map_err(|_| Untrusted::Absent { file })?;
    der.truncate(files::der_length(&der).ok_or_else(malformed)?);
    Ok(der)
}

fn verify_chain(authority: &[u8], card: &[u8], anchors: &CardAnchors) -> Result<Components, Error> {
    let authority = Component::parse(authority, AUTHORITY_FILE)?;
    let keys = if authority.is_second_generation()? { &R2 } else { &R1 };
    authority.verify(&PUBLIC_EXPONENT, anchors.root(keys))?;
    let (exponent, modulus) = authority.key()?;
    let card = Component::parse(card, CARD_FILE)?;
    card.verify(&exponent, &modulus)?;
    let (exponent, modulus) = card.key()?;
    Ok(Components { keys, modulus, exponent })
}

/// One component certificate, taken apart as far as its signature needs.
struct Component<'a> {
    file: u16,
    certificate: X509,
    signed: &'a [u8],
    hash: Hash,
    signature: &'a [u8],
}

impl<'a> Component<'a> {
    /// `SEQ { SEQ tbsCertificate, SEQ { OID .. }, BIT STRING }` (RFC 5280, 4.1), and nothing after it.
    fn parse(der: &'a [u8], file: u16) -> Result<Self, Error> {
        let malformed = || Error::from(Untrusted::Malformed { file });
        let (outer, []) = tlv::read(der).map_err(|_| malformed())? else { return Err(malformed()) };
        let mut parts = tlv::iter(outer.value).map_while(Result::ok);
        let (Some(signed), Some(algorithm), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(malformed());
        };
        let [0, signature @ ..] = signature.value else { return Err(malformed()) };
        let hash = match tlv::find(algorithm.value, 0x06).ok().flatten().map(|oid| oid.value) {
            Some(SHA1_WITH_RSA) => Hash::Sha1,
            Some(SHA256_WITH_RSA) => Hash::Sha256,
            _ => return Err(malformed()),
        };
        let certificate = X509::from_der(der).map_err(|_| malformed())?;
        Ok(Self { file, certificate, signed: signed.whole, hash, signature })
    }

    fn is_second_generation(&self) -> Result<bool, Error> {
        let mut units = self.certificate.issuer_name().entries_by_nid(Nid::ORGANIZATIONALUNITNAME);
        Ok(units.any(|unit| {
            unit.data().as_slice().windows(SECOND_GENERATION.len()).any(|window| window == SECOND_GENERATION)
        }))
    }

    fn verify(&self, exponent: &[u8], modulus: &[u8]) -> Result<(), Error> {
        if rsa::verifies(self.signed, self.signature, self.hash, exponent, modulus)? {
            Ok(())
        } else {
            Err(Untrusted::FalseSignature { file: self.file }.into())
        }
    }

    /// Exponent and modulus; the layer knows RSA-1024 alone.
    fn key(&self) -> Result<(Vec<u8>, Vec<u8>), Error> {
        let malformed = |_| Untrusted::Malformed { file: self.file };
        let key = self.certificate.public_key().and_then(|key| key.rsa()).map_err(malformed)?;
        let (exponent, modulus) = (key.e().to_vec(), key.n().to_vec());
        if modulus.len() != RSA_BYTES
            || key.n().num_bits() != 1024
            || exponent.len() > 4
            || !key.e().is_bit_set(0)
        {
            return Err(Untrusted::Malformed { file: self.file }.into());
        }
        // An exponent of one would make every signature its own message.
        if exponent == [1] {
            return Err(Untrusted::Malformed { file: self.file }.into());
        }
        Ok((exponent, modulus))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use openssl::{
        asn1::Asn1Time,
        bn::BigNum,
        hash::MessageDigest,
        pkey::{PKey, Private},
        rsa::Rsa,
        x509::{X509Builder, X509NameBuilder},
    };

    use super::*;

    struct Issued {
        der: Vec<u8>,
        key: PKey<Private>,
    }

    fn issue(bits: u32, issuer_unit: &str, issuer: &PKey<Private>, digest: MessageDigest) -> Issued {
        let key = PKey::from_rsa(Rsa::generate(bits).unwrap()).unwrap();
        let name = |unit: &str| {
            let mut name = X509NameBuilder::new().unwrap();
            name.append_entry_by_nid(Nid::ORGANIZATIONALUNITNAME, unit).unwrap();
            name.build()
        };
        let mut builder = X509Builder::new().unwrap();
        builder.set_issuer_name(&name(issuer_unit)).unwrap();
        builder.set_subject_name(&name("component")).unwrap();
        builder.set_serial_number(&BigNum::from_u32(7).unwrap().to_asn1_integer().unwrap()).unwrap();
        builder.set_not_before(&Asn1Time::from_unix(0).unwrap()).unwrap();
        builder.set_not_after(&Asn1Time::from_unix(1).unwrap()).unwrap();
        builder.set_pubkey(&key).unwrap();
        builder.sign(issuer, digest).unwrap();
        Issued { der: builder.build().to_der().unwrap(), key }
    }

    fn root() -> (PKey<Private>, CardAnchors) {
        let key = Rsa::generate(1024).unwrap();
        let anchors = CardAnchors::with_replaced_component_root(&key.n().to_vec());
        (PKey::from_rsa(key).unwrap(), anchors)
    }

    #[test]
    fn a_chain_under_the_root_is_trusted_with_either_hash() {
        let (root, anchors) = root();
        for (digest, unit, modulus) in [
            (MessageDigest::sha1(), "AC RAIZ COMPONENTES", R1.root_modulus),
            (MessageDigest::sha256(), "AC RAIZ COMPONENTES 2", R2.root_modulus),
        ] {
            let authority = issue(1024, unit, &root, digest);
            let card = issue(1024, "AC COMPONENTES", &authority.key, digest);
            let components = verify_chain(&authority.der, &card.der, &anchors).unwrap();
            assert_eq!(components.keys.root_modulus, modulus);
            assert_eq!(components.modulus, card.key.rsa().unwrap().n().to_vec());
        }
    }

    #[test]
    fn the_published_roots_trust_nobody_else() {
        let (root, replaced) = root();
        let authority = issue(1024, "AC RAIZ COMPONENTES 2", &root, MessageDigest::sha1());
        let card = issue(1024, "AC COMPONENTES", &authority.key, MessageDigest::sha1());
        let error = verify_chain(&authority.der, &card.der, &CardAnchors::official()).err().unwrap();
        assert_eq!(error.code(), "card.untrusted");
        assert!(replaced.is_replaced() && !CardAnchors::official().is_replaced());
    }

    #[test]
    fn each_broken_link_is_named() {
        let (root, anchors) = root();
        let authority = issue(1024, "AC RAIZ COMPONENTES 2", &root, MessageDigest::sha1());
        let card = issue(1024, "AC COMPONENTES", &authority.key, MessageDigest::sha1());
        let stranger = issue(1024, "AC COMPONENTES", &root, MessageDigest::sha1());
        let large = issue(2048, "AC COMPONENTES", &authority.key, MessageDigest::sha1());
        let untrusted = |authority: &[u8], card: &[u8]| match verify_chain(authority, card, &anchors) {
            Err(Error::Untrusted(reason)) => reason,
            _ => panic!("trusted"),
        };
        assert_eq!(untrusted(&authority.der, &stranger.der), Untrusted::FalseSignature { file: CARD_FILE });
        assert_eq!(untrusted(&card.der, &card.der), Untrusted::FalseSignature { file: AUTHORITY_FILE });
        assert_eq!(untrusted(&authority.der, &large.der), Untrusted::Malformed { file: CARD_FILE });
        assert_eq!(untrusted(&authority.der, &[0x30, 0]), Untrusted::Malformed { file: CARD_FILE });
        let mut changed = card.der.clone();
        let middle = changed.len() / 2;
        changed[middle] ^= 1;
        assert!(verify_chain(&authority.der, &changed, &anchors).is_err());
    }

    #[test]
    fn a_root_may_be_given_with_leading_zeros() {
        let (plain, padded) = ([&[0x80_u8][..], &[1; 127]].concat(), [&[0, 0x80][..], &[1; 127]].concat());
        assert_eq!(
            CardAnchors::with_replaced_component_root(&plain),
            CardAnchors::with_replaced_component_root(&padded)
        );
    }
}
