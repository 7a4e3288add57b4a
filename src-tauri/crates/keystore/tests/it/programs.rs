//! What other programs write is read, and signs.

use super::*;

#[test]
fn what_openssl_writes_signs() {
    let ways: [(&str, &[&str]); 12] = [
        ("today", &[]),
        ("as browsers and Windows wrote: RC2-40 and Triple DES", &["-legacy"]),
        ("Triple DES for both", &["-legacy", "-descert"]),
        ("RC2-128", &["-legacy", "-certpbe", "PBE-SHA1-RC2-128", "-keypbe", "PBE-SHA1-RC2-128"]),
        ("RC2-40 for the key too", &["-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-RC2-40"]),
        ("Triple DES of two keys", &["-legacy", "-certpbe", "PBE-SHA1-2DES", "-keypbe", "PBE-SHA1-2DES"]),
        ("seal with SHA-1, one round", &["-macalg", "SHA1", "-noiter", "-nomaciter"]),
        ("seal with SHA-512", &["-macalg", "SHA512"]),
        ("AES-128 and AES-192", &["-certpbe", "AES-128-CBC", "-keypbe", "AES-192-CBC"]),
        ("Triple DES by PBES2", &["-certpbe", "DES-EDE3-CBC", "-keypbe", "DES-EDE3-CBC"]),
        ("plain certificates", &["-certpbe", "NONE"]),
        ("plain key too", &["-certpbe", "NONE", "-keypbe", "NONE"]),
    ];
    for (name, options) in ways {
        signs(name, &by_openssl("contrasenya", options), "contrasenya");
    }
}

#[test]
fn what_openssl_writes_without_a_seal_signs() {
    for options in [&["-nomac"][..], &["-nomac", "-legacy"]] {
        let file = by_openssl("contrasenya", options);
        assert!(!Keystore::peek(&file).unwrap().sealed);
        signs("no seal", &file, "contrasenya");
        assert_eq!(Keystore::open(&file, &password("contrasenyA")).unwrap_err(), Error::WrongPassword);
    }
}

#[test]
fn what_nss_writes_signs() {
    let dir = tempfile::tempdir().unwrap();
    let chain = CAST.chain();
    let ways: [(&str, &[&str]); 3] = [
        ("today", &[]),
        (
            "as Firefox wrote",
            &[
                "-c",
                "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
                "-C",
                "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
            ],
        ),
        ("AES", &["-c", "AES-256-CBC", "-C", "AES-128-CBC", "-M", "SHA-256"]),
    ];
    for (name, options) in ways {
        for text in ["contrasenya", "contrasenya d'Ampàro: ñ€"] {
            let file = export(&chain, text).by_nss(dir.path(), options).unwrap();
            signs(&format!("NSS, {name}, {text}"), &file, text);
        }
    }
}

#[test]
fn a_seal_of_the_newest_kind_is_checked() {
    let text = "contrasenya: ñ€";
    let file = testkit::p12::seal_with_pbmac1(&by_openssl(text, &["-nomac"]), text).unwrap();
    assert!(Keystore::peek(&file).unwrap().sealed);
    signs("PBMAC1", &file, text);
    let error = Keystore::open(&file, &password("contrasenya")).unwrap_err();
    assert_eq!(error, Error::WrongPassword);
    let other = testkit::p12::seal_with_pbmac1(&by_openssl(text, &["-nomac"]), "x").unwrap();
    assert_eq!(Keystore::open(&other, &password(text)).unwrap_err().code(), "keystore.damaged");
}
