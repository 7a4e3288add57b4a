//! The Spanish DNIe from the card's side: a chip that answers commands, in this process or behind a vpcd reader.
//!
//! Holds the contact cards 2.0 and 3.0 over T=0: files, the CWA-14890 channels with their secure messaging, the
//! PIN with its counter, both keys; besides, people who do not exist ([`Persona`]), ways to fail ([`Faults`])
//! and counters of what was exchanged ([`Counts`]). No contactless interface, no PIN change, no fingerprints.
//!
//! It shares with the terminal's driver nothing but [`apdu`], on purpose: two readings of one standard check each
//! other. The terminal side of the channel is authentic: the card verifies the terminal certificates that are in
//! real use under their published roots, so a program that opens this card would open a real one. The card side
//! cannot be: its component certificates come from a test root, which a program must be told to trust.
//!
//! Standards: ISO/IEC 7816-3 (T=0), ISO/IEC 7816-4, ISO/IEC 7816-15, CWA 14890-1, PKCS#1 v1.5.
//!
//! Invariants: no bytes from outside make the card panic; a fresh power-up keeps nothing but the PIN counter.

pub mod atr;
mod card;
mod channel;
mod chip;
mod cvc;
mod error;
mod faults;
mod files;
mod iso9796;
mod persona;
mod pin;
mod pkcs15;
mod request;
mod sm;
mod t0;
mod vpcd;

pub use card::{Chance, Reply, VirtualCard};
pub use error::Error;
pub use faults::{Counts, Faults};
pub use persona::{Component, Credential, Der, Generation, Holder, KeySet, MAX_TRIES, Persona};
pub use vpcd::{DEFAULT_ADDRESS, Served, serve};
