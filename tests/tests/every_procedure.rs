//! Every procedure of the catalogue is filled in, signed, filed and answered: the kiosk as it runs behind its window, the
//! real registry over TLS, one book for all.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod filing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use journeys::answers::today;
use journeys::judge;
use journeys::people::now;
use journeys::stage::{Registry, Windowless, runtime};
use procedures::{Answers, Catalogue, FieldKind, Procedure, citizen};
use registry_api::{Language, Registry as _, RegistryError, Sha256Hex, Submission, SubmissionKey, limits};
use testkit::card::PersonaSpec;

use filing::{Filed, Person};

/// Kiosks that file at the same time.
const KIOSKS: usize = 2;

/// How a citizen fills in a form.
#[derive(Clone, Copy)]
enum Manner {
    /// As anybody.
    Plain,
    /// Every text as long as it may be.
    Long,
    /// As many people, animals or vehicles as there may be.
    Many,
}

/// Right answers; documents as their codes would have it, since only the kiosk knows the files.
fn answers(procedure: &Procedure, person: &Person, manner: Manner, seed: u64) -> Answers {
    let form = &procedure.form;
    let today = today().unwrap();
    let wishes = match manner {
        Manner::Many => form.groups().iter().map(|group| (group.id.clone(), group.max.to_string())).collect(),
        Manner::Plain | Manner::Long => BTreeMap::new(),
    };
    let drawn = journeys::answers::right(procedure, &person.known(), &wishes, seed).unwrap();
    if !matches!(manner, Manner::Long) {
        return drawn;
    }
    let mut long = drawn.clone();
    for (number, (id, answer)) in long.iter_mut().enumerate() {
        let Some(field) = form.field(id) else { continue };
        let typed = matches!(field.kind, FieldKind::Text | FieldKind::LongText | FieldKind::Name);
        if typed && field.prefill.is_none() {
            // Each another, for two witnesses are not the same person.
            let number = format!("x{number}");
            let room = usize::try_from(field.max_chars()).unwrap() - number.len();
            let text: String = "Paraules d’ací: l·l, ñ, ç, ü – i «més» ".chars().cycle().take(room).collect();
            *answer = format!("{}{number}", text.trim_end());
        }
    }
    assert_eq!(form.validate(&long, &today), [], "{}: long answers", procedure.id);
    long
}

#[test]
fn every_procedure_is_filed_and_answered_with_a_sealed_receipt() {
    let catalogue = bundled_catalogue::load().unwrap();
    let all: Vec<&Procedure> = catalogue.offered().collect();
    let stage = Windowless::set().unwrap();
    let person = Person::of(&stage, &PersonaSpec::amparo()).unwrap();
    let next = AtomicUsize::new(0);
    let filed: Mutex<BTreeMap<String, Filed>> = Mutex::default();
    thread::scope(|scope| {
        for kiosk in 0..KIOSKS {
            let (stage, all, next, filed, person) = (&stage, &all, &next, &filed, &person);
            scope.spawn(move || {
                let mut kiosk = filing::Kiosk::open(stage, &format!("kiosk-{kiosk}"), person).unwrap();
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(procedure) = all.get(place) else { break };
                    let manner = match place % 3 {
                        0 => Manner::Plain,
                        1 => Manner::Long,
                        _ => Manner::Many,
                    };
                    let seed = u64::try_from(place).unwrap();
                    let answers = answers(procedure, person, manner, seed);
                    let done = kiosk
                        .file(procedure, &answers)
                        .unwrap_or_else(|error| panic!("{}: {error:#}", procedure.id));
                    filed.lock().unwrap().insert(procedure.id.clone(), done);
                }
                kiosk.close();
            });
        }
    });
    let filed = filed.into_inner().unwrap();
    assert_eq!(filed.len(), all.len());

    // One book, without gap, each number once, its chain whole.
    let numbers = stage.registry().entries().unwrap();
    assert_eq!(numbers.len(), all.len());
    for (place, number) in numbers.iter().enumerate() {
        assert!(number.ends_with(&format!("-{:06}", place + 1)), "{number} is number {place}");
    }
    assert_eq!(
        filed.values().map(|filed| filed.number.as_str()).collect::<BTreeSet<_>>(),
        numbers.iter().map(String::as_str).collect()
    );
    for (id, filed) in &filed {
        is_whole(&stage, &person, catalogue.get(id).unwrap(), filed);
    }
    refuses_what_is_spoilt(stage.registry(), &catalogue, &filed);
}

/// What is in the book is what the citizen filed, and the receipt says so under the town's seal.
fn is_whole(stage: &Windowless, person: &Person, procedure: &Procedure, filed: &Filed) {
    let id = &procedure.id;
    let entry = stage.registry().entry(&filed.number).unwrap();
    judge::sealed(&entry.receipt, stage.town()).unwrap();
    judge::signed_by(&entry.application, person.nif(), stage.town()).unwrap();
    assert_eq!(Sha256Hex::of(&entry.application).as_str(), entry.application_sha256, "{id}");
    assert_eq!(entry.told.procedure, *id);
    assert_eq!(entry.told.unit, procedure.unit, "{id}");
    // Only the files' own marks differ from what was typed.
    let form = &procedure.form;
    let typed = |answers: &Answers| -> Answers {
        let document = |id: &String| form.field(id).is_some_and(|field| field.kind == FieldKind::Document);
        answers.iter().filter(|(id, _)| !document(id)).map(|(id, a)| (id.clone(), a.clone())).collect()
    };
    assert_eq!(typed(&entry.told.answers), typed(&form.filed(&filed.answers)), "{id}");
    let attached = stage.registry().attachments(&filed.number).unwrap();
    assert_eq!(attached.len(), filed.attached.len(), "{id}");
    for ((_, content), sent) in attached.iter().zip(&filed.attached) {
        let same = sent.as_ref().is_none_or(|sent| Sha256Hex::of(content) == Sha256Hex::of(sent));
        assert!(same, "{id}");
    }
    // What the registry's book and other registries read.
    let summary = &entry.told.summary;
    assert!((10..=240).contains(&summary.chars().count()), "{id}: {summary}");
    assert!(
        !summary.contains(['{', '}', '\n']) && !summary.ends_with([',', ':', ';', ' ']),
        "{id}: {summary}"
    );
    assert!(!summary.contains("–,") && !summary.contains(": –"), "{id}: {summary}");
    for text in [&entry.told.exchange.facts, &entry.told.exchange.request] {
        assert!((1..=4000).contains(&text.chars().count()), "{id}: {text}");
    }
    let reference = entry.told.exchange.reference.as_deref().unwrap_or_default();
    assert!(reference.chars().count() <= 16, "{id}: {reference}");
}

/// The registry looks at every answer itself: each kind of field spoilt once in each way is refused by name.
fn refuses_what_is_spoilt(registry: &Registry, catalogue: &Catalogue, filed: &BTreeMap<String, Filed>) {
    let client = registry.client().unwrap();
    let runtime = runtime().unwrap();
    let today = today().unwrap();
    let entries = registry.entries().unwrap().len();
    let mut seen = BTreeSet::new();
    let mut draw = 0_u8;
    for (id, filed) in filed {
        let form = &catalogue.get(id).unwrap().form;
        let entry = registry.entry(&filed.number).unwrap();
        let mut spoilt_here = 0;
        for page in form.pages(&entry.told.answers) {
            for field in form.fields(&page.id, &entry.told.answers) {
                let required = form.is_required(field, &entry.told.answers);
                for wrong in citizen::spoilt(form, field, required, &today) {
                    // One of each kind, and something of each procedure.
                    let new = seen.insert((format!("{:?}", field.kind), wrong.code));
                    if !new && spoilt_here > 0 || field.prefill.is_some_and(procedures::Prefill::is_card) {
                        continue;
                    }
                    spoilt_here += 1;
                    draw = draw.wrapping_add(1);
                    let mut answers = entry.told.answers.clone();
                    answers.insert(field.id.clone(), wrong.answer.clone());
                    let submission = Submission {
                        key: SubmissionKey::new(now(), [draw; 10]),
                        procedure: id.clone(),
                        procedure_version: catalogue.get(id).unwrap().version,
                        language: Language::CaValencia,
                        handed_in_at: now(),
                        application: entry.application.clone().into(),
                        attachments: Vec::new(),
                        answers,
                        unsigned: None,
                        cures: None,
                        assisted: None,
                    };
                    let at = format!("{id}: {}: {:?}", field.id, wrong.answer);
                    match runtime.block_on(client.submit(&submission)) {
                        Err(RegistryError::Refused(problem)) => {
                            assert_eq!(problem.code, "submission.answers", "{at}");
                            let told = problem.faults.iter().find(|fault| fault.field == field.id);
                            assert_eq!(told.map(|fault| fault.code.as_str()), Some(wrong.code), "{at}");
                        }
                        other => panic!("{at}: {other:?}"),
                    }
                }
            }
        }
        assert!(spoilt_here > 0, "{id}: nothing in it can be wrong");
    }
    assert!(seen.len() > 40, "{seen:?}");
    assert_eq!(registry.entries().unwrap().len(), entries, "what was refused has no number");
}

#[test]
fn what_a_form_may_ask_may_be_handed_in() {
    let catalogue = bundled_catalogue::load().unwrap();
    for procedure in catalogue.procedures() {
        let files = procedure.form.all_fields().filter(|field| field.kind == FieldKind::Document).count();
        assert!(files <= limits::MAX_ATTACHMENTS, "{}: {files} files", procedure.id);
        assert!(procedure.form.all_fields().count() <= limits::MAX_ANSWERS, "{}", procedure.id);
        for document in &procedure.documents {
            let most = u64::try_from(limits::MAX_ATTACHMENT_BYTES).unwrap();
            assert!(document.max_bytes() <= most, "{}: {}", procedure.id, document.code);
        }
        for field in procedure.form.all_fields() {
            let bytes = usize::try_from(field.max_chars()).unwrap() * 4;
            assert!(bytes <= limits::MAX_ANSWER_BYTES, "{}: {}", procedure.id, field.id);
        }
    }
}
