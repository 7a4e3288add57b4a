//! Passive authentication (ICAO 9303-11, 5.1): signature, path, hashes.

use std::time::{SystemTime, UNIX_EPOCH};

use der::{Encode, asn1::ObjectIdentifier};
use openssl::{
    error::ErrorStack,
    hash::{MessageDigest, hash},
    memcmp,
    rsa::Padding,
    sign::{RsaPssSaltlen, Verifier},
    stack::Stack,
    x509::{
        X509, X509StoreContext,
        store::X509StoreBuilder,
        verify::{X509VerifyFlags, X509VerifyParam},
    },
};
use x509_cert::{
    Certificate,
    ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage},
};

use super::{
    CscaAnchors, DataGroup,
    fault::{LdsFault, Signed},
    security::{SecurityObject, strong_hash},
};

/// OpenSSL's security level 2: at least 112 bits along the path, so RSA-2048 and SHA-224.
const AUTH_LEVEL: i32 = 2;

/// A country's authority, and one link certificate to its next key.
const MAX_DEPTH: i32 = 2;

/// OpenSSL's code for a certificate of another use.
const INVALID_PURPOSE: i32 = 26;

/// How a signature is made.
struct Scheme {
    digest: MessageDigest,
    is_pss: bool,
}

/// Checks everything and gives the document signer's certificate.
pub(super) fn check(
    file: &[u8],
    groups: &[(DataGroup, Vec<u8>)],
    anchors: &CscaAnchors,
    at: SystemTime,
) -> Result<Vec<u8>, LdsFault> {
    let security = SecurityObject::parse(file)?;
    let malformed = |_| LdsFault::Malformed { what: "the document signer", offset: 0 };
    let der = security.signer.to_der().map_err(malformed)?;
    let signer =
        X509::from_der(&der).map_err(|_| LdsFault::Malformed { what: "the document signer", offset: 0 })?;
    // The path first: what a stranger signed is not worth judging.
    check_path(&signer, anchors, at)?;
    check_use(&security.signer)?;
    check_signature(&security, &signer)?;
    for (group, bytes) in groups {
        let number = group.number();
        let listed = security.hash_of(number).ok_or(LdsFault::NotListed { group: number })?;
        let found = hash(security.hash, bytes).map_err(unchecked("a hash"))?;
        if listed.len() != found.len() || !memcmp::eq(listed, &found) {
            return Err(LdsFault::HashMismatch { group: number });
        }
    }
    Ok(der)
}

fn unchecked(what: &'static str) -> impl Fn(ErrorStack) -> LdsFault {
    move |_| LdsFault::Unchecked { what }
}

fn check_signature(security: &SecurityObject, signer: &X509) -> Result<(), LdsFault> {
    let unsupported = LdsFault::Unsupported { what: "EF.SOD" };
    let scheme = scheme(security).ok_or(unsupported)?;
    let bad = LdsFault::BadSignature { of: Signed::SecurityObject };
    let found = hash(scheme.digest, &security.content).map_err(unchecked("a hash"))?;
    if security.digest.len() != found.len() || !memcmp::eq(&security.digest, &found) {
        return Err(bad);
    }
    let key = signer.public_key().map_err(|_| unsupported)?;
    let verify = || -> Result<bool, ErrorStack> {
        let mut verifier = Verifier::new(scheme.digest, &key)?;
        if scheme.is_pss {
            verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
            // Whatever length the salt has.
            verifier.set_rsa_pss_saltlen(RsaPssSaltlen::custom(-2))?;
        }
        verifier.verify_oneshot(&security.signature, &security.attributes)
    };
    // A signature that cannot even be opened is as false as one that opens to something else.
    if verify().unwrap_or(false) { Ok(()) } else { Err(bad) }
}

/// The digest and the padding, by the signature's algorithm and the signer's digest, which must not disagree.
fn scheme(security: &SecurityObject) -> Option<Scheme> {
    const fn oid(text: &str) -> ObjectIdentifier {
        ObjectIdentifier::new_unwrap(text)
    }
    /// rsaEncryption and RSASSA-PSS (RFC 8017): the digest stands apart.
    const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
    const PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
    /// Algorithms that name their digest: with RSA (RFC 8017), with ECDSA (RFC 5758).
    const NAMED: [(ObjectIdentifier, ObjectIdentifier); 8] = [
        (oid("1.2.840.113549.1.1.14"), oid("2.16.840.1.101.3.4.2.4")),
        (oid("1.2.840.113549.1.1.11"), oid("2.16.840.1.101.3.4.2.1")),
        (oid("1.2.840.113549.1.1.12"), oid("2.16.840.1.101.3.4.2.2")),
        (oid("1.2.840.113549.1.1.13"), oid("2.16.840.1.101.3.4.2.3")),
        (oid("1.2.840.10045.4.3.1"), oid("2.16.840.1.101.3.4.2.4")),
        (oid("1.2.840.10045.4.3.2"), oid("2.16.840.1.101.3.4.2.1")),
        (oid("1.2.840.10045.4.3.3"), oid("2.16.840.1.101.3.4.2.2")),
        (oid("1.2.840.10045.4.3.4"), oid("2.16.840.1.101.3.4.2.3")),
    ];
    let apart = security.digest_algorithm.oid;
    let algorithm = security.signature_algorithm.oid;
    let agrees = algorithm == RSA || algorithm == PSS || NAMED.contains(&(algorithm, apart));
    let digest = strong_hash(apart).filter(|_| agrees)?;
    Some(Scheme { digest, is_pss: algorithm == PSS })
}

/// A document signer signs, is no authority, and has no extended use of another kind (ICAO 9303-12, 7.1).
fn check_use(signer: &Certificate) -> Result<(), LdsFault> {
    let wrong = LdsFault::Path { openssl: INVALID_PURPOSE };
    let body = &signer.tbs_certificate;
    let signs = match body.get::<KeyUsage>() {
        Ok(Some((_, usage))) => usage.digital_signature(),
        Ok(None) => false,
        Err(_) => return Err(wrong),
    };
    let is_authority = match body.get::<BasicConstraints>() {
        Ok(constraints) => constraints.is_some_and(|(_, constraints)| constraints.ca),
        Err(_) => return Err(wrong),
    };
    let has_other_use = !matches!(body.get::<ExtendedKeyUsage>(), Ok(None));
    if signs && !is_authority && !has_other_use { Ok(()) } else { Err(wrong) }
}

/// The document signer's path to an anchor at a moment (RFC 5280, 6).
fn check_path(signer: &X509, anchors: &CscaAnchors, at: SystemTime) -> Result<(), LdsFault> {
    let seconds = match at.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
    };
    match walk(signer, anchors, seconds).map_err(unchecked("a path"))? {
        0 => Ok(()),
        // Cannot decrypt a signature, cannot read the issuer's key, signature failure.
        4 | 6 | 7 => Err(LdsFault::BadSignature { of: Signed::Signer }),
        // Not yet valid, expired, and dates that cannot be read.
        9 | 10 | 13 | 14 => Err(LdsFault::OutOfPeriod),
        // No issuer at hand, a self-signed stranger, rejected or not trusted.
        2 | 18..=21 | 27 | 28 => Err(LdsFault::NoAnchor),
        openssl => Err(LdsFault::Path { openssl }),
    }
}

fn walk(signer: &X509, anchors: &CscaAnchors, seconds: i64) -> Result<i32, ErrorStack> {
    let mut store = X509StoreBuilder::new()?;
    for anchor in anchors.certificates() {
        store.add_cert(anchor.clone())?;
    }
    let mut param = X509VerifyParam::new()?;
    param.set_depth(MAX_DEPTH);
    param.set_auth_level(AUTH_LEVEL);
    param.set_time(seconds);
    // An anchor ends the path even when it is a link certificate.
    param.set_flags(X509VerifyFlags::PARTIAL_CHAIN)?;
    store.set_param(&param)?;
    let untrusted = Stack::<X509>::new()?;
    X509StoreContext::new()?.init(&store.build(), signer, &untrusted, |context| {
        let arrived = context.verify_cert()?;
        let error = context.error().as_raw();
        Ok(if arrived { 0 } else { error.max(1) })
    })
}
