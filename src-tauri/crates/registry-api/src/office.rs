//! What the office asks of the registry and does with it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Sha256Hex;

/// A kiosk, as the office sees it in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KioskListed {
    /// Its name.
    pub name: String,
    /// Where it stands, if the book knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// `invited`, `enrolled`, `allowed`, `suspended` or `revoked`.
    pub state: String,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub since: Option<Timestamp>,
    /// Why, where staff has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when a code that nobody has used is good.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub invited_until: Option<Timestamp>,
    /// Its last certificates, the newest first.
    pub certificates: Vec<KioskCertificate>,
}

/// A certificate of a kiosk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KioskCertificate {
    /// SHA-256 of the certificate.
    pub sha256: Sha256Hex,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// When it was issued.
    #[schema(value_type = String, format = DateTime)]
    pub issued_at: Timestamp,
    /// Until when it is heard.
    #[schema(value_type = String, format = DateTime)]
    pub heard_until: Timestamp,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub revoked_at: Option<Timestamp>,
}
