//! Decisions over certificates made on the spot: each refusal by the one fault it is about.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::LazyLock;

use jiff::Timestamp;
use testkit::pki::{Algorithm, Authorities, CitizenProfile, Purpose, Usage};
use trust::{Anchors, Certificate, Context, Holder, Policy, Refusal, Use, Verified, Weakness, verify};

mod properties;

static AUTHORITIES: LazyLock<Authorities> = LazyLock::new(|| Authorities::generate(now()).unwrap());

fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn amparo() -> Holder {
    Holder {
        nif: "99999002Q".into(),
        given_name: "AMPARO".into(),
        surname1: "MARTÍ".into(),
        surname2: Some("SOLER".into()),
    }
}

fn issue(profile: &CitizenProfile) -> Certificate {
    issue_to(&amparo(), profile)
}

fn issue_to(who: &Holder, profile: &CitizenProfile) -> Certificate {
    AUTHORITIES.citizen_with(who, profile, at("2025-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")).unwrap().0
}

fn check(leaf: &Certificate, policy: Policy, now: Timestamp) -> Result<Verified, Refusal> {
    let intermediates = [AUTHORITIES.citizen_sub().certificate.clone()];
    verify(
        leaf,
        &Context { anchors: &AUTHORITIES.anchors_citizen(), intermediates: &intermediates },
        now,
        policy,
    )
}

#[test]
fn a_genuine_card_is_verified_and_names_its_holder() {
    for (purpose, policy) in [
        (Purpose::Authentication, Policy::DnieAuthentication),
        (Purpose::Signature, Policy::DnieSignature),
        (Purpose::Signature, Policy::CitizenSignature),
    ] {
        let leaf = issue(&CitizenProfile::of(purpose));
        let verified = check(&leaf, policy, now()).unwrap();
        assert_eq!(verified.holder(), Some(&amparo()));
        assert_eq!(verified.leaf(), &leaf);
        assert_eq!(verified.chain().len(), 3);
        assert_eq!(verified.chain().last(), Some(AUTHORITIES.citizen_root()));
    }
}

#[test]
fn holders_with_one_surname_and_prefixed_numbers_are_read() {
    let mut single = amparo();
    single.surname2 = None;
    single.nif = "X1234567L".into();
    let profile = CitizenProfile { number_prefix: "IDCES-".into(), ..CitizenProfile::of(Purpose::Signature) };
    let verified = check(&issue_to(&single, &profile), Policy::DnieSignature, now()).unwrap();
    assert_eq!(verified.holder(), Some(&single));
}

#[test]
fn a_wrong_check_letter_is_not_a_person() {
    let mut wrong = amparo();
    wrong.nif = "99999002A".into();
    let leaf = issue_to(&wrong, &CitizenProfile::of(Purpose::Signature));
    let refusal = check(&leaf, Policy::DnieSignature, now()).unwrap_err();
    assert_eq!(refusal, Refusal::NotAPerson { what: "serialNumber" });
    assert!(!refusal.to_string().contains("99999002"));
}

#[test]
fn the_two_certificates_of_a_card_are_not_interchangeable() {
    let authentication = issue(&CitizenProfile::of(Purpose::Authentication));
    let signature = issue(&CitizenProfile::of(Purpose::Signature));
    let usage = Refusal::WrongUse(Use::KeyUsage);
    assert_eq!(check(&authentication, Policy::DnieSignature, now()).unwrap_err(), usage);
    assert_eq!(check(&authentication, Policy::CitizenSignature, now()).unwrap_err(), usage);
    assert_eq!(check(&signature, Policy::DnieAuthentication, now()).unwrap_err(), usage);
}

#[test]
fn each_missing_part_of_the_profile_is_told() {
    let good = CitizenProfile::of(Purpose::Signature);
    let cases = [
        (CitizenProfile { usage: Usage::Absent, ..good.clone() }, Use::KeyUsage),
        (CitizenProfile { usage: Usage::Both, ..good.clone() }, Use::KeyUsage),
        (CitizenProfile { policy: None, ..good.clone() }, Use::Policy),
        (CitizenProfile { policy: Some("2.16.724.1.2.2.2.4".into()), ..good.clone() }, Use::Policy),
        (CitizenProfile { policy: Some("2.16.724.1.2.2.2.33".into()), ..good.clone() }, Use::Policy),
        (CitizenProfile { qualified: false, ..good.clone() }, Use::NotQualified),
        (CitizenProfile { device: false, ..good.clone() }, Use::NoDevice),
    ];
    for (profile, expected) in cases {
        let refusal = check(&issue(&profile), Policy::DnieSignature, now()).unwrap_err();
        assert_eq!(refusal, Refusal::WrongUse(expected), "{profile:?}");
    }
}

#[test]
fn newer_policies_with_version_arcs_are_accepted() {
    let profile = CitizenProfile {
        policy: Some("2.16.724.1.2.2.2.3.1.2".into()),
        ..CitizenProfile::of(Purpose::Signature)
    };
    assert!(check(&issue(&profile), Policy::DnieSignature, now()).is_ok());
}

#[test]
fn weak_keys_and_digests_are_refused() {
    let good = CitizenProfile::of(Purpose::Signature);
    let short = issue(&CitizenProfile { rsa_bits: 1024, ..good.clone() });
    let refusal = check(&short, Policy::DnieSignature, now()).unwrap_err();
    assert_eq!(refusal, Refusal::WeakKey(Weakness::Key));
    let old = issue(&CitizenProfile { algorithm: Algorithm::Sha1, ..good });
    let refusal = check(&old, Policy::DnieSignature, now()).unwrap_err();
    assert_eq!(refusal, Refusal::WeakKey(Weakness::Digest));
}

#[test]
fn dates_are_judged_at_the_given_moment() {
    let leaf = issue(&CitizenProfile::of(Purpose::Signature));
    let late = check(&leaf, Policy::DnieSignature, at("2027-01-01T00:00:01Z")).unwrap_err();
    assert_eq!(late, Refusal::Expired { not_after: at("2027-01-01T00:00:00Z") });
    let early = check(&leaf, Policy::DnieSignature, at("2024-12-31T23:59:59Z")).unwrap_err();
    assert_eq!(early, Refusal::NotYetValid { not_before: at("2025-01-01T00:00:00Z") });
    for edge in ["2025-01-01T00:00:00Z", "2026-12-31T23:59:59Z"] {
        assert!(check(&leaf, Policy::DnieSignature, at(edge)).is_ok(), "{edge}");
    }
}

#[test]
fn an_expired_authority_is_told_apart_from_an_expired_card() {
    let leaf = AUTHORITIES
        .citizen(&amparo(), Purpose::Signature, at("2025-01-01T00:00:00Z"), at("2090-01-01T00:00:00Z"))
        .unwrap()
        .0;
    let refusal = check(&leaf, Policy::DnieSignature, at("2089-01-01T00:00:00Z")).unwrap_err();
    assert_eq!(refusal, Refusal::IssuerOutOfPeriod);
}

#[test]
fn the_cause_that_would_remain_wins() {
    let late = at("2030-01-01T00:00:00Z");
    let stranger = Authorities::generate(now()).unwrap();
    let foreign = stranger
        .citizen(&amparo(), Purpose::Signature, at("2025-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))
        .unwrap()
        .0;
    // Untrusted and expired: renewing it would not help.
    assert_eq!(check(&foreign, Policy::DnieSignature, late).unwrap_err(), Refusal::UntrustedIssuer);
    assert_eq!(check(&foreign, Policy::DnieSignature, now()).unwrap_err(), Refusal::UntrustedIssuer);
    // Wrong use and expired: nor would it here.
    let authentication = issue(&CitizenProfile::of(Purpose::Authentication));
    let refusal = check(&authentication, Policy::DnieSignature, late).unwrap_err();
    assert_eq!(refusal, Refusal::WrongUse(Use::KeyUsage));
}

#[test]
fn a_strangers_chain_does_not_help_even_when_complete() {
    let stranger = Authorities::generate(now()).unwrap();
    let leaf = stranger
        .citizen(&amparo(), Purpose::Signature, at("2025-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"))
        .unwrap()
        .0;
    let intermediates = [stranger.citizen_sub().certificate.clone(), stranger.citizen_root().clone()];
    let anchors = AUTHORITIES.anchors_citizen();
    let ctx = Context { anchors: &anchors, intermediates: &intermediates };
    assert_eq!(verify(&leaf, &ctx, now(), Policy::DnieSignature).unwrap_err(), Refusal::UntrustedIssuer);
    let nothing = Anchors::default();
    let ctx = Context { anchors: &nothing, intermediates: &intermediates };
    assert_eq!(verify(&leaf, &ctx, now(), Policy::DnieSignature).unwrap_err(), Refusal::UntrustedIssuer);
}

#[test]
fn a_changed_certificate_is_forged() {
    let leaf = issue(&CitizenProfile::of(Purpose::Signature));
    let mut der = leaf.der().to_vec();
    *der.last_mut().unwrap() ^= 1;
    let changed = Certificate::from_der(&der).unwrap();
    assert_eq!(check(&changed, Policy::DnieSignature, now()).unwrap_err(), Refusal::BadSignature);
}

#[test]
fn without_its_intermediate_a_path_is_missing_and_an_intermediate_may_be_an_anchor() {
    let leaf = issue(&CitizenProfile::of(Purpose::Signature));
    let root = AUTHORITIES.anchors_citizen();
    let ctx = Context { anchors: &root, intermediates: &[] };
    assert_eq!(verify(&leaf, &ctx, now(), Policy::DnieSignature).unwrap_err(), Refusal::UntrustedIssuer);
    let listed = Anchors::new(vec![AUTHORITIES.citizen_sub().certificate.clone()]);
    let ctx = Context { anchors: &listed, intermediates: &[] };
    assert_eq!(verify(&leaf, &ctx, now(), Policy::DnieSignature).unwrap().chain().len(), 2);
}

#[test]
fn an_authority_cannot_pass_as_a_person() {
    let sub = AUTHORITIES.citizen_sub().certificate.clone();
    for policy in [Policy::DnieAuthentication, Policy::DnieSignature, Policy::CitizenSignature, Policy::Seal]
    {
        assert_eq!(check(&sub, policy, now()).unwrap_err(), Refusal::WrongUse(Use::Authority));
    }
}

#[test]
fn the_towns_seal_is_a_seal_and_nothing_else() {
    let seal = &AUTHORITIES.seal().certificate;
    let anchors = AUTHORITIES.anchors_seal();
    let ctx = Context { anchors: &anchors, intermediates: &[] };
    assert_eq!(verify(seal, &ctx, now(), Policy::Seal).unwrap().holder(), None);
    assert_eq!(
        verify(seal, &ctx, now(), Policy::CitizenSignature).unwrap_err(),
        Refusal::WrongUse(Use::NotQualified)
    );
    let person = issue(&CitizenProfile::of(Purpose::Signature));
    assert_eq!(check(&person, Policy::Seal, now()).unwrap_err(), Refusal::WrongUse(Use::NotQualified));
}

#[test]
fn a_signature_is_held_to_the_profile_of_its_issuer() {
    let card = issue(&CitizenProfile::of(Purpose::Signature));
    assert_eq!(Policy::for_signature_of(&card), Policy::DnieSignature);
    assert_eq!(Policy::for_signature_of(&AUTHORITIES.seal().certificate), Policy::CitizenSignature);
}

#[test]
fn a_certificate_says_in_words_whose_it_is_and_who_made_it() {
    let card = issue(&CitizenProfile::of(Purpose::Signature));
    assert_eq!(Holder::claimed_by(&card).unwrap(), amparo());
    assert_eq!(card.issuer_in_words(), "DIRECCION GENERAL DE LA POLICIA");
    assert_eq!(card.organisation(), None);
    let seal = &AUTHORITIES.seal().certificate;
    assert!(Holder::claimed_by(seal).is_err());
    assert!(seal.organisation().is_some_and(|name| !name.is_empty()));
}

#[test]
fn printing_a_decision_shows_no_person() {
    let verified =
        check(&issue(&CitizenProfile::of(Purpose::Signature)), Policy::DnieSignature, now()).unwrap();
    let printed = format!("{verified:?}");
    for secret in ["99999002", "AMPARO", "MART", "SOLER"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}
