//! Every input that fuzzing of the bodies began with or found, once more: whole, cut off, and with a byte changed.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

#[test]
fn what_fuzzing_has_seen_is_read_as_what_it_is_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed/body");
    let mut read = 0;
    for input in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(input.unwrap().path()).unwrap();
        read += registry_api::fuzzing::body(&bytes);
        for place in 0..bytes.len() {
            registry_api::fuzzing::body(&bytes[..place]);
            let mut other = bytes.clone();
            other[place] ^= 0x10;
            registry_api::fuzzing::body(&other);
        }
    }
    // Without bodies that can be read, fuzzing would begin at the gate and stay there.
    assert!(read >= 12, "{read} can be read");
}
