//! Declared incidents that extend terms (Law 39/2015, art. 32.4 and 32.5).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One incident, as declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// Its name among the incidents: `2026-03-10-outage`.
    #[schema(pattern = "^[0-9A-Za-z._-]{1,64}$")]
    pub id: String,
    /// What happened, as published.
    pub what: String,
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub starts_at: Timestamp,
    /// Until when; open while it lasts.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ends_at: Option<Timestamp>,
    /// What it concerns.
    pub scope: Scope,
    /// The resolution and where it is published; without one nothing is extended.
    pub resolution: Option<String>,
    /// How far the resolution extends terms that end while it lasts.
    pub extension: Option<Extension>,
    /// Whether the resolution lets what was handed in at a kiosk meanwhile count as presented then.
    #[serde(default)]
    pub hand_in_counts: bool,
}

/// What an incident concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every procedure.
    Everything,
    /// These.
    Procedures(Vec<String>),
}

/// The concrete extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Extension {
    /// Until this day.
    #[schema(value_type = String, format = Date)]
    Until(Date),
    /// By so many working days from the last day of the term.
    WorkingDays(u16),
}

impl Incident {
    /// Whether it concerns a procedure.
    #[must_use]
    pub fn concerns(&self, procedure: &str) -> bool {
        match &self.scope {
            Scope::Everything => true,
            Scope::Procedures(procedures) => procedures.iter().any(|known| known == procedure),
        }
    }

    /// Whether it lasted at a moment.
    fn lasts_at(&self, at: Timestamp) -> bool {
        self.starts_at <= at && self.ends_at.is_none_or(|ends_at| at <= ends_at)
    }

    /// Whether what was handed in for a procedure at this moment counts as presented then.
    #[must_use]
    pub fn recognises(&self, procedure: &str, handed_in_at: Timestamp) -> bool {
        self.resolution.is_some()
            && self.hand_in_counts
            && self.concerns(procedure)
            && self.lasts_at(handed_in_at)
    }
}
