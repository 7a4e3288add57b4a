//! An answer under the secure messaging of CWA 14890.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::cwa_answer(data));
