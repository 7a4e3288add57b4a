//! The clerk's tool: checks, shows and begins procedures of a folder of catalogue files.
//!
//! `catalogue FOLDER check [ID…]`, `… show ID [va|es|en]`, `… find WORDS`, `… new ID --from ID`. Run by
//! `cargo xtask catalogue`.
// A terminal program: what it prints is what it is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use procedures::search::{Among, Index};
use procedures::{Catalogue, Error, Loaded, Sources, Today, check, decode, show};
use wording::{Language, Wording};

/// What went wrong, in words.
type Fault = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<bool, Fault> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [folder, "check", ids @ ..] => check_all(Path::new(folder), ids),
        [folder, "show", id] => show_one(Path::new(folder), id, Language::CaValencia),
        [folder, "show", id, language] => show_one(Path::new(folder), id, spoken(language)?),
        [folder, "find", words @ ..] if !words.is_empty() => find(Path::new(folder), &words.join(" ")),
        [folder, "new", id, "--from", from] => begin(Path::new(folder), id, from),
        _ => Err("catalogue FOLDER check [ID…] | show ID [va|es|en] | find WORDS | new ID --from ID".into()),
    }
}

fn spoken(language: &str) -> Result<Language, Fault> {
    match language {
        "va" => Ok(Language::CaValencia),
        "es" => Ok(Language::Es),
        "en" => Ok(Language::En),
        other => Err(format!("`{other}` is not va, es or en").into()),
    }
}

/// Limits such as *today + 10 working days* are tried on the day of the check.
fn today() -> Today {
    // The edge of a program that a person runs: what it decides is handed this day.
    #[allow(clippy::disallowed_methods)]
    let now = jiff::ZonedDateTime::now();
    Today(now.date())
}

fn check_all(folder: &Path, ids: &[&str]) -> Result<bool, Fault> {
    let (loaded, broken) = load(folder)?;
    let mut grave = 0;
    let wanted = |about: &str| ids.is_empty() || ids.contains(&about);
    for error in broken.iter().chain(&loaded.refused) {
        // A broken block breaks whoever asks it, so it is always told.
        let own = error.file.trim_end_matches(".toml");
        if wanted(own) || loaded.catalogue.get(own).is_none() && !is_procedure(folder, own) {
            println!("error: {error}");
            grave += 1;
        }
    }
    for id in ids.iter().filter(|id| !is_procedure(folder, id)) {
        println!("error: {id}: there is no file {id}.toml");
        grave += 1;
    }
    let today = today();
    let mut findings = Vec::new();
    for procedure in loaded.catalogue.procedures().filter(|procedure| wanted(&procedure.id)) {
        findings.extend(check::procedure(&loaded.catalogue, procedure, &today));
    }
    if ids.is_empty() {
        findings.extend(check::catalogue(&loaded.catalogue));
    }
    for finding in &findings {
        println!("{finding}");
    }
    grave += findings.iter().filter(|finding| finding.grave).count();
    let procedures = loaded.catalogue.procedures().filter(|procedure| wanted(&procedure.id)).count();
    let light = findings.len() - findings.iter().filter(|finding| finding.grave).count();
    println!("{procedures} procedures checked: {grave} errors, {light} warnings");
    Ok(grave == 0)
}

fn show_one(folder: &Path, id: &str, language: Language) -> Result<bool, Fault> {
    let (loaded, broken) = load(folder)?;
    let file = format!("{id}.toml");
    if let Some(error) = broken.iter().chain(&loaded.refused).find(|error| error.file == file) {
        return Err(error.to_string().into());
    }
    let procedure = loaded.catalogue.get(id).ok_or_else(|| format!("there is no file {file}"))?;
    let wording = Wording::bundled();
    print!("{}", show::procedure(&loaded.catalogue, procedure, wording, language, &today()));
    Ok(true)
}

/// What the kiosk would find, best first, and what is not offered yet too.
fn find(folder: &Path, words: &str) -> Result<bool, Fault> {
    let (loaded, _) = load(folder)?;
    let index = Index::new(&loaded.catalogue);
    let found = index.find(words, Among::All);
    for id in &found.procedures {
        println!("{id}");
    }
    if !found.topics.is_empty() {
        eprintln!("nothing found; the nearest categories: {}", found.topics.join(", "));
    }
    Ok(!found.procedures.is_empty())
}

/// A new file with the words of another, its id changed, as a draft.
fn begin(folder: &Path, id: &str, from: &str) -> Result<bool, Fault> {
    let fits =
        !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !fits {
        return Err(format!("`{id}`: ids are small letters, figures and hyphens").into());
    }
    let place = |id: &str| folder.join("procedures").join(format!("{id}.toml"));
    if place(id).exists() {
        return Err(format!("{id}.toml is already there").into());
    }
    let text = fs::read_to_string(place(from)).map_err(|e| format!("{from}.toml: {e}"))?;
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        // Only the first lines, before any table, are the procedure's own keys.
        let own = !lines.iter().any(|line| line.starts_with('['));
        lines.push(match line.split_once('=').map(|(key, _)| key.trim()) {
            Some("id") if own => format!("id = \"{id}\""),
            Some("version") if own => "version = 1\nstatus = \"draft\"".to_owned(),
            Some("same_form_as" | "status") if own => continue,
            _ => line.to_owned(),
        });
    }
    fs::write(place(id), lines.join("\n") + "\n")?;
    println!(
        "{} written. Now change its words, its questions and its rank; while its status is \
         draft, nobody is offered it.",
        place(id).display()
    );
    Ok(true)
}

fn is_procedure(folder: &Path, id: &str) -> bool {
    folder.join("procedures").join(format!("{id}.toml")).exists()
}

/// The catalogue of a folder, and the files that are not text.
fn load(folder: &Path) -> Result<(Loaded, Vec<Error>), Fault> {
    let mut broken = Vec::new();
    let shared = files(folder)?;
    let blocks = files(&folder.join("blocks"))?;
    let procedures = files(&folder.join("procedures"))?;
    let [shared, blocks, procedures] = [&shared, &blocks, &procedures].map(|files| {
        let mut read: Vec<(&str, &str)> = Vec::new();
        for (name, bytes) in files {
            match decode(name, bytes) {
                Ok(text) => read.push((name, text)),
                Err(error) => broken.push(error),
            }
        }
        read
    });
    let loaded = Catalogue::load(&Sources { shared: &shared, blocks: &blocks, procedures: &procedures })?;
    Ok((loaded, broken))
}

fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).ok_or("a file name that is not text")?;
        files.push((name.to_owned(), fs::read(&path)?));
    }
    Ok(files)
}
