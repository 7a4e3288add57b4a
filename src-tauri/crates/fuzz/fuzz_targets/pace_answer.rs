//! An answer under the secure messaging of PACE.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::pace_answer(data));
