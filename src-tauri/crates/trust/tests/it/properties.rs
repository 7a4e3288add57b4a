//! Bytes from outside never panic and never become believed.

use proptest::prelude::*;
use testkit::pki::{CitizenProfile, Purpose};
use trust::{Certificate, Policy};

use super::{check, issue, now};

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_single_changed_byte_is_believed(position in any::<prop::sample::Index>(), flip in 1_u8..) {
        thread_local!(static LEAF: Certificate = issue(&CitizenProfile::of(Purpose::Signature)));
        LEAF.with(|leaf| {
            let mut der = leaf.der().to_vec();
            let at = position.index(der.len());
            der[at] ^= flip;
            if let Ok(changed) = Certificate::from_der(&der) {
                prop_assert!(check(&changed, Policy::DnieSignature, now()).is_err(), "byte {at} ^ {flip:#x}");
            }
            Ok(())
        })?;
    }

    #[test]
    fn arbitrary_bytes_are_no_certificate(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Certificate::from_der(&bytes).is_err());
        let _ = Certificate::pem_bundle(&bytes);
    }
}
