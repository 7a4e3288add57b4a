//! Entries found by words of their number, summary, name or document.
//!
//! The words are taken down after the entry, in quiet moments or once many wait: numbering never waits for the search, and
//! the search never misses an entry, since it looks at those whose words are not there yet one by one.
//!
//! An index leads from a word to its entries, and is of no use for a word that every other entry has. Such words are known
//! ([`learn`]): they are only looked for in the entries that the others lead to or, where there are no others, from the
//! newest entry back, which soon has found enough. From then on the index leaves them out.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::TryStreamExt as _;
use registry_api::Interested;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, AssertSqlSafe, Row as _};
use unicode_normalization::UnicodeNormalization as _;

use super::bulk::{self, TableRows, Value};
use super::record::{Record, StoredEntry, from_json};
use super::{Database, Store};
use crate::Error;

/// Entries whose words are taken down in one transaction.
pub(super) const CHUNK: usize = 512;
/// Longest word that is taken down, characters. What is longer is cut.
const LONGEST: usize = 48;
/// Most words of one entry.
const MOST: usize = 256;
/// Of so many entries a word is common that this many have.
const SAMPLE: i64 = 1024;
const COMMON: usize = 16;

/// Takes down the words of the next entries, and says whether there may be more. Where somebody else is at it, there is
/// nothing to do, unless it is to be waited for.
pub(super) async fn take_down(database: &Database, pool: &AnyPool, wait: bool) -> Result<bool, Error> {
    let postgres = matches!(database, Database::Postgres(_));
    let mut transaction = pool.begin_with(database.begin()).await?;
    let until = match (postgres, wait) {
        (true, true) => "SELECT entry FROM entry_words_until WHERE id = 1 FOR UPDATE",
        (true, false) => "SELECT entry FROM entry_words_until WHERE id = 1 FOR UPDATE SKIP LOCKED",
        // Whoever has begun to write is alone.
        (false, _) => "SELECT entry FROM entry_words_until WHERE id = 1",
    };
    let Some(until) = sqlx::query_scalar::<_, i64>(until).fetch_optional(&mut *transaction).await? else {
        return Ok(false);
    };
    let rows = sqlx::query(
        "SELECT position, number, abstract, interested, interested_nif FROM entries WHERE position > $1 \
         ORDER BY position LIMIT $2",
    )
    .bind(until)
    .bind(i64::try_from(CHUNK).unwrap_or(i64::MAX))
    .fetch_all(&mut *transaction)
    .await?;
    let Some(last) = rows.last() else { return Ok(false) };
    let last: i64 = last.try_get("position")?;
    // Words only ever become common: whoever looks for one later knows that it is.
    let common: Vec<String> =
        sqlx::query_scalar("SELECT word FROM common_words").fetch_all(&mut *transaction).await?;
    let common: HashSet<&str> = common.iter().map(String::as_str).collect();
    let (mut texts, mut indexed) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in &rows {
        let entry = Value::int(row.try_get::<i64, _>("position")?);
        let words: Vec<String> = of_row(row)?.into_iter().collect();
        let seldom: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !common.contains(word)).collect();
        let (all, seldom) = (Value::text(words.join(" ")), Value::text(seldom.join(" ")));
        if postgres {
            indexed.push(vec![entry, all, seldom]);
        } else {
            texts.push(vec![entry.clone(), all]);
            indexed.push(vec![entry, seldom]);
        }
    }
    if postgres {
        // Letters and digits alone mean themselves in a tsvector.
        let columns = &["entry", "words", "lexemes"];
        bulk::insert(&mut transaction, TableRows::new("entry_words", columns, indexed)).await?;
    } else {
        let columns = &["entry", "words"];
        bulk::insert(&mut transaction, TableRows::new("entry_texts", columns, texts)).await?;
        let columns = &["rowid", "words"];
        bulk::insert(&mut transaction, TableRows::new("entry_words", columns, indexed)).await?;
    }
    sqlx::query("UPDATE entry_words_until SET entry = $1 WHERE id = 1")
        .bind(last)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(rows.len() == CHUNK)
}

/// Learns which words many of the newest entries have. What was common once stays so: it has as many entries as it had.
pub(super) async fn learn(database: &Database, pool: &AnyPool) -> Result<(), Error> {
    let text = format!("SELECT words FROM {} ORDER BY entry DESC LIMIT $1", texts(database));
    let sample: Vec<String> = sqlx::query_scalar(AssertSqlSafe(text)).bind(SAMPLE).fetch_all(pool).await?;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in sample.iter().flat_map(|words| words.split(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    let mut common: Vec<&str> =
        counts.into_iter().filter(|(_, count)| *count >= COMMON).map(|(word, _)| word).collect();
    common.sort_unstable();
    let rows = common.into_iter().map(|word| vec![Value::text(word)]).collect();
    let mut transaction = pool.begin_with(database.begin()).await?;
    let rows = TableRows::new("common_words", &["word"], rows).unless_known_by("word");
    bulk::insert(&mut transaction, rows).await?;
    transaction.commit().await?;
    Ok(())
}

/// The table that has the words of an entry as they are.
const fn texts(database: &Database) -> &'static str {
    match database {
        Database::Postgres(_) => "entry_words",
        Database::Sqlite(_) => "entry_texts",
    }
}

impl Store {
    /// Takes down the words of all entries that are there, without waiting for a quiet moment.
    ///
    /// # Errors
    /// [`Error::Store`] or [`Error::Damaged`].
    pub async fn take_words_down(&self) -> Result<(), Error> {
        while take_down(&self.database, &self.pool, true).await? {}
        learn(&self.database, &self.pool).await?;
        self.database.look_at(&self.pool).await;
        Ok(())
    }

    /// Entries with words that begin with each of those of `text`, the newest first; `filter` is what else is wanted of
    /// them, with the values it names.
    pub(super) async fn found(
        &self,
        text: &str,
        mut wheres: Vec<String>,
        mut values: Vec<Value>,
        most: i64,
    ) -> Result<Vec<StoredEntry>, Error> {
        let asked = of_question(text);
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let until: i64 = sqlx::query_scalar("SELECT entry FROM entry_words_until WHERE id = 1")
            .fetch_one(&self.reader)
            .await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut found = self.among_the_last(&asked, until, &wheres, values.clone(), most).await?;
        if found.len() == most {
            return Ok(found);
        }
        let common: Vec<String> =
            sqlx::query_scalar("SELECT word FROM common_words").fetch_all(&self.reader).await?;
        let is_common = |asked: &String| common.iter().any(|word| word.starts_with(asked.as_str()));
        let (often, seldom): (Vec<String>, Vec<String>) = asked.into_iter().partition(is_common);
        let words = texts(&self.database);
        let (mut from, mut entry) = (words.to_owned(), format!("{words}.entry"));
        if !seldom.is_empty() {
            values.push(Value::text(self.question(&seldom)));
            match self.database {
                Database::Postgres(_) => {
                    wheres.push(format!("lexemes @@ CAST(${} AS tsquery)", values.len()));
                }
                Database::Sqlite(_) => {
                    from = format!("entry_words JOIN {words} ON {entry} = entry_words.rowid");
                    "entry_words.rowid".clone_into(&mut entry);
                    wheres.push(format!("entry_words MATCH ${}", values.len()));
                }
            }
        }
        if !often.is_empty() {
            let has: Vec<String> = often
                .iter()
                .map(|word| {
                    values.push(Value::text(format!("% {word}%")));
                    format!("' ' || {words}.words LIKE ${}", values.len())
                })
                .collect();
            // One condition of which the database knows nothing: of several it would believe that hardly an entry meets all.
            wheres.push(format!("CASE WHEN {} THEN 1 ELSE 0 END = 1", has.join(" AND ")));
        }
        values.push(Value::int(until));
        wheres.push(format!("{entry} <= ${}", values.len()));
        let text = format!(
            "SELECT entries.* FROM {from} JOIN entries ON position = {entry} WHERE {} ORDER BY {entry} DESC LIMIT {}",
            wheres.join(" AND "),
            most - found.len()
        );
        let rows = bulk::bind(sqlx::query(AssertSqlSafe(text)), values).fetch_all(&self.reader).await?;
        for row in &rows {
            found.push(Record::read(row)?.entry()?);
        }
        Ok(found)
    }

    /// Those whose words have not been taken down yet.
    async fn among_the_last(
        &self,
        asked: &[String],
        until: i64,
        wheres: &[String],
        mut values: Vec<Value>,
        most: usize,
    ) -> Result<Vec<StoredEntry>, Error> {
        values.push(Value::int(until));
        let place = format!("position > ${}", values.len());
        let wheres: Vec<&str> = wheres.iter().map(String::as_str).chain([place.as_str()]).collect();
        let text = format!(
            "SELECT position, number, abstract, interested, interested_nif FROM entries WHERE {} \
             ORDER BY position DESC",
            wheres.join(" AND ")
        );
        let mut rows = bulk::bind(sqlx::query(AssertSqlSafe(text)), values).fetch(&self.reader);
        let mut places: Vec<i64> = Vec::new();
        while places.len() < most
            && let Some(row) = rows.try_next().await?
        {
            let words = of_row(&row)?;
            let begins = |asked: &String| {
                words.range(asked.clone()..).next().is_some_and(|word| word.starts_with(asked.as_str()))
            };
            if asked.iter().all(begins) {
                places.push(row.try_get("position")?);
            }
        }
        drop(rows);
        let mut found = Vec::with_capacity(places.len());
        for place in places {
            found.extend(self.entry_at(place).await?);
        }
        Ok(found)
    }

    /// What is asked, as the database reads it. Words are letters and digits alone, so none can end its quotes.
    fn question(&self, asked: &[String]) -> String {
        let (quote, begins, and) = match self.database {
            Database::Postgres(_) => ('\'', ":*", " & "),
            Database::Sqlite(_) => ('"', "*", " "),
        };
        let words: Vec<String> = asked.iter().map(|word| format!("{quote}{word}{quote}{begins}")).collect();
        words.join(and)
    }
}

/// The words by which an entry is found.
fn of_row(row: &AnyRow) -> Result<BTreeSet<String>, Error> {
    let interested: Interested = from_json(&row.try_get::<String, _>("interested")?)?;
    let mut words = BTreeSet::new();
    for text in [
        &row.try_get::<String, _>("number")?,
        &row.try_get::<String, _>("abstract")?,
        &interested.name,
        &row.try_get::<String, _>("interested_nif")?,
    ] {
        for word in text.split_whitespace().flat_map(|word| parts(word).chain(Some(together(word)))) {
            // A number is also asked for without its noughts.
            let short = word.trim_start_matches('0').to_owned();
            words.extend([short, word].into_iter().filter(|word| !word.is_empty()));
        }
    }
    Ok(words.into_iter().take(MOST).collect())
}

/// The words that are asked for. What has digits is asked for together, however it was parted: `2026-E-000123`,
/// `12.345.678-Z`. A single letter among longer words would find nearly everything, slowly.
fn of_question(text: &str) -> Vec<String> {
    let mut words: BTreeSet<String> = text
        .split_whitespace()
        .flat_map(|word| match word.chars().any(char::is_numeric) {
            true => vec![together(word)],
            false => parts(word).collect(),
        })
        .filter(|word| !word.is_empty())
        .collect();
    if words.iter().any(|word| word.chars().nth(1).is_some()) {
        words.retain(|word| word.chars().nth(1).is_some());
    }
    // A word that begins with another says more than it.
    let all: Vec<String> = words.into_iter().collect();
    let said = |word: &String| !all.iter().any(|other| other != word && other.starts_with(word.as_str()));
    all.iter().filter(|word| said(word)).take(MOST).cloned().collect()
}

fn parts(word: &str) -> impl Iterator<Item = String> + use<'_> {
    word.split(|letter: char| !letter.is_alphanumeric() && !is_joined(letter)).map(together)
}

/// `l·l` is one sound, and an accent that stands apart is of its letter.
fn is_joined(letter: char) -> bool {
    matches!(letter, '·' | '\u{300}'..='\u{36F}')
}

/// Letters and digits of a word, small and without accents.
fn together(word: &str) -> String {
    word.nfkd().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_digits_is_asked_for_together() {
        assert_eq!(of_question("2026-E-000123"), ["2026e000123"]);
        assert_eq!(of_question("12.345.678-Z"), ["12345678z"]);
    }

    #[test]
    fn accents_capitals_and_marks_make_no_difference() {
        assert_eq!(of_question("Sol·licitud"), of_question("SOLLICITUD"));
        assert_eq!(of_question("Muñoz Garcia-López"), ["garcia", "lopez", "munoz"]);
        assert_eq!(of_question("Martí"), of_question("Marti\u{301}"));
    }

    #[test]
    fn what_says_nothing_more_is_not_asked_for() {
        assert_eq!(of_question("Martí i Soler"), ["marti", "soler"]);
        assert_eq!(of_question("mar Martí"), ["marti"]);
        assert_eq!(of_question("i"), ["i"]);
        assert!(of_question("% _ ' \" * :").is_empty());
    }
}
