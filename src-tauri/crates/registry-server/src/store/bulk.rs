//! Many rows in few statements.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use super::record::json;
use crate::Error;

/// One value of a row. An absent one keeps its type: PostgreSQL wants to know it. Text is shared: a row is read by several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(Option<Arc<str>>),
    Int(Option<i64>),
    Bytes(Vec<u8>),
}

impl Value {
    pub(super) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(Some(text.into()))
    }

    pub(super) fn int(number: impl Into<i64>) -> Self {
        Self::Int(Some(number.into()))
    }
}

/// The statement with its values, in their order.
pub(super) fn bind(
    statement: Query<'_, Any, AnyArguments>,
    values: impl IntoIterator<Item = Value>,
) -> Query<'_, Any, AnyArguments> {
    values.into_iter().fold(statement, |statement, value| match value {
        Value::Text(text) => statement.bind(text.map(|text| text.to_string())),
        Value::Int(number) => statement.bind(number),
        Value::Bytes(bytes) => statement.bind(bytes),
    })
}

/// Most rows of one statement. Fewer than 65,535 parameters, the most that PostgreSQL takes, and than SQLite's 32,766.
const MOST_ROWS: usize = 64;
/// Most bytes of one statement, so that large documents do not stand in memory all at once.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Most bytes that are given as text.
const MOST_BYTES_AS_TEXT: usize = 1024;

/// Statements of more rows than this come in multiples of it, so that there are few sizes, each prepared already, and few
/// statements for any number of rows.
const STEP: usize = 8;

/// Rows of one table.
pub(super) struct TableRows {
    table: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<Value>>,
    /// The column by which a row is known that is there already, and stays as it is; without one that is an error.
    known_by: Option<&'static str>,
}

impl TableRows {
    pub(super) const fn new(
        table: &'static str,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Self {
        Self { table, columns, rows, known_by: None }
    }

    /// The same, but one that is there already by that column stays as it is.
    pub(super) fn unless_known_by(self, column: &'static str) -> Self {
        Self { known_by: Some(column), ..self }
    }
}

/// Inserts rows, and says how many have been.
///
/// PostgreSQL reads the rows as one value of JSON, as many as there are: thousands of values of their own take it no less, and
/// whoever sends them far longer, with the book in hand. SQLite has each value for itself, as PostgreSQL has where bytes are large.
pub(super) async fn insert(connection: &mut AnyConnection, rows: TableRows) -> Result<u64, Error> {
    let together = connection.backend_name() == "PostgreSQL" && rows.rows.iter().all(|row| is_small(row));
    let TableRows { table, columns, rows, known_by } = rows;
    let mut rows = rows.into_iter().peekable();
    let mut left = rows.len();
    let mut inserted = 0;
    while left > 0 {
        let wanted = if together { left } else { size_for(left) };
        let mut chunk = Vec::with_capacity(wanted);
        let mut bytes = 0;
        while chunk.len() < wanted
            && let Some(row) = rows.next_if(|row| chunk.is_empty() || bytes + size(row) <= MOST_BYTES)
        {
            bytes += size(&row);
            chunk.push(row);
        }
        left -= chunk.len();
        let statement = |rows| sqlx::query(AssertSqlSafe(text_of(table, columns, rows, known_by)));
        let query = match together {
            true => statement(Given::Together).bind(json(&Table { columns, rows: &chunk })?),
            false => bind(statement(Given::Each(chunk.len())), chunk.into_iter().flatten()),
        };
        inserted += query.execute(&mut *connection).await?.rows_affected();
    }
    Ok(inserted)
}

/// Whether rows can be given to [`insert_with_the_book`].
pub(super) fn fit_one_statement<'a>(mut rows: impl Iterator<Item = &'a Vec<Value>>) -> bool {
    let sum = rows.try_fold(0, |sum, row| is_small(row).then(|| sum + size(row)));
    sum.is_some_and(|bytes| bytes <= MOST_BYTES)
}

/// Takes the book, inserts the rows and lets go of the book, all by one statement of PostgreSQL: it has no second turn to wait
/// for while it holds the book. Nothing is done, and false said, where the book has been held since it was held so often.
pub(super) async fn insert_with_the_book(
    connection: &mut AnyConnection,
    batches: i64,
    tables: impl IntoIterator<Item = TableRows>,
) -> Result<bool, Error> {
    let tables: Vec<TableRows> = tables.into_iter().filter(|table| !table.rows.is_empty()).collect();
    let mut query = sqlx::query_scalar(AssertSqlSafe(statement_with_the_book(&tables))).bind(batches);
    for TableRows { columns, rows, .. } in &tables {
        query = query.bind(json(&Table { columns, rows })?);
    }
    // To the end, where it is committed, and not only to the row.
    let held: Vec<i64> = query.fetch_all(connection).await?;
    Ok(held == [1])
}

/// References are looked at when the statement ends, so the order of its parts is of no account.
fn statement_with_the_book(tables: &[TableRows]) -> String {
    let mut text =
        "WITH held AS (UPDATE book SET batches = batches + 1 WHERE id = 1 AND batches = $1 RETURNING id)"
            .to_owned();
    for (TableRows { table, columns, known_by, .. }, place) in tables.iter().zip(2..) {
        let inserted = inserted_together(table, columns, place);
        let unless = unless_known(*known_by);
        text += &format!(", {table}_added AS ({inserted} WHERE EXISTS (SELECT FROM held){unless})");
    }
    text + " SELECT count(*) FROM held"
}

/// `INSERT` of rows that are the parameter at that place.
fn inserted_together(table: &str, columns: &[&str], place: usize) -> String {
    let names = columns.join(", ");
    format!(
        "INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, CAST(${place} AS json))"
    )
}

/// How the rows of a statement are given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Given {
    /// As one value.
    Together,
    /// Each value for itself, of so many rows.
    Each(usize),
}

/// Rows as JSON: what is absent is left out, bytes are as PostgreSQL writes them.
struct Table<'a> {
    columns: &'static [&'static str],
    rows: &'a [Vec<Value>],
}

impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|values| Line { columns: self.columns, values }))
    }
}

struct Line<'a> {
    columns: &'static [&'static str],
    values: &'a [Value],
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_map(None)?;
        for (column, value) in self.columns.iter().zip(self.values) {
            match value {
                Value::Text(Some(text)) => line.serialize_entry(column, text.as_ref())?,
                Value::Int(Some(number)) => line.serialize_entry(column, number)?,
                Value::Bytes(bytes) => line.serialize_entry(column, &format!("\\x{}", hex::encode(bytes)))?,
                Value::Text(None) | Value::Int(None) => {}
            }
        }
        line.end()
    }
}

/// Rows of the next statement, where so many are left.
const fn size_for(left: usize) -> usize {
    if left >= MOST_ROWS {
        MOST_ROWS
    } else if left > STEP {
        left - left % STEP
    } else {
        left
    }
}

/// `$1, $2, …`, for lists of `count` values.
pub(super) fn places(count: usize) -> String {
    (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// Whether it has no bytes that would be twice as many as text, and be felt.
fn is_small(row: &[Value]) -> bool {
    row.iter().all(|value| !matches!(value, Value::Bytes(bytes) if bytes.len() > MOST_BYTES_AS_TEXT))
}

fn size(row: &[Value]) -> usize {
    let bytes = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.len(),
        Value::Text(text) => text.as_ref().map_or(0, |text| text.len()),
        Value::Int(_) => 0,
    };
    row.iter().map(bytes).sum()
}

/// The statement for rows of a table, made once: it is long, and there are few.
fn text_of(
    table: &'static str,
    columns: &'static [&'static str],
    rows: Given,
    known_by: Option<&'static str>,
) -> Arc<str> {
    type Of = (&'static str, &'static [&'static str], Option<&'static str>, Given);
    static TEXTS: Mutex<BTreeMap<Of, Arc<str>>> = Mutex::new(BTreeMap::new());
    // Nothing is left half done by whoever died with it in hand.
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let text = texts
        .entry((table, columns, known_by, rows))
        .or_insert_with(|| statement(table, columns, rows, known_by).into());
    Arc::clone(text)
}

fn statement(table: &str, columns: &[&str], rows: Given, known_by: Option<&str>) -> String {
    let mut text = match rows {
        Given::Together => inserted_together(table, columns, 1),
        Given::Each(rows) => {
            let width = columns.len();
            let row = |row| {
                let places: Vec<_> = (1..=width).map(|place| format!("${}", row * width + place)).collect();
                format!("({})", places.join(", "))
            };
            let rows: Vec<_> = (0..rows).map(row).collect();
            format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), rows.join(", "))
        }
    };
    text.push_str(&unless_known(known_by));
    text
}

/// Both databases say it so.
fn unless_known(by: Option<&str>) -> String {
    by.map(|column| format!(" ON CONFLICT ({column}) DO NOTHING")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_rows_takes_few_statements_of_few_sizes() {
        let mut sizes = std::collections::BTreeSet::new();
        for rows in 1..=300 {
            let (mut left, mut statements) = (rows, 0);
            while left > 0 {
                sizes.insert(size_for(left));
                left -= size_for(left);
                statements += 1;
            }
            assert!(statements <= rows.div_ceil(MOST_ROWS) + 1, "{rows}");
        }
        assert_eq!(sizes.len(), 15);
    }

    #[test]
    fn places_count_on_from_row_to_row() {
        assert_eq!(
            statement("t", &["a", "b"], Given::Each(2), Some("a")),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT (a) DO NOTHING"
        );
        assert_eq!(places(3), "$1, $2, $3");
    }

    #[test]
    fn rows_together_are_one_value() {
        let rows = vec![
            vec![Value::text("d'\"\\\n·"), Value::int(-7), Value::Bytes(vec![0, 255])],
            vec![Value::Text(None), Value::Int(None), Value::Bytes(Vec::new())],
        ];
        let columns = &["a", "b", "c"];
        assert_eq!(
            json(&Table { columns, rows: &rows }).ok().as_deref(),
            Some(r#"[{"a":"d'\"\\\n·","b":-7,"c":"\\x00ff"},{"c":"\\x"}]"#)
        );
        assert!(
            statement("t", columns, Given::Together, None)
                .starts_with("INSERT INTO t (a, b, c) SELECT a, b, c FROM ")
        );
    }

    #[test]
    fn one_statement_takes_the_book_and_what_is_small() {
        let part = |table, bytes| TableRows {
            table,
            columns: &["a", "b"],
            rows: vec![vec![Value::int(1), Value::Bytes(vec![0; bytes])]],
            known_by: Some("a"),
        };
        let fit =
            |bytes| fit_one_statement([part("t", 0), part("u", bytes)].iter().flat_map(|part| &part.rows));
        assert!(fit(1000) && !fit(2000));
        let text = statement_with_the_book(&[part("t", 0), part("u", 0)]);
        let inserted = "json_populate_recordset(NULL::u, CAST($3 AS json)) WHERE EXISTS (SELECT FROM held) ON CONFLICT (a) DO NOTHING)";
        assert!(text.starts_with("WITH held AS (UPDATE book ") && text.contains(inserted), "{text}");
    }
}
