//! DG13, what Spain adds.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::dg13(data));
