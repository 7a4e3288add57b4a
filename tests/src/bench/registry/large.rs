//! A book of a million entries: copies of one that was registered, each with its own number, person and time. Its chain of
//! hashes does not hold, which nothing that is measured here looks at.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use registry_api::{Csv, Sha256Hex};
use registry_server::Database;
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Column as _, Connection as _, Executor as _, Row as _};

use super::NAME;

/// Rows of one statement.
const BATCH: u32 = 1_000;

/// Fills the book up to so many entries.
pub(super) async fn fill(database: &Database, entries: u32) -> anyhow::Result<()> {
    install_default_drivers();
    let (url, postgres) = match database {
        Database::Postgres(url) => (url.clone(), true),
        Database::Sqlite(path) => (format!("sqlite://{}", path.display()), false),
    };
    let mut connection = AnyConnection::connect(&url).await?;
    connection.execute("CREATE TABLE made (n BIGINT PRIMARY KEY, csv TEXT, hash TEXT, at TEXT)").await?;
    let row = connection.fetch_one("SELECT count(*) AS n, max(seq) AS seq FROM entries").await?;
    let (position, seq): (i64, i64) = (row.try_get("n")?, row.try_get("seq")?);
    let first = u32::try_from(position)? + 1;
    let begin = if postgres { "BEGIN" } else { "BEGIN IMMEDIATE" };
    let mut transaction = connection.begin_with(begin).await?;
    let from: Timestamp = "2026-01-02T08:00:00Z".parse()?;
    for start in (first..=entries).step_by(usize::try_from(BATCH)?) {
        let mut rows = Vec::new();
        for n in start..(start + BATCH).min(entries + 1) {
            let bits = u128::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes();
            let csv = Csv::from_random(bits);
            let hash = Sha256Hex::of(&bits);
            let at = from.checked_add(SignedDuration::from_secs(i64::from(n) * 20))?;
            rows.push(format!("({n},'{csv}','{hash}','{at:.3}')"));
        }
        let insert = format!("INSERT INTO made VALUES {}", rows.join(","));
        (&mut *transaction).execute(sqlx::raw_sql(AssertSqlSafe(insert))).await?;
    }
    transaction.commit().await?;
    copy(&mut connection, postgres, i64::from(first), seq - position).await?;
    connection.execute("DROP TABLE made").await?;
    connection.execute(if postgres { "ANALYZE entries" } else { "ANALYZE" }).await?;
    connection.close().await?;
    Ok(())
}

/// Numbers go on where they stand: `ahead` is by how much the number is ahead of the place in the book.
async fn copy(connection: &mut AnyConnection, postgres: bool, first: i64, ahead: i64) -> anyhow::Result<()> {
    let row = connection.fetch_one("SELECT * FROM entries WHERE position = 1").await?;
    let padded = |width: usize, what: &str| match postgres {
        true => format!("lpad(({what})::text, {width}, '0')"),
        false => format!("substr('000000000000' || ({what}), -{width})"),
    };
    let seq = format!("made.n + {ahead}");
    let columns: Vec<String> = row.columns().iter().map(|column| column.name().to_owned()).collect();
    let values: Vec<String> = columns
        .iter()
        .map(|column| match column.as_str() {
            "position" => "made.n".to_owned(),
            "seq" => seq.clone(),
            "number" => format!("'2026-E-' || {}", padded(7, &seq)),
            "entry_id" => format!("'019b7a00-0000-7000-8000-' || {}", padded(12, "made.n")),
            "client_request_id" => format!("'019b7a00-0000-7000-9000-' || {}", padded(12, "made.n")),
            "csv" | "hash" => format!("made.{column}"),
            "registered_at" | "presented_at" | "effective_at" => "made.at".to_owned(),
            "interested" => {
                format!("replace(model.interested, '{NAME}', 'Persona ' || (made.n % 10000))")
            }
            "interested_nif" => format!("'99' || {} || 'X'", padded(6, "made.n % 10000")),
            "procedure_id" => "CASE made.n % 50 WHEN 0 THEN 'queixa' ELSE 'instancia-general' END".to_owned(),
            other => format!("model.{other}"),
        })
        .collect();
    let guards = guards(connection, postgres).await?;
    let statement = format!(
        "INSERT INTO entries ({}) SELECT {} FROM entries AS model, made WHERE model.position = 1 AND made.n >= {first} \
         ORDER BY made.n",
        columns.join(","),
        values.join(",")
    );
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statement))).await?;
    for guard in guards {
        connection.execute(sqlx::raw_sql(AssertSqlSafe(guard))).await?;
    }
    Ok(())
}

/// Lifts what looks at each row that comes in; gives back the statements that put it there again.
async fn guards(connection: &mut AnyConnection, postgres: bool) -> anyhow::Result<Vec<String>> {
    if postgres {
        connection.execute("ALTER TABLE entries DISABLE TRIGGER entries_leave_no_gap").await?;
        return Ok(vec!["ALTER TABLE entries ENABLE TRIGGER entries_leave_no_gap".to_owned()]);
    }
    let query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'entries_leave_no_gap'";
    let row = connection.fetch_one(query).await.context("the guard of numbers")?;
    let guard: String = row.try_get(0)?;
    connection.execute("DROP TRIGGER entries_leave_no_gap").await?;
    Ok(vec![guard])
}
