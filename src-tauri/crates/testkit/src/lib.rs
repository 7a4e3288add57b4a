//! What tests share: authorities made on the spot and small files to sign.
//!
//! For tests and the demonstration only; no shipped program links it. Nothing here is a secret worth keeping, and
//! yet no private key is ever committed: [`pki::Authorities::generate`] makes them, `write` stores them readable by
//! their owner alone.

pub mod card;
pub mod pdf;
pub mod pki;
