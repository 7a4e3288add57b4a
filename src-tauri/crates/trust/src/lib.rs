//! Who a certificate belongs to, and whether to believe it.
//!
//! Holds the anchors, the certification path ([RFC 5280] clause 6, by OpenSSL), what each kind of certificate must
//! say of itself ([`Policy`]), and the name and number of its [`Holder`]. Everything that decides here does no I/O
//! and is handed the time.
//!
//! It does **not** look at revocation yet: [`Verified`] says nothing about it, and its documentation tells what
//! that leaves open. It does not check signatures over documents either; that is the work of `signing`.
//!
//! Invariants: [`Verified`] has no constructor other than [`verify`]; of several faults the one that would remain
//! after the others were remedied is told ([`Refusal`]); neither `Debug` nor an error shows a person's name or number.
//!
//! [RFC 5280]: https://www.rfc-editor.org/rfc/rfc5280

mod anchors;
mod certificate;
mod holder;
mod path;
mod profile;
mod refusal;

pub use anchors::{Anchors, Context};
pub use certificate::{Certificate, Error};
pub use holder::{Holder, is_valid_nif};
pub use path::{Verified, verify};
pub use profile::Policy;
pub use refusal::{Refusal, Use, Weakness};
