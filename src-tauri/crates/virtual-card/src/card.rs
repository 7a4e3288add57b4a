//! The card as a reader sees it: bytes in, bytes out, power on and off.

use apdu::{Card, CardError, Command, Response, Status};

use crate::atr;
use crate::chip::{Around, Chip};
use crate::error::Error;
use crate::faults::{Counts, Faults};
use crate::persona::Persona;
use crate::request::{Answer, Request, sw};
use crate::sm::Session;
use crate::t0::{Enveloped, Wire, bytes};

/// Where random bytes come from.
pub type Chance = Box<dyn FnMut(&mut [u8]) -> Result<(), Error> + Send>;

/// A DNIe. It keeps its PIN counter for life and everything else until the next reset.
pub struct VirtualCard {
    atr: Vec<u8>,
    chip: Chip,
    wire: Wire,
    session: Option<Session>,
    chance: Chance,
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
    /// Puts a persona on a card.
    ///
    /// # Errors
    /// [`Error::Persona`] for keys, certificates or a PIN that no card could hold.
    pub fn new(persona: &Persona) -> Result<Self, Error> {
        Ok(Self {
            atr: atr::of(persona.generation).to_vec(),
            chip: Chip::new(persona)?,
            wire: Wire::default(),
            session: None,
            chance: Box::new(|out| Ok(openssl::rand::rand_bytes(out)?)),
            faults: Faults::default(),
            counts: Counts::default(),
            gone: false,
        })
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
        let mut answer = self.respond(command);
        if self.faults.corrupt_at == Some(now) {
            answer.iter_mut().take(1).for_each(|byte| *byte ^= 0x01);
        }
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
                let (answer, session) = self.execute(request, None);
                self.session = session;
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
        self.wire.deliver(answer, !request.data.is_empty(), request.le)
    }

    /// One command inside a channel; an error is the status that closes it.
    fn secured(&mut self, request: &Request, mut session: Session) -> Result<Answer, Status> {
        let plain = session.open(request)?;
        let (answer, successor) = self.execute(&plain, Some(&session));
        let leaves_bare = self.faults.bare_errors && !answer.status.is_ok();
        let answer = if leaves_bare {
            answer
        } else {
            // A new channel begins after its last answer, which still belongs to the old one.
            Answer::data(session.close(&answer).map_err(|_| sw::INTERNAL)?)
        };
        self.session = Some(successor.unwrap_or(session));
        Ok(answer)
    }

    fn execute(&mut self, request: &Request, session: Option<&Session>) -> (Answer, Option<Session>) {
        let role = session.map(Session::role);
        let mut around = Around { role, chance: &mut self.chance, counts: &mut self.counts };
        let outcome = self.chip.execute(request, &mut around);
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

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        match self.exchange(&command.to_bytes()) {
            Reply::Bytes(answer) => Ok(Response::parse(&answer)?),
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
