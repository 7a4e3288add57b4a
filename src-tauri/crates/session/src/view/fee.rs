//! The fee, as the page shows it.

use serde::Serialize;

/// S25b. What must be paid, how it comes about, and how it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FeeView {
    /// What is paid for.
    pub concept: Option<String>,
    /// The rule that sets it.
    pub ordinance: Option<String>,
    /// What must be paid.
    pub due: FeeDueView,
    /// What it is made of.
    pub lines: Vec<FeeLineView>,
    /// Who does not pay, with what they need.
    pub exemptions: Vec<String>,
    /// When it is paid.
    pub when: FeeWhen,
    /// Reference of the payment, where the person has paid already.
    pub paid: Option<String>,
}

/// What must be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum FeeDueView {
    /// So much, written out.
    Amount {
        /// With its unit.
        amount: String,
    },
    /// Nothing.
    Exempt {
        /// By which exemption.
        text: String,
    },
    /// The person works it out elsewhere.
    SelfAssessed,
    /// It cannot be said from the answers: the town hall works it out.
    Unknown,
}

/// A part of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FeeLineView {
    /// For what, in words.
    pub text: String,
    /// Euros, written out.
    pub amount: String,
}

/// When a fee is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum FeeWhen {
    /// Before filing.
    Before,
    /// When the town hall sends the bill.
    Later,
}
