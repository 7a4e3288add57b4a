//! The card leaves at every single exchange of what the application ever says to one, and is put back.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use testkit::card::{PIN, PersonaSpec, persona};
use testkit::pki::Authorities;
use virtual_card::{Faults, Persona, VirtualCard};
use wording::{Language, Wording};

use super::*;

mod counter;

/// What a card is like that lies in a contact reader, or on a contactless one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lying {
    In,
    On,
}

struct World {
    authorities: Authorities,
    amparo: Persona,
    vicent: Persona,
}

fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let authorities = Authorities::generate(now()).unwrap();
        let made = |spec| persona(&authorities, &spec, now()).unwrap();
        let (amparo, vicent) = (made(PersonaSpec::amparo()), made(PersonaSpec::vicent_2_0()));
        World { authorities, amparo, vicent }
    })
}

fn card(persona: &Persona, lying: Lying) -> VirtualCard {
    match lying {
        Lying::In => VirtualCard::new(persona).unwrap(),
        Lying::On => VirtualCard::contactless(persona).unwrap(),
    }
}

fn pin(text: &str) -> Pin {
    let mut pin = Pin::new();
    text.chars().for_each(|character| pin.push(character).unwrap());
    pin
}

/// How far a visit at the counter came.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Signed,
    WrongPin,
    Failed(&'static str),
}

/// One conversation.
type Say<'a> = &'a dyn Fn(dnie::Held<'_>) -> Result<End, &'static str>;

/// All that the application says to a card on the way to a signature: read, ask for the tries, sign. Each is a
/// conversation of its own, after a reset, as [`reader::exclusive`] has it.
fn visit(card: &mut VirtualCard, spec: &PersonaSpec, lying: Lying, typed: &str) -> End {
    let anchors =
        CardAnchors::with_replaced_component_root(&world().authorities.component_root().n().to_vec());
    let number = spec.document.as_ref().map(|document| Can::parse(&document.can).unwrap());
    let can = number.filter(|_| lying == Lying::On).map(Arc::new);
    let mut cache = ComponentCache::new();
    let mut talk = |card: &mut VirtualCard, say: Say<'_>| {
        let (result, kept) = dnie::with(card, &anchors, can.as_deref(), std::mem::take(&mut cache), say);
        cache = kept;
        result
    };
    let read = std::cell::RefCell::new(None);
    let citizens = world().authorities.anchors_citizen();
    let steps: [Say<'_>; 3] = [
        &|held| {
            let certificates = dnie::read(held)?;
            let key = Key::Dnie { can: can.clone() };
            *read.borrow_mut() = Some(dnie::believe(&certificates, &citizens, now(), key)?);
            Ok(End::Signed)
        },
        &|held| dnie::tries(held).map(|_| End::Signed),
        &|held| {
            let signatory = read.borrow();
            let certificate = &signatory.as_ref().ok_or("card.removed")?.certificate;
            Ok(match dnie::sign(held, certificate, &pin(typed), &Digest::of(b"application"))? {
                Ok(signature) => {
                    assert_eq!(signature.len(), 256);
                    End::Signed
                }
                Err(SignRefusal::Wrong(_)) => End::WrongPin,
                Err(SignRefusal::Failed(code)) => End::Failed(code),
            })
        },
    ];
    let mut end = End::Signed;
    for step in steps {
        end = talk(card, step).unwrap_or_else(End::Failed);
        if end != End::Signed {
            break;
        }
        card.reset();
    }
    end
}

#[test]
fn a_card_that_leaves_at_any_exchange_is_told_rightly_and_works_when_it_is_back() {
    let wording = Wording::bundled();
    let (amparo, vicent) = (PersonaSpec::amparo(), PersonaSpec::vicent_2_0());
    for (persona, spec, lying) in [
        (&world().amparo, &amparo, Lying::In),
        (&world().vicent, &vicent, Lying::In),
        (&world().amparo, &amparo, Lying::On),
    ] {
        for (typed, whole) in [(PIN, End::Signed), ("Llima2027", End::WrongPin)] {
            let mut healthy = card(persona, lying);
            assert_eq!(visit(&mut healthy, spec, lying, typed), whole, "{lying:?}");
            for exchange in 1..=healthy.counts().exchanges {
                let faults = Faults { remove_at: Some(exchange), ..Faults::default() };
                let mut pulled = card(persona, lying).with_faults(faults);
                let End::Failed(code) = visit(&mut pulled, spec, lying, typed) else {
                    // What had been said by then was enough: the rest only ended the channel.
                    continue;
                };
                assert!(["card.removed", "card.pin-unknown"].contains(&code), "{code} at {exchange}");
                let told = crate::fault::told(code).replace('.', "-");
                assert!(Language::ALL.into_iter().all(|language| wording.has(language, &told)));
                // No try is lost without a word of it.
                assert!(pulled.tries_left() == 3 || code == "card.pin-unknown", "{code} at {exchange}");

                pulled.set_faults(Faults::default());
                pulled.reset();
                assert_eq!(visit(&mut pulled, spec, lying, PIN), End::Signed, "{lying:?} after {exchange}");
            }
        }
    }
}

#[test]
fn a_false_chip_is_never_shown_a_pin() {
    let spec = PersonaSpec::false_chip();
    let persona = persona(&world().authorities, &spec, now()).unwrap();
    for lying in [Lying::In, Lying::On] {
        let mut card = card(&persona, lying);
        assert_eq!(visit(&mut card, &spec, lying, PIN), End::Failed("card.untrusted"), "{lying:?}");
        assert_eq!(card.counts().verifications, 0);
    }
}
