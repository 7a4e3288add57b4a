//! The catalogue of procedures and the form of each: what the citizen reads, what is asked, and what a right answer is.
//!
//! The catalogue is data (`assets/catalogue/*.toml`), part of the program and checked whole when it is read: a reference
//! to nothing, a page that is too full or a text missing in one language is refused with the name of the file. Kiosk and
//! registry compile the same rules, so that what one accepts the other accepts.
//!
//! It does no I/O, reads no clock (today's date is an argument, [`Today`]) and shows nothing: a fault is a code with
//! arguments ([`Fault`]), and its words are Fluent messages. Answers are outside data: nothing here panics on them.
//!
//! Invariants: a condition looks only at fields asked before it; [`Form::normalise`] changes nothing the second time;
//! what [`Form::validate`] accepts, [`Form::filed`] writes down and accepts again.

mod catalogue;
pub mod content;
mod error;
mod fault;
mod form;
mod nif;
mod normalise;
mod procedure;
mod review;
mod source;
mod validate;

pub use catalogue::{Catalogue, Sources};
pub use error::Error;
pub use fault::{CODES, Fault};
pub use form::{Answers, Condition, DateRule, Field, FieldKind, FieldOption, Form, Known, Page, Prefill};
pub use nif::{NifFault, check_nif};
pub use procedure::{
    Audience, Category, Consultation, DataProtection, Declaration, DocumentRule, Fee, Identification, Kind,
    Object, Procedure, ResolutionTerm, Silence, Unit,
};
pub use review::{ReviewRow, ReviewSection};
pub use validate::Today;
