//! What the page asks for.

use serde::Deserialize;
use wording::Language;

use super::{DocumentWay, ListedBy, MeansWay, OutputKind, Preferences};

/// What the page asks for. Asked in the wrong screen it is ignored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "do")]
pub enum Intent {
    /// Change the language, anywhere; from S01 also goes to S03.
    ChooseLanguage {
        /// The language.
        language: Language,
    },
    /// The main act of the screen or of the overlay.
    Continue,
    /// One screen back, keeping everything.
    Back,
    /// Home door: topics.
    OpenTopics,
    /// List procedures by topic, or by what one wants to do (S10, S11).
    ListBy {
        /// Which of both.
        by: ListedBy,
    },
    /// A topic, or something that one wants to do.
    OpenTopic {
        /// Code of the category or of the object.
        topic: String,
    },
    /// The box to search in (S12).
    OpenSearch,
    /// What is typed into it so far.
    Search {
        /// The words.
        typed: String,
    },
    /// Tick or untick something that one will need (S13).
    TickNeed {
        /// Its place in the list, from 0.
        at: u32,
        /// Whether it is at hand.
        ready: bool,
    },
    /// Unfold or fold the rest of the sheet (S13).
    ShowMore {
        /// Whether it is shown.
        shown: bool,
    },
    /// A procedure's sheet.
    OpenProcedure {
        /// Procedure id.
        procedure: String,
    },
    /// An answer as it is typed.
    Answer {
        /// Field id.
        field: String,
        /// The answer so far.
        value: String,
    },
    /// Tick or untick an option of a multiple choice.
    Tick {
        /// Field id.
        field: String,
        /// Option id.
        option: String,
        /// Whether it is ticked.
        ticked: bool,
    },
    /// A probable slip is none: the answer is right as it stands.
    Affirm {
        /// Field id.
        field: String,
    },
    /// One more item of a group (S16).
    AddItem,
    /// *Change* at an item of a group.
    OpenItem {
        /// Which, from 1.
        number: u32,
    },
    /// *Take out* at an item of a group: it is asked first. [`Intent::Continue`] and [`Intent::Back`] keep it.
    RemoveItem {
        /// Which, from 1.
        number: u32,
    },
    /// Yes, take it out.
    DropItem,
    /// Look again for files on the stick.
    RefreshFiles,
    /// An act of a row of S18: the way in which a document is given.
    GiveDocument {
        /// Code of the document.
        document: String,
        /// The way.
        way: DocumentWay,
    },
    /// Look at a file that was taken (S23).
    ShowFile {
        /// Field that holds it.
        field: String,
    },
    /// Not this file (S23).
    DiscardFile {
        /// Whether another is to be chosen.
        again: bool,
    },
    /// A digit of the number of a contactless card (S05).
    CanType {
        /// The digit.
        digit: char,
    },
    /// Erase the last digit of it.
    CanErase,
    /// Erase all of them.
    CanClear,
    /// Choose another means of identification (S04), from any screen that asks who one is.
    OtherMeans,
    /// A row of S04.
    ChooseMeans {
        /// Which.
        way: MeansWay,
    },
    /// Open a file of the stick that may hold a certificate.
    ChooseCertificateFile {
        /// Opaque file id.
        file: String,
    },
    /// A certificate (S06); it is used with [`Intent::Continue`].
    ChooseCertificate {
        /// Opaque id.
        id: String,
    },
    /// *Change* in the review.
    ChangePage {
        /// Page id.
        page: String,
    },
    /// Continue the draft found (S14), or begin anew with [`Intent::Continue`].
    ResumeDraft,
    /// Show or hide the document in the review.
    ShowDocument {
        /// Whether it is shown.
        shown: bool,
    },
    /// Tick or untick a declaration (S26).
    Declare {
        /// Declaration id.
        id: String,
        /// Whether it is ticked.
        ticked: bool,
    },
    /// Go on with the last try (S27).
    ConfirmLastTry,
    /// Print or save (S29, S30, S32).
    Output {
        /// Which.
        how: OutputKind,
    },
    /// Another procedure, after a receipt.
    Another,
    /// End, from anywhere.
    End,
    /// Close what covers the screen.
    CloseOverlay,
    /// S84.
    Hide,
    /// S80.
    OpenHelp,
    /// S81.
    OpenSettings,
    /// Change the settings.
    Prefer {
        /// All of them.
        preferences: Preferences,
    },
    /// Somebody touched or typed: quiet time starts again.
    Activity,
}
