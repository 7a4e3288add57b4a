//! Drafts: no legal effect, kept only so that a fault of ours costs the citizen nothing.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use registry_api::SubmissionKey;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Error, Filings};

/// A filing as it is being typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// The filing's key, from its first page on.
    pub key: SubmissionKey,
    /// NIF of the card's holder: only that person finds it again.
    pub owner: String,
    /// Procedure id.
    pub procedure: String,
    /// Version of the procedure it was begun with.
    pub version: u32,
    /// Page it stands at.
    pub page: String,
    /// Answers as typed, by field.
    pub answers: BTreeMap<String, String>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("key", &self.key)
            .field("procedure", &self.procedure)
            .finish_non_exhaustive()
    }
}

/// A file that answers a field.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its name, without path.
    pub name: String,
    /// MIME type found in its content.
    pub mime: String,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// How many pages; 0 for what has none.
    pub pages: u32,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl fmt::Debug for DraftFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DraftFile")
            .field("mime", &self.mime)
            .field("bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}

impl Filings {
    /// Keeps the draft as it is now.
    ///
    /// # Errors
    /// [`Error::Full`] and the like; what was kept before stays.
    pub async fn save_draft(&self, draft: &Draft) -> Result<(), Error> {
        let answers = serde_json::to_string(&draft.answers).map_err(|_| Error::Corrupt { what: "draft" })?;
        sqlx::query(
            "INSERT INTO drafts (key, owner, procedure, version, page, answers, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (key) DO UPDATE SET page = excluded.page, answers = excluded.answers, changed_at = excluded.changed_at",
        )
        .bind(draft.key.to_string())
        .bind(&draft.owner)
        .bind(&draft.procedure)
        .bind(draft.version)
        .bind(&draft.page)
        .bind(answers)
        .bind(draft.changed_at.to_string())
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The latest draft of this person for this procedure.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when it does not read.
    pub async fn find_draft(&self, owner: &str, procedure: &str) -> Result<Option<Draft>, Error> {
        sqlx::query("SELECT * FROM drafts WHERE owner = ? AND procedure = ? ORDER BY changed_at DESC LIMIT 1")
            .bind(owner)
            .bind(procedure)
            .fetch_optional(&self.pool)
            .await?
            .map(|row| draft(&row))
            .transpose()
    }

    /// Forgets a draft and its files.
    ///
    /// # Errors
    /// As any write.
    pub async fn drop_draft(&self, key: SubmissionKey) -> Result<(), Error> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM draft_files WHERE key = ?")
            .bind(key.to_string())
            .execute(&mut *transaction)
            .await?;
        sqlx::query("DELETE FROM drafts WHERE key = ?")
            .bind(key.to_string())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Keeps a file for a field, in place of the one before.
    ///
    /// # Errors
    /// [`Error::Full`] and the like.
    pub async fn put_file(&self, key: SubmissionKey, field: &str, file: &DraftFile) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO draft_files (key, field, name, mime, sha256, pages, content) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (key, field) DO UPDATE SET name = excluded.name, mime = excluded.mime,
             sha256 = excluded.sha256, pages = excluded.pages, content = excluded.content",
        )
        .bind(key.to_string())
        .bind(field)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(&file.sha256)
        .bind(file.pages)
        .bind(&file.content)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Forgets the file of a field, if there is one. Its bytes are overwritten where they lay.
    ///
    /// # Errors
    /// As any write.
    pub async fn drop_file(&self, key: SubmissionKey, field: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM draft_files WHERE key = ? AND field = ?")
            .bind(key.to_string())
            .bind(field)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The files of a draft, by field.
    ///
    /// # Errors
    /// As any read.
    pub async fn files(&self, key: SubmissionKey) -> Result<BTreeMap<String, DraftFile>, Error> {
        let rows =
            sqlx::query("SELECT field, name, mime, sha256, pages, content FROM draft_files WHERE key = ?")
                .bind(key.to_string())
                .fetch_all(&self.pool)
                .await?;
        rows.iter()
            .map(|row| {
                let file = DraftFile {
                    name: row.try_get("name")?,
                    mime: row.try_get("mime")?,
                    sha256: row.try_get("sha256")?,
                    pages: row.try_get("pages")?,
                    content: row.try_get("content")?,
                };
                Ok((row.try_get("field")?, file))
            })
            .collect()
    }
}

fn draft(row: &SqliteRow) -> Result<Draft, Error> {
    let corrupt = || Error::Corrupt { what: "draft" };
    Ok(Draft {
        key: row.try_get::<String, _>("key")?.parse().map_err(|_| corrupt())?,
        owner: row.try_get("owner")?,
        procedure: row.try_get("procedure")?,
        version: row.try_get("version")?,
        page: row.try_get("page")?,
        answers: serde_json::from_str(row.try_get::<&str, _>("answers")?).map_err(|_| corrupt())?,
        changed_at: row.try_get::<String, _>("changed_at")?.parse().map_err(|_| corrupt())?,
    })
}
