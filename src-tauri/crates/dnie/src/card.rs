//! A recognised card before the PIN: certificates, tries left, and the step to [`Unlocked`].

use std::fmt;

use apdu::{Card, Command, Status};
use secret::{Can, Pin};

use crate::{
    CardAnchors, Certificates, ComponentCache, Error, Generation, Reason, Recognised, Refused, Tries,
    Unlocked, card_access, certificates, components,
    error::{Foreign, Step},
    handshake::{self, Chance, Peer},
    lds::{self, DataGroup, Lds, LdsFault},
    link::{Link, Role, with_data},
    pace::{self, Password},
    recognise,
};

/// A DNIe, as far as its answer to reset and its serial number say; nothing is proven before a channel is open.
pub struct Dnie<C> {
    pub(crate) link: Link<C>,
    anchors: CardAnchors,
    generation: Generation,
    serial: [u8; 7],
    cache: ComponentCache,
    /// What the contactless interface asks for at each new start.
    password: Option<Password>,
}

impl<C: Card> Dnie<C> {
    /// Recognises a card in a contact reader by its answer to reset and its chip's serial number.
    ///
    /// # Errors
    /// [`Error::NotDnie`], [`Error::Terminated`], [`Error::CanNeeded`] on a contactless reader, or no answer.
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
            Recognised::Contactless => return Err(Error::CanNeeded),
            Recognised::Terminated => return Err(Error::Terminated),
            Recognised::NotDnie => return Err(Error::NotDnie(Foreign::AnswerToReset)),
        };
        let mut link = Link::new(card);
        let serial = chip_serial(&mut link)?;
        Ok(Self { link, anchors: anchors.clone(), generation, serial, cache, password: None })
    }

    /// Opens a card on a contactless reader with its access number: checks what it offers, runs PACE, and makes sure
    /// that it is a DNIe, since residence permits and passports have the same answer to reset.
    ///
    /// The key that the number gives is kept, so that PACE can be run again when the card must start over. A card in
    /// a contact reader is opened as by [`Dnie::open_with_cache`]; it needs no number.
    ///
    /// # Errors
    /// [`Error::CanNeeded`] while digits are missing; [`Error::CanWrong`]; [`Error::NotDnie`] with what showed it;
    /// [`Error::Untrusted`] when the card itself cannot prove that it knows the number.
    pub fn open_contactless(
        card: C,
        anchors: &CardAnchors,
        can: &Can,
        cache: ComponentCache,
    ) -> Result<Self, Error> {
        if recognise(card.atr()) != Recognised::Contactless {
            return Self::open_with_cache(card, anchors, cache);
        }
        let password = Password::of(can).ok_or(Error::CanNeeded)?;
        let mut link = Link::new(card);
        card_access::require_pace(&mut link)?;
        pace::open(&mut link, &password, &pace::Chance::draw()?)?;
        certificates::require_directory(&mut link)?;
        let serial = chip_serial(&mut link)?;
        let (anchors, generation) = (anchors.clone(), Generation::V3);
        Ok(Self { link, anchors, generation, serial, cache, password: Some(password) })
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
        self.ground()?;
        certificates::read_all(&mut self.link)
    }

    /// Reads the authentication certificate alone, in a third of the exchanges.
    ///
    /// # Errors
    /// As [`Dnie::certificates`].
    pub fn authentication_certificate(&mut self) -> Result<Vec<u8>, Error> {
        self.ground()?;
        certificates::read_authentication(&mut self.link)
    }

    /// Asks how many PIN tries are left, and spends none. Opens the channel that [`Dnie::verify`] then uses.
    ///
    /// # Errors
    /// [`Error::Untrusted`] before anything else if the card is no genuine DNIe.
    pub fn tries_left(&mut self) -> Result<Tries, Error> {
        self.open_channel(self.pin_role())?;
        // VERIFY without data, expecting an answer: the counter comes in the status word. Nothing depends on the number
        // but a warning, so that a bare answer will do.
        let ended = match self.link.send(Step::Verify, &Command::new(0x00, 0x20, 0x00, 0x00).with_le(256)) {
            Ok(answer) => Error::Status { step: Step::Verify, status: answer.status },
            Err(error) => error,
        };
        let status = match &ended {
            Error::Status { status, .. } | Error::ChannelLost { status } => *status,
            _ => return Err(ended),
        };
        match Reason::of(status) {
            Some(Reason::WrongPin { tries }) => Ok(tries),
            Some(Reason::Blocked) => Ok(Tries::NONE),
            _ => Err(ended),
        }
    }

    /// Reads files of the travel document application, which need no PIN: inside PACE, or on contact inside a channel
    /// that this opens. EF.COM and EF.SOD always, of the data groups those asked for.
    ///
    /// # Errors
    /// [`LdsFault::Absent`] on 2.0, which has no such application, and on cards without it.
    pub fn lds(&mut self, groups: &[DataGroup]) -> Result<Lds, Error> {
        if self.generation == Generation::V2 {
            return Err(LdsFault::Absent.into());
        }
        match self.password {
            Some(_) => self.ground()?,
            None => self.open_channel(Role::User)?,
        }
        lds::read(&mut self.link, groups)
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
        let before = self.link.exchanges();
        match self.link.send(Step::Verify, &verify) {
            Ok(answer) if answer.status.is_ok() => self.change_to_user().map_err(Reason::Failed),
            Ok(answer) => {
                Err(Reason::after_sending(Error::Status { step: Step::Verify, status: answer.status }))
            }
            Err(error) if self.link.exchanges() == before => Err(Reason::Failed(error)),
            Err(error) => Err(Reason::after_sending(error)),
        }
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

    /// Leaves no protection in force but what the interface itself needs: PACE on a contactless reader, which is run
    /// anew if it is gone.
    fn ground(&mut self) -> Result<(), Error> {
        if self.link.is_pace() {
            return Ok(());
        }
        self.link.close_channel()?;
        match &self.password {
            Some(password) => pace::open(&mut self.link, password, &pace::Chance::draw()?),
            None => Ok(()),
        }
    }

    /// Opens a channel from scratch unless it is open. Tries twice: some readers fail now and then at this, and a
    /// channel of a program that died may stand in the way.
    fn open_channel(&mut self, role: Role) -> Result<(), Error> {
        if self.link.role() == Some(role) {
            return Ok(());
        }
        let first = self.ground().and_then(|()| self.handshake(role));
        match first {
            Err(Error::Channel { .. } | Error::ChannelLost { .. }) => {
                self.link.sweep()?;
                self.ground()?;
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

/// GET CHIP SERIAL; under secure messaging its class becomes `9C`.
fn chip_serial<C: Card>(link: &mut Link<C>) -> Result<[u8; 7], Error> {
    let foreign = Error::NotDnie(Foreign::ChipSerial);
    match link.send(Step::ChipSerial, &Command::new(0x90, 0xB8, 0x00, 0x00).with_le(7)) {
        // Some answer eleven bytes, of which the first seven count.
        Ok(answer) if answer.status.is_ok() => answer.data.first_chunk().copied().ok_or(foreign),
        Ok(_) => Err(foreign),
        // Another card may turn the class away without protection.
        Err(Error::ChannelLost { status: Status::UNKNOWN_CLA | Status::UNKNOWN_INS }) => Err(foreign),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use apdu::CardError;

    use super::*;
    use crate::{
        chip::Chip,
        keys::key_of,
        messaging::Protection,
        script::Script,
        secure_messaging::SecureMessaging,
        vectors::{array, atr, bytes, cwa},
    };

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
            (atr::NFC_A, "card.can-needed"),
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

    /// A card whose PIN channel is open with the vector's keys, and what it answers to VERIFY of "CRYPTOKI".
    fn at_verify(lines: &[(&str, &str)], end: CardError) -> Dnie<Script> {
        let mut all = vec![SERIAL];
        all.extend_from_slice(lines);
        let mut card = open(Script::new(&all).ending_with(end)).unwrap();
        let session = SecureMessaging::new(
            key_of(bytes(cwa::KENC)),
            key_of(bytes(cwa::KMAC)),
            array(cwa::SSC0),
            Generation::V3,
        );
        card.link.enter(Protection::Cwa(Role::Pin, session));
        card
    }

    #[test]
    fn a_pin_whose_verdict_is_lost_is_neither_right_nor_wrong() {
        let garbled = cwa::R1_9000_MAC8.to_owned() + "9000";
        let garbled = garbled.replacen("93C9", "93C8", 1);
        for lines in [
            // Gone at once, gone at the second part, garbled, bare yes, empty, no field, an impossible length.
            vec![],
            vec![(cwa::C1_VERIFY_MAC8, "610E")],
            vec![(cwa::C1_VERIFY_MAC8, "610E"), ("00C000000E", garbled.as_str())],
            vec![(cwa::C1_VERIFY_MAC8, "9000")],
            vec![(cwa::C1_VERIFY_MAC8, "")],
            vec![(cwa::C1_VERIFY_MAC8, "0000")],
            vec![(cwa::C1_VERIFY_MAC8, "6C08")],
            vec![(cwa::C1_VERIFY_MAC8, "610E"), ("00C000000E", "6982")],
        ] {
            let refused = at_verify(&lines, CardError::Removed).verify(&pin("CRYPTOKI")).unwrap_err();
            assert!(matches!(refused.reason, Reason::Unknown { .. }), "{lines:?}: {refused:?}");
            assert_eq!(refused.reason.code(), "card.pin-unknown");
        }
    }

    #[test]
    fn no_changed_byte_of_the_verdict_is_a_verdict() {
        for position in 0..bytes(cwa::R1_9000_MAC8).len() {
            let mut answer = bytes(cwa::R1_9000_MAC8);
            answer[position] ^= 1;
            let answer = hex::encode(answer) + "9000";
            let lines = [(cwa::C1_VERIFY_MAC8, "610E"), ("00C000000E", answer.as_str())];
            let refused = at_verify(&lines, CardError::Removed).verify(&pin("CRYPTOKI")).unwrap_err();
            assert!(matches!(refused.reason, Reason::Unknown { .. }), "{position}: {refused:?}");
        }
    }

    #[test]
    fn a_bare_verdict_says_no_and_a_bare_refusal_spends_nothing() {
        for (status, code) in [
            ("63C2", "card.pin-wrong"),
            ("63C0", "card.pin-blocked"),
            ("6983", "card.pin-blocked"),
            ("6987", "card.channel"),
            ("6688", "card.channel"),
        ] {
            let card = at_verify(&[(cwa::C1_VERIFY_MAC8, status)], CardError::Removed);
            assert_eq!(card.verify(&pin("CRYPTOKI")).unwrap_err().reason.code(), code);
        }
    }

    #[test]
    fn a_right_pin_is_no_longer_in_doubt_when_the_card_leaves_after_it() {
        let right = cwa::R1_9000_MAC8.to_owned() + "9000";
        let lines = [(cwa::C1_VERIFY_MAC8, "610E"), ("00C000000E", right.as_str())];
        let refused = at_verify(&lines, CardError::Removed).verify(&pin("CRYPTOKI")).unwrap_err();
        assert!(matches!(refused.reason, Reason::Failed(Error::Card(CardError::Removed))), "{refused:?}");
    }

    #[test]
    fn a_contactless_reader_wants_the_whole_access_number_first() {
        let open = |can: &str| {
            let mut typed = Can::new();
            can.chars().for_each(|digit| typed.push(digit).unwrap());
            let script = Script::new(&[("00A404000B4D61737465722E46696C6500", "6A82")]).contactless();
            Dnie::open_contactless(script, &CardAnchors::official(), &typed, ComponentCache::new())
        };
        assert!(matches!(open("123456"), Err(Error::NotDnie(Foreign::MasterFile))));
        let script = Script::new(&[]).contactless();
        let short =
            Dnie::open_contactless(script, &CardAnchors::official(), &Can::new(), ComponentCache::new());
        assert_eq!(short.unwrap_err().code(), "card.can-needed");
    }

    const SERIAL_AND_DIRECTORY: [(u8, &str); 5] = [
        (0xA4, "9000"),
        (0xA4, "9000"),
        (0xA4, "9000"),
        (0xB0, "300F 020100 0400 0C08 4447502D464E4D54 9000"),
        (0xB8, "06A1B2C3D4E5F6 9000"),
    ];

    fn touch(chip: Chip, can: &str) -> Result<Dnie<Chip>, Error> {
        let can = Can::parse(can).unwrap();
        Dnie::open_contactless(chip, &CardAnchors::official(), &can, ComponentCache::new())
    }

    #[test]
    fn a_contactless_card_is_opened_and_started_over_with_the_number_it_was_given() {
        let chip = Chip::new("123456", &SERIAL_AND_DIRECTORY)
            // The directory is not there, twice: what counts is that it is asked for inside PACE.
            .then(&[(0xA4, "9000"), (0xA4, "6A82")])
            .then(&[(0xA4, "9000"), (0xA4, "6A82")]);
        let mut card = touch(chip, "123456").unwrap();
        assert_eq!((card.chip_serial()[0], card.generation()), (0x06, Generation::V3));
        assert!(card.certificates().is_err() && card.link.is_pace());
        card.close().unwrap();
        assert!(!card.link.is_protected());
        assert!(card.certificates().is_err() && card.link.is_pace());
        let chip = card.into_inner();
        assert_eq!((chip.opened, chip.is_open()), (2, false));
    }

    #[test]
    fn pace_that_is_lost_is_run_again() {
        let chip = Chip::new("123456", &SERIAL_AND_DIRECTORY)
            .then(&[(0xA4, "bare 6988")])
            .then(&[(0xA4, "9000"), (0xA4, "6A82")]);
        let mut card = touch(chip, "123456").unwrap();
        assert!(matches!(card.certificates(), Err(Error::ChannelLost { .. })));
        assert_eq!(card.certificates().unwrap_err().code(), "card.no-authentication-certificate");
        assert_eq!(card.into_inner().opened, 2);
    }

    #[test]
    fn a_wrong_access_number_is_told_apart_from_another_document() {
        let error = touch(Chip::new("123456", &[]), "123457").unwrap_err();
        assert!(matches!(error, Error::CanWrong), "{error}");
        for (answers, expected) in [
            // A document with PACE of this kind, and nothing else of a DNIe's.
            (&[(0xA4, "9000"), (0xA4, "6A82")][..], Foreign::Directory),
            (
                &[
                    (0xA4, "9000"),
                    (0xA4, "9000"),
                    (0xA4, "9000"),
                    (0xB0, "300F 020100 0400 0C08 464E4D542D52434D 9000"),
                ],
                Foreign::Directory,
            ),
            (&[SERIAL_AND_DIRECTORY[0], (0xA4, "9000"), (0xA4, "6982")], Foreign::Directory),
        ] {
            let error = touch(Chip::new("123456", answers), "123456").unwrap_err();
            assert!(matches!(error, Error::NotDnie(found) if found == expected), "{error}");
        }
        for last in ["6D00", "bare 6E00", "0102 9000"] {
            let mut answers = SERIAL_AND_DIRECTORY;
            answers[4].1 = last;
            let error = touch(Chip::new("123456", &answers), "123456").unwrap_err();
            assert!(matches!(error, Error::NotDnie(Foreign::ChipSerial)), "{error}");
        }
    }

    #[test]
    fn a_card_in_a_contact_reader_needs_no_access_number() {
        let script = Script::new(&[SERIAL]);
        let opened =
            Dnie::open_contactless(script, &CardAnchors::official(), &Can::new(), ComponentCache::new());
        assert!(opened.is_ok());
    }

    #[test]
    fn a_card_of_2_0_has_no_travel_document() {
        let mut card = open(Script::new(&[SERIAL]).with_atr(atr::CONTACT_EXAMPLE_2_0)).unwrap();
        assert_eq!(card.lds(&DataGroup::ALL).unwrap_err().code(), "lds.absent");
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
}
