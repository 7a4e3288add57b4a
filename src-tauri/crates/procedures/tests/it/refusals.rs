//! A fault in the catalogue is met when it is read, and told with the file's name.

use procedures::{Catalogue, Error, Sources};

const FILE: &str = "padro-canvi-domicili.toml";

/// Reads the bundled catalogue with one procedure changed.
fn with_change(from: &str, to: &str) -> Error {
    let bundled = Sources::bundled();
    let (_, text) = bundled.procedures.iter().find(|(file, _)| *file == FILE).unwrap();
    assert!(text.contains(from), "{from}");
    let changed = text.replacen(from, to, 1);
    let procedures = [(FILE, changed.as_str())];
    Catalogue::read(&Sources { procedures: &procedures, ..bundled }).unwrap_err()
}

fn unknown(what: &'static str, name: &str) -> Error {
    Error::Unknown { file: FILE.into(), what, name: name.into() }
}

#[test]
fn a_reference_to_nothing_is_refused() {
    assert_eq!(with_change("category = \"padro\"", "category = \"nothing\""), unknown("category", "nothing"));
    assert_eq!(
        with_change("objects = [\"residencia\"]", "objects = [\"nothing\"]"),
        unknown("object", "nothing")
    );
    assert_eq!(with_change("unit = \"padro\"", "unit = \"nothing\""), unknown("unit", "nothing"));
    assert_eq!(with_change("\"FULL-PADRO\"", "\"NOTHING\""), unknown("document", "NOTHING"));
    assert_eq!(with_change("block = \"contact\"", "block = \"nothing\""), unknown("block", "nothing"));
    assert_eq!(with_change("{new-street}", "{nothing}"), unknown("field", "nothing"));
    assert_eq!(with_change("document = \"CUSTODIA\"", "document = \"RENDA\""), unknown("document", "RENDA"));
}

#[test]
fn a_condition_looks_only_backwards_and_at_answers_that_can_be_given() {
    assert_eq!(
        with_change("field = \"movers\"", "field = \"dwelling-title\""),
        unknown("earlier field", "dwelling-title")
    );
    assert_eq!(with_change("field = \"movers\"", "field = \"nothing\""), unknown("earlier field", "nothing"));
    assert!(matches!(with_change("is = [\"with-others\"]", "is = [\"with-nobody\"]"), Error::Rule { .. }));
    assert!(matches!(with_change("is = [\"with-others\"]", "is = []"), Error::Rule { .. }));
}

#[test]
fn a_text_missing_in_one_language_is_refused() {
    let error = with_change("en = \"Change of address within the town\"", "");
    assert!(matches!(&error, Error::Syntax { file, .. } if file == FILE), "{error}");
    let error = with_change("en = \"Change of address within the town\"", "en = \" \"");
    assert!(matches!(&error, Error::Rule { place, .. } if place == "name"), "{error}");
}

#[test]
fn two_things_of_one_name_are_refused() {
    let error = with_change("id = \"people-count\"", "id = \"people-names\"");
    assert_eq!(error, Error::Duplicate { file: FILE.into(), what: "field", name: "people-names".into() });
    let error = with_change("id = \"minors\"", "id = \"people\"");
    assert_eq!(error, Error::Duplicate { file: FILE.into(), what: "page", name: "people".into() });
}

#[test]
fn rules_of_the_catalogue_are_kept() {
    for (from, to, at) in [
        ("id = \"padro-canvi-domicili\"", "id = \"another\"", "id"),
        ("version = 1", "version = 0", "version"),
        ("max = 15", "max = 0", "field people-count"),
        ("max_chars = 1500", "max_chars = 5000", "field people-names"),
        ("kind = \"number\"", "kind = \"text\"", "field people-count"),
        ("document = \"CUSTODIA\"\n", "", "field custody-document"),
        ("id = \"movers\"\nkind = \"choice\"", "id = \"movers\"\nkind = \"text\"", "field movers"),
        ("id = \"people-count\"\n", "id = \"people-count\"\neditable = false\n", "field people-count"),
        ("id = \"people-count\"\n", "id = \"people-count\"\ndate = \"not-past\"\n", "field people-count"),
        ("id = \"people\"\n", "id = \"The People\"\n", "page The People"),
        ("va = \"Canvi de domicili dins del municipi\"", "va = \"Canvi d'adreça\"", "name"),
    ] {
        let error = with_change(from, to);
        assert!(matches!(&error, Error::Rule { place, .. } if place == at), "{to}: {error}");
    }
}

#[test]
fn a_key_that_means_nothing_is_refused() {
    let error = with_change("version = 1", "version = 1\nversoin = 2");
    assert!(matches!(&error, Error::Syntax { reason, .. } if reason.contains("versoin")), "{error}");
}

#[test]
fn a_summary_over_its_limit_is_refused() {
    let error = with_change(
        "dirección nueva. Puede incluir",
        &format!("dirección {} Puede incluir", "a".repeat(300)),
    );
    assert!(matches!(&error, Error::Rule { place, .. } if place == "summary"), "{error}");
}

#[test]
fn a_missing_file_is_named() {
    let bundled = Sources::bundled();
    let shared: Vec<_> = bundled.shared.iter().copied().filter(|(file, _)| *file != "units.toml").collect();
    let error = Catalogue::read(&Sources { shared: &shared, ..bundled }).unwrap_err();
    assert_eq!(error, Error::Missing { file: "units.toml".into() });
    assert_eq!(error.code(), "catalogue.missing");
}

#[test]
fn what_is_not_toml_is_refused_with_its_file() {
    let bundled = Sources::bundled();
    let procedures = [("x.toml", "id = ")];
    let error = Catalogue::read(&Sources { procedures: &procedures, ..bundled }).unwrap_err();
    assert!(matches!(&error, Error::Syntax { file, .. } if file == "x.toml"));
}
