//! BER-TLV.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dnie::fuzzing::tlv(data));
