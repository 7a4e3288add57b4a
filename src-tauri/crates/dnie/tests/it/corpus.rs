//! Every input that fuzzing began with or found, once more.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use dnie::fuzzing::TARGETS;

#[test]
fn every_target_survives_its_corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for (name, target) in TARGETS {
        let inputs: Vec<_> =
            fs::read_dir(corpus.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(inputs.len() >= 2, "{name} has hardly a seed");
        for input in inputs {
            let bytes = fs::read(&input).unwrap();
            // Each as it is, and each beginning of it: a card may stop anywhere.
            for end in (0..=bytes.len()).rev().take(300) {
                target(&bytes[..end]);
            }
        }
    }
}

#[test]
fn every_corpus_has_its_target() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for entry in fs::read_dir(corpus).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(TARGETS.iter().any(|(target, _)| name == *target), "{name:?}");
    }
}
