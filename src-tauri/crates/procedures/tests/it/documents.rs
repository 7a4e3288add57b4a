//! How the documents of an application stand, with its answers.

use procedures::{Catalogue, DocumentState, Way};

use crate::small::{TODAY, answers, read};

fn catalogue() -> Catalogue {
    let keys = r#"
        documents = [
            { code = "CROQUIS", required = "yes", instances = 2 },
            { code = "RENDA", required = "conditional", when = "more = 'yes'", consultable = true, already_held = true, later = true },
            { code = "AUTOLIQ", required = "no", later = true },
            { code = "DNI", required = "consulted" },
        ]"#;
    read(keys, &crate::small::page(&["more yes-no"])).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_document_is_asked_as_the_answers_stand() {
    let catalogue = catalogue();
    let procedure = catalogue.procedures().next().unwrap();
    let asked = |pairs: &[(&str, &str)]| {
        let asked = procedure.documents_asked(&answers(pairs));
        asked.into_iter().map(|found| (found.rule.code.clone(), found.state)).collect::<Vec<_>>()
    };
    let own = |code: &str, state| (code.to_owned(), state);
    assert_eq!(
        asked(&[]),
        [
            own("CROQUIS", DocumentState::Missing),
            own("AUTOLIQ", DocumentState::NotAdded),
            own("DNI", DocumentState::Consulted)
        ]
    );
    let given = asked(&[
        ("more", "yes"),
        ("doc-croquis", "f1"),
        ("doc-croquis-2", "f2"),
        ("doc-renda-how", "held"),
        ("doc-renda-where", "2024, ajuda"),
        ("doc-autoliq-how", "later"),
    ]);
    assert_eq!(
        given,
        [
            own("CROQUIS", DocumentState::Added(vec!["doc-croquis".to_owned(), "doc-croquis-2".to_owned()])),
            own("RENDA", DocumentState::Held("2024, ajuda".to_owned())),
            own("AUTOLIQ", DocumentState::Later),
            own("DNI", DocumentState::Consulted)
        ]
    );
    // A choice that has not been carried out gives nothing.
    let begun = asked(&[("more", "yes"), ("doc-renda-how", "attach")]);
    assert_eq!(begun[1], own("RENDA", DocumentState::Missing));
    let begun = asked(&[("more", "yes"), ("doc-renda-how", "held")]);
    assert_eq!(begun[1], own("RENDA", DocumentState::Missing));
}

#[test]
fn the_ways_are_those_of_the_rule() {
    let catalogue = catalogue();
    let procedure = catalogue.procedures().next().unwrap();
    let asked = procedure.documents_asked(&answers(&[("more", "yes")]));
    let ways: Vec<_> = asked.iter().map(|found| found.ways.as_slice()).collect();
    assert_eq!(
        ways,
        [
            [Way::Attach].as_slice(),
            &[Way::Attach, Way::Consult, Way::Held, Way::Later],
            &[Way::Attach, Way::Later, Way::None],
            &[]
        ]
    );
    assert_eq!((asked[0].instances, asked[0].compulsory, asked[2].compulsory), (2, true, false));
}

#[test]
fn what_need_not_be_given_need_not_be_declined() {
    let catalogue = catalogue();
    let procedure = catalogue.procedures().next().unwrap();
    let given = answers(&[("more", "no"), ("doc-croquis", &"a".repeat(64))]);
    assert_eq!(procedure.form.validate(&given, &TODAY), []);
    let begun = answers(&[("more", "no"), ("doc-croquis", &"a".repeat(64)), ("doc-autoliq-how", "attach")]);
    assert_eq!(procedure.form.validate(&begun, &TODAY).len(), 1, "who says it is attached attaches it");
}

#[test]
fn what_need_not_be_brought_follows_what_was_ticked() {
    use wording::Language;
    let catalogue = Catalogue::bundled().unwrap();
    let procedure = catalogue.get("ivtm-exempcio-discapacitat").unwrap();
    let looked_up = |pairs: &[(&str, &str)]| {
        let found = procedure.looked_up(&answers(pairs));
        found.iter().map(|known| known.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(looked_up(&[]), ["vehicle", "disability"]);
    assert_eq!(looked_up(&[("consult-vehicle-objection", "yes")]), ["disability"]);
    let given = answers(&[
        ("consult-disability-objection", "yes"),
        ("doc-discap-how", "later"),
        ("doc-perm-circ-how", "held"),
        ("doc-perm-circ-where", "2024"),
    ]);
    let words = procedure.not_to_bring(&given, Language::Es);
    assert_eq!(words.len(), 2);
    assert!(words[1].ends_with("(2024)"), "{words:?}");
    assert_eq!(procedure.to_bring(&given, Language::Es).len(), 1);
    // What is looked up only by agreement is not looked up in silence.
    let aid = catalogue.get("ajuda-emergencia-social").unwrap();
    let silent = aid.looked_up(&answers(&[]));
    assert!(silent.iter().all(|known| known.basis == procedures::ConsultBasis::Objection));
}
