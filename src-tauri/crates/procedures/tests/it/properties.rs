//! What holds for answers of any kind: they come from outside.

use std::sync::LazyLock;

use procedures::{Answers, Catalogue, Procedure, Today, citizen};
use proptest::prelude::*;
use wording::Language;

use crate::small::TODAY;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::bundled().unwrap());

fn any_procedure() -> impl Strategy<Value = &'static Procedure> {
    prop::sample::select(CATALOGUE.procedures().collect::<Vec<_>>())
}

/// A procedure, with complete right answers along some path of it.
fn filled() -> impl Strategy<Value = (&'static Procedure, Answers)> {
    (any_procedure(), any::<u64>()).prop_map(|(procedure, seed)| {
        (procedure, citizen::answers(&procedure.form, &citizen::KNOWN, &TODAY, seed).unwrap())
    })
}

/// Text near enough to answers to reach the corners: figures, separators, marks, letters that compose, ids.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[a-zA-Z]{1,3}",
        "[ .@/+-]{1,2}",
        prop::sample::select(vec![
            "l\u{b7}l",
            "ŀ",
            "Ŀ",
            "l•l",
            "\u{301}",
            "\u{307}",
            "\u{30C}",
            "\u{387}",
            "\u{200B}",
            "\u{202E}",
            "\u{A0}",
            "\r\n",
            "\u{2028}",
            "’",
            "Ñ",
            "ǰ",
            "İ",
            "yes",
            "no",
            "alone",
            "paper",
            "with-others",
            "\u{212A}",
            "\u{0}",
            "漢",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Right answers, some of them overwritten by anything.
fn spoilt() -> impl Strategy<Value = (&'static Procedure, Answers)> {
    filled().prop_flat_map(|(procedure, answers)| {
        let ids: Vec<String> = answers.keys().cloned().collect();
        prop::collection::vec((prop::sample::select(ids), typed()), 0..5).prop_map(move |changes| {
            let mut answers = answers.clone();
            answers.extend(changes);
            (procedure, answers)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normalising_twice_changes_nothing((procedure, answers) in spoilt()) {
        let form = &procedure.form;
        let once = form.normalise(&answers);
        prop_assert_eq!(form.normalise(&once), once);
    }

    #[test]
    fn every_kind_of_field_settles_at_once(procedure in any_procedure(), text in typed()) {
        let fields = procedure.form.all_pages().iter().flat_map(|p| &p.fields);
        let answers: Answers = fields.map(|f| (f.id.clone(), text.clone())).collect();
        let once = procedure.form.normalise(&answers);
        prop_assert_eq!(procedure.form.normalise(&once), once);
    }

    #[test]
    fn faults_do_not_depend_on_how_an_answer_was_typed((procedure, answers) in spoilt()) {
        let form = &procedure.form;
        prop_assert_eq!(form.validate(&answers, &TODAY), form.validate(&form.normalise(&answers), &TODAY));
    }

    #[test]
    fn what_is_filed_has_the_same_faults_and_stays_as_it_is((procedure, answers) in spoilt()) {
        let form = &procedure.form;
        let filed = form.filed(&answers);
        prop_assert_eq!(form.filed(&filed), filed.clone());
        prop_assert_eq!(form.validate(&filed, &TODAY), form.validate(&answers, &TODAY));
    }

    #[test]
    fn nothing_panics_and_no_fault_repeats_the_answer(
        (procedure, answers) in spoilt(),
        day in -4371587i32..=2932896,
    ) {
        let form = &procedure.form;
        let today = jiff::civil::Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(day));
        for fault in form.validate(&answers, &Today(today)) {
            let answer = answers.get(&fault.field).map_or("", String::as_str);
            prop_assert!(form.field(&fault.field).is_some());
            prop_assert!(answer.chars().count() < 12 || fault.args.iter().all(|(_, value)| !value.contains(answer)));
        }
        for language in Language::ALL {
            let pages = form.pages(&answers).len();
            prop_assert_eq!(form.review(&answers, language).len(), pages);
            prop_assert!(procedure.abstract_of(&answers, language).chars().count() <= 240);
        }
    }
}
