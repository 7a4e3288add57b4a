//! A certificate file, PKCS#12.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| keystore::fuzzing::pkcs12(data));
