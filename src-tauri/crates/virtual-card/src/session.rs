//! The channel in force, of whichever kind, and what it allows.

use apdu::Status;
use openssl::error::ErrorStack;

use crate::cvc::Role;
use crate::request::{Answer, Request};
use crate::{pace_sm, sm};

/// An open channel. The last one to open is the only one: none lies inside another.
pub(crate) enum Session {
    /// Triple DES, after mutual authentication (CWA 14890-1).
    Cwa(sm::Session),
    /// AES, after PACE (ICAO Doc 9303-11).
    Pace(pace_sm::Session),
}

impl Session {
    /// Checks a protected command and gives back the plain one; an error is the status that ends the session.
    pub fn open(&mut self, request: &Request) -> Result<Request, Status> {
        match self {
            Self::Cwa(session) => session.open(request),
            Self::Pace(session) => session.open(request),
        }
    }

    /// Protects an answer.
    pub fn close(&mut self, answer: &Answer) -> Result<Vec<u8>, ErrorStack> {
        match self {
            Self::Cwa(session) => session.close(answer),
            Self::Pace(session) => session.close(answer),
        }
    }

    /// Advances the send sequence counter once too often.
    pub fn slip(&mut self) {
        match self {
            Self::Cwa(session) => session.slip(),
            Self::Pace(session) => session.slip(),
        }
    }

    pub const fn access(&self) -> Access {
        match self {
            Self::Cwa(session) => Access::Channel(session.role()),
            Self::Pace(_) => Access::Pace,
        }
    }

    pub const fn keys(&self) -> SessionKeys {
        match self {
            Self::Cwa(session) => session.keys(),
            Self::Pace(session) => session.keys(),
        }
    }
}

/// What the terminal may do at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// By contact without a channel: what is public.
    Open,
    /// Contactless before PACE: nothing but what leads to PACE.
    Shut,
    /// Contactless after PACE: what is public, and the holder's data.
    Pace,
    /// Inside a CWA channel.
    Channel(Role),
}

impl Access {
    /// What the terminal has proven to be.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Channel(role) => Some(role),
            Self::Open | Self::Shut | Self::Pace => None,
        }
    }

    /// Whether the holder's data of the LDS may be read.
    pub const fn reads_holder(self) -> bool {
        matches!(self, Self::Pace | Self::Channel(Role::User))
    }
}

/// Which protocol agreed on keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// CWA 14890-1: two-key triple DES.
    Cwa,
    /// PACE: AES-128.
    Pace,
}

/// Keys of a channel that has just opened, for tests that look for them where they should no longer be.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionKeys {
    /// How they were agreed.
    pub protocol: Protocol,
    /// Kenc, or KSenc.
    pub encryption: [u8; 16],
    /// Kmac, or KSmac.
    pub checksum: [u8; 16],
}

impl std::fmt::Debug for SessionKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SessionKeys({:?}, ***)", self.protocol)
    }
}
