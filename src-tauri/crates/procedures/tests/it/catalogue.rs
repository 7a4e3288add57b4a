//! What the bundled catalogue promises to citizens and staff.

use std::collections::BTreeSet;

use procedures::{Catalogue, Identification, Procedure, Silence};
use wording::{Language, Text, Wording};

/// Longest sentence of plain language.
const WORDS_PER_SENTENCE: usize = 20;

#[test]
fn the_catalogue_is_whole() {
    let catalogue = Catalogue::bundled().unwrap();
    assert!(catalogue.procedures().count() >= 4);
    assert_eq!(catalogue.categories().count(), 14);
    assert_eq!(catalogue.objects().count(), 21);
    for procedure in catalogue.procedures() {
        assert_eq!(catalogue.get(&procedure.id), Some(procedure));
        assert!(catalogue.unit(&procedure.unit).is_some());
        assert!(catalogue.category(&procedure.category).is_some());
        assert!(catalogue.in_category(&procedure.category).any(|p| p.id == procedure.id));
    }
    assert_eq!(catalogue.get("no-such-procedure"), None);
}

#[test]
fn the_most_asked_come_first() {
    let ranks: Vec<_> = Catalogue::bundled().unwrap().procedures().map(|p| p.rank).collect();
    assert!(ranks.is_sorted());
}

#[test]
fn terms_and_silence_do_not_contradict_each_other() {
    for procedure in Catalogue::bundled().unwrap().procedures() {
        assert!(procedure.term.months <= 12, "{}", procedure.id);
        if procedure.term.months == 0 {
            assert_eq!(procedure.silence, Silence::None, "{}: no term, no silence", procedure.id);
        }
        if procedure.identification == Identification::Certificate {
            assert!(!procedure.you_will_need.is_empty());
        }
    }
}

#[test]
fn what_is_not_verified_is_listed_for_the_clerk() {
    for procedure in Catalogue::bundled().unwrap().procedures() {
        assert!(procedure.to_confirm_by_clerk.iter().all(|line| !line.trim().is_empty()), "{}", procedure.id);
    }
}

#[test]
fn every_document_has_a_limit_and_a_kind_and_its_field_points_back() {
    for procedure in Catalogue::bundled().unwrap().procedures() {
        for document in &procedure.documents {
            assert!((1..=50).contains(&document.max_mb), "{}", document.code);
            assert!(!document.formats.is_empty(), "{}", document.code);
            assert!(!document.kinds().is_empty());
            if let Some(field) = &document.field {
                let field = procedure.form.field(field).unwrap();
                assert_eq!(field.document.as_ref(), Some(&document.code));
            }
            assert_eq!(procedure.document(&document.code), Some(document));
        }
    }
}

#[test]
fn some_procedure_needs_an_attached_document() {
    let catalogue = Catalogue::bundled().unwrap();
    let mut fields = catalogue.procedures().flat_map(|p| p.form.all_pages()).flat_map(|p| &p.fields);
    assert!(fields.any(|f| f.document.is_some() && f.required));
}

#[test]
fn what_citizens_read_is_plain() {
    let mut long = Vec::new();
    for procedure in Catalogue::bundled().unwrap().procedures() {
        assert!(Language::ALL.iter().all(|l| procedure.summary.in_language(*l).chars().count() <= 300));
        for text in read_by_citizens(procedure) {
            for language in Language::ALL {
                for sentence in text.in_language(language).split(['.', '?', '!', ':', ';']) {
                    if sentence.split_whitespace().count() > WORDS_PER_SENTENCE {
                        long.push(format!("{}: {}", procedure.id, sentence.trim()));
                    }
                }
            }
        }
    }
    assert!(long.is_empty(), "more than {WORDS_PER_SENTENCE} words: {long:#?}");
}

#[test]
fn blame_and_shouting_are_left_out() {
    for procedure in Catalogue::bundled().unwrap().procedures() {
        for text in read_by_citizens(procedure) {
            for language in Language::ALL {
                let words = text.in_language(language).to_lowercase();
                for word in
                    ["error", "incorrect", "invàlid", "inválid", "invalid", "prohib", "forbidden", "!"]
                {
                    assert!(!words.contains(word), "{}: {words}", procedure.id);
                }
            }
        }
    }
}

#[test]
fn a_language_is_not_a_copy_of_another() {
    for procedure in Catalogue::bundled().unwrap().procedures() {
        for text in [&procedure.summary, &procedure.purpose, &procedure.who_may, &procedure.result] {
            let different: BTreeSet<_> = Language::ALL.iter().map(|l| text.in_language(*l)).collect();
            assert_eq!(different.len(), 3, "{}", procedure.id);
        }
    }
}

#[test]
fn what_the_catalogue_says_by_code_has_words() {
    let wording = Wording::bundled().unwrap();
    for procedure in Catalogue::bundled().unwrap().procedures() {
        for language in Language::ALL {
            for id in [
                procedure.fee.message_id(),
                procedure.identification.message_id(),
                "term-months",
                "term-at-once",
            ] {
                assert!(wording.has(language, id), "{language}: {id}");
            }
        }
    }
}

fn read_by_citizens(procedure: &Procedure) -> Vec<&Text> {
    let mut texts = vec![&procedure.summary, &procedure.purpose, &procedure.who_may, &procedure.result];
    texts.extend(&procedure.you_will_need);
    texts.extend(procedure.declarations.iter().map(|d| &d.text));
    texts.extend(procedure.consults.iter().map(|c| &c.text));
    for page in procedure.form.all_pages() {
        texts.push(&page.heading);
        texts.extend(&page.help);
        for field in &page.fields {
            texts.push(&field.label);
            texts.extend(&field.hint);
            texts.extend(field.options.iter().map(|o| &o.label));
        }
    }
    texts
}
