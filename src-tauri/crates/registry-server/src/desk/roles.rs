//! Who may do what over the network.

use registry_api::{Problem, code};

use crate::tls::StaffId;

/// What a member of staff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Works with the entries.
    Clerk,
    /// Looks at everything, the log among it, and changes nothing.
    Auditor,
    /// Looks after kiosks, and sees no entry.
    Operator,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    ReadEntries,
    CorrectEntries,
    DecideOnRequirements,
    ReadQuarantine,
    DismissRefusals,
    ReadIncidents,
    DeclareIncidents,
    ReadCalendar,
    ReadKiosks,
    DecideOnKiosks,
    ReadLog,
    ReadFigures,
}

/// Why a member of staff is not heard although the configuration names her.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// For now, by name.
    Suspended,
    /// For good, by certificate.
    Revoked,
}

impl Bar {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
        }
    }
}

impl Role {
    fn may(self, act: Act) -> bool {
        match self {
            Self::Clerk => matches!(
                act,
                Act::ReadEntries
                    | Act::CorrectEntries
                    | Act::DecideOnRequirements
                    | Act::ReadQuarantine
                    | Act::DismissRefusals
                    | Act::ReadIncidents
                    | Act::DeclareIncidents
                    | Act::ReadCalendar
                    | Act::ReadFigures
            ),
            Self::Auditor => matches!(
                act,
                Act::ReadEntries
                    | Act::ReadQuarantine
                    | Act::ReadIncidents
                    | Act::ReadCalendar
                    | Act::ReadKiosks
                    | Act::ReadLog
                    | Act::ReadFigures
            ),
            Self::Operator => {
                matches!(
                    act,
                    Act::ReadIncidents
                        | Act::ReadCalendar
                        | Act::ReadKiosks
                        | Act::DecideOnKiosks
                        | Act::ReadFigures
                )
            }
        }
    }
}

/// The members of staff by the common names of their certificates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    pub(crate) clerks: Vec<String>,
    pub(crate) auditors: Vec<String>,
    pub(crate) operators: Vec<String>,
}

impl Roles {
    fn of(&self, name: &str) -> impl Iterator<Item = Role> {
        [(Role::Clerk, &self.clerks), (Role::Auditor, &self.auditors), (Role::Operator, &self.operators)]
            .into_iter()
            .filter(move |(_, names)| names.iter().any(|known| known == name))
            .map(|(role, _)| role)
    }

    /// Nothing if it may be done, else what is told.
    pub(crate) fn refusal(&self, staff: &StaffId, bar: Option<Bar>, act: Act) -> Option<Problem> {
        let (code, title) = if bar == Some(Bar::Revoked) {
            (code::STAFF_REVOKED, "The certificate was revoked")
        } else if staff.is_past() {
            (code::STAFF_EXPIRED, "The certificate is past")
        } else if self.of(staff.name()).next().is_none() {
            (code::STAFF_UNKNOWN, "Nobody of this name has a role here")
        } else if bar == Some(Bar::Suspended) {
            (code::STAFF_SUSPENDED, "The member of staff is suspended")
        } else if self.of(staff.name()).any(|role| role.may(act)) {
            return None;
        } else {
            (code::STAFF_ROLE, "No role of this member of staff may do that")
        };
        Some(Problem::new(403, code, title))
    }
}
