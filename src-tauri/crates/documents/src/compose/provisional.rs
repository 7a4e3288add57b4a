//! The provisional slip. It says what it is not before it says anything else.

use serde::Serialize;
use wording::format;

use super::{Block, Composed, Files, Items, Sheet, sentence};
use crate::Error;
use crate::input::{ProvisionalDocument, Reason, Row};
use crate::words::Words;

#[derive(Serialize)]
struct Provisional {
    #[serde(flatten)]
    sheet: Sheet,
    lead: String,
    reason: String,
    next: Items,
    evidence: Block,
    attachments: Files,
    risk: Items,
}

pub(crate) fn provisional(d: &ProvisionalDocument) -> Result<Composed, Error> {
    let words = Words::of(d.language);
    let (lead, reason) = match d.reason {
        Reason::Offline => ("doc-provisional-lead", "doc-reason-offline"),
        Reason::Slow => ("doc-provisional-lead", "doc-reason-slow"),
        Reason::Refused => ("doc-provisional-lead-refused", "doc-reason-refused"),
    };
    let parts = Provisional {
        sheet: Sheet::new(
            &words,
            &d.town,
            "doc-provisional",
            words.say("doc-provisional-title"),
            &d.procedure,
            d.large_print,
        ),
        lead: words.say(lead),
        reason: words.say(reason),
        next: next(&words, d),
        evidence: evidence(&words, d),
        attachments: Files::new(&words, &d.attachments, None),
        risk: risk(&words, d),
    };
    Composed::new(&parts, words.say("doc-replaced-plain"))
}

fn next(words: &Words, d: &ProvisionalDocument) -> Items {
    let follows = match d.reason {
        Reason::Offline | Reason::Slow => "doc-next-sent",
        Reason::Refused => "doc-next-staff",
    };
    let told = match d.contact.as_deref() {
        Some(contact) if !contact.is_empty() => sentence(words, "doc-next-told", "contact", contact),
        _ => sentence(words, "doc-next-folder", "address", &d.town.e_office),
    };
    let items = vec![words.say(follows), told, words.say("doc-next-date")];
    Items { heading: words.say("doc-next"), note: None, items }
}

fn evidence(words: &Words, d: &ProvisionalDocument) -> Block {
    let rows = vec![
        Row::new(words.say("doc-evidence-number"), &d.evidence_number),
        Row::new(words.say("doc-handed-in"), format::date_time_with_seconds(words.language, &d.handed_in_at)),
        Row::new(words.say("doc-procedure"), &d.procedure),
        Row::new(words.say("doc-interested"), format!("{}\n{}", d.interested.name, d.interested.nif)),
        Row::new(words.say("doc-fingerprint"), &d.fingerprint),
        Row::new(words.say("doc-application-hash-signed"), &d.application_sha256),
    ];
    Block { heading: words.say("doc-evidence"), rows }
}

/// A breakdown lengthens no term (Law 39/2015, art. 32.4), so the other ways in are told at once.
fn risk(words: &Words, d: &ProvisionalDocument) -> Items {
    let note = match d.term_ends_on {
        Some(end) => sentence(words, "doc-term-risk-date", "date", &format::date(words.language, end)),
        None => words.say("doc-term-risk-any"),
    };
    let mut items = Vec::new();
    if !d.town.counter.is_empty() {
        items.push(sentence(words, "doc-other-counter", "place", &d.town.counter));
    }
    items.push(words.say("doc-other-post"));
    if !d.town.phone.is_empty() {
        items.push(sentence(words, "doc-other-phone", "phone", &d.town.phone));
    }
    Items { heading: words.say("doc-term-risk"), note: Some(note), items }
}
