//! Takes the long texts out of a package.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr, memchr2};
use registry_api::{Content, Sha256Hex, Submission};
use sha2::{Digest as _, Sha256};

use super::{Fault, Spool};

/// Most bytes of what is left once long texts are taken out. A whole form with the longest answers is less.
const MOST_LEFT: usize = 8 * 1024 * 1024;
/// Most texts that are taken out: an application, its attachments and a consent are fewer.
const MOST_TAKEN: usize = 64;
/// Characters of base 64 that are decoded at a time; a multiple of four.
const CHARACTERS: usize = 64 * 1024;

/// Takes long texts out of JSON.
pub(crate) struct Taker<'a> {
    spool: &'a Spool,
    mark: [u8; 16],
    /// From which length on a text is taken out that goes on in the next piece, bytes.
    long: usize,
    /// What is left, with marks.
    left: Vec<u8>,
    taken: Vec<Content>,
    place: Place,
}

/// Where it is in the JSON.
enum Place {
    Between,
    /// In a text that begins there in what is left; whether the last character escapes the next one.
    Text {
        begin: usize,
        escaping: bool,
    },
    /// In a text that is taken out; what there is so far of an escaped character, without its backslash.
    Taking {
        into: Box<Decoder>,
        escaped: Option<Vec<u8>>,
    },
}

impl<'a> Taker<'a> {
    pub(crate) const fn new(spool: &'a Spool, mark: [u8; 16], long: usize) -> Self {
        Self { spool, mark, long, left: Vec::new(), taken: Vec::new(), place: Place::Between }
    }

    pub(crate) fn read(&mut self, mut piece: &[u8]) -> Result<(), Fault> {
        while !piece.is_empty() {
            let place = std::mem::replace(&mut self.place, Place::Between);
            (self.place, piece) = self.step(place, piece)?;
            if self.left.len() > MOST_LEFT {
                return Err(Fault::Malformed(None));
            }
        }
        Ok(())
    }

    /// Goes on to where something else begins, and says what, and what comes then.
    fn step<'p>(&mut self, place: Place, piece: &'p [u8]) -> Result<(Place, &'p [u8]), Fault> {
        Ok(match place {
            Place::Between => {
                let (between, quote, rest) = up_to(piece, memchr(b'"', piece));
                self.left.extend_from_slice(between);
                self.left.extend(quote);
                let begin = self.left.len();
                (quote.map_or(Place::Between, |_| Place::Text { begin, escaping: false }), rest)
            }
            Place::Text { begin, escaping: true } => {
                let (escaped, rest) = piece.split_at(1);
                self.left.extend_from_slice(escaped);
                (Place::Text { begin, escaping: false }, rest)
            }
            Place::Text { begin, escaping: false } => {
                let (text, end, rest) = up_to(piece, memchr2(b'"', b'\\', piece));
                self.left.extend_from_slice(text);
                self.left.extend(end);
                let place = match end {
                    Some(b'"') => Place::Between,
                    Some(_) => Place::Text { begin, escaping: true },
                    None if self.left.len() - begin > self.long => self.take_out(begin)?,
                    None => Place::Text { begin, escaping: false },
                };
                (place, rest)
            }
            Place::Taking { mut into, escaped: Some(mut escaped) } => {
                let (character, rest) = piece.split_at(1);
                escaped.extend_from_slice(character);
                let place = match unescaped(&escaped)? {
                    Some(character) => {
                        into.read(&[character])?;
                        Place::Taking { into, escaped: None }
                    }
                    None => Place::Taking { into, escaped: Some(escaped) },
                };
                (place, rest)
            }
            Place::Taking { mut into, escaped: None } => {
                let (text, end, rest) = up_to(piece, memchr2(b'"', b'\\', piece));
                into.read(text)?;
                let place = match end {
                    Some(b'"') => {
                        let mark = STANDARD.encode(self.mark_of(self.taken.len()));
                        self.left.extend_from_slice(mark.as_bytes());
                        self.left.push(b'"');
                        self.taken.push(into.finish()?);
                        Place::Between
                    }
                    end => Place::Taking { into, escaped: end.map(|_| Vec::new()) },
                };
                (place, rest)
            }
        })
    }

    /// Takes the text out that begins there in what is left.
    fn take_out(&mut self, begin: usize) -> Result<Place, Fault> {
        if self.taken.len() == MOST_TAKEN {
            return Err(Fault::Malformed(None));
        }
        let text = self.left.split_off(begin);
        let mut place = Place::Taking { into: Box::new(Decoder::new(self.spool)?), escaped: None };
        let mut rest = text.as_slice();
        while !rest.is_empty() {
            (place, rest) = self.step(place, rest)?;
        }
        Ok(place)
    }

    /// What stands for the text that was taken out as that one.
    fn mark_of(&self, taken: usize) -> Vec<u8> {
        [self.mark.as_slice(), &taken.to_be_bytes()].concat()
    }

    /// What is left as a submission, with what was taken out in its place.
    pub(crate) fn submission(self) -> Result<Submission, Fault> {
        if !matches!(self.place, Place::Between) {
            return Err(Fault::Malformed(None));
        }
        let mut submission: Submission = serde_json::from_slice(&self.left).map_err(|error| {
            Fault::Malformed(self.taken.is_empty().then(|| (error.line(), error.column())))
        })?;
        let mut placed = 0;
        for content in submission.contents_mut() {
            let bytes = content.bytes()?;
            let Some(taken) = (0..self.taken.len()).find(|taken| bytes == self.mark_of(*taken)) else {
                continue;
            };
            if let Some(set_down) = self.taken.get(taken) {
                *content = set_down.clone();
                placed += 1;
            }
        }
        // A long text is a file, or nothing that a submission has.
        if placed == self.taken.len() { Ok(submission) } else { Err(Fault::Malformed(None)) }
    }
}

/// What comes before that place, the byte there, and what follows.
fn up_to(piece: &[u8], place: Option<usize>) -> (&[u8], Option<u8>, &[u8]) {
    let (before, rest) = piece.split_at(place.unwrap_or(piece.len()).min(piece.len()));
    match rest.split_first() {
        Some((byte, rest)) => (before, Some(*byte), rest),
        None => (before, None, rest),
    }
}

/// The character of base 64 that is escaped so (RFC 8259, clause 7); none as long as it is not all there. Some programs
/// escape `/`, others `+` and `=` by their code.
fn unescaped(escaped: &[u8]) -> Result<Option<u8>, Fault> {
    match escaped {
        b"/" => Ok(Some(b'/')),
        [b'u', code @ ..] if code.iter().all(u8::is_ascii_hexdigit) => {
            if code.len() < 4 {
                return Ok(None);
            }
            let code = std::str::from_utf8(code).ok().and_then(|code| u8::from_str_radix(code, 16).ok());
            code.map(Some).ok_or(Fault::Malformed(None))
        }
        _ => Err(Fault::Malformed(None)),
    }
}

/// From base 64 into a file.
struct Decoder {
    file: BufWriter<File>,
    hash: Sha256,
    len: u64,
    /// Characters that wait for others.
    text: Vec<u8>,
    bytes: Vec<u8>,
}

impl Decoder {
    fn new(spool: &Spool) -> Result<Self, Fault> {
        let file = BufWriter::new(spool.file()?);
        Ok(Self { file, hash: Sha256::new(), len: 0, text: Vec::new(), bytes: Vec::new() })
    }

    fn read(&mut self, text: &[u8]) -> Result<(), Fault> {
        self.text.extend_from_slice(text);
        if self.text.len() > CHARACTERS {
            // The last four may be the end, which may be filled up.
            let rest = self.text.split_off((self.text.len() - 4) / 4 * 4);
            if memchr(b'=', &self.text).is_some() {
                return Err(Fault::Malformed(None));
            }
            self.decode()?;
            self.text = rest;
        }
        Ok(())
    }

    fn decode(&mut self) -> Result<(), Fault> {
        self.bytes.clear();
        STANDARD.decode_vec(&self.text, &mut self.bytes).map_err(|_| Fault::Malformed(None))?;
        self.hash.update(&self.bytes);
        self.len += self.bytes.len() as u64;
        Ok(self.file.write_all(&self.bytes)?)
    }

    fn finish(mut self) -> Result<Content, Fault> {
        self.decode()?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Content::set_down(file, self.len, Sha256Hex::from_digest(self.hash.finalize().into())))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use registry_api::{Answers, Attachment, Language, SubmissionKey};

    use super::super::LONG;
    use super::*;

    fn submission(application: usize, attachments: &[usize]) -> Submission {
        let when: jiff::Timestamp = "2026-03-12T17:05:00Z".parse().unwrap();
        let content = |length: usize| -> Content {
            let bytes: Vec<u8> = (0..length).map(|place| place.to_le_bytes()[place % 2] ^ 0xA5).collect();
            bytes.into()
        };
        let attachment = |length: &usize| Attachment {
            name: "plànol \"1\".pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            sha256: content(*length).sha256(),
            content: content(*length),
            document: "DOC".to_owned(),
        };
        Submission {
            key: SubmissionKey::new(when, [1; 10]),
            procedure: "instancia-general".to_owned(),
            procedure_version: 1,
            language: Language::Es,
            handed_in_at: when,
            application: content(application),
            attachments: attachments.iter().map(attachment).collect(),
            answers: Answers::from([("solicita".to_owned(), "\\\"\u{7f}ñ\n".repeat(9))]),
            unsigned: None,
            cures: None,
            assisted: None,
        }
    }

    /// What comes of a JSON that is read in pieces of that size, long texts taken out.
    fn read(json: &[u8], size: usize, long: usize) -> Result<Submission, Fault> {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::of(folder.path().to_owned());
        let mut taker = Taker::new(&spool, [7; 16], long);
        json.chunks(size).try_for_each(|piece| taker.read(piece))?;
        let submission = taker.submission()?;
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "files have no name");
        Ok(submission)
    }

    proptest! {
        #[test]
        fn a_package_is_the_same_however_it_comes(
            application in 0_usize..3000,
            attachments in prop::collection::vec(0_usize..3000, 0..4),
            size in 1_usize..200,
            escaped in 0..3,
        ) {
            let submission = submission(application, &attachments);
            let mut json = serde_json::to_string(&submission).unwrap();
            match escaped {
                0 => {}
                1 => json = json.replace('/', "\\/"),
                _ => json = json.replace('+', "\\u002B").replace('=', "\\u003d"),
            }
            let read = read(json.as_bytes(), size, 256).unwrap();
            prop_assert_eq!(&read, &submission);
            prop_assert_eq!(read.package_sha256().unwrap(), submission.package_sha256().unwrap());
            prop_assert_eq!(serde_json::to_vec(&read).unwrap(), serde_json::to_vec(&submission).unwrap());
        }

        #[test]
        fn what_is_broken_is_refused_as_it_would_be_whole(
            place in 0_usize..6000,
            with in prop::option::of(any::<u8>()),
            size in 1_usize..200,
        ) {
            let mut json = serde_json::to_vec(&submission(1500, &[10, 1700])).unwrap();
            let place = place % json.len();
            match with {
                Some(byte) => json[place] = byte,
                None => json.truncate(place),
            }
            let whole = serde_json::from_slice::<Submission>(&json);
            match read(&json, size, 256) {
                Ok(read) => prop_assert_eq!(read, whole.unwrap()),
                Err(Fault::Malformed(_)) => prop_assert!(whole.is_err()),
                Err(fault) => panic!("{fault}"),
            }
        }
    }

    #[test]
    fn a_long_text_is_a_file_or_nothing() {
        let mut long = submission(1, &[]);
        long.answers.insert("expose".to_owned(), "QUJD".repeat(100));
        let json = serde_json::to_vec(&long).unwrap();
        assert!(matches!(read(&json, 64, 256), Err(Fault::Malformed(None))));
        assert!(read(&json, 64, 1000).is_ok());
        // Whoever guesses the mark has nothing of it: there is nothing to be had.
        let mark = [[7; 16].as_slice(), &0_usize.to_be_bytes()].concat();
        let guessed = Submission { application: mark.into(), ..submission(1, &[]) };
        assert_eq!(read(&serde_json::to_vec(&guessed).unwrap(), 64, 256).unwrap(), guessed);
        let open = b"{\"application\":\"QUJD";
        assert!(matches!(read(open, 64, 256), Err(Fault::Malformed(None))));
    }

    #[test]
    fn what_is_large_besides_is_refused() {
        let json = format!("[{}", "1,".repeat(MOST_LEFT / 2));
        assert!(matches!(read(json.as_bytes(), 48 * 1024, LONG), Err(Fault::Malformed(None))));
        let many = format!("[{}", format!("\"{}\",", "QUJD".repeat(300)).repeat(MOST_TAKEN + 1));
        assert!(matches!(read(many.as_bytes(), 512, 256), Err(Fault::Malformed(None))));
    }
}
