//! The table of who may do what, `authorisation.toml`, against the registry as a process.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

use jiff::SignedDuration;
use registry_api::office::KioskDecision;
use registry_api::{Enrolment, Purpose, Registry as _};
use registry_client::{CertificateRequest, Door, HttpRegistry, enrol};
use registry_server::{Bar, Desk, Machine, Store};
use serde::Deserialize;
use testkit::pki::{Identity, Purpose as Key};
use trust::Certificate;

use crate::citizen::{Citizen, at, holder, new_key};
use crate::program::{Process, town_of_now};
use crate::sessions::Card;
use crate::town::{Town, authorities, client_with, issuers, machine_now, staff};
use crate::wire::call;

pub(crate) const DOORS: &[(&str, &str)] = &[
    ("ENROLMENT_ADDRESS", "127.0.0.1:0"),
    ("ENROLMENT_AUTHORITY_KEY", "kiosk-authority.key"),
    ("OFFICE_ADDRESS", "127.0.0.1:0"),
    ("OFFICE_AUTHORITY", "staff-authority.pem"),
    ("OFFICE_CLERKS", "[\"Rosa Gil\", \"Pau Mas\", \"Eva Roig\", \"Joan Pla\"]"),
    ("OFFICE_AUDITORS", "[\"Carme Sanz\"]"),
    ("OFFICE_OPERATORS", "[\"Vicent Soler\"]"),
];

#[derive(Deserialize)]
struct Table {
    kiosks: Part,
    enrolment: Part,
    office: Part,
}

#[derive(Deserialize)]
struct Part {
    callers: Vec<String>,
    operation: Vec<Operation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Operation {
    name: String,
    method: String,
    path: String,
    /// What stands in the place of the path's parameter.
    with: Option<String>,
    query: Option<String>,
    body: Option<String>,
    expect: Vec<String>,
}

/// Somebody who asks: a certificate, and the token of a session.
pub(crate) struct Caller {
    pub(crate) identity: Option<Identity>,
    pub(crate) token: Option<String>,
}

/// What stands in the places of the table, and who asks.
pub(crate) struct Scene {
    pub(crate) callers: BTreeMap<&'static str, Caller>,
    words: Vec<(&'static str, String)>,
}

fn table() -> Table {
    toml::from_str(include_str!("authorisation.toml")).unwrap()
}

#[test]
fn the_table_has_every_operation_of_the_interface() {
    let table = table();
    let parts = [&table.kiosks, &table.enrolment, &table.office];
    let rows: BTreeSet<_> = parts
        .iter()
        .flat_map(|part| &part.operation)
        .map(|operation| (operation.method.clone(), operation.path.clone()))
        .collect();
    let mut described = BTreeSet::new();
    for (path, item) in registry_api::openapi().paths.paths {
        for (method, there) in [
            ("GET", item.get.is_some()),
            ("PUT", item.put.is_some()),
            ("POST", item.post.is_some()),
            ("DELETE", item.delete.is_some()),
        ] {
            if there {
                described.insert((method.to_owned(), path.clone()));
            }
        }
    }
    assert_eq!(rows, described);
    for operation in parts.iter().flat_map(|part| part.operation.iter().map(move |row| (part, row))) {
        assert_eq!(operation.0.callers.len(), operation.1.expect.len(), "{}", operation.1.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let table = table();
    let town = town_of_now();
    let process = Process::start(&town, DOORS).await;
    let scene = Scene::set(&town, &process).await;
    let mut wrong = Vec::new();
    for (part, door) in [
        (&table.kiosks, process.kiosks),
        (&table.enrolment, process.enrolment.unwrap()),
        (&table.office, process.office.unwrap()),
    ] {
        for operation in &part.operation {
            for (caller, expected) in part.callers.iter().zip(&operation.expect) {
                // A kiosk and a member of staff may both be suspended.
                let who = match (std::ptr::eq(part, &table.kiosks), caller.as_str()) {
                    (true, "suspended" | "revoked" | "expired") => format!("{caller} kiosk"),
                    _ => caller.clone(),
                };
                let told = scene.ask(door, operation, &who).await;
                if told != *expected {
                    wrong.push(format!("{} as {caller}: {told}, not {expected}", operation.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Scene {
    async fn ask(&self, door: SocketAddr, operation: &Operation, caller: &str) -> String {
        let Caller { identity, token } = &self.callers[caller];
        let fill = |text: &str| {
            self.words.iter().fold(text.to_owned(), |text, (word, value)| text.replace(word, value))
        };
        let mut path = operation.path.clone();
        if let (Some(with), Some(from), Some(to)) = (&operation.with, path.find('{'), path.find('}')) {
            path.replace_range(from..=to, with);
        }
        let mut path = fill(&path);
        if let Some(query) = &operation.query {
            path.push_str(&format!("?{query}"));
        }
        let spent = if door.port() == self.enrolment_port() { "{spent code}" } else { "{spent challenge}" };
        let body = operation.body.as_ref().map(|body| fill(&body.replace("{spent}", spent)));
        match call(door, identity.as_ref(), &operation.method, &path, token.as_deref(), body.as_deref()).await
        {
            Err(_) => "unheard".to_owned(),
            Ok(reply) if (200..300).contains(&reply.status) => "ok".to_owned(),
            Ok(reply) => reply.problem().code,
        }
    }

    fn enrolment_port(&self) -> u16 {
        let port = self.words.iter().find(|(word, _)| *word == "{enrolment port}");
        port.unwrap().1.parse().unwrap()
    }

    /// Everybody the table knows, made as they are made in life.
    pub(crate) async fn set(town: &Town, process: &Process) -> Self {
        let store =
            Store::open(&town.database(), &town.keeping(), std::sync::Arc::new(Machine)).await.unwrap();
        let desk = Desk {
            store: store.clone(),
            calendar: std::sync::Arc::new(registry_server::Calendar::new([]).unwrap()),
            office: "L01461691".to_owned(),
            environment: std::sync::Arc::new(Machine),
        };
        let mut callers = BTreeMap::new();
        let mut add = |name, identity, token| drop(callers.insert(name, Caller { identity, token }));

        let mut kiosks = BTreeMap::new();
        let mut spent_code = String::new();
        for name in ["kiosk-a", "kiosk-b", "kiosk-c", "kiosk-d", "kiosk-e", "kiosk-f", "kiosk-g"] {
            let (identity, spent) = enrolled(&desk, process, name).await;
            kiosks.insert(name, identity);
            spent_code = spent;
        }
        let old = kiosks["kiosk-g"].clone();
        enrolled(&desk, process, "kiosk-g").await;
        for (name, decision) in [("kiosk-e", KioskDecision::Suspended), ("kiosk-f", KioskDecision::Revoked)] {
            desk.decide_kiosk("Rosa Gil", name, decision, "Prova").await.unwrap();
        }

        let person = holder("99999002Q", "AMPARO", "MARTÍ", Some("SOLER"));
        let josep = holder("99999001S", "JOSEP", "FERRER", None);
        let (from, until) = ("2024-01-01T00:00:00Z", "2045-01-01T00:00:00Z");
        let client = |name: &str| client(process, &kiosks[name]);
        let mut numbers = Vec::new();
        for person in [&person, &josep] {
            let citizen = Citizen::of(issuers(), person.clone(), from, until);
            let receipt =
                client("kiosk-a").submit(&citizen.submission("2026-03-12T17:05:00Z")).await.unwrap();
            numbers.push(receipt.number.to_string());
        }
        let card = Card::of(issuers(), &person, Key::Authentication, from, until);
        let mut tokens = BTreeMap::new();
        let mut spent_challenge = String::new();
        for name in ["kiosk-b", "kiosk-c", "kiosk-d"] {
            let client = client(name);
            let challenge = client.challenge(Purpose::ReadEntries).await.unwrap();
            let wish = card.sign(&challenge, &challenge.text(name));
            let session = client.open_session(&wish).await.unwrap();
            spent_challenge = serde_json::to_string(&wish).unwrap();
            tokens.insert(name, session.token.as_str().to_owned());
        }
        let past = store_past(&kiosks["kiosk-c"]);
        town.tamper(&past).await.unwrap();
        client("kiosk-d").end_session(&tokens["kiosk-d"].parse().unwrap()).await.unwrap();

        let token = |name: &str| Some(tokens[name].clone());
        let now = machine_now();
        let hours = SignedDuration::from_hours;
        let client_of = |name: &str, from, until| authorities().client(name, from, until).unwrap();
        add("kiosk", Some(kiosks["kiosk-a"].clone()), None);
        add("citizen", Some(kiosks["kiosk-b"].clone()), token("kiosk-b"));
        add("other kiosk", Some(kiosks["kiosk-a"].clone()), token("kiosk-b"));
        add("session past", Some(kiosks["kiosk-c"].clone()), token("kiosk-c"));
        add("session ended", Some(kiosks["kiosk-d"].clone()), token("kiosk-d"));
        add("suspended kiosk", Some(kiosks["kiosk-e"].clone()), None);
        add("revoked kiosk", Some(kiosks["kiosk-f"].clone()), None);
        add("expired kiosk", Some(client_of("kiosk-01", now - hours(48), now - hours(24))), None);
        add("replaced", Some(old), None);
        // The list of the configuration has kiosk-01 alone.
        add("unknown", Some(client_of("kiosk-77", now - hours(1), now + hours(1))), None);
        add("staff", Some(staff("Rosa Gil", false)), None);
        add("nobody", None, None);

        let (suspended, revoked) = (staff("Pau Mas", false), staff("Eva Roig", false));
        store.set_staff("Pau Mas", Some(Bar::Suspended), "Prova", "Rosa Gil", now).await.unwrap();
        let sha256 = hex(&revoked.certificate);
        store.set_staff(&sha256, Some(Bar::Revoked), "Prova", "Rosa Gil", now).await.unwrap();
        add("clerk", Some(staff("Rosa Gil", false)), None);
        add("auditor", Some(staff("Carme Sanz", false)), None);
        add("operator", Some(staff("Vicent Soler", false)), None);
        add("suspended", Some(suspended), None);
        add("revoked", Some(revoked), None);
        add("expired", Some(staff("Joan Pla", true)), None);
        add("without role", Some(staff("Algú Altre", false)), None);
        store.close().await;
        let words = vec![
            ("{own}", numbers[0].clone()),
            ("{other}", numbers[1].clone()),
            ("{absent}", "2026-E-999999".to_owned()),
            ("{key}", new_key(at("2026-03-12T17:05:00Z")).to_string()),
            ("{spent code}", spent_code),
            ("{spent challenge}", spent_challenge),
            ("{enrolment port}", process.enrolment.unwrap().port().to_string()),
        ];
        Self { callers, words }
    }
}

/// A kiosk's certificate, and the request that it was given for, which is spent.
async fn enrolled(desk: &Desk, process: &Process, name: &str) -> (Identity, String) {
    let wish = registry_api::office::InvitationWish { place: "Vestíbul".to_owned(), hours: None };
    let code = desk.invite("Vicent Soler", name, &wish).await.unwrap().code;
    let request = CertificateRequest::generate().unwrap();
    let door = Door {
        address: &format!("https://{}", process.enrolment.unwrap()),
        authority_pem: &authorities().tls_ca().x509().to_pem().unwrap(),
        timeout: std::time::Duration::from_secs(60),
    };
    let enrolled = enrol(&door, code.clone(), &request).await.unwrap();
    let identity = Identity {
        certificate: Certificate::from_der(enrolled.certificate.as_slice()).unwrap(),
        key: openssl::pkey::PKey::private_key_from_pem(&request.key_pem().unwrap()).unwrap(),
    };
    // With another key: the same again would be answered the same.
    let other = CertificateRequest::generate().unwrap().der().to_vec();
    let again = Enrolment { code, request: other.into() };
    (identity, serde_json::to_string(&again).unwrap())
}

fn client(process: &Process, who: &Identity) -> HttpRegistry {
    client_with(&process.address(), &who.certificate_pem().unwrap(), &who.key_pem().unwrap())
}

fn hex(certificate: &Certificate) -> String {
    registry_api::Sha256Hex::of(certificate.der()).to_string()
}

fn store_past(kiosk: &Identity) -> String {
    format!(
        "UPDATE citizen_sessions SET expires_at = '2026-01-01T00:00:00.000Z' WHERE kiosk_certificate = '{}'",
        hex(&kiosk.certificate)
    )
}
