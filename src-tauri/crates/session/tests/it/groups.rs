//! Repeatable groups: adding, changing, taking out.

use session::view::{DocumentWay, Intent, ItemsView, Screen};
use session::{Effect, Event, SavedDraft};

use crate::stage::{Stage, amparo};

/// Asks for the people of a household, at least one.
const PADRO: &str = "padro-alta";

fn items(stage: &Stage) -> ItemsView {
    match stage.screen() {
        Screen::Items(items) => items,
        other => panic!("{other:?}"),
    }
}

fn page(stage: &Stage) -> String {
    match stage.screen() {
        Screen::Form(form) => form.page,
        other => panic!("{other:?}"),
    }
}

/// At the list of people, with nobody in it yet.
fn at_the_list() -> Stage {
    let mut stage = Stage::new();
    stage.reach_form_of(PADRO, &amparo());
    while let Screen::Form(_) = stage.screen() {
        stage.fill().go_on();
    }
    assert_eq!(items(&stage).page, "people");
    stage
}

fn describe(stage: &mut Stage, number: u32, name: &str) {
    assert_eq!(page(stage), format!("people-{number}-person"));
    for (field, answer) in
        [("person-name", name), ("person-surnames", "Peris"), ("birth", "05/03/2015"), ("kin", "child")]
    {
        stage.answers(&format!("people-{number}-{field}"), answer);
    }
    stage.go_on();
    assert_eq!(page(stage), format!("people-{number}-person-id"));
    stage.answers(&format!("people-{number}-id-kind"), "none").go_on();
}

fn add(stage: &mut Stage, name: &str) {
    stage.wants(Intent::AddItem);
    let number = u32::try_from(items_now(stage)).unwrap();
    describe(stage, number, name);
}

/// How many there are, asked from the page of an item.
fn items_now(stage: &Stage) -> usize {
    page(stage).split('-').nth(1).unwrap().parse().unwrap()
}

fn lines(stage: &Stage) -> Vec<String> {
    items(stage).rows.into_iter().map(|row| row.line.unwrap_or_default()).collect()
}

#[test]
fn a_group_is_a_list_and_each_item_has_its_own_pages() {
    let mut stage = at_the_list();
    let empty = items(&stage);
    assert!(empty.rows.is_empty() && empty.next.as_deref() == Some("Persona 1"));
    stage.wants(Intent::AddItem);
    let Screen::Form(form) = stage.screen() else { panic!() };
    assert_eq!(form.heading, "Persona 1: qui és?");
    assert_eq!(
        (form.step, form.steps),
        (empty.step, empty.steps),
        "a group is one step, whatever it has in it"
    );
    assert_eq!(form.part.map(|part| (part.at, part.of)), Some((1, 2)));
    describe(&mut stage, 1, "Núria");
    add(&mut stage, "Pau");
    let list = items(&stage);
    assert_eq!((list.rows.len(), list.step), (2, empty.step));
    assert_eq!(lines(&stage), ["Núria · Peris", "Pau · Peris"]);
    assert!(list.rows.iter().all(|row| row.complete));
    stage.go_on();
    assert!(!matches!(stage.screen(), Screen::Items(_)), "{:?}", stage.screen());
    stage.wants(Intent::Back);
    assert_eq!(items(&stage).rows.len(), 2, "back leads to the list, not to the last item's pages");
}

#[test]
fn too_few_and_unfinished_items_are_told_and_nothing_is_lost() {
    let mut stage = at_the_list();
    stage.go_on();
    let list = items(&stage);
    assert!(list.show_faults);
    assert_eq!(list.fault.unwrap().code, "items.few");
    stage.wants(Intent::AddItem).answers("people-1-person-name", "Núria").wants(Intent::Back);
    let list = items(&stage);
    assert_eq!((list.rows.len(), list.rows[0].complete, list.show_faults), (1, false, false));
    stage.go_on();
    let fault = items(&stage).rows.remove(0).fault.unwrap();
    assert_eq!(fault.code, "items.incomplete");
    assert!(fault.text.contains("Persona 1"));
    stage.wants(Intent::OpenItem { number: 1 });
    let Screen::Form(form) = stage.screen() else { panic!() };
    assert_eq!(form.fields[0].value, "Núria");
}

#[test]
fn an_item_that_was_added_and_left_untouched_is_no_item() {
    let mut stage = at_the_list();
    stage.wants(Intent::AddItem).wants(Intent::Back);
    assert!(items(&stage).rows.is_empty());
}

#[test]
fn taking_one_out_asks_first_and_keeps_the_answers_about_the_others() {
    let mut stage = at_the_list();
    for name in ["Núria", "Pau", "Marc"] {
        add(&mut stage, name);
    }
    stage.wants(Intent::DropItem);
    assert_eq!(items(&stage).rows.len(), 3, "nothing was asked");
    for keep in [Intent::Continue, Intent::Back] {
        stage.wants(Intent::RemoveItem { number: 2 });
        assert_eq!(items(&stage).removing.unwrap().line.as_deref(), Some("Pau · Peris"));
        stage.wants(Intent::AddItem).wants(Intent::OpenItem { number: 1 });
        assert!(items(&stage).removing.is_some(), "below the question nothing is done");
        stage.wants(keep);
        assert_eq!((items(&stage).removing, items(&stage).rows.len()), (None, 3));
    }
    stage.wants(Intent::RemoveItem { number: 4 });
    assert_eq!(items(&stage).removing, None);
    stage.effects.clear();
    stage.wants(Intent::RemoveItem { number: 2 }).wants(Intent::DropItem);
    assert_eq!(lines(&stage), ["Núria · Peris", "Marc · Peris"]);
    assert!(items(&stage).rows.iter().all(|row| row.complete));
    let Effect::SaveDraft(draft) = stage.asked(|effect| matches!(effect, Effect::SaveDraft(_))) else {
        panic!()
    };
    assert_eq!((draft.page.as_str(), draft.answers["people"].as_str()), ("people", "2"));
    assert_eq!(draft.answers["people-2-person-name"], "Marc");

    // Coming back to what was kept finds the list as it was.
    let mut again = Stage::new();
    again.card(&amparo()).go_on();
    again.wants(Intent::OpenTopics).wants(Intent::OpenTopic { topic: "padro".to_owned() });
    again.wants(Intent::OpenProcedure { procedure: PADRO.to_owned() }).go_on();
    let found = SavedDraft {
        key: draft.key,
        version: draft.version,
        page: draft.page,
        answers: draft.answers,
        documents: draft.documents,
        changed_at: again.now,
    };
    again.on(Event::DraftSought { draft: Some(Box::new(found)) }).wants(Intent::ResumeDraft);
    assert_eq!(lines(&again), ["Núria · Peris", "Marc · Peris"]);
}

#[test]
fn a_group_holds_no_more_than_it_may() {
    let mut stage = at_the_list();
    for number in 1..=12 {
        stage
            .wants(Intent::AddItem)
            .answers(&format!("people-{number}-person-name"), "Núria")
            .wants(Intent::Back);
    }
    let full = items(&stage);
    assert_eq!((full.rows.len(), full.next), (12, None));
    stage.wants(Intent::AddItem);
    assert_eq!(items(&stage).rows.len(), 12);
}

/// At the review, having moved with two people.
fn at_the_review() -> Stage {
    let mut stage = at_the_list();
    add(&mut stage, "Núria");
    add(&mut stage, "Pau");
    stage.go_on();
    loop {
        match stage.screen() {
            Screen::Form(form) => {
                assert!(!form.show_faults, "{form:?}");
                // Both are children.
                stage.answers("both-parents", "yes");
                stage.fill().go_on();
            }
            Screen::Documents(documents) => {
                assert!(!documents.show_faults, "{documents:?}");
                for row in documents.rows.into_iter().filter(|row| row.ways.contains(&DocumentWay::Attach)) {
                    stage.attach(&row.id);
                }
                stage.go_on();
            }
            _ => break,
        }
    }
    assert!(matches!(stage.screen(), Screen::Review { .. }), "{:?}", stage.screen());
    stage
}

#[test]
fn a_change_from_the_review_returns_there_from_a_page_of_an_item_and_from_the_list() {
    let mut stage = at_the_review();
    stage.wants(Intent::ChangePage { page: "people-2-person".to_owned() });
    stage.answers("people-2-person-name", "Pasqual").go_on();
    assert!(matches!(stage.screen(), Screen::Review { .. }), "{:?}", stage.screen());
    stage.wants(Intent::ChangePage { page: "people".to_owned() });
    assert_eq!(lines(&stage), ["Núria · Peris", "Pasqual · Peris"]);
    add(&mut stage, "Marc");
    assert_eq!(items(&stage).rows.len(), 3);
    stage.go_on();
    assert!(matches!(stage.screen(), Screen::Review { .. }), "{:?}", stage.screen());
}

#[test]
fn a_rule_that_items_break_together_is_told_over_the_list() {
    let mut stage = at_the_review();
    // Somebody grown up has a document.
    stage.wants(Intent::ChangePage { page: "people-1-person".to_owned() });
    stage.answers("people-1-birth", "05/03/1980").go_on();
    let list = items(&stage);
    assert!(list.show_faults);
    assert_eq!(list.fault.unwrap().code, "field.check");
}
