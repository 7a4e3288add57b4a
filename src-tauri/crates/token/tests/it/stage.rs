//! A process with a token of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::object::{Attribute, CertificateType, ObjectClass};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use jiff::Timestamp;
use secret::Password;
use testkit::pki::{Authorities, CitizenProfile, Identity, Purpose, Usage};
use testkit::softhsm::SoftToken;
use token::{Module, Token};
use trust::{Certificate, Holder};

pub const PIN: &str = "478213";
pub const LABEL: &str = "Targeta";

/// Names the directory of the test to the process that runs it.
const HERE: &str = "FINESTRETA_TOKEN_TEST";
/// What the cards' behaviour is set by.
const CARD: &str = "FINESTRETA_CARD";
const SOFTHSM: &str = "FINESTRETA_SOFTHSM";

/// What a test has in its process.
pub struct Stage {
    dir: PathBuf,
    pub authorities: Authorities,
}

/// Runs a test in a process of its own, with a token that `prepare` has filled. `name` is the test's own, with its
/// module.
pub fn alone(name: &str, prepare: impl FnOnce(&SoftToken, &Authorities), test: impl FnOnce(&Stage)) {
    if let Some(dir) = std::env::var_os(HERE) {
        let dir = PathBuf::from(dir);
        let authorities = Authorities::read(&dir.join("authorities")).unwrap();
        return test(&Stage { dir, authorities });
    }
    let dir = tempfile::tempdir().unwrap();
    let authorities = Authorities::generate(now()).unwrap();
    authorities.write(&dir.path().join("authorities")).unwrap();
    let soft = SoftToken::make(dir.path(), LABEL, PIN).unwrap();
    prepare(&soft, &authorities);
    let (key, value) = soft.environment();
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(key, value)
        .env(HERE, dir.path())
        .env(CARD, dir.path())
        .env(SOFTHSM, SoftToken::module().unwrap())
        .output()
        .unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{name} is not this test's name: {said}");
}

impl Stage {
    /// SoftHSM itself.
    pub fn soft(&self) -> Module {
        Module::load(&SoftToken::module().unwrap()).unwrap()
    }

    /// SoftHSM behind what makes it behave as a card.
    pub fn card(&self) -> Module {
        let (source, module) = (self.dir.join("card.c"), self.dir.join("card.so"));
        fs::write(&source, include_str!("card.c")).unwrap();
        let done = Command::new("cc")
            .args(["-shared", "-fPIC", "-Wall", "-Werror", "-O1", "-o"])
            .args([&module, &source])
            .arg("-ldl")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Module::load(&module).unwrap()
    }

    /// Puts a certificate on the token that is seen only after the PIN, which OpenSC's tool cannot.
    pub fn hide(&self, certificate: &Certificate) {
        let context = Pkcs11::new(SoftToken::module().unwrap()).unwrap();
        context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
        let slot = context.get_slots_with_initialized_token().unwrap()[0];
        let session = context.open_rw_session(slot).unwrap();
        session.login(UserType::User, Some(&AuthPin::from(PIN.to_owned()))).unwrap();
        let subject = certificate.x509().subject_name().to_der().unwrap();
        let object = [
            Attribute::Class(ObjectClass::CERTIFICATE),
            Attribute::CertificateType(CertificateType::X_509),
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Subject(subject),
            Attribute::Value(certificate.der().to_vec()),
        ];
        session.create_object(&object).unwrap();
        drop(session);
        context.finalize().unwrap();
    }

    /// Pulls the card out.
    pub fn pull(&self) {
        fs::write(self.dir.join("gone"), b"").unwrap();
    }

    /// Puts it back.
    pub fn put_back(&self) {
        fs::remove_file(self.dir.join("gone")).unwrap();
    }

    /// Gives the reader a PIN pad, on which somebody types this.
    pub fn pad(&self, typed: &str) {
        fs::write(self.dir.join("pad"), typed).unwrap();
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// The only token of a module.
pub fn only(module: &Module) -> Token {
    let mut tokens = module.tokens().unwrap();
    assert_eq!(tokens.len(), 1);
    tokens.remove(0)
}

pub fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

pub fn password(text: &str) -> Password {
    let mut password = Password::new();
    text.chars().for_each(|character| password.push(character).unwrap());
    password
}

/// A certificate with the profile of the FNMT's card.
pub fn citizen(authorities: &Authorities, nif: &str, given_name: &str) -> Identity {
    let holder = Holder {
        nif: nif.into(),
        given_name: given_name.into(),
        surname1: "MARTÍ".into(),
        surname2: Some("SOLER".into()),
    };
    let profile = CitizenProfile {
        usage: Usage::Both,
        policy: None,
        number_prefix: "IDCES-".into(),
        ..CitizenProfile::of(Purpose::Signature)
    };
    let since = "2025-01-01T00:00:00Z".parse().unwrap();
    let until = "2029-01-01T00:00:00Z".parse().unwrap();
    let (certificate, key) = authorities.citizen_with(&holder, &profile, since, until).unwrap();
    Identity { certificate, key }
}
