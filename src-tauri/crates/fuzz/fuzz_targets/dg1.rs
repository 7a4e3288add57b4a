//! DG1, the machine readable zone.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::dg1(data));
