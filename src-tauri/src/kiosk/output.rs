//! Paper and files the person takes away.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where papers go.
#[derive(Debug, Clone)]
pub(crate) struct Outputs {
    printer: Option<Printer>,
    save_dir: Option<PathBuf>,
}

#[derive(Debug, Clone)]
enum Printer {
    Cups(String),
    Folder(PathBuf),
}

impl Outputs {
    /// From configuration: `cups:QUEUE` or `file:FOLDER`.
    pub(crate) fn new(printer: Option<&str>, save_dir: Option<PathBuf>) -> Result<Self, String> {
        let printer = match printer.map(|text| text.split_once(':')) {
            None => None,
            Some(Some(("cups", queue))) if !queue.is_empty() => Some(Printer::Cups(queue.to_owned())),
            Some(Some(("file", folder))) if !folder.is_empty() => Some(Printer::Folder(folder.into())),
            Some(_) => return Err("output.printer must be cups:QUEUE or file:FOLDER".to_owned()),
        };
        Ok(Self { printer, save_dir })
    }

    /// Prints a paper; the fault code on failure.
    pub(crate) fn print(&self, name: &str, pdf: &[u8]) -> Result<(), &'static str> {
        match &self.printer {
            None => Err("print.none"),
            Some(Printer::Folder(folder)) => write_new(folder, name, pdf).map_err(|_| "print.failed"),
            Some(Printer::Cups(queue)) => print_with_cups(queue, pdf),
        }
    }

    /// Saves a paper on the person's stick; the fault code on failure.
    pub(crate) fn save(&self, name: &str, pdf: &[u8]) -> Result<(), &'static str> {
        let folder = self.save_dir.as_deref().filter(|folder| folder.is_dir()).ok_or("save.no-stick")?;
        write_new(folder, name, pdf).map_err(|error| match error.kind() {
            std::io::ErrorKind::StorageFull => "save.full",
            _ => "save.failed",
        })
    }
}

/// The queue takes the paper on standard input, so nothing personal touches the disk unencrypted on our side.
fn print_with_cups(queue: &str, pdf: &[u8]) -> Result<(), &'static str> {
    use std::io::Write as _;
    let failed = |_| "print.failed";
    let mut lp = Command::new("lp")
        .args(["-s", "-t", "finestreta", "-d", queue, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let fed = lp.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(pdf));
    let status = lp.wait().map_err(failed)?;
    if fed.is_ok() && status.success() { Ok(()) } else { Err("print.failed") }
}

/// Writes beside and renames, so that a stick pulled out holds the whole file or none.
fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    std::fs::create_dir_all(folder)?;
    let part = folder.join(format!(".{name}.part"));
    let mut file = std::fs::File::create(&part)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    written.and_then(|()| std::fs::rename(&part, folder.join(name))).inspect_err(|_| {
        // The half-written file helps nobody; failing to remove it changes nothing.
        let _ = std::fs::remove_file(&part);
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn printers_are_named_or_refused() {
        assert!(Outputs::new(Some("cups:laser"), None).is_ok());
        assert!(Outputs::new(Some("file:/tmp/paper"), None).is_ok());
        assert!(Outputs::new(Some("laser"), None).is_err());
        assert_eq!(Outputs::new(None, None).unwrap().print("a.pdf", b"x"), Err("print.none"));
    }

    #[test]
    fn a_paper_is_saved_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let outputs = Outputs::new(None, Some(folder.path().to_owned())).unwrap();
        outputs.save("2026-E-000001.pdf", b"%PDF").unwrap();
        let names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["2026-E-000001.pdf"]);
    }

    #[test]
    fn without_a_stick_it_is_said() {
        let outputs = Outputs::new(None, Some("/nonexistent/stick".into())).unwrap();
        assert_eq!(outputs.save("a.pdf", b"x"), Err("save.no-stick"));
    }
}
