//! The wire (ISO/IEC 7816-3 clause 10): answers that wait for GET RESPONSE, and long commands by ENVELOPE.
//!
//! Over T=0 every answer to a command with data waits; over T=1 only what is longer than Le.

use apdu::Status;

use crate::request::{Answer, Request, sw};

/// No command of this card comes near it; a host that sends more is not talking to a DNIe.
const MAX_ENVELOPED: usize = 1024;

/// What the card holds between exchanges on behalf of the wire alone.
#[derive(Default)]
pub(crate) struct Wire {
    waiting: Option<Answer>,
    envelope: Vec<u8>,
}

/// What has become of a command after one more ENVELOPE.
pub(crate) enum Enveloped {
    More,
    Complete(Request),
    Broken,
}

impl Wire {
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Any command but GET RESPONSE gives up what was waiting.
    pub fn discard_waiting(&mut self) {
        self.waiting = None;
    }

    /// Any command but ENVELOPE gives up what was gathered.
    pub fn discard_envelope(&mut self) {
        self.envelope.clear();
    }

    /// `00 C0 00 00 n`.
    pub fn get_response(&mut self, request: &Request) -> Vec<u8> {
        if request.p1p2() != 0 {
            return bytes(Vec::new(), Status::WRONG_P1P2);
        }
        if !request.data.is_empty() {
            return bytes(Vec::new(), Status::WRONG_LENGTH);
        }
        match self.waiting.take() {
            Some(answer) => self.hand_out(answer, request.le.unwrap_or(256)),
            None => bytes(Vec::new(), sw::OUT_OF_SEQUENCE),
        }
    }

    /// Sends as much of an answer as was expected, nothing when nothing was, and keeps the rest for GET RESPONSE.
    ///
    /// Over T=0 a command with data has no Le, so that all of its answer waits.
    pub fn deliver(&mut self, answer: Answer, le: Option<u16>) -> Vec<u8> {
        self.hand_out(answer, le.unwrap_or(0))
    }

    fn hand_out(&mut self, mut answer: Answer, at_most: u16) -> Vec<u8> {
        let rest = answer.data.split_off(answer.data.len().min(usize::from(at_most)));
        if rest.is_empty() {
            return bytes(answer.data, answer.status);
        }
        let announced = u8::try_from(rest.len()).unwrap_or(0);
        self.waiting = Some(Answer { data: rest, status: answer.status });
        bytes(answer.data, Status::new(0x61, announced))
    }

    /// `90 C2 00 00 Lc chunk`: the chunks are one whole command, complete when its own lengths say so.
    pub fn envelope(&mut self, request: &Request) -> Enveloped {
        self.envelope.extend_from_slice(&request.data);
        let gathered = assemble(&self.envelope);
        if request.p1p2() != 0 || request.data.is_empty() || self.envelope.len() > MAX_ENVELOPED {
            self.envelope.clear();
            return Enveloped::Broken;
        }
        if !matches!(gathered, Enveloped::More) {
            self.envelope.clear();
        }
        gathered
    }
}

/// Reads a command with data, of short or extended length; without data nobody would use an envelope.
fn assemble(gathered: &[u8]) -> Enveloped {
    let [cla, ins, p1, p2, body @ ..] = gathered else {
        return Enveloped::More;
    };
    let (lc, body) = match body {
        [] | [0] | [0, _] => return Enveloped::More,
        [0, high, low, body @ ..] => (usize::from(u16::from_be_bytes([*high, *low])), body),
        [lc, body @ ..] => (usize::from(*lc), body),
    };
    let Some((data, le)) = body.split_at_checked(lc) else {
        return Enveloped::More;
    };
    let le = match le {
        [] => None,
        [short] => Some(u16::from(*short)),
        [high, low] => Some(u16::from_be_bytes([*high, *low])),
        _ => return Enveloped::Broken,
    };
    let le = le.map(|le| if le == 0 { 256 } else { le.min(256) });
    Enveloped::Complete(Request { cla: *cla, ins: *ins, p1: *p1, p2: *p2, data: data.to_vec(), le })
}

/// Data and status as they cross the contacts.
pub(crate) fn bytes(mut data: Vec<u8>, status: Status) -> Vec<u8> {
    data.extend_from_slice(&status.0.to_be_bytes());
    data
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn get(le: u16) -> Request {
        Request { cla: 0, ins: 0xC0, p1: 0, p2: 0, data: Vec::new(), le: Some(le) }
    }

    fn envelope(chunk: &[u8]) -> Request {
        Request { cla: 0x90, ins: 0xC2, p1: 0, p2: 0, data: chunk.to_vec(), le: None }
    }

    #[test]
    fn a_long_answer_is_collected_in_chunks() {
        let mut wire = Wire::default();
        let data: Vec<u8> = (0..283_u16).map(|n| n.to_be_bytes()[1]).collect();
        assert_eq!(wire.deliver(Answer::data(data.clone()), None), [0x61, 0x00]);
        let first = wire.get_response(&get(256));
        assert_eq!((first.len(), &first[256..]), (258, &[0x61, 27][..]));
        let second = wire.get_response(&get(27));
        assert_eq!(second, bytes(data[256..].to_vec(), Status::OK));
        assert_eq!(wire.get_response(&get(1)), [0x69, 0x85]);
    }

    #[test]
    fn le_on_a_command_with_data_brings_the_answer_at_once() {
        let mut wire = Wire::default();
        assert_eq!(wire.deliver(Answer::data(vec![7; 3]), Some(2)), [7, 7, 0x61, 1]);
        assert_eq!(wire.get_response(&get(9)), [7, 0x90, 0x00]);
    }

    #[test]
    fn envelopes_add_up_to_one_command() {
        let mut wire = Wire::default();
        let mut long = vec![0x0C, 0x20, 0, 0, 0, 0x01, 0x2C];
        long.extend_from_slice(&[5; 300]);
        let (one, two) = long.split_at(250);
        assert!(matches!(wire.envelope(&envelope(one)), Enveloped::More));
        let Enveloped::Complete(whole) = wire.envelope(&envelope(two)) else {
            panic!("the second chunk ends the command");
        };
        assert_eq!((whole.header(), whole.data.len(), whole.le), ([0x0C, 0x20, 0, 0], 300, None));
        assert!(matches!(wire.envelope(&envelope(&[0, 0xA4, 0, 0, 1, 9, 9, 9, 9])), Enveloped::Broken));
        assert!(matches!(wire.envelope(&envelope(&[0, 0xA4, 0, 0, 1, 9])), Enveloped::Complete(_)));
    }
}
