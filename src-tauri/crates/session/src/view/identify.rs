//! Saying who one is: the card, its number, other means, certificates, PIN and password.

use serde::{Deserialize, Serialize};

use super::{Fault, FileRow};

/// How far the reading of a card is (S05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum CardStage {
    /// Waiting for a card.
    Insert {
        /// Which, and how.
        card: InsertCard,
        /// Whether a card is in a reader that is not the citizen's: fault `card.wrong-reader`.
        elsewhere: bool,
    },
    /// Reading; do not remove.
    Reading,
    /// A contactless card waits for the six digits printed on it.
    Can {
        /// Digits typed so far.
        typed: String,
        /// What to say above them, if anything.
        notice: Option<CanNotice>,
    },
    /// Read: who it is, with the masked number.
    Ready {
        /// Full name from the certificate.
        name: String,
        /// Masked number, `***4567**`.
        masked_nif: String,
    },
    /// It could not be read.
    Fault {
        /// Why and what to do.
        fault: Fault,
    },
}

/// Which card is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum InsertCard {
    /// A DNIe.
    Dnie,
    /// The contactless DNIe whose number has been typed, to be laid on the reader again.
    Contactless,
    /// Another card with a certificate.
    Token,
}

/// What is said above the number of a contactless card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum CanNotice {
    /// It is not this card's number; the card counts no tries.
    Wrong,
    /// The same for the third time: compare with the card, or use the contacts.
    Compare,
    /// Fewer than six digits.
    TooShort,
}

/// Means of identification and signature, as the header and the sign screen name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum MeansKind {
    /// The DNIe.
    Dnie,
    /// A certificate on another card.
    Token,
    /// A certificate in a file, brought on a memory stick.
    Stick,
}

/// A row of S04.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum MeansWay {
    /// The DNIe, recommended.
    Dnie,
    /// A certificate on a memory stick.
    Stick,
    /// A certificate on another card.
    Token,
    /// None of them.
    Nothing,
}

/// A certificate that may be used (S06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CertificateRow {
    /// Opaque id.
    pub id: String,
    /// Full name of the holder.
    pub name: String,
    /// Masked number.
    pub masked_nif: String,
    /// The company it acts for; absent when it acts for its holder.
    pub company: Option<String>,
    /// Who issued it, in words.
    pub issuer: String,
    /// Last day of its validity, written out.
    pub expires: String,
}

/// S06. One certificate to be confirmed, or several to choose from; never picked unseen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CertificatesView {
    /// Where they were found: on a card or on a stick.
    pub means: MeansKind,
    /// Those that serve.
    pub certificates: Vec<CertificateRow>,
    /// Those that do not, each with its fault.
    pub unusable: Vec<UnusableCertificate>,
    /// Which is chosen; with only one it is.
    pub chosen: Option<String>,
    /// Whether the main act was pressed with none chosen.
    pub choice_missing: bool,
}

/// A certificate that was found and does not serve here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct UnusableCertificate {
    /// Whose and from whom, so that it is known again.
    pub certificate: CertificateRow,
    /// Why not.
    pub fault: Fault,
}

/// Files of the stick that may hold a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CertificateFilesView {
    /// How far the looking is, and what it found.
    pub state: FilesState,
    /// The files, newest first.
    pub files: Vec<FileRow>,
    /// Why the one chosen before could not be used, instead of the list.
    pub fault: Option<Fault>,
}

/// What a look at the stick found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum FilesState {
    /// Still looking.
    Looking,
    /// There are files.
    Found,
    /// A stick is in and holds none.
    NothingOnStick,
    /// No stick is in.
    NoStick,
    /// Nothing was found, and whether a stick is in is not known.
    NothingFound,
}

/// S07, S27. Only the number of characters is known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PinView {
    /// What it is asked for.
    pub purpose: PinPurpose,
    /// What is typed.
    pub profile: PinProfile,
    /// What is going on.
    pub stage: PinStage,
    /// Characters typed.
    pub typed: u32,
    /// What to say above the field, if anything.
    pub notice: Option<PinNotice>,
}

/// What a PIN or password is asked for: one line above the field says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum PinPurpose {
    /// To sign.
    Sign {
        /// What is signed.
        document: String,
    },
    /// To open a file with certificates.
    Open {
        /// Its name.
        file: String,
    },
}

/// What is typed and by which rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PinProfile {
    /// Which secret.
    pub kind: PinKind,
    /// Fewest characters.
    pub min: u32,
    /// Most characters.
    pub max: u32,
    /// Tries left, once known.
    pub tries: TriesLeft,
}

/// The secrets a person may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum PinKind {
    /// The PIN of a DNIe.
    DniePin,
    /// The PIN of another card.
    TokenPin,
    /// The password of a file with a certificate.
    Password,
}

/// How many tries a secret has left, as far as the card says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case", rename_all_fields = "camelCase", tag = "is")]
pub enum TriesLeft {
    /// So many (DNIe); 0 when blocked.
    Count {
        /// How many.
        left: u8,
    },
    /// Nothing is said: a password has no limit, and a token whose count is not low gives none.
    Untold,
    /// Not all are left (PKCS#11 `CKF_USER_PIN_COUNT_LOW`).
    Few,
    /// One is left (PKCS#11 `CKF_USER_PIN_FINAL_TRY`).
    Last,
    /// Blocked (PKCS#11 `CKF_USER_PIN_LOCKED`).
    Blocked,
}

/// Stages of the PIN screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum PinStage {
    /// Asking the card how many tries are left.
    Checking,
    /// One try left: must be confirmed before typing.
    LastTry,
    /// Typing.
    Entry,
    /// The card or the key is working.
    Working,
    /// Blocked: no field.
    Blocked,
}

/// What is said above the field of a PIN or a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum PinNotice {
    /// It did not match.
    Wrong,
    /// Too short to be tried; no try was spent.
    TooShort,
    /// Quiet for too long; what was typed has been erased.
    Erased,
    /// The card left while it checked the PIN: a try may have been spent.
    MaybeSpent,
}
