//! What may be asked to go wrong, and what was counted.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// A plan of failures; the default is a card in good health.
///
/// Exchanges are counted from 1, over the whole life of the card and not since the last reset. Over T=0 collecting an
/// answer with GET RESPONSE is an exchange of its own. In a file every field may be absent:
///
/// ```toml
/// remove_at = 14
/// wrong_status = { at = 9, status = "6F00" }
/// delay = { at = 3, by_ms = 2500 }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// The card leaves the reader instead of answering this exchange, and stays out until it is put back: served again, or reset.
    pub remove_at: Option<u64>,
    /// From this exchange on the card takes commands and never answers.
    pub mute_from: Option<u64>,
    /// Another answer to reset than the persona's: not a DNIe, a terminated one; see [`crate::atr`]. Hexadecimal in
    /// the file.
    #[serde(with = "hexed", skip_serializing_if = "Option::is_none")]
    pub atr: Option<Vec<u8>>,
    /// Inside a channel, statuses other than `9000` go out unprotected. Real cards were not observed on this.
    pub bare_errors: bool,
    /// One bit of this answer's first byte is flipped on its way out, as a bad contact would.
    pub corrupt_at: Option<u64>,
    /// This exchange takes longer.
    pub delay: Option<Delay>,
    /// The first protected answer made at this exchange or later has one wrong bit in its checksum.
    pub wrong_mac_at: Option<u64>,
    /// This answer is a status word and nothing else; the card has done what it was told all the same.
    pub wrong_status: Option<WrongStatus>,
    /// Half of this answer, rounded down, is all that arrives.
    pub truncate_at: Option<u64>,
    /// This answer has [`OVERSIZE`] bytes of zeros between data and status, more than a short answer may have.
    pub oversize_at: Option<u64>,
    /// This answer has no byte at all. vpcd takes that for a card that left; the card is put back at once.
    pub empty_at: Option<u64>,
    /// At the first protected answer of this exchange or later the card counts once too often: that answer and
    /// everything after it is out of step.
    pub desynchronise_from: Option<u64>,
    /// Before this exchange another program resets the card, so that it finds neither file nor channel nor PIN.
    pub reset_at: Option<u64>,
    /// INTERNAL AUTHENTICATE draws until the chip's SIGMIN or its answer is shorter than 128 bytes, hence padded.
    pub short_sigmin: bool,
    /// Answers of 256 bytes and more are announced by `61 00` and collected, even where Le would bring them at once.
    pub chain_long_answers: bool,
}

/// An exchange that takes longer than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    /// Which exchange.
    pub at: u64,
    /// By how much; `by_ms`, milliseconds, in the file.
    #[serde(rename = "by_ms", with = "milliseconds")]
    pub by: Duration,
}

/// A status word in the wrong place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrongStatus {
    /// Which exchange.
    pub at: u64,
    /// The status word; four hexadecimal digits in the file.
    #[serde(with = "status_word")]
    pub status: u16,
}

/// How many bytes too many an oversized answer has.
pub const OVERSIZE: usize = 512;

impl Faults {
    /// Reads a plan from its file.
    ///
    /// # Errors
    /// [`Error::File`] or [`Error::Format`].
    pub fn load(path: &Path) -> Result<Self, Error> {
        Self::from_toml(&std::fs::read_to_string(path).map_err(Error::File)?)
    }

    /// Reads the text of a plan.
    ///
    /// # Errors
    /// [`Error::Format`], for an unknown field too.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        toml::from_str(text).map_err(|error| Error::Format(Box::new(error)))
    }

    /// How much longer this exchange takes.
    pub(crate) fn delay_of(&self, exchange: u64) -> Duration {
        self.delay.filter(|delay| delay.at == exchange).map_or(Duration::ZERO, |delay| delay.by)
    }

    /// What becomes of this answer on its way out.
    pub(crate) fn spoil(&self, exchange: u64, answer: &mut Vec<u8>) {
        let now = Some(exchange);
        if let Some(wrong) = self.wrong_status.filter(|wrong| wrong.at == exchange) {
            *answer = wrong.status.to_be_bytes().to_vec();
        }
        if self.oversize_at == now {
            let status = answer.split_off(answer.len().saturating_sub(2));
            answer.extend([0; OVERSIZE]);
            answer.extend(status);
        }
        if self.truncate_at == now {
            answer.truncate(answer.len() / 2);
        }
        if self.empty_at == now {
            answer.clear();
        }
        if self.corrupt_at == now {
            answer.iter_mut().take(1).for_each(|byte| *byte ^= 0x01);
        }
    }

    /// Whether a protected answer made now is to have a wrong checksum; once.
    pub(crate) fn takes_wrong_mac(&mut self, exchange: u64) -> bool {
        self.wrong_mac_at.take_if(|at| *at <= exchange).is_some()
    }

    /// Whether the counter is to slip at a protected answer made now; once.
    pub(crate) fn takes_slip(&mut self, exchange: u64) -> bool {
        self.desynchronise_from.take_if(|from| *from <= exchange).is_some()
    }
}

/// What crossed the contacts, GET RESPONSE included; resets and ATR polls are not exchanges.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Commands received.
    pub exchanges: u64,
    /// Bytes of those commands, headers included.
    pub received: u64,
    /// Bytes of the answers, status words included.
    pub sent: u64,
    /// Power-ups and resets.
    pub resets: u64,
    /// Signatures made with the citizen's keys.
    pub signatures: u64,
    /// VERIFY commands that carried a PIN, right or wrong.
    pub verifications: u64,
}

/// Optional bytes as hexadecimal text.
mod hexed {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode_upper(bytes.as_deref().unwrap_or_default()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
        hex::decode(String::deserialize(deserializer)?).map(Some).map_err(D::Error::custom)
    }
}

/// A duration as milliseconds.
mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}

/// A status word as four hexadecimal digits.
mod status_word {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(status: &u16, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{status:04X}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
        let text = String::deserialize(deserializer)?;
        let right = text.len() == 4 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        let status = u16::from_str_radix(&text, 16).ok().filter(|_| right);
        status.ok_or_else(|| D::Error::custom("a status word has four hexadecimal digits"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_as_it_is_written() {
        let plan = Faults {
            remove_at: Some(14),
            atr: Some(vec![0x3B, 0x65]),
            bare_errors: true,
            delay: Some(Delay { at: 3, by: Duration::from_millis(2500) }),
            wrong_status: Some(WrongStatus { at: 9, status: 0x6F00 }),
            ..Faults::default()
        };
        assert_eq!(Faults::from_toml(&toml::to_string(&plan).unwrap()).unwrap(), plan);
        assert_eq!(Faults::from_toml("").unwrap(), Faults::default());
        let text = "remove_at = 14\nbare_errors = true\natr = '3B65'\ndelay = { at = 3, by_ms = 2500 }\nwrong_status = { at = 9, status = '6f00' }";
        assert_eq!(Faults::from_toml(text).unwrap(), plan);
    }

    #[test]
    fn what_is_not_a_plan_is_refused() {
        for bad in ["remove = 3", "remove_at = -1", "wrong_status = { at = 1, status = '6F0' }", "atr = 'x'"]
        {
            assert_eq!(Faults::from_toml(bad).unwrap_err().code(), "persona.format", "{bad}");
        }
    }

    #[test]
    fn answers_are_spoilt_at_their_exchange_and_at_no_other() {
        let spoilt = |plan: &Faults, exchange| {
            let mut answer = vec![1, 2, 3, 0x90, 0x00];
            plan.spoil(exchange, &mut answer);
            answer
        };
        let good = spoilt(&Faults::default(), 2);
        let plans = [
            (Faults { wrong_status: Some(WrongStatus { at: 2, status: 0x6F00 }), ..Faults::default() }, 2),
            (Faults { truncate_at: Some(2), ..Faults::default() }, 2),
            (Faults { oversize_at: Some(2), ..Faults::default() }, 5 + OVERSIZE),
            (Faults { empty_at: Some(2), ..Faults::default() }, 0),
            (Faults { corrupt_at: Some(2), ..Faults::default() }, 5),
        ];
        for (plan, length) in plans {
            assert_eq!((spoilt(&plan, 1), spoilt(&plan, 3)), (good.clone(), good.clone()));
            let wrong = spoilt(&plan, 2);
            assert_eq!(wrong.len(), length);
            assert_ne!(wrong, good);
        }
    }

    #[test]
    fn what_waits_for_a_protected_answer_happens_once() {
        let mut plan = Faults { wrong_mac_at: Some(4), desynchronise_from: Some(4), ..Faults::default() };
        assert!(!plan.takes_wrong_mac(3) && !plan.takes_slip(3));
        assert!(plan.takes_wrong_mac(6) && plan.takes_slip(4));
        assert!(!plan.takes_wrong_mac(7) && !plan.takes_slip(5));
    }
}
