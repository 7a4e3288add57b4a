//! Selecting and reading transparent files.
//!
//! Every path starts at the master file, which is selected by name. Files say themselves where they end, by a DER
//! length, a compression header or zero filling, so that the file control information need not be fetched over T=0;
//! where it comes for free it bounds the reading.

use apdu::{Card, Command, Response, Status, tlv};

use crate::{
    Error,
    constants::MASTER_FILE,
    error::Step,
    link::{Link, with_data},
    messaging::READ_CHUNK,
};

/// Largest Le that all cards take in a plain READ BINARY.
const PLAIN_CHUNK: u16 = 0xFF;

/// READ BINARY has a 15-bit offset.
const LARGEST_FILE: usize = 0x7FFF;

/// How much more of a file is wanted, given its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// More, and nobody knows how much yet.
    More,
    /// This many bytes from the start of the file.
    Total(usize),
}

/// A refusal that callers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absent {
    /// No such file.
    NotFound,
    /// The card wants a right first.
    Denied,
}

/// What the file control information says (proprietary form, fact sheet 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileInfo {
    /// Size of the file in bytes; 0 when it is not told.
    pub(crate) size: u16,
}

/// Reads the file control information: `6F { .. 85 { type, identifier (2), size (2), access .. } }`, or a size
/// in tag 81. Anything else is no information, and no reason to give up.
pub(crate) fn file_info(bytes: &[u8]) -> Option<FileInfo> {
    let outer = tlv::find(bytes, 0x6F).ok()??;
    if let Some([_, _, _, high, low, ..]) = tlv::find(outer.value, 0x85).ok()?.map(|object| object.value) {
        return Some(FileInfo { size: u16::from_be_bytes([*high, *low]) });
    }
    match tlv::find(outer.value, 0x81).ok()??.value {
        [high, low] => Some(FileInfo { size: u16::from_be_bytes([*high, *low]) }),
        _ => None,
    }
}

/// Selects the master file by name: it cannot be selected in any other way.
pub(crate) fn select_master<C: Card>(link: &mut Link<C>) -> Result<(), Error> {
    let command = with_data(Command::new(0x00, 0xA4, 0x04, 0x00), MASTER_FILE)?.with_le(256);
    let answer = link.send_for_status(Step::Select, &command)?;
    if answer.status.is_ok() {
        Ok(())
    } else {
        Err(Error::Status { step: Step::Select, status: answer.status })
    }
}

/// Selects a file under the current directory.
pub(crate) fn select<C: Card>(
    link: &mut Link<C>,
    file: u16,
) -> Result<Result<Option<FileInfo>, Absent>, Error> {
    let command = with_data(Command::new(0x00, 0xA4, 0x00, 0x00), &file.to_be_bytes())?.with_le(256);
    let answer = link.send_for_status(Step::Select, &command)?;
    match answer.status {
        Status::OK => Ok(Ok(file_info(&answer.data))),
        Status::NOT_FOUND => Ok(Err(Absent::NotFound)),
        Status::SECURITY_NOT_SATISFIED => Ok(Err(Absent::Denied)),
        status => Err(Error::Status { step: Step::Select, status }),
    }
}

/// Reads the current file from its start, as far as `wanted` says after each part, and never beyond `limit`.
pub(crate) fn read<C: Card>(
    link: &mut Link<C>,
    what: &'static str,
    info: Option<FileInfo>,
    limit: usize,
    mut wanted: impl FnMut(&[u8]) -> Result<Wanted, Error>,
) -> Result<Result<Vec<u8>, Absent>, Error> {
    let limit = limit.min(LARGEST_FILE);
    let size = info.map(|info| usize::from(info.size)).filter(|size| *size > 0);
    let mut content = Vec::new();
    loop {
        let total = match wanted(&content)? {
            Wanted::Total(total) if total > limit => return Err(Error::TooLarge { what, limit }),
            Wanted::Total(total) => Some(total),
            Wanted::More => None,
        };
        let end = total.unwrap_or(limit).min(size.unwrap_or(limit));
        let Some(missing) = end.checked_sub(content.len()).filter(|missing| *missing > 0) else {
            return if total.is_none() && content.len() >= limit {
                Err(Error::TooLarge { what, limit })
            } else {
                Ok(Ok(content))
            };
        };
        let chunk = if link.is_protected() { READ_CHUNK } else { PLAIN_CHUNK };
        let le = chunk.min(u16::try_from(missing).unwrap_or(chunk));
        let Response { data, status } = read_binary(link, content.len(), le)?;
        if data.len() > usize::from(le) {
            return Err(Error::malformed("the answer to READ BINARY", usize::from(le)));
        }
        let short = data.len() < usize::from(le);
        content.extend_from_slice(&data);
        match status {
            Status::OK if !short || (total.is_some() && !data.is_empty()) => {}
            // Each is a way to say that the file ends here.
            Status::OK | Status::END_OF_FILE | Status::WRONG_OFFSET => return Ok(Ok(content)),
            Status::SECURITY_NOT_SATISFIED => return Ok(Err(Absent::Denied)),
            Status::NO_CURRENT_FILE => return Ok(Err(Absent::NotFound)),
            status => return Err(Error::Status { step: Step::ReadBinary, status }),
        }
    }
}

fn read_binary<C: Card>(link: &mut Link<C>, offset: usize, le: u16) -> Result<Response, Error> {
    let [high, low] = u16::try_from(offset)
        .ok()
        .filter(|offset| usize::from(*offset) <= LARGEST_FILE)
        .ok_or(Error::malformed("file offset", offset))?
        .to_be_bytes();
    link.send(Step::ReadBinary, &Command::new(0x00, 0xB0, high, low).with_le(le))
}

/// How long a DER sequence is, by its first bytes: what a file that holds one needs.
pub(crate) fn der_length(beginning: &[u8]) -> Option<usize> {
    object_length(beginning, 0x30)
}

/// The same for an object with any tag of one byte.
pub(crate) fn object_length(beginning: &[u8], tag: u8) -> Option<usize> {
    let (first, rest) = beginning.split_first()?;
    if *first != tag {
        return None;
    }
    match rest {
        [length @ 0..=0x7F, ..] => Some(usize::from(*length) + 2),
        [0x81, length, ..] => Some(usize::from(*length) + 3),
        [0x82, high, low, ..] => Some(usize::from(u16::from_be_bytes([*high, *low])) + 4),
        [0x83, high, middle, low, ..] => {
            usize::try_from(u32::from_be_bytes([0, *high, *middle, *low])).ok().map(|length| length + 5)
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::script::Script;

    fn until_zero(content: &[u8]) -> Result<Wanted, Error> {
        Ok(match content.iter().position(|byte| *byte == 0) {
            Some(end) => Wanted::Total(end),
            None => Wanted::More,
        })
    }

    #[test]
    fn file_control_information_tells_the_size() {
        let info = file_info(&crate::vectors::bytes("6F0C850A01602003E800FFFFFFFF")).unwrap();
        assert_eq!(info.size, 1000);
        assert_eq!(file_info(&crate::vectors::bytes("6F0481020123")).unwrap().size, 0x123);
        assert_eq!(file_info(&[]), None);
    }

    #[test]
    fn reading_stops_where_the_file_says_so() {
        let full = "41".repeat(255) + "9000";
        let ended = "41".repeat(10) + &"00".repeat(245) + "9000";
        let mut link = Link::new(Script::new(&[("00B00000FF", full.as_str()), ("00B000FFFF", &ended)]));
        let content = read(&mut link, "a file", None, 2100, until_zero).unwrap().unwrap();
        assert_eq!(content.len(), 510);
    }

    #[test]
    fn every_way_to_say_the_end_is_understood() {
        for end in
            [vec![("00B00000FF", "4142 6282")], vec![("00B00000FF", "6C02"), ("00B0000002", "4142 9000")]]
        {
            let mut link = Link::new(Script::new(&end));
            assert_eq!(read(&mut link, "a file", None, 2100, until_zero).unwrap().unwrap(), b"AB");
        }
        let mut link = Link::new(Script::new(&[("00B00000FF", "6B00")]));
        assert_eq!(read(&mut link, "a file", None, 2100, until_zero).unwrap().unwrap(), b"");
        let mut link = Link::new(Script::new(&[("00B00000FF", "6982")]));
        assert_eq!(read(&mut link, "a file", None, 2100, until_zero).unwrap(), Err(Absent::Denied));
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_before_it_is_read() {
        let mut link = Link::new(Script::new(&[]));
        let result = read(&mut link, "a file", None, 100, |_| Ok(Wanted::Total(101)));
        assert!(matches!(result, Err(Error::TooLarge { limit: 100, .. })));
        let mut link = Link::new(Script::new(&[("00B0000064", &("41".repeat(100) + "9000"))]));
        assert!(matches!(read(&mut link, "a file", None, 100, until_zero), Err(Error::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn any_control_information_is_looked_at_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = file_info(&bytes);
            let _ = der_length(&bytes);
        }
    }
}
