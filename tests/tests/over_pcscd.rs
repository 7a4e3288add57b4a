//! The driver meets the virtual card as it would meet a real one: through the machine's card service.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use dnie::{CardAnchors, Dnie, KeyRef, Recognised, recognise};
use journeys::people::Town;
use journeys::stage::CardService;
use openssl::hash::MessageDigest;
use openssl::sha::sha256;
use openssl::sign::Verifier;
use openssl::x509::X509;
use reader::{ReaderEvent, ReaderName};
use secret::Pin;
use testkit::card::{PIN, PersonaSpec};
use virtual_card::{DEFAULT_ADDRESS, Faults, serve};

const LIMIT: Duration = Duration::from_secs(30);
const MESSAGE: &[u8] = b"I ask for a parking permit.";

fn pin(text: &str) -> Pin {
    let mut pin = Pin::new();
    text.chars().for_each(|character| pin.push(character).unwrap());
    pin
}

/// The next event that is about a card.
fn next<T>(events: &Receiver<ReaderEvent>, mut of: impl FnMut(ReaderEvent) -> Option<T>) -> T {
    loop {
        if let Some(found) = of(events.recv_timeout(LIMIT).expect("an event of the reader")) {
            return found;
        }
    }
}

fn inserted(event: ReaderEvent) -> Option<(ReaderName, Vec<u8>)> {
    match event {
        ReaderEvent::CardInserted { reader, atr } => Some((reader, atr)),
        _ => None,
    }
}

fn removed(event: ReaderEvent) -> Option<()> {
    matches!(event, ReaderEvent::CardRemoved { .. }).then_some(())
}

#[test]
fn both_generations_identify_and_sign_through_the_card_service() {
    CardService::ready().unwrap();
    let town = Town::shared().unwrap();
    let anchors =
        CardAnchors::with_replaced_component_root(&town.authorities().component_root().n().to_vec());
    let (sender, events) = channel();
    let _watch = reader::watch(sender).unwrap();

    for spec in [PersonaSpec::amparo(), PersonaSpec::vicent_2_0()] {
        let served = serve(town.card(&spec).unwrap(), DEFAULT_ADDRESS).unwrap();
        let (reader, atr) = next(&events, inserted);
        assert!(matches!(recognise(&atr), Recognised::Dnie { .. }));
        let (certificate, signature) = reader::exclusive(&reader, |card| {
            let mut dnie = Dnie::open(card, &anchors).unwrap();
            let certificate = dnie.certificates().unwrap().signature.unwrap();
            assert_eq!(dnie.tries_left().unwrap().left(), 3);
            let mut unlocked = dnie.verify(&pin(PIN)).ok().unwrap();
            (certificate, unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap())
        })
        .unwrap();
        let key = X509::from_der(&certificate).unwrap().public_key().unwrap();
        let mut verifier = Verifier::new(MessageDigest::sha256(), &key).unwrap();
        assert!(verifier.verify_oneshot(&signature, MESSAGE).unwrap());
        drop(served);
        next(&events, removed);
    }
}

#[test]
fn a_card_that_leaves_in_the_midst_is_gone_and_not_broken() {
    CardService::ready().unwrap();
    let town = Town::shared().unwrap();
    let anchors =
        CardAnchors::with_replaced_component_root(&town.authorities().component_root().n().to_vec());
    let (sender, events) = channel();
    let _watch = reader::watch(sender).unwrap();
    let card = town.card(&PersonaSpec::amparo()).unwrap();
    let served =
        serve(card.with_faults(Faults { remove_at: Some(9), ..Faults::default() }), DEFAULT_ADDRESS).unwrap();
    let (reader, _) = next(&events, inserted);
    let error = reader::exclusive(&reader, |card| {
        Dnie::open(card, &anchors).and_then(|mut dnie| dnie.certificates().map(drop)).unwrap_err()
    })
    .unwrap();
    assert_eq!(error.code(), "card.removed", "{error:?}");
    next(&events, removed);
    assert!(served.is_gone());

    let mut card = served.remove();
    card.set_faults(Faults::default());
    let served = serve(card, DEFAULT_ADDRESS).unwrap();
    let (reader, _) = next(&events, inserted);
    reader::exclusive(&reader, |card| Dnie::open(card, &anchors).map(drop).unwrap()).unwrap();
    // The service goes on telling of a card until its next look: whoever comes after must not meet it.
    drop(served);
    next(&events, removed);
}
