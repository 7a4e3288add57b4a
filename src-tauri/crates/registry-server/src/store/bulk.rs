//! Many rows in few statements.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use crate::Error;

/// One value of a row. An absent one keeps its type: PostgreSQL wants to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Vec<u8>),
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
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
        Value::Text(text) => statement.bind(text),
        Value::Int(number) => statement.bind(number),
        Value::Bytes(bytes) => statement.bind(bytes),
    })
}

/// Most rows of one statement. Fewer than 65,535 parameters, the most that PostgreSQL takes, and than SQLite's 32,766.
const MOST_ROWS: usize = 64;
/// Most bytes of one statement, so that large documents do not stand in memory all at once.
const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Statements of more rows than this come in multiples of it, so that there are few sizes, each prepared already, and few
/// statements for any number of rows.
const STEP: usize = 8;

/// Inserts rows, `suffix` after each statement. A column whose text is read as another type is given as `column::type`.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    table: &'static str,
    columns: &'static [&'static str],
    rows: Vec<Vec<Value>>,
    suffix: &'static str,
) -> Result<(), Error> {
    let mut rows = rows.into_iter().peekable();
    let mut left = rows.len();
    while left > 0 {
        let wanted = size_for(left);
        let mut chunk = Vec::with_capacity(wanted);
        let mut bytes = 0;
        while chunk.len() < wanted
            && let Some(row) = rows.next_if(|row| chunk.is_empty() || bytes + size(row) <= MOST_BYTES)
        {
            bytes += size(&row);
            chunk.push(row);
        }
        left -= chunk.len();
        let statement = sqlx::query(AssertSqlSafe(text_of(table, columns, chunk.len(), suffix)));
        let query = bind(statement, chunk.into_iter().flatten());
        query.execute(&mut *connection).await?;
    }
    Ok(())
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

fn size(row: &[Value]) -> usize {
    let bytes = |value: &Value| match value {
        Value::Bytes(bytes) => bytes.len(),
        Value::Text(text) => text.as_ref().map_or(0, String::len),
        Value::Int(_) => 0,
    };
    row.iter().map(bytes).sum()
}

/// The statement for so many rows of a table, made once: it is long, and there are few sizes.
fn text_of(
    table: &'static str,
    columns: &'static [&'static str],
    rows: usize,
    suffix: &'static str,
) -> Arc<str> {
    type Of = (&'static str, &'static [&'static str], &'static str, usize);
    static TEXTS: Mutex<BTreeMap<Of, Arc<str>>> = Mutex::new(BTreeMap::new());
    // Nothing is left half done by whoever died with it in hand.
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let text = texts
        .entry((table, columns, suffix, rows))
        .or_insert_with(|| statement(table, columns, rows, suffix).into());
    Arc::clone(text)
}

fn statement(table: &str, columns: &[&str], rows: usize, suffix: &str) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.split("::").next().unwrap_or(column)).collect();
    let mut text = format!("INSERT INTO {table} ({}) VALUES ", names.join(", "));
    for row in 0..rows {
        let first = row * columns.len() + 1;
        let places: Vec<String> = (first..)
            .zip(columns)
            .map(|(place, column)| match column.split_once("::") {
                Some((_, kind)) => format!("CAST(${place} AS {kind})"),
                None => format!("${place}"),
            })
            .collect();
        text.push_str(if row == 0 { "(" } else { ", (" });
        text.push_str(&places.join(", "));
        text.push(')');
    }
    text.push(' ');
    text.push_str(suffix);
    text
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
            statement("t", &["a", "b"], 2, "ON CONFLICT DO NOTHING"),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(statement("t", &["a", "b::c"], 1, ""), "INSERT INTO t (a, b) VALUES ($1, CAST($2 AS c)) ");
        assert_eq!(places(3), "$1, $2, $3");
    }
}
