//! What a public employee files for somebody: with her consent, by who may, and by nobody else.

use registry_api::office::EntryShown;
use registry_api::{Attachment, CONSENT_DOCUMENT, Content, Registry as _, SignatureMeans, Submission, code};
use registry_server::AuthorisedOfficial;

use crate::citizen::{Citizen, amparo, at, holder};
use crate::desk::{OFFICE, Rosa};
use crate::program::say;
use crate::receipts::text_of;
use crate::town::{Clock, Open, THURSDAY, Town, issuers};
use crate::unsigned::{PROCEDURE, answers, package_with, refused};

const WHEN: &str = "2026-03-12T17:05:00Z";

fn employee() -> Citizen {
    let rosa = holder("99999003V", "ROSA", "GIL", Some("PONS"));
    Citizen::of(issuers(), rosa, "2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
}

fn consent() -> Attachment {
    let content = Content::from(b"%PDF-1.7\nConsent\n%%EOF\n".to_vec());
    Attachment {
        name: "consentiment.pdf".to_owned(),
        mime: "application/pdf".to_owned(),
        sha256: content.sha256(),
        content,
        document: CONSENT_DOCUMENT.to_owned(),
    }
}

/// Amparo's application, signed by somebody else.
fn filed_by(official: &Citizen, consent: Attachment) -> Submission {
    let mut filed = package_with(amparo(), PROCEDURE, answers(amparo()), None, Some(consent));
    filed.unsigned = None;
    filed.application = official.sign(&filed.application.bytes().unwrap(), at(WHEN)).into();
    filed
}

/// Has Rosa in the register, from a terminal as it were.
async fn authorise(town: &Town, procedures: &[&str], from: &str, until: &str) {
    let (database, keeping) = (town.database(), town.keeping());
    let environment = std::sync::Arc::new(registry_server::Machine);
    let store = registry_server::Store::open(&database, &keeping, environment).await.unwrap();
    let rosa = AuthorisedOfficial {
        nif: "99999003V".to_owned(),
        name: "Rosa Gil Pons".to_owned(),
        procedures: procedures.iter().map(|id| (*id).to_owned()).collect(),
        from: from.parse().unwrap(),
        until: until.parse().unwrap(),
    };
    store.authorise(&rosa, "Secretaria", at(THURSDAY)).await.unwrap();
    store.close().await;
}

async fn town() -> (Town, Open) {
    let town = Town::new();
    let open = town.open_with(&Clock::at(THURSDAY), OFFICE).await;
    (town, open)
}

#[tokio::test(flavor = "multi_thread")]
async fn r8_who_is_assisted_applies_and_who_assists_signs_with_her_consent() {
    let (town, open) = town().await;
    authorise(&town, &[], "2026-01-01", "2026-12-31").await;
    let receipt = open.client().submit(&filed_by(&employee(), consent())).await.unwrap();
    assert_eq!(receipt.interested.nif, "99999002Q");
    assert_eq!(receipt.assisted_by.as_deref(), Some("ROSA GIL PONS"));
    assert_eq!(receipt.signed_with, SignatureMeans::Official);
    let paper = text_of(receipt.document.as_slice()).await;
    for words in ["ROSAGILPONS", "Consentimentperaserassistida", consent().sha256.as_str()] {
        assert!(paper.contains(words), "{words} is not in {paper}");
    }
    let shown: EntryShown = Rosa::at(&open).reads("/entries/2026-E-000001").await;
    assert_eq!(shown.entry.acting_official.as_deref(), Some("ROSA GIL PONS"));
    assert_eq!((shown.entry.signature_status.as_str(), shown.entry.relation), ("official", None));
    open.running.stop().await;
    let consents = "SELECT name, sha256 FROM attachments WHERE document = 'CONSENT-ASSISTENCIA'";
    assert_eq!(town.sql(consents).await, [["consentiment.pdf", consent().sha256.as_str()]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn r8_nobody_files_for_others_without_an_authorisation_that_is_in_force() {
    let (town, open) = town().await;
    let rosa = employee();
    // Not in the register, not for this procedure, not any more, not yet.
    assert_eq!(refused(&open, &filed_by(&rosa, consent())).await, code::ASSISTED_BY);
    for (procedures, from, until) in [
        (&["padro-alta"][..], "2026-01-01", "2026-12-31"),
        (&[], "2026-01-01", "2026-03-11"),
        (&[], "2026-03-13", "2026-12-31"),
    ] {
        authorise(&town, procedures, from, until).await;
        assert_eq!(refused(&open, &filed_by(&rosa, consent())).await, code::ASSISTED_BY, "{from} {until}");
    }
    authorise(&town, &[PROCEDURE], "2026-03-12", "2026-03-12").await;
    open.client().submit(&filed_by(&rosa, consent())).await.unwrap();
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["1"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn r8_the_consent_is_there_whole_and_the_one_that_was_signed() {
    let (town, open) = town().await;
    authorise(&town, &[], "2026-01-01", "2026-12-31").await;
    let rosa = employee();
    let mut without = filed_by(&rosa, consent());
    without.assisted = None;
    assert_eq!(refused(&open, &without).await, "submission.manifest.consent");
    type Change = fn(&mut Attachment);
    let changes: [Change; 4] = [
        |consent| consent.document = "DOC-LLIURE".to_owned(),
        |consent| consent.name = "consentiment.png".to_owned(),
        |consent| consent.content = b"paper".to_vec().into(),
        |consent| {
            consent.content = b"paper".to_vec().into();
            consent.sha256 = consent.content.sha256();
        },
    ];
    for change in changes {
        let mut wrong = consent();
        change(&mut wrong);
        assert_eq!(refused(&open, &filed_by(&rosa, wrong)).await, code::CONSENT);
    }
    let mut other = consent();
    other.content = b"%PDF-1.7\nUn altre\n%%EOF\n".to_vec().into();
    other.sha256 = other.content.sha256();
    let mut swapped = filed_by(&rosa, consent());
    swapped.assisted.as_mut().unwrap().consent = other;
    assert_eq!(refused(&open, &swapped).await, "submission.manifest.consent");
    // Nobody assists herself.
    assert_eq!(refused(&open, &filed_by(amparo(), consent())).await, code::SIGNER);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_kept_from_a_terminal() {
    let (town, open) = town().await;
    open.running.stop().await;
    let says = async |words: &[&str]| {
        let words: Vec<_> = words.iter().copied().chain(["--official", "Secretaria"]).collect();
        say(&words, Some(&town)).await
    };
    let authorise = |nif: &'static str, until: &'static str| {
        ["officials", "authorise", nif, "--name", "Rosa Gil", "--from", "2026-01-01", "--until", until]
    };
    for (nif, until) in [("99999003A", "2030-12-31"), ("99999003V", "2025-12-31")] {
        let (well, _, err) = says(&authorise(nif, until)).await;
        assert!(!well && err.contains("it cannot be done so"), "{nif} {until}: {err}");
    }
    let (well, out, err) = says(&authorise("99999003V", "2030-12-31")).await;
    assert!(well && out.contains("99999003V"), "{out}{err}");
    let (well, out, err) = says(&["officials", "end", "99999003V", "--reason", "Canvi de destinació"]).await;
    assert!(well, "{out}{err}");
    let (well, _, err) = says(&["officials", "end", "99999003V", "--reason", "Una altra volta"]).await;
    assert!(!well, "{err}");
    let (well, out, err) = says(&["officials", "list"]).await;
    assert!(well && out.contains("Rosa Gil") && !out.contains("2030-12-31"), "{out}{err}");
    assert_eq!(
        town.sql("SELECT action, subject FROM audit_log ORDER BY position").await,
        [["official.authorised", "99999003V"], ["official.ended", "99999003V"]]
    );
}
