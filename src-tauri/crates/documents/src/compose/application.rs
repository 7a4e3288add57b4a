//! The application.

use serde::Serialize;
use wording::format;

use super::{Block, Composed, Files, Items, Sheet};
use crate::Error;
use crate::input::{ApplicationDocument, Row};
use crate::words::Words;

#[derive(Serialize)]
struct Application {
    #[serde(flatten)]
    sheet: Sheet,
    /// Description of the embedded file.
    manifest: String,
    addressed: Vec<Row>,
    applicant: Block,
    representative: Option<Block>,
    sections: Vec<Block>,
    declarations: Option<Items>,
    attachments: Files,
    consulted: Option<Items>,
    protection: Block,
    signature: Signature,
}

#[derive(Serialize)]
struct Signature {
    heading: String,
    place_date: String,
    signed_by: String,
    how: String,
    not_receipt: String,
}

pub(crate) fn application(d: &ApplicationDocument) -> Result<Composed, Error> {
    let words = Words::of(d.language);
    let signer = d.representative.as_ref().unwrap_or(&d.applicant);
    let date = format::date(d.language, d.made_at.date());
    let signature = Signature {
        heading: words.say("doc-signature-block"),
        place_date: words
            .say_with("doc-place-date", &[("place", d.town.place.as_str().into()), ("date", date.into())]),
        signed_by: words.say_with(
            "doc-signed-by",
            &[("name", signer.name.as_str().into()), ("nif", signer.nif.as_str().into())],
        ),
        how: words.say("doc-signed-how"),
        not_receipt: words.say("doc-application-not-receipt"),
    };
    let parts = Application {
        sheet: Sheet::new(&words, &d.town, "doc-application", d.title.clone(), &d.title, d.large_print),
        manifest: words.say("doc-manifest"),
        addressed: vec![Row::new(
            words.say("doc-addressed-to"),
            format!("{}\n{}", d.town.name, d.unit).trim_end(),
        )],
        applicant: Block::party(&words, "doc-applicant", &d.applicant),
        representative: d.representative.as_ref().map(|p| Block::party(&words, "doc-representative", p)),
        sections: Block::sections(&words, &d.sections),
        declarations: Items::new(words.say("doc-declarations"), None, d.declarations.clone()),
        attachments: Files::new(
            &words,
            &d.attachments,
            (!d.attachments.is_empty()).then_some("doc-attachments-signed"),
        ),
        consulted: Items::consulted(&words, &d.consulted),
        protection: Block { heading: words.say("doc-data-protection"), rows: d.data_protection.clone() },
        signature,
    };
    Composed::new(&parts, words.say("doc-replaced"))
}
