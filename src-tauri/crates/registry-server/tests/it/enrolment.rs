//! How a kiosk comes to its certificate, and what the certificate is worth afterwards.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use openssl::x509::X509;
use registry_api::{Enrolled, InvitationCode, Registry as _, RegistryError, code};
use registry_client::{CertificateRequest, Door, EnrolError, HttpRegistry, enrol};
use testkit::pki::Identity;
use trust::Certificate;

use crate::program;
use crate::town::{Clock, Open, Town, authorities, client_with, machine_now};
use crate::wire::{connect, read};

const ENROLS: [(&str, &str); 2] =
    [("ENROLMENT_ADDRESS", "127.0.0.1:0"), ("ENROLMENT_AUTHORITY_KEY", "kiosk-authority.key")];
const HEALTH: &[u8] = b"GET /v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

fn hours(number: i64) -> SignedDuration {
    SignedDuration::from_hours(number)
}

async fn invite(town: &Town, kiosk: &str) -> InvitationCode {
    let words = ["kiosks", "invite", kiosk, "--place", "Vestíbul", "--official", "Rosa Gil"];
    let (well, out, err) = program::say(&words, Some(town)).await;
    assert!(well, "{err}");
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    told["code"].as_str().unwrap().parse().unwrap()
}

async fn ask(
    open: &Open,
    code: &InvitationCode,
    request: &CertificateRequest,
) -> Result<Enrolled, EnrolError> {
    let address = format!("https://{}", open.running.enrolment_address().unwrap());
    let door = Door {
        address: &address,
        authority_pem: &authorities().tls_ca().x509().to_pem().unwrap(),
        timeout: Duration::from_secs(60),
    };
    enrol(&door, code.clone(), request).await
}

fn identity(enrolled: &Enrolled, request: &CertificateRequest) -> Identity {
    let certificate = Certificate::from_der(enrolled.certificate.as_slice()).unwrap();
    let key = openssl::pkey::PKey::private_key_from_pem(&request.key_pem().unwrap()).unwrap();
    Identity { certificate, key }
}

fn client(open: &Open, who: &Identity) -> HttpRegistry {
    let address = format!("https://{}", open.running.address());
    client_with(&address, &who.certificate_pem().unwrap(), &who.key_pem().unwrap())
}

/// What the registry says to this client: the status, and the code of the problem.
async fn told(address: SocketAddr, who: &Identity) -> (u16, String) {
    use tokio::io::AsyncWriteExt as _;
    let mut stream = connect(address, Some(who)).await.unwrap();
    stream.write_all(HEALTH).await.unwrap();
    let reply = read(&mut stream).await.unwrap();
    let code = if reply.status == 200 { String::new() } else { reply.problem().code };
    (reply.status, code)
}

fn refused_with(answer: &Result<Enrolled, EnrolError>) -> &str {
    answer.as_ref().expect_err("a certificate").code()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_enrols_with_a_code_once_and_with_a_key_that_stays_with_it() {
    let town = Town::new();
    let clock = Clock::of_now();
    let open = town.open_with(&clock, &ENROLS).await;
    let code = invite(&town, "kiosk-01").await;
    // Until it enrols, the certificate that others made is as good as before.
    let before = authorities().kiosk();
    assert_eq!(told(open.running.address(), before).await.0, 200);

    let request = CertificateRequest::generate().unwrap();
    let enrolled = ask(&open, &code, &request).await.unwrap();
    assert_eq!(enrolled.kiosk, "kiosk-01");
    let pem = request.certificate_pem(&enrolled, "kiosk-01").unwrap();
    assert!(request.certificate_pem(&enrolled, "kiosk-02").is_err());
    assert!(CertificateRequest::generate().unwrap().certificate_pem(&enrolled, "kiosk-01").is_err());
    let certificate = X509::from_pem(&pem).unwrap();
    assert!(certificate.verify(&authorities().tls_ca_key().clone()).unwrap());
    client(&open, &identity(&enrolled, &request)).health().await.unwrap();
    // Now it is not.
    assert_eq!(told(open.running.address(), before).await, (403, code::KIOSK_UNKNOWN.to_owned()));

    // An answer that was lost is given again; nobody else gets one.
    assert_eq!(ask(&open, &code, &request).await.unwrap(), enrolled);
    let other = CertificateRequest::generate().unwrap();
    assert_eq!(refused_with(&ask(&open, &code, &other).await), code::ENROLMENT_CODE);
    // Nor is there a second certificate for the key, with a code that stays good for another.
    let second = invite(&town, "kiosk-02").await;
    assert_eq!(refused_with(&ask(&open, &second, &request).await), code::ENROLMENT_REQUEST);
    assert_eq!(ask(&open, &second, &other).await.unwrap().kiosk, "kiosk-02");

    let unknown = InvitationCode::from_random([1; 16]);
    let third = CertificateRequest::generate().unwrap();
    assert_eq!(refused_with(&ask(&open, &unknown, &third).await), code::ENROLMENT_CODE);
    let acts =
        town.sql("SELECT actor, action, subject FROM audit_log WHERE subject = 'kiosk-01' ORDER BY position");
    let acts = acts.await;
    assert!(acts[0][0].starts_with("Rosa Gil") && acts[0][1] == "kiosk.invite", "{acts:?}");
    assert_eq!(acts[1], ["kiosk-01", "kiosk.enrol", "kiosk-01"]);
    // The code is nowhere in the book.
    let kept = town.sql("SELECT code_sha256 FROM kiosk_invitations").await;
    assert!(kept.iter().flatten().all(|kept| kept != code.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_past_or_withdrawn_is_like_one_that_never_was() {
    let town = Town::new();
    let clock = Clock::of_now();
    let open = town.open_with(&clock, &ENROLS).await;
    let request = CertificateRequest::generate().unwrap();
    let first = invite(&town, "kiosk-03").await;
    // A new one takes its place.
    let second = invite(&town, "kiosk-03").await;
    assert_eq!(refused_with(&ask(&open, &first, &request).await), code::ENROLMENT_CODE);
    clock.move_to(machine_now() + hours(25));
    assert_eq!(refused_with(&ask(&open, &second, &request).await), code::ENROLMENT_CODE);
    clock.move_to(machine_now());
    let words = ["kiosks", "revoke", "kiosk-03", "--reason", "No vindrà", "--official", "Rosa Gil"];
    assert!(program::say(&words, Some(&town)).await.0);
    assert_eq!(refused_with(&ask(&open, &second, &request).await), code::ENROLMENT_CODE);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_come_with_one_code_one_gets_a_certificate() {
    let town = Town::new();
    let open = town.open_with(&Clock::of_now(), &ENROLS).await;
    let code = invite(&town, "kiosk-04").await;
    let requests: Vec<_> = (0..6).map(|_| CertificateRequest::generate().unwrap()).collect();
    let mut issued = 0;
    let asked = requests.iter().map(|request| ask(&open, &code, request));
    for answer in join_all(asked).await {
        match answer {
            Ok(_) => issued += 1,
            Err(error) => assert_eq!(error.code(), code::ENROLMENT_CODE),
        }
    }
    assert_eq!(issued, 1);
    assert_eq!(town.sql("SELECT count(*) FROM kiosk_certificates").await, [["1"]]);
}

async fn join_all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut pending: Vec<_> = futures.map(Box::pin).map(|future| (future, None)).collect();
    std::future::poll_fn(|context| {
        let mut ready = true;
        for (future, done) in &mut pending {
            if done.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *done = Some(value),
                    std::task::Poll::Pending => ready = false,
                }
            }
        }
        if ready { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    pending.into_iter().filter_map(|(_, done)| done).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_renewed_in_its_last_third_and_the_one_before_ends() {
    let town = Town::new();
    let clock = Clock::of_now();
    let now = machine_now();
    let sixty = [ENROLS[0], ENROLS[1], ("ENROLMENT_DAYS", "60")];
    let open = town.open_with(&clock, &sixty).await;
    let code = invite(&town, "kiosk-05").await;
    // The code is of the machine's time; what follows began fifty days ago.
    clock.move_to(now - hours(24 * 50));
    let request = CertificateRequest::generate().unwrap();
    let first = ask(&open, &code, &request).await.unwrap();
    let old = identity(&first, &request);
    let next = CertificateRequest::generate().unwrap();
    let early = client(&open, &old).renew(&next).await;
    assert!(
        matches!(&early, Err(RegistryError::Refused(problem)) if problem.code == code::ENROLMENT_EARLY),
        "{early:?}"
    );

    clock.move_to(now);
    assert!(first.renew_from < now && now < first.not_after);
    // Not with a key that is known.
    let same = client(&open, &old).renew(&request).await;
    assert!(
        matches!(&same, Err(RegistryError::Refused(problem)) if problem.code == code::ENROLMENT_REQUEST),
        "{same:?}"
    );
    let second = client(&open, &old).renew(&next).await.unwrap();
    assert_eq!(client(&open, &old).renew(&next).await.unwrap().certificate, second.certificate);
    let new = identity(&second, &next);
    for who in [&old, &new] {
        assert_eq!(told(open.running.address(), who).await.0, 200);
    }
    clock.move_to(now + hours(24 * 8));
    assert_eq!(told(open.running.address(), &old).await, (403, code::KIOSK_EXPIRED.to_owned()));
    assert_eq!(told(open.running.address(), &new).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_with_a_certificate_of_others_comes_into_the_book_when_it_renews() {
    let town = Town::new();
    let clock = Clock::of_now();
    let now = machine_now();
    let listed = [ENROLS[0], ENROLS[1], ("TLS_KIOSKS", "[\"kiosk-06\"]")];
    let open = town.open_with(&clock, &listed).await;
    let old = authorities().client("kiosk-06", now - hours(24 * 20), now + hours(24 * 3)).unwrap();
    let next = CertificateRequest::generate().unwrap();
    let renewed = client(&open, &old).renew(&next).await.unwrap();
    for who in [&old, &identity(&renewed, &next)] {
        assert_eq!(told(open.running.address(), who).await.0, 200);
    }
    // A registry without the authority's key issues nothing.
    let open = town.open_with(&clock, &[("TLS_KIOSKS", "[\"kiosk-06\"]")]).await;
    let none = client(&open, &old).renew(&CertificateRequest::generate().unwrap()).await;
    assert!(
        matches!(&none, Err(RegistryError::Refused(problem)) if problem.code == code::ENROLMENT_OFF),
        "{none:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_heard_is_told_why_with_every_request() {
    let town = Town::new();
    let clock = Clock::of_now();
    let open = town.open_with(&clock, &ENROLS).await;
    let code = invite(&town, "kiosk-07").await;
    let request = CertificateRequest::generate().unwrap();
    let who = identity(&ask(&open, &code, &request).await.unwrap(), &request);
    let address = open.running.address();
    assert_eq!(told(address, &who).await.0, 200);
    let act = async |word: &str| {
        let words = ["kiosks", word, "kiosk-07", "--reason", "Prova", "--official", "Rosa Gil"];
        let (well, _, err) = program::say(&words, Some(&town)).await;
        assert!(well, "{err}");
    };
    act("suspend").await;
    assert_eq!(told(address, &who).await, (403, code::KIOSK_SUSPENDED.to_owned()));
    // A citizen's application is not refused by that: it waits.
    assert!(matches!(client(&open, &who).health().await, Err(RegistryError::Unavailable { .. })));
    act("allow").await;
    assert_eq!(told(address, &who).await.0, 200);
    act("revoke").await;
    assert_eq!(told(address, &who).await, (403, code::KIOSK_REVOKED.to_owned()));

    // Of the same authority, and in no book; past by the machine's time; past, and of another authority.
    let now: Timestamp = machine_now();
    let unlisted = authorities().client("kiosk-08", now - hours(1), now + hours(1)).unwrap();
    assert_eq!(told(address, &unlisted).await, (403, code::KIOSK_UNKNOWN.to_owned()));
    let past = authorities().client("kiosk-01", now - hours(48), now - hours(24)).unwrap();
    assert_eq!(told(address, &past).await, (403, code::KIOSK_EXPIRED.to_owned()));
    let stranger = crate::town::new_authorities();
    let stranger = stranger.client("kiosk-01", now - hours(48), now - hours(24)).unwrap();
    let heard = async {
        use tokio::io::AsyncWriteExt as _;
        let mut stream = connect(address, Some(&stranger)).await?;
        stream.write_all(HEALTH).await?;
        read(&mut stream).await
    };
    assert!(heard.await.is_err());

    let (well, out, err) = program::say(&["kiosks", "list"], Some(&town)).await;
    assert!(well, "{err}");
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list[0]["name"], "kiosk-07");
    assert_eq!((&list[0]["state"], &list[0]["place"]), (&"revoked".into(), &"Vestíbul".into()));
    assert!(list[0]["certificates"][0]["revoked_at"].is_string());
    // A new code brings it back.
    let code = invite(&town, "kiosk-07").await;
    let request = CertificateRequest::generate().unwrap();
    let again = identity(&ask(&open, &code, &request).await.unwrap(), &request);
    assert_eq!(told(address, &again).await.0, 200);
    assert_eq!(told(address, &who).await.0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_door_for_enrolling_is_narrow() {
    use tokio::io::AsyncWriteExt as _;
    let town = Town::new();
    let clock = Clock::of_now();
    let open = town.open_with(&clock, &ENROLS).await;
    let address = open.running.enrolment_address().unwrap();
    let say = async |bytes: &[u8]| {
        let mut stream = connect(address, None).await.unwrap();
        // A server that refuses early may close before everything is written.
        let _ = stream.write_all(bytes).await;
        read(&mut stream).await.unwrap()
    };
    let post = |media_type: &str, body: &[u8]| {
        let mut bytes = format!(
            "POST /v1/enrolment HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {media_type}\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        bytes.extend_from_slice(body);
        bytes
    };
    let json = "application/json";
    for (bytes, status, expected) in [
        (HEALTH.to_vec(), 404, code::NO_SUCH_RESOURCE),
        (b"GET /v1/enrolment HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec(), 405, code::METHOD),
        (post("text/plain", b"{}"), 415, code::MEDIA_TYPE),
        (post(json, b"{}"), 400, code::MALFORMED),
        (post(json, &vec![b'['; 10_000]), 400, code::MALFORMED),
        (post(json, &vec![b' '; 20_000]), 413, code::TOO_LARGE),
    ] {
        let reply = say(&bytes).await;
        assert_eq!((reply.status, reply.problem().code.as_str()), (status, expected));
    }
    // Nobody tries many codes.
    let mut last = 0;
    for _ in 0..25 {
        last = say(&post(json, b"{}")).await.status;
    }
    assert_eq!(last, 429);
}
