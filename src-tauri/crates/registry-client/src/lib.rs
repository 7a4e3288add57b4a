//! The registry over HTTPS with mutual TLS.
//!
//! [`HttpRegistry`] speaks the contract of `registry-api` and decides one thing only: what each way of failing means
//! ([`RegistryError`]). It never retries and keeps no connection between calls, so that "could not connect" always
//! means that nothing was sent:
//!
//! | what happened | becomes |
//! | --- | --- |
//! | no name, no route, refused, untrusted or untrusting at the handshake | `Unreachable` |
//! | sent, then silence, a cut, or an answer that breaks off | `Unknown` |
//! | 5xx, 429, 408 | `Unavailable`, with what it asks to wait |
//! | other 4xx with problem details | `Refused` |
//! | a redirection, another media type, too much, JSON of another shape, the receipt of something else | `Nonsense` |
//!
//! With TLS 1.3 a server judges the client's certificate after the client may already write, so a certificate that
//! is refused can also look like `Unknown`: asking for the receipt afterwards is harmless.
//!
//! A kiosk comes to its certificate by [`enrol`], with a key that [`CertificateRequest`] makes and that never leaves it.
//!
//! A kiosk that the registry does not hear (`kiosk.…`, 403) takes it for `Unavailable`: staff decides on kiosks, and what
//! citizens handed in meanwhile waits.
//!
//! Only the authority given is trusted, never the machine's store; no proxy is used, no redirection followed.

mod citizen;
mod enrol;
mod error;
mod http;
mod keeping;

pub use enrol::{CertificateRequest, Door, Mismatch};
pub use error::{EnrolError, Error};
pub use http::{Connection, HttpRegistry, enrol};
pub use keeping::Keeping;
pub use registry_api::RegistryError;
