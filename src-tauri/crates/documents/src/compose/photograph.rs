//! The page of a photograph: its picture and what it is of, nothing else.

use serde::Serialize;

use super::Composed;
use crate::Error;
use crate::input::Photograph;
use crate::words::Words;

#[derive(Serialize)]
struct Parts<'a> {
    lang: &'static str,
    region: &'static str,
    title: &'a str,
    picture: &'static str,
    lying: bool,
}

pub(crate) fn photograph(document: &Photograph, picture: &'static str) -> Result<Composed, Error> {
    let (lang, region) = Words::of(document.language).locale();
    let parts = Parts { lang, region, title: &document.title, picture, lying: document.lying };
    Composed::new(&parts, String::new())
}
