//! Loading modules, and telling tokens apart.

use std::fs;
use std::path::Path;

use testkit::softhsm::{KeyUse, SoftToken};
use token::{Error, Module};

use crate::stage::{LABEL, PIN, alone, citizen, password};

#[test]
fn what_is_no_module_is_told() {
    alone(
        "modules::what_is_no_module_is_told",
        |_, _| {},
        |stage| {
            let text = stage.dir().join("text.so");
            fs::write(&text, b"not a library").unwrap();
            for path in [Path::new("/nowhere/module.so"), &text] {
                assert_eq!(Module::load(path).unwrap_err().code(), "token.module");
            }
        },
    );
}

#[test]
fn a_module_is_loaded_once_and_lives_as_long_as_its_last_user() {
    let prepare = |soft: &SoftToken, authorities: &testkit::pki::Authorities| {
        soft.put(&citizen(authorities, "99999002Q", "AMPARO"), "45", "amparo", KeyUse::AfterLogin).unwrap();
    };
    alone("modules::a_module_is_loaded_once_and_lives_as_long_as_its_last_user", prepare, |stage| {
        let (first, second) = (stage.soft(), stage.soft());
        let token = first.tokens().unwrap().remove(0);
        let identity = token.identities().unwrap().remove(0);
        let mut signer = token.signer(&identity, Some(&password(PIN))).unwrap();
        // The signer alone keeps it initialised.
        drop((first, second, token));
        signing::Signer::sign(&mut signer, &signing::Digest::of(b"document")).unwrap();
        drop(signer);
        // Finalised, and initialised anew.
        assert_eq!(stage.soft().tokens().unwrap().len(), 1);
        assert_eq!(stage.soft().tokens().unwrap()[0].identities().unwrap(), [identity]);
    });
}

#[test]
fn tokens_are_told_apart() {
    let prepare = |soft: &SoftToken, _: &testkit::pki::Authorities| soft.add("Una altra").unwrap();
    alone("modules::tokens_are_told_apart", prepare, |stage| {
        let tokens = stage.soft().tokens().unwrap();
        let [one, other] = tokens.as_slice() else { panic!("two tokens: {tokens:?}") };
        let mut labels = [one.label(), other.label()];
        labels.sort_unstable();
        assert_eq!(labels, [LABEL, "Una altra"]);
        assert_ne!(one.serial(), other.serial());
        assert_ne!(one.slot(), other.slot());
        assert_eq!(one.identities().unwrap_err(), Error::NoCertificate);
    });
}
