//! The municipal registry: it checks what kiosks hand in, numbers it, and answers with a sealed receipt.
//!
//! A submission goes through these steps, each in a module of its own:
//!
//! 1. [`tls`](self) – a kiosk is known by its client certificate, or nothing is read from it;
//! 2. `http` – size, time and number of requests are bounded before anything is parsed;
//! 3. `checks` – shape, procedure, answers, attachments, signature, certificate, manifest; what fails is kept in
//!    quarantine for the staff with the reason, and never numbered;
//! 4. `store` – number, time and entry in **one** transaction: no gap, no reuse, in the order of reception;
//! 5. `receipt` – rendered, sealed and stored; the same bytes for ever, also when it had to be made later.
//!
//! `offer` holds the catalogue that it serves to kiosks under its seal and judges by, and those before it whose forms may
//! still be in a queue.
//!
//! Invariants: a key that was registered answers the same receipt for ever, whatever happens to certificates, forms
//! or clocks afterwards; an entry is never changed (the database refuses it); the clock never runs behind the last
//! entry ([`code::CLOCK`](registry_api::code::CLOCK)); logs hold keys, numbers and codes, never names or answers.
//!
//! A town with another official registry would have it give the numbers. That does not fit behind a small trait:
//! a number given elsewhere cannot be part of our transaction, so it needs states of its own (asked, doubtful,
//! verified) around the call. Until there is such a registry, [`Store::register`] is the official one.
//!
//! Deliberately absent: revocation (see `trust`), timestamps on receipts, unsigned and assisted filings,
//! representatives, rectification of entries.

mod calendar;
mod checks;
mod config;
mod environment;
mod error;
mod exchange;
mod http;
mod offer;
mod receipt;
mod serve;
mod store;
mod tls;

pub use calendar::Calendar;
pub use config::{Config, Settings, example};
pub use environment::{Environment, Machine};
pub use error::Error;
pub use serve::{Running, start};
pub use store::{Store, StoredEntry};
