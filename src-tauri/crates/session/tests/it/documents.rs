//! The documents of an application, each in its way.

use procedures::{Answers, Today, citizen};
use registry_api::SubmissionKey;
use session::view::{
    Control, DocumentNeed, DocumentRow, DocumentStanding, DocumentWay, DocumentsView, FileCheck, FormView,
    Intent, Screen,
};
use session::{Effect, Event, TakenFile};

use crate::stage::{Stage, file};

const PROCEDURE: &str = "ivtm-exempcio-discapacitat";
const TODAY: Today = Today(jiff::civil::Date::constant(2026, 3, 12));

fn documents(stage: &Stage) -> DocumentsView {
    match stage.screen() {
        Screen::Documents(documents) => documents,
        other => panic!("{other:?}"),
    }
}

fn page(stage: &Stage) -> FormView {
    match stage.screen() {
        Screen::Form(form) => form,
        other => panic!("{other:?}"),
    }
}

fn row(stage: &Stage, code: &str) -> DocumentRow {
    documents(stage).rows.into_iter().find(|row| row.id == code).unwrap()
}

fn give(stage: &mut Stage, document: &str, way: DocumentWay) {
    stage.wants(Intent::GiveDocument { document: document.to_owned(), way });
}

fn taken(name: &str, pages: u32) -> TakenFile {
    TakenFile {
        name: name.to_owned(),
        bytes: 1_200_000,
        mime: "application/pdf".to_owned(),
        sha256: name.to_owned().repeat(8),
        pages,
    }
}

/// Right answers of somebody who applies for themself and objects to one look-up.
fn answers(stage: &Stage) -> Answers {
    let form = &stage.environment.catalogue.get(PROCEDURE).unwrap().form;
    let drawn = (0..200).filter_map(|seed| citizen::answers(form, &citizen::KNOWN, &TODAY, seed).ok());
    drawn
        .map(|mut answers| {
            answers.insert("represents".to_owned(), "self".to_owned());
            answers.insert("consult-disability-objection".to_owned(), "yes".to_owned());
            answers.insert("notify-by".to_owned(), "electronic".to_owned());
            answers
        })
        .next()
        .unwrap()
}

/// To S18, with everything before it answered.
fn reach_documents() -> Stage {
    let mut stage = Stage::before(PROCEDURE);
    stage.on(Event::DraftSought { draft: None }).go_on();
    go_on_with(&mut stage);
    documents(&stage);
    stage
}

/// Answers page after page until something else than a page of the form is shown.
fn go_on_with(stage: &mut Stage) {
    let answers = answers(stage);
    for _ in 0..30 {
        let Screen::Form(form) = stage.screen() else { return };
        for field in form.fields.iter().filter(|field| field.editable) {
            let value = answers.get(&field.id).cloned().unwrap_or_default();
            stage.wants(Intent::Answer { field: field.id.clone(), value });
        }
        stage.go_on();
    }
    panic!("{:?}", stage.screen());
}

#[test]
fn every_document_that_is_asked_is_a_row_with_its_state_and_its_ways() {
    let mut stage = reach_documents();
    let view = documents(&stage);
    let rows: Vec<_> = view.rows.iter().map(|row| (row.id.as_str(), row.need, &row.state)).collect();
    assert_eq!(
        rows,
        [
            ("DISCAP", DocumentNeed::ByAnswers, &DocumentStanding::Missing),
            ("PERM-CIRC", DocumentNeed::Always, &DocumentStanding::Missing)
        ]
    );
    assert_eq!(row(&stage, "DISCAP").ways, [DocumentWay::Attach, DocumentWay::Later]);
    assert_eq!(row(&stage, "PERM-CIRC").ways, [DocumentWay::Attach, DocumentWay::Held, DocumentWay::Later]);
    assert_eq!((view.missing, view.later, view.show_faults), (2, 0, false));
    // One step, however many documents.
    let before = view.step;
    stage.wants(Intent::Back);
    assert_eq!(page(&stage).step + 1, before);
    stage.go_on();
    assert_eq!(documents(&stage).step, before);
}

#[test]
fn nothing_compulsory_is_passed_over() {
    let mut stage = reach_documents();
    stage.go_on();
    let view = documents(&stage);
    assert!(view.show_faults && view.missing == 2);
    // A way that the rule does not allow is no way.
    give(&mut stage, "DISCAP", DocumentWay::Consult);
    give(&mut stage, "DISCAP", DocumentWay::None);
    assert_eq!(row(&stage, "DISCAP").state, DocumentStanding::Missing);
    give(&mut stage, "DISCAP", DocumentWay::Later);
    assert_eq!(row(&stage, "DISCAP").state, DocumentStanding::Later);
    stage.go_on();
    assert_eq!(documents(&stage).missing, 1);
    give(&mut stage, "PERM-CIRC", DocumentWay::Later);
    assert_eq!((documents(&stage).missing, documents(&stage).later), (0, 2));
    stage.go_on();
    let next = page(&stage);
    assert!(next.fields.iter().any(|field| field.id == "phone"), "{next:?}");
    stage.wants(Intent::Back);
    documents(&stage);
}

#[test]
fn what_was_given_before_is_told_when_and_where() {
    let mut stage = reach_documents();
    give(&mut stage, "PERM-CIRC", DocumentWay::Held);
    let form = page(&stage);
    let ids: Vec<_> = form.fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["doc-perm-circ-where"], "the way has been chosen already");
    // Whoever turns back has chosen nothing.
    stage.wants(Intent::Back);
    assert_eq!(row(&stage, "PERM-CIRC").state, DocumentStanding::Missing);
    give(&mut stage, "PERM-CIRC", DocumentWay::Held);
    stage.go_on();
    assert!(page(&stage).show_faults);
    let value = "2024, expedient 1234".to_owned();
    stage.wants(Intent::Answer { field: "doc-perm-circ-where".to_owned(), value: value.clone() }).go_on();
    assert_eq!(row(&stage, "PERM-CIRC").state, DocumentStanding::Held { told: value });
}

#[test]
fn a_file_is_looked_at_before_it_counts_as_chosen() {
    let mut stage = reach_documents();
    give(&mut stage, "PERM-CIRC", DocumentWay::Attach);
    assert!(stage.has_asked(|effect| matches!(effect, Effect::ListFiles)));
    stage.on(Event::Files(vec![file("permis.pdf"), file("altre.pdf")]));
    let form = page(&stage);
    let Control::Document { files, max_mb, .. } = &form.fields[0].control else { panic!("{form:?}") };
    assert_eq!((files.len(), *max_mb > 0), (2, true));
    let field = form.fields[0].id.clone();
    stage.wants(Intent::Answer { field: field.clone(), value: "permis.pdf".to_owned() });
    assert!(stage.view().busy);
    stage.asked(|effect| matches!(effect, Effect::TakeFile { .. }));
    // A second file is not begun before the first has been read.
    stage.wants(Intent::Answer { field: field.clone(), value: "altre.pdf".to_owned() });
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::TakeFile { .. })));
    let images = vec!["data:image/jpeg,".to_owned(); 2];
    stage.on(Event::FileTaken {
        key: stage.draft_key(),
        field: field.clone(),
        file: taken("permis.pdf", 2),
        images: images.clone(),
    });
    let Screen::CheckFile(check) = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert_eq!((check.name.as_str(), check.pages), ("permis.pdf", 2));
    assert_eq!(check.check, FileCheck::Shown { images });
    stage.go_on();
    let added = row(&stage, "PERM-CIRC").state;
    assert!(matches!(added, DocumentStanding::Added { files: 1, pages: 2, .. }), "{added:?}");

    // It can be looked at again, and taken away.
    give(&mut stage, "PERM-CIRC", DocumentWay::Attach);
    stage.wants(Intent::ShowFile { field: field.clone() });
    stage.asked(|effect| matches!(effect, Effect::ShowFile { .. }));
    let Screen::CheckFile(check) = stage.screen() else { panic!() };
    assert_eq!(check.check, FileCheck::Making);
    stage.on(Event::FileShown { key: stage.draft_key(), field: field.clone(), images: None });
    let Screen::CheckFile(check) = stage.screen() else { panic!() };
    assert_eq!(check.check, FileCheck::NotShown);
    stage.wants(Intent::DiscardFile { again: false });
    assert_eq!(row(&stage, "PERM-CIRC").state, DocumentStanding::Missing);
    let Effect::DropFile { field: dropped, .. } =
        stage.asked(|effect| matches!(effect, Effect::DropFile { .. }))
    else {
        panic!()
    };
    assert_eq!(dropped, field);
}

#[test]
fn a_file_that_is_refused_says_why_and_another_can_be_chosen() {
    let mut stage = reach_documents();
    give(&mut stage, "PERM-CIRC", DocumentWay::Attach);
    stage.on(Event::Files(vec![file("permis.pdf")]));
    let field = page(&stage).fields[0].id.clone();
    stage.wants(Intent::Answer { field: field.clone(), value: "permis.pdf".to_owned() });
    let args = vec![("found".to_owned(), "14".to_owned()), ("max".to_owned(), "10".to_owned())];
    stage.on(Event::FileRefused { key: stage.draft_key(), field: field.clone(), code: "file.too-big", args });
    let fault = page(&stage).fields[0].fault.clone().unwrap();
    assert_eq!(fault.code, "file.too-big");
    assert!(fault.text.contains("14") && fault.text.contains("10"), "{}", fault.text);
    assert!(!stage.view().busy);
    stage.wants(Intent::Answer { field, value: "permis.pdf".to_owned() });
    assert!(stage.view().busy);
}

#[test]
fn a_file_read_for_somebody_who_has_gone_reaches_nobody() {
    let mut stage = reach_documents();
    give(&mut stage, "PERM-CIRC", DocumentWay::Attach);
    stage.on(Event::Files(vec![file("permis.pdf")]));
    let field = page(&stage).fields[0].id.clone();
    stage.wants(Intent::Answer { field: field.clone(), value: "permis.pdf".to_owned() });
    let another = SubmissionKey::new(stage.now, [99; 10]);
    let late = |file| Event::FileTaken { key: another, field: field.clone(), file, images: Vec::new() };
    stage.on(late(taken("d-altri.pdf", 1)));
    assert!(stage.view().busy, "the own file is still waited for");
    assert!(stage.has_asked(|effect| matches!(effect, Effect::DropDraft { key } if *key == another)));
    stage.on(Event::FileRefused { key: another, field: field.clone(), code: "file.empty", args: Vec::new() });
    assert_eq!(page(&stage).fields[0].fault, None);
}

#[test]
fn what_all_documents_may_weigh_is_told_before_signing() {
    let mut stage = reach_documents();
    let give_file = |stage: &mut Stage, document: &str, bytes| {
        give(stage, document, DocumentWay::Attach);
        stage.on(Event::Files(vec![file("gran.pdf")]));
        let field = page(stage).fields[0].id.clone();
        stage.wants(Intent::Answer { field: field.clone(), value: "gran.pdf".to_owned() });
        let file = TakenFile { bytes, ..taken("gran.pdf", 1) };
        stage.on(Event::FileTaken { key: stage.draft_key(), field, file, images: Vec::new() });
    };
    // What the registry takes at most, less what the application itself may need.
    let room = registry_api::limits::MAX_PACKAGE_BYTES as u64 - 3_000_000;
    give_file(&mut stage, "DISCAP", 40_000_000);
    stage.go_on();
    give_file(&mut stage, "PERM-CIRC", 30_000_000);
    let fault = page(&stage).fields[0].fault.clone().unwrap();
    assert_eq!(fault.code, "file.total");
    let most = (room / 1_000_000).to_string();
    assert!(fault.text.contains("70") && fault.text.contains(&most), "{}", fault.text);
    assert!(
        stage
            .has_asked(|effect| matches!(effect, Effect::DropFile { field, .. } if field == "doc-perm-circ"))
    );
    stage.wants(Intent::Back);
    assert_eq!(row(&stage, "PERM-CIRC").state, DocumentStanding::Missing);
}

#[test]
fn a_change_from_the_review_comes_back_to_it() {
    let mut stage = reach_documents();
    give(&mut stage, "DISCAP", DocumentWay::Later);
    give(&mut stage, "PERM-CIRC", DocumentWay::Later);
    stage.go_on();
    go_on_with(&mut stage);
    assert!(matches!(stage.screen(), Screen::Review { .. }), "{:?}", stage.screen());
    stage.wants(Intent::ChangePage { page: "doc-perm-circ".to_owned() });
    give(&mut stage, "PERM-CIRC", DocumentWay::Held);
    let value = "2024".to_owned();
    stage.wants(Intent::Answer { field: "doc-perm-circ-where".to_owned(), value }).go_on().go_on();
    let Screen::Review { sections, .. } = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert!(sections.iter().flat_map(|section| &section.rows).any(|row| row.answer == "2024"));
}

#[test]
fn what_is_looked_up_is_told_before_anything_is_asked() {
    use session::view::LookupBasis;
    let stage = Stage::before(PROCEDURE);

    let Screen::BeforeStart { lookups, .. } = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert_eq!(lookups.len(), 2);
    assert!(lookups.iter().all(|lookup| lookup.basis == LookupBasis::Objection && lookup.asked));
}

#[test]
fn a_draft_left_at_the_documents_is_found_there() {
    let mut stage = reach_documents();
    give(&mut stage, "DISCAP", DocumentWay::Later);
    let Effect::SaveDraft(draft) = stage.asked(|effect| matches!(effect, Effect::SaveDraft(_))) else {
        panic!()
    };
    assert_eq!(draft.page, "doc-discap");
    let saved = session::SavedDraft {
        key: draft.key,
        version: draft.version,
        page: draft.page,
        answers: draft.answers,
        // Left in the store by a fault: nobody answers with it any more.
        documents: [("doc-perm-circ".to_owned(), taken("vell.pdf", 1))].into(),
        changed_at: stage.now,
    };
    let mut stage = Stage::before(PROCEDURE);
    stage.on(Event::DraftSought { draft: Some(Box::new(saved)) });
    stage.wants(Intent::ResumeDraft);
    assert_eq!(row(&stage, "DISCAP").state, DocumentStanding::Later);
    assert_eq!(row(&stage, "PERM-CIRC").state, DocumentStanding::Missing);
}

/// A terrace, answered, at its review.
fn reach_review_of_a_terrace(charity: bool) -> Stage {
    let mut stage = Stage::before("terrassa-nova");
    let form = &stage.environment.catalogue.get("terrassa-nova").unwrap().form;
    let mut answers =
        (0..200).find_map(|seed| citizen::answers(form, &citizen::KNOWN, &TODAY, seed).ok()).unwrap();
    for (field, answer) in [
        ("represents", "self"),
        ("purpose-kind", if charity { "charity" } else { "business" }),
        ("notify-by", "electronic"),
    ] {
        answers.insert(field.to_owned(), answer.to_owned());
    }
    stage.on(Event::DraftSought { draft: None }).go_on();
    for _ in 0..60 {
        match stage.screen() {
            Screen::Form(form) => {
                for field in form.fields.iter().filter(|field| field.editable) {
                    let value = answers.get(&field.id).cloned().unwrap_or_default();
                    stage.wants(Intent::Answer { field: field.id.clone(), value });
                }
                stage.go_on();
                if let Screen::Form(after) = stage.screen() {
                    assert!(!after.show_faults, "{after:?}");
                }
            }
            Screen::Documents(view) => {
                for row in view.rows.iter().filter(|row| row.state == DocumentStanding::Missing) {
                    if row.ways.contains(&DocumentWay::Later) {
                        give(&mut stage, &row.id, DocumentWay::Later);
                        continue;
                    }
                    give(&mut stage, &row.id, DocumentWay::Attach);
                    stage.on(Event::Files(vec![file("a.pdf")]));
                    let field = page(&stage).fields[0].id.clone();
                    stage.wants(Intent::Answer { field: field.clone(), value: "a.pdf".to_owned() });
                    stage
                        .on(Event::FileTaken {
                            key: stage.draft_key(),
                            field,
                            file: taken("a.pdf", 1),
                            images: Vec::new(),
                        })
                        .go_on();
                }
                stage.go_on();
            }
            _ => break,
        }
    }
    assert!(matches!(stage.screen(), Screen::Review { .. }), "{:?}", stage.screen());
    stage.on(Event::Rendered { pages: vec!["data:,".to_owned()] }).go_on();
    stage
}

#[test]
fn what_must_be_paid_is_told_line_by_line_before_signing() {
    use session::view::{FeeDueView, FeeWhen};
    let mut stage = reach_review_of_a_terrace(false);
    let Screen::Fee(fee) = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert!(matches!(&fee.due, FeeDueView::Amount { amount } if amount.contains('€')), "{fee:?}");
    assert!(!fee.lines.is_empty() && fee.lines.iter().all(|line| line.text.contains(": ")), "{fee:?}");
    assert_eq!((fee.exemptions.len(), fee.when), (1, FeeWhen::Later));
    assert!(
        !stage.has_asked(|effect| matches!(effect, Effect::Prepare)),
        "nothing is prepared to be signed yet"
    );
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Review { .. }));
    stage.go_on().go_on();
    assert!(matches!(stage.screen(), Screen::Sign { .. }));
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Fee(_)));

    let stage = reach_review_of_a_terrace(true);
    let Screen::Fee(fee) = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert!(matches!(fee.due, FeeDueView::Exempt { .. }) && fee.lines.is_empty(), "{fee:?}");
}
