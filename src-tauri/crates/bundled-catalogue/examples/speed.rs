//! How long the catalogue takes to be ready and to be searched: `cargo run --release -p bundled-catalogue --example speed`.
// A terminal program: what it prints is what it is for.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use procedures::search::{Among, Index};
use procedures::{Catalogue, Sources};

/// How often each thing is measured.
const TIMES: usize = 50;
/// Procedures of a far larger town.
const MANY: usize = 5_000;
/// What is typed, letter by letter.
const TYPED: &[&str] = &[
    "empadronarme en mislata",
    "papers del pis",
    "canviar de casa",
    "multa zona azul",
    "no puedo pagar el alquiler",
    "enpadronamient",
    "sol·licitud d’una terrassa per al bar",
    "certificado de convivencia",
    "parking for disabled people",
    "xqzwkjh",
];

fn main() -> Result<(), Box<dyn Error>> {
    let sources = Sources::bundled();
    let catalogue = bundled_catalogue::load()?;
    println!("{} procedures, {} bytes packed", catalogue.procedures().count(), bundled_catalogue::size());
    show("packed", &mut times(|| black_box(bundled_catalogue::load()).is_ok()));
    show("from the text of its files", &mut times(|| black_box(Catalogue::load(&sources)).is_ok()));
    let mut forms: Vec<Duration> = Vec::new();
    for procedure in catalogue.procedures() {
        let began = Instant::now();
        black_box(procedure.form.all_pages());
        forms.push(began.elapsed());
    }
    show("a form opened for the first time", &mut forms);
    search("as it is", &catalogue);
    search("of a large town", &large(&sources)?);
    Ok(())
}

fn search(what: &str, catalogue: &Catalogue) {
    let began = Instant::now();
    let index = Index::new(catalogue);
    println!(
        "catalogue {what}, {} procedures: index in {:?}",
        catalogue.procedures().count(),
        began.elapsed()
    );
    let mut strokes: Vec<Duration> = Vec::new();
    for typed in TYPED.iter().cycle().take(TYPED.len() * 5) {
        for (end, letter) in typed.char_indices() {
            let began = Instant::now();
            black_box(index.find(typed.get(..end + letter.len_utf8()).unwrap_or_default(), Among::All));
            strokes.push(began.elapsed());
        }
    }
    show("  a key stroke", &mut strokes);
}

/// The sheets of the bundled procedures over and over, each time with other words among theirs, and the form of one of the
/// smallest, because only the words of sheets are searched.
fn large(sources: &Sources<'_>) -> Result<Catalogue, Box<dyn Error>> {
    let small = sources.procedures.iter().find(|(name, _)| *name == "instancia-general.toml");
    let (_, small) = small.ok_or("the general application is not there")?;
    let mut files: Vec<(String, String)> = Vec::new();
    for (number, (_, text)) in (0..MANY).zip(sources.procedures.iter().cycle()) {
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

fn times(mut work: impl FnMut() -> bool) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        if work() {
            times.push(began.elapsed());
        }
    }
    times
}

fn show(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
    if let (Some(half), Some(most)) = (at(50), at(99)) {
        println!("{what}: p50 {half:?}, p99 {most:?}, {} times", times.len());
    }
}
