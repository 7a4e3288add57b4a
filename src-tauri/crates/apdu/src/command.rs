//! Short command and response APDUs (ISO/IEC 7816-4:2013, clause 5.1).

use std::fmt;

use zeroize::Zeroizing;

use crate::Status;

/// A command with at most 255 bytes of data; its bytes are wiped when it is dropped, since some carry a PIN.
///
/// `Debug` prints header and lengths, never data.
#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    /// Class byte.
    pub cla: u8,
    /// Instruction byte.
    pub ins: u8,
    /// First parameter.
    pub p1: u8,
    /// Second parameter.
    pub p2: u8,
    data: Zeroizing<Vec<u8>>,
    le: Option<u16>,
}

/// Why bytes are not a short command APDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// Fewer than the four header bytes.
    #[error("a command has at least four bytes, found {0}")]
    Short(usize),
    /// Lc does not agree with the number of bytes that follow.
    #[error("Lc says {lc} bytes, found {found}")]
    Length {
        /// The length byte.
        lc: usize,
        /// How many bytes follow it.
        found: usize,
    },
    /// More than 255 bytes of data in a short command.
    #[error("{0} bytes of data do not fit a short command")]
    TooLong(usize),
}

impl Command {
    /// Case 1: neither data nor an expected answer.
    #[must_use]
    pub fn new(cla: u8, ins: u8, p1: u8, p2: u8) -> Self {
        Self { cla, ins, p1, p2, data: Zeroizing::new(Vec::new()), le: None }
    }

    /// Adds command data (Lc follows from it).
    ///
    /// # Errors
    /// [`CommandError::TooLong`] beyond 255 bytes.
    pub fn with_data(mut self, data: &[u8]) -> Result<Self, CommandError> {
        if data.len() > 255 {
            return Err(CommandError::TooLong(data.len()));
        }
        self.data = Zeroizing::new(data.to_vec());
        Ok(self)
    }

    /// Adds the expected length, 1 to 256 bytes (256 is written as `00`); greater values mean 256.
    #[must_use]
    pub fn with_le(mut self, le: u16) -> Self {
        self.le = Some(le.clamp(1, 256));
        self
    }

    /// Command data.
    #[must_use]
    pub fn data(&self) -> &[u8] {
        &self.data
    }

    /// Expected length of the answer's data, 1 to 256 bytes, if the command has one.
    #[must_use]
    pub const fn le(&self) -> Option<u16> {
        self.le
    }

    /// The four header bytes.
    #[must_use]
    pub const fn header(&self) -> [u8; 4] {
        [self.cla, self.ins, self.p1, self.p2]
    }

    /// The bytes on the wire.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(6 + self.data.len()));
        bytes.extend_from_slice(&self.header());
        if !self.data.is_empty() {
            // At most 255 by construction.
            bytes.push(u8::try_from(self.data.len()).unwrap_or(u8::MAX));
            bytes.extend_from_slice(&self.data);
        }
        if let Some(le) = self.le {
            bytes.push(le.to_be_bytes()[1]);
        }
        bytes
    }

    /// Reads a short command from the wire, all four cases.
    ///
    /// # Errors
    /// [`CommandError`] when the lengths do not agree; extended length is not spoken here.
    pub fn parse(bytes: &[u8]) -> Result<Self, CommandError> {
        let [cla, ins, p1, p2, body @ ..] = bytes else {
            return Err(CommandError::Short(bytes.len()));
        };
        let command = Self::new(*cla, *ins, *p1, *p2);
        let le = |byte: u8| if byte == 0 { 256 } else { u16::from(byte) };
        match body {
            [] => Ok(command),
            [expected] => Ok(command.with_le(le(*expected))),
            [lc, rest @ ..] => {
                let lc = usize::from(*lc);
                if lc > 0 && rest.len() == lc {
                    command.with_data(rest)
                } else if lc > 0 && rest.len() == lc + 1 {
                    let (data, expected) = rest.split_at(lc);
                    Ok(command.with_data(data)?.with_le(le(expected.first().copied().unwrap_or(0))))
                } else {
                    Err(CommandError::Length { lc, found: rest.len() })
                }
            }
        }
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [cla, ins, p1, p2] = self.header();
        write!(f, "Command({cla:02X} {ins:02X} {p1:02X} {p2:02X}, Lc {}, Le {:?})", self.data.len(), self.le)
    }
}

/// An answer: data and status word. `Debug` prints the status and the length only.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// Answer data, at most 256 bytes in one exchange; reassembled answers may be longer.
    pub data: Vec<u8>,
    /// The status word.
    pub status: Status,
}

/// Why bytes are not a response APDU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResponseError {
    /// Fewer than the two status bytes.
    #[error("an answer has at least two bytes, found {0}")]
    Short(usize),
}

impl Response {
    /// An answer made of its parts.
    #[must_use]
    pub fn new(data: Vec<u8>, status: impl Into<Status>) -> Self {
        Self { data, status: status.into() }
    }

    /// Reads an answer from the wire.
    ///
    /// # Errors
    /// [`ResponseError::Short`] when even the status word is missing.
    pub fn parse(bytes: &[u8]) -> Result<Self, ResponseError> {
        let [data @ .., sw1, sw2] = bytes else {
            return Err(ResponseError::Short(bytes.len()));
        };
        Ok(Self { data: data.to_vec(), status: Status::new(*sw1, *sw2) })
    }

    /// The bytes on the wire.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.data.clone();
        bytes.extend_from_slice(&self.status.0.to_be_bytes());
        bytes
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({} bytes, {:?})", self.data.len(), self.status)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_four_cases_read_as_they_are_written() {
        let plain = Command::new(0, 0xA4, 4, 0);
        for command in [
            plain.clone(),
            plain.clone().with_le(256),
            plain.clone().with_data(b"Master.File").unwrap(),
            plain.with_data(&[7; 255]).unwrap().with_le(8),
        ] {
            assert_eq!(Command::parse(&command.to_bytes()).unwrap(), command);
        }
    }

    #[test]
    fn data_is_never_printed() {
        let verify = Command::new(0, 0x20, 0, 0).with_data(b"CRYPTOKI").unwrap();
        assert_eq!(format!("{verify:?}"), "Command(00 20 00 00, Lc 8, Le None)");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(command) = Command::parse(&bytes) {
                prop_assert_eq!(command.to_bytes().to_vec(), bytes.clone());
            }
            if let Ok(response) = Response::parse(&bytes) {
                prop_assert_eq!(response.to_bytes(), bytes);
            }
        }
    }
}
