//! The person's memory stick: listed and read here, read-only; the page sees names and opaque ids, never a path.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;
use session::OfferedFile;

/// Most files listed: a stick full of photographs is not a list to read on a counter.
const MAX_FILES: usize = 40;
/// Extensions of documents worth offering; what a file really is, its content says.
pub(crate) const DOCUMENTS: &[&str] = &["pdf", "jpg", "jpeg", "png", "xml", "xsig"];
/// Extensions of certificate files.
pub(crate) const CERTIFICATES: &[&str] = &["p12", "pfx"];

/// What a listing found: what the page is shown, and the paths behind it.
#[derive(Default)]
pub(crate) struct Listing {
    pub(crate) files: Vec<OfferedFile>,
    pub(crate) paths: BTreeMap<String, PathBuf>,
}

/// Why a file is not taken: a code worded like a field fault, and the arguments of its sentence.
pub(crate) type Refusal = (&'static str, Vec<(String, String)>);

/// Lists the files of accepted kinds directly in the folder, newest first.
pub(crate) fn list(folder: &Path, extensions: &[&str]) -> Listing {
    let mut found: Vec<(SystemTime, String, u64, PathBuf)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let path = entry.path();
            let extension = path.extension()?.to_str()?.to_ascii_lowercase();
            // `file_type` does not follow links: a link on a stick may point into the kiosk.
            let plain = entry.file_type().ok()?.is_file() && extensions.contains(&extension.as_str());
            let metadata = entry.metadata().ok().filter(|_| plain)?;
            let name = entry.file_name().to_str().filter(|name| !name.starts_with('.'))?.to_owned();
            Some((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), name, metadata.len(), path))
        })
        .collect();
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let mut listing = Listing::default();
    for (number, (changed, name, bytes, path)) in found.into_iter().take(MAX_FILES).enumerate() {
        let id = format!("file-{number}");
        // A stick without a clock of its own says the beginning of time.
        let changed_at = Timestamp::try_from(changed).ok().filter(|at| *at > Timestamp::UNIX_EPOCH);
        listing.files.push(OfferedFile { id: id.clone(), name, bytes, changed_at });
        listing.paths.insert(id, path);
    }
    listing
}

/// Reads one file, no more of it than `limit` bytes; the field fault and its arguments on failure, with the limit that
/// its document has.
pub(crate) fn read(path: &Path, limit: u64, max_mb: u32) -> Result<Vec<u8>, Refusal> {
    let unreadable = |_| ("file.unreadable", Vec::new());
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut content = Vec::new();
    if size <= limit {
        file.take(limit + 1).read_to_end(&mut content).map_err(unreadable)?;
    }
    if size > limit || content.len() as u64 > limit {
        let found = size.max(content.len() as u64).div_ceil(1_000_000);
        return Err((
            "file.too-big",
            vec![("found".to_owned(), found.to_string()), ("max".to_owned(), max_mb.to_string())],
        ));
    }
    Ok(content)
}

/// Reads the file of a certificate, no more of it than any is long; the fault code on failure.
pub(crate) fn read_certificate(path: &Path) -> Result<Vec<u8>, &'static str> {
    let file = std::fs::File::open(path).map_err(|_| "file.unreadable")?;
    let limit = u64::try_from(keystore::MAX_FILE).unwrap_or(u64::MAX);
    let mut content = Vec::new();
    // One byte more than is allowed, so that what is too large is told as such.
    file.take(limit + 1).read_to_end(&mut content).map_err(|_| "file.unreadable")?;
    Ok(content)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_of_accepted_kinds_are_offered() {
        let stick = tempfile::tempdir().unwrap();
        for name in ["contracte.pdf", "foto.JPG", "full.docx", ".ocult.pdf"] {
            std::fs::write(stick.path().join(name), b"x").unwrap();
        }
        std::os::unix::fs::symlink("/etc/passwd", stick.path().join("link.pdf")).unwrap();
        std::fs::create_dir(stick.path().join("carpeta.pdf")).unwrap();
        let mut names: Vec<_> =
            list(stick.path(), DOCUMENTS).files.into_iter().map(|file| file.name).collect();
        names.sort();
        assert_eq!(names, ["contracte.pdf", "foto.JPG"]);
        std::fs::write(stick.path().join("meu.P12"), b"x").unwrap();
        assert_eq!(list(stick.path(), CERTIFICATES).files[0].name, "meu.P12");
        assert!(list(Path::new("/nonexistent"), DOCUMENTS).files.is_empty());
    }

    #[test]
    fn a_file_that_is_too_big_is_told_with_its_size() {
        let stick = tempfile::tempdir().unwrap();
        let path = stick.path().join("gran.pdf");
        std::fs::write(&path, vec![0; 2_500_000]).unwrap();
        let (code, args) = read(&path, 2_000_000, 2).unwrap_err();
        assert_eq!((code, args[0].1.as_str(), args[1].1.as_str()), ("file.too-big", "3", "2"));
        assert_eq!(read(&path, 3_000_000, 3).unwrap().len(), 2_500_000);
    }
}
