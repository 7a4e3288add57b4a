//! What the page is shown: a whole [`SessionView`] after each change, tagged by screen.
//!
//! Plain data: words of the catalogue arrive in the session's language, words of the page itself are message
//! ids that the page looks up. Nothing here holds a PIN, a path, a key or an error text of a library.
//! No 64-bit integers (the page cannot read them); money would be cents in `u32`; identifiers are strings.

mod catalogue;
mod documents;
mod fee;
mod form;
mod identify;
mod intent;
mod items;

use serde::{Deserialize, Serialize};
use wording::Language;

pub use catalogue::{
    DraftChange, Instead, ListedBy, Need, Possible, ProcedureRow, SearchView, Sheet, SheetNotice, Tag, Topic,
    Why,
};
pub use documents::{
    DocumentNeed, DocumentRow, DocumentStanding, DocumentWay, DocumentsView, FileCheck, FileCheckView,
    Lookup, LookupBasis,
};
pub use fee::{FeeDueView, FeeLineView, FeeView, FeeWhen};
pub use form::{
    Capitals, Choice, Control, Doubt, FieldFault, FieldView, FileRow, FormView, Keys, Offer, Part, ReviewRow,
    ReviewSection,
};
pub use identify::{
    CanNotice, CardStage, CertificateFilesView, CertificateRow, CertificatesView, FilesState, InsertCard,
    MeansKind, MeansWay, PinKind, PinNotice, PinProfile, PinPurpose, PinStage, PinView, TriesLeft,
    UnusableCertificate,
};
pub use intent::Intent;
pub use items::{ItemRow, ItemsView};

/// Everything the page shows now. Replaced whole; `revision` only grows within one run of the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// Grows with each change, so that a late view is recognised.
    pub revision: u32,
    /// Language of every word shown.
    pub language: Language,
    /// Text size, theme and the rest of the person's settings.
    pub preferences: Preferences,
    /// Who is known and where one is.
    pub header: Header,
    /// One line under the header when something does not work now (S90).
    pub band: Option<Band>,
    /// The screen.
    pub screen: Screen,
    /// What covers the screen, if anything.
    pub overlay: Option<Overlay>,
    /// Whether an answer of the core is awaited, so that the main act shows a busy mark.
    pub busy: bool,
}

/// Header of the frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// The council's name, from configuration, in the session's language.
    pub council: String,
    /// Name of the procedure under way.
    pub procedure: Option<String>,
    /// Short name of the holder, such as `A. Martí`, once the chain has been verified.
    pub holder: Option<String>,
    /// By which means the holder is known: whose card or whose certificate it is.
    pub means: Option<MeansKind>,
    /// Date of the official time, written out.
    pub date: String,
    /// Official time, `18:05`.
    pub time: String,
    /// Whether this kiosk believes in test cards: said on every screen, since nothing done here has effect.
    pub demonstration: bool,
    /// Whether *Back* leads somewhere.
    pub can_go_back: bool,
    /// Whether there is something to end.
    pub can_end: bool,
}

/// Why the kiosk does less than usual (S90). Message `band-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// The registry cannot be reached: filings wait here.
    Offline,
    /// No card reader is attached.
    NoReader,
    /// The card service of the machine does not run.
    CardServiceDown,
}

/// The person's settings; reset when the session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    /// Text size.
    pub text: TextSize,
    /// Colours.
    pub theme: Theme,
    /// Everything within reach from a wheelchair.
    pub low_screen: bool,
    /// Every quiet time multiplied by three.
    pub more_time: bool,
}

/// Text sizes of requirement G3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum TextSize {
    /// 100 %.
    #[default]
    Normal,
    /// 125 %.
    Large,
    /// 150 %.
    Larger,
    /// 200 %.
    Largest,
}

/// Themes of requirement G4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark on warm light.
    #[default]
    Clar,
    /// Black on white.
    NegreSobreBlanc,
    /// Yellow on black.
    GrocSobreNegre,
    /// Light grey on dark.
    Suau,
}

/// The screens, by their number in the design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum Screen {
    /// S01. Languages, one line of what can be done, how to start with the card.
    Welcome,
    /// S03. Three doors and the six most asked procedures.
    Home {
        /// The most asked procedures.
        popular: Vec<ProcedureRow>,
    },
    /// S05. Getting the card read.
    Card {
        /// How far it is.
        stage: CardStage,
        /// The procedure to go on with once the card is read; absent when the card was put in first.
        procedure: Option<String>,
        /// Whether another means may be chosen instead.
        other_means: bool,
    },
    /// S04. By which means.
    Means {
        /// Those this kiosk is set up for, in order.
        ways: Vec<MeansWay>,
    },
    /// S04, none of them: what can be done without.
    NoMeans,
    /// Files of the stick that may hold a certificate.
    CertificateFiles(CertificateFilesView),
    /// S06. Which certificate, or whether this one.
    Certificates(CertificatesView),
    /// S10 and S11, first step: topics, or what one wants to do.
    Topics {
        /// Which of both.
        by: ListedBy,
        /// Those that have a procedure here.
        topics: Vec<Topic>,
    },
    /// S12. Finding a procedure by words.
    Search(SearchView),
    /// S10 and S11, second step: procedures of one topic, or for one thing that one wants to do.
    Procedures {
        /// Its name.
        topic: String,
        /// Its procedures.
        procedures: Vec<ProcedureRow>,
    },
    /// S13. The procedure's sheet.
    Sheet(Sheet),
    /// S14. Data protection, fair warning, drafts.
    BeforeStart {
        /// Paragraphs of the first layer, in order: label and text.
        notices: Vec<Line>,
        /// What the town hall looks up by itself.
        lookups: Vec<Lookup>,
        /// How long quiet is allowed, seconds.
        quiet_seconds: u32,
        /// When a draft of this person exists, when it was last changed, written out.
        draft: Option<String>,
        /// What a change of the form did to a draft of this person, if it did something.
        draft_change: Option<DraftChange>,
    },
    /// S15. One page of the form.
    Form(FormView),
    /// S16. What has been added to a repeatable group.
    Items(ItemsView),
    /// S18. All documents, and how each is given.
    Documents(DocumentsView),
    /// S23. A look at the file that was chosen.
    CheckFile(FileCheckView),
    /// S24. The whole application, with *change* links.
    Review {
        /// Sections in the order of the form.
        sections: Vec<ReviewSection>,
        /// Images of the document's pages as `data:` addresses; empty until made.
        pages: Vec<String>,
        /// Whether the document is shown instead of the sections.
        document_shown: bool,
    },
    /// S25b. The fee.
    Fee(FeeView),
    /// S26. Informed consent to use the signature key.
    Sign {
        /// Name of the document to be signed.
        document: String,
        /// Its pages.
        pages: u32,
        /// Eight characters of its SHA-256, also on the receipt.
        fingerprint: String,
        /// Where it goes.
        unit: String,
        /// Holder of the certificate, full name.
        holder: String,
        /// The company the certificate acts for, if it does.
        company: Option<String>,
        /// By which means it is signed.
        means: MeansKind,
        /// Declarations as boxes, none ticked beforehand.
        declarations: Vec<Declaration>,
        /// Whether the main act was pressed with a declaration unticked.
        declarations_missing: bool,
    },
    /// S07 and S27. The PIN, or the password of a certificate.
    Pin(PinView),
    /// S28. True states of signing and sending.
    Sending {
        /// Steps in order.
        steps: Vec<Step>,
        /// Whether the card may be taken out now.
        card_may_leave: bool,
    },
    /// S29. Number, date and time.
    Receipt(ReceiptView),
    /// S30. Not registered yet.
    Provisional(ProvisionalView),
    /// S32. Printing or saving.
    Output {
        /// What is made.
        how: OutputKind,
        /// How far it is.
        state: OutputState,
        /// Whether the paper is the provisional slip.
        provisional: bool,
    },
    /// S33. What is still here.
    Leaving {
        /// Whether the card is still in the reader.
        card: bool,
        /// Whether a memory stick is still in.
        stick: bool,
        /// Whether something was printed.
        paper: bool,
    },
    /// S91. Out of service.
    OutOfService {
        /// Why, as a fault the staff can look up.
        fault: Fault,
    },
}

/// A label and its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Message id of the label.
    pub label: String,
    /// The text, in the session's language.
    pub text: String,
}

/// A declaration to be ticked before signing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Declaration {
    /// Id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// One step of sending (S28).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which.
    pub what: StepKind,
    /// How far.
    pub state: StepState,
}

/// The steps of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Signed and checked.
    Signed,
    /// Kept safe in this kiosk.
    Stored,
    /// Sent, number awaited.
    Registered,
}

/// State of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Not begun.
    Waiting,
    /// Going on.
    Now,
    /// Done.
    Done,
}

/// S29.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// Entry number, as printed.
    pub number: String,
    /// Date of presentation, written out.
    pub date: String,
    /// Official time, `18:05:31`.
    pub time: String,
    /// Effective date when it is another, written out.
    pub effective: Option<String>,
    /// Who deals with it.
    pub unit: String,
    /// Last day to resolve, written out; absent when the term does not apply.
    pub due: Option<String>,
    /// What silence means: message id.
    pub silence: String,
    /// Code to verify the receipt, grouped.
    pub csv: String,
    /// The same eight characters as on the sign screen.
    pub fingerprint: String,
    /// Which outputs have been made.
    pub saved: bool,
    /// Whether it was sent to the printer.
    pub printed: bool,
}

/// S30.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ProvisionalView {
    /// Evidence number: the submission key, grouped.
    pub evidence: String,
    /// When it was handed in, written out.
    pub date: String,
    /// Official time.
    pub time: String,
    /// Eight characters of the document's SHA-256.
    pub fingerprint: String,
    /// Why: message id (`provisional-offline`, `provisional-slow`, `provisional-refused`).
    pub reason: String,
    /// Whether it was saved to a file.
    pub saved: bool,
    /// Whether it was sent to the printer.
    pub printed: bool,
}

/// S32. Ways to take something away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum OutputKind {
    /// On paper.
    Print,
    /// To a file on the memory stick.
    Save,
}

/// How far an output is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum OutputState {
    /// Going on.
    Working,
    /// Done.
    Done,
    /// It failed; the other ways remain.
    Failed {
        /// Why and what to do.
        fault: Fault,
    },
}

/// What covers the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum Overlay {
    /// S82. More time?
    MoreTime {
        /// Seconds left.
        seconds: u32,
    },
    /// S83. The card left during a session.
    CardRemoved {
        /// Seconds to put it back.
        seconds: u32,
        /// Whether another person's card was put in instead.
        other_card: bool,
        /// What is the matter with the card that was put back, if it could not be read.
        fault: Option<Fault>,
    },
    /// S84. Hidden by the person.
    Hidden,
    /// S85. A fault.
    Fault {
        /// Why and what to do.
        fault: Fault,
    },
    /// *End* asked with work unsaved.
    ConfirmEnd,
    /// S80. Help on the current screen.
    Help,
    /// S81. Text size and colours.
    Settings,
}

/// A fault a person can meet: words are message `code` with dots as hyphens and its attributes `means`
/// (what it means for you) and `remedy` (what to do now; label of the main act in attribute `act`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Stable code, such as `card.removed`.
    pub code: String,
    /// What the main act does.
    pub act: FaultAct,
    /// Arguments of the message: name and value.
    pub args: Vec<(String, String)>,
}

/// What the main act of a fault does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum FaultAct {
    /// Try the same again.
    Retry,
    /// Close and go on.
    Continue,
    /// End the session.
    End,
    /// Choose another means of identification.
    Means,
}
