//! Certificates are found, and their keys sign.

use jiff::tz::TimeZone;
use signing::{Attributes, Signer as _, inspect, prepare};
use testkit::pdf::Sample;
use testkit::pki::Authorities;
use testkit::softhsm::{KeyUse, SoftToken};
use token::{Error, Identity, Token, TriesLeft};
use trust::{Context, Policy};

use crate::stage::{LABEL, PIN, Stage, alone, citizen, now, only, password};

/// One person, and whoever issued her certificate.
fn amparo(soft: &SoftToken, authorities: &Authorities) {
    soft.put(&citizen(authorities, "99999002Q", "AMPARO"), "45", "amparo", KeyUse::AfterLogin).unwrap();
    soft.put_certificate(&authorities.citizen_sub().certificate, "01", "sub").unwrap();
    soft.put_certificate(authorities.citizen_root(), "02", "root").unwrap();
}

/// Signs a document with a PIN, and has the signature judged as the registry would.
pub fn signs(stage: &Stage, token: &Token, identity: &Identity, pin: Option<&str>) {
    let attributes = Attributes {
        claimed_at: now().to_zoned_datetime(TimeZone::UTC),
        field_name: "Signatura1",
        signer_name: None,
        reason: None,
    };
    let pdf = Sample::plain().build();
    let chain = [stage.authorities.citizen_sub().certificate.clone()];
    let unsigned = prepare(&pdf, identity.certificate(), &chain, &attributes).unwrap();
    let pin = pin.map(password);
    let mut signer = token.signer(identity, pin.as_ref()).unwrap();
    let inspected = inspect(&unsigned.seal_with(&mut signer).unwrap()).unwrap();
    let anchors = stage.authorities.anchors_citizen();
    let ctx = Context { anchors: &anchors, intermediates: &inspected.certificates };
    let verified = trust::verify(&inspected.signer, &ctx, now(), Policy::CitizenSignature).unwrap();
    assert_eq!(&inspected.signer, identity.certificate());
    assert!(verified.holder().is_some());
}

#[test]
fn a_token_shows_its_certificate_and_signs() {
    alone("signatures::a_token_shows_its_certificate_and_signs", amparo, |stage| {
        let token = only(&stage.soft());
        assert_eq!((token.label(), token.has_pin_pad()), (LABEL, false));
        assert!(!token.serial().is_empty());
        assert_eq!(token.pin_limits().min, 4);
        assert_eq!(token.tries_left().unwrap(), TriesLeft::Plenty);
        let identities = token.identities().unwrap();
        let [identity] = identities.as_slice() else { panic!("authorities are apart: {identities:?}") };
        assert_eq!(identity.label(), "amparo");
        let authorities = &stage.authorities;
        assert_eq!(
            identity.chain(),
            [authorities.citizen_sub().certificate.clone(), authorities.citizen_root().clone()]
        );
        signs(stage, &token, identity, Some(PIN));
        // And again, with the PIN typed anew.
        signs(stage, &token, identity, Some(PIN));
        let printed = format!("{token:?} {identities:?}");
        assert!(!printed.contains("amparo") && !printed.contains("AMPARO"), "{printed}");
    });
}

#[test]
fn each_certificate_signs_with_its_own_key() {
    let prepare = |soft: &SoftToken, authorities: &Authorities| {
        soft.put(&citizen(authorities, "99999002Q", "AMPARO"), "45", "amparo", KeyUse::AfterLogin).unwrap();
        soft.put(&citizen(authorities, "99999003V", "BATISTE"), "46", "batiste", KeyUse::AfterLogin).unwrap();
    };
    alone("signatures::each_certificate_signs_with_its_own_key", prepare, |stage| {
        let token = only(&stage.soft());
        let identities = token.identities().unwrap();
        assert_eq!(identities.len(), 2);
        for identity in &identities {
            signs(stage, &token, identity, Some(PIN));
        }
    });
}

#[test]
fn keys_of_one_id_are_told_apart_by_their_modulus() {
    let prepare = |soft: &SoftToken, authorities: &Authorities| {
        soft.put(&citizen(authorities, "99999002Q", "AMPARO"), "45", "amparo", KeyUse::AfterLogin).unwrap();
        soft.put(&citizen(authorities, "99999003V", "BATISTE"), "45", "batiste", KeyUse::AfterLogin).unwrap();
    };
    alone("signatures::keys_of_one_id_are_told_apart_by_their_modulus", prepare, |stage| {
        let token = only(&stage.soft());
        for identity in token.identities().unwrap() {
            signs(stage, &token, &identity, Some(PIN));
        }
    });
}

#[test]
fn a_certificate_without_its_key_is_told_after_the_pin() {
    let prepare = |soft: &SoftToken, authorities: &Authorities| {
        let amparo = citizen(authorities, "99999002Q", "AMPARO");
        soft.put_certificate(&amparo.certificate, "45", "amparo").unwrap();
    };
    alone("signatures::a_certificate_without_its_key_is_told_after_the_pin", prepare, |stage| {
        let token = only(&stage.soft());
        let identity = token.identities().unwrap().remove(0);
        assert_eq!(token.signer(&identity, Some(&password(PIN))).unwrap_err(), Error::NoKey);
    });
}

#[test]
fn a_hidden_certificate_is_read_with_the_pin() {
    alone(
        "signatures::a_hidden_certificate_is_read_with_the_pin",
        |_, _| {},
        |stage| {
            stage.hide(&citizen(&stage.authorities, "99999002Q", "AMPARO").certificate);
            let token = only(&stage.soft());
            assert_eq!(token.identities().unwrap_err(), Error::NoCertificate);
            assert_eq!(token.identities_after(Some(&password(PIN))).unwrap().len(), 1);
            // Nobody stayed logged in.
            assert_eq!(token.identities().unwrap_err(), Error::NoCertificate);
        },
    );
}

#[test]
fn dropping_a_signer_logs_out() {
    alone("signatures::dropping_a_signer_logs_out", amparo, |stage| {
        let token = only(&stage.soft());
        let identity = token.identities().unwrap().remove(0);
        let first = token.signer(&identity, Some(&password(PIN))).unwrap();
        // A second login is not let in by the first: it has to have the right PIN.
        let wrong = token.signer(&identity, Some(&password("000000"))).unwrap_err();
        assert_eq!(wrong.code(), "token.pin-wrong");
        drop(first);
        let mut signer = token.signer(&identity, Some(&password(PIN))).unwrap();
        signer.sign(&signing::Digest::of(b"document")).unwrap();
    });
}
