//! The two streams of a process that does one thing with one file.

use std::io::{Read, Write};

use crate::{Answer, Error, Request, work};

/// Longest message: a package of the largest size, and its pictures.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Reads one request to its end, does it, and writes one answer.
///
/// # Errors
/// [`Error`]; nothing has been written then.
pub fn serve(input: impl Read, mut output: impl Write) -> Result<(), Error> {
    let request: Request = postcard::from_bytes(&whole(input)?)?;
    let answer = work(request)?;
    output.write_all(&postcard::to_stdvec(&answer)?)?;
    output.flush()?;
    Ok(())
}

/// Writes a request, for [`serve`] at the other end.
///
/// # Errors
/// [`Error::Stream`] when the other end has gone.
pub fn ask(request: &Request, mut output: impl Write) -> Result<(), Error> {
    output.write_all(&postcard::to_stdvec(request)?)?;
    output.flush()?;
    Ok(())
}

/// Reads the answer of [`serve`]. The other process has read a stranger's file, so what it says is bounded and parsed.
///
/// # Errors
/// [`Error`] when there is none.
pub fn read_answer(input: impl Read) -> Result<Answer, Error> {
    Ok(postcard::from_bytes(&whole(input)?)?)
}

fn whole(input: impl Read) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    input.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST { Err(Error::TooLong) } else { Ok(bytes) }
}
