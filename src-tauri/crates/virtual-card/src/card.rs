//! The card as a reader sees it: bytes in, bytes out, power on and off.

use std::time::Duration;

use apdu::{Card, CardError, Command, Response, Status};

use crate::atr;
use crate::chip::{Around, Chip, Interface};
use crate::error::Error;
use crate::faults::{Counts, Faults};
use crate::line;
use crate::persona::Persona;
use crate::request::{Answer, Request, sw};
use crate::session::{Access, Session, SessionKeys};
use crate::wire::{Enveloped, Wire, bytes};

/// Where random bytes come from.
pub type Chance = Box<dyn FnMut(&mut [u8]) -> Result<(), Error> + Send>;

/// Who is told of every channel that opens.
pub type KeyListener = Box<dyn FnMut(&SessionKeys) + Send>;

/// A DNIe. It keeps its PIN counter for life and everything else until the next reset.
pub struct VirtualCard {
    atr: Vec<u8>,
    /// How the reader tells of a contactless card; none by contact.
    contactless: Option<atr::Contactless>,
    chip: Chip,
    wire: Wire,
    session: Option<Session>,
    chance: Chance,
    listener: Option<KeyListener>,
    faults: Faults,
    counts: Counts,
    /// Taken out by a planned fault, until the next reset.
    gone: bool,
}

/// What comes back from one exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Data and status word.
    Bytes(Vec<u8>),
    /// Nothing, now or later: the card is mute.
    Silence,
    /// Nothing: the card is no longer in the reader.
    Gone,
}

impl VirtualCard {
    /// Puts a persona on a card that is read by its contacts, over T=0.
    ///
    /// # Errors
    /// [`Error::Persona`] for keys, certificates or a PIN that no card could hold, or a card without contacts.
    pub fn new(persona: &Persona) -> Result<Self, Error> {
        Self::through(persona, None)
    }

    /// Puts a persona on a card that lies on a contactless reader, over T=1. The PIN counter is that of this card;
    /// one presented both ways is two cards here.
    ///
    /// # Errors
    /// As [`VirtualCard::new`], and for a persona whose card has no contactless interface.
    pub fn contactless(persona: &Persona) -> Result<Self, Error> {
        Self::through(persona, Some(atr::Contactless::default()))
    }

    fn through(persona: &Persona, contactless: Option<atr::Contactless>) -> Result<Self, Error> {
        let (interface, atr) = match contactless {
            None => (Interface::Contact, atr::of(persona.generation).to_vec()),
            Some(form) => (Interface::Contactless, form.answer([0; 4])),
        };
        Ok(Self {
            atr,
            contactless,
            chip: Chip::new(persona, interface)?,
            wire: Wire::default(),
            session: None,
            chance: Box::new(|out| Ok(openssl::rand::rand_bytes(out)?)),
            listener: None,
            faults: Faults::default(),
            counts: Counts::default(),
            gone: false,
        })
    }

    /// Chooses what a reader makes of a contactless card; by contact it changes nothing.
    #[must_use]
    pub fn with_contactless_atr(mut self, form: atr::Contactless) -> Self {
        if self.contactless.is_some() {
            self.contactless = Some(form);
            self.activate();
        }
        self
    }

    /// Plans failures.
    #[must_use]
    pub fn with_faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Replaces the plan of failures; exchanges already counted stay counted.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// Takes random bytes from elsewhere than the system.
    #[must_use]
    pub fn with_chance(mut self, chance: Chance) -> Self {
        self.chance = chance;
        self
    }

    /// Tells the keys of every channel that opens, for tests that look for them elsewhere.
    #[must_use]
    pub fn with_key_listener(mut self, listener: KeyListener) -> Self {
        self.listener = Some(listener);
        self
    }

    /// Answer to reset.
    #[must_use]
    pub fn atr(&self) -> &[u8] {
        self.faults.atr.as_deref().unwrap_or(&self.atr)
    }

    /// What has been exchanged so far.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Tries the PIN has left, as only the card itself knows without a channel.
    #[must_use]
    pub const fn tries_left(&self) -> u8 {
        self.chip.tries_left()
    }

    /// Power-up or warm reset: no file, channel, right or pending answer survives it.
    pub fn reset(&mut self) {
        self.counts.resets += 1;
        self.gone = false;
        self.wire.reset();
        self.session = None;
        self.chip.reset();
        self.activate();
    }

    /// A contactless card takes another identifier each time it enters the field.
    fn activate(&mut self) {
        if let Some(form) = self.contactless {
            let mut pupi = [0; 4];
            if (self.chance)(&mut pupi).is_ok() {
                self.atr = form.answer(pupi);
            }
        }
    }

    /// How much longer than others the last exchange takes, by plan.
    pub(crate) fn delay(&self) -> Duration {
        self.faults.delay_of(self.counts.exchanges)
    }

    /// Answers one command; nothing when the card is gone or mute, see [`VirtualCard::exchange`].
    pub fn answer(&mut self, command: &[u8]) -> Vec<u8> {
        match self.exchange(command) {
            Reply::Bytes(answer) => answer,
            Reply::Silence | Reply::Gone => Vec::new(),
        }
    }

    /// Takes the bytes of one command, whatever they are, and says what comes back.
    pub fn exchange(&mut self, command: &[u8]) -> Reply {
        self.counts.exchanges += 1;
        self.counts.received += length(command);
        let now = self.counts.exchanges;
        self.gone |= self.faults.remove_at == Some(now);
        if self.gone {
            return Reply::Gone;
        }
        if self.faults.mute_from.is_some_and(|from| from <= now) {
            return Reply::Silence;
        }
        if self.faults.reset_at == Some(now) {
            self.reset();
        }
        let mut answer = self.respond(command);
        self.faults.spoil(now, &mut answer);
        self.counts.sent += length(&answer);
        Reply::Bytes(answer)
    }

    fn respond(&mut self, command: &[u8]) -> Vec<u8> {
        let request = match Command::parse(command) {
            Ok(parsed) => Request::from(&parsed),
            Err(_) => {
                self.wire.reset();
                return self.malformed(command);
            }
        };
        if (request.cla, request.ins) == (0x00, 0xC0) {
            self.wire.discard_envelope();
            return self.wire.get_response(&request);
        }
        self.wire.discard_waiting();
        if (request.cla, request.ins) == (0x90, 0xC2) {
            return match self.wire.envelope(&request) {
                Enveloped::More => bytes(Vec::new(), Status::OK),
                Enveloped::Complete(inner) => self.process(&inner),
                Enveloped::Broken => bytes(Vec::new(), Status::WRONG_LENGTH),
            };
        }
        self.wire.discard_envelope();
        self.process(&request)
    }

    /// Lengths that contradict each other; in the clear, they end a channel as any plain command does.
    fn malformed(&mut self, command: &[u8]) -> Vec<u8> {
        let is_plain = command.first().is_none_or(|cla| !is_protected(*cla));
        let status = if self.session.is_some() && is_plain {
            self.close_channel();
            Status::SM_MISSING
        } else {
            Status::WRONG_LENGTH
        };
        bytes(Vec::new(), status)
    }

    fn process(&mut self, request: &Request) -> Vec<u8> {
        let answer = match (self.session.take(), is_protected(request.cla)) {
            (None, false) => {
                let (answer, opened) = self.execute(request, None);
                self.session = opened;
                answer
            }
            (None, true) => sw::SM_NOT_SUPPORTED.into(),
            (Some(_), false) => {
                self.close_channel();
                Status::SM_MISSING.into()
            }
            (Some(session), true) => self.secured(request, session).unwrap_or_else(|status| {
                self.close_channel();
                status.into()
            }),
        };
        let chained = self.faults.chain_long_answers && answer.data.len() >= 256;
        let le = if request.data.is_empty() { request.le.or(Some(256)) } else { request.le };
        self.wire.deliver(answer, if chained { None } else { le })
    }

    /// One command inside a channel; an error is the status that closes it.
    fn secured(&mut self, request: &Request, mut session: Session) -> Result<Answer, Status> {
        let plain = session.open(request)?;
        let (answer, successor) = self.execute(&plain, Some(&session));
        let leaves_bare = self.faults.bare_errors && !answer.status.is_ok() && answer.data.is_empty();
        // A new channel begins after its last answer, which still belongs to the old one.
        let answer = if leaves_bare { answer } else { Answer::data(self.protect(&mut session, &answer)?) };
        self.session = Some(successor.unwrap_or(session));
        Ok(answer)
    }

    /// Protects an answer, unless it is planned to go wrong.
    fn protect(&mut self, session: &mut Session, answer: &Answer) -> Result<Vec<u8>, Status> {
        let now = self.counts.exchanges;
        if self.faults.takes_slip(now) {
            session.slip();
        }
        let mut protected = session.close(answer).map_err(|_| sw::INTERNAL)?;
        if self.faults.takes_wrong_mac(now) {
            // The checksum comes last.
            protected.iter_mut().rev().take(1).for_each(|byte| *byte ^= 0x01);
        }
        Ok(protected)
    }

    fn execute(&mut self, request: &Request, session: Option<&Session>) -> (Answer, Option<Session>) {
        let without = if self.contactless.is_some() { Access::Shut } else { Access::Open };
        let mut around = Around {
            access: session.map_or(without, Session::access),
            chance: &mut self.chance,
            counts: &mut self.counts,
            short_sigmin: self.faults.short_sigmin,
        };
        let outcome = self.chip.execute(request, &mut around);
        if let (Some(opened), Some(listener)) = (&outcome.session, &mut self.listener) {
            listener(&opened.keys());
        }
        (outcome.answer, outcome.session)
    }

    fn close_channel(&mut self) {
        self.session = None;
        self.chip.drop_rights();
    }
}

const fn is_protected(cla: u8) -> bool {
    cla & 0x0C == 0x0C
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

impl Card for VirtualCard {
    fn atr(&self) -> &[u8] {
        Self::atr(self)
    }

    fn is_t0(&self) -> bool {
        self.contactless.is_none()
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        match self.exchange(&command.to_bytes()) {
            Reply::Bytes(answer) => {
                line::wait(self.delay(), || false);
                Ok(Response::parse(&answer)?)
            }
            Reply::Silence => Err(CardError::Mute),
            Reply::Gone => Err(CardError::Removed),
        }
    }
}

impl std::fmt::Debug for VirtualCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VirtualCard({:?})", self.counts)
    }
}
