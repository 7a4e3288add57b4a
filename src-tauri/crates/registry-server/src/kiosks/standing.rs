//! Whether a kiosk is heard.

use registry_api::{Problem, code};

/// What the book says of the kiosk that shows a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The certificate is one of the book and good.
    Known,
    /// The book has neither certificate nor name: the configuration has the say.
    Unlisted,
    /// Staff has shut it out for now.
    Suspended,
    /// The certificate, or the kiosk with all of them, was revoked.
    Revoked,
    /// It is past, or another has taken its place.
    Expired,
    /// The book knows the kiosk, and not this certificate.
    Unknown,
}

/// Which kiosks are heard whose certificates are not of the book.
#[derive(Debug, Clone)]
pub(crate) enum Unlisted {
    /// Each of the authority.
    All,
    /// These.
    Named(Vec<String>),
}

impl Unlisted {
    fn has(&self, kiosk: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| name == kiosk),
        }
    }
}

impl Standing {
    /// Nothing if the kiosk is heard, else what it is told.
    pub(crate) fn refusal(self, kiosk: &str, unlisted: &Unlisted) -> Option<Problem> {
        let (code, title) = match self {
            Self::Known => return None,
            Self::Unlisted if unlisted.has(kiosk) => return None,
            Self::Unlisted | Self::Unknown => {
                (code::KIOSK_UNKNOWN, "The registry does not know the kiosk's certificate")
            }
            Self::Suspended => (code::KIOSK_SUSPENDED, "The kiosk is suspended"),
            Self::Revoked => (code::KIOSK_REVOKED, "The kiosk's certificate was revoked"),
            Self::Expired => (code::KIOSK_EXPIRED, "The kiosk's certificate is past"),
        };
        Some(Problem::new(403, code, title))
    }
}
