//! No bytes make it panic, and no change of a sealed file goes unnoticed.

use proptest::prelude::*;

use super::*;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// One round each, so that many can be tried.
static FILES: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let once = ["-noiter", "-nomaciter"];
    [
        by_openssl("x", &once),
        by_openssl("x", &[&once[..], &["-legacy"]].concat()),
        by_openssl("x", &[&once[..], &["-certpbe", "NONE", "-keypbe", "NONE"]].concat()),
    ]
});

fn opens_to_the_same_or_not_at_all(file: &[u8]) {
    let Ok(keystore) = Keystore::open(file, &password("x")) else { return };
    let [identity] = keystore.identities() else { panic!("another number of identities") };
    assert_eq!(identity.certificate(), &CAST.amparo.certificate);
    let mut signer = keystore.into_signer(&CAST.amparo.certificate).unwrap();
    let digest = signing::Digest::of(b"document");
    let value = signing::Signer::sign(&mut signer, &digest).unwrap();
    let expected = signing::KeySigner::new(CAST.amparo.certificate.clone(), CAST.amparo.key.clone());
    assert_eq!(value, signing::Signer::sign(&mut expected.unwrap(), &digest).unwrap());
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn a_changed_byte_of_a_sealed_file_is_refused_or_changes_nothing(
        which in 0_usize..3,
        at in any::<prop::sample::Index>(),
        flip in 1_u8..,
    ) {
        let mut file = FILES[which].clone();
        let at = at.index(file.len());
        file[at] ^= flip;
        opens_to_the_same_or_not_at_all(&file);
    }

    #[test]
    fn damaged_files_never_panic(
        which in 0_usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut file = FILES[which].clone();
        for (at, new) in edits {
            let at = at.index(file.len());
            file[at] = new;
        }
        file.truncate(cut.index(file.len()) + 1);
        let _ = Keystore::peek(&file);
        opens_to_the_same_or_not_at_all(&file);
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(Keystore::open(&bytes, &password("x")).is_err());
    }

    /// Past the first look, which random bytes never pass.
    #[test]
    fn any_bytes_after_a_good_beginning_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let begin = [0x30, 0x80, 2, 1, 3, 0x30, 0x80, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1, 0xA0, 0x80];
        prop_assert!(Keystore::open(&[&begin[..], &bytes].concat(), &password("x")).is_err());
    }
}
