//! The whole book in one file, and back.

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::Command;

use registry_server::{Database, Keeping, Machine, Note, Store};

use super::{Call, Desk};
use crate::{Failure, load, say};

/// Writes the whole book into a new file, as it is at one moment, while the registry runs, and its documents into a folder
/// beside it: after the book, so that none that it names is missing there.
pub(super) async fn backup(call: &Call, file: &Path) -> Result<(), Failure> {
    let official = call.official()?;
    let desk = Desk::open(call).await?;
    // Empty, and for nobody else to read, before anything is in it.
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map_err(|error| {
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::Told(format!("{} is there already", file.display()))
            }
            _ => Failure::Io(error),
        }
    })?;
    // First, so that the copy says who made it.
    desk.note(&official, "backup", "").await?;
    match desk.config.database() {
        Database::Sqlite(_) => {
            desk.store.copy_to(file).await?;
            desk.store.copy_documents_to(&Keeping::beside(file)).await?;
            let copy =
                Store::open_for_reading(&Database::Sqlite(file.to_owned()), &Keeping::beside(file)).await?;
            let whole = call.closed_at_the_end(copy).verify().await?;
            say(&format!("{} entries\n", whole.entries))
        }
        Database::Postgres(url) => {
            let mut dump = tool("pg_dump", &url);
            dump.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(file);
            run(&mut dump)?;
            let documents = desk.store.copy_documents_to(&Keeping::beside(file)).await?;
            say(&format!("the database is in the file, {documents} documents are beside it\n"))
        }
    }
}

/// Brings a backup back to where there is no book, and walks it.
pub(super) async fn restore(call: &Call, file: &Path) -> Result<(), Failure> {
    let official = call.official()?;
    let config = load(call.config()?)?;
    let documents = Keeping::beside(file);
    if let Keeping::Folder(folder) = &documents
        && !folder.is_dir()
    {
        return Err(Failure::Told(format!("{} with the documents is not there", folder.display())));
    }
    let database = config.database();
    match &database {
        Database::Sqlite(path) => {
            if path.exists() {
                return Err(Failure::Told(format!("{} is there already", path.display())));
            }
            // Whole or not at all: a copy that breaks off has another name.
            let half = path.with_extension("restoring");
            std::fs::copy(file, &half)?;
            std::fs::File::open(&half)?.sync_all()?;
            std::fs::rename(&half, path)?;
        }
        Database::Postgres(url) => {
            let mut restore = tool("pg_restore", url);
            restore.args(["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]);
            run(restore.arg(file))?;
        }
    }
    let store = call
        .closed_at_the_end(Store::open(&database, &config.keeping()?, std::sync::Arc::new(Machine)).await?);
    store.bring_documents_from(&documents).await?;
    let whole = store.verify().await?;
    let note = Note {
        actor: official,
        action: "restore".to_owned(),
        subject: String::new(),
        detail: whole.entries.to_string(),
    };
    store.note(note).await?;
    say(&format!("{} entries and {} lines of the log, both chains are whole\n", whole.entries, whole.log))
}

/// A tool of PostgreSQL at this database; the password is not among the arguments, which others can read.
fn tool(name: &str, url: &str) -> Command {
    let (url, password) = without_password(url);
    let mut command = Command::new(name);
    command.arg(format!("--dbname={url}"));
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().to_string_lossy().into_owned();
    let told = command.output().map_err(|error| Failure::Told(format!("{program}: {error}")))?;
    if told.status.success() {
        return Ok(());
    }
    Err(Failure::Told(format!("{program}: {}", String::from_utf8_lossy(&told.stderr).trim())))
}

/// An address without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let split = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, host) = rest.split_once('@')?;
        let (user, password) = user.split_once(':').filter(|_| !user.contains('/'))?;
        Some((format!("{scheme}://{user}@{host}"), unescaped(password)))
    };
    split().map_or((url.to_owned(), None), |(url, password)| (url, Some(password)))
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let byte = escaped
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_an_address() {
        assert_eq!(
            without_password("postgres://u:a%40b%2@db/registry?x=1"),
            ("postgres://u@db/registry?x=1".to_owned(), Some("a@b%2".to_owned()))
        );
        for plain in
            ["postgres://u@db/registry", "postgres://db/registry", "postgres:///registry?host=/a:b@c"]
        {
            assert_eq!(without_password(plain), (plain.to_owned(), None));
        }
    }
}
