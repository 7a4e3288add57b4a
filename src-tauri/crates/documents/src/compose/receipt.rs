//! The receipt. What it must say is settled by Law 39/2015, art. 16.3 and 21.4, and RD 203/2021.

use procedures::Silence;
use serde::Serialize;
use wording::{Arg, format};

use super::{Block, Composed, Files, Items, Sheet, sentence};
use crate::Error;
use crate::input::{AttachedFile, Means, ReceiptDocument, Row, SignBy};
use crate::words::Words;

#[derive(Serialize)]
struct Receipt {
    #[serde(flatten)]
    sheet: Sheet,
    number_label: String,
    number: String,
    lead: String,
    /// Before what comes next, where the signature is missing: without it the paper looks like the end of it.
    unsigned: Option<Items>,
    now: Items,
    entry: Block,
    representative: Option<Block>,
    missing: Option<Items>,
    term: Term,
    attachments: Files,
    consulted: Option<Items>,
    copy: Option<String>,
    sections: Vec<Block>,
    verify: Verify,
    sealed_by: String,
}

#[derive(Serialize)]
struct Term {
    heading: String,
    sentences: Vec<String>,
}

#[derive(Serialize)]
struct Verify {
    heading: String,
    rows: Vec<Row>,
    /// Sentence and code of the foot, and the name of the square in it.
    foot: String,
    csv: String,
    csv_label: String,
}

pub(crate) fn receipt(d: &ReceiptDocument) -> Result<Composed, Error> {
    let words = Words::of(d.language);
    let presented = d.presented_at.datetime();
    let consent = d
        .consent
        .iter()
        .map(|consent| AttachedFile { nature: Some(words.say("doc-consent")), ..consent.clone() });
    let attachments: Vec<_> = d.attachments.iter().cloned().chain(consent).collect();
    let parts = Receipt {
        sheet: Sheet::new(
            &words,
            &d.town,
            "doc-receipt",
            words.say("doc-receipt-title"),
            &d.procedure,
            d.large_print,
        ),
        number_label: words.say("doc-number"),
        number: format::entry_number(&d.number),
        lead: words.say_with(
            if d.sign_by.is_some() { "doc-receipt-lead-unsigned" } else { "doc-receipt-lead" },
            &[
                ("date", format::date(d.language, presented.date()).into()),
                ("time", format::time(presented.time()).into()),
            ],
        ),
        unsigned: d.sign_by.as_ref().map(|by| unsigned(&words, d, by)),
        now: now(&words, d),
        entry: entry(&words, d),
        representative: d.representative.as_ref().map(|p| Block::party(&words, "doc-representative", p)),
        missing: Items::new(words.say("doc-missing"), Some(missing_note(&words, d)), d.missing.clone()),
        term: term(&words, d),
        attachments: Files::new(&words, &attachments, None),
        consulted: Items::consulted(&words, &d.consulted),
        copy: (!d.sections.is_empty()).then(|| words.say("doc-form-copy")),
        sections: Block::sections(&words, &d.sections),
        verify: Verify {
            heading: words.say("doc-verify"),
            rows: vec![
                Row::new(words.say("doc-csv"), &d.verification.csv),
                Row::new(words.say("doc-verify-at"), &d.verification.address),
            ],
            foot: sentence(&words, "doc-verify-foot", "address", &d.verification.address),
            csv: d.verification.csv.clone(),
            csv_label: words.say("doc-csv"),
        },
        sealed_by: sentence(&words, "doc-sealed-by", "town", &d.town.name),
    };
    Composed::new(&parts, words.say("doc-replaced-plain"))
}

/// What now, until when, who to ask: the first half page, before any official detail.
fn now(words: &Words, d: &ReceiptDocument) -> Items {
    let mut items = vec![sentence(words, "doc-now-unit", "unit", &d.unit)];
    items.extend(match d.resolution.due {
        _ if d.sign_by.is_some() => None,
        Some(due) if d.resolution.months > 0 => Some(words.say_with(
            "doc-now-due",
            &[("months", months(d)), ("date", format::date(words.language, due).into())],
        )),
        _ => Some(words.say("doc-now-no-due")),
    });
    items.push(sentence(words, "doc-now-follow", "address", &d.town.e_office));
    for contact in [&d.town.phone, &d.town.counter] {
        if !contact.is_empty() {
            items.push(sentence(words, "doc-now-ask", "contact", contact));
            break;
        }
    }
    Items { heading: words.say("doc-what-now"), note: None, items }
}

/// What is missing, until when, how, and what follows if it stays so (Law 39/2015, art. 68.1).
fn unsigned(words: &Words, d: &ReceiptDocument, by: &SignBy) -> Items {
    let l = words.language;
    let days = Arg::Number(i64::from(by.working_days));
    let items = vec![
        words.say_with("doc-unsigned-until", &[("date", format::date(l, by.until).into())]),
        words.say_with(
            "doc-unsigned-later",
            &[("date", format::date(l, d.registered_at.date()).into()), ("days", days)],
        ),
        sentence(words, "doc-unsigned-how", "address", &d.town.e_office),
        words.say("doc-unsigned-else"),
    ];
    Items { heading: words.say("doc-unsigned"), note: Some(words.say("doc-unsigned-effect")), items }
}

fn entry(words: &Words, d: &ReceiptDocument) -> Block {
    let l = d.language;
    let (identified, signed) = match d.means {
        Means::Dnie => ("doc-identified-dnie", "doc-signed-dnie"),
        Means::Email => ("doc-identified-email", "doc-signed-not"),
        Means::Official => ("doc-identified-official", "doc-signed-official"),
    };
    let effective = (d.effective_on != d.presented_at.date()).then(|| format::date(l, d.effective_on));
    let starts = (d.resolution.months > 0).then(|| format::date(l, d.effective_on));
    let rows = [
        ("doc-number", Some(format::entry_number(&d.number))),
        ("doc-presented", Some(format::date_time_with_seconds(l, &d.presented_at))),
        ("doc-registered", Some(format::date_time_with_seconds(l, &d.registered_at))),
        ("doc-effective", effective),
        ("doc-term-start", starts),
        ("doc-office", Some(d.office.clone())),
        ("doc-unit", Some(d.unit.clone())),
        ("doc-procedure", Some(d.procedure.clone())),
        ("doc-sia", d.sia.clone()),
        ("doc-interested", Some(format!("{}\n{}", d.interested.name, d.interested.nif))),
        ("doc-assisted-by", d.assisted_by.clone()),
        ("doc-identification", Some(words.say(identified))),
        ("doc-signature", Some(words.say(signed))),
        ("doc-cures", d.cures.as_deref().map(format::entry_number)),
        ("doc-fee", d.fee.clone()),
        // Of what was signed: where nothing was, there is none.
        ("doc-fingerprint", d.sign_by.is_none().then(|| d.fingerprint.clone())),
        ("doc-application-hash", Some(d.application_sha256.clone())),
    ];
    let rows = rows.into_iter().filter_map(|(id, value)| Some(Row::new(words.say(id), value?))).collect();
    Block { heading: words.say("doc-entry"), rows }
}

fn missing_note(words: &Words, d: &ReceiptDocument) -> String {
    match d.missing_until {
        Some(until) => sentence(words, "doc-missing-until", "date", &format::date(words.language, until)),
        None => words.say("doc-missing-soon"),
    }
}

fn term(words: &Words, d: &ReceiptDocument) -> Term {
    let mut sentences = Vec::new();
    if d.resolution.months > 0 {
        sentences.push(words.say_with("doc-term-months", &[("months", months(d))]));
    }
    if let Some(due) = d.resolution.due {
        sentences.push(sentence(words, "doc-term-due", "date", &format::date(words.language, due)));
    }
    sentences.push(words.say(match d.resolution.silence {
        Silence::Positive => "doc-silence-positive",
        Silence::Negative => "doc-silence-negative",
        Silence::None => "doc-silence-none",
    }));
    Term { heading: words.say("doc-term"), sentences }
}

fn months(d: &ReceiptDocument) -> Arg {
    Arg::Number(i64::from(d.resolution.months))
}
