//! An answer to a step of PACE.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::pace_step(data));
