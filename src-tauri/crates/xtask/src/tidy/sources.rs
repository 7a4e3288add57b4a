//! The sources: their length, and words that must not stand in any tracked file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use crate::inputs;
use crate::place::Place;

/// Lines that a module may have without its tests.
const MOST_LINES: usize = 600;
/// Largest file looked into for words.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// Words that must not stand anywhere, each in two parts so that this list does not accuse itself, and why.
const WORDS: &[(&str, &str, &str)] = &[
    ("/ro", "ot/", "a path of one machine"),
    ("/ho", "me/", "a path of one machine"),
    ("/Us", "ers/", "a path of one machine"),
    ("/wo", "rk/", "a path of one machine"),
    ("#[ig", "nore", "a test is never ignored: a missing thing is a missing simulator"),
    ("to", "do!(", "a stub"),
    ("unimple", "mented!(", "a stub"),
];

/// Everything wrong in the files that are tracked.
pub fn faults(place: &Place) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for path in tracked(place)? {
        let full = place.root().join(&path);
        // A file that is tracked and has just been removed is no fault.
        let Ok(metadata) = fs::metadata(&full) else { continue };
        if !metadata.is_file() || metadata.len() > MOST_BYTES {
            continue;
        }
        let Ok(text) = fs::read_to_string(&full) else { continue };
        faults.extend(faults_of(&path, &text));
    }
    Ok(faults)
}

fn faults_of(path: &Path, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = lines_without_tests(text);
    if is_module(path) && lines > MOST_LINES {
        faults.push(format!("{}: {lines} lines without tests; the most is {MOST_LINES}", path.display()));
    }
    for (start, end, why) in WORDS {
        let word = format!("{start}{end}");
        for (number, line) in text.lines().enumerate().filter(|(_, line)| line.contains(&word)) {
            // Part of an address or of a longer path is something else.
            if word.starts_with('/') && !begins_path(line, &word) {
                continue;
            }
            faults.push(format!("{}:{}: `{word}`: {why}", path.display(), number + 1));
        }
    }
    faults
}

/// Whether a path begins with the word somewhere in the line.
fn begins_path(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        line.get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|before| !before.is_alphanumeric() && !"/.-_}~*".contains(before))
    })
}

/// Rust and TypeScript that people write; tests of their own and generated bindings are not modules.
fn is_module(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let written = text.ends_with(".rs") || text.ends_with(".ts") || text.ends_with(".svelte");
    let generated = text.ends_with("bindings.ts") || text.ends_with("keys.ts");
    let test = text.contains("/tests/") || text.ends_with(".test.ts");
    written && !generated && !test
}

fn lines_without_tests(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        pair.first() == Some(&"#[cfg(test)]") && pair.get(1).is_some_and(|line| line.contains("mod "))
    });
    tests.unwrap_or(lines.len())
}

/// The files git knows or would take; without git, all that are not made.
fn tracked(place: &Place) -> anyhow::Result<Vec<PathBuf>> {
    let told = Command::new("git")
        .current_dir(place.root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .output();
    if let Ok(told) = told
        && told.status.success()
    {
        let text = String::from_utf8(told.stdout).context("a file name is not UTF-8")?;
        return Ok(text.lines().map(PathBuf::from).collect());
    }
    let made = ["target", "node_modules", "dist", "dist-fake", ".git"];
    let files = inputs::files(place.root(), &made)?;
    Ok(files.iter().filter_map(|path| path.strip_prefix(place.root()).ok()).map(Path::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_told() {
        let line = format!("let key = \"{}{}me/key\";", "/ho", "me/so");
        assert_eq!(faults_of(Path::new("a.rs"), &line).len(), 1);
    }

    #[test]
    fn an_address_with_such_a_part_is_not() {
        let line = format!("https://example.org{}{}page", "/ho", "me/");
        assert_eq!(faults_of(Path::new("a.rs"), &line), Vec::<String>::new());
    }

    #[test]
    fn tests_do_not_count_as_length() {
        let long = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "x\n".repeat(600), "y\n".repeat(600));
        assert_eq!(faults_of(Path::new("a.rs"), &long), Vec::<String>::new());
        let longer = "x\n".repeat(601);
        assert_eq!(faults_of(Path::new("a.rs"), &longer).len(), 1);
        assert_eq!(faults_of(Path::new("crate/tests/it/main.rs"), &longer), Vec::<String>::new());
    }
}
