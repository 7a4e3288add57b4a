//! The Spanish DNIe from the terminal's side: recognition, files, secure channels, PIN and signature, on contact
//! readers and on contactless ones, and what the document says of its holder.
//!
//! Generic over [`apdu::Card`] and without any I/O of its own, so that the same code meets a card in a reader and a
//! virtual one in a test. It knows neither who may sign nor what is signed: citizen certificates leave as DER bytes
//! for others to judge.
//!
//! The types say what is allowed now: a [`Dnie`] reads certificates and asks for the tries left; [`Dnie::verify`]
//! consumes it and gives an [`Unlocked`], which signs, or a [`Refused`], which gives the card back. Files of the
//! travel document application are bytes until [`lds::Lds::authenticate`] makes an [`lds::Authentic`] of them.
//!
//! Invariants:
//! - The PIN leaves only inside a channel with a card whose component certificates lead to [`CardAnchors`].
//! - A PIN's fate is never guessed: without a verdict that can be believed it is [`Reason::Unknown`]. VERIFY is never
//!   repeated by itself.
//! - Session keys, nonces, shared secrets, the PIN's command and the key of the access number are wiped when dropped.
//! - Inside a channel, an answer without a correct MAC ends the channel; only its status word is looked at, and
//!   never taken as a success.
//! - Citizen certificates are read anew each time: a renewal changes them, and not the chip's serial number.
//! - Bytes from the card are never indexed; each file has a size limit, checked before memory is spent.
//!
//! Hold one exclusive PC/SC transaction for the life of a [`Dnie`], and ask for the PIN and for consent before it
//! begins: some systems reset a card that is held idle for five seconds.
//!
//! Standards: ISO/IEC 7816-4, CWA 14890-1, PKCS#15 (ISO/IEC 7816-15), RFC 1950, RFC 8017; ICAO Doc 9303-10 and -11
//! and BSI TR-03110 (PACE) for what is contactless, RFC 5652 for what is signed by the state.

mod aes;
mod aes_messaging;
mod atr;
mod card;
mod card_access;
mod certificates;
mod components;
mod constants;
mod des;
mod error;
mod files;
#[doc(hidden)]
pub mod fuzzing;
mod handshake;
mod keys;
pub mod lds;
mod link;
mod messaging;
mod pace;
mod padding;
mod rsa;
mod secure_messaging;
mod unlocked;
mod verdict;

#[cfg(test)]
mod chip;
#[cfg(test)]
mod script;
#[cfg(test)]
mod vectors;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use atr::{Generation, Recognised, recognise};
pub use card::Dnie;
pub use certificates::Certificates;
pub use components::{CardAnchors, ComponentCache};
pub use error::{Error, Foreign, Step, Untrusted};
pub use unlocked::{KeyRef, Unlocked};
pub use verdict::{Reason, Refused, Tries};
