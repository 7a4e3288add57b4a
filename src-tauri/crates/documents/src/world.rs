//! What a template can see: the typeface, the templates, and the few files of one render. Nothing else exists.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

use crate::Error;
use crate::letters::Letters;

const FACES: [&[u8]; 3] = [
    include_bytes!("../../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/AtkinsonHyperlegibleNext-SemiBold.ttf"),
    include_bytes!("../../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
];

const TEMPLATES: [(&str, &str); 5] = [
    ("notice.typ", include_str!("../../../../assets/templates/notice.typ")),
    ("application.typ", include_str!("../../../../assets/templates/application.typ")),
    ("receipt.typ", include_str!("../../../../assets/templates/receipt.typ")),
    ("provisional.typ", include_str!("../../../../assets/templates/provisional.typ")),
    ("photograph.typ", include_str!("../../../../assets/templates/photograph.typ")),
];

/// Everything that is the same for every document.
pub(crate) struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
    pub(crate) letters: Letters,
}

static SHARED: LazyLock<Option<Shared>> = LazyLock::new(Shared::load);

impl Shared {
    pub(crate) fn get() -> Result<&'static Self, Error> {
        SHARED.as_ref().ok_or(Error::Assets)
    }

    fn load() -> Option<Self> {
        let fonts =
            FACES.into_iter().map(|face| Font::new(Bytes::new(face), 0)).collect::<Option<Vec<_>>>()?;
        let (first, others) = fonts.split_first()?;
        let shown = |code: &u32| others.iter().all(|font| font.info().coverage.contains(*code));
        let known = first.info().coverage.iter().filter(shown).filter_map(char::from_u32).collect();
        let sources = TEMPLATES
            .into_iter()
            .map(|(name, text)| {
                let id = file_id(name)?;
                Some((id, Source::new(id, text.to_owned())))
            })
            .collect::<Option<HashMap<_, _>>>()?;
        // Header cells that name a row: the tables here have labels at the left, and a reader must hear them.
        let features = [Feature::A11yExtras].into_iter().collect();
        Some(Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            letters: Letters::new(known),
        })
    }
}

/// One render. Names of files are interned for the life of the process, so they are constants.
pub(crate) struct Desk {
    shared: &'static Shared,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl Desk {
    pub(crate) fn new(template: &'static str, files: Vec<(&'static str, Vec<u8>)>) -> Result<Self, Error> {
        let shared = Shared::get()?;
        let files = files
            .into_iter()
            .map(|(name, bytes)| Some((file_id(name)?, Bytes::new(bytes))))
            .collect::<Option<HashMap<_, _>>>()
            .ok_or(Error::Assets)?;
        Ok(Self { shared, main: file_id(template).ok_or(Error::Assets)?, files })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.shared.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    // A date that a template could ask for would be a clock.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_template_sees_its_files_and_no_other() {
        let desk = Desk::new("application.typ", vec![("data.json", b"{}".to_vec())]).unwrap();
        assert!(desk.source(file_id("notice.typ").unwrap()).is_ok());
        assert!(desk.file(file_id("data.json").unwrap()).is_ok());
        for other in ["manifest.json", "etc/passwd", "Cargo.toml"] {
            let id = file_id(other).unwrap();
            assert_eq!(desk.file(id).unwrap_err(), FileError::AccessDenied);
            assert_eq!(desk.source(id).unwrap_err(), FileError::AccessDenied);
        }
        assert!(desk.today(None).is_none());
    }

    #[test]
    fn the_typeface_has_the_letters_of_our_languages() {
        let mut text = serde_json::json!(
            "ÀÈÉÍÏÒÓÚÜÇÑ·’ àèéíïòóúüçñ «»“”–—…€ºª¿¡ □ Ţţ Ăă Ğğ Łł Őő ßÆæ 0123456789\u{2009}\u{A0}"
        );
        assert!(!Shared::get().unwrap().letters.make_printable(&mut text));
    }
}
