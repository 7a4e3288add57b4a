//! Figures of the service, by the official time of the office.

use std::sync::Arc;

use jiff::civil::Date;
use registry_api::figures::{Compared, Counted, ServiceFigures};
use registry_api::{Answers, Interested, Language, Registry as _, Sha256Hex, code};
use registry_server::{Calendar, Corrects, Desk, Error, Filing, Registered, Relation, Store};

use crate::citizen::{amparo, at, new_key};
use crate::town::{Clock, THURSDAY, Town, staff};
use crate::wire::call;

pub(crate) fn filing(procedure: &str, unit: &str, handed_in: &str) -> Filing {
    Filing {
        key: new_key(at(handed_in)),
        package_sha256: Sha256Hex::of(handed_in.as_bytes()),
        kiosk: "kiosk-01".to_owned(),
        office: "L01461691".to_owned(),
        office_name: "Registre".to_owned(),
        unit: unit.to_owned(),
        procedure: procedure.to_owned(),
        procedure_version: 1,
        summary: procedure.to_owned(),
        answers: Answers::new(),
        facts: None,
        request: None,
        reference: None,
        application_sha256: None,
        attachments: Vec::new(),
        language: Language::CaValencia,
        interested: Interested { name: "Amparo Martí".to_owned(), nif: "99999002Q".to_owned() },
        name: None,
        signer_certificate_sha256: String::new(),
        handed_in_at: at(handed_in),
        presented: None,
        corrects: None,
        unsigned: None,
        assisted_by: None,
        cures: None,
    }
}

/// Each moment of registration, with the moment at which it was handed in, the procedure and the unit.
const BOOK: &[(&str, &str, &str, &str)] = &[
    ("2024-02-28T12:00:00Z", "2024-02-28T12:00:00Z", "queixa", "OAC"),
    ("2024-02-29T12:00:00Z", "2024-02-29T11:59:59Z", "queixa", "OAC"),
    ("2025-02-28T12:00:00Z", "2025-02-28T12:00:00Z", "queixa", "OAC"),
    // At the office it is 23:59:59, and then half past midnight of the next year.
    ("2025-12-31T22:59:59Z", "2025-12-31T22:59:59Z", "padro-alta", "OAC"),
    ("2025-12-31T23:30:00Z", "2025-12-31T23:00:00Z", "padro-alta", "PADRO"),
    // The last hour before the clocks go forward, and the first after.
    ("2026-03-29T00:59:59Z", "2026-03-29T00:58:29Z", "queixa", "OAC"),
    ("2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z", "queixa", "OAC"),
    // Half past midnight at the office, in summer.
    ("2026-06-30T22:30:00Z", "2026-06-28T22:30:00Z", "gual", "URB"),
];

async fn desk(town: &Town) -> Desk {
    let clock = Clock::at("2024-01-01T00:00:00Z");
    let calendar = Arc::new(Calendar::new(std::iter::empty::<Date>()).unwrap());
    let store = Store::open(&town.database(), &town.keeping(), Arc::clone(&clock) as _).await.unwrap();
    let mut last = None;
    for (registered, handed_in, procedure, unit) in BOOK {
        clock.set(registered);
        let entered = store.enter(filing(procedure, unit, handed_in), Vec::new(), &calendar, None).await;
        let Ok(Registered::New(entry)) = entered else { panic!("{entered:?}") };
        last = Some(entry);
    }
    let corrected = last.unwrap();
    let mut correction = filing("gual", "URB", "2026-06-30T22:30:00Z");
    correction.corrects = Some(Corrects {
        relation: Relation::Annuls,
        entry: corrected.position,
        reason: "Presentada dos voltes".to_owned(),
        official: "Rosa Gil".to_owned(),
    });
    store.enter(correction, Vec::new(), &calendar, None).await.unwrap();
    Desk { store, calendar, office: "L01461691".to_owned(), environment: clock }
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().unwrap())
}

fn listed(counted: &[Counted]) -> Vec<(&str, u64, u64)> {
    counted.iter().map(|one| (one.name.as_str(), one.count.entries, one.count.before)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_counted_by_the_official_day_and_beside_a_year_before() {
    let town = Town::new();
    let desk = desk(&town).await;
    // Of this year until today, which at the office is 1 July.
    let figures = desk.figures(None, None).await.unwrap();
    assert_eq!(
        (figures.from.to_string(), figures.until.to_string()),
        ("2026-01-01".into(), "2026-07-01".into())
    );
    assert_eq!(figures.total, Compared { entries: 5, before: 1, growth: Some(400.0) });
    assert_eq!(figures.corrections, 1);
    assert_eq!(listed(&figures.years), [("2026", 5, 1)]);
    let months = [("2026-01", 1, 0), ("2026-02", 0, 1), ("2026-03", 2, 0), ("2026-07", 2, 0)];
    assert_eq!(listed(&figures.months), months);
    assert_eq!(listed(&figures.days), [("2026-01-01", 1, 0), ("2026-03-29", 2, 0), ("2026-07-01", 2, 0)]);
    assert_eq!(listed(&figures.procedures), [("gual", 2, 0), ("queixa", 2, 1), ("padro-alta", 1, 0)]);
    assert_eq!(listed(&figures.units), [("OAC", 2, 1), ("URB", 2, 0), ("PADRO", 1, 0)]);
    assert_eq!(listed(&figures.channels), [("02", 5, 1)]);
    assert_eq!(listed(&figures.kiosks), [("kiosk-01", 5, 1)]);
    // A minute and a half, half an hour, two days.
    let waited = figures.waited;
    assert_eq!((waited.entries, waited.median_seconds, waited.longest_seconds), (3, 1800, 172_800));

    let figures = desk.figures(day("2025-01-01"), day("2025-12-31")).await.unwrap();
    assert_eq!(figures.total, Compared { entries: 2, before: 2, growth: Some(0.0) });
    // 29 February and the 28th are compared with the same day of a year that has no 29th.
    assert_eq!(listed(&figures.months), [("2025-02", 1, 2), ("2025-12", 1, 0)]);
    let figures = desk.figures(day("2024-02-29"), day("2024-02-29")).await.unwrap();
    assert_eq!(figures.total, Compared { entries: 1, before: 0, growth: None });
    let figures = desk.figures(day("2024-01-01"), day("2026-12-31")).await.unwrap();
    assert_eq!(listed(&figures.years), [("2024", 2, 0), ("2025", 2, 2), ("2026", 5, 2)]);
    let none = desk.figures(day("2023-01-01"), day("2023-01-31")).await.unwrap();
    assert_eq!((none.total, none.days.len(), none.waited.entries), (Compared::default(), 0, 0));

    for (from, until) in
        [("2026-03-02", "2026-03-01"), ("2000-01-01", "2026-01-01"), ("1950-01-01", "1950-02-01")]
    {
        let refused = desk.figures(day(from), day(until)).await;
        assert!(matches!(refused, Err(Error::Wish { .. })), "{from} to {until}");
    }
    desk.store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_reads_them_as_json_as_a_table_and_as_a_page() {
    let town = Town::new();
    let office = [
        ("OFFICE_ADDRESS", "127.0.0.1:0"),
        ("OFFICE_AUTHORITY", "staff-authority.pem"),
        ("OFFICE_CLERKS", "[\"Rosa Gil\"]"),
    ];
    let open = town.open_with(&Clock::at(THURSDAY), &office).await;
    open.client().submit(&amparo().submission("2026-03-12T17:05:00Z")).await.unwrap();
    let (door, rosa) = (open.running.office_address().unwrap(), staff("Rosa Gil", false));
    let asks = async |path: &str| call(door, Some(&rosa), "GET", path, None, None).await.unwrap();

    let reply = asks("/v1/office/figures").await;
    let figures: ServiceFigures = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!(figures.total.entries, 1);
    let reply = asks("/v1/office/figures.csv?from=2026-03-12&until=2026-03-12").await;
    let table = String::from_utf8(reply.body).unwrap();
    assert!(table.contains("\r\nprocedure,instancia-general,1,0,\r\n"), "{table}");
    let reply = asks("/v1/office/figures.html").await;
    let page = String::from_utf8(reply.body).unwrap();
    // By the names of the catalogue, in Valencian where the browser says nothing.
    for wanted in ["Xifres del servici", "Instància general", "març de 2026", "<svg"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert!(!page.contains("<script") && !page.contains("99999002Q") && !page.contains("figures-"), "{page}");
    for wrong in
        ["from=ahir", "from=2026-03-02&until=2026-03-01", "until=9999-12-31&from=9999-12-31", "other=1"]
    {
        let reply = asks(&format!("/v1/office/figures?{wrong}")).await;
        assert_eq!((reply.status, reply.problem().code.as_str()), (400, code::PARAMETER), "{wrong}");
    }
}
