//! No byte of a signed file can be changed, and no bytes make anything panic.

use proptest::prelude::*;
use signing::{embedded_file, inspect, prepare};
use testkit::pdf::Sample;

use super::forge::gap;
use super::{CAST, attributes};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

thread_local! {
    static SIGNED: [Vec<u8>; 2] = [
        CAST.sign(&Sample::plain().tagged().attach("manifest.json", b"{}").build()),
        CAST.sign(&Sample::plain().with_xref_stream().build()),
    ];
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn every_changed_byte_is_refused(which in 0_usize..2, at in any::<prop::sample::Index>(), flip in 1_u8..) {
        SIGNED.with(|files| {
            let mut file = files[which].clone();
            let at = at.index(file.len());
            file[at] ^= flip;
            prop_assert!(inspect(&file).is_err(), "byte {at} ^ {flip:#x}");
            Ok(())
        })?;
    }

    /// Most of a small file is padding: this one keeps to the container and to what stands around the hole.
    #[test]
    fn every_changed_byte_of_the_container_is_refused(
        which in 0_usize..2,
        at in any::<prop::sample::Index>(),
        new in prop::sample::select(b"0123456789abcdefABCDEF <>".to_vec()),
    ) {
        SIGNED.with(|files| {
            let mut file = files[which].clone();
            let place = gap(&file);
            let at = place.start.saturating_sub(200) + at.index(5400);
            if file[at] != new {
                file[at] = new;
                prop_assert!(inspect(&file).is_err(), "byte {at} = {new:#x}");
            }
            Ok(())
        })?;
    }

    #[test]
    fn damaged_files_never_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
        which in 0_usize..2,
    ) {
        let mut file = if which == 0 {
            Sample::plain().tagged().attach("manifest.json", b"{}").build()
        } else {
            Sample::plain().with_xref_stream().attach("manifest.json", b"{}").build()
        };
        for (at, byte) in edits {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if cut.index(4) == 0 {
            file.truncate(cut.index(file.len()));
        }
        prop_assert!(inspect(&file).is_err());
        let _ = embedded_file(&file, "manifest.json");
        if let Ok(unsigned) = prepare(&file, &CAST.certificate, &CAST.chain(), &attributes()) {
            let signed = unsigned.seal_with(&mut CAST.signer()).unwrap();
            prop_assert!(signed.starts_with(&file));
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.extend(bytes);
        file.extend(b"\nstartxref\n9\n%%EOF\n");
        prop_assert!(inspect(&file).is_err());
        let _ = embedded_file(&file, "x");
    }
}
