//! EF.SOD, the signed list of hashes.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::sod(data));
