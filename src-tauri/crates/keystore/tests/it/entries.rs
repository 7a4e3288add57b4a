//! Which key, which certificate, which chain.

use openssl::asn1::Asn1Time;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::x509::{X509Builder, X509NameBuilder};
use testkit::p12::merge;

use super::*;

#[test]
fn the_certificates_above_come_in_their_order_whatever_the_files() {
    let [root, sub] = CAST.chain();
    let dir = tempfile::tempdir().unwrap();
    let other = CAST.batiste.certificate.clone();
    let orders = [
        vec![root.clone(), sub.clone()],
        vec![sub.clone(), root.clone()],
        vec![root.clone(), other, sub.clone()],
    ];
    for chain in orders {
        let file = export(&chain, "x").by_openssl(dir.path(), &[]).unwrap();
        let keystore = Keystore::open(&file, &password("x")).unwrap();
        let [identity] = keystore.identities() else { panic!("one key, one identity") };
        assert_eq!(identity.chain(), [sub.clone(), root.clone()]);
    }
    let file = export(&[], "x").by_openssl(dir.path(), &[]).unwrap();
    assert_eq!(Keystore::open(&file, &password("x")).unwrap().identities()[0].chain(), []);
}

#[test]
fn each_of_several_keys_is_an_identity() {
    let dir = tempfile::tempdir().unwrap();
    let alone = |identity, name| {
        let made = Export { identity: Some(identity), chain: &[], name, password: "contrasenya" };
        made.by_openssl(dir.path(), &["-nomac"]).unwrap()
    };
    let file = merge(&[alone(&CAST.amparo, "amparo"), alone(&CAST.batiste, "batiste")]).unwrap();
    let open = || Keystore::open(&file, &password("contrasenya")).unwrap();
    let listed = open();
    let mut names: Vec<_> = listed.identities().iter().map(|identity| identity.name().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["amparo", "batiste"]);
    for identity in [&CAST.amparo, &CAST.batiste] {
        let signer = open().into_signer(&identity.certificate).unwrap();
        assert_eq!(signing::Signer::certificate(&signer), &identity.certificate);
    }
    let stranger = open().into_signer(CAST.authorities.citizen_root());
    assert_eq!(stranger.unwrap_err(), Error::NoKey);
}

#[test]
fn certificates_without_a_key_are_no_identity() {
    let dir = tempfile::tempdir().unwrap();
    let chain = CAST.chain();
    let alone = Export { identity: None, ..export(&chain, "x") };
    let file = alone.by_openssl(dir.path(), &[]).unwrap();
    assert_eq!(Keystore::open(&file, &password("x")).unwrap_err(), Error::NoKey);
}

#[test]
fn a_key_without_its_certificate_is_no_identity() {
    let file = by_openssl("x", &["-nocerts"]);
    assert_eq!(Keystore::open(&file, &password("x")).unwrap_err(), Error::NoKey);
}

#[test]
fn a_key_on_a_curve_is_of_another_kind() {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_text("CN", "corba").unwrap();
    let name = name.build();
    let mut builder = X509Builder::new().unwrap();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_pubkey(&key).unwrap();
    let (since, until) =
        (Asn1Time::from_unix(1_700_000_000).unwrap(), Asn1Time::from_unix(1_900_000_000).unwrap());
    builder.set_not_before(&since).unwrap();
    builder.set_not_after(&until).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    let certificate = Certificate::from_der(&builder.build().to_der().unwrap()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let identity = Identity { certificate, key };
    let made = Export { identity: Some(&identity), chain: &[], name: "corba", password: "x" };
    let file = made.by_openssl(dir.path(), &[]).unwrap();
    assert_eq!(Keystore::open(&file, &password("x")).unwrap_err(), Error::KeyKind);
}

#[test]
fn keys_from_two_to_four_thousand_bits_sign() {
    for bits in [3072, 4096] {
        let profile = CitizenProfile { rsa_bits: bits, ..CitizenProfile::of(Purpose::Signature) };
        let holder = Holder {
            nif: "99999004H".into(),
            given_name: "VICENTA".into(),
            surname1: "LLOP".into(),
            surname2: None,
        };
        let (since, until) =
            ("2025-01-01T00:00:00Z".parse().unwrap(), "2029-01-01T00:00:00Z".parse().unwrap());
        let (certificate, key) = CAST.authorities.citizen_with(&holder, &profile, since, until).unwrap();
        let identity = Identity { certificate, key };
        let dir = tempfile::tempdir().unwrap();
        let made = Export { identity: Some(&identity), chain: &[], name: "llop", password: "x" };
        let file = made.by_openssl(dir.path(), &[]).unwrap();
        let mut signer =
            Keystore::open(&file, &password("x")).unwrap().into_signer(&identity.certificate).unwrap();
        let value = signing::Signer::sign(&mut signer, &signing::Digest::of(b"document")).unwrap();
        assert_eq!(value.len() * 8, usize::try_from(bits).unwrap());
    }
}

#[test]
fn a_key_and_the_certificate_of_another_are_not_joined() {
    let dir = tempfile::tempdir().unwrap();
    let made = |identity, option| {
        let made = Export { identity: Some(identity), chain: &[], name: "x", password: "x" };
        made.by_openssl(dir.path(), &["-nomac", option]).unwrap()
    };
    let other = [CAST.amparo.certificate.clone()];
    let certificate = Export { identity: None, chain: &other, name: "x", password: "x" };
    let certificate = certificate.by_openssl(dir.path(), &["-nomac"]).unwrap();
    let file = merge(&[made(&CAST.batiste, "-nocerts"), certificate.clone()]).unwrap();
    assert_eq!(Keystore::open(&file, &password("x")).unwrap_err(), Error::NoKey);

    // In a file of several certificates the public key decides, whatever their order.
    let file = merge(&[certificate, made(&CAST.batiste, "-legacy")]).unwrap();
    let keystore = Keystore::open(&file, &password("x")).unwrap();
    let [identity] = keystore.identities() else { panic!("one key, one identity") };
    assert_eq!(identity.certificate(), &CAST.batiste.certificate);
}
