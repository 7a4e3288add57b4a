//! What happens to a session and what it asks for.

use std::collections::BTreeMap;

use jiff::Timestamp;
use procedures::Answers;
use registry_api::{Receipt, SubmissionKey};
use wording::Language;

use crate::identity::{Can, OfferedCertificate, PinLength};
use crate::state::Holder;
use crate::view::{Intent, OutputKind, TriesLeft};

/// When an event happens, and an identifier nobody has used yet.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Official time of the kiosk.
    pub now: Timestamp,
    /// A fresh key, taken only if a filing begins now.
    pub fresh: SubmissionKey,
}

/// State of the card service and its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReaderState {
    /// Not yet known.
    #[default]
    Unknown,
    /// The card service of the machine does not run.
    ServiceDown,
    /// The service runs and no reader is attached.
    None,
    /// A reader is attached.
    Attached,
}

/// A draft found in the store.
#[derive(Clone)]
pub struct SavedDraft {
    /// The key its filing has had from the first page.
    pub key: SubmissionKey,
    /// Version of the procedure it was begun with.
    pub version: u32,
    /// The page it stood at.
    pub page: String,
    /// Its answers.
    pub answers: Answers,
    /// Its documents, by field.
    pub documents: BTreeMap<String, TakenFile>,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// A file that may be chosen, as the page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedFile {
    /// Opaque id, valid until the next listing.
    pub id: String,
    /// Its name, without path.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was last changed, if the stick says so.
    pub changed_at: Option<Timestamp>,
}

/// A file that has been copied, encrypted, into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenFile {
    /// Its name, without path.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// MIME type found in its content.
    pub mime: String,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// How many pages; 0 for what has none.
    pub pages: u32,
}

/// Why a queued filing has no number yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingWait {
    /// The registry cannot be reached or does not answer well: it goes out by itself later.
    Offline,
    /// The registry refused it for good: it is kept for the staff.
    Refused,
}

/// Everything that can happen.
///
/// `Debug` is not derived: events carry names and answers.
pub enum Event {
    /// The page asks for something.
    Intent(Intent),
    /// About once a second.
    Tick,
    /// The card service or a reader came or went.
    Reader(ReaderState),
    /// A card was put in.
    CardInserted,
    /// Something was put in that does not answer.
    CardMute,
    /// The card left.
    CardRemoved,
    /// A card was put into, or left, a reader that is not the citizen's. Only told where a card is waited for.
    CardElsewhere {
        /// It is there now.
        present: bool,
    },
    /// Answer to [`Effect::ReadCard`]: its chain has been verified.
    CardRead {
        /// The ticket of the effect.
        ticket: u32,
        /// Who it is.
        holder: Box<Holder>,
    },
    /// Answer to [`Effect::ReadCard`]: it could not be read or trusted.
    ///
    /// Three codes are not told as they are. `card.can-needed`: contactless, and no number was given: it is asked
    /// for. `card.can-wrong`: the number given is not this card's: asked for anew. `card.not-dnie`: with
    /// [`crate::Means::token`], [`Effect::ReadToken`] is tried before it is told.
    CardFailed {
        /// The ticket of the effect.
        ticket: u32,
        /// Fault code.
        code: &'static str,
    },
    /// A memory stick came or went. Not sent where that cannot be seen: a stick is then neither asked for by name nor
    /// remembered on leaving.
    StickPresent {
        /// One is in.
        present: bool,
    },
    /// Answer to [`Effect::ListCertificates`]: newest first; none when there is no stick.
    CertificateFiles(Vec<OfferedFile>),
    /// Answer to [`Effect::OpenCertificate`] or [`Effect::ReadToken`]: each certificate that has its private key,
    /// also those that do not serve.
    CertificatesOpened {
        /// The ticket of the effect.
        ticket: u32,
        /// What was found.
        certificates: Vec<OfferedCertificate>,
    },
    /// Answer to [`Effect::OpenCertificate`], [`Effect::ReadToken`] or [`Effect::UseCertificate`]: not possible.
    /// `keystore.wrong-password` leads back to the field.
    CertificateFailed {
        /// The ticket of the effect.
        ticket: u32,
        /// Fault code.
        code: &'static str,
    },
    /// Answer to [`Effect::UseCertificate`]: its chain has been verified, and what signs is at hand.
    CertificateChosen {
        /// The ticket of the effect.
        ticket: u32,
        /// Who it is.
        holder: Box<Holder>,
    },
    /// Whether the registry answers.
    Registry {
        /// It does.
        reachable: bool,
    },
    /// Answer to [`Effect::SeekDraft`].
    DraftSought {
        /// The draft, if one exists.
        draft: Option<Box<SavedDraft>>,
    },
    /// The store could not keep something.
    StoreFailed {
        /// Fault code.
        code: &'static str,
    },
    /// Answer to [`Effect::ListFiles`].
    Files(Vec<OfferedFile>),
    /// Answer to [`Effect::TakeFile`].
    FileTaken {
        /// The draft: what was asked for a person who has gone is nothing to the next.
        key: SubmissionKey,
        /// Field it belongs to.
        field: String,
        /// The file.
        file: TakenFile,
        /// Pictures of its pages as `data:` addresses.
        images: Vec<String>,
    },
    /// Answer to [`Effect::ShowFile`].
    FileShown {
        /// The draft.
        key: SubmissionKey,
        /// Field it belongs to.
        field: String,
        /// Pictures of its pages as `data:` addresses; nothing if they could not be made.
        images: Option<Vec<String>>,
    },
    /// Answer to [`Effect::TakeFile`]: not possible.
    FileRefused {
        /// The draft.
        key: SubmissionKey,
        /// Field it was meant for.
        field: String,
        /// Code, worded like a field fault.
        code: &'static str,
        /// Arguments of the sentence.
        args: Vec<(String, String)>,
    },
    /// Answer to [`Effect::Render`]: page images as `data:` addresses.
    Rendered {
        /// One image a page.
        pages: Vec<String>,
    },
    /// Answer to [`Effect::Render`] or [`Effect::Prepare`].
    RenderFailed {
        /// Fault code.
        code: &'static str,
    },
    /// Answer to [`Effect::Prepare`]: the very bytes to be signed stand.
    Prepared {
        /// First eight hexadecimal characters of the digest that the signature will cover.
        fingerprint: String,
        /// Pages of the document.
        pages: u32,
    },
    /// Answer to [`Effect::ReadTries`].
    Tries {
        /// Tries left.
        left: TriesLeft,
        /// How long the PIN of a token may be; `None` for the DNIe, whose PIN is known.
        length: Option<PinLength>,
    },
    /// A character of the PIN or of the password was typed or erased.
    PinTyped {
        /// How many there are now.
        count: u32,
    },
    /// The accept button of the PIN or of the password.
    PinSubmitted,
    /// Answer to [`Effect::Sign`]: the PIN, or the password of a file, did not match.
    PinWrong {
        /// Tries left; [`TriesLeft::Untold`] for a password.
        left: TriesLeft,
    },
    /// Answer to [`Effect::Sign`]: signed, and the signature was checked.
    Signed,
    /// Answer to [`Effect::ReadTries`] or [`Effect::Sign`]: the card or the key could not do it.
    ///
    /// `card.pin-unknown`: the card left while it checked the PIN. A try may have been spent, so the person is told
    /// and the tries are read again before the PIN is asked for. `pin.blocked`: no try is left, whatever the means.
    SignFailed {
        /// Fault code.
        code: &'static str,
    },
    /// Answer to [`Effect::Enqueue`]: durable.
    Enqueued,
    /// Answer to [`Effect::Enqueue`]: could not be kept.
    EnqueueFailed {
        /// Fault code.
        code: &'static str,
    },
    /// The queue tried and has no number yet.
    FilingWaits {
        /// Which filing.
        key: SubmissionKey,
        /// Why.
        wait: FilingWait,
    },
    /// The registry numbered a filing; its receipt has been verified.
    Filed {
        /// The receipt.
        receipt: Box<Receipt>,
    },
    /// Answer to [`Effect::Output`].
    OutputDone,
    /// Answer to [`Effect::Output`].
    OutputFailed {
        /// Fault code.
        code: &'static str,
    },
}

/// What the application is to do. Each says which events answer it.
///
/// `Debug` is not derived: effects carry answers.
#[derive(Clone)]
pub enum Effect {
    /// Read the card in the reader: [`Event::CardRead`] or [`Event::CardFailed`].
    ReadCard {
        /// To tell late answers.
        ticket: u32,
        /// The number of a contactless card, if one has been typed in this session. A card with contacts does not
        /// need it. It holds for [`Effect::ReadTries`] and [`Effect::Sign`] too, until the next `ReadCard`.
        can: Option<Can>,
    },
    /// Find the certificates on the card in the reader by way of PKCS#11, without its PIN:
    /// [`Event::CertificatesOpened`] or [`Event::CertificateFailed`].
    ReadToken {
        /// To tell late answers. Not of the same series as those of the card.
        ticket: u32,
    },
    /// List the files on the stick that may hold a certificate (PKCS#12): [`Event::CertificateFiles`].
    ListCertificates,
    /// Open one of them with the password gathered at the edge: [`Event::CertificatesOpened`] or
    /// [`Event::CertificateFailed`]. What signs later is kept by the application; the stick may leave.
    OpenCertificate {
        /// To tell late answers.
        ticket: u32,
        /// Opaque file id.
        file: String,
    },
    /// Use one of the certificates opened, and forget the others: [`Event::CertificateChosen`] or
    /// [`Event::CertificateFailed`]. Asked again for the same one when its card is put back.
    UseCertificate {
        /// To tell late answers.
        ticket: u32,
        /// Which.
        id: String,
    },
    /// Forget certificate files listed and certificates opened but not chosen.
    ForgetCertificates,
    /// Look for a draft: [`Event::DraftSought`].
    SeekDraft {
        /// NIF of the holder.
        owner: String,
        /// Procedure id.
        procedure: String,
    },
    /// Keep the draft as it is now; only a failure is answered ([`Event::StoreFailed`]).
    SaveDraft(Box<DraftToSave>),
    /// Forget a draft and its documents.
    DropDraft {
        /// Which.
        key: SubmissionKey,
    },
    /// List the files on the stick: [`Event::Files`].
    ListFiles,
    /// Copy one file, encrypted, into the draft: [`Event::FileTaken`] or [`Event::FileRefused`].
    TakeFile {
        /// The draft.
        key: SubmissionKey,
        /// The field.
        field: String,
        /// Opaque file id.
        file: String,
        /// What a file of it may be.
        rule: Box<procedures::DocumentRule>,
    },
    /// Make pictures of a file that was taken: [`Event::FileShown`].
    ShowFile {
        /// The draft.
        key: SubmissionKey,
        /// The field.
        field: String,
    },
    /// Forget a file that was taken.
    DropFile {
        /// The draft.
        key: SubmissionKey,
        /// The field.
        field: String,
    },
    /// Make the application document: [`Event::Rendered`] or [`Event::RenderFailed`].
    Render(Box<ToRender>),
    /// Prepare the bytes to be signed: [`Event::Prepared`] or [`Event::RenderFailed`].
    Prepare,
    /// Ask the card how many tries are left, spending none: [`Event::Tries`] or [`Event::SignFailed`]. Not asked
    /// for a certificate from a file.
    ReadTries,
    /// Sign by the holder's means with the PIN or password gathered at the edge: [`Event::Signed`],
    /// [`Event::PinWrong`] or [`Event::SignFailed`].
    Sign,
    /// Forget the PIN or password gathered so far.
    ErasePin,
    /// Put the signed application into the queue: [`Event::Enqueued`] or [`Event::EnqueueFailed`].
    Enqueue(Box<ToEnqueue>),
    /// Print or save the receipt or the provisional slip: [`Event::OutputDone`] or [`Event::OutputFailed`].
    Output {
        /// How.
        how: OutputKind,
        /// Whether the provisional slip is meant.
        provisional: bool,
    },
    /// The session has ended: forget everything of the person and start the page anew.
    Wipe,
}

/// What a draft keeps.
#[derive(Clone)]
pub struct DraftToSave {
    /// Its key.
    pub key: SubmissionKey,
    /// NIF of the holder.
    pub owner: String,
    /// Procedure id.
    pub procedure: String,
    /// Version of the procedure.
    pub version: u32,
    /// Page it stands at.
    pub page: String,
    /// Answers as typed.
    pub answers: Answers,
    /// Documents by field.
    pub documents: BTreeMap<String, TakenFile>,
}

/// What the application document is made from.
#[derive(Clone)]
pub struct ToRender {
    /// The filing's key.
    pub key: SubmissionKey,
    /// Procedure id.
    pub procedure: String,
    /// Language of the document.
    pub language: Language,
    /// Who applies.
    pub holder: Holder,
    /// Answers, normalised.
    pub answers: Answers,
    /// Documents by field, with the code of each.
    pub documents: Vec<(String, String, TakenFile)>,
}

/// What the queue needs besides the signed bytes, which the application holds.
#[derive(Clone)]
pub struct ToEnqueue {
    /// The filing's key.
    pub key: SubmissionKey,
    /// Procedure id.
    pub procedure: String,
    /// Version of the procedure.
    pub version: u32,
    /// Language of the filing.
    pub language: Language,
    /// Answers, normalised.
    pub answers: Answers,
    /// When it was handed in at this kiosk.
    pub handed_in_at: Timestamp,
}
