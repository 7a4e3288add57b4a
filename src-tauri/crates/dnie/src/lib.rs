//! The Spanish DNIe from the terminal's side: recognition, files, CWA 14890 channel, PIN and signature.
//!
//! Generic over [`apdu::Card`] and without any I/O of its own, so that the same code meets a card in a reader and a
//! virtual one in a test. It knows neither who may sign nor what is signed: citizen certificates leave as DER bytes
//! for others to judge.
//!
//! The types say what is allowed now: a [`Dnie`] reads certificates and asks for the tries left; [`Dnie::verify`]
//! consumes it and gives an [`Unlocked`], which signs, or a [`Refused`], which gives the card back.
//!
//! Invariants:
//! - The PIN leaves only inside a channel with a card whose component certificates lead to [`CardAnchors`].
//! - Session keys, shared secrets and the PIN's command are wiped when dropped.
//! - Inside a channel, an answer without a correct MAC ends the channel; only its status word is looked at, and
//!   never taken as a success.
//! - Citizen certificates are read anew each time: a renewal changes them, and not the chip's serial number.
//! - Bytes from the card are never indexed; each file has a size limit, checked before memory is spent.
//!
//! Hold one exclusive PC/SC transaction for the life of a [`Dnie`], and ask for the PIN and for consent before it
//! begins: some systems reset a card that is held idle for five seconds.
//!
//! Standards: ISO/IEC 7816-4, CWA 14890-1, PKCS#15 (ISO/IEC 7816-15), RFC 1950, RFC 8017. Contact cards only; a
//! contactless answer to reset is recognised as such and refused.

mod atr;
mod card;
mod certificates;
mod components;
mod constants;
mod des;
mod error;
mod files;
mod handshake;
mod link;
mod rsa;
mod secure_messaging;
mod unlocked;

#[cfg(test)]
mod script;
#[cfg(test)]
mod vectors;

pub use atr::{Generation, Recognised, recognise};
pub use card::{Dnie, Reason, Refused, Tries};
pub use certificates::Certificates;
pub use components::{CardAnchors, ComponentCache};
pub use error::{Error, Step, Untrusted};
pub use unlocked::{KeyRef, Unlocked};
