//! The Spanish DNIe from the card's side: a chip that answers commands, in this process or behind a vpcd reader.
//!
//! Holds the cards 2.0 and 3.0 by contact over T=0 and 3.0 contactless over T=1: files, PACE, the CWA-14890 channels,
//! the secure messaging of both, the PIN with its counter, both keys, the travel document ([`lds`]); besides, people
//! who do not exist ([`Persona`]), ways to fail ([`Faults`]), lines as slow as real ones ([`LineRate`]) and counters
//! of what was exchanged ([`Counts`]). No PIN change, no fingerprints, no terminal or chip authentication.
//!
//! It shares with the terminal's driver nothing but [`apdu`], on purpose: two readings of one standard check each
//! other. The terminal side of the channel is authentic: the card verifies the terminal certificates that are in
//! real use under their published roots, so a program that opens this card would open a real one. The card side
//! cannot be: its component certificates come from a test root, which a program must be told to trust.
//!
//! Standards: ISO/IEC 7816-3 (T=0), ISO/IEC 7816-4, ISO/IEC 7816-15, CWA 14890-1, PKCS#1 v1.5, ICAO Doc 9303-3, -5,
//! -10 and -11.
//!
//! Invariants: no bytes from outside make the card panic; a fresh power-up keeps nothing but the PIN counter.

mod aes;
pub mod atr;
mod card;
mod channel;
mod chip;
mod cvc;
mod error;
mod faults;
mod files;
mod iso9796;
mod layout;
pub mod lds;
mod line;
mod pace;
mod pace_sm;
mod persona;
mod pin;
mod pkcs15;
mod request;
mod session;
mod sm;
mod vpcd;
mod wire;

pub use card::{Chance, KeyListener, Reply, VirtualCard};
pub use error::Error;
pub use faults::{Counts, Delay, Faults, OVERSIZE, WrongStatus};
pub use line::LineRate;
pub use persona::{
    Address, Component, Credential, Date, Der, Document, Generation, Holder, KeySet, Kind, MAX_TRIES,
    Persona, Sex,
};
pub use session::{Protocol, SessionKeys};
pub use vpcd::{DEFAULT_ADDRESS, SECOND_SLOT, Served, serve, serve_at};
