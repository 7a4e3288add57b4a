//! What the same PostgreSQL does without us: a plain insert, and the counter row that registries commonly number with.

use std::time::Duration;

use anyhow::Context as _;
use testkit::postgres::Cluster;

const TABLES: &str = "CREATE TABLE IF NOT EXISTS plain (id BIGSERIAL PRIMARY KEY, at TIMESTAMPTZ NOT NULL, body TEXT NOT NULL); \
     CREATE TABLE IF NOT EXISTS counter (year BIGINT PRIMARY KEY, last BIGINT NOT NULL); \
     CREATE TABLE IF NOT EXISTS numbered (year BIGINT NOT NULL, seq BIGINT NOT NULL, at TIMESTAMPTZ NOT NULL, \
     body TEXT NOT NULL, PRIMARY KEY (year, seq)); \
     INSERT INTO counter VALUES (2026, 0) ON CONFLICT DO NOTHING;";
const INSERT: &str = "INSERT INTO plain (at, body) VALUES (now(), repeat('x', 200));\n";
const COUNTER: &str = "BEGIN;\n\
     UPDATE counter SET last = last + 1 WHERE year = 2026 RETURNING last AS last \\gset\n\
     INSERT INTO numbered VALUES (2026, :last, now(), repeat('x', 200));\n\
     COMMIT;\n";

/// Transactions a second.
#[derive(Clone, Copy)]
pub(super) struct Peers {
    pub(super) insert: f64,
    pub(super) counter: f64,
}

/// Runs both, each with so many clients for so long.
pub(super) fn measure(cluster: &Cluster, clients: usize, span: Duration) -> anyhow::Result<Peers> {
    cluster.psql(TABLES)?;
    Ok(Peers { insert: run(cluster, INSERT, clients, span)?, counter: run(cluster, COUNTER, clients, span)? })
}

fn run(cluster: &Cluster, script: &str, clients: usize, span: Duration) -> anyhow::Result<f64> {
    let mut file = tempfile::NamedTempFile::new()?;
    std::io::Write::write_all(&mut file, script.as_bytes())?;
    let (clients, seconds) = (clients.to_string(), span.as_secs().to_string());
    let path = file.path().to_str().context("a path that is no text")?;
    let told = cluster.run(
        "pgbench",
        &["-n", "-M", "prepared", "-c", &clients, "-j", "2", "-T", &seconds, "-f", path, "postgres"],
    )?;
    let line = told.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench tells no rate")?;
    line.split(' ').next().unwrap_or_default().parse().context("a rate that is no number")
}
