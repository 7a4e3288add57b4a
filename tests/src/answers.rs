//! Right answers to any form, and the papers that go with them, for whoever files many procedures.

use std::collections::BTreeMap;

use anyhow::bail;
use jiff::tz::TimeZone;
use procedures::content::Mime;
use procedures::{Answers, FieldKind, Form, Known, Procedure, Today, citizen};
use testkit::card::PersonaSpec;

use crate::people::{self, now};

/// One white dot.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63,
    0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00, 0xB1, 0x38, 0xF6, 0x14, 0, 0, 0, 0, b'I', b'E', b'N', b'D',
    0xAE, 0x42, 0x60, 0x82,
];
const XSIG: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <fe:Facturae xmlns:fe=\"http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml\">\
    <ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/></fe:Facturae>\n";

/// What lies on a person's memory stick: name, kind, content.
#[must_use]
pub fn papers() -> Vec<(&'static str, Mime, Vec<u8>)> {
    vec![
        ("paper.pdf", Mime::Pdf, people::paper()),
        ("foto.png", Mime::Png, PNG.to_vec()),
        ("factura.xsig", Mime::Xsig, XSIG.to_vec()),
    ]
}

/// The day it is in the town.
///
/// # Errors
/// When the system knows no time zones.
pub fn today() -> anyhow::Result<Today> {
    Ok(Today(now().to_zoned_datetime(TimeZone::get("Europe/Madrid")?).date()))
}

/// What a certificate says of somebody, for their answers.
#[derive(Debug, Clone)]
pub struct OwnKnown {
    name: String,
    surnames: String,
    nif: String,
}

impl OwnKnown {
    /// Of the holder of a card.
    #[must_use]
    pub fn of(spec: &PersonaSpec) -> Self {
        let holder = &spec.holder;
        let surnames: Vec<&str> =
            [Some(holder.surname1.as_str()), holder.surname2.as_deref()].into_iter().flatten().collect();
        Self { name: holder.given_name.clone(), surnames: surnames.join(" "), nif: holder.nif.clone() }
    }

    /// As forms want it.
    #[must_use]
    pub fn as_known(&self) -> Known<'_> {
        Known { name: &self.name, surnames: &self.surnames, nif: &self.nif }
    }
}

/// Right answers, as wished where they can be; documents as their codes would have it, since only the kiosk knows the
/// files.
///
/// # Errors
/// When the form has no right answers.
pub fn right(
    procedure: &Procedure,
    known: &OwnKnown,
    wishes: &BTreeMap<String, String>,
    seed: u64,
) -> anyhow::Result<Answers> {
    let (form, known, today) = (&procedure.form, known.as_known(), today()?);
    // Where so many cannot all be right together, as many as come.
    let drawn = citizen::wishing(form, &known, &today, seed, wishes)
        .or_else(|_| citizen::answers(form, &known, &today, seed));
    match drawn {
        Ok(drawn) => Ok(files_first(form, drawn)),
        Err(faults) => bail!("{}: {faults:?}", procedure.id),
    }
}

/// The kiosk has a place for one more file only after the last one.
fn files_first(form: &Form, mut drawn: Answers) -> Answers {
    for page in form.all_pages().iter().filter(|page| page.document.is_some()) {
        let places = page.fields.iter().filter(|field| field.kind == FieldKind::Document);
        let files: Vec<String> = places.clone().filter_map(|field| drawn.remove(&field.id)).collect();
        drawn.extend(places.map(|field| field.id.clone()).zip(files));
    }
    drawn
}
