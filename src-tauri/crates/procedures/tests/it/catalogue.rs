//! What the bundled catalogue promises to citizens and staff.

use procedures::{Catalogue, Identification, Silence};
use wording::{Language, Wording};

#[test]
fn the_catalogue_is_whole() {
    let catalogue = Catalogue::bundled().unwrap();
    assert_eq!(catalogue.categories().count(), 14);
    assert_eq!(catalogue.objects().count(), 21);
    for procedure in catalogue.procedures() {
        assert_eq!(catalogue.get(&procedure.id), Some(procedure));
        assert!(catalogue.unit(&procedure.unit).is_some());
        assert!(catalogue.category(&procedure.category).is_some());
        let listed = catalogue.in_category(&procedure.category).any(|p| p.id == procedure.id);
        assert_eq!(listed, procedure.is_shown(), "{}", procedure.id);
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
fn what_the_catalogue_says_by_code_has_words() {
    let wording = Wording::bundled();
    for procedure in Catalogue::bundled().unwrap().procedures() {
        for language in Language::ALL {
            for id in [
                "fee-none",
                "fee-fixed",
                "fee-table",
                "fee-formula",
                "fee-self-assessment",
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

#[test]
fn streets_are_found_as_one_types_them() {
    let catalogue = Catalogue::bundled().unwrap();
    let found = |typed: &str| {
        let found = catalogue.streets().suggest(typed, 7);
        found.into_iter().map(|street| street.va.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("m"), Vec::<String>::new());
    assert!(found("MAJ").contains(&"carrer Major".to_owned()));
    assert!(found("mayor").contains(&"plaça Major".to_owned()));
    assert!(found("constitucio").contains(&"plaça de la Constitució".to_owned()));
    assert!(found("carrer de s").len() <= 7);
}
