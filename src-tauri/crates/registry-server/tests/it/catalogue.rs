//! The catalogue that is served, and those that filings are judged by.

use std::fs;
use std::path::Path;

use procedures::Files;
use registry_api::{CatalogueDocument, Catalogues as _, Registry as _, RegistryError, Sha256Hex, code};
use trust::{Context, Policy};

use crate::citizen::{Draft, amparo, at};
use crate::town::{Clock, THURSDAY, Town, issuers};
use crate::wire::say;

const WHEN: &str = "2026-03-12T17:05:00Z";
const GENERAL: &str = "instancia-general.toml";

/// Lays the bundled catalogue out in a folder of the town, with the general application changed.
fn folder(town: &Town, name: &str, change: impl Fn(&str) -> String) -> String {
    let files = Files::bundled();
    let root = town.path().join(name);
    let lay = |folder: &Path, texts: &std::collections::BTreeMap<String, String>| {
        fs::create_dir_all(folder).unwrap();
        for (file, text) in texts {
            let text = if file == GENERAL { change(text) } else { text.clone() };
            fs::write(folder.join(file), text).unwrap();
        }
    };
    lay(&root, &files.shared);
    lay(&root.join("blocks"), &files.blocks);
    lay(&root.join("procedures"), &files.procedures);
    // What is not TOML is nobody's business here.
    fs::write(root.join("README.md"), "# Notes").unwrap();
    format!("{name:?}")
}

fn version(number: u32) -> impl Fn(&str) -> String {
    move |text| text.replacen("version = 1\n", &format!("version = {number}\n"), 1)
}

/// Open in May only.
fn in_may(text: &str) -> String {
    let words = "{ va = \"Al maig.\", es = \"En mayo.\", en = \"In May.\" }";
    let deadline = format!("\n[deadline]\ntext = {words}\nopens = \"05-01\"\ncloses = \"05-31\"\n\n[name]");
    text.replacen("\n[name]", &deadline, 1)
}

fn of(number: u32) -> Draft {
    Draft { version: number, ..Draft::default() }
}

fn refusal(answer: Result<registry_api::Receipt, RegistryError>) -> String {
    match answer {
        Err(RegistryError::Refused(problem)) => problem.code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_is_served_whole_under_the_towns_seal() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let registry = open.client();
    let signed = registry.catalogue(None).await.unwrap().unwrap();
    let seal = signing::inspect_detached(signed.content.as_bytes(), signed.seal.as_slice()).unwrap();
    let anchors = issuers().anchors_seal();
    let context = Context { anchors: &anchors, intermediates: &seal.certificates };
    trust::verify(&seal.signer, &context, at(THURSDAY), Policy::Seal).unwrap();
    let document = CatalogueDocument::of_text(&signed.content).unwrap();
    assert_eq!(document.issued_at, at(THURSDAY));
    assert_eq!(document.files, Files::bundled());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_catalogue_is_not_sent_it_again() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let registry = open.client();
    let signed = registry.catalogue(None).await.unwrap().unwrap();
    let tag = CatalogueDocument::of_text(&signed.content).unwrap().tag();
    assert!(registry.catalogue(Some(&tag)).await.unwrap().is_none());
    assert_eq!(registry.catalogue(Some(&Sha256Hex::of(b"x"))).await.unwrap(), Some(signed));
    for (known, status) in [
        (format!("W/\"{}\"", tag.as_str()), 304),
        (format!("\"x\", \"{}\"", tag.as_str()), 304),
        ("*".to_owned(), 304),
        (tag.as_str().to_owned(), 200),
        ("\"x\"".to_owned(), 200),
    ] {
        let request = format!(
            "GET /v1/catalogue HTTP/1.1\r\nhost: x\r\nconnection: close\r\nif-none-match: {known}\r\n\r\n"
        );
        let reply = say(&open, request.as_bytes()).await.unwrap();
        assert_eq!(reply.status, status, "{known}");
        let head = reply.head.to_ascii_lowercase();
        assert!(head.contains(&format!("etag: \"{}\"", tag.as_str())), "{head}");
        assert_eq!(reply.body.is_empty(), status == 304);
    }
    // The same files put together later are the same catalogue.
    let later_open = town.open(&Clock::at("2026-05-01T10:00:00Z")).await;
    let later = later_open.client();
    assert!(later.catalogue(Some(&tag)).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn filings_are_judged_by_the_version_that_was_filled_in_while_it_is_kept() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let (second, third) = (folder(&town, "second", version(2)), folder(&town, "third", version(3)));

    let open = town.open_with(&clock, &[("CATALOGUE_DIRECTORY", &third)]).await;
    let registry = open.client();
    let served = registry.catalogue(None).await.unwrap().unwrap();
    assert!(
        CatalogueDocument::of_text(&served.content).unwrap().files.procedures[GENERAL]
            .contains("version = 3")
    );
    // The version in force, and that of the programs that kiosks began with.
    for number in [3, 1] {
        let receipt = registry.submit(&amparo().package(WHEN, &of(number))).await.unwrap();
        assert_eq!(receipt.procedure_version, number);
    }
    assert_eq!(refusal(registry.submit(&amparo().package(WHEN, &of(2))).await), code::PROCEDURE_VERSION);

    let previous = format!("[{second}]");
    let keys = [("CATALOGUE_DIRECTORY", third.as_str()), ("CATALOGUE_PREVIOUS", previous.as_str())];
    let open = town.open_with(&clock, &keys).await;
    let registry = open.client();
    assert_eq!(registry.submit(&amparo().package(WHEN, &of(2))).await.unwrap().procedure_version, 2);
    assert_eq!(refusal(registry.submit(&amparo().package(WHEN, &of(4))).await), code::PROCEDURE_VERSION);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_is_left_out_and_what_all_share_must_be_right() {
    let town = Town::new();
    let broken = folder(&town, "broken", |text| text.replacen("rank = 1\n", "rank = \"first\"\n", 1));
    let open = town.open_with(&Clock::at(THURSDAY), &[("CATALOGUE_DIRECTORY", &broken)]).await;
    let answer = open.client().submit(&amparo().submission(WHEN)).await;
    assert_eq!(refusal(answer), code::PROCEDURE, "the rest is served, this one is not");

    fs::write(town.path().join("broken").join("units.toml"), "[[units]").unwrap();
    let environment = [("FINESTRETA_REGISTRY_CATALOGUE_DIRECTORY".to_owned(), broken)];
    let config = registry_server::Config::load(&town.config_file(), environment).unwrap();
    let error = config.settings().err().unwrap();
    assert_eq!(error.code(), "registry.catalogue");
    let told = std::error::Error::source(&error).unwrap().to_string();
    assert!(told.starts_with("units.toml:1:"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn r6_a_registry_that_does_not_take_any_writing_is_told_of() {
    let town = Town::new();
    let (well, out, err) = crate::program::say(&["check-config"], Some(&town)).await;
    assert!(well && out.contains("can be used"), "{out}{err}");
    let without = folder(&town, "without", str::to_owned);
    fs::remove_file(town.path().join("without/procedures/instancia-general.toml")).unwrap();
    let text = fs::read_to_string(town.config_file()).unwrap();
    let text = text.replace("[catalogue]\n", &format!("[catalogue]\ndirectory = {without}\n"));
    fs::write(town.config_file(), text).unwrap();
    let (well, out, _) = crate::program::say(&["check-config"], Some(&town)).await;
    assert!(!well && out.contains("the general application is not offered"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_its_period_a_procedure_is_not_taken_unless_it_was_handed_in_within_it() {
    let town = Town::new();
    let may = folder(&town, "may", in_may);
    let keys = [("CATALOGUE_DIRECTORY", may.as_str())];
    let open = town.open_with(&Clock::at(THURSDAY), &keys).await;
    let registry = open.client();
    assert_eq!(refusal(registry.submit(&amparo().submission(WHEN)).await), code::PROCEDURE_CLOSED);

    // It waited in the queue of a kiosk over midnight of the last day.
    let open = town.open_with(&Clock::at("2026-06-01T08:00:00Z"), &keys).await;
    let registry = open.client();
    registry.submit(&amparo().submission("2026-05-31T21:59:00Z")).await.unwrap();
    let late = registry.submit(&amparo().submission("2026-05-31T22:00:01Z")).await;
    assert_eq!(refusal(late), code::PROCEDURE_CLOSED);
}
