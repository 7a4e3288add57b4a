//! What tests share: authorities made on the spot, small files to sign, files and tokens with certificates.
//!
//! For tests and the demonstration only; no shipped program links it. Nothing here is a secret worth keeping, and
//! yet no private key is ever committed: [`pki::Authorities::generate`] makes them, `write` stores them readable by
//! their owner alone.

pub mod card;
pub mod p12;
pub mod pdf;
pub mod pki;
pub mod postgres;
pub mod softhsm;
