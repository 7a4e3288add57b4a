//! Certificate files: a PKCS#12 file's bytes, opened with a password for the one command that signs.
//!
//! * [`Keystore::peek`] says, without a password, whether bytes are such a file and what it would cost to open.
//! * [`Keystore::open`] checks the file's seal, deciphers it, and joins each private key with its certificate and the
//!   certificates above it. [`Keystore::identities`] are what a person can choose from.
//! * [`Keystore::into_signer`] makes a [`signing::Signer`] of one of them, found by its certificate, so that a choice
//!   made earlier holds when the file is opened again.
//!
//! The formats are [RFC 7292] with the encryption of its appendix C (Triple DES and RC2, which browsers and Windows
//! wrote for decades) and of [RFC 8018] (PBES2 with AES or Triple DES), sealed by an HMAC of either kind, [RFC 9579]
//! included. Files are read as BER, since NSS and others write indefinite lengths and strings in pieces.
//!
//! It does **not** read files (it is handed bytes), does not keep a password, believes no certificate (that is for
//! `trust`, with `Policy::CitizenSignature`), and never writes a PKCS#12 file. RC4, scrypt and files sealed or
//! encrypted with a public key are refused by name. Keys other than RSA are told apart and refused, since `signing`
//! carries RSA alone.
//!
//! # Whose code does what
//! No library read what people bring: those in Rust want DER and cannot bound the cost of a file, and OpenSSL's own
//! reader gives one key per file, has no such bound either, and has RC2 only where its *legacy* provider is installed
//! and loaded, which would bring back every old algorithm for the whole program. So the structure is walked here
//! (`ber`, `pfx`), the ciphers, hashes, PBKDF2 and the keys are OpenSSL's, and RC2 alone comes from the RustCrypto
//! project.
//!
//! # Invariants
//! * Nothing makes it panic or take memory without bound: more than [`MAX_FILE`] bytes are refused unread, nesting and
//!   the number of entries are bounded.
//! * Nothing makes it compute without bound: all derivations of one opening together cost at most [`MAX_ROUNDS`], and
//!   what a file asks for is weighed before it is done.
//! * A deciphered private key lies in two places: in a buffer of exactly its size that is overwritten when the entry
//!   has been read, from where it is borrowed and never copied, and in OpenSSL's key, which OpenSSL overwrites when
//!   the last holder drops it. Derived keys and the forms of the password are overwritten too. What is not: the
//!   working registers of RC2, which keeps 40 bits secret from nobody.
//! * Neither `Debug` nor an error shows a password, a key, or the name of an entry, which is often a person's.
//!
//! [RFC 7292]: https://www.rfc-editor.org/rfc/rfc7292
//! [RFC 8018]: https://www.rfc-editor.org/rfc/rfc8018
//! [RFC 9579]: https://www.rfc-editor.org/rfc/rfc9579

mod ber;
mod budget;
mod cipher;
mod contents;
mod derive;
mod error;
#[doc(hidden)]
pub mod fuzzing;
mod identity;
mod mac;
mod oid;
mod open;
mod passphrase;
mod pfx;
mod scheme;

pub use error::Error;
pub use identity::Identity;
pub use open::{Keystore, Protection};

/// Largest file taken, in bytes. Real ones stay under 16 KiB.
pub const MAX_FILE: usize = 1024 * 1024;
/// Most rounds of hashing for one opening, over all derivations: some seconds of a slow machine. Files of today ask
/// for two thousand to some hundred thousand each.
pub const MAX_ROUNDS: u64 = 10_000_000;
