//! Passive authentication: what the state signed is authentic, and nothing else.
#![allow(clippy::unwrap_used)]

use std::{
    sync::OnceLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use apdu::tlv;
use dnie::lds::{CscaAnchors, DataGroup, Lds, LdsFault, Signed};

use crate::state::{ECDSA_SHA256, Holder, PSS, RSA, Recipe, SHA256, Use, ec, issue, rsa, security_object};

struct World {
    authority: Holder,
    signer: Holder,
    anchors: CscaAnchors,
    mrz: Vec<u8>,
    personal: Vec<u8>,
}

/// Keys take a while to make: once for all tests.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let authority = issue("CSCA", rsa(), Use::Authority, None);
        let signer = issue("DS 1", rsa(), Use::Signer, Some(&authority));
        let anchors = CscaAnchors::from_der([authority.certificate.to_der().unwrap()]).unwrap();
        let zone =
            "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
        World {
            authority,
            signer,
            anchors,
            mrz: tlv::object(0x61, &tlv::object(0x5F1F, zone.as_bytes())),
            personal: tlv::object(0x6B, &tlv::object(0x5F0E, b"ERIKSSON<<ANNA")),
        }
    })
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn lds_by(signer: &Holder, recipe: &Recipe) -> Lds {
    let world = world();
    let security = security_object(signer, &[(1, &world.mrz), (3, b"closed"), (11, &world.personal)], recipe);
    let groups = vec![(DataGroup::Mrz, world.mrz.clone()), (DataGroup::Personal, world.personal.clone())];
    Lds::from_files(Some(security), groups)
}

fn fault(lds: &Lds, anchors: &CscaAnchors) -> LdsFault {
    lds.authenticate(anchors, at(1500)).map(|_| ()).unwrap_err()
}

#[test]
fn what_the_state_signed_is_authentic() {
    let world = world();
    let document = lds_by(&world.signer, &Recipe::default()).authenticate(&world.anchors, at(1500)).unwrap();
    assert_eq!(document.mrz.as_ref().unwrap().support_number, "D23145890");
    assert_eq!(document.personal.as_ref().unwrap().full_name.as_deref(), Some("ERIKSSON, ANNA"));
    assert!(document.portrait.is_none() && document.additional.is_none());
    assert_eq!(document.signer(), world.signer.certificate.to_der().unwrap());
    assert!(!format!("{document:?}").contains("ERIKSSON"));
}

#[test]
fn other_hashes_paddings_and_curves_are_understood() {
    let world = world();
    let curve = issue("DS 2", ec(), Use::Signer, Some(&world.authority));
    for (signer, recipe) in [
        (&world.signer, Recipe { hash: SHA256, ..Recipe::default() }),
        (&world.signer, Recipe { algorithm: RSA, ..Recipe::default() }),
        (&world.signer, Recipe { algorithm: PSS, ..Recipe::default() }),
        (&curve, Recipe { algorithm: ECDSA_SHA256, ..Recipe::default() }),
    ] {
        lds_by(signer, &recipe).authenticate(&world.anchors, at(1500)).unwrap();
    }
}

#[test]
fn a_group_that_was_exchanged_is_named() {
    let world = world();
    let mut lds = lds_by(&world.signer, &Recipe::default());
    let security = lds.security_object().unwrap().to_vec();
    let mut other = world.personal.clone();
    *other.last_mut().unwrap() ^= 0x20;
    lds = Lds::from_files(
        Some(security.clone()),
        vec![(DataGroup::Mrz, world.mrz.clone()), (DataGroup::Personal, other)],
    );
    assert_eq!(fault(&lds, &world.anchors), LdsFault::HashMismatch { group: 11 });
    lds = Lds::from_files(Some(security), vec![(DataGroup::Additional, tlv::object(0x6D, &[]))]);
    assert_eq!(fault(&lds, &world.anchors), LdsFault::NotListed { group: 13 });
}

#[test]
fn without_its_anchor_nothing_is_authentic() {
    let world = world();
    let lds = lds_by(&world.signer, &Recipe::default());
    assert_eq!(fault(&lds, &CscaAnchors::new()), LdsFault::NoAnchor);
    let stranger = issue("CSCA of elsewhere", rsa(), Use::Authority, None);
    let elsewhere = CscaAnchors::from_der([stranger.certificate.to_der().unwrap()]).unwrap();
    assert_eq!(fault(&lds, &elsewhere), LdsFault::NoAnchor);
    // A signer that signed itself is its own stranger.
    let alone = issue("DS 1", rsa(), Use::Signer, None);
    assert_eq!(fault(&lds_by(&alone, &Recipe::default()), &world.anchors), LdsFault::NoAnchor);
}

#[test]
fn an_authority_of_the_same_name_is_not_the_same_authority() {
    let impostor = issue("CSCA", rsa(), Use::Authority, None);
    let signer = issue("DS 1", rsa(), Use::Signer, Some(&impostor));
    let lds = lds_by(&signer, &Recipe::default());
    assert_eq!(fault(&lds, &world().anchors), LdsFault::BadSignature { of: Signed::Signer });
}

#[test]
fn a_false_signature_or_digest_is_told() {
    let world = world();
    let bad = LdsFault::BadSignature { of: Signed::SecurityObject };
    let lds = lds_by(&world.signer, &Recipe { changed_content: true, ..Recipe::default() });
    assert_eq!(fault(&lds, &world.anchors), bad);
    // Signed with another key than the certificate's.
    let forger = Holder { certificate: world.signer.certificate.clone(), key: rsa() };
    assert_eq!(fault(&lds_by(&forger, &Recipe::default()), &world.anchors), bad);
    let curve = Holder { certificate: world.signer.certificate.clone(), key: ec() };
    assert_eq!(
        fault(&lds_by(&curve, &Recipe { algorithm: ECDSA_SHA256, ..Recipe::default() }), &world.anchors),
        bad
    );
}

#[test]
fn the_signer_must_be_one_and_at_that_time() {
    let world = world();
    let lds = lds_by(&world.signer, &Recipe::default());
    for seconds in [999, 2001, 0] {
        let fault = lds.authenticate(&world.anchors, at(seconds)).unwrap_err();
        assert_eq!(fault, LdsFault::OutOfPeriod);
    }
    for kind in [Use::Cipher, Use::Server, Use::Authority] {
        let other = issue("DS 3", rsa(), kind, Some(&world.authority));
        let fault = fault(&lds_by(&other, &Recipe::default()), &world.anchors);
        assert_eq!(fault.code(), "lds.path");
    }
}

#[test]
fn what_is_no_signed_list_is_malformed_or_unsupported() {
    let world = world();
    for (recipe, code) in [
        (Recipe { content_type: SHA256, ..Recipe::default() }, "lds.malformed"),
        (Recipe { without_certificate: true, ..Recipe::default() }, "lds.malformed"),
        (Recipe { hash: RSA, ..Recipe::default() }, "lds.unsupported"),
        (Recipe { digest: crate::state::SHA1, ..Recipe::default() }, "lds.unsupported"),
        (Recipe { algorithm: SHA256, ..Recipe::default() }, "lds.unsupported"),
    ] {
        assert_eq!(fault(&lds_by(&world.signer, &recipe), &world.anchors).code(), code);
    }
    let good = lds_by(&world.signer, &Recipe::default()).security_object().unwrap().to_vec();
    let cut = Lds::from_files(Some(good[..good.len() - 1].to_vec()), Vec::new());
    assert_eq!(fault(&cut, &world.anchors).code(), "lds.malformed");
    assert!(CscaAnchors::from_der([b"no certificate"]).is_err());
}

#[test]
fn no_flipped_bit_of_the_signed_list_passes() {
    let world = world();
    let lds = lds_by(&world.signer, &Recipe::default());
    let good = lds.security_object().unwrap();
    let groups = vec![(DataGroup::Mrz, world.mrz.clone()), (DataGroup::Personal, world.personal.clone())];
    // The list of hashes is the last such string but the digest and the signature: find it by its first hash.
    let first = openssl::sha::sha1(&world.mrz);
    let start = good.windows(first.len()).position(|window| window == first).unwrap();
    for position in start..start + 3 * (first.len() + 7) - 7 {
        let mut changed = good.to_vec();
        changed[position] ^= 0x04;
        let changed = Lds::from_files(Some(changed), groups.clone());
        assert!(changed.authenticate(&world.anchors, at(1500)).is_err(), "at {position}");
    }
}

#[test]
fn what_another_program_signed_is_authentic_too() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let file = |name: &str| std::fs::read(tests.join(name)).unwrap();
    let anchors = CscaAnchors::from_der([file("fixtures/csca.der")]).unwrap();
    let groups =
        vec![(DataGroup::Mrz, file("corpus/dg1/specimen")), (DataGroup::Personal, file("corpus/dg11/whole"))];
    for name in ["by-another-program", "by-key-identifier"] {
        let lds = Lds::from_files(Some(file(&format!("corpus/sod/{name}"))), groups.clone());
        // The first day of 2027.
        let document = lds.authenticate(&anchors, at(1_798_761_600)).unwrap();
        assert_eq!(document.personal.as_ref().unwrap().personal_number.as_deref(), Some("99999002Q"));
    }
}
