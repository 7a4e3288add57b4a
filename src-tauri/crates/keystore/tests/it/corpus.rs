//! Malformed files, committed: each is refused for the reason that its name begins with.
//!
//! Those that are made here can be made again: `FINESTRETA_CORPUS=write` in the environment writes them. What was
//! found otherwise is added by hand, under the code that it has to have.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use testkit::p12::tlv;

use super::*;

/// 1.2.840.113549.1.
const PKCS: [u8; 7] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01];

fn oid(tail: &[u8]) -> Vec<u8> {
    tlv(0x06, &[&PKCS, tail].concat())
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// As long as any, so that one file differs from another in its value alone.
fn number(value: u32) -> Vec<u8> {
    tlv(0x02, &[&[0][..], &value.to_be_bytes()].concat())
}

fn octets(value: &[u8]) -> Vec<u8> {
    tlv(0x04, value)
}

/// A content type with its content.
fn info(kind: &[u8], content: &[u8]) -> Vec<u8> {
    sequence(&[oid(kind), tlv(0xA0, content)])
}

fn data(content: &[u8]) -> Vec<u8> {
    info(&[7, 1], &octets(content))
}

fn pfx(safes: &[Vec<u8>], rest: &[Vec<u8>]) -> Vec<u8> {
    let parts = [&[tlv(0x02, &[3]), data(&sequence(safes))][..], rest].concat();
    sequence(&parts)
}

fn pbe(kind: &[u8], iterations: u32) -> Vec<u8> {
    sequence(&[oid(kind), sequence(&[octets(b"saltsalt"), number(iterations)])])
}

/// PBKDF2, and a derivation that is not supported.
const PBKDF2: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
const SCRYPT: [u8; 9] = [0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x04, 0x0b];

fn pbes2(kdf: &[u8], iterations: u32, iv: &[u8]) -> Vec<u8> {
    let aes = tlv(0x06, &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a]);
    let kdf = sequence(&[tlv(0x06, kdf), sequence(&[octets(b"saltsalt"), number(iterations)])]);
    sequence(&[oid(&[5, 13]), sequence(&[kdf, sequence(&[aes, octets(iv)])])])
}

fn encrypted(scheme: Vec<u8>) -> Vec<u8> {
    let content = sequence(&[oid(&[7, 1]), scheme, tlv(0x80, &[7; 32])]);
    info(&[7, 6], &sequence(&[tlv(0x02, &[0]), content]))
}

fn seal(algorithm: Vec<u8>, iterations: u32) -> Vec<u8> {
    sequence(&[sequence(&[algorithm, octets(&[7; 20])]), octets(b"saltsalt"), number(iterations)])
}

fn sha1() -> Vec<u8> {
    sequence(&[tlv(0x06, &[0x2b, 0x0e, 0x03, 0x02, 0x1a]), tlv(0x05, &[])])
}

/// Many safes' contents in one another.
fn nested(levels: usize) -> Vec<u8> {
    (0..levels)
        .fold(sequence(&[]), |inner, _| sequence(&[sequence(&[oid(&[12, 10, 1, 6]), tlv(0xA0, &inner)])]))
}

fn cases() -> BTreeMap<&'static str, Vec<u8>> {
    let most = u32::MAX;
    let md5 = tlv(0x06, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05]);
    let million_rounds_each = vec![encrypted(pbe(&[12, 1, 3], 1_000_000)); 8];
    BTreeMap::from([
        ("keystore.not-pkcs12--empty", vec![]),
        ("keystore.not-pkcs12--text", b"-----BEGIN CERTIFICATE-----\n".to_vec()),
        ("keystore.not-pkcs12--certificate", sequence(&[sequence(&[number(1)])])),
        ("keystore.not-pkcs12--version", sequence(&[tlv(0x02, &[2]), data(&[])])),
        ("keystore.costly--seal", pfx(&[], &[seal(sha1(), 0x8000_0000)])),
        ("keystore.costly--triple-des", pfx(&[encrypted(pbe(&[12, 1, 3], most))], &[])),
        ("keystore.costly--pbkdf2", pfx(&[encrypted(pbes2(&PBKDF2, most, &[0; 16]))], &[])),
        ("keystore.costly--many-parts", pfx(&million_rounds_each, &[])),
        ("keystore.costly--shrouded-key", {
            let shrouded = sequence(&[pbe(&[12, 1, 3], most), octets(&[7; 32])]);
            let bag = sequence(&[oid(&[12, 10, 1, 2]), tlv(0xA0, &shrouded)]);
            pfx(&[data(&sequence(&[bag]))], &[])
        }),
        ("keystore.unsupported--rc4", pfx(&[encrypted(pbe(&[12, 1, 1], 1))], &[])),
        ("keystore.unsupported--scrypt", pfx(&[encrypted(pbes2(&SCRYPT, 1, &[0; 16]))], &[])),
        ("keystore.unsupported--public-key-seal", sequence(&[tlv(0x02, &[3]), info(&[7, 2], &[])])),
        ("keystore.unsupported--public-key-privacy", pfx(&[info(&[7, 3], &sequence(&[]))], &[])),
        ("keystore.unsupported--md5-seal", pfx(&[], &[seal(sequence(&[md5]), 1)])),
        ("keystore.no-key--empty", pfx(&[], &[])),
        ("keystore.no-key--empty-entries", pfx(&[data(&sequence(&[]))], &[])),
        ("keystore.wrong-password--seal", pfx(&[], &[seal(sha1(), 1)])),
        ("keystore.wrong-password--noise", pfx(&[encrypted(pbe(&[12, 1, 6], 1))], &[])),
        ("keystore.damaged--vector", pfx(&[encrypted(pbes2(&PBKDF2, 1, &[0; 15]))], &[])),
        ("keystore.damaged--no-iterations", pfx(&[encrypted(pbe(&[12, 1, 3], 0))], &[])),
        ("keystore.damaged--nested", pfx(&[data(&nested(40))], &[])),
        ("keystore.damaged--nested-safes", pfx(&[data(&nested(6))], &[])),
        (
            "keystore.damaged--endless",
            [&[0x30, 0x80, 2, 1, 3, 0x30, 0x80][..], &oid(&[7, 1]), &[0x24, 0x80].repeat(500)].concat(),
        ),
        ("keystore.damaged--many-safes", pfx(&vec![data(&sequence(&[])); 65], &[])),
        ("keystore.damaged--many-entries", {
            let bag = sequence(&[
                oid(&[12, 10, 1, 3]),
                tlv(0xA0, &sequence(&[oid(&[9, 22, 1]), tlv(0xA0, &octets(&[]))])),
            ]);
            pfx(&[data(&sequence(&vec![bag; 300]))], &[])
        }),
        ("keystore.damaged--private-key", {
            let bag = sequence(&[oid(&[12, 10, 1, 1]), tlv(0xA0, &sequence(&[number(0)]))]);
            pfx(&[data(&sequence(&[bag]))], &[])
        }),
    ])
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join("corpus")
}

#[test]
fn malformed_files_are_what_their_recipe_makes() {
    let write = std::env::var_os("FINESTRETA_CORPUS").is_some_and(|value| value == "write");
    for (name, bytes) in cases() {
        let path = folder().join(name);
        if write {
            fs::write(&path, &bytes).unwrap();
        }
        assert!(fs::read(&path).is_ok_and(|committed| committed == bytes), "{name}");
    }
}

#[test]
fn malformed_files_are_refused_for_their_reason() {
    let mut seen = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (code, _) = name.split_once("--").expect("the code it has to have, and what it is");
        let error = Keystore::open(&fs::read(&path).unwrap(), &password("contrasenya")).unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error}");
        seen += 1;
    }
    assert!(seen >= cases().len());
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let file = pfx(&[], &[octets(&vec![0; keystore::MAX_FILE])]);
    assert_eq!(Keystore::peek(&file).unwrap_err().code(), "keystore.too-large");
    assert_eq!(Keystore::open(&file, &password("")).unwrap_err().code(), "keystore.too-large");
}

#[test]
fn what_can_be_seen_is_refused_before_a_password_is_asked_for() {
    for name in ["keystore.costly--seal", "keystore.costly--pbkdf2", "keystore.unsupported--rc4"] {
        let error = Keystore::peek(&cases()[name]).unwrap_err();
        assert_eq!(Some(error.code()), name.split("--").next());
    }
    assert_eq!(Keystore::peek(&by_openssl("x", &["-legacy"])).unwrap().rounds, 2048 + 2048 * 2);
}

#[test]
fn an_algorithm_that_is_not_supported_is_named() {
    let error = Keystore::peek(&cases()["keystore.unsupported--rc4"]).unwrap_err();
    assert_eq!(error, Error::Unsupported { oid: "1.2.840.113549.1.12.1.1".into() });
}

/// Every input that fuzzing began with or found, once more: whole, and as far as a copy may have come.
#[test]
fn what_fuzzing_has_seen_is_survived() {
    let fuzzed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/pkcs12");
    let inputs: Vec<PathBuf> = fs::read_dir(fuzzed).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut opened = 0;
    for input in &inputs {
        let bytes = fs::read(input).unwrap();
        for end in (0..=bytes.len()).rev().step_by(7) {
            keystore::fuzzing::pkcs12(&bytes[..end]);
        }
        opened += usize::from(Keystore::open(&bytes, &password(keystore::fuzzing::PASSWORD)).is_ok());
    }
    // Without files that open, fuzzing would begin at the gate and stay there.
    assert!(opened >= 6, "{opened} of {} open", inputs.len());
}
