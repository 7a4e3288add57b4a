//! Signatures beside their content.

use signing::{Error, inspect_detached, sign_detached};
use trust::{Anchors, Context, Policy};

use crate::{CAST, now};

const CONTENT: &[u8] = "Catàleg de tràmits\n".as_bytes();

fn signed() -> Vec<u8> {
    sign_detached(CONTENT, &mut CAST.signer(), &CAST.chain()).unwrap()
}

/// Whether it fits and its signer is believed.
fn believed(content: &[u8], container: &[u8]) -> bool {
    let anchors = Anchors::from_pem(&CAST.authorities.citizen_root().x509().to_pem().unwrap()).unwrap();
    inspect_detached(content, container).is_ok_and(|found| {
        let context = Context { anchors: &anchors, intermediates: &found.certificates };
        found.signer == CAST.certificate
            && trust::verify(&found.signer, &context, now(), Policy::for_signature_of(&found.signer)).is_ok()
    })
}

#[test]
fn what_was_signed_fits_and_says_who_signed_it() {
    let container = signed();
    let found = inspect_detached(CONTENT, &container).unwrap();
    assert_eq!(found.signer, CAST.certificate);
    assert_eq!(found.certificates.len(), 2, "the root is left out");
    assert!(believed(CONTENT, &container));
}

#[test]
fn other_content_does_not_fit() {
    let container = signed();
    for other in [&CONTENT[1..], b"", b"Cat\xc3\xa0leg de tr\xc3\xa0mits\n\n"] {
        assert!(matches!(inspect_detached(other, &container), Err(Error::Hash)));
    }
}

#[test]
fn no_byte_of_the_container_can_be_changed() {
    let container = signed();
    for at in 0..container.len() {
        let mut changed = container.clone();
        changed[at] ^= 0x01;
        assert!(!believed(CONTENT, &changed), "byte {at}");
    }
    for end in [0, 1, container.len() / 2, container.len() - 1] {
        assert!(inspect_detached(CONTENT, &container[..end]).is_err());
    }
}

#[test]
fn what_is_no_container_or_far_too_large_is_refused() {
    assert!(matches!(inspect_detached(CONTENT, b"x"), Err(Error::Structure(_))));
    assert!(matches!(inspect_detached(CONTENT, &vec![0x30; 70_000]), Err(Error::TooLarge { .. })));
}
