//! What was packed is what the files say.
#![allow(clippy::unwrap_used)]

use procedures::{Catalogue, Sources};

#[test]
fn what_is_bundled_is_what_the_files_say() {
    let files = Catalogue::load(&Sources::bundled()).unwrap();
    assert!(files.refused.is_empty(), "{:?}", files.refused);
    let bundled = bundled_catalogue::load().unwrap();
    assert_eq!(bundled.procedures().count(), Sources::bundled().procedures.len());
    for (bundled, file) in bundled.procedures().zip(files.catalogue.procedures()) {
        assert_eq!(bundled, file, "{}", file.id);
    }
    assert!(bundled == files.catalogue, "something that procedures share differs");
}

#[test]
fn damaged_bytes_are_refused() {
    let packed = Catalogue::read(&Sources::bundled()).unwrap().pack().unwrap();
    assert!(Catalogue::unpack(&packed[..packed.len() / 2]).is_err());
    assert!(Catalogue::unpack(&packed[..packed.len() - 1]).is_err());
    assert!(Catalogue::unpack(&[]).is_err());
}
