//! A body of the registry's requests and answers, JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    registry_api::fuzzing::body(data);
});
