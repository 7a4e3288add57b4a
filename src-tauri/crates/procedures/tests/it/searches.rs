//! People find what they want with their own words.

use std::collections::BTreeMap;

use procedures::search::{Among, Index, MOST, TOPICS};
use procedures::{Catalogue, Status};

const SEARCHES: &str = include_str!("../fixtures/searches.toml");

/// Parts of a hundred of searches that must find the wanted procedure first, and among the first five.
const FIRST: usize = 85;
const FIRST_FIVE: usize = 97;

#[test]
#[allow(clippy::print_stdout, reason = "the figures are what this test is read for")]
fn what_people_type_finds_what_they_want() {
    let catalogue = Catalogue::bundled().unwrap();
    let index = Index::new(&catalogue);
    let searches: BTreeMap<String, Vec<String>> = toml::from_str(SEARCHES).unwrap();
    let (mut all, mut first, mut five) = (0, 0, 0);
    for (wanted, typed) in &searches {
        for typed in typed {
            let found = index.find(typed, Among::All).procedures;
            let place = found.iter().position(|id| id == wanted);
            all += 1;
            first += usize::from(place == Some(0));
            five += usize::from(place.is_some_and(|place| place < 5));
            if place != Some(0) {
                let before: Vec<_> = found.iter().take(place.unwrap_or(5).min(5)).collect();
                println!("“{typed}”: {wanted} is {place:?}, after {before:?}");
            }
        }
    }
    let part = |count: usize| count * 1000 / all;
    println!("{all} searches: {} ‰ first, {} ‰ among the first five", part(first), part(five));
    assert!(part(first) >= FIRST * 10, "only {} ‰ are first", part(first));
    assert!(part(five) >= FIRST_FIVE * 10, "only {} ‰ are among the first five", part(five));
}

#[test]
fn the_written_searches_are_many_and_none_twice() {
    let searches: BTreeMap<String, Vec<String>> = toml::from_str(SEARCHES).unwrap();
    let mut typed: Vec<&String> = searches.values().flatten().collect();
    assert!(typed.len() >= 560);
    typed.sort();
    let all = typed.len();
    typed.dedup();
    assert_eq!(typed.len(), all);
}

#[test]
fn every_procedure_has_searches_of_its_own() {
    let searches: BTreeMap<String, Vec<String>> = toml::from_str(SEARCHES).unwrap();
    let mut offered: Vec<String> =
        Catalogue::bundled().unwrap().offered().map(|procedure| procedure.id.clone()).collect();
    offered.sort();
    assert_eq!(searches.keys().cloned().collect::<Vec<_>>(), offered);
    assert!(searches.values().all(|typed| typed.len() >= 3));
}

#[test]
fn accents_capitals_apostrophes_and_dots_make_no_difference() {
    let catalogue = Catalogue::bundled().unwrap();
    let index = Index::new(&catalogue);
    let found = |typed: &str| index.find(typed, Among::All);
    for group in [
        &["padró", "padro", "PADRÓ", "padro\u{301}"][..],
        &["sol·licitud", "sol.licitud", "sollicitud", "SOL·LICITUD", "sol•licitud"],
        &["l’adreça", "l'adreça", "l´adreça", "L'ADREÇA"],
    ] {
        let first = found(group[0]);
        assert!(!first.procedures.is_empty(), "{group:?}");
        for other in group {
            assert_eq!(found(other), first, "{other}");
        }
    }
}

#[test]
fn one_typing_error_is_forgiven_in_a_long_word_and_none_in_a_short_one() {
    let catalogue = Catalogue::bundled().unwrap();
    let index = Index::new(&catalogue);
    for typed in ["instancai ", "intancia ", "insttancia ", "imstancia ", "isntancia "] {
        assert_eq!(index.find(typed, Among::All).procedures.first(), Some(&"instancia-general"), "{typed}");
    }
    assert!(!index.find("gual ", Among::All).procedures.is_empty());
    assert!(index.find("gxal ", Among::All).procedures.is_empty());
}

#[test]
fn the_last_word_need_not_be_whole() {
    let catalogue = Catalogue::bundled().unwrap();
    let index = Index::new(&catalogue);
    let word = "instància";
    for end in word.char_indices().map(|(at, _)| at).skip(3) {
        let found = index.find(&word[..end], Among::All);
        assert!(found.procedures.contains(&"instancia-general"), "{}", &word[..end]);
    }
}

#[test]
fn the_kiosk_finds_only_what_is_shown() {
    let catalogue = Catalogue::bundled().unwrap();
    let index = Index::new(&catalogue);
    for typed in ["padro", "impost", "gual", "mesas", "solicitud", "a", "e", "i"] {
        let shown = index.find(typed, Among::Shown).procedures;
        assert!(shown.len() <= MOST);
        for id in &shown {
            assert_eq!(catalogue.get(id).unwrap().status, Status::Published, "{typed}");
        }
        // Whoever is not shown only leaves the list: it does not change the order of others.
        let all = index.find(typed, Among::All).procedures;
        let of_all: Vec<_> = all.iter().filter(|id| catalogue.get(id).unwrap().is_shown()).copied().collect();
        assert!(of_all.iter().all(|id| shown.contains(id)), "{typed}");
    }
}

#[test]
fn nothing_found_gives_the_nearest_topics() {
    let catalogue = Catalogue::bundled().unwrap();
    let index = Index::new(&catalogue);
    let found = index.find("enpadornar ", Among::All);
    assert_eq!(found.procedures, Vec::<&str>::new());
    assert_eq!(found.topics.first(), Some(&"padro"));
    for typed in ["xqzw", "🙂 kkk", "12345678901234567890"] {
        let found = index.find(typed, Among::All);
        assert!(found.procedures.is_empty(), "{typed}: {found:?}");
        assert!(!found.topics.is_empty() && found.topics.len() <= TOPICS);
        assert!(found.topics.iter().all(|code| catalogue.category(code).is_some()));
    }
    for nothing in ["", "   ", "’", "·"] {
        assert_eq!(index.find(nothing, Among::All), Default::default(), "{nothing:?}");
    }
}
