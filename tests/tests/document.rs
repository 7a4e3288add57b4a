//! The driver and the virtual card, written apart, over the air and on the travel document inside the card: what the
//! state has signed is believed, and nothing else; what only looks like a DNIe is none.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use dnie::lds::{CscaAnchors, DataGroup, Document};
use dnie::{CardAnchors, ComponentCache, Dnie, Error};
use jiff::Timestamp;
use secret::Can;
use testkit::card::{self, PersonaSpec};
use testkit::pki::Authorities;
use virtual_card::VirtualCard;

const GROUPS: [DataGroup; 4] =
    [DataGroup::Mrz, DataGroup::Portrait, DataGroup::Personal, DataGroup::Additional];

fn now() -> Timestamp {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn moment() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(now().as_second().try_into().unwrap())
}

fn authorities() -> &'static Authorities {
    static MADE: OnceLock<Authorities> = OnceLock::new();
    MADE.get_or_init(|| Authorities::generate(now()).unwrap())
}

fn anchors() -> CardAnchors {
    CardAnchors::with_replaced_component_root(&authorities().component_root().n().to_vec())
}

fn number(spec: &PersonaSpec) -> Can {
    Can::parse(&spec.document.as_ref().unwrap().can).unwrap()
}

fn over_the_air(card: &mut VirtualCard, can: &Can) -> Result<(), Error> {
    Dnie::open_contactless(card, &anchors(), can, ComponentCache::new()).map(drop)
}

/// The document of a card, in a contact reader and on a contactless one, proven under an authority.
fn documents(spec: &PersonaSpec, csca: &CscaAnchors) -> [Result<Document, &'static str>; 2] {
    let persona = card::persona(authorities(), spec, now()).unwrap();
    let at = moment();
    let proven = |dnie: &mut Dnie<&mut VirtualCard>| {
        let files = dnie.lds(&GROUPS).map_err(|error| error.code())?;
        files.authenticate(csca, at).map(dnie::lds::Authentic::into_inner).map_err(|fault| fault.code())
    };
    let mut contact = VirtualCard::new(&persona).unwrap();
    let mut air = VirtualCard::contactless(&persona).unwrap();
    let anchors = anchors();
    [
        proven(&mut Dnie::open(&mut contact, &anchors).unwrap()),
        proven(
            &mut Dnie::open_contactless(&mut air, &anchors, &number(spec), ComponentCache::new()).unwrap(),
        ),
    ]
}

fn csca() -> CscaAnchors {
    CscaAnchors::from_der([authorities().csca().der()]).unwrap()
}

#[test]
fn what_the_state_has_signed_is_read_and_believed_on_both_interfaces() {
    for spec in [PersonaSpec::amparo(), PersonaSpec::load("valencian-letters").unwrap()] {
        for document in documents(&spec, &csca()) {
            let document = document.unwrap();
            let (mrz, personal) = (document.mrz.unwrap(), document.personal.unwrap());
            let (portrait, additional) = (document.portrait.unwrap(), document.additional.unwrap());
            assert_eq!(personal.personal_number.as_deref(), Some(spec.holder.nif.as_str()));
            assert_eq!(additional.personal_number, spec.holder.nif);
            assert_eq!(additional.surname1, spec.holder.surname1);
            assert_eq!(additional.given_name, spec.holder.given_name);
            assert_eq!(mrz.support_number, spec.idesp);
            assert_eq!(mrz.personal_number, spec.holder.nif);
            let city = personal.address.unwrap().city.unwrap();
            assert_eq!(city, spec.document.as_ref().unwrap().address.city);
            assert!(!portrait.image.is_empty());
        }
    }
}

#[test]
fn a_document_of_a_stranger_or_of_a_changed_person_is_not_believed() {
    let stranger = PersonaSpec::load("stranger-document").unwrap();
    assert_eq!(documents(&stranger, &csca()), [Err("lds.no-anchor"), Err("lds.no-anchor")]);
    let nobody = CscaAnchors::new();
    assert_eq!(documents(&PersonaSpec::amparo(), &nobody), [Err("lds.no-anchor"), Err("lds.no-anchor")]);

    // The same card with another address than the one that was signed.
    let mut persona = card::persona(authorities(), &PersonaSpec::amparo(), now()).unwrap();
    persona.document.as_mut().unwrap().address.street = "C. NOU 1".to_owned();
    let mut card = VirtualCard::new(&persona).unwrap();
    let files = Dnie::open(&mut card, &anchors()).unwrap().lds(&[DataGroup::Personal]).unwrap();
    let fault = files.authenticate(&csca(), moment()).unwrap_err();
    assert_eq!(fault.code(), "lds.hash-mismatch");
}

#[test]
fn a_wrong_number_is_told_and_spends_nothing() {
    let spec = PersonaSpec::amparo();
    let persona = card::persona(authorities(), &spec, now()).unwrap();
    let mut card = VirtualCard::contactless(&persona).unwrap();
    let wrong = Can::parse("999999").unwrap();
    assert_eq!(over_the_air(&mut card, &wrong).unwrap_err().code(), "card.can-wrong");
    card.reset();
    assert!(matches!(Dnie::open(&mut card, &anchors()), Err(Error::CanNeeded)));
    card.reset();
    over_the_air(&mut card, &number(&spec)).unwrap();
    assert_eq!(card.tries_left(), 3);
}

#[test]
fn a_residence_permit_looks_like_a_dnie_and_is_refused() {
    let spec = PersonaSpec::load("residence-permit").unwrap();
    let persona = card::persona(authorities(), &spec, now()).unwrap();
    let mut card = VirtualCard::contactless(&persona).unwrap();
    assert_eq!(over_the_air(&mut card, &number(&spec)).unwrap_err().code(), "card.not-dnie");
    assert_eq!(card.counts().verifications, 0);
}
