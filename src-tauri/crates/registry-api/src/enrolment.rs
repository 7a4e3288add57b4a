//! How a kiosk comes to its certificate: once with a code that the town's operator hands over, later over the
//! certificate that it has.
//!
//! The kiosk makes its key and keeps it; what travels is a request for a certificate (PKCS #10, RFC 2986), which
//! proves that it has the key. The name of the kiosk is the registry's to say: what the request calls itself is not
//! read.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Base64Bytes, Csv, Malformed, Sha256Hex};

/// Largest request for a certificate, bytes, as DER.
pub const MAX_CERTIFICATE_REQUEST_BYTES: usize = 4096;
/// Largest body on the wire that asks for a certificate.
pub const MAX_ENROLMENT_BODY_BYTES: usize = 16 * 1024;

/// The code with which one kiosk enrols once: 128 random bits, written and forgiven like a [`Csv`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Csv)]
pub struct InvitationCode(Csv);

impl InvitationCode {
    /// The code of these random bits.
    #[must_use]
    pub fn from_random(bits: [u8; 16]) -> Self {
        Self(Csv::from_random(bits))
    }

    /// The code as it is handed over.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// By what the registry knows the code; the code itself is not kept. It needs no salt: nobody tries 2¹²⁸ codes.
    #[must_use]
    pub fn sha256(&self) -> Sha256Hex {
        Sha256Hex::of(format!("finestreta invitation 1 {}", self.0.as_str()).as_bytes())
    }
}

impl FromStr for InvitationCode {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        text.parse().map(Self).map_err(|_| Malformed { what: "invitation code" })
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

/// A kiosk that asks for its first certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The code it was given.
    pub code: InvitationCode,
    /// Its request for a certificate, DER of PKCS #10: a key on P-256 or of RSA with 2048 bits or more.
    pub request: Base64Bytes,
}

/// A kiosk that asks for the certificate after the one it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// Its request for a certificate, as in [`Enrolment`], of a key that it has not used before.
    pub request: Base64Bytes,
}

/// The certificate of a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Enrolled {
    /// The kiosk's name, which the certificate says too.
    #[schema(example = "kiosk-01")]
    pub kiosk: String,
    /// The certificate, DER.
    pub certificate: Base64Bytes,
    /// The authority that issued it, DER.
    pub authority: Base64Bytes,
    /// Last moment at which it is good.
    #[schema(value_type = String, format = DateTime)]
    pub not_after: Timestamp,
    /// From when on the next one may be asked for.
    #[schema(value_type = String, format = DateTime)]
    pub renew_from: Timestamp,
}

/// From when on a certificate may be renewed: the last third of its life.
#[must_use]
pub fn renew_from(not_before: Timestamp, not_after: Timestamp) -> Timestamp {
    let third = (not_after.as_second() - not_before.as_second()).max(0) / 3;
    Timestamp::from_second(not_after.as_second() - third).unwrap_or(not_after)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it_and_shown_by_nothing() {
        let code = InvitationCode::from_random([7; 16]);
        let typed = code.as_str().to_lowercase().replace('-', " ");
        assert_eq!(typed.parse::<InvitationCode>().unwrap().sha256(), code.sha256());
        assert_eq!(format!("{code:?}"), "InvitationCode(…)");
        assert!("0000".parse::<InvitationCode>().is_err());
    }

    #[test]
    fn the_last_third_of_a_certificate_is_for_renewing() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(
            renew_from(at("2026-01-01T00:00:00Z"), at("2026-01-31T00:00:00Z")),
            at("2026-01-21T00:00:00Z")
        );
        // Dates that make no sense make no third either.
        assert_eq!(
            renew_from(at("2026-01-31T00:00:00Z"), at("2026-01-01T00:00:00Z")),
            at("2026-01-01T00:00:00Z")
        );
    }
}
