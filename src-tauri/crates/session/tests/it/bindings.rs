//! `ui/src/bindings.ts` is written from the types here and compared; `FINESTRETA_BLESS=1` rewrites it.

use session::view::{Intent, SessionView};
use specta::Types;
use specta_typescript::Typescript;

#[test]
fn the_page_knows_the_types_as_they_are() {
    let types = Types::default().register::<SessionView>().register::<Intent>();
    let header = "// Generated from the session's types by its tests; do not edit.\n";
    let written = Typescript::default().header(header).export(&types, specta_serde::Format).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/bindings.ts");
    if std::env::var_os("FINESTRETA_BLESS").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap();
    assert!(
        committed == written,
        "ui/src/bindings.ts is out of date: run the test once with FINESTRETA_BLESS=1"
    );
}
