//! The papers of the counter as PDF: the application a citizen signs, the receipt the registry seals, and the
//! provisional slip of an application that still waits.
//!
//! Each is one file that is PDF/A-3a and PDF/UA-1 at once, laid out from a template in `assets/templates` with words
//! from [`wording`]. It signs nothing, seals nothing, knows no registry and no card, reads no clock and no disk.
//!
//! Invariants:
//! - What a person wrote reaches the template as data, never as markup, and no template can open a file it was not
//!   handed.
//! - The same input gives the same bytes: the identifier and the time of the document are arguments.
//! - Any text renders. A character the typeface lacks is printed as □ and a note says so; `manifest.json`, inside the
//!   application, keeps the true text.
//! - Nothing here prints personal data: neither `Debug` nor an error carries what was typed.
//!
//! Compiled layouts are remembered between renders to make the next one quick, and what is remembered holds the
//! citizen's words: whoever ends a session drops its [`Rendered`] values and calls [`forget`].
//!
//! The typeface is Atkinson Hyperlegible Next (SIL Open Font License 1.1, `assets/fonts/OFL.txt`; no reserved name).
//! The three files were made from the WOFF2 of `@fontsource/atkinson-hyperlegible-next` 5.3.0, weights 400, 600 and
//! 700: `latin` and `latin-ext` merged with fonttools, and a □ (U+25A1) as tall as a capital added to each.

mod compose;
mod error;
mod input;
mod letters;
mod render;
mod square;
mod words;
mod world;

pub use error::Error;
pub use input::{
    ApplicationDocument, AttachedFile, Means, Party, Photograph, ProvisionalDocument, Reason,
    ReceiptDocument, Resolution, Row, Section, SignBy, Town, Verification,
};
pub use procedures::Silence;
pub use render::{Rendered, forget};

/// The application, as it is to be signed, with its manifest inside.
///
/// # Errors
/// [`Error`] when the words, the typeface or the template are broken: a fault of the program, never of the input.
pub fn application(document: &ApplicationDocument) -> Result<Rendered, Error> {
    let manifest = serde_json::to_vec(&document.manifest).map_err(|source| Error::Data { source })?;
    render::render(render::Job {
        template: "application.typ",
        ident: format!("application {}", document.ident),
        made_at: &document.made_at,
        data: compose::application(document)?,
        files: vec![("manifest.json", manifest)],
    })
}

/// The receipt, as it is to be sealed.
///
/// # Errors
/// As [`application`]; also [`Error::Square`] when the verification link is too long for a QR code.
pub fn receipt(document: &ReceiptDocument) -> Result<Rendered, Error> {
    render::render(render::Job {
        template: "receipt.typ",
        ident: format!("receipt {}", document.verification.csv),
        made_at: &document.registered_at,
        data: compose::receipt(document)?,
        files: vec![("qr.svg", square::svg(&document.verification.link)?)],
    })
}

/// A photograph of a paper, as a page of A4.
///
/// # Errors
/// As [`application`]; also [`Error::Layout`] when the picture cannot be read.
pub fn photograph(document: &Photograph) -> Result<Rendered, Error> {
    let name = if document.is_png { "picture.png" } else { "picture.jpg" };
    render::render(render::Job {
        template: "photograph.typ",
        ident: format!("photograph {}", document.ident),
        made_at: &document.taken_at,
        data: compose::photograph(document, name)?,
        files: vec![(name, document.content.clone())],
    })
}

/// The slip of an application that is not registered yet.
///
/// # Errors
/// As [`application`].
pub fn provisional(document: &ProvisionalDocument) -> Result<Rendered, Error> {
    render::render(render::Job {
        template: "provisional.typ",
        ident: format!("provisional {}", document.evidence_number),
        made_at: &document.handed_in_at,
        data: compose::provisional(document)?,
        files: Vec::new(),
    })
}
