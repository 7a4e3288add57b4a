//! What is said with a DNIe, whatever it lies in: a reader, or a test.

use ::dnie::{CardAnchors, Certificates, ComponentCache, Dnie, KeyRef, Reason, Refused};
use jiff::Timestamp;
use secret::{Can, Pin};
use session::{Holder, TriesLeft};
use signing::Digest;
use trust::{Anchors, Certificate, Context, Policy};

use super::{Key, SignRefusal, Signatory};

/// A DNIe for the length of one conversation.
pub(super) type Held<'a> = Dnie<&'a mut dyn apdu::Card>;

/// Opens the card, holds one conversation with it, and gives back what is worth keeping of its component certificates.
pub(super) fn with<R>(
    card: &mut dyn apdu::Card,
    anchors: &CardAnchors,
    can: Option<&Can>,
    cache: ComponentCache,
    talk: impl FnOnce(Held<'_>) -> Result<R, &'static str>,
) -> (Result<R, &'static str>, ComponentCache) {
    let opened = match can {
        Some(can) => Dnie::open_contactless(card, anchors, can, cache),
        None => Dnie::open_with_cache(card, anchors, cache),
    };
    match opened {
        Ok(dnie) => {
            let cache = dnie.component_cache();
            (talk(dnie), cache)
        }
        Err(error) => (Err(error.code()), ComponentCache::new()),
    }
}

/// Every certificate of the card.
pub(super) fn read(mut dnie: Held<'_>) -> Result<Certificates, &'static str> {
    dnie.certificates().map_err(|error| error.code())
}

/// Whose card it is, once both certificates have been verified and name the same person.
pub(super) fn believe(
    certificates: &Certificates,
    citizens: &Anchors,
    now: Timestamp,
    key: Key,
) -> Result<Signatory, &'static str> {
    let signature = certificates.require_signature().map_err(|error| error.code())?;
    let authentication = parse(&certificates.authentication)?;
    let signature = parse(signature)?;
    let intermediates = certificates.issuer.iter().map(|der| parse(der)).collect::<Result<Vec<_>, _>>()?;
    let context = Context { anchors: citizens, intermediates: &intermediates };
    let check = |certificate: &Certificate, policy| {
        trust::verify(certificate, &context, now, policy).map_err(|refusal| refusal.code())
    };
    let identified = check(&authentication, Policy::DnieAuthentication)?;
    let signing = check(&signature, Policy::DnieSignature)?;
    let holder = identified.holder().ok_or("certificate.not-a-person")?;
    if signing.holder().map(|signer| &signer.nif) != Some(&holder.nif) {
        return Err("certificate.not-a-person");
    }
    Ok(Signatory { holder: person(holder), certificate: signature, intermediates, key })
}

/// The tries that are left, none spent.
pub(super) fn tries(mut dnie: Held<'_>) -> Result<u8, &'static str> {
    dnie.tries_left().map(::dnie::Tries::left).map_err(|error| error.code())
}

/// Shows the PIN and signs, if the card is still the one whose certificate stands in the document.
pub(super) fn sign(
    mut dnie: Held<'_>,
    signer: &Certificate,
    pin: &Pin,
    digest: &Digest,
) -> Result<Result<Vec<u8>, SignRefusal>, &'static str> {
    // The card may have been changed between the reading and now: its certificate is read anew.
    let certificates = dnie.certificates().map_err(|error| error.code())?;
    let own = certificates.require_signature().map_err(|error| error.code())?;
    if own != signer.der() {
        return Err("card.other");
    }
    Ok(match dnie.verify(pin) {
        Ok(mut unlocked) => unlocked
            .sign(KeyRef::Signature, digest.as_bytes())
            .map_err(|error| SignRefusal::Failed(error.code())),
        Err(Refused { reason, .. }) => Err(refusal(&reason)),
    })
}

fn refusal(reason: &Reason) -> SignRefusal {
    match reason {
        Reason::WrongPin { tries } => SignRefusal::Wrong(TriesLeft::Count { left: tries.left() }),
        other => SignRefusal::Failed(other.code()),
    }
}

fn parse(der: &[u8]) -> Result<Certificate, &'static str> {
    Certificate::from_der(der).map_err(|_| "certificate.malformed")
}

/// A verified person, as the session knows people.
pub(super) fn person(holder: &trust::Holder) -> Holder {
    Holder {
        nif: holder.nif.clone(),
        given_name: holder.given_name.clone(),
        surname1: holder.surname1.clone(),
        surname2: holder.surname2.clone(),
    }
}
