//! A package as the registry reads it while it arrives, in pieces and with its long texts taken out.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    registry_server::fuzzing::package(data);
});
