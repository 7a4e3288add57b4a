//! What fuzzing and the replay of its corpus call. Not part of the API: nothing here is of use to a program.

use secret::Password;

use crate::Keystore;

/// The password of the corpus.
pub const PASSWORD: &str = "contrasenya";
/// Most rounds that are worth an attempt: a fuzzer's time goes to the structure, not to hashing.
const WORTH: u64 = 64;

/// Any bytes as a certificate file. Looks at it and opens it; must return, whatever the bytes are.
///
/// # Panics
/// When a file opens that a look at it refused, or opens without an identity.
pub fn pkcs12(bytes: &[u8]) {
    let mut password = Password::new();
    for character in PASSWORD.chars() {
        if password.push(character).is_err() {
            return;
        }
    }
    let seen = Keystore::peek(bytes);
    if seen.as_ref().is_ok_and(|protection| protection.rounds > WORTH) {
        return;
    }
    if let Ok(opened) = Keystore::open(bytes, &password) {
        assert!(seen.is_ok(), "opened what a look refused");
        assert!(!opened.identities().is_empty(), "opened without an identity");
    }
}
