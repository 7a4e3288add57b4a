//! A chip on a contactless reader, as far as flows need one: PACE with a number of its own, and then answers from a
//! table, protected. It reckons with the driver's own primitives, so that it shows the order of things and not their
//! truth, which vectors show.

use std::collections::VecDeque;

use apdu::{Card, CardError, Command, Response, Status, tlv};
use secret::Can;

use crate::{
    Error,
    aes_messaging::AesMessaging,
    pace::{ChipPace, Password},
    vectors::{atr, bytes, pace},
};

/// Instruction byte and answer: data and status, which `bare` keeps out of the protection.
type Line = (u8, String);

pub(crate) struct Chip {
    can: String,
    lines: VecDeque<Line>,
    pace: Option<ChipPace>,
    session: Option<AesMessaging>,
    selected: Vec<u8>,
    /// How often PACE was opened.
    pub(crate) opened: usize,
    atr: Vec<u8>,
}

impl Chip {
    pub(crate) fn new(can: &str, lines: &[(u8, &str)]) -> Self {
        let chip = Self {
            can: can.to_owned(),
            lines: VecDeque::new(),
            pace: None,
            session: None,
            selected: Vec::new(),
            opened: 0,
            atr: bytes(atr::NFC_B),
        };
        chip.then(lines)
    }

    pub(crate) fn then(mut self, lines: &[(u8, &str)]) -> Self {
        self.lines.extend(lines.iter().map(|(instruction, answer)| (*instruction, answer.replace(' ', ""))));
        self
    }

    pub(crate) const fn is_open(&self) -> bool {
        self.session.is_some()
    }

    fn plain(&mut self, command: &Command) -> Result<Response, Error> {
        if self.session.take().is_some() {
            return Ok(Response::new(Vec::new(), Status::SM_MISSING));
        }
        let data = command.data();
        let ok = |data: Vec<u8>| Ok(Response::new(data, Status::OK));
        match (command.ins, command.p1) {
            (0xA4, _) => {
                self.selected = data.to_vec();
                ok(Vec::new())
            }
            (0xB0, _) if self.selected == [0x01, 0x1C] => {
                Ok(Response::new(bytes(pace::CARD_ACCESS), Status::END_OF_FILE))
            }
            (0x22, 0xC1) => {
                let can = Can::parse(&self.can).map_err(|_| Error::CanNeeded)?;
                self.pace = Password::of(&can).map(ChipPace::new);
                ok(Vec::new())
            }
            (0x86, _) => {
                let Some(pace) = self.pace.as_mut() else { return Err(Error::CanNeeded) };
                let answer = pace.answer(data)?;
                if answer.is_none() {
                    return Ok(Response::new(Vec::new(), 0x6300));
                }
                self.session = pace.session();
                self.opened += usize::from(self.session.is_some());
                ok(tlv::object(0x7C, &answer.unwrap_or_default()))
            }
            _ => Ok(Response::new(Vec::new(), Status::UNKNOWN_INS)),
        }
    }

    fn protected(&mut self, command: &Command) -> Result<Response, Error> {
        let Some(mut session) = self.session.take() else {
            return Ok(Response::new(Vec::new(), Status::SM_INCORRECT));
        };
        let (instruction, answer) = self.lines.pop_front().unwrap_or_default();
        assert_eq!(command.ins, instruction, "unexpected command");
        if let Some(status) = answer.strip_prefix("bare") {
            return Ok(Response::parse(&bytes(status)).map_err(CardError::from)?);
        }
        let answer = Response::parse(&bytes(&answer)).map_err(CardError::from)?;
        // Only the counter counts: the command itself was looked at above.
        session.protect(&Command::new(0, 0, 0, 0), true)?;
        let mut objects = Vec::new();
        if !answer.data.is_empty() {
            tlv::push(&mut objects, 0x81, &answer.data);
        }
        tlv::push(&mut objects, 0x99, &answer.status.0.to_be_bytes());
        let mac = session.next_mac(&objects)?;
        tlv::push(&mut objects, 0x8E, &mac);
        let answer = Response::new(objects, Status::OK);
        session.unprotect(&answer)?;
        self.session = Some(session);
        Ok(answer)
    }
}

impl Card for Chip {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn is_t0(&self) -> bool {
        false
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let answer = if command.cla & 0x0C == 0x0C { self.protected(command) } else { self.plain(command) };
        answer.map_err(|error| CardError::Transport(error.to_string()))
    }
}
