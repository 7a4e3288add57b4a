//! The catalogue of procedures and the form of each: what the citizen reads, what is asked, and what a right answer is.
//!
//! The catalogue is data (`assets/catalogue/*.toml`, described for its writers in `assets/catalogue/README.md`), part of
//! the program and checked whole when it is read: a reference to nothing, a condition that goes in a circle, a formula
//! that may divide by zero or a text missing in one language is refused with file, line, column and reason. Kiosk and
//! registry compile the same rules, so that what one accepts the other accepts.
//!
//! It does no I/O, reads no clock (today's date is an argument, [`Today`]) and shows nothing: a fault is a code with
//! arguments ([`Fault`]), and its words are Fluent messages. Answers are outside data: nothing here panics on them.
//!
//! Invariants: a condition or formula looks only at fields asked before it; what is asked and what it costs never depend
//! on the day; [`Form::normalise`] changes nothing the second time; what [`Form::validate`] accepts, [`Form::filed`]
//! writes down and accepts again.

mod carry;
mod catalogue;
pub mod check;
pub mod citizen;
mod compile;
pub mod content;
mod dates;
mod deadline;
mod documents;
mod error;
mod expr;
mod fault;
mod fee;
mod files;
mod form;
mod group;
pub mod hints;
pub mod ids;
mod lazy;
pub mod limits;
mod multiple;
mod normalise;
mod number;
mod pack;
mod procedure;
mod review;
pub mod search;
pub mod show;
mod source;
mod streets;
mod validate;

pub use carry::Carry;
pub use catalogue::{Catalogue, Loaded, Sources};
pub use dates::{Apart, Calendar, Limit};
pub use documents::{AskedDocument, DocumentState, Way};
pub use error::{Error, ErrorKind, decode};
pub use fault::{CODES, Fault};
pub use fee::{FeeLine, FeeStatement};
pub use files::Files;
pub use form::{
    Accepts, Answers, Check, Field, FieldKind, FieldOption, Form, Group, Item, Known, Page, Prefill, Shows,
};
pub use ids::{NifFault, check_nif};
pub use lazy::LazyForm;
pub use multiple::NONE;
pub use number::Decimal;
pub use pack::PackError;
pub use procedure::{
    Audience, Category, ConsultBasis, Consultation, DataProtection, Deadline, Declaration, DocumentNeed,
    DocumentRule, Drafts, Exemption, FEE_HOW, FEE_REFERENCE, Fee, FeeDue, FeeKind, FeeRow, Formula,
    Identification, IdentificationLevel, Keywords, Kind, Object, Payable, Procedure, RegistryMap,
    ResolutionTerm, Signers, Silence, Status, TermStart, Unit,
};
pub use review::{ReviewRow, ReviewSection};
pub use streets::{Street, Streets};
pub use validate::Today;
