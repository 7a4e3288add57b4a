//! Cards and tokens that come with a PKCS#11 module: the FNMT's and ACCV's cards through OpenSC, any other through the
//! module that the town's administrator names.
//!
//! * [`Module::load`] loads and initialises a module; [`Module::tokens`] are those in its slots now.
//! * [`Token::identities`] are the certificates on one, read without a PIN where the token allows it.
//! * [`Token::signer`] logs in and gives a [`signing::Signer`]; it logs out when it is dropped.
//!
//! It follows PKCS#11 [v2.40] and [v3.0] through the `cryptoki` crate, whose only user it is. It does **not** watch
//! for cards, keep a PIN for longer than the signer that needs it again (see below), believe a certificate (that is
//! for `trust`, with `Policy::CitizenSignature`), or change anything on a token. The DNIe has its own driver.
//!
//! # Signing
//! What is signed is a digest that was made elsewhere, so the mechanism is CKM_RSA_PKCS over its DigestInfo
//! ([RFC 8017] clause 9.2): CKM_SHA256_RSA_PKCS would want the document. A key with CKA_ALWAYS_AUTHENTICATE wants the
//! PIN once more between the beginning of the signature and its data, so the signer keeps it for that, in memory that
//! is overwritten. `cryptoki` begins and ends a one-part signature in one call, so the data is given in parts there,
//! which OpenSC gathers. Keys other than RSA are refused, since `signing` carries RSA alone.
//!
//! # Blocking, and what a module may do
//! Every call runs the module's code on the calling thread, for as long as the module likes: a card computes for
//! seconds, a PIN pad waits for a person. Never call it on an asynchronous task's thread; own a thread and talk to it
//! by channels, so that one that hangs can be given up. A module is loaded into the process and can do whatever the
//! process can, crash included: its path comes from configuration that only the administrator writes.
//!
//! # Invariants
//! * A module is initialised once however often it is loaded, and finalised when the last [`Module`], [`Token`] and
//!   signer have gone; it stays mapped, since many do not survive being unmapped.
//! * No try is spent on a PIN that cannot be right by its length, or that is known to be locked.
//! * A token is the same token only while slot, serial number and label are: another card in the slot is
//!   [`Error::Removed`].
//! * Nobody stays logged in: a login that is found when another begins is ended first.
//! * Neither `Debug` nor an error shows a PIN, or the label of a certificate, which is often a person's.
//!
//! [v2.40]: https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html
//! [v3.0]: https://docs.oasis-open.org/pkcs11/pkcs11-base/v3.0/pkcs11-base-v3.0.html
//! [RFC 8017]: https://www.rfc-editor.org/rfc/rfc8017

mod error;
mod identity;
mod module;
mod signer;
mod slot;

pub use error::{Error, TriesLeft};
pub use identity::Identity;
pub use module::Module;
pub use signer::TokenSigner;
pub use slot::{PinLimits, Token};
