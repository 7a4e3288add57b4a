//! A catalogue as no town has: as many procedures as one likes.

use anyhow::Context as _;
use procedures::{Catalogue, Sources};

/// The sheets of the bundled procedures over and over, each time with other words among theirs, and the form of one of the
/// smallest, because only the words of sheets are searched.
pub(super) fn catalogue(sources: &Sources<'_>, many: usize) -> anyhow::Result<Catalogue> {
    let small = sources.procedures.iter().find(|(name, _)| *name == "instancia-general.toml");
    let (_, small) = small.context("the general application is not there")?;
    let mut files: Vec<(String, String)> = Vec::new();
    for (number, (_, text)) in (0..many).zip(sources.procedures.iter().cycle()) {
        let id = format!("p-{number}");
        let mut new = small.replace("id = \"instancia-general\"", &format!("id = \"{id}\""));
        for part in ["category = ", "objects = ", "[name]", "[short_name]", "[summary]", "[keywords]"] {
            if let (Some(old), Some(other)) = (part_of(small, part), part_of(text, part)) {
                new = new.replacen(old, other, 1);
            }
        }
        let words = format!("[keywords]\nva = [\"{} {}\", ", made(number), made(number * 7919 + 13));
        files.push((format!("{id}.toml"), new.replacen("[keywords]\nva = [", &words, 1)));
    }
    let procedures: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(Catalogue::read(&Sources { procedures: &procedures, ..*sources })?)
}

/// A key with its line, or a table with its lines.
fn part_of<'a>(text: &'a str, part: &str) -> Option<&'a str> {
    let start = text.find(&format!("\n{part}"))? + 1;
    let rest = text.get(start..)?;
    let end = if part.starts_with('[') { rest.find("\n[") } else { rest.find('\n') };
    rest.get(..end?)
}

/// A word that nobody has said.
fn made(mut number: usize) -> String {
    const PARTS: [&str; 16] =
        ["ba", "ce", "di", "fo", "gu", "ja", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "xu", "al"];
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(PARTS.get(number % PARTS.len()).copied().unwrap_or_default());
        number = number / PARTS.len() + 5;
    }
    word
}
