//! Finding a procedure: topics, wishes, search, sheet; what can be done of it here and now.

use std::sync::Arc;

use procedures::{Catalogue, Sources};
use session::view::{DraftChange, Screen};
use session::view::{Intent, ListedBy, Overlay, Possible, ProcedureRow, SearchView, Sheet, Why};
use session::{Effect, Event, ReaderState, SavedDraft};

use crate::stage::{Stage, amparo};

/// The bundled catalogue with the text of one procedure changed.
fn with(id: &str, change: impl Fn(&str) -> String) -> Stage {
    let bundled = Sources::bundled();
    let file = format!("{id}.toml");
    let (_, text) = bundled.procedures.iter().find(|(name, _)| *name == file).unwrap();
    let changed = change(text);
    assert_ne!(&changed, text, "nothing was changed");
    let procedures: Vec<(&str, &str)> = bundled
        .procedures
        .iter()
        .map(|(name, text)| (*name, if *name == file { changed.as_str() } else { text }))
        .collect();
    let catalogue = Catalogue::read(&Sources { procedures: &procedures, ..bundled }).unwrap();
    let mut stage = Stage::new();
    stage.environment.catalogue = Arc::new(catalogue);
    stage
}

/// With keys before those of the general application's file.
fn with_keys(keys: &str) -> Stage {
    with("instancia-general", |text| format!("{keys}\n{text}"))
}

/// Open in May only; it is March.
fn closed() -> Stage {
    let words = "{ va = \"Al maig.\", es = \"En mayo.\", en = \"In May.\" }";
    with("instancia-general", |text| {
        text.replacen(
            "\n[name]",
            &format!("\n[deadline]\ntext = {words}\nopens = \"05-01\"\ncloses = \"05-31\"\n\n[name]"),
            1,
        )
    })
}

fn suspended() -> Stage {
    with_keys(
        "status = \"suspended\"\nnotice = { va = \"Pel canvi.\", es = \"Por el cambio.\", en = \"For the change.\" }",
    )
}

fn home(stage: &mut Stage) -> &mut Stage {
    stage.wants(Intent::ChooseLanguage { language: wording::Language::Es })
}

fn open(stage: &mut Stage, procedure: &str) {
    stage.wants(Intent::OpenProcedure { procedure: procedure.to_owned() });
}

fn search(stage: &mut Stage, typed: &str) -> SearchView {
    stage.wants(Intent::Search { typed: typed.to_owned() });
    match stage.screen() {
        Screen::Search(search) => search,
        other => panic!("{other:?}"),
    }
}

fn sheet(stage: &Stage) -> Sheet {
    match stage.screen() {
        Screen::Sheet(sheet) => sheet,
        other => panic!("{other:?}"),
    }
}

fn popular(stage: &Stage) -> Vec<ProcedureRow> {
    match stage.screen() {
        Screen::Home { popular } => popular,
        other => panic!("{other:?}"),
    }
}

fn general(stage: &Stage) -> ProcedureRow {
    popular(stage).into_iter().find(|row| row.id == "instancia-general").unwrap()
}

#[test]
fn each_key_stroke_finds_and_what_is_found_opens_and_leads_back_to_the_words() {
    let mut stage = Stage::new();
    home(&mut stage).wants(Intent::OpenSearch);
    let empty = search(&mut stage, "");
    assert!(empty.found.is_empty() && empty.instead.is_none());
    for typed in ["in", "inst", "instanc", "instancia gen"] {
        let found = search(&mut stage, typed);
        assert!(found.found.len() <= 20 && found.instead.is_none(), "{typed}");
        assert!(found.found.iter().any(|row| row.id == "instancia-general"), "{typed}: {found:?}");
    }
    open(&mut stage, "instancia-general");
    assert_eq!(sheet(&stage).name, "Instancia general");
    stage.wants(Intent::Back);
    let Screen::Search(back) = stage.screen() else { panic!("{:?}", stage.screen()) };
    assert_eq!(back.typed, "instancia gen");
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Home { .. }));
    // Whoever comes next begins with an empty box.
    stage.wants(Intent::OpenSearch);
    assert!(matches!(stage.screen(), Screen::Search(search) if search.typed.is_empty()));
}

#[test]
fn who_finds_nothing_is_led_on_to_topics_and_the_general_application() {
    let mut stage = Stage::new();
    home(&mut stage).wants(Intent::OpenSearch);
    // One letter is a beginning, not a failure.
    assert!(search(&mut stage, "x").instead.is_none());
    let nothing = search(&mut stage, "xqzwkjh");
    assert!(nothing.found.is_empty());
    let instead = nothing.instead.unwrap();
    assert_eq!(instead.general.unwrap().id, "instancia-general");
    let topic = instead.topics.first().expect("a topic").id.clone();
    stage.wants(Intent::OpenTopic { topic });
    assert!(matches!(stage.screen(), Screen::Procedures { .. }), "{:?}", stage.screen());
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Search(search) if search.typed == "xqzwkjh"));
}

#[test]
fn what_is_typed_into_the_search_is_bounded_and_gone_with_the_session() {
    let mut stage = Stage::new();
    home(&mut stage).wants(Intent::OpenSearch);
    let long = search(&mut stage, &"à".repeat(500));
    assert_eq!(long.typed.chars().count(), usize::try_from(long.max_chars).unwrap());
    stage.wait(89);
    assert!(stage.view().overlay.is_none(), "whoever types has the time of a form");
    stage.wait(2);
    assert!(matches!(stage.view().overlay, Some(Overlay::MoreTime { .. })));
    stage.wait(31);
    assert!(matches!(stage.screen(), Screen::Welcome | Screen::Leaving { .. }), "{:?}", stage.screen());
    home(&mut stage).wants(Intent::OpenSearch);
    assert!(matches!(stage.screen(), Screen::Search(search) if search.typed.is_empty()));
}

#[test]
fn one_button_leads_from_topics_to_wishes_and_back() {
    let mut stage = Stage::new();
    home(&mut stage).wants(Intent::OpenTopics);
    let Screen::Topics { by: ListedBy::Topic, topics } = stage.screen() else { panic!() };
    assert!(!topics.is_empty() && topics.iter().all(|topic| topic.count > 0));
    stage.wants(Intent::ListBy { by: ListedBy::Wish });
    let Screen::Topics { by: ListedBy::Wish, topics: wishes } = stage.screen() else { panic!() };
    assert!(!wishes.is_empty());
    for wish in wishes {
        stage.wants(Intent::OpenTopic { topic: wish.id.clone() });
        let Screen::Procedures { topic, procedures } = stage.screen() else { panic!("{}", wish.id) };
        assert_eq!((topic, procedures.len()), (wish.name, usize::try_from(wish.count).unwrap()));
        stage.wants(Intent::Back);
        assert!(matches!(stage.screen(), Screen::Topics { by: ListedBy::Wish, .. }), "back to the wishes");
    }
    // A topic's code is none of a wish.
    stage.wants(Intent::OpenTopic { topic: topics[0].id.clone() });
    stage.wants(Intent::ListBy { by: ListedBy::Topic });
    assert!(matches!(stage.screen(), Screen::Topics { by: ListedBy::Topic, .. } | Screen::Procedures { .. }));
}

#[test]
fn needs_are_ticked_and_the_rest_unfolds_and_both_are_found_again() {
    let mut stage = Stage::new();
    home(&mut stage);
    open(&mut stage, "instancia-general");
    assert!(sheet(&stage).more.is_none() && sheet(&stage).needs.iter().all(|need| !need.ready));
    stage.wants(Intent::TickNeed { at: 1, ready: true }).wants(Intent::TickNeed { at: 99, ready: true });
    stage.wants(Intent::ShowMore { shown: true });
    let shown = sheet(&stage);
    assert_eq!(shown.needs.iter().map(|need| need.ready).collect::<Vec<_>>(), [false, true]);
    let labels: Vec<String> = shown.more.unwrap().into_iter().map(|line| line.label).collect();
    assert_eq!(labels, ["sheet-period", "sheet-unit", "sheet-law", "sheet-data"]);
    let order: Vec<String> = shown.facts.into_iter().map(|line| line.label).collect();
    assert_eq!(order, ["sheet-term", "sheet-fee", "sheet-silence", "sheet-result", "sheet-identification"]);
    // To the card and back: what was ticked stays.
    stage.go_on().wants(Intent::Back);
    assert!(sheet(&stage).needs[1].ready && sheet(&stage).more.is_some());
    stage.wants(Intent::TickNeed { at: 1, ready: false }).wants(Intent::ShowMore { shown: false });
    assert!(!sheet(&stage).needs[1].ready && sheet(&stage).more.is_none());
}

#[test]
fn related_procedures_lead_to_and_fro_without_piling_up() {
    let mut stage = with_keys("related = [\"padro-canvi-domicili\"]");
    home(&mut stage);
    open(&mut stage, "instancia-general");
    let other = sheet(&stage).related.first().expect("one is related").id.clone();
    for _ in 0..40 {
        open(&mut stage, &other);
        assert_eq!(sheet(&stage).id, other);
        open(&mut stage, "instancia-general");
    }
    stage.wants(Intent::Back);
    assert!(matches!(stage.screen(), Screen::Home { .. }), "one step back, not eighty");
}

#[test]
fn outside_its_period_a_procedure_is_shown_with_its_dates_and_cannot_be_begun() {
    let mut stage = closed();
    home(&mut stage);
    let tag = general(&stage).tag;
    assert_eq!((tag.possible, tag.why), (Possible::InformationOnly, vec![Why::Closed]));
    open(&mut stage, "instancia-general");
    let notice = sheet(&stage).notice.unwrap();
    assert_eq!(notice.text.as_deref(), Some("En mayo."));
    let dates = notice.dates.unwrap();
    assert!(dates.contains("1 de mayo de 2026") && dates.contains("31 de mayo de 2026"), "{dates}");
    // The main act leads to others; nothing is begun, also for somebody who is known.
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::Home { .. }));
    stage.card(&amparo());
    open(&mut stage, "instancia-general");
    stage.go_on();
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::SeekDraft { .. })));
}

#[test]
fn what_is_suspended_says_so_and_cannot_be_begun() {
    let mut stage = suspended();
    home(&mut stage);
    assert_eq!(general(&stage).tag.why, [Why::Suspended]);
    open(&mut stage, "instancia-general");
    let notice = sheet(&stage).notice.unwrap();
    assert_eq!((notice.text.as_deref(), notice.dates), (Some("Por el cambio."), None));
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::Home { .. }));
}

#[test]
fn a_period_that_ends_while_one_fills_in_is_told_before_signing() {
    let mut stage = closed();
    stage.now = "2026-05-31T21:50:00Z".parse().unwrap();
    stage.reach_consent();
    assert!(matches!(stage.screen(), Screen::Sign { .. }));
    // Midnight of the town's time.
    stage.now = "2026-05-31T22:00:01Z".parse().unwrap();
    stage.go_on();
    let Some(Overlay::Fault { fault }) = stage.view().overlay else { panic!("{:?}", stage.view().overlay) };
    assert_eq!(fault.code, "procedure.closed");
    assert!(!stage.has_asked(|effect| matches!(effect, Effect::ReadTries | Effect::Sign)));
}

#[test]
fn tags_follow_the_reader_and_the_signers() {
    let mut stage = Stage::new();
    home(&mut stage);
    assert_eq!(general(&stage).tag.possible, Possible::Complete);
    stage.on(Event::Reader(ReaderState::None));
    assert_eq!(general(&stage).tag.possible, Possible::Complete, "a certificate on a stick serves");
    stage.environment.means.stick = false;
    assert_eq!(general(&stage).tag.why, [Why::NoReader]);
    stage.on(Event::Reader(ReaderState::Attached));
    // Without a network everything can be done: it waits here.
    stage.on(Event::Registry { reachable: false });
    assert_eq!(general(&stage).tag.possible, Possible::Complete);

    for (signers, possible, why) in [
        ("all-applicants", Possible::FinishAtCounter, Why::OtherSigners),
        ("both-partners", Possible::FinishAtCounter, Why::OtherSigners),
        ("representative", Possible::InformationOnly, Why::Representative),
    ] {
        let mut stage = with_keys(&format!("signers = \"{signers}\""));
        home(&mut stage);
        let tag = general(&stage).tag;
        assert_eq!((tag.possible, tag.why), (possible, vec![why]), "{signers}");
    }
}

/// At what must be known before starting, with a draft found that was begun with the version before.
fn with_draft_of_the_version_before(rule: &str) -> Stage {
    let mut stage = with("instancia-general", |text| {
        text.replacen("version = 1\n", &format!("version = 2\ndrafts = \"{rule}\"\n"), 1)
    });
    stage.reach_card().card(&amparo()).go_on();
    let form = &stage.environment.catalogue.get("instancia-general").unwrap().form;
    let written = form.all_fields().find(|field| field.kind == procedures::FieldKind::LongText).unwrap();
    let page = form.page_of(&written.id).unwrap().to_owned();
    let answers = [(written.id.clone(), "Un banc".to_owned()), ("gone".to_owned(), "x".to_owned())];
    let draft = SavedDraft {
        key: registry_api::SubmissionKey::new(stage.now, [7; 10]),
        version: 1,
        page,
        answers: answers.into_iter().collect(),
        documents: std::collections::BTreeMap::new(),
        changed_at: stage.now,
    };
    stage.on(Event::DraftSought { draft: Some(Box::new(draft)) });
    stage
}

fn before_start(stage: &Stage) -> (bool, Option<DraftChange>) {
    match stage.screen() {
        Screen::BeforeStart { draft, draft_change, .. } => (draft.is_some(), draft_change),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_draft_whose_form_has_changed_ends_and_the_person_is_told() {
    let mut stage = with_draft_of_the_version_before("end");
    assert_eq!(before_start(&stage), (false, Some(DraftChange::Ended)));
    assert!(stage.has_asked(|effect| matches!(effect, Effect::DropDraft { .. })));
    stage.wants(Intent::ResumeDraft);
    assert!(matches!(stage.screen(), Screen::BeforeStart { .. }), "there is nothing to resume");
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::Form(_)));
}

#[test]
fn a_draft_goes_on_or_keeps_what_fits_as_its_form_says() {
    for (rule, change) in [("go-on", None), ("migrate", Some(DraftChange::Migrated))] {
        let mut stage = with_draft_of_the_version_before(rule);
        assert_eq!(before_start(&stage), (true, change), "{rule}");
        stage.wants(Intent::ResumeDraft);
        assert!(matches!(stage.screen(), Screen::Form(_)), "{rule}");
        let Screen::Form(form) = stage.screen() else { unreachable!() };
        let field = form.fields.iter().find(|field| field.editable).unwrap();
        assert_eq!(field.value, "Un banc", "it stands where the draft stood");
        stage.wants(Intent::Answer { field: field.id.clone(), value: "Un banc nou".to_owned() });
        let Effect::SaveDraft(saved) = stage.asked(|effect| matches!(effect, Effect::SaveDraft(_))) else {
            unreachable!()
        };
        assert_eq!(saved.version, 2, "from now on it is a draft of the version in force");
        assert_eq!(saved.answers.contains_key("gone"), rule == "go-on");
        assert!(saved.answers.values().any(|answer| answer == "Un banc nou"));
        assert!(saved.answers.values().any(|answer| answer == "12345678Z"), "the card tells what it tells");
    }
}
