//! The driver and the virtual card, two readings of one standard written apart, in one process: where they agree,
//! the standard was probably understood. Counts exchanges too, since each costs a citizen some 25 ms.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::OnceLock;

use dnie::{
    CardAnchors, Certificates, ComponentCache, Dnie, Error, Generation, KeyRef, Reason, Recognised, recognise,
};
use jiff::Timestamp;
use openssl::{hash::MessageDigest, sha::sha256, sign::Verifier, x509::X509};
use secret::Pin;
use testkit::{
    card::{self, PIN, PersonaSpec},
    pki::Authorities,
};
use virtual_card::{Faults, Persona, VirtualCard};

/// What is signed throughout.
const MESSAGE: &[u8] = b"I ask for a parking permit.";

/// Recognition and the authentication certificate, from a card never seen.
const IDENTIFY_BUDGET: u32 = 15;
/// Recognition, channels, PIN and one signature on 3.0, with the component certificates known.
const SIGN_BUDGET_V3: u32 = 36;
/// The same on 2.0.
const SIGN_BUDGET_V2: u32 = 20;
/// Each further signature on 3.0: the PIN again, and both channels anew.
const NEXT_SIGNATURE_BUDGET: u32 = 42;
/// Recognition and all three certificates, from a card never seen.
const CERTIFICATES_BUDGET: u32 = 32;

struct World {
    anchors: CardAnchors,
    amparo: Persona,
    vicent: Persona,
    authorities: Authorities,
}

impl World {
    fn persona(&self, spec: &PersonaSpec) -> Persona {
        card::persona(&self.authorities, spec, now()).unwrap()
    }

    /// A current card of each generation.
    fn both(&self) -> [(&Persona, Generation); 2] {
        [(&self.amparo, Generation::V3), (&self.vicent, Generation::V2)]
    }
}

fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

/// Keys take a while to make: once for all tests.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let authorities = Authorities::generate(now()).unwrap();
        World {
            anchors: CardAnchors::with_replaced_component_root(&authorities.component_root().n().to_vec()),
            amparo: card::persona(&authorities, &PersonaSpec::amparo(), now()).unwrap(),
            vicent: card::persona(&authorities, &PersonaSpec::vicent_2_0(), now()).unwrap(),
            authorities,
        }
    })
}

fn pin(text: &str) -> Pin {
    let mut pin = Pin::new();
    text.chars().for_each(|character| pin.push(character).unwrap());
    pin
}

fn open(card: &mut VirtualCard) -> Dnie<&mut VirtualCard> {
    Dnie::open(card, &world().anchors).unwrap()
}

fn is_signature(certificate: &[u8], signature: &[u8]) -> bool {
    let key = X509::from_der(certificate).unwrap().public_key().unwrap();
    Verifier::new(MessageDigest::sha256(), &key).unwrap().verify_oneshot(signature, MESSAGE).unwrap()
}

/// The whole flow of a kiosk: identify, warn, unlock, sign. What fails is told by its code.
fn identify_and_sign(card: &mut VirtualCard) -> Result<(Certificates, Vec<u8>), &'static str> {
    let code = |error: Error| error.code();
    let mut dnie = Dnie::open(card, &world().anchors).map_err(code)?;
    let certificates = dnie.certificates().map_err(code)?;
    dnie.tries_left().map_err(code)?;
    let mut unlocked = dnie.verify(&pin(PIN)).map_err(|refused| match refused.reason {
        reason @ (Reason::WrongPin { .. } | Reason::Blocked) => panic!("a right PIN was refused: {reason:?}"),
        reason => reason.code(),
    })?;
    let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).map_err(code)?;
    Ok((certificates, signature))
}

#[test]
fn both_generations_are_recognised_and_show_the_certificates_they_hold() {
    for (persona, generation) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        assert_eq!(recognise(card.atr()), Recognised::Dnie { generation });
        let mut dnie = open(&mut card);
        assert_eq!((dnie.generation(), *dnie.chip_serial()), (generation, persona.chip_serial));
        let found = dnie.certificates().unwrap();
        assert_eq!(found.authentication, persona.authentication.certificate.0);
        assert_eq!(found.signature, persona.signature.as_ref().map(|held| held.certificate.0.clone()));
        assert_eq!(found.issuer, persona.issuer.as_ref().map(|issuer| issuer.0.clone()));
        assert_eq!(dnie.authentication_certificate().unwrap(), found.authentication);
    }
}

#[test]
fn identification_keeps_its_budget() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        let mut dnie = open(&mut card);
        dnie.authentication_certificate().unwrap();
        let spent = dnie.exchanges();
        assert!(spent <= IDENTIFY_BUDGET, "{spent} exchanges");
        assert_eq!(u64::from(spent), card.counts().exchanges);
    }
}

#[test]
fn signing_keeps_its_budget_with_known_component_certificates() {
    for ((persona, _), budget) in world().both().into_iter().zip([SIGN_BUDGET_V3, SIGN_BUDGET_V2]) {
        let mut card = VirtualCard::new(persona).unwrap();
        let mut dnie = open(&mut card);
        dnie.tries_left().unwrap();
        let cache = dnie.component_cache();
        assert!(cache.is_for(&persona.chip_serial) && !ComponentCache::new().is_for(&persona.chip_serial));
        card.reset();
        let mut dnie = Dnie::open_with_cache(&mut card, &world().anchors, cache).unwrap();
        assert_eq!(dnie.tries_left().unwrap().left(), 3);
        let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
        unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
        let spent = unlocked.exchanges();
        assert!(spent <= budget, "{spent} exchanges");
    }
}

#[test]
fn both_keys_sign_and_their_certificates_agree() {
    for (persona, generation) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        let mut dnie = open(&mut card);
        let certificates = dnie.certificates().unwrap();
        let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
        let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
        assert!(is_signature(certificates.require_signature().unwrap(), &signature));
        if generation == Generation::V3 {
            let error = unlocked.sign(KeyRef::Authentication, &sha256(MESSAGE)).unwrap_err();
            assert_eq!(error.code(), "card.verify-again");
            unlocked = unlocked.verify_again(&pin(PIN)).unwrap();
        }
        let signature = unlocked.sign(KeyRef::Authentication, &sha256(MESSAGE)).unwrap();
        assert!(is_signature(&certificates.authentication, &signature));
        assert_eq!(unlocked.certificates().unwrap(), certificates);
    }
}

#[test]
fn asking_for_the_tries_spends_none_and_a_wrong_pin_one() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        let mut dnie = open(&mut card);
        for _ in 0..5 {
            assert_eq!(dnie.tries_left().unwrap().left(), 3);
        }
        let refused = dnie.verify(&pin("Llima2026")).unwrap_err();
        assert!(matches!(refused.reason, Reason::WrongPin { tries } if tries.left() == 2), "{refused:?}");
        let mut dnie = refused.card;
        assert_eq!(dnie.tries_left().unwrap().left(), 2);
        // The card stays good for everything else in between.
        dnie.certificates().unwrap();
        let mut dnie = dnie.verify(&pin(PIN)).unwrap().lock();
        assert_eq!(dnie.tries_left().unwrap().left(), 3);
        assert_eq!(card.counts().verifications, 2);
    }
}

#[test]
fn the_last_wrong_pin_blocks_and_a_blocked_card_says_so_before_asking() {
    let persona = world().persona(&PersonaSpec::one_try_left());
    let mut card = VirtualCard::new(&persona).unwrap();
    let mut dnie = open(&mut card);
    assert!(dnie.tries_left().unwrap().is_last());
    let refused = dnie.verify(&pin("Llima2026")).unwrap_err();
    assert_eq!(refused.reason.code(), "card.pin-blocked");
    let mut dnie = refused.card;
    assert!(dnie.tries_left().unwrap().is_blocked());
    assert_eq!(dnie.verify(&pin(PIN)).unwrap_err().reason.code(), "card.pin-blocked");

    let persona = world().persona(&PersonaSpec::blocked_pin());
    let mut card = VirtualCard::new(&persona).unwrap();
    assert!(open(&mut card).tries_left().unwrap().is_blocked());
    assert_eq!(card.counts().verifications, 0);
}

#[test]
fn a_chip_that_cannot_prove_itself_never_sees_the_pin() {
    let false_chip = world().persona(&PersonaSpec::false_chip());
    let cases = [(&false_chip, &world().anchors), (&world().amparo, &CardAnchors::official())];
    for (persona, anchors) in cases {
        let mut card = VirtualCard::new(persona).unwrap();
        let dnie = Dnie::open(&mut card, anchors).unwrap();
        let mut dnie = match dnie.verify(&pin(PIN)) {
            Err(refused) => {
                assert_eq!(refused.reason.code(), "card.untrusted");
                refused.card
            }
            Ok(_) => panic!("a false chip was trusted"),
        };
        assert_eq!(dnie.tries_left().unwrap_err().code(), "card.untrusted");
        assert_eq!(dnie.component_cache(), ComponentCache::new());
        assert_eq!(card.counts().verifications, 0);
    }
}

#[test]
fn a_guarded_card_shows_its_certificates_after_the_pin() {
    let persona = world().persona(&PersonaSpec::guarded_2_0());
    let mut card = VirtualCard::new(&persona).unwrap();
    let mut dnie = open(&mut card);
    assert_eq!(dnie.certificates().unwrap_err().code(), "card.certificates-need-pin");
    let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
    let found = unlocked.certificates().unwrap();
    assert_eq!(found.authentication, persona.authentication.certificate.0);
    let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
    assert!(is_signature(found.require_signature().unwrap(), &signature));
}

#[test]
fn a_minor_identifies_and_cannot_sign() {
    let persona = world().persona(&PersonaSpec::minor());
    let mut card = VirtualCard::new(&persona).unwrap();
    let mut dnie = open(&mut card);
    let found = dnie.certificates().unwrap();
    assert_eq!(found.require_signature().unwrap_err().code(), "card.no-signature-certificate");
    let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
    let error = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap_err();
    assert_eq!(error.code(), "card.no-signature-certificate");
    let signature = unlocked.sign(KeyRef::Authentication, &sha256(MESSAGE)).unwrap();
    assert!(is_signature(&found.authentication, &signature));
}

#[test]
fn the_channel_of_a_program_that_died_does_not_stand_in_the_way() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        // Dropped without a word to the card.
        let unlocked = open(&mut card).verify(&pin(PIN)).unwrap();
        drop(unlocked);
        identify_and_sign(&mut card).unwrap();
    }
}

#[test]
fn a_locked_card_has_forgotten_the_pin() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        let mut locked = open(&mut card).verify(&pin(PIN)).unwrap().lock();
        assert_eq!(locked.tries_left().unwrap().left(), 3);
        assert_eq!(locked.verify(&pin("Llima2026")).unwrap_err().reason.code(), "card.pin-wrong");
    }
}

#[test]
fn verdicts_that_come_bare_are_understood() {
    for (persona, generation) in world().both() {
        let faults = Faults { bare_errors: true, ..Faults::default() };
        let mut card = VirtualCard::new(persona).unwrap().with_faults(faults);
        let mut dnie = open(&mut card);
        assert_eq!(dnie.tries_left().unwrap().left(), 3);
        let refused = dnie.verify(&pin("Llima2026")).unwrap_err();
        assert!(matches!(refused.reason, Reason::WrongPin { tries } if tries.left() == 2), "{refused:?}");
        let mut unlocked = refused.card.verify(&pin(PIN)).unwrap();
        unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
        if generation == Generation::V3 {
            let error = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap_err();
            assert_eq!(error.code(), "card.verify-again");
            let mut unlocked = unlocked.verify_again(&pin(PIN)).unwrap();
            unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
        }
    }
}

#[test]
fn a_card_pulled_at_any_exchange_is_a_removed_card() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        identify_and_sign(&mut card).unwrap();
        let mut in_doubt = Vec::new();
        for exchange in 1..=card.counts().exchanges {
            let removed = Faults { remove_at: Some(exchange), ..Faults::default() };
            let mute = Faults { mute_from: Some(exchange), ..Faults::default() };
            for (faults, code) in [(removed, "card.removed"), (mute, "card.mute")] {
                let mut card = VirtualCard::new(persona).unwrap().with_faults(faults);
                match identify_and_sign(&mut card).unwrap_err() {
                    "card.pin-unknown" => in_doubt.push((exchange, code)),
                    told => assert_eq!(told, code, "at exchange {exchange}"),
                }
            }
        }
        // VERIFY, and the GET RESPONSE after it: only there is the PIN's fate in doubt.
        let exchanges: Vec<u64> = in_doubt.iter().map(|(exchange, _)| *exchange).collect();
        assert!(matches!(exchanges[..], [a, b, c, d] if a == b && c == d && c == a + 1), "{in_doubt:?}");
    }
}

#[test]
fn a_pin_in_doubt_is_resolved_by_asking_for_the_tries() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        open(&mut card).tries_left().unwrap();
        let channel = card.counts().exchanges;
        // Both parts of the answer to VERIFY, after the same exchanges as above.
        for exchange in [channel + 1, channel + 2] {
            let faults = Faults { remove_at: Some(exchange), ..Faults::default() };
            let mut card = VirtualCard::new(persona).unwrap().with_faults(faults);
            let mut dnie = open(&mut card);
            dnie.tries_left().unwrap();
            let refused = dnie.verify(&pin("Llima2026")).unwrap_err();
            assert!(matches!(refused.reason, Reason::Unknown { .. }), "{refused:?}");
            let spent = 3 - card.tries_left();
            card.set_faults(Faults::default());
            card.reset();
            assert_eq!(open(&mut card).tries_left().unwrap().left(), 3 - spent);
        }
    }
}

#[test]
fn a_renewed_card_is_read_anew_though_its_chip_is_known() {
    let mut persona = world().amparo.clone();
    let mut card = VirtualCard::new(&persona).unwrap();
    let mut dnie = open(&mut card);
    let before = dnie.certificates().unwrap();
    dnie.tries_left().unwrap();
    let cache = dnie.component_cache();

    let renewed = world().persona(&PersonaSpec::amparo());
    persona.authentication = renewed.authentication;
    persona.signature = renewed.signature;
    let mut card = VirtualCard::new(&persona).unwrap();
    let mut dnie = Dnie::open_with_cache(&mut card, &world().anchors, cache).unwrap();
    let after = dnie.certificates().unwrap();
    assert_ne!((&before.authentication, &before.signature), (&after.authentication, &after.signature));
    // The chip and its component certificates are the same, and so is the channel.
    let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
    let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
    assert!(is_signature(after.require_signature().unwrap(), &signature));
}

#[test]
fn all_certificates_and_each_further_signature_keep_their_budgets() {
    let persona = &world().amparo;
    let mut card = VirtualCard::new(persona).unwrap();
    let mut dnie = open(&mut card);
    dnie.certificates().unwrap();
    let spent = dnie.exchanges();
    assert!(spent <= CERTIFICATES_BUDGET, "{spent} exchanges for three certificates");
    let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
    unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
    let before = unlocked.exchanges();
    let mut unlocked = unlocked.verify_again(&pin(PIN)).unwrap();
    unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
    let spent = unlocked.exchanges() - before;
    assert!(spent <= NEXT_SIGNATURE_BUDGET, "{spent} exchanges for one more signature");
}

#[test]
fn a_bad_contact_never_passes_for_a_good_signature_nor_costs_a_try() {
    for (persona, _) in world().both() {
        let mut card = VirtualCard::new(persona).unwrap();
        let (good, _) = identify_and_sign(&mut card).unwrap();
        for exchange in 1..=card.counts().exchanges {
            let faults = Faults { corrupt_at: Some(exchange), ..Faults::default() };
            let mut card = VirtualCard::new(persona).unwrap().with_faults(faults);
            if let Ok((_, signature)) = identify_and_sign(&mut card) {
                assert!(
                    is_signature(good.require_signature().unwrap(), &signature),
                    "at exchange {exchange}"
                );
            }
            assert_eq!(card.tries_left(), 3, "at exchange {exchange}");
            // And the same card, a moment later, is as good as ever.
            card.set_faults(Faults::default());
            identify_and_sign(&mut card).unwrap();
        }
    }
}

#[test]
fn channels_open_with_whatever_numbers_chance_gives() {
    // Of a hundred blocks, one begins with a zero byte: enough channels to meet some.
    let mut card = VirtualCard::new(&world().amparo).unwrap();
    let mut cache = ComponentCache::new();
    for _ in 0..100 {
        let dnie = Dnie::open_with_cache(&mut card, &world().anchors, cache).unwrap();
        let unlocked = dnie.verify(&pin(PIN)).unwrap();
        cache = unlocked.card().component_cache();
        unlocked.into_inner();
    }
}

#[test]
fn a_card_signs_over_the_air() {
    let spec = PersonaSpec::amparo();
    let can = secret::Can::parse(&spec.document.as_ref().unwrap().can).unwrap();
    let mut card = VirtualCard::contactless(&world().amparo).unwrap();
    let mut dnie = Dnie::open_contactless(&mut card, &world().anchors, &can, ComponentCache::new()).unwrap();
    let certificates = dnie.certificates().unwrap();
    assert_eq!(dnie.tries_left().unwrap().left(), 3);
    let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
    let signature = unlocked.sign(KeyRef::Signature, &sha256(MESSAGE)).unwrap();
    assert!(is_signature(certificates.require_signature().unwrap(), &signature));
}
