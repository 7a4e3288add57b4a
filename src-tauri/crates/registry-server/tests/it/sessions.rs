//! Citizens whom the registry knows by their card, and what they may see.

use std::sync::OnceLock;

use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Private};
use openssl::sign::Signer;
use registry_api::{
    Challenge, CitizenSession, EntryNumber, Problem, Purpose, Random256, Registry as _, RegistryError,
    SessionWish, code,
};
use registry_client::HttpRegistry;
use testkit::pki::{Authorities, Purpose as Key};
use trust::{Certificate, Holder};

use crate::citizen::{Citizen, amparo, at, holder};
use crate::town::{Clock, THURSDAY, Town, authorities, client_with, issuers, machine_now};
use crate::wire::get;

const WHEN: &str = "2026-03-12T17:05:00Z";

/// The key with which a card says who somebody is.
pub(crate) struct Card {
    certificate: Certificate,
    key: PKey<Private>,
}

impl Card {
    pub(crate) fn of(issuers: &Authorities, holder: &Holder, key: Key, from: &str, until: &str) -> Self {
        let (certificate, key) = issuers.citizen(holder, key, at(from), at(until)).unwrap();
        Self { certificate, key }
    }

    pub(crate) fn sign(&self, challenge: &Challenge, text: &str) -> SessionWish {
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key).unwrap();
        SessionWish {
            nonce: challenge.nonce.clone(),
            certificate: self.certificate.der().to_vec().into(),
            intermediates: vec![issuers().citizen_sub().certificate.der().to_vec().into()],
            signature: signer.sign_oneshot_to_vec(text.as_bytes()).unwrap().into(),
        }
    }

    pub(crate) async fn session(&self, client: &HttpRegistry) -> Result<CitizenSession, RegistryError> {
        let challenge = client.challenge(Purpose::ReadEntries).await.unwrap();
        client.open_session(&self.sign(&challenge, &challenge.text("kiosk-01"))).await
    }
}

fn valid(holder: &Holder) -> Card {
    Card::of(issuers(), holder, Key::Authentication, "2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
}

pub(crate) fn amparos_card() -> &'static Card {
    static MADE: OnceLock<Card> = OnceLock::new();
    MADE.get_or_init(|| valid(&amparo().holder))
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, RegistryError>) -> Problem {
    match answer {
        Err(RegistryError::Refused(problem)) => *problem,
        other => panic!("not refused: {other:?}"),
    }
}

fn number(text: &str) -> EntryNumber {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn r11_a_citizen_reads_her_own_entries_and_nobody_elses_and_each_reading_is_in_the_log() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open(&clock).await;
    let client = open.client();
    let josep = holder("99999001S", "JOSEP", "FERRER", None);
    let his = Citizen::of(issuers(), josep.clone(), "2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
    let first = client.submit(&amparo().submission(WHEN)).await.unwrap();
    client.submit(&his.submission(WHEN)).await.unwrap();
    let third = client.submit(&amparo().submission(WHEN)).await.unwrap();

    let session = amparos_card().session(&client).await.unwrap();
    let page = client.own_entries(&session.token, None).await.unwrap();
    let numbers: Vec<_> = page.entries.iter().map(|entry| entry.number.clone()).collect();
    assert_eq!(numbers, [third.number.clone(), first.number.clone()]);
    assert_eq!(page.next, None);
    let own = client.own_entry(&session.token, &first.number).await.unwrap().unwrap();
    assert_eq!(own.receipt.unwrap(), first);
    assert!(own.corrected_by.is_empty() && own.due_on.is_some());
    // Somebody else's is like one that is not there.
    for other in ["2026-E-000002", "2026-E-000009", "A/1"] {
        assert_eq!(client.own_entry(&session.token, &number(other)).await.unwrap(), None, "{other}");
    }

    // He sees his.
    let session = valid(&josep).session(&client).await.unwrap();
    let page = client.own_entries(&session.token, None).await.unwrap();
    assert_eq!(page.entries[0].number.as_str(), "2026-E-000002");
    assert_eq!(client.own_entry(&session.token, &first.number).await.unwrap(), None);
    client.end_session(&session.token).await.unwrap();
    assert_eq!(refusal(client.own_entries(&session.token, None).await).code, code::SESSION_TOKEN);

    let acts = town.sql("SELECT actor, action, subject FROM audit_log ORDER BY position").await;
    let read: Vec<_> = acts
        .iter()
        .filter(|act| act[1] != "citizen.session")
        .map(|act| (act[0].as_str(), act[1].as_str(), act[2].as_str()))
        .collect();
    let who = "citizen at kiosk-01";
    assert_eq!(
        read,
        [
            (who, "entry.list", "2026-E-000003"),
            (who, "entry.list", "2026-E-000001"),
            (who, "entry.show", "2026-E-000001"),
            (who, "entry.list", "2026-E-000002"),
        ]
    );
    assert_eq!(acts.len(), read.len() + 2);
    // Neither tokens nor names are in it.
    assert!(acts.iter().flatten().all(|text| !text.contains("99999") && text != session.token.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn own_entries_come_page_by_page() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let client = open.client();
    for _ in 0..3 {
        client.submit(&amparo().submission(WHEN)).await.unwrap();
    }
    let session = amparos_card().session(&client).await.unwrap();
    let mut seen = Vec::new();
    let mut path = "/v1/citizen/entries?most=2".to_owned();
    loop {
        let reply = get(&open, &path, Some(session.token.as_str())).await;
        assert_eq!(reply.status, 200);
        let page: registry_api::OwnEntries = serde_json::from_slice(&reply.body).unwrap();
        seen.push(page.entries.len());
        match page.next {
            Some(next) => path = format!("/v1/citizen/entries?most=2&below={next}"),
            None => break,
        }
    }
    assert_eq!(seen, [2, 1]);
    for wrong in ["most=0", "most=101", "most=x", "below=0", "below=-1", "nif=99999001S"] {
        let path = format!("/v1/citizen/entries?{wrong}");
        let reply = get(&open, &path, Some(session.token.as_str())).await;
        assert_eq!((reply.status, reply.problem().code.as_str()), (400, code::PARAMETER), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_is_taken_once_in_time_at_its_kiosk_and_as_it_is_written() {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open_with(&clock, &[("TLS_KIOSKS", "[\"kiosk-01\", \"kiosk-02\"]")]).await;
    let client = open.client();
    let card = amparos_card();
    let fresh = async || client.challenge(Purpose::ReadEntries).await.unwrap();

    let challenge = fresh().await;
    let wish = card.sign(&challenge, &challenge.text("kiosk-01"));
    client.open_session(&wish).await.unwrap();
    assert_eq!(refusal(client.open_session(&wish).await).code, code::SESSION_CHALLENGE);

    // A later one takes the place of an earlier one.
    let (earlier, later) = (fresh().await, fresh().await);
    let wish = card.sign(&earlier, &earlier.text("kiosk-01"));
    assert_eq!(refusal(client.open_session(&wish).await).code, code::SESSION_CHALLENGE);
    // What another kiosk brings is not taken, nor spent.
    let now = machine_now();
    let hour = jiff::SignedDuration::from_hours(1);
    let other = authorities().client("kiosk-02", now - hour, now + hour).unwrap();
    let other = client_with(
        &format!("https://{}", open.running.address()),
        &other.certificate_pem().unwrap(),
        &other.key_pem().unwrap(),
    );
    let wish = card.sign(&later, &later.text("kiosk-01"));
    assert_eq!(refusal(other.open_session(&wish).await).code, code::SESSION_CHALLENGE);
    let session = client.open_session(&wish).await.unwrap();
    // Nor does the token do anything there.
    assert_eq!(refusal(other.own_entries(&session.token, None).await).code, code::SESSION_TOKEN);
    client.own_entries(&session.token, None).await.unwrap();

    // Another text, by a name, by a letter; and once tried, a challenge is spent.
    let challenge = fresh().await;
    for text in [challenge.text("kiosk-02"), "finestreta citizen session 1\n".to_owned(), String::new()] {
        let challenge = fresh().await;
        let wish = card.sign(&challenge, &text);
        assert_eq!(refusal(client.open_session(&wish).await).code, code::SESSION_SIGNATURE);
        let right = card.sign(&challenge, &challenge.text("kiosk-01"));
        assert_eq!(refusal(client.open_session(&right).await).code, code::SESSION_CHALLENGE);
    }

    // Too late.
    let challenge = fresh().await;
    clock.set("2026-03-12T17:07:32Z");
    let wish = card.sign(&challenge, &challenge.text("kiosk-01"));
    assert_eq!(refusal(client.open_session(&wish).await).code, code::SESSION_CHALLENGE);
    // A session ends by itself.
    let session = card.session(&client).await.unwrap();
    clock.set("2026-03-12T17:17:31Z");
    client.own_entries(&session.token, None).await.unwrap();
    clock.set("2026-03-12T17:17:33Z");
    assert_eq!(refusal(client.own_entries(&session.token, None).await).code, code::SESSION_TOKEN);
    let unknown = Random256::from_random([0; 32]);
    assert_eq!(refusal(client.own_entries(&unknown, None).await).code, code::SESSION_TOKEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_card_that_says_who_somebody_is_opens_a_session() {
    let town = Town::new();
    let open = town.open(&Clock::at(THURSDAY)).await;
    let client = open.client();
    let who = &amparo().holder;
    let (from, until) = ("2024-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
    // The key for signatures, a certificate that is past, one of an authority that looks the same.
    let signs = Card::of(issuers(), who, Key::Signature, from, until);
    assert!(refusal(signs.session(&client).await).code.starts_with("certificate."));
    let past = Card::of(issuers(), who, Key::Authentication, from, "2026-03-01T00:00:00Z");
    assert!(refusal(past.session(&client).await).code.starts_with("certificate."));
    let stranger = Card::of(&crate::town::new_authorities(), who, Key::Authentication, from, until);
    assert!(refusal(stranger.session(&client).await).code.starts_with("certificate."));
    // Another's certificate with one's own key.
    let thief = Card { certificate: amparos_card().certificate.clone(), key: signs.key.clone() };
    assert_eq!(refusal(thief.session(&client).await).code, code::SESSION_SIGNATURE);
    let challenge = client.challenge(Purpose::ReadEntries).await.unwrap();
    let mut wish = amparos_card().sign(&challenge, &challenge.text("kiosk-01"));
    wish.certificate = b"none".to_vec().into();
    assert_eq!(refusal(client.open_session(&wish).await).code, code::SESSION_SIGNATURE);
    assert_eq!(town.sql("SELECT count(*) FROM citizen_sessions").await, [["0"]]);
}
