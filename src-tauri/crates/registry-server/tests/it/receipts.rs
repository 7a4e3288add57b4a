//! The life of one filing: registered, asked for, sent again.

use registry_api::{EntryNumber, Language, Registry as _, RegistryError, Silence, code};

use crate::citizen::{Draft, PROCEDURE, amparo, at, new_key, sha256};
use crate::town::{Clock, THURSDAY, Town, issuers};
use crate::wire::{put_json, say};

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_application_becomes_entry_number_one() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    let receipt = open.client().submit(&submission).await.unwrap();

    assert_eq!(receipt.number, EntryNumber::new(2026, 1).unwrap());
    assert_eq!(receipt.registered_at, at(THURSDAY));
    assert_eq!(receipt.presented_at, receipt.registered_at);
    assert_eq!(receipt.effective_on.to_string(), "2026-03-12");
    assert_eq!(receipt.interested.nif, "99999002Q");
    assert_eq!(receipt.interested.name, amparo().holder.full_name());
    assert_eq!(receipt.office, "Registre electrònic general");
    assert_eq!(receipt.resolution.months, 3);
    assert_eq!(receipt.resolution.silence, Silence::None);
    assert_eq!(receipt.resolution.due.unwrap().to_string(), "2026-06-12");
    assert_eq!(receipt.application_sha256, sha256(&submission.application.bytes().unwrap()));
    assert_eq!(receipt.attachments.len(), 1);
    assert_eq!(receipt.procedure, PROCEDURE);

    let asked = open.client().receipt(submission.key).await.unwrap().unwrap();
    assert_eq!(asked, receipt);
    open.running.stop().await;
    assert_eq!(
        town.sql(
            "SELECT number, seq, year, kind, mode, presented_at_basis, signature_status, kiosk_id, \
             registered_at, abstract FROM entries"
        )
        .await,
        [[
            "2026-E-000001",
            "1",
            "2026",
            "E",
            "02",
            "server",
            "signed",
            "kiosk-01",
            "2026-03-12T17:05:31.250Z",
            "Instància general: Que arregleu el fanal."
        ]]
    );
    assert_eq!(
        town.sql("SELECT name, mime, document FROM attachments").await,
        [["factura.pdf", "application/pdf", "DOC-LLIURE"]]
    );
}

/// The words of a paper, without what parts them.
pub(crate) async fn text_of(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let told = tokio::process::Command::new("pdftotext").arg(file.path()).arg("-").output().await.unwrap();
    assert!(told.status.success());
    String::from_utf8(told.stdout).unwrap().split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn r13_the_receipt_shows_the_hash_of_each_document() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    let receipt = open.client().submit(&submission).await.unwrap();
    assert_eq!(receipt.attachments[0].sha256, submission.attachments[0].sha256);
    let text = text_of(receipt.document.as_slice()).await;
    for hash in [submission.application.sha256(), submission.attachments[0].sha256.clone()] {
        assert!(text.contains(hash.as_str()), "{hash} is not in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_is_sealed_by_the_town() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let receipt = open.client().submit(&amparo().submission("2026-03-12T17:05:00Z")).await.unwrap();
    let sealed = signing::inspect(receipt.document.as_slice()).unwrap();
    assert_eq!(sealed.signer, issuers().seal().certificate);
    let anchors = issuers().anchors_seal();
    let context = trust::Context { anchors: &anchors, intermediates: &sealed.certificates };
    trust::verify(&sealed.signer, &context, at(THURSDAY), trust::Policy::Seal).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn r2_the_same_again_gets_the_same_bytes_for_ever() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    let body = serde_json::to_vec(&submission).unwrap();
    let first = put_json(&open, submission.key, &body).await;
    assert_eq!(first.status, 201);
    let again = put_json(&open, submission.key, &body).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    // Other JSON of the same package is the same package.
    let pretty = serde_json::to_vec_pretty(&submission).unwrap();
    assert_ne!(pretty, body);
    let again = put_json(&open, submission.key, &pretty).await;
    assert_eq!((again.status, &again.body), (200, &first.body));

    // Long after the certificate has expired, and after a restart.
    open.running.stop().await;
    clock.set("2031-05-05T10:00:00Z");
    let open = town.open(&clock).await;
    let again = put_json(&open, submission.key, &body).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    let get =
        format!("GET /v1/submissions/{} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", submission.key);
    let asked = say(&open, get.as_bytes()).await.unwrap();
    assert_eq!((asked.status, &asked.body), (200, &first.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn r2_another_package_under_the_key_is_a_conflict() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    open.client().submit(&submission).await.unwrap();
    let mut other = amparo().submission("2026-03-12T17:06:00Z");
    other.key = submission.key;
    let answer = open.client().submit(&other).await;
    let Err(RegistryError::Refused(problem)) = answer else { panic!("{answer:?}") };
    assert_eq!((problem.status, problem.code.as_str()), (409, code::CONFLICT));
    // The first one is untouched.
    assert!(open.client().receipt(submission.key).await.unwrap().unwrap().compare(&submission).is_ok());
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["1"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_handed_in_has_no_receipt() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    assert_eq!(open.client().receipt(new_key(at(THURSDAY))).await.unwrap(), None);
    open.client().health().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn r17_each_language_gets_its_own_words() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let mut offices = Vec::new();
    for language in Language::ALL {
        let draft = Draft { language, ..Draft::default() };
        let submission = amparo().package("2026-03-12T17:05:00Z", &draft);
        let receipt = open.client().submit(&submission).await.unwrap();
        let text = text_of(receipt.document.as_slice()).await;
        assert!(text.contains(&receipt.office.replace(' ', "")), "{text}");
        assert!(text.contains(receipt.number.as_str()), "{text}");
        offices.push(receipt.office);
    }
    assert_eq!(
        offices,
        ["Registre electrònic general", "Registro electrónico general", "General electronic registry"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_a_receipt_that_could_not_be_made_at_once_is_made_later_and_stays() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let submission = amparo().submission("2026-03-12T17:05:00Z");
    // The receipts' table refuses to take anything: the entry stands, the kiosk is told to come back.
    town.fill_up("no_room", "receipts").await;
    for _ in 0..2 {
        let answer = open.client().submit(&submission).await;
        assert!(matches!(answer, Err(RegistryError::Unavailable { retry_after: Some(_) })), "{answer:?}");
    }
    assert_eq!(town.sql("SELECT number FROM entries").await, [["2026-E-000001"]]);

    town.disarm("no_room", "receipts").await;
    clock.set("2026-03-13T08:00:00Z");
    let receipt = open.client().receipt(submission.key).await.unwrap().unwrap();
    assert_eq!(receipt.registered_at, at(THURSDAY));
    assert!(receipt.compare(&submission).is_ok());
    assert_eq!(town.sql("SELECT csv FROM entries").await, [[receipt.csv.as_str()]]);
    assert_eq!(open.client().submit(&submission).await.unwrap(), receipt);
}
