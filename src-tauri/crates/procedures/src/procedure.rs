//! A procedure: what the citizen reads before starting, and what the registry needs to know about it.

use serde::{Deserialize, Serialize};
use wording::Text;

use crate::content::Mime;
pub use crate::deadline::Deadline;
use crate::expr::Expr;
use crate::form::Answers;
use crate::lazy::LazyForm;
use crate::number::Decimal;
pub use crate::source::Keywords;

/// One procedure, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Stable id, never reused.
    pub id: String,
    /// Grows with each change of what is asked or declared; a draft belongs to one version.
    pub version: u32,
    /// Whether it can be begun.
    pub status: Status,
    /// What is shown instead of the form when it cannot.
    pub notice: Option<Text>,
    /// What becomes of drafts begun with the version before.
    pub drafts: Drafts,
    /// Code of the category it is listed under.
    pub category: String,
    /// Codes of what the citizen wants to do.
    pub objects: Vec<String>,
    /// What it is in law.
    pub kind: Kind,
    /// For whom.
    pub audience: Audience,
    /// Place among the most asked, 1 first.
    pub rank: u32,
    /// Official name.
    pub name: Text,
    /// Name of at most 60 characters, for tiles.
    pub short_name: Option<Text>,
    /// One plain sentence or two, at most 300 characters.
    pub summary: Text,
    /// What it is for.
    pub purpose: Text,
    /// Who may apply.
    pub who_may: Text,
    /// What must be so.
    pub requirements: Vec<Text>,
    /// What one will need, before starting.
    pub you_will_need: Vec<Text>,
    /// What comes out of it, and how.
    pub result: Text,
    /// Minutes it takes at the counter.
    pub minutes: u8,
    /// What it costs.
    pub fee: Fee,
    /// When it may be filed.
    pub deadline: Deadline,
    /// Time until it must be resolved.
    pub term: ResolutionTerm,
    /// From when that time counts.
    pub term_starts: TermStart,
    /// What no answer in time means.
    pub silence: Silence,
    /// Why silence means that.
    pub silence_reason: Text,
    /// What can be done against the decision.
    pub appeals: Vec<Text>,
    /// Code of the unit that deals with it.
    pub unit: String,
    /// Who decides.
    pub resolving_body: Option<Text>,
    /// How the applicant must be identified.
    pub identification: Identification,
    /// How sure the identification must be (Regulation (EU) 910/2014, article 8).
    pub identification_level: IdentificationLevel,
    /// Whether it must be signed.
    pub signature_required: bool,
    /// Who must sign.
    pub signers: Signers,
    /// Whether it may be handed in unsigned, to be signed later.
    pub unsigned_path: bool,
    /// Whether somebody else may act for the applicant.
    pub representation: bool,
    /// Rules and articles.
    pub legal_basis: Vec<Text>,
    /// Documents that are or may be asked.
    pub documents: Vec<DocumentRule>,
    /// Data that the town hall looks up by itself unless the citizen objects.
    pub consults: Vec<Consultation>,
    /// First layer of the information on personal data.
    pub data_protection: DataProtection,
    /// What is declared by signing; none ticked beforehand.
    pub declarations: Vec<Declaration>,
    /// Everyday words under which it is looked for.
    pub keywords: Keywords,
    /// Ids of procedures that people confuse it with or need next.
    pub related: Vec<String>,
    /// The procedure whose form this one asks too.
    pub same_form_as: Option<String>,
    /// What is asked.
    #[serde(skip, default = "LazyForm::nowhere")]
    pub form: LazyForm,
    /// Summary of an application for the registry, with `{field}` for answers. See [`Procedure::abstract_of`].
    pub abstract_template: Text,
    /// Which answers an exchange between registries carries as text of their own.
    pub registry: RegistryMap,
    /// What the town clerk has not confirmed yet. For the staff, never shown to the citizen.
    pub to_confirm_by_clerk: Vec<String>,
}

impl Procedure {
    /// Whether people may begin it now.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.status == Status::Published
    }

    /// Whether people may read about it: also when it is suspended, since its notice says why and what else there is.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        matches!(self.status, Status::Published | Status::Suspended)
    }

    /// Whether what was filed under it is to be taken: one that has since been suspended or retired too, since it was
    /// begun when it was not.
    #[must_use]
    pub fn is_received(&self) -> bool {
        self.status != Status::Draft
    }

    /// The rule of one of its documents.
    #[must_use]
    pub fn document(&self, code: &str) -> Option<&DocumentRule> {
        self.documents.iter().find(|d| d.code == code)
    }
}

/// What a procedure is in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Asks for something.
    Application,
    /// Declares that requirements are met.
    ResponsibleDeclaration,
    /// Tells something.
    Communication,
    /// Asks for a certificate.
    Certificate,
    /// Complains or suggests.
    Complaint,
    /// Appeals.
    Appeal,
    /// Enrols.
    Enrolment,
    /// Pays.
    Payment,
    /// Works out a tax and pays it.
    SelfAssessment,
    /// Answers a call with a term of its own.
    Call,
}

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $(#[$first_doc:meta])* $first:ident $(, $(#[$other_doc:meta])* $other:ident)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $(#[$first_doc])*
            #[default]
            $first,
            $($(#[$other_doc])* $other,)*
        }
    };
}

kinds!(/// Whether a procedure can be begun.
Status {
    /// Yes.
    Published,
    /// Not now: its notice says why.
    Suspended,
    /// Not yet: it is being written.
    Draft,
    /// Not any more.
    Retired
});
kinds!(/// What becomes of drafts begun with the version before.
Drafts {
    /// They end: their questions may no longer be these.
    End,
    /// They go on with the answers they have.
    GoOn,
    /// They keep the answers to fields that are still asked.
    Migrate
});
kinds!(/// From when the time to resolve counts.
TermStart {
    /// From the entry in the registry.
    Filing,
    /// From when every document is there.
    Complete,
    /// From the end of the call.
    CallEnd,
    /// From the agreement of the body that begins it.
    ExOfficio
});
kinds!(/// How sure an identification must be.
IdentificationLevel {
    /// Substantial.
    Substantial,
    /// Low.
    Low,
    /// High.
    High
});
kinds!(/// Who must sign.
Signers {
    /// The applicant, or who acts for the applicant.
    Applicant,
    /// Every applicant.
    AllApplicants,
    /// Both members of a couple.
    BothPartners,
    /// Who acts for an entity.
    Representative
});
kinds!(/// What makes a look-up lawful (Law 39/2015, article 28).
ConsultBasis {
    /// It is done unless the person objects.
    Objection,
    /// It is done only if the person agrees.
    Consent
});
kinds!(/// When a fee is paid.
Payable {
    /// Before filing.
    BeforeFiling,
    /// When the town hall sends the bill.
    Later
});

/// For whom a procedure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// People.
    Citizen,
    /// Companies and associations.
    Company,
    /// Both.
    Both,
}

/// Field that says how a fee is paid that must be paid before filing: `letter` or `paid`.
pub const FEE_HOW: &str = "fee-how";
/// Field with the reference of a payment that has been made.
pub const FEE_REFERENCE: &str = "fee-reference";

/// What a procedure costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// How it is worked out.
    pub kind: FeeKind,
    /// What is paid for.
    pub concept: Option<Text>,
    /// The rule that sets it.
    pub ordinance: Option<Text>,
    /// Who does not pay.
    pub exemptions: Vec<Exemption>,
    /// When it is paid.
    pub payable: Payable,
}

/// How a fee is worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum FeeKind {
    /// Nothing is paid.
    None,
    /// Always the same.
    Fixed(Decimal),
    /// The first row that holds.
    Table(Vec<FeeRow>),
    /// From the answers.
    Formula(Formula),
    /// By a self-assessment of its own, outside this form.
    SelfAssessment,
}

/// A formula of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula(pub(crate) Expr);

/// A row of a table of fees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeRow {
    /// For what.
    pub text: Text,
    /// Euros.
    pub amount: Decimal,
    pub(crate) when: Option<Expr>,
}

/// Somebody who does not pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// Who.
    pub text: Text,
    pub(crate) when: Option<Expr>,
}

/// What must be paid for some answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeDue {
    /// Nothing.
    Nothing,
    /// Nothing, by this exemption of the list.
    Exempt(usize),
    /// So many cents.
    Cents(i64),
    /// It cannot be said from these answers.
    Unknown,
}

impl Fee {
    /// Id of the message with its words.
    #[must_use]
    pub fn message_id(&self) -> &'static str {
        match self.kind {
            FeeKind::None => "fee-none",
            FeeKind::Fixed(_) => "fee-fixed",
            FeeKind::Table(_) => "fee-table",
            FeeKind::Formula(_) => "fee-formula",
            FeeKind::SelfAssessment => "fee-self-assessment",
        }
    }
}

impl Procedure {
    /// What must be paid for these answers.
    #[must_use]
    pub fn fee_due(&self, answers: &Answers) -> FeeDue {
        let asked = self.form.asked(answers);
        let certain = |when: Option<&Expr>| when.is_some_and(|when| asked.holds(Some(when)));
        if let Some(place) = self.fee.exemptions.iter().position(|e| certain(e.when.as_ref())) {
            return FeeDue::Exempt(place);
        }
        let amount = match &self.fee.kind {
            FeeKind::None => return FeeDue::Nothing,
            FeeKind::SelfAssessment => None,
            FeeKind::Fixed(amount) => Some(*amount),
            FeeKind::Table(rows) => {
                rows.iter().find(|row| asked.holds(row.when.as_ref())).map(|row| row.amount)
            }
            FeeKind::Formula(formula) => asked.number(&formula.0),
        };
        amount.and_then(Decimal::to_cents).map_or(FeeDue::Unknown, FeeDue::Cents)
    }
}

/// Which answers an exchange between registries carries as text of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RegistryMap {
    /// `Expone`
    pub facts: Option<String>,
    /// `Solicita`
    pub request: Option<String>,
    /// `Referencia_Externa`
    pub reference: Option<String>,
}

/// Time until an application must be resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ResolutionTerm {
    /// Months from entry in the registry; 0 when it takes effect on filing.
    pub months: u8,
}

/// What no answer in time means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Silence {
    /// It may be taken as granted.
    Positive,
    /// It may be taken as refused.
    Negative,
    /// It has no such meaning, or it depends on the matter.
    None,
}

impl Silence {
    /// Id of the message with its words.
    #[must_use]
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Positive => "silence-positive",
            Self::Negative => "silence-negative",
            Self::None => "silence-none",
        }
    }
}

/// How the applicant must be identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identification {
    /// By any means the town hall offers.
    Any,
    /// By a certificate only.
    Certificate,
}

impl Identification {
    /// Id of the message with its words.
    #[must_use]
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Any => "identification-any",
            Self::Certificate => "identification-certificate",
        }
    }
}

/// A document that a procedure asks, with what a file of it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRule {
    /// Code in the list of documents.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Kinds of file accepted.
    pub formats: Vec<Mime>,
    /// Largest size, megabytes of 1 000 000 bytes.
    pub max_mb: u32,
    /// Whether it must be there.
    pub need: DocumentNeed,
    /// Why, or in which case.
    pub why: Option<Text>,
    /// Whether the town hall may look it up instead.
    pub consultable: bool,
    /// Whether it may have been handed in before.
    pub already_held: bool,
    /// Whether it may be brought later.
    pub later: bool,
    /// Field that takes it first; none when the town hall looks it up or takes it at the counter.
    pub field: Option<String>,
}

/// Whether a document must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentNeed {
    /// Always.
    Required,
    /// In some cases.
    Conditional,
    /// Whoever has it may add it.
    Optional,
    /// The town hall looks it up: nobody is asked for it.
    Consulted,
}

impl DocumentRule {
    /// Largest size in bytes.
    #[must_use]
    pub fn max_bytes(&self) -> u64 {
        u64::from(self.max_mb) * 1_000_000
    }

    /// Kinds accepted, written out: `PDF, JPG, PNG`.
    #[must_use]
    pub fn kinds(&self) -> String {
        self.formats.iter().map(|f| f.short()).collect::<Vec<_>>().join(", ")
    }
}

/// Data that the town hall looks up by itself (Law 39/2015, article 28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// Unique in the procedure.
    pub id: String,
    /// What is looked up and where.
    pub text: Text,
    /// What makes it lawful.
    pub basis: ConsultBasis,
}

impl Consultation {
    /// The field that takes the objection or the consent, where the form asks it.
    #[must_use]
    pub fn field(&self) -> String {
        let end = match self.basis {
            ConsultBasis::Objection => "objection",
            ConsultBasis::Consent => "consent",
        };
        format!("consult-{}-{end}", self.id)
    }
}

/// First layer of the information on personal data (Organic Law 3/2018, article 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataProtection {
    /// Who answers for the data.
    pub controller: Text,
    /// What they are for.
    pub purpose: Text,
    /// What makes it lawful.
    pub basis: Text,
    /// Who else gets them.
    pub recipients: Text,
    /// Rights, and where to use them.
    pub rights: Text,
}

/// A sentence declared by signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Unique in the procedure.
    pub id: String,
    /// The sentence.
    pub text: Text,
}

/// A topic of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}

/// Something the citizen wants to do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// Code.
    pub code: String,
    /// Its words.
    pub name: Text,
}

/// A unit of the town hall.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Text,
}
