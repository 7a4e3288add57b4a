//! Files as people bring them: made on the spot by the programs that theirs come from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use keystore::{Error, Keystore};
use secret::Password;
use signing::{Attributes, inspect, prepare};
use testkit::p12::Export;
use testkit::pdf::Sample;
use testkit::pki::{Authorities, CitizenProfile, Identity, Purpose, Usage};
use trust::{Certificate, Context, Holder, Policy};

mod corpus;
mod entries;
mod passwords;
mod programs;
mod properties;

static CAST: LazyLock<Cast> = LazyLock::new(Cast::new);

/// Who brings the files.
struct Cast {
    authorities: Authorities,
    amparo: Identity,
    batiste: Identity,
}

impl Cast {
    fn new() -> Self {
        let authorities = Authorities::generate(now()).unwrap();
        let amparo = citizen(&authorities, "99999002Q", "AMPARO");
        let batiste = citizen(&authorities, "99999003V", "BATISTE");
        Self { authorities, amparo, batiste }
    }

    /// Root first, which is not the order in which they link.
    fn chain(&self) -> [Certificate; 2] {
        [self.authorities.citizen_root().clone(), self.authorities.citizen_sub().certificate.clone()]
    }
}

/// A certificate with the profile of those that are not on a DNIe: qualified, both usages, no device.
fn citizen(authorities: &Authorities, nif: &str, given_name: &str) -> Identity {
    let holder = Holder {
        nif: nif.into(),
        given_name: given_name.into(),
        surname1: "MARTÍ".into(),
        surname2: Some("SOLER".into()),
    };
    let profile = CitizenProfile {
        usage: Usage::Both,
        policy: None,
        device: false,
        number_prefix: "IDCES-".into(),
        ..CitizenProfile::of(Purpose::Signature)
    };
    let since = "2025-01-01T00:00:00Z".parse().unwrap();
    let until = "2029-01-01T00:00:00Z".parse().unwrap();
    let (certificate, key) = authorities.citizen_with(&holder, &profile, since, until).unwrap();
    Identity { certificate, key }
}

fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn password(text: &str) -> Password {
    let mut password = Password::new();
    text.chars().for_each(|character| password.push(character).unwrap());
    password
}

/// Amparo's certificate with those above it.
fn export<'a>(chain: &'a [Certificate], password: &'a str) -> Export<'a> {
    Export { identity: Some(&CAST.amparo), chain, name: "AMPARO MARTÍ", password }
}

fn by_openssl(password: &str, options: &[&str]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    export(&CAST.chain(), password).by_openssl(dir.path(), options).unwrap()
}

/// Opens a file, has its first identity sign a document, and has the signature judged as the registry would.
fn signs(name: &str, file: &[u8], text: &str) {
    Keystore::peek(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let open = || Keystore::open(file, &password(text)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let listed = open();
    let identity = &listed.identities()[0];
    assert_eq!(identity.certificate(), &CAST.amparo.certificate, "{name}");
    let [root, sub] = CAST.chain();
    assert_eq!(identity.chain(), [sub, root], "{name}: each issued by the next");

    let attributes = Attributes {
        claimed_at: now().to_zoned_datetime(TimeZone::UTC),
        field_name: "Signatura1",
        signer_name: None,
        reason: None,
    };
    let pdf = Sample::plain().build();
    let unsigned = prepare(&pdf, identity.certificate(), identity.chain(), &attributes).unwrap();
    // As the kiosk does it: listed first, opened again for the signature.
    let mut signer = open().into_signer(identity.certificate()).unwrap();
    let inspected = inspect(&unsigned.seal_with(&mut signer).unwrap()).unwrap();
    let anchors = CAST.authorities.anchors_citizen();
    let ctx = Context { anchors: &anchors, intermediates: &inspected.certificates };
    let verified = trust::verify(&inspected.signer, &ctx, now(), Policy::CitizenSignature).unwrap();
    assert_eq!(verified.holder().unwrap().nif, "99999002Q", "{name}");
}
