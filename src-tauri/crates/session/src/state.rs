//! Everything a session knows.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use procedures::{Answers, Catalogue};
use registry_api::{Receipt, SubmissionKey};
use wording::{Language, Text, Wording};

use crate::event::{OfferedFile, ReaderState, SavedDraft, TakenFile};
use crate::view::{OutputKind, PinNotice, PinStage, Preferences};

/// What does not change while the kiosk runs.
#[derive(Clone)]
pub struct Environment {
    /// Procedures on offer.
    pub catalogue: Arc<Catalogue>,
    /// Words.
    pub wording: Arc<Wording>,
    /// The town.
    pub town: Town,
    /// Quiet times.
    pub timers: Timers,
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
    pub(crate) ticket: u32,
    pub(crate) reader: ReaderState,
    pub(crate) registry_reachable: bool,
    pub(crate) holder: Option<Holder>,
    pub(crate) filing: Option<Filing>,
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
            reader: ReaderState::Unknown,
            registry_reachable: true,
            holder: None,
            filing: None,
            quiet_since: now,
            printed: false,
        }
    }

    /// Whether nothing of any person is in this state.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.holder.is_none() && self.filing.is_none() && !matches!(self.slot, Slot::Read { .. })
    }

    /// Language of the session.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether characters of a PIN are taken now.
    #[must_use]
    pub fn takes_pin(&self) -> bool {
        self.cover.is_none() && matches!(self.place, Place::Pin { .. })
    }

    /// Whether this is the filing under way.
    #[must_use]
    pub fn is_filing(&self, key: SubmissionKey) -> bool {
        self.filing.as_ref().is_some_and(|filing| filing.key == key)
    }

    /// Whether the session is this person's.
    #[must_use]
    pub fn knows(&self, nif: &str) -> bool {
        self.holder.as_ref().is_some_and(|holder| holder.nif == nif)
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
    Reading,
    Read { nif: String },
    Fault { code: &'static str },
}

/// Where one is.
#[derive(Clone)]
pub(crate) enum Place {
    Welcome,
    Home,
    Topics,
    Procedures { category: String },
    Sheet { procedure: String, from: Box<Place> },
    Card { then: AfterCard },
    BeforeStart { procedure: String, from: Box<Place>, draft: Option<Box<SavedDraft>> },
    Form { page: String, show_faults: bool, from_review: bool },
    Review { document_shown: bool },
    Sign { missing: bool },
    Pin { stage: PinStage, typed: u32, tries: Option<u8>, notice: Option<PinNotice> },
    Sending { stored: bool, since: Timestamp },
    Receipt,
    Provisional,
    Output { how: OutputKind, provisional: bool, done: bool, fault: Option<&'static str> },
    Leaving { gone_since: Option<Timestamp> },
}

/// Where the card screen leads once the card has been read.
#[derive(Clone)]
pub(crate) enum AfterCard {
    /// Back to where one was; home from the welcome screen.
    Return(Box<Place>),
    /// On to a procedure.
    Start { procedure: String, from: Box<Place> },
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

/// The filing under way: `draft`, `ready` and `signed` of the filing's life (Ley 39/2015 arts. 66 and 68).
#[derive(Clone)]
pub(crate) struct Filing {
    pub key: SubmissionKey,
    pub procedure: String,
    pub version: u32,
    pub answers: Answers,
    pub documents: BTreeMap<String, TakenFile>,
    pub file_faults: BTreeMap<String, FileFault>,
    pub files: Vec<OfferedFile>,
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
            files: Vec::new(),
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
        }
    }
}
