//! A card made of a table: each command that must come, and what it answers.

use std::collections::VecDeque;

use apdu::{Card, CardError, Command, Response};

use crate::vectors::{atr, bytes};

/// Panics at a command that is not the next one, and when dropped before the last.
pub(crate) struct Script {
    lines: VecDeque<(Vec<u8>, Vec<u8>)>,
    end: Option<CardError>,
    atr: Vec<u8>,
    is_t0: bool,
}

impl Script {
    pub(crate) fn new(lines: &[(&str, &str)]) -> Self {
        let read = |text: &str| bytes(&text.replace(' ', ""));
        let lines = lines.iter().map(|(command, answer)| (read(command), read(answer))).collect();
        Self { lines, end: None, atr: bytes(atr::CONTACT_EXAMPLE_4_0), is_t0: true }
    }

    /// What comes after the last line.
    pub(crate) fn ending_with(mut self, error: CardError) -> Self {
        self.end = Some(error);
        self
    }

    /// On a contactless reader.
    pub(crate) fn contactless(mut self) -> Self {
        self.is_t0 = false;
        self.with_atr(atr::NFC_A)
    }

    pub(crate) fn with_atr(mut self, atr: &str) -> Self {
        self.atr = bytes(atr);
        self
    }
}

impl Card for Script {
    fn atr(&self) -> &[u8] {
        &self.atr
    }

    fn is_t0(&self) -> bool {
        self.is_t0
    }

    fn transmit(&mut self, command: &Command) -> Result<Response, CardError> {
        let sent = command.to_bytes();
        match (self.lines.pop_front(), self.end.clone()) {
            (Some((expected, answer)), _) => {
                assert_eq!(hex::encode_upper(&*sent), hex::encode_upper(expected), "unexpected command");
                Ok(Response::parse(&answer)?)
            }
            (None, Some(error)) => Err(error),
            (None, None) => panic!("one command too many: {}", hex::encode_upper(&*sent)),
        }
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.lines.is_empty(), "{} commands never came", self.lines.len());
        }
    }
}
