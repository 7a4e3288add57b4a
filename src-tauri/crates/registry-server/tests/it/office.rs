//! What the office does: the book looked through and corrected, incidents, kiosks, quarantine, the log, backups.

use std::sync::Arc;

use registry_api::{Registry as _, SubmissionKey};
use registry_server::{
    Basis, Calendar, Correction, Environment as _, Error, Extension, Incident, Query, Relation, Scope, Store,
};

use crate::citizen::{amparo, at};
use crate::program::say;
use crate::town::{Clock, THURSDAY, Town};

const WHEN: &str = "2026-03-12T17:05:00Z";

async fn store(town: &Town, clock: &Arc<Clock>) -> Store {
    Store::open(&town.database(), &town.keeping(), Arc::clone(clock) as _).await.unwrap()
}

fn correction(relation: Relation, reason: &str) -> Correction {
    let mut random = [0; 10];
    registry_server::Machine.random(&mut random).unwrap();
    Correction {
        relation,
        reason: reason.to_owned(),
        summary: Some("Instància general: un altre resum".to_owned()),
        unit: None,
        official: "Rosa Gil".to_owned(),
        key: SubmissionKey::new(at(THURSDAY), random),
        at: at(THURSDAY),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r3_an_entry_is_corrected_by_new_ones_and_stays_as_it_is() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let receipt = open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    open.running.stop().await;

    let store = store(&town, &clock).await;
    let calendar = Arc::new(Calendar::new([]).unwrap());
    let first = store.entry_named("L01461691", receipt.number.as_str()).await.unwrap().unwrap();
    let wrong = store.correct(&first, correction(Relation::Annuls, "  "), &calendar).await;
    assert!(matches!(wrong, Err(Error::Correction { .. })), "{wrong:?}");

    let rectified =
        store.correct(&first, correction(Relation::Rectifies, "El resum deia una altra cosa"), &calendar);
    let rectified = rectified.await.unwrap();
    assert_eq!(rectified.number.as_str(), "2026-E-000002");
    assert_eq!(rectified.summary, "Instància general: un altre resum");
    assert_eq!(
        (rectified.relates_to, rectified.interested.nif.as_str()),
        (Some(first.position), "99999002Q")
    );
    let annulled = store.correct(&first, correction(Relation::Annuls, "Presentada dos voltes"), &calendar);
    assert_eq!(annulled.await.unwrap().number.as_str(), "2026-E-000003");
    // Once annulled there is nothing to correct any more.
    let again = store.correct(&first, correction(Relation::Rectifies, "Encara"), &calendar).await;
    assert!(matches!(again, Err(Error::Correction { .. })), "{again:?}");

    let same = store.entry_named("L01461691", receipt.number.as_str()).await.unwrap().unwrap();
    assert_eq!(same, first);
    let numbers: Vec<_> = store.corrections_of(&first).await.unwrap();
    assert_eq!(numbers.len(), 2);
    assert_eq!(store.verify().await.unwrap().entries, 3);
    let log = store.log(Some("2026-E-000003"), 10).await.unwrap();
    assert_eq!((log[0].actor.as_str(), log[0].action.as_str()), ("Rosa Gil", "entry.annuls"));
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r11_every_reading_is_in_the_log_and_the_log_cannot_be_changed() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let submission = amparo().submission(WHEN);
    let receipt = open.client().submit(&submission).await.unwrap();
    open.client().receipt(submission.key).await.unwrap();
    open.client().submit(&submission).await.unwrap();
    open.running.stop().await;
    let number = receipt.number.as_str();
    assert_eq!(
        town.sql("SELECT actor, action, subject FROM audit_log ORDER BY position").await,
        [["kiosk-01", "receipt.read", number], ["kiosk-01", "receipt.read", number]]
    );
    for query in ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"] {
        assert!(town.tamper(query).await.is_err(), "{query}");
    }
    let (well, out, err) = say(&["audit", "verify"], Some(&town)).await;
    assert!(well && out.starts_with("1 entries and 2 lines"), "{out}{err}");
    // Whoever gets round that is found by the walk.
    town.disarm("audit_log_is_final", "audit_log").await;
    town.tamper("UPDATE audit_log SET actor = 'kiosk-02' WHERE position = 1").await.unwrap();
    let (well, _, err) = say(&["audit", "verify"], Some(&town)).await;
    assert!(!well && err.contains("chain of the log"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_book_is_listed_and_searched_page_by_page() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    for day in ["2026-03-12T17:05:31.250Z", "2026-03-13T10:00:00Z", "2026-03-16T10:00:00Z"] {
        clock.set(day);
        open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    }
    open.running.stop().await;
    let store = store(&town, &clock).await;
    let found = async |query: Query| -> Vec<String> {
        let entries = store.entries(&query).await.unwrap();
        entries.into_iter().map(|entry| entry.number.to_string()).collect()
    };
    let all = || Query { most: 10, ..Query::default() };
    assert_eq!(found(all()).await, ["2026-E-000003", "2026-E-000002", "2026-E-000001"]);
    assert_eq!(found(Query { most: 1, below: Some(3), ..all() }).await, ["2026-E-000002"]);
    let (from, before) = (Some(at("2026-03-13T00:00:00Z")), Some(at("2026-03-14T00:00:00Z")));
    assert_eq!(found(Query { from, before, ..all() }).await, ["2026-E-000002"]);
    assert_eq!(found(Query { nif: Some("99999002q".to_owned()), ..all() }).await.len(), 3);
    assert_eq!(found(Query { nif: Some("00000000T".to_owned()), ..all() }).await.len(), 0);
    assert_eq!(found(Query { procedure: Some("altra".to_owned()), ..all() }).await.len(), 0);
    // As it stands, once the words are taken down, and once many entries have some of them.
    for round in 0..3 {
        for (text, count) in [
            ("FANAL", 3),
            ("fana", 3),
            ("2026-e-000002", 1),
            ("000002", 1),
            ("amparo martí", 3),
            ("MARTI", 3),
            ("99.999.002-q", 3),
            ("amparo fanals", 0),
            ("anal", 0),
            ("%", 0),
            ("' OR 1=1", 0),
            ("\" fanal \\ :*", 3),
        ] {
            assert_eq!(found(Query { text: Some(text.to_owned()), ..all() }).await.len(), count, "{text}");
        }
        let text = Some("fanal".to_owned());
        assert_eq!(
            found(Query { most: 1, below: Some(3), text: text.clone(), ..all() }).await,
            ["2026-E-000002"]
        );
        assert_eq!(found(Query { from, before, text: text.clone(), ..all() }).await, ["2026-E-000002"]);
        assert_eq!(found(Query { procedure: Some("altra".to_owned()), text, ..all() }).await.len(), 0);
        store.take_words_down().await.unwrap();
        if round == 1 {
            town.tamper("INSERT INTO common_words (word) VALUES ('fanal'), ('amparo'), ('99999002q')")
                .await
                .unwrap();
        }
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_many_entries_have_are_known() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let store = store(&town, &clock).await;
    let (table, lexemes) = match town.is_postgres() {
        true => ("entry_words (lexemes, entry, words)", "'', "),
        false => ("entry_texts (entry, words)", ""),
    };
    for number in 1..=16 {
        let seldom = if number == 1 { "gual" } else { "fanal" };
        let words = format!("INSERT INTO {table} VALUES ({lexemes}{number}, 'instancia {seldom}')");
        town.tamper(&words).await.unwrap();
    }
    store.take_words_down().await.unwrap();
    store.close().await;
    assert_eq!(town.sql("SELECT word FROM common_words").await, [["instancia"]]);
}

fn outage() -> Incident {
    Incident {
        id: "2026-03-12-tall".to_owned(),
        what: "Tall de llum".to_owned(),
        starts_at: at("2026-03-12T08:00:00Z"),
        ends_at: None,
        scope: Scope::Everything,
        resolution: Some("Decret 7/2026".to_owned()),
        extension: Some(Extension::WorkingDays(2)),
        hand_in_counts: true,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r5_a_resolution_on_an_incident_lets_the_moment_of_handing_in_count() {
    let town = Town::new();
    let clock = Clock::at("2026-03-13T09:00:00Z");
    let desk = store(&town, &clock).await;
    desk.declare(&outage(), "Rosa Gil", at(THURSDAY)).await.unwrap();
    desk.close().await;
    // The town's rules do not recognise it, unless it says so.
    for (counts, presented, effective) in
        [("false", "2026-03-13T09:00:00Z", "2026-03-13"), ("true", "2026-03-12T17:05:00Z", "2026-03-12")]
    {
        let open = town.open_with(&clock, &[("CALENDAR_HAND_IN_COUNTS", counts)]).await;
        let receipt = open.client().submit(&amparo().submission(WHEN)).await.unwrap();
        assert_eq!(receipt.registered_at, at("2026-03-13T09:00:00Z"));
        assert_eq!(receipt.presented_at, at(presented));
        assert_eq!(receipt.effective_on.to_string(), effective);
        open.running.stop().await;
    }
    assert_eq!(
        town.sql("SELECT presented_at_basis, incident_id FROM entries ORDER BY position").await,
        [["server", "-"], ["incident", "2026-03-12-tall"]]
    );
    assert_eq!(serde_json::to_value(Basis::Incident).unwrap(), "incident");
}

#[tokio::test(flavor = "multi_thread")]
async fn r15_an_incident_is_declared_from_a_file_and_extends_what_ends_meanwhile() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let receipt = open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    assert_eq!(receipt.resolution.due.unwrap().to_string(), "2026-06-12");
    open.running.stop().await;
    let file = town.path().join("incident.toml");
    std::fs::write(
        &file,
        "id = \"tall\"\nwhat = \"Tall de llum\"\nstarts_at = \"2026-06-12T06:00:00Z\"\n\
         ends_at = \"2026-06-12T20:00:00Z\"\nscope = \"everything\"\nresolution = \"Decret 9/2026\"\n\
         extension = { working-days = 2 }\nhand_in_counts = false\n",
    )
    .unwrap();
    let file = file.display().to_string();
    let who = ["--official", "Rosa Gil"];
    let (well, _, err) = say(&["incidents", "declare", &file, who[0], who[1]], Some(&town)).await;
    assert!(well, "{err}");
    let (well, out, err) =
        say(&["entries", "show", receipt.number.as_str(), who[0], who[1]], Some(&town)).await;
    assert!(well, "{err}");
    let entry: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(entry["due_on"], "2026-06-12");
    assert_eq!(entry["due"], serde_json::json!({ "on": "2026-06-16", "extended_by": ["tall"] }));
    // Without a name nothing is done.
    let (well, _, err) = say(&["incidents", "declare", &file], Some(&town)).await;
    assert!(!well && err.contains("--official"), "{err}");
    let acts = town.sql("SELECT action FROM audit_log ORDER BY position").await;
    assert_eq!(acts, [["incident.declare"], ["entry.show"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_kiosk_is_not_heard_until_it_is_allowed_again() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    open.client().health().await.unwrap();
    let desk = store(&town, &clock).await;
    desk.set_kiosk("kiosk-01", false, "Robat", "Rosa Gil", at(THURSDAY)).await.unwrap();
    assert!(open.client().health().await.is_err());
    desk.set_kiosk("kiosk-01", true, "Trobat", "Rosa Gil", at(THURSDAY)).await.unwrap();
    open.client().health().await.unwrap();
    assert_eq!(desk.kiosks().await.unwrap()[0].reason, "Trobat");
    assert_eq!(desk.log(Some("kiosk-01"), 10).await.unwrap().len(), 2);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_quarantine_is_listed_with_its_reason_and_dismissed_by_somebody() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let mut submission = amparo().submission(WHEN);
    submission.procedure = "no-existix".to_owned();
    assert!(open.client().submit(&submission).await.is_err());
    open.running.stop().await;
    let who = ["--official", "Rosa Gil"];
    let (well, out, err) = say(&["quarantine", "list", who[0], who[1]], Some(&town)).await;
    assert!(well, "{err}");
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list[0]["reason"], registry_api::code::PROCEDURE);
    assert_eq!(list[0]["kept"], true);
    let id = list[0]["id"].as_str().unwrap();
    let saved = town.path().join("package.json");
    let save = ["quarantine", "save", id, saved.to_str().unwrap(), who[0], who[1]];
    assert!(say(&save, Some(&town)).await.0);
    let package: registry_api::Submission = serde_json::from_slice(&std::fs::read(&saved).unwrap()).unwrap();
    assert_eq!(package.package_sha256().unwrap(), submission.package_sha256().unwrap());
    // Never over a file that is there.
    assert!(!say(&save, Some(&town)).await.0);
    let kept = || walk(&town.path().join("documents/refused"));
    assert_eq!(kept(), 1);
    let dismiss = ["quarantine", "dismiss", id, "--reason", "Avisat per telèfon", who[0], who[1]];
    assert!(say(&dismiss, Some(&town)).await.0);
    assert!(!say(&dismiss, Some(&town)).await.0);
    assert_eq!(town.sql("SELECT count(*) FROM quarantine").await, [["0"]]);
    let acts = town.sql("SELECT action FROM audit_log ORDER BY position").await;
    assert_eq!(acts, [["quarantine.list"], ["quarantine.read"], ["quarantine.read"], ["quarantine.dismiss"]]);
    assert_eq!(kept(), 0);
}

/// Files in a folder and those below it.
fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_where_there_is_nothing_and_is_the_same_book() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let submission = amparo().submission(WHEN);
    let receipt = open.client().submit(&submission).await.unwrap();
    let file = town.path().join("backup").display().to_string();
    let who = ["--official", "Rosa Gil"];
    // While it runs.
    let (well, _, err) = say(&["backup", &file, who[0], who[1]], Some(&town)).await;
    assert!(well, "{err}");
    let (well, _, err) = say(&["backup", &file, who[0], who[1]], Some(&town)).await;
    assert!(!well && err.contains("there already"), "{err}");
    open.running.stop().await;

    let other = Town::new();
    let (well, out, err) = say(&["restore", &file, who[0], who[1]], Some(&other)).await;
    assert!(well && out.starts_with("1 entries"), "{out}{err}");
    let open = other.open(&clock).await;
    assert_eq!(open.client().receipt(submission.key).await.unwrap().unwrap(), receipt);
    let next = open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    assert_eq!(next.number.as_str(), "2026-E-000002");
    open.running.stop().await;
    // Never over a book that is there.
    let (well, _, err) = say(&["restore", &file, who[0], who[1]], Some(&other)).await;
    assert!(!well, "{err}");
    assert_eq!(other.sql("SELECT count(*) FROM entries").await, [["2"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_are_counted_from_the_terminal() {
    let town = Town::new();
    for (day, term, end) in [
        ("2026-03-06", "10wd", "2026-03-23"),
        ("2026-01-31", "1m", "2026-03-02"),
        ("2026-01-15", "3m", "2026-04-15"),
    ] {
        let (well, out, err) = say(&["calendar", "end", day, term], Some(&town)).await;
        assert!(well && out.trim() == end, "{day} {term}: {out}{err}");
    }
    let (well, out, _) = say(&["calendar", "show", "2026"], Some(&town)).await;
    assert!(well && out.contains("2026-10-09"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_was_published_tells_a_book_that_was_exchanged() {
    let (town, other) = (Town::new(), Town::new());
    let clock = Clock::at(THURSDAY);
    for town in [&town, &other] {
        let open = town.open(&clock).await;
        open.client().submit(&amparo().submission(WHEN)).await.unwrap();
        open.running.stop().await;
    }
    let (well, head, err) = say(&["audit", "head", "--official", "Carme Sanz"], Some(&town)).await;
    assert!(well, "{err}");
    let file = town.path().join("head.json");
    std::fs::write(&file, &head).unwrap();
    let verify = async |town: &Town, file: &std::path::Path| {
        say(&["audit", "verify", "--head", file.to_str().unwrap()], Some(town)).await
    };
    let (well, out, err) = verify(&town, &file).await;
    assert!(well && out.contains("hold what they held at"), "{out}{err}");
    // What comes after changes nothing of it.
    let open = town.open(&clock).await;
    open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    open.running.stop().await;
    let (well, out, err) = verify(&town, &file).await;
    assert!(well && out.contains("2 entries"), "{out}{err}");
    // Another book is whole too, and not this one; nor is one that was cut off.
    let (well, _, err) = verify(&other, &file).await;
    assert!(!well && err.contains("not the one that the head was made of"), "{err}");
    // What was changed in the head is found by its seal.
    let forged = town.path().join("forged.json");
    std::fs::write(&forged, head.replace("L01461691", "L01461692")).unwrap();
    let (well, _, err) = verify(&town, &forged).await;
    assert!(!well && err.contains("do not belong together"), "{err}");
}
