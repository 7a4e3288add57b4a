//! The catalogue of the town as a whole: complete, in three languages, and nothing in it in vain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use procedures::{Catalogue, Procedure, check};
use wording::{Language, Text};

/// Procedures that the town offers.
const OFFERED: usize = 113;

fn file(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../assets/catalogue");
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_procedure_of_the_town_is_offered() {
    let catalogue = Catalogue::bundled().unwrap();
    assert_eq!(catalogue.offered().count(), OFFERED);
    assert_eq!(catalogue.procedures().count(), OFFERED, "and none is written and kept back");
    for category in catalogue.categories() {
        assert!(catalogue.in_category(&category.code).next().is_some(), "{}", category.code);
    }
    for object in catalogue.objects() {
        assert!(catalogue.for_object(&object.code).next().is_some(), "{}", object.code);
    }
}

/// Documents, units, categories and objects that nobody uses, procedures that are named and are not there, two on one
/// rank, and two forms that ask the same without saying so.
#[test]
fn nothing_in_it_is_in_vain_and_no_two_procedures_ask_the_same() {
    let catalogue = Catalogue::bundled().unwrap();
    let found: Vec<String> = check::catalogue(&catalogue).iter().map(ToString::to_string).collect();
    assert_eq!(found, Vec::<String>::new());
}

/// Only the general application asks no more than facts and a request: every other has questions of its own.
#[test]
fn only_the_general_application_asks_nothing_but_facts_and_a_request() {
    const EVERYBODYS: &[&str] = &[
        "name",
        "surnames",
        "nif",
        "phone",
        "email",
        "facts",
        "request",
        "represents",
        "attachment",
        "entity-name",
        "entity-nif",
        "entity-role",
    ];
    const BLOCKS: &[&str] = &["notify-", "rep-", "doc-", "consult-"];
    let own = |procedure: &Procedure| {
        let ids = procedure.form.all_fields().map(|field| field.id.as_str());
        ids.filter(|id| !EVERYBODYS.contains(id) && !BLOCKS.iter().any(|block| id.starts_with(block))).count()
    };
    for procedure in Catalogue::bundled().unwrap().procedures() {
        let questions = own(procedure);
        assert_eq!(questions == 0, procedure.id == "instancia-general", "{}: {questions}", procedure.id);
    }
}

#[test]
fn what_one_language_says_with_a_mark_the_others_do_too() {
    fn marks(text: &str) -> BTreeMap<&str, usize> {
        let mut found = BTreeMap::new();
        for part in text.split('{').skip(1) {
            *found.entry(part.split('}').next().unwrap()).or_insert(0) += 1;
        }
        found
    }
    for procedure in Catalogue::bundled().unwrap().procedures() {
        let mut texts: Vec<&Text> = vec![&procedure.name, &procedure.summary, &procedure.abstract_template];
        for page in procedure.form.all_pages() {
            texts.push(&page.heading);
            texts.extend(&page.help);
            for field in &page.fields {
                texts.push(&field.label);
                texts.extend(&field.hint);
                texts.extend(field.options.iter().map(|option| &option.label));
            }
        }
        texts.extend(procedure.form.checks().iter().map(|check| &check.text));
        for text in texts {
            let va = marks(text.in_language(Language::CaValencia));
            for language in [Language::Es, Language::En] {
                assert_eq!(va, marks(text.in_language(language)), "{}: {text:?}", procedure.id);
            }
        }
        for words in [&procedure.keywords.va, &procedure.keywords.es, &procedure.keywords.en] {
            let once: BTreeSet<&String> = words.iter().collect();
            assert_eq!(once.len(), words.len(), "{}: a keyword twice", procedure.id);
            assert!(words.len() >= 3, "{}: too few keywords", procedure.id);
            for word in words {
                assert_eq!(*word, word.to_lowercase(), "{}: keywords are small letters", procedure.id);
            }
        }
    }
}

#[test]
fn every_shared_text_is_used_and_the_writers_guide_lists_it() {
    let texts: BTreeMap<String, Text> = toml::from_str(&file("texts.toml")).unwrap();
    let guide = file("README.md");
    let (_, rest) = guide.split_once("## Shared texts").unwrap();
    let (guide, _) = rest.split_once("## The form").unwrap();
    let sources = procedures::Sources::bundled();
    let others = sources.shared.iter().filter(|(name, _)| *name != "texts.toml");
    let all: Vec<&str> =
        others.chain(sources.blocks).chain(sources.procedures).map(|(_, text)| *text).collect();
    for code in texts.keys() {
        let (_, own) = code.split_once('-').unwrap();
        let listed = [code.as_str(), own].iter().any(|name| guide.contains(&format!("`{name}`")));
        assert!(listed, "the guide does not list {code}");
        let quoted = [format!("\"{code}\""), format!("\"{own}\"")];
        let used = all.iter().any(|text| quoted.iter().any(|name| text.contains(name)));
        assert!(used, "nobody uses {code}");
    }
}
