//! The municipal registry: it checks what kiosks hand in, numbers it, and answers with a sealed receipt.
//!
//! A submission goes through these steps, each in a module of its own:
//!
//! 1. [`tls`](self) – a kiosk is known by its client certificate, or nothing is read from it; `kiosks` says which of
//!    them is heard, and how each comes to its certificate;
//! 2. `http` – size, time and number of requests are bounded before anything is parsed;
//! 3. `checks` – shape, procedure, answers, attachments, signature, certificate, manifest; what fails is kept in
//!    quarantine for the staff with the reason, and never numbered;
//! 4. `store` – number, time and entry in **one** transaction, which many entries share: no gap, no reuse, in the order
//!    of reception, also where several servers share one PostgreSQL;
//! 5. `receipt` – rendered, sealed and stored; the same bytes for ever, also when it had to be made later.
//!
//! `offer` holds the catalogue that it serves to kiosks under its seal and judges by, and those before it whose forms may
//! still be in a queue.
//!
//! Invariants: a key that was registered answers the same receipt for ever, whatever happens to certificates, forms
//! or clocks afterwards; an entry is never changed (the database refuses it); the clock never runs behind the last
//! entry ([`code::CLOCK`](registry_api::code::CLOCK)); logs hold keys, numbers and codes, never names or answers.
//!
//! Whose number it is stands behind one trait, in `official`: ours, given in our own transaction, or that of another
//! registry, whose [`Connector`] is walked step by step, each written before it is taken.
//!
//! What the office does goes through one [`Desk`], from a terminal or over its own door: it corrects entries by new ones that are linked to them,
//! declares incidents, suspends kiosks. Each act and each reading is a line of a log that is chained like the entries.
//! Anybody verifies a document by its code on a page of its own, in `verification`.
//!
//! Deliberately absent: revocation (see `trust`), timestamps on receipts, representatives.

mod calendar;
mod checks;
mod config;
mod desk;
mod drafting;
mod environment;
mod error;
mod exchange;
mod figures;
#[doc(hidden)]
pub mod fuzzing;
mod http;
mod kiosks;
mod metrics;
mod offer;
mod official;
mod package;
mod receipt;
mod serve;
mod sir;
mod store;
mod tls;
mod verification;

pub use calendar::{Calendar, Effective, End, Extension, Incident, Scope, Term};
pub use config::{Config, Settings, example};
pub use desk::{Bar, Desk, Role, read_term};
pub use environment::{Environment, Machine};
pub use error::Error;
pub use figures::table;
pub use official::{Connector, Handed, Reply, Step};
pub use serve::{Running, start, start_behind};
pub use store::{
    Attached, AuthorisedOfficial, Basis, Bucket, Correction, Corrects, Cures, Database, Filing, Invitation,
    Keeping, KioskState, LoggedAct, NameParts, Note, Official, Presented, Query, Refusal, Registered,
    Relation, Store, StoredEntry, TheirReceipt, Whole,
};
