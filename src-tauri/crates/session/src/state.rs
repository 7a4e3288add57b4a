//! Everything a session knows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use procedures::search::LazyIndex;
use procedures::{Answers, Catalogue, Prefill};
use registry_api::{Receipt, SubmissionKey};
use wording::{Language, Text, Wording};

use crate::event::{OfferedFile, ReaderState, SavedDraft, TakenFile};
use crate::identity::{Identity, KnownCan, Means, OfferedCertificate, PinLength, Source, TypedCan};
use crate::view::{
    CanNotice, DraftChange, ListedBy, MeansKind, OutputKind, PinKind, PinNotice, PinStage, Preferences,
    TriesLeft,
};

/// What does not change while the kiosk runs.
#[derive(Clone)]
pub struct Environment {
    /// Procedures on offer.
    pub catalogue: Arc<Catalogue>,
    /// What finds them by words: of this very catalogue.
    pub index: Arc<LazyIndex>,
    /// Words.
    pub wording: &'static Wording,
    /// The town.
    pub town: Town,
    /// Quiet times.
    pub timers: Timers,
    /// Means of identification besides the DNIe that this kiosk is set up for; others are not shown.
    pub means: Means,
    /// Whether the card authority has been replaced for a test or a demonstration.
    pub demonstration: bool,
    /// Zone of the official time (Ley 39/2015 art. 31.2).
    pub zone: jiff::tz::TimeZone,
}

/// Names of the town, from configuration.
#[derive(Debug, Clone)]
pub struct Town {
    /// The council's name.
    pub council: Text,
}

/// Quiet times: how long nothing may happen before the question, and how long the question stands
/// (kiosk-ux section 4; floors are kept by [`Timers::floored`]).
#[derive(Debug, Clone, Copy)]
pub struct Timers {
    /// Nobody known, nothing typed.
    pub browse: (Duration, Duration),
    /// Forms, lists, documents.
    pub form: (Duration, Duration),
    /// Sheet, review, help.
    pub read: (Duration, Duration),
    /// PIN: what was typed is erased first, the screen stays.
    pub pin: (Duration, Duration),
    /// Receipt.
    pub receipt: (Duration, Duration),
    /// To put a removed card back.
    pub card_back: Duration,
    /// How long the thanks stand once everything has been taken.
    pub thanks: Duration,
    /// How long *sending* waits for a number before the provisional slip.
    pub number: Duration,
}

const fn seconds(quiet: u64, count: u64) -> (Duration, Duration) {
    (Duration::from_secs(quiet), Duration::from_secs(count))
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            browse: seconds(45, 20),
            form: seconds(90, 30),
            read: seconds(180, 30),
            pin: seconds(60, 30),
            receipt: seconds(60, 20),
            card_back: Duration::from_secs(20),
            thanks: Duration::from_secs(4),
            number: Duration::from_secs(20),
        }
    }
}

impl Timers {
    /// The same timers, none below the floor that configuration may not lower.
    #[must_use]
    pub fn floored(self) -> Self {
        let floor = |(quiet, count): (Duration, Duration), (least, least_count): (Duration, Duration)| {
            (quiet.max(least), count.max(least_count))
        };
        Self {
            browse: floor(self.browse, seconds(30, 20)),
            form: floor(self.form, seconds(60, 20)),
            read: floor(self.read, seconds(90, 20)),
            pin: floor(self.pin, seconds(40, 20)),
            receipt: floor(self.receipt, seconds(40, 20)),
            card_back: self.card_back.max(Duration::from_secs(15)),
            ..self
        }
    }
}

/// The person whose card has been read and whose certificate chain has been verified.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// NIF or NIE, normalised.
    pub nif: String,
    /// Given name.
    pub given_name: String,
    /// First surname.
    pub surname1: String,
    /// Second surname; many people have none.
    pub surname2: Option<String>,
}

impl Holder {
    /// Given name and surnames.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.surnames())
    }

    /// Surnames, one or two.
    #[must_use]
    pub fn surnames(&self) -> String {
        match &self.surname2 {
            Some(second) => format!("{} {second}", self.surname1),
            None => self.surname1.clone(),
        }
    }

    /// Initial and first surname, for the header.
    #[must_use]
    pub fn short_name(&self) -> String {
        match self.given_name.chars().next() {
            Some(initial) => format!("{initial}. {}", self.surname1),
            None => self.surname1.clone(),
        }
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(***)")
    }
}

/// A session. `Debug` is not derived: it holds names and answers.
#[derive(Clone)]
pub struct State {
    pub(crate) revision: u32,
    pub(crate) language: Language,
    pub(crate) preferences: Preferences,
    pub(crate) place: Place,
    pub(crate) cover: Option<Cover>,
    pub(crate) slot: Slot,
    /// Tells late answers about the card.
    pub(crate) ticket: u32,
    /// Tells late answers about certificates.
    pub(crate) opening: u32,
    pub(crate) reader: ReaderState,
    /// A card is in a reader that is not the citizen's.
    pub(crate) elsewhere: bool,
    /// Whether a memory stick is in, once it has been said.
    pub(crate) stick: Option<bool>,
    pub(crate) registry_reachable: bool,
    pub(crate) holder: Option<Holder>,
    /// By which means the holder is known; means nothing while nobody is.
    pub(crate) identity: Identity,
    pub(crate) can: KnownCan,
    pub(crate) filing: Option<Filing>,
    /// Answers of earlier filings of this session that another form may ask again.
    pub(crate) remembered: BTreeMap<Prefill, String>,
    pub(crate) quiet_since: Timestamp,
    pub(crate) printed: bool,
}

impl State {
    /// A kiosk that has just been started.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            revision: 0,
            language: Language::CaValencia,
            preferences: Preferences::default(),
            place: Place::Welcome,
            cover: None,
            slot: Slot::Empty,
            ticket: 0,
            opening: 0,
            reader: ReaderState::Unknown,
            elsewhere: false,
            stick: None,
            registry_reachable: true,
            holder: None,
            identity: Identity::default(),
            can: KnownCan::default(),
            filing: None,
            remembered: BTreeMap::new(),
            quiet_since: now,
            printed: false,
        }
    }

    /// Whether nothing of any person is in this state.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.holder.is_none()
            && self.filing.is_none()
            && self.remembered.is_empty()
            && self.can.given.is_none()
            && !matches!(self.slot, Slot::Read { .. })
            && !matches!(self.place, Place::Password { .. } | Place::Certificates { .. })
    }

    /// Language of the session.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether characters of a PIN or of a password are taken now.
    #[must_use]
    pub fn takes_pin(&self) -> bool {
        self.secret().is_some()
    }

    /// What is being typed, if characters are taken now, and how long it may be.
    #[must_use]
    pub fn secret(&self) -> Option<(PinKind, PinLength)> {
        match &self.place {
            _ if self.cover.is_some() => None,
            Place::Pin { length, .. } => Some((self.pin_kind(), *length)),
            Place::Password { .. } => Some((PinKind::Password, PinLength::PASSWORD)),
            _ => None,
        }
    }

    /// What the holder's means asks for to sign.
    pub(crate) fn pin_kind(&self) -> PinKind {
        match self.identity {
            Identity::Dnie => PinKind::DniePin,
            Identity::Token(_) => PinKind::TokenPin,
            Identity::Stick(_) => PinKind::Password,
        }
    }

    /// By which means the holder is known, if anybody is.
    #[must_use]
    pub fn means(&self) -> Option<MeansKind> {
        self.holder.as_ref().map(|_| self.identity.kind())
    }

    /// Whether this is the filing under way.
    #[must_use]
    pub fn is_filing(&self, key: SubmissionKey) -> bool {
        self.filing.as_ref().is_some_and(|filing| filing.key == key)
    }

    /// Whether the session is that of this person and of their DNIe.
    #[must_use]
    pub fn knows(&self, nif: &str) -> bool {
        self.identity.kind() == MeansKind::Dnie
            && self.holder.as_ref().is_some_and(|holder| holder.nif == nif)
    }

    /// Why the filing under way has no number, if the queue has said so.
    #[must_use]
    pub fn slip_reason(&self) -> Option<crate::event::FilingWait> {
        self.filing.as_ref()?.wait
    }

    /// Whether someone is at the kiosk: maintenance waits until this is false.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        matches!(self.place, Place::Welcome) && self.is_clean()
    }
}

/// What is in the reader.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    Empty,
    /// A card nobody has asked about: it waits for a number, belongs to a session that is over, or is not needed.
    Unread,
    Reading,
    Read {
        nif: String,
    },
    /// A card with certificates of which none has been chosen.
    Token,
    Fault {
        code: &'static str,
    },
}

/// Where one is.
#[derive(Clone)]
pub(crate) enum Place {
    Welcome,
    Home,
    Topics {
        by: ListedBy,
    },
    Search {
        typed: String,
    },
    /// `topic` is the code of a category, or of an object.
    Procedures {
        by: ListedBy,
        topic: String,
        from: Box<Place>,
    },
    Sheet {
        procedure: String,
        from: Box<Place>,
        look: SheetLook,
    },
    Card {
        then: AfterCard,
        wanted: Wanted,
        typed: TypedCan,
        notice: Option<CanNotice>,
    },
    Means {
        then: AfterCard,
    },
    NoMeans {
        then: AfterCard,
    },
    /// Files of the stick that may hold a certificate.
    CertificateFiles {
        then: AfterCard,
        files: Option<Vec<OfferedFile>>,
        fault: Option<&'static str>,
    },
    /// The password of a file.
    Password {
        then: AfterCard,
        file: OfferedFile,
        typed: u32,
        notice: Option<PinNotice>,
        working: bool,
    },
    /// Which certificate, or whether this one.
    Certificates {
        then: AfterCard,
        source: Source,
        list: Vec<OfferedCertificate>,
        chosen: Option<String>,
        missing: bool,
        working: bool,
    },
    BeforeStart {
        procedure: String,
        from: Box<Place>,
        draft: Option<Box<SavedDraft>>,
        change: Option<DraftChange>,
    },
    Form {
        page: String,
        show_faults: bool,
        then: Then,
    },
    /// What has been added to a repeatable group; `removing` is the item that may be taken out.
    Items {
        group: String,
        show_faults: bool,
        from_review: bool,
        removing: Option<u32>,
    },
    /// All documents, and how each is given (S18).
    Documents {
        show_faults: bool,
        from_review: bool,
    },
    /// A look at the file that was chosen (S23).
    CheckFile {
        page: String,
        field: String,
        from_review: bool,
    },
    Review {
        document_shown: bool,
    },
    /// What must be paid (S25b).
    Fee,
    Sign {
        missing: bool,
    },
    Pin {
        stage: PinStage,
        typed: u32,
        tries: TriesLeft,
        length: PinLength,
        notice: Option<PinNotice>,
    },
    Sending {
        stored: bool,
        since: Timestamp,
    },
    Receipt,
    Provisional,
    Output {
        how: OutputKind,
        provisional: bool,
        done: bool,
        fault: Option<&'static str>,
    },
    /// `gone_since` is when nothing was left to take any more; `since` when the session ended.
    Leaving {
        gone_since: Option<Timestamp>,
        since: Timestamp,
    },
}

/// How a sheet is looked at.
#[derive(Clone, Default)]
pub(crate) struct SheetLook {
    /// Places in the list of what has been ticked as at hand.
    pub ready: BTreeSet<u32>,
    /// Whether the rest is unfolded.
    pub more: bool,
}

impl Place {
    /// The card screen, waiting for a DNIe.
    pub(crate) fn card(then: AfterCard) -> Self {
        Self::Card { then, wanted: Wanted::Dnie, typed: TypedCan::default(), notice: None }
    }

    /// Where one goes once identified, on the screens that ask who one is.
    pub(crate) fn after(&self) -> Option<&AfterCard> {
        match self {
            Self::Card { then, .. }
            | Self::Means { then }
            | Self::NoMeans { then }
            | Self::CertificateFiles { then, .. }
            | Self::Password { then, .. }
            | Self::Certificates { then, .. } => Some(then),
            _ => None,
        }
    }
}

/// Which card the card screen speaks of; each kind is read all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Dnie,
    Token,
}

/// Where the card screen leads once the card has been read.
#[derive(Clone)]
pub(crate) enum AfterCard {
    /// Back to where one was; home from the welcome screen.
    Return(Box<Place>),
    /// On to a procedure.
    Start { procedure: String, from: Box<Place> },
}

/// Where a page of the form leads once it is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// To the next one.
    On,
    /// Back to the review, that asked for a change.
    Review,
    /// Through the other pages about the same item to the list of its group, which may have been opened from the review.
    Items { from_review: bool },
}

impl Then {
    /// On, or back to the review if one came from there.
    pub(crate) fn after(from_review: bool) -> Self {
        if from_review { Self::Review } else { Self::On }
    }
}

/// What covers the place.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Cover {
    MoreTime { until: Timestamp },
    CardRemoved { until: Timestamp, other: bool },
    Hidden,
    Fault { code: &'static str, args: Vec<(String, String)>, act: crate::view::FaultAct, then: AfterFault },
    ConfirmEnd,
    Help,
    Settings,
}

/// What the main act of a fault leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AfterFault {
    /// Nothing: the place below goes on.
    Stay,
    /// The same effect again.
    Enqueue,
    /// The document is made again.
    Render,
    /// The session ends.
    End,
}

/// Why a file could not be taken, worded like a field fault.
#[derive(Clone)]
pub(crate) struct FileFault {
    pub code: &'static str,
    pub args: Vec<(String, String)>,
}

/// Pages of the file that is looked at, as `data:` addresses.
#[derive(Clone, Default)]
pub(crate) struct Preview {
    /// Nothing until they have been made.
    pub images: Option<Vec<String>>,
    /// They could not be made.
    pub failed: bool,
}

/// The filing under way: `draft`, `ready` and `signed` of the filing's life (Ley 39/2015 arts. 66 and 68).
#[derive(Clone)]
pub(crate) struct Filing {
    pub key: SubmissionKey,
    pub procedure: String,
    pub version: u32,
    pub answers: Answers,
    pub documents: BTreeMap<String, TakenFile>,
    pub file_faults: BTreeMap<String, FileFault>,
    /// Answers that looked like slips and are none, by field.
    pub affirmed: BTreeMap<String, String>,
    pub files: Vec<OfferedFile>,
    /// The field whose file is being read.
    pub taking: Option<String>,
    pub preview: Option<Preview>,
    pub pages: Vec<String>,
    pub fingerprint: Option<String>,
    pub page_count: u32,
    pub declared: Vec<String>,
    pub handed_in_at: Option<Timestamp>,
    pub receipt: Option<Box<Receipt>>,
    pub wait: Option<crate::event::FilingWait>,
    pub slow: bool,
    pub saved: bool,
    pub printed: bool,
    /// The card left while it checked the PIN: a try may have been spent.
    pub pin_unknown: bool,
}

impl Filing {
    pub(crate) fn new(key: SubmissionKey, procedure: &str, version: u32) -> Self {
        Self {
            key,
            procedure: procedure.to_owned(),
            version,
            answers: Answers::new(),
            documents: BTreeMap::new(),
            file_faults: BTreeMap::new(),
            affirmed: BTreeMap::new(),
            files: Vec::new(),
            taking: None,
            preview: None,
            pages: Vec::new(),
            fingerprint: None,
            page_count: 0,
            declared: Vec::new(),
            handed_in_at: None,
            receipt: None,
            wait: None,
            slow: false,
            saved: false,
            printed: false,
            pin_unknown: false,
        }
    }
}
