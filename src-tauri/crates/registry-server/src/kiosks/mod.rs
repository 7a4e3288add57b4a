//! How kiosks come to their certificates and which of them are heard.
//!
//! An operator invites a kiosk with a code that is shown once; the kiosk sends it with a request for a certificate;
//! [`Authority`] issues one and the book keeps it. Whoever speaks at the kiosks' door is looked up for each request, so
//! that a kiosk that is suspended or revoked is out at once and hears why.

mod authority;
mod standing;

pub(crate) use authority::{Authority, Issued, NoCertificate};
pub(crate) use standing::{Standing, Unlisted};
