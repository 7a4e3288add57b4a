//! What people hand in: looked into, made uniform, and shown.
//!
//! A file from a memory stick is the one thing at the counter that a stranger has made whole. What it is, its content
//! says; a photograph becomes a PDF of one page; a PDF is taken as it is, unless it is locked, damaged or would do
//! something by itself; and of each there are pictures, so that people see what they are about to hand in.
//!
//! Everything here is written in Rust and forbids `unsafe` where it counts (`hayro` for PDF, `image` for pictures,
//! both under MIT or Apache 2.0, both part of the typesetter already). That keeps hostile bytes from taking over, not
//! from exhausting: a PDF may nest without end or unfold to gigabytes. So [`serve`] is meant for a process of its own,
//! which is killed when it takes too long or too much; the kiosk calls nothing else of this crate on such bytes.
//!
//! Invariants: no I/O besides the two streams of [`serve`]; no clock; the same request gives the same answer; nothing
//! that was hidden in a photograph, such as where it was taken, is in what comes out.

mod error;
mod pages;
mod pdf;
mod picture;
mod serve;

use procedures::DocumentRule;
use procedures::content::{self, Mime, Refusal};
use serde::{Deserialize, Serialize};
use wording::Language;

pub use error::Error;
pub use serve::{ask, read_answer, serve};

/// Most pages of which there are pictures.
pub const SHOWN_PAGES: usize = 12;

/// What is wanted of a file.
#[derive(Clone, Serialize, Deserialize)]
pub enum Request {
    /// To be taken as this document.
    Take(Box<ToTake>),
    /// Only pictures of what was taken before.
    Show {
        /// Its kind.
        mime: Mime,
        /// Its bytes.
        content: Vec<u8>,
    },
}

/// A file to be taken.
#[derive(Clone, Serialize, Deserialize)]
pub struct ToTake {
    /// What it may be.
    pub rule: DocumentRule,
    /// Language of the PDF that a photograph becomes.
    pub language: Language,
    /// When it is taken, written as RFC 9557 has it: the PDF says so.
    pub taken_at: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A file as it will be filed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Its kind.
    pub mime: Mime,
    /// How many pages; 0 for what has none.
    pub pages: u32,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Pictures of its first pages, JPEG.
    pub images: Vec<Vec<u8>>,
}

impl std::fmt::Debug for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Taken").field("mime", &self.mime).field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// What became of a request.
pub type Answer = Result<Taken, Refusal>;

/// Does what is asked. On bytes of a stranger, in a process of its own only: see [`serve`].
///
/// # Errors
/// [`Error`] where the program itself fails; what is wrong with the file is part of the answer.
pub fn work(request: Request) -> Result<Answer, Error> {
    match request {
        Request::Take(file) => take(*file),
        Request::Show { mime, content } => {
            let images = shown(mime, &content);
            Ok(Ok(Taken { mime, pages: 0, content: Vec::new(), images }))
        }
    }
}

fn take(file: ToTake) -> Result<Answer, Error> {
    let ToTake { rule, language, taken_at, content } = file;
    // A photograph may be larger than what it becomes; it is looked at before it is judged.
    let accepted = content::sniff(&content).filter(|kind| rule.formats.contains(kind));
    let photograph = matches!(accepted, Some(Mime::Jpeg | Mime::Png));
    let checked = if photograph { content::whole(&content, &rule) } else { content::check(&content, &rule) };
    let mime = match checked {
        Ok(mime) => mime,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (mime, pages, content) = match mime {
        Mime::Pdf => match pdf::inspect(content.clone()) {
            Ok(pages) => (mime, pages, content),
            Err(refusal) => return Ok(Err(refusal)),
        },
        Mime::Jpeg | Mime::Png => match picture::uniform(&content, mime, &rule) {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(picture) if rule.formats.contains(&Mime::Pdf) => {
                let pdf = picture.pdf(&rule, language, &taken_at)?;
                (Mime::Pdf, 1, pdf)
            }
            Ok(picture) => (picture.mime, 1, picture.content),
        },
        Mime::Xml | Mime::Xsig => (mime, 0, content),
    };
    // What it became is held to the same rule: the registry holds it to it again.
    if let Err(refusal) = content::check(&content, &rule) {
        return Ok(Err(refusal));
    }
    let images = shown(mime, &content);
    Ok(Ok(Taken { mime, pages, content, images }))
}

fn shown(mime: Mime, content: &[u8]) -> Vec<Vec<u8>> {
    match mime {
        Mime::Pdf => pages::of_pdf(content),
        Mime::Jpeg | Mime::Png => picture::small(content, mime).into_iter().collect(),
        Mime::Xml | Mime::Xsig => Vec::new(),
    }
}
