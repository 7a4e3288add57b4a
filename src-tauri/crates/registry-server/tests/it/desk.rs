//! What the office does over the network: the same as from a terminal, with the name of the certificate in the log.

use std::net::SocketAddr;
use std::sync::Arc;

use registry_api::office::{
    EntryPage, EntryShown, Invited, KioskListed, LastDay, LoggedAct, OfficeEntry, Refusal,
};
use registry_api::{Registry as _, code};
use serde::de::DeserializeOwned;
use testkit::pki::Identity;

use crate::citizen::{amparo, at, new_key};
use crate::town::{Clock, Open, THURSDAY, Town, staff};
use crate::wire::{Reply, call};

const WHEN: &str = "2026-03-12T17:05:00Z";
pub(crate) const OFFICE: &[(&str, &str)] = &[
    ("OFFICE_ADDRESS", "127.0.0.1:0"),
    ("OFFICE_AUTHORITY", "staff-authority.pem"),
    ("OFFICE_CLERKS", "[\"Rosa Gil\"]"),
    ("OFFICE_AUDITORS", "[\"Rosa Gil\"]"),
    ("OFFICE_OPERATORS", "[\"Rosa Gil\"]"),
];

/// Rosa, who is everything.
pub(crate) struct Rosa {
    door: SocketAddr,
    identity: Identity,
}

impl Rosa {
    pub(crate) fn at(open: &Open) -> Self {
        Self { door: open.running.office_address().unwrap(), identity: staff("Rosa Gil", false) }
    }

    pub(crate) async fn asks(&self, method: &str, path: &str, body: Option<&str>) -> Reply {
        let path = format!("/v1/office{path}");
        call(self.door, Some(&self.identity), method, &path, None, body).await.unwrap()
    }

    pub(crate) async fn reads<T: DeserializeOwned>(&self, path: &str) -> T {
        let reply = self.asks("GET", path, None).await;
        assert_eq!(reply.status, 200, "{path}: {}", String::from_utf8_lossy(&reply.body));
        serde_json::from_slice(&reply.body).unwrap()
    }

    pub(crate) async fn is_told(&self, method: &str, path: &str, body: Option<&str>) -> (u16, String) {
        let reply = self.asks(method, path, body).await;
        let code = if reply.status < 300 { String::new() } else { reply.problem().code };
        (reply.status, code)
    }
}

pub(crate) fn told(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

async fn town_with(entries: usize) -> (Town, Arc<Clock>, Open, Rosa) {
    let town = Town::new();
    let clock = Clock::at(THURSDAY);
    let open = town.open_with(&clock, OFFICE).await;
    for _ in 0..entries {
        open.client().submit(&amparo().submission(WHEN)).await.unwrap();
    }
    let rosa = Rosa::at(&open);
    (town, clock, open, rosa)
}

#[tokio::test(flavor = "multi_thread")]
async fn r11_the_book_is_read_page_by_page_by_somebody_the_log_names() {
    let (_town, _clock, _open, rosa) = town_with(3).await;
    let page: EntryPage = rosa.reads("/entries?most=2").await;
    assert_eq!(page.entries[0].number.as_str(), "2026-E-000003");
    let next = page.next.unwrap();
    let page: EntryPage = rosa.reads(&format!("/entries?most=2&below={next}")).await;
    assert_eq!((page.entries.len(), page.next), (1, None));
    for (search, found) in [
        ("nif=99999002q", 3),
        ("text=amparo", 3),
        ("text=%25", 0),
        ("procedure=queixa", 0),
        ("from=2026-03-12&until=2026-03-12", 3),
        ("from=2026-03-13", 0),
    ] {
        let page: EntryPage = rosa.reads(&format!("/entries?{search}")).await;
        assert_eq!(page.entries.len(), found, "{search}");
    }
    for wrong in ["most=0", "most=501", "below=0", "from=ahir", "until=2026-13-01", "other=1"] {
        let path = format!("/entries?{wrong}");
        assert_eq!(rosa.is_told("GET", &path, None).await, told(400, code::PARAMETER), "{wrong}");
    }
    let entry: EntryShown = rosa.reads("/entries/2026-E-000001").await;
    assert_eq!(entry.entry.interested.nif, "99999002Q");
    assert_eq!(entry.entry.exchange.unwrap().request, "Que arregleu el fanal.");
    for absent in ["2026-E-000009", "x%2Fy", "019a2f6e-5c00-7000-8000-000000000001"] {
        let path = format!("/entries/{absent}");
        assert_eq!(rosa.is_told("GET", &path, None).await, told(404, code::OFFICE_NOT_FOUND));
    }
    let log: Vec<LoggedAct> = rosa.reads("/log?subject=2026-E-000001&most=100").await;
    assert!(log.iter().all(|act| act.actor.starts_with("Rosa Gil (certificate ")), "{log:?}");
    assert!(log.iter().any(|act| act.action == "entry.show"));
    assert!(log.iter().any(|act| act.action == "entry.list"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r3_an_entry_is_corrected_once_with_a_key() {
    let (town, _clock, _open, rosa) = town_with(1).await;
    let wish = |key: &str, relation: &str, reason: &str| {
        format!("{{\"key\":\"{key}\",\"relation\":\"{relation}\",\"reason\":\"{reason}\"}}")
    };
    let (first, second) = (new_key(at(WHEN)).to_string(), new_key(at(WHEN)).to_string());
    let path = "/entries/2026-E-000001/corrections";
    let annul = wish(&first, "annuls", "Presentada dos voltes");
    let mut made: Vec<OfficeEntry> = Vec::new();
    for _ in 0..2 {
        let reply = rosa.asks("POST", path, Some(&annul)).await;
        assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
        made.push(serde_json::from_slice(&reply.body).unwrap());
    }
    assert!(made[0] == made[1] && made[0].number.as_str() == "2026-E-000002");
    assert!(made[0].acting_official.as_ref().unwrap().starts_with("Rosa Gil (certificate "));
    // It is annulled: nothing else corrects it, and the key is taken.
    for again in [wish(&second, "rectifies", "Encara"), wish(&first, "rectifies", "Encara")] {
        assert_eq!(rosa.is_told("POST", path, Some(&again)).await, told(409, code::OFFICE_CORRECTION));
    }
    let blank = wish(&second, "rectifies", "   ");
    assert_eq!(rosa.is_told("POST", path, Some(&blank)).await, told(422, code::OFFICE_WISH));
    let absent = "/entries/2026-E-000009/corrections";
    assert_eq!(rosa.is_told("POST", absent, Some(&annul)).await, told(404, code::OFFICE_NOT_FOUND));
    assert_eq!(town.sql("SELECT count(*) FROM entries").await, [["2"]]);
    let entry: EntryShown = rosa.reads("/entries/2026-E-000001").await;
    assert_eq!(entry.corrections[0].relation.as_deref(), Some("annuls"));
}

#[tokio::test(flavor = "multi_thread")]
async fn quarantine_incidents_and_calendar() {
    let (_town, _clock, open, rosa) = town_with(0).await;
    let mut submission = amparo().submission(WHEN);
    submission.procedure = "no-existix".to_owned();
    assert!(open.client().submit(&submission).await.is_err());
    let list: Vec<Refusal> = rosa.reads("/quarantine").await;
    assert_eq!(list[0].reason, code::PROCEDURE);
    let path = format!("/quarantine/{}/dismissal", list[0].id);
    let reason = Some("{\"reason\":\"Avisat per telèfon\"}");
    assert_eq!(rosa.is_told("POST", &path, Some("{\"reason\":\"\"}")).await, told(422, code::OFFICE_WISH));
    assert_eq!(rosa.is_told("POST", &path, reason).await, told(204, ""));
    assert_eq!(rosa.is_told("POST", &path, reason).await, told(404, code::OFFICE_NOT_FOUND));

    let incident = |id: &str, ends: &str| {
        format!(
            "{{\"id\":\"{id}\",\"what\":\"Tall de llum\",\"starts_at\":\"2026-03-10T08:00:00Z\",\
             \"ends_at\":\"{ends}\",\"scope\":\"everything\"}}"
        )
    };
    let good = incident("tall", "2026-03-11T08:00:00Z");
    assert_eq!(rosa.is_told("PUT", "/incidents/tall", Some(&good)).await, told(200, ""));
    for (path, wrong) in [
        ("/incidents/altre", good.clone()),
        ("/incidents/tall", incident("tall", "2026-03-09T08:00:00Z")),
        ("/incidents/a%20b", incident("a b", "2026-03-11T08:00:00Z")),
    ] {
        assert_eq!(rosa.is_told("PUT", path, Some(&wrong)).await, told(422, code::OFFICE_WISH), "{path}");
    }
    let list: Vec<registry_api::office::Incident> = rosa.reads("/incidents").await;
    assert_eq!(list.len(), 1);

    let days: registry_api::office::DaysOff = rosa.reads("/calendar/2026").await;
    assert_eq!(days.days.len(), 12);
    // The sheet's vector.
    let last: LastDay = rosa.reads("/term?from=2026-03-06&term=10wd").await;
    assert_eq!(last.last.to_string(), "2026-03-23");
    for wrong in [
        "/calendar/0",
        "/calendar/mil",
        "/term?from=2026-03-06&term=deu",
        "/term?from=2026-03-06",
        "/term?from=9999-12-01&term=9999y",
    ] {
        assert_eq!(rosa.is_told("GET", wrong, None).await, told(400, code::PARAMETER), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kiosks_are_invited_and_decided_on() {
    let (_town, _clock, open, rosa) = town_with(0).await;
    let place = Some("{\"place\":\"Biblioteca\",\"hours\":48}");
    let reply = rosa.asks("POST", "/kiosks/kiosk-01/invitation", place).await;
    assert_eq!(reply.status, 201);
    let invited: Invited = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(invited.expires_at, at("2026-03-14T17:05:31.250Z"));
    for (name, wish) in [
        ("kiosk%20x", "{\"place\":\"Biblioteca\"}"),
        ("kiosk-02", "{\"place\":\" \"}"),
        ("kiosk-02", "{\"place\":\"Biblioteca\",\"hours\":721}"),
    ] {
        let path = format!("/kiosks/{name}/invitation");
        assert_eq!(rosa.is_told("POST", &path, Some(wish)).await, told(422, code::OFFICE_WISH), "{wish}");
    }
    let state = "/kiosks/kiosk-01/state";
    let decide = |state: &str| format!("{{\"state\":\"{state}\",\"reason\":\"Prova\"}}");
    for (decision, heard) in [("suspended", false), ("allowed", true), ("revoked", false)] {
        assert_eq!(rosa.is_told("PUT", state, Some(&decide(decision))).await, told(204, ""));
        assert_eq!(open.client().health().await.is_ok(), heard, "{decision}");
    }
    let list: Vec<KioskListed> = rosa.reads("/kiosks").await;
    assert_eq!((list[0].name.as_str(), list[0].state.as_str()), ("kiosk-01", "revoked"));
    // Revoked with the code that was never used.
    assert_eq!(list[0].invited_until, None);
}
