//! A recognised card before the PIN: certificates, tries left, and the step to [`Unlocked`].

use std::fmt;

use apdu::{Card, Command, Status};
use secret::Pin;

use crate::{
    CardAnchors, Certificates, ComponentCache, Error, Generation, Recognised, Unlocked, certificates,
    components,
    error::Step,
    handshake::{self, Chance, Peer},
    link::{Link, Role, with_data},
    recognise,
};

/// A DNIe, as far as its answer to reset and its serial number say; nothing is proven before a channel is open.
pub struct Dnie<C> {
    pub(crate) link: Link<C>,
    anchors: CardAnchors,
    generation: Generation,
    serial: [u8; 7],
    cache: ComponentCache,
}

/// The PIN tries a card has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tries(u8);

impl Tries {
    /// How many; a fresh or just verified card has three.
    #[must_use]
    pub const fn left(self) -> u8 {
        self.0
    }

    /// Whether one more wrong PIN blocks the card.
    #[must_use]
    pub const fn is_last(self) -> bool {
        self.0 == 1
    }

    /// Whether the PIN is blocked: only a police kiosk unblocks it, by fingerprint.
    #[must_use]
    pub const fn is_blocked(self) -> bool {
        self.0 == 0
    }
}

/// The PIN did not unlock the card, which is given back.
pub struct Refused<C> {
    /// The card, for another attempt.
    pub card: Dnie<C>,
    /// Why.
    pub reason: Reason,
}

/// Why a PIN did not unlock a card.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// It was the wrong one.
    WrongPin {
        /// What is left.
        tries: Tries,
    },
    /// No tries are left, perhaps since this very attempt.
    Blocked,
    /// The card never came to judge it, or failed afterwards.
    Failed(Error),
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongPin { .. } => "card.pin-wrong",
            Self::Blocked => "card.pin-blocked",
            Self::Failed(error) => error.code(),
        }
    }

    /// What the card's verdict on a PIN means.
    fn of(status: Status) -> Option<Self> {
        match (status, status.tries_left()) {
            // The attempt that blocks answers 63 C0, later ones 69 83.
            (Status::BLOCKED, _) | (_, Some(0)) => Some(Self::Blocked),
            (_, Some(tries)) => Some(Self::WrongPin { tries: Tries(tries) }),
            _ => None,
        }
    }
}

impl<C: Card> Dnie<C> {
    /// Recognises a card by its answer to reset and its chip's serial number.
    ///
    /// # Errors
    /// [`Error::NotDnie`], [`Error::Terminated`], [`Error::Contactless`], or no answer.
    pub fn open(card: C, anchors: &CardAnchors) -> Result<Self, Error> {
        Self::open_with_cache(card, anchors, ComponentCache::new())
    }

    /// The same with component certificates that may have been read before, see [`Dnie::component_cache`].
    ///
    /// # Errors
    /// As [`Dnie::open`].
    pub fn open_with_cache(card: C, anchors: &CardAnchors, cache: ComponentCache) -> Result<Self, Error> {
        let generation = match recognise(card.atr()) {
            Recognised::Dnie { generation } => generation,
            Recognised::Contactless => return Err(Error::Contactless),
            Recognised::Terminated => return Err(Error::Terminated),
            Recognised::NotDnie => return Err(Error::NotDnie),
        };
        let mut link = Link::new(card);
        let answer = link.send(Step::ChipSerial, &Command::new(0x90, 0xB8, 0x00, 0x00).with_le(7))?;
        // Some answer eleven bytes, of which the first seven count.
        let serial = match answer.data.first_chunk() {
            Some(serial) if answer.status.is_ok() => *serial,
            _ => return Err(Error::NotDnie),
        };
        Ok(Self { link, anchors: anchors.clone(), generation, serial, cache })
    }

    /// The chip's serial number: lasts as long as the card, whatever is renewed on it. Personal data.
    #[must_use]
    pub const fn chip_serial(&self) -> &[u8; 7] {
        &self.serial
    }

    /// The generation.
    #[must_use]
    pub const fn generation(&self) -> Generation {
        self.generation
    }

    /// How many exchanges this card has cost so far.
    #[must_use]
    pub const fn exchanges(&self) -> u32 {
        self.link.exchanges()
    }

    /// The verified component certificates, to be given to [`Dnie::open_with_cache`] for the same card.
    #[must_use]
    pub fn component_cache(&self) -> ComponentCache {
        self.cache.clone()
    }

    /// Reads every certificate, anew each time: a renewal changes them.
    ///
    /// # Errors
    /// [`Error::NoAuthenticationCertificate`]; [`Error::CertificatesNeedPin`] on some old cards.
    pub fn certificates(&mut self) -> Result<Certificates, Error> {
        self.link.close_channel()?;
        certificates::read_all(&mut self.link)
    }

    /// Reads the authentication certificate alone, in a third of the exchanges.
    ///
    /// # Errors
    /// As [`Dnie::certificates`].
    pub fn authentication_certificate(&mut self) -> Result<Vec<u8>, Error> {
        self.link.close_channel()?;
        certificates::read_authentication(&mut self.link)
    }

    /// Asks how many PIN tries are left, and spends none. Opens the channel that [`Dnie::verify`] then uses.
    ///
    /// # Errors
    /// [`Error::Untrusted`] before anything else if the card is no genuine DNIe.
    pub fn tries_left(&mut self) -> Result<Tries, Error> {
        self.open_channel(self.pin_role())?;
        // VERIFY without data, expecting an answer: the counter comes in the status word.
        let status = match self.link.send(Step::Verify, &Command::new(0x00, 0x20, 0x00, 0x00).with_le(256)) {
            Ok(answer) => answer.status,
            // Nothing depends on the number but a warning, so that a bare answer will do.
            Err(Error::ChannelLost { status }) => status,
            Err(error) => return Err(error),
        };
        match Reason::of(status) {
            Some(Reason::WrongPin { tries }) => Ok(tries),
            Some(Reason::Blocked) => Ok(Tries(0)),
            _ => Err(Error::Status { step: Step::Verify, status }),
        }
    }

    /// Shows the PIN to the card, inside a channel, and leaves it ready to sign.
    ///
    /// # Errors
    /// [`Refused`] with the card and the reason.
    #[allow(clippy::result_large_err, reason = "the card itself is given back, as the signature promises")]
    pub fn verify(mut self, pin: &Pin) -> Result<Unlocked<C>, Refused<C>> {
        match self.present(pin) {
            Ok(()) => Ok(Unlocked::new(self)),
            Err(reason) => Err(Refused { card: self, reason }),
        }
    }

    /// Ends the channel, and with it every right the PIN gave, by telling the card.
    ///
    /// # Errors
    /// Only when the card gives no answer; the channel is over all the same.
    pub fn close(&mut self) -> Result<(), Error> {
        self.link.close_channel()
    }

    /// Ends the channel as well as it can and gives the card back.
    pub fn into_inner(mut self) -> C {
        // A card that does not answer any more has lost its channel as well.
        let _ = self.link.close_channel();
        self.link.into_card()
    }

    fn present(&mut self, pin: &Pin) -> Result<(), Reason> {
        if !pin.is_long_enough() {
            return Err(Reason::Failed(Error::PinTooShort));
        }
        self.open_channel(self.pin_role()).map_err(Reason::Failed)?;
        let verify = with_data(Command::new(0x00, 0x20, 0x00, 0x00), pin.expose()).map_err(Reason::Failed)?;
        let status = match self.link.send(Step::Verify, &verify) {
            Ok(answer) if answer.status.is_ok() => return self.change_to_user().map_err(Reason::Failed),
            Ok(answer) => answer.status,
            // A bare verdict may be believed when it says no; the channel is gone with it.
            Err(Error::ChannelLost { status }) => {
                return Err(Reason::of(status).unwrap_or(Reason::Failed(Error::ChannelLost { status })));
            }
            Err(error) => return Err(Reason::Failed(error)),
        };
        Err(Reason::of(status).unwrap_or(Reason::Failed(Error::Status { step: Step::Verify, status })))
    }

    /// After the PIN: on 3.0 the second handshake, inside the first channel, which keeps the PIN's rights.
    fn change_to_user(&mut self) -> Result<(), Error> {
        if self.pin_role() == Role::User {
            return Ok(());
        }
        let changed = self.handshake(Role::User);
        if changed.is_err() {
            // Whatever went wrong, no card stays behind with a verified PIN. Its own failure would tell less.
            let _ = self.link.sweep();
        }
        changed
    }

    const fn pin_role(&self) -> Role {
        match self.generation {
            Generation::V2 => Role::User,
            Generation::V3 => Role::Pin,
        }
    }

    /// Opens a channel from scratch unless it is open. Tries twice: some readers fail now and then at this, and a
    /// channel of a program that died may stand in the way.
    fn open_channel(&mut self, role: Role) -> Result<(), Error> {
        if self.link.role() == Some(role) {
            return Ok(());
        }
        self.link.close_channel()?;
        match self.handshake(role) {
            Err(Error::Channel { .. } | Error::ChannelLost { .. }) => {
                self.link.sweep()?;
                self.handshake(role)
            }
            done => done,
        }
    }

    fn handshake(&mut self, role: Role) -> Result<(), Error> {
        // Files first: selecting one in the midst of a handshake makes the card forget its key references.
        let components = components::verify(&mut self.link, self.serial, &self.anchors, &mut self.cache)?;
        let peer = Peer { components: &components, serial: self.serial, generation: self.generation };
        handshake::open(&mut self.link, &peer, role, &Chance::draw()?)
    }
}

impl<C> fmt::Debug for Dnie<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dnie").field("generation", &self.generation).finish_non_exhaustive()
    }
}

impl<C> fmt::Debug for Refused<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused").field("reason", &self.reason).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::CardError;

    use super::*;
    use crate::{script::Script, vectors::atr};

    const SERIAL: (&str, &str) = ("90B8000007", "06A1B2C3D4E5F6 9000");

    fn open(script: Script) -> Result<Dnie<Script>, Error> {
        Dnie::open(script, &CardAnchors::official())
    }

    fn pin(text: &str) -> Pin {
        let mut pin = Pin::new();
        text.chars().for_each(|character| pin.push(character).unwrap());
        pin
    }

    #[test]
    fn a_card_is_opened_with_one_exchange() {
        let card = open(Script::new(&[SERIAL])).unwrap();
        assert_eq!((card.exchanges(), card.generation()), (1, Generation::V3));
        assert_eq!(card.chip_serial()[..2], [0x06, 0xA1]);
        assert!(!format!("{card:?}").contains("161"));
        let long = [("90B8000007", "6C0B"), ("90B800000B", "06A1B2C3D4E5F6 01020304 9000")];
        assert_eq!(open(Script::new(&long)).unwrap().chip_serial()[6], 0xF6);
    }

    #[test]
    fn other_cards_are_told_apart_without_an_exchange() {
        for (text, code) in [
            ("3B7F380000006A464E4D54100000000000009000", "card.not-dnie"),
            (atr::CONTACT_TERMINATED, "card.terminated"),
            (atr::NFC_A, "card.contactless"),
        ] {
            assert_eq!(open(Script::new(&[]).with_atr(text)).unwrap_err().code(), code);
        }
        assert_eq!(open(Script::new(&[("90B8000007", "6D00")])).unwrap_err().code(), "card.not-dnie");
    }

    #[test]
    fn a_pin_too_short_never_reaches_the_card() {
        let card = open(Script::new(&[SERIAL])).unwrap();
        let refused = card.verify(&pin("1234567")).unwrap_err();
        assert_eq!((refused.reason.code(), refused.card.exchanges()), ("card.pin-too-short", 1));
    }

    #[test]
    fn a_card_without_component_certificates_never_sees_the_pin() {
        let card = open(Script::new(&[
            SERIAL,
            ("00A404000B4D61737465722E46696C65", "611B"),
            ("00A40000026020", "6A82"),
        ]))
        .unwrap();
        assert_eq!(card.verify(&pin("CRYPTOKI")).unwrap_err().reason.code(), "card.untrusted");
    }

    #[test]
    fn a_card_that_leaves_is_a_reason_and_not_a_panic() {
        let card = open(Script::new(&[SERIAL]).ending_with(CardError::Removed)).unwrap();
        let refused = card.verify(&pin("CRYPTOKI")).unwrap_err();
        assert_eq!(refused.reason.code(), "card.removed");
        let mut card = refused.card;
        assert_eq!(card.tries_left().unwrap_err().code(), "card.removed");
        assert_eq!(card.certificates().unwrap_err().code(), "card.removed");
    }

    #[test]
    fn verdicts_on_a_pin_are_read_from_the_status() {
        assert!(matches!(Reason::of(Status(0x63C2)), Some(Reason::WrongPin { tries: Tries(2) })));
        assert!(matches!(Reason::of(Status(0x63C0)), Some(Reason::Blocked)));
        assert!(matches!(Reason::of(Status(0x6983)), Some(Reason::Blocked)));
        assert!(Reason::of(Status(0x6982)).is_none() && Reason::of(Status::OK).is_none());
        assert!(Tries(1).is_last() && Tries(0).is_blocked() && !Tries(3).is_last());
    }
}
