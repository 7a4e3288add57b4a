//! A stored certificate; a bomb is refused before memory is spent.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::inflation(data));
