//! Fuzz targets for whatever reads the bytes of a card, of a certificate file or of a request, one per parser, in
//! `fuzz_targets`. Nothing is in the library itself, so that building everything builds none of them.
//!
//! What each calls is in `dnie::fuzzing`, `keystore::fuzzing`, `registry_api::fuzzing` and `registry_server::fuzzing`; what each begins with lies in
//! the driver's `tests/corpus` and in the others' `tests/fuzzed`, with what was found and inputs by which fuzzing got further
//! (`reached-..`). Ordinary tests replay all of it. From this folder:
//!
//! ```sh
//! export RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none
//! mkdir -p found
//! cargo fuzz run --fuzz-dir . --features targets tlv found ../dnie/tests/corpus/tlv -- -max_total_time=60
//! cargo fuzz run --fuzz-dir . --features targets pkcs12 found ../keystore/tests/fuzzed/pkcs12 -- -max_total_time=60
//! cargo fuzz run --fuzz-dir . --features targets body found ../registry-api/tests/fuzzed/body -- -max_total_time=60
//! cargo fuzz run --fuzz-dir . --features targets package found ../registry-server/tests/fuzzed/package -- -max_total_time=60
//! ```
