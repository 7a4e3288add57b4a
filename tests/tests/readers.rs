//! Readers and cards that come and go, other programs that hold them, and a card service that stops: over the real one.
//!
//! The service is stopped, suspended and started anew: it is this program's own, and where another runs these tests
//! fail and say what to do (`CardService::own`). Not played here: a reader plugged in or out alone, which vsmartcard's
//! cannot be (its events are tested without service, in crate `reader`); and a card reset by somebody else in the midst of a
//! transaction, which pcsc-lite lets nobody do, as a test below shows.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use dnie::{CardAnchors, Dnie, KeyRef};
use journeys::people::Town;
use journeys::stage::CardService;
use journeys::wait::{PATIENCE, wait_until};
use journeys::watcher::Watcher;
use openssl::sha::sha256;
use pcsc::{Context, Disposition, Protocols, Scope, ShareMode};
use reader::{CardNews, Choice, ReaderEvent, ReaderName, exclusive};
use secret::Pin;
use testkit::card::{PIN, PersonaSpec};
use virtual_card::{DEFAULT_ADDRESS, Faults, LineRate, SECOND_SLOT, Served, VirtualCard};

/// Both slots, and the ends of their readers' names.
const SLOTS: [(std::net::SocketAddr, &str); 2] = [(DEFAULT_ADDRESS, "00 00"), (SECOND_SLOT, "00 01")];

fn anchors() -> CardAnchors {
    let town = Town::shared().unwrap();
    CardAnchors::with_replaced_component_root(&town.authorities().component_root().n().to_vec())
}

fn card(spec: &PersonaSpec) -> VirtualCard {
    Town::shared().unwrap().card(spec).unwrap()
}

fn pin(text: &str) -> Pin {
    let mut pin = Pin::new();
    text.chars().for_each(|character| pin.push(character).unwrap());
    pin
}

fn insert(watcher: &Watcher, card: VirtualCard) -> (Served, ReaderName) {
    watcher.insert(card, DEFAULT_ADDRESS, LineRate::INSTANT).unwrap()
}

/// The certificate that a conversation with a card begins with.
fn identify(reader: &ReaderName) -> Result<Vec<u8>, &'static str> {
    exclusive(reader, |card| {
        let mut dnie = Dnie::open(card, &anchors()).map_err(|error| error.code())?;
        dnie.authentication_certificate().map_err(|error| error.code())
    })
    .map_err(|error| error.code())?
}

/// A whole conversation.
fn sign(reader: &ReaderName) -> Vec<u8> {
    exclusive(reader, |card| {
        let dnie = Dnie::open(card, &anchors()).unwrap();
        dnie.verify(&pin(PIN)).unwrap().sign(KeyRef::Signature, &sha256(b"a")).unwrap()
    })
    .unwrap()
}

/// Another program, connected to the card in a reader.
fn another(reader: &ReaderName, mode: ShareMode) -> pcsc::Card {
    let context = Context::establish(Scope::User).unwrap();
    let name = std::ffi::CString::new(reader.to_string()).unwrap();
    context.connect(&name, mode, Protocols::T0 | Protocols::T1).unwrap()
}

#[test]
fn cards_come_and_go_in_several_readers_and_each_event_says_where() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let mut served = Vec::new();
    for (slot, name) in SLOTS {
        let (card, reader) = watcher.insert(card(&PersonaSpec::amparo()), slot, LineRate::INSTANT).unwrap();
        assert!(reader.to_string().ends_with(name), "{reader}");
        served.push((card, reader));
    }
    // Conversations in both at once.
    thread::scope(|scope| {
        let conversations: Vec<_> =
            served.iter().map(|(_, reader)| scope.spawn(move || sign(reader))).collect();
        for conversation in conversations {
            assert_eq!(conversation.join().unwrap().len(), 256);
        }
    });
    for (card, reader) in served {
        drop(card);
        assert_eq!(watcher.removed().unwrap(), reader);
    }
}

#[test]
fn the_first_card_counts_and_one_in_the_wrong_reader_is_told() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let mut any = Choice::new(None);
    let mut second = Choice::new(Some("pcd 00 01"));
    let mut news = |event: ReaderEvent| (any.tell(event.clone()), second.tell(event));
    let mut until_card = |wanted: &dyn Fn(&ReaderEvent) -> bool| {
        loop {
            let event = watcher.next().unwrap();
            let last = wanted(&event);
            let told = news(event);
            if last {
                return told;
            }
        }
    };
    let inserted = |event: &ReaderEvent| matches!(event, ReaderEvent::CardInserted { .. });
    let removed = |event: &ReaderEvent| matches!(event, ReaderEvent::CardRemoved { .. });
    let in_reader = |news: &[CardNews], end: &str| match news {
        [CardNews::Inserted { reader, .. }] => reader.to_string().ends_with(end),
        _ => false,
    };

    let first = virtual_card::serve(card(&PersonaSpec::amparo()), DEFAULT_ADDRESS).unwrap();
    let (any_says, second_says) = until_card(&inserted);
    assert!(in_reader(&any_says, "00 00"), "{any_says:?}");
    assert!(matches!(&second_says[..], [CardNews::WrongReader { .. }]), "{second_says:?}");

    let other = virtual_card::serve(card(&PersonaSpec::vicent_2_0()), SECOND_SLOT).unwrap();
    let (any_says, second_says) = until_card(&inserted);
    assert_eq!(any_says, []);
    assert!(in_reader(&second_says, "00 01"), "{second_says:?}");

    drop(first);
    let (any_says, second_says) = until_card(&removed);
    // The card that waited counts now.
    assert!(matches!(&any_says[..], [CardNews::Removed { .. }, CardNews::Inserted { .. }]), "{any_says:?}");
    assert!(matches!(&second_says[..], [CardNews::LeftWrongReader { .. }]), "{second_says:?}");
    drop(other);
    let (any_says, second_says) = until_card(&removed);
    assert!(matches!(&any_says[..], [CardNews::Removed { .. }]), "{any_says:?}");
    assert_eq!(any_says, second_says);
}

#[test]
fn a_service_without_readers_is_told_and_those_that_come_are() {
    CardService::own().unwrap();
    assert!(CardService::stop());
    CardService::start_without_readers().unwrap();
    let watcher = Watcher::start().unwrap();
    assert_eq!(watcher.next().unwrap(), ReaderEvent::NoReader);
    CardService::ready().unwrap();
    assert_eq!(watcher.next().unwrap(), ReaderEvent::ServiceDown);
    let mut attached = Vec::new();
    while attached.len() < SLOTS.len() {
        match watcher.next().unwrap() {
            ReaderEvent::ReaderAttached(reader) => attached.push(reader.to_string()),
            // The service may answer before it has loaded its readers.
            ReaderEvent::NoReader => {}
            other => panic!("{other:?}"),
        }
    }
    for (reader, (_, end)) in attached.iter().zip(SLOTS) {
        assert!(reader.ends_with(end), "{attached:?}");
    }
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
    identify(&reader).unwrap();
    watcher.remove(served).unwrap();
}

#[test]
fn a_card_that_another_program_holds_is_busy_and_had_when_it_is_released() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));

    let other = another(&reader, ShareMode::Exclusive);
    assert_eq!(identify(&reader).unwrap_err(), "card.busy");
    other.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
    identify(&reader).unwrap();

    // In the midst of a transaction of its own, which is waited for, and not for ever.
    let mut other = another(&reader, ShareMode::Shared);
    let transaction = other.transaction().unwrap();
    assert_eq!(identify(&reader).unwrap_err(), "card.busy");
    transaction.end(Disposition::LeaveCard).map_err(|(_, error)| error).unwrap();
    identify(&reader).unwrap();
    watcher.remove(served).unwrap();
}

#[test]
fn a_program_that_resets_the_card_while_it_is_waited_for_is_not_in_the_way() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
    let mut other = another(&reader, ShareMode::Shared);
    let transaction = other.transaction().unwrap();
    thread::scope(|scope| {
        let ours = scope.spawn(|| sign(&reader));
        wait_until("the thread that waits for the card", PATIENCE, || {
            let tasks = std::fs::read_dir("/proc/self/task")?.flatten();
            Ok(tasks
                .filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok())
                .any(|name| name.trim() == "card"))
        })
        .unwrap();
        transaction.end(Disposition::ResetCard).map_err(|(_, error)| error).unwrap();
        assert_eq!(ours.join().unwrap().len(), 256);
    });
    watcher.remove(served).unwrap();
}

#[test]
fn nobody_resets_the_card_under_our_hands_and_afterwards_it_does_no_harm() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
    // It connects before, since to connect waits for whoever holds the card.
    let other = another(&reader, ShareMode::Shared);
    thread::scope(|scope| {
        let resetting = exclusive(&reader, |card| {
            let dnie = Dnie::open(card, &anchors()).unwrap();
            let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
            let before = served.counts().resets;
            // The service lets it wait until our transaction has ended.
            let resetting =
                scope.spawn(|| other.disconnect(Disposition::ResetCard).map_err(|(_, error)| error));
            unlocked.sign(KeyRef::Signature, &sha256(b"a")).unwrap();
            assert_eq!(served.counts().resets, before);
            resetting
        })
        .unwrap();
        resetting.join().unwrap().unwrap();
    });
    assert_eq!(sign(&reader).len(), 256);
    watcher.remove(served).unwrap();
}

#[test]
fn a_card_is_reset_at_the_end_also_when_its_user_panics() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::vicent_2_0()));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        exclusive(&reader, |card| {
            let _unlocked = Dnie::open(card, &anchors()).unwrap().verify(&pin(PIN)).unwrap();
            panic!("in the midst");
        })
    }));
    assert!(panicked.is_err());
    // The next program finds no channel and no right: what it sends in plain is answered as if nothing had been.
    let other = another(&reader, ShareMode::Shared);
    let mut buffer = [0; 264];
    let answer =
        other.transmit(&[0x00, 0x22, 0x41, 0xB6, 0x04, 0x84, 0x02, 0x01, 0x02], &mut buffer).unwrap();
    assert_eq!(answer, [0x69, 0x82]);
    // Powered up, and reset at the end.
    assert!(served.counts().resets >= 2, "{:?}", served.counts());
    drop(other);
    watcher.remove(served).unwrap();
}

#[test]
fn a_card_swapped_in_the_midst_of_a_conversation_is_a_card_removed() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    for seen_out in [true, false] {
        let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
        let (code, second) = exclusive(&reader, |held| {
            let dnie = Dnie::open(held, &anchors()).unwrap();
            let mut unlocked = dnie.verify(&pin(PIN)).unwrap();
            drop(served);
            if seen_out {
                watcher.removed().unwrap();
            }
            let second = virtual_card::serve(card(&PersonaSpec::vicent_2_0()), DEFAULT_ADDRESS).unwrap();
            if seen_out {
                watcher.inserted().unwrap();
            }
            (unlocked.sign(KeyRef::Signature, &sha256(b"a")).unwrap_err().code(), second)
        })
        .unwrap();
        if seen_out {
            assert_eq!(code, "card.removed");
        }
        // Quicker than the service looks, and than any hand: it may not know of the swap. What was meant for the first card
        // is nothing to the second in either case.
        assert_eq!(second.counts().signatures, 0, "{code}");
        if !seen_out {
            wait_until("the second card", PATIENCE, || Ok(identify(&reader).is_ok())).unwrap();
        }
        assert_eq!(sign(&reader).len(), 256);
        watcher.remove(second).unwrap();
    }
}

#[test]
fn a_card_that_falls_silent_is_mute_and_the_next_one_is_served() {
    CardService::ready().unwrap();
    let watcher = Watcher::start().unwrap();
    let silent = card(&PersonaSpec::amparo()).with_faults(Faults { mute_from: Some(3), ..Faults::default() });
    let (served, reader) = insert(&watcher, silent);
    assert_eq!(identify(&reader).unwrap_err(), "card.mute");
    watcher.remove(served).unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
    identify(&reader).unwrap();
    watcher.remove(served).unwrap();
}

#[test]
fn a_service_that_stops_is_told_and_when_it_is_back_everything_is_told_anew() {
    CardService::own().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
    assert!(CardService::stop());
    let mut gone = Vec::new();
    loop {
        match watcher.next().unwrap() {
            ReaderEvent::ServiceDown => break,
            event => gone.push(event),
        }
    }
    assert!(gone.contains(&ReaderEvent::CardRemoved { reader: reader.clone() }), "{gone:?}");
    assert!(gone.contains(&ReaderEvent::ReaderGone(reader.clone())), "{gone:?}");
    assert_eq!(identify(&reader).unwrap_err(), "reader.service-down");
    CardService::ready().unwrap();
    // The card never left the reader.
    assert_eq!(watcher.inserted().unwrap(), reader);
    identify(&reader).unwrap();
    watcher.remove(served).unwrap();
}

#[test]
fn a_service_that_restarts_while_a_card_is_held_ends_the_conversation_and_no_more() {
    CardService::own().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));
    let codes = exclusive(&reader, |held| {
        let mut dnie = Dnie::open(held, &anchors()).unwrap();
        dnie.tries_left().unwrap();
        assert!(CardService::stop());
        let stopped = dnie.certificates().unwrap_err().code();
        CardService::ready().unwrap();
        // Another service, which knows nothing of our transaction.
        (stopped, dnie.certificates().unwrap_err().code())
    })
    .unwrap();
    assert_eq!(codes, ("card.reader-gone", "card.reader-gone"));
    watcher.wait_for(|event| (event == ReaderEvent::ServiceDown).then_some(())).unwrap();
    assert_eq!(watcher.inserted().unwrap(), reader);
    assert_eq!(sign(&reader).len(), 256);
    watcher.remove(served).unwrap();
}

#[test]
fn after_a_sleep_what_changed_meanwhile_is_told_and_a_conversation_goes_on() {
    CardService::own().unwrap();
    let watcher = Watcher::start().unwrap();
    let (served, reader) = insert(&watcher, card(&PersonaSpec::amparo()));

    // A short sleep in the midst of a conversation.
    exclusive(&reader, |held| {
        let mut dnie = Dnie::open(held, &anchors()).unwrap();
        let asleep = CardService::suspend().unwrap();
        thread::scope(|scope| {
            scope.spawn(move || drop(asleep));
            dnie.certificates().unwrap();
        });
    })
    .unwrap();

    // Nobody waits for ever for a service that hangs.
    let asleep = CardService::suspend().unwrap();
    assert_eq!(identify(&reader).unwrap_err(), "reader.service-down");
    drop(Watcher::start().unwrap());

    // Another person's card is in when it wakes up.
    let first = served.remove();
    let second = virtual_card::serve(card(&PersonaSpec::vicent_2_0()), DEFAULT_ADDRESS).unwrap();
    drop(asleep);
    drop(first);
    let mut before = None;
    wait_until("the second card", PATIENCE, || {
        let certificate = identify(&reader).ok();
        let settled = certificate.is_some() && certificate == before;
        before = certificate;
        Ok(settled)
    })
    .unwrap();
    assert_eq!(sign(&reader).len(), 256);
    assert_eq!(second.counts().signatures, 1);
    watcher.remove(second).unwrap();
}
