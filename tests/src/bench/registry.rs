//! `cargo xtask bench registry`: how many entries are numbered and kept in a second, on both databases, empty and with a
//! million entries, beside `pgbench` on the same PostgreSQL in the same run; and how long the office waits for a page of a
//! large book.
//!
//! First the numbering and storing alone, in this process and without documents: what the registry adds to its database; then
//! the same over mutual TLS; then whole filings with the registry's own process. The clients share the machine with the
//! databases, as `pgbench`'s do.

mod door;
mod large;
mod peers;
mod served;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use jiff::civil::Date;
use registry_api::{Answers, Interested, Language, Sha256Hex, SubmissionKey};
use registry_server::{
    Calendar, Database, Environment as _, Filing, Keeping, Machine, Query, Registered, Store,
};
use testkit::pki::Authorities;
use testkit::postgres::Cluster;
use tokio::task::JoinSet;

use super::figures::{Figures, Row};
use super::{say, write};
use door::Door;
use peers::Peers;

/// Who files.
const NAME: &str = "Amparo Martí Soler";
/// How long each figure is taken.
const SPAN: Duration = Duration::from_secs(6);
/// Clients at the same time.
const CLIENTS: [usize; 3] = [1, 16, 64];
/// Entries of a large book.
const MANY: u32 = 1_000_000;
/// Pages of the book that are asked for.
const PAGES: usize = 200;
/// Longest wait for a page, 99 of 100, milliseconds.
const PAGE_LIMIT: f64 = 50.0;
/// How many times the plain insert may be faster, at most.
const BEHIND_INSERT: f64 = 2.0;
/// What part of ours the counter row may reach, at most.
const COUNTER: f64 = 0.2;
/// The same over TLS.
const BEHIND_INSERT_OVER_TLS: f64 = 1.0 / 0.15;
const COUNTER_OVER_TLS: f64 = 0.5;
/// What the town registers in a year, entries, and how long that may take, seconds.
const YEAR: usize = 21_000;
const YEAR_LIMIT: f64 = 120.0;

/// Takes every figure, prints a table, writes the file.
///
/// # Errors
/// When a figure cannot be taken.
pub fn registry(output: &Path) -> anyhow::Result<()> {
    let mut figures = Figures::new("registry");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    let cluster = Cluster::start()?;
    runtime.block_on(async {
        let postgres = Database::Postgres(cluster.fresh_database()?);
        let sqlite = Database::Sqlite(folder.path().join("registry.db"));
        let keeping = Keeping::Folder(folder.path().join("documents"));
        for (name, database) in [("PostgreSQL", &postgres), ("SQLite", &sqlite)] {
            let peers = (name == "PostgreSQL").then_some(&cluster);
            of_database(&mut figures, name, database, &keeping, peers)
                .await
                .with_context(|| name.to_owned())?;
        }
        anyhow::Ok(())
    })?;
    write(&figures, output)
}

async fn of_database(
    figures: &mut Figures,
    name: &str,
    database: &Database,
    keeping: &Keeping,
    peers: Option<&Cluster>,
) -> anyhow::Result<()> {
    let calendar = Arc::new(Calendar::new(std::iter::empty::<Date>())?);
    let authorities = Authorities::generate(Machine.now())?;
    for book in ["empty book", "a million entries"] {
        let store = Store::open(database, keeping, Arc::new(Machine)).await?;
        if book != "empty book" {
            say(&format!("{name}: making a book of a million entries"));
            large::fill(database, MANY).await?;
            store.take_words_down().await?;
        }
        let door = Door::open(store.clone(), Arc::clone(&calendar), &authorities).await?;
        for clients in CLIENTS {
            say(&format!("{name}, {book}: {clients} clients"));
            let task = format!("{name}, {book}: {clients} clients");
            let taken = numbering(&store, &calendar, clients).await?;
            say(&format!("  {:.0} a second", taken.a_second));
            let peer = match peers {
                Some(cluster) if book == "empty book" => Some(peers::measure(cluster, clients, SPAN)?),
                _ => None,
            };
            if let Some(Peers { insert, counter }) = peer {
                say(&format!(
                    "  pgbench: {insert:.0} plain inserts a second, {counter:.0} with a counter row"
                ));
            }
            taken.push(figures, &task, clients, peer, (BEHIND_INSERT, COUNTER));
            let task = format!("{name}, {book}, over TLS: {clients} clients");
            let taken = over_tls(&door, &authorities, clients, None).await?;
            say(&format!("  over TLS {:.0} a second", taken.a_second));
            taken.push(figures, &task, clients, peer, (BEHIND_INSERT_OVER_TLS, COUNTER_OVER_TLS));
        }
        if book == "empty book" {
            say(&format!("{name}: the town's year"));
            let task = format!("{name}, over TLS: the town's year of {YEAR} entries");
            let begun = Instant::now();
            over_tls(&door, &authorities, 64, Some(YEAR)).await?;
            let row = Row::new(&task, "until all are acknowledged", "s", begun.elapsed().as_secs_f64());
            figures.push(row.limit(YEAR_LIMIT));
        }
        drop(door);
        if book != "empty book" {
            pages(figures, name, &store).await?;
        }
        store.close().await;
        // Whole filings into a book of their own first, then into the large one.
        let name = format!("{name}, {book}");
        match peers {
            Some(cluster) if book == "empty book" => {
                served::filings(figures, &name, &Database::Postgres(cluster.fresh_database()?), true).await?;
            }
            None if book == "empty book" => {
                let folder = tempfile::tempdir()?;
                let own = Database::Sqlite(folder.path().join("registry.db"));
                served::filings(figures, &name, &own, true).await?;
            }
            _ => served::filings(figures, &name, database, false).await?,
        }
    }
    Ok(())
}

/// What came of a span.
struct Taken {
    a_second: f64,
    waits: Vec<Duration>,
}

impl Taken {
    /// The rate and the waits, beside what the database did in the same run; limits hold where many press against it.
    fn push(
        &self,
        figures: &mut Figures,
        task: &str,
        clients: usize,
        peer: Option<Peers>,
        (behind, counter): (f64, f64),
    ) {
        let rate = Row::new(task, "entries acknowledged", "1/s", self.a_second);
        if let Some(peer) = peer {
            figures.push(rate.peer(peer.insert, "pgbench, plain insert"));
            let insert = Row::new(task, "plain insert against it", "×", peer.insert / self.a_second);
            let wall = Row::new(task, "counter row against it", "×", peer.counter / self.a_second);
            let (insert, wall) =
                if clients == 64 { (insert.limit(behind), wall.limit(counter)) } else { (insert, wall) };
            figures.push(insert);
            figures.push(wall.peer(peer.counter, "pgbench, counter row, 1/s"));
        } else {
            figures.push(rate);
        }
        for (metric, part) in [("half of them within", 50), ("99 of 100 within", 99)] {
            figures.push(Row::new(task, metric, "ms", part_of(&self.waits, part)));
        }
    }
}

/// So many clients hand in one entry after another.
async fn numbering(store: &Store, calendar: &Arc<Calendar>, clients: usize) -> anyhow::Result<Taken> {
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let (store, calendar) = (store.clone(), Arc::clone(calendar));
        tasks.spawn(async move {
            let mut waits = Vec::new();
            while begun.elapsed() < SPAN {
                let handed_in = Instant::now();
                match store.enter(filing()?, Vec::new(), &calendar, None).await? {
                    Registered::New(_) => waits.push(handed_in.elapsed()),
                    other => bail!("a new key was answered {other:?}"),
                }
            }
            Ok(waits)
        });
    }
    taken(begun, tasks).await
}

/// So many clients hand in one entry after another over mutual TLS: as long as each figure is taken, or until there are so
/// many.
async fn over_tls(
    door: &Door,
    authorities: &Authorities,
    clients: usize,
    entries: Option<usize>,
) -> anyhow::Result<Taken> {
    let mut ready = Vec::new();
    for _ in 0..clients {
        ready.push(door.client(authorities).await?);
    }
    let left = Arc::new(AtomicUsize::new(entries.unwrap_or(usize::MAX)));
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for mut client in ready {
        let left = Arc::clone(&left);
        tasks.spawn(async move {
            let mut waits = Vec::new();
            let one_more =
                || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            while (entries.is_some() || begun.elapsed() < SPAN) && one_more().is_ok() {
                let handed_in = Instant::now();
                client.enter().await?;
                waits.push(handed_in.elapsed());
            }
            anyhow::Ok(waits)
        });
    }
    taken(begun, tasks).await
}

/// What the clients told, once all are done.
async fn taken(begun: Instant, mut tasks: JoinSet<anyhow::Result<Vec<Duration>>>) -> anyhow::Result<Taken> {
    let mut waits = Vec::new();
    while let Some(done) = tasks.join_next().await {
        waits.extend(done??);
    }
    let took = begun.elapsed();
    waits.sort_unstable();
    #[allow(clippy::cast_precision_loss, reason = "far fewer than 2 to the 52nd")]
    let a_second = waits.len() as f64 / took.as_secs_f64();
    Ok(Taken { a_second, waits })
}

/// The office turns pages and searches.
async fn pages(figures: &mut Figures, name: &str, store: &Store) -> anyhow::Result<()> {
    let queries = [
        ("first page of the book", Query { most: 50, ..Query::default() }),
        ("page of one person", Query { nif: Some("99004242X".to_owned()), most: 50, ..Query::default() }),
        (
            "page of one procedure",
            Query { procedure: Some("queixa".to_owned()), most: 50, ..Query::default() },
        ),
        ("a name that one entry in ten thousand has", {
            Query { text: Some("persona 4242".to_owned()), most: 50, ..Query::default() }
        }),
    ];
    // What has just come has its words taken down in the next quiet moment.
    store.take_words_down().await?;
    for (task, query) in queries {
        say(&format!("{name}: {task}"));
        let mut waits = Vec::with_capacity(PAGES);
        // Where each takes long, fewer say enough.
        let begun = Instant::now();
        while waits.len() < PAGES && (waits.len() < 20 || begun.elapsed() < SPAN) {
            let asked = Instant::now();
            let found = store.entries(&query).await?;
            anyhow::ensure!(!found.is_empty(), "{task}: nothing was found");
            waits.push(asked.elapsed());
        }
        waits.sort_unstable();
        let task = format!("{name}, a million entries: {task}");
        figures.push(Row::new(&task, "99 of 100 within", "ms", part_of(&waits, 99)).limit(PAGE_LIMIT));
    }
    Ok(())
}

/// What so many of a hundred do not exceed, milliseconds.
fn part_of(sorted: &[Duration], hundredths: usize) -> f64 {
    let place = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
    sorted.get(place).map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
}

/// A filing of a kiosk, without documents.
fn filing() -> anyhow::Result<Filing> {
    let mut bits = [0; 10];
    Machine.random(&mut bits)?;
    let now = Machine.now();
    Ok(Filing {
        key: SubmissionKey::new(now, bits),
        package_sha256: Sha256Hex::of(&bits),
        kiosk: "kiosk-01".to_owned(),
        office: "L01461691".to_owned(),
        office_name: "Registre electrònic general".to_owned(),
        unit: "OAC".to_owned(),
        procedure: "instancia-general".to_owned(),
        procedure_version: 1,
        summary: "Instància general".to_owned(),
        answers: Answers::new(),
        facts: None,
        request: None,
        reference: None,
        application_sha256: None,
        attachments: Vec::new(),
        language: Language::CaValencia,
        interested: Interested { name: NAME.to_owned(), nif: "99999002Q".to_owned() },
        name: None,
        signer_certificate_sha256: String::new(),
        handed_in_at: now,
        presented: None,
        corrects: None,
        unsigned: None,
        assisted_by: None,
        cures: None,
    })
}
