//! What is refused, each for its own reason, kept apart and never numbered.

use registry_api::{Answers, Problem, Registry as _, RegistryError, Sha256Hex, Submission, code, limits};

use crate::citizen::{Citizen, Draft, amparo, holder};
use crate::town::{Clock, Open, THURSDAY, Town, authorities, issuers, new_authorities};
use crate::wire::{connect, identity, put, put_json, say};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const WHEN: &str = "2026-03-12T17:05:00Z";

async fn refused(open: &Open, submission: &Submission) -> Problem {
    match open.client().submit(submission).await {
        Err(RegistryError::Refused(problem)) => *problem,
        answer => panic!("{answer:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_changed_byte_is_refused_and_kept_apart() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let good = amparo().submission(WHEN);
    let mut changed = good.clone();
    let mut bytes = changed.application.bytes().unwrap().to_vec();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    changed.application = bytes.into();
    let problem = refused(&open, &changed).await;
    assert_eq!(problem.status, 422);
    assert!(
        problem.code == "submission.signature.hash" || problem.code == "submission.pdf.unreadable",
        "{}",
        problem.code
    );

    let body = serde_json::to_vec(&changed).unwrap();
    let hash = Sha256Hex::of(&body);
    assert_eq!(
        town.sql("SELECT reason, times, body_sha256, kept, kiosk_id FROM quarantine").await,
        [[problem.code.as_str(), "1", hash.as_str(), "store", "kiosk-01"]]
    );
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
    assert_eq!(open.client().receipt(changed.key).await.unwrap(), None);

    // Again: counted, not kept twice. And the good one under the same key still becomes number one.
    refused(&open, &changed).await;
    assert_eq!(town.sql("SELECT times FROM quarantine").await, [["2"]]);
    assert_eq!(open.client().submit(&good).await.unwrap().number.year_and_sequence().unwrap().1, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_room_for_refused_packages_is_bounded_and_the_reason_is_kept_all_the_same() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open_with(&clock, &[("LIMITS_QUARANTINE_MB", "0")]).await;
    let mut submission = amparo().submission(WHEN);
    submission.procedure = "no-existix".to_owned();
    refused(&open, &submission).await;
    assert_eq!(town.sql("SELECT reason, kept FROM quarantine").await, [[code::PROCEDURE, "none"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_outside_the_signature_is_compared_with_what_was_signed() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let good = amparo().submission(WHEN);
    let swap: &[u8] = b"%PDF-1.7\naltra factura\n%%EOF\n";
    type Change<'a> = &'a dyn Fn(&mut Submission);
    let cases: &[(Change<'_>, &str)] = &[
        (&|s| drop(s.answers.insert("request".into(), "Res.".into())), "submission.manifest.answers"),
        (&|s| s.language = registry_api::Language::En, "submission.manifest.language"),
        (&|s| s.key = crate::citizen::new_key(s.handed_in_at), "submission.manifest.key"),
        (
            &|s| {
                s.attachments[0].content = swap.to_vec().into();
                s.attachments[0].sha256 = Sha256Hex::of(swap);
            },
            "submission.manifest.attachments",
        ),
        (&|s| s.attachments[0].name = "altra.pdf".into(), "submission.manifest.attachments"),
    ];
    for (change, expected) in cases {
        let mut submission = good.clone();
        change(&mut submission);
        assert_eq!(refused(&open, &submission).await.code, *expected);
    }
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn shape_sizes_and_files_each_have_their_code() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let good = amparo().submission(WHEN);
    type Change<'a> = &'a dyn Fn(&mut Submission);
    let cases: &[(Change<'_>, &str)] = &[
        (&|s| s.procedure = "no-existix".into(), code::PROCEDURE),
        (&|s| s.procedure_version = 99, code::PROCEDURE_VERSION),
        (&|s| s.application = Vec::new().into(), code::APPLICATION_SIZE),
        (&|s| s.application = vec![0; limits::MAX_APPLICATION_BYTES + 1].into(), code::APPLICATION_SIZE),
        (&|s| s.application = b"hola".to_vec().into(), "submission.pdf.unreadable"),
        (&|s| s.attachments[0].content = Vec::new().into(), code::ATTACHMENT_SIZE),
        (
            &|s| s.attachments[0].content = vec![0; limits::MAX_ATTACHMENT_BYTES + 1].into(),
            code::ATTACHMENT_SIZE,
        ),
        (
            &|s| s.attachments = vec![s.attachments[0].clone(); limits::MAX_ATTACHMENTS + 1],
            code::ATTACHMENT_COUNT,
        ),
        (&|s| swap_for(s, b"MZ\x90"), code::ATTACHMENT_TYPE),
        (&|s| swap_for(s, b"%PDF-1.7\ncut short"), code::ATTACHMENT_UNREADABLE),
        (&|s| swap_for(s, b"%PDF-1.7\n<< /Encrypt 5 0 R >>\n%%EOF"), code::ATTACHMENT_UNREADABLE),
        (&|s| swap_for(s, b"%PDF-1.7\n<< /S /JavaScript >>\n%%EOF"), code::ATTACHMENT_UNREADABLE),
        (&|s| s.attachments[0].sha256 = Sha256Hex::of(b"x"), code::ATTACHMENT_HASH),
        (&|s| s.attachments[0].mime = "image/png".into(), code::ATTACHMENT_TYPE),
        (&|s| s.attachments[0].name = "factura.exe".into(), code::ATTACHMENT_TYPE),
        (&|s| s.attachments[0].name = "../factura.pdf".into(), code::ATTACHMENT_NAME),
        (&|s| s.attachments[0].document = "DNI".into(), code::ATTACHMENT_DOCUMENT),
        (&|s| s.attachments.clear(), code::ATTACHMENT_DOCUMENT),
        (&|s| s.attachments.push(s.attachments[0].clone()), code::ATTACHMENT_DOCUMENT),
        (&|s| drop(s.answers.remove("request")), code::ANSWERS),
        (&|s| drop(s.answers.insert("no-existix".into(), "1".into())), code::ANSWERS),
        (&|s| drop(s.answers.insert("facts".into(), "x".repeat(5000))), code::ANSWERS),
        (&|s| drop(s.answers.insert("facts".into(), "x".repeat(20_000))), code::ANSWERS),
    ];
    for (change, expected) in cases {
        let mut submission = good.clone();
        change(&mut submission);
        let problem = refused(&open, &submission).await;
        assert_eq!((problem.status, problem.code.as_str()), (422, *expected), "{}", problem.title);
    }
    let mut submission = good.clone();
    submission.answers.remove("request");
    let problem = refused(&open, &submission).await;
    assert_eq!(problem.faults.len(), 1);
    assert_eq!(
        (problem.faults[0].field.as_str(), problem.faults[0].code.as_str()),
        ("request", "field.required")
    );
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["0"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signer_must_be_to_be_believed_now_and_be_the_applicant() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let person = || holder("99999002Q", "AMPARO", "MARTÍ", Some("SOLER"));

    let stranger = new_authorities();
    let forged = Citizen::of(&stranger, person(), "2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
    let code = refused(&open, &forged.submission(WHEN)).await.code;
    let forgeries = [trust::Refusal::UntrustedIssuer.code(), trust::Refusal::BadSignature.code()];
    assert!(forgeries.contains(&code.as_str()), "{code}");

    let expired = Citizen::of(issuers(), person(), "2020-01-01T00:00:00Z", "2026-03-12T17:05:31Z");
    assert_eq!(refused(&open, &expired.submission(WHEN)).await.code, "certificate.expired");

    let early = Citizen::of(issuers(), person(), "2026-03-13T00:00:00Z", "2030-01-01T00:00:00Z");
    let not_before = "2026-03-13T00:00:00Z".parse().unwrap();
    let expected = trust::Refusal::NotYetValid { not_before }.code();
    assert_eq!(refused(&open, &early.submission(WHEN)).await.code, expected);

    let draft = Draft { applicant: Some("00000000T".to_owned()), ..Draft::default() };
    assert_eq!(refused(&open, &amparo().package(WHEN, &draft)).await.code, code::SIGNER);

    let answers = Answers::from([("nif".to_owned(), "00000000T".to_owned())]);
    let draft = Draft { answers, ..Draft::default() };
    assert_eq!(refused(&open, &amparo().package(WHEN, &draft)).await.code, code::SIGNER);
}

#[tokio::test(flavor = "multi_thread")]
async fn r7_an_application_without_signature_or_manifest_is_refused() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let mut submission = amparo().submission(WHEN);
    let manifest =
        signing::embedded_file(&submission.application.bytes().unwrap(), "manifest.json").unwrap().unwrap();
    let manifest = serde_json::from_slice(&manifest).unwrap();
    let unsigned = crate::citizen::application(&manifest, submission.handed_in_at);
    submission.application = unsigned.into();
    assert_eq!(refused(&open, &submission).await.code, "submission.signature.none");

    // A receipt is a good signed PDF of the typesetter without a manifest: sealed by a citizen instead.
    let mut without = amparo().submission(WHEN);
    let good = open.client().submit(&without).await.unwrap();
    without.key = crate::citizen::new_key(without.handed_in_at);
    without.application = good.document.into_vec().into();
    let code = refused(&open, &without).await.code;
    assert!(code.starts_with("certificate."), "{code}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_are_no_submission_are_told_apart() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let good = amparo().submission(WHEN);
    let body = serde_json::to_vec(&good).unwrap();
    let key = good.key.to_string();

    for garbage in [&b""[..], b"{", b"[]", b"null", &[0xFF; 300], &body[..body.len() - 1], b"{\"key\":1}"] {
        let reply = put_json(&open, good.key, garbage).await;
        assert_eq!((reply.status, reply.problem().code.as_str()), (400, code::MALFORMED));
    }
    let deep = "[".repeat(100_000);
    assert_eq!(put_json(&open, good.key, deep.as_bytes()).await.status, 400);

    for (address, media_type, status, expected) in [
        ("not-a-key", "application/json", 400, code::BAD_KEY),
        ("%ff", "application/json", 400, code::BAD_KEY),
        ("6f1f7a52-3c43-4a5e-8f0a-6f1f7a523c43", "application/json", 400, code::BAD_KEY),
        (key.to_uppercase().as_str(), "application/json", 400, code::BAD_KEY),
        ("019a2f6e-5c00-7000-8000-000000000001", "application/json", 400, code::KEY_MISMATCH),
        (key.as_str(), "text/plain", 415, code::MEDIA_TYPE),
    ] {
        let reply = say(&open, &put(address, media_type, &body)).await.unwrap();
        assert_eq!((reply.status, reply.problem().code.as_str()), (status, expected), "{address}");
    }
    for (request, status, expected) in [
        ("GET /v1/submissions/x", 400, code::BAD_KEY),
        ("GET /v2/health", 404, code::NO_SUCH_RESOURCE),
        ("DELETE /v1/health", 405, code::METHOD),
    ] {
        let reply =
            say(&open, format!("{request} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes())
                .await;
        let reply = reply.unwrap();
        assert_eq!((reply.status, reply.problem().code.as_str()), (status, expected), "{request}");
    }
    assert_eq!(town.sql("SELECT count(*) FROM quarantine").await, [["0"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_that_sends_too_much_hears_that_it_is_refused() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let mut submission = amparo().submission(WHEN);
    submission.application = vec![0; limits::MAX_PACKAGE_BYTES + 2 * 1024 * 1024].into();
    let problem = refused(&open, &submission).await;
    assert_eq!((problem.status, problem.code.as_str()), (413, code::TOO_LARGE));
}

#[tokio::test(flavor = "multi_thread")]
async fn r14_what_is_too_large_is_refused_before_it_is_sent() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let key = crate::citizen::new_key("2026-03-12T17:05:00Z".parse().unwrap());
    let asks = |length: usize| {
        format!(
            "PUT /v1/submissions/{key} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\nexpect: 100-continue\r\n\r\n"
        )
    };
    // Only the head is sent, and the answer comes all the same, with nothing that would ask for the body.
    let reply = say(&open, asks(limits::MAX_SUBMISSION_BODY_BYTES + 1).as_bytes()).await.unwrap();
    assert_eq!((reply.status, reply.problem().code.as_str()), (413, code::TOO_LARGE));
    // What may be sent is asked for.
    let mut stream = connect(open.running.address(), identity(authorities())).await.unwrap();
    stream.write_all(asks(limits::MAX_SUBMISSION_BODY_BYTES).as_bytes()).await.unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 100");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_without_a_length_is_counted_while_it_comes() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let key = crate::citizen::new_key("2026-03-12T17:05:00Z".parse().unwrap());
    let mut chunked = format!(
        "PUT /v1/submissions/{key} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    .into_bytes();
    let piece = vec![b' '; 1 << 20];
    for _ in 0..=limits::MAX_SUBMISSION_BODY_BYTES / piece.len() {
        chunked.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        chunked.extend_from_slice(&piece);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    let reply = say(&open, &chunked).await.unwrap();
    assert_eq!((reply.status, reply.problem().code.as_str()), (413, code::TOO_LARGE));
}

/// Other bytes in place of the attachment, under their own hash.
fn swap_for(submission: &mut Submission, content: &[u8]) {
    submission.attachments[0].sha256 = Sha256Hex::of(content);
    submission.attachments[0].content = content.to_vec().into();
}
