//! What cards do: count wrong PINs, want the PIN again, leave.

use signing::{Digest, Signer as _};
use testkit::pki::Authorities;
use testkit::softhsm::{KeyUse, SoftToken};
use token::{Error, TriesLeft};

use crate::signatures::signs;
use crate::stage::{PIN, alone, citizen, only, password};

fn amparo(soft: &SoftToken, authorities: &Authorities) {
    soft.put(&citizen(authorities, "99999002Q", "AMPARO"), "45", "amparo", KeyUse::AfterLogin).unwrap();
}

fn amparo_each_time(soft: &SoftToken, authorities: &Authorities) {
    soft.put(&citizen(authorities, "99999002Q", "AMPARO"), "45", "amparo", KeyUse::PinEachTime).unwrap();
}

#[test]
fn wrong_pins_are_counted_and_lock() {
    alone("card::wrong_pins_are_counted_and_lock", amparo, |stage| {
        let token = only(&stage.card());
        let identity = token.identities().unwrap().remove(0);
        let wrong = |text: &str| token.signer(&identity, Some(&password(text))).unwrap_err();
        assert_eq!(wrong("000000"), Error::PinWrong { left: TriesLeft::Few });
        assert_eq!(token.tries_left().unwrap(), TriesLeft::Few);
        // A PIN that no token has costs no try.
        assert_eq!(wrong("1"), Error::PinLength { min: 4, max: 128 });
        assert_eq!(token.tries_left().unwrap(), TriesLeft::Few);
        // The right one gives the tries back.
        signs(stage, &token, &identity, Some(PIN));
        assert_eq!(token.tries_left().unwrap(), TriesLeft::Plenty);

        assert_eq!(wrong("000000"), Error::PinWrong { left: TriesLeft::Few });
        assert_eq!(wrong("000000"), Error::PinWrong { left: TriesLeft::Last });
        assert_eq!(wrong("000000"), Error::PinLocked);
        assert_eq!(token.tries_left().unwrap(), TriesLeft::None);
        assert_eq!(wrong(PIN), Error::PinLocked);
        // Its certificates can still be seen.
        assert_eq!(token.identities().unwrap().len(), 1);
    });
}

#[test]
fn a_key_that_wants_the_pin_each_time_gets_it() {
    alone("card::a_key_that_wants_the_pin_each_time_gets_it", amparo_each_time, |stage| {
        let token = only(&stage.card());
        let identity = token.identities().unwrap().remove(0);
        signs(stage, &token, &identity, Some(PIN));
        let mut signer = token.signer(&identity, Some(&password(PIN))).unwrap();
        let values: Vec<_> = (0..2).map(|_| signer.sign(&Digest::of(b"document")).unwrap()).collect();
        assert_eq!(values[0], values[1]);
    });
}

#[test]
fn a_pin_is_typed_on_the_pad() {
    alone("card::a_pin_is_typed_on_the_pad", amparo_each_time, |stage| {
        stage.pad(PIN);
        let token = only(&stage.card());
        assert!(token.has_pin_pad());
        let identity = token.identities().unwrap().remove(0);
        signs(stage, &token, &identity, None);
        stage.pad("000000");
        let wrong = token.signer(&identity, None).unwrap_err();
        assert_eq!(wrong, Error::PinWrong { left: TriesLeft::Few });
    });
}

#[test]
fn a_card_may_leave_at_any_moment() {
    alone("card::a_card_may_leave_at_any_moment", amparo, |stage| {
        let module = stage.card();
        let token = only(&module);
        let identity = token.identities().unwrap().remove(0);
        let mut signer = token.signer(&identity, Some(&password(PIN))).unwrap();
        stage.pull();
        let error = signer.sign(&Digest::of(b"document")).unwrap_err();
        assert_eq!(error.code(), "token.removed");
        drop(signer);
        assert_eq!(module.tokens().unwrap_err(), Error::Absent);
        assert_eq!(token.identities().unwrap_err(), Error::Removed);
        assert_eq!(token.tries_left().unwrap_err(), Error::Removed);
        assert_eq!(token.signer(&identity, Some(&password(PIN))).unwrap_err(), Error::Removed);
        stage.put_back();
        signs(stage, &only(&module), &identity, Some(PIN));
    });
}
