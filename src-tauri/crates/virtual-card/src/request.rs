//! A command as the chip executes it, once the wire and secure messaging are peeled off, and its answer.

use apdu::{Command, Status};

/// A plain command; through ENVELOPE its data may be longer than 255 bytes.
pub(crate) struct Request {
    pub cla: u8,
    pub ins: u8,
    pub p1: u8,
    pub p2: u8,
    pub data: Vec<u8>,
    /// 1 to 256 when present.
    pub le: Option<u16>,
}

impl Request {
    /// Parameters as one number, as tables of commands write them.
    pub const fn p1p2(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }

    pub const fn header(&self) -> [u8; 4] {
        [self.cla, self.ins, self.p1, self.p2]
    }
}

impl From<&Command> for Request {
    fn from(command: &Command) -> Self {
        let [cla, ins, p1, p2] = command.header();
        Self { cla, ins, p1, p2, data: command.data().to_vec(), le: command.le() }
    }
}

/// What the chip says to one plain command.
pub(crate) struct Answer {
    pub data: Vec<u8>,
    pub status: Status,
}

impl Answer {
    pub const fn status(status: Status) -> Self {
        Self { data: Vec::new(), status }
    }

    pub const fn data(data: Vec<u8>) -> Self {
        Self { data, status: Status::OK }
    }
}

impl From<Status> for Answer {
    fn from(status: Status) -> Self {
        Self::status(status)
    }
}

/// Status words that only a card needs; the common ones are in [`Status`].
pub(crate) mod sw {
    use apdu::Status;

    /// Secure messaging is not possible now: no channel is open.
    pub const SM_NOT_SUPPORTED: Status = Status(0x6882);
    /// Conditions of use not satisfied: a step before this one is missing.
    pub const OUT_OF_SEQUENCE: Status = Status(0x6985);
    /// Authentication failed and nothing else is said.
    pub const AUTHENTICATION_FAILED: Status = Status(0x6300);
    /// The last command of a chain was expected, or was not.
    pub const CHAIN_NOT_ENDED: Status = Status(0x6883);
    /// The chip itself failed.
    pub const INTERNAL: Status = Status(0x6F00);
}
